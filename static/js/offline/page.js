// The page about the saved guide: counts and compares what is on the phone, checks on a press, removes on a press.

import { canSave, savedGuide } from "./session.js";
import { megabytes } from "./saved.js";
import { forgetAll, remember } from "../store.js";

/** @param {HTMLElement} element the section with what is known and the buttons */
export async function start(element) {
  const line = document.getElementById("saved");
  if (!canSave()) return;
  const guide = savedGuide(new URL(line.dataset.root, location.href));
  const find = (css) => element.querySelector(css);
  const language = line.dataset.locale;
  const number = new Intl.NumberFormat(language);
  const time = (moment, style) => new Intl.DateTimeFormat(language, style).format(moment);
  const moment = (value) => time(value, { dateStyle: "medium", timeStyle: "short" });
  const tell = (name, text) => (find(`[data-fact=${name}] dd`).textContent = text || "—"); // nothing moves when it is known

  const report = () => tellAll().catch(() => {}); // storage is broken, which the line of state says

  const tellAll = async () => {
    const found = await guide.verify();
    const count = find(".kept__count");
    const sentence = found ? count.dataset.counted : count.dataset.nothing;
    count.hidden = false;
    count.textContent = sentence
      .replace("{done}", number.format(found?.done))
      .replace("{all}", number.format(found?.all))
      .replace("{time}", time(Date.now(), { timeStyle: "short" }))
      .replace("{size}", megabytes(found?.bytes, language));
    tell("date", found?.date ? time(new Date(`${found.date}T12:00`), { dateStyle: "long" }) : "");
    tell("asked", found ? moment(found.checked) : "");
    await tellPromise();
    await tellTrouble();
    find(".kept__facts").hidden = false;
  };

  const tellPromise = async (refused) => {
    const promised = await navigator.storage?.persisted?.();
    const words = find("[data-fact=promised] dd").dataset;
    tell("promised", promised === undefined ? words.unknown : promised ? words.yes : refused ? words.refused : words.no);
    find("[data-action=keep]").hidden = promised !== false;
  };

  const tellTrouble = async () => {
    const trouble = await guide.trouble();
    const words = find("[data-fact=trouble] dd").dataset;
    const sentence = words[trouble?.reason ?? "none"];
    tell("trouble", sentence
      .replace("{time}", moment(trouble?.at))
      .replace("{status}", trouble?.status)
      .replace("{size}", megabytes(trouble?.missing, language))
      .replace("{file}", trouble?.file ?? ""));
  };

  const actions = {
    async check() {
      remember("removed", null);
      await report(); // takes damaged files away, so that saving fetches them
      line.dispatchEvent(new Event("guide:save"));
    },
    async keep() {
      navigator.storage.persist().then(() => tellPromise(true), () => tellPromise(true)); // a browser may ask the reader first
    },
    async copy() {
      const shown = find(".kept__report");
      shown.textContent = [location.href, line.innerText, find(".kept__count").innerText, find(".kept__facts").innerText, navigator.userAgent].join("\n");
      const words = find(".kept__copied");
      const copied = await navigator.clipboard?.writeText(shown.textContent).then(() => true, () => false);
      shown.hidden = Boolean(copied);
      words.textContent = copied ? words.dataset.copied : words.dataset.failed;
    },
    async remove() {
      await guide.remove();
      forgetAll();
      remember("removed", "yes");
      line.dispatchEvent(new CustomEvent("guide:tell", { detail: { name: "none" } }));
    },
    async reset() {
      await guide.remove();
      forgetAll();
      location.reload();
    },
  };
  for (const [name, act] of Object.entries(actions)) find(`[data-action=${name}]`).addEventListener("click", act);
  find(".actions").hidden = false;
  line.addEventListener("guide:state", () => line.dataset.state !== "saving" && report());
  await report();
  find(".kept__more").hidden = false;
}
