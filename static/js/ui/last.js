// Where the reader was last: a day or a site says so, and the home page leads back there.

import { find } from "../dom.js";
import { recall, remember } from "../store.js";

/** @param {HTMLElement} element the main part of a page, with `data-here`; or the line of the home page */
export function start(element) {
  const { here } = element.dataset;
  if (here) return remember("last", here);
  const last = recall("last");
  if (!last) return;
  for (const link of document.querySelectorAll("main h3 a")) {
    if (link instanceof HTMLAnchorElement && link.pathname.endsWith(last))
      return lead(element, element.dataset.words, link);
  }
}

/**
 * Makes the line lead where a link of the page does, with words before it.
 * @param {Element} element
 * @param {string | undefined} words
 * @param {Element} link
 */
export function lead(element, words = "", link) {
  find(element, "span").textContent = words;
  find(element, "a").replaceWith(link.cloneNode(true));
}
