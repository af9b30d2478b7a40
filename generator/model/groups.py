"""Groups and groupings: `content/groupings/`."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from generator.model.base import Entry
from generator.values import Date, GroupId, Key, Line, PaperKey, Prose, naming


class Member(Entry):
    """A paper’s place in a group, said in the group’s file."""

    shorthand = "paper"

    paper: Annotated[PaperKey, naming("papers")]
    """The paper’s citation key."""
    note: Line | None = None
    """Why the paper is here."""


class Review(Entry):
    """When a person last read a group’s page against the literature."""

    date: Date
    """The day of the review."""
    change: Line | None = None
    """What came of it, in a line."""


class GroupFile(Entry):
    """A group of a grouping; its children stand in a folder of its name."""

    stand_in: ClassVar[dict[str, Any]] = {"title": "?"}

    title: Line
    """The group’s title; TeX math stands between dollar signs."""
    summary: Line | None = None
    """One sentence, shown on cards."""
    body: Prose | None = None
    """Markdown with citations: [@key], @key, [-@key], [@a; @b, p. 3]."""
    papers: tuple[Member, ...] = ()
    """Papers in curated order; those that name the group themselves follow by year."""
    compare: tuple[Key, ...] = ()
    """Attributes that are the columns of the group’s comparison table."""
    reviewed: Review | None = None
    """The last time that a person read the page against the literature."""
    aliases: tuple[GroupId, ...] = ()
    """Former places of the group, which keep working."""


class GroupingFile(Entry):
    """One way of dividing the literature; its groups stand in the same folder."""

    stand_in: ClassVar[dict[str, Any]] = {"title": "?"}

    title: Line
    """The grouping’s title, shown in the navigation."""
    introduction: Prose | None = None
    """What divides the literature here; stands above the groups."""
    order: tuple[Key, ...] = ()
    """Names of the top groups in reading order; the rest follow by title."""
