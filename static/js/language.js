// Remembers the language that the reader chose, for the next visit to the front page.

import { remember } from "./store.js";

/** @param {HTMLElement} element the language switch */
export function start(element) {
  element.addEventListener("click", (event) => {
    const link = event.target.closest("a[hreflang]");
    if (!link) return;
    remember("language", link.hreflang);
    link.hash = location.hash; // keeps the heading: ids are the same in every language
  });
}
