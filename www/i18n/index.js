// The words of the figure, by language.
import en from './en.js';
import zh from './zh.js';

/** The language of an element: its own `lang`, else the page's. @param {Element} element @returns {'en' | 'zh'} */
export function languageOf(element) {
  const lang = element.closest('[lang]')?.getAttribute('lang') ?? navigator.language;
  return lang.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** @param {'en' | 'zh'} language @returns {any} */
export const messages = (language) => (language === 'zh' ? zh : en);
