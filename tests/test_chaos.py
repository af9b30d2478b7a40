"""`make chaos` in short: what it must find nothing in, and that it would find something."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from chaos import Scene, Verb, state, synthetic_survey, untidy
from generator.output import Output
from generator.turns import RUNNING, alone
from generator.write import ChangedFileError, remove_partials, rewrite, write_together


def test_commands_that_are_killed_damage_nothing_and_the_next_run_equals_a_clean_one(repository: Path) -> None:
    command: list[str | Path] = [
        sys.executable,
        repository / "tests" / "chaos.py",
        "--short",
        "--rounds",
        "3",
        "--papers",
        "12",
    ]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=500)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.split("|")[1].strip() for line in done.stdout.splitlines() if "12 papers" in line] == [
        "generate",
        "import",
        "check --fix",
    ]
    assert "Run this again" in done.stdout


def test_a_command_that_leaves_something_else_than_a_clean_run_is_told(tmp_path: Path) -> None:
    root = synthetic_survey(tmp_path, 3)
    scene = Scene(root, Verb("fmt", ("fmt",), (), untidy), seed=1)
    scene.clean = [{**scene.clean[0], "content/papers/other.yaml": b""}]
    tally = scene.rounds(1)
    assert (tally.rounds, tally.wrong, tally.bad) == (1, 1, 1)


def test_what_a_killed_run_left_half_written_goes_with_the_next(tmp_path: Path) -> None:
    partials = [
        "content/papers/.a.yaml.77.partial",
        "docs/papers/a/.index.md.77.partial",
        ".survey/.nav.yml.77.partial",
    ]
    theirs = ["content/papers/a.yaml", "content/papers/.a.partial", "docs/notes.77.partial"]
    for name in [*partials, *theirs, RUNNING]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("half")
    with alone(tmp_path, "survey fmt", pytest.fail):
        assert sorted(state(tmp_path, "content", "docs")) == sorted(theirs)
    assert not (tmp_path / RUNNING).exists()


def test_who_waits_is_told_for_whom(tmp_path: Path) -> None:
    hold = (
        "import sys, pathlib; from generator.turns import alone\n"
        "with alone(pathlib.Path(sys.argv[1]), 'survey build', print): print('held', flush=True); sys.stdin.read()"
    )
    told: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-c", hold, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"

        def waiting(who: str) -> None:
            told.append(who)
            other.kill()

        with alone(tmp_path, "survey fmt", waiting):
            pass
    assert told == [f"survey build (process {other.pid})"]


def test_what_somebody_saved_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    record = tmp_path / "a.yaml"
    record.write_bytes(b"saved meanwhile\n")
    with pytest.raises(ChangedFileError, match=r"a\.yaml .*Run this again"):
        rewrite(record, b"as read\n", b"tidy\n")
    with pytest.raises(ChangedFileError):
        write_together(tmp_path, [Output("b.yaml", b"new"), Output("a.yaml", b"tidy")], {"a.yaml": b"as read\n"})
    with pytest.raises(ChangedFileError):
        rewrite(tmp_path / "gone.yaml", b"as read\n", b"tidy\n")
    assert state(tmp_path, ".") == {"a.yaml": b"saved meanwhile\n"}


def test_a_file_keeps_its_permissions_and_a_link_stays_one(tmp_path: Path) -> None:
    record, link = tmp_path / "a.yaml", tmp_path / "b.yaml"
    record.write_bytes(b"before\n")
    record.chmod(0o640)
    link.symlink_to("a.yaml")
    rewrite(link, b"before\n", b"after\n")
    assert (record.read_bytes(), record.stat().st_mode & 0o777, link.is_symlink()) == (b"after\n", 0o640, True)
    remove_partials(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "b.yaml"]
