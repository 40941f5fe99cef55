import assert from "node:assert/strict";
import { test } from "node:test";
import { megabytes } from "../../static/js/offline/saved.js";
import { length } from "../../static/js/transit/position.js";
import { linkFor } from "../../static/js/ui/language.js";
import { today } from "../../static/js/ui/today.js";

const LINKS = [{ hreflang: "en" }, { hreflang: "es" }, { hreflang: "pt-BR" }];
const WISHES = [
  [["es"], "es"],
  [["es-CO", "en"], "es"],
  [["PT-br"], "pt-BR"],
  [["pt"], "pt-BR"],
  [["fr", "en-GB"], "en"],
  [["fr"], undefined],
  [[], undefined],
];
for (const [wanted, tag] of WISHES) {
  test(`who reads ${wanted.join(", ") || "nothing"} gets ${tag ?? "to choose"}`, () => {
    assert.equal(linkFor(LINKS, wanted)?.hreflang, tag);
  });
}

test("today is a day of the place, and has so many seconds left", () => {
  const evening = new Date("2027-06-01T04:59:58Z");

  assert.deepEqual(today(evening, "America/Bogota"), { date: "2027-05-31", left: 2 });
  assert.equal(today(evening, "Europe/Madrid").date, "2027-06-01");
  assert.match(today(evening, "Nowhere/Atlantis").date, /^2027-0[56]-\d\d$/);
});

test("lengths and sizes are told in the reader's language", () => {
  assert.equal(length(447, "en"), "450 m");
  assert.equal(length(1240, "es"), "1,2 km");
  assert.equal(megabytes(812_345, "en"), "0.8 MB");
});
