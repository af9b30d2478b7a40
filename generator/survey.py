"""A resolved survey: every reference in it leads somewhere, every derived order is fixed.

Nothing here knows of files, positions, YAML, templates or MkDocs. Objects refer to each other by
key; `Survey` holds the mappings, and a key taken from a resolved object is always found there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from generator.model import (
    AttributeDeclaration,
    Considered,
    Editor,
    GroupFile,
    GroupingFile,
    PaperRecord,
    RelationType,
    Step,
    SurveyFile,
    Venue,
)


@dataclass(frozen=True, slots=True)
class Placement:
    """One paper in one group, seen from either side."""

    paper: str
    group: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two papers: `source` type `target`."""

    type: RelationType
    source: str
    target: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A paper's value of an attribute.

    Attributes:
        attribute: The attribute's name in `Survey.attributes`.
        value: The chosen names, the number, the truth, the text or address; `None` where the
            attribute cannot apply.
        of: What a number is of.
    """

    attribute: str
    value: tuple[str, ...] | Decimal | bool | str | None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with what the rest of the survey says of it.

    Attributes:
        key: The citation key.
        record: The paper's own record.
        source: Path of the record's file, relative to the survey's root.
        venue: The venue's entry, where the record names one.
        placements: Groups that the paper stands in, groupings in their order.
        outgoing: Relations that this record states.
        incoming: Relations that other records state of this paper.
        values: Attributes in the order of their declaration; an absent one is unknown.
    """

    key: str
    record: PaperRecord
    source: str
    venue: Venue | None = None
    venue_key: str | None = None
    placements: tuple[Placement, ...] = ()
    outgoing: tuple[Link, ...] = ()
    incoming: tuple[Link, ...] = ()
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A node of a grouping.

    Attributes:
        id: `grouping/group` or `grouping/group/child`; also its URL.
        members: Papers placed in this very group: curated order first, the rest by year, newest
            first.
        children: Ids of the child groups in order of their title.
        papers: Keys of the papers here and in all groups below, each once: members first.
    """

    id: str
    record: GroupFile
    source: str
    parent: str | None
    children: tuple[str, ...] = ()
    members: tuple[Placement, ...] = ()
    papers: tuple[str, ...] = ()

    @property
    def grouping(self) -> str:
        """The name of the grouping that the group belongs to."""
        return self.id.partition("/")[0]

    @property
    def depth(self) -> int:
        """1 for a top group, 2 for its children."""
        return self.id.count("/")


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way of dividing the literature; `top` holds its top groups' ids in order."""

    name: str
    record: GroupingFile
    source: str
    top: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A hand-written page.

    Attributes:
        path: Where it stands below `content/pages/` without the ending; also its URL.
        body: Markdown with citations, without the first heading.
    """

    path: str
    title: str
    body: str
    source: str


@dataclass(frozen=True, slots=True)
class Redirect:
    """A former URL of a paper or group and what stands there now."""

    kind: Literal["paper", "group"]
    former: str
    target: str


@dataclass(frozen=True, slots=True)
class Survey:
    """All of it. Mappings are in the order in which they are shown or, for papers, of the key."""

    record: SurveyFile
    papers: Mapping[str, Paper]
    venues: Mapping[str, Venue] = field(default_factory=dict)
    groupings: Mapping[str, Grouping] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()
    considered: Mapping[str, Considered] = field(default_factory=dict)
    retired: Mapping[str, str] = field(default_factory=dict)
    redirects: tuple[Redirect, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Every citation key in use, former or present → the present key."""

    @property
    def attributes(self) -> Mapping[str, AttributeDeclaration]:
        """The declared attributes in order."""
        return self.record.attributes

    @property
    def editors(self) -> tuple[Editor, ...]:
        """Who answers for the survey."""
        return self.record.editors

    @property
    def reading_path(self) -> tuple[Step, ...]:
        """Where a newcomer begins."""
        return self.record.reading_path

    def descend(self, ids: tuple[str, ...]) -> Iterator[Group]:
        """Yield the groups and all groups below them, parents first."""
        for group_id in ids:
            group = self.groups[group_id]
            yield group
            yield from self.descend(group.children)
