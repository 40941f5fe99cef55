// The worker of the guide, from the page's side: there or not.

/** How long a browser may take to start the worker, in ms. */
export const SETTLING = 10_000;

let policy; // one for the page: a second one of the same name is refused

/**
 * Registers the worker. Trusted Types let only this one address through.
 * @param {URL} root the guide's root
 */
export async function register(root) {
  const address = new URL("sw.js", root).href;
  policy ??= globalThis.trustedTypes?.createPolicy("fg-sw", {
    createScriptURL(url) {
      if (url !== address) throw new TypeError(url);
      return url;
    },
  });
  await navigator.serviceWorker.register(policy?.createScriptURL(address) ?? address, { scope: root.pathname });
}

/** Whether a worker is there to answer; waits a little for one that is being started. */
export async function isServed(root) {
  const registration = await navigator.serviceWorker.getRegistration(root.href);
  const worker = registration?.installing ?? registration?.waiting;
  if (registration?.active || !worker) return Boolean(registration?.active);
  await new Promise((resolve) => {
    worker.addEventListener("statechange", () => ["activated", "redundant"].includes(worker.state) && resolve());
    setTimeout(resolve, SETTLING);
  });
  return Boolean(registration.active);
}

/** Takes the worker away; that of another guide stays. */
export async function unregister(root) {
  const registration = await navigator.serviceWorker.getRegistration(root.href);
  if (registration?.scope === root.href) await registration.unregister();
}
