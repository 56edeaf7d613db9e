// The lecture page: figures that come alive when the reader comes near, at most two at work, and a table of contents
// that knows where the reader is.
import { crew } from './crew.js';
import { LectureFigure } from './lecture_figure.js';

crew.limit = 2;
/** How far from the screen a figure counts as near. */
const NEAR = '40% 0px';

/** @type {Map<Element, LectureFigure>} */
const figures = new Map([...document.querySelectorAll('#lecture .stage')].map((stage) => [stage, new LectureFigure(/** @type {HTMLElement} */ (stage))]));

/** @param {IntersectionObserverInit} options @param {(figure: LectureFigure, inside: boolean) => void} tell */
function watch(options, tell) {
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) tell(/** @type {LectureFigure} */ (figures.get(target)), isIntersecting);
  }, options);
  for (const stage of figures.keys()) observer.observe(stage);
}
watch({ rootMargin: NEAR }, (figure, inside) => (figure.near = inside));
watch({ threshold: 0.1 }, (figure, inside) => (figure.inView = inside));

// Paper shows what the figures showed last.
addEventListener('beforeprint', () => figures.forEach((figure) => figure.print()));
addEventListener('afterprint', () => figures.forEach((figure) => figure.unprint()));

// A formula that is wider than its place is scrolled, by the keyboard too.
const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
    else target.removeAttribute('tabindex');
  }
});
for (const formula of document.querySelectorAll('.formula')) widths.observe(formula);

// The section that the reader is in: the last one that has begun in the upper third of the screen. What has crossed that line is
// told late, and where the page still moves in another order than it stands now: so each time all are looked at.
const links = new Map([...document.querySelectorAll('.contents a')].map((link) => [link.getAttribute('href')?.slice(1), link]));
const sections = [...document.querySelectorAll('#lecture > section')];
const reading = new IntersectionObserver(() => {
  const current = sections.findLast((section) => section.getBoundingClientRect().top <= 0.3 * innerHeight);
  for (const link of links.values()) link.removeAttribute('aria-current');
  links.get(current?.id)?.setAttribute('aria-current', 'location');
}, { rootMargin: '-30% 0px -70% 0px' });
for (const section of sections) reading.observe(section);

// On a phone the contents fold away once a section is chosen.
const details = /** @type {HTMLDetailsElement} */ (document.querySelector('.contents details'));
details.addEventListener('click', (event) => {
  if (/** @type {Element} */ (event.target).closest('a')) details.open = false;
});
