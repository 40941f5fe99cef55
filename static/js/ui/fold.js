// Parts that are folded: a link that leads into one opens it, and paper gets them all.

/** Opens whatever folds the target of the address, and goes there. */
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const closed = folds(target).filter((fold) => !fold.open);
  for (const fold of closed) fold.open = true;
  if (closed.length) target.scrollIntoView();
}

/** Every fold that holds an element, or whose heading it is. */
function folds(element) {
  const found = [];
  for (let fold = element?.closest("details"); fold; fold = fold.parentElement.closest("details")) found.push(fold);
  return found;
}

/** Starts for the whole page. */
export function start() {
  reveal();
  addEventListener("hashchange", reveal);
  // A link to where the address is already changes no hash.
  document.addEventListener("click", ({ target }) => target.closest?.(`a[href^="#"]`) && setTimeout(reveal));
  const opened = [];
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details:not(.strip, .kept__more, [open])")) opened.push(Object.assign(fold, { open: true }));
  });
  addEventListener("afterprint", () => {
    for (const fold of opened.splice(0)) fold.open = false;
  });
}
