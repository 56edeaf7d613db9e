// The layers of G and D as the settings give them, and where each weight lies among a network's parameters.
//
// Parameters are laid end to end, layer by layer: weights [inputs, outputs] row by row, then biases [outputs].

/** @typedef {import('../protocol.js').Settings} Settings */
/** @typedef {{ sizes: number[], activation: string }} Net layer sizes from input to output */
/** @typedef {{ pack: number, fourier: number, minibatchStd: boolean }} DInput what one input row of D is made of */
/** @typedef {{ g: Net, d: Net, latent: string, input: DInput }} Architecture */

/** Coordinates of a point. */
const POINT = 2;

/** @param {Settings} settings @returns {Architecture} */
export function architecture(settings) {
  const number = (id, absent) => Number(settings[id] ?? absent);
  const hidden = (player) => Array(number(`depth_${player}`, 0)).fill(number(`width_${player}`, 0));
  const input = { pack: number('pack', 1), fourier: number('fourier', 0), minibatchStd: settings.minibatch_std === 'on' };
  // Sines and cosines of m random projections stand beside a point's coordinates (Tancik et al., 2020); rows of
  // `pack` points are judged together (Lin et al., 2018); their batch's deviation is one more (Karras et al., 2018).
  const inputs = input.pack * (POINT + 2 * input.fourier) + (input.minibatchStd ? 1 : 0);
  const net = (player, first, last) => ({ sizes: [first, ...hidden(player), last], activation: String(settings[`activation_${player}`] ?? '') });
  return { g: net('g', number('latent_dim', POINT), POINT), d: net('d', inputs, 1), latent: String(settings.latent ?? ''), input };
}

/** Weights and biases together. @param {number[]} sizes */
export const nParameters = (sizes) => layerStart(sizes, sizes.length);

/** Where the weight from unit `from` of layer − 1 to unit `to` of a layer lies. Layer 0 is the input. @param {number[]} sizes */
export const weightIndex = (sizes, layer, from, to) => layerStart(sizes, layer) + from * sizes[layer] + to;

/** Where a unit's bias lies; layer 1 or later. @param {number[]} sizes */
export const biasIndex = (sizes, layer, unit) => layerStart(sizes, layer) + sizes[layer - 1] * sizes[layer] + unit;

/** Parameters of the layers before. @param {number[]} sizes @param {number} layer */
function layerStart(sizes, layer) {
  let start = 0;
  for (let l = 1; l < layer; l += 1) start += (sizes[l - 1] + 1) * sizes[l];
  return start;
}
