// Choosing a station: by a part of its name, whatever its accents and capitals, or by the phone's position.

import { length, locate, sentence } from "./position.js";

const MOST = 8;

/**
 * @param {HTMLElement} element the chooser
 * @param {Awaited<ReturnType<import("./network.js").load>>} network
 * @param {(line: string) => Node} badge draws a line's badge
 * @param {(slug: string) => void} choose is told the station
 */
export function chooser(element, network, badge, choose) {
  const name = element.querySelector(".chooser__name");
  const list = element.querySelector(".chooser__list");
  const state = element.querySelector(".chooser__state");
  const rows = network.stations.map((station) => ({ station, keys: station.names.map(bare) }));

  const matches = () => {
    const wanted = bare(name.value);
    const rank = (row) => (row.keys.some((key) => key.startsWith(wanted)) ? 0 : 1);
    return wanted ? rows.filter((row) => row.keys.some((key) => key.includes(wanted))).sort((one, other) => rank(one) - rank(other)) : [];
  };

  const take = (station) => {
    name.value = "";
    show();
    choose(station.slug);
  };

  function show() {
    const found = matches();
    list.replaceChildren(...found.slice(0, MOST).map(({ station }) => row(station)));
    list.hidden = !found.length;
    state.textContent = name.value.trim() && !found.length ? state.dataset.none : "";
  }

  function row(station) {
    const button = document.createElement("button");
    button.type = "button";
    button.translate = false;
    const wanted = bare(name.value);
    const [own, ...others] = station.names;
    const other = bare(own).includes(wanted) ? undefined : others.find((one) => bare(one).includes(wanted));
    button.append(...station.lines.map(badge), own);
    if (other) button.append(" ", Object.assign(document.createElement("small"), { textContent: other }));
    button.addEventListener("click", () => take(station));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }

  name.addEventListener("input", show);
  name.addEventListener("focus", () => element.scrollIntoView()); // else keyboard and bar hide the list
  name.addEventListener("keydown", (event) => {
    const found = matches();
    const only = found.find(({ keys }) => keys.includes(bare(name.value))) ?? (found.length === 1 ? found[0] : undefined);
    if (event.key === "Enter" && only) take(only.station);
    if (event.key === "Escape") {
      name.value = "";
      show();
    }
  });
  element.querySelector(".chooser__near").addEventListener("click", () =>
    locate(state, (here) => {
      const near = network.nearest(here);
      choose(near.slug);
      state.textContent = sentence(state.dataset.near, { station: near.name, distance: length(near.metres) });
    }),
  );
  element.hidden = false;
}

function bare(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
