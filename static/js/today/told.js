// Tells what the host changed in the plan since the reader last saw it, without a network and in the reader's language.

import { find } from "../dom.js";
import { recall, remember } from "../store.js";
import { newsOf } from "./news.js";

/** @typedef {import("./news.js").KnownStop} KnownStop */

/**
 * The stops of a plan, as they are remembered.
 * @param {Document} page
 * @returns {Record<string, KnownStop>}
 */
function knownStops(page) {
  const textOf = (/** @type {Element} */ parent, /** @type {string} */ css) =>
    (parent.querySelector(css)?.textContent ?? "").replace(/\s+/g, " ").trim();
  const stops = [...page.querySelectorAll(".plan__stop[data-stop]")].map((each) => {
    const element = /** @type {HTMLElement} */ (each);
    const day = element.closest(".plan__day");
    const stop = {
      day: `${textOf(day ?? element, "h3")}`,
      name: textOf(element, "a"),
      time: textOf(element, ".plan__time"),
      place: textOf(element, ".plan__place"),
      isCancelled: element.dataset.cancelled !== undefined,
    };
    return /** @type {[string, KnownStop]} */ ([element.dataset.stop ?? "", stop]);
  });
  return Object.fromEntries(stops);
}

/**
 * Tells what the host changed since the reader last saw the plan in this language, until somebody presses that it was read.
 * @param {HTMLElement} card
 * @param {Document} page that has the plan
 */
export function tellNews(card, page) {
  const { edition } = card.dataset;
  if (!edition) return; // the Lab of the record has no news
  const name = `plan:${document.documentElement.lang}`;
  const stops = knownStops(page);
  const keep = () => remember(name, JSON.stringify({ edition, stops }));
  const box = find(card, ".today__news");
  const news = newsOf(rememberedStops(name, edition) ?? stops, stops);
  if (!news.length) return keep();
  find(box, "ul").replaceChildren(...news.map((each) => sentenceOf(box, each)));
  find(box, "button").addEventListener("click", () => {
    keep();
    box.hidden = true;
  });
  box.hidden = false;
}

/**
 * @param {HTMLElement} box that has the sentences
 * @param {import("./news.js").News} news
 */
function sentenceOf(box, { kind, stop, was }) {
  const [current, before] = wordsOf(kind, stop, was);
  const particular = box.querySelector(`[data-news="${kind}-${current ? "new" : "gone"}"]`);
  const isUsual = Boolean(current && before) || !(particular instanceof HTMLTemplateElement);
  const sentence = isUsual ? find(box, `[data-news="${kind}"]`, HTMLTemplateElement) : particular;
  const item = document.importNode(sentence.content, true);
  for (const [slot, text] of Object.entries({ stop: stop.name, now: current, was: before })) {
    for (const each of item.querySelectorAll(`[data-slot="${slot}"]`)) each.textContent = text;
  }
  return item;
}

/**
 * What a piece of news is about: how it is now, and how it was.
 * @param {import("./news.js").News["kind"]} kind
 * @param {KnownStop} stop
 * @param {KnownStop | undefined} was
 * @returns {[string, string]}
 */
function wordsOf(kind, stop, was) {
  if (kind === "time" || kind === "place" || kind === "day") return [stop[kind], was?.[kind] ?? ""];
  return [kind === "added" ? stop.time || stop.day : "", ""];
}

/**
 * The plan that was remembered, if it is of this edition.
 * @param {string} name
 * @param {string} edition
 * @returns {Record<string, KnownStop> | undefined}
 */
function rememberedStops(name, edition) {
  try {
    const known = JSON.parse(recall(name) ?? "null");
    return known?.edition === edition ? known.stops : undefined;
  } catch {
    return undefined; // somebody else wrote there
  }
}
