// The two networks and what flows through them: noise → G → points → D → score → losses, and the gradients' way
// back, D's to D and G's through D, which stays fixed, to G (Goodfellow et al., 2014). The standing parts are SVG,
// made once an architecture; an update redraws the weights on one canvas, three small pictures and two numbers.
import { Frame } from '../frame.js';
import { colorsOf } from '../colormap.js';
import { architecture, nParameters } from './network_architecture.js';
import { drawEdges, edges } from './network_edges.js';
import { arrange, partsOf } from './network_layout.js';
import { legend, picture } from './network_picture.js';
import { Tip, describe, sentence } from './network_tip.js';
import { drawLandscape } from './landscape.js';
import { drawDots, drawSquares } from './points.js';

/** @typedef {import('../protocol.js').Snapshot} Snapshot */
/** @typedef {import('../protocol.js').Settings} Settings */
/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('./network_layout.js').Player} Player */
/** @typedef {{ player: Player, line: 'real' | 'noise' | 'generate' | 'score' | 'loss' | 'update' }} Phase */
/** @typedef {{ playing: boolean, phase: Phase | null }} Flow what runs now */

const PLAYERS = /** @type {Player[]} */ (['g', 'd']);
/** Points in a small picture. */
const N_POINTS = 128;
/** D's scale from 0 to 1, where its landscape is not at hand. @type {Matrix} */
const SCALE = { shape: [1, 64], values: Float32Array.from({ length: 64 }, (_, i) => i / 63) };
/** Between two updates while training: weights and numbers are read, and painting them costs more than the plane. Milliseconds. */
const READING_INTERVAL = 100;

const HTML = `<div class="network-stage" role="application" tabindex="0">
  <canvas class="network-edges"></canvas>
  <canvas data-thumb="generated"></canvas><canvas data-thumb="real"></canvas><canvas data-thumb="score"></canvas>
  <div class="network-graph"></div><p class="network-tip" aria-hidden="true" hidden></p>
</div>
<p class="announce" aria-live="polite"></p>
<p class="network-legend" aria-hidden="true"></p>`;

export class Network {
  /** @type {[Snapshot, Settings, any, Flow] | null} */ #last = null;
  /** @type {import('../colormap.js').Colors | null} */ #colors = null;
  /** Colours of the weights, those of the legend. @type {import('./network_edges.js').Inks | null} */ #inks = null;
  #width = 0;
  /** What the picture was made for; another key, another picture. */ #key = '';
  /** @type {Record<Player, import('./network_edges.js').Edges> | null} */ #edges = null;
  /** The flow on show. */ #flow = '';
  /** The last known losses of a run. */ #losses = { run: -1, d: NaN, g: NaN };
  #readAt = 0;
  /** An update that waits for its turn. @type {ReturnType<typeof setTimeout> | undefined} */ #late;

  /** @param {HTMLElement} container @param {HTMLElement} host */
  constructor(container, host) {
    this.host = host;
    container.classList.add('network');
    container.innerHTML = HTML;
    const part = (selector) => /** @type {HTMLElement} */ (container.querySelector(selector));
    const canvas = (selector) => /** @type {HTMLCanvasElement} */ (part(selector));
    this.stage = part('.network-stage');
    this.graph = part('.network-graph');
    this.legend = part('.network-legend');
    this.canvas = canvas('.network-edges');
    const thumb = (id) => new Frame(canvas(`[data-thumb=${id}]`));
    this.thumbs = { generated: thumb('generated'), real: thumb('real'), score: thumb('score') };
    this.tip = new Tip(this.stage, part('.network-tip'), part('.announce'));
    new ResizeObserver(() => {
      this.#width = this.stage.clientWidth;
      this.#redraw();
    }).observe(this.stage);
  }

  /** @param {number} halfWidth half the side of the small pictures, in data units */
  setHalfWidth(halfWidth) {
    for (const frame of Object.values(this.thumbs)) frame.halfWidth = halfWidth;
  }

  /** The ends of D's colour scale. @type {import('./landscape.js').Range} */ range = [0, 1];

  /** Theme or language changed. */
  restyle() {
    this.#colors = null;
    this.#redraw();
  }

  /** @param {Snapshot} snapshot @param {Settings} settings @param {any} words @param {Flow} flow */
  draw(snapshot, settings, words, flow) {
    this.#last = [snapshot, settings, words, flow];
    if (!this.#width || !this.#style()) return;
    const nets = architecture(settings);
    const key = `${this.#width} ${nets.latent} ${sentence(nets, words)}`;
    if (key !== this.#key) this.#build(nets, words);
    this.#key = key;
    this.#noteLosses(snapshot);
    this.#drawFlow(flow);
    const now = performance.now();
    if (flow.playing && now - this.#readAt < READING_INTERVAL) {
      this.#late ??= setTimeout(() => this.#redraw(), READING_INTERVAL);
      return;
    }
    this.#readAt = now;
    clearTimeout(this.#late);
    this.#late = undefined;
    const weights = weightsOf(snapshot, nets);
    this.#drawWeights(weights);
    this.#drawThumbs(snapshot.probes);
    this.#drawLosses();
    this.tip.update((place) => describe(place, nets, words, weights[place.player]));
  }

  #redraw() {
    this.#late = undefined;
    if (this.#last) this.draw(...this.#last);
  }

  /** Colours, once a theme. False while the style sheet is on its way; restyle() follows it. */
  #style() {
    if (this.#colors) return true;
    const colors = colorsOf(this.host);
    if (!colors.ink) return false;
    this.#colors = colors;
    this.#inks = null;
    this.#readAt = 0;
    return true;
  }

  /** @param {import('./network_architecture.js').Architecture} nets @param {any} words */
  #build(nets, words) {
    const layout = arrange(this.#width, { g: nets.g.sizes, d: nets.d.sizes });
    const { width, height, boxes, layers } = layout;
    this.graph.innerHTML = picture(layout, nets, words);
    this.legend.innerHTML = legend(words);
    this.stage.setAttribute('aria-label', sentence(nets, words));
    this.stage.style.height = `${height}px`;
    const density = Math.min(3, devicePixelRatio || 1);
    Object.assign(this.canvas, { width: Math.round(width * density), height: Math.round(height * density) });
    this.canvas.getContext('2d')?.scale(density, density);
    for (const [id, { canvas }] of Object.entries(this.thumbs)) {
      const { x, y, width: side } = boxes[id];
      Object.assign(canvas.style, { left: `${x}px`, top: `${y}px`, width: `${side}px`, height: `${side}px` });
    }
    this.#edges = { g: edges(layers.g, nets.g.sizes), d: edges(layers.d, nets.d.sizes) };
    this.#flow = '';
    this.#readAt = 0;
    this.tip.setLayout(layout);
  }

  /** @param {Record<Player, Float32Array | undefined>} weights */
  #drawWeights(weights) {
    const context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext('2d'));
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    const ink = (sign) => getComputedStyle(/** @type {Element} */ (this.legend.querySelector(`.${sign}`))).stroke;
    this.#inks ??= { negative: ink('negative'), positive: ink('positive') };
    for (const player of PLAYERS) {
      const values = weights[player];
      if (this.#edges && values) drawEdges(context, this.#edges[player], values, this.#inks);
    }
  }

  /** @param {Record<string, Matrix | undefined>} probes */
  #drawThumbs({ generated, real, landscape }) {
    const colors = /** @type {import('../colormap.js').Colors} */ (this.#colors);
    const some = ({ shape, values }) => ({ shape, values: values.subarray(0, 2 * N_POINTS) });
    const { thumbs } = this;
    for (const frame of Object.values(thumbs)) frame.begin();
    if (generated) drawDots(thumbs.generated, some(generated), colors.generated, colors.paper);
    if (real) drawSquares(thumbs.real, some(real), colors.real);
    drawLandscape(thumbs.score, landscape ?? SCALE, colors, landscape ? this.range : [0, 1]);
  }

  /** Lights what runs now. @param {Flow} flow */
  #drawFlow({ playing, phase }) {
    const flow = `${playing} ${phase?.player} ${phase?.line}`;
    if (flow === this.#flow) return;
    this.#flow = flow;
    this.stage.classList.toggle('playing', playing);
    this.stage.classList.toggle('phased', Boolean(phase));
    const lit = partsOf(phase);
    for (const element of this.graph.querySelectorAll('[data-id]')) {
      element.classList.toggle('lit', lit.includes(element.getAttribute('data-id') ?? ''));
    }
  }

  /** Not every snapshot brings both. @param {Snapshot} snapshot */
  #noteLosses({ run, curves }) {
    if (this.#losses.run !== run) this.#losses = { run, d: NaN, g: NaN };
    for (const player of PLAYERS) this.#losses[player] = curves[`loss_${player}`]?.findLast(Number.isFinite) ?? this.#losses[player];
  }

  #drawLosses() {
    for (const player of PLAYERS) {
      const value = this.#losses[player];
      const text = Number.isNaN(value) ? '–' : Math.abs(value) < 1000 ? value.toFixed(3) : value.toExponential(1);
      const element = /** @type {Element} */ (this.graph.querySelector(`[data-value=loss_${player}]`));
      element.textContent = text.replace('-', '−');
    }
  }
}

/**
 * The weights that belong to these networks: a snapshot may still be of the run before.
 * @param {Snapshot} snapshot @param {import('./network_architecture.js').Architecture} nets
 * @returns {Record<Player, Float32Array | undefined>}
 */
function weightsOf({ probes }, nets) {
  const fitting = (player) => {
    const values = probes[`weights_${player}`]?.values;
    return values?.length === nParameters(nets[player].sizes) ? values : undefined;
  };
  return { g: fitting('g'), d: fitting('d') };
}
