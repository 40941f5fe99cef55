// The guide in one language as one file, for a phone without a network: no script in it, and nothing that it asks for.

import { fill, find } from "../dom.js";
import { readPage } from "../fragment.js";
import { guideOf, megabytes } from "./saved.js";

const LEFT_OUT = ["search", "offline"]; // pages that are nothing without scripts
/** What does nothing without a script, or says what the line under it says. */
const IDLE = "template, script, form, dialog, .chooser, .rehearse, .install, .search, img[alt='']";
const ID_LISTS = ["aria-labelledby", "aria-describedby", "aria-controls", "for", "popovertarget"];

/** @param {HTMLElement} element the part of the page that offers it */
export function start(element) {
  const [make, share] = /** @type {NodeListOf<HTMLButtonElement>} */ (element.querySelectorAll("button"));
  const state = find(element, ".give__state");
  const guide = guideOf(find(document, "#saved"));
  element.hidden = false;
  make.addEventListener("click", async () => {
    make.disabled = true;
    const tell = (/** @type {number} */ done) => (state.textContent = fill(state.dataset.making, { done }));
    try {
      const html = await new Copy(guide.root, guide.tag, element.dataset).made(tell);
      const file = new File([html], fileName(element.dataset.name ?? "", guide.tag), { type: "text/html" });
      state.textContent = fill(state.dataset.made, { size: megabytes(file.size, element.dataset.locale) });
      offer(find(element, ".actions"), share, file);
    } catch {
      state.textContent = state.dataset.failed ?? "";
    }
    make.disabled = false;
  });
}

/**
 * @param {HTMLElement} place
 * @param {HTMLButtonElement} share
 * @param {File} file
 */
function offer(place, share, file) {
  const link = find(place, "a", HTMLAnchorElement);
  if (link.download) URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  share.hidden = !navigator.canShare?.({ files: [file] });
  share.onclick = () => void navigator.share({ files: [file] }).catch(() => {}); // nobody was chosen
  place.hidden = false;
}

/**
 * @param {string} name of the edition
 * @param {string} tag
 */
function fileName(name, tag) {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "");
  return `${
    plain
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join("-") ?? "guide"
  }-${tag}.html`;
}

/** A copy of the guide in the making. */
class Copy {
  /**
   * @param {URL} root the guide's root
   * @param {string} tag of the language
   * @param {DOMStringMap} words
   */
  constructor(root, tag, words) {
    this.root = root;
    this.home = new URL(`${tag}/`, root).href;
    this.words = words;
    /** @type {Map<string, Document>} */
    this.pages = new Map(); // by address
    /** @type {Map<string, string>} */
    this.styles = new Map(); // by address: as elements
    /** @type {Map<string, string>} */
    this.pictures = new Map(); // by address: as data
  }

  /**
   * The file as text.
   * @param {(done: number) => void} tell called with the number of pages that are read
   */
  async made(tell) {
    const queue = [this.home];
    for (const address of queue) {
      const page = await readPage(address);
      this.pages.set(address, page);
      for (const link of page.links) {
        const next = this.pageOf(new URL(link.getAttribute("href") ?? "", address));
        if (next && !queue.includes(next)) queue.push(next);
      }
      await this.takeStyles(page, address);
      tell(this.pages.size);
    }
    const parts = [];
    for (const [address, page] of this.pages) parts.push(await this.part(page, address));
    return this.whole(parts);
  }

  /**
   * The page of this language that an address leads to; nothing where it is another file or site.
   * @param {URL} address
   */
  pageOf({ origin, pathname }) {
    const page = origin + pathname;
    const isPage = page.startsWith(this.home) && page.endsWith("/");
    return isPage && !LEFT_OUT.includes(this.nameOf(page)) ? page : undefined;
  }

  /**
   * The id of a page in the file.
   * @param {string} address
   */
  nameOf(address) {
    return address.slice(this.home.length, -1).replaceAll("/", "-") || "home";
  }

  /**
   * @param {Document} page
   * @param {string} address
   */
  async takeStyles(page, address) {
    for (const link of page.querySelectorAll("link[rel=stylesheet]")) {
      const { href } = new URL(link.getAttribute("href") ?? "", address);
      if (this.styles.has(href)) continue;
      const element = document.createElement("style");
      element.media = link.getAttribute("media") ?? "";
      element.textContent = await textOf(href);
      this.styles.set(href, element.outerHTML);
    }
  }

  /**
   * What a page says, with ids and links that hold in the file.
   * @param {Document} page
   * @param {string} address
   */
  async part(page, address) {
    const name = this.nameOf(address);
    const main = find(page, "main");
    for (const idle of main.querySelectorAll(IDLE)) idle.remove();
    for (const button of main.querySelectorAll("button:not([popovertarget])")) button.remove();
    for (const fold of main.querySelectorAll("details")) fold.open = true; // not every browser opens them for a link
    for (const link of main.querySelectorAll("a")) this.turn(link, address);
    for (const picture of main.querySelectorAll("img")) {
      picture.src = await this.picture(new URL(picture.getAttribute("src") ?? "", address).href);
      picture.loading = "eager";
    }
    for (const element of main.querySelectorAll("*")) rename(element, name);
    const section = document.createElement("section");
    section.id = name;
    section.append(...document.importNode(main, true).childNodes);
    section.append(linked("p", "#contents", this.words.contents ?? ""));
    return section.outerHTML;
  }

  /**
   * Lets a link lead within the file, or to another site; what leads nowhere from there becomes its words.
   * @param {HTMLAnchorElement} link
   * @param {string} address of its page
   */
  turn(link, address) {
    const target = new URL(link.getAttribute("href") ?? "", address);
    const page = this.pageOf(target);
    if (page) link.setAttribute("href", `#${this.nameOf(page)}${target.hash && `.${target.hash.slice(1)}`}`);
    else if (target.href.startsWith(this.root.href)) link.replaceWith(...link.childNodes);
  }

  /** @param {string} address */
  async picture(address) {
    if (!this.pictures.has(address)) {
      this.pictures.set(address, `data:image/svg+xml,${encodeURIComponent(await textOf(address))}`);
    }
    return this.pictures.get(address) ?? "";
  }

  /** @param {string[]} parts */
  whole(parts) {
    const { lang, dir } = document.documentElement;
    const head = document.createElement("header");
    const origin = document.createElement("p");
    const date = new Intl.DateTimeFormat(this.words.locale, { dateStyle: "long" }).format(new Date());
    const list = document.createElement("ol");
    head.id = "contents";
    head.append(Object.assign(document.createElement("h1"), { textContent: this.words.name ?? "" }));
    origin.append(fill(this.words.origin, { date }), " ");
    origin.append(Object.assign(document.createElement("a"), { href: this.home, textContent: this.home }));
    head.append(origin, Object.assign(document.createElement("h2"), { textContent: this.words.contents ?? "" }), list);
    for (const [address, page] of this.pages) {
      list.append(linked("li", `#${this.nameOf(address)}`, page.querySelector("h1")?.textContent?.trim() ?? ""));
    }
    const title = Object.assign(document.createElement("title"), { textContent: this.words.name ?? "" });
    return [
      `<!DOCTYPE html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8">`,
      `<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">`,
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`,
      title.outerHTML,
      ...this.styles.values(),
      "</head><body><main>",
      head.outerHTML,
      ...parts,
      "</main></body></html>",
    ].join("\n");
  }
}

/**
 * @param {string} tag of the element around the link
 * @param {string} href
 * @param {string} text
 */
function linked(tag, href, text) {
  const element = document.createElement(tag);
  element.append(Object.assign(document.createElement("a"), { href, textContent: text }));
  element.querySelector("a")?.setAttribute("href", href);
  return element;
}

/**
 * Gives an element of a page, and all that it names on its page, ids of their own in the file.
 * @param {Element} element
 * @param {string} name of the page
 */
function rename(element, name) {
  if (element.id) element.id = `${name}.${element.id}`;
  for (const list of ID_LISTS) {
    const ids = element.getAttribute(list);
    if (ids)
      element.setAttribute(
        list,
        ids.replace(/\S+/g, (id) => `${name}.${id}`),
      );
  }
  if (!(element instanceof SVGElement)) return;
  for (const { name: attribute, value } of [...element.attributes]) {
    if (value.startsWith("url(#")) element.setAttribute(attribute, value.replace("#", `#${name}.`));
  }
}

/**
 * @param {string} address
 * @returns {Promise<string>} rejects where it can't be had
 */
async function textOf(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(address);
  return answer.text();
}
