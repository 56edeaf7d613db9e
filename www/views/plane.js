// The plane of data as layers: the landscape of D, its contour at ½, real and generated points.
import { Frame } from '../frame.js';
import { colorsOf } from '../colormap.js';
import { languageOf } from '../i18n/index.js';
import { drawContour, drawLandscape, drawScale } from './landscape.js';
import { drawDots, drawSquares } from './points.js';
import { drawAxes } from './axes.js';

/** @typedef {import('../protocol.js').Snapshot} Snapshot */
/** @typedef {(frame: Frame, matrix: import('../protocol.js').Matrix, colors: import('../colormap.js').Colors) => void} Draw */

/** From bottom to top. @type {{ id: string, probe: string, draw: Draw }[]} */
const LAYERS = [
  { id: 'landscape', probe: 'landscape', draw: drawLandscape },
  { id: 'contour', probe: 'landscape', draw: drawContour },
  { id: 'real', probe: 'real', draw: (frame, matrix, colors) => drawSquares(frame, matrix, colors.real) },
  { id: 'generated', probe: 'generated', draw: (frame, matrix, colors) => drawDots(frame, matrix, colors.generated, colors.paper) },
  { id: 'generated_ema', probe: 'generated_ema', draw: (frame, matrix, colors) => drawDots(frame, matrix, colors.ema, colors.paper) },
];

export class Plane {
  #on = new Set(['landscape', 'contour', 'real', 'generated']);
  /** @type {import('../protocol.js').DistributionCard | null} */ #distribution = null;
  /** @type {import('../colormap.js').Colors | null} */ #colors = null;

  /** @param {HTMLCanvasElement} canvas @param {HTMLCanvasElement} scale the colour legend @param {HTMLElement} host */
  constructor(canvas, scale, host) {
    this.frame = new Frame(canvas);
    this.scale = scale;
    this.host = host;
    new ResizeObserver(() => this.#last && this.draw(...this.#last)).observe(canvas);
  }

  /** The probes that the layers in view draw. */
  needs() {
    return [...new Set(LAYERS.filter((layer) => this.#on.has(layer.id)).map((layer) => layer.probe))];
  }

  /** @param {string} id */
  toggle(id, on) {
    if (on) this.#on.add(id);
    else this.#on.delete(id);
  }

  /** @param {import('../protocol.js').DistributionCard | null} distribution */
  setDistribution(distribution) {
    this.#distribution = distribution;
    if (distribution) this.frame.halfWidth = distribution.half_width;
  }

  restyle() {
    this.#colors = null;
  }

  /** @type {[Snapshot, any] | null} */ #last = null;

  /** @param {Snapshot} snapshot @param {any} words */
  draw(snapshot, words) {
    this.#last = [snapshot, words];
    const { frame } = this;
    frame.begin();
    if (!this.#colors) {
      const colors = colorsOf(this.host);
      if (!colors.ink) return; // the style sheet is on its way; restyle() follows it
      this.#colors = colors;
      drawScale(this.scale, colors);
    }
    const language = languageOf(this.host);
    frame.canvas.setAttribute('aria-label', words.plane(this.#distribution?.label[language] ?? ''));
    for (const { id, probe, draw } of LAYERS) {
      const matrix = snapshot.probes[probe];
      if (matrix && this.#on.has(id)) draw(frame, matrix, this.#colors);
    }
    drawAxes(frame, this.#distribution?.axes ?? null, this.#colors, language);
  }
}
