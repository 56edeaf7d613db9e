// The figure's skeleton. Words are filled in from the messages, and again when the language changes.

const button = (action, hint = `${action}_hint`) =>
  `<button type="button" data-action="${action}" data-hint="${hint}"><span data-text="${action}"></span></button>`;

const layer = (id, on) =>
  `<label class="layer ${id}"><input type="checkbox" data-layer="${id}" ${on ? 'checked' : ''}><i aria-hidden="true"></i><span data-text="layer_${id}"></span></label>`;

const HTML = `
<div class="lab">
  <div class="notice" role="alert" hidden><p></p>${button('restart', 'restart')}${button('dismiss', 'dismiss')}</div>
  <div class="head"><div class="preset"></div><p class="look-at"></p></div>
  <div class="transport" role="group">
    ${button('play')}${button('step_d')}${button('step_g')}${button('step_both')}${button('reset')}${button('new_seed')}
  </div>
  <div class="body">
    <figure>
      <canvas class="plane" role="img"></canvas>
      <div class="progress"><i></i></div>
      <figcaption>
        ${layer('landscape', true)}
        <span class="scale" aria-hidden="true"><span data-text="fake"></span> 0 <canvas class="ramp"></canvas> 1 <span data-text="real"></span></span>
        ${layer('contour', true)}${layer('real', true)}${layer('generated', true)}${layer('generated_ema', false)}
      </figcaption>
    </figure>
    <div class="side">
      <p class="line"><span class="status"></span><span class="device"></span></p>
      <p class="says"></p>
      <p class="announce" aria-live="polite"></p>
      <table class="metrics" hidden>
        <thead><tr><th scope="col" data-text="metric"></th><th scope="col" data-text="live"></th><th scope="col" data-text="ema"></th><th scope="col" data-text="floor" data-hint="floor_hint"></th></tr></thead>
        <tbody></tbody>
      </table>
      <h3 data-text="losses"></h3>
      <div class="curves"></div>
      <p class="quiet formula"></p>
      <p class="quiet parameters"></p>
      <p class="quiet reasons"></p>
    </div>
  </div>
  <details class="panel"><summary data-text="settings"></summary><div class="settings"></div></details>
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
    element.setAttribute('title', words[/** @type {HTMLElement} */ (element).dataset.hint ?? '']);
  }
}
