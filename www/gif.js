// Encodes the recording off the main thread (gifenc): frames come in, each is answered
// once it is written, and at the end a file goes out. Frames may grow, not shrink.
import { GIFEncoder, applyPalette, quantize } from './vendor/gifenc.js';

const gif = GIFEncoder();
/** Of the newest frame. */
const size = { width: 0, height: 0 };

self.onmessage = ({ data: { data, width, height, delay, end } }) => {
  if (end) {
    self.postMessage({ file: finished() });
    return;
  }
  Object.assign(size, { width, height });
  const palette = quantize(data, 256);
  gif.writeFrame(applyPalette(data, palette), width, height, { palette, delay });
  self.postMessage({});
};

/** The file, as large as its largest frame: the encoder has given it the size of the first. */
function finished() {
  gif.finish();
  const bytes = gif.bytes();
  const screen = new DataView(bytes.buffer, 6);
  screen.setUint16(0, size.width, true);
  screen.setUint16(2, size.height, true);
  return bytes;
}
