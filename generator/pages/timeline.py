"""The timeline: how many papers there are of each year, years without any included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from generator.pages import routes
from generator.pages.facets import narrowed
from generator.survey import Survey

_STEP = 40
_COLUMN = 26
_TALLEST = 110
_ABOVE = 18
_BELOW = 22
"""Measures of the picture, in its own units, which are CSS pixels."""
_MOST_LABELS = 16


@dataclass(frozen=True, slots=True)
class Bar:
    """A year.

    Attributes:
        href: Where the papers of the year are listed.
        narrowed: What the list of all papers is narrowed by to show those that are counted.
        x: The left of its column.
        y: The top of its column.
        height: The height of its column.
        middle: The middle of its column, where its labels stand.
        labelled: Whether the year is named beneath its column; of many, only some are.
    """

    year: str
    count: int
    href: str
    narrowed: str
    x: int
    y: int
    height: int
    middle: int
    labelled: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the template of a timeline is given.

    Attributes:
        bars: The years, the oldest first.
        base: Where columns stand.
        text: The line of the years' names.
        told: The years that have papers, the newest first.
    """

    bars: tuple[Bar, ...]
    width: int
    height: int
    column: int
    base: int
    text: int
    told: tuple[Bar, ...]


def timeline(survey: Survey, keys: Iterable[str], *within: tuple[str, str]) -> Timeline | None:
    """Draw papers by their years, where these are two at least.

    Args:
        survey: The survey.
        keys: The papers.
        within: The facets and values that narrow the list of all papers to these.
    """
    counts = Counter(survey.papers[key].record.year for key in keys)
    if len(counts) < 2:  # noqa: PLR2004 - one year is no line
        return None
    first, last, most = min(counts), max(counts), max(counts.values())
    years = range(first, last + 1)
    every = -(-len(years) // _MOST_LABELS)
    base = _ABOVE + _TALLEST
    bars = []
    for place, year in enumerate(years):
        height = round(_TALLEST * counts[year] / most)
        bars.append(
            Bar(
                year=str(year),
                count=counts[year],
                href=routes.year(year),
                narrowed=narrowed(*within, ("year", str(year))),
                x=_STEP * place + (_STEP - _COLUMN) // 2,
                y=base - height,
                height=height,
                middle=_STEP * place + _STEP // 2,
                labelled=(last - year) % every == 0,
            )
        )
    told = tuple(bar for bar in reversed(bars) if bar.count)
    return Timeline(tuple(bars), _STEP * len(years), base + _BELOW, _COLUMN, base, base + _BELOW - 6, told)
