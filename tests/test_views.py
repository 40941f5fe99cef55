"""The preview, as authors, translators and hosts use it: edit a file, reload the page."""

import re
import shutil

import pytest

from guide import create_app
from guide.config import Paths, Settings
from guide.content import loader
from guide.i18n import catalogs, extract, merge, po


@pytest.fixture
def project(tmp_path):
    """A copy of the real guide."""
    for name in ("content", "translations", "static"):
        shutil.copytree(Paths().root / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def client(project):
    return create_app(Settings(paths=Paths(root=project), live=True)).test_client()


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_an_edited_translation_shows_at_the_next_reload(project, client):
    """A translator sees the sentence on the page without a build."""
    assert "Qué observar" in page(client, "/es/sites/moravia/")

    edit(project / "translations/es/LC_MESSAGES/messages.po", 'msgstr "Qué observar"', 'msgstr "Qué mirar"')

    assert "Qué mirar" in page(client, "/es/sites/moravia/")


def test_a_missing_message_is_shown_in_english_and_says_so(project, client):
    """No blank, ever: a screen reader changes voice where the text is still in the source language."""
    edit(project / "translations/es/LC_MESSAGES/messages.po", 'msgstr "Qué observar"', 'msgstr ""')

    text = page(client, "/es/sites/moravia/")

    assert '<h2 id="see"><span lang="en" data-state="missing">What to look for</span></h2>' in text


def test_a_stale_message_keeps_its_translation_with_a_quiet_mark(project, client):
    """The old translation stays, with a sign that is labelled in the reader's language."""
    edit(
        project / "translations/es/LC_MESSAGES/messages.po",
        'msgid "What to look for"',
        '#, fuzzy\n#| msgid "What to see"\nmsgid "What to look for"',
    )

    text = page(client, "/es/sites/moravia/")

    label = "Traducción de una versión anterior del texto"
    assert f'<span data-state="stale">Qué observar<span class="stale" role="img" aria-label="{label}"' in text


def test_a_missing_message_leaves_attributes_plain(project, client):
    """Marks of state are for text; an attribute holds words only."""
    edit(project / "translations/es/LC_MESSAGES/messages.po", 'msgstr "Idioma"', 'msgstr ""')

    assert 'class="languages" aria-label="Language"' in page(client, "/es/")


def test_a_faulty_translation_is_never_shown(project, client):
    """The preview shows the source instead, and keeps working."""
    edit(
        project / "translations/es/LC_MESSAGES/messages.po",
        'msgstr "Qué observar"',
        'msgstr "Qué <img src=x onerror=alert(1)> observar"',
    )

    text = page(client, "/es/sites/moravia/")

    assert "onerror" not in text
    assert "What to look for" in text


def test_content_with_a_problem_is_explained_instead_of_shown(project, client):
    """An author's slip gets its sentence in the browser, and the next reload works again."""
    edit(project / "content/sites/moravia.md", "order = 3", "oder = 3")

    response = client.get("/es/sites/moravia/")
    edit(project / "content/sites/moravia.md", "oder = 3", "order = 3")

    assert response.status_code == 500
    assert 'content/sites/moravia.md: unknown field "oder". Did you mean "order"?' in response.get_data(as_text=True)
    assert client.get("/es/sites/moravia/").status_code == 200


def test_what_a_host_fills_in_is_shown_and_what_is_empty_is_not(project, client):
    """Times, meeting points, contacts and greeting appear where they belong; an empty field leaves no label."""
    empty = page(client, "/en/") + page(client, "/en/days/1/")
    edit(project / "content/edition.toml", 'greeting = ""', 'greeting = "Welcome, all of you."')
    edit(
        project / "content/edition.toml",
        "[days.1]\n",
        '[[contacts]]\nname = "Ana"\nphone = "+57 604 000 0000"\n\n'
        '[days.1]\ntime = "08:30"\nmeeting_point = "At the gate"\n'
        '[days.1.stops.treasure-hunt]\ntime = "10:00"\n',
    )

    home, day = page(client, "/en/"), page(client, "/en/days/1/")

    assert 'class="meeting"' not in empty and "Whom to call" not in empty and 'class="greeting"' not in empty
    assert "Welcome, all of you." in home
    assert '<a href="tel:+576040000000" dir="ltr" translate="no">+57 604 000 0000</a>' in home
    assert '<time datetime="08:30">8:30 a.m.</time> · Meeting point: <span>At the gate</span>' in day
    assert '<p class="meeting">Meeting time: <time datetime="10:00">10:00 a.m.</time></p>' in day
    assert '<time datetime="08:30">8:30' in page(client, "/es/days/1/")


def test_what_a_host_wrote_before_is_never_shown_again(project, client):
    """An older meeting point would lead visitors astray: until it is translated, the new text stands in English."""
    edit(project / "content/edition.toml", 'name = "Medellín Lab 2017"', 'name = "Medellín Lab 2027"')
    edit(
        project / "translations/es/LC_MESSAGES/messages.po",
        'msgid "Medellín Lab 2017"',
        '#, fuzzy\n#| msgid "Medellín Lab 2017"\nmsgid "Medellín Lab 2027"',
    )

    text = page(client, "/es/")

    assert '<h1><span lang="en" data-state="missing">Medellín Lab 2027</span></h1>' in text
    assert "Medellín Lab 2017" not in text


def test_one_line_moves_the_whole_programme(project, client):
    """The first day's date carries the other days with it, in every language's own way of writing dates."""
    edit(project / "content/edition.toml", 'first_day = "2017-05-29"', 'first_day = "2027-12-30"')

    assert '<time datetime="2028-01-03">Monday 3 January 2028</time>' in page(client, "/en/days/5/")
    assert '<time datetime="2028-01-03">lunes 3 de enero de 2028</time>' in page(client, "/es/days/5/")


def test_a_new_language_needs_only_its_po_file(project, client):
    """It gets its pages, its place in the switch, in the offline list and in the alternates, without code."""
    paths = Paths(root=project)
    path = catalogs.po_path(paths, "pt")
    path.parent.mkdir(parents=True)
    path.write_text(
        po.written(merge.new(extract.template(extract.occurrences(loader.load(paths))), "pt", "Guide")), "utf-8"
    )
    edit(path, 'msgid "Lessons"\nmsgstr ""', 'msgid "Lessons"\nmsgstr "Lições"')

    portuguese, english = page(client, "/pt/sites/moravia/"), page(client, "/en/offline/")

    assert '<html lang="pt" dir="ltr">' in portuguese and "Lições" in portuguese
    assert '<span lang="en" data-state="missing">What to look for</span>' in portuguese
    assert 'hreflang="pt" translate="no"><span>Português</span></a>' in english
    assert '<link rel="alternate" hreflang="pt" href="../../pt/offline/">' in english
    assert client.get("/pt/guide.webmanifest").get_json()["lang"] == "pt"


def test_a_right_to_left_language_is_one(project, client):
    """The direction of the page follows the language."""
    paths = Paths(root=project)
    path = catalogs.po_path(paths, "ar")
    path.parent.mkdir(parents=True)
    path.write_text(
        po.written(merge.new(extract.template(extract.occurrences(loader.load(paths))), "ar", "Guide")), "utf-8"
    )

    assert '<html lang="ar" dir="rtl">' in page(client, "/ar/")


@pytest.mark.parametrize(
    "address",
    [
        "/xx/",
        "/en/sites/gone/",
        "/en/days/6/",
        "/en/gone/",
        "/en/home/",
        "/en/not-found/",
        "/assets/gone.js",
        "/en/days/../",
    ],
)
def test_an_unknown_address_is_not_found(client, address):
    """Nothing but the guide's own pages answers."""
    assert client.get(address).status_code == 404


def test_getting_there_begins_with_whom_to_call_and_leads_to_its_parts(project, client):
    """Pressed, 123 and the host's number are dialled; every jump lands on a heading, and long parts are folded."""
    edit(
        project / "content/edition.toml",
        "[days.1]\n",
        '[[contacts]]\nname = "Ana"\nphone = "+57 (604) 000-0000"\n\n[days.1]\n',
    )

    text = page(client, "/en/getting-there/")

    article = text.partition("<article>")[2]
    links = re.findall(r'href="([^"]+)"', article)
    assert links[0] == "tel:123" and "tel:+576040000000" in links[:4]
    jumps = re.findall(r'href="#([^"]+)"', re.search(r'<nav class="contents".*?</nav>', article, re.DOTALL)[0])
    assert jumps[:4] == ["ways", "map", "lines", "hours"] and "fares" in jumps
    assert all(f' id="{jump}"' in article for jump in jumps)
    for folded in ("lines", "hours", "fares", "rules-on-board"):
        assert re.search(rf'<details class="fold"><summary>\s*<h2 id="{folded}">', article), folded


def test_a_site_that_nobody_can_place_has_no_way_until_the_host_gives_one(project, client):
    """CEPAR's own page stays, without directions; with the host's address it has them, and a card with that address."""
    assert client.get("/en/sites/cepar/way/").status_code == 404
    assert "/cepar/way/" not in page(client, "/en/getting-there/") + page(client, "/en/days/3/")
    assert 'href="way/"' not in page(client, "/en/sites/cepar/")
    stop = next(stop.slug for stop in loader.load(Paths()).days["3"].itinerary if stop.site == "cepar")

    edit(
        project / "content/edition.toml", "[days.3]\n", f'[days.3]\n[days.3.stops.{stop}]\naddress = "Calle 1 # 2-3"\n'
    )

    way = page(client, "/en/sites/cepar/way/")
    assert '<p class="show__address">Calle 1 # 2-3</p>' in way and "We don’t know how far it is from here." in way
    assert "/cepar/way/" in page(client, "/en/getting-there/")
    assert 'href="way/"' in page(client, "/en/sites/cepar/")


def test_hours_are_said_as_well_as_they_are_known(client):
    """What a notice says, what it says of the whole network, and what is our own reading are told apart."""
    text = page(client, "/en/getting-there/")

    assert "from 4:30 a.m. to 11:00 p.m." in text and "from 4:30 a.m. to about 11:00 p.m." in text
    assert "from 9:00 a.m. until the last trains." in text
    assert "from 8:30 a.m. to 6:00 p.m. (our assumption)." in text
    assert text.count("Source from 2022.") == 4 and text.count("Source from 2025.") == 4


def test_there_is_always_a_card_to_show(project, client):
    """A position alone has no address to show: the card bears the place's name, and links to it lead somewhere."""
    edit(
        project / "content/edition.toml",
        "[days.3]\n",
        '[days.3]\n[days.3.stops.cepar]\nmeeting_point = "Door on the square"\n'
        "latitude = 6.2520\nlongitude = -75.5650\n",
    )

    way = page(client, "/en/sites/cepar/way/")

    assert 'href="#show"' in way and 'id="show"' in way
    assert 'translate="no"><p>Door on the square</p></div>' in way
