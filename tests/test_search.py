"""What people type into the search of the guide, and the pages that they mean."""

import json
import subprocess
from pathlib import Path

import pytest

from guide import create_app
from guide.config import Settings
from guide.site.book_index import index
from tests.test_scripts import NODE, ROOT

QUESTIONS = {
    # what the reviews asked for
    "which cities joined City to City": ["en/about/#who-came", "en/groups/#city-to-city"],
    "victims' unit": ["en/glossary/#term-victims-unit"],
    "16 October 2002": ["en/sites/comuna-13/#story"],
    "escaleras": ["en/sites/comuna-13/#see"],
    "reconciliacion": ["es/days/3/"],
    "RECONCILIACIÓN": ["es/glossary/#term-cepar"],
    "reconciliation": ["en/days/3/", "en/glossary/#term-cepar"],
    "EDU": ["en/glossary/#term-edu"],
    "six axes": ["en/lessons/#six-axes"],
    "metro culture": ["en/lessons/#cultura-metro"],
    "toilet": ["en/sites/cepar/#facts"],
    "baño": ["es/sites/cepar/#facts"],
    "fare": ["en/getting-there/#fares"],
    "SIES-M": ["en/sites/seguridad/"],
    "siesm": ["es/sites/seguridad/"],
    "museum hours": ["en/sites/casa-de-la-memoria/#facts"],
    "year of the escalators": ["en/sites/comuna-13/"],
    "treasure hunt": ["en/sites/metro/"],
    # a reader who had seen the guide alone
    "escalators": ["en/sites/comuna-13/"],
    "civica card price": ["en/riding/#the-civica-card"],
    "escombrera": ["en/sites/comuna-13/", "en/glossary/#term-escombrera"],
    "last train": ["en/getting-there/#works-and-last-trains"],
    "can i take photos": ["en/sites/metro/", "en/sites/casa-de-la-memoria/"],
    "graffiti tour": ["en/days/2/", "en/glossary/#term-graffitour"],
    "operation orion 2002": ["en/sites/comuna-13/#story"],
    "que es un combo": ["es/glossary/#term-combo"],
    "cuanto cuesta el metro": ["es/sites/metro/#facts"],
    "morro moravia fuego": ["es/sites/moravia/"],
    "emergencia 123 mujer": ["es/getting-there/#emergency"],
    "bus la loma c23": ["es/sites/la-loma/"],
}
"""Typed words, and pages of which one must be among the first three of its language."""

MISSPELT = {
    "escalater": "escalator",
    "grafitti": "graffiti",
    "comunna": "comuna",
    "resiliance": "resilience",
    "neighborhod": "neighbourhood",
    "coexistance": "coexistence",
    "museam": "museum",
    "libary": "library",
    "kindergarden": "kindergarten",
    "emergancy": "emergency",
    "combivencia": "convivencia",
    "desaparicion forsada": "desaparición forzada",
    "escaleras electrcas": "escaleras eléctricas",
    "metrocalbe": "metrocable",
    "sivica": "cívica",
    "corejimiento": "corregimiento",
    "escombrerra": "escombrera",
    "morabia": "moravia",
    "vivlioteca": "biblioteca",
    "reparasion": "reparación",
}
"""As phones and hurry make them; the right spelling must lead to the same first page."""

NONSENSE = ["asdfgh", "qwertzu", "xyzzy", "blorptang", "zzzzzz", "wvxkqj", "flumpetique", "jkljkl", "gnorfle", "pqpqpq"]


@pytest.fixture(scope="module")
def asked(frozen: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the script finds in the real guide, for everything that is asked here."""
    questions = [*QUESTIONS, *MISSPELT, *MISSPELT.values(), *NONSENSE]
    pages = [
        (path.parent.relative_to(frozen).as_posix() + "/", path.read_text(encoding="utf-8"))
        for tag in ("en", "es")
        for path in sorted((frozen / tag).rglob("index.html"))
    ]
    file = tmp_path_factory.mktemp("search") / "pages.json"
    file.write_text(json.dumps({"pages": pages, "questions": questions}), encoding="utf-8")
    command = [str(NODE), str(ROOT / "tests/js/questions.mjs"), str(file)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return dict(zip(questions, json.loads(done.stdout), strict=True))


def _first(found: list[str], tag: str) -> list[str]:
    return [place for place in found if place.startswith(f"{tag}/")][:3]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_finds_its_page_among_the_first_three(asked: dict[str, list[str]], question: str) -> None:
    expected = QUESTIONS[question]

    first = _first(asked[question], expected[0][:2])

    assert any(place.startswith(page) for place in first for page in expected), first


@pytest.mark.parametrize("written", MISSPELT)
def test_a_misspelt_word_finds_what_the_right_one_finds(asked: dict[str, list[str]], written: str) -> None:
    right = asked[MISSPELT[written]]

    found = [place for tag in ("en", "es") for place in _first(asked[written], tag)]

    assert {place.split("#")[0] for place in found} & {place.split("#")[0] for place in right[:6]}, found


@pytest.mark.parametrize("word", NONSENSE)
def test_a_word_that_nobody_wrote_finds_nothing(asked: dict[str, list[str]], word: str) -> None:
    assert asked[word] == []


def test_the_index_names_everything_once(frozen: Path) -> None:
    """Every site, day, lesson, group, word and station, each in its place from A to Z."""
    language = next(iter(create_app(Settings()).extensions["guide"]().library.languages.values()))
    guide = language.guide
    entries = [entry for _, under_it in index(language) for entry in under_it]
    names = {str(entry.name) for entry in entries}
    running = (line for line in guide.network.lines if line.running)

    assert names >= {str(thing.name) for thing in (*guide.sites.values(), *guide.groups.values(), *guide.terms)}
    assert names >= {str(thing.title) for thing in (*guide.lessons.values(), *guide.programme.days)}
    assert names >= {guide.network.stations[stop.slug].name for line in running for stop in line.platforms}
    assert len(names) == len(entries)
    page = (frozen / language.tag / "search/index.html").read_text(encoding="utf-8")
    assert all(f">{name}<" in page for name in list(names)[:40] if "’" not in name and "&" not in name)
    assert '<bdi lang="es" translate="no">Caribe</bdi>' in page  # a screen reader says the stations in their language
