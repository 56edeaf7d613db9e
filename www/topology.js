// What a picture is made of, whatever its pixels: pieces of ink, and holes in them.

/** Ink from here on counts. */
const INK = 0.5;
const SIDES = [[1, 0], [-1, 0], [0, 1], [0, -1]];
const CORNERS = [[1, 1], [1, -1], [-1, 1], [-1, -1]];

/**
 * Pieces hang together by sides and corners, holes by sides alone (Rosenfeld, 1970); paper that reaches the edge is no hole.
 * @param {ArrayLike<number>} picture row by row @param {number} side @returns {{ pieces: number, holes: number }}
 */
export function topology(picture, side) {
  const ink = (/** @type {number} */ place) => picture[place] >= INK;
  const places = Array.from({ length: side * side }, (_, place) => place);
  const inks = regions(places.filter(ink), side, [...SIDES, ...CORNERS]);
  const papers = regions(places.filter((place) => !ink(place)), side, SIDES);
  return { pieces: inks.length, holes: papers.filter((region) => !region.some((place) => onEdge(place, side))).length };
}

/** @param {number} place @param {number} side */
const onEdge = (place, side) => [place % side, Math.floor(place / side)].some((at) => at === 0 || at === side - 1);

/** Connected sets of places. @param {number[]} places @param {number} side @param {number[][]} steps @returns {number[][]} */
function regions(places, side, steps) {
  const left = new Set(places);
  const found = [];
  for (const start of places) {
    if (!left.delete(start)) continue;
    const region = [start];
    for (const place of region) {
      for (const next of neighbours(place, side, steps)) if (left.delete(next)) region.push(next);
    }
    found.push(region);
  }
  return found;
}

/** Places next to a place, inside the picture. @param {number} place @param {number} side @param {number[][]} steps @returns {number[]} */
function neighbours(place, side, steps) {
  const [x, y] = [place % side, Math.floor(place / side)];
  return steps.map(([dx, dy]) => [x + dx, y + dy]).filter((at) => at.every((v) => v >= 0 && v < side)).map(([u, v]) => v * side + u);
}

/**
 * The lecture's ways to be wrong: a stray dot (1 pixel), a hole in a stroke (1 pixel), strokes a little longer (6 pixels).
 * @param {ArrayLike<number>} target @param {number} side @returns {{ dot: Float32Array, hole: Float32Array, longer: Float32Array }}
 */
export function mistakes(target, side) {
  const around = (/** @type {ArrayLike<number>} */ picture, /** @type {number} */ place) => neighbours(place, side, [...SIDES, ...CORNERS]).reduce((sum, at) => sum + picture[at], 0);
  const places = Array.from({ length: side * side }, (_, place) => place);
  const changed = (/** @type {number} */ place, /** @type {number} */ to) => Float32Array.from(target, (v, i) => (i === place ? to : v));
  const inner = places.filter((place) => !onEdge(place, side));
  // The dot lies on empty paper, near the ink but not next to it.
  const [x, y] = center(target, side);
  const away = (/** @type {number} */ place) => Math.hypot((place % side) - x, Math.floor(place / side) - y);
  const empty = places.filter((place) => target[place] < 0.05 && around(target, place) < 0.05);
  const dot = changed(least(empty.length ? empty : inner, away), 1);
  // The hole lies where the ink is thickest.
  const hole = changed(least(inner, (place) => -(target[place] + around(target, place) / 8)), 0);
  // Pixel by pixel, where an end of a stroke has least ink around it, and what hangs together stays as it is.
  const longer = Float32Array.from(target);
  const { pieces, holes } = topology(target, side);
  for (let n = 0; n < 6; n += 1) {
    const free = inner.filter((place) => longer[place] < 0.5 && neighbours(place, side, SIDES).some((at) => longer[at] >= 0.5)).sort((a, b) => around(longer, a) - around(longer, b));
    const next = free.find((place) => {
      const before = longer[place];
      longer[place] = 1;
      const after = topology(longer, side);
      longer[place] = before;
      return after.pieces === pieces && after.holes === holes;
    });
    if (next === undefined) break;
    longer[next] = 1;
  }
  return { dot, hole, longer };
}

/** The middle of the ink. @param {ArrayLike<number>} picture @param {number} side */
function center(picture, side) {
  const [sum, x, y] = Array.from(picture).reduce(([s, u, v], ink, i) => [s + ink, u + ink * (i % side), v + ink * Math.floor(i / side)], [1e-9, 0, 0]);
  return [x / sum, y / sum];
}

/** Of some places the one with the least of something. @param {number[]} places @param {(place: number) => number} of */
const least = (places, of) => places.reduce((best, place) => (of(place) < of(best) ? place : best));
