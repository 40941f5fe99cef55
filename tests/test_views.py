"""The preview, as authors, translators and hosts use it: edit a file, reload the page."""

import re
import shutil

import pytest

from guide import create_app
from guide.config import Paths, Settings
from guide.content import loader
from guide.i18n import catalogs, extract, merge, po

PO = "translations/es/LC_MESSAGES/messages.po"


@pytest.fixture
def client(miniature):
    return create_app(Settings(paths=miniature, live=True)).test_client()


@pytest.fixture
def medellin(tmp_path):
    """A copy of the real guide."""
    for name in ("content", "translations", "static"):
        shutil.copytree(Paths().root / name, tmp_path / name)
    return Paths(root=tmp_path)


@pytest.fixture
def reader(medellin):
    return create_app(Settings(paths=medellin, live=True)).test_client()


def host(medellin, written):
    """Lets the host of the real guide write something above the table of the third day."""
    path = medellin.content / "edition.toml"
    text = path.read_text("utf-8")
    assert text.count("[days.3]\n") == 1
    path.write_text(text.replace("[days.3]\n", written), "utf-8")


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_an_edited_translation_shows_at_the_next_reload(edit, client):
    """A translator sees the sentence on the page without a build."""
    assert "Qué observar" in page(client, "/es/sites/market/")

    edit(PO, 'msgstr "Qué observar"', 'msgstr "Qué mirar"')

    assert "Qué mirar" in page(client, "/es/sites/market/")


def test_a_missing_message_is_shown_in_english_and_says_so(edit, client):
    """No blank, ever: a screen reader changes voice where the text is still in the source language."""
    edit(PO, 'msgstr "Qué observar"', 'msgstr ""')

    text = page(client, "/es/sites/market/")

    assert '<h2 id="see"><span lang="en" data-state="missing">What to look for</span></h2>' in text


def test_a_stale_message_keeps_its_translation_with_a_quiet_mark(edit, client):
    """The old translation stays, with a sign that is labelled in the reader's language."""
    edit(
        PO,
        'msgid "What to look for"',
        '#, fuzzy\n#| msgid "What to see"\nmsgid "What to look for"',
    )

    text = page(client, "/es/sites/market/")

    label = "Traducción de una versión anterior del texto"
    assert f'<span data-state="stale">Qué observar<span class="stale" role="img" aria-label="{label}"' in text


def test_a_missing_message_leaves_attributes_plain(edit, client):
    """Marks of state are for text; an attribute holds words only."""
    edit(PO, 'msgstr "Idioma"', 'msgstr ""')

    assert 'class="languages" aria-label="Language"' in page(client, "/es/")


def test_a_faulty_translation_is_never_shown(edit, client):
    """The preview shows the source instead, and keeps working."""
    edit(
        PO,
        'msgstr "Qué observar"',
        'msgstr "Qué <img src=x onerror=alert(1)> observar"',
    )

    text = page(client, "/es/sites/market/")

    assert "onerror" not in text
    assert "What to look for" in text


def test_content_with_a_problem_is_explained_instead_of_shown(edit, client):
    """An author's slip gets its sentence in the browser, and the next reload works again."""
    edit("content/sites/market.md", "\norder = 1", "\noder = 1")

    response = client.get("/es/sites/market/")
    edit("content/sites/market.md", "\noder = 1", "\norder = 1")

    assert response.status_code == 500
    assert 'content/sites/market.md: unknown field "oder". Did you mean "order"?' in response.get_data(as_text=True)
    assert client.get("/es/sites/market/").status_code == 200


def test_what_a_host_fills_in_is_shown_and_what_is_empty_is_not(miniature, client):
    """Times, meeting points, contacts and greeting appear where they belong; an empty field leaves no label."""
    full = page(client, "/en/"), page(client, "/en/days/1/"), page(client, "/es/days/1/")
    least = 'name = "Harbour Lab 2017"\ntime_zone = "America/Bogota"\nfirst_day = "2017-05-29"\n'
    (miniature.content / "edition.toml").write_text(least, "utf-8")

    empty = page(client, "/en/") + page(client, "/en/days/1/")

    home, day, spanish = full
    assert 'class="greeting"' in home and "Welcome to the harbour." in home
    assert '<a href="tel:+576040000000" dir="ltr" translate="no">+57 604 000 0000</a>' in home
    assert '<time datetime="08:30">8:30 a.m.</time> · Meeting point: <span>The gate of the market</span>' in day
    assert '<p class="meeting">Meeting time: <time datetime="16:00">4:00 p.m.</time></p>' in day
    assert '<time datetime="08:30">8:30' in spanish
    assert 'class="meeting"' not in empty and "Whom to call" not in empty and 'class="greeting"' not in empty


def test_what_a_host_wrote_before_is_never_shown_again(edit, client):
    """An older meeting point would lead visitors astray: until it is translated, the new text stands in English."""
    edit("content/edition.toml", 'name = "Harbour Lab 2017"', 'name = "Harbour Lab 2027"')
    edit(PO, 'msgid "Harbour Lab 2017"', '#, fuzzy\n#| msgid "Harbour Lab 2017"\nmsgid "Harbour Lab 2027"')

    text = page(client, "/es/")

    assert '<h1><span lang="en" data-state="missing">Harbour Lab 2027</span></h1>' in text
    assert "Lab del Puerto 2017" not in text


def test_one_line_moves_the_whole_programme(edit, client):
    """The first day's date carries the other days with it, in every language's own way of writing dates."""
    edit("content/edition.toml", 'first_day = "2017-05-29"', 'first_day = "2027-12-31"')

    assert '<time datetime="2028-01-01">Saturday 1 January 2028</time>' in page(client, "/en/days/2/")
    assert '<time datetime="2028-01-01">sábado 1 de enero de 2028</time>' in page(client, "/es/days/2/")


def begun(paths, locale):
    """The file of a new language, in which nothing is translated."""
    path = catalogs.po_path(paths, locale)
    path.parent.mkdir(parents=True)
    guide = loader.load(paths)
    file = merge.new(extract.template(extract.occurrences(guide)), locale, guide.name)
    path.write_text(po.written(file), "utf-8")
    return path.relative_to(paths.root)


def test_a_new_language_needs_only_its_po_file(miniature, edit, client):
    """It gets its pages, its place in the switch, in the offline list and in the alternates, without code."""
    edit(begun(miniature, "pt"), 'msgid "Lessons"\nmsgstr ""', 'msgid "Lessons"\nmsgstr "Lições"')

    portuguese, english = page(client, "/pt/sites/market/"), page(client, "/en/offline/")

    assert '<html lang="pt" dir="ltr">' in portuguese and "Lições" in portuguese
    assert '<span lang="en" data-state="missing">What to look for</span>' in portuguese
    assert 'hreflang="pt" translate="no"><span>Português</span></a>' in english
    assert '<link rel="alternate" hreflang="pt" href="../../pt/offline/">' in english
    assert client.get("/pt/guide.webmanifest").get_json()["lang"] == "pt"


def test_a_right_to_left_language_is_one(miniature, client):
    """The direction of the page follows the language."""
    begun(miniature, "ar")

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


def test_getting_there_begins_with_whom_to_call_and_leads_to_its_parts(medellin, reader):
    """Pressed, 123 and the host's number are dialled; every jump lands on a heading, and long parts are folded."""
    host(medellin, '[days.3]\n[[contacts]]\nname = "Ana"\nphone = "+57 (604) 000-0000"\n')

    text = page(reader, "/en/getting-there/")

    article = text.partition("<article>")[2]
    links = re.findall(r'href="([^"]+)"', article)
    assert links[0] == "tel:123" and "tel:+576040000000" in links[:4]
    jumps = re.findall(r'href="#([^"]+)"', re.search(r'<nav class="contents".*?</nav>', article, re.DOTALL)[0])
    assert jumps[:4] == ["ways", "map", "lines", "hours"] and "fares" in jumps
    assert all(f' id="{jump}"' in article for jump in jumps)
    for folded in ("lines", "hours", "fares", "rules-on-board"):
        assert re.search(rf'<details class="fold"><summary>\s*<h2 id="{folded}">', article), folded


def test_a_site_that_nobody_can_place_has_no_way_until_the_host_gives_one(medellin, reader):
    """CEPAR's own page stays, without directions; with the host's address it has them, and a card with that address."""
    assert reader.get("/en/sites/cepar/way/").status_code == 404
    assert "/cepar/way/" not in page(reader, "/en/getting-there/") + page(reader, "/en/days/3/")
    assert 'href="way/"' not in page(reader, "/en/sites/cepar/")
    stop = next(stop.slug for stop in loader.load(medellin).days["3"].itinerary if stop.site == "cepar")

    host(medellin, f'[days.3]\n[days.3.stops.{stop}]\naddress = "Calle 1 # 2-3"\n')

    way = page(reader, "/en/sites/cepar/way/")
    assert "<p>Calle 1 # 2-3</p>" in way and "We don’t know how far it is from here." in way
    assert "/cepar/way/" in page(reader, "/en/getting-there/")
    assert 'href="way/"' in page(reader, "/en/sites/cepar/")


def test_hours_are_said_as_well_as_they_are_known(reader):
    """What a notice says, what it says of the whole network, and what is our own reading are told apart."""
    text = page(reader, "/en/getting-there/")

    assert "from 4:30 a.m. to 11:00 p.m." in text and "from 4:30 a.m. to about 11:00 p.m." in text
    assert "from 9:00 a.m. until the last trains." in text
    assert "from 8:30 a.m. to 6:00 p.m. (our assumption)." in text
    assert text.count("Source from 2022.") == 4 and text.count("Source from 2025.") == 4


def test_there_is_always_a_card_to_show(medellin, reader):
    """A position alone has no address to show: the card bears the place's name, and links to it lead somewhere."""
    host(
        medellin,
        '[days.3]\n[days.3.stops.cepar]\nmeeting_point = "Door on the square"\n'
        "latitude = 6.2520\nlongitude = -75.5650\n",
    )

    way = page(reader, "/en/sites/cepar/way/")

    assert 'href="#show"' in way and 'id="show"' in way
    assert 'translate="no"><p>Door on the square</p></div>' in way
