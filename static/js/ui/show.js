// A card on the whole screen, which stays on while somebody reads it.

import { find } from "../dom.js";

/** @param {HTMLElement} element the card, with a button that is shown now */
export function start(element) {
  const dialog = find(document, "dialog.whole", HTMLDialogElement);
  const button = find(element, "button", HTMLButtonElement);
  const open = () => show(dialog, find(element, "div"));
  button.hidden = false;
  button.addEventListener("click", open);
  const isAsked = () => location.hash === "#show" && element.closest("section")?.querySelector("#show");
  if (isAsked()) open();
  addEventListener("hashchange", () => isAsked() && open());
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {HTMLElement} card
 */
function show(dialog, card) {
  if (dialog.open) return;
  find(dialog, "div").replaceChildren(card.cloneNode(true));
  dialog.showModal();
  const lock = navigator.wakeLock?.request("screen").catch(() => undefined); // a phone may save its battery
  find(dialog, "button").addEventListener("click", () => dialog.close(), { once: true });
  dialog.addEventListener("close", async () => (await lock)?.release(), { once: true });
}
