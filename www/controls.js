// The settings panel, made from the laboratory's own table of settings.

/** @typedef {import('./protocol.js').Knob} Knob */
/** @typedef {import('./protocol.js').Catalog} Catalog */

const GROUPS = ['run', 'game', 'generator', 'discriminator', 'regularizer', 'code', 'network', 'optimizer'];
/** Positions of a logarithmic slider; position 0 stands for the smallest value, 0 included. */
const POSITIONS = 100;
/** Where a logarithmic scale that includes 0 begins. */
const SMALLEST = 1e-4;

/**
 * @param {Catalog} catalog
 * @param {import('./protocol.js').Model} model
 * @param {any} words
 * @param {'en' | 'zh'} language
 * @param {(id: string, value: string) => void} onChange
 */
export function buildControls(catalog, model, words, language, onChange) {
  const preset = field(words.preset, '', select(catalog.presets, language, (value) => onChange('preset', value)));
  /** @type {Map<string, { control: HTMLElement, show: (value: string | number) => void }>} */
  const controls = new Map();
  const groups = GROUPS.filter((group) => model.knobs.some((knob) => knob.group === group)).map((group) => {
    const set = document.createElement('fieldset');
    set.append(Object.assign(document.createElement('legend'), { textContent: words[`group_${group}`] }));
    for (const knob of model.knobs.filter((k) => k.group === group)) {
      const made = (MAKERS[knob.kind] ?? number)(knob, language, onChange);
      controls.set(knob.id, made);
      set.append(field(knob.label[language], knob.help[language], made.control));
    }
    return set;
  });
  return {
    preset,
    groups,
    /** @param {import('./protocol.js').Settings} settings @param {string} id the preset's */
    update(settings, id) {
      /** @type {HTMLSelectElement} */ (preset.querySelector('select')).value = id;
      for (const [knob, { show }] of controls) if (settings[knob] !== undefined) show(settings[knob]);
    },
  };
}

function field(label, help, control) {
  const element = document.createElement('label');
  element.className = 'field';
  element.title = help;
  element.append(Object.assign(document.createElement('span'), { textContent: label }), control);
  return element;
}

function select(options, language, onChange) {
  const element = document.createElement('select');
  element.append(...options.map((o) => new Option(o.label[language], o.id)));
  element.addEventListener('change', () => onChange(element.value));
  return element;
}

function choice(knob, language, onChange) {
  const control = select(knob.options, language, (value) => onChange(knob.id, value));
  return { control, show: (value) => (control.value = String(value)) };
}

function toggle(knob, _, onChange) {
  const control = Object.assign(document.createElement('input'), { type: 'checkbox' });
  control.addEventListener('change', () => onChange(knob.id, control.checked ? 'on' : 'off'));
  return { control, show: (value) => (control.checked = value === 'on') };
}

/** A slider to play with and a box to be exact in. */
function number(knob, language, onChange) {
  const scale = knob.log ? logarithmic(knob) : linear(knob);
  const slider = Object.assign(document.createElement('input'), { type: 'range', ...scale.range });
  slider.tabIndex = -1; // the box is the keyboard's way in
  slider.setAttribute('aria-hidden', 'true');
  const box = Object.assign(document.createElement('input'), { type: 'text', inputMode: 'decimal', autocomplete: 'off' });
  box.setAttribute('aria-label', knob.label[language]); // a <label> names only the first control in it
  let inHand = false; // what the reader is writing or dragging stays, whatever is told meanwhile
  const take = () => {
    inHand = false;
    onChange(knob.id, box.value);
  };
  slider.addEventListener('input', () => {
    box.value = String(scale.value(Number(slider.value)));
    if (knob.live) take();
    else inHand = true;
  });
  slider.addEventListener('change', () => !knob.live && take());
  box.addEventListener('input', () => (inHand = true));
  box.addEventListener('change', take);
  box.addEventListener('blur', () => (inHand = false)); // written back to what it was
  const control = document.createElement('span');
  control.className = 'number';
  control.append(slider, box);
  return {
    control,
    show(value) {
      if (!inHand) box.value = String(value);
      if (/** @type {ShadowRoot} */ (slider.getRootNode()).activeElement !== slider) slider.value = String(scale.position(Number(value)));
    },
  };
}

const MAKERS = { choice, switch: toggle };

/** @param {Knob} knob */
function linear({ kind, min = 0, max = 1 }) {
  const top = Math.min(max, 9999); // a seed has more values than a slider has pixels
  const step = kind === 'integer' ? 1 : (max - min) / 1000;
  return {
    range: { min: String(min), max: String(top), step: String(step) },
    value: (position) => (kind === 'integer' ? position : Number(position.toPrecision(4))),
    position: (value) => Math.min(value, top),
  };
}

/** @param {Knob} knob */
function logarithmic({ min = 0, max = 1 }) {
  const bottom = min > 0 ? min : SMALLEST;
  const span = Math.log(max / bottom);
  return {
    range: { min: '0', max: String(POSITIONS), step: '1' },
    value: (position) => (position === 0 ? min : Number((bottom * Math.exp((span * position) / POSITIONS)).toPrecision(2))),
    position: (value) => (value <= bottom ? 0 : Math.round((POSITIONS * Math.log(value / bottom)) / span)),
  };
}
