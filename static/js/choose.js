// The front page: goes to the language chosen before, else to the first one that the browser asks for and the guide has.

import { recall } from "./store.js";

/** @param {HTMLElement} element holds a link with `data-tag` for every language */
export function start(element) {
  const links = [...element.querySelectorAll("a[data-tag]")];
  const wanted = [recall("language"), ...navigator.languages].filter(Boolean).map((tag) => tag.toLowerCase());
  const found = wanted.map((tag) => linkFor(links, tag)).find(Boolean);
  if (found) location.replace(found.href + location.search);
}

function linkFor(links, tag) {
  const exact = links.find((link) => link.dataset.tag.toLowerCase() === tag);
  return exact ?? links.find((link) => link.dataset.tag.toLowerCase().split("-")[0] === tag.split("-")[0]);
}
