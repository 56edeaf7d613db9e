// Colours of the figure, from its style sheet, so that themes change them in one place.
// Orange against blue, with a plain middle: distinct for every common kind of colour blindness. Densities have a side only:
// from rare to dense the paper fades (on dark paper: lights up), which needs no sense of colour at all.

/** @typedef {{ real: string, generated: string, ema: string, ink: string, quiet: string, line: string, paper: string, raised: string, asked: string, ramp: Uint8ClampedArray, density: Uint8ClampedArray }} Colors a ramp with a middle, and one for densities */

/** @param {Element} element @returns {Colors} */
export function colorsOf(element) {
  const style = getComputedStyle(element);
  const get = (name) => style.getPropertyValue(`--gl-${name}`).trim();
  return {
    real: get('real'),
    generated: get('generated'),
    ema: get('ema'),
    ink: get('ink'),
    quiet: get('quiet'),
    line: get('line'),
    paper: get('paper'),
    raised: get('raised'),
    asked: get('asked'),
    ramp: ramp(aboutMiddle, get('low'), get('middle'), get('high')),
    density: ramp(Math.sqrt, get('rare'), get('some'), get('dense')),
  };
}

/**
 * A good generator leaves D close to ½ everywhere, so the scale is stretched there: the distance from the middle goes with
 * the square root of |p − ½|. For a like reason that of densities is stretched at 0. The legends show the same scales.
 * @param {number} p
 */
const aboutMiddle = (p) => (1 + Math.sign(p - 0.5) * Math.sqrt(Math.abs(2 * p - 1))) / 2;

/** 256 RGBA entries for values from 0 to 1, evenly between the stops once stretched. @param {(value: number) => number} stretch @param {string[]} stops `#rrggbb` */
function ramp(stretch, ...stops) {
  const rgb = stops.map((hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)));
  const table = new Uint8ClampedArray(256 * 4);
  for (let i = 0; i < 256; i += 1) {
    const position = stretch(i / 255) * (rgb.length - 1);
    const from = Math.min(rgb.length - 2, Math.floor(position));
    for (let c = 0; c < 3; c += 1) table[4 * i + c] = rgb[from][c] + (position - from) * (rgb[from + 1][c] - rgb[from][c]);
    table[4 * i + 3] = 255;
  }
  return table;
}

/** Numbers as pixels, the ends of the ramp at the ends of the range; what is not a number stays as it is. @param {Uint32Array} pixels @param {ArrayLike<number>} values @param {Pick<Colors, 'ramp'>} colors @param {[number, number]} range */
export function tint(pixels, values, { ramp }, [low, high]) {
  const table = new Uint32Array(ramp.buffer);
  const factor = 255 / (high - low);
  for (let i = 0; i < values.length; i += 1) {
    const position = (values[i] - low) * factor;
    if (position === position) pixels[i] = table[position <= 0 ? 0 : position >= 255 ? 255 : Math.round(position)];
  }
}

/** The ramp from end to end on a small canvas. @param {HTMLCanvasElement} canvas @param {Pick<Colors, 'ramp'>} colors */
export function drawRamp(canvas, { ramp }) {
  canvas.width = 256;
  canvas.height = 1;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = context.createImageData(256, 1);
  image.data.set(ramp);
  context.putImageData(image, 0, 0);
}
