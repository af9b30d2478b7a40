"""Content that tries to be more than text, in every field that takes any, in a real browser.

The survey is `tests/fixtures/hostile`. Every payload in it would call `alert`, load something from
another host or show a file, each with its place as the argument; `findings` notes the first two.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from surveys import serving_survey
from waiting import open_search

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from conftest import OpenPage, SurveyCommand
    from surveys import Served

PAPER = "papers/evil2024/"
GROUP = "topics/hostile/"
PAGE = "hostile/"


FIXTURE = Path(__file__).parents[1] / "fixtures" / "hostile"

IN_SPITE_OF_ERRORS = """
import sys
from pathlib import Path
from generator.build import build_site, generate, load

root = Path(sys.argv[1])
quiet = lambda stage: None
generate(root, load(root, quiet), quiet)
build_site(root, strict=False)
"""
"""Builds a survey that `survey build` refuses, so that what would come of it can be looked at."""


@pytest.fixture
def hostile_folder(tmp_path: Path) -> Path:
    shutil.copytree(FIXTURE, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture(scope="module")
def hostile(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = tmp_path_factory.mktemp("hostile")
    shutil.copytree(FIXTURE, root, dirs_exist_ok=True)
    shutil.copytree(repository / "site_templates", root / "site_templates")
    shutil.copy(repository / "mkdocs.yml", root)

    def build(root: Path) -> Path:
        subprocess.run([sys.executable, "-c", IN_SPITE_OF_ERRORS, root], check=True, timeout=300)
        return root / "site"

    with serving_survey(root, build) as served:
        yield served


def test_every_unsafe_link_is_an_error_at_its_place(hostile_folder: Path, survey_command: SurveyCommand) -> None:
    done = survey_command("check", "--format", "json", root=hostile_folder)
    found = {(d["file"], d["line"]) for d in json.loads(done.stdout) if d["code"] == "unsafe-link"}
    files = [path for path in hostile_folder.rglob("*") if path.is_file()]
    expected = {
        (path.relative_to(hostile_folder).as_posix(), number)
        for path in files
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if "link-" in line
    }
    assert len(expected) > 20
    assert found == expected
    assert done.returncode == 1
    assert survey_command("build", root=hostile_folder).returncode == 1
    assert not (hostile_folder / "site").exists()


def test_no_script_runs_on_any_page(open_page: OpenPage, hostile: Served) -> None:
    """Nothing runs when a page is opened, nor when each thing on it is touched."""
    page = open_page(viewport={"width": 1280, "height": 900})
    addresses = [file.relative_to(hostile.site).as_posix() for file in sorted(hostile.site.rglob("*.html"))]
    assert {PAPER + "index.html", GROUP + "index.html", PAGE + "index.html"} <= set(addresses)
    for address in addresses:
        if address == "404.html":
            continue
        page.goto(hostile.url + address.removesuffix("index.html"), wait_until="networkidle")
        handlers = page.evaluate(
            """() => [...document.querySelectorAll("*")].flatMap(element =>
                 [...element.attributes]
                   .filter(({name, value}) => name.startsWith("on") || /^\\s*(javascript|vbscript|data:text)/i.test(value))
                   .map(({name, value}) => `<${element.localName} ${name}="${value}">`))"""
        )
        assert handlers == [], address
        schemes = page.evaluate("[...new Set([...document.links].map(link => link.protocol))]")
        assert set(schemes) <= {"http:", "https:", "mailto:"}, address
        scripts = page.evaluate(
            """[...document.scripts].filter(s => !["application/json", "application/ld+json"].includes(s.type)
                                                && s.text.includes("alert("))"""
        )
        assert scripts == [], address
        page.evaluate(
            """() => { for (const element of document.querySelectorAll("article *"))
                 for (const type of ["mouseover", "mouseenter", "focus", "pointerover"])
                   element.dispatchEvent(new Event(type, {bubbles: true})) }"""
        )
        assert page.locator("iframe, object, embed, article style").count() == 0, address


def text_of(page: Page, address: str) -> str:
    page.goto(address, wait_until="networkidle")
    return page.locator("body").inner_text()


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        (
            "",
            [
                "Hostile </title><script>alert('site title')</script> survey {{ 7*7 }} `title`",
                "<script>alert('description')</script> and {{ 7*7 }} and {% include \"main.html\" %}.",
                "<img src=x onerror=alert('image')>",
                '--8<-- "mkdocs.yml"',
            ],
        ),
        (
            PAPER,
            [
                "Evil </h1></title><script>alert('title')</script> {{ 7*7 }} {% raw %} {: onmouseover=\"alert('title list')\" }",
                "Former <script>alert('former title')</script> title",
                '--8<-- "mkdocs.yml"',
                "Mallory<script>alert('family')</script>",
                "The [Evil](javascript:alert('literal')) `Group` {{ 7*7 }}",
                "<script>alert('summary')</script>",
                "{: onmouseover=\"alert('link list')\" }",
                "{: onmouseover=\"alert('paragraph list')\" }",
                "<script>alert('contribution')</script> {{ 7*7 }}",
                "<script>alert('membership')</script> {{ 7*7 }}",
                "<script>alert('label')</script>",
            ],
        ),
        (
            GROUP,
            [
                "Hostile group <script>alert('group')</script> {: onmouseover=\"alert('group list')\" }",
                "{: onmouseover=\"alert('heading list')\" }",
                "<script>alert('heading')</script>",
                '<div markdown="1" onmouseover="alert(\'div\')">',
                "<!-- a comment <script>alert('comment')</script> -->",
                '--8<-- "mkdocs.yml"',
                "content/survey.yaml",
                '{{ config.site_name }} and {% set x = 1 %} and {# a Jinja comment #} and {{ "".join }}',
                "<script>alert('code')</script> {{ 7*7 }} [@evil2024]",
                "graph LR; A[<script>alert('mermaid')</script>] --> B",
                "<script>alert('member')</script> {: onclick=\"alert('member list')\" }",
                "<script>alert('locator')</script>",
            ],
        ),
        (
            PAGE,
            [
                "A page <script>alert('page title')</script> {: onmouseover=\"alert('page list')\" }",
                "{{ 7*7 }} x (",
                '--8<-- "mkdocs.yml"',
                "<style>body { display: none }</style>",
            ],
        ),
    ],
)
def test_it_stands_on_the_page_as_text(page: Page, hostile: Served, path: str, texts: list[str]) -> None:
    whole = " ".join(text_of(page, hostile.url + path).translate(str.maketrans("“”‘’", "\"\"''")).split())
    assert [text for text in texts if " ".join(text.split()) not in whole] == []
    assert "INHERIT" not in whole, "a file was shown"
    assert "49" not in whole, "a template was run"


def test_titles_stand_in_the_window_as_text(page: Page, hostile: Served) -> None:
    page.goto(hostile.url + PAPER)
    assert "Evil </h1></title><script>alert('title')</script> {{ 7*7 }} {% raw %}" in page.title()
    assert "Hostile </title><script>alert('site title')</script> survey {{ 7*7 }} `title`" in page.title()


def test_the_head_tells_it_as_text(page: Page, hostile: Served) -> None:
    """Whatever a field holds ends neither an attribute nor the script that holds the linked data."""
    page.goto(hostile.url + PAPER)
    told = page.evaluate(
        "Object.fromEntries([...document.head.querySelectorAll('meta')].map(m => [m.name || m.getAttribute('property'), m.content]))"
    )
    title = "Evil </h1></title><script>alert('title')</script> {{ 7*7 }} {% raw %}"
    assert told["citation_title"].startswith(title)
    assert told["og:title"].startswith(f"Retracted: {title}")
    assert "<script>alert('proceedings')</script> | of" in told["citation_inbook_title"]
    assert told["citation_volume"] == "<b>1</b>"
    assert told["citation_author"] == "The [Evil](javascript:alert('literal')) `Group` {{ 7*7 }},"
    data = page.evaluate(
        "[...document.querySelectorAll('script[type=\"application/ld+json\"]')].map(s => JSON.parse(s.text))"
    )
    assert len(data) == 1
    assert data[0]["name"].startswith(title)
    assert data[0]["publisher"]["name"] == "</script><script>alert('record publisher')</script>"
    assert (
        page.evaluate("[...document.head.children].map(e => e.localName).filter(n => n === 'h1' || n === 'img')") == []
    )


def test_lists_name_it_as_text(page: Page, hostile: Served) -> None:
    page.goto(hostile.url + "papers/")
    found = page.evaluate(
        "[...document.querySelectorAll('.Z3988')].map(s => [s.attributes.length, new URLSearchParams(s.title).get('rft.atitle')])"
    )
    assert [attributes for attributes, _ in found] == [2] * len(found)
    assert any(title and "</title><script>alert('title')</script> {{ 7*7 }}" in title for _, title in found)


def test_search_shows_it_as_text(page: Page, hostile: Served) -> None:
    """The search builds its results in the browser, from the index."""
    page.goto(hostile.url, wait_until="networkidle")
    open_search(page)
    page.keyboard.type("evil", delay=20)
    results = page.get_by_role("listbox", name="Results")
    expect(results).to_contain_text("<script>alert('title')</script>", timeout=30_000)
    assert results.locator(":is(script, img, iframe, style, [onerror], [onload])").count() == 0
    page.get_by_role("combobox", name="Search").fill("<img src=x onerror=alert('question')> evli")
    expect(results).to_contain_text("Did you mean <img src=x onerror=alert('question')>")


@pytest.mark.parametrize("view", ["list", "table"])
def test_the_list_as_scripts_make_it_shows_it_as_text(page: Page, hostile: Served, view: str) -> None:
    """The list, its filters and what it says of an address are made in the browser."""
    payload = "<img src=x onerror=alert('address')>"
    page.goto(f"{hostile.url}papers/?view={view}&topics={payload}&sort=title", wait_until="networkidle")
    expect(page.get_by_role("alert")).to_contain_text(payload)
    page.evaluate("for (const facet of document.querySelectorAll('[data-facet]')) facet.open = true")
    expect(page.locator(".survey-results")).to_contain_text("<script>alert('title')</script> {{ 7*7 }}")
    expect(page.locator('[data-facet="topics"]')).to_contain_text("Hostile group <script>alert('group')</script>")
    expect(page.locator('[data-facet="author"]')).to_contain_text("Mallory<script>alert('family')</script>")
    assert page.locator("article :is(script, img, iframe, style)").count() == 0
    page.get_by_label("Find in titles, authors, venues and tags").fill(payload)
    expect(page.locator('[data-browse="filters"]')).to_contain_text(payload)


def test_plain_punctuation_is_not_markdown(page: Page, hostile: Served) -> None:
    page.goto(hostile.url + "papers/harmless2023/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "Harmless *stars* _underscores_ `ticks` [brackets](x) # hash | pipe & ampersand < less "
        "~~struck~~ ==marked== ^up^ ++key++ :smile: (c)"
    )
    expect(page.get_by_role("main")).to_contain_text("Plain text with 5 < 6 & 7 > 2, a $5 price, and emphasis.")


def test_a_former_key_leads_to_the_paper(open_page: OpenPage, hostile: Served) -> None:
    for scripts in (True, False):
        page = open_page(java_script_enabled=scripts)
        page.goto(hostile.url + "papers/evil2023draft/")
        expect(page).to_have_url(hostile.url + PAPER)


def test_a_retired_key_says_so(page: Page, hostile: Served) -> None:
    page.goto(hostile.url + "papers/gone2020/")
    expect(page.get_by_role("main")).to_contain_text("Retired <script>alert('retired')</script> {{ 7*7 }}")
