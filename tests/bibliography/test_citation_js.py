"""What citation-js, which many web pages and editors use, makes of our files."""

from __future__ import annotations

import json
import subprocess
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from generator.survey import Paper
from nasty import NASTY
from samples import EVERY_KIND, file

SUFFIXES = {"csl-json": ".json", "ris": ".ris", "bibtex": ".bib", "biblatex": ".bib"}
NAMES_SINCE_CSL_1_0_2 = {"event": "event-title"}
SAID_BY_ALL = ("title", "issued", "DOI", "volume", "page")

Reader = Callable[[str, Iterable[Paper]], dict[str, dict[str, Any]]]


@pytest.fixture
def citation_js(node_tools: Path, require_tool: Callable[..., str], tmp_path: Path) -> Reader:
    """Write papers in a format and read them with citation-js, by key."""

    def read(form: str, papers: Iterable[Paper]) -> dict[str, dict[str, Any]]:
        path = tmp_path / f"refs{SUFFIXES[form]}"
        path.write_text(file(form, papers), encoding="utf-8")
        command = [require_tool("node"), "citations.mjs", str(path)]
        done = subprocess.run(command, cwd=node_tools, capture_output=True, encoding="utf-8", check=True)
        return {item["id"]: item for item in json.loads(done.stdout)[0]}

    return read


def items(papers: Iterable[Paper]) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in json.loads(file("csl-json", papers))}


def test_csl_json_is_taken_as_it_is(citation_js: Reader, papers: tuple[Paper, ...]) -> None:
    everything = (*EVERY_KIND, *NASTY, *papers)
    read, written = citation_js("csl-json", everything), items(everything)

    assert read.keys() == written.keys()
    for key, item in written.items():
        assert {name: read[key].get(NAMES_SINCE_CSL_1_0_2.get(name, name)) for name in item} == item


@pytest.mark.parametrize("form", ["ris", "bibtex", "biblatex"])
def test_other_formats_say_the_same(citation_js: Reader, papers: tuple[Paper, ...], form: str) -> None:
    read, written = citation_js(form, papers), items(papers)

    assert read.keys() == written.keys()
    for key, item in written.items():
        assert {name: read[key].get(name) for name in SAID_BY_ALL} == {name: item.get(name) for name in SAID_BY_ALL}
        assert names(read[key]) == names(item)


def names(item: dict[str, Any]) -> list[str]:
    """Return the authors in full; TeX's dotless i under an accent stays one here."""
    parts = ("given", "non-dropping-particle", "family", "literal", "suffix")
    full = (" ".join(author[part] for part in parts if author.get(part)) for author in item["author"])
    return [unicodedata.normalize("NFC", name.replace("ı", "i")) for name in full]
