// Sentences on a canvas, to take along: as the list shows them, wrapped where a sentence is longer than the strip.
import { drawTree, sizeOf, treeOf } from './bracket_tree.js';
import { END, MARKS } from './sentence_list.js';
import { between } from './sentences.js';

/** @typedef {import('./sentences.js').Sentence} Sentence */
/** @typedef {import('./sentences.js').Kind} Kind */
/** @typedef {{ ink: string, quiet: string, warn: string, high: string }} Inks */
/** @typedef {{ text: string, x: number, y: number, width: number, chance: number, flaw: boolean }} Piece */
/** @typedef {{ sentence: Sentence, pieces: Piece[], tree: import('./bracket_tree.js').Tree | null, y: number, height: number }} Line pieces from y on, the tree in the middle of the height */

/** Where tokens begin, height of a line of text and its baseline, distance of two sentences and of a tree from its string. CSS pixels. */
const [INDENT, LINE, BASE, GAP, BESIDE] = [18, 19, 14, 3, 20];
const FONTS = { words: '13px system-ui, sans-serif', symbols: '13px ui-monospace, monospace' };

/** @param {Sentence[]} sentences @param {Kind} kind @param {number} width @param {(text: string) => number} measure in the font of {@link fontOf} @returns {{ lines: Line[], height: number }} */
export function lay(sentences, kind, width, measure) {
  let y = 0;
  const lines = sentences.map((sentence) => {
    const tree = kind === 'brackets' ? treeOf(sentence.tokens.map(({ text }) => text)) : null;
    const pieces = piecesOf(sentence, kind, width, measure);
    const written = LINE + (pieces[pieces.length - 1]?.y ?? 0);
    const height = Math.max(tree ? sizeOf(tree).height : 0, written);
    const line = { sentence, pieces, tree, y: y + (height - written) / 2, height };
    y += height + GAP;
    return line;
  });
  return { lines, height: Math.max(0, y - GAP) };
}

/** @param {Sentence} sentence @param {Kind} kind @param {number} width @param {(text: string) => number} measure @returns {Piece[]} */
function piecesOf({ tokens, flaws }, kind, width, measure) {
  let [x, y] = [INDENT, 0];
  const all = flaws.end ? [...tokens, { text: END, chance: NaN }] : tokens;
  return all.map(({ text, chance }, i) => {
    const wide = measure(text);
    if (i) x += Math.max(1, measure(between(all[i - 1].text, text, kind)));
    if (x + wide > width && x > INDENT) [x, y] = [INDENT, y + LINE];
    const piece = { text, x, y, width: wide, chance, flaw: flaws.at.has(i) || i === tokens.length };
    x += wide;
    return piece;
  });
}

/** @param {Kind} kind */
export const fontOf = (kind) => (kind === 'words' ? FONTS.words : FONTS.symbols);

/** @param {CanvasRenderingContext2D} context @param {Line[]} lines @param {Kind} kind @param {Inks} inks */
export function drawSentences(context, lines, kind, inks) {
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  for (const { sentence: { verdict }, pieces, tree, y } of lines) {
    context.font = fontOf('words');
    context.fillStyle = verdict === 'broken' ? inks.warn : inks.ink;
    if (verdict) context.fillText(MARKS[verdict], 2, y + BASE);
    context.font = fontOf(kind);
    for (const piece of pieces) drawPiece(context, piece, y, inks);
    const last = pieces[pieces.length - 1];
    if (!tree || !last) continue;
    context.save();
    context.translate(last.x + last.width + BESIDE, y + (LINE - sizeOf(tree).height) / 2);
    drawTree(context, tree, inks);
    context.restore();
  }
}

/** @param {CanvasRenderingContext2D} context @param {Piece} piece @param {number} top @param {Inks} inks */
function drawPiece(context, { text, x, y, width, chance, flaw }, top, { ink, warn, high }) {
  if (Number.isFinite(chance)) {
    context.globalAlpha = chance;
    context.fillStyle = high;
    context.fillRect(x, top + y + 1, width, LINE - 3);
    context.globalAlpha = 1;
  }
  context.fillStyle = ink;
  context.fillText(text, x, top + y + BASE);
  context.fillStyle = warn;
  if (flaw) context.fillRect(x, top + y + LINE - 3, width, 3);
}
