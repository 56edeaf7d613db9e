// A sheet to take along: drawings with their titles, under one another in strips side by side, and a line at the foot.

/** @typedef {import('../picture.js').Drawing} Drawing */
/** @typedef {import('../picture.js').Picture} Picture */
/** @typedef {import('../colormap.js').Colors} Colors */
/** @typedef {{ title?: string, drawing: Drawing }} Block */

/** A strip with its margins: as wide as a recording, and two make a page. CSS pixels. */
const [STRIP, MARGIN] = [480, 7];
/** What a strip leaves a drawing. */
export const ROOM = STRIP - 2 * MARGIN;
/** Height of a title, distance of two drawings, height of the foot line. */
const [TITLE, BETWEEN, FOOT] = [19, 12, 22];

/**
 * Each in turn goes under the strip that is the shortest so far, the first of equals.
 * @param {number[]} heights @param {number} width of the sheet at the most
 */
export function arrange(heights, width) {
  const ends = Array.from({ length: Math.max(1, Math.floor(width / STRIP)) }, () => MARGIN);
  const places = heights.map((height) => {
    const strip = ends.indexOf(Math.min(...ends));
    const place = { x: strip * STRIP + MARGIN, y: ends[strip] };
    ends[strip] += height + BETWEEN;
    return place;
  });
  return { places, width: STRIP * ends.length, height: Math.ceil(Math.max(...ends)) + FOOT };
}

/** @param {Block[]} blocks @param {string} foot @param {Colors} colors @param {number} widest @returns {Picture} */
export function sheetOf(blocks, foot, { paper, quiet }, widest) {
  const head = (/** @type {Block} */ { title }) => (title ? TITLE : 0);
  const { places, width, height } = arrange(blocks.map((block) => head(block) + block.drawing.height), widest);
  const draw = (/** @type {CanvasRenderingContext2D} */ context) => {
    blocks.forEach((block, i) => {
      const { x, y } = places[i];
      if (block.title) write(context, `600 13px ${FONT}`, block.title, x, y + 13, quiet);
      context.save();
      context.translate(x, y + head(block));
      block.drawing.draw(context);
      context.restore();
    });
    write(context, `12px ${FONT}`, foot, MARGIN, height - MARGIN - 3, quiet);
  };
  return { width, height, paper, draw };
}

/** What run it is a picture of. @param {import('../laboratory.js').Laboratory} laboratory @param {'en' | 'zh'} language @param {any} words @param {string} step @returns {string} */
export function footOf({ catalog, preset, settings }, language, words, step) {
  const label = catalog?.presets.find(({ id }) => id === preset)?.label[language] ?? preset;
  return words.take_foot(label, settings?.seed, step);
}

const FONT = 'system-ui, sans-serif';

/** @param {CanvasRenderingContext2D} context @param {string} font @param {string} text @param {number} x @param {number} y of the baseline @param {string} color */
function write(context, font, text, x, y, color) {
  context.font = font;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.fillStyle = color;
  context.fillText(text, x, y);
}
