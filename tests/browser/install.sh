#!/bin/sh
# Installs the browsers that the tests drive, and GNU gettext, which they compare with: Debian's where there is apt-get and the right to use it, else
# Playwright's own downloads. Does nothing where they are there. With `all`, also the old WebKit of Debian.
# The web servers that tests start, nginx and Caddy, come from Debian too, or have to be there.
set -eu
cd "$(dirname "$0")/../.."

PATH="$PATH:/usr/sbin" # where Debian keeps nginx
old=""
[ "${1:-}" = all ] && old="cog WPEWebDriver"

here() {
  for command in chromium firefox-esr WebKitWebDriver Xvfb msgcat nginx caddy openssl rsync $old; do
    command -v "$command" >/dev/null || return 1
  done
  fc-list | grep -q Roboto # the letters of most phones: pages are measured in them
}

as_root() {
  if [ "$(id -u)" = 0 ]; then env DEBIAN_FRONTEND=noninteractive "$@"; else sudo -n env DEBIAN_FRONTEND=noninteractive "$@"; fi
}

from_debian() {
  command -v apt-get >/dev/null || return 1
  as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends \
    chromium firefox-esr webkit2gtk-driver xvfb gir1.2-webkit2-4.1 python3-gi fontconfig fonts-liberation fonts-roboto-unhinted fonts-noto-color-emoji \
    gettext nginx-light caddy openssl rsync \
    ${old:+cog wpewebkit-driver}
}

from_playwright() {
  .venv/bin/python -m playwright install --with-deps chromium firefox webkit ||
    .venv/bin/python -m playwright install chromium firefox webkit
}

if here; then
  echo "browsers: Debian's Chromium, Firefox and WebKit are here"
elif from_debian >/dev/null 2>&1 && here; then
  echo "browsers: installed Debian's Chromium, Firefox and WebKit"
elif from_playwright; then
  echo "browsers: installed Playwright's Chromium, Firefox and WebKit"
else
  echo "browsers: neither apt-get nor Playwright could install them; the browser tests will fail" >&2
  exit 1
fi
