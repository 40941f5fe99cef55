// Copies a message and prints a sheet. Without scripts the buttons stay away: text can be selected, browsers print.
// It is a plain script, no module: a host may open the kit as files, and browsers load no modules from there.
"use strict";

/** @type {NodeListOf<HTMLButtonElement>} */
const printers = document.querySelectorAll("button[data-print]");
/** @type {NodeListOf<HTMLButtonElement>} */
const copiers = document.querySelectorAll("button[data-copy]");
/** @type {HTMLElement | null} */
const said = document.querySelector("[role=status]");

for (const button of printers) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const button of copiers) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button.dataset.copy ?? ""));
}

/**
 * Copies the text of an element, or selects it where the browser can't copy by itself.
 * @param {string} id
 */
async function copy(id) {
  const element = document.getElementById(id);
  if (!element || !said) return;
  said.textContent = "";
  try {
    await navigator.clipboard.writeText(element.textContent ?? "");
    said.textContent = said.dataset.copied ?? "";
  } catch {
    getSelection()?.selectAllChildren(element);
    said.textContent = said.dataset.selected ?? "";
  }
}
