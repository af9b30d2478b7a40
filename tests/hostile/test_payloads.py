"""Every field of every content file, filled with what attacks: it stands on the site as text, or the check says where it is."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree

from generator.bibliography import FORMATS, every_format
from generator.build import Loaded, examine
from generator.codes import Severity
from generator.diagnostics import Diagnostic, visible
from generator.documents import documents
from generator.exports import exports
from generator.source import SourceFile
from hostile import EVERYTHING, Refusals, Survey, refusals, survey
from payloads import own, public

SAMPLE = 60
"""So many of the public payloads are tried beside all of ours."""
SHOWN = 80
"""So many of them all stand on a site that is built: its navigation is on every page."""

BUILD = """
import sys
from pathlib import Path
from generator.build import build_site, generate, load

root = Path(sys.argv[1])
loaded = load(root, str)
assert loaded.sound
generate(root, loaded, str)
build_site(root, strict=True)
"""


@pytest.fixture(scope="module")
def chosen(node_tools: Path) -> list[str]:
    ours = list(own())
    others = sorted(set(public(node_tools)) - set(ours))
    return [*ours, *random.Random(8).sample(others, SAMPLE)]  # noqa: S311 - the same ones each time


@pytest.fixture(scope="module")
def checked(chosen: list[str]) -> tuple[Refusals, list[Diagnostic]]:
    return refusals(chosen)


@pytest.fixture(scope="module")
def made(chosen: list[str], checked: tuple[Refusals, list[Diagnostic]]) -> Survey:
    return survey(chosen, checked[0])


def examined(one: Survey) -> Loaded:
    return examine([SourceFile(path, text) for path, text in one.files.items()])


@pytest.fixture(scope="module")
def loaded(made: Survey) -> Loaded:
    return examined(made)


def test_what_the_check_refuses_it_finds_in_the_field_that_holds_it(
    chosen: list[str], checked: tuple[Refusals, list[Diagnostic]]
) -> None:
    refused, astray = checked
    assert astray == []
    assert {field for field, _ in refused} <= EVERYTHING
    for finding in set(refused.values()):
        assert finding.message == visible(finding.message)
        assert finding.hint
    assert {payload for _, payload in refused} == set(chosen), "each is refused where a number belongs"
    assert len(refused) < len(chosen) * len(EVERYTHING) * 3 // 4, "and most are text elsewhere"


def test_what_it_does_not_refuse_makes_a_sound_survey(made: Survey, loaded: Loaded, chosen: list[str]) -> None:
    assert [one for one in loaded.diagnostics if one.severity is Severity.ERROR] == []
    assert len(loaded.survey.papers) > len(chosen)
    texts = [some for field, some in made.stands.items() if len(some) > len(chosen) // 2]
    assert len(texts) > 20, "most payloads stand in every field that takes text"


FORMULA = re.compile(r"(?![+-]?[0-9.]+$)[\s\ufeff\u200b]*[-=+@]")
LINE = re.compile(r"[A-Z][A-Z0-9]  - .*|")
COMMANDS = (
    "input{",
    "include{",
    "write18",
    "openin",
    "directlua",
    "catcode",
    "csname",
    "newwrite",
    "verbatiminput",
    "loop",
    "meaning",
)


def test_in_no_format_is_it_more_than_a_value(loaded: Loaded) -> None:
    written = every_format(loaded.survey)
    files = {one.path: one.content.decode() for one in exports(loaded.survey, written)}
    count = len(loaded.survey.papers)
    for name, form in FORMATS.items():
        text = form.file(loaded.survey, written[name], loaded.survey.papers)
        files[f"all{form.suffix}"] = text
        if name == "ris":
            assert [line for line in text.split("\n") if not LINE.fullmatch(line)] == []
            assert len(re.findall("(?m)^TY  - ", text)) == len(re.findall("(?m)^ER  - ", text)) == count
        elif name == "csv":
            rows = list(csv.reader(io.StringIO(text, newline="")))
            assert len(rows) == count + 1
            assert [cell for row in rows for cell in row if FORMULA.match(cell)] == []
        elif name in {"json", "csl-json"}:
            told: Any = json.loads(text)
            assert len(told["papers"] if name == "json" else told) == count
        else:
            assert len(re.findall(r"(?m)^@[a-z]+\{", text)) == count
            unescaped = re.sub(r"\\[{}\\]", "", text)
            assert unescaped.count("{") == unescaped.count("}")
    for one in documents(loaded.survey):
        if one.path.endswith((".tex", ".bib")):
            files[one.path] = one.content.decode()
    for path, text in files.items():
        if path.endswith((".tex", ".bib")):
            found = [command for command in COMMANDS if f"\\{command}" in text.replace(r"\textbackslash", "")]
            assert found == [], path


class Page(HTMLParser):
    """What of a page a browser would act on."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.heading: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "h1" in self._open:
            self.heading.append(data)


def acts(page: Page) -> Iterator[str]:
    """Yield what a page must not have, whoever wrote it."""
    for tag, attributes in page.elements:
        told = f"<{tag} {attributes}>"
        if tag in {"iframe", "object", "embed", "base", "frame", "applet", "plaintext", "style"}:
            yield told
        if tag == "script" and "src" not in attributes and "json" not in attributes.get("type", ""):
            yield told
        if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh" and ":" in attributes["content"]:
            yield told
        for name, value in attributes.items():
            scheme = re.match(r"[\s\x00-\x20]*([A-Za-z][A-Za-z0-9+.-]*):", value)
            if name.startswith("on") or name in {"srcdoc", "formaction", "ping"}:
                yield told
            if name in {"href", "xlink:href", "action"} and scheme and scheme[1] not in {"http", "https", "mailto"}:
                yield told
            if name in {"src", "srcset", "poster", "data"} and (scheme or value.startswith("//")):
                yield told


@pytest.fixture(scope="module")
def shown(chosen: list[str], checked: tuple[Refusals, list[Diagnostic]]) -> Survey:
    return survey(random.Random(8).sample(chosen, SHOWN), checked[0])  # noqa: S311 - the same ones each time


@pytest.fixture(scope="module")
def site(shown: Survey, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("payloads")
    for path, text in shown.files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())
    shutil.copy(repository / "mkdocs.yml", root)
    subprocess.run([sys.executable, "-c", BUILD, root], check=True, timeout=500)
    return root / "site"


def test_on_the_site_it_is_text(site: Path) -> None:
    pages = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
    assert len(pages) > 2 * SHOWN
    for name, path in pages.items():
        page = Page()
        page.feed(path.read_text("utf-8"))
        assert list(acts(page)) == [], name
    for path in site.rglob("*.xml"):
        assert ElementTree.parse(path) is not None
    for path in site.rglob("*.json"):
        json.loads(path.read_bytes())


def test_a_title_is_read_as_it_was_written(site: Path, shown: Survey) -> None:
    compared = 0
    for key, paper in examined(shown).survey.papers.items():
        title = paper.record.title
        if "$" in title or not title.isprintable():
            continue
        page = Page()
        page.feed((site / "papers" / key / "index.html").read_text("utf-8"))
        assert " ".join(title.split()) in " ".join("".join(page.heading).split()), key
        compared += 1
    assert compared > SHOWN // 2
