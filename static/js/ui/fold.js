// Parts that are folded: a link that leads into one opens it, and paper gets them all.

const ON_PAPER = "details:not(.strip, .kept__more, [open])";

/** Opens whatever folds the target of the address, and goes there. */
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const closed = folds(target).filter((fold) => !fold.open);
  for (const fold of closed) fold.open = true;
  if (closed.length) target?.scrollIntoView();
}

/**
 * Every fold that holds an element, or whose heading it is.
 * @param {Element | null} element
 */
function folds(element) {
  const above = [];
  for (let fold = element?.closest("details"); fold; fold = fold.parentElement?.closest("details")) above.push(fold);
  return above;
}

/** Starts for the whole page. */
export function start() {
  reveal();
  addEventListener("hashchange", reveal);
  document.addEventListener("click", ({ target }) => {
    // A link to where the address is already changes no hash.
    if (target instanceof Element && target.closest(`a[href^="#"]`)) setTimeout(reveal);
  });
  /** @type {HTMLDetailsElement[]} */
  const opened = [];
  addEventListener("beforeprint", () => {
    for (const fold of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(ON_PAPER))) {
      fold.open = true;
      opened.push(fold);
    }
  });
  addEventListener("afterprint", () => {
    for (const fold of opened.splice(0)) fold.open = false;
  });
}
