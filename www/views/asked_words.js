// What a model answers of the reader's red point, in words.
import { answerOf, countNear, nearness } from './asked.js';
import { ellipseOf } from './ellipses.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('./window.js').Pair} Pair */
/** @typedef {Record<string, Matrix>} Probes */
/** The ground: how wide it is, and a place on it in measured units. @typedef {{ halfWidth: number, measured: (at: Pair) => Pair }} Site */

/** Further from every mean than that, in standard deviations, is far: one in ninety points of a gaussian is. */
const FAR = 3;
/** Probabilities of mixtures and kernels come from so many draws: where none is less likely, this is all that is known. */
const N_TAIL = 2000;
/** A probability closer to 1 is not written out. */
const SURE = 0.999;

/** @param {Probes} probes @param {any} words @param {'en' | 'zh'} language @param {Site} site @returns {string} */
export function sayDensity({ asked, generated }, words, language, site) {
  const answer = answerOf(asked);
  const place = placeIn(site, answer.at, language);
  const short = significant(language);
  if (Number.isNaN(answer.log)) {
    if (!generated) return '';
    const radius = nearness(site.halfWidth);
    return words.asked_gan({ ...place, n: countNear(generated.values, answer.at, radius), of: generated.shape[0], r: short.format(radius) });
  }
  const { log, distance = NaN, tail = NaN } = answer;
  return words.asked_density({
    ...place,
    p: powerOf(log, language),
    log: new Intl.NumberFormat(language, { maximumFractionDigits: 1, signDisplay: 'negative' }).format(log),
    distance: Number.isFinite(distance) ? new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(distance) : '',
    tail: tail > 0 ? share(tail, language) : words.below(share(1 / N_TAIL, language)),
  });
}

/** @param {Probes} probes @param {any} words @param {'en' | 'zh'} language @param {Site} site @returns {string} */
export function sayClasses({ asked, components }, words, language, site) {
  const { at, b = NaN, log } = answerOf(asked);
  const sure = Math.max(b, 1 - b);
  const says = words.asked_class({ ...placeIn(site, at, language), name: b < 0.5 ? 'A ●' : 'B ▲', p: sure > SURE ? words.above(share(SURE, language)) : share(sure, language) });
  if (Number.isNaN(log)) return `${says}${words.asked_discriminative}`;
  const far = components && nearestMean(components, at) > FAR;
  return `${says}${words[far ? 'asked_class_far' : 'asked_class_near'](powerOf(log, language))}`;
}

/** The least distance from a mean, in the standard deviations of its gaussian (Mahalanobis). @param {Matrix} components @param {Pair} at */
export function nearestMean({ shape: [n], values }, [x, y]) {
  const distances = Array.from({ length: n }, (_, k) => {
    const [, mx, my, a, b, c] = values.slice(6 * k, 6 * k + 6);
    const { long, short, angle } = ellipseOf(a, b, c);
    const [dx, dy, cos, sin] = [x - mx, y - my, Math.cos(angle), Math.sin(angle)];
    return Math.hypot((dx * cos + dy * sin) / long, (dy * cos - dx * sin) / short);
  });
  return Math.min(...distances);
}

/** e to a power, as a number where it has few zeros, else as a power of ten: also where no number is as small. @param {number} log @param {'en' | 'zh'} language */
export function powerOf(log, language) {
  const decimal = log / Math.LN10;
  if (decimal > -3 && decimal < 6) return significant(language).format(Math.exp(log));
  if (!Number.isFinite(decimal)) return '0';
  const exponent = Math.floor(decimal);
  const digits = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(10 ** (decimal - exponent));
  return `${digits} × 10${String(exponent).replace(/./g, (sign) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(sign)])}`;
}

/** @param {Site} site @param {Pair} at @param {'en' | 'zh'} language */
export function placeIn({ measured }, at, language) {
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'negative' });
  const [x, y] = measured(at).map((v) => number.format(v));
  return { x, y };
}

const significant = (/** @type {string} */ language) => new Intl.NumberFormat(language, { maximumSignificantDigits: 2 });

/** @param {number} p @param {'en' | 'zh'} language */
function share(p, language) {
  if (p < 1e-4) return powerOf(Math.log(p), language);
  return new Intl.NumberFormat(language, { style: 'percent', maximumSignificantDigits: p > 0.99 ? 3 : 2 }).format(p);
}
