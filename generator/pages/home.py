"""The home page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from markupsafe import Markup

from generator.pages import routes
from generator.pages.catalogue import Catalogue
from generator.pages.changes import has_changes
from generator.pages.feeds import feed_links
from generator.pages.gap_map import has_map
from generator.pages.prose import SURVEY_FILE, Written
from generator.pages.views import Anchor, Counted, GroupCard, Head, Listed, Page
from generator.text import as_html

LATEST = 6
"""How many of the latest papers the home page shows."""


@dataclass(frozen=True, slots=True)
class Overview:
    """A grouping on the home page."""

    anchor: Anchor
    groups: tuple[GroupCard, ...]
    chips: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the template of the home page is given.

    Attributes:
        counts: How much of what there is.
        topics: The first grouping, shown at length.
        others: The other groupings, shown as chips.
        path: Where a newcomer begins: papers in the order of reading, each with the reason.
        latest: The papers that joined the survey last.
    """

    title: Markup
    introduction: Written | None
    counts: tuple[Counted, ...]
    topics: Overview | None
    others: tuple[Overview, ...]
    path: tuple[Listed, ...]
    latest: tuple[Listed, ...]
    all_papers: str
    changes: str | None
    map: str | None
    about: str
    downloads: str
    cite: str
    contribute: str


def home_page(catalogue: Catalogue) -> Page:
    """Make the home page."""
    survey = catalogue.survey
    introduction = catalogue.writings.written(SURVEY_FILE, routes.HOME)
    overviews = [_overview(catalogue, name) for name in survey.groupings]
    view = HomeView(
        title=as_html(survey.record.title),
        introduction=introduction,
        counts=tuple(_counts(catalogue)),
        topics=overviews[0] if overviews else None,
        others=tuple(overviews[1:]),
        path=tuple(catalogue.entry(step.paper, step.note) for step in survey.reading_path),
        latest=tuple(map(catalogue.entry, catalogue.latest_first(survey.papers)[:LATEST])),
        all_papers=routes.PAPERS.url,
        changes=routes.CHANGES.url if has_changes(catalogue) else None,
        map=routes.MAP.url if has_map(catalogue) else None,
        about=routes.ABOUT.url,
        downloads=routes.DOWNLOADS.url,
        cite=routes.CITE.url,
        contribute=routes.CONTRIBUTE.url,
    )
    return Page(
        routes.HOME,
        "home.md.j2",
        view,
        description=introduction.beginning if introduction else "",
        source=SURVEY_FILE,
        hide=("navigation", "toc"),
        head=Head(feeds=feed_links(catalogue)[:1]),
    )


def _overview(catalogue: Catalogue, name: str) -> Overview:
    top = catalogue.survey.groupings[name].top
    return Overview(catalogue.place(name), tuple(catalogue.groups[one] for one in top), catalogue.counted(top))


def _counts(catalogue: Catalogue) -> Iterator[Counted]:
    """Yield how much of what there is, papers first."""
    survey, papers = catalogue.survey, catalogue.survey.papers.values()
    yield _count(len(papers), "paper", routes.PAPERS.url)
    for grouping in islice(survey.groupings.values(), 1):
        yield _count(len(list(survey.descend(grouping.top))), "topic", "#topics")
    yield _count(len(catalogue.people.in_order), "author", routes.AUTHORS.url)
    yield _count(len({paper.venue_key for paper in papers if paper.venue_key}), "venue", routes.VENUES.url)
    yield _count(len({paper.record.year for paper in papers}), "year", routes.YEARS.url)


def _count(number: int, noun: str, href: str) -> Counted:
    return Counted(noun if number == 1 else f"{noun}s", href, number)
