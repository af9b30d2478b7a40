"""Measure what the generator and MkDocs cost: `make bench`.

Each stage runs as a process of its own, as a person runs it, on a synthetic survey in a temporary folder; the table
gives medians. `--profile` shows where the generator's time goes instead.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from synthetic import write_survey

REPOSITORY = Path(__file__).resolve().parents[1]
SURVEY = (sys.executable, "-m", "generator")
MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--quiet")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a process took: seconds of wall clock and of processor, mebibytes at its peak."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Stage:
    """A command, and what has to be so before each run of it."""

    name: str
    command: Sequence[str]
    prepare: Callable[[Path], None]


def _fresh(root: Path) -> None:
    for name in ("docs", "site", ".survey"):
        _put_aside(root / name)


def _put_aside(folder: Path) -> None:
    """Take a folder away without deleting it: for minutes afterwards ext4 looks at each deleted file as it makes new ones."""
    if folder.exists():
        folder.rename(Path(tempfile.mkdtemp(dir=folder.parent, prefix="aside-")) / folder.name)


def _as_is(root: Path) -> None:
    """Leave everything where the stage before put it."""


def _without_site(root: Path) -> None:
    _put_aside(root / "site")


STAGES = (
    Stage("survey check", (*SURVEY, "check"), _as_is),
    Stage("survey generate", (*SURVEY, "generate"), _fresh),
    Stage("survey generate, nothing changed", (*SURVEY, "generate"), _as_is),
    Stage("mkdocs build", MKDOCS, _without_site),
    Stage("survey build", (*SURVEY, "build"), _fresh),
)


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="62,500,3000", help="numbers of records")
    parser.add_argument("--runs", type=int, default=3, help="runs of each stage; the table has the median")
    parser.add_argument("--profile", action="store_true", help="show where `survey generate` spends its time")
    options = parser.parse_args()
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            write_survey(root, size)
            shutil.copy(REPOSITORY / "mkdocs.yml", root)
            if options.profile:
                _profile(root)
            else:
                _table(size, root, options.runs)


def _table(size: int, root: Path, runs: int) -> None:
    print(f"\n{size} records, medians of {runs}\n")
    print(f"| {'stage':32} | {'wall s':>7} | {'CPU s':>7} | {'ms a record':>11} | {'peak MiB':>8} |")
    print(f"|{'-' * 34}|{'-' * 8}:|{'-' * 8}:|{'-' * 12}:|{'-' * 9}:|")
    walls = {}
    for stage in STAGES:
        cost = _median([_run(stage, root) for _ in range(runs)])
        walls[stage.name] = cost.wall
        print(
            f"| {stage.name:32} | {cost.wall:7.2f} | {cost.cpu:7.2f} | {1000 * cost.wall / size:11.2f} "
            f"| {cost.memory:8.0f} |",
            flush=True,
        )
    share = walls["survey generate"] / (walls["survey generate"] + walls["mkdocs build"])
    print(f"\nThe generator's share of generating and building: {share:.0%}")
    print(f"Written: docs {_mebibytes(root / 'docs'):.1f} MiB, site {_mebibytes(root / 'site'):.1f} MiB")


def _run(stage: Stage, root: Path) -> Cost:
    stage.prepare(root)
    environment = {**os.environ, "CI": "true", "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "0"}
    begun = time.perf_counter()
    with (root / "log").open("wb") as log:
        process = subprocess.Popen(stage.command, cwd=root, env=environment, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begun
    if process.returncode:
        sys.exit(f"{stage.name} failed:\n{(root / 'log').read_text('utf-8')[-2000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(getattr(cost, name) for cost in costs) for name in Cost.__slots__))


def _mebibytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20


def _profile(root: Path) -> None:
    command = [sys.executable, "-m", "cProfile", "-s", "tottime", "-m", "generator", "generate"]
    done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
    print("\n".join(done.stdout.splitlines()[:45]))
    if done.returncode:
        sys.exit(done.stderr)


if __name__ == "__main__":
    main()
