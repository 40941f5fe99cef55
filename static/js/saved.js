// The line of state on every page: would the guide open without a network?

import { canSave, savedGuide } from "./offline.js";
import { recall } from "./store.js";

/**
 * @param {HTMLElement} element the line; its data attributes hold the sentences and the guide's root. It saves when it
 * hears `guide:save`, shows what `guide:tell` brings, and says `guide:state` whenever it says something new.
 */
export async function start(element) {
  const line = element.querySelector(".saved__line");
  const language = element.dataset.locale;
  let behind = 0; // how many newer revisions were saved since this page was opened
  const show = ({ name, part = 0, missing = 0 }) => {
    if (name === "newer") behind++;
    const state = behind && ["newer", "saved"].includes(name) ? ["newer", "older"][Math.min(behind, 2) - 1] : name;
    const sentence = element.dataset[state]
      .replace("{percent}", new Intl.NumberFormat(language, { style: "percent" }).format(Math.floor(part * 100) / 100))
      .replace("{size}", new Intl.NumberFormat(language, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 }).format(missing / 1e6));
    element.dataset.state = state;
    if (line.textContent !== sentence) line.textContent = sentence;
    element.dispatchEvent(new Event("guide:state"));
  };
  if (!canSave()) return show({ name: isSecureContext ? "unable" : "insecure" });
  const guide = savedGuide(new URL(element.dataset.root, location.href));
  const save = () => guide.save(show).catch(() => show({ name: "unable" }));
  const saveIfDue = async () => {
    if (!recall("removed") && (await guide.isDue())) await save();
  };
  guide.hear(show);
  element.addEventListener("guide:save", save);
  element.addEventListener("guide:tell", (event) => show(event.detail));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && saveIfDue().catch(() => {}));
  try {
    show({ name: (await guide.isReady()) ? "saved" : "none" });
    await saveIfDue();
  } catch {
    show({ name: "unable" }); // storage is forbidden or broken
  }
}
