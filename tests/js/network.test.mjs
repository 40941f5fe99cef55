import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { between, Network } from "../../static/js/transit/network.js";

// Written by tests/vectors.py; the tests in Python name another file, with the ways of the real guide.
const path = process.env.WAYS ?? new URL("vectors/ways.json", import.meta.url);

for (const { name, data, ways } of JSON.parse(readFileSync(path, "utf8"))) {
  const network = new Network(data);

  test(`${name}: the steps from every station to every site are those that the pages print`, () => {
    for (const [site, starts] of Object.entries(ways)) {
      assert.ok(Object.keys(starts).length);
      for (const [slug, way] of Object.entries(starts))
        assert.deepEqual(network.way(site, slug), way, `${site}: ${slug}`);
    }
  });

  test(`${name}: from a station that there is not, there is no way`, () => {
    for (const site of Object.keys(ways)) {
      assert.equal(network.way(site, "nowhere"), null);
      assert.equal(network.way(site, null), null);
    }
  });

  test(`${name}: every station is nearest to itself, and has its lines`, () => {
    for (const [number, latitude, longitude] of data.platforms) {
      const { slug, lines } = network.stations[number];
      const near = network.nearest({ latitude, longitude });
      assert.deepEqual([near.slug, near.metres], [slug, 0]);
      assert.ok(lines.length);
    }
  });
}

const HERE = { latitude: 6.25, longitude: -75.57 };
const DIRECTIONS = [
  ["north", 0, 0.01, 0],
  ["north-east", 1, 0.01, 0.01],
  ["east", 2, 0, 0.01],
  ["south", 4, -0.01, 0],
  ["west", 6, 0, -0.01],
  ["north-west", 7, 0.01, -0.01],
];
for (const [name, eighth, north, east] of DIRECTIONS) {
  test(`what lies ${name} is told to lie there`, () => {
    const there = { latitude: HERE.latitude + north, longitude: HERE.longitude + east };
    assert.equal(between(HERE, there).eighth, eighth);
  });
}

test("a hundredth of a degree to the north is 1,112 m", () => {
  assert.equal(Math.round(between(HERE, { ...HERE, latitude: 6.26 }).metres), 1112);
});
