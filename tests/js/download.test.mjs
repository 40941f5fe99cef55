import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { hashOf, SaveError, unpack } from "../../static/js/offline/download.js";

const CASES = JSON.parse(readFileSync(new URL("vectors/bundles.json", import.meta.url), "utf8"));

/** A stream of bytes that come in pieces of a length. */
function streamOf(bytes, length) {
  const pieces = Array.from({ length: Math.ceil(bytes.length / length) }, (_, at) =>
    bytes.slice(at * length, (at + 1) * length),
  );
  return new ReadableStream({
    pull(control) {
      const piece = pieces.shift();
      if (piece) control.enqueue(piece);
      else control.close();
    },
  });
}

/** The files that come out of a bundle. */
async function unpacked(bytes, length) {
  const files = {};
  await unpack(streamOf(bytes, length), async (path, body) => {
    files[path] = new TextDecoder().decode(body);
  });
  return files;
}

for (const { name, files, bundle } of CASES) {
  const bytes = new Uint8Array(Buffer.from(bundle, "base64"));

  for (const length of [1, 7, 65536]) {
    test(`${name}: every file comes out as it went in, in pieces of ${length} bytes`, async () => {
      assert.deepEqual(await unpacked(bytes, length), files);
    });
  }

  test(`${name}: a bundle that ends too early is no whole one`, async () => {
    await assert.rejects(unpacked(bytes.slice(0, -1), 7), { reason: "silent" });
  });
}

test("a hash is SHA-256 in hexadecimal", async () => {
  const hash = await hashOf(new TextEncoder().encode("abc").buffer);

  assert.equal(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("an error keeps its own reason, and one without takes the reason that is given", () => {
  assert.equal(SaveError.from(new SaveError("portal"), "silent").reason, "portal");
  assert.equal(SaveError.from(new TypeError(), "silent").reason, "silent");
});
