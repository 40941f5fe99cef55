// The worker of the guide, from the page's side: there or not, ours or not.

import { SaveError } from "./download.js";

/** How long a browser may take to start the worker, in ms. */
export const SETTLING = 10000;
const CLAIMING = 3000; // ms until a worker that runs has taken over a page

/** @type {ScriptPolicy | undefined} */
let policy; // one for the page: a second one of the same name is refused

/**
 * Registers the worker, under the address that it has. Trusted Types let only this one script through.
 * @param {URL} root the guide's root
 * @param {string} [address] where it is to be had anew
 */
export async function register(root, address) {
  const script = scriptOf(root);
  policy =
    policy ??
    globalThis.trustedTypes?.createPolicy("fg-sw", {
      createScriptURL(url) {
        if (bare(url) !== script) throw new TypeError(url);
        return url;
      },
    });
  const own = address ?? workerOf(await ownRegistration(root))?.scriptURL ?? script;
  await navigator.serviceWorker.register(policy?.createScriptURL(own) ?? own, { scope: root.pathname });
}

/**
 * Has the worker anew: one that was registered before there were packs can't answer from them. A host that gives all
 * files one date says of it that it is as it was, and some browsers believe it; under a new address it is read in any case.
 * @param {URL} root the guide's root
 */
export async function renew(root) {
  const anew = register(root, `${scriptOf(root)}?${Date.now()}`).catch(() => {}); // then the old one stays
  await Promise.race([anew, later(SETTLING)]);
}

/**
 * What the guide's own worker says that it can open for this page; undefined where there is none that knows packs. Waits
 * a little for a worker that is being started or has not yet taken the page over.
 * @param {URL} root the guide's root
 * @returns {Promise<Kept | undefined>} rejects with SaveError where no answer came, as when the reader leaves this page:
 * that says nothing of the worker
 */
export async function keptBy(root) {
  const registration = await settled(root);
  if (!registration?.active) return undefined;
  if (!navigator.serviceWorker.controller || isForeign(root)) {
    const taken = heard(navigator.serviceWorker, "controllerchange", CLAIMING);
    registration.active.postMessage("claim"); // a reload that goes past workers leaves the page without one
    await taken;
  }
  const asked = fetch(new URL("offline/kept", root), { headers: { "x-field-guide": "ask" } })
    .then(async (answer) => (answer.headers.has("x-field-guide") ? answer.json() : undefined))
    .catch(() => Promise.reject(new SaveError("silent")));
  return Promise.race([asked, later(SETTLING).then(() => undefined)]);
}

/**
 * The registration of our own worker, once the newest of its workers has come to rest or taken too long: one that takes
 * the guide off the phone has done so by then.
 * @param {URL} root the guide's root
 */
export async function settled(root) {
  const registration = await ownRegistration(root);
  const worker = registration?.installing ?? registration?.waiting ?? registration?.active;
  const isAtRest = () => !worker || ["activated", "redundant"].includes(worker.state);
  if (worker && !isAtRest()) await heard(worker, "statechange", SETTLING, isAtRest);
  return registration;
}

/**
 * Whether this page is in the hands of somebody else's worker.
 * @param {URL} root the guide's root
 */
export function isForeign(root) {
  const { controller } = navigator.serviceWorker;
  return controller !== null && bare(controller.scriptURL) !== scriptOf(root);
}

/**
 * Takes the worker away; that of another guide or app stays.
 * @param {URL} root the guide's root
 */
export async function unregister(root) {
  await (await ownRegistration(root))?.unregister();
}

/**
 * The registration of our own worker. The browser answers with the nearest one above us where there is none.
 * @param {URL} root
 */
async function ownRegistration(root) {
  const nearest = await navigator.serviceWorker.getRegistration(root.href);
  const script = workerOf(nearest)?.scriptURL ?? "";
  return nearest?.scope === root.href && bare(script) === scriptOf(root) ? nearest : undefined;
}

/** @param {ServiceWorkerRegistration | undefined} registration */
const workerOf = (registration) => registration?.active ?? registration?.waiting ?? registration?.installing;

/** @param {URL} root */
const scriptOf = (root) => new URL("sw.js", root).href;

/**
 * An address without its query.
 * @param {string} address
 */
const bare = (address) => address.split("?")[0];

/** @param {number} ms */
const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Waits for an event that counts, but not for ever.
 * @param {EventTarget} target
 * @param {string} event
 * @param {number} ms
 */
function heard(target, event, ms, counts = () => true) {
  const told = new Promise((resolve) => target.addEventListener(event, () => counts() && resolve(undefined)));
  return Promise.race([told, later(ms)]);
}
