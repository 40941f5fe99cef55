import assert from "node:assert/strict";
import { test } from "node:test";
import { normalized, otherName, search, theOnly } from "../../static/js/transit/search.js";

const STATIONS = [
  { slug: "san-antonio", names: ["San Antonio"], lines: ["a", "b"] },
  { slug: "san-javier", names: ["San Javier", "Comuna 13"], lines: ["b"] },
  { slug: "antonio-narino", names: ["Antonio Nariño"], lines: ["a"] },
  { slug: "prado", names: ["Prado"], lines: ["a"] },
  { slug: "prado-centro", names: ["Prado Centro"], lines: ["2"] },
];
const NEEDLESS = "la el de estación station";

/** The slugs of what a text finds. */
const found = (text) => search(STATIONS, text, NEEDLESS).map(({ slug }) => slug);

test("names are compared without accents, capitals and marks", () => {
  for (const text of ["NARIÑO", "narino", " Nariño. ", "nari\u006e\u0303o"]) assert.equal(normalized(text), "narino");
  assert.equal(normalized("Línea-2 (Prado)"), "linea 2 prado");
  assert.equal(normalized("ıstanbul"), "istanbul");
});

const CASES = [
  ["antonio san", ["san-antonio"], "words in any order"],
  ["antonio", ["san-antonio", "antonio-narino"], "a whole word, in the order of the lines"],
  ["anto", ["antonio-narino", "san-antonio"], "a name that begins so first"],
  ["prado", ["prado", "prado-centro"], "the very name before longer ones"],
  ["estación de prado", ["prado", "prado-centro"], "articles and the word for a station do not count"],
  ["comuna", ["san-javier"], "other names count too"],
  ["rado", ["prado", "prado-centro"], "from three letters on also within a word"],
  ["ra", [], "two letters only where a word begins"],
  ["station", [], "a needless word counts where nothing else was written"],
  ["", [], "nothing was written"],
  [" - ", [], "marks are nothing"],
  ["zoo", [], "no such station"],
];
for (const [text, slugs, why] of CASES) test(`"${text}": ${why}`, () => assert.deepEqual(found(text), slugs));

test("a text means a station where it is its whole name, or names no other", () => {
  assert.equal(theOnly(search(STATIONS, "Prado"), "Prado")?.slug, "prado");
  assert.equal(theOnly(search(STATIONS, "centro"), "centro")?.slug, "prado-centro");
  assert.equal(theOnly(search(STATIONS, "san"), "san"), undefined);
});

test("the other name is told only where it was the one that was written", () => {
  assert.equal(otherName(STATIONS[1], "comuna", NEEDLESS), "Comuna 13");
  assert.equal(otherName(STATIONS[1], "javier", NEEDLESS), undefined);
});
