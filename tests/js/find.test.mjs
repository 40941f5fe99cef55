// Search: cutting pages into sections, words as people write them, and what is found in every language.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Finder } from "../../static/js/find/finder.js";
import { sectionsOf } from "../../static/js/find/sections.js";
import { folded, isNear, marked, wordsOf } from "../../static/js/words.js";

const page = (body) => `<body><header><h1>Bar</h1></header><main id="main">${body}</main><footer>Foot</footer></body>`;
const finderOf = (pages) => {
  const finder = new Finder();
  for (const [path, body] of Object.entries(pages)) {
    for (const section of sectionsOf(page(body), path)) finder.add(section);
  }
  return finder;
};
const placesOf = (found) => found.map(({ section }) => `${section.path}#${section.anchor}`);

test("a page is cut at its headings, and what is no text to be read in its place is left out", () => {
  const sections = sectionsOf(
    page(
      '<h1>Tom &amp; Ann</h1><p>First<sup class="mark"><a href="#n">1</a></sup> <b>part</b>.</p><svg><text>A</text></svg>' +
        '<nav><a href="">Jump</a></nav><div hidden><p>Not <span>shown</span></p></div><p>After</p>' +
        '<h2 id="two">Two <button class="term">words</button><span class="term__note">A <b>note</b></span></h2>' +
        '<ul><li id="stop-a"><h3>Stop</h3><p>At nine</p></li></ul><dl><dt id="term-x">X</dt><dd>Means y</dd><dt>No id</dt></dl>' +
        '<template><svg><text>B</text></svg><sup class="mark">2</sup><p>Never</p></template>' +
        "<nav><svg><text>C</text></svg>Not this</nav>",
    ),
    "en/x/",
  );

  assert.deepEqual(
    sections.map(({ anchor, page: of, heading, text }) => [anchor, of, heading, text]),
    [
      ["", "Tom & Ann", "Tom & Ann", "First part.\nAfter"],
      ["two", "Tom & Ann", "Two words", ""],
      ["stop-a", "Tom & Ann", "Stop", "At nine"],
      ["term-x", "Tom & Ann", "X", "Means y\nNo id"],
    ],
  );
  assert.deepEqual(sectionsOf('<main id="main" data-unsearched><h1>Search</h1></main>', "en/search/"), []);
});

test("words are compared without accents and capitals, joined and apart", () => {
  assert.equal(folded("RECONCILIACIÓN señor"), "reconciliacion señor");
  assert.deepEqual(wordsOf("SIES-M, Víctimas’ 100 Año"), ["sies", "m", "siesm", "victimas", "100", "año"]);
  assert.deepEqual(
    marked("The outdoor Escalators go up", new Set(["escalators"])).filter(([, isHit]) => isHit),
    [["Escalators", true]],
  );
});

test("a slip is a letter too many, too few, another one or two that are swapped", () => {
  const table = [
    ["moravia", "morabia", 1, true],
    ["metrocable", "metrocabel", 1, true],
    ["escalators", "excalator", 1, false],
    ["escalators", "excalator", 2, true],
    ["casa", "mesa", 1, false],
    ["", "ab", 1, false],
  ];
  for (const [one, other, most, expected] of table) assert.equal(isNear(one, other, most), expected, `${one} ${other}`);
});

test("an ñ is found with and without its tilde, the letter that was written first", () => {
  const finder = finderOf({ "es/a/": "<h1>Uno</h1><p>Un año.</p>", "es/b/": "<h1>Dos</h1><p>Un ano.</p>" });

  assert.deepEqual(placesOf(finder.find("año")), ["es/a/#", "es/b/#"]);
  assert.deepEqual(placesOf(finder.find("ano")), ["es/b/#", "es/a/#"]);
  assert.deepEqual(placesOf(finder.find("senor")), []);
});

test("the glossary leads from a word to what it is called in another language", () => {
  const finder = finderOf({
    "en/glossary/":
      '<h1>Words</h1><dl><dt id="t">Outdoor escalators · escaleras eléctricas</dt><dd>They go up.</dd></dl>',
    "en/sites/x/": "<h1>A hill</h1><p>Six outdoor escalators climb it.</p>",
    "es/sites/x/": "<h1>Una loma</h1><p>Seis escaleras eléctricas suben.</p>",
    "en/sites/y/": "<h1>Somewhere else</h1><p>Nothing of it.</p>",
  });

  const found = placesOf(finder.find("escaleras"));

  assert.deepEqual([...found].sort(), ["en/glossary/#t", "en/sites/x/#", "es/sites/x/#"]);
});

test("what nobody wrote finds nothing, and one unknown word does not hide the others", () => {
  const finder = finderOf({
    "en/a/": "<h1>River walk</h1><p>Along the water.</p>",
    "en/b/": "<h1>Hill</h1><p>Up.</p>",
  });

  assert.deepEqual(finder.find("xyzzy"), []);
  assert.deepEqual(finder.find("  "), []);
  assert.deepEqual(placesOf(finder.find("river walk xyzzy")), ["en/a/#"]);
});
