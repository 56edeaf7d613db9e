// Curves over steps with a read-out under the pointer and zoom by dragging; a double click zooms out (uPlot).
import uPlot from '../vendor/uplot.js';
import { colorsOf } from '../colormap.js';

/** @typedef {import('../colormap.js').Colors} Colors */
/** @typedef {{ label: string, color: string, width?: number, dash?: number[] }} Line */

const HEIGHT = 150;

export class Curves {
  /** @type {any} */ #plot = null;
  /** What the plot was made for: other lines, another plot. */ #key = '';
  #zoomed = false;
  /** The step that the picture shows, where it is not the last. @type {number | null} */ #mark = null;

  /** @param {HTMLElement} container @param {HTMLElement} host */
  constructor(container, host) {
    this.container = container;
    this.host = host;
    new ResizeObserver(() => container.clientWidth && this.#plot?.setSize({ width: container.clientWidth, height: HEIGHT })).observe(container);
  }

  /** Frees the plot: colours or words changed, or the figure was taken away. */
  clear() {
    this.#plot?.destroy();
    this.#plot = null;
    this.#zoomed = false;
  }

  /**
   * @param {any[]} data steps, then one list a line
   * @param {(colors: Colors) => Line[]} lines
   * @param {{ x: string, mark?: number | null }} options
   */
  draw(data, lines, { x, mark = null }) {
    const colors = colorsOf(this.host);
    if (!colors.ink || !this.container.clientWidth) return;
    const made = lines(colors);
    const key = JSON.stringify([x, made]);
    if (key !== this.#key || !this.#plot) {
      this.clear();
      this.#key = key;
      this.#plot = this.#build(x, made, colors);
    }
    this.#mark = mark;
    this.#plot.setData(data, !this.#zoomed);
    if (this.#zoomed) this.#plot.redraw();
  }

  /** @param {string} x @param {Line[]} lines @param {Colors} colors */
  #build(x, lines, colors) {
    const value = (_, v) => (v == null ? '–' : Number(v.toPrecision(3)).toString());
    const axis = { stroke: colors.quiet, grid: { stroke: colors.line, width: 1 }, ticks: { stroke: colors.line, width: 1 }, font: '11px system-ui, sans-serif' };
    const options = {
      width: this.container.clientWidth,
      height: HEIGHT,
      cursor: { drag: { x: true, y: false } },
      scales: { x: { time: false } },
      axes: [{ ...axis, size: 28 }, { ...axis, size: 44 }],
      legend: { markers: { dash: (_, i) => borderOf(lines[i - 1]?.dash) } },
      series: [
        { label: x, value: (_, v) => (v == null ? '–' : String(v)) },
        ...lines.map(({ label, color, width = 1.5, dash }) => ({ label, stroke: color, width, dash, value, spanGaps: true, points: { show: false } })),
      ],
      hooks: {
        setSelect: [(plot) => (this.#zoomed = plot.select.width > 0)],
        draw: [(plot) => this.#drawMark(plot, colors)],
        ready: [(plot) => plot.over.addEventListener('dblclick', () => (this.#zoomed = false))],
      },
    };
    return new uPlot(options, [[], ...lines.map(() => [])], this.container);
  }

  #drawMark(plot, colors) {
    if (this.#mark === null) return;
    const at = plot.valToPos(this.#mark, 'x', true);
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.strokeStyle = colors.ink;
    ctx.setLineDash([4, 4]);
    ctx.beginPath();
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  }
}

/** A line's dashes as CSS names them. @param {number[] | undefined} dash */
const borderOf = (dash) => (!dash ? 'solid' : dash[0] > 3 ? 'dashed' : 'dotted');
