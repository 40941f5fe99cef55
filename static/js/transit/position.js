// The phone's position: asked for on a press only, told to the page, kept nowhere and sent nowhere.

import { fill } from "../dom.js";

const VAGUE = 500;
const OLD = 120000; // ms
const NEWER = 1000; // ms by which a position must be later than another to be a new one
const WISHES = { enableHighAccuracy: true, timeout: 20000, maximumAge: 15000 };

let freshest = -Infinity; // how far the newest position known is ahead of the page's own stopwatch, in ms

/**
 * Whether a position is old beside the newest one known: its own time against the page's stopwatch, and no clock.
 * @param {GeolocationPosition} position
 */
function isOld({ timestamp }) {
  const ahead = timestamp - performance.now();
  freshest = Math.max(freshest, ahead);
  return freshest - ahead > OLD;
}

/**
 * A length in the reader's language: to ten metres below a kilometre, else to a tenth of one.
 * @param {number} metres
 */
export function length(metres, language = document.documentElement.lang) {
  const [value, unit] = metres < 995 ? [Math.round(metres / 10) * 10, "meter"] : [metres / 1000, "kilometer"];
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
}

/**
 * Asks for the position and says what is wrong with it in the words of `line`.
 * @param {HTMLElement} line holds a sentence for each thing that can go wrong
 * @param {import("./network.js").Network} network tells what lies in its area
 * @param {(here: GeolocationCoordinates) => void} listen
 * @param {boolean} isFollowed whether to go on while the page is open
 * @returns {() => void} stops it
 */
export function locate(line, network, listen, isFollowed = false) {
  /** @param {string} name */
  const say = (name, values = {}) => {
    line.textContent = fill(line.dataset[name], values);
  };
  if (!navigator.geolocation) {
    say("unavailable");
    return () => {};
  }
  say("looking");
  let isOver = false;
  const good = fresh(
    ({ coords }) => {
      if (isOver) return;
      if (!network.holds(coords)) say("outside");
      else if (coords.accuracy > VAGUE) say("inaccurate", { distance: length(coords.accuracy) });
      else listen(coords);
    },
    () => isOver || say("stale"),
  );
  /** @param {GeolocationPositionError} error */
  const bad = (error) => say(error.code === error.PERMISSION_DENIED ? "denied" : "unavailable");
  if (!isFollowed) {
    navigator.geolocation.getCurrentPosition(good, bad, WISHES);
    return () => {};
  }
  const watch = navigator.geolocation.watchPosition(good, bad, WISHES);
  return () => {
    isOver = true;
    navigator.geolocation.clearWatch(watch);
  };
}

/**
 * Hands on positions that are fresh.
 * @param {(position: GeolocationPosition) => void} tell
 * @param {() => void} refuse is called for an old one
 * @returns {(position: GeolocationPosition) => void}
 */
function fresh(tell, refuse) {
  return (position) => {
    const isFirst = freshest === -Infinity;
    if (isOld(position)) return refuse();
    const now = performance.timeOrigin + performance.now(); // nobody sets this clock while the page is open
    if (!isFirst || Math.abs(now - position.timestamp) < OLD) return tell(position);
    // An old position, or a phone whose clock is wrong: a second one tells. Where its time stands still, both are old.
    const forget = () => {
      freshest = -Infinity;
      refuse();
    };
    /** @param {GeolocationPosition} second */
    const again = (second) => {
      if (second.timestamp - position.timestamp >= NEWER && !isOld(second)) tell(second);
      else forget();
    };
    navigator.geolocation.getCurrentPosition(again, forget, { ...WISHES, maximumAge: 0 });
  };
}
