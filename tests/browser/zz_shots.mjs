import { open } from './chrome.js';
const chrome = await open();
const jobs = process.argv.slice(2);
for (const job of jobs) {
  const [preset, steps, width, scheme, lang] = job.split(':');
  const figure = await chrome.figure(`/?lang=${lang || 'en'}#preset=${preset}&device=flex&stop_steps=${steps}`, { viewport: { width: Number(width || 1280), height: 900 }, colorScheme: scheme || 'light' });
  try {
    await figure.ready();
    await figure.page.locator('gen-lab [data-action=play]').first().click();
    await figure.page.waitForTimeout(100);
    await figure.reaches(Number(steps), 90000);
    await figure.page.waitForTimeout(800);
    await figure.page.screenshot({ path: `/tmp/shots/${preset}-${width || 1280}-${scheme || 'light'}-${lang || 'en'}.png`, fullPage: true });
    console.log(preset, 'ok', figure.complaints.join(' | '));
  } catch (e) { console.log(preset, 'FAILED', String(e).slice(0, 300), figure.complaints.join(' | ')); }
  await figure.page.context().close();
}
await chrome.close();
