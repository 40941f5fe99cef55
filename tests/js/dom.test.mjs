import assert from "node:assert/strict";
import { test } from "node:test";
import { fill } from "../../static/js/dom.js";

test("placeholders are filled, each as often as it stands there", () => {
  assert.equal(fill("{count} of {all}, {count}!", { count: 3, all: "7" }), "3 of 7, 3!");
});

test("a placeholder without a value stays, and so does everything else", () => {
  assert.equal(fill("{station}: {x y} {} $& 100 %", {}), "{station}: {x y} {} $& 100 %");
});

test("a value is put in as it is", () => {
  assert.equal(fill("{name}", { name: "$& {name} $1" }), "$& {name} $1");
});

test("a sentence that the page does not have is empty", () => {
  assert.equal(fill(undefined, { count: 1 }), "");
});
