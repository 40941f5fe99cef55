"""Finding a station as people write it, with the eyes, by keyboard and by ear."""

import json

import pytest
from playwright.sync_api import Page, expect

from guide.site.pages import Address
from tests.browser.siteserver import Site

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
}
"""What people write, and the station that stands first then."""


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


def test_the_list_of_stations_is_told_and_walked_by_keyboard(chromium, site: Site) -> None:
    """How many there are is said; the arrows go through them, Enter goes to the first of several, Escape back."""
    page = chromium().new_page()
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
