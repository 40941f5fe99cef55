// The way to a site from the station that the reader chooses. Start and ticks stay on the phone, in every language.

import { chooser } from "./chooser.js";
import { load } from "./network.js";
import { recall, remember } from "../store.js";

/** @param {HTMLElement} element the steps from the hub, and templates for all others */
export async function start(element) {
  const { site } = element.dataset;
  const network = await load(element.dataset.network).catch(() => undefined);
  if (!network) return;
  const heading = element.querySelector(".directions__from");
  const list = (way) => element.querySelector(`[data-way="${way}"]`);
  const ticks = () => [...element.querySelectorAll("ol .step__tick")];
  const memory = () => `ticks:${site}:${element.dataset.start}`;
  const part = (name, slug) => element.querySelector(`template[data-${name}="${slug}"]`)?.content.cloneNode(true) ?? "";
  const badge = (line) => part("line", line).querySelector("svg");
  const shown = { approach: last(list("there")), return: last(list("back")) };
  const lastPart = (name, slug) => part(name, slug) || shown[name].cloneNode(true);

  const usual = network.way(site, element.dataset.start)?.end;

  const show = (slug, chosen) => {
    const way = network.way(site, slug);
    if (!way) return false;
    element.dataset.start = slug;
    const [name] = network.stations.find((station) => station.slug === slug).names;
    if (chosen) heading.textContent = heading.dataset.from.replace("{station}", name); // else the page calls it an example
    for (const other of element.querySelectorAll(".directions__other")) {
      const { station } = other.dataset;
      other.hidden = station === way.end && station !== usual; // where the steps end already
    }
    element.querySelector(".directions__there").hidden = way.there.length > 0 || lastPart("approach", way.end).children.length > 0;
    list("there").replaceChildren(...way.there.map(written), lastPart("approach", way.end));
    list("back").replaceChildren(lastPart("return", way.end), ...way.back.map(written));
    const ticked = (recall(memory()) ?? "").split(" ");
    for (const [number, tick] of ticks().entries()) tick.checked = ticked.includes(String(number));
    return true;
  };

  /** A step as the page words it, with its names, its number and the stations that it passes. */
  function written(step) {
    const form = step.kind === "ride" ? `[data-form="${new Intl.PluralRules(document.documentElement.lang).select(step.count)}"]` : "";
    const copy = element.querySelector(`template[data-step="${step.kind}"]${form}`).content.cloneNode(true);
    const words = { ...step, line: part("line", step.line).querySelector("span").textContent };
    const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replace(/\{(\w+)\}/g, (whole, name) => words[name] ?? whole);
    copy.querySelector(".step__text").prepend(badge(step.line));
    const late = step.kind === "ride" && part("line", step.line).querySelector(".step__note");
    if (late) copy.querySelector("label").after(late);
    const strip = copy.querySelector(".strip");
    for (const name of step.passed ?? []) strip.querySelector("ol").append(Object.assign(document.createElement("li"), { textContent: name }));
    if (!step.passed?.length) strip?.remove();
    return copy;
  }

  element.addEventListener("change", ({ target }) => {
    if (!target.matches(".step__tick")) return;
    remember(memory(), ticks().flatMap((tick, number) => (tick.checked ? [number] : [])).join(" ") || null);
  });
  chooser(element.querySelector(".chooser"), network, badge, (slug) => {
    if (!show(slug, true)) return;
    remember("start", slug);
    heading.focus();
  });
  if (!show(recall("start"), true)) show(element.dataset.start, false);
}

/** The steps of a list that belong to no line: the last part of the way there, the first of the way back. */
function last(list) {
  const found = document.createDocumentFragment();
  found.append(...[...list.children].filter((step) => !step.querySelector(".badge")).map((step) => step.cloneNode(true)));
  return found;
}
