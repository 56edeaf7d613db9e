// Sentences as a model of sequences writes them: numbers of tokens in, words out; and what is wrong with a string that
// keeps to no law. No DOM.

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {'brackets' | 'palindromes' | 'words'} Kind what the tokens are, and so which law can be checked here */
/** A word with its probability, given what stands before it; NaN where the writer has none. @typedef {{ text: string, chance: number }} Token */
/** Which tokens break the law, and whether the end does. @typedef {{ at: Set<number>, end: boolean }} Flaws */
/** @typedef {'broken' | 'valid' | 'novel'} Verdict the column of `written_valid` in words; novel is valid and never seen */
/** @typedef {{ tokens: Token[], verdict: Verdict | null, flaws: Flaws, nats: number }} Sentence nats of the whole sentence: the sum of ln p */

const VERDICTS = /** @type {const} */ (['broken', 'valid', 'novel']);
const CHINESE = /[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]/;

/** The words of all tokens. @param {Matrix} letters code points, 0 where there is none */
export function vocabularyOf({ shape: [n, longest], values }) {
  return Array.from({ length: n }, (_, i) => {
    const letters = Array.from(values.subarray(i * longest, (i + 1) * longest)).filter((point) => point > 0);
    return String.fromCodePoint(...letters);
  });
}

/** @param {string[]} vocabulary @returns {Kind} */
export function kindOf(vocabulary) {
  const symbols = vocabulary.filter(Boolean).sort().join(' ');
  return symbols === '( )' ? 'brackets' : symbols === '0 1' ? 'palindromes' : 'words';
}

/** What stands between two tokens. @param {string} before @param {string} after @param {Kind} kind */
export function between(before, after, kind) {
  return kind !== 'words' || (CHINESE.test(before) && CHINESE.test(after)) ? '' : ' ';
}

/** @param {Token[]} tokens @param {Kind} kind */
export const textOf = (tokens, kind) => tokens.map(({ text }, i) => (i ? between(tokens[i - 1].text, text, kind) : '') + text).join('');

/** @param {Matrix} rows numbers of tokens @param {string[]} vocabulary @param {Kind} kind @param {{ valid?: Matrix, chances?: Matrix }} [known] @returns {Sentence[]} */
export function sentencesOf({ shape: [n, length], values }, vocabulary, kind, { valid, chances } = {}) {
  return Array.from({ length: n }, (_, i) => {
    const places = Array.from({ length }, (_, k) => i * length + k);
    const chance = (/** @type {number} */ place) => chances?.values[place] ?? NaN;
    const tokens = places.map((place) => ({ text: vocabulary[values[place]] ?? '', chance: chance(place) })).filter(({ text }) => text);
    const nats = places.reduce((sum, place) => sum + Math.log(chance(place)), 0); // the end was chosen too
    return { tokens, nats, verdict: valid ? VERDICTS[valid.values[i]] : null, flaws: flawsOf(tokens, kind) };
  });
}

/** @param {Token[]} tokens @param {Kind} kind @returns {Flaws} */
export function flawsOf(tokens, kind) {
  if (kind === 'palindromes') {
    const differs = tokens.map(({ text }, i) => (text === tokens[tokens.length - 1 - i].text ? -1 : i)).filter((i) => i >= 0);
    return { at: new Set(differs), end: false };
  }
  if (kind === 'words') return { at: new Set(), end: false };
  let depth = 0;
  for (let i = 0; i < tokens.length; i += 1) {
    depth += tokens[i].text === '(' ? 1 : -1;
    if (depth < 0) return { at: new Set([i]), end: false };
  }
  return { at: new Set(), end: depth > 0 };
}

/** How many of them are valid, and how many of those were never seen. @param {Sentence[]} sentences */
export function countsOf(sentences) {
  const count = (/** @type {Verdict[]} */ ...verdicts) => sentences.filter(({ verdict }) => verdict && verdicts.includes(verdict)).length;
  return { valid: count('valid', 'novel'), novel: count('novel'), of: sentences.length };
}
