// Starts that are no stations: the sites, where the participants stay, and wherever the phone is. For each the way to its
// station, and back from there, as steps of their own.

import { fill, find } from "../dom.js";
import { readPage } from "../fragment.js";

/** How far people are sent on foot, in metres; beyond that they are told to take a taxi. */
const ON_FOOT = 1500;
const HERE = "here";

/**
 * The way between a place and its station.
 * @typedef {object} FirstLeg
 * @property {string} station slug
 * @property {string} name of the place
 * @property {DocumentFragment} there steps to the station
 * @property {DocumentFragment} back steps from the station to the place
 */

/** The places that a page names in its templates. */
export class Places {
  /**
   * @param {HTMLElement} element has a template for each place
   * @param {import("./network.js").Network} network
   */
  constructor(element, network) {
    this.element = element;
    this.network = network;
    /** @type {FirstLeg | undefined} */
    this.here = undefined;
    /** @type {Map<string, DocumentFragment>} */
    this.contents = new Map();
    for (const template of /** @type {NodeListOf<HTMLTemplateElement>} */ (
      element.querySelectorAll("template[data-place]")
    )) {
      this.contents.set(template.dataset.place ?? "", template.content);
    }
  }

  /**
   * The places as a chooser lists them, without the site that the way leads to.
   * @param {string} site
   * @returns {Station[]}
   */
  listed(site) {
    const others = [...this.contents].filter(([slug]) => slug !== `site:${site}`);
    return others.map(([slug, content]) => ({ slug, names: [nameIn(content)], lines: [] }));
  }

  /**
   * The way from a place to its station; undefined for a station, or where it can't be had.
   * @param {string | null} slug
   * @returns {Promise<FirstLeg | undefined>}
   */
  async firstLeg(slug) {
    if (slug === HERE) return this.here;
    const content = this.contents.get(slug ?? "");
    if (!content) return undefined;
    const own = content.querySelector("[data-station]");
    if (own instanceof HTMLElement) {
      const [there, back] = ["there", "back"].map((way) => stepsOf(find(own, `[data-way="${way}"]`)));
      return { station: own.dataset.station ?? "", name: nameIn(content), there, back };
    }
    const link = find(content, "a").getAttribute("href") ?? "";
    return this.borrowed(new URL(link, location.href).href, nameIn(content)); // a template knows no address of its own
  }

  /**
   * What is remembered of a start: the station in place of a position, which is kept nowhere.
   * @param {string} slug
   */
  kept(slug) {
    return slug === HERE ? (this.here?.station ?? null) : slug;
  }

  /**
   * What the page of another way says of its last part, there and back.
   * @param {string} address
   * @param {string} name
   * @returns {Promise<FirstLeg | undefined>}
   */
  async borrowed(address, name) {
    const page = await readPage(address).catch(() => undefined); // the network went meanwhile
    const lender = page?.querySelector(".directions");
    if (!lender) return undefined;
    const { site = "", start = "" } = /** @type {HTMLElement} */ (lender).dataset;
    const station = this.network.way(site, start)?.end;
    const [there, back] = ["back", "there"].map((way) => lender.querySelector(`[data-way="${way}"]`));
    if (!station || !there || !back) return undefined;
    for (const mark of lender.querySelectorAll(".mark")) mark.remove(); // its footnotes stand on that page
    return { station, name, there: offLine(there), back: offLine(back) };
  }

  /**
   * The way from a position to the nearest station.
   * @param {GeolocationCoordinates} position
   */
  locate(position) {
    const { slug, name: station, metres } = this.network.nearest(position);
    const values = { station, metres: Math.round(metres / 10) * 10, kilometres: Math.round(metres / 1000) };
    const [there, back] = ["there", "back"].map((way) => {
      const kind = metres > ON_FOOT ? `${way}-far` : way;
      const steps = document.importNode(
        find(this.element, `template[data-here="${kind}"]`, HTMLTemplateElement).content,
        true,
      );
      const texts = document.createTreeWalker(steps, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) texts.currentNode.nodeValue = fill(texts.currentNode.nodeValue ?? "", values);
      return steps;
    });
    const name = find(this.element, 'template[data-here="name"]', HTMLTemplateElement).content.textContent ?? "";
    this.here = { station: slug, name: name.trim(), there, back };
    return { slug: HERE, station, metres };
  }
}

/** @param {DocumentFragment} content */
const nameIn = (content) => (content.querySelector("a, b")?.textContent ?? "").trim();

/** @param {ParentNode} list */
function stepsOf(list) {
  const steps = document.createDocumentFragment();
  for (const step of list.querySelectorAll(".step")) steps.append(document.importNode(step, true));
  return steps;
}

/**
 * The steps of a list that belong to no line: the last part of the way there, the first of the way back.
 * @param {ParentNode & {children: HTMLCollection}} list
 */
export function offLine(list) {
  const steps = document.createDocumentFragment();
  for (const step of list.children) if (!step.querySelector(".badge")) steps.append(document.importNode(step, true));
  return steps;
}
