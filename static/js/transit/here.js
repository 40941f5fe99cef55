// A map on the whole screen, and my position on it, on a press: a dot with its accuracy, and how far it is to the place
// and to the nearest station.

import { fill, find } from "../dom.js";
import { between, load, METRES_A_DEGREE } from "./network.js";
import { length, locate } from "./position.js";

/** @param {HTMLElement} element a map with its button and its line of words */
export async function start(element) {
  openWhole(element, find(element, "[data-close]", HTMLButtonElement));
  const network = await load(element.dataset.network).catch(() => undefined);
  if (!network) return;
  const button = find(element, "button", HTMLButtonElement);
  const state = find(element, "[role=status]");
  const mark = new Mark(find(element, "svg.map", SVGElement), button.dataset.you ?? "");
  const usual = button.textContent;
  /** @type {(() => void) | undefined} */
  let stop;
  button.addEventListener("click", () => {
    if (stop) {
      stop();
      stop = undefined;
      mark.hide();
      state.textContent = "";
    } else {
      stop = locate(
        state,
        network,
        (here) => {
          mark.show(here);
          state.replaceChildren(...sentences(element, state, network, here));
        },
        true,
      );
    }
    button.textContent = (stop ? button.dataset.hide : usual) ?? ""; // the word tells the state, not a colour
  });
  button.hidden = false;
}

/**
 * Lets a button show the map on the whole screen, twice as wide as that: to be moved with a finger or the arrow keys, and
 * made larger as the browser does it.
 * @param {HTMLElement} element
 * @param {HTMLButtonElement} button
 */
function openWhole(element, button) {
  const map = find(element, "svg.map", SVGElement);
  const dialog = document.createElement("dialog");
  const close = Object.assign(document.createElement("button"), { textContent: button.dataset.close });
  const frame = Object.assign(document.createElement("div"), { tabIndex: 0 });
  dialog.className = "here__whole";
  dialog.setAttribute("aria-label", find(map, "title", SVGElement).textContent ?? "");
  dialog.append(frame, close);
  element.append(dialog);
  button.addEventListener("click", () => {
    const place = document.createComment("");
    map.replaceWith(place);
    frame.append(map);
    dialog.showModal();
    frame.scroll((frame.scrollWidth - frame.clientWidth) / 2, (frame.scrollHeight - frame.clientHeight) / 2);
    dialog.addEventListener("close", () => place.replaceWith(map), { once: true });
  });
  close.addEventListener("click", () => dialog.close());
  button.hidden = false;
}

/**
 * How far it is to the place of the map, if it has one, and to the nearest station.
 * @param {HTMLElement} element
 * @param {HTMLElement} state
 * @param {import("./network.js").Network} network
 * @param {Place} here
 */
function sentences(element, state, network, here) {
  const directions = (state.dataset.directions ?? "").split("|");
  const { name, latitude, longitude } = element.dataset;
  const near = network.nearest(here);
  const target = latitude && between(here, { latitude: Number(latitude), longitude: Number(longitude) });
  /**
   * @param {string | undefined} place
   * @param {Distance} distance
   */
  const values = (place, { metres, eighth }) => ({ place, distance: length(metres), direction: directions[eighth] });
  const texts = [fill(state.dataset.nearest, values(near.name, near))];
  if (target) texts.unshift(fill(state.dataset.there, values(name, target)));
  return texts.map((text) => Object.assign(document.createElement("span"), { textContent: text }));
}

/** The mark of the reader on a map. */
class Mark {
  /**
   * @param {SVGElement} map
   * @param {string} word that stands beside it
   */
  constructor(map, word) {
    const { west, north, xScale, yScale } = map.dataset;
    this.origin = { latitude: Number(north), longitude: Number(west) };
    this.scale = { x: Number(xScale), y: Number(yScale) };
    this.mark = find(map, ".map__here", SVGElement);
    this.word = this.mark.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "text"));
    this.word.setAttribute("class", "map__you");
    this.word.textContent = word;
  }

  /** @param {GeolocationCoordinates} here */
  show({ latitude, longitude, accuracy }) {
    const x = (longitude - this.origin.longitude) * this.scale.x;
    const y = (this.origin.latitude - latitude) * this.scale.y;
    for (const circle of this.mark.querySelectorAll("circle")) {
      circle.setAttribute("cx", String(x));
      circle.setAttribute("cy", String(y));
    }
    this.word.setAttribute("x", String(x + 11));
    this.word.setAttribute("y", String(y + 4));
    const radius = (accuracy / METRES_A_DEGREE) * this.scale.y;
    find(this.mark, ".map__accuracy", SVGElement).setAttribute("r", radius.toFixed(1));
    this.mark.setAttribute("visibility", "visible");
  }

  hide() {
    this.mark.setAttribute("visibility", "hidden");
  }
}
