"""What `make fuzz` found once: it stays mended."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.build import examine
from generator.incoming import openreview
from generator.incoming.plan import new_files
from generator.source import SourceFile
from imports import planned

DIGITS = "9" * 5000
"""More than Python makes a number of."""


@pytest.mark.parametrize("pages", [f"{DIGITS}-{DIGITS}", f"1{DIGITS}-{DIGITS}", f"{DIGITS}-1"])
def test_pages_of_thousands_of_digits_are_read_or_told(pages: str, tmp_path: Path) -> None:
    entry = f"@article{{a2020b, title={{A Title}}, author={{Doe, Jane}}, year=2020, journal={{J}}, pages={{{pages}}}}}"
    result = planned(entry, tmp_path)
    assert result.entries == 1
    assert result.new or result.found


def test_a_number_of_thousands_of_digits_in_a_note_of_openreview_is_passed_over() -> None:
    bibtex = "@misc{a2020b, title={A Title}, author={Doe, Jane}, year={2020}}"
    answer = f'{{"notes": [{{"id": "aBc_dEf123", "cdate": {DIGITS}, "content": {{"_bibtex": "{bibtex}"}}}}]}}'
    entries, found = openreview.read("answer.json", answer)
    assert (len(entries), found) == (1, [])


@pytest.mark.parametrize("pages", [f"{DIGITS}-{DIGITS}", f"{DIGITS}-1", f"e{DIGITS}-e1"])
def test_a_record_may_have_pages_of_thousands_of_digits(pages: str) -> None:
    record = {"title": "A", "authors": ["Doe, Jane"], "year": 2020, "type": "web", "pages": pages}
    files = {"survey": {"format": 1, "title": "S"}, "papers/a2020b": record}
    examine([SourceFile(f"content/{name}.yaml", json.dumps(file)) for name, file in files.items()])


@pytest.mark.parametrize("pages", ["10-1", "1-0"])
def test_pages_of_another_survey_that_descend_are_told_and_left_out(pages: str, tmp_path: Path) -> None:
    paper = {"title": "A Title", "authors": ["Doe, Jane"], "year": 2020, "type": "web", "pages": pages}
    result = planned(json.dumps({"papers": [paper]}), tmp_path, "survey.json")
    assert [found.message for found in result.found if "comes before page" in found.message]
    assert "pages:" not in new_files(result)[0].text
