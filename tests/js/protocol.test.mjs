import assert from "node:assert/strict";
import { test } from "node:test";
import { SaveError } from "../../static/js/offline/download.js";
import {
  bytesOf,
  confirmed,
  failureOf,
  filesOf,
  isJustAsked,
  isResting,
  judge,
  parsePointer,
  succeeding,
} from "../../static/js/offline/protocol.js";

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const NOW = 1_700_000_000_000;
const ACTIVE = { serial: 10, manifest: "ours", previous: "before", past: 8, checked: NOW };

/** Whether a pointer is followed, and what is remembered of it. */
const judged = (pointer, seen, active = ACTIVE, now = NOW) => judge(pointer, active, seen, now);

test("a pointer of our format is read", () => {
  assert.equal(parsePointer('{"format": 1, "serial": 5}').serial, 5);
});

for (const text of [
  "<!DOCTYPE html>",
  "",
  "null",
  '{"serial": 5}',
  '{"format": 2, "serial": 5}',
  '{"format": 1, "serial": "5"}',
]) {
  test(`${text || "nothing"} is no pointer of ours`, () => {
    assert.throws(() => parsePointer(text), { reason: "portal" });
  });
}

const POINTERS = [
  ["the first one", { serial: 1, sha256: "other" }, undefined, true],
  ["a later serial", { serial: 11, sha256: "other" }, ACTIVE, true],
  ["the same serial with other content", { serial: 10, sha256: "other" }, ACTIVE, true],
  ["what is active", { serial: 11, sha256: "ours" }, ACTIVE, false],
  ["an earlier serial", { serial: 9, sha256: "other" }, ACTIVE, false],
  ["the one before, with the serial that it had", { serial: 10, sha256: "before" }, ACTIVE, false],
  ["the one before, published anew", { serial: 11, sha256: "before" }, ACTIVE, true],
];
for (const [name, pointer, active, isFollowed] of POINTERS) {
  test(`${name} is ${isFollowed ? "followed" : "not followed"}`, () => {
    assert.equal(judge(pointer, active, null, NOW).isFollowed, isFollowed);
  });
}

test("a pointer that leads back is followed when it was told for an hour", () => {
  const pointer = { serial: 9, sha256: "back" };
  const { seen } = judged(pointer, null);

  assert.deepEqual(seen, { sha256: "back", since: NOW });
  assert.deepEqual(judged(pointer, seen, ACTIVE, NOW + HOUR - 1), { isFollowed: false, seen });
  assert.deepEqual(judged(pointer, seen, ACTIVE, NOW + HOUR), { isFollowed: true, seen: null });
});

test("any other pointer in between begins the hour anew", () => {
  const seen = { sha256: "back", since: NOW - 2 * HOUR };

  assert.deepEqual(judged({ serial: 10, sha256: "ours" }, seen).seen, null);
  assert.deepEqual(judged({ serial: 9, sha256: "another" }, seen).seen, { sha256: "another", since: NOW });
});

test("a clock that was set back begins the hour anew", () => {
  assert.equal(judged({ serial: 9, sha256: "back" }, { sha256: "back", since: NOW + HOUR }).seen?.since, NOW);
});

test("what is saved takes the place of what was", () => {
  const pointer = { serial: 12, date: "2027-05-31", sha256: "new" };

  assert.deepEqual(succeeding(ACTIVE, pointer, NOW), {
    serial: 12,
    date: "2027-05-31",
    manifest: "new",
    previous: "ours",
    past: 10,
    checked: NOW,
  });
  assert.equal(succeeding(undefined, pointer, NOW).previous, null);
});

test("a pointer to what is active raises its serial, any other does not", () => {
  assert.equal(confirmed(ACTIVE, { serial: 12, sha256: "ours" }, NOW).serial, 12);
  assert.equal(confirmed(ACTIVE, { serial: 9, sha256: "ours" }, NOW).serial, 10);
  assert.equal(confirmed(ACTIVE, { serial: 12, sha256: "other" }, NOW).serial, 10);
});

test("failures of one revision are counted, and each rests four times as long as the one before", () => {
  const pauses = [];
  let failure = null;
  for (let round = 0; round < 12; round++) {
    failure = failureOf(new SaveError("refused", { status: 500 }), failure, "new", NOW);
    let pause = 0;
    while (isResting(failure, NOW + pause * SECOND)) pause += 15;
    pauses.push(pause);
  }

  assert.deepEqual(pauses, [0, 15, 60, 240, 960, 3840, 15360, ...Array(5).fill(6 * 3600)]);
  assert.equal(failureOf(new SaveError("refused"), failure, "newer still", NOW).tries, 1);
});

test("an error that tells no reason is one of storage", () => {
  assert.equal(failureOf(new TypeError(), null, undefined, NOW).reason, "unable");
});

test("the pointer is asked again after two minutes, and earlier while a failure is young", () => {
  const failure = failureOf(new SaveError("silent"), null, "new", NOW);

  assert.equal(isJustAsked(NOW, null, NOW + 119 * SECOND), true);
  assert.equal(isJustAsked(NOW, null, NOW + 120 * SECOND), false);
  assert.equal(isJustAsked(NOW, null, NOW - HOUR), false, "the clock was set back");
  assert.equal(isJustAsked(NOW, failure, NOW), false);
  assert.equal(isJustAsked(NOW, { ...failure, tries: 2 }, NOW + 14 * SECOND), true);
  assert.equal(isJustAsked(NOW, { ...failure, tries: 9 }, NOW + 120 * SECOND), false);
});

test("files of the same bytes are counted once", () => {
  const entry = ["hash", 5, "text/html", "core"];
  const files = filesOf({ files: { a: entry, b: ["other", 7, "text/html", "core"], c: entry } });

  assert.equal(files.length, 2);
  assert.equal(bytesOf(files), 12);
});
