"""What a survey exports as JSON and CSV comes in again: the same record, and nothing that this survey cannot hold."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from generator.bibliography import FORMATS, gather
from generator.decode import decode
from generator.incoming.formats import READERS
from generator.incoming.formats import told as format_of
from generator.incoming.ledger import Draft
from generator.incoming.own import drafted
from generator.incoming.plan import new_files
from generator.incoming.venues import Venues
from generator.model import PaperRecord, SurveyFile, Venue
from generator.resolve import resolve
from generator.source import SourceFile, read
from generator.survey import Paper, Survey
from imports import SURVEY, findings, planned, records, told
from nasty import NASTY
from test_import_round_trip import VENUES, papers

SETTINGS = SurveyFile.model_validate({"format": "1", "title": "A Survey"})
FORMS = ("json", "csv")


def written(form: str, *several: Paper) -> str:
    survey = Survey(SETTINGS, {paper.key: paper for paper in several})
    entries = FORMATS[form].entries(survey, gather(several))
    return FORMATS[form].file(survey, entries, entries)


def back(form: str, text: str, venues: Venues) -> list[Draft]:
    assert format_of(f"refs.{form}", text) == form
    entries, found = READERS[form](f"refs.{form}", text)
    assert found == []
    return [drafted(entry, venues, ("any",)) for entry in entries]


def again(draft: Draft, venues: Venues) -> Paper:
    assert draft.record is not None, draft.found
    key = draft.record.venue
    venue = venues.get(key) if key else None
    entry = venue if venue is None or isinstance(venue, Venue) else Venue.model_validate(venue.as_yaml())
    return Paper(draft.incoming.key, draft.record, "", entry, key)


GATHERED = {"attributes", "capitals", "groups", "publisher", "relations", "sources", "tags", "url"}
"""What the export does not have from the record alone, or not at all."""


def test_the_papers_of_this_repository_as_json(repository: Path) -> None:
    survey, _ = resolve(decode(read(repository)[0])[0])
    venues = Venues(survey.venues)
    entries = FORMATS["json"].entries(survey, gather(survey.papers.values()))
    entries_in, found = READERS["json"]("a.json", FORMATS["json"].file(survey, entries, entries))
    assert found == []
    for paper, entry in zip(survey.papers.values(), entries_in, strict=True):
        draft = drafted(entry, venues, survey.record.tags)
        assert draft.record is not None
        assert {own.message for own in draft.found} <= {"a record has no place for “page”"}
        assert draft.record.model_dump(exclude=GATHERED) == paper.record.model_dump(exclude=GATHERED)
        assert draft.record.tags == paper.record.tags
        assert {one.group for one in draft.record.groups} == {one.group for one in paper.placements}
        assert set(paper.record.groups) <= set(draft.record.groups)
        assert draft.record.relations == paper.record.relations
        assert draft.record.attributes.keys() == {one.attribute for one in paper.values}
        gathered = [(one.publisher, one.url) for one in gather([paper, again(draft, venues)]).values()]
        assert gathered[0] == gathered[-1]
    assert venues.added == {}


def test_the_survey_of_this_repository_says_the_same_again(repository: Path, tmp_path: Path) -> None:
    from generator.importing import plan_import, read_sources  # noqa: PLC0415 - the one test that reads the disk

    survey, _ = resolve(decode(read(repository)[0])[0])
    for form in FORMS:
        entries = FORMATS[form].entries(survey, gather(survey.papers.values()))
        (tmp_path / f"a.{form}").write_text(FORMATS[form].file(survey, entries, entries), "utf-8")
        result = plan_import(repository, read_sources([tmp_path / f"a.{form}"], None), update=True)
        assert [one for one in result.present if one.differences] == []
        assert (len(result.present), result.outputs) == (len(survey.papers), [])


def squeezed(text: str) -> str:
    """Return what a cell of several names still says where a name holds the marks that part them."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("form", FORMS)
def test_records_that_hurt(form: str) -> None:
    venues = Venues({paper.venue_key: paper.venue for paper in NASTY if paper.venue_key and paper.venue})
    drafts = back(form, written(form, *NASTY), venues)
    assert len(drafts) == len(NASTY)
    for paper, draft in zip(sorted(NASTY, key=lambda one: one.key), drafts, strict=True):
        assert squeezed(written(form, again(draft, venues))) == squeezed(written(form, paper))
        if form == "json":
            assert draft.found == []
            assert draft.record is not None
            same = {"title", "authors", "former_titles", "proceedings", "doi", "volume", "number", "school", "status"}
            assert draft.record.model_dump(include=same) == paper.record.model_dump(include=same)


@pytest.mark.parametrize("form", FORMS)
def test_any_record(form: str) -> None:
    @given(papers())
    @settings(max_examples=80)
    def law(paper: Paper) -> None:
        venues = Venues(VENUES)
        text = written(form, paper)
        (draft,) = back(form, text, venues)
        assert written(form, again(draft, venues)) == text
        assert [found.code for found in draft.found] == []
        record = draft.record
        assert record is not None
        assert (record.year, record.type, record.month, record.doi) == (
            paper.record.year, paper.record.type, paper.record.month, paper.record.doi,
        )  # fmt: skip
        if form == "json":
            assert (record.title, record.authors, record.proceedings) == (
                paper.record.title, paper.record.authors, paper.record.proceedings,
            )  # fmt: skip

    law()


OTHER = {
    "$schema": "https://example.org/schema/export.schema.json",
    "version": 1,
    "survey": {"title": "Other", "license": "CC-BY-4.0"},
    "papers": [
        {
            "key": "doe2020a",
            "aliases": ["doe:2020"],
            "type": "journal",
            "title": "Attention & <b>Co</b>: {Braces} and $x$",
            "former_titles": ["Attention"],
            "authors": [{"given": "Jane", "family": "Doe", "orcid": "0000-0002-1825-0097"}, {"literal": "AT&T"}],
            "year": 2020,
            "venue": {"key": "jmlr", "short": "JMLR", "full": "Journal of Machine Learning Research", "kind": "journal"},
            "container": "Journal of Machine Learning Research",
            "publisher": "Microtome",
            "issn": "1532-4435",
            "url": "https://example.org/a",
            "status": "retracted",
            "summary": "Builds on [@roe2021b] and\n\non @poe2019c, unlike `@roe`.",
            "contributions": ["One.", "Two."],
            "attributes": {"size": {"value": 2.50, "of": "all"}, "free": {"value": True}, "odd": {"value": "x"}, "many": {"value": None}},
            "groups": [{"group": "topics/known", "note": "fits"}, {"group": "topics/unknown"}],
            "relations": [{"type": "extends", "paper": "roe2021b", "note": "n"}, {"type": "surveys", "paper": "gone"}],
            "tags": ["drop-in", "strange"],
            "added": "2026-01-02",
            "colour": "red",
            "page": "https://example.org/papers/doe2020a/",
        },
        {
            "key": "roe2021b", "type": "preprint", "title": "B", "authors": [{"family": "Roe", "given": "R."}], "year": 2021,
            "arxiv": "2107.05768", "url": "https://arxiv.org/abs/2107.05768", "status": "published",
            "summary": "Cites [@nobody].",
        },
        {"key": "poe2019c", "type": "web", "title": "C", "authors": [{"literal": "Poe"}], "year": 2019, "status": "published"},
    ],
}  # fmt: skip

RECEIVING = {
    "content/survey.yaml": (
        "format: 1\ntitle: Imports\ngroupings: [topics]\ntags: {drop-in: Fits in.}\nattributes:\n"
        "  size: {title: Size, type: number}\n  free: {title: Free, type: yes/no}\n"
        "  many: {title: Many, type: choices, values: {a: A, b: B}}\n"
    ),
    "content/groupings/topics/known.yaml": "title: Known\n",
}


def test_what_this_survey_cannot_hold_is_told_and_left_out(tmp_path: Path) -> None:
    present = "title: B\nauthors: ['Roe, R.']\nyear: 2021\ntype: preprint\narxiv: '2107.05768'\n"
    result = planned(
        json.dumps(OTHER, indent=1), tmp_path, "a.json", update=True, survey_files=RECEIVING, roe2021other=present
    )
    assert records(result)["doe2020a"] == {
        "title": "Attention & <b>Co</b>: {Braces} and $x$",
        "former_titles": ["Attention"],
        "authors": [{"given": "Jane", "family": "Doe", "orcid": "0000-0002-1825-0097"}, {"literal": "AT&T"}],
        "year": 2020,
        "type": "journal",
        "venue": "jmlr",
        "publisher": "Microtome",
        "url": "https://example.org/a",
        "status": "retracted",
        "summary": "Builds on [@roe2021other] and\n\non @poe2019c, unlike `@roe`.\n",
        "contributions": ["One.", "Two."],
        "attributes": {"size": {"value": 2.50, "of": "all"}, "free": True, "many": "n/a"},
        "groups": [{"group": "topics/known", "note": "fits"}],
        "relations": [{"type": "extends", "paper": "roe2021other", "note": "n"}],
        "tags": ["drop-in"],
        "added": records(result)["doe2020a"]["added"],
    }
    venue = "{short: JMLR, full: Journal of Machine Learning Research, kind: journal, issn: 1532-4435}"
    assert result.venues == f"jmlr: {venue}\n"
    assert result.present[0].filled == ()  # its summary cites a paper that is not here
    assert "which the survey has" in findings(result, "paper-present")[0]
    assert [own.hint for own in result.found if own.code == "paper-present"] == ["Nothing is to be done."]
    line = {
        name: number
        for number, text in enumerate(json.dumps(OTHER, indent=1).split("\n"), 1)
        for name in re.findall(r'^   "(\w+)":', text)
        if number < 90
    }
    assert {(found.place.line, found.message) for found in result.found if found.code in {"field-unused", "value-unread"}} == {
        (line["aliases"], "“aliases” cannot be taken over: “doe:2020” is not a key"),
        (line["groups"], "“groups” is taken over without what this survey cannot hold: there is no group “topics/unknown”"),
        (line["relations"], "“relations” is taken over without what this survey cannot hold: there is no paper “gone”"),
        (line["attributes"], "“attributes” is taken over without what this survey cannot hold: there is no attribute “odd”"),
        (line["tags"], "“tags”: the survey declares no tag strange"),
        (line["colour"], "a record has no place for “colour”"),
        (line["page"], "a record has no place for “page”"),
        (max(own.place.line for own in result.found if "nobody" in own.message), "“summary” is taken over without what this survey cannot hold: there is no paper “nobody”"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('{"version": 2, "papers": []}', 1, "this is version 2 of a survey’s JSON; version 1 can be read"),
        ('{"version": 1,\n"papers": [\n{"key": "a", ]}', 3, "this is not JSON: expecting property name"),
        ('{"version": 1,\n"papers": [\n7,\n{"key": "a"}]}', 3, "“7” is no paper of a survey"),
        ('{"version": 1,\n"papers": [\n{"key": "a", "title": "T"}]}', 3, "“a” says nothing of authors, year and type"),
    ],
)
def test_bad_json_is_told_at_its_line(text: str, line: int, message: str, tmp_path: Path) -> None:
    found = planned(text, tmp_path, "a.json").found
    assert any(own.place.line == line and own.message.startswith(message) for own in found), found


HOSTILE: list[Any] = [
    0,
    None,
    "x\u0000\ud800y",
    ["a", {"b": []}],
    {"given": {"a": 1}},
    {"value": {"a": [1]}},
    True,
    "a\nb",
    "é" * 5_000,
]


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_json_of_other_shapes_gives_findings(value: Any, tmp_path: Path) -> None:
    for name in [*OTHER["papers"][0], "isbn"]:  # type: ignore[index]
        paper = {"key": "k", "title": "T", "authors": [{"literal": "A"}], "year": 2020, "type": "web"} | {name: value}
        result = planned(json.dumps({"version": 1, "papers": [paper]}), tmp_path, "a.json")
        assert result.new or findings(result, "entry-incomplete"), (name, result.found)


TABLE = """\
year;attribute:size;note;type;title;authors;venue;doi;key
2020;2.5;mine;journal;'=SUM(A1);"Doe, Jane; King, Jr., Martin; AT&T";TACL;10.1000/x;doe2020a

2021;;;journal;"Two
lines";Roe, R.;New J.;;roe2021b;surplus
"""


def test_a_table_that_went_through_a_spreadsheet(tmp_path: Path) -> None:
    result = planned(TABLE, tmp_path, "a.csv", survey_files=RECEIVING)
    assert records(result) == {
        "doe2020a": {
            "title": "=SUM(A1)",
            "authors": ["Doe, Jane", {"given": "Martin", "family": "King", "suffix": "Jr."}, {"literal": "AT&T"}],
            "year": 2020,
            "type": "journal",
            "venue": "tacl",
            "doi": "10.1000/x",
            "attributes": {"size": 2.5},
        },
    }
    assert sorted(told(result)) == [
        (2, "field-unused"), (4, "entry-incomplete"), (4, "value-unread"), (4, "value-unread"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            '"Key","Item Type","Publication Year","Author","Title"\n"A","journalArticle","2020","Doe","T"\n',
            1,
            "this is no table of a survey: it has no column “title”",
        ),
        ("title,authors,year,type,title\n", 1, "two columns are called “title”"),
        ('title,authors,year,type\nA,"Doe, J.",2020,web\n"B"x,"Doe, J.",2021,web\n', 3, "this is not CSV"),
        ('title,authors,year,type\nA,"Doe, J.,2020,web\n', 2, "this is not CSV"),
        ("\n", 1, "the table is empty"),
        ("title,authors,year,type\nA,Doe,2020,video\n", 2, "a record has no type for “video”"),
        ("title,authors,year,type\nA,Doe,,web\n", 2, "“A” says nothing of year"),
    ],
)
def test_bad_tables_are_told_at_their_line(text: str, line: int, message: str, tmp_path: Path) -> None:
    found = planned(text, tmp_path, "a.csv").found
    assert any(own.place.line == line and own.message.startswith(message) for own in found), found


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('[{"id": "a", "type": "book", "title": "T", "papers": [1]}]', "csl-json"),
        ('{"items": [{"id": "a", "title": "\\"papers\\": ["}]}', "csl-json"),
        ('{"id": "a", "title": "T"}', "csl-json"),
        ('{"papers": [], "version": 1}', "json"),
        ('\n {"$schema": "https://example.org/s.json", "version": 1, "survey": {"title": "[}"}, "papers": [', "json"),
    ],
)
def test_json_of_both_kinds_is_told_apart(text: str, form: str) -> None:
    assert format_of("a.json", text) == form


def test_a_cell_that_spreadsheets_would_run_is_what_it_was() -> None:
    titles = ["=1", "'=1", "''=1", "-5", "'-5", "+5", "'quoted'", "@x", "－1", "'tis"]
    record = {"authors": ["Doe, Jane"], "year": "2020", "type": "web"}
    several = [
        Paper(f"k{number}", PaperRecord.model_validate(record | {"title": title}), "")
        for number, title in enumerate(titles)
    ]
    text = written("csv", *several)
    assert [draft.data["title"] for draft in back("csv", text, Venues({}))] == titles
    cells = [row[2] for row in csv.reader(io.StringIO(text))][1:]
    assert not [cell for cell in cells if re.match("[=+@－-](?![0-9]+$)", cell)]


def test_what_an_incomplete_paper_adds_to_one_that_is_there_has_a_form(tmp_path: Path) -> None:
    present = "title: B\nauthors: ['Roe, R.']\nyear: 2021\ntype: preprint\narxiv: '2107.05768'\n"
    paper = {
        "key": "b", "arxiv": "2107.05768", "title": "B", "groups": [{"colour": 1}], "relations": [7, {"paper": ["x"]}],
        "attributes": ["a"], "contributions": {"a": "b"}, "links": [{"url": "javascript:alert(1)"}], "summary": "S.",
    }  # fmt: skip
    text = json.dumps({"version": 1, "papers": [paper]})
    result = planned(text, tmp_path, "a.json", update=True, survey_files=RECEIVING, roe2021b=present)
    assert result.present[0].filled == ("summary",)


@pytest.mark.parametrize("name", ["key", "short", "full", "kind"])
def test_venues_of_other_shapes_give_files_that_are_sound(name: str, tmp_path: Path) -> None:
    for value in (["a"], {"b": 1}, 7, "two\nlines", "…"):
        venue = {"key": "jol", "short": "J. Locks", "full": "Journal of Locks", "kind": "journal"} | {name: value}
        paper = {
            "key": "k",
            "title": "T",
            "authors": [{"literal": "A"}],
            "year": 2020,
            "type": "journal",
            "venue": venue,
        }
        result = planned(json.dumps({"version": 1, "papers": [paper]}), tmp_path, "a.json")
        files = [SourceFile(path, text) for path, text in SURVEY.items() if path != "content/venues.yaml"]
        assert decode([*files, *new_files(result)])[1] == [], value
        assert len(result.new) == 1
