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
/** What is no text to be read in its place: elements that hold none of their own name, and others. */
const LEFT_OUT = /<(script|template|svg|nav|select)[ >][^]*?<\/\1>|<sup class="mark"[^]*?<\/sup>/g;
const HINT = /<\/h2><span>[^]*?<\/summary>/g; // what is in a folded part: it is read there
const SKIPPED = /^span class="term__note"/;
const HIDDEN = /(?:^|\s)hidden(?:\s|=|$)|data-unsearched/;
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/**
 * @param {string} html a page as the build wrote it
 * @param {string} path
 * @returns {Section[]} none of a page that says so in its `main`
 */
export function sectionsOf(html, path) {
  const main = html.slice(html.indexOf("<main"), html.lastIndexOf("</main>"));
  if (/^<main[^>]* data-unsearched/.test(main)) return [];
  const told = main.replace(LEFT_OUT, "").replace(HINT, "</h2></summary>");
  const cutter = new Cutter(path);
  let end = 0;
  for (const { 0: whole, 1: slash, 2: name, 3: more, index } of told.matchAll(TAG)) {
    cutter.text(told.slice(end, index));
    if (slash) cutter.close(name);
    else cutter.open(name, more);
    end = index + whole.length;
  }
  return cutter.sections();
}

/** Reads a page from its beginning to its end. */
class Cutter {
  /** @param {string} path */
  constructor(path) {
    this.common = { tag: path.split("/")[0], path, page: "" };
    /** @type {Section[]} */
    this.done = [];
    this.section = this.begun("");
    this.place = ""; // the last id that a link may lead to
    this.isInHead = false;
    this.skipped = ""; // the name of the element that is left out
    this.depth = 0; // of elements of that name
  }

  /**
   * @param {string} anchor
   * @returns {Section}
   */
  begun(anchor) {
    return { ...this.common, anchor, heading: "", text: "" };
  }

  /** @param {string} text */
  text(text) {
    if (this.skipped || !text) return;
    if (this.isInHead) this.section.heading += decoded(text);
    else this.section.text += decoded(text);
  }

  /**
   * @param {string} name
   * @param {string} more its attributes
   */
  open(name, more) {
    if (this.skipped) {
      if (name === this.skipped) this.depth++;
      return;
    }
    if (!VOID.test(name) && (SKIPPED.test(name + more) || HIDDEN.test(more))) {
      [this.skipped, this.depth] = [name, 1];
      return;
    }
    const [, id = ""] = /\sid="([^"]*)"/.exec(more) ?? [];
    if (id && PLACES.test(name)) this.place = id;
    if (HEADS.test(name) && (name !== "dt" || id)) this.begin(name);
    else if (BLOCKS.test(name)) this.text("\n");
  }

  /** @param {string} name of the heading */
  begin(name) {
    const { heading, text } = this.section;
    if (heading || text.trim()) this.done.push(this.section);
    this.section = this.begun(name === "h1" ? "" : this.place);
    this.isInHead = true;
  }

  /** @param {string} name */
  close(name) {
    if (this.skipped) {
      if (name === this.skipped && !--this.depth) this.skipped = "";
    } else if (this.isInHead && HEADS.test(name)) this.isInHead = false;
    else if (BLOCKS.test(name)) this.text("\n");
  }

  sections() {
    const tells = (/** @type {Section} */ { heading, text }) => heading.trim().length > 1 || text.trim(); // no mere letter
    const all = [...this.done, this.section].filter(tells);
    const page = tidy(all.find(({ anchor, heading }) => !anchor && heading)?.heading ?? "");
    return all.map((each) => ({ ...each, page, heading: tidy(each.heading), text: lines(each.text) }));
  }
}

/** @param {string} text */
const tidy = (text) => text.replace(/\s+/g, " ").trim();

/** @param {string} text */
const lines = (text) => text.split("\n").map(tidy).filter(Boolean).join("\n");

/** @param {string} text */
function decoded(text) {
  if (!text.includes("&")) return text;
  return text.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, /** @type {string} */ name) => {
    if (name[0] !== "#") return NAMED[/** @type {keyof typeof NAMED} */ (name)] ?? whole;
    const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
