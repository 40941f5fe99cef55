// Remembers the language that the reader chose, and keeps the place on the page. The front page goes to it, else to the
// first one that the browser asks for and the guide has.

import { recall, remember } from "../store.js";

const BLOCKS = ["h1", "h2", "h3", "p", "li", "dt", "dd"].map((name) => `main ${name}`).join();

/** @param {HTMLElement} element the language switch, or the front page's links: `data-go` tells them apart */
export function start(element) {
  /** @type {HTMLAnchorElement[]} */
  const links = [...element.querySelectorAll("a[hreflang]")].filter((link) => link instanceof HTMLAnchorElement);
  if ("go" in element.dataset) go(links);
  element.addEventListener("click", ({ target }) => {
    const link = links.find((one) => target instanceof Node && one.contains(target));
    if (!link) return;
    remember("language", link.hreflang);
    remember("place", JSON.stringify({ path: link.pathname, ...place() }));
    if (location.hash) link.hash = location.hash; // ids are the same in every language
  });
}

/** @returns {HTMLElement[]} */
const blocksOf = () => [...document.querySelectorAll(BLOCKS)].filter((block) => block instanceof HTMLElement);

/** @returns {HTMLDetailsElement[]} */
const foldsOf = () => [...document.querySelectorAll("details")].filter((fold) => !fold.matches(".strip"));

/** The block at the top of the screen, counted from the last one with an id; where it stands; what is unfolded. */
function place() {
  const blocks = blocksOf();
  const isThere = (/** @type {HTMLElement} */ block) => block.getBoundingClientRect().bottom > 20 && block.offsetParent;
  const at = scrollY > 100 ? blocks.findIndex(isThere) : -1;
  let from = at;
  while (from >= 0 && !blocks[from].id) from--;
  const open = foldsOf().map((fold) => fold.open);
  return { open, from: blocks[from]?.id, after: at - from, top: blocks[at]?.getBoundingClientRect().top };
}

/** Back to the place that the reader had when they changed the language. */
export function keepPlace() {
  const { path, open, from, after, top } = JSON.parse(recall("place") ?? "{}");
  remember("place", null);
  if (path !== location.pathname) return;
  for (const [number, fold] of foldsOf().entries()) fold.open = open[number] ?? fold.open;
  const blocks = blocksOf();
  const number = blocks.findIndex((block) => block.id === from);
  if (!from || number < 0) return;
  const block = blocks[number + after] ?? blocks[number];
  scrollBy({ top: block.getBoundingClientRect().top - top, behavior: "instant" });
}

/** @param {HTMLAnchorElement[]} links */
function go(links) {
  const wanted = [recall("language"), ...navigator.languages].flatMap((tag) => tag ?? []);
  const link = linkFor(links, wanted);
  if (link) location.replace(link.href + location.search);
}

/**
 * The link to the first wanted language that there is: its own, else one that differs in the country.
 * @template {{hreflang: string}} Link
 * @param {Link[]} links
 * @param {string[]} wanted tags
 */
export function linkFor(links, wanted) {
  for (const tag of wanted.map((one) => one.toLowerCase())) {
    const own = links.find(({ hreflang }) => hreflang.toLowerCase() === tag);
    const like = own ?? links.find(({ hreflang }) => languageOf(hreflang) === languageOf(tag));
    if (like) return like;
  }
  return undefined;
}

/** @param {string} tag */
function languageOf(tag) {
  return tag.toLowerCase().split("-")[0];
}
