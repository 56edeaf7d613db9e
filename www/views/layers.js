// What can be seen on the plane of points, layer by layer, for each model that lives there.
import { drawArrows, arrowScale } from './arrows.js';
import { drawClass } from './class_marks.js';
import { drawEllipses } from './ellipses.js';
import { drawBoundary, drawContours, drawLandscape } from './landscape.js';
import { drawMesh } from './mesh.js';
import { drawField, drawPath } from './phase.js';
import { drawCrosses, drawDots, drawSquares } from './points.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('./plane.js').Plane} Plane */

/**
 * From bottom to top; a layer draws where all its probes are at hand, for the model it is of. `on`: from the start.
 * @type {{ id: string, model: string, on?: true, probes: string[], draw: (plane: Plane, ...matrices: Matrix[]) => void }[]}
 */
export const LAYERS = [
  { id: 'landscape', model: 'gan', on: true, probes: ['landscape'], draw: ({ frame, colors, range }, matrix) => drawLandscape(frame, matrix, colors, range) },
  { id: 'optimal', model: 'gan', probes: ['optimal'], draw: ({ frame, colors }, matrix) => drawLandscape(frame, matrix, colors, [0, 1]) },
  { id: 'contour', model: 'gan', on: true, probes: ['landscape'], draw: ({ frame, colors, unit, range }, matrix) => drawContours(frame, matrix, colors, unit, range) },
  { id: 'manifold', model: 'gan', probes: ['noise_grid', 'manifold'], draw: (plane, noise, bent) => drawMesh(plane.frame, noise, bent, plane.colors.generated, plane.warp) },
  { id: 'real', model: 'gan', on: true, probes: ['real'], draw: ({ frame, colors }, matrix) => drawSquares(frame, matrix, colors.real) },
  { id: 'trails', model: 'gan', probes: ['generated'], draw: ({ frame, colors, trails }) => trails.draw(frame, colors.generated) },
  { id: 'generated', model: 'gan', on: true, probes: ['generated'], draw: ({ frame, colors }, matrix) => drawDots(frame, matrix, colors.generated, colors.paper) },
  { id: 'generated_ema', model: 'gan', probes: ['generated_ema'], draw: ({ frame, colors }, matrix) => drawDots(frame, matrix, colors.ema, colors.paper) },
  { id: 'slope', model: 'gan', probes: ['generated', 'slope_generated'], draw: (plane, points, slope) => drawArrows(plane.frame, points, slope, plane.colors.ink, (plane.arrowScale = arrowScale(slope))) },
  { id: 'field', model: 'dirac', on: true, probes: ['field_grid', 'field'], draw: ({ frame, colors }, places, field) => drawField(frame, places, field, colors) },
  { id: 'path', model: 'dirac', on: true, probes: ['path'], draw: ({ frame, colors }, path) => drawPath(frame, path, colors) },
  { id: 'density', model: 'density', on: true, probes: ['density'], draw: ({ frame, colors, range }, matrix) => drawLandscape(frame, matrix, { ramp: colors.density }, range) },
  { id: 'density_lines', model: 'density', on: true, probes: ['density'], draw: ({ frame, colors, unit, range }, matrix) => drawContours(frame, matrix, colors, unit, range) },
  { id: 'learned', model: 'density', on: true, probes: ['real'], draw: ({ frame, colors }, matrix) => drawSquares(frame, matrix, colors.real) },
  { id: 'held_out', model: 'density', probes: ['held_out'], draw: ({ frame, colors }, matrix) => drawCrosses(frame, matrix, colors.ema) },
  { id: 'drawn', model: 'density', on: true, probes: ['generated'], draw: ({ frame, colors }, matrix) => drawDots(frame, matrix, colors.generated, colors.paper) },
  { id: 'components', model: 'density', on: true, probes: ['components'], draw: ({ frame, colors }, matrix) => drawEllipses(frame, matrix, () => colors.ink, colors.paper) },
  { id: 'belief', model: 'classes', on: true, probes: ['belief'], draw: ({ frame, colors }, matrix) => drawLandscape(frame, matrix, colors, [0, 1]) },
  { id: 'belief_lines', model: 'classes', on: true, probes: ['belief'], draw: ({ frame, colors, unit, range }, matrix) => drawContours(frame, matrix, colors, unit, range) },
  { id: 'boundary', model: 'classes', on: true, probes: ['belief'], draw: ({ frame, colors }, matrix) => drawBoundary(frame, matrix, colors.ink) },
  { id: 'class_points', model: 'classes', on: true, probes: ['class_a', 'class_b'], draw: ({ frame, colors }, a, b) => [a, b].forEach((points, k) => drawClass(frame, points, k, colors, true)) },
  { id: 'class_drawn', model: 'classes', on: true, probes: ['drawn_a', 'drawn_b'], draw: ({ frame, colors }, a, b) => [a, b].forEach((points, k) => drawClass(frame, points, k, colors, false)) },
  { id: 'class_components', model: 'classes', on: true, probes: ['components'], draw: ({ frame, colors }, matrix) => drawEllipses(frame, matrix, (k) => (k ? colors.real : colors.generated), colors.paper) },
];

/**
 * Of each model: the probes that it is always asked for, the one whose values the colour scale is for, what these are
 * where no objective says it, and the words that tell what the plane is.
 * @type {Record<string, { always: string[], surface: string, unit?: import('./landscape.js').Unit, alt: string }>}
 */
export const GROUNDS = {
  gan: { always: ['batch_real', 'batch_generated', 'generated'], surface: 'landscape', alt: 'plane' },
  dirac: { always: [], surface: '', alt: 'phase_plane' },
  density: { always: ['asked', 'generated'], surface: 'density', unit: 'density', alt: 'density_plane' },
  classes: { always: ['asked'], surface: 'belief', unit: 'class', alt: 'class_plane' },
};
