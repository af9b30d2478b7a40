"""The benchmark measures what people run; here it is only seen to work."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from conftest import SurveyCommand
from synthetic import write_survey


def test_the_benchmark_prints_what_each_stage_costs(repository: Path) -> None:
    command: list[str | Path] = [
        sys.executable,
        repository / "tests" / "bench.py",
        "--sizes",
        "12",
        "--runs",
        "1",
        "--edits",
        "1",
    ]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    costs = dict(re.findall(r"(?m)^\| ([a-z ,]+?) +\| +([0-9.]+) \|", done.stdout))
    assert list(costs) == [
        "survey check",
        "survey check, nothing changed",
        "survey generate",
        "survey generate, nothing changed",
        "mkdocs build",
    ]
    assert all(float(seconds) > 0 for seconds in costs.values())
    assert re.search(r"Generating takes [0-9]+% of the processor time that MkDocs takes", done.stdout)
    assert re.search(r"on its page after [0-9.]+ s", done.stdout)


def test_a_synthetic_survey_is_without_fault_and_the_same_each_time(
    tmp_path: Path, survey_command: SurveyCommand
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for root in (first, second):
        write_survey(root, 40)
    assert contents(first) == contents(second)
    found = survey_command("check", "--strict", "--format", "json", root=first)
    assert (found.returncode, json.loads(found.stdout)) == (0, [])


def contents(root: Path) -> dict[str, bytes]:
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*.yaml")}
