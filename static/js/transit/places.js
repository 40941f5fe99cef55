// Starts that are no stations: the sites, where the participants stay, and wherever the phone is. For each the way to its
// station, and back from there, as steps of their own.

import { fill, find } from "../dom.js";
import { readPage } from "../fragment.js";

/** How far people are sent on foot, in metres; beyond that they are told to take a taxi. */
const ON_FOOT = 1500;
const HERE = "here";
const SITE = "site:"; // before the slug of a site, in the slug of a start

/**
 * The way between a place and its station.
 * @typedef {object} FirstLeg
 * @property {string} station slug
 * @property {string} name of the place
 * @property {DocumentFragment} there steps to the station
 * @property {DocumentFragment} back steps from the station to the place
 */

/**
 * A site as a list of sites names it.
 * @typedef {{name: string, address: string}} Named
 */

/** The sites, and the places that a page names in its templates. */
export class Places {
  /**
   * @param {HTMLElement} element lists the sites, or says which page does in `data-sites`
   * @param {import("./network.js").Network} network
   */
  constructor(element, network) {
    this.element = element;
    this.network = network;
    /** @type {FirstLeg | undefined} */
    this.here = undefined;
    /** @type {Map<string, Named> | undefined} */
    this.known = undefined;
    /** @type {Map<string, DocumentFragment>} */
    this.contents = new Map();
    for (const template of /** @type {NodeListOf<HTMLTemplateElement>} */ (
      element.querySelectorAll("template[data-place]")
    )) {
      this.contents.set(template.dataset.place ?? "", template.content);
    }
  }

  /** The sites by their slugs; none where the page that lists them can't be had: it is asked again then. */
  async named() {
    if (this.known) return this.known;
    const address = this.element.dataset.sites;
    const page = address && (await readPage(address).catch(() => undefined));
    if (address && !page) return new Map();
    const links = /** @type {NodeListOf<HTMLElement>} */ ((page || this.element).querySelectorAll("[data-site] h3 a"));
    return (this.known = new Map([...links].map(siteOf)));
  }

  /** The places of the templates, as a chooser lists them. */
  listed() {
    return [...this.contents].map(([slug, content]) => startOf(slug, nameIn(content)));
  }

  /**
   * The sites as a chooser lists them, without the one that the way leads to.
   * @param {string} [site]
   */
  async sites(site) {
    const others = [...(await this.named())].filter(([slug]) => slug !== site);
    return others.map(([slug, { name }]) => startOf(SITE + slug, name));
  }

  /**
   * The way from a place to its station; undefined for a station, or where it can't be had.
   * @param {string | null} slug
   * @returns {Promise<FirstLeg | undefined>}
   */
  async firstLeg(slug) {
    if (slug === HERE) return this.here;
    if (slug?.startsWith(SITE)) {
      const site = (await this.named()).get(slug.slice(SITE.length));
      return site && this.borrowed(site);
    }
    const content = this.contents.get(slug ?? "");
    if (!content) return undefined;
    const own = find(content, "[data-station]");
    const [there, back] = ["there", "back"].map((way) => stepsOf(find(own, `[data-way="${way}"]`)));
    return { station: own.dataset.station ?? "", name: nameIn(content), there, back };
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
   * @param {Named} site that it leads to
   * @returns {Promise<FirstLeg | undefined>}
   */
  async borrowed({ name, address }) {
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

/**
 * A start of its own as a chooser lists it, beside the stations.
 * @param {string} slug
 * @param {string} name
 * @returns {Station}
 */
const startOf = (slug, name) => ({ slug, names: [name], lines: [] });

/** @param {DocumentFragment} content */
const nameIn = (content) => (content.querySelector("b")?.textContent ?? "").trim();

/**
 * A site by the link to its way.
 * @param {HTMLElement} link
 * @returns {[slug: string, Named]}
 */
function siteOf(link) {
  const slug = /** @type {HTMLElement} */ (link.closest("[data-site]")).dataset.site ?? "";
  const address = new URL(link.getAttribute("href") ?? "", link.ownerDocument.URL).href;
  return [slug, { name: (link.textContent ?? "").trim(), address }];
}

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
