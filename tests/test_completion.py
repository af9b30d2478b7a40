"""An editor suggests the words of the format, and the names that the survey gives."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main

RECORD = """# yaml-language-server: $schema=../schema/paper.schema.json
title: More
authors: ["Doe, Jane"]
year: 2021
type: |
venue: |
tags: [|]
groups: [|]
relations:
  - type: extends
    paper: |
|
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A new survey with a record that is being written; `|` marks where suggestions are asked for."""
    assert CliRunner().invoke(main, ["init", str(tmp_path / "new")]).exit_code == 0
    settings = tmp_path / "new/content/survey.yaml"
    settings.write_text(settings.read_text("utf-8") + "tags: {slow: Takes long.}\n", "utf-8")
    return tmp_path / "new"


@pytest.mark.parametrize(
    ("begins", "suggested"),
    [
        ("type: ", {"conference", "thesis"}),
        ("venue: ", {"example"}),
        ("tags: [", {"slow"}),
        ("groups: [", {"topics/first-topic"}),
        ("    paper: ", {"doe2020example"}),
        ("", {"summary", "arxiv"}),
    ],
)
def test_what_can_stand_here_is_suggested(
    begins: str, suggested: set[str], root: Path, node_tools: Path, require_tool: Callable[..., str]
) -> None:
    assert CliRunner().invoke(main, ["schema", "--root", str(root)]).exit_code == 0
    line = RECORD.splitlines().index(next(line for line in RECORD.splitlines() if line.startswith(f"{begins}|")))
    record = root / "content/papers/doe2021more.yaml"
    record.write_text(RECORD.replace("|", ""), "utf-8")

    command = [require_tool("node"), "complete.mjs", str(record), str(line), str(len(begins))]
    done = subprocess.run(command, cwd=node_tools, capture_output=True, encoding="utf-8", check=True)

    assert suggested <= set(json.loads(done.stdout))


def test_names_that_are_new_make_no_schema_stale(root: Path) -> None:
    schema = root / "content/schema/paper.schema.json"
    assert CliRunner().invoke(main, ["schema", "--root", str(root), "--check"]).exit_code == 0

    schema.write_text(schema.read_text("utf-8").replace('"title"', '"heading"', 1), "utf-8")
    assert CliRunner().invoke(main, ["schema", "--root", str(root), "--check"]).exit_code == 1
