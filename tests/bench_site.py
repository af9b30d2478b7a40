"""Measure what a reader waits for, and hold it against the budgets: `make bench-site`.

A synthetic survey of each size is generated, built and served on this machine, once with compression and once without, and
opened in Chromium, for the first result behind a line of 1.6 Mbit/s with 150 ms to every answer. Of the papers' pages only
a few are built: nothing that is measured opens the others, and they would take minutes. Lighthouse marks pages of this
repository's own survey. The tables give medians; the last one has every budget.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import bench_waits as waits
import weights
from bench_host import served
from bench_lighthouse import CATEGORIES, marks
from surveys import copy_survey
from synthetic import write_survey

REPOSITORY = Path(__file__).resolve().parents[1]
SURVEY = (sys.executable, "-m", "generator")
MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--quiet")
BUILT_PAPERS = 20
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MARK = 95
MARKED = {
    "home": "",
    "group": "topics/attention-and-long-context/",
    "paper": "papers/ren2021combiner/",
    "browse": "papers/",
}

DATA_BYTES = "data of the filters, bytes a paper"
PAPER_BYTES = "HTML of the largest page of a paper, kB"

LIMITS: Mapping[str, float] = {
    waits.RESULT: 1000,
    waits.RESULT_BYTES: 300,
    waits.KEY: 50,
    waits.KEY_IN_LIST: 50,
    waits.BROWSE_BYTES: weights.BROWSE / 1000,
    waits.BROWSE_FONTS: weights.FONTS / 1000,
    DATA_BYTES: weights.FILTER_DATA,
    PAPER_BYTES: weights.PAPER / 1000,
}
"""What each figure may be at most, on a host that compresses, at any size."""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure beside its budget; a mark has to reach it, all else may not exceed it."""

    figure: str
    of: str
    measured: float
    limit: float
    at_least: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether it is within the budget."""
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


def main() -> None:
    """Run the benchmark and print its tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="62,3000,10000", help="numbers of records")
    parser.add_argument("--runs", type=int, default=5, help="runs of each measurement; the tables have the median")
    parser.add_argument("--marks", type=int, default=5, help="runs of Lighthouse; 0 leaves it out")
    parser.add_argument(
        "--keep", type=Path, help="a folder for the built surveys, which are used again if they are there"
    )
    options = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        parser.error("Chromium is not installed")
    with tempfile.TemporaryDirectory() as temporary:
        root = options.keep or Path(temporary)
        rows: list[Row] = []
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
            for size in map(int, options.sizes.split(",")):
                rows += _measure(browser, root / str(size), size, options.runs)
            browser.close()
        if options.marks:
            rows += _marked(root / "own", chromium, options.marks)
    _print_budgets(rows)


def _measure(browser: Browser, root: Path, size: int, runs: int) -> Iterator[Row]:
    """Measure a survey of some size."""
    site = _built(root, size)
    with served(site, compresses=False) as url:
        _table(f"{size} records, not compressed", _medians(browser, url, runs), runs)
    with served(site, compresses=True) as url:
        found = _medians(browser, url, runs) | dict(waits.browse(browser, url))
    found |= {DATA_BYTES: weights.filter_data(site, size), PAPER_BYTES: weights.heaviest_paper(site) / 1000}
    _table(f"{size} records, compressed", found, runs)
    for figure, limit in LIMITS.items():
        yield Row(figure, f"{size} papers", found[figure], limit)


def _built(root: Path, size: int) -> Path:
    """Build a synthetic survey, unless it is there."""
    site = root / "site"
    if not site.exists():
        root.mkdir(parents=True, exist_ok=True)
        write_survey(root, size)
        shutil.copy(REPOSITORY / "mkdocs.yml", root)
        subprocess.run([*SURVEY, "generate"], cwd=root, check=True, stdout=subprocess.DEVNULL)
        for page in sorted((root / "docs" / "papers").glob("*/index.md"))[BUILT_PAPERS:]:
            page.unlink()
        subprocess.run(MKDOCS, cwd=root, check=True, stderr=subprocess.DEVNULL)
    return site


def _medians(browser: Browser, url: str, runs: int) -> dict[str, float]:
    """Run all measurements; what is the slowest of one run stays the slowest of all."""
    found: dict[str, float] = {}
    for measure in waits.MEASUREMENTS:
        several = [measure(browser, url) for _ in range(runs)]
        for name in several[0]:
            values = [one[name] for one in several]
            found[name] = max(values) if "slowest" in name else statistics.median(values)
    return found


def _marked(root: Path, chromium: str, runs: int) -> Iterator[Row]:
    """Have Lighthouse mark pages of this repository's survey."""
    if not root.exists():
        root.mkdir(parents=True)
        copy_survey(REPOSITORY, root)
        subprocess.run([*SURVEY, "build"], cwd=root, check=True, stdout=subprocess.DEVNULL)
    with served(root / "site", compresses=True) as url:
        for kind, path in MARKED.items():
            found = marks(url + path, chromium, FLAGS, runs)
            for name in CATEGORIES:
                yield Row(f"Lighthouse: {name}", kind, found[name], MARK, at_least=True)


def _table(title: str, figures: Mapping[str, float], runs: int) -> None:
    print(f"\n{title}, medians of {runs}\n\n| {'figure':52} | {'median':>8} |\n|{'-' * 54}|{'-' * 9}:|")
    for name, value in figures.items():
        print(f"| {name:52} | {value:8.0f} |", flush=True)


def _print_budgets(rows: list[Row]) -> None:
    print(f"\nBudgets\n\n| {'figure':52} | {'of':12} | measured | limit | kept |")
    print(f"|{'-' * 54}|{'-' * 14}|{'-' * 9}:|{'-' * 6}:|------|")
    for row in rows:
        limit = f"{'≥' if row.at_least else '≤'} {row.limit:.0f}"
        kept = "yes" if row.is_kept else "NO"
        print(f"| {row.figure:52} | {row.of:12} | {row.measured:8.0f} | {limit:>5} | {kept:4} |")


if __name__ == "__main__":
    main()
