"""The basket: papers picked anywhere, kept, shared, and taken away as the bytes that `survey export` prints."""

from __future__ import annotations

import json
import re
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from generator.bibliography import FORMATS, gather
from generator.decode import decode
from generator.resolve import resolve
from generator.source import read
from waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from playwright.sync_api import Locator, Page, Route

    from conftest import OpenPage
    from generator.survey import Survey
    from surveys import Served

FORMS = ("bibtex", "biblatex", "ris", "csl-json")
DIRECTORY = "**/entries/directory.json"
FOLLOW = """href => {
  const link = Object.assign(document.createElement('a'), { href });
  document.body.append(link);
  link.click();
  link.remove();
}"""


@pytest.fixture(scope="module")
def survey(repository: Path) -> Survey:
    return resolve(decode(read(repository)[0])[0])[0]


def exported(survey: Survey, form: str, keys: Iterable[str]) -> bytes:
    """Return what `survey export --format FORM KEY …` prints."""
    entries = FORMATS[form].entries(survey, gather(survey.papers[key] for key in keys))
    return FORMATS[form].file(survey, entries, entries).encode()


def downloaded(page: Page, within: Locator, form: str) -> tuple[str, bytes]:
    title = FORMATS[form].title
    with page.expect_download() as saved:
        within.get_by_role("button", name=f"Download {title}", exact=True).click()
    return saved.value.suggested_filename, saved.value.path().read_bytes()


def picker(page: Page, key: str) -> Locator:
    return page.locator(f'[data-pick="{key}"]').first


def in_header(page: Page) -> Locator:
    return page.locator('[data-basket="count"]')


def shown(page: Page) -> list[str]:
    keys: list[str] = page.locator('[data-basket="root"] [data-pick]').evaluate_all(
        "all => all.map(one => one.dataset.pick)"
    )
    return keys


def copied(page: Page, within: Locator, form: str) -> bytes:
    title = FORMATS[form].title
    within.get_by_role("button", name=f"Copy {title}", exact=True).click()
    expect(within.get_by_role("status")).to_have_text(re.compile(f"^Copied .* as {re.escape(title)}$"))
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text.encode()


def test_what_is_taken_away_is_what_the_command_prints(open_page: OpenPage, served: Served, survey: Survey) -> None:
    """A hundred selections: by the module that makes the files, and views of the list by its buttons."""
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    random = Random(6)  # noqa: S311 - nothing secret
    keys = list(survey.papers)
    page.goto(f"{served.url}basket/")
    module = json.dumps(f"{served.url}assets/survey/basket/files.js")
    write = f"async ([form, keys]) => (await import({module})).bibliography(form, keys)"
    for number in range(80):
        form = FORMS[number % len(FORMS)]
        chosen = random.sample(keys, len(keys) if number < len(FORMS) else random.randint(1, len(keys)))
        assert page.evaluate(write, [form, chosen]).encode() == exported(survey, form, chosen), (form, chosen)

    page.goto(f"{served.url}papers/?view=list")
    page.locator(".survey-take summary").click()
    take = page.locator(".survey-take")
    wait_until(page, "document.querySelectorAll('.survey-take__formats li').length === 4")
    years = sorted({paper.record.year for paper in survey.papers.values()})
    for number in range(20):
        first, last = sorted(random.choices(years, k=2))
        kinds = sorted({paper.record.type.value for paper in survey.papers.values()})
        unwanted = random.choice(kinds)
        query = f"?type=-{unwanted}&year={first}-{last}&view={random.choice(['list', 'table'])}"
        page.evaluate(FOLLOW, query)
        fitting = [
            key
            for key, paper in survey.papers.items()
            if first <= paper.record.year <= last and paper.record.type.value != unwanted
        ]
        form = FORMS[number % len(FORMS)]
        if not fitting:
            take.get_by_role("button", name=f"Download {FORMATS[form].title}", exact=True).click()
            expect(take.get_by_role("status")).to_have_text("There is no paper to take.")
        elif number // len(FORMS) % 2:  # by turns: after ten downloads on end a browser asks whether there may be more
            assert downloaded(page, take, form) == (f"papers{FORMATS[form].suffix}", exported(survey, form, fitting))
        else:
            assert copied(page, take, form) == exported(survey, form, fitting)


def test_papers_are_picked_anywhere_and_kept(open_page: OpenPage, served: Served, survey: Survey) -> None:
    page = open_page(viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"])
    group = next(one for one in survey.groups.values() if one.record.compare and len(one.papers) > 3)
    first, second, third, *_ = group.papers
    page.goto(f"{served.url}papers/{first}/")
    expect(in_header(page)).to_be_hidden()
    expect(page.locator(f'[data-pick="{first}"]')).to_have_text("Put into the basket")
    page.get_by_role("button", name="Put into the basket", exact=True).click()
    expect(page.locator(f'[data-pick="{first}"]')).to_have_text("In the basket")
    expect(in_header(page)).to_have_text("1")

    page.goto(f"{served.url}{group.id}/")
    assert picker(page, first).get_attribute("aria-pressed") == "true"
    page.locator(".survey-table-compared").locator(f'[data-pick="{second}"]').press("Enter")
    listed = page.locator(".survey-papers").locator(f'[data-pick="{second}"]')
    expect(listed).to_have_attribute("aria-pressed", "true")

    # another tab knows at once, and neither forgets what the other picked
    other = page.context.new_page()
    other.goto(f"{served.url}papers/?view=table")
    expect(in_header(other)).to_have_text("2")
    wait_until(other, "document.querySelectorAll('tbody .survey-pick').length > 3")
    picker(other, third).click()
    expect(in_header(page)).to_have_text("3")
    other.close()

    # by the theme's own navigation, which keeps the header
    in_header(page).click()
    page.wait_for_url("**/basket/")
    expect(page.locator('[data-basket="root"] [data-pick]')).to_have_count(3)
    assert shown(page) == [first, second, third]
    page.reload()
    expect(page.locator('[data-basket="root"] [data-pick]')).to_have_count(3)
    root = page.locator('[data-basket="root"]')
    for form in FORMS:
        expected = exported(survey, form, (first, second, third))
        assert downloaded(page, root, form) == (f"basket{FORMATS[form].suffix}", expected)
    root.get_by_role("button", name="Copy BibTeX", exact=True).click()
    expect(root.locator(".survey-take__said")).to_have_text("Copied 3 papers as BibTeX")
    assert page.evaluate("navigator.clipboard.readText()").encode() == exported(survey, "bibtex", group.papers[:3])

    root.locator(f'[data-pick="{second}"]').press("Enter")
    expect(root.locator("[data-pick]")).to_have_count(2)
    expect(root.locator(f'[data-pick="{third}"]')).to_be_focused()
    root.get_by_role("button", name="Empty the basket").click()
    expect(in_header(page)).to_be_hidden()
    root.get_by_role("button", name="Have the 2 papers back").click()
    expect(in_header(page)).to_have_text("2")


def test_a_group_is_taken_as_a_whole(page: Page, served: Served, survey: Survey) -> None:
    group = next(one for one in survey.groups.values() if one.children and len(one.papers) > 3)
    page.goto(f"{served.url}{group.id}/")
    page.locator(".survey-take summary").click()
    take = page.locator(".survey-take")
    name = group.id.rsplit("/", 1)[-1]
    assert downloaded(page, take, "ris") == (f"{name}.ris", exported(survey, "ris", group.papers))
    take.get_by_role("button", name="Put all into the basket").click()
    expect(in_header(page)).to_have_text(str(len(group.papers)))


def test_a_shared_link_adds_and_never_overwrites(page: Page, served: Served, survey: Survey) -> None:
    first, second, third, fourth, *_ = survey.papers

    def answer(route: Route) -> None:
        """As if one paper had been renamed and another been retired since."""
        response = route.fetch()
        told: dict[str, Any] = response.json()
        told |= {"former": {"formerly": third}, "retired": {"gone": "Not a <b>paper</b>."}}
        route.fulfill(response=response, json=told)

    page.route(DIRECTORY, answer)
    page.goto(f"{served.url}papers/{first}/")
    page.get_by_role("button", name="Put into the basket", exact=True).click()
    page.goto(f"{served.url}basket/?papers={second},{first},formerly,gone,%3Cimg%20src=x%3E,toString")
    root = page.locator('[data-basket="root"]')
    expect(root.locator("[data-pick]")).to_have_count(3)
    assert shown(page) == [second, first, third]
    assert root.get_by_role("note").locator("li").all_text_contents() == [
        f"formerly is called {third} now.",
        "gone was retired: Not a <b>paper</b>.",
        "<img src=x> is no paper of this survey.",
        "toString is no paper of this survey.",
    ]
    expect(in_header(page)).to_have_text("1")
    root.get_by_role("button", name="Put the other 2 into your basket").click()
    expect(in_header(page)).to_have_text("3")
    root.get_by_role("link", name="Your own basket (3)").click()
    page.wait_for_url("**/basket/")
    expect(root.get_by_label("Link to these papers")).to_have_value(
        f"{served.url}basket/?papers={first},{second},{third}"
    )
    page.go_back()
    expect(root).to_contain_text("3 papers shared by this link")

    # one's own basket may be older than the survey too
    page.evaluate(
        "key => localStorage.setItem(Object.keys(localStorage).find(name => name.endsWith('.survey-basket')), key)",
        json.dumps([fourth, "formerly", "gone", "no such key"]),
    )
    page.goto(f"{served.url}basket/")
    expect(root.locator("[data-pick]")).to_have_count(2)
    root.get_by_role("button", name="Keep only what is there").click()
    expect(root.get_by_role("note")).to_have_count(0)
    expect(in_header(page)).to_have_text("2")
    assert shown(page) == [fourth, third]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_full_basket_is_for_everyone(open_page: OpenPage, served: Served, survey: Survey, scheme: str) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": 390, "height": 844})
    page.goto(f"{served.url}basket/?papers={','.join(list(survey.papers)[:3])},gone")
    root = page.locator('[data-basket="root"]')
    root.get_by_role("button", name="Put all into your basket").click()
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    root.get_by_role("link", name="Your own basket (3)").click()
    expect(root.get_by_role("button", name="Empty the basket")).to_be_visible()
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    "obstacle",
    [
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })",
        "Storage.prototype.setItem = function () { throw new DOMException('', 'QuotaExceededError') }",
    ],
    ids=["denied", "full"],
)
def test_where_nothing_is_kept_the_basket_lasts_for_the_visit(
    page: Page, served: Served, survey: Survey, obstacle: str
) -> None:
    page.add_init_script(obstacle)
    page.goto(f"{served.url}papers/{next(iter(survey.papers))}/")
    page.get_by_role("button", name="Put into the basket", exact=True).click()
    expect(page.locator(".survey-told")).to_contain_text("lasts for this visit")
    in_header(page).click()
    page.wait_for_url("**/basket/")
    root = page.locator('[data-basket="root"]')
    expect(root.locator("[data-pick]")).to_have_count(1)
    expect(root).to_contain_text("This browser keeps nothing for this site")


def test_without_scripts_or_without_its_files_the_page_says_so(
    open_page: OpenPage, served: Served, findings: list[str]
) -> None:
    plain = open_page(java_script_enabled=False)
    plain.goto(f"{served.url}basket/")
    expect(plain.locator('[data-basket="root"]')).to_contain_text("A script fills the basket; where none runs")
    expect(plain.locator(".survey-pick")).to_have_count(0)

    page = open_page()
    page.route(DIRECTORY, lambda route: route.abort())
    page.goto(f"{served.url}basket/?papers=a2020,b2021")
    expect(page.get_by_role("alert")).to_contain_text("Nothing is lost: a2020, b2021.")
    assert all("ERR_FAILED" in finding for finding in findings), findings
    findings.clear()
