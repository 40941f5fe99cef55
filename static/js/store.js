// What the guide remembers on this phone. Nothing of it is ever sent.

const PREFIX = `field-guide:${new URL("../../", import.meta.url).pathname}:`; // other guides may live on the same host

/**
 * @param {string} name
 * @returns {string | null}
 */
export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null; // storage may be forbidden, for example in a private window
  }
}

/**
 * @param {string} name
 * @param {string | null} value null forgets
 */
export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // nothing is lost but the convenience
  }
}

/** Forgets everything that this guide remembers. */
export function forgetAll() {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
  } catch {
    // there is nothing then
  }
}
