"""What the form for contributors is made of: fields of the model, words of the survey, the forge's own form."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest

from generator.bibliography import every_format
from generator.model import PaperRecord, SurveyFile
from generator.pages import render
from generator.pages.forge import NewFile, new_file
from generator.pages.templates import read_templates
from surveys import make_survey

PAPER = {"authors": ["Roe, Jane"], "year": "2020", "type": "journal"}
FILES: dict[str, Any] = {
    "survey": {
        "format": "1",
        "title": "Of Birds",
        "groupings": ["habitats"],
        "repository": "https://git.example.org/a/b",
        "tags": {"rare": "Seen once."},
        "attributes": {"wingspan": {"title": "Wingspan <m>", "type": "number", "unit": "m"}},
    },
    "venues": {"ibis": {"short": "Ibis", "full": "International Journal of Avian Science", "kind": "journal"}},
    "groupings/habitats/_index": {"title": "Habitats"},
    "groupings/habitats/sea": {"title": "The “sea” & its shores"},
    "papers/roe2020tern": {**PAPER, "title": "Über Terns: $x$", "doi": "10.1000/ABC", "aliases": ["Roe2020Old"]},
    "retired": {"gone2019": "Twice."},
}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    survey = make_survey(FILES)
    made = render(survey, every_format(survey), read_templates(tmp_path_factory.mktemp("none")))
    return {one.path: one.content.decode("utf-8", "replace") for one in made}


def test_the_script_knows_what_the_survey_has(outputs: dict[str, str]) -> None:
    data = json.loads(outputs["docs/assets/survey/contribute.json"])
    assert data["taken"].split() == ["gone2019", "roe2020old", "roe2020tern"]
    assert data["identifiers"]["doi"] == {"10.1000/abc": "roe2020tern"}
    assert data["titles"] == [["uber terns x", "roe", "roe2020tern"]]
    names = ["Ibis", "International Journal of Avian Science"]
    assert data["venues"] == [{"key": "ibis", "names": names, "kind": "journal", "issn": ""}]
    assert re.fullmatch(data["stop"], "the")


def test_the_form_offers_the_fields_of_the_model_and_the_words_of_the_survey(outputs: dict[str, str]) -> None:
    page = outputs["docs/contribute/index.md"]
    form = html.unescape(page[page.index("<form") : page.index("</form>")])
    assert "\n\n" not in form, "an empty line would end the block of HTML"
    offered = set(re.findall(r'data-contribute="field" data-name="(\w+)"', form)) - {"key"}
    elsewhere = {"attributes", "groups", "tags"}
    left_out = {"aliases", "capitals", "links", "relations", "sources", "status"}
    assert offered | elsewhere | left_out == PaperRecord.model_fields.keys()
    assert not offered & (elsewhere | left_out)
    for words in (
        'value="habitats/sea"',
        'value="rare"',
        'value="ibis"',
        'data-name="wingspan"',
        "Wingspan <m>",
    ):
        assert words in form


@pytest.mark.parametrize(
    ("repository", "expected"),
    [
        ("https://github.com/a/b.git", NewFile("https://github.com/a/b/new/main", "github.com", "filename", "value")),
        ("https://gitlab.com/a/b/", NewFile("https://gitlab.com/a/b/-/new/main", "gitlab.com", "file_name", None)),
        (
            "https://codeberg.org/a/b",
            NewFile("https://codeberg.org/a/b/_new/main", "codeberg.org", "filename", "value"),
        ),
        ("https://git.example.org/a/b", NewFile("https://git.example.org/a/b/new/main", "git.example.org", None, None)),
        (None, None),
    ],
)
def test_a_forge_says_what_the_address_of_its_form_takes(repository: str | None, expected: NewFile | None) -> None:
    survey = SurveyFile.model_validate(
        {"format": "1", "title": "T"} | ({"repository": repository} if repository else {})
    )
    assert new_file(survey) == expected
