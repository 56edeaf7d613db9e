// How the notes become a page: formulas become MathML, figures get their frames, and a table of contents and the places where a
// reference is cited are gathered.
import { readFile, readdir } from 'node:fs/promises';
import temml from 'temml';

/** A section's file. @typedef {{ id: string, html: string }} Note */
/** What is known of a figure before it runs: its picture, and the room that it takes. @typedef {{ steps: number, seed: number, size: [number, number], room: { wide: number, narrow: number } }} Poster */

/** Where the italics of the Latin and Greek alphabets begin. */
const ITALICS = [
  { from: 0x41, to: 0x5a, italic: 0x1d434 },
  { from: 0x61, to: 0x7a, italic: 0x1d44e },
  { from: 0x391, to: 0x3a9, italic: 0x1d6e2 },
  { from: 0x3b1, to: 0x3c9, italic: 0x1d6fc },
];
/** Of what temml writes, what browsers (MathML Core) or lecture.css make nothing of: the page is to be light. */
const IDLE = / (?:fence|separator)="\w+"| class="tml-display" style="[^"]*"/g;
/** @param {string} en @param {string} zh */
const both = (en, zh) => `<span lang="en">${en}</span><span lang="zh">${zh}</span>`;

/** @param {string} attributes */
const attributesOf = (attributes) => Object.fromEntries([...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));

/** `<tex>` and `<tex display>`: a formula within a line, or on one of its own; with `lang` where it has words in it. @param {string} html */
export function formulas(html) {
  return html.replace(/<tex( display)?( lang="\w+")?>([\s\S]*?)<\/tex>/g, (_, display, lang = '', tex) => {
    const source = tex.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    const math = temml.renderToString(source, { displayMode: Boolean(display), throwOnError: true }).replace(IDLE, '');
    return display ? `<div class="formula"${lang}>${math}</div>` : math;
  });
}

/** @param {string} name @param {Poster | undefined} poster */
function posterOf(name, poster) {
  if (!poster) return '<div class="poster"></div>';
  const [width, height] = poster.size;
  return `<div class="poster"><picture><source srcset="./www/posters/${name}-dark.webp" media="(prefers-color-scheme: dark)"><img src="./www/posters/${name}.webp" width="${width}" height="${height}" loading="lazy" alt=""></picture><p class="poster-says" data-seed="${poster.seed}" data-steps="${poster.steps.toLocaleString('en')}"></p></div>`;
}

/** `<gen-lab …>the question to try</gen-lab>`: a figure that waits in a template behind its poster. @param {string} html @param {Record<string, Poster>} posters */
export function figures(html, posters) {
  return html.replace(/<gen-lab\b([^>]*)>([\s\S]*?)<\/gen-lab>/g, (_, attributes, question) => {
    const { preset, settings = '', lang } = attributesOf(attributes);
    const name = [preset, ...settings.match(/\w+/g)?.filter((word) => word !== 'amp') ?? []].join('-');
    const poster = posters[name];
    const room = poster ? ` style="--wide: ${poster.room.wide}px; --narrow: ${poster.room.narrow}px"` : '';
    return `<figure${lang ? ` lang="${lang}"` : ''}>
<div class="stage" data-name="${name}"${room}>${posterOf(name, poster)}<template><gen-lab${attributes.replace(/ lang="\w+"/, '')}></gen-lab></template></div>
<figcaption id="about-${name}">${question.trim()}<a class="to-laboratory" href="./www/laboratory.html#preset=${preset}${settings && `&amp;${settings}`}">${both('Open in the laboratory', '在实验室中打开')}</a></figcaption>
</figure>`;
  });
}

/** The heading of a section and how deep it lies. @param {Note} note */
function headingOf({ id, html }) {
  const [, level, text] = html.match(/<h([23])>([\s\S]*?)<\/h\1>/) ?? [];
  if (!level) throw new Error(`notes: ${id} has no heading`);
  return { id, level: Number(level), text };
}

/** @param {Note[]} notes */
function contents(notes) {
  const entries = notes.map(headingOf).map(({ id, level, text }) => `<li class="level-${level}"><a href="#${id}">${text}</a></li>`);
  return `<nav class="contents" aria-labelledby="contents-title"><details><summary id="contents-title">${both('Contents', '目录')}</summary><ol>\n${entries.join('\n')}\n</ol></details></nav>`;
}

/** Under each reference, the sections that cite it. @param {string} html @param {Note[]} notes */
function citations(html, notes) {
  return html.replace(/<li id="(ref-[\w-]+)">([\s\S]*?)<\/li>/g, (_, id, text) => {
    const places = notes.filter((note) => note.html.includes(`href="#${id}"`)).map(headingOf);
    if (!places.length) throw new Error(`notes: nothing cites ${id}`);
    const links = places.map((place) => `<a href="#${place.id}">${place.text}</a>`).join(both('; ', '；'));
    return `<li id="${id}">${text} <span class="cited">${both('Cited in: ', '引用处：')}${links}</span></li>`;
  });
}

/** Headings become links to themselves. @param {Note} note */
const section = ({ id, html }) => `<section id="${id}">\n${html.replace(/<h([23])>([\s\S]*?)<\/h\1>/, `<h$1><a href="#${id}">$2</a></h$1>`).trim()}\n</section>`;

/** Of every figure, once for all of them: without the page's code they would do nothing. */
const BUTTONS = `<template id="stage-buttons"><button type="button" class="start">${both('Train it', '开始训练')}</button>
<button type="button" class="unfold" hidden>${both('Unfold the figure', '展开全图')}</button></template>`;

/** @param {Note[]} notes in their order @param {Record<string, Poster>} posters */
export function lecture(notes, posters) {
  const sections = notes.map(({ id, html }) => section({ id, html: figures(formulas(citations(html, notes)), posters) }));
  return `${BUTTONS}\n${contents(notes)}\n<div id="lecture">\n${sections.join('\n')}\n</div>\n`;
}

/** The notes in their order: a file is called `number-id.html`. @param {string} folder @returns {Promise<Note[]>} */
export async function readNotes(folder) {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.html')).sort();
  return Promise.all(files.map(async (name) => ({ id: name.replace(/^\d+-|\.html$/g, ''), html: await readFile(`${folder}/${name}`, 'utf8') })));
}

/** A letter that stands alone is drawn in italics, which are characters of their own. @param {string} letter */
function italic(letter) {
  if (letter === 'h') return '\u210e';
  const code = letter.codePointAt(0) ?? 0;
  const alphabet = ITALICS.find(({ from, to }) => code >= from && code <= to);
  return alphabet ? String.fromCodePoint(alphabet.italic + code - alphabet.from) : letter;
}

/** The characters of all formulas, as they are drawn. @param {string} html */
export function charactersOf(html) {
  const formulas = [...html.matchAll(/<math[\s\S]*?<\/math>/g)].join('');
  const text = formulas.replace(/<[^>]*>/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return [...new Set([...text, ...[...text].map(italic)])].join('');
}
