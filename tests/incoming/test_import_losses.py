"""What a source says that a record has no place for is named: days, markup; and what looks odd is understood."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.bibliography import bibtex
from generator.model import PaperRecord
from generator.survey import Paper
from imports import findings, only, planned

_ENTRY = "@online{{a, title = {{T}}, author = {{Doe, Jane}}, url = {{https://example.org/}}, {}}}"
_DAY = "names a day; a record has year and month"


@pytest.mark.parametrize(
    ("fields", "month"),
    [
        ("date = {2020-05-17}", 5),
        ("date = {2020-05-17T10:00:00Z}", 5),
        ("year = 2020, month = {17 May}", 5),
        ('year = 2020, month = "17--19 " # may', 5),
        ("year = {17 May 2020}", 5),
        ("date = {May 17, 2020}", 5),
    ],
)
def test_the_day_of_a_date_is_told(fields: str, month: int, tmp_path: Path) -> None:
    result = planned(_ENTRY.format(fields), tmp_path)
    record = only(result)
    assert (record["year"], record["month"]) == (2020, month)
    assert [message.partition(" ")[2] for message in findings(result, "field-unused")] == [_DAY]


@pytest.mark.parametrize(
    "fields", ["date = {2020-05}", "year = 2020, month = may", "year = 2020, month = 5", "date = {2020}"]
)
def test_a_date_without_a_day_is_whole(fields: str, tmp_path: Path) -> None:
    assert findings(planned(_ENTRY.format(fields), tmp_path), "field-unused") == []


def test_days_in_ris_and_csl_are_told(tmp_path: Path) -> None:
    ris = "TY  - ELEC\nAU  - Doe, Jane\nTI  - T\nDA  - 2021/07/18/\nER  - \n"
    assert findings(planned(ris, tmp_path, "a.ris"), "field-unused") == [f"“DA” {_DAY}"]
    item = {
        "id": "a",
        "type": "webpage",
        "title": "T",
        "author": [{"literal": "A"}],
        "issued": {"date-parts": [[2021, 7, 18]]},
    }
    assert findings(planned(json.dumps([item]), tmp_path, "a.json"), "field-unused") == [f"“issued” {_DAY}"]


MARKUP = 'Learning from <span class="nocase">Deep <i>mercury</i></span> and <i>E. coli</i> with H<sub>2</sub>O'


@pytest.mark.parametrize("form", ["json", "ris"])
def test_markup_of_titles_is_understood_or_told(form: str, tmp_path: Path) -> None:
    item = {
        "id": "a",
        "type": "webpage",
        "title": MARKUP,
        "author": [{"literal": "A"}],
        "issued": {"date-parts": [[2021]]},
    }
    ris = f"TY  - ELEC\nAU  - Doe, Jane\nTI  - {MARKUP}\nPY  - 2021\nER  - \n"
    result = planned(json.dumps([item]) if form == "json" else ris, tmp_path, f"a.{form}")
    record = only(result)
    assert record["title"] == "Learning from Deep mercury and E. coli with H$_{2}$O"
    assert "Deep mercury" in record["capitals"]
    (message,) = findings(result, "field-unused")
    assert message.endswith(": a record has no markup; left out is <i>")


@pytest.mark.parametrize(
    ("title", "plain", "left"),
    [
        (r"On \emph{E. coli} and {\it Homo} \mbox{sapiens}", "On E. coli and Homo sapiens", r"\emph \it"),
        (r"{\em Fast} \textbf{and} {\it loose}", "Fast and loose", r"\em \textbf \it"),
    ],
)
def test_emphasis_of_latex_is_told(title: str, plain: str, left: str, tmp_path: Path) -> None:
    result = planned(_ENTRY.format("year = 2021").replace("{T}", f"{{{title}}}"), tmp_path)
    assert only(result)["title"] == plain
    assert findings(result, "field-unused") == [f"“title”: a record has no markup; left out is {left}"]


def test_signs_that_are_no_markup_stay(tmp_path: Path) -> None:
    item = {
        "id": "a",
        "type": "webpage",
        "title": "If a<b and b>c, i<j",
        "author": [{"literal": "A"}],
        "issued": {"raw": "2021"},
    }
    result = planned(json.dumps([item]), tmp_path, "a.json")
    assert only(result)["title"] == "If a<b and b>c, i<j"
    assert result.found == []


SICI = "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"


@pytest.mark.parametrize(
    ("field", "less", "greater"),
    [
        ("doi = {%s}", "<", ">"),
        ("doi = {%s}", "&lt;", "&gt;"),
        ("doi = {%s}", r"{\textless}", r"{\textgreater}"),
        ("doi = {https://doi.org/%s}", "%3C", "%3E"),
        ("url = {https://doi.org/%s}", "%3C", "%3E"),
        ("note = {doi: %s}", "<", ">"),
    ],
)
def test_an_old_doi_comes_in_whole(field: str, less: str, greater: str, tmp_path: Path) -> None:
    written = field % SICI.replace("<", less).replace(">", greater)
    result = planned(
        f"@article{{a, title = {{T}}, author = {{Doe, J.}}, year = 1998, journal = {{TACL}}, {written}}}", tmp_path
    )
    assert only(result)["doi"] == SICI
    assert findings(result, "value-unread") == []


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("family=Berg, given=Jan, prefix=van der, useprefix=true", ["van der Berg, Jan"]),
        (
            "given=Martin, given-i={M}, family=King, suffix=Jr.",
            [{"given": "Martin", "family": "King", "suffix": "Jr."}],
        ),
        ("family={Smith, and Sons} and Doe, Jane", [{"literal": "Smith, and Sons"}, "Doe, Jane"]),
        ('family="M{\\"u}ller", given={J{\\"o}rg}', ["Müller, Jörg"]),
        ("given=Hasan, family=Uzunlar and others", ["Uzunlar, Hasan"]),
    ],
)
def test_names_of_named_parts(author: str, expected: list[object], tmp_path: Path) -> None:
    result = planned(
        f"@online{{a, title = {{T}}, author = {{{author}}}, year = 2020, url = {{https://x.org/}}}}", tmp_path
    )
    assert only(result)["authors"] == expected


def test_what_is_no_part_of_a_name_is_told(tmp_path: Path) -> None:
    result = planned("@online{a, title = {T}, author = {family=Doe, given=Jane, id=7}, year = 2020}", tmp_path)
    assert findings(result, "value-unread") == ["the name “Jane Doe” is not clear: “id” is left out"]


def test_a_letter_of_greek_before_a_digit_in_braces(tmp_path: Path) -> None:
    entry = (
        r"@online{a, title = {{$\alpha$}1 and {$\beta$} 2}, author = {Doe, Jane}, year = 2020, url = {https://x.org/}}"
    )
    assert only(planned(entry, tmp_path))["title"] == r"α1 and $\beta$ 2"


@pytest.mark.parametrize("title", ["A–α", "A–$\\alpha$", "GPT-α Nets"])
def test_a_symbol_beside_a_name_comes_back(title: str, tmp_path: Path) -> None:
    data = {"title": title, "authors": ["Doe, Jane"], "year": "2020", "type": "web"}
    written = bibtex(Paper("key", PaperRecord.model_validate(data), ""))
    again = PaperRecord.model_validate(data | {"title": only(planned(written, tmp_path))["title"]})
    assert bibtex(Paper("key", again, "")) == written


def test_a_letter_at_the_end_of_a_journal_is_no_number(tmp_path: Path) -> None:
    names = ["Physical Review C", "Physical Review X", "Acta Crystallographica C", "Conference on Odd Things XIV"]
    entry = "@article{{{}, title = {{T {}}}, author = {{Doe, Jane}}, year = 2021, journal = {{{}}}}}\n"
    result = planned("".join(entry.format(f"k{n}", n, name) for n, name in enumerate(names)), tmp_path)
    full = re.findall(r"full: ([^,\n]*)", result.venues)
    assert full == [*names[:3], "Conference on Odd Things"]
