// Starts the module that each element names. The page works without any of them.

import { start as fold } from "./ui/fold.js";
import { keepPlace, start as language } from "./ui/language.js";
import { start as last } from "./ui/last.js";
import { start as saved } from "./offline/saved.js";
import { start as sources } from "./ui/sources.js";
import { start as theme } from "./ui/theme.js";
import { start as today } from "./ui/today.js";

const modules = { language, last, saved, theme, today };

/** Modules that only some pages need. */
const later = {
  directions: () => import("./transit/directions.js"),
  here: () => import("./transit/here.js"),
  install: () => settled().then(() => import("./ui/install.js")),
  "offline-page": () => import("./offline/page.js"),
  starts: () => import("./transit/starts.js"),
};

fold();
sources();
keepPlace();
for (const element of document.querySelectorAll("[data-module]")) {
  const name = element.dataset.module;
  if (later[name]) later[name]().then(({ start }) => start(element), () => {}); // left before it came
  else modules[name]?.(element);
}

/** When the line of state has come to rest: saving comes first. */
function settled() {
  const line = document.getElementById("saved");
  const isSettled = () => !["none", "saving", undefined].includes(line.dataset.state);
  return new Promise((resolve) => {
    line.addEventListener("guide:state", () => isSettled() && resolve());
    if (isSettled()) resolve();
  });
}
