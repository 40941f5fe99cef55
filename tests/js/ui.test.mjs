import assert from "node:assert/strict";
import { test } from "node:test";
import { megabytes } from "../../static/js/offline/saved.js";
import { length } from "../../static/js/transit/position.js";
import { browser } from "../../static/js/ui/install.js";
import { linkFor } from "../../static/js/ui/language.js";

const LINKS = [{ hreflang: "en" }, { hreflang: "es" }, { hreflang: "pt-BR" }];
const WISHES = [
  [["es"], "es"],
  [["es-CO", "en"], "es"],
  [["PT-br"], "pt-BR"],
  [["pt"], "pt-BR"],
  [["fr", "en-GB"], "en"],
  [["fr"], undefined],
  [[], undefined],
];
for (const [wanted, tag] of WISHES) {
  test(`who reads ${wanted.join(", ") || "nothing"} gets ${tag ?? "to choose"}`, () => {
    assert.equal(linkFor(LINKS, wanted)?.hreflang, tag);
  });
}

test("lengths and sizes are told in the reader's language", () => {
  assert.equal(length(447, "en"), "450 m");
  assert.equal(length(1240, "es"), "1,2 km");
  assert.equal(megabytes(812_345, "en"), "0.8 MB");
});

// Only a real browser keeps what it saves for the next link, and only there the menu has what the guide names.
const BROWSERS = {
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148": "messenger",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Snapchat/13.1.0.35 (like Safari/8618.3.11.0.1, panda)":
    "messenger",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 GSA/345.0.695551749 Mobile/15E148 Safari/604.1":
    "messenger",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1 Twitter for iPhone/10.60":
    "messenger",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 musical_ly_35.5.0 BytedanceWebview/d8a21c6":
    "messenger",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.50":
    "messenger",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1 [LinkedInApp]/9.30":
    "messenger",
  "Mozilla/5.0 (Linux; Android 14; Pixel; wv) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36": "messenger",
  "Mozilla/5.0 (Linux; Android 14; Pixel) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/480.0;]":
    "messenger",
  "Mozilla/5.0 (Linux; Android 14; Pixel) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36 Instagram 350.0 Android":
    "messenger",
  "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile":
    "messenger",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1":
    "iphone",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Instagram 300.0 Safari/604.1":
    "messenger",
  "Mozilla/5.0 (Linux; Android 14; SM-A1) SamsungBrowser/28.0 AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36":
    "samsung",
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36": "android",
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36": "other",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/130.0.6723.90 Mobile/15E148 Safari/604.1":
    "iphone",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 FxiOS/132.0 Mobile/15E148 Safari/604.1":
    "iphone",
  "Mozilla/5.0 (Linux; Android 10; HarmonyOS; ELS-AN00) AppleWebKit/537.36 Chrome/140.0.0.0 HuaweiBrowser/13.0 Mobile Safari/537.36":
    "android",
  "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1 Mobile HuaweiBrowser/5.0.4":
    "android",
  "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0": "android",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0": "other",
};
for (const [userAgent, kind] of Object.entries(BROWSERS)) {
  test(`${kind}: ${userAgent}`, () => {
    assert.equal(browser({ userAgent, maxTouchPoints: 0 }), kind);
  });
}
