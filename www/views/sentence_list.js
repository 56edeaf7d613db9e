// Sentences as text in a list: a mark of what each is worth, its tokens on a ground of their probability, what breaks it,
// and a tree beside a string of brackets. Elements are kept and filled anew, for a selection shall outlive a step.
import { svgOf, treeOf } from './bracket_tree.js';
import { between } from './sentences.js';

/** @typedef {import('./sentences.js').Sentence} Sentence */
/** @typedef {import('./sentences.js').Kind} Kind */
/** @typedef {{ kind: Kind, words: any, number: Intl.NumberFormat, nats: Intl.NumberFormat }} Manner */

/** Before each sentence. */
export const MARKS = { valid: '✓', novel: '★', broken: '✗' };
/** Stands where a string ends that must not. */
export const END = '▯';

export class SentenceList {
  /** What each line was made from. @type {string[]} */ #made = [];

  /** @param {HTMLElement} list */
  constructor(list) {
    this.list = list;
  }

  /** @param {Sentence[]} sentences @param {Manner} manner */
  draw(sentences, manner) {
    const { list } = this;
    list.classList.toggle('symbols', manner.kind !== 'words');
    while (list.children.length > sentences.length) list.lastElementChild?.remove();
    this.#made.length = Math.min(this.#made.length, sentences.length);
    sentences.forEach((sentence, i) => {
      const said = JSON.stringify([manner.words.sentence_novel, manner.kind, sentence.verdict, sentence.tokens.map(({ text, chance }) => [text, chance.toFixed(3)])]);
      if (said === this.#made[i]) return;
      this.#made[i] = said;
      const line = list.children[i] ?? list.appendChild(document.createElement('li'));
      line.replaceChildren(...partsOf(sentence, manner));
    });
  }
}

/** @param {Sentence} sentence @param {Manner} manner @returns {Element[]} */
function partsOf(sentence, manner) {
  const { verdict, tokens, nats } = sentence;
  const { kind, words } = manner;
  /** @type {Element[]} */ const parts = [wordsOf(sentence, manner)];
  if (verdict) {
    const mark = span(`mark ${verdict}`, MARKS[verdict]);
    mark.setAttribute('role', 'img');
    mark.setAttribute('aria-label', words[`sentence_${verdict}`]);
    mark.title = words[`sentence_${verdict}`];
    parts.unshift(mark);
  }
  if (kind === 'brackets') {
    const tree = treeOf(tokens.map(({ text }) => text));
    parts.push(svgOf(tree, words.tree({ edges: tree.nodes.length - 1, depth: tree.depth, leaves: tree.leaves, broken: tree.broken !== null })));
  }
  if (Number.isFinite(nats)) parts.push(span('nats', words.sentence_nats(manner.nats.format(nats))));
  return parts;
}

/** @param {Sentence} sentence @param {Manner} manner */
function wordsOf({ tokens, flaws }, { kind, words, number }) {
  const line = span('tokens', '');
  tokens.forEach(({ text, chance }, i) => {
    const token = span(flaws.at.has(i) ? 'token flaw' : 'token', text);
    if (Number.isFinite(chance)) {
      token.style.setProperty('--chance', `${Math.round(100 * chance)}%`);
      token.title = words.token(number.format(chance));
    }
    line.append(i ? between(tokens[i - 1].text, text, kind) : '', token);
  });
  if (flaws.end) {
    const end = span('token flaw end', END);
    end.setAttribute('role', 'img');
    end.setAttribute('aria-label', words.sentence_open);
    end.title = words.sentence_open;
    line.append(end);
  }
  return line;
}

/** @param {string} className @param {string} textContent */
function span(className, textContent) {
  return Object.assign(document.createElement('span'), { className, textContent });
}
