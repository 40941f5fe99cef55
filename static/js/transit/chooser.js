// Choosing a station: by words of its name in any order and spelling, or by the phone's position.

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
  const needless = words(`${state.dataset.needless ?? ""} ${state.dataset.needlessHeard ?? ""}`);
  const rows = network.stations.map((station) => ({ station, keys: station.names.map(bare) }));

  /** What to look for: articles and the word for a station help nobody, but where nothing else was written. */
  const wanted = () => {
    const written = words(name.value);
    const telling = written.filter((word) => !needless.includes(word));
    return telling.length ? telling : written;
  };

  const matches = () => {
    const parts = wanted();
    const whole = bare(name.value);
    const ranks = [(key) => key === whole, (key) => ` ${key} `.includes(` ${whole} `), (key) => key.startsWith(parts.join(" ")), () => true];
    const rank = ({ keys }) => ranks.findIndex((is) => keys.some(is));
    return parts.length ? rows.filter(({ keys }) => keys.some((key) => fits(key, parts))).sort((one, other) => rank(one) - rank(other)) : [];
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
    const count = sentence(state.dataset.found, { count: found.length, shown: Math.min(MOST, found.length) });
    state.textContent = found.length ? count : name.value.trim() ? state.dataset.none : "";
  }

  function row(station) {
    const button = document.createElement("button");
    button.type = "button";
    button.translate = false;
    const parts = wanted();
    const [own, ...others] = station.names;
    const other = fits(bare(own), parts) ? undefined : others.find((one) => fits(bare(one), parts));
    button.append(...station.lines.map(badge), own);
    if (other) button.append(" ", Object.assign(document.createElement("small"), { textContent: other }));
    button.addEventListener("click", () => take(station));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }

  const buttons = () => [...list.querySelectorAll("button")];

  /** The focus to one of the stations that are listed. */
  function move(event, number) {
    const button = buttons()[number];
    if (!button) return;
    event.preventDefault(); // else the page scrolls, or the button is pressed at once
    button.focus();
  }

  name.addEventListener("input", show);
  name.addEventListener("focus", () => element.scrollIntoView()); // else keyboard and bar hide the list
  name.addEventListener("keydown", (event) => {
    const found = matches();
    const only = found.find(({ keys }) => keys.includes(bare(name.value))) ?? (found.length === 1 ? found[0] : undefined);
    if (event.key === "Enter" && only) take(only.station);
    else if (event.key === "Enter" || event.key === "ArrowDown") move(event, 0);
    if (event.key === "Escape") {
      name.value = "";
      show();
    }
  });
  list.addEventListener("keydown", (event) => {
    const at = buttons().indexOf(document.activeElement);
    if (event.key === "ArrowDown") move(event, at + 1);
    if (event.key === "ArrowUp") at ? move(event, at - 1) : name.focus();
    if (event.key === "Escape") name.focus();
  });
  element.querySelector(".chooser__near").addEventListener("click", () =>
    locate(state, network, (here) => {
      const near = network.nearest(here);
      choose(near.slug);
      state.textContent = sentence(state.dataset.near, { station: near.name, distance: length(near.metres) });
    }),
  );
  element.hidden = false;
}

/** Every word begins a word of the name, or stands within it if it is long enough to tell something. */
function fits(key, parts) {
  return parts.every((part) => ` ${key}`.includes(` ${part}`) || (part.length > 2 && key.includes(part)));
}

function words(text) {
  return bare(text).split(" ").filter(Boolean);
}

/** Without accents, capitals, hyphens and other marks, and with single spaces. */
function bare(text) {
  const plain = text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/ı/g, "i");
  return plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}
