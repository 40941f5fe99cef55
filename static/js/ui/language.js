// Remembers the language that the reader chose, and keeps the place on the page. The front page goes to it, else to the first one that the browser asks
// for and the guide has.

import { recall, remember } from "../store.js";

/** @param {HTMLElement} element the language switch, or the front page's links: `data-go` tells them apart */
export function start(element) {
  const links = [...element.querySelectorAll("a[hreflang]")];
  if ("go" in element.dataset) go(links);
  element.addEventListener("click", (event) => {
    const link = links.find((one) => one.contains(event.target));
    if (!link) return;
    remember("language", link.hreflang);
    remember("place", JSON.stringify({ path: link.pathname, ...place() }));
    if (location.hash) link.hash = location.hash; // ids are the same in every language
  });
}

const FOLDS = "details:not(.strip)";
const BLOCKS = ["h1", "h2", "h3", "p", "li", "dt", "dd"].map((name) => `main ${name}`).join();

/** The block at the top of the screen, counted from the last one with an id; where it stands; what is unfolded. */
function place() {
  const blocks = [...document.querySelectorAll(BLOCKS)];
  const at = scrollY > 100 ? blocks.findIndex((block) => block.getBoundingClientRect().bottom > 20 && block.offsetParent) : -1;
  let from = at;
  while (from >= 0 && !blocks[from].id) from--;
  const open = [...document.querySelectorAll(FOLDS)].map((fold) => fold.open);
  return { open, from: blocks[from]?.id, after: at - from, top: blocks[at]?.getBoundingClientRect().top };
}

/** Back to the place that the reader had when they changed the language. */
export function keepPlace() {
  const { path, open, from, after, top } = JSON.parse(recall("place") ?? "{}");
  remember("place", null);
  if (path !== location.pathname) return;
  for (const [number, fold] of document.querySelectorAll(FOLDS).entries()) fold.open = open[number] ?? fold.open;
  const blocks = [...document.querySelectorAll(BLOCKS)];
  const start = blocks.findIndex((block) => block.id === from);
  if (from && start >= 0) scrollBy({ top: (blocks[start + after] ?? blocks[start]).getBoundingClientRect().top - top, behavior: "instant" });
}

function go(links) {
  const wanted = [recall("language"), ...navigator.languages].filter(Boolean);
  const found = wanted.map((tag) => linkFor(links, tag.toLowerCase())).find(Boolean);
  if (found) location.replace(found.href + location.search);
}

function linkFor(links, tag) {
  const tagged = links.map((link) => ({ link, own: link.hreflang.toLowerCase() }));
  const found = tagged.find(({ own }) => own === tag) ?? tagged.find(({ own }) => own.split("-")[0] === tag.split("-")[0]);
  return found?.link;
}
