// The map of all pictures: a cell for each, coloured by D, the valid ones ringed. The reader's hand (hand.js) chooses a
// cell; the way of a climb goes from cell to cell. Close up the cells show their pictures.
import { Frame } from '../frame.js';
import { CLOSE, CellImages } from './cell_images.js';
import { SIDE, cellOf, codeAt } from './cells.js';
import { Hand } from './hand.js';
import { disc, drawPlace, outlined } from './marks.js';
import { CodeWindow } from './window.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../colormap.js').Colors} Colors */
/** @typedef {import('./window.js').Pair} Pair */
/** @typedef {import('./cells.js').Cell} Cell */
/** Scores of all cells, the ends of their scale, and codes: of the valid pictures, and of those on the way of a climb. @typedef {{ scores: Matrix, range: Pair, valid: Iterable<number>, climb: number[] }} Scene */

/** A little room for the rings at the rim, and close enough for one picture to fill a good part. @type {import('./window.js').Bounds} */
const BOUNDS = { margin: 0.015, out: 1, in: 40, kept: true };
/** Cells as large as that show their pictures. CSS pixels. */
const LEGIBLE = 20;
/** A ring's radius from afar: in CSS pixels at the least, and as a share of the map. */
const RING = { least: 3.5, share: 1 / 115 };
/** Cells that an arrow key goes with shift. */
const LEAP = 16;

export class UniverseMap {
  /** @type {{ scene: Scene, colors: Colors } | null} */ #last = null;
  /** @type {Cell | null} */ #cell = null;
  /** It is another one than the page was told. */ #moved = false;
  /** The next frame's callback. */ #frame = 0;
  #window = new CodeWindow(BOUNDS);
  #images = new CellImages();

  /** @param {HTMLCanvasElement} canvas @param {() => void} onChoose another cell, at most once a frame @param {() => void} onPress the cell chosen is meant */
  constructor(canvas, onChoose, onPress) {
    this.frame = new Frame(canvas);
    this.onChoose = onChoose;
    canvas.setAttribute('role', 'img');
    this.#window.fit([0, 0, SIDE, -SIDE]);
    this.#window.settle();
    new ResizeObserver(() => this.#render()).observe(canvas);
    this.hand = new Hand(canvas, this.#window, {
      head: 0,
      point: (at) => this.#point(at),
      press: () => this.#cell && onPress(),
      walk: (arrow, leaps) => this.#walk(arrow, leaps ? LEAP : 1),
      place: () => (this.#cell ? centre(this.#window, this.#cell) : null),
      go: (act) => this.#go(act),
      reset: () => this.reset(),
    });
  }

  /** What the map is, for who cannot see it. */
  set label(/** @type {string} */ text) {
    this.frame.canvas.setAttribute('aria-label', text);
  }

  /** The code of the picture chosen; null for none yet. */
  get code() {
    return this.#cell && codeAt(this.#cell);
  }

  /** @param {Scene} scene @param {Colors} colors */
  draw(scene, colors) {
    this.#last = { scene, colors };
    this.#render();
  }

  /** Chooses a picture, and brings it into sight. @param {number} code */
  choose(code) {
    const [row, column] = cellOf(code);
    for (const corner of [0, 1]) this.#window.reveal([column + corner, -row - corner]);
    this.#set([row, column]);
  }

  /** Shows the whole map again. */
  reset() {
    this.#window.settle();
    this.#due();
  }

  // ---- the picture ---------------------------------------------------------------------------

  #render() {
    if (!this.#last?.colors.ink || !this.frame.canvas.clientWidth) return; // the style sheet is on its way, or nothing can be seen
    const { scene, colors } = this.#last;
    this.frame.begin();
    this.#window.resize(this.frame.side, this.frame.side);
    this.#paint(this.frame.context, this.#window, scene, colors);
  }

  /** The map as it stands, in another size. @param {number} side @returns {import('../picture.js').Drawing | null} */
  drawing(side) {
    if (!this.#last?.colors.ink) return null;
    const { scene, colors } = this.#last;
    const window = this.#window.resized(side, side);
    const draw = (/** @type {CanvasRenderingContext2D} */ context) => {
      context.fillStyle = colors.raised;
      context.fillRect(0, 0, side, side);
      this.#paint(context, window, scene, colors);
      context.strokeStyle = colors.line;
      context.lineWidth = 1;
      context.strokeRect(0.5, 0.5, side - 1, side - 1);
    };
    return { width: side, height: side, draw };
  }

  /** @param {CanvasRenderingContext2D} context @param {CodeWindow} window @param {Scene} scene @param {Colors} colors */
  #paint(context, window, { scores, range, valid, climb }, colors) {
    this.#images.suit(scores, range, colors);
    context.save();
    context.beginPath();
    context.rect(0, 0, window.width, window.height);
    context.clip();
    this.#drawCells(context, window, colors);
    drawRings(context, window, [...valid].map(cellOf), { ink: colors.real, paper: colors.paper });
    if (climb.length) drawWay(context, climb.map((code) => centre(window, cellOf(code))), colors);
    if (this.#cell) drawChosen(context, window, this.#cell, colors);
    context.restore();
  }

  /** @param {CanvasRenderingContext2D} context @param {CodeWindow} window @param {Colors} colors */
  #drawCells(context, window, colors) {
    const sight = inSight(window);
    const { left, top, columns, rows } = sight;
    const to = /** @type {const} */ ([window.toX(left), window.toY(-top), columns * window.scale, rows * window.scale]);
    context.imageSmoothingEnabled = window.scale < 1;
    if (window.scale < LEGIBLE) context.drawImage(this.#images.far, left, top, columns, rows, ...to);
    else context.drawImage(this.#images.near(sight, colors), 0, 0, columns * CLOSE, rows * CLOSE, ...to);
  }

  // ---- the reader's hand ---------------------------------------------------------------------

  /** @param {Pair} at */
  #point([px, py]) {
    const [x, y] = this.#window.toCode(px, py);
    const [row, column] = [onMap(-y), onMap(x)];
    if (row !== this.#cell?.[0] || column !== this.#cell[1]) this.#set([row, column]);
  }

  /** @param {Pair} arrow @param {number} far */
  #walk([dx, dy], far) {
    const { width, height } = this.#window;
    if (!this.#cell) return this.#point([width / 2, height / 2]);
    const [row, column] = this.#cell;
    this.choose(codeAt([onMap(row - far * dy), onMap(column + far * dx)]));
  }

  /** @param {() => unknown} act */
  #go(act) {
    if (!this.#last || act() === false) return false;
    this.#due();
    return true;
  }

  /** @param {Cell} cell */
  #set(cell) {
    this.#cell = cell;
    this.#moved = true;
    this.#due();
  }

  /** Says in the next frame which cell is chosen now, and draws. */
  #due() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#moved) this.onChoose();
      this.#moved = false;
      this.#render();
    });
  }
}

/** The middle of a cell, in pixels. @param {CodeWindow} window @param {Cell} cell @returns {Pair} */
const centre = (window, [row, column]) => [window.toX(column + 0.5), window.toY(-row - 0.5)];

/** The nearest row or column of the map. @param {number} place */
const onMap = (place) => Math.max(0, Math.min(SIDE - 1, Math.floor(place)));

/** @param {CodeWindow} window @returns {import('./cell_images.js').Sight} */
function inSight(window) {
  const [[x0, y0], [x1, y1]] = [window.toCode(0, 0), window.toCode(window.width, window.height)];
  const [left, top] = [onMap(x0), onMap(-y0)];
  return { left, top, columns: onMap(x1) - left + 1, rows: onMap(-y1) - top + 1 };
}

/** A ring around each cell; close up a frame. @param {CanvasRenderingContext2D} context @param {CodeWindow} window @param {Cell[]} cells @param {{ ink: string, paper: string }} colors */
function drawRings(context, window, cells, colors) {
  context.beginPath();
  for (const cell of cells) {
    const [x, y] = centre(window, cell);
    if (window.scale >= LEGIBLE) frameCell(context, window, cell);
    else {
      const radius = Math.max(RING.least, RING.share * window.width, 0.75 * window.scale);
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
  }
  outlined(context, colors);
}

/** @param {CanvasRenderingContext2D} context @param {CodeWindow} window @param {Cell} cell @param {Colors} colors */
function drawChosen(context, window, cell, colors) {
  if (window.scale < LEGIBLE) return drawPlace(context, centre(window, cell), colors);
  context.beginPath();
  frameCell(context, window, cell, 3); // a ring's frame stays to be seen
  outlined(context, colors);
}

/** @param {CanvasRenderingContext2D} context @param {CodeWindow} window @param {Cell} cell @param {number} [apart] in pixels */
function frameCell(context, window, [row, column], apart = 0) {
  context.rect(window.toX(column) - apart, window.toY(-row) - apart, window.scale + 2 * apart, window.scale + 2 * apart);
}

/** From stop to stop: hollow where it begins, solid where it ends. @param {CanvasRenderingContext2D} context @param {Pair[]} stops in pixels @param {Colors} colors */
function drawWay(context, stops, colors) {
  context.beginPath();
  for (const [x, y] of stops) context.lineTo(x, y);
  outlined(context, colors);
  for (const [x, y] of stops) disc(context, x, y, 2.5, colors.ink);
  const [[x0, y0], [x1, y1]] = [stops[0], stops[stops.length - 1]];
  disc(context, x0, y0, 5, colors.ink);
  disc(context, x0, y0, 3, colors.paper);
  disc(context, x1, y1, 5, colors.ink);
}
