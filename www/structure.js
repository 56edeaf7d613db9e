// Pixel error is not structure: a target, three ways to be wrong and the reader's own picture, side by side: how many
// pixels differ, what D says, and what the picture is made of.
import { colorsOf } from './colormap.js';
import { languageOf } from './i18n/index.js';
import { set } from './readout.js';
import { Record } from './record.js';
import { mistakes, topology } from './topology.js';
import { Curves } from './views/curves.js';
import { Gallery } from './views/gallery.js';
import { PixelEditor } from './views/pixel_editor.js';

/** @typedef {import('./laboratory.js').Laboratory} Laboratory */
/** @typedef {import('./protocol.js').Snapshot} Snapshot */

const KINDS = ['target', 'dot', 'hole', 'longer', 'own'];

export const MARKUP = `<div class="structure">
  <p class="quiet" data-text="structure_help"></p>
  <div class="wide"><table class="metrics"><thead><tr><th scope="col" data-text="structure_picture"></th>${['pixels', 'd', 'rank', 'pieces', 'class'].map((head) => `<th scope="col" data-text="structure_${head}" data-hint="structure_${head}_hint"></th>`).join('')}</tr></thead><tbody>${KINDS.map(
    (kind) => `<tr data-kind="${kind}"><th scope="row"><canvas class="gallery" role="img"></canvas><span data-text="structure_${kind}"></span></th>${'<td></td>'.repeat(5)}</tr>`,
  ).join('')}</tbody></table></div>
  <div class="own-picture">
    <canvas class="gallery editor" role="img" tabindex="0"></canvas>
    <div class="buttons">${['other', 'copy', 'clear'].map((name) => `<button type="button" data-structure="${name}"><span data-text="structure_${name}"></span></button>`).join('')}</div>
    <section><p class="title" data-text="structure_nearest"></p><canvas class="gallery neighbours" role="img"></canvas></section>
  </div>
  <section><p class="title" data-text="structure_time"></p><div class="curves structure-curves"></div></section>
</div>`;

export class Structure {
  /** Which test picture is the target. */ #number = 0;
  /** The pictures, in the order of {@link KINDS}. @type {Float32Array[]} */ #pictures = [];
  /** The target as the snapshot has it; a new run brings the same one. @type {string} */ #targetOf = '';
  #record = new Record(4);
  #at = { run: -1, step: -1 };

  /** @param {(selector: string) => HTMLElement} part @param {Laboratory} laboratory @param {HTMLElement} host */
  constructor(part, laboratory, host) {
    this.part = part;
    this.laboratory = laboratory;
    this.host = host;
    const canvas = (/** @type {string} */ selector) => /** @type {HTMLCanvasElement} */ (part(selector));
    this.galleries = KINDS.map((kind) => new Gallery(canvas(`[data-kind=${kind}] canvas`), { columns: 1, label: '' }));
    this.editor = new PixelEditor(canvas('.structure .editor'), (picture) => this.#own(picture));
    this.neighbours = new Gallery(canvas('.neighbours'), { columns: 5, label: '' });
    this.curves = new Curves(part('.structure-curves'), host);
    const acts = { other: () => this.#choose(this.#number + 1), copy: () => this.#own(this.#pictures[0]), clear: () => this.#own(new Float32Array(this.#pictures[0]?.length ?? 0)) };
    for (const [name, act] of Object.entries(acts)) part(`[data-structure=${name}]`).addEventListener('click', act);
  }

  needs() {
    return ['originals', 'test_scores', 'drawn_scores', 'drawn_classes', 'drawn_nearest'];
  }

  restyle() {
    this.curves.clear();
  }

  get #side() {
    return Math.round(Math.sqrt(this.#pictures[0]?.length ?? 0));
  }

  /** @param {number} number */
  #choose(number) {
    this.#number = number;
    this.#targetOf = '';
    this.laboratory.page.changed();
  }

  /** The reader's picture. @param {Float32Array} picture */
  #own(picture) {
    if (!picture) return;
    this.#pictures[4] = picture.slice();
    this.#send();
  }

  #send() {
    this.laboratory.draw(this.#pictures.flatMap((picture) => Array.from(picture)));
    this.laboratory.page.changed();
  }

  /** Follows the run even while another panel is drawn. @param {Snapshot} snapshot */
  add({ run, step, probes }) {
    if (run !== this.#at.run || step < this.#at.step) this.#record.clear();
    if (!probes.drawn_scores || !probes.test_scores || (run === this.#at.run && step === this.#at.step)) return;
    this.#at = { run, step };
    const ranks = Array.from(probes.drawn_scores.values, (score) => rank(score, probes.test_scores.values));
    this.#record.add(step, ranks.slice(0, 4));
  }

  /** @param {Snapshot} snapshot @param {any} words */
  draw({ run, probes }, words) {
    const colors = /** @type {any} */ (colorsOf(this.host));
    if (!probes.originals || !colors.ink) return;
    const [n, d] = probes.originals.shape;
    const target = `${run} ${this.#number} ${d}`;
    if (target !== this.#targetOf) {
      this.#targetOf = target;
      const shown = Array.from({ length: n }, (_, i) => probes.originals.values.slice(i * d, (i + 1) * d).map((ink) => Math.max(0, Math.min(1, ink))));
      // Of pictures that hang together, so that one pixel can break them.
      const whole = shown.filter((each) => topology(each, Math.sqrt(d)).pieces === 1);
      const targets = whole.length ? whole : shown;
      const picture = targets[this.#number % targets.length];
      const wrong = mistakes(picture, Math.sqrt(d));
      const own = this.#pictures[4]?.length === d ? this.#pictures[4] : picture.slice();
      this.#pictures = [picture, wrong.dot, wrong.hole, wrong.longer, own];
      this.#send();
    }
    const percent = new Intl.NumberFormat(languageOf(this.host), { style: 'percent', maximumFractionDigits: 0 });
    const number = new Intl.NumberFormat(languageOf(this.host), { maximumFractionDigits: 2, signDisplay: 'negative' });
    KINDS.forEach((kind, i) => {
      const picture = this.#pictures[i];
      this.galleries[i].label = words[`structure_${kind}`];
      this.galleries[i].draw({ shape: [1, d], values: picture }, colors, {});
      const cells = /** @type {HTMLTableRowElement} */ (this.part(`[data-kind=${kind}]`)).cells;
      const score = probes.drawn_scores?.values[i];
      const { pieces, holes } = topology(picture, this.#side);
      const classes = probes.drawn_classes && Array.from(probes.drawn_classes.values.slice(10 * i, 10 * i + 10));
      const best = classes ? classes.indexOf(Math.max(...classes)) : -1;
      const text = [
        number.format(picture.reduce((sum, ink, k) => sum + Math.abs(ink - this.#pictures[0][k]), 0)),
        score === undefined ? '' : number.format(score),
        score === undefined || !probes.test_scores ? '' : percent.format(rank(score, probes.test_scores.values)),
        words.structure_made({ pieces, holes }),
        best < 0 || !classes ? '' : `${best} (${percent.format(classes[best])})`,
      ];
      text.forEach((t, k) => set(cells[k + 1], t));
    });
    this.editor.draw(this.#pictures[4], colors, words.structure_editor);
    this.neighbours.label = words.structure_nearest;
    if (probes.drawn_nearest) this.neighbours.draw(probes.drawn_nearest, colors, {});
    const styles = [{ color: colors.ink }, { color: colors.generated }, { color: colors.ema, dash: [2, 3] }, { color: colors.real, dash: [6, 3] }];
    this.curves.draw(this.#record.data(), () => styles.map((style, i) => ({ ...style, label: words[`structure_${KINDS[i]}`] })), { x: words.step });
  }
}

/** The share of `scores` below a score, 0 to 1. @param {number} score @param {ArrayLike<number>} scores */
export const rank = (score, scores) => Array.from(scores).filter((other) => other < score).length / (scores.length || 1);
