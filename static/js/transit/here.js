// My position on a map, on a press: a dot with its accuracy, and how far it is to the place and to the nearest station.

import { between, load } from "./network.js";
import { length, locate, sentence } from "./position.js";

/** @param {HTMLElement} element a map with its button and its line of words */
export async function start(element) {
  const network = await load(element.dataset.network).catch(() => null);
  const button = element.querySelector("button");
  const state = element.querySelector("[role=status]");
  const map = element.querySelector("svg.map");
  const mark = map.querySelector(".map__here");
  if (!network) return;
  const directions = state.dataset.directions.split("|");
  const { name, latitude, longitude } = element.dataset;
  const you = mark.appendChild(document.createElementNS(mark.namespaceURI, "text"));
  you.setAttribute("class", "map__you");
  you.textContent = button.dataset.you;

  const show = (here) => {
    const { west, north, xScale, yScale } = map.dataset;
    for (const circle of mark.querySelectorAll("circle")) {
      circle.setAttribute("cx", (here.longitude - west) * xScale);
      circle.setAttribute("cy", (north - here.latitude) * yScale);
    }
    you.setAttribute("x", (here.longitude - west) * xScale + 11);
    you.setAttribute("y", (north - here.latitude) * yScale + 4);
    mark.querySelector(".map__accuracy").setAttribute("r", ((here.accuracy / 111195) * yScale).toFixed(1));
    mark.setAttribute("visibility", "visible");
    const near = network.nearest(here);
    const target = latitude ? between(here, { latitude, longitude }) : null;
    const words = (to, far) => ({ place: to, distance: length(far.metres), direction: directions[far.eighth] });
    state.replaceChildren(
      ...[target && sentence(state.dataset.there, words(name, target)), sentence(state.dataset.nearest, words(near.name, near))]
        .filter(Boolean)
        .map((text) => Object.assign(document.createElement("span"), { textContent: text })),
    );
  };

  const usual = button.textContent;
  let stop = null;
  button.addEventListener("click", () => {
    if (stop) {
      stop();
      stop = null;
      mark.setAttribute("visibility", "hidden");
      state.textContent = "";
    } else {
      stop = locate(state, network, show, true);
    }
    button.textContent = stop ? button.dataset.hide : usual; // the word tells the state, not a colour
  });
  button.hidden = false;
}
