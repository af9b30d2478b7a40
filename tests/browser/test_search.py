"""The search as a reader uses it: typed, chosen by keys, linked, gone back to, on a failing line, without JavaScript."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from waiting import open_search

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

    from conftest import OpenPage
    from surveys import Served

INDEX = re.compile(r"/assets/survey/index/")
FAILED = re.compile(r"console: Failed to load resource")


def opened(page: Page, address: str) -> Locator:
    page.goto(address, wait_until="networkidle")
    return open_search(page)


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Results").get_by_role("option")


def selected(page: Page) -> Locator:
    return page.locator('[role="option"][aria-selected="true"]')


def status(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Search").get_by_role("status")


def first(page: Page, question: str) -> Locator:
    """Ask for something else; return the first result, once it is of that."""
    box = page.get_by_role("combobox", name="Search")
    box.fill("")
    expect(options(page)).to_have_count(0)
    box.fill(question)
    expect(status(page)).not_to_be_empty()
    return options(page).first


@pytest.fixture(scope="module")
def combiner(records: dict[str, Any]) -> dict[str, Any]:
    """A paper with a key, a DOI and an arXiv identifier."""
    key = "ren2021combiner"
    return {"key": key, "address": f"papers/{key}/", **records[key]}


def test_keys_choose_a_result_and_the_focus_comes_back(page: Page, served: Served) -> None:
    page.goto(served.url, wait_until="networkidle")
    button = page.get_by_role("button", name="Search")
    button.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("combobox", name="Search")
    expect(box).to_be_focused()
    page.keyboard.type("attention")
    expect(status(page)).to_have_text(re.compile(r"\d+ results"))
    expect(box).to_have_attribute("aria-expanded", "true")
    places = []
    for key in ("", "ArrowDown", "ArrowDown", "ArrowUp", "PageDown", "PageUp", "ArrowUp", "ArrowUp"):
        if key:
            page.keyboard.press(key)
        expect(selected(page)).to_have_count(1)
        expect(box).to_have_attribute("aria-activedescendant", str(selected(page).get_attribute("id")))
        expect(selected(page)).to_be_in_viewport()
        places.append(options(page).evaluate_all("all => all.findIndex(one => one.ariaSelected === 'true')"))
    assert places == [0, 1, 2, 1, 6, 1, 0, options(page).count() - 1]
    expect(box).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(
        "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
    )
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()
    expect(page).to_have_url(served.url)


def test_what_is_asked_for_comes_first(
    page: Page, served: Served, combiner: dict[str, Any], records: dict[str, Any]
) -> None:
    opened(page, served.url)
    expect(first(page, "mixture of experts")).to_contain_text("Topics")
    expect(options(page).first.locator("mark")).to_have_text(["Mixture", "experts", "mixture", "experts"])
    for question in (
        combiner["key"],
        f"[@{combiner['key']}]",
        combiner["arxiv"],
        f"https://arxiv.org/abs/{combiner['arxiv']}v3",
        combiner["title"],
    ):
        expect(first(page, question)).to_have_attribute("href", served.url + combiner["address"])
    key, doi = next((key, record["doi"]) for key, record in records.items() if "doi" in record)
    for question in (doi, f"https://doi.org/{doi.upper()}", f"doi:{doi}"):
        expect(first(page, question)).to_have_attribute("href", f"{served.url}papers/{key}/")
        expect(status(page)).to_have_text("1 result")
    for question in ("Akyurek", "Akyürek", "AKYÜREK"):
        first(page, question)
        expect(options(page).first.locator("mark")).to_have_text(["Akyürek"])
    for question, kind in {"NeurIPS": "Venue", "diffusion": "Tag", "downloads": "Page", "Wang Bailin": "Paper"}.items():
        expect(first(page, question)).to_contain_text(re.compile(f"^{kind}"))


def test_words_may_be_incomplete_joined_or_in_the_plural(page: Page, served: Served) -> None:
    opened(page, served.url)
    found = {}
    for question in ("few-shot", "fewshot", "few shot", "pretrain", "pre-train", "transformers", "transformer"):
        first(page, question)
        expect(options(page).first).to_be_visible()
        found[question] = int(re.findall(r"\d+", status(page).inner_text())[0])
    assert found["few shot"] >= found["few-shot"] >= found["fewshot"] > 3
    assert found["pre-train"] >= found["pretrain"] > 10
    assert found["transformers"] == found["transformer"] > 10


def test_who_mistypes_is_asked_what_was_meant(page: Page, served: Served) -> None:
    opened(page, served.url)
    page.keyboard.type("transfromer expets")
    expect(options(page).first).to_have_text("Did you mean transformer experts?")
    expect(status(page)).to_contain_text("Nothing was found")
    page.keyboard.press("Enter")
    box = page.get_by_role("combobox", name="Search")
    expect(box).to_have_value("transformer experts")
    expect(box).to_be_focused()
    expect(status(page)).to_have_text(re.compile(r"^\d+ results?$"))
    page.get_by_role("combobox", name="Search").fill("Akyurk linear")
    expect(options(page).first).to_have_text("Did you mean akyurek linear?")
    expect(status(page)).to_contain_text("Nothing has all of these words")
    first(page, "qqqqqqqqqq")
    expect(status(page)).to_have_text("Nothing was found")
    expect(options(page)).to_have_count(0)


def test_more_results_are_shown_where_they_are_asked_for(page: Page, served: Served) -> None:
    opened(page, served.url)
    page.keyboard.type("models")
    expect(options(page)).to_have_count(11)
    page.keyboard.press("ArrowUp")
    expect(selected(page)).to_have_text(re.compile("Show 10 more of"))
    page.keyboard.press("Enter")
    expect(options(page)).to_have_count(21)
    expect(selected(page)).to_have_attribute("id", "survey-find-10")
    addresses = page.locator('a[role="option"]').evaluate_all("all => all.map(one => one.href)")
    assert len(set(addresses)) == 20


def test_a_question_is_in_the_address_and_comes_back(page: Page, served: Served, combiner: dict[str, Any]) -> None:
    page.goto(f"{served.url}venues/?q=sparse+attention", wait_until="networkidle")
    box = page.get_by_role("combobox", name="Search")
    expect(box).to_have_value("sparse attention")
    expect(options(page).first).to_be_visible()
    page.evaluate("window.sameDocument = true")
    box.fill(combiner["key"])
    expect(page).to_have_url(f"{served.url}venues/?q={combiner['key']}")
    expect(options(page).first).to_have_attribute("href", re.compile(rf"/{re.escape(combiner['address'])}$"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(served.url + combiner["address"])
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Combiner")
    page.go_back()
    expect(box).to_have_value(combiner["key"])
    expect(options(page).first).to_have_attribute("href", re.compile(rf"/{re.escape(combiner['address'])}$"))
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Combiner")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("window.sameDocument") is True, "pages are swapped, not loaded anew"
    # What stands on this very page, and a filter of the list of papers from that list.
    open_search(page)
    options_of_itself = first(page, combiner["key"])
    options_of_itself.click()
    expect(page).to_have_url(served.url + combiner["address"])
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.goto(f"{served.url}papers/", wait_until="networkidle")
    page.keyboard.press("s")
    first(page, "diffusion").click()
    expect(page).to_have_url(f"{served.url}papers/?tag=diffusion")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator('[data-browse="filters"]')).to_contain_text("Tag: diffusion")


def test_a_section_is_found_where_it_stands(page: Page, served: Served) -> None:
    opened(page, served.url)
    heading = next(
        entry
        for file in sorted((served.site / "assets/survey/index/entries").glob("*.json"))
        for entry in json.loads(file.read_text("utf-8"))["entries"]
        if "#" in entry[1]
    )
    result = page.locator(f'a[role="option"][href="{served.url}{heading[1]}"]')
    first(page, f"{heading[2]} {heading[4]}")
    expect(result).to_be_visible()
    result.click()
    expect(page).to_have_url(served.url + heading[1])
    expect(page.locator(f"[id='{heading[1].partition('#')[2]}']")).to_be_in_viewport()


def test_keys_that_open_it_are_left_to_who_types(page: Page, served: Served) -> None:
    page.goto(f"{served.url}papers/", wait_until="networkidle")
    find = page.get_by_label("Find in titles, authors, venues and tags")
    find.click()
    page.keyboard.type("f/s")
    expect(find).to_have_value("f/s")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Search")).to_be_focused()
    page.keyboard.press("Escape")
    expect(find).to_be_focused()
    page.get_by_role("button", name="Search").click()
    page.mouse.click(5, 5)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_first_result_takes_few_bytes_and_nothing_is_fetched_before(page: Page, served: Served) -> None:
    """Nothing is compressed here: on a host that compresses it is less than half."""
    sizes: dict[str, int] = {}
    page.on("response", lambda response: sizes.update({response.url: len(response.body())}))
    page.goto(served.url, wait_until="networkidle")
    assert [url for url in sizes if INDEX.search(url)] == []
    open_search(page)
    page.keyboard.insert_text("attention")
    expect(options(page)).to_have_count(11)
    page.wait_for_load_state("networkidle")
    search = {url: size for url, size in sizes.items() if INDEX.search(url) or "/survey/search/" in url}
    assert any(INDEX.search(url) for url in search)
    assert sum(search.values()) < 100_000, search


def test_it_is_tried_again_after_a_failure(page: Page, served: Served, findings: list[str]) -> None:
    failing: list[str] = ["index.json"]

    def answer(route: Route) -> None:
        if any(part in route.request.url for part in failing):
            route.abort()
        else:
            route.continue_()

    page.route(INDEX, answer)
    for part in ("index.json", "terms/", "entries/"):
        failing[:] = [part]
        box = opened(page, served.url)
        box.fill("attention")
        expect(status(page)).to_contain_text("The search could not be loaded.")
        expect(status(page).get_by_role("link", name="the list of all papers")).to_have_attribute(
            "href", f"{served.url}papers/"
        )
        failing.clear()
        expect(first(page, "sparse attention")).to_be_visible()
    assert findings
    assert all(FAILED.match(finding) for finding in findings)
    findings.clear()


def test_a_part_of_another_index_is_not_believed(page: Page, served: Served) -> None:
    """A browser or a host may hand out a file of the day before beside a summary of today."""
    handed: list[str] = []

    def answer(route: Route) -> None:
        response = route.fetch()
        body = response.text()
        if route.request.url not in handed and "/terms/" in route.request.url:
            body = re.sub(r'"version":"\w+"', '"version":"old"', body)
        handed.append(route.request.url)
        route.fulfill(response=response, body=body)

    page.route(INDEX, answer)
    opened(page, served.url)
    page.keyboard.insert_text("attention")
    expect(options(page).first).to_contain_text("Attention")
    terms = [url for url in handed if "/terms/" in url]
    assert len(terms) > len(set(terms))


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_it_is_accessible(open_page: OpenPage, served: Served, scheme: str, width: int) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    opened(page, served.url)
    for question in ("atention", "transformer"):
        expect(first(page, question)).to_be_visible()
        violations = Axe().run(page).response["violations"]
        found = [(one["id"], node["html"][:200]) for one in violations for node in one["nodes"]]
        assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_the_header_leads_to_the_list_of_papers(open_page: OpenPage, served: Served) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{served.url}topics/")
    header = page.get_by_role("banner")
    expect(header.get_by_role("button", name="Search")).to_have_count(0)
    header.get_by_role("link", name="All papers").click()
    expect(page).to_have_url(f"{served.url}papers/")
