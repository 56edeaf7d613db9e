// Loss curves with a read-out under the pointer (uPlot).
import uPlot from '../vendor/uplot.js';
import { colorsOf } from '../colormap.js';

/** Points kept a curve. When more arrive, neighbours are averaged in pairs. */
const CAPACITY = 1200;
const HEIGHT = 150;

export class Curves {
  /** Steps per point. */
  #stride = 1;
  /** Closed points and the one being filled. */
  #x = /** @type {number[]} */ ([]);
  #y = { d: /** @type {(number | null)[]} */ ([]), g: /** @type {(number | null)[]} */ ([]) };
  #open = fresh();
  /** @type {any} */ #plot = null;
  #changed = true;

  /** @param {HTMLElement} container @param {HTMLElement} host */
  constructor(container, host) {
    this.container = container;
    this.host = host;
    new ResizeObserver(() => this.#plot?.setSize({ width: container.clientWidth, height: HEIGHT })).observe(container);
  }

  clear() {
    this.#stride = 1;
    this.#x = [];
    this.#y = { d: [], g: [] };
    this.#open = fresh();
    this.#changed = true;
  }

  /** Forgets what lies after a step: a run goes on from its checkpoint. @param {number} step */
  truncate(step) {
    const n = this.#x.filter((x) => x <= step).length;
    this.#x.length = this.#y.d.length = this.#y.g.length = n;
    this.#open = fresh();
    this.#changed = true;
  }

  /** @param {{ first: number, d: Float32Array, g: Float32Array }} losses */
  add({ first, d, g }) {
    for (let i = 0; i < d.length; i += 1) {
      const open = this.#open;
      open.steps += 1;
      for (const [player, value] of /** @type {['d' | 'g', number][]} */ ([['d', d[i]], ['g', g[i]]])) {
        if (!Number.isFinite(value)) continue;
        open[player].sum += value;
        open[player].n += 1;
      }
      if (open.steps >= this.#stride) this.#close(first + i);
      this.#changed = true;
    }
  }

  /** @param {number} step */
  #close(step) {
    this.#x.push(step);
    for (const player of /** @type {['d', 'g']} */ (['d', 'g'])) {
      const { sum, n } = this.#open[player];
      this.#y[player].push(n ? sum / n : null);
    }
    this.#open = fresh();
    if (this.#x.length < CAPACITY) return;
    this.#stride *= 2;
    const pair = (list, merge) => Array.from({ length: CAPACITY / 2 }, (_, i) => merge(list[2 * i], list[2 * i + 1]));
    const mean = (a, b) => (a === null ? b : b === null ? a : (a + b) / 2);
    this.#x = pair(this.#x, (_, b) => b);
    this.#y = { d: pair(this.#y.d, mean), g: pair(this.#y.g, mean) };
  }

  /** Colours or words changed: the plot is made anew at the next drawing. */
  restyle() {
    this.#plot?.destroy();
    this.#plot = null;
    this.#changed = true;
  }

  /** @param {any} words */
  draw(words) {
    if (!this.#changed || !this.container.clientWidth) return;
    const colors = colorsOf(this.host);
    if (!colors.ink) return;
    this.#changed = false;
    this.#plot ??= this.#build(words, colors);
    this.#plot.setData([this.#x, this.#y.d, this.#y.g]);
  }

  #build(words, colors) {
    const value = (_, v) => (v == null ? '–' : v.toFixed(3));
    const axis = { stroke: colors.quiet, grid: { stroke: colors.line, width: 1 }, ticks: { stroke: colors.line, width: 1 }, font: '11px system-ui, sans-serif' };
    const options = {
      width: this.container.clientWidth,
      height: HEIGHT,
      cursor: { drag: { x: true, y: false } },
      scales: { x: { time: false } },
      axes: [{ ...axis, size: 28 }, { ...axis, size: 44 }],
      series: [
        { label: words.step, value: (_, v) => (v == null ? '–' : String(v)) },
        { label: words.loss_d, stroke: colors.real, width: 1.5, value },
        { label: words.loss_g, stroke: colors.generated, width: 1.5, dash: [6, 3], value },
      ],
    };
    return new uPlot(options, [[], [], []], this.container);
  }
}

function fresh() {
  return { steps: 0, d: { sum: 0, n: 0 }, g: { sum: 0, n: 0 } };
}
