import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { hashOf } from "../../static/js/offline/download.js";
import { LzmaStream } from "../../static/js/offline/lzma.js";
import { assembled, isWhole, patched, rightFiles } from "../../static/js/offline/packs.js";

const read = (name) => JSON.parse(readFileSync(new URL(`vectors/${name}`, import.meta.url), "utf8"));
const PACKS = read("packs.json");
const CHANGES = read("differences.json");

const bytesOf = (text) => new Uint8Array(Buffer.from(text, "base64"));
const equal = (one, other) => Buffer.compare(one, other) === 0;

/** The bytes of a committed stream. */
function unpacked(text, size) {
  const stream = new LzmaStream(size);
  stream.push(bytesOf(text));
  stream.end();
  while (stream.work(32768));
  assert.equal(stream.made, size);
  return stream.out;
}

/** Files as the list has them, and their bodies. */
async function listed(files) {
  const bodies = Object.values(files).map((text) => new TextEncoder().encode(text));
  const hashes = await Promise.all(bodies.map(hashOf));
  const entries = Object.keys(files).map((path, at) => [path, [hashes[at], bodies[at].length, "text/html", "id"]]);
  return { bodies, entries };
}

for (const { name, files, pack, stream } of PACKS) {
  const bytes = unpacked(stream, pack.bytes);

  test(`${name}: every file comes out of the pack as it went in, with its whole hash`, async () => {
    const { entries } = await listed(files);
    const right = await rightFiles(pack, bytes);
    const texts = right.map(({ path, begin, end }) => [path, new TextDecoder().decode(bytes.subarray(begin, end))]);

    assert.deepEqual(texts, Object.entries(files));
    assert.deepEqual(
      right.map(({ sha256 }) => sha256),
      entries.map(([, [hash]]) => hash),
    );
    assert.equal(await isWhole(pack, bytes), true);
  });

  test(`${name}: the pack is put together from its files`, async () => {
    const { bodies, entries } = await listed(files);

    const head = entries.map(([path, [hash, length]]) => `${path}\t${length}\t${hash.slice(0, 32)}\n`).join("");

    assert.deepEqual(assembled(pack, head, bodies), bytes);
    assert.equal(assembled(pack, head, [...bodies, new Uint8Array(1)]), undefined, "files that are too long");
  });

  test(`${name}: nothing but the whole pack is whole`, async () => {
    assert.equal(await isWhole(pack, undefined), false);
    assert.equal(await isWhole(pack, bytes.subarray(0, -1)), false);
    assert.equal(await isWhole(pack, Uint8Array.from([...bytes, 0])), false);
    for (let at = 0; at < bytes.length; at += 97) {
      const damaged = bytes.slice();
      damaged[at] ^= 1;
      assert.equal(await isWhole(pack, damaged), false, `byte ${at}`);
    }
  });
}

const { files: TWO, pack: PACK, stream: STREAM } = PACKS.find(({ name }) => name === "letters of several bytes");
const BYTES = unpacked(STREAM, PACK.bytes);

test("of a pack that is cut off, the files that came whole are right", async () => {
  const names = async (/** @type {number} */ length) =>
    (await rightFiles(PACK, BYTES.subarray(0, length))).map(({ path }) => path);

  assert.deepEqual(await names(PACK.bytes), Object.keys(TWO));
  assert.deepEqual(await names(PACK.bytes - 1), ["a"]);
  assert.deepEqual(await names(PACK.head), []);
  assert.deepEqual(await names(PACK.head - 1), []);
});

test("of a pack in which a file is damaged, the others are right", async () => {
  const damaged = BYTES.slice();
  damaged[PACK.head] ^= 1;

  assert.deepEqual(
    (await rightFiles(PACK, damaged)).map(({ path }) => path),
    ["b"],
  );
});

test("nothing is right in a pack with another head", async () => {
  const damaged = BYTES.slice();
  damaged[0] ^= 1;

  assert.deepEqual(await rightFiles(PACK, damaged), []);
  assert.deepEqual(await rightFiles({ ...PACK, id: "0".repeat(32) }, BYTES), []);
});

for (const { name, former, now, bytes, stream } of CHANGES) {
  test(`${name}: the difference leads from one to the other`, () => {
    assert.deepEqual(patched(bytesOf(former), unpacked(stream, bytes)), bytesOf(now));
  });
}

test("a difference from another pack gives other bytes", () => {
  const { former, now, bytes, stream } = CHANGES.find(({ name }) => name === "a word on every page");
  const other = bytesOf(former).fill(0);

  assert.equal(equal(patched(other, unpacked(stream, bytes)), bytesOf(now)), false);
  assert.equal(equal(patched(new Uint8Array(), unpacked(stream, bytes)), bytesOf(now)), false);
});

test("a damaged difference comes to an end: it throws RangeError or gives bytes, which are others behind its numbers", () => {
  const { former, now, bytes, stream } = CHANGES.find(({ name }) => name === "more at the end");
  const difference = unpacked(stream, bytes);
  const line = difference.indexOf(10);
  const attempted = (/** @type {Uint8Array} */ attempt) => {
    try {
      return equal(patched(bytesOf(former), attempt), bytesOf(now));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return false;
    }
  };

  for (const length of [0, 1, line, line + 1, bytes - 1]) {
    assert.equal(attempted(difference.subarray(0, length)), false, `cut off after ${length} bytes`);
  }
  for (let at = 0; at < bytes; at++) {
    const damaged = difference.slice();
    damaged[at] ^= 1 << (at % 8);
    assert.ok(!attempted(damaged) || at <= line, `byte ${at}`); // a number that nothing follows may be any
  }
});
