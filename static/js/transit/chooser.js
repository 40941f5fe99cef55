// Choosing a start: a station or place by words of its name or from the list of all, or the phone's position.

import { fill, find } from "../dom.js";
import { length, locate } from "./position.js";
import { otherName, search, theOnly } from "./search.js";

const MOST = 8;
const WAIT = 500; // ms that the whole list waits for the sites

/**
 * What a page does for its chooser.
 * @typedef {object} Page
 * @property {Station[]} places that are neither stations nor sites
 * @property {() => Promise<Station[]>} sites
 * @property {(line: string) => Node} badge draws a line's badge
 * @property {(line: string) => string} nameOf a line
 * @property {(slug: string) => void} choose is told the start
 * @property {(position: GeolocationCoordinates) => {slug: string, station: string, metres: number}} locate makes a start of
 * a position
 */

export class Chooser {
  /**
   * @param {HTMLElement} element the chooser
   * @param {import("./network.js").Network} network
   * @param {Page} page
   */
  constructor(element, network, page) {
    this.network = network;
    /** @type {Station[]} */
    this.sites = [];
    /** @type {Promise<void> | undefined} */
    this.gathering = undefined;
    this.page = page;
    this.name = find(element, ".chooser__name", HTMLInputElement);
    this.list = find(element, ".chooser__list");
    this.state = find(element, ".chooser__state");
    this.all = find(element, ".chooser__all", HTMLButtonElement);
    this.most = MOST;
    this.needless = `${this.state.dataset.needless ?? ""} ${this.state.dataset.needlessHeard ?? ""}`;
    this.name.addEventListener("input", () => {
      this.most = MOST;
      this.show();
    });
    this.name.addEventListener("focus", () => element.scrollIntoView()); // else keyboard and bar hide the list
    this.name.addEventListener("keydown", (event) => this.pressedInName(event));
    this.list.addEventListener("keydown", (event) => this.pressedInList(event));
    this.all.addEventListener("click", async () => {
      await Promise.race([this.gather(), new Promise((resolve) => setTimeout(resolve, WAIT))]);
      this.showAll();
    });
    find(element, ".chooser__near").addEventListener("click", () => this.locate());
    for (const touch of ["focusin", "pointerdown"]) element.addEventListener(touch, () => void this.gather());
    element.hidden = false;
  }

  /** The sites stand on another page, which is read for a reader who chooses. Where they come late they come last. */
  gather() {
    this.gathering ??= this.page.sites().then((sites) => {
      this.sites = sites;
      if (!sites.length) this.gathering = undefined; // the network may come back
      if (this.all.getAttribute("aria-expanded") === "true") this.list.append(...sites.map((site) => this.item(site)));
      else if (this.name.value && document.activeElement === this.name) this.show();
    });
    return this.gathering;
  }

  starts() {
    return [...this.page.places, ...this.sites];
  }

  matches() {
    return search([...this.starts(), ...this.network.stations], this.name.value, this.needless);
  }

  show() {
    const matches = this.matches();
    const { found: count, none } = this.state.dataset;
    this.list.replaceChildren(...matches.slice(0, this.most).map((station) => this.item(station)));
    if (matches.length > this.most) this.list.append(this.more(matches.length));
    this.list.hidden = !matches.length;
    this.all.setAttribute("aria-expanded", "false");
    if (matches.length)
      this.state.textContent = fill(count, { count: matches.length, shown: Math.min(this.most, matches.length) });
    else this.state.textContent = (this.name.value.trim() && none) || "";
  }

  /**
   * The way to those that are not listed yet.
   * @param {number} count of all
   */
  more(count) {
    const button = Object.assign(document.createElement("button"), { type: "button" });
    button.textContent = fill(this.state.dataset.more, { count: count - this.most });
    button.addEventListener("click", () => {
      const first = this.most;
      this.most = count;
      this.show();
      this.buttons()[first].focus();
    });
    const item = document.createElement("li");
    item.append(button);
    return item;
  }

  /** All places, then the stations line by line; or none, where they are listed. */
  showAll() {
    const isOpen = this.all.getAttribute("aria-expanded") === "true";
    this.clear();
    if (isOpen) return;
    const lines = [...new Set(this.network.lines.map(({ slug }) => slug))];
    const ofLine = (/** @type {string} */ line) => [
      this.headOf(line),
      ...this.network.along(line).map((one) => this.item(one)),
    ];
    this.list.replaceChildren(...this.starts().map((start) => this.item(start)), ...lines.flatMap(ofLine));
    this.list.hidden = false;
    this.all.setAttribute("aria-expanded", "true");
  }

  /** @param {string} line */
  headOf(line) {
    const item = Object.assign(document.createElement("li"), { className: "chooser__line" });
    item.append(this.page.badge(line), this.page.nameOf(line));
    return item;
  }

  /** @param {Station} station */
  item(station) {
    const button = document.createElement("button");
    button.type = "button";
    button.translate = false;
    button.append(...station.lines.map(this.page.badge), station.names[0]);
    const other = otherName(station, this.name.value, this.needless);
    if (other) button.append(" ", Object.assign(document.createElement("small"), { textContent: other }));
    button.addEventListener("click", () => this.take(station));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }

  /** @param {Station} station */
  take(station) {
    this.clear();
    this.page.choose(station.slug);
  }

  clear() {
    this.name.value = "";
    this.show();
  }

  /** @param {KeyboardEvent} event */
  pressedInName(event) {
    const only = theOnly(this.matches(), this.name.value);
    if (event.key === "Enter" && only) this.take(only);
    else if (event.key === "Enter" || event.key === "ArrowDown") {
      if (!this.name.value.trim() && this.list.hidden) this.showAll();
      this.move(event, 0);
    }
    if (event.key === "Escape") this.clear();
  }

  /** @param {KeyboardEvent} event */
  pressedInList(event) {
    const at = this.buttons().findIndex((button) => button === document.activeElement);
    if (event.key === "ArrowDown") this.move(event, at + 1);
    if (event.key === "Home") this.move(event, 0);
    if (event.key === "End") this.move(event, this.buttons().length - 1);
    if (event.key === "ArrowUp" && at) this.move(event, at - 1);
    else if (event.key === "ArrowUp" || event.key === "Escape") this.name.focus();
  }

  buttons() {
    return [...this.list.querySelectorAll("button")];
  }

  /**
   * The focus to one of the stations that are listed.
   * @param {KeyboardEvent} event
   * @param {number} number
   */
  move(event, number) {
    const button = this.buttons()[number];
    if (!button) return;
    event.preventDefault(); // else the page scrolls, or the button is pressed at once
    button.focus();
  }

  locate() {
    locate(this.state, this.network, (here) => {
      const { slug, station, metres } = this.page.locate(here);
      this.page.choose(slug);
      this.state.textContent = fill(this.state.dataset.near, { station, distance: length(metres) });
    });
  }
}
