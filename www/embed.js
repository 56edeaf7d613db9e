// The page of an iframe: one figure. Its address says what is trained and how it looks, the page around it may say more
// in the form of messages.js, and hears how high it is: { type: 'genlab:height', height }, in CSS pixels.
//
//   embed.html?theme=dark&lang=zh&poster#preset=ring8&seed=3&show=picture+transport
import { languageOf, messages } from './i18n/index.js';
import { understand } from './messages.js';
import { refusalOf } from './options.js';
import { join } from './settings.js';

/** @typedef {import('./lab.js').GenLab} GenLab */

const query = new URLSearchParams(location.search);
const root = document.documentElement;
/** What the address says of the looks, and what of it could not be taken. */
const looks = ['theme', 'lang'].filter((name) => query.has(name)).map((name) => ({ name, value: query.get(name) ?? '' }));
const refusals = looks.flatMap(({ name, value }) => refusalOf(name, value) ?? []);

/** The figure, once it is wanted. @type {Promise<GenLab> | null} */
let figure = null;

/** Of the page: its parts outside the figure follow too. @param {string} name @param {string} value */
const look = (name, value) => {
  if (name === 'theme' && value === 'auto') root.removeAttribute('theme');
  else root.setAttribute(name, value === 'zh' ? 'zh-CN' : value);
};
for (const { name, value } of looks) if (!refusalOf(name, value)) look(name, value);
root.lang ||= languageOf(root);

/** Loads the figure; the second time it is the same one. */
function load() {
  figure ??= import('./lab.js').then(({ GenLab }) => {
    const made = new GenLab();
    made.toggleAttribute('hash', true);
    dress(made);
    document.body.replaceChildren(made);
    for (const refusal of refusals) made.refuse(refusal);
    return made;
  });
  import('./offline.js');
  figure.catch(() => document.body.replaceChildren(messages(languageOf(root)).unsupported_modules));
  return figure;
}

/** The figure looks as the page does. @param {GenLab} made */
function dress(made) {
  for (const name of ['theme', 'lang']) {
    const value = root.getAttribute(name);
    if (value) made.setAttribute(name, value);
    else made.removeAttribute(name);
  }
}

/** A picture and a button: nothing else is loaded before it is pressed. */
function showPoster() {
  const words = messages(languageOf(root));
  const image = Object.assign(new Image(), { src: new URL('./still.webp', import.meta.url).href, width: 608, height: 608, alt: words.poster });
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: words.play });
  button.addEventListener('click', async () => (await load()).play());
  document.body.replaceChildren(image, button);
}

/** @param {import('./messages.js').Message} message */
async function obey(message) {
  const made = await load();
  switch (message.type) {
    case 'play':
      return made.play();
    case 'slide:start': // nobody has pressed anything
      return matchMedia('(prefers-reduced-motion: reduce)').matches || made.play();
    case 'pause':
    case 'slide:stop':
      return made.pause();
    case 'refused':
      return made.refuse(message.refusal);
    case 'settings':
      return take(made, message.settings, message.options);
  }
}

/** @param {GenLab} made @param {Record<string, string>} settings @param {Record<string, string>} options */
function take(made, settings, options) {
  for (const [name, value] of Object.entries(options)) {
    if (['theme', 'lang'].includes(name)) look(name, value);
    else made.setAttribute(name, value);
  }
  dress(made);
  // Another figure, as a link has it; the parts on show stay.
  if ('preset' in settings) location.replace(join(`#${new URLSearchParams(settings)}`, { show: made.parts.join(' ') }));
  else if (Object.keys(settings).length) made.change(settings);
}

addEventListener('message', ({ data, source }) => {
  if (source !== parent) return;
  const message = understand(data);
  // A slide that leaves does not wake what sleeps.
  if (message && (figure || !['pause', 'slide:stop'].includes(message.type))) obey(message);
});

if (query.has('poster')) showPoster();
else load();

if (parent !== window) {
  const tell = () => parent.postMessage({ type: 'genlab:height', height: Math.ceil(root.getBoundingClientRect().height) }, '*');
  new ResizeObserver(tell).observe(root);
}
