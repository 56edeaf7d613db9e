// What an author copies to have a figure in their own notes, for each way of embedding. `base` is where this laboratory lies.

/** @typedef {{ figure: string, settings: [string, string][], show?: string, hide?: string, theme: string, lang: string }} Wish settings are those that differ from the figure's own; theme and lang may be empty: as the page has them */

/** @type {Record<string, (base: string, wish: Wish) => string>} */
export const SNIPPETS = {
  element: (base, wish) => `<script type="module" src="${base}www/lab.js"></script>\n${element(wish)}`,
  iframe: (base, wish) => {
    const title = `GenLab: ${wish.figure}`;
    return `<iframe src="${attribute(address(base, wish))}" title="${attribute(title)}" width="100%" height="900" loading="lazy"></iframe>\n<script src="${base}www/fit_iframes.js"></script>`;
  },
  notebook: (base, wish) => {
    const traits = attributesOf(wish).map(([name]) => `    ${name} = traitlets.Unicode("").tag(sync=True)`);
    const values = attributesOf(wish).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    return ['import anywidget, traitlets', '', 'class GenLab(anywidget.AnyWidget):', `    _esm = ${JSON.stringify(`${base}www/widget.js`)}`, ...traits, '', `GenLab(${values.join(', ')})`].join('\n');
  },
  npm: (_, wish) => `import 'genlab'; // npm install genlab-0.1.0.tgz\n\ndocument.body.insertAdjacentHTML('beforeend', ${quoted(element(wish))});`,
};

/** The address of the iframe. @param {string} base @param {Wish} wish */
function address(base, { figure, settings, show, hide, theme, lang }) {
  const looks = new URLSearchParams(chosen({ theme, lang }));
  const link = new URLSearchParams([['preset', figure], ...settings, ...chosen({ show, hide })]);
  return `${base}www/embed.html${looks.size ? `?${looks}` : ''}#${link}`;
}

/** @param {Wish} wish */
function element(wish) {
  return `<gen-lab ${attributesOf(wish).map(([name, value]) => `${name}="${attribute(value)}"`).join(' ')}></gen-lab>`;
}

/** The wish as attributes of the element and traits of the widget. @param {Wish} wish @returns {[string, string][]} */
function attributesOf({ figure, settings, show, hide, theme, lang }) {
  const seed = settings.find(([name]) => name === 'seed')?.[1];
  const others = new URLSearchParams(settings.filter(([name]) => name !== 'seed')).toString();
  return chosen({ figure, seed, settings: others, show, hide, theme, lang });
}

/** Those that say something. @param {Record<string, string | undefined>} values @returns {[string, string][]} */
const chosen = (values) => Object.entries(values).flatMap(([name, value]) => (value ? [/** @type {[string, string]} */ ([name, value])] : []));

/** @param {string} text */
const attribute = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** A JavaScript text, in the quotes that it does not hold. @param {string} text */
const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
