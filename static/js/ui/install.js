// How to keep the guide with the browser at hand. Shown once, when the guide is saved; inside a messenger at once.

import { find } from "../dom.js";
import { recall, remember } from "../store.js";

/** @param {HTMLElement} element holds a paragraph for each kind of browser; with `data-always` it stays */
export function start(element) {
  const kind = browser();
  /** @type {HTMLElement | null} */
  const text = element.querySelector(`[data-browser="${kind}"]`);
  const isLasting = "always" in element.dataset;
  if (!text || matchMedia("(display-mode: standalone)").matches || (recall("install") && !isLasting)) return;
  const show = () => {
    text.hidden = element.hidden = false;
    if (!isLasting) remember("install", "shown");
  };
  element.querySelector("button")?.addEventListener("click", () => (element.hidden = true));
  const line = find(document, "#saved");
  if (isLasting || kind === "messenger" || line.dataset.state === "saved") return show();
  line.addEventListener("guide:state", () => line.dataset.state === "saved" && !recall("install") && show());
}

const APPS = new RegExp(
  "FBAN|FBAV|FB_IAB|Instagram|Barcelona|Line/|WhatsApp|Telegram|Snapchat|Twitter|LinkedInApp|Pinterest|TikTok|musical_ly|" +
    "Bytedance|MicroMessenger|KAKAOTALK|NAVER|Discord|Slack|Teams/|GSA/|; wv\\)|ArkWeb(?!.*HuaweiBrowser)",
);

/**
 * The kind of browser: browsers on iPhones and inside messengers can be told by their name only. The Google app on an
 * iPhone counts as a messenger: it lacks what Safari has for keeping a page.
 */
export function browser({ userAgent, maxTouchPoints } = navigator) {
  if (APPS.test(userAgent)) return "messenger";
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)) {
    return /Safari\//.test(userAgent) ? "iphone" : "messenger";
  }
  if (/SamsungBrowser/.test(userAgent)) return "samsung";
  return /Android|Harmony/.test(userAgent) ? "android" : "other";
}
