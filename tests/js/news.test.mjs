// What a reader is told when the host changed the plan.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newsOf } from "../../static/js/today/news.js";

const STOP = { day: "2", name: "CEPAR", time: "14:00", place: "The gate", isCancelled: false };
const kinds = (before, after) => newsOf(before, after).map(({ kind }) => kind);

const TABLE = [
  ["nothing has changed", STOP, STOP, []],
  ["another time", STOP, { ...STOP, time: "14:30" }, ["time"]],
  ["another day and place", STOP, { ...STOP, day: "3", place: "The quay" }, ["day", "place"]],
  ["cancelled, whatever else changed", STOP, { ...STOP, isCancelled: true, time: "15:00" }, ["cancelled"]],
  ["takes place after all", { ...STOP, isCancelled: true }, STOP, ["restored"]],
  ["still cancelled", { ...STOP, isCancelled: true }, { ...STOP, isCancelled: true, time: "" }, []],
];
for (const [name, before, after, wanted] of TABLE) {
  test(`a stop: ${name}`, () => assert.deepEqual(kinds({ cepar: before }, { cepar: after }), wanted));
}

test("added and removed stops are told, those that were cancelled are not", () => {
  const lunch = { ...STOP, name: "Lunch" };

  assert.deepEqual(kinds({ cepar: STOP }, { cepar: STOP, lunch }), ["added"]);
  assert.deepEqual(kinds({ cepar: STOP, lunch }, { cepar: STOP }), ["removed"]);
  assert.deepEqual(kinds({ lunch: { ...lunch, isCancelled: true } }, {}), []);
  assert.deepEqual(kinds({}, { lunch: { ...lunch, isCancelled: true } }), []);
});

test("the time before is told beside the time now", () => {
  const [{ stop, was }] = newsOf({ cepar: STOP }, { cepar: { ...STOP, time: "14:30" } });

  assert.deepEqual([stop.time, was.time], ["14:30", "14:00"]);
});
