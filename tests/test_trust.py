"""What lets a reader judge the survey: the status of every paper, where facts come from, and what is missing."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown  # type: ignore[import-untyped]
import pytest

from generator.bibliography import every_format
from generator.decode import decode
from generator.exports import exports
from generator.pages import render
from generator.pages.templates import read_templates
from generator.resolve import resolve
from generator.source import SourceFile

CONTENT: dict[str, dict[str, Any] | str] = {
    "content/survey.yaml": {
        "format": 1,
        "title": "A Survey",
        "description": "It begins with [@bad2021].",
        "editors": ["Itor, Ed", {"name": "The board", "url": "https://example.org/board"}],
        "license": "CC-BY-4.0",
        "repository": "https://example.org/someone/survey",
        "groupings": ["topics", "kinds"],
        "attributes": {name: {"title": name, "type": "yes/no"} for name in ("a", "b", "c", "d")},
        "reading_path": [{"paper": "bad2021", "note": "To see what went wrong."}, "good2020"],
        "citation": {"version": "1.2", "year": 2025},
    },
    "content/venues.yaml": {"conf": {"short": "CONF", "full": "A Conference", "kind": "conference"}},
    "content/considered.yaml": {
        "other2019": {
            "title": "Another <Thing>", "reason": "It is about $x^2$.", "year": 2019, "doi": "10.1234/other",
            "arxiv": "1901.00001", "url": "https://example.org/other",
        },
        "last2018": {"title": "The Last", "reason": "Not found."},
    },
    "content/pages/essay.md": "# An essay\n\n@bad2021 and [-@bad2021] say so.",
    "content/groupings/topics/_index.yaml": {"title": "Topics", "introduction": "See [@bad2021, p. 3]."},
    "content/groupings/topics/one.yaml": {
        "title": "One", "body": "See @bad2021 and [@good2020].", "papers": ["bad2021"],
        "reviewed": {"date": "2024-05-06", "change": "read again"},
    },
    "content/groupings/topics/one/below.yaml": {"title": "Below", "papers": ["bad2021", "good2020"]},
    "content/groupings/kinds/_index.yaml": {"title": "Kinds"},
    "content/groupings/kinds/empty.yaml": {"title": "Empty"},
    "content/papers/bad2021.yaml": {
        "title": "Gone Wrong", "authors": ["Doe, Jane"], "year": 2021, "type": "conference", "venue": "conf",
        "status": "retracted", "summary": "It builds on @good2020.", "aliases": ["worse2021"], "doi": "10.1234/bad",
        "relations": [{"type": "extends", "paper": "good2020"}], "added": "2025-01-02",
        "attributes": dict.fromkeys("abcd", "yes"), "code": "https://example.org/code",
    },
    "content/papers/good2020.yaml": {
        "title": "Gone Right", "authors": ["Doe, Jane"], "year": 2020, "type": "preprint", "arxiv": "2001.00001",
        "summary": "Unlike [@bad2021].", "attributes": {"a": "n/a"},
        "sources": {
            "former_titles": "A list, and https://example.org/list?a=b&c=d (its second page).",
            "year": "https://example.org/where", "acl": "Known <b>only</b> here.",
        },
    },
    "content/papers/gone2019.yaml": {
        "title": "Taken Back", "authors": ["Doe, Jane"], "year": 2019, "type": "web", "status": "withdrawn",
    },
}  # fmt: skip
"""A small survey with a retracted paper in every place that a paper can stand in; JSON is YAML."""


def rendered(root: Path, **changed: dict[str, Any] | str | None) -> dict[str, str]:
    """The text files of the site, by path below `docs/`, with some content files changed or left out."""
    files = {path: file for path, file in (CONTENT | changed).items() if file is not None}
    texts = {path: file if isinstance(file, str) else json.dumps(file) for path, file in files.items()}
    content, malformed = decode([SourceFile(path, text) for path, text in texts.items()])
    survey, dangling = resolve(content)
    assert [finding.message for finding in [*malformed, *dangling]] == []
    written = every_format(survey)
    outputs = [*render(survey, written, read_templates(root)), *exports(survey, written)]
    pages = (output for output in outputs if re.fullmatch(r"docs/(?!assets/).*\.(md|html|bib)", output.path))
    return {output.path.removeprefix("docs/"): output.content.decode() for output in pages}


@pytest.fixture(scope="module")
def pages(repository: Path) -> dict[str, str]:
    return rendered(repository)


def html(files: Mapping[str, str], path: str) -> str:
    """A page as a browser gets it."""
    text = files[path]
    if path.endswith(".html"):
        return text
    body = text.split("---\n", 2)[2]
    extensions = ["attr_list", "pymdownx.superfences", "pymdownx.highlight", "toc"]
    return str(markdown.markdown(body, extensions=extensions))


MENTION = {"li", "p", "tr", "dd", "h1", "h2", "h3", "h4"}
"""The elements within which a mention of a paper has to say what has befallen it."""


class Mentions(HTMLParser):
    """Collects links with the text of the smallest element around each that counts as a mention."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self.found: list[tuple[str, str]] = []
        self.feed(html)
        self.close()
        self._end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.open[-1][2].append(dict(attrs).get("href") or "")
        if tag in MENTION:
            self.open.append((tag, [], []))

    def handle_endtag(self, tag: str) -> None:
        if tag == self.open[-1][0]:
            self._end()

    def handle_data(self, data: str) -> None:
        self.open[-1][1].append(data)

    def _end(self) -> None:
        _, texts, links = self.open.pop()
        text = " ".join("".join(texts).split())
        self.found += [(link, text) for link in links]
        if self.open:
            self.open[-1][1].append(text)


def mentions(files: Mapping[str, str], key: str) -> Iterator[tuple[str, str]]:
    """Yield the page and the text of each link to a paper's page, or to its entry in a list of references."""
    for path in files:
        if path.endswith(".bib") or path == f"papers/{key}/index.md":
            continue
        url = re.sub(r"(index)?\.(md|html)$", "", path)
        url += "/" if url and not url.endswith("/") else ""
        for link, text in Mentions(html(files, path)).found:
            target = posixpath.normpath(posixpath.join("/", url, link.partition("#")[0]))
            if target == f"/papers/{key}" or link == f"#ref-{key}":
                yield path, text


PLACES = {
    "index.md": "description, its references, reading path, latest additions",
    "topics/index.md": "introduction of a grouping, its references",
    "topics/one/index.md": "prose of a group, its papers, those of its parts, references",
    "topics/one/below/index.md": "papers of a group",
    "papers/index.md": "list of all papers",
    "papers/good2020/index.md": "summary that cites it, references, relation, pages that cite",
    "papers/gone2019/index.md": "similar papers",
    "papers/worse2021/index.html": "the page at its former key",
    "map/similar/index.md": "map of similar papers, the list beside it",
    "changes/index.md": "papers of a month",
    "years/index.md": "papers of a year",
    "venues/index.md": "papers of a venue",
    "authors/index.md": "papers of an author in the index",
    "authors/jane-doe/index.md": "papers of an author on a page of their own",
    "essay/index.md": "hand-written page, its references",
    "about/index.md": "coverage in numbers",
}
"""Where a paper is mentioned apart from its own page and its BibTeX."""


def test_no_mention_of_a_retracted_paper_stands_without_its_status(pages: dict[str, str]) -> None:
    found = list(mentions(pages, "bad2021"))
    maps = {path for path, _ in found if re.fullmatch(r"map/\w+/\w+/index\.md", path)}
    assert maps
    assert {path for path, _ in found} == {*PLACES, *maps}
    assert [(path, text) for path, text in found if "retracted" not in text.lower()] == []
    counts = {path: sum(1 for where, _ in found if where == path) for path in PLACES}
    assert (counts["index.md"], counts["papers/good2020/index.md"], counts["essay/index.md"]) == (4, 4, 3)


def test_a_mention_without_status_would_be_found(pages: dict[str, str]) -> None:
    bare = {
        "topics/other/index.md": '---\n---\n<ul><li>Retracted?</li><li><a href="../../papers/bad2021/">Gone</a></li></ul>'
    }
    assert list(mentions(bare, "bad2021")) == [("topics/other/index.md", "Gone")]
    assert {text for _, text in mentions(pages, "good2020") if "etracted" not in text}


def test_the_page_of_a_retracted_paper_says_so_first(pages: dict[str, str]) -> None:
    front, body = pages["papers/bad2021/index.md"].split("---\n", 2)[1:]
    assert 'title: "Retracted: Gone Wrong"' in front
    assert 'description: "Retracted: ' in front
    assert re.search(r"^# Gone Wrong <strong[^>]*>Retracted</strong>$", body, re.MULTILINE)
    assert "This work was retracted." in html(pages, "papers/bad2021/index.md")
    assert "Its authors withdrew this work." in html(pages, "papers/gone2019/index.md")
    assert "Retracted" not in pages["papers/good2020/index.md"].split("---\n", 2)[1]


def test_every_bibliography_says_that_a_paper_was_retracted(pages: dict[str, str]) -> None:
    files = [path for path, text in pages.items() if path.endswith(".bib") and "{bad2021," in text]
    places = ("downloads/survey", "papers/bad2021", "topics/one", "topics/one/below")
    assert sorted(files) == [f"{place}{suffix}" for place in places for suffix in (".bib", ".biblatex.bib")]
    assert [path for path in files if "note = {Retracted}" not in pages[path]] == []


def test_a_fact_names_its_source_in_plain_words(pages: dict[str, str]) -> None:
    page = html(pages, "papers/good2020/index.md")
    told = re.findall(r"<dt>([^<]*)</dt>\s*<dd>(.*?)</dd>", page.rpartition("<summary>")[2])
    assert [label for label, _ in told] == ["Former titles", "Year", "ACL Anthology identifier"]
    link = "https://example.org/list?a=b&c=d"
    assert (link, "A list, and https://example.org/list?a=b&c=d (its second page).") in Mentions(page).found
    assert "<b>only</b>" not in page
    assert "Where this was read" not in pages["papers/bad2021/index.md"]


def test_a_group_tells_when_it_was_reviewed(pages: dict[str, str]) -> None:
    assert "Last reviewed on 6 May 2024 (read again)" in text_of(pages, "topics/one/index.md")
    assert "Not reviewed yet" in text_of(pages, "topics/one/below/index.md")


def test_coverage_is_counted_and_every_number_leads_to_its_list(pages: dict[str, str]) -> None:
    page = html(pages, "about/index.md")
    rows = re.findall(r"<tr><td>(.*?)</td><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td></tr>", page)
    counted = {label: (re.sub("<.*?>", "", count), total) for label, count, total in rows}
    assert counted == {
        "Papers without a summary": ("1", "3"),
        "Papers without contributions": ("3", "3"),
        "Papers in no group": ("1", "3"),
        "Papers without any attribute": ("1", "3"),
        "Papers with fewer than 4 attributes": ("1", "3"),
        "Papers without a relation to another": ("1", "3"),
        "Papers without a link to code": ("2", "3"),
        "Papers without a DOI": ("2", "3"),
        "Papers known as preprints only": ("1", "3"),
        "Papers published, but without a venue": ("0", "3"),
        "Papers retracted or withdrawn": ("2", "3"),
        "Groups without prose": ("2", "3"),
        "Groups never reviewed": ("2", "3"),
        "Groups without a paper": ("1", "3"),
    }
    for _, count, _ in rows:
        if linked := re.search(r'href="#([^"]+)"[^>]*>(\d+)<', count):
            (items,) = re.findall(rf'<ul [^>]*id="{linked[1]}">(.*?)</ul>', page, re.DOTALL)
            assert items.count("<li>") == int(linked[2])
        else:
            assert count == "0"


def test_the_page_about_a_survey_is_always_there(pages: dict[str, str], repository: Path) -> None:
    text = text_of(pages, "about/index.md")
    assert "A Survey holds 3 papers" in text
    assert "newest date is 2 January 2025" in text
    assert "Editors Ed Itor" not in text
    assert "Itor, Ed, The board" in text
    assert "CC-BY-4.0" in text
    own = rendered(repository, **{"content/pages/about.md": "# On us\n\n## Scope\n\nAll, after @good2020."})
    text = text_of(own, "about/index.md")
    assert text.startswith("On us Scope All, after Doe (2020). Coverage in numbers")
    assert "holds 3 papers" not in text
    assert text.endswith("arXiv:2001.00001") or "References" in text


def test_what_was_left_out_is_listed_with_the_reason(pages: dict[str, str], repository: Path) -> None:
    page, text = html(pages, "about/index.md"), text_of(pages, "about/index.md")
    assert "Another <Thing> (2019) · DOI · arXiv · Page It is about" in text
    assert "The Last Not found." in text
    assert {"https://doi.org/10.1234/other", "https://arxiv.org/abs/1901.00001", "https://example.org/other"} <= {
        link for link, _ in Mentions(page).found
    }
    assert "left out" not in text_of(rendered(repository, **{"content/considered.yaml": None}), "about/index.md")


def test_the_survey_is_cited_with_its_version_and_state(pages: dict[str, str], repository: Path) -> None:
    text = text_of(pages, "cite/index.md")
    assert "Itor, Ed, The board (2025). A Survey. Version 1.2, state of 2 January 2025. https://example.org/" in text
    assert "note = {Version 1.2}" in text
    assert "This is version 1.2, the state of 2 January 2025." in text
    plain = text_of(
        rendered(repository, **{"content/survey.yaml": {"format": 1, "title": "Why?"}, **BARE}), "cite/index.md"
    )
    assert "Why? (1970). Why?" in plain
    assert "This is" not in plain


BARE = {path: None for path in CONTENT if path != "content/survey.yaml"}


def test_the_home_page_says_where_to_begin(pages: dict[str, str]) -> None:
    text = text_of(pages, "index.md")
    assert re.search(r"Where to begin.*Gone Wrong.*To see what went wrong\..*Gone Right.*Latest additions", text)


def text_of(files: Mapping[str, str], path: str) -> str:
    class Text(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.texts: list[str] = []

        def handle_data(self, data: str) -> None:
            self.texts.append(data)

    reader = Text()
    reader.feed(html(files, path))
    reader.close()
    return " ".join("".join(reader.texts).split())
