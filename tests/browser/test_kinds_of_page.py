"""Every kind of page in a real browser: whole, quiet, accessible, on a phone, without JavaScript.

That no page asks another host for anything and none logs an error is asserted by the fixture
`findings` at the end of each of these tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from places import KINDS, places

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from conftest import OpenPage
    from surveys import Served

MISSING = "console: Failed to load resource: the server responded with a status of 404 (Not Found)"
"""What Chromium says of the page itself when it opens an address that has none."""


@pytest.fixture(scope="module")
def addresses(served: Served) -> dict[str, str]:
    return {kind: served.url + path for kind, path in places(served.root).items()}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def address(kind: str, addresses: dict[str, str]) -> str:
    return addresses[kind]


@pytest.fixture(autouse=True)
def _missing_page_is_missing(kind: str, findings: list[str]) -> object:
    """Expect of the one missing page that the browser says so."""
    yield
    if kind == "missing":
        assert set(findings) == {MISSING}
        findings.clear()


def open_whole(page: Page, address: str) -> None:
    page.goto(address, wait_until="networkidle")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_it_opens(page: Page, address: str, kind: str) -> None:
    open_whole(page, address)
    assert page.get_by_role("main").inner_text().strip()
    assert (kind == "missing") == page.get_by_role("heading", level=1).inner_text().startswith("404")


def test_it_fits_a_phone(open_page: OpenPage, address: str) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True, has_touch=True)
    open_whole(page, address)
    page.evaluate("window.scrollTo(10000, 0)")
    assert page.evaluate("window.scrollX") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1440)])
def test_it_is_accessible(open_page: OpenPage, address: str, scheme: str, width: int) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    open_whole(page, address)
    found = [
        f"{violation['impact']}: {violation['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"]
    ]
    assert found == []


def test_it_follows_the_system_to_the_dark(open_page: OpenPage, address: str) -> None:
    backgrounds = {}
    for scheme in ("light", "dark"):
        page = open_page(color_scheme=scheme)
        open_whole(page, address)
        colour = page.evaluate(
            "getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).slice(0, 3).map(Number)"
        )
        backgrounds[scheme] = sum(colour) / 3
        page.close()
    assert backgrounds["light"] > 200
    assert backgrounds["dark"] < 80


READ = """() => {
  const article = document.querySelector("article");
  article.querySelectorAll('[data-browse="tools"], [data-browse="facets"]').forEach((controls) => controls.remove());
  return article.innerText;
}"""
"""What there is to read; controls that a script makes work need not be shown without it."""


def test_it_reads_without_javascript(open_page: OpenPage, address: str) -> None:
    with_script = open_page(viewport={"width": 1280, "height": 900})
    open_whole(with_script, address)
    without = open_page(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    open_whole(without, address)
    expected = with_script.evaluate(READ).split()
    found = without.locator("article").inner_text().split()
    missing = set(expected) - set(found)
    assert len(missing) <= len(set(expected)) // 10, f"only scripts show: {sorted(missing)[:50]}"
