// The way to a site from the station that the reader chooses. Start and ticks stay on the phone, in every language.

import { fill, fillTexts, find } from "../dom.js";
import { recall, remember } from "../store.js";
import { Chooser } from "./chooser.js";
import { load } from "./network.js";
import { offLine, Places } from "./places.js";

/** @param {HTMLElement} element the steps from the hub, and templates for all others */
export async function start(element) {
  const network = await load(element.dataset.network).catch(() => undefined);
  if (!network) return;
  const places = new Places(element, network);
  const directions = new Directions(element, network, places);
  new Chooser(find(element, ".chooser"), network, {
    places: places.listed(),
    sites: () => places.sites(element.dataset.site),
    badge: (line) => directions.badge(line).cloneNode(true),
    nameOf: (line) => find(directions.line(line), "span").textContent ?? "",
    choose: (slug) => directions.choose(slug),
    locate: (position) => places.locate(position),
  });
  await directions.start();
}

class Directions {
  /**
   * @param {HTMLElement} element
   * @param {import("./network.js").Network} network
   * @param {Places} places
   */
  constructor(element, network, places) {
    this.element = element;
    this.network = network;
    this.places = places;
    this.site = element.dataset.site ?? "";
    this.heading = find(element, ".directions__from");
    this.there = find(element, '[data-way="there"]');
    this.back = find(element, '[data-way="back"]');
    this.lastParts = { approach: offLine(this.there), return: offLine(this.back) };
    this.usualEnd = network.way(this.site, element.dataset.start ?? "")?.end; // where the steps of the page end
    element.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLElement && target.matches(".step__tick")) this.rememberTicks();
    });
  }

  async start() {
    if (!(await this.show(recall("start"), true))) await this.show(this.element.dataset.start ?? "", false);
  }

  /** @param {string} slug of the station or place that a reader chose */
  async choose(slug) {
    if (!(await this.show(slug, true))) return;
    remember("start", this.places.kept(slug));
    this.heading.focus();
  }

  /**
   * Shows the way from a station or a place, if there is one.
   * @param {string | null} slug
   * @param {boolean} isChosen whether by the reader: else the page calls it an example
   */
  async show(slug, isChosen) {
    const leg = await this.places.firstLeg(slug);
    const way = this.network.way(this.site, leg ? leg.station : slug);
    const station = this.network.stations.find((one) => one.slug === (leg ? leg.station : slug));
    if (!way || !station) return false;
    this.element.dataset.start = leg ? (slug ?? "") : station.slug;
    if (isChosen)
      this.heading.textContent = fill(this.heading.dataset.from, { station: leg?.name ?? station.names[0] });
    for (const other of /** @type {NodeListOf<HTMLElement>} */ (this.element.querySelectorAll(".directions__other"))) {
      const end = other.dataset.station;
      other.hidden = end === way.end && end !== this.usualEnd; // where the steps end already
    }
    const approach = this.lastPart("approach", way.end);
    find(this.element, ".directions__there").hidden =
      Boolean(leg) || way.there.length > 0 || approach.children.length > 0;
    this.write(way, approach, leg);
    return true;
  }

  /**
   * @param {Way} way
   * @param {DocumentFragment} approach the steps from its end
   * @param {import("./places.js").FirstLeg} [leg] to its beginning
   */
  write(way, approach, leg) {
    const [first, last] = leg ? [copyOf(leg.there), copyOf(leg.back)] : ["", ""];
    this.there.replaceChildren(first, ...way.there.map((step) => this.written(step)), approach);
    this.back.replaceChildren(this.lastPart("return", way.end), ...way.back.map((step) => this.written(step)), last);
    const ticked = (recall(this.ticksName()) ?? "").split(" ");
    for (const [number, tick] of this.ticks().entries()) tick.checked = ticked.includes(String(number));
  }

  /**
   * A step as the page words it, with its names, its number and the stations that it passes.
   * @param {Step} step
   */
  written(step) {
    const copy = this.wording(step);
    const line = this.line(step.line);
    const values = { ...step, line: find(line, "span").textContent ?? "" };
    fillTexts(copy, values);
    find(copy, ".step__text").prepend(this.badge(step.line));
    if (step.kind !== "ride") return copy;
    const late = line.querySelector(".step__note");
    if (late) find(copy, "label").after(late);
    const items = step.passed.map((name) => Object.assign(document.createElement("li"), { textContent: name }));
    if (items.length) find(copy, ".strip > ol").append(...items);
    else find(copy, ".strip").remove();
    return copy;
  }

  /**
   * What the page says of such a step, with placeholders.
   * @param {Step} step
   */
  wording(step) {
    if (step.kind !== "ride") return this.part(`[data-step="${step.kind}"]`);
    const form = new Intl.PluralRules(document.documentElement.lang).select(step.count);
    return this.part(`[data-step="ride"][data-form="${form}"]`);
  }

  /** @param {string} slug */
  badge(slug) {
    return find(this.line(slug), "svg", SVGElement);
  }

  /** @param {string} slug */
  line(slug) {
    return this.part(`[data-line="${slug}"]`);
  }

  /**
   * The steps that belong to no line and depend on the station alone.
   * @param {"approach" | "return"} name
   * @param {string} slug
   */
  lastPart(name, slug) {
    const selector = `[data-${name}="${slug}"]`;
    if (this.element.querySelector(`template${selector}`)) return this.part(selector);
    return copyOf(this.lastParts[name]);
  }

  /**
   * What a template of the page holds, to be changed and shown.
   * @param {string} selector
   */
  part(selector) {
    return copyOf(find(this.element, `template${selector}`, HTMLTemplateElement).content);
  }

  ticks() {
    return /** @type {HTMLInputElement[]} */ ([...this.element.querySelectorAll("ol .step__tick")]);
  }

  ticksName() {
    return `ticks:${this.site}:${this.element.dataset.start}`;
  }

  rememberTicks() {
    const ticked = this.ticks().flatMap((tick, number) => (tick.checked ? [number] : []));
    remember(this.ticksName(), ticked.join(" ") || null);
  }
}

/** @param {DocumentFragment} fragment */
function copyOf(fragment) {
  return /** @type {DocumentFragment} */ (fragment.cloneNode(true));
}
