// A source mark opens what the statement rests on in place, at the foot of the screen, so that nobody loses their line.

/** Starts for the whole page. Without popovers a mark leads to its note in the list of sources. */
export function start() {
  const list = document.querySelector(".sources");
  if (!list || !("popover" in HTMLElement.prototype)) return;
  const sheet = list.parentElement.appendChild(document.createElement("div"));
  Object.assign(sheet, { className: "sheet", popover: "auto", tabIndex: -1 });
  sheet.setAttribute("role", "note");
  sheet.setAttribute("aria-labelledby", "sources");
  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.(".mark a");
    const note = mark && document.getElementById(mark.hash.slice(1));
    if (!note || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    sheet.replaceChildren(...[...note.querySelectorAll("[data-entries]")].map(line));
    sheet.showPopover();
    sheet.focus();
  });
}

/** A line of the sheet: the link of the note until the entries that it names are read. A chapter of the record stays
 * before its items; the entry of a publisher says again what the link says. */
function line(link) {
  const paragraph = document.createElement("p");
  paragraph.append(link.cloneNode(true));
  entries(link).then(
    (found) => paragraph.replaceChildren(...(link.translate ? [link.cloneNode(true)] : []), ...found),
    () => {}, // the link stays where they can't be had
  );
  return paragraph;
}

/** What the list of sources says in the entries that a link names, without where else they are told. */
async function entries(link) {
  const { page } = await import("../fragment.js");
  const list = await page(link.href.split("#")[0]);
  return link.dataset.entries.split(",").map((slug) => {
    const entry = document.createElement("span");
    entry.className = "sheet__entry";
    entry.append(...[...list.getElementById(slug).childNodes].filter((node) => node.nodeName !== "SMALL").map((node) => document.importNode(node, true)));
    return entry;
  });
}
