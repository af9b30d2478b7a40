"""Each file in `cases/` is a survey with mistakes and the full list of what is found in it.

Where a case has `before`, the survey is held against these files, which git has as a tag `v1`.

`pytest tests/test_cases.py --regenerate` writes the findings anew; the diff is then reviewed.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from generator.build import load
from generator.codes import CODES
from generator.diagnostics import Diagnostic
from generator.importing import plan_import, read_sources

CASES = Path(__file__).parent / "cases"
MINIMAL = {
    "content/survey.yaml": "format: 1\ntitle: Cases\ngroupings: [topics]\n",
    "content/groupings/topics/_index.yaml": "title: Topics\n",
}
"""What every case has unless it says otherwise."""


class _LiteralDumper(yaml.SafeDumper):
    """Writes text of several lines as it stands."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text and not text.startswith((" ", "\n")) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_LiteralDumper.add_representer(str, _text)


def cases() -> list[Path]:
    return sorted(CASES.glob("*.yaml"))


def write(files: dict[str, object], root: Path) -> None:
    for name, text in {**MINIMAL, **files}.items():
        if text is None:
            continue
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes.fromhex(text["hex"]) if isinstance(text, dict) else str(text).encode())


def findings(root: Path, against: str | None) -> list[str]:
    return [
        f"{d.place.file}:{d.place.line}:{d.place.column}: {d.severity}: {d.message} [{d.code}] {d.hint}".rstrip()
        for d in [*load(root, lambda _: None, against).diagnostics, *imported(root)]
    ]


def imported(root: Path) -> list[Diagnostic]:
    """Return what an import of the case's files `incoming.*` finds, with paths relative to the root."""
    found: list[Diagnostic] = []
    for path in sorted(root.glob("incoming.*")):
        found += plan_import(root, read_sources([path], None), update=False).found
    return [replace(told, place=replace(told.place, file=Path(told.place.file).name)) for told in found]


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.stem)
def test_findings(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    before = case.get("before")
    if before:
        write(before, tmp_path)
        request.getfixturevalue("commit")(tmp_path, "v1")
        shutil.rmtree(tmp_path / "content")
    write(case["files"], tmp_path)
    found = findings(tmp_path, "v1" if before else None)
    if request.config.getoption("--regenerate"):
        case["findings"] = found
        text = yaml.dump(case, Dumper=_LiteralDumper, sort_keys=False, allow_unicode=True, width=1000)
        path.write_text(text, encoding="utf-8")
    assert found == case["findings"]


def test_every_code_has_a_failing_example() -> None:
    shown = {
        line.split("[", 1)[1].split("]")[0] if "[" in line else ""
        for path in cases()
        for line in yaml.safe_load(path.read_text(encoding="utf-8"))["findings"]
    }
    of_add = {code.name for code in CODES.values() if code.stage in {"add", "check-links"}}  # shown in `incoming/`
    assert sorted(CODES.keys() - shown - FILE_SYSTEM_CODES - of_add) == []


FILE_SYSTEM_CODES = {"unreadable-file", "outside-tree", "too-large"}
"""Shown by `test_source.py`, since a case's files are text."""


def test_every_finding_says_what_to_do() -> None:
    lines = [line for path in cases() for line in yaml.safe_load(path.read_text(encoding="utf-8"))["findings"]]
    assert lines
    assert [line for line in lines if not line.endswith((".", "?"))] == []
