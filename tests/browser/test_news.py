"""What is new to a reader who comes back: marked, counted, forgotten; on paper, and without motion."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

    from conftest import OpenPage
    from surveys import Served

RECENT = "**/assets/survey/recent.json"
MORNING = 1_800_000_000
"""In seconds since 1970."""


def news(page: Page) -> Locator:
    return page.get_by_role("link", name=re.compile("new since your last visit"))


def marked(page: Page) -> set[str]:
    links = page.locator("a:has(+ .survey-new), a:has(+ .survey-pick + .survey-new)")
    return {address.rstrip("/").rpartition("/")[2] for address in links.evaluate_all("all => all.map(one => one.href)")}


def visiting(page: Page, address: str, minutes: float) -> None:
    """Open a page at a time of the day."""
    page.clock.set_fixed_time(MORNING + minutes * 60)
    page.goto(address, wait_until="networkidle")


@pytest.fixture
def latest(served: Served) -> dict[str, list[str]]:
    days: dict[str, list[str]] = json.loads((served.root / "docs/assets/survey/recent.json").read_text("utf-8"))
    return days


def test_what_joined_since_the_last_visit_is_new(page: Page, served: Served, latest: dict[str, list[str]]) -> None:
    ((day, keys),) = latest.items()
    joined = {*keys[:3]}
    asked: list[str] = []

    def earlier(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(json={day: keys[3:]})

    page.route(RECENT, earlier)
    visiting(page, served.url, 0)
    assert len(asked) == 1
    visiting(page, f"{served.url}changes/", 20)
    visiting(page, f"{served.url}changes/", 45)  # not half an hour after the last page
    expect(news(page)).to_have_count(0)
    assert len(asked) == 1, "within a visit nothing is asked again"

    page.unroute(RECENT)
    visiting(page, f"{served.url}changes/", 500)
    expect(news(page)).to_have_text("3 papers are new since your last visit")
    assert marked(page) == joined, "though they joined on a day that was there already"
    page.reload()
    expect(news(page)).to_be_visible()
    page.goto(f"{served.url}papers/?sort=added&view=table", wait_until="networkidle")
    expect(page.locator(".survey-new")).to_have_count(3)
    assert marked(page) == joined
    page.goto(served.url, wait_until="networkidle")
    news(page).click()
    page.wait_for_url("**/changes/")
    expect(page.locator(".survey-new")).to_have_count(3)

    other = page.context.new_page()
    visiting(other, served.url, 510)
    other.get_by_role("button", name="I have seen them").press("Enter")
    expect(other.get_by_text("Nothing is marked as new any more.")).to_be_visible()
    expect(news(page)).to_have_count(0)
    assert marked(page) == marked(other) == set()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(news(page)).to_have_count(0)
    visiting(page, served.url, 2000)
    expect(news(page)).to_have_count(0)


@pytest.mark.parametrize(
    "kept",
    [
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })",
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }",
        'localStorage.setItem(\'/living-survey/.survey-visit\', \'{"at": 1, "day": 5, "keys": "<b>"}\')',
    ],
    ids=["denied", "full", "not ours"],
)
def test_where_nothing_can_be_kept_nothing_is_new(kept: str, page: Page, served: Served) -> None:
    page.add_init_script(kept)
    for minutes in (0, 500):
        visiting(page, served.url, minutes)
        expect(page.get_by_role("heading", name="Latest additions")).to_be_visible()
        expect(news(page)).to_have_count(0)


def test_a_group_is_printed_for_reading(page: Page, served: Served, records: dict[str, dict[str, Any]]) -> None:
    address = f"{served.url}topics/code/"
    page.goto(address, wait_until="networkidle")
    document = pypdfium2.PdfDocument(page.pdf(format="A4"))
    sheets = [sheet.get_textpage().get_text_range() for sheet in document]
    assert all(len(sheet) > 100 for sheet in sheets), "none is empty, or nearly so"
    text = "\n".join(sheets)
    for key, record in records.items():
        if "topics/code" in (record.get("groups") or []):
            assert " ".join(record["title"].split())[:30] in " ".join(text.split()), key
    for control in (
        "Search",
        "Put all into the basket",
        "Follow by feed",
        "Download",
        "Table of contents",
        "Back to top",
    ):
        assert control not in text
    for word in ("Better results on tasks, or better", "Headline figure"):
        assert word in text, "what is folded away on a screen, and the last column of a table"


def test_who_wants_no_motion_sees_none(open_page: OpenPage, served: Served) -> None:
    page = open_page(reduced_motion="reduce")
    for address in ("", "papers/", "topics/code/", "contribute/"):
        page.goto(f"{served.url}{address}")
        moving = page.evaluate(
            """() => [document.documentElement, ...document.body.querySelectorAll("*")]
              .flatMap((element) => ["", "::before", "::after"].map((part) => getComputedStyle(element, part || null)))
              .filter((style) => [style.transitionDuration, style.animationDuration].some((times) => times.split(",").some((time) => parseFloat(time)))
                || style.scrollBehavior === "smooth").length"""
        )
        assert moving == 0
