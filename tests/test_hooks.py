"""The hooks that a survey may ask pre-commit for do what they say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from surveys import read_yaml

RECORD = "content/papers/doe2020example.yaml"


@pytest.fixture
def new(tmp_path: Path) -> Path:
    done = CliRunner().invoke(main, ["init", str(tmp_path / "new")], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return tmp_path / "new"


@pytest.fixture(scope="module")
def hooks(repository: Path) -> dict[str, dict[str, str]]:
    return {hook["id"]: hook for hook in read_yaml(repository / ".pre-commit-hooks.yaml")}


def run(hook: dict[str, str], root: Path) -> subprocess.CompletedProcess[str]:
    """Run a hook as pre-commit does: its entry, in the repository's folder, without names of files."""
    assert (hook["language"], hook["pass_filenames"]) == ("python", "false")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        hook["entry"].split(),
        cwd=root,
        env={**os.environ, "PATH": path},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_hooks_pass_a_sound_survey_and_refuse_a_broken_one(new: Path, hooks: dict[str, dict[str, str]]) -> None:
    record = new / RECORD
    sound = record.read_text("utf-8")
    assert {name: run(hook, new).returncode for name, hook in hooks.items()} == {"survey-fmt": 0, "survey-check": 0}
    assert record.read_text("utf-8") == sound, "what is canonical stays"

    record.write_text(sound.replace("year: 2020", "year:   2020"), "utf-8")
    run(hooks["survey-fmt"], new)
    assert record.read_text("utf-8") == sound, "pre-commit fails where a file was changed"

    record.write_text(sound.replace("venue: example", "venue: exmaple"), "utf-8")
    refused = run(hooks["survey-check"], new)
    assert refused.returncode == 1
    assert "Did you mean “example”?" in refused.stdout


def test_the_hooks_run_for_the_files_that_they_read(new: Path, hooks: dict[str, dict[str, str]]) -> None:
    files = [path.relative_to(new).as_posix() for path in new.rglob("*") if path.is_file()]
    for hook in hooks.values():
        meant = {file for file in files if re.search(hook["files"], file)}
        assert {RECORD, "content/survey.yaml"} <= meant
        assert meant & {"README.md", "mkdocs.yml", "Makefile"} == set()
