// A picture that can be taken along: how large it is and how it is drawn, whatever on; as pixels and as SVG.

/** In CSS pixels, from the upper left corner. @typedef {{ width: number, height: number, draw: (context: CanvasRenderingContext2D) => void }} Drawing */
/** A drawing on paper of this colour. @typedef {Drawing & { paper: string }} Picture */
/** How wide a picture may be, in CSS pixels, and how many pixels each of those is to be. @typedef {{ width: number, density: number }} Format */
/** What can be taken along; null where nothing has been drawn yet. @typedef {{ picture: (format: Format) => Picture | null }} View */

/** A pixel of an image in an SVG is so many: programs that smooth whatever they enlarge blur its rim only. */
const ENLARGED = 4;

/** @param {Picture} picture @param {number} density */
export function raster({ width, height, paper, draw }, density) {
  const [canvas, context] = blank(width * density, height * density);
  context.scale(density, density);
  context.fillStyle = paper;
  context.fillRect(0, 0, width, height);
  draw(context);
  return canvas;
}

/** @param {Picture} picture @returns {Promise<string>} */
export async function svg({ width, height, paper, draw }) {
  const { Context } = await import('./vendor/svgcanvas.js');
  const context = new Context(width, height);
  context.getSvg().setAttribute('viewBox', `0 0 ${width} ${height}`);
  keepPixels(context);
  context.fillStyle = paper;
  context.fillRect(0, 0, width, height);
  draw(context);
  return context.getSerializedSvg(true);
}

/** svgcanvas smooths what it cuts out of an image; what is to be drawn unsmoothed keeps its pixels. @param {any} context svgcanvas's */
function keepPixels(context) {
  const drawImage = context.drawImage.bind(context);
  const images = context.getSvg().getElementsByTagName('image');
  context.drawImage = (/** @type {HTMLCanvasElement} */ image, /** @type {number[]} */ ...at) => {
    if (context.imageSmoothingEnabled !== false) return drawImage(image, ...at);
    const [left, top, width, height, ...to] = at;
    const [cut, on] = blank(ENLARGED * width, ENLARGED * height);
    on.imageSmoothingEnabled = false;
    on.drawImage(image, left, top, width, height, 0, 0, cut.width, cut.height);
    drawImage(cut, ...to);
    images[images.length - 1].style.imageRendering = 'pixelated';
  };
}

/** @param {number} width @param {number} height @returns {[HTMLCanvasElement, CanvasRenderingContext2D]} */
function blank(width, height) {
  const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(width), height: Math.round(height) });
  return [canvas, /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }))];
}
