"""The pages of groupings and groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.pages import files, forge, routes, wording
from generator.pages.catalogue import Catalogue, line
from generator.pages.comparison import Comparison, comparison
from generator.pages.facets import of_grouping
from generator.pages.feeds import feed_link
from generator.pages.files import FileLink
from generator.pages.gap_map import has_map
from generator.pages.prose import Written
from generator.pages.timeline import Timeline, timeline
from generator.pages.views import Anchor, GroupCard, Head, Page, Section
from generator.survey import Group, Grouping
from generator.text import as_plain


@dataclass(frozen=True, slots=True)
class GroupingView:
    """What the template of a grouping's page is given."""

    title: Markup
    introduction: Written | None
    groups: tuple[GroupCard, ...]
    count: int
    map: str | None


@dataclass(frozen=True, slots=True)
class GroupView:
    """What the template of a group's page is given.

    Attributes:
        path: The way to the group that this one is a part of.
        count: How many papers stand here and below.
        own: How many of them stand in this very group.
        sections: The group's own papers, then those of each group below it.
        reviewed: When the page was last read against the literature, and what changed then.
    """

    title: Markup
    path: tuple[Anchor, ...]
    summary: Markup | None
    prose: Written | None
    comparison: Comparison | None
    timeline: Timeline | None
    children: tuple[GroupCard, ...]
    count: int
    own: int
    sections: tuple[Section, ...]
    files: tuple[FileLink, ...]
    feed: Anchor | None
    reviewed: Anchor | None
    edit: str | None


def grouping_pages(catalogue: Catalogue) -> Iterator[Page]:
    """Make a page for each grouping and each of its groups."""
    for grouping in catalogue.survey.groupings.values():
        yield _grouping(catalogue, grouping)
        for group in catalogue.survey.descend(grouping.top):
            yield _group(catalogue, grouping, group)


def _grouping(catalogue: Catalogue, grouping: Grouping) -> Page:
    survey, route = catalogue.survey, routes.grouping(grouping.name)
    introduction = catalogue.writings.written(grouping.source, route)
    view = GroupingView(
        title=catalogue.title(grouping.name),
        introduction=introduction,
        groups=tuple(catalogue.groups[name] for name in grouping.top),
        count=len({key for name in grouping.top for key in survey.groups[name].papers}),
        map=routes.MAP.url if has_map(catalogue) else None,
    )
    return Page(
        route,
        "grouping.md.j2",
        view,
        title=as_plain(grouping.record.title),
        description=introduction.beginning if introduction else "",
        source=grouping.source,
        hide=("toc",),
    )


def _group(catalogue: Catalogue, grouping: Grouping, group: Group) -> Page:
    record, route = group.record, routes.group(group)
    reviewed, feed = record.reviewed, feed_link(catalogue, group.id)
    view = GroupView(
        title=catalogue.title(group.id),
        path=catalogue.path(group.id)[:-1],
        summary=line(record.summary),
        prose=catalogue.writings.written(group.source, route),
        comparison=comparison(catalogue, group),
        timeline=_timeline(catalogue, grouping, group),
        children=tuple(catalogue.groups[name] for name in group.children),
        count=len(group.papers),
        own=len(group.members),
        sections=tuple(_sections(catalogue, group)),
        files=files.of_group(group),
        feed=feed,
        reviewed=Anchor(wording.date(reviewed.date), note=line(reviewed.change)) if reviewed else None,
        edit=forge.edit(catalogue.survey.record, group.source),
    )
    return Page(
        route,
        "group.md.j2",
        view,
        title=f"{as_plain(record.title)} · {as_plain(grouping.record.title)}",
        description=as_plain(record.summary) if record.summary else "",
        source=group.source,
        head=Head(feeds=(feed,) if feed else ()),
    )


def _timeline(catalogue: Catalogue, grouping: Grouping, group: Group) -> Timeline | None:
    within = of_grouping(grouping.name), group.id.removeprefix(f"{grouping.name}/")
    return timeline(catalogue.survey, group.papers, within)


def _sections(catalogue: Catalogue, group: Group) -> Iterator[Section]:
    """Yield the group's own papers, then those of each group below it under its title."""
    if group.members:
        yield Section("", catalogue.listed(group.members), "own")
    for below in catalogue.survey.descend(group.children):
        if below.members:
            yield Section(
                heading=catalogue.title(below.id),
                papers=catalogue.listed(below.members),
                anchor=f"in-{below.id.replace('/', '-')}",
                level=min(2 + below.depth - group.depth, 6),
            )
