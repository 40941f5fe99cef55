// The sections of a page, cut out of its HTML as text: no policy of ours lets a script read HTML into elements.

/**
 * A part of a page under one heading.
 * @typedef {object} Section
 * @property {string} tag language of the page
 * @property {string} path of the page, from the guide's root
 * @property {string} anchor where it begins; nothing for the beginning of the page
 * @property {string} page title of the page
 * @property {string} heading
 * @property {string} text a line for each paragraph
 */

const TAG = /<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>/g;
const BLOCKS = /^(?:p|li|ul|ol|dl|dt|dd|div|section|article|header|h[1-6]|summary|details|tr|td|th|table|figure|br)$/;
const HEADS = /^(?:h[1-6]|dt)$/;
const PLACES = /^(?:h[1-6]|dt|li|section)$/; // what a link to a section may lead to
const VOID = /^(?:br|hr|img|input|wbr|link|meta|source|use|path|circle|rect|line)$/;
/** What is no text to be read in its place. */
const SKIPPED = /^(?:script|template|svg|nav|select|progress|button class="chooser|sup class="mark"|span class="term__note")/;
const HIDDEN = /(?:^|\s)hidden(?:\s|=|$)|data-unsearched/;
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/**
 * @param {string} html a page as the build wrote it
 * @param {string} path
 * @returns {Section[]}
 */
export function sectionsOf(html, path) {
  const main = html.slice(html.indexOf("<main"), html.lastIndexOf("</main>"));
  const common = { tag: path.split("/")[0], path };
  /** @type {Section[]} */
  const sections = [];
  let section = { ...common, anchor: "", page: "", heading: "", text: "" };
  let [place, isInHead, skipped, depth, end] = ["", false, "", 0, 0];
  const take = (/** @type {string} */ text) => {
    if (skipped) return;
    if (isInHead) section.heading += decoded(text);
    else section.text += decoded(text);
  };
  for (const { 0: whole, 1: slash, 2: name, 3: more, index } of main.matchAll(TAG)) {
    take(main.slice(end, index));
    end = index + whole.length;
    if (skipped) {
      if (name === skipped) depth += slash ? -1 : 1;
      if (!depth) skipped = "";
      continue;
    }
    if (!slash && !VOID.test(name) && (SKIPPED.test(name + more) || HIDDEN.test(more))) {
      [skipped, depth] = [name, 1];
      continue;
    }
    const id = slash ? "" : (/\sid="([^"]*)"/.exec(more)?.[1] ?? "");
    if (id && PLACES.test(name)) place = id;
    const isHead = HEADS.test(name) && (name !== "dt" || Boolean(id));
    if (isHead && !slash) {
      if (section.heading || section.text.trim()) sections.push(section);
      section = { ...common, anchor: name === "h1" ? "" : place, page: "", heading: "", text: "" };
      isInHead = true;
    } else if (slash && isInHead && HEADS.test(name)) isInHead = false;
    else if (BLOCKS.test(name)) take("\n");
  }
  sections.push(section);
  const page = sections.find(({ anchor, heading }) => !anchor && heading)?.heading ?? "";
  return sections.map((each) => ({ ...each, page: tidy(page), heading: tidy(each.heading), text: lines(each.text) }));
}

/** @param {string} text */
const tidy = (text) => text.replace(/\s+/g, " ").trim();

/** @param {string} text */
const lines = (text) => text.split("\n").map(tidy).filter(Boolean).join("\n");

/** @param {string} text */
function decoded(text) {
  return text.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, /** @type {string} */ name) => {
    if (name[0] !== "#") return NAMED[/** @type {keyof typeof NAMED} */ (name)] ?? whole;
    const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
