"""What the content states, what each statement rests on, and where the guide tells it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guide.model.guide import Guide
from guide.text.walk import Slot, walk

Trail = tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """One message of the content: where it stands, its words, and the slugs of what it rests on."""

    trail: Trail
    text: str
    rests_on: Trail


def statements(guide: Guide) -> list[Statement]:
    """Every message of the content, in order."""
    listed: list[Statement] = []

    def visit(text: str, slot: Slot) -> str:
        blocks = slot.skeleton(text).blocks
        listed.extend(Statement(slot.trail, block.text, block.rests_on) for block in blocks if not block.is_heading)
        return text

    walk(guide, visit)
    listed.extend(_of_network(guide))
    return listed


def _of_network(guide: Guide) -> Iterator[Statement]:
    """What the records of the network rest on as a whole."""
    for kind, records in guide.network.records.items():
        for number, record in enumerate(records, start=1):
            name = str(getattr(record, "slug", number))
            yield Statement(("network", kind, name, "sources"), name, record.sources)


def told(guide: Guide) -> dict[str, list[Trail]]:
    """For each source and item of the record where it is told, in order: a thing of the guide and the field of it that
    tells it first, such as `("sites", "moravia", "story")`. A thing stands there once."""
    places: dict[str, dict[Trail, Trail]] = {}
    sites = _sites(guide)
    for statement in statements(guide):
        for slug in statement.rests_on:
            place = _place(sites, statement.trail)
            places.setdefault(slug, {}).setdefault(place[:2], place)
    return {slug: list(by_thing.values()) for slug, by_thing in places.items()}


def _place(sites: Mapping[tuple[str, str], str], trail: Trail) -> Trail:
    """Where the guide shows what stands at a trail; places and buses are shown with the way to a site.

    What no site uses is reported elsewhere.
    """
    match trail:
        case ("network", "places" | "buses" as kind, slug, *_):
            return "ways", sites.get((kind, slug), slug)
        case ("network", *_):
            return "pages", "getting-there"
    return trail[:3] if trail[0] in ("days", "sites") else trail[:2]


def _sites(guide: Guide) -> dict[tuple[str, str], str]:
    """The first site whose way uses a place or a bus, by the kind and slug of these."""
    sites: dict[tuple[str, str], str] = {}
    for place in guide.network.places:
        sites.setdefault(("places", place.slug), place.site)
        for approach in place.approaches:
            sites.setdefault(("buses", approach.bus), place.site)
    return sites
