import assert from "node:assert/strict";
import { test } from "node:test";
import { SaveError } from "../../static/js/offline/download.js";
import {
  bytesOf,
  confirmed,
  extentOf,
  failureOf,
  filesOf,
  isJustAsked,
  isNews,
  isResting,
  judge,
  parsePointer,
  revisionOf,
  shares,
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

const LIST = { manifest: "list.json", sha256: "list", bytes: 5 };
const PACKS = { path: "packs.json", sha256: "packs", bytes: 7 };

test("a pointer leads to the manifest of packs, and of a build without packs to the list of files", () => {
  assert.deepEqual(revisionOf({ serial: 1, ...LIST, packs: PACKS }), PACKS);
  assert.deepEqual(revisionOf({ serial: 1, ...LIST }), { path: "list.json", sha256: "list", bytes: 5 });
});

const NAMED = ["core", "core", "en", "es", "pt-BR"].map((name, number) => ({ name, id: `${name} ${number}` }));
const SHARES = [
  ["the language of the page", "es", [], ["core", "core", "es"], ["en", "pt-BR"]],
  ["what the phone had, too", "es", ["core", "pt-BR"], ["core", "core", "es", "pt-BR"], ["en"]],
  ["all that the phone had", "en", ["core", "en", "es", "pt-BR"], ["core", "core", "en", "es", "pt-BR"], []],
  ["some language, where the page has none", "", [], ["core", "core", "en"], ["es", "pt-BR"]],
  ["no language that is gone", "en", ["fr"], ["core", "core", "en"], ["es", "pt-BR"]],
];
for (const [name, tag, had, first, later] of SHARES) {
  test(`first comes ${name}`, () => {
    const found = shares({ packs: NAMED }, tag, new Set(had));

    assert.deepEqual([found.first.map((pack) => pack.name), found.later.map((pack) => pack.name)], [first, later]);
  });
}

test("a guide of one pack comes at once", () => {
  assert.deepEqual(shares({ packs: [NAMED[0]] }, "es", new Set()), { first: [NAMED[0]], later: [] });
});

/** What a worker says that answers from our revision: the packs whose names are given as gone are not whole. */
const opening = (...gone) => ({
  manifest: "ours",
  packs: NAMED.map(({ name, id }) => [name, id, !gone.includes(id)]),
});
const EXTENTS = [
  ["everything", opening(), "es", "all"],
  ["all but another language", opening("en 2"), "es", "own"],
  ["all but the language of the page", opening("es 3"), "es", "nothing"],
  ["all but a part of what is shared", opening("core 1"), "es", "nothing"],
  ["one language, on the page that has none", opening("en 2", "es 3"), "", "own"],
  ["no language, on the page that has none", opening("en 2", "es 3", "pt-BR 4"), "", "nothing"],
  ["files one by one", { manifest: "ours", packs: null }, "es", "all"],
  ["another revision", { ...opening(), manifest: "before" }, "es", "nothing"],
  ["no revision", { manifest: null, packs: null }, "es", "nothing"],
];
for (const [name, kept, tag, extent] of EXTENTS) {
  test(`a worker that opens ${name} is ${extent}`, () => assert.equal(extentOf(kept, ACTIVE, tag), extent));
}

test("without a worker, or with nothing active, nothing would open", () => {
  assert.equal(extentOf(undefined, ACTIVE, "es"), "nothing");
  assert.equal(extentOf(opening(), undefined, "es"), "nothing");
});

test("what is saved takes the place of what was", () => {
  const pointer = { serial: 12, date: "2027-05-31", ...LIST, packs: PACKS };

  assert.deepEqual(succeeding(ACTIVE, pointer, NOW), {
    serial: 12,
    date: "2027-05-31",
    manifest: "packs",
    files: "list",
    previous: "ours",
    past: 10,
    checked: NOW,
  });
  assert.equal(succeeding(undefined, pointer, NOW).previous, null);
  assert.equal(succeeding(ACTIVE, { serial: 12, ...LIST }, NOW).manifest, "list");
});

test("a pointer to what is active raises its serial, any other does not", () => {
  assert.equal(confirmed(ACTIVE, { serial: 12, sha256: "ours" }, NOW).serial, 12);
  assert.equal(confirmed(ACTIVE, { serial: 9, sha256: "ours" }, NOW).serial, 10);
  assert.equal(confirmed(ACTIVE, { serial: 12, sha256: "other" }, NOW).serial, 10);
  assert.equal(confirmed({ ...ACTIVE, manifest: "packs" }, { serial: 12, ...LIST, packs: PACKS }, NOW).serial, 12);
  assert.equal(confirmed({ ...ACTIVE, manifest: "list" }, { serial: 12, ...LIST, packs: PACKS }, NOW).serial, 10);
});

test("the same files packed in another way are no news", () => {
  assert.equal(isNews({ ...ACTIVE, files: "list" }, LIST), false);
  assert.equal(isNews({ ...ACTIVE, files: "other" }, LIST), true);
  assert.equal(isNews({ ...ACTIVE, manifest: "list" }, LIST), false, "a build without packs is its own list");
  assert.equal(isNews(ACTIVE, LIST), true);
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
  assert.equal(isJustAsked(NOW, { ...failure, tries: 3 }, NOW + 599 * SECOND), true, "three have failed");
  assert.equal(isJustAsked(NOW, { ...failure, tries: 9 }, NOW + 600 * SECOND), false);
});

test("a host that fails is asked every ten minutes at most once three tries have failed", () => {
  let failure = failureOf(new SaveError("refused", { status: 500 }), null, undefined, NOW);
  const asked = [0];
  for (let minute = 1; minute <= 180; minute++) {
    const now = NOW + minute * 60 * SECOND;
    if (isJustAsked(failure.asked, failure, now)) continue;
    failure = failureOf(new SaveError("refused", { status: 500 }), failure, undefined, now);
    asked.push(minute);
  }

  assert.deepEqual(asked.slice(0, 5), [0, 1, 2, 12, 22]);
  assert.equal(asked.length, 3 + 17);
});

test("files of the same bytes are counted once", () => {
  const entry = ["hash", 5, "text/html", "core"];
  const files = filesOf({ files: { a: entry, b: ["other", 7, "text/html", "core"], c: entry } });

  assert.equal(files.length, 2);
  assert.equal(bytesOf(files), 12);
});
