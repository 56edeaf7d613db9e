// An anywidget module; the model's traits are figure, seed, settings, show, hide, theme and lang.

export interface Model {
  get(name: string): unknown;
  on(event: string, act: () => void): void;
  off(event: string, act: () => void): void;
}

declare const widget: {
  /** Draws the figure into `el`; what it returns takes it away. */
  render(place: { model: Model; el: HTMLElement }): () => void;
};
export default widget;
