"""What a reader does: search, sort, follow links, copy, download."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from places import places
from waiting import open_search, wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from conftest import OpenPage
    from surveys import Served


def search(page: Page, served: Served, query: str) -> Locator:
    """Type a query into the header's search as a person does; return the links that it finds."""
    page.goto(served.url, wait_until="networkidle")
    open_search(page)
    page.keyboard.type(query, delay=20)
    return page.get_by_role("listbox", name="Results").get_by_role("option")


def expect_first(results: Locator, key: str) -> None:
    expect(results.first).to_have_attribute("href", re.compile(rf"/papers/{re.escape(key)}/(?:[?#]|$)"), timeout=30_000)


def words(text: str) -> list[str]:
    return re.findall(r"[a-z]{6,}", text.lower())


@pytest.fixture(scope="module")
def title_word(records: dict[str, dict[str, Any]]) -> tuple[str, str]:
    """A word that stands in one title alone, and the paper's key."""
    everywhere = " ".join(str(record) for record in records.values()).lower()
    return next(
        (word, key)
        for key, record in records.items()
        for word in words(record["title"])
        if len(re.findall(word, everywhere)) == 1
    )


def test_search_finds_a_paper_by_a_word_of_its_title(page: Page, served: Served, title_word: tuple[str, str]) -> None:
    word, key = title_word
    expect_first(search(page, served, word), key)


def test_search_finds_an_author_without_the_accents(page: Page, served: Served, records: dict[str, Any]) -> None:
    keys = {key for key, record in records.items() if any("Akyürek" in str(author) for author in record["authors"])}
    assert keys
    results = search(page, served, "Akyurek")
    expect(results.first).to_be_visible(timeout=30_000)
    found = {str(link.get_attribute("href")) for link in results.all()}
    assert {key for key in keys if any(f"/papers/{key}/" in address for address in found)} == keys


def test_search_finds_a_paper_by_a_former_title(page: Page, served: Served, records: dict[str, Any]) -> None:
    former = {key: record["former_titles"][0] for key, record in records.items() if record.get("former_titles")}
    key, title = next((k, t) for k, t in former.items() if not set(words(t)) <= set(words(records[k]["title"])))
    expect_first(search(page, served, re.sub(r"[^\w\s]", " ", title)), key)


def test_search_leads_to_the_page_it_found(page: Page, served: Served, title_word: tuple[str, str]) -> None:
    word, key = title_word
    results = search(page, served, word)
    expect_first(results, key)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/papers/{re.escape(key)}/"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_copy_button_copies_the_entry(open_page: OpenPage, served: Served) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    address = places(served.root)["paper"]
    page.goto(served.url + address, wait_until="networkidle")
    page.locator(".highlight").get_by_role("button", name=re.compile("copy", re.IGNORECASE)).click()
    wait_until(page, "navigator.clipboard.readText().then(text => text.startsWith('@'))")
    copied = page.evaluate("navigator.clipboard.readText()")
    file = (served.site / address.rstrip("/")).with_suffix(".bib").read_bytes()
    assert copied.rstrip("\n").encode() == file.rstrip(b"\n")


def test_the_copy_button_survives_instant_navigation(
    open_page: OpenPage, served: Served, records: dict[str, Any]
) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(served.url + "papers/", wait_until="networkidle")
    page.evaluate("window.sameDocument = true")
    for key in list(records)[:2]:
        page.locator(f'article a[href$="/{key}/"], article a[href="{key}/"]').first.click()
        expect(page).to_have_url(served.url + f"papers/{key}/")
        copy = page.locator(".highlight").get_by_role("button", name=re.compile("copy", re.IGNORECASE))
        expect(copy).to_have_count(1)
        copy.click()
        wait_until(page, f"navigator.clipboard.readText().then(text => text.includes('{{{key},'))")
        page.go_back()
        expect(page).to_have_url(served.url + "papers/")
    assert page.evaluate("window.sameDocument") is True, "pages are swapped, not loaded anew"


@pytest.mark.parametrize("label", ["APA", "IEEE", "BibLaTeX", "RIS"])
def test_each_reference_and_entry_can_be_copied(open_page: OpenPage, served: Served, label: str) -> None:
    """A reference keeps its italics for a word processor; in a text it has none."""
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(served.url, wait_until="networkidle")
    page.locator('article a[href*="papers/"]:not([href$=".bib"])').first.click()
    page.goto(served.url + places(served.root)["paper"], wait_until="networkidle")
    if label in {"BibLaTeX", "RIS"}:
        page.get_by_text(label, exact=True).first.click()
    shown = page.locator(f'[data-survey-copy="{label}"]')
    page.get_by_role("button", name=f"Copy {label}", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n") == shown.evaluate("e => e.textContent")
    html = page.evaluate(
        "navigator.clipboard.read().then(([item]) => item.getType('text/html')).then(blob => blob.text())"
    )
    assert ("<i>" in html) == (label in {"APA", "IEEE"})


def test_the_head_is_that_of_the_page_after_instant_navigation(page: Page, served: Served) -> None:
    """A reference manager reads the head of the page that the reader sees."""
    page.goto(served.url + "papers/", wait_until="networkidle")
    assert page.locator('meta[name="citation_title"]').count() == 0
    page.locator(".survey-paper__title a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page).to_have_url(re.compile(r"/papers/[^/]+/$"))
    title = page.locator('meta[name="citation_title"]').get_attribute("content")
    assert title
    assert page.get_by_role("heading", level=1).inner_text().startswith(title[:20])
    data = page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').text)")
    assert data["name"] == title
    assert len(data["author"]) == page.locator('meta[name="citation_author"]').count()
    assert page.locator('link[rel="canonical"]').get_attribute("href") == page.url


def test_browse_sorts_by_its_columns(page: Page, served: Served, records: dict[str, Any]) -> None:
    page.goto(served.url + "papers/?view=table", wait_until="networkidle")
    table = page.get_by_role("table").filter(
        has=page.get_by_role("columnheader", name=re.compile("year", re.IGNORECASE))
    )
    expect(table).to_have_count(1)
    rows = table.locator("tbody tr")
    expect(rows).to_have_count(len(records))
    for name in ("Title", "Year"):
        header = table.get_by_role("columnheader", name=re.compile(name, re.IGNORECASE))
        button = header.get_by_role("button")
        column = header.evaluate("cell => cell.cellIndex")
        cells = table.locator(f"tbody tr > :nth-child({column + 1})")
        button.click()
        expect(rows).to_have_count(len(records))
        first = header.get_attribute("aria-sort")
        before = cells.all_inner_texts()
        button.press("Enter")
        expect(rows).to_have_count(len(records))
        second = header.get_attribute("aria-sort")
        after = cells.all_inner_texts()
        assert {first, second} == {"ascending", "descending"}
        assert before != after
        assert sorted(before) == sorted(after)
        if name == "Year":
            ascending = before if first == "ascending" else after
            descending = after if first == "ascending" else before
            assert ascending == sorted(ascending)
            assert descending == sorted(descending, reverse=True)
        others = table.locator("thead th[aria-sort]:not([aria-sort=none])")
        expect(others).to_have_count(1)


def test_a_reader_without_javascript_gets_from_home_to_a_bibtex_file(open_page: OpenPage, served: Served) -> None:
    page = open_page(java_script_enabled=False, viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page.goto(served.url)
    page.locator('article a[href*="topics/"]').first.click()
    expect(page).to_have_url(re.compile("/topics/"))
    page.locator('article a[href*="/papers/"]:not([href$=".bib"])').first.click()
    expect(page).to_have_url(re.compile(r"/papers/[^/]+/$"))
    link = page.locator('article a[href$=".bib"]').first
    key = page.url.rstrip("/").rpartition("/")[2]
    response = page.request.get(str(link.evaluate("a => a.href")))
    assert response.ok
    assert response.body() == (served.site / "papers" / f"{key}.bib").read_bytes()


def test_the_keyboard_reaches_the_content_first(page: Page, served: Served) -> None:
    page.goto(served.url + "papers/", wait_until="networkidle")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text(re.compile("skip", re.IGNORECASE))
    page.keyboard.press("Enter")
    target = page.url.partition("#")[2]
    expect(page.locator(f"main [id='{target}'], main[id='{target}']")).to_have_count(1)
