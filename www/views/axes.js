// Ticks along the bottom and the left edge, in measured units where the data have them.
import { ticks } from '../vendor/d3.js';

/** @typedef {import('../frame.js').Frame} Frame */
/** @typedef {import('../protocol.js').Axis} Axis */

/**
 * @param {Frame} frame
 * @param {[Axis, Axis] | null} axes
 * @param {import('../colormap.js').Colors} colors
 * @param {'en' | 'zh'} language
 */
export function drawAxes(frame, axes, colors, language) {
  const { context, side, halfWidth } = frame;
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  context.font = '11px system-ui, sans-serif';
  context.lineWidth = 3;
  context.lineJoin = 'round';
  const write = (text, x, y) => {
    context.strokeStyle = colors.paper;
    context.strokeText(text, x, y);
    context.fillStyle = colors.ink;
    context.fillText(text, x, y);
  };
  for (const horizontal of [true, false]) {
    const axis = axes?.[horizontal ? 0 : 1];
    const { mean, scale } = axis ?? { mean: 0, scale: 1 };
    const place = (value) => (horizontal ? frame.x((value - mean) / scale) : frame.y((value - mean) / scale));
    context.textAlign = horizontal ? 'center' : 'left';
    context.textBaseline = horizontal ? 'bottom' : 'middle';
    for (const value of ticks(mean - scale * halfWidth, mean + scale * halfWidth, 5)) {
      const at = place(value);
      if (at < 24 || at > side - 24) continue;
      write(format.format(value), horizontal ? at : 5, horizontal ? side - 4 : at);
    }
    if (!axis) continue;
    const unit = axis.unit[language];
    const title = `${axis.label[language]}${unit && ` (${unit})`}`;
    if (horizontal) {
      context.textAlign = 'right';
      write(title, side - 6, side - 20);
    } else {
      context.textBaseline = 'top';
      write(title, 5, 5);
    }
  }
}
