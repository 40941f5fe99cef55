"""Finding a station as people write it, with the eyes, by keyboard and by ear."""

import json
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guide import create_app
from guide.config import Settings
from guide.content import loader
from guide.publish.build import build
from guide.site.pages import Address
from tests.browser.engines import Tab
from tests.browser.saving import save
from tests.browser.siteserver import Site
from tests.conftest import copy_of_miniature

pytestmark = pytest.mark.browser

SPELLINGS = {
    "El Poblado": "Poblado",
    "Estación Poblado": "Poblado",
    "poblado station": "Poblado",
    "metro poblado": "Poblado",
    "Poblado.": "Poblado",
    "poblado,": "Poblado",
    "the Poblado stop": "Poblado",
    "parada Poblado": "Poblado",
    "POBLADO (metro)": "Poblado",
    "SAN  JAVIER": "San Javier",
    "san\u00a0javier": "San Javier",
    "javier san": "San Javier",
    "Estación de San Javier": "San Javier",
    "san-antonio": "San Antonio",
    "San Antonio ": "San Antonio",
    "“San Antonio”": "San Antonio",
    "12 de octubre": "Doce de Octubre",
    "Sto Domingo": "Santo Domingo Savio",
    "Sto. Domingo": "Santo Domingo Savio",
    "nıquıa": "Niquía",
    "NİQUİA": "Niquía",
    "niqui\u0301a": "Niquía",
    "Itagui": "Itagüí",
    "U de A": "Ruta N–U. de A.",
    "parque de berrio": "Parque Berrío",
    "la estrella": "La Estrella",
    "13 noviembre": "Trece de Noviembre",
    "exposiciones": "Exposiciones",
    "belén parque": "Parque Belén",
    # with a slip
    "Acevdo": "Acevedo",
    "estadoi": "Estadio",
    "pobaldo": "Poblado",
    "sanjavier": "San Javier",
    "envigdo": "Envigado",
    "Saabneta": "Sabaneta",
    "hopsital": "Hospital",
    "univercidad": "Universidad",
    "aguakatala": "Aguacatala",
    "parque berio": "Parque Berrío",
    "santo dominggo": "Santo Domingo Savio",
    "Trisentenario": "Tricentenario",
    "Suramericna": "Suramericana",
    "miraflroes": "Miraflores",
    "bicentenrio": "Bicentenario",
    "esposiciones": "Exposiciones",
    "niqia": "Niquía",
    "andalusia": "Andalucía",
    "nutivara": "Nutibara",
    "aranjues": "Parque Aranjuez",
    # as signs, maps and people have them
    "Universidad de Antioquia": "Ruta N–U. de A.",
    "estacion de metro caribe": "Caribe",
    "the station at alpujarra": "Alpujarra",
    "paradero cisneros": "Cisneros",
    "Barrio Laureles": "Laureles",
    "juan xxiii": "Juan XXIII",
    "San Diego": "Perpetuo Socorro",
    "catedral": "Catedral Metropolitana",
    "arvi": "Arví",
    "la 13 de noviembre": "Trece de Noviembre",
}
"""What people write, and the station that stands first then."""

NOWHERE = ["xyz", "El Dorado", "Bogotá", "qqqq", "123456", "Guatapé", "wwwww", "Rionegro", "Cartagena", "ñandú"]
"""What is no station, and is like none."""


def open_chooser(page: Page, site: Site) -> None:
    page.goto(site.url + Address("es", "way", "comuna-13").path)
    page.wait_for_selector(".directions .chooser:not([hidden])")


def test_a_station_is_found_in_every_spelling(chromium, site: Site) -> None:
    """Articles, the word for a station, order, spaces, hyphens, marks, and letters of other alphabets make no odds."""
    page = chromium().new_page()
    open_chooser(page, site)
    found = page.evaluate(
        """(written) => written.map((text) => {
          const name = document.querySelector(".chooser__name");
          name.value = text;
          name.dispatchEvent(new Event("input"));
          const first = document.querySelector(".chooser__list button");
          return [...(first?.childNodes ?? [])].find((node) => node.nodeType === Node.TEXT_NODE)?.data ?? "";
        })""",
        list(SPELLINGS),
    )

    wrong = {text: got for (text, wanted), got in zip(SPELLINGS.items(), found, strict=True) if got != wanted}
    assert json.dumps(wrong) == "{}"


@pytest.mark.parametrize("text", NOWHERE)
def test_what_is_no_station_finds_none_and_says_how_to_go_on(chromium, site: Site, text: str) -> None:
    page = chromium().new_page()
    open_chooser(page, site)

    page.locator(".chooser__name").fill(text)

    expect(page.locator(".chooser__list")).to_be_hidden()
    expect(page.locator(".chooser__state")).to_contain_text("vea toda la lista")


def test_the_whole_list_has_places_and_stations_line_by_line(chromium, site: Site) -> None:
    """Nobody needs to know a name; a second press folds the list again."""
    page = chromium(locale="en").new_page()
    page.goto(site.url + Address("en", "way", "comuna-13").path)
    button = page.get_by_role("button", name="See the whole list")
    button.click()
    expect(page.get_by_role("button", name="Moravia", exact=True)).to_be_visible()

    listed = page.locator(".chooser__list").inner_text().split("\n")
    places = [place for place in ("Moravia", "La Loma", "House of Memory Museum") if place in listed]
    assert len(places) == 3 and "Comuna 13 (San Javier)" not in listed
    assert listed.index("Moravia") < listed.index("Niquía")
    assert site.asked.count("/en/getting-there/") == 1  # however often the chooser is touched
    assert {"Line A", "Line B", "Niquía", "Arví", "Santo Domingo Savio"} <= {name.strip() for name in listed}
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    expect(page.locator(".chooser__list")).to_be_hidden()


def test_more_than_eight_can_be_reached(chromium, site: Site) -> None:
    page = chromium(locale="en").new_page()
    page.goto(site.url + Address("en", "way", "comuna-13").path)
    page.locator(".chooser__name").fill("a")
    buttons = page.locator(".chooser__list button")
    assert buttons.count() == 9

    page.get_by_role("button", name="more").click()

    assert buttons.count() > 9
    expect(buttons.nth(8)).to_be_focused()


CHOOSE = """new Promise((resolve) => {
  const heading = document.querySelector(".directions__from");
  new MutationObserver(() => setTimeout(() => resolve({
    from: heading.textContent,
    there: [...document.querySelectorAll("[data-way=there] .step__text")].map((step) => step.textContent),
    back: [...document.querySelectorAll("[data-way=back] .step__text")].map((step) => step.textContent),
  }))).observe(heading, { childList: true });
  START
})"""
PLACE = """document.querySelector(".chooser__all").click();
  const list = document.querySelector(".chooser__list");
  const choose = () => {
    const place = [...list.querySelectorAll("button")].find((one) => one.textContent === NAME);
    if (place) late.disconnect();
    place?.click();
  };
  const late = new MutationObserver(choose);
  late.observe(list, { childList: true });
  choose();"""
POSITION = """Object.defineProperty(navigator, "geolocation", { configurable: true, value: {
    getCurrentPosition: (found) => found({ timestamp: Date.now(), coords: COORDS }),
  } });
  document.querySelector(".chooser__near").click();"""

SITES = {
    "metro": ("The Metro and its treasure hunt", "San Antonio"),
    "comuna-13": ("Comuna 13 (San Javier)", "San Javier"),
    "moravia": ("Moravia", "Universidad"),
    "casa-de-la-memoria": ("House of Memory Museum", "Bicentenario"),
    "la-loma": ("La Loma", "San Javier"),
}
"""Sites as starts, and the station that the way from each begins at, by the dossier."""
HILLSIDE = {
    (6.2536, -75.6195): ("San Javier", 740),
    (6.2490, -75.6236): ("San Javier", 1400),
    (6.2790, -75.5690): ("Caribe", 90),
    (6.2473, -75.5563): ("Bicentenario", 460),
    (6.2105, -75.5710): ("Poblado", 810),
}
"""Positions, the station that is nearest and the metres to it in a straight line, as a second reckoning has them."""


def test_the_way_from_anywhere_is_whole_without_a_network(tab: Tab, site: Site) -> None:
    """From every site and from positions on the hillside, there and back, in every engine."""
    save(tab, site, "en/")
    site.stop()
    for goal in ("la-loma", "moravia"):
        tab.open(f"{site.url}en/sites/{goal}/way/")
        tab.wait(".directions .chooser:not([hidden])")
        starts = {
            PLACE.replace("NAME", json.dumps(name)): (name, station)
            for slug, (name, station) in SITES.items()
            if slug != goal
        }
        for start, (name, station) in starts.items():
            way = tab.value(CHOOSE.replace("START", start))
            assert way["from"] == f"From {name}", way
            assert any(station in step for step in way["there"] + way["back"][-3:]), (goal, name, way["there"])
            assert len(way["there"]) >= 2 and not any("{" in step for step in way["there"] + way["back"])
        for (latitude, longitude), (station, metres) in HILLSIDE.items():
            coords = json.dumps({"latitude": latitude, "longitude": longitude, "accuracy": 20})
            way = tab.value(CHOOSE.replace("START", POSITION.replace("COORDS", coords)))
            assert way["from"] == "From where you are"
            assert way["there"][0] == f"Walk to {station} station, {metres} m in a straight line.", way
            assert f"{metres} m" in way["back"][-1] and not any("{" in step for step in way["there"] + way["back"])


def test_where_the_participants_stay_is_a_start(chromium, tmp_path: Path, servers: ExitStack) -> None:
    """The first that is listed: the way to its station is a step of its own, and so is the way back."""
    paths = copy_of_miniature(tmp_path / "guide")
    station = loader.load(paths).network.lines[0].platforms[0]
    with (paths.root / "content/edition.toml").open("a", encoding="utf-8") as edition:
        edition.write(
            f'[assembly]\nname = "Hotel Faro"\nlatitude = {station.latitude + 0.003}\nlongitude = {station.longitude}\n'
        )
    build(create_app(Settings(paths=paths)), tmp_path / "build")
    host = Site(tmp_path / "build")
    servers.callback(host.stop)
    page = chromium(locale="en").new_page()
    page.goto(f"{host.url}en/sites/market/way/")
    page.get_by_role("button", name="See the whole list").click()

    expect(page.locator(".chooser__list button").first).to_have_text("Hotel Faro")
    page.get_by_role("button", name="Hotel Faro").click()

    expect(page.locator(".directions__from")).to_have_text("From Hotel Faro")
    expect(page.locator("[data-way=there] .step__text").first).to_have_text(
        f"Walk to {station.name} station, 330 m in a straight line."
    )
    page.get_by_text("Return trip").click()
    expect(page.locator("[data-way=back] .step__text").last).to_contain_text("Walk to Hotel Faro: 330 m")


def test_the_list_of_stations_is_told_and_walked_by_keyboard(either, site: Site) -> None:
    """How many there are is said; the arrows go through them, Enter goes to the first of several, Escape back."""
    page = either().new_page()
    open_chooser(page, site)
    name, buttons = page.locator(".chooser__name"), page.locator(".chooser__list button")

    name.fill("san")
    told = page.locator(".chooser__state").inner_text()
    name.press("Enter")
    expect(buttons.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(buttons.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(name).to_be_focused()
    name.fill("san javier")
    name.press("ArrowDown")
    page.keyboard.press("Enter")

    assert "8" in told and "{" not in told
    expect(page.locator(".directions__from")).to_contain_text("San Javier")
