// The phone's position: asked for on a press only, told to the page, kept nowhere and sent nowhere.

const VAGUE = 500;
const OLD = 120000; // ms
const NEWER = 1000; // ms by which a position must be later than another to be a new one

let freshest = -Infinity; // how far the newest position known is ahead of the page's own stopwatch, in ms

/** Whether a position is old beside the newest one known: its own time against the page's stopwatch, and no clock. */
function isOld({ timestamp }) {
  const ahead = timestamp - performance.now();
  freshest = Math.max(freshest, ahead);
  return freshest - ahead > OLD;
}

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
 * @param {{holds: (here: {latitude: number, longitude: number}) => boolean}} network tells what lies in its area
 * @param {(here: {latitude: number, longitude: number, accuracy: number}) => void} found
 * @param {boolean} follow whether to go on while the page is open
 * @returns {() => void} stops it
 */
export function locate(line, network, found, follow = false) {
  const say = (name, words = {}) => (line.textContent = sentence(line.dataset[name], words));
  if (!navigator.geolocation) {
    say("unavailable");
    return () => {};
  }
  say("looking");
  const wishes = { enableHighAccuracy: true, timeout: 20000, maximumAge: 15000 };
  let isOver = false;
  const tell = ({ coords }) => {
    if (isOver) return;
    if (!network.holds(coords)) say("outside");
    else if (coords.accuracy > VAGUE) say("inaccurate", { distance: length(coords.accuracy) });
    else found(coords);
  };
  const good = (position) => {
    const isFirst = freshest === -Infinity;
    if (isOld(position)) return isOver || say("stale");
    const now = performance.timeOrigin + performance.now(); // nobody sets this clock while the page is open
    if (!isFirst || Math.abs(now - position.timestamp) < OLD) return tell(position);
    // An old position, or a phone whose clock is wrong: a second one tells. Where its time stands still, both are old.
    const again = (second) => (second.timestamp - position.timestamp >= NEWER && !isOld(second) ? tell(second) : forget());
    const forget = () => {
      freshest = -Infinity;
      if (!isOver) say("stale");
    };
    navigator.geolocation.getCurrentPosition(again, forget, { ...wishes, maximumAge: 0 });
  };
  const bad = (error) => say(error.code === error.PERMISSION_DENIED ? "denied" : "unavailable");
  if (!follow) {
    navigator.geolocation.getCurrentPosition(good, bad, wishes);
    return () => {};
  }
  const watch = navigator.geolocation.watchPosition(good, bad, wishes);
  return () => {
    isOver = true;
    navigator.geolocation.clearWatch(watch);
  };
}
