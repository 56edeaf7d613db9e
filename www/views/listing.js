// The GAN algorithm as a listing, with the line that has just been carried out lit.

/** @typedef {import('../protocol.js').Cursor} Cursor */

const LINES = {
  d: ['real', 'noise', 'generate', 'score', 'loss', 'update'],
  g: ['noise', 'generate', 'score', 'loss', 'update'],
};

export class Listing {
  /** @type {Map<string, HTMLElement>} */ #lines = new Map();
  /** @type {HTMLElement | null} */ #lit = null;
  #said = '';

  /** @param {HTMLElement} container */
  constructor(container) {
    this.container = container;
  }

  /** @param {any} words @param {import('../protocol.js').Settings} settings @param {string} formula the objective's */
  fill(words, settings, formula) {
    const said = JSON.stringify([words.listing_d_real(1), settings.batch, settings.d_steps, settings.g_steps, formula]);
    if (said === this.#said) return;
    this.#said = said;
    this.#lit = null;
    const [d, g] = formula.split(' · ').map((half) => half.replace(/^[DG]: /, ''));
    const text = { d: { loss: words.listing_loss(d) }, g: { loss: words.listing_loss(g ?? d) } };
    this.container.replaceChildren(
      ...['d', 'g'].flatMap((player) => {
        const head = element('p', words[`listing_${player}`](settings[`${player}_steps`]), 'listing-head');
        const list = element('ol', '', 'listing-lines');
        for (const line of LINES[player]) {
          const words_ = words[`listing_${player}_${line}`];
          const item = element('li', text[player][line] ?? (typeof words_ === 'function' ? words_(settings.batch) : words_), '');
          this.#lines.set(`${player}.${line}`, item);
          list.append(item);
        }
        return [head, list];
      }),
    );
  }

  /** @param {Cursor | null} cursor */
  light(cursor) {
    const lit = (cursor && this.#lines.get(`${cursor.player}.${cursor.line}`)) ?? null;
    if (lit === this.#lit) return;
    this.#lit?.classList.remove('lit');
    this.#lit?.removeAttribute('aria-current');
    lit?.classList.add('lit');
    lit?.setAttribute('aria-current', 'step');
    this.#lit = lit;
  }
}

function element(tag, textContent, className) {
  return Object.assign(document.createElement(tag), { textContent, className });
}
