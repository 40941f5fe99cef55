import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { hashOf } from "../../static/js/offline/download.js";
import { LzmaStream } from "../../static/js/offline/lzma.js";

const [FAR] = JSON.parse(readFileSync(new URL("vectors/streams.json", import.meta.url), "utf8"));
const STREAM = new Uint8Array(Buffer.from(FAR.stream, "base64"));

/** What comes out of a stream that arrives in pieces of a length: all its parts, and how often work was done on it. */
function unpacked(bytes, size, length, most = 32768) {
  const stream = new LzmaStream(size);
  let turns = 0;
  const work = () => {
    do turns++;
    while (stream.work(most));
  };
  for (let at = 0; at < bytes.length; at += length) {
    stream.push(bytes.slice(at, at + length));
    work();
  }
  stream.end();
  work();
  return { stream, turns };
}

/** What comes out of something that may be no stream. It must come to an end and may throw nothing but RangeError. */
function attempted(bytes, size) {
  try {
    const { made, out } = unpacked(bytes, size, 65536).stream;
    assert.ok(made <= size && out.length === size);
    return out.subarray(0, made);
  } catch (error) {
    assert.ok(error instanceof RangeError, `${error}`);
    return undefined;
  }
}

/** Numbers that look like chance and are always the same. */
function* numbers(seed) {
  for (let state = seed; ;) yield (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 8;
}

for (const length of [1, 7, 65536]) {
  test(`${FAR.name} come out as they went in, in pieces of ${length} bytes`, async () => {
    const { stream } = unpacked(STREAM, FAR.bytes, length);

    assert.equal(stream.made, FAR.bytes);
    assert.equal(await hashOf(stream.out), FAR.sha256);
  });
}

test("work ends soon after as many bytes as were asked for", () => {
  const stream = new LzmaStream(FAR.bytes);
  stream.push(STREAM);
  stream.end();

  for (let made = 0, goesOn = true; goesOn; made = stream.made) {
    goesOn = stream.work(1000);
    assert.ok(stream.made - made < 1000 + 273, "a copy is no longer than 273 bytes");
  }
  assert.equal(stream.made, FAR.bytes);
});

test("a stream of which nothing came gives nothing", () => {
  assert.equal(unpacked(new Uint8Array(), 9, 1).stream.made, 0);
});

test("of a stream that is cut off comes the right beginning", () => {
  const whole = unpacked(STREAM, FAR.bytes, 65536).stream.out;
  for (const part of [1, 4, 5, 6, 40, 1000, STREAM.length >> 1, STREAM.length - 9]) {
    const stream = new LzmaStream(FAR.bytes);
    stream.push(STREAM.slice(0, part));
    while (stream.work(32768));

    assert.deepEqual(stream.out.subarray(0, stream.made), whole.subarray(0, stream.made), `${part} bytes`);
    assert.ok(stream.made < FAR.bytes, `${part} bytes`);
    assert.ok(attempted(STREAM.slice(0, part), FAR.bytes)?.length !== FAR.bytes, `${part} bytes and the end`);
  }
});

test("a stream holds no more than it was said to", () => {
  const { out, made } = unpacked(STREAM, 1000, 65536).stream;

  assert.equal(made, 1000);
  assert.deepEqual(out, unpacked(STREAM, FAR.bytes, 65536).stream.out.subarray(0, 1000));
});

test("garbage comes to an end, and nothing is written behind it", () => {
  const chance = numbers(1);
  for (let round = 0; round < 300; round++) {
    const length = chance.next().value % 600;
    attempted(
      Uint8Array.from({ length }, () => chance.next().value),
      5000,
    );
  }
  for (const filled of [0x00, 0x55, 0xff]) attempted(new Uint8Array(3000).fill(filled), 100000);
});

test("a stream with one wrong bit comes to an end and is not what was packed", async () => {
  const chance = numbers(2);
  for (let round = 0; round < 60; round++) {
    const damaged = STREAM.slice();
    damaged[1 + (chance.next().value % (STREAM.length - 20))] ^= 1 << (chance.next().value % 8);
    const out = attempted(damaged, FAR.bytes);

    assert.notEqual(out && (await hashOf(out)), FAR.sha256);
  }
});
