"""The maps of a page in the reader's language, and a place on other people's maps."""

from collections.abc import Sequence

from markupsafe import Markup

from guide.i18n.localize import N_
from guide.model.network import Place
from guide.site.library import Language
from guide.transit import maps
from guide.transit.destinations import destination, with_way

OWN_MAP = N_("This phone’s map app")
NORTH = N_("N")
OVERVIEW = N_("Map of the lines, with the sites")
OVERVIEW_SHOWS = N_(
    "Each line is shown in its colour, with its letter at both ends. The lists below give the same "
    "information in words."
)
SITE_MAP = N_("Map of the place, with stations and bus stops")
SITE_MAP_SHOWS = N_(
    "Dashed lines show straight-line distances in metres. The steps on this page give the same information in words."
)


def overview(language: Language) -> Markup:
    """The map of the lines, with the sites numbered as the page lists them."""
    guide, words = language.guide, language.words
    places = [destination(guide, site) for site in with_way(guide)]
    marks = [(str(number), place.position) for number, place in enumerate(places, start=1) if place.position]
    return maps.overview(guide.network, marks, words(NORTH), words(OVERVIEW), words(OVERVIEW_SHOWS))


def site_map(language: Language, place: Place, others: Sequence[Place]) -> Markup:
    """The map of a place; empty where no position is known."""
    network, words = language.guide.network, language.words
    return maps.site_map(network, place, others, words(NORTH), words(SITE_MAP), words(SITE_MAP_SHOWS))


def outward(language: Language, place: Place) -> list[tuple[str, str]]:
    """Addresses of a place on other people's maps, and what they are called; first what every phone opens."""
    if place.position is None:
        return []
    point = f"{place.position.latitude:.5f},{place.position.longitude:.5f}"
    latitude, longitude = point.split(",")
    spot = f"mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"
    return [
        (f"https://www.google.com/maps/search/?api=1&query={point}", "Google Maps"),
        (f"https://maps.apple.com/?ll={point}&q={point}", "Apple Maps"),
        (f"https://www.openstreetmap.org/?{spot}", "OpenStreetMap"),
        (f"geo:{point}?q={point}", language.words(OWN_MAP)),
    ]
