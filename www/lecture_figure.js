// One figure of the lecture: a poster until the reader comes near, then alive; it rests while it is out of view.

/** @typedef {import('./lab.js').GenLab} GenLab */

/** A figure that only flies past does not start. Milliseconds. */
const DWELL = 250;
/** On paper. @type {import('./picture.js').Format} */
const PRINTED = { width: 720, density: 2 };

export class LectureFigure {
  /** @type {GenLab | null} */ #live = null;
  /** @type {Promise<GenLab> | null} */ #coming = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #dwelling;
  #near = false;
  #inView = false;
  /** This build of the laboratory does not know it. */ #unknown = false;
  /** It was training when it left the view. */ #goesOn = false;

  /** @param {HTMLElement} stage */
  constructor(stage) {
    this.stage = stage;
    const buttons = /** @type {HTMLTemplateElement} */ (document.querySelector('#stage-buttons'));
    stage.append(document.importNode(buttons.content, true));
    stage.querySelector('.start')?.addEventListener('click', async () => {
      const figure = await this.#arrive();
      await figure.wake();
      figure.play();
      figure.focus({ preventScroll: true });
    });
    stage.querySelector('.unfold')?.addEventListener('click', () => this.#unfold());
    const link = /** @type {HTMLAnchorElement | null} */ (stage.parentElement?.querySelector('.to-laboratory'));
    // As late as possible: the settings may have changed.
    for (const type of ['pointerdown', 'focus', 'click']) link?.addEventListener(type, () => this.#live?.link && (link.hash = this.#live.link));
  }

  set near(near) {
    this.#near = near;
    this.#attend();
  }

  set inView(inView) {
    this.#inView = inView;
    if (this.#live) this.#live.inView = inView;
    if (!inView && this.#live) {
      this.#goesOn = this.#live.playing;
      this.#live.pause();
    }
    this.#attend();
  }

  /** What the figure shows, for paper; its poster serves where it shows nothing. */
  print() {
    const picture = this.#live?.picture(PRINTED);
    if (!picture) return;
    picture.className = 'printed';
    this.stage.append(picture);
  }

  unprint() {
    this.stage.querySelector('.printed')?.remove();
  }

  /** The reader has come, or gone. */
  #attend() {
    clearTimeout(this.#dwelling);
    if ((this.#near || this.#inView) && !this.#unknown) this.#dwelling = setTimeout(() => this.#welcome(), DWELL);
  }

  async #welcome() {
    const figure = await this.#arrive();
    await figure.wake();
    if (!this.#inView || !this.#goesOn) return;
    this.#goesOn = false;
    figure.play();
  }

  /** Built once, when it is first wanted. */
  #arrive() {
    this.#coming ??= this.#build();
    return this.#coming;
  }

  async #build() {
    await import('./lab.js');
    const template = /** @type {HTMLTemplateElement} */ (this.stage.querySelector('template'));
    const figure = /** @type {GenLab} */ (/** @type {DocumentFragment} */ (document.importNode(template.content, true)).firstElementChild);
    figure.setAttribute('role', 'group');
    figure.setAttribute('aria-labelledby', `about-${this.stage.dataset.name}`);
    figure.inView = this.#inView;
    figure.addEventListener('genlab:stopped', () => this.#reveal());
    figure.addEventListener('genlab:snapshot', () => {
      if (figure.catalog?.presets.some(({ id }) => id === figure.getAttribute('preset'))) this.#reveal();
      else this.#withdraw(figure);
    }, { once: true });
    this.stage.append(figure);
    this.#live = figure;
    new ResizeObserver(() => this.#fold(figure)).observe(/** @type {Element} */ (figure.shadowRoot?.querySelector('.lab')));
    // Nobody is to work in what is folded away.
    figure.addEventListener('focusin', (event) => {
      const { bottom } = /** @type {Element} */ (event.composedPath()[0]).getBoundingClientRect();
      if (bottom > figure.getBoundingClientRect().bottom) this.#unfold();
    });
    return figure;
  }

  #reveal() {
    this.stage.classList.add('alive');
  }

  /** A figure that is higher than its stage shows its upper part. @param {GenLab} figure */
  #fold(figure) {
    const folds = figure.scrollHeight > figure.clientHeight + 1;
    this.stage.classList.toggle('folds', folds);
    /** @type {HTMLElement} */ (this.stage.querySelector('.unfold')).hidden = !folds;
  }

  #unfold() {
    this.stage.classList.add('unfolded');
    if (this.#live) this.#live.scrollTop = 0;
  }

  /** @param {GenLab} figure */
  #withdraw(figure) {
    this.#unknown = true;
    figure.remove();
    this.#live = null;
    this.stage.classList.add('unknown');
  }
}
