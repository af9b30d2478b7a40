"""Feeds and changes: what feed readers read, what the pages say, by the records' own days."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import feedparser  # type: ignore[import-untyped]
import pytest
from defusedxml import ElementTree

from generator.bibliography import every_format
from generator.pages import render
from generator.pages.templates import read_templates
from surveys import make_survey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://example.org/s/"
HOSTILE = "]]><script>alert(1)</script> &amp; <b>“x”</b> {{ 7 * 7 }}"


def paper(year: int = 2020, **fields: Any) -> dict[str, Any]:
    return {
        "title": f"On $x^2$ in {year}",
        "authors": ["Ada Ren", {"literal": "Bo & Co <b>"}],
        "year": year,
        "type": "preprint",
    } | fields


def survey_files(papers: Mapping[str, Any], **settings: Any) -> dict[str, Any]:
    group = {"title": "Sparse", "reviewed": {"date": "2021-03-04", "change": HOSTILE}}
    main = {"format": 1, "title": "A <Survey>", "groupings": ["topics"], "site_url": SITE} | settings
    return {
        "survey": {name: value for name, value in main.items() if value is not None},
        "groupings/topics/_index": {"title": "Topics"},
        "groupings/topics/attention": {"title": f"Attention {HOSTILE}"},
        "groupings/topics/attention/sparse": group,
        "groupings/topics/empty": {"title": "Empty"},
        **{f"papers/{key}": record for key, record in papers.items()},
    }


def rendered(papers: Mapping[str, Any], root: Path, **settings: Any) -> dict[str, str]:
    survey = make_survey(survey_files(papers, **settings))
    outputs = render(survey, every_format(survey), read_templates(root))
    return {
        one.path.removeprefix("docs/"): one.content.decode()
        for one in outputs
        if one.path.endswith((".md", ".xml", ".json"))
    }


PAPERS = {
    "old2019": paper(2019, added="2021-02-28", groups=["topics/attention"]),
    "new2020": paper(
        2020,
        title=HOSTILE,
        added="2021-03-05",
        groups=["topics/attention/sparse"],
        aliases=["first2020", "second2020"],
        summary="It is *fast*, <i>see</i> [@old2019].",
        status="retracted",
    ),
    "same2021": paper(2021, added="2021-03-05"),
    "undated2022": paper(2022),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return rendered(PAPERS, tmp_path_factory.mktemp("none"))


def feeds(files: Mapping[str, str]) -> dict[str, str]:
    return {path: text for path, text in files.items() if path.startswith("feeds/")}


def test_there_is_one_of_all_and_one_of_each_top_group_that_has_papers(files: dict[str, str]) -> None:
    assert sorted(feeds(files)) == ["feeds/all.xml", "feeds/topics/attention.xml"]


def test_a_feed_reader_reads_what_the_records_say(files: dict[str, str]) -> None:
    read = feedparser.parse(files["feeds/all.xml"])
    assert not read.bozo
    assert (read.version, read.feed.title, read.feed.updated) == ("atom10", "A <Survey>", "2021-03-05T00:00:00Z")
    found = {entry.link.removeprefix(f"{SITE}papers/").strip("/"): entry for entry in read.entries}
    assert list(found) == ["same2021", "new2020", "old2019"], "by the day, then the newest; without a day none"
    new = found["new2020"]
    root = ElementTree.fromstring(files["feeds/all.xml"])
    titles = [title.text for title in root.iterfind(f"{ATOM}entry/{ATOM}title")]
    assert titles == ["On x^2 in 2021", f"Retracted: {HOSTILE}", "On x^2 in 2019"], "as plain text"
    assert new.id == f"{SITE}papers/first2020/", "known by its first key"
    assert [author.name for author in new.authors] == ["Ada Ren", "Bo & Co <b>"]
    assert [(tag.term, tag.label) for tag in new.tags] == [("topics/attention/sparse", "Sparse")]
    assert (new.published, new.updated) == ("2021-03-05T00:00:00Z", "2021-03-05T00:00:00Z")
    summary = root.findtext(f"{ATOM}entry[2]/{ATOM}summary")
    assert summary == "Preprint, 2020\n\nIt is fast, <i>see</i> (Ren & Bo & Co <b>, 2019)."
    assert [entry.link for entry in feedparser.parse(files["feeds/topics/attention.xml"]).entries] == [
        f"{SITE}papers/new2020/",
        f"{SITE}papers/old2019/",
    ]


def test_feeds_keep_the_rules_of_the_standard(site: Path) -> None:
    """RFC 4287, sections 3 and 4.1: what must be there once, and in which form. Over the feeds of this repository."""
    found = sorted((site / "feeds").rglob("*.xml"))
    assert len(found) > 10
    for path in found:
        root = ElementTree.fromstring(path.read_bytes())
        entries = root.findall(f"{ATOM}entry")
        assert root.tag == f"{ATOM}feed"
        assert entries
        ids = [root.findtext(f"{ATOM}id"), *(entry.findtext(f"{ATOM}id") for entry in entries)]
        assert len(set(ids)) == len(ids)
        for one in (root, *entries):
            for name in ("id", "title", "updated"):
                assert len(one.findall(f"{ATOM}{name}")) == 1
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", one.findtext(f"{ATOM}updated") or "")
            assert re.fullmatch(r"https://[^\s]+", one.findtext(f"{ATOM}id") or "")
            assert len(one.findall(f"{ATOM}link[@rel='alternate']")) == 1
            assert one.findall(f"{ATOM}author/{ATOM}name")
        (itself,) = root.findall(f"{ATOM}link[@rel='self']")
        assert itself.attrib["href"].endswith(path.relative_to(site).as_posix())
        days = [entry.findtext(f"{ATOM}published") or "" for entry in entries]
        assert days == sorted(days, reverse=True)
        assert root.findtext(f"{ATOM}updated") == days[0]
        assert len(entries) <= 50
        assert not feedparser.parse(path.read_bytes()).bozo


def test_pages_lead_to_their_feeds(site: Path) -> None:
    def led_to(page: str) -> list[str]:
        return re.findall(
            r'<link rel="alternate feed" type="application/atom\+xml" title="[^"]*" href="([^"]*)"',
            (site / page / "index.html").read_text(),
        )

    assert led_to("") == ["feeds/all.xml"]
    assert led_to("changes") == ["../feeds/all.xml"]
    assert led_to("topics/code") == ["../../feeds/topics/code.xml"]
    assert led_to("venues") == []


def test_without_an_address_of_the_site_there_is_no_feed(tmp_path: Path) -> None:
    files = rendered(PAPERS, tmp_path, site_url=None)
    assert feeds(files) == {}
    assert "feed" not in files["changes/index.md"]


def test_changes_stand_under_their_months(files: dict[str, str]) -> None:
    text = files["changes/index.md"]
    march, february = text.index("## March 2021 { #month-2021-03 }"), text.index("## February 2021 { #month-2021-02 }")
    assert march < text.index("papers/same2021/") < text.index("papers/new2020/") < february
    assert march < text.index("1 page read anew") < text.index("topics/attention/sparse/") < february
    assert february < text.index("papers/old2019/")
    assert "undated2022" not in text
    assert "<script" not in text


def test_a_survey_without_days_has_no_page_of_changes(tmp_path: Path) -> None:
    files = survey_files({"undated2022": paper(2022)})
    del files["groupings/topics/attention/sparse"]
    survey = make_survey(files)
    paths = {one.path for one in render(survey, every_format(survey), read_templates(tmp_path))}
    assert not any("changes" in path or "feeds/" in path for path in paths)


def test_many_papers_stand_on_pages_of_a_year_each(tmp_path: Path) -> None:
    papers = {f"p{number}x": paper(added=f"20{20 + number % 2}-0{1 + number % 7}-01") for number in range(250)}
    files = rendered(papers, tmp_path)
    latest, years = files["changes/index.md"], [files[f"changes/202{year}/index.md"] for year in (0, 1)]

    def listed(text: str) -> set[str]:
        return set(re.findall(r"papers/(p\d+x)/", text))

    assert len(listed(latest)) == 100
    assert listed(years[0]) | listed(years[1]) == set(papers)
    assert not listed(years[0]) & listed(years[1])
    cut = re.findall(r'changes/(\d{4})/#(month-[\d-]+)">All of', latest)
    assert cut, "a month that does not fit leads to the rest of itself"
    assert all(f"#{anchor} }}" in files[f"changes/{year}/index.md"] for year, anchor in cut)


def test_browsers_are_told_of_the_latest_papers(files: dict[str, str]) -> None:
    assert json.loads(files["assets/survey/recent.json"]) == {
        "2021-03-05": ["same2021", "new2020"],
        "2021-02-28": ["old2019"],
    }
