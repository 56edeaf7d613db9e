// An algorithm as a listing, with the line that has just been carried out lit.

/** @typedef {import('../protocol.js').Cursor} Cursor */
/** @typedef {import('../protocol.js').Settings} Settings */
/** What one player does, line by line. @typedef {{ player: 'd' | 'g', head: string, lines: [line: string, words: string][] }} Part */

/** The GAN's (Goodfellow et al., 2014). @param {any} words @param {Settings} settings @param {string} formula the objective's @returns {Part[]} */
export function ofGan(words, { batch, d_steps, g_steps }, formula) {
  const [d, g] = formula.split(' · ').map((half) => half.replace(/^[DG]: /, ''));
  return [
    { player: 'd', head: words.listing_d(d_steps), lines: [['real', words.listing_d_real(batch)], ['noise', words.listing_d_noise(batch)], ['generate', words.listing_d_generate], ['score', words.listing_d_score], ['loss', words.listing_loss(d)], ['update', words.listing_d_update]] },
    { player: 'g', head: words.listing_g(g_steps), lines: [['noise', words.listing_g_noise(batch)], ['generate', words.listing_g_generate], ['score', words.listing_g_score], ['loss', words.listing_loss(g ?? d)], ['update', words.listing_g_update]] },
  ];
}

/** That of a D without a G. @param {any} words @param {Settings} settings @param {string} source of its negatives, in words @returns {Part[]} */
export function ofLone(words, { k, negatives }, source) {
  const taken = negatives === 'none' ? words.listing_lone_no_negatives : words.listing_lone_negatives(k, source);
  return [{ player: 'd', head: words.listing_lone, lines: [['real', words.listing_lone_real], ['generate', taken], ['loss', words.listing_loss('mean sp(−D(x)) + mean sp(D(x̃))')], ['update', words.listing_d_update]] }];
}

export class Listing {
  /** @type {Map<string, HTMLElement>} */ #lines = new Map();
  /** @type {HTMLElement | null} */ #lit = null;
  #said = '';

  /** @param {HTMLElement} container */
  constructor(container) {
    this.container = container;
  }

  /** @param {Part[]} parts */
  fill(parts) {
    const said = JSON.stringify(parts);
    if (said === this.#said) return;
    this.#said = said;
    this.#lit = null;
    this.#lines.clear();
    this.container.replaceChildren(
      ...parts.flatMap(({ player, head, lines }) => {
        const list = element('ol', '', 'listing-lines');
        for (const [line, words] of lines) {
          const item = element('li', words, '');
          this.#lines.set(`${player}.${line}`, item);
          list.append(item);
        }
        return [element('p', head, 'listing-head'), list];
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
