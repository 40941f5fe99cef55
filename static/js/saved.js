// The line of state on every page: is the guide saved on this phone?

import { canSave, savedGuide } from "./offline.js";
import { recall } from "./store.js";

/**
 * @param {HTMLElement} element the line; its data attributes hold the sentences and the guide's root
 */
export async function start(element) {
  const line = element.querySelector(".saved__line");
  const show = ({ name, part }) => {
    const figure = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(Math.floor((part ?? 0) * 100) / 100);
    const sentence = element.dataset[name].replace("{percent}", figure);
    element.dataset.state = name;
    if (line.textContent !== sentence) line.textContent = sentence;
  };
  if (!canSave()) return show({ name: "unable" });
  const guide = savedGuide(new URL(element.dataset.root, location.href));
  guide.hear(show);
  element.addEventListener("guide:save", () => guide.save(show));
  try {
    show({ name: (await guide.active()) ? "saved" : "none" });
    if (recall("removed")) return;
    await guide.register();
    if (await guide.isDue()) await guide.save(show);
  } catch {
    show({ name: "unable" });
  }
}
