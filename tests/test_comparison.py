"""The comparison table of a group: which papers, which columns, what stands in a cell."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from generator.bibliography import every_format
from generator.pages import render
from generator.pages.templates import read_templates
from surveys import make_survey

ATTRIBUTES: dict[str, Any] = {
    "training": {
        "title": "Training",
        "type": "choice",
        "description": "What is trained",
        "values": {"none": "Nothing at all", "fine_tuning": "All weights"},
    },
    "data": {"title": "Data", "type": "choices", "values": {"text": "Language", "code": "Programs <b>&</b> such"}},
    "speed": {"title": "Speed-up", "type": "number", "unit": "×"},
    "open": {"title": "Open", "type": "yes/no"},
    "empty": {"title": "Nobody has it", "type": "text"},
    "rare": {"title": "Rare", "type": "text"},
    "home": {"title": "Home", "type": "link"},
}

PAPERS: dict[str, dict[str, Any]] = {
    "one": {"training": "none", "data": ["text", "code"], "speed": {"value": "2.5", "of": "decoding <i>"}},
    "two": {"training": "n/a", "data": ["text"], "open": "yes", "rare": "seldom", "home": "https://example.org/x"},
    "three": {"training": "fine_tuning", "speed": "10", "open": "no", "empty": "n/a"},
    "outside": {"empty": "said"},
}


def group_page(repository: Path, path: str, **group: Any) -> str:
    """The page of the group `topics/all`, or another one, of a survey of four papers."""
    files: dict[str, Any] = {
        "survey": {"format": 1, "title": "S", "groupings": ["topics"], "attributes": ATTRIBUTES},
        "groupings/topics/_index": {"title": "Topics"},
        "groupings/topics/all": {"title": "All", "papers": ["two", "one"], **group},
        "groupings/topics/all/below": {"title": "Below", "papers": ["three"]},
    }
    for number, (key, attributes) in enumerate(PAPERS.items()):
        authors = ["Doe, Jane", "Roe, Jo", "Poe, Al"][: number + 1]
        files[f"papers/{key}"] = {
            "title": f"Paper {key}",
            "authors": authors,
            "year": 2020 + number,
            "type": "preprint",
            "attributes": attributes,
        }
    survey = make_survey(files)
    outputs = render(survey, every_format(survey), read_templates(repository))
    return next(output.content.decode() for output in outputs if output.path == f"docs/{path}")


def table(page: str) -> tuple[list[str], dict[str, list[str]]]:
    """The heads of the columns, and the cells of each paper, as text."""
    head, body = re.search(r'<table class="[^"]*survey-table-compared.*?</table>', page, re.DOTALL)[0].split("<tbody>")  # type: ignore[index]
    rows = [re.findall(r"<t[hd][ >].*?</t[hd]>", row, re.DOTALL) for row in body.split("<tr>")[1:]]
    return [plain(cell) for cell in re.findall(r"<th .*?</th>", head)], {
        plain(first): [*map(plain, rest)] for first, *rest in rows
    }


def plain(html: str) -> str:
    text = re.sub(r"<[^>]*>", " ", html)
    return " ".join(re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), text).split())


def test_the_papers_of_the_group_and_below_are_compared_by_what_the_group_names(repository: Path) -> None:
    heads, rows = table(group_page(repository, "topics/all/index.md", compare=["speed", "training", "empty", "data"]))
    assert heads == ["Paper", "Speed-up", "Training", "Data"], "in the order named, without a column that has no value"
    assert rows == {
        "Paper two Doe & Roe, 2021": ["unknown", "not applicable", "text"],
        "Paper one Doe, 2020": ["2.5× decoding <i>", "none", "text code"],
        "Paper three Doe et al., 2022": ["10×", "fine tuning", "unknown"],
    }


def test_a_group_that_names_no_columns_has_those_with_most_values(repository: Path) -> None:
    heads, rows = table(group_page(repository, "topics/all/index.md"))
    assert heads == ["Paper", "Training", "Data", "Speed-up", "Open", "Rare"]
    assert rows["Paper two Doe & Roe, 2021"][3:] == ["Yes", "seldom"]


def test_two_papers_are_not_compared(repository: Path) -> None:
    assert "survey-table-compared" not in group_page(repository, "topics/all/below/index.md", compare=["training"])
    assert "survey-table-compared" not in group_page(
        repository, "topics/all/index.md", compare=["training"], papers=["one"]
    )


def test_columns_and_values_are_defined_beneath_the_table(repository: Path) -> None:
    page = group_page(repository, "topics/all/index.md", compare=["training", "data"])
    legend = plain(page.split('id="columns"')[1].split("</details>")[0])
    for text in ("What is trained", "none Nothing at all", "fine tuning All weights", "code Programs <b>&</b> such"):
        assert text in legend
    assert 'href="#columns"' in page


@pytest.mark.parametrize("compare", [["home"], ["speed", "data"]])
def test_content_stays_text(repository: Path, compare: list[str]) -> None:
    page = group_page(repository, "topics/all/index.md", compare=compare)
    assert "<i>" not in page
    assert "<b>" not in page
    assert ("https://example.org/x" in page) == ("home" in compare)
