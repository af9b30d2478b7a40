"""What changed, by month, from the days that the records state: papers that joined, pages that were read anew."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from generator.output import Output
from generator.pages import routes, wording
from generator.pages.catalogue import Catalogue, line
from generator.pages.feeds import feed_links
from generator.pages.views import Anchor, Counted, Head, Listed, Page

SHOWN = 100
"""How many papers the page shows; those before stand on pages of a year each."""

RECENT = 200
"""How many of the latest papers a browser is told of, which finds those that are new to its reader."""

RECENT_FILE = f"{routes.DOCS}/{routes.ASSETS}/recent.json"


@dataclass(slots=True)
class _Month:
    papers: list[str] = field(default_factory=list)
    reviews: dict[str | None, list[str]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Pages of groups of which one thing came when they were read anew."""

    groups: tuple[Anchor, ...]
    change: Markup | None


@dataclass(frozen=True, slots=True)
class Month:
    """What happened in a month.

    Attributes:
        rest: The papers of the month that stand elsewhere, where they are not all shown.
    """

    title: str
    anchor: str
    count: int
    reviews: tuple[Reviewed, ...]
    papers: tuple[Listed, ...]
    rest: Counted | None


@dataclass(frozen=True, slots=True)
class ChangesView:
    """What the template of the changes is given.

    Attributes:
        path: The way to the page of the latest changes, from that of a year.
        feeds: What a feed reader subscribes to.
        years: The pages of a year each, where this one does not show all.
    """

    title: str
    path: tuple[Anchor, ...]
    feeds: tuple[Anchor, ...]
    months: tuple[Month, ...]
    years: tuple[Anchor, ...]


def has_changes(catalogue: Catalogue) -> bool:
    """Say whether any record states a day."""
    return bool(_months(catalogue))


def change_pages(catalogue: Catalogue) -> Iterator[Page]:
    """Make the page of the latest changes, and one of each year where that does not show all."""
    months = _months(catalogue)
    if not months:
        return
    latest = tuple(_shown(catalogue, months))
    whole = sum(len(month.papers) for month in latest) == sum(len(month.papers) for month in months.values())
    years = () if whole else tuple(dict.fromkeys(name[:4] for name in months))
    anchors = tuple(Anchor(year, routes.changes_of(year).url) for year in years)
    about = "Papers as they joined the survey and pages as they were read anew, by month."
    view = ChangesView("What changed", (), feed_links(catalogue), latest, anchors)
    head = Head(feeds=view.feeds[:1])
    yield Page(routes.CHANGES, "changes.md.j2", view, title="What changed", description=about, head=head)
    for year in years:
        title = f"What changed in {year}"
        of_year = (
            _month(catalogue, name, month, len(month.papers)) for name, month in months.items() if name[:4] == year
        )
        view = ChangesView(title, (Anchor("What changed", routes.CHANGES.url),), (), tuple(of_year), ())
        yield Page(routes.changes_of(year), "changes.md.j2", view, title=title, hide=("navigation",), searched=False)


def recent(catalogue: Catalogue) -> Output:
    """Make the file by which a browser tells what is new to its reader: the latest papers by the day they joined."""
    by_day: dict[str, list[str]] = defaultdict(list)
    for key, day in _added(catalogue)[:RECENT]:
        by_day[day].append(key)
    return Output.text(RECENT_FILE, json.dumps(by_day, separators=(",", ":")))


def _added(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return the papers that state when they joined, the latest first, each with the day."""
    dated = (
        (key, catalogue.survey.papers[key].record.added) for key in catalogue.latest_first(catalogue.survey.papers)
    )
    return [(key, day) for key, day in dated if day]


def _months(catalogue: Catalogue) -> dict[str, _Month]:
    """Return what happened, by year and month, the latest first."""
    found: dict[str, _Month] = defaultdict(_Month)
    for key, day in _added(catalogue):
        found[day[:7]].papers.append(key)
    reviewed = [(group.record.reviewed, group) for group in catalogue.survey.groups.values() if group.record.reviewed]
    for review, group in sorted(reviewed, key=lambda one: one[0].date, reverse=True):
        found[review.date[:7]].reviews[review.change].append(group.id)
    return dict(sorted(found.items(), reverse=True))


def _shown(catalogue: Catalogue, months: dict[str, _Month]) -> Iterator[Month]:
    left = SHOWN
    for name, month in months.items():
        if left <= 0:
            return
        yield _month(catalogue, name, month, left)
        left -= len(month.papers)


def _month(catalogue: Catalogue, name: str, month: _Month, most: int) -> Month:
    rest = len(month.papers) - most
    href = f"{routes.changes_of(name[:4]).url}#{_anchor(name)}"
    return Month(
        title=wording.date(name),
        anchor=_anchor(name),
        count=len(month.papers),
        reviews=tuple(Reviewed(tuple(map(catalogue.place, ids)), line(text)) for text, ids in month.reviews.items()),
        papers=_listed(catalogue, month.papers[:most]),
        rest=Counted(f"All of {wording.date(name)}", href, len(month.papers)) if rest > 0 else None,
    )


def _anchor(name: str) -> str:
    return f"month-{name}"


def _listed(catalogue: Catalogue, keys: Sequence[str]) -> tuple[Listed, ...]:
    return tuple(Listed(catalogue.papers[key]) for key in keys)
