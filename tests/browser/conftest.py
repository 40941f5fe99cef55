"""Builds of the real guide behind a server that can be stopped, and browsers to read them with."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, sync_playwright

from guide import create_app
from guide.config import Paths, Settings
from guide.content import loader
from guide.publish.build import build
from guide.site.library import Language, Library
from guide.site.pages import Address
from guide.site.pages import pages as pages_of
from tests.browser import builds
from tests.browser.builds import Versions
from tests.browser.engines import ENGINES, Browsers, Complaints, Tab
from tests.browser.siteserver import Site
from tests.conftest import ROOT, copy_of_miniature


@pytest.fixture(scope="session")
def library() -> Library:
    """The real guide."""
    return create_app(Settings()).extensions["guide"]().library


@pytest.fixture(scope="session")
def languages(library: Library) -> list[Language]:
    return list(library.languages.values())


@pytest.fixture(scope="session")
def pages(library: Library) -> list[Address]:
    """Every page that has a language and an address of its own."""
    return _own(pages_of(library.source.guide, library.languages))


@pytest.fixture(scope="session")
def kinds(pages: list[Address]) -> list[Address]:
    """One page of each kind that looks different: home, a day, a lesson …, every page with a slug, the 404 page."""
    return _of_each_kind(pages)


@pytest.fixture(scope="session")
def few_pages() -> list[Address]:
    """Every page of the miniature guide that has a language and an address of its own."""
    guide = loader.load(Paths(root=ROOT / "tests/miniature"))
    return _own(pages_of(guide, ["en", "es"]))


@pytest.fixture(scope="session")
def few_kinds(few_pages: list[Address]) -> list[Address]:
    """One page of each kind of the miniature guide."""
    return _of_each_kind(few_pages)


def _own(listed: Iterable[Address]) -> list[Address]:
    return [address for address in listed if address.tag and address.kind != "not-found"]


def _of_each_kind(pages: list[Address]) -> list[Address]:
    tag = pages[0].tag
    own = [page for page in pages if page.tag == tag]
    first = {page.slug if page.kind == "page" else page.kind: page for page in reversed(own)}
    return [*first.values(), Address(tag, "not-found")]


@pytest.fixture
def servers() -> Iterator[ExitStack]:
    """What is to be stopped, but only after the browsers of a test are closed."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def site(frozen: Path, servers: ExitStack) -> Site:
    """The guide at the root of an address."""
    site = Site(frozen)
    servers.callback(site.stop)
    return site


@pytest.fixture(scope="session")
def versions(once: Callable[[str, Callable[[Path], object]], Path]) -> Versions:
    """The miniature guide before and after an edit."""
    return Versions.of(once("versions", builds.make))


@pytest.fixture
def host(versions: Versions, servers: ExitStack) -> Site:
    """A host with the old build of the miniature guide."""
    host = Site(versions.old)
    servers.callback(host.stop)
    return host


@pytest.fixture
def deep_host(tmp_path: Path, servers: ExitStack) -> Site:
    """A host with the miniature guide at /a/b/ of its address."""
    host = Site(tmp_path / "build", prefix="/a/b/")
    servers.callback(host.stop)
    paths = copy_of_miniature(tmp_path / "guide")
    build(create_app(Settings(paths=paths, base_url=host.url)), host.folder)
    return host


class Edition:
    """A copy of the miniature guide that a test may change and publish again."""

    def __init__(self, root: Path) -> None:
        self.root = copy_of_miniature(root).root
        self.publish()
        self.site = Site(root / "build")

    def publish(self) -> None:
        build(create_app(Settings(paths=Paths(root=self.root))), self.root / "build")

    def add_to_page(self, slug: str, paragraph: str) -> None:
        with (self.root / f"content/pages/{slug}.md").open("a", encoding="utf-8") as page:
            page.write(f"\n{paragraph}\n")


@pytest.fixture
def edition(tmp_path: Path, servers: ExitStack) -> Edition:
    edition = Edition(tmp_path)
    servers.callback(edition.site.stop)
    return edition


@pytest.fixture(scope="session")
def browsers() -> Iterator[Browsers]:
    with sync_playwright() as playwright, ExitStack() as stack:
        yield Browsers(playwright, stack)


@pytest.fixture
def complaints(servers: ExitStack) -> Iterator[Complaints]:
    """What the consoles say; anything a test did not expect fails it."""
    complaints = Complaints()
    yield complaints
    assert complaints.unexpected() == []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A scenario runs in every engine, but by default in the first one alone."""
    for item in items:
        engine = item.callspec.params.get("engine") if hasattr(item, "callspec") else None
        if item.get_closest_marker("scenario") and engine not in (None, ENGINES[0]):
            item.add_marker("matrix")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    return str(request.param)


@pytest.fixture
def tab(engine: str, browsers: Browsers, complaints: Complaints) -> Iterator[Tab]:
    """A tab of each engine in turn, in a browser that has never seen the guide."""
    with browsers.tab(engine, complaints) as tab:
        yield tab


Contexts = Callable[..., BrowserContext]


@contextmanager
def _contexts(browsers: Browsers, engine: str, complaints: Complaints) -> Iterator[Contexts]:
    with ExitStack() as stack:

        def context(**options: object) -> BrowserContext:
            made = browsers.context(engine, complaints, **options)
            stack.callback(made.close)
            return made

        yield context


@pytest.fixture
def chromium(browsers: Browsers, complaints: Complaints) -> Iterator[Contexts]:
    """Makes contexts of Chromium, for what only Playwright can ask."""
    with _contexts(browsers, "chromium", complaints) as context:
        yield context


@pytest.fixture(params=["chromium", pytest.param("firefox", marks=pytest.mark.matrix)])
def either(request: pytest.FixtureRequest, browsers: Browsers, complaints: Complaints) -> Iterator[Contexts]:
    """The same of Chromium, and in the long run of tests of Firefox too."""
    with _contexts(browsers, str(request.param), complaints) as context:
        yield context
