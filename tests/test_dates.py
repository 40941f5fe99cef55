"""The dates of an edition, as each language writes a range."""

from dataclasses import replace
from datetime import date

import pytest

from guide.config import Paths
from guide.content import loader
from guide.i18n import catalogs
from guide.model.edition import HostDay
from guide.site.library import Language


@pytest.fixture(scope="module")
def guide():
    return loader.load(Paths())


RANGES = [
    ("2026-11-25", "25–29 November 2026", "Del 25 al 29 de noviembre de 2026"),
    ("2017-05-29", "29 May – 2 June 2017", "Del 29 de mayo al 2 de junio de 2017"),
    ("2026-12-30", "30 December 2026 – 3 January 2027", "Del 30 de diciembre de 2026 al 3 de enero de 2027"),
]


@pytest.mark.parametrize(("first", "english", "spanish"), RANGES)
def test_the_dates_of_an_edition_are_a_range(guide, first, english, spanish):
    """A month or year that both dates share is said once."""
    guide = replace(guide, edition=replace(guide.edition, first_day=date.fromisoformat(first)))

    found = [Language(catalogs.read(Paths(), locale)[0], guide).dates() for locale in ("en", "es")]

    assert found == [english, spanish]


def test_days_stand_in_the_order_of_their_dates(guide):
    """A host who exchanges two days finds them exchanged, and the range goes from the first date to the last."""
    days = {"5": HostDay(date=date(2026, 11, 20))}
    guide = replace(guide, edition=replace(guide.edition, first_day=date(2026, 11, 25), days=days))

    english = Language(catalogs.read(Paths(), "en")[0], guide)

    assert [day.slug for day in guide.programme.days] == ["5", "1", "2", "3", "4"]
    assert english.dates() == "20–28 November 2026"
