// The plane of codes: where an encoder puts each picture, coloured by class. Far out a code is a dot; closer in its
// class's digit, for colour alone does not tell ten classes apart; closest its picture.
// The reader's hand (hand.js) moves the place that is decoded.
import { ticks } from '../vendor/d3.js';
import { colorsOf } from '../colormap.js';
import { languageOf } from '../i18n/index.js';
import { formOf, paint, shades } from './gallery.js';
import { Hand } from './hand.js';
import { disc, drawPlace, outlined } from './marks.js';
import { CodeWindow } from './window.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../colormap.js').Colors} Colors */
/** @typedef {import('./window.js').Pair} Pair */
/**
 * Codes and deviations [n, 2], labels [n, 1], pictures [n, numbers of one]; the line and the place in code units. Classes that are no digits have names.
 * @typedef {{ codes: Matrix, labels: Matrix, names?: string[], spreads?: Matrix | null, pictures?: Matrix | null, line?: [Pair, Pair] | null, place?: Pair | null }} Scene
 */

/** Colours by class, the last for any other label; the colour of paper, and a dot's radius. @typedef {{ palette: string[], paper: string, radius: number }} Look */
/**
 * What a scene is drawn with: a context in CSS pixels, the origin below the legend; and what draws a dot or a digit of class `k` there.
 * @typedef {{ context: CanvasRenderingContext2D, window: CodeWindow, density: number, look: Look, mark: (digit: boolean, k: number, x: number, y: number) => void }} Brush
 */

/**
 * A colour for each digit, for light and for dark paper. Hues after Tol (2021), moved apart by annealing: the smallest
 * distance of two in OKLab, as seen with full sight and (Machado et al. 2009) without L, M or S cones, is 1.7 times that
 * of his ten or more; each stands out from the paper by at least 3 : 1. Digits that codes mix up, as 4 and 9, are furthest apart.
 */
export const PALETTES = {
  light: ['#a4348a', '#b301ff', '#0a9ca6', '#3700a9', '#ae8804', '#fd4285', '#2e6046', '#612c01', '#7a6f16', '#036cbd'],
  dark: ['#b9859b', '#8f599c', '#74d4de', '#9c99ff', '#efb36b', '#b84940', '#a8ffcc', '#e76d09', '#ffec03', '#016ef4'],
};

/** The palette that suits the paper. @param {{ paper: string }} colors */
export const paletteOf = ({ paper }) => PALETTES[parseInt(paper.slice(3, 5), 16) < 128 ? 'dark' : 'light'];

/** With fewer codes in sight, digits instead of dots. */
const DIGITS_BELOW = 400;
/** At most so many ellipses and pictures; the latter only where this share of the codes has room for theirs. */
const [MAX_SPREADS, MAX_PICTURES, ROOM] = [300, 150, 0.6];
/** A picture's side, and how close two may come as a share of it. */
const [PICTURE, CLOSE] = [28, 0.8];
/** Height of the row of digits and colours, and a digit's size. CSS pixels. */
const [LEGEND, GLYPH] = [24, 12];
const DIGITS = Array.from({ length: 10 }, (_, k) => String(k));
/** Places on the line that are decoded. */
const STOPS = 9;
/** One arrow key, and with shift. CSS pixels. */
const [STEP, LEAP] = [8, 40];
/** While the page draws this often, it needs no help. Milliseconds. */
const BUSY = 40;

/** Which pictures to show: one after the other, none closer to an earlier one than `apart` pixels. @param {number[]} rows @param {(i: number) => Pair} at @param {number} apart */
export function spaced(rows, at, apart) {
  /** @type {number[]} */ const chosen = [];
  /** @type {Pair[]} */ const places = [];
  for (const i of rows) {
    const [x, y] = at(i);
    if (places.some(([u, v]) => Math.abs(u - x) < apart && Math.abs(v - y) < apart)) continue;
    chosen.push(i);
    places.push([x, y]);
    if (chosen.length === MAX_PICTURES) break;
  }
  return chosen;
}

export class Codes {
  /** @type {{ scene: Scene, words: any, colors: Colors } | null} */ #last = null;
  /** The codes that the window fits. @type {ArrayLike<number> | null} */ #fitted = null;
  /** The reader has chosen what is in sight. */ #free = false;
  /** When the window last moved by itself, and when the page last drew. */ #times = { moved: 0, drawn: 0 };
  /** The next frame's callback, and whether the picture is behind. */ #frame = 0;
  #stale = false;
  /** The place has moved since the page was told. */ #moved = false;
  #window = new CodeWindow();
  #stamps = new Stamps();
  #thumbnails = new Thumbnails();

  /** @param {HTMLCanvasElement} canvas @param {HTMLElement} host @param {(place: Pair) => void} onPlace at most once a frame */
  constructor(canvas, host, onPlace) {
    this.canvas = canvas;
    this.host = host;
    this.onPlace = onPlace;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    canvas.setAttribute('role', 'img');
    new ResizeObserver(() => this.#render()).observe(canvas);
    new Hand(canvas, this.#window, {
      head: LEGEND,
      point: (at) => this.#place(at),
      walk: (arrow, leaps) => this.#walk(arrow, leaps ? LEAP : STEP),
      place: () => (this.#last?.scene.place ? pixels(this.#window, this.#last.scene.place) : null),
      go: (act) => this.#go(act),
      reset: () => this.reset(),
    });
  }

  /** The reader has zoomed or moved the plane; `reset` undoes it. */
  get free() {
    return this.#free;
  }

  /** @param {Scene} scene @param {any} words @param {Colors} colors */
  draw(scene, words, colors) {
    const place = this.#moved ? this.#last?.scene.place : scene.place; // what the page has not been told yet stands
    this.#last = { scene: { ...scene, place }, words, colors };
    this.#times.drawn = performance.now();
    this.#render();
  }

  /** In the colours of another theme. */
  restyle() {
    if (!this.#last) return;
    this.#last.colors = colorsOf(this.host);
    this.#render();
  }

  /** Shows all codes again. */
  reset() {
    this.#free = false;
    this.#times.moved = performance.now();
    this.#due();
  }

  // ---- the picture ---------------------------------------------------------------------------

  #render() {
    const { canvas, context } = this;
    if (!this.#last?.colors.ink || !canvas.clientWidth) return; // the style sheet is on its way, or nothing can be seen
    const { scene, words, colors } = this.#last;
    this.#stale = false;
    const density = this.#begin();
    this.#follow(scene.codes.values);
    const look = lookOf(colors, this.#window);
    canvas.setAttribute('aria-label', words.codes(scene.codes.shape[0]));
    this.#stamps.suit(look, density);
    const mark = (/** @type {boolean} */ digit, /** @type {number} */ k, /** @type {number} */ x, /** @type {number} */ y) => this.#stamps.stamp(context, digit, k, x, y);
    this.#paint({ context, window: this.#window, density, look, mark }, scene, colors);
  }

  /** The plane as it stands, in another size; every mark is drawn by itself. @param {number} side @param {number} density @returns {import('../picture.js').Drawing | null} */
  drawing(side, density) {
    if (!this.#last?.colors.ink) return null;
    const { scene, colors } = this.#last;
    const window = this.#window.resized(side, side - LEGEND);
    const look = lookOf(colors, window);
    const draw = (/** @type {CanvasRenderingContext2D} */ context) => {
      context.fillStyle = colors.raised;
      context.fillRect(0, 0, side, side);
      context.translate(0, LEGEND);
      const mark = (/** @type {boolean} */ digit, /** @type {number} */ k, /** @type {number} */ x, /** @type {number} */ y) => drawMark(context, look, digit, k, x, y);
      this.#paint({ context, window, density, look, mark }, scene, colors);
      context.strokeStyle = colors.line;
      context.lineWidth = 1;
      context.strokeRect(0.5, 0.5 - LEGEND, side - 1, side - 1);
    };
    return { width: side, height: side, draw };
  }

  /** @param {Brush} brush @param {Scene} scene @param {Colors} colors */
  #paint(brush, scene, colors) {
    const { context, window } = brush;
    const at = (/** @type {Pair} */ code) => pixels(window, code);
    context.save();
    context.beginPath();
    context.rect(0, 0, window.width, window.height);
    context.clip();
    const rows = window.inSight(scene.codes.values, GLYPH);
    if (scene.spreads) drawSpreads(context, window, scene, scene.spreads, rows.slice(0, MAX_SPREADS), brush.look.palette);
    this.#drawCodes(brush, scene, rows, colors);
    if (scene.line) drawLine(context, [at(scene.line[0]), at(scene.line[1])], colors);
    if (scene.place) drawPlace(context, at(scene.place), colors);
    drawTicks(context, window, colors, languageOf(this.host));
    context.restore();
    drawLegend(context, window.width, colors, brush.look.palette, scene.names);
  }

  /** Follows the element's size and the screen's density; then clears. @returns pixels of the screen a CSS pixel */
  #begin() {
    const { canvas, context } = this;
    const [width, height] = [canvas.clientWidth, Math.max(LEGEND + 1, canvas.clientHeight)];
    const density = Math.min(3, devicePixelRatio || 1);
    const pixels = [width, height].map((length) => Math.round(length * density));
    if (canvas.width !== pixels[0] || canvas.height !== pixels[1]) [canvas.width, canvas.height] = pixels;
    context.setTransform(density, 0, 0, density, 0, LEGEND * density);
    context.clearRect(0, -LEGEND, width, height);
    this.#window.resize(width, height - LEGEND);
    return density;
  }

  /** The window goes with the codes as they spread in training, until the reader takes it over. @param {ArrayLike<number>} values */
  #follow(values) {
    const [first, now] = [!this.#fitted, performance.now()];
    if (this.#fitted !== values) this.#window.fit((this.#fitted = values));
    if (first) this.#window.settle();
    if (!this.#free) {
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      if (this.#window.follow(still ? Infinity : Math.min(100, now - this.#times.moved))) this.#due();
    }
    this.#times.moved = now;
  }

  /** @param {Brush} brush @param {Scene} scene @param {number[]} rows those in sight @param {Colors} colors */
  #drawCodes({ context, window, density, look, mark }, { codes, labels, names, pictures }, rows, colors) {
    const digits = rows.length < DIGITS_BELOW && !names;
    const at = (/** @type {number} */ i) => pixels(window, [codes.values[2 * i], codes.values[2 * i + 1]]);
    for (const i of rows) mark(digits, classOf(labels, i), ...at(i));
    const pictured = pictures ? rows.filter((i) => i < pictures.shape[0]) : [];
    if (rows.length < DIGITS_BELOW && pictures) this.#thumbnails.draw(context, pictures, pictured, at, (i) => look.palette[classOf(labels, i)], colors, density);
  }

  // ---- the reader's hand ---------------------------------------------------------------------

  /** @param {Pair} arrow @param {number} far */
  #walk([dx, dy], far) {
    if (!this.#last) return;
    const { width, height, scale } = this.#window;
    const [x, y] = this.#last.scene.place ?? this.#window.toCode(width / 2, height / 2);
    const place = /** @type {Pair} */ ([x + (dx * far) / scale, y + (dy * far) / scale]);
    if (this.#window.reveal(place)) this.#free = true;
    this.#place(pixels(this.#window, place));
  }

  /** Something that moves the window; the reader's from now on. @param {() => unknown} act */
  #go(act) {
    if (!this.#last || act() === false) return false;
    this.#free = true;
    this.#due();
    return true;
  }

  /** @param {Pair} pixels */
  #place([px, py]) {
    if (!this.#last) return;
    const place = this.#window.toCode(px, Math.max(0, py));
    this.#last.scene = { ...this.#last.scene, place };
    this.#moved = true;
    this.#due();
  }

  /** Says in the next frame where the place is now, and draws, unless the page is drawing by itself. */
  #due() {
    this.#stale = true;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      const place = this.#last?.scene.place;
      const moved = this.#moved;
      this.#moved = false;
      if (moved && place) this.onPlace(place);
      if (!this.#stale) return;
      if (performance.now() - this.#times.drawn < BUSY) this.#due();
      else this.#render();
    });
  }
}

/** Dots and digits drawn once for each class, then copied: thousands of arcs would take longer. */
class Stamps {
  #sheet = document.createElement('canvas');
  #of = '';
  /** A stamp's side, and what a dot leaves free around itself, in pixels of the screen. */ #size = 0;
  #inset = 0;
  #density = 1;

  /** @param {Look} look @param {number} density */
  suit(look, density) {
    const { palette, paper, radius } = look;
    const of = [palette, paper, radius, density].join();
    if (of === this.#of) return;
    this.#of = of;
    this.#density = density;
    this.#size = Math.ceil((Math.max(GLYPH, 2 * radius) + 4) * density);
    this.#inset = Math.max(0, Math.floor((this.#size - (2 * radius + 3) * density) / 2));
    [this.#sheet.width, this.#sheet.height] = [palette.length * this.#size, 2 * this.#size];
    const context = /** @type {CanvasRenderingContext2D} */ (this.#sheet.getContext('2d'));
    context.scale(density, density);
    const half = this.#size / density / 2;
    palette.forEach((_, k) => {
      drawMark(context, look, false, k, (2 * k + 1) * half, half);
      drawMark(context, look, true, k, (2 * k + 1) * half, 3 * half);
    });
  }

  /** On whole pixels of the screen, where it is copied as it is. @param {CanvasRenderingContext2D} context @param {boolean} digit @param {number} k the class @param {number} x in CSS pixels @param {number} y */
  stamp(context, digit, k, x, y) {
    const [size, inset] = [this.#size, digit ? 0 : this.#inset];
    const [left, top] = [x, y].map((v) => (Math.round(v * this.#density - size / 2) + inset) / this.#density);
    const side = size - 2 * inset;
    const shown = side / this.#density;
    context.drawImage(this.#sheet, k * size + inset, (digit ? size : 0) + inset, side, side, left, top, shown, shown);
  }
}

/** Pictures at their codes, framed in their class's colour. */
class Thumbnails {
  #atlas = document.createElement('canvas');
  /** @type {ImageData | null} */ #image = null;

  /**
   * Draws nothing where most would lie on others.
   * @param {CanvasRenderingContext2D} context @param {Matrix} pictures @param {number[]} rows @param {(i: number) => Pair} at in CSS pixels
   * @param {(i: number) => string} frame @param {Colors} colors @param {number} density
   */
  draw(context, pictures, rows, at, frame, colors, density) {
    const { side } = formOf(pictures.shape[1]);
    if (!side) return;
    const size = (side * Math.max(1, Math.round((PICTURE * density) / side))) / density;
    const chosen = spaced(rows, at, CLOSE * size);
    if (chosen.length < ROOM * rows.length) return;
    this.#paint(pictures, chosen, side, colors);
    const rim = Math.max(2, Math.round(1.5 * density)) / density;
    context.imageSmoothingEnabled = false;
    chosen.forEach((i, k) => {
      const [left, top] = at(i).map((v) => Math.round((v - size / 2) * density) / density);
      context.fillStyle = frame(i);
      context.fillRect(left - rim, top - rim, size + 2 * rim, size + 2 * rim);
      context.drawImage(this.#atlas, k * side, 0, side, side, left, top, size, size);
    });
    context.imageSmoothingEnabled = true;
  }

  /** @param {Matrix} pictures @param {number[]} rows @param {number} side @param {Colors} colors */
  #paint(pictures, rows, side, colors) {
    const atlas = this.#atlas;
    const context = /** @type {CanvasRenderingContext2D} */ (atlas.getContext('2d'));
    if (this.#image?.height !== side) {
      [atlas.width, atlas.height] = [MAX_PICTURES * side, side];
      this.#image = context.createImageData(atlas.width, side);
    }
    paint(new Uint32Array(this.#image.data.buffer), pictures, rows, { columns: MAX_PICTURES, table: shades(colors) });
    context.putImageData(this.#image, 0, 0);
  }
}

/** Where a code lies. @param {CodeWindow} window @param {Pair} code @returns {Pair} */
const pixels = (window, [x, y]) => [window.toX(x), window.toY(y)];

/** @param {Colors} colors @param {CodeWindow} window @returns {Look} */
const lookOf = (colors, { width, height }) => ({ palette: [...paletteOf(colors), colors.quiet], paper: colors.paper, radius: Math.max(2, Math.min(width, height) / 230) });

/** The class of a row; 10 where its label is no digit. @param {Matrix} labels @param {number} i */
function classOf({ values }, i) {
  const label = values[i];
  return Number.isInteger(label) && label >= 0 && label <= 9 ? label : 10;
}

/**
 * An ellipse of one standard deviation round each code.
 * @param {CanvasRenderingContext2D} context @param {CodeWindow} window @param {Scene} scene @param {Matrix} spreads @param {number[]} rows @param {string[]} palette
 */
function drawSpreads(context, window, { codes, labels }, { values }, rows, palette) {
  context.globalAlpha = 0.4;
  context.lineWidth = 1;
  for (const i of rows) {
    const [rx, ry] = [values[2 * i] * window.scale, values[2 * i + 1] * window.scale];
    if (!(rx >= 0 && ry >= 0 && Number.isFinite(rx + ry))) continue;
    context.beginPath();
    context.ellipse(window.toX(codes.values[2 * i]), window.toY(codes.values[2 * i + 1]), rx, ry, 0, 0, 2 * Math.PI);
    context.strokeStyle = palette[classOf(labels, i)];
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** A line with a tick at each place that is decoded: hollow where it begins, solid where it ends. @param {CanvasRenderingContext2D} context @param {Pair[]} ends in pixels @param {Colors} colors */
function drawLine(context, [[x0, y0], [x1, y1]], colors) {
  const length = Math.hypot(x1 - x0, y1 - y0) || 1;
  const [nx, ny] = [(-6 * (y1 - y0)) / length, (6 * (x1 - x0)) / length];
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  for (let k = 0; k < STOPS; k += 1) {
    const [x, y] = [x0 + (k / (STOPS - 1)) * (x1 - x0), y0 + (k / (STOPS - 1)) * (y1 - y0)];
    context.moveTo(x - nx, y - ny);
    context.lineTo(x + nx, y + ny);
  }
  outlined(context, colors);
  disc(context, x0, y0, 5, colors.ink);
  disc(context, x0, y0, 3, colors.paper);
  disc(context, x1, y1, 5, colors.ink);
}

/** @param {CanvasRenderingContext2D} context @param {CodeWindow} window @param {Colors} colors @param {'en' | 'zh'} language */
function drawTicks(context, window, colors, language) {
  const { width, height } = window;
  const [[left, top], [right, bottom]] = [window.toCode(0, 0), window.toCode(width, height)];
  context.font = '11px system-ui, sans-serif';
  for (const [values, horizontal] of /** @type {[number[], boolean][]} */ ([[ticks(left, right, 5), true], [ticks(bottom, top, 5), false]])) {
    const digits = Math.max(0, Math.min(20, -Math.floor(Math.log10(values[1] - values[0]) + 1e-9) || 0));
    const format = new Intl.NumberFormat(language, { maximumFractionDigits: digits, minimumFractionDigits: digits });
    context.textAlign = horizontal ? 'center' : 'left';
    context.textBaseline = horizontal ? 'bottom' : 'middle';
    for (const value of values) {
      const at = horizontal ? window.toX(value) : window.toY(value);
      if (at < 24 || at > (horizontal ? width : height) - 24) continue;
      written(context, format.format(value), horizontal ? at : 5, horizontal ? height - 4 : at, colors.ink, colors.paper);
    }
  }
}

/** The digits, or what else the classes are, and their colours, above the window. @param {CanvasRenderingContext2D} context @param {number} width @param {Colors} colors @param {string[]} palette @param {string[]} [names] */
function drawLegend(context, width, { ink, line }, palette, names = DIGITS) {
  const pitch = Math.min(names === DIGITS ? 44 : Infinity, width / names.length);
  context.fillStyle = line;
  context.fillRect(0, -1, width, 1);
  context.font = `600 ${GLYPH}px system-ui, sans-serif`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const left = names === DIGITS ? pitch / 2 : 14;
  names.forEach((name, k) => {
    disc(context, left + k * pitch - 7, -LEGEND / 2, 4, palette[k]);
    context.fillStyle = ink;
    context.fillText(name, left + k * pitch, 1 - LEGEND / 2, pitch - 14);
  });
}

/** A dot or a digit of class `k`. @param {CanvasRenderingContext2D} context @param {Look} look @param {boolean} digit @param {number} k @param {number} x @param {number} y */
function drawMark(context, { palette, paper, radius }, digit, k, x, y) {
  if (digit) return glyph(context, k < 10 ? String(k) : '?', x, y, palette[k], paper);
  disc(context, x, y, radius + 0.7, paper);
  disc(context, x, y, radius, palette[k]);
}

/** @param {CanvasRenderingContext2D} context @param {string} text @param {number} x @param {number} y @param {string} color @param {string} paper */
function written(context, text, x, y, color, paper) {
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = paper;
  context.strokeText(text, x, y);
  context.fillStyle = color;
  context.fillText(text, x, y);
}

/** @param {CanvasRenderingContext2D} context @param {string} text @param {number} x @param {number} y @param {string} color @param {string} paper */
function glyph(context, text, x, y, color, paper) {
  context.font = `bold ${GLYPH}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  written(context, text, x, y + 1, color, paper);
}
