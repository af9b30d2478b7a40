"""What README and CONTRIBUTING show is true."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import Commit
from generator.build import load
from generator.cli import main
from generator.fetching import Client, Visitor
from generator.model import Degree, PaperRecord, PaperType, RelationType, Status
from registry import answer

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "SECURITY.md")
ROOT = Path(__file__).resolve().parents[1]


def blocks(language: str) -> Iterator[tuple[str, str]]:
    for name in DOCUMENTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        for indent, block in re.findall(rf"(?ms)^( *)```{language}\n(.*?)^ *```", text):
            yield name, re.sub(rf"(?m)^{indent}", "", block)


def commands() -> list[str]:
    lines = (line for _, block in blocks("console") for line in block.splitlines())
    return sorted({line.partition("#")[0].strip() for line in lines if "survey " in line.partition("#")[0]})


@pytest.mark.parametrize("command", commands())
def test_commands_exist_and_work(
    command: str, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, commit: Commit
) -> None:
    for name in ("content", "site_templates"):
        shutil.copytree(repository / name, tmp_path / name)
    shutil.copy(repository / "mkdocs.yml", tmp_path)
    commit(tmp_path, "v1.0")
    entry = "@misc{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2020, eprint = {2007.99999}}"
    (tmp_path / "refs.bib").write_text(entry, encoding="utf-8")
    (tmp_path / "README.md").write_text("<!-- survey:begin -->\n<!-- survey:end -->\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Client, "get", lambda _, address, accept: answer(address, accept))
    monkeypatch.setattr(Visitor, "status", lambda *_: 200)
    monkeypatch.setattr("generator.links.time.sleep", lambda _: None)
    program, *arguments = shlex.split(command)
    assert program.endswith("survey")
    if arguments[0] in {"build", "fmt", "new", "serve", "snapshot"}:
        arguments.append("--help")  # shown to work elsewhere; here they would write, ask, or never end
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("document", "record"),
    # test_packaging.py builds a survey with the other examples
    [(name, block) for name, block in blocks("yaml") if not block.startswith("# mkdocs.yml\n")],
)
def test_records_are_sound(document: str, record: str, repository: Path, tmp_path: Path) -> None:
    assert document
    name = re.match(r"# (content/\S+)\n", record)
    assert name, "an example says in its first line where it stands"
    shutil.copytree(repository / "content", tmp_path / "content", ignore=shutil.ignore_patterns("papers"))
    (tmp_path / "content/papers").mkdir()
    (tmp_path / name[1]).write_text(record, encoding="utf-8")
    found = load(tmp_path, lambda _: None).diagnostics
    assert [d.message for d in found if d.place.file == name[1] and d.severity != "note"] == []


def test_the_table_of_fields_is_that_of_the_model() -> None:
    guide = (
        (ROOT / "CONTRIBUTING.md")
        .read_text(encoding="utf-8")
        .partition("## Fields of a record")[2]
        .partition("\n## ")[0]
    )
    table = dict(re.findall(r"(?m)^\| (`.*?) \| (.*) \|$", guide))
    names = [name for cell in table for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(names) == sorted(PaperRecord.model_fields)
    assert re.findall(r"`([^`]+)`", table["`type`"]) == list(PaperType)
    assert re.findall(r"`([^`]+)`", table["`degree`"]) == list(Degree)
    assert re.findall(r"`([^`]+)`", table["`status`"]) == list(Status)
    assert re.findall(r"`([^`]+)`", table["`relations`"].partition("types: ")[2]) == list(RelationType)
    required = [name for name, field in PaperRecord.model_fields.items() if field.is_required()]
    assert re.findall(r"`([^`]+)`", re.findall("(?m)^Required are (.*)$", guide)[0]) == required


def test_links_between_documents_lead_somewhere() -> None:
    for name in DOCUMENTS:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8")):
            assert (ROOT / target).exists(), f"{name} links to {target}"


def test_each_defence_is_in_code_that_is_there_and_shown_by_tests() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8").partition("## Where it lands")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.split(" | ")] for line in text.splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 18
    for *_, code, tests in rows:
        for name in re.findall(r"`([^`]+)`", code):
            file = name.partition(".")[0] if not name.endswith((".py", "/")) else name
            places = (ROOT / name, ROOT / "generator" / file, ROOT / "generator" / f"{file}.py")
            assert any(place.exists() for place in places), name
        named = re.findall(r"`([^`]+)`", tests)
        assert named, code
        for name in named:
            assert "def test_" in (ROOT / name).read_text(encoding="utf-8"), name


def test_the_mistake_that_the_readme_shows_is_shown_so(repository: Path, tmp_path: Path) -> None:
    shutil.copytree(repository / "content", tmp_path / "content")
    record = tmp_path / "content/papers/ren2021combiner.yaml"
    record.write_text(record.read_text(encoding="utf-8").replace("venue: neurips", "venue: neurisp"), encoding="utf-8")
    (example,) = (block for name, block in blocks("text") if name == "README.md")
    result = CliRunner().invoke(main, ["check", "--root", str(tmp_path)], catch_exceptions=False)
    assert result.stdout == example
