"""The marks that Lighthouse gives to pages, on a phone as it simulates one."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from collections.abc import Mapping
from pathlib import Path

TOOL = Path(__file__).resolve().parent / "tools" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def marks(url: str, chromium: str, flags: tuple[str, ...], runs: int) -> Mapping[str, float]:
    """Return the marks of a page, 0 to 100, by category: the medians of some runs."""
    found = [_once(url, chromium, flags) for _ in range(runs)]
    return {name: statistics.median(one[name] for one in found) for name in CATEGORIES}


def _once(url: str, chromium: str, flags: tuple[str, ...]) -> Mapping[str, float]:
    command = [
        "node",
        str(_installed()),
        url,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless {' '.join(flags)}",
    ]
    environment = {**os.environ, "CHROME_PATH": chromium}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, timeout=300)
    report = json.loads(done.stdout)
    return {name: 100 * report["categories"][name]["score"] for name in CATEGORIES}


def _installed() -> Path:
    """Have Lighthouse, as its lock file pins it; the tests do without it."""
    program = TOOL / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not program.exists():
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=TOOL, check=True, timeout=600)
    return program
