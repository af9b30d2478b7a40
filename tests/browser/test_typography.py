"""How text is set: in fonts of the site's own, which come without a jump, in lines that one can read."""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from places import places

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from conftest import OpenPage
    from surveys import Served

FONT = re.compile(r"\.woff2$")
LINES = """() => [...document.querySelectorAll('.survey-prose > p')].flatMap(paragraph => {
  const range = document.createRange();
  range.selectNodeContents(paragraph);
  const lines = new Set([...range.getClientRects()].map(box => Math.round(box.bottom / 12))).size;
  return lines > 4 ? [paragraph.textContent.length / lines] : [];
})"""
"""How many characters a line of each longer paragraph has."""

IS_USED = """([family, isBold]) => [...document.querySelectorAll('article *')].some(node => {
  const style = getComputedStyle(node);
  return style.fontFamily.startsWith(`"${family}"`) && style.fontWeight > 500 === isBold;
})"""
"""Whether something on a page is set in a font."""

PLACES = "() => [...document.querySelectorAll('article :is(h1, h2, h3)')].map(heading => heading.getBoundingClientRect().top)"


@pytest.mark.parametrize("kind", ["home", "browse"])
def test_what_is_asked_for_early_is_used(open_page: OpenPage, served: Served, kind: str) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    fetched: set[str] = set()
    page.on("request", lambda request: fetched.add(urlsplit(request.url).path))
    page.goto(served.url + places(served.root)[kind], wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => null)")
    used = page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)")
    assert {name.strip('"') for name in used} >= {"Source Serif 4", "Source Sans 3"}
    early = page.locator('link[rel="preload"][as="font"]').evaluate_all("links => links.map(link => link.href)")
    assert early
    assert {urlsplit(url).path for url in early} <= fetched
    for url in early:
        family = "Source Serif 4" if "serif" in url else "Source Sans 3"
        assert page.evaluate(IS_USED, [family, "-600-" in url]), url


@pytest.mark.parametrize("kind", ["home", "group with children"])
def test_nothing_jumps_when_a_font_arrives(open_page: OpenPage, served: Served, kind: str) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    address = served.url + places(served.root)[kind]
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => null)")
    as_meant = page.evaluate(PLACES)
    page.route(FONT, lambda route: route.fulfill(status=200, body=b"", content_type="font/woff2"))
    page.goto(address, wait_until="networkidle")
    assert page.evaluate(
        "![...document.fonts].some(font => font.status === 'loaded' && font.unicodeRange !== 'U+0-10FFFF')"
    )
    before = page.evaluate(PLACES)
    assert len(before) == len(as_meant) > 2
    moved = [abs(one - other) / max(other, 844) for one, other in zip(before, as_meant, strict=True)]
    assert max(moved) < 0.04


SHIFTS = """window.shifted = 0;
new PerformanceObserver(list => list.getEntries().forEach(shift => (shifted += shift.value))).observe({ type: 'layout-shift', buffered: true });
"""
"""Adds up by how much a page moves while it comes, as browsers count it."""


@pytest.mark.parametrize("kind", ["group with children", "browse"])
def test_nothing_jumps_when_a_script_arrives(page: Page, served: Served, kind: str) -> None:
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 100, "downloadThroughput": 500_000, "uploadThroughput": 500_000}
    line.send("Network.emulateNetworkConditions", slow)
    page.add_init_script(SHIFTS)
    page.goto(served.url + places(served.root)[kind])
    expect(page.locator("details.survey-take")).to_be_visible()
    page.wait_for_timeout(500)
    assert page.evaluate("shifted") < 0.1


def test_lines_have_the_length_that_one_reads_well(page: Page, served: Served) -> None:
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.goto(served.url + places(served.root)["group with children"], wait_until="networkidle")
    lengths = page.evaluate(LINES)
    assert 62 <= median(lengths) <= 72
    assert max(lengths) <= 76


def test_colours_follow_the_system_until_the_reader_chooses(open_page: OpenPage, served: Served) -> None:
    page = open_page(color_scheme="dark", viewport={"width": 1280, "height": 900})
    page.goto(served.url, wait_until="networkidle")
    ink = "getComputedStyle(document.querySelector('article h1')).color"
    on_dark = page.evaluate(ink)
    page.emulate_media(color_scheme="light")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    on_light = page.evaluate(ink)
    assert on_dark != on_light
    page.locator('label[for^="__palette_"]:visible').click()
    page.locator('label[for^="__palette_"]:visible').click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.reload(wait_until="networkidle")
    assert page.evaluate(ink) == on_dark
