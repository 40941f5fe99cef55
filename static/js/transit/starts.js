// One start for all sites: under each site the lines that lead there from it, and how many stations.

import { chooser } from "./chooser.js";
import { load } from "./network.js";
import { recall, remember } from "../store.js";
import { borrow } from "../fragment.js";

/** @param {HTMLElement} element the chooser and the list of sites */
export async function start(element) {
  const [network] = await Promise.all([load(element.dataset.network), borrow(element)]).catch(() => []);
  if (!network) return;
  const badge = (line) => element.querySelector(`template[data-line="${line}"]`).content.querySelector("svg").cloneNode(true);
  const nameOf = (slug) => network.stations.find((station) => station.slug === slug)?.names[0];
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const from = element.querySelector(".starts__from");

  const show = (slug) => {
    from.textContent = from.dataset.from.replace("{station}", nameOf(slug));
    for (const card of element.querySelectorAll("[data-site]")) {
      const line = card.querySelector(".starts__way");
      const way = network.way(card.dataset.site, slug);
      line.hidden = !way;
      if (!way) continue;
      const rides = way.there.filter((step) => step.kind === "ride");
      const count = rides.reduce((sum, ride) => sum + ride.count, 0);
      const text = count ? line.dataset[plural.select(count)] : line.dataset.at;
      line.replaceChildren(...rides.map((ride) => badge(ride.line)), text.replace("{count}", count).replace("{station}", nameOf(way.end)));
    }
  };

  chooser(element.querySelector(".chooser"), network, badge, (slug) => {
    remember("start", slug);
    show(slug);
  });
  const before = recall("start");
  if (nameOf(before)) show(before);
}
