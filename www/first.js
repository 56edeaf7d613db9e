// What must be settled before anything is drawn: where old links lead, and the language.
{
  // The laboratory used to be the first page, and its settings stand in links after the #. A section's name has no =.
  const forward = () => location.hash.includes('=') && location.replace(`./www/laboratory.html${location.search}${location.hash}`);
  if (!location.pathname.endsWith('/laboratory.html')) {
    forward();
    addEventListener('hashchange', forward);
  }
  const asked = new URLSearchParams(location.search).get('lang') ?? navigator.language;
  document.documentElement.lang = asked.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
