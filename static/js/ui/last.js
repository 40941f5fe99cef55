// Where the reader was last: a day or a site says so, and the home page leads back there.

import { recall, remember } from "../store.js";

/** @param {HTMLElement} element the main part of a page, with `data-here`; or the line of the home page */
export function start(element) {
  const { here } = element.dataset;
  if (here) return remember("last", here);
  const last = recall("last");
  const link = last && [...document.querySelectorAll("main h3 a")].find((one) => one.pathname.endsWith(last));
  if (!link) return;
  lead(element, element.dataset.words, link);
}

/** Makes the line lead where a link of the page does, with words before it. */
export function lead(element, words, link) {
  element.querySelector("span").textContent = words;
  element.querySelector("a").replaceWith(link.cloneNode(true));
}
