// Makes the lecture page's text out of notes/: target/lecture.html, which index.html takes in; and of a font for formulas, which many
// systems lack, the characters that occur. Run by Trunk before each build.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import subsetFont from 'subset-font';
import { charactersOf, lecture, readNotes } from '../notes/page.js';

/** STIX Two Math, under the Open Font License. */
const FONT = 'node_modules/@fontsource/stix-two-math';

for (const folder of ['target', 'www/vendor']) await mkdir(folder, { recursive: true });
const html = lecture(await readNotes('notes'), JSON.parse(await readFile('www/posters/posters.json', 'utf8')));
await writeFile('target/lecture.html', html);
const font = await readFile(`${FONT}/files/stix-two-math-latin-400-normal.woff2`);
await writeFile('www/vendor/math.woff2', await subsetFont(font, charactersOf(html), { targetFormat: 'woff2' }));
await copyFile(`${FONT}/LICENSE`, 'www/vendor/math.LICENSE');
