"""RIS, CSL-JSON, CSV and JSON, as programs that others wrote read them back."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
import rispy  # type: ignore[import-untyped]
from citeproc import VARIABLES  # type: ignore[import-untyped]
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from generator.bibliography import FORMATS, Entry, Version, gather, json_schema
from generator.bibliography.plain import plain
from generator.model import PaperType
from generator.survey import Paper, Placement, Survey
from nasty import NASTY
from samples import EVERY_KIND, file, paper, survey_of

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(str.strip)
ISBN_TYPES = {PaperType.CONFERENCE, PaperType.BOOK, PaperType.CHAPTER}


def everything(papers: tuple[Paper, ...]) -> dict[str, Paper]:
    return {each.key: each for each in (*EVERY_KIND, *NASTY, *papers)}


def known(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def ris_names(sample: Paper) -> list[str]:
    names = []
    for author in sample.record.authors:
        parts = [author.last, author.given or "", author.suffix or ""]
        while not parts[-1]:
            parts.pop()
        names.append(plain(author.literal or ", ".join(parts)))
    return names


# RIS


@pytest.mark.parametrize("version", list(Version))
def test_rispy_reads_back_what_the_entries_say(papers: tuple[Paper, ...], version: Version) -> None:
    samples = everything(papers)
    read = {each["id"]: each for each in rispy.loads(file("ris", samples.values(), version))}
    assert list(read) == sorted(samples)
    for key, sample in samples.items():
        entry, found = Entry.of(sample, version), read[key]
        assert found["title"] == plain(entry.title)
        assert found["authors"] == ris_names(sample)
        assert found["year"] == str(entry.year)
        assert found.get("doi") == entry.doi
        assert found.get("accession_number") == entry.arxiv
        assert found.get("urls") == ([entry.url] if entry.url else None)
        pages = "-".join(filter(None, (found.get("start_page"), found.get("end_page")))).replace(", ", ",")
        if entry.type in {PaperType.CONFERENCE, PaperType.JOURNAL, PaperType.CHAPTER}:
            assert pages == (entry.pages or "")
            container = found.get("custom3" if entry.type is PaperType.CONFERENCE else "secondary_title")
            assert container == (plain(entry.container.text) if entry.container else None)
        if entry.type in ISBN_TYPES:
            assert found.get("issn") == entry.isbn
        assert "unknown_tag" not in found


def test_an_ris_entry_byte_for_byte() -> None:
    sample = next(sample for sample in EVERY_KIND if sample.key == "lin2024proceedings")
    assert file("ris", [sample]) == (
        "TY  - CPAPER\n"
        "ID  - lin2024proceedings\n"
        "AU  - Shan, Chung-chieh\n"
        "AU  - van der Berg, Jan\n"
        "AU  - LCM team\n"
        "AU  - al-Rfou, Rami\n"
        "AU  - Nguyễn, Thị\n"
        "TI  - A BERT study of GPT-4 at NeurIPS: the $L_2$ case & 100% of R&D_costs\n"
        "PY  - 2020\n"
        "DA  - 2020/08//\n"
        "C3  - Proceedings of the 62nd Annual Meeting\n"
        "T2  - Annual Meeting of the Association for Computational Linguistics\n"
        "VL  - 1\n"
        "SP  - 53\n"
        "EP  - 68\n"
        "PB  - ACL #1\n"
        "DO  - 10.18653/v1/2024.acl-long.1\n"
        "UR  - https://aclanthology.org/2024.acl-long.1/\n"
        "ER  - \n"
    )


@given(title=TEXT, literal=TEXT, publisher=TEXT)
@settings(max_examples=300)
def test_no_text_breaks_a_line_of_ris(title: str, literal: str, publisher: str) -> None:
    sample = paper(title=title, authors=[{"literal": literal}], type="software", publisher=publisher)
    text = file("ris", [sample])
    assert [line[:6] for line in text.splitlines()] == [
        "TY  - ",
        "ID  - ",
        "AU  - ",
        "TI  - ",
        "PY  - ",
        "PB  - ",
        "ER  - ",
    ]
    [found] = rispy.loads(text)
    entry = Entry.of(sample)
    assert found["title"] == plain(entry.title).strip()
    assert found["authors"] == [plain(literal).strip()]
    assert found["publisher"] == plain(publisher).strip()


# CSL-JSON

CSL_TYPES = {
    "article", "article-journal", "book", "chapter", "dataset", "paper-conference", "report", "thesis", "webpage",
}  # fmt: skip
"""Types of CSL 1.0.1 that we use; `software` is of a later version."""


@pytest.mark.parametrize("version", list(Version))
def test_citeproc_reads_back_what_the_entries_say(papers: tuple[Paper, ...], version: Version) -> None:
    samples = everything(papers)
    items = json.loads(file("csl-json", samples.values(), version))
    assert [item["id"] for item in items] == sorted(samples)
    read = CiteProcJSON(items)
    for item in items:
        entry, found = Entry.of(samples[item["id"]], version), read[item["id"].lower()]
        assert str(found.title) == plain(entry.title)
        assert [known(name) for name in found.author] == [
            known({"literal": plain(name.literal or "")})
            or known({"family": plain(name.last), "given": plain(name.given or ""), "suffix": plain(name.suffix or "")})
            for name in entry.authors
        ]
        assert (found.issued.year, found.issued.get("month")) == (entry.year, entry.month)
        assert str(found.get("DOI", "")) == (entry.doi or "")
        assert str(found.get("URL", "")) == (entry.url or "")
        assert str(found.get("archive_location", "")) == (entry.arxiv or "")
        if "page" in found:
            assert str(found.page).replace(", ", ",") == entry.pages
        if entry.container:
            assert str(found.container_title) == plain(entry.container.text)


def test_types_and_variables_are_those_that_old_readers_know(papers: tuple[Paper, ...]) -> None:
    variables = {name.replace("_", "-") for name in VARIABLES} | {"archive_location", "id", "type"}
    for item in json.loads(file("csl-json", everything(papers).values())):
        assert item.keys() <= variables
        assert item["type"] in CSL_TYPES
        assert all(value for value in item.values())


def test_zotero_gets_a_preprint_with_its_number() -> None:
    [item] = json.loads(file("csl-json", [paper(type="preprint", arxiv="2005.14165")]))
    assert (item["type"], item["publisher"], item["number"]) == ("article", "arXiv", "arXiv:2005.14165")


def test_a_thesis_says_which_it_is() -> None:
    papers = [paper(degree, type="thesis", school="A School", degree=degree) for degree in ("master", "phd")]
    assert [each["type_of_work"] for each in rispy.loads(file("ris", papers))] == ["Master’s thesis", "PhD thesis"]


# CSV


def rows(survey: Survey) -> list[dict[str, str]]:
    entries = FORMATS["csv"].entries(survey, gather(survey.papers.values()))
    return list(csv.DictReader(io.StringIO(FORMATS["csv"].file(survey, entries, entries), newline="")))


def test_a_row_a_paper(papers: tuple[Paper, ...]) -> None:
    samples = everything(papers)
    read = {row["key"]: row for row in rows(survey_of(samples.values()))}
    assert list(read) == sorted(samples)
    for key, sample in samples.items():
        record, row = sample.record, read[key]
        assert row["title"].removeprefix("'") == plain(record.title)
        assert row["authors"].removeprefix("'") == plain("; ".join(name.sorting for name in record.authors))
        assert (row["year"], row["doi"], row["arxiv"]) == (str(record.year), record.doi or "", record.arxiv or "")
        assert row["groups"] == "; ".join(placement.group for placement in sample.placements)


def test_no_cell_is_a_formula(papers: tuple[Paper, ...]) -> None:
    for row in rows(survey_of(everything(papers).values())):
        assert [
            cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
        ] == []


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "＝", "\ufeff=", "\u200b@", "'="])
def test_what_would_be_a_formula_is_text(begin: str) -> None:
    [row] = rows(survey_of([paper(title=f"{begin}1+cmd|'/C calc'!A0")]))
    assert row["title"] == f"'{begin}1+cmd|'/C calc'!A0"


# JSON


def test_every_file_fits_the_published_schema(papers: tuple[Paper, ...]) -> None:
    schema = json.loads(json_schema())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    whole = json.loads(file("json", everything(papers).values()))
    assert [error.message for error in validator.iter_errors(whole)] == []
    assert [each["key"] for each in whole["papers"]] == sorted(everything(papers))
    assert [error.message for error in validator.iter_errors(json.loads(file("json", [])))] == []


def test_the_schema_refuses_what_is_not_of_the_format() -> None:
    validator = Draft202012Validator(json.loads(json_schema()))
    whole = json.loads(file("json", [paper()]))
    of_file: list[dict[str, Any]] = [{"version": 2}, {"papers": [{}]}, {"more": 1}]
    of_paper: list[dict[str, Any]] = [{"type": "article"}, {"year": "2020"}, {"doi": None}, {"color": "red"}]
    assert not list(validator.iter_errors(whole))
    for change in (*of_file, *({"papers": [whole["papers"][0] | change]} for change in of_paper)):
        assert list(validator.iter_errors(whole | change)), change


def test_json_says_what_the_record_says(papers: tuple[Paper, ...]) -> None:
    samples = everything(papers)
    same = (
        "title",
        "year",
        "month",
        "doi",
        "arxiv",
        "pages",
        "volume",
        "summary",
        "first_posted",
        "added",
        "pdf",
        "code",
    )
    for found in json.loads(file("json", samples.values()))["papers"]:
        record = samples[found["key"]].record
        assert {name: found.get(name) for name in same} == {name: getattr(record, name) for name in same}
        assert [author.get("literal") or author["family"] for author in found["authors"]] == [
            author.literal or author.family for author in record.authors
        ]
        assert found.get("former_titles", []) == list(record.former_titles)
        assert [(place["group"], place.get("note")) for place in found.get("groups", [])] == [
            (place.group, place.note) for place in samples[found["key"]].placements
        ]
        assert found["page"] == f"https://example.org/s/papers/{found['key']}/"


def test_a_membership_has_its_reason() -> None:
    member = replace(paper(), placements=(Placement("key", "topics/a", "Because."), Placement("key", "topics/b")))
    assert json.loads(file("json", [member]))["papers"][0]["groups"] == [
        {"group": "topics/a", "note": "Because."},
        {"group": "topics/b"},
    ]


def test_values_of_attributes_keep_their_type(papers: tuple[Paper, ...]) -> None:
    typed = {type(value["value"]) for each in json.loads(file("json", papers))["papers"] for value in each.get("attributes", {}).values()}  # fmt: skip
    assert typed == {list, int, float, bool, type(None)}


# all of them


@pytest.mark.parametrize("form", list(FORMATS))
def test_a_file_is_the_join_of_its_entries(form: str) -> None:
    survey = survey_of([*reversed(EVERY_KIND)])
    kind = FORMATS[form]
    entries = kind.entries(survey, gather(survey.papers.values()))
    keys = [*entries, next(iter(entries))]
    assert (
        kind.file(survey, entries, keys)
        == kind.head(survey) + kind.between.join(entries[key] for key in sorted(entries)) + kind.tail
    )


@pytest.mark.parametrize("form", list(FORMATS))
def test_entries_are_the_same_whatever_stands_beside_them(form: str) -> None:
    alone = [FORMATS[form].entries(survey_of([sample]), gather([sample]))[sample.key] for sample in EVERY_KIND]
    assert [*FORMATS[form].entries(survey_of(EVERY_KIND), gather(EVERY_KIND)).values()] == alone


@pytest.mark.parametrize("form", ["ris", "csl-json", "csv", "json"])
def test_an_empty_group_has_a_file_too(form: str) -> None:
    text = file(form, [])
    if form.endswith("json"):
        whole = json.loads(text)
        assert (whole if isinstance(whole, list) else whole["papers"]) == []
    else:
        assert text == "" or text.count("\n") == 1
