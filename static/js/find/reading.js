// The pages that can be searched: those that the phone has saved, else those of the host.

import { download } from "../offline/download.js";
import { filesIn } from "../offline/packs.js";
import { parsePointer } from "../offline/protocol.js";

/** @typedef {import("../offline/storage.js").GuideStorage} GuideStorage */

/** Pages of much text that few look for: they are read last. */
export const LATE = /^[^/]+\/(?:record|sources)\//;

/**
 * The packs of languages that are saved, those of one language first; nothing where none is.
 * @param {GuideStorage} storage
 * @param {string} own
 * @returns {Promise<{revision: string, packs: Pack[]} | undefined>}
 */
export async function savedPacks(storage, own) {
  const active = await storage.active();
  const manifest = active && (await storage.manifest(active.manifest));
  if (!manifest || manifest.files) return undefined;
  const languages = Object.keys(manifest.notFound);
  const held = await storage.held();
  const packs = manifest.packs.filter(({ name, id }) => languages.includes(name) && held.has(id));
  if (!packs.some(({ name }) => name === own)) return undefined;
  return { revision: active.manifest, packs: packs.sort((one, other) => rank(one, own) - rank(other, own)) };
}

/**
 * @param {Pack} pack
 * @param {string} own
 */
const rank = ({ name }, own) => Number(name !== own);

/**
 * The pages of a saved pack: path and HTML, one by one.
 * @param {GuideStorage} storage
 * @param {Pack} pack
 * @returns {AsyncIterable<{path: string, html: string}>}
 */
export function pagesOf(storage, pack) {
  return unpacked(storage, pack);
}

/**
 * @param {GuideStorage} storage
 * @param {Pack} pack
 */
async function* unpacked(storage, pack) {
  const stored = await storage.file(pack.id);
  if (!stored) return;
  const bytes = new Uint8Array(await stored.arrayBuffer());
  const decoder = new TextDecoder();
  const pages = filesIn(pack, bytes).filter(({ path }) => path.endsWith("/"));
  pages.sort((one, other) => Number(LATE.test(one.path)) - Number(LATE.test(other.path)));
  for (const { path, begin, end } of pages) yield { path, html: decoder.decode(bytes.subarray(begin, end)) };
}

/**
 * All pages of the host, those of one language first, downloaded one by one.
 * @param {URL} root the guide's root
 * @param {string} own
 * @returns {Promise<{paths: string[], pages: AsyncIterable<{path: string, html: string}>}>} rejects where one can't be had
 */
export async function hostPages(root, own) {
  const read = async (/** @type {string} */ path) => new TextDecoder().decode(await download(root, path));
  const pointer = parsePointer(await read("offline/current.json"));
  /** @type {Listing} */
  const { files, notFound } = JSON.parse(await read(pointer.manifest));
  const isOf = (/** @type {string} */ path) => path.endsWith("/") && path.split("/")[0] in notFound;
  const isOwn = (/** @type {string} */ path) => Number(!path.startsWith(`${own}/`));
  const paths = Object.keys(files)
    .filter(isOf)
    .sort((one, other) => isOwn(one) - isOwn(other));
  async function* pages() {
    for (const path of paths) yield { path, html: await read(path) };
  }
  return { paths, pages: pages() };
}
