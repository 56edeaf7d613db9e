// The figure's skeleton. Words are filled in from the messages, and again when the language changes.
import { SAYS } from './views/asking.js';
import { MARKUP as DIALS } from './views/dials.js';
import { MARKUP as GALLERIES, PLANE as CODES } from './views/pictures.js';
import { FIGURE as CAPTIONS, MARKUP as OWN_CAPTION } from './views/captions.js';
import { LAYERS } from './views/layers.js';
import { MARKUP as LESSONS } from './views/lessons.js';
import { MARKUP as LINE } from './views/line.js';
import { PASSAGE } from './views/passage.js';
import { MARKUP as SCALE } from './views/plane_scale.js';
import { HANDLE } from './views/red_point.js';
import { MARKUP as SENTENCES, WRITTEN } from './views/sequence.js';
import { MAP, MARKUP as UNIVERSE } from './views/universe.js';
import { MARKUP as CLAIMS } from './claims.js';
import { MARKUP as GRAMMAR } from './grammar.js';
import { GANS } from './models.js';
import { MARKUP as OWN_DATA, TOOLS } from './own_data.js';
import { MARKUP as RATES } from './rates.js';
import { MARKUP as PAINTER } from './painter.js';
import { MARKUP as SCOREBOARD } from './scoreboard.js';
import { MARKUP as STRUCTURE } from './structure.js';
import { MARKUP as TAKE_ALONG } from './take_along.js';
import { MARKUP as USE_FIGURE } from './use_figure.js';

const games = GANS.join(' ');
const listed = `${games} universe`;

/** Actions that not every model has, and the models that have them. @type {Record<string, string>} */
const ACTIONS_FOR = {
  step_line: listed,
  step_phase: games,
  step_d: `${games} dirac`,
  step_g: `${games} dirac`,
  step_both: `${games} dirac`,
  step_one: 'autoencoder universe autoregressive captioner density classes',
  new_seed: `${games} autoencoder universe autoregressive captioner density classes`,
};

const button = (action, hint = `${action}_hint`) =>
  `<button type="button" data-action="${action}" data-hint="${hint}"${action in ACTIONS_FOR ? ` data-for="${ACTIONS_FOR[action]}"` : ''}><span data-text="${action}"></span></button>`;

const layer = ({ id, model }) =>
  `<label class="layer ${id}" data-for="${model}" data-hint="layer_${id}_hint"><input type="checkbox" data-layer="${id}"><i aria-hidden="true"></i><span data-text="layer_${id}"></span></label>`;

const tab = (name, of) =>
  `<button type="button" role="tab" data-tab="${name}"${name === 'algorithm' ? ` data-for="${listed}"` : ''} id="${of}-tab-${name}" aria-controls="${of}-panel-${name}"><span data-text="tab_${name}"></span></button>`;

const panel = (name, of, content) =>
  `<div role="tabpanel" data-panel="${name}" id="${of}-panel-${name}" aria-labelledby="${of}-tab-${name}" class="tabpanel">${content}</div>`;

/** Models that are measured and have losses. */
const MEASURED = `${games} autoencoder universe autoregressive captioner density classes`;

const MEASURES = `${RATES}
  <table class="metrics readings-table" data-for="${MEASURED}" hidden>
    <thead><tr><th scope="col" data-text="metric"></th><th scope="col" data-column="0"></th><th scope="col" data-column="1"></th><th scope="col" data-column="2" data-hint="floor_hint"></th><th scope="col" data-column="3" data-hint="chance_hint"></th></tr></thead>
    <tbody></tbody>
  </table>
  <p class="title" data-text="losses" data-for="${MEASURED}"></p>
  <p class="title" data-text="weights" data-for="dirac"></p>
  <div class="curves steps"></div>`;

const CURVES = `
  <label class="chosen-metric"><span data-text="metric_curve"></span> <select data-metric></select></label>
  <div class="curves readings"></div>`;

const HTML = `
<div class="lab">
  <div class="notice" role="alert" hidden><p></p>${button('restart', 'restart')}${button('dismiss', 'dismiss')}</div>
  <p class="announce" aria-live="polite"></p>
  <div class="head"><div class="preset"></div><p class="look-at"></p></div>
  <div class="transport" role="group">
    ${['play', 'step_line', 'step_phase', 'step_d', 'step_g', 'step_both', 'step_one', 'reset', 'new_seed', 'compare'].map((action) => button(action)).join('')}
  </div>
  <div class="pace">
    <label class="speed"><span data-text="speed"></span><input type="range" min="0" step="1"><output></output></label>
    <label class="time"><span data-text="time"></span><input type="range" min="0" max="0" value="0"><output></output></label>
  </div>
  <p class="differs" hidden></p>
  <div class="runs">
  <div class="run">
  <div class="body">
    <div class="progress"><i></i></div>
    ${CODES}${DIALS}
    <figure data-for="gan dirac density classes">
      <div class="on-plane"><canvas class="plane" role="img"></canvas>${HANDLE}</div>
      <p class="pointer" aria-hidden="true"></p>${TOOLS}${SAYS}
      <figcaption>
        ${SCALE}${LAYERS.map(layer).join('')}
        <span class="quiet" data-text="asked_hint" data-for="density classes"></span>
      </figcaption>
    </figure>
    ${LINE}${MAP}${WRITTEN}${CAPTIONS}
    <div class="side">
      <p class="line"><span class="status"></span><span class="device"></span></p>
      <p class="says"></p>
      ${button('rewind')}
      <p class="quiet judgement"></p>
      <div class="tabs" role="tablist" data-for="${MEASURED}">${['measures', 'curves', 'algorithm'].map((name) => tab(name, 'side')).join('')}</div>
      ${panel('measures', 'side', MEASURES)}${panel('curves', 'side', CURVES)}${panel('algorithm', 'side', '<div class="listing"></div>')}
      <p class="quiet formula"></p>
      <p class="quiet parameters"></p>
      <p class="quiet reasons"></p>
    </div>
  </div>
  ${GALLERIES}${LESSONS}${UNIVERSE}${SENTENCES}${OWN_CAPTION}
  </div>
  <div class="twin" hidden></div>
  </div>
  <details class="panel" data-drawer="networks" data-for="gan"><summary data-text="networks"></summary><div class="networks"></div></details>
  <details class="panel" data-drawer="own" data-for="gan density"><summary data-text="own"></summary>${OWN_DATA}</details>
  <details class="panel" data-drawer="grammar" data-for="autoregressive sequence_gan"><summary data-text="grammar"></summary>${GRAMMAR}</details>
  <details class="panel" data-drawer="passage" data-for="autoencoder"><summary data-text="passage"></summary>${PASSAGE}</details>
  <details class="panel" data-drawer="own-pictures" data-for="autoencoder picture_gan"><summary data-text="own"></summary><div class="own-pictures"><p class="quiet" data-text="own_pictures_help"></p><div class="buttons"><label class="file"><span data-text="choose_file"></span><input type="file" data-own-pictures accept=".gz,.idx,.ubyte,application/gzip,*/*"></label></div></div></details>
  <details class="panel" data-drawer="structure" data-for="picture_gan" data-of="ink"><summary data-text="structure"></summary>${STRUCTURE}</details>
  <details class="panel" data-drawer="painter" data-for="autoencoder picture_gan captioner" data-of="faces"><summary data-text="painter"></summary>${PAINTER}</details>
  <details class="panel" data-drawer="scoreboard" data-for="autoencoder picture_gan"><summary data-text="scoreboard"></summary>${SCOREBOARD}</details>
  <details class="panel" data-drawer="claims" data-for="line_gan autoencoder picture_gan universe autoregressive sequence_gan"><summary data-text="claims"></summary>${CLAIMS}</details>
  <details class="panel" data-drawer="settings"><summary data-text="settings"></summary><div class="settings"></div></details>
  <details class="panel" data-drawer="take"><summary data-text="take"></summary>${TAKE_ALONG}</details>
  <details class="panel" data-drawer="use"><summary data-text="use"></summary>${USE_FIGURE}</details>
</div>`;

/** @param {any} words */
export function markup(words) {
  const template = document.createElement('template');
  template.innerHTML = HTML;
  const { content } = template;
  for (const sheet of ['./vendor/uplot.css', './lab.css']) {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: new URL(sheet, import.meta.url).href });
    content.prepend(link);
  }
  fillWords(content, words);
  return content;
}

/** @param {ParentNode} root @param {any} words */
export function fillWords(root, words) {
  for (const element of root.querySelectorAll('[data-text]')) {
    element.textContent = words[/** @type {HTMLElement} */ (element).dataset.text ?? ''];
  }
  for (const element of root.querySelectorAll('[data-hint]')) {
    element.setAttribute('title', words[/** @type {HTMLElement} */ (element).dataset.hint ?? ''] ?? '');
  }
}
