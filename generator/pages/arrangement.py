"""Where papers stand on the map of similar papers: worked out once for papers that are alike in the same way, then remembered."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Sequence
from contextlib import suppress
from math import isfinite

from generator import arranging
from generator.arranging import Point, arranged
from generator.output import Output

ARRANGEMENT = ".survey/map.json"
"""Where a run leaves it for the next one. It may be deleted; what is not known to be true of the same papers is not used."""


def arrangement(
    joined: Sequence[Sequence[tuple[int, float]]], apart: float, earlier: bytes
) -> tuple[Sequence[Point], Output]:
    """Lay out a graph, or say how an earlier run did it.

    Args:
        joined: See `arranged`.
        apart: See `arranged`.
        earlier: What an earlier run has left, or anything else.

    Returns:
        Where each node stands: the same in both cases. And what to leave for the next run.
    """
    made = json.dumps([inspect.getsource(arranging), apart, joined])
    of = hashlib.sha256(made.encode()).hexdigest()
    points = _remembered(earlier, of, len(joined)) or arranged(joined, apart)
    return points, Output.text(ARRANGEMENT, json.dumps({"of": of, "points": points}) + "\n")


def _remembered(earlier: bytes, of: str, count: int) -> list[Point] | None:
    with suppress(ValueError, TypeError, KeyError, OverflowError, RecursionError):  # whoever wrote it, it is not ours
        known = json.loads(earlier)
        points = [(float(x), float(y)) for x, y in known["points"]]
        if known["of"] == of and len(points) == count and all(isfinite(x) and isfinite(y) for x, y in points):
            return points
    return None
