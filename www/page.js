// The page around the figure: one language at a time, chosen once and remembered in the address.
const TITLES = { en: 'GenLab · generative models that train while you watch', zh: 'GenLab · 边看边训练的生成模型' };
const asked = new URLSearchParams(location.search).get('lang') ?? navigator.language.slice(0, 2);

/** @param {string} lang */
function setLanguage(lang) {
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  document.title = TITLES[lang];
  for (const button of document.querySelectorAll('button[data-lang]')) {
    button.setAttribute('aria-pressed', String(/** @type {HTMLElement} */ (button).dataset.lang === lang));
  }
  for (const figure of document.querySelectorAll('gen-lab')) figure.setAttribute('lang', lang);
}

for (const button of document.querySelectorAll('button[data-lang]')) {
  button.addEventListener('click', () => {
    const lang = /** @type {HTMLElement} */ (button).dataset.lang ?? 'en';
    setLanguage(lang);
    const url = new URL(location.href);
    url.searchParams.set('lang', lang);
    history.replaceState(history.state, '', url);
  });
}
setLanguage(Object.hasOwn(TITLES, asked) ? asked : 'en');
