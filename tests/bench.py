"""Measure what the generator and MkDocs cost: `make bench`.

Each stage runs as a process of its own, as a person runs it, on a synthetic survey in a temporary folder; the table
gives medians. `--profile` shows where the generator's time goes instead. Memory is that of a process and its copies together.
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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bench_memory import proportional
from bench_serve import latency
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


def _cold(root: Path) -> None:
    (root / ".survey" / "memory").unlink(missing_ok=True)


def _without_site(root: Path) -> None:
    _put_aside(root / "site")


GENERATING = (
    Stage("survey check", (*SURVEY, "check"), _cold),
    Stage("survey check, nothing changed", (*SURVEY, "check"), _as_is),
    Stage("survey generate", (*SURVEY, "generate"), _fresh),
    Stage("survey generate, nothing changed", (*SURVEY, "generate"), _as_is),
)
BUILDING = (Stage("mkdocs build", MKDOCS, _without_site),)
MOST_BUILT = 10_000
"""Beyond so many records MkDocs takes too long to be waited for."""
LOOKS = 20
"""To look at the memory of a large process takes a while and holds it up: so many times as long nobody looks."""
MOST_REPEATED = 3000
"""Beyond so many records each stage runs once."""


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="62,1000,3000,10000", help="numbers of records")
    parser.add_argument("--runs", type=int, default=3, help="runs of each stage; the table has the median")
    parser.add_argument("--profile", action="store_true", help="show where `survey generate` spends its time")
    parser.add_argument("--edits", type=int, default=5, help="edits under `survey serve`; none leaves it out")
    options = parser.parse_args()
    measured: dict[int, dict[str, Cost]] = {}
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            write_survey(root, size)
            shutil.copy(REPOSITORY / "mkdocs.yml", root)
            if options.profile:
                _profile(root)
            else:
                runs = options.runs if size <= MOST_REPEATED else 1
                measured[size] = _table(size, root, runs)
                if options.edits and size <= MOST_BUILT:
                    _put_aside(root / "site")
                    waited = latency(root, options.edits)
                    print(
                        f"Under serve an edited record is on its page after {waited.page:.1f} s ({waited.cpu:.1f} s of CPU), "
                        f"all that follows after {waited.whole:.1f} s",
                        flush=True,
                    )
    _compare(measured)


def _table(size: int, root: Path, runs: int) -> dict[str, Cost]:
    print(f"\n{size} records, medians of {runs}\n")
    print(f"| {'stage':32} | {'wall s':>7} | {'CPU s':>7} | {'ms a record':>11} | {'peak MiB':>8} |")
    print(f"|{'-' * 34}|{'-' * 8}:|{'-' * 8}:|{'-' * 12}:|{'-' * 9}:|")
    costs = {}
    for stage in (*GENERATING, *(BUILDING if size <= MOST_BUILT else ())):
        cost = _median([_run(stage, root) for _ in range(runs)])
        costs[stage.name] = cost
        print(
            f"| {stage.name:32} | {cost.wall:7.2f} | {cost.cpu:7.2f} | {1000 * cost.cpu / size:11.2f} "
            f"| {cost.memory:8.0f} |",
            flush=True,
        )
    if "mkdocs build" in costs:
        share = costs["survey generate"].cpu / costs["mkdocs build"].cpu
        print(f"\nGenerating takes {share:.0%} of the processor time that MkDocs takes")
    print(f"Written: docs {_mebibytes(root / 'docs'):.1f} MiB, site {_mebibytes(root / 'site'):.1f} MiB")
    return costs


def _run(stage: Stage, root: Path) -> Cost:
    stage.prepare(root)
    environment = {**os.environ, "CI": "true", "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "0"}
    begun = time.perf_counter()
    with (root / "log").open("wb") as log:
        process = subprocess.Popen(stage.command, cwd=root, env=environment, stdout=log, stderr=log)
        peak, ended = 0.0, 0
        while not ended:
            looked = time.perf_counter()
            peak = max(peak, proportional(process.pid))
            time.sleep(max(0.02, LOOKS * (time.perf_counter() - looked)))
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begun
    if process.returncode:
        sys.exit(f"{stage.name} failed:\n{(root / 'log').read_text('utf-8')[-2000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak or usage.ru_maxrss / 1024)


def _compare(measured: Mapping[int, Mapping[str, Cost]]) -> None:
    """Say how the cost of a record grows with the survey."""
    sizes = sorted(measured)
    for small, large in pairwise(sizes):
        for name in ("survey check", "survey generate"):
            ratio = measured[large][name].cpu / large / (measured[small][name].cpu / small)
            print(f"{name}: a record of {large} costs {ratio:.2f} × what one of {small} costs")


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
