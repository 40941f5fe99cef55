// Remembers the language that the reader chose. The front page goes to it, else to the first one that the browser asks
// for and the guide has.

import { recall, remember } from "./store.js";

/** @param {HTMLElement} element the language switch, or the front page's links: `data-go` tells them apart */
export function start(element) {
  const links = [...element.querySelectorAll("a[hreflang]")];
  if ("go" in element.dataset) go(links);
  element.addEventListener("click", (event) => {
    const link = links.find((one) => one.contains(event.target));
    if (!link) return;
    remember("language", link.hreflang);
    link.hash = location.hash; // keeps the heading: ids are the same in every language
  });
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
