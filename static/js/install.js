// How to keep the guide with the browser at hand. Shown once, when the guide is saved; inside a messenger at once.

import { recall, remember } from "./store.js";

/** @param {HTMLElement} element holds a paragraph for each kind of browser; with `data-always` it stays */
export function start(element) {
  const kind = browser();
  const text = element.querySelector(`[data-browser="${kind}"]`);
  const always = "always" in element.dataset;
  if (!text || matchMedia("(display-mode: standalone)").matches || (recall("install") && !always)) return;
  const show = () => {
    text.hidden = element.hidden = false;
    if (!always) remember("install", "shown");
  };
  element.querySelector("button")?.addEventListener("click", () => (element.hidden = true));
  const line = document.getElementById("saved");
  if (always || kind === "messenger" || line.dataset.state === "saved") return show();
  line.addEventListener("guide:state", () => line.dataset.state === "saved" && !recall("install") && show());
}

/** The kind of browser: browsers on iPhones and inside messengers can be told by their name only. */
function browser() {
  const name = navigator.userAgent;
  if (/FBAN|FBAV|Instagram|Line\/|WhatsApp|Telegram|; wv\)/.test(name)) return "messenger";
  if (/iPhone|iPad|iPod/.test(name) || (/Macintosh/.test(name) && navigator.maxTouchPoints > 1)) {
    return /Safari\//.test(name) ? "iphone" : "messenger";
  }
  if (/SamsungBrowser/.test(name)) return "samsung";
  return /Android/.test(name) ? "android" : "other";
}
