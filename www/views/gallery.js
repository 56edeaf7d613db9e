// Pictures in rows and columns. One number a pixel, 0 paper to 1 ink, or three planes of red, green and blue: no number
// of values can be both, since √3 is irrational. A row of the matrix is one square picture. Pixels stay crisp: each is a whole number of the screen's. What is not a number
// shows as a hatched picture.

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../colormap.js').Colors} Colors */
/** @typedef {import('../picture.js').Drawing} Drawing */
/** Above so many columns from one on. @typedef {[text: string, column: number, span: number]} Head */
/** @typedef {{ captions?: string[], heads?: Head[], sides?: string[], outline?: (i: number) => string | null, dash?: number[], cursor?: number | null }} Options captions stand below, heads above all, sides to the left of each row; an outline is a colour, dashed or not; a cursor is a pixel of the first picture */
/**
 * The grid, in pixels of the screen.
 * @typedef {{ columns: number, rows: number, side: number, pitch: number, pitchY: number, edge: number, top: number, gap: number, height: number }} Grid
 */

/** Between pictures, at the least and where columns leave room; a caption's height; the room to the left where rows have names. CSS pixels. */
const [GAP, MAX_GAP, CAPTION, SIDE] = [2, 6, 15, 44];
/** Between pictures that are taken along, at the least. */
const CLOSE = 1;

/**
 * The largest pictures of `side` pixels that fit, all pixels as large; shrunk only where even one to one is too wide.
 * @param {{ n: number, side: number, columns: number, width: number, density: number, captions?: boolean, heads?: boolean, sides?: boolean, between?: number }} of width in CSS pixels
 * @returns {Grid}
 */
export function gridOf({ n, side, columns, width, density, captions = false, heads = false, sides = false, between = GAP }) {
  const [room, least] = [Math.round(width * density), Math.max(1, Math.round(between * density))];
  const edge = least + (sides ? Math.round(SIDE * density) : 0);
  const cell = Math.max(1, Math.floor((room - edge) / columns) - least);
  const shown = cell >= side ? side * Math.floor(cell / side) : cell;
  const gap = Math.min(least + cell - shown, Math.round(MAX_GAP * density));
  const [pitch, rows] = [shown + gap, Math.ceil(n / columns)];
  const line = Math.round(CAPTION * density);
  const [pitchY, top] = [pitch + (captions ? line : 0), least + (heads ? line : 0)];
  return { columns, rows, side: shown, pitch, pitchY, edge, top, gap, height: rows ? rows * pitchY + top + least - gap : 0 };
}

/** The picture at a pixel of the screen, with half the gap around it and its caption; null beyond the last. @param {Grid} grid @param {number} n @param {number} x @param {number} y */
export function pick({ columns, pitch, pitchY, edge, top, gap }, n, x, y) {
  const [column, row] = [Math.floor((x - edge + gap / 2) / pitch), Math.floor((y - top + gap / 2) / pitchY)];
  const i = row * columns + column;
  return column >= 0 && column < columns && row >= 0 && i < n ? i : null;
}

/** How many pixels a side a picture of so many numbers has, and whether it has colours; no side where it is no square. @param {number} numbers @returns {{ side: number, rgb: boolean }} */
export function formOf(numbers) {
  const [grey, colored] = [1, 3].map((channels) => Math.round(Math.sqrt(numbers / channels)));
  if (grey * grey === numbers) return { side: grey, rgb: false };
  return 3 * colored * colored === numbers ? { side: colored, rgb: true } : { side: 0, rgb: false };
}

/** 256 steps from paper to ink, as pixels of an ImageData. @param {{ paper: string, ink: string }} colors `#rrggbb` */
export function shades({ paper, ink }) {
  const [from, to] = [paper, ink].map(channels);
  const table = new Uint32Array(256);
  for (let i = 0; i < 256; i += 1) table[i] = pixel(...from.map((c, k) => c + (i / 255) * (to[k] - c)));
  return table;
}

/**
 * Pictures side by side without gaps, `columns` a row, one pixel for one.
 * @param {Uint32Array} pixels of a picture `columns` × `side` wide @param {Matrix} matrix @param {ArrayLike<number>} rows which pictures
 * @param {{ columns: number, table: Uint32Array }} how
 */
export function paint(pixels, { shape, values }, rows, { columns, table }) {
  const { side, rgb } = formOf(shape[1]);
  const [plane, stride] = [side * side, columns * side];
  for (let k = 0; k < rows.length; k += 1) {
    const [from, to] = [rows[k] * shape[1], Math.floor(k / columns) * side * stride + (k % columns) * side];
    const sound = finite(values, from, from + shape[1]);
    for (let i = 0, y = 0; y < side; y += 1) {
      for (let x = 0; x < side; x += 1, i += 1) {
        const at = to + y * stride + x;
        if (!sound) pixels[at] = table[(x + y) % 4 ? 24 : 110];
        else if (rgb) pixels[at] = pixel(level(values[from + i]), level(values[from + plane + i]), level(values[from + 2 * plane + i]));
        else pixels[at] = table[level(values[from + i])];
      }
    }
  }
}

export class Gallery {
  /** @type {[Matrix, Colors, Options] | null} */ #last = null;
  /** @type {Grid | null} */ #grid = null;
  /** All pictures without gaps, one pixel for one. */ #atlas = document.createElement('canvas');
  /** @type {ImageData | null} */ #image = null;

  /** @param {HTMLCanvasElement} canvas as wide as there is room @param {{ columns: number | ((width: number) => number), label: string, between?: number }} of also CSS pixels between pictures at the least, where they are to be framed */
  constructor(canvas, { columns, label, between }) {
    this.canvas = canvas;
    this.columns = columns;
    this.between = between;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    canvas.setAttribute('role', 'img');
    this.label = label;
    let width = 0;
    new ResizeObserver(() => {
      if (canvas.clientWidth === width) return; // the height is our own doing
      width = canvas.clientWidth;
      if (this.#last) this.draw(...this.#last);
    }).observe(canvas);
  }

  /** What the pictures are, for who cannot see them. */
  set label(/** @type {string} */ text) {
    this.canvas.setAttribute('aria-label', text);
  }

  /** @param {Matrix} matrix @param {Colors} colors @param {Options} [options] */
  draw(matrix, colors, options = {}) {
    this.#last = [matrix, colors, options];
    const { canvas, context } = this;
    const [width, density] = [canvas.clientWidth, Math.min(3, devicePixelRatio || 1)];
    if (!colors.ink || !formOf(matrix.shape[1]).side || !width) return; // the style sheet is on its way, or nothing can be seen
    const grid = (this.#grid = this.#lay(this.#last, width, density, this.between));
    this.#size(Math.round(width * density), grid.height, density);
    this.#paint(context, this.#last, grid, density);
  }

  /** The same pictures elsewhere. @param {number} width in CSS pixels @param {number} density @returns {Drawing} */
  drawing(width, density) {
    const last = /** @type {[Matrix, Colors, Options]} */ (this.#last);
    const grid = this.#lay(last, width, density, this.between ?? CLOSE);
    return { width, height: grid.height / density, draw: (context) => this.#paint(context, last, grid, density) };
  }

  /** Which picture is under the pointer; null for none. @param {{ clientX: number, clientY: number }} event */
  at({ clientX, clientY }) {
    const { left, top, width } = this.canvas.getBoundingClientRect(); // also under a slide's CSS transform
    const scale = this.canvas.width / (width || 1);
    return this.#grid && this.#last && pick(this.#grid, this.#last[0].shape[0], (clientX - left) * scale, (clientY - top) * scale);
  }

  /** Which pixel of the first picture is under the pointer, or the next to it. @param {{ clientX: number, clientY: number }} event */
  pixelAt({ clientX, clientY }) {
    if (!this.#grid || !this.#last) return null;
    const { left, top, width } = this.canvas.getBoundingClientRect();
    const [scale, { side }] = [this.canvas.width / (width || 1), formOf(this.#last[0].shape[1])];
    const [x, y] = [(clientX - left) * scale - this.#grid.edge, (clientY - top) * scale - this.#grid.top].map((v) => Math.floor((v / (this.#grid?.side ?? 1)) * side));
    const within = (/** @type {number} */ v) => Math.max(0, Math.min(side - 1, v));
    return within(y) * side + within(x);
  }

  /** @param {[Matrix, Colors, Options]} last @param {number} width in CSS pixels @param {number} density @param {number} [between] */
  #lay([{ shape: [n, numbers] }, , { captions, heads, sides }], width, density, between) {
    const columns = Math.max(1, Math.floor(typeof this.columns === 'function' ? this.columns(width) : this.columns));
    return gridOf({ n, side: formOf(numbers).side, columns, width, density, captions: Boolean(captions), heads: Boolean(heads), sides: Boolean(sides), between });
  }

  /** Sizes the canvas, clears it, and makes its unit the CSS pixel. @param {number} width @param {number} height in pixels of the screen @param {number} density */
  #size(width, height, density) {
    const { canvas, context } = this;
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width / density, height / density);
    canvas.style.height = `${height / density}px`;
  }

  /** @param {CanvasRenderingContext2D} context in CSS pixels @param {[Matrix, Colors, Options]} last @param {Grid} grid @param {number} density */
  #paint(context, [matrix, colors, { captions, heads = [], sides = [], outline, dash, cursor = null }], grid, density) {
    const [n, { side }] = [matrix.shape[0], formOf(matrix.shape[1])];
    if (!n) return;
    const [size, gap] = [grid.side / density, grid.gap / density];
    this.#fill(matrix, side, grid, colors);
    context.imageSmoothingEnabled = grid.side < side;
    for (let i = 0; i < n; i += 1) {
      const [column, row] = [i % grid.columns, Math.floor(i / grid.columns)];
      const [x, y] = [(grid.edge + column * grid.pitch) / density, (grid.top + row * grid.pitchY) / density];
      context.drawImage(this.#atlas, column * side, row * side, side, side, x, y, size, size);
      const rim = outline?.(i);
      context.setLineDash((rim && dash) || []);
      drawRim(context, x, y, size, rim ? Math.min(gap, Math.max(2, Math.round(2 * density)) / density) : 1 / density, rim ?? colors.line);
      context.setLineDash([]);
      if (captions?.[i]) drawCaption(context, captions[i], x + size / 2, y + size, grid.pitch / density, colors.quiet);
    }
    for (const [text, column, span] of heads) {
      const [x, room] = [(grid.edge + column * grid.pitch) / density, (span * grid.pitch) / density];
      drawCaption(context, text, x + (room - gap) / 2, grid.top / density - CAPTION - 3, room, colors.quiet);
    }
    sides.forEach((text, row) => drawCaption(context, text, grid.edge / density / 2, (grid.top + row * grid.pitchY) / density + (size - CAPTION) / 2, grid.edge / density - gap, colors.quiet));
    if (cursor === null) return;
    const [pixel, at] = [size / side, [grid.edge, grid.top].map((from) => from / density)];
    drawRim(context, at[0] + (cursor % side) * pixel, at[1] + Math.floor(cursor / side) * pixel, pixel, 2, colors.generated);
  }

  /** All pictures into the atlas. @param {Matrix} matrix @param {number} side @param {Grid} grid @param {Colors} colors */
  #fill(matrix, side, { columns, rows }, colors) {
    const atlas = this.#atlas;
    const [width, height] = [columns * side, rows * side];
    const context = /** @type {CanvasRenderingContext2D} */ (atlas.getContext('2d'));
    if (!this.#image || this.#image.width !== width || this.#image.height !== height) {
      [atlas.width, atlas.height] = [width, height];
      this.#image = context.createImageData(width, height);
    }
    const all = Array.from({ length: matrix.shape[0] }, (_, i) => i);
    paint(new Uint32Array(this.#image.data.buffer), matrix, all, { columns, table: shades(colors) });
    context.putImageData(this.#image, 0, 0);
  }
}

/** A hairline, so that white paper on a white page has an edge; or the outline. @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} side @param {number} wide @param {string} color */
function drawRim(context, x, y, side, wide, color) {
  context.strokeStyle = color;
  context.lineWidth = wide;
  context.strokeRect(x - wide / 2, y - wide / 2, side + wide, side + wide);
}

/** @param {CanvasRenderingContext2D} context @param {string} text @param {number} x @param {number} y @param {number} room @param {string} color */
function drawCaption(context, text, x, y, room, color) {
  context.font = '11px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.fillStyle = color;
  context.fillText(text, x, y + 3, room);
}

/** @param {Float32Array} values @param {number} from @param {number} to */
function finite(values, from, to) {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += 0 * values[i]; // 0 · ∞ is not a number either
  return sum === 0;
}

/** From 0 to 255. @param {number} value */
const level = (value) => (value <= 0 ? 0 : value >= 1 ? 255 : Math.round(255 * value));

/** Red, green and blue of `#rrggbb`. @param {string} hex */
const channels = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

/** One opaque pixel; every platform with a browser is little-endian. */
const pixel = (red, green, blue) => (0xff000000 | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;
