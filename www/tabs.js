// A row of tabs, as the ARIA practices have them: arrow keys move, one tab stop.

/**
 * @param {ParentNode} root holds buttons with `data-tab` and panels with `data-panel` of the same names
 * @param {(name: string) => void} onChange
 */
export function connectTabs(root, onChange) {
  const tabs = /** @type {HTMLButtonElement[]} */ ([...root.querySelectorAll('[data-tab]')]);
  const choose = (/** @type {HTMLButtonElement} */ chosen) => {
    for (const tab of tabs) {
      const on = tab === chosen;
      tab.setAttribute('aria-selected', String(on));
      tab.tabIndex = on ? 0 : -1;
      /** @type {HTMLElement} */ (root.querySelector(`[data-panel=${tab.dataset.tab}]`)).hidden = !on;
    }
    onChange(chosen.dataset.tab ?? '');
  };
  tabs.forEach((tab, i) => {
    tab.addEventListener('click', () => choose(tab));
    tab.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(i + step + tabs.length) % tabs.length];
      choose(next);
      next.focus();
      event.preventDefault();
      event.stopPropagation();
    });
  });
  choose(tabs[0]);
}
