// The phone's position: asked for on a press only, told to the page, kept nowhere and sent nowhere.

import { between } from "./network.js";

const VALLEY = { latitude: 6.25, longitude: -75.57 };
const REACH = 40000;
const VAGUE = 500;
const OLD = 120000;

/** A length in the reader's language: to ten metres below a kilometre, else to a tenth of one. */
export function length(metres) {
  const [value, unit] = metres < 995 ? [Math.round(metres / 10) * 10, "meter"] : [metres / 1000, "kilometer"];
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
}

/** A sentence of the page with its placeholders filled. */
export function sentence(text, words) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => words[name] ?? whole);
}

/**
 * Asks for the position and says what is wrong with it in the words of `line`.
 * @param {HTMLElement} line holds a sentence for each thing that can go wrong
 * @param {(here: {latitude: number, longitude: number, accuracy: number}) => void} found
 * @param {boolean} follow whether to go on while the page is open
 * @returns {() => void} stops it
 */
export function locate(line, found, follow = false) {
  const say = (name, words = {}) => (line.textContent = sentence(line.dataset[name], words));
  if (!navigator.geolocation) {
    say("unavailable");
    return () => {};
  }
  say("looking");
  const good = ({ coords, timestamp }) => {
    if (between(coords, VALLEY).metres > REACH) say("outside");
    else if (coords.accuracy > VAGUE) say("inaccurate", { distance: length(coords.accuracy) });
    else if (Date.now() - timestamp > OLD) say("stale");
    else found(coords);
  };
  const bad = (error) => say(error.code === error.PERMISSION_DENIED ? "denied" : "unavailable");
  const wishes = { enableHighAccuracy: true, timeout: 20000, maximumAge: 15000 };
  if (!follow) {
    navigator.geolocation.getCurrentPosition(good, bad, wishes);
    return () => {};
  }
  const watch = navigator.geolocation.watchPosition(good, bad, wishes);
  return () => navigator.geolocation.clearWatch(watch);
}
