// The line of state on every page: would the guide open without a network?

import { formatFor, localTime, written } from "../clock.js";
import { fill, find } from "../dom.js";
import { readPage } from "../fragment.js";
import { recall } from "../store.js";
import { browser } from "../ui/install.js";
import { canSave, SavedGuide } from "./session.js";

/**
 * States by the reason of a failure; some errors of the host are told by their status.
 * @type {Record<Reason, State>}
 */
const REASONS = {
  silent: "stopped",
  refused: "broken",
  portal: "blocked",
  damaged: "damaged",
  full: "full",
  unable: "unable",
  worker: "worker",
  foreign: "foreign",
};
/** @type {Record<number, State>} */
const STATUSES = { 401: "refused", 403: "refused", 407: "refused", 511: "blocked" };

/**
 * @param {HTMLElement} element the line; its data attributes hold the commonest sentences and the guide's root, the page
 * Saved holds them all. Its events are in types.d.ts.
 */
export async function start(element) {
  const show = shower(element);
  if (!canSave()) return show({ name: isSecureContext ? "unable" : "insecure" });
  const guide = guideOf(element);
  const cannot = () => show({ name: "unable" }); // storage is forbidden or broken
  /** @param {import("./session.js").Look} look */
  const saveIfDue = async (look) => {
    if (!recall("removed") && guide.isDue(look)) await guide.save(show).catch(cannot);
  };
  guide.hear(show);
  element.addEventListener("guide:save", () => {
    guide.save((report) => show({ ...report, isWanted: true }), true).catch(cannot);
  });
  element.addEventListener("guide:tell", (event) => show(event.detail));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") guide.look().then(saveIfDue, () => {});
  });
  navigator.serviceWorker.addEventListener("controllerchange", () => void guide.mendWorker().catch(() => {}));
  addEventListener("online", () => {
    guide.look().then(
      (look) => saveIfDue({ ...look, failure: undefined }),
      () => {},
    ); // what failed may have been the network
  });
  try {
    const look = await guide.look();
    await show(guide.standing(look));
    find(element, ".saved__line").setAttribute("role", "status"); // from now on what changes is read out, not what stood there
    await saveIfDue(look);
  } catch {
    await cannot();
  }
}

/**
 * The guide of a page.
 * @param {HTMLElement} element the line of state
 */
export function guideOf(element) {
  const root = new URL(element.dataset.root ?? "", location.href);
  const [tag] = location.pathname.slice(root.pathname.length).split("/");
  return new SavedGuide(root, tag || navigator.language.split("-")[0]);
}

/**
 * What shows a report in the line.
 * @param {HTMLElement} element
 * @returns {(report: SaveReport) => Promise<void>}
 */
function shower(element) {
  const line = find(element, ".saved__line");
  const figure = find(element, "progress", HTMLProgressElement);
  figure.setAttribute("aria-hidden", "true"); // the words beside it are read out
  find(element, ".saved__late").remove();
  let behind = 0; // how many newer revisions were saved since this page was opened
  let turn = 0; // of what was to be shown: only the last is

  return async (report) => {
    if (report.name === "newer") behind++;
    const own = ++turn;
    const state = stateOf(report, behind);
    const sentence = await sentenceOf(element, state);
    if (own !== turn) return;
    element.dataset.state = state;
    figure.hidden = state !== "saving" && !(state === "partly" && report.part !== undefined);
    figure.value = report.part ?? 0;
    const words = fill(sentence, {
      size: megabytes(report.missing ?? 0, element.dataset.locale),
      moment: momentIn(element.dataset, report.checked ?? Date.now()),
    });
    if (line.textContent !== words) line.textContent = words;
    element.dispatchEvent(new Event("guide:state"));
  };
}

/**
 * The state that a report is shown as.
 * @param {SaveReport} report
 * @param {number} behind
 * @returns {State}
 */
function stateOf({ name, reason, status, isWanted }, behind) {
  if (name === "failed") return failedState(reason, status);
  if (behind && (name === "newer" || name === "saved")) return behind > 1 ? "older" : "newer";
  if (name !== "saved") return name;
  if (reason && isWanted) return "unchecked";
  return browser() === "messenger" ? "app" : "saved";
}

/**
 * @param {Reason} [reason]
 * @param {number} [status]
 */
function failedState(reason = "unable", status = 0) {
  return STATUSES[status] ?? REASONS[reason];
}

/**
 * A sentence of the line, borrowed from the page Saved where this page does not have it.
 * @param {HTMLElement} element
 * @param {State} state
 */
async function sentenceOf(element, state) {
  if (state in element.dataset) return element.dataset[state];
  const [address] = find(element, ".saved__news a", HTMLAnchorElement).href.split("#");
  const lender = await readPage(address).catch(() => undefined); // the network went meanwhile
  return lender?.getElementById("saved")?.dataset[state] ?? element.dataset.stopped;
}

/**
 * The moment that the saved plan is from, on the clock of the edition; with its date where that is not today's.
 * @param {DOMStringMap} facts of the line
 * @param {number} moment in ms
 */
function momentIn({ timeZone, clock }, moment) {
  const date = (/** @type {number} */ instant) => localTime(instant, timeZone).split("T")[0];
  /** @type {Intl.DateTimeFormatOptions} */
  const day = date(moment) === date(Date.now()) ? {} : { day: "numeric", month: "short" };
  return written(formatFor(clock, { ...day, hour: "numeric", minute: "2-digit" }, timeZone), moment);
}

/**
 * A size in a language.
 * @param {number} bytes
 * @param {string | undefined} language
 */
export function megabytes(bytes, language) {
  const format = new Intl.NumberFormat(language, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 });
  return format.format(bytes / 1e6);
}
