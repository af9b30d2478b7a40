"""How much memory a process and all that it started have at once."""

from __future__ import annotations

from pathlib import Path


def proportional(pid: int) -> float:
    """Return the mebibytes of a process and its descendants (Linux); pages that several share count once.

    Linux calls it the proportional set size. Elsewhere this is 0.
    """
    return sum(map(_own, [pid, *_descendants(pid)])) / 1024


def _own(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0  # it has just ended
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            children = (task / "children").read_text("ascii").split()
            for child in map(int, children):
                found += [child, *_descendants(child)]
    except OSError:
        pass
    return found
