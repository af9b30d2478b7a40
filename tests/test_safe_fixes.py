"""Every mistake of `cases/` that has one certain mend is gone after `survey check --fix`, and nothing came in its place."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from generator.build import load, mends
from generator.diagnostics import Diagnostic
from generator.write import write_file
from test_cases import cases, write


def found(root: Path) -> list[Diagnostic]:
    return load(root, lambda _: None).diagnostics


HIDDEN = ("duplicate-", "unknown-")
"""Codes of mistakes about other files, which a value that could not be read kept out of sight."""


def present() -> list[Path]:
    """The cases that need no former state of the survey."""
    return [path for path in cases() if "before" not in yaml.safe_load(path.read_text("utf-8"))]


def test_at_least_sixty_bad_entries_have_their_place_and_code() -> None:
    entries = {
        (path.stem, line.split(": ")[0])
        for path in cases()
        for line in yaml.safe_load(path.read_text("utf-8"))["findings"]
        if ": error: " in line or ": warning: " in line
    }
    assert len(entries) >= 60
    assert [place for _, place in entries if not all(number.isdigit() for number in place.split(":")[-2:])] == []


@pytest.mark.parametrize("path", present(), ids=lambda path: path.stem)
def test_what_is_mended_is_clean(path: Path, tmp_path: Path) -> None:
    write(yaml.safe_load(path.read_text("utf-8"))["files"], tmp_path)
    before = found(tmp_path)
    wanted = [one for one in before if one.mend is not None]
    changes = mends(tmp_path)
    for change in changes:
        write_file(tmp_path / change.file.path, change.text.encode())
    after = found(tmp_path)
    assert [one for one in after if one.mend is not None] == []
    assert bool(changes) == bool(wanted)
    left = Counter((one.place.file, one.code) for one in before if one.mend is None and one.severity == "error")
    came = Counter((one.place.file, one.code) for one in after if one.severity == "error")
    unreadable = {one.place.file for one in wanted if one.code in {"yaml-syntax", "tab"}}
    new = [(file, code) for file, code in came - left if file not in unreadable]
    assert [code for _, code in new if not code.startswith(HIDDEN)] == []
