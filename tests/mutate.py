"""Change the code in one place, and see whether a test notices: `make mutate`.

mutmut makes the mutants and knows which of the tests named in `pyproject.toml` reach the function of each. All of them would take hours, so that a
sample of each part is tried, by a seed; the table says between what bounds the share of all mutants lies, with 95 % confidence. A mutant that no test
reaches counts as one that none notices. Afterwards `mutmut show NAME` shows what was changed.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
MUTANTS = REPOSITORY / "mutants"
PARTS = ("source", "decode", "checks", "bibliography")
_SMALL = "generator.checks.cited.*"
"""mutmut makes all mutants before it tries any: these few."""

_SURVIVED = {0: "survived", 5: "no test reaches it", 33: "no test reaches it"}
"""How mutmut writes down that no test failed; everything else is a failure, a time-out or a crash."""

Verdicts = Mapping[str, int | None]
"""How the tests of each mutant ended."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many mutants of a sample were noticed.

    Attributes:
        mutants: How many there are in all.
        tried: How many are in the sample.
        noticed: How many of these a test noticed.
    """

    mutants: int
    tried: int
    noticed: int

    @property
    def value(self) -> float:
        """The share in the sample."""
        return self.noticed / self.tried

    def bounds(self) -> tuple[float, float]:
        """Return Wilson's interval of 95 %, narrower where most mutants were tried."""
        z = 1.96 * math.sqrt((self.mutants - self.tried) / max(1, self.mutants - 1))
        middle = (self.value + z**2 / (2 * self.tried)) / (1 + z**2 / self.tried)
        spread = z * math.sqrt(self.value * (1 - self.value) / self.tried + z**2 / (4 * self.tried**2))
        spread /= 1 + z**2 / self.tried
        return middle - spread, middle + spread


def whole(shares: Sequence[Share]) -> tuple[float, float, float]:
    """Return the share of all mutants, each part weighing as many as it has, and its bounds."""
    mutants = sum(share.mutants for share in shares)
    value = sum(share.value * share.mutants for share in shares) / mutants
    variance = 0.0
    for share in shares:
        likely = (share.noticed + 1) / (
            share.tried + 2
        )  # a sample of which all were noticed does not prove that all are
        left_out = 1 - share.tried / share.mutants
        variance += (share.mutants / mutants) ** 2 * likely * (1 - likely) / share.tried * left_out
    spread = 1.96 * math.sqrt(variance)
    return value, max(0, value - spread), min(1, value + spread)


def part_of(mutant: str) -> str:
    """Return the part of the generator that a mutant is in."""
    return mutant.split(".")[1]


def chosen(mutants: Sequence[str], number: int, seed: int) -> list[str]:
    """Choose a sample, which is the same for the same mutants and seed."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    return sorted(chance.sample(sorted(mutants), min(number, len(mutants))))


def verdicts() -> Verdicts:
    """Read what mutmut has written down."""
    found: dict[str, int | None] = {}
    for file in sorted(MUTANTS.rglob("*.py.meta")):
        found |= json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def report(found: Verdicts) -> str:
    """Return the table, and the mutants that no test noticed."""
    lines = [
        "| part         | mutants | tried | noticed | share  | of all, 95 %    |",
        "|--------------|--------:|------:|--------:|-------:|----------------:|",
    ]
    shares, unnoticed = [], []
    for part in PARTS:
        here = {mutant: code for mutant, code in found.items() if part_of(mutant) == part}
        tried = {mutant: code for mutant, code in here.items() if code is not None}
        if not tried:
            continue
        survivors = sorted(mutant for mutant, code in tried.items() if code in _SURVIVED)
        share = Share(len(here), len(tried), len(tried) - len(survivors))
        shares.append(share)
        lines.append(_row(part, share, (share.value, *share.bounds())))
        unnoticed += [f"{_SURVIVED[tried[mutant] or 0]}: {mutant}" for mutant in survivors]
    summed = Share(*(sum(getattr(share, name) for share in shares) for name in ("mutants", "tried", "noticed")))
    lines.append(_row("all", summed, whole(shares)))
    return "\n".join([*lines, "", *unnoticed])


def _row(name: str, share: Share, told: tuple[float, float, float]) -> str:
    value, low, high = (f"{100 * one:.1f} %" for one in told)
    return (
        f"| {name:12} | {share.mutants:7} | {share.tried:5} | {share.noticed:7} | {value:>6} | {low:>6} – {high:>6} |"
    )


def _mutmut(names: Sequence[str]) -> None:
    """Run mutmut on one processor, where the check copies no process: what a copy calls, mutmut does not see."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    command = [str(Path(sys.executable).with_name("mutmut")), "run", "--max-children", "1", *names]
    subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Try a sample and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=150, help="mutants of each part")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="modules whose names hold this")
    options = parser.parse_args()
    _mutmut([_SMALL])
    known = [mutant for mutant in verdicts() if options.only in mutant]
    names = [
        name
        for part in PARTS
        for name in chosen([mutant for mutant in known if part_of(mutant) == part], options.sample, options.seed)
    ]
    _mutmut(names)
    found = verdicts()
    print(report({mutant: found[mutant] if mutant in names else None for mutant in known}))


if __name__ == "__main__":
    main()
