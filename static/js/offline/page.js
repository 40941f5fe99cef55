// The page about the saved guide: counts and compares what is on the phone, checks on a press, removes on a press.

import { fill, find } from "../dom.js";
import { forgetAll, remember } from "../store.js";
import { guideOf, megabytes } from "./saved.js";
import { canSave } from "./session.js";

/** @param {HTMLElement} element the section with what is known and the buttons */
export async function start(element) {
  if (canSave()) await new SavedPage(element).start();
}

class SavedPage {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.line = find(document, "#saved");
    this.language = this.line.dataset.locale;
    this.guide = guideOf(this.line);
  }

  async start() {
    const actions = { check: this.check, copy: this.copy, keep: this.keep, remove: this.remove, reset: this.reset };
    for (const [name, act] of Object.entries(actions)) {
      this.find(`[data-action=${name}]`).addEventListener("click", () => act.call(this));
    }
    this.line.addEventListener("guide:state", () => {
      if (this.line.dataset.state !== "saving") this.report();
    });
    await this.report();
    this.find(".actions").hidden = false; // not before: the count stands above them
    this.find(".kept__more").hidden = false;
  }

  /** Tells what is on the phone; where storage is broken the line of state says so. */
  async report() {
    try {
      await this.count();
      await this.tellPromise();
      await this.tellFailure();
      this.find(".kept__facts").hidden = false;
    } catch {
      // what was told so far stays
    }
  }

  async count() {
    const counted = await this.guide.verify();
    const count = this.find(".kept__count");
    const number = new Intl.NumberFormat(this.language);
    count.hidden = false;
    count.textContent = fill(counted ? count.dataset.counted : count.dataset.nothing, {
      done: number.format(counted?.done ?? 0),
      all: number.format(counted?.all ?? 0),
      time: this.time(Date.now(), { timeStyle: "short" }),
      size: megabytes(counted?.bytes ?? 0, this.language),
    });
    this.tell("date", counted?.date && this.time(new Date(`${counted.date}T12:00`), { dateStyle: "long" }));
    this.tell("asked", counted && this.moment(counted.checked));
  }

  async tellPromise(isRefused = false) {
    const isPromised = await navigator.storage?.persisted?.();
    const { yes, no, refused, unknown } = this.find("[data-fact=promised] dd").dataset;
    const not = isRefused ? refused : no;
    this.tell("promised", isPromised === undefined ? unknown : isPromised ? yes : not);
    this.find("[data-action=keep]").hidden = isPromised !== false;
  }

  async tellFailure() {
    const failure = await this.guide.failure();
    const sentences = this.find("[data-fact=trouble] dd").dataset;
    const values = failure && {
      time: this.moment(failure.at),
      status: failure.status,
      size: megabytes(failure.missing ?? 0, this.language),
      file: failure.file ?? "",
    };
    this.tell("trouble", fill(sentences[failure?.reason ?? "none"], values ?? {}));
  }

  async check() {
    remember("removed", null);
    await this.report(); // takes damaged files away, so that saving fetches them
    this.line.dispatchEvent(new Event("guide:save"));
  }

  async keep() {
    await navigator.storage.persist().catch(() => false); // a browser may ask the reader first
    await this.tellPromise(true);
  }

  async copy() {
    const parts = [this.line, this.find(".kept__count"), this.find(".kept__facts")].map((part) => part.innerText);
    const report = this.find(".kept__report");
    report.textContent = [location.href, ...parts, navigator.userAgent].join("\n");
    const answer = this.find(".kept__copied");
    const isCopied = await navigator.clipboard?.writeText(report.textContent).then(
      () => true,
      () => false,
    );
    report.hidden = Boolean(isCopied);
    answer.textContent = (isCopied ? answer.dataset.copied : answer.dataset.failed) ?? "";
  }

  async remove() {
    await this.guide.remove();
    forgetAll();
    remember("removed", "yes");
    this.line.dispatchEvent(new CustomEvent("guide:tell", { detail: { name: "none" } }));
  }

  async reset() {
    await this.guide.remove();
    forgetAll();
    location.reload();
  }

  /** @param {string} selector */
  find(selector) {
    return find(this.element, selector);
  }

  /**
   * Fills in a fact; its place is kept where nothing is known, so that nothing moves.
   * @param {string} name
   * @param {string | undefined} text
   */
  tell(name, text) {
    this.find(`[data-fact=${name}] dd`).textContent = text || "—";
  }

  /** @param {number} value */
  moment(value) {
    return this.time(value, { dateStyle: "medium", timeStyle: "short" });
  }

  /**
   * @param {number | Date} moment
   * @param {Intl.DateTimeFormatOptions} style
   */
  time(moment, style) {
    return new Intl.DateTimeFormat(this.language, style).format(moment);
  }
}
