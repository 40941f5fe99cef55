// The line of state on every page: would the guide open without a network?

import { canSave, savedGuide } from "./session.js";
import { recall } from "../store.js";

/** States by the reason of a failure; an error of the host is told by its status. */
const REASONS = { silent: "stopped", portal: "blocked" };
const STATUSES = { 401: "refused", 403: "refused", 407: "refused", 511: "blocked" };

/**
 * @param {HTMLElement} element the line; its data attributes hold the commonest sentences and the guide's root, the page
 * Saved holds them all. It saves when it hears `guide:save`, shows what `guide:tell` brings, and says `guide:state`
 * whenever it says something new.
 */
export async function start(element) {
  const line = element.querySelector(".saved__line");
  const figure = element.querySelector("progress");
  figure.setAttribute("aria-hidden", "true"); // the words beside it are read out
  element.querySelector(".saved__late").remove();
  let behind = 0; // how many newer revisions were saved since this page was opened
  let turn = 0; // of what was to be shown: only the last is

  const show = async (told) => {
    if (told.name === "newer") behind++;
    const own = ++turn;
    const state = await stateOf(told, behind);
    const sentence = await sentenceOf(element, state);
    if (own !== turn) return;
    element.dataset.state = state;
    figure.hidden = state !== "saving";
    figure.value = told.part ?? 0;
    const words = sentence.replace("{size}", megabytes(told.missing ?? 0, element.dataset.locale));
    if (line.textContent !== words) line.textContent = words;
    element.dispatchEvent(new Event("guide:state"));
  };

  if (!canSave()) return show({ name: isSecureContext ? "unable" : "insecure" });
  const guide = savedGuide(new URL(element.dataset.root, location.href));
  const save = (listen, isWanted) => guide.save(listen, isWanted).catch(() => show({ name: "unable" }));
  const saveIfDue = async () => {
    if (!recall("removed") && (await guide.isDue())) await save(show);
  };
  guide.hear(show);
  element.addEventListener("guide:save", () => save((told) => show({ ...told, isWanted: true }), true));
  element.addEventListener("guide:tell", (event) => show(event.detail));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && saveIfDue().catch(() => {}));
  try {
    await show(await guide.state());
    line.setAttribute("role", "status"); // from now on what changes is read out, not what stood there at first
    await saveIfDue();
  } catch {
    await show({ name: "unable" }); // storage is forbidden or broken
  }
}

/** The name of a state: that of its sentence. */
async function stateOf({ name, reason, status, isWanted }, behind) {
  if (name === "failed") return STATUSES[status] ?? (reason === "refused" ? "broken" : REASONS[reason] ?? reason);
  if (behind && ["newer", "saved"].includes(name)) return behind > 1 ? "older" : "newer";
  if (name !== "saved") return name;
  if (reason && isWanted) return "unchecked";
  const kind = await import("../ui/install.js").then(({ browser }) => browser(), () => undefined);
  return kind === "messenger" ? "app" : "saved";
}

/** A sentence of the line, borrowed from the page Saved where this page does not have it. */
async function sentenceOf(element, state) {
  if (state in element.dataset) return element.dataset[state];
  const address = element.querySelector(".saved__news a").href.split("#")[0];
  const { page } = await import("../fragment.js");
  const lender = await page(address).catch(() => undefined);
  return lender?.getElementById("saved")?.dataset[state] ?? element.dataset.stopped;
}

/** A size in the reader's language. */
export function megabytes(bytes, language) {
  return new Intl.NumberFormat(language, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 }).format(bytes / 1e6);
}
