// The page around the figures: one language at a time, chosen once and kept in the address and in the links between the pages.
const root = document.documentElement;

/** @param {string} lang */
function setLanguage(lang) {
  root.lang = lang === 'zh' ? 'zh-CN' : 'en';
  document.title = (lang === 'zh' ? root.dataset.titleZh : root.dataset.titleEn) ?? '';
  for (const button of document.querySelectorAll('button[data-lang]')) {
    button.setAttribute('aria-pressed', String(/** @type {HTMLElement} */ (button).dataset.lang === lang));
  }
  for (const figure of document.querySelectorAll('gen-lab')) figure.setAttribute('lang', lang);
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('a[href*=".html"]'))) link.search = `?lang=${lang}`;
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
setLanguage(root.lang === 'zh-CN' ? 'zh' : 'en');
