"""The built site as files: every page is there, whole, and leads nowhere but to what is there."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

from built_html import Document, dead_references, dead_style_references, read_site
from surveys import read_yaml

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def site_url(repository: Path) -> str:
    return str(read_yaml(repository / "content" / "survey.yaml")["site_url"])


@pytest.fixture(scope="module")
def documents(site: Path) -> dict[str, Document]:
    return read_site(site)


@pytest.fixture(scope="module")
def pages(documents: dict[str, Document]) -> list[Document]:
    """All but redirects, which nobody sees."""
    return [document for document in documents.values() if not document.refresh]


def test_every_record_has_a_page_and_an_entry(
    site: Path, documents: dict[str, Document], records: dict[str, dict[str, object]]
) -> None:
    assert records, "there is content to publish"
    folders = {path.parent.name for path in site.glob("papers/*/index.html")}
    redirects = {d.path.split("/")[1] for d in documents.values() if d.refresh and d.path.startswith("papers/")}
    assert folders - redirects == set(records)
    assert {path.stem for path in site.glob("papers/*.bib")} >= set(records)


def test_every_group_has_a_page_and_a_bibliography(site: Path, repository: Path) -> None:
    root = repository / "content" / "groupings"
    groups = [file.relative_to(root).with_suffix("") for file in root.rglob("*.yaml") if file.stem != "_index"]
    assert groups
    assert [str(group) for group in groups if not (site / group / "index.html").is_file()] == []
    assert [str(group) for group in groups if not (site / group).with_suffix(".bib").is_file()] == []


def test_no_reference_is_dead(site: Path, documents: dict[str, Document], site_url: str) -> None:
    assert list(dead_references(site, documents, site_url)) == []
    assert list(dead_style_references(site, site_url)) == []


def test_no_page_loads_anything_from_another_host(documents: dict[str, Document], site_url: str) -> None:
    found = [
        f"{document.path}: <{reference.element}> {reference.target}"
        for document in documents.values()
        for reference in document.references
        if reference.loaded
        and not reference.target.startswith("data:")
        and not urljoin(site_url + document.address, reference.target).startswith(site_url)
    ]
    assert found == []


def test_no_id_stands_twice_on_a_page(documents: dict[str, Document]) -> None:
    twice = {
        document.path: [name for name, count in Counter(document.ids).items() if count > 1]
        for document in documents.values()
    }
    assert {path: names for path, names in twice.items() if names} == {}


def test_every_page_has_a_title_of_its_own(pages: list[Document]) -> None:
    assert [page.path for page in pages if len(page.titles) != 1 or not page.titles[0].strip()] == []
    by_title = Counter(page.titles[0] for page in pages)
    assert [title for title, count in by_title.items() if count > 1] == []


def test_every_page_has_one_heading_of_the_first_level(pages: list[Document]) -> None:
    assert {page.path: page.headings for page in pages if len(page.headings) != 1} == {}
    assert [page.path for page in pages if not page.headings[0].strip()] == []


def test_every_page_names_its_language(pages: list[Document]) -> None:
    assert [page.path for page in pages if not page.language] == []
