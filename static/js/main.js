// Starts the module that each element names. The page works without any of them.
// The build joins this and what it imports with `from` into the one script that a first visit downloads.

import { find } from "./dom.js";
import { start as saved } from "./offline/saved.js";
import { start as fold } from "./ui/fold.js";
import { start as showInstall } from "./ui/install.js";
import { keepPlace, start as language } from "./ui/language.js";
import { start as last } from "./ui/last.js";
import { start as sources } from "./ui/sources.js";
import { start as theme } from "./ui/theme.js";
import { start as rehearsal } from "./today/rehearsal.js";
import { start as today } from "./ui/today.js";

/** @type {Record<string, (element: HTMLElement) => void>} */
const modules = {
  install: (element) => void settled().then(() => showInstall(element)),
  language,
  last,
  rehearsal,
  saved,
  sources,
  theme,
  today,
};

/**
 * Modules that only some pages need. They are no part of what every first visit waits for before it saves.
 * @type {Record<string, () => Promise<{start: (element: HTMLElement) => void}>>}
 */
const later = {
  give: () => import("./offline/give.js"),
  directions: () => import("./transit/directions.js"),
  here: () => import("./transit/here.js"),
  now: () => import("./today/card.js"),
  "offline-page": () => import("./offline/page.js"),
  rehearse: () => import("./today/rehearse.js"),
  search: () => import("./find/search.js"),
  show: () => import("./ui/show.js"),
  starts: () => import("./transit/starts.js"),
};

// The script may come before the whole page has: then the theme is put on while the rest is still read.
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startAll);
else startAll();

function startAll() {
  fold();
  keepPlace();
  tellOfPrint();
  addEventListener("hashchange", tellOfPrint);
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-module]"))) {
    const name = element.dataset.module ?? "";
    modules[name]?.(element);
    later[name]?.().then(
      ({ start }) => start(element),
      () => {}, // left before it came
    );
  }
}

/** A code on paper opened the page. */
function tellOfPrint() {
  if (location.hash.startsWith("#printed=")) {
    import("./offline/printed.js").then(({ start }) => start(find(document, "#saved"))).catch(() => {});
  }
}

/**
 * When the line of state has come to rest: saving comes first.
 * @returns {Promise<void>}
 */
function settled() {
  const line = find(document, "#saved");
  const isSettled = () => !["none", "saving", undefined].includes(line.dataset.state);
  return new Promise((resolve) => {
    line.addEventListener("guide:state", () => isSettled() && resolve());
    if (isSettled()) resolve();
  });
}
