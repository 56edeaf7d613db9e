// What the reader points at in the networks' graph, in words: a neuron's number and bias, a layer's sizes.
// The pointer picks; with the focus on the graph the arrow keys walk from layer to layer and neuron to neuron.
import { biasIndex } from './network_architecture.js';
import { pick, walk } from './network_layout.js';

/** @typedef {import('./network_layout.js').Layout} Layout */
/** @typedef {import('./network_layout.js').Place} Place */
/** @typedef {import('./network_architecture.js').Architecture} Architecture */

/**
 * @param {Place} place @param {Architecture} nets @param {any} words
 * @param {Float32Array | undefined} weights the network's parameters, where known
 * @returns {string}
 */
export function describe({ player, layer, unit }, nets, words, weights) {
  const { sizes, activation } = nets[player];
  const [of, last] = [sizes[layer], sizes.length - 1];
  if (unit !== null) {
    const bias = layer > 0 ? weights?.[biasIndex(sizes, layer, unit)] : undefined;
    return words.network_neuron({ number: unit + 1, of, bias: bias === undefined ? '' : signed(bias) });
  }
  if (layer === 0) return player === 'g' ? words.network_inputs_g(of) : words.network_inputs_d({ n: of, ...nets.input });
  return words.network_units({ n: of, activation: layer === last ? words.network_linear : activationName(activation, words) });
}

/** Both networks in one sentence. @param {Architecture} nets @param {any} words @returns {string} */
export function sentence({ g, d }, words) {
  const net = ({ sizes, activation }) => `${sizes.join(' → ')}, ${activationName(activation, words)}`;
  return words.network_alt({ g: net(g), d: net(d) });
}

/** An activation without a word of its own keeps its id. */
const activationName = (id, words) => words[`network_${id}`] ?? id;

/** Three decimals, a true minus, and no minus on zero. @param {number} value */
const signed = (value) => value.toFixed(3).replace(/^-(?=0\.000$)/, '').replace('-', '−');

/** The sign beside a place, and the reader's ways to move it. */
export class Tip {
  /** @type {Place | null} */ #place = null;
  /** @type {Layout | null} */ #layout = null;
  /** @type {(place: Place) => string} */ #say = () => '';

  /** @param {HTMLElement} stage takes the pointer and the focus @param {HTMLElement} sign @param {HTMLElement} announce read aloud */
  constructor(stage, sign, announce) {
    this.stage = stage;
    this.sign = sign;
    stage.addEventListener('pointermove', (event) => this.#point(event));
    stage.addEventListener('pointerdown', (event) => this.#point(event));
    stage.addEventListener('pointerleave', ({ pointerType }) => pointerType === 'mouse' && this.#move(null));
    stage.addEventListener('blur', () => this.#move(null));
    stage.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') return this.#move(null);
      if (!event.key.startsWith('Arrow') || !this.#layout) return;
      event.preventDefault();
      this.#move(walk(this.#layout, this.#place, event.key));
      announce.textContent = sign.textContent;
    });
  }

  /** Another picture: what was pointed at may be gone. @param {Layout} layout */
  setLayout(layout) {
    this.#layout = layout;
    this.#move(null);
  }

  /** Numbers changed. @param {(place: Place) => string} say */
  update(say) {
    this.#say = say;
    if (this.#place) this.sign.textContent = say(this.#place);
  }

  /** @param {PointerEvent} event */
  #point({ clientX, clientY }) {
    const { left, top } = this.stage.getBoundingClientRect();
    this.#move(this.#layout && pick(this.#layout, clientX - left, clientY - top));
  }

  /** @param {Place | null} place */
  #move(place) {
    this.#place = place;
    this.sign.hidden = !place;
    const cursor = this.stage.querySelector('.cursor');
    cursor?.toggleAttribute('hidden', !place);
    if (!place || !cursor || !this.#layout) return;
    const { x, pitch, ys } = this.#layout.layers[place.player][place.layer];
    const half = Math.min(9, Math.max(6, pitch / 2 + 1.5));
    const [top, bottom] = place.unit === null ? [ys[0], /** @type {number} */ (ys.at(-1))] : [ys[place.unit], ys[place.unit]];
    const box = { x: x - half, y: top - half, width: 2 * half, height: bottom - top + 2 * half, rx: half };
    for (const [name, value] of Object.entries(box)) cursor.setAttribute(name, String(value));
    this.sign.textContent = this.#say(place);
    const side = this.sign.offsetWidth / 2;
    const above = box.y - this.sign.offsetHeight - 6;
    this.sign.style.left = `${Math.max(0, Math.min(this.#layout.width - 2 * side, x - side))}px`;
    this.sign.style.top = `${above >= -20 ? above : box.y + box.height + 6}px`;
  }
}
