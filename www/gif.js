// Encodes the recording off the main thread (gifenc): frames come in, a file goes out.
import { GIFEncoder, applyPalette, quantize } from './vendor/gifenc.js';

const gif = GIFEncoder();

self.onmessage = ({ data: { data, side, delay, end } }) => {
  if (end) {
    gif.finish();
    self.postMessage(gif.bytes());
    return;
  }
  const palette = quantize(data, 256);
  gif.writeFrame(applyPalette(data, palette), side, side, { palette, delay });
};
