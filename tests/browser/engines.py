"""Chromium, Firefox and WebKit behind one small set of words, so that a story is told once and runs in each.

Debian's browsers are used where they are installed, else the ones that Playwright downloads.
"""

import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from playwright.sync_api import BrowserContext, BrowserType, Page, Playwright
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import presence_of_element_located
from selenium.webdriver.support.wait import WebDriverWait

HERE = Path(__file__).parent
ENGINES = ("chromium", "firefox", "webkit")
SECONDS = 20
"""How long a state may take before a test gives up on it."""
PHONE = {"width": 360, "height": 740}
SUNLIGHT = "location.protocol === 'http:' && localStorage.setItem('field-guide:/:theme', 'sunlight')"
"""What a page of the guide finds when its reader chose the theme for the sun."""
LAUNCH: dict[str, dict[str, object]] = {
    "chromium": {
        "args": ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
    },
    "firefox": {},
    "webkit": {},
}
DEBIAN: dict[str, tuple[str, dict[str, object]]] = {
    "chromium": ("chromium", {}),
    "firefox": ("firefox-esr", {"channel": "moz-firefox"}),
}
"""Commands of Debian's browsers that Playwright can drive, and what it must be told about them."""

NOISE = (
    "'manifest-src'",
    "Cache API operation failed: Context is stopped",
    "due to access control checks",
    "Failed to load ‘’.",
    "favicon.ico because it violates",
)
"""WebKitGTK knows no app manifests; it and Firefox note that a page was left before all its work was done; Firefox
asks for an icon beside a plain file, whose policy lets nothing be asked for."""


class Tab(Protocol):
    """One tab of any engine."""

    @property
    def address(self) -> str: ...

    def open(self, address: str) -> int:
        """Go to an address; the status that it was answered with."""

    def leave(self) -> None:
        """Close the guide, in the middle of what it does, for a page of nobody's."""

    def wait(self, css: str) -> None:
        """Wait until something is there."""

    def follow(self, name: str) -> None:
        """Press the first link of this name."""

    def value(self, script: str) -> object:
        """The value of a JavaScript expression that may be a promise."""


@dataclass
class Complaints:
    """What browsers complained of in their consoles. `expected` holds parts of what a test provokes itself."""

    heard: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def hear(self, text: str) -> None:
        if not any(part in text for part in NOISE):
            self.heard.append(text)

    def unexpected(self) -> list[str]:
        return [text for text in self.heard if not any(part in text for part in self.expected)]


def until(page: Page, holds: str, arg: object = None) -> None:
    """Wait until a function of the page is true. Playwright's own wait reads text as code, which our policy forbids."""
    page.evaluate(
        f"""async ([arg, ms]) => {{
          const holds = {holds};
          for (const end = performance.now() + ms; !holds(arg);) {{
            if (performance.now() > end) throw new Error(`it never came: ${{holds}}`);
            await new Promise((resolve) => requestAnimationFrame(resolve));
          }}
        }}""",
        [arg, SECONDS * 1000],
    )


class Browsers:
    """The browsers of one test run, each started when it is first needed."""

    def __init__(self, playwright: Playwright, stack: ExitStack) -> None:
        self.playwright, self.stack = playwright, stack
        self.running: dict[str, object] = {}

    def context(
        self, engine: str, complaints: Complaints, profile: Path | None = None, **options: object
    ) -> BrowserContext:
        """A Playwright context that reports what its consoles say; with a profile, one that lasts."""
        options = {"viewport": PHONE, "locale": "es-CO", **options}
        kind: BrowserType = getattr(self.playwright, engine)
        if profile:
            context = kind.launch_persistent_context(profile, **launch_options(kind), **options)
        else:
            if engine not in self.running:
                self.running[engine] = kind.launch(**launch_options(kind))
                self.stack.callback(self.running[engine].close)
            context = self.running[engine].new_context(**options)
        context.set_default_timeout(SECONDS * 1000)
        context.on(
            "console",
            lambda message: (
                complaints.hear(f"{message.text} ({message.page and message.page.url})")
                if message.type in ("error", "warning")
                else None
            ),
        )
        context.on("weberror", lambda error: complaints.hear(f"{error.error}"))
        return context

    @contextmanager
    def tab(self, engine: str, complaints: Complaints, profile: Path | None = None) -> Iterator[Tab]:
        """A tab of an engine in a fresh profile, or in the given one."""
        if engine == "webkit" and debian_webkit():
            with webkit_tab(self.display(), complaints, profile) as tab:
                yield tab
        else:
            context = self.context(engine, complaints, profile)
            try:
                yield PlaywrightTab(context.new_page())
            finally:
                context.close()

    def display(self) -> str:
        """A screen for the browser that has no headless form."""
        if "display" not in self.running:
            self.running["display"] = self.stack.enter_context(xvfb())
        return str(self.running["display"])


def launch_options(kind: BrowserType) -> dict[str, object]:
    """How Playwright starts an engine on this machine."""
    command, more = DEBIAN.get(kind.name, ("", {}))
    path = command and shutil.which(command)
    if path:
        return {**LAUNCH[kind.name], **more, "executable_path": path}
    assert Path(kind.executable_path).exists(), (
        f"There is no {kind.name} on this machine. To install the browsers: make browsers"
    )
    return {**LAUNCH[kind.name], **({"channel": "chromium"} if kind.name == "chromium" else {})}


def debian_webkit() -> bool:
    return bool(shutil.which("WebKitWebDriver") and shutil.which("Xvfb"))


@dataclass
class PlaywrightTab:
    page: Page

    @property
    def address(self) -> str:
        return self.page.url

    def open(self, address: str) -> int:
        response = self.page.goto(address)
        assert response, f"{address} was not answered"
        return response.status

    def leave(self) -> None:
        self.page.goto("about:blank")

    def wait(self, css: str) -> None:
        self.page.wait_for_selector(css, state="attached")

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def value(self, script: str) -> object:
        return self.page.evaluate(f"async () => ({script})")


@dataclass
class WebKitTab:
    driver: webdriver.WebKitGTK
    log: Path

    @property
    def address(self) -> str:
        return self.driver.current_url

    def open(self, address: str) -> int:
        self.driver.get(address)
        whole = WebDriverWait(self.driver, SECONDS, 0.05)
        whole.until(lambda driver: driver.execute_script("return document.readyState") == "complete")
        told = re.findall(r"^STATUS (\d+) (.*)$", self.log.read_text(encoding="utf-8"), re.MULTILINE)
        assert told, f"{address} was not answered"
        return int(told[-1][0])

    def leave(self) -> None:
        self.driver.get("about:blank")

    def wait(self, css: str) -> None:
        WebDriverWait(self.driver, SECONDS, 0.05).until(presence_of_element_located((By.CSS_SELECTOR, css)), css)

    def follow(self, name: str) -> None:
        link = self.driver.find_element(By.LINK_TEXT, name)
        self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", link)  # the driver may not
        link.click()

    def value(self, script: str) -> object:
        found = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            f"(async () => ({script}))()"
            ".then((value) => done({ value }), (error) => done({ error: `${error}` }));"
        )
        assert "error" not in found, found["error"]
        return found.get("value")


@contextmanager
def xvfb() -> Iterator[str]:
    """A screen in memory; its name, such as `:1`."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "800x1200x24", "-nolisten", "tcp"]
    screen = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as ready:
            number = ready.readline().strip()  # the whole line: Xvfb dies when the pipe closes before
            assert number, "Xvfb did not start"
            yield f":{number}"
    finally:
        screen.terminate()
        screen.wait()


@contextmanager
def webkit_tab(display: str, complaints: Complaints, profile: Path | None) -> Iterator[WebKitTab]:
    """WebKitGTK in a phone-sized window. What its console said is known at the end."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, (Path(folder) / "log").open("w") as log:
        environment = {
            **os.environ,
            "DISPLAY": display,
            "LANG": "en_US.UTF-8",
            "NO_AT_BRIDGE": "1",
            "WK_PROFILE": str(profile or folder),  # without one the console keeps silent
        }
        options = webdriver.WebKitGTKOptions()
        options.binary_location = str(HERE / "wkhost.py")
        service = webdriver.WebKitGTKService(
            executable_path=shutil.which("WebKitWebDriver"), env=environment, log_output=log
        )
        socket.setdefaulttimeout(30)  # else a driver without a screen is waited for without end
        try:
            driver = webdriver.WebKitGTK(options=options, service=service)
        finally:
            socket.setdefaulttimeout(None)
        driver.set_page_load_timeout(SECONDS)
        driver.set_script_timeout(SECONDS)
        try:
            yield WebKitTab(driver, Path(log.name))
        finally:
            driver.quit()
            for line in Path(log.name).read_text(encoding="utf-8").splitlines():
                if re.search(r"CONSOLE (\w+ )*(ERROR|WARN)", line):
                    complaints.hear(line)
