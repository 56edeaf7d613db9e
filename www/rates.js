// What linear theory says of the Dirac-GAN's equilibrium, beside what the run does.
import { languageOf } from './i18n/index.js';
import { set } from './readout.js';

/** As `rates` of src/model/dirac lists them. */
const NAMES = ['distance', 'rate', 'rate_predicted', 'turn_predicted', 're_1', 'im_1', 're_2', 'im_2'];
const ROWS = ['distance', 'eigenvalues', 'predicted', 'measured'];

export const MARKUP = `<table class="metrics rates" data-for="dirac"><tbody>${ROWS.map(
  (row) => `<tr><th scope="row" data-text="rates_${row}" data-hint="rates_${row}_hint"></th><td data-rate="${row}"></td></tr>`,
).join('')}</tbody></table><p class="quiet" data-for="dirac" data-rate="verdict"></p>`;

/** @param {(selector: string) => HTMLElement} part @param {import('./protocol.js').Matrix | undefined} rates @param {any} words @param {HTMLElement} host */
export function drawRates(part, rates, words, host) {
  if (!rates) return;
  const values = Object.fromEntries(NAMES.map((name, i) => [name, rates.values[i]]));
  const fixed = new Intl.NumberFormat(languageOf(host), { minimumFractionDigits: 4, maximumFractionDigits: 4 });
  const short = new Intl.NumberFormat(languageOf(host), { maximumSignificantDigits: 3 });
  const complex = (/** @type {number} */ re, /** @type {number} */ im) =>
    [Math.abs(re) > 5e-7 || im === 0 ? short.format(re) : '', im !== 0 ? `${im < 0 ? '\u2212' : '+'} ${short.format(Math.abs(im))} i` : ''].join(' ').trim();
  const known = Number.isFinite(values.re_1);
  const turn = Number.isFinite(values.turn_predicted) ? `, ${words.rates_turn(short.format(values.turn_predicted))}` : '';
  const cells = {
    distance: short.format(values.distance),
    eigenvalues: known ? [complex(values.re_1, values.im_1), complex(values.re_2, values.im_2)].join(';  ') : words.rates_none,
    predicted: known ? `\u00d7 ${fixed.format(values.rate_predicted)}${turn}` : words.rates_none,
    measured: Number.isFinite(values.rate) ? `\u00d7 ${fixed.format(values.rate)}` : words.rates_wait,
    verdict: known ? words.rates_verdict(Math.sign(Math.round(1e6 * (values.rate_predicted - 1)))) : words.rates_no_derivative,
  };
  for (const [name, text] of Object.entries(cells)) set(part(`[data-rate=${name}]`), text);
}
