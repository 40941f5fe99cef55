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
  button.addEventListener("click", () => copy(button));
}

/**
 * Copies the text that a button belongs to, or selects it where the browser can't copy by itself. It is told beside it.
 * @param {HTMLButtonElement} button
 */
async function copy(button) {
  const element = document.getElementById(button.dataset.copy ?? "");
  if (!element || !said) return;
  said.textContent = "";
  button.parentElement?.after(said);
  try {
    await navigator.clipboard.writeText(element.textContent ?? "");
    said.textContent = said.dataset.copied ?? "";
  } catch {
    getSelection()?.selectAllChildren(element);
    said.textContent = said.dataset.selected ?? "";
  }
}
