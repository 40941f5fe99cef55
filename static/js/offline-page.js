// The page about the saved guide: counts what is on the phone, checks on a press, removes on a press.

import { canSave, savedGuide } from "./offline.js";
import { remember } from "./store.js";

/** @param {HTMLElement} element the section with the report and the buttons */
export async function start(element) {
  const line = document.getElementById("saved");
  if (!canSave()) return;
  const guide = savedGuide(new URL(line.dataset.root, location.href));
  const report = element.querySelector(".report");
  const count = async () => {
    const found = await guide.count();
    report.hidden = !found;
    if (!found) return;
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const size = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 });
    report.textContent = report.dataset.counted
      .replace("{done}", number.format(found.done))
      .replace("{all}", number.format(found.all))
      .replace("{size}", size.format(found.bytes / 1e6));
  };
  element.querySelector(".actions").hidden = false;
  element.querySelector("[data-action=check]").addEventListener("click", async () => {
    remember("removed", null);
    await guide.register();
    line.dispatchEvent(new Event("guide:save"));
    await count();
  });
  element.querySelector("[data-action=remove]").addEventListener("click", async () => {
    remember("removed", "yes");
    await guide.remove();
    line.dataset.state = "none";
    line.querySelector(".saved__line").textContent = line.dataset.none;
    await count();
  });
  new MutationObserver(count).observe(line, { attributeFilter: ["data-state"] });
  await count();
}
