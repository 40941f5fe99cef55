// Choosing a station: by words of its name, or by the phone's position.

import { fill, find } from "../dom.js";
import { length, locate } from "./position.js";
import { otherName, search, theOnly } from "./search.js";

const MOST = 8;

export class Chooser {
  /**
   * @param {HTMLElement} element the chooser
   * @param {import("./network.js").Network} network
   * @param {(line: string) => Node} badge draws a line's badge
   * @param {(slug: string) => void} choose is told the station
   */
  constructor(element, network, badge, choose) {
    this.network = network;
    this.badge = badge;
    this.choose = choose;
    this.name = find(element, ".chooser__name", HTMLInputElement);
    this.list = find(element, ".chooser__list");
    this.state = find(element, ".chooser__state");
    this.needless = `${this.state.dataset.needless ?? ""} ${this.state.dataset.needlessHeard ?? ""}`;
    this.name.addEventListener("input", () => this.show());
    this.name.addEventListener("focus", () => element.scrollIntoView()); // else keyboard and bar hide the list
    this.name.addEventListener("keydown", (event) => this.pressedInName(event));
    this.list.addEventListener("keydown", (event) => this.pressedInList(event));
    find(element, ".chooser__near").addEventListener("click", () => this.locate());
    element.hidden = false;
  }

  matches() {
    return search(this.network.stations, this.name.value, this.needless);
  }

  show() {
    const matches = this.matches();
    const { found: count, none } = this.state.dataset;
    this.list.replaceChildren(...matches.slice(0, MOST).map((station) => this.item(station)));
    this.list.hidden = !matches.length;
    if (matches.length)
      this.state.textContent = fill(count, { count: matches.length, shown: Math.min(MOST, matches.length) });
    else this.state.textContent = (this.name.value.trim() && none) || "";
  }

  /** @param {Station} station */
  item(station) {
    const button = document.createElement("button");
    button.type = "button";
    button.translate = false;
    button.append(...station.lines.map(this.badge), station.names[0]);
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
    this.choose(station.slug);
  }

  clear() {
    this.name.value = "";
    this.show();
  }

  /** @param {KeyboardEvent} event */
  pressedInName(event) {
    const only = theOnly(this.matches(), this.name.value);
    if (event.key === "Enter" && only) this.take(only);
    else if (event.key === "Enter" || event.key === "ArrowDown") this.move(event, 0);
    if (event.key === "Escape") this.clear();
  }

  /** @param {KeyboardEvent} event */
  pressedInList(event) {
    const at = this.buttons().findIndex((button) => button === document.activeElement);
    if (event.key === "ArrowDown") this.move(event, at + 1);
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
      const near = this.network.nearest(here);
      this.choose(near.slug);
      this.state.textContent = fill(this.state.dataset.near, { station: near.name, distance: length(near.metres) });
    });
  }
}
