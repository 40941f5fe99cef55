"""What a page says that was opened by the code on a print: what changed since, in words, without a network."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from guide import create_app
from guide.config import Paths, Settings
from guide.site.printed import print_mark
from tests.browser.conftest import Edition
from tests.browser.engines import Tab
from tests.browser.saving import SAVED, save

pytestmark = pytest.mark.browser

TOLD = "document.querySelector('main > .printed')?.innerText.replace(/\\s+/g, ' ').trim() ?? ''"


def mark(edition: Edition, date: str, *days: str) -> str:
    """The mark of a print of the edition as it is now: of some days, or of all."""
    programme = (
        create_app(Settings(paths=Paths(root=edition.root))).extensions["guide"]().library.source.guide.programme
    )
    return f"#{print_mark(date, [day for day in programme.days if not days or day.slug in days])}"


def change(edition: Edition, old: str, new: str, file: str = "content/edition.toml") -> None:
    path: Path = edition.root / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), "utf-8")


def opened(tab: Tab, edition: Edition, mark: str, page: str = "en/") -> str:
    """What is told where a print's code leads to a page that is not open yet."""
    tab.leave()
    tab.open(f"{edition.site.url}{page}{mark}")
    tab.wait("main > .printed")
    return str(tab.value(TOLD))


def test_a_sheet_says_which_days_have_changed_without_a_network(tab: Tab, edition: Edition) -> None:
    """With when and where to meet now, and the way to that day; in every engine."""
    sheet, day = mark(edition, "2025-01-02"), mark(edition, "2025-01-02", "2")
    change(edition, "The gate of the market", "Under the lamp")
    edition.publish()
    save(tab, edition.site, "en/")
    edition.site.stop()

    told, of_day = opened(tab, edition, sheet), opened(tab, edition, day, "en/days/2/")

    assert told.startswith(
        "Your printed sheet is from 2 January 2025. Since then the plan of these days has changed. It is now:"
    )
    assert "Day 1" in told and "Under the lamp" in told and "Day 2" not in told
    assert of_day == "Your printed sheet is from 2 January 2025. The plan is still the same."


def test_a_day_that_is_gone_and_what_is_new_are_told(chromium, edition: Edition) -> None:
    """In the reader's language; links lead from wherever the code led."""
    sheet = mark(edition, "2000-01-01")
    change(edition, "The gate of the market", "Under the lamp")
    change(edition, "[days.2]", "[days.2]\nleft_out = true")
    edition.publish()
    page = chromium(locale="es-CO").new_page()

    page.goto(f"{edition.site.url}es/sites/market/{sheet}")
    page.wait_for_selector(SAVED)
    notice = page.locator("main > .printed")

    expect(notice).to_contain_text("1 de enero de 2000")
    expect(notice.get_by_text("El día 2 ya no hace parte del plan.")).to_be_visible()
    expect(notice.get_by_text("Lo nuevo en la guía desde entonces")).to_be_visible()
    assert notice.get_by_role("listitem").count() == 3
    notice.get_by_role("link").click()
    page.wait_for_url("**/es/days/1/")


def test_a_phone_whose_guide_is_older_than_the_print_trusts_the_print(chromium, edition: Edition) -> None:
    """It compares nothing with a plan that it does not have."""
    page = chromium(locale="en").new_page()
    page.goto(f"{edition.site.url}en/")
    page.wait_for_selector(SAVED)

    page.goto(f"{edition.site.url}en/today/{mark(edition, '2999-01-01')}")

    expect(page.locator("main > .printed")).to_contain_text("the guide on this phone is older")
    expect(page.locator("main > .printed")).not_to_contain_text("still the same")


@pytest.mark.parametrize("address", ["#printed=", "#printed=2025-01-02", "#printed=2027-05-20-1ab<b>", "#printed"])
def test_what_is_no_mark_says_nothing(chromium, edition: Edition, address: str) -> None:
    page = chromium(locale="en").new_page()
    page.goto(f"{edition.site.url}en/{address}")
    page.wait_for_selector(SAVED)

    page.wait_for_load_state("networkidle")

    expect(page.locator(".printed")).to_have_count(0)
