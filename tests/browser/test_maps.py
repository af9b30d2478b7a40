"""Pictures as a reader uses them: numbers lead to the narrowed list, the map of similar papers is moved, zoomed and walked through."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from waiting import wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from conftest import OpenPage
    from surveys import Served

READY = "document.querySelectorAll('[data-narrowed]:not([data-ready])').length === 0"
SAID = "all => all.map((link) => [link.href, Number(link.textContent)])"
GO = """href => { history.pushState(null, '', href); dispatchEvent(new PopStateEvent('popstate')); }"""
NAMES = """[...document.querySelectorAll('.survey-similar__spot text')]
  .filter((text) => getComputedStyle(text).visibility === 'visible')
  .map((text) => text.getBoundingClientRect()).map(({left, top, right, bottom}) => [left, top, right, bottom])"""


def expect_count(page: Page, number: int) -> None:
    """Expect the list to say that it has so many papers, as soon as it has followed the address."""
    expect(page.locator('[data-browse="count"]')).to_have_text(re.compile(rf"^{number} of \d+ papers$"))


def follow(page: Page, address: str, link: Locator, number: int) -> None:
    page.goto(address, wait_until="networkidle")
    wait_until(page, READY)
    link.click()
    page.wait_for_url("**/papers/?*")
    expect_count(page, number)
    expect(page.locator('[data-browse="stale"]')).to_be_hidden()


def test_each_cell_of_the_gap_map_leads_to_as_many_papers_as_it_says(page: Page, served: Served) -> None:
    address = f"{served.url}map/topics/kinds/"
    page.goto(address, wait_until="networkidle")
    wait_until(page, READY)
    cells = page.locator(".survey-heat__cell a").evaluate_all(SAID)
    assert len(cells) > 20
    circles = page.locator(".survey-map a")
    assert circles.evaluate_all("all => all.map((link) => link.href.baseVal)") == [href for href, _ in cells]
    follow(page, address, circles.nth(1), cells[1][1])
    # The list as the reader changes it by the address alone, which reads no page anew.
    for href, number in cells:
        page.evaluate(GO, href)
        expect_count(page, number)


def test_what_is_unknown_or_cannot_apply_is_found_in_the_list_too(page: Page, served: Served) -> None:
    page.goto(f"{served.url}map/kinds/needs_training/")
    wait_until(page, READY)
    cells = page.locator(".survey-heat__cell--gap a").evaluate_all(SAID)
    assert cells
    page.goto(cells[0][0])
    for href, number in cells:
        page.evaluate(GO, href)
        expect_count(page, number)


def test_each_bar_of_a_timeline_leads_to_as_many_papers_as_it_says(page: Page, served: Served) -> None:
    address = f"{served.url}topics/prompting/"
    page.goto(address)
    number = int(str(page.locator(".survey-timeline__count").last.text_content()))
    follow(page, address, page.locator(".survey-timeline svg a").last, number)
    page.goto(f"{served.url}years/")
    wait_until(page, READY)
    said = page.locator(".survey-timeline figcaption").inner_text()
    links = page.locator(".survey-timeline figcaption a").evaluate_all("all => all.map((link) => link.href)")
    page.goto(links[0])
    for href, number in zip(links, map(int, re.findall(r"\d{4} (\d+)", said)), strict=True):
        page.evaluate(GO, href)
        expect_count(page, number)


def test_without_scripts_numbers_lead_to_plain_lists(open_page: OpenPage, served: Served) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{served.url}map/topics/kinds/")
    page.locator(".survey-heat__cell a").first.click()
    assert page.url.endswith("/map/topics/kinds/#cell-1-1")
    page.goto(f"{served.url}topics/prompting/")
    page.locator(".survey-timeline figcaption a").first.click()
    assert re.search(r"/years/#year-\d{4}$", page.url)


def names_apart(page: Page) -> int:
    """Make sure that no two names on the map overlap, and return how many there are."""
    boxes: list[list[float]] = page.evaluate(NAMES)
    for one, other in combinations(boxes, 2):
        aside = one[2] <= other[0] + 1 or other[2] <= one[0] + 1
        assert aside or one[3] <= other[1] + 1 or other[3] <= one[1] + 1, (one, other)
    return len(boxes)


@pytest.mark.parametrize("width", [1440, 390])
def test_names_on_the_map_stand_apart_at_any_scale(open_page: OpenPage, served: Served, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 900})
    page.goto(f"{served.url}map/similar/", wait_until="networkidle")
    shown = []
    for zoomed in range(3):
        if zoomed:
            page.get_by_role("button", name="Zoom in").click()
        wait_until(page, "document.querySelectorAll('.survey-similar__spot[data-side]').length > 3")
        page.wait_for_timeout(100)
        shown.append(names_apart(page))
    assert shown[0] > (40 if width > 1000 else 8)


def test_names_on_the_map_stand_apart_without_scripts(open_page: OpenPage, served: Served) -> None:
    page = open_page(viewport={"width": 1440, "height": 900}, java_script_enabled=False)
    page.goto(f"{served.url}map/similar/")
    assert names_apart(page) > 40
    page.locator(".survey-similar__topic summary").first.click()
    link = page.locator(".survey-similar__topic li a").first
    title = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def test_the_map_is_walked_through_with_the_keyboard(page: Page, served: Served) -> None:
    page.goto(f"{served.url}map/similar/", wait_until="networkidle")
    picture = page.get_by_role("group", name="Map of similar papers")
    expect(picture).to_be_visible()
    page.get_by_role("button", name="Whole map").focus()
    page.keyboard.press("Tab")
    focused = "document.activeElement.querySelector('title')?.textContent"
    first = page.evaluate(focused)
    assert first
    seen = {first}
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        for _ in range(8):
            page.keyboard.press(key)
            seen.add(page.evaluate(focused))
    assert len(seen) > 10
    before = picture.get_attribute("viewBox")
    for _ in range(5):
        page.keyboard.press("+")
    assert picture.get_attribute("viewBox") != before
    for _ in range(12):
        page.keyboard.press("ArrowLeft")
    box, view = page.evaluate(
        "[document.activeElement.querySelector('use').getBoundingClientRect(),"
        " document.querySelector('.survey-similar__picture').getBoundingClientRect()]"
        ".map(({left, right, top, bottom}) => [left, right, top, bottom])"
    )
    assert view[0] <= box[0]
    assert box[1] <= view[1]
    assert view[2] <= box[2]
    assert box[3] <= view[3]
    title = page.evaluate(focused)
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/*/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title[:30])


def test_the_map_is_dragged_and_zoomed_with_the_pointer(page: Page, served: Served) -> None:
    page.goto(f"{served.url}map/similar/", wait_until="networkidle")
    picture = page.locator(".survey-similar__picture")
    picture.scroll_into_view_if_needed()
    box: Any = picture.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def view() -> list[float]:
        return [float(number) for number in str(picture.get_attribute("viewBox")).split()]

    whole = view()
    page.mouse.move(*middle)
    page.mouse.wheel(0, 120)
    assert view() == whole, "the page is scrolled, not the map"
    picture.scroll_into_view_if_needed()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    wait_until(page, "document.querySelector('[data-closer]') !== null")
    closer = view()
    assert closer[2] < whole[2]
    spot = page.locator(".survey-similar__spot[data-side] use").first
    where: Any = spot.bounding_box()
    page.mouse.move(where["x"] + where["width"] / 2, where["y"] + where["height"] / 2)
    page.mouse.down()
    page.mouse.move(where["x"] + 60, where["y"] + 40, steps=4)
    page.mouse.up()
    assert page.url.endswith("/map/similar/"), "the end of a drag opens nothing"
    moved = view()
    assert moved[0] < closer[0]
    assert moved[2] == pytest.approx(closer[2])
    page.get_by_role("button", name="Whole map").click()
    assert view() == whole
    where = spot.bounding_box()
    page.mouse.click(where["x"] + where["width"] / 2, where["y"] + where["height"] / 2)
    page.wait_for_url("**/papers/*/")
