// The square of data space that a picture shows, and its pixels.

/** A square canvas with a crisp backing store; drawing happens in CSS pixels. */
export class Frame {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    this.halfWidth = 1;
    /** Side in CSS pixels. */
    this.side = 0;
  }

  /** The same square on another context. @param {CanvasRenderingContext2D} context @param {number} side @returns {Frame} */
  on(context, side) {
    return Object.assign(Object.create(Frame.prototype), this, { context, side });
  }

  /** Follows the element's size and the screen's density; then clears. */
  begin() {
    const side = Math.max(1, this.canvas.clientWidth);
    const density = Math.min(3, devicePixelRatio || 1);
    const pixels = Math.round(side * density);
    if (this.canvas.width !== pixels) this.canvas.width = this.canvas.height = pixels;
    this.side = side;
    this.context.setTransform(pixels / side, 0, 0, pixels / side, 0, 0);
    this.context.clearRect(0, 0, side, side);
  }

  /** @param {number} x in data units */
  x(x) {
    return (0.5 + x / (2 * this.halfWidth)) * this.side;
  }

  /** @param {number} y in data units, upwards */
  y(y) {
    return (0.5 - y / (2 * this.halfWidth)) * this.side;
  }
}
