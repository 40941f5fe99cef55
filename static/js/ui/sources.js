// A source mark opens what the statement rests on in place, at the foot of the screen, so that nobody loses their line.

import { readPage } from "../fragment.js";

/**
 * Without popovers a mark leads to its note in the list of sources.
 * @param {HTMLElement} element the list
 */
export function start(element) {
  if (!("popover" in HTMLElement.prototype)) return;
  const sheet = document.createElement("div");
  Object.assign(sheet, { className: "sheet", popover: "auto", tabIndex: -1 });
  sheet.setAttribute("role", "note");
  sheet.setAttribute("aria-labelledby", "sources");
  element.parentElement?.append(sheet);
  document.addEventListener("click", (event) => {
    const mark = event.target instanceof Element && event.target.closest(".mark a");
    const note = mark instanceof HTMLAnchorElement && document.getElementById(mark.hash.slice(1));
    if (!note || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (note.querySelectorAll("[data-entries]"));
    sheet.replaceChildren(...[...links].map(paragraph));
    sheet.showPopover();
    sheet.focus();
  });
}

/**
 * A line of the sheet: the link of the note until the entries that it names are read. A chapter of the record stays
 * before its items; the entry of a publisher says again what the link says.
 * @param {HTMLAnchorElement} link
 */
function paragraph(link) {
  const line = document.createElement("p");
  line.append(link.cloneNode(true));
  entries(link).then(
    (read) => line.replaceChildren(...(link.translate ? [link.cloneNode(true)] : []), ...read),
    () => {}, // the link stays where they can't be had
  );
  return line;
}

/**
 * What the list of sources says in the entries that a link names, without where else they are told.
 * @param {HTMLAnchorElement} link
 */
async function entries(link) {
  const list = await readPage(link.href.split("#")[0]);
  return (link.dataset.entries ?? "").split(",").map((slug) => {
    const nodes = [...(list.getElementById(slug)?.childNodes ?? [])].filter((node) => node.nodeName !== "SMALL");
    const entry = document.createElement("span");
    entry.className = "sheet__entry";
    entry.append(...nodes.map((node) => document.importNode(node, true)));
    return entry;
  });
}
