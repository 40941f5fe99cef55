// Starts the module that each element names. The page works without any of them.

import { start as choose } from "./choose.js";
import { start as directions } from "./directions.js";
import { start as here } from "./here.js";
import { start as language } from "./language.js";
import { start as offlinePage } from "./offline-page.js";
import { start as saved } from "./saved.js";
import { start as starts } from "./starts.js";
import { start as today } from "./today.js";

const modules = { choose, directions, here, language, saved, "offline-page": offlinePage, starts, today };

for (const element of document.querySelectorAll("[data-module]")) modules[element.dataset.module]?.(element);
