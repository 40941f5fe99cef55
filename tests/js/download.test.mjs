import assert from "node:assert/strict";
import { test } from "node:test";
import { hashOf, SaveError } from "../../static/js/offline/download.js";

test("a hash is SHA-256 in hexadecimal", async () => {
  const hash = await hashOf(new TextEncoder().encode("abc").buffer);

  assert.equal(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("an error keeps its own reason, and one without takes the reason that is given", () => {
  assert.equal(SaveError.from(new SaveError("portal"), "silent").reason, "portal");
  assert.equal(SaveError.from(new TypeError(), "silent").reason, "silent");
});
