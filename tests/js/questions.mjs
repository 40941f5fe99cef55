// Asks the search of a built guide: reads pages and questions from a file, tells the first places of each language.

import { readFileSync } from "node:fs";
import { Finder } from "../../static/js/find/finder.js";
import { sectionsOf } from "../../static/js/find/sections.js";

const { pages, questions } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const finder = new Finder();
for (const [path, html] of pages) for (const section of sectionsOf(html, path)) finder.add(section);
const answers = questions.map((question) =>
  finder.find(question).map(({ section: { path, anchor } }) => (anchor ? `${path}#${anchor}` : path)),
);
console.log(JSON.stringify(answers));
