// One start for all sites: under each site the lines that lead there from it, and how many stations.

import { fill, find } from "../dom.js";
import { readPage } from "../fragment.js";
import { recall, remember } from "../store.js";
import { Chooser } from "./chooser.js";
import { load } from "./network.js";
import { Places } from "./places.js";

/** @param {HTMLElement} element the chooser and the list of sites */
export async function start(element) {
  const [network] = await Promise.all([load(element.dataset.network), borrow(element)]).catch(() => []);
  if (!network) return;
  const places = new Places(element, network);
  /** @param {string} line */
  const lineOf = (line) => find(element, `template[data-line="${line}"]`, HTMLTemplateElement).content;
  /** @param {string} slug */
  const badge = (slug) => find(lineOf(slug), "svg", SVGElement).cloneNode(true);
  /** @param {string | null} slug */
  const nameOf = (slug) => network.stations.find((station) => station.slug === slug)?.names[0];
  const from = find(element, ".starts__from");

  /** @param {string} chosen */
  const show = async (chosen) => {
    const leg = await places.firstLeg(chosen);
    const slug = leg?.station ?? chosen;
    if (!nameOf(slug)) return;
    from.textContent = fill(from.dataset.from, { station: leg?.name ?? nameOf(slug) });
    for (const card of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[data-site]"))) {
      const line = find(card, ".starts__way");
      const way = network.way(card.dataset.site ?? "", slug);
      line.hidden = !way;
      if (way)
        line.replaceChildren(...badgesOf(way, badge), sentenceOf(line, way, nameOf(way.end), leg ? "via" : "at"));
    }
  };

  new Chooser(find(element, ".chooser"), network, {
    places: places.listed(),
    sites: () => places.sites(),
    badge,
    nameOf: (slug) => find(lineOf(slug), "span").textContent ?? "",
    choose: async (slug) => {
      remember("start", places.kept(slug));
      await show(slug);
    },
    locate: (position) => places.locate(position),
  });
  const asked = new URLSearchParams(location.search).get("start");
  if (asked && nameOf(asked)) remember("start", asked);
  const before = recall("start");
  if (before) await show(before);
}

/**
 * The badges of the lines of a way.
 * @param {Way} way
 * @param {(line: string) => Node} badge
 */
function badgesOf({ there }, badge) {
  return there.flatMap((step) => (step.kind === "ride" ? [badge(step.line)] : []));
}

/**
 * How many stations it is, and to which.
 * @param {HTMLElement} line holds a sentence for each plural form, and one for who is there already
 * @param {Way} way
 * @param {string | undefined} station
 * @param {"at" | "via"} none what is said where no ride is needed: the reader is at the station, or has to get there
 */
function sentenceOf(line, { there }, station, none) {
  const count = there.reduce((sum, step) => sum + (step.kind === "ride" ? step.count : 0), 0);
  const form = count ? new Intl.PluralRules(document.documentElement.lang).select(count) : none;
  return fill(line.dataset[form], { count, station });
}

/**
 * Puts what stands on the pages of ways into an element that only names one of them: the chooser of a start, the
 * sentences of steps, the names of lines.
 * @param {HTMLElement} element `data-sentences` is the address of that page
 * @returns {Promise<void>} rejects where the page can't be had
 */
async function borrow(element) {
  const page = await readPage(element.dataset.sentences ?? "");
  const lender = find(page, ".directions");
  find(element, ".chooser").replaceWith(find(lender, ".chooser"));
  element.append(...lender.querySelectorAll("template:not([data-approach], [data-return])"));
}
