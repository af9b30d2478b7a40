"""`make fuzz` in short, always with the same inputs; and that it would find something."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import strategies as st

from fuzz import Count, HangError, feed_batch, limited


def test_no_input_gives_a_traceback_or_takes_long(repository: Path, require_tool: Callable[..., str]) -> None:
    require_tool("node")
    command: list[str | Path] = [sys.executable, repository / "tests" / "fuzz.py", "--batches", "1", "--examples", "40"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=500)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [
        [cell.strip() for cell in line.split("|")[1:3]] for line in done.stdout.splitlines() if line.startswith("|")
    ]
    fed = {name: int(inputs) for name, inputs in rows[2:-1]}
    assert {"records", "bibtex", "ris", "csl-json", "json", "csv", "list", "issue", "arxiv", "form"} <= fed.keys()
    assert min(fed.values()) >= 40
    assert "MB of memory" in done.stdout


def test_what_fails_is_told_with_its_seed_and_input() -> None:
    def broken(text: str) -> bool:
        return 1 / (ord(text) - ord("q")) > 0

    count = Count()
    feed_batch(broken, st.sampled_from("abq"), count, 7, 50)
    (told,) = count.failures
    assert told.startswith("seed 7: ")
    assert "ZeroDivisionError" in told
    assert "one='q'" in told


def test_what_comes_to_no_end_is_interrupted() -> None:
    def endless() -> None:
        while True:
            pass

    with pytest.raises(HangError), limited(0.05):
        endless()
