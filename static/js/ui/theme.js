// Readable in sunlight: black on white, larger. What was chosen is put on before the page is shown, where it can be.

import { recall, remember } from "../store.js";

const { dataset } = document.documentElement;
const chosen = recall("theme");
if (chosen) dataset.theme = chosen;

/** @param {HTMLElement} element the button that switches it on and off */
export function start(element) {
  const show = () => element.setAttribute("aria-pressed", String(dataset.theme === "sunlight"));
  element.addEventListener("click", () => {
    if (dataset.theme) delete dataset.theme;
    else dataset.theme = "sunlight";
    remember("theme", dataset.theme ?? null);
    show();
  });
  show();
  element.removeAttribute("disabled");
}
