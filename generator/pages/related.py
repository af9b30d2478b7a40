"""What other papers a reader of one may want: those that it bears on, as a list and as a small graph, and those that are like it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.model import RelationType
from generator.pages import routes, wording
from generator.pages.catalogue import Catalogue, line
from generator.pages.views import Anchor, PaperCard
from generator.survey import Link, Paper
from generator.text import as_plain

_SYMMETRIC = {RelationType.SAME_WORK, RelationType.CONTRASTS, RelationType.COMPARES_WITH}

_LISTED = 8
"""How many papers are listed in all, if there are not more relations."""
_FEWEST = 3
_MOST = 6
"""How many similar papers are listed at least and at most."""

_NEIGHBOURS = 12
_BEYOND = 6
"""How many papers the graph has at one step and at two."""
_FURTHER = 4
"""How many further relations a line of the list names."""

_ROW = 26
_HALF = 11
"""How high a row of the graph is, and half of what stands in it, in CSS pixels."""
_WIDEST_ARC = 96
_LETTER = 6.6
_LONGEST = 30
_GAP = 8


@dataclass(frozen=True, slots=True)
class Relation:
    """How the paper bears on another, or the other way round.

    Attributes:
        further: How the other bears on still others.
    """

    label: str
    editorial: bool
    card: PaperCard
    note: Markup | None
    further: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """A paper that is like this one, and why."""

    card: PaperCard
    label: str
    words: tuple[str, ...]
    groups: tuple[Anchor, ...]
    authors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A paper in the graph; its own has no `href`. `y` is the middle of its row."""

    label: str
    title: str
    href: str | None
    y: int
    beyond: bool


@dataclass(frozen=True, slots=True)
class Arc:
    """A relation in the graph: a path, drawn as its kind is."""

    path: str
    kind: str
    title: str
    directed: bool
    beyond: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """The papers within two steps, one a row, and what they have to do with each other.

    Attributes:
        left: Where names begin.
        kinds: The kinds of relations that occur: what the style of a line is called, and what it says.
        omitted: How many papers at one step are in the list only.
    """

    width: int
    height: int
    left: int
    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]
    kinds: tuple[tuple[str, str], ...]
    omitted: int


def relations(catalogue: Catalogue, paper: Paper) -> Iterator[Relation]:
    """Yield the relations that the paper states, then those that others state of it."""
    for link in _links(paper):
        other = _other(link, paper.key)
        yield Relation(
            _label(link, paper.key),
            link.type is RelationType.CONTRASTS,
            catalogue.papers[other],
            line(link.note),
            tuple(
                Anchor(f"{_label(far, other)} {catalogue.label(beyond)}", routes.paper(beyond).url)
                for far, beyond in _further(catalogue, other, paper.key)
            ),
        )


def similar(catalogue: Catalogue, paper: Paper, related: int) -> tuple[Similar, ...]:
    """Return the papers most like one, but for those that it has a relation with.

    Args:
        catalogue: The survey.
        paper: The one.
        related: How many relations are listed.
    """
    known = {_other(link, paper.key) for link in _links(paper)}
    near = [key for key in catalogue.similarity.nearest(paper.key) if key not in known]
    return tuple(_similar(catalogue, paper.key, key) for key in near[: min(_MOST, max(_FEWEST, _LISTED - related))])


def _similar(catalogue: Catalogue, key: str, other: str) -> Similar:
    shared = catalogue.similarity.shared(key, other)
    people = {author.full: author for author in catalogue.survey.papers[other].record.authors}
    return Similar(
        catalogue.papers[other],
        catalogue.label(other),
        shared.words,
        tuple(catalogue.place(name) for name in shared.groups),
        tuple(
            Anchor(name, catalogue.people.person(people[name]).url if name in people else None)
            for name in shared.authors
        ),
    )


def graph(catalogue: Catalogue, paper: Paper) -> Graph | None:
    """Draw the relations around a paper as arcs beside a list of names, if it has any."""
    around = list(dict.fromkeys(_other(link, paper.key) for link in _links(paper)))
    if not around:
        return None
    shown = [paper.key, *around[:_NEIGHBOURS]]
    reached = (beyond for key in shown[1:] for _, beyond in _further(catalogue, key, paper.key))
    beyond = [key for key in dict.fromkeys(reached) if key not in around][:_BEYOND]
    rows = {key: number for number, key in enumerate([*shown, *beyond])}
    links = [
        link
        for key in rows
        for link in _links(catalogue.survey.papers[key])
        if rows.get(_other(link, key), -1) > rows[key] and (key not in beyond)
    ]
    longest = max(abs(rows[link.source] - rows[link.target]) for link in links)
    left = min(_WIDEST_ARC, _ROW * longest // 2 + _ROW) + _GAP
    nodes = tuple(_node(catalogue, key, paper.key, row, beyond=key in beyond) for key, row in rows.items())
    return Graph(
        width=round(left + 2 * _GAP + _LETTER * max(len(node.label) for node in nodes)),
        height=_ROW * len(rows),
        left=left,
        nodes=nodes,
        arcs=tuple(
            _arc(catalogue, link, rows, left, longest, near=paper.key in {link.source, link.target}) for link in links
        ),
        kinds=tuple(
            (kind.value, wording.OUTGOING[kind]) for kind in RelationType if kind in {link.type for link in links}
        ),
        omitted=len(around) - len(shown) + 1,
    )


def _node(catalogue: Catalogue, key: str, own: str, row: int, *, beyond: bool) -> Node:
    label = catalogue.label(key)
    label = label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1].rstrip()}…"
    title = as_plain(catalogue.survey.papers[key].record.title)
    return Node(label, title, None if key == own else routes.paper(key).url, _ROW * row + _ROW // 2, beyond)


def _arc(  # noqa: PLR0913 - where it is drawn, and as what
    catalogue: Catalogue, link: Link, rows: dict[str, int], left: int, longest: int, *, near: bool
) -> Arc:
    start, end = (_ROW * rows[key] + _ROW // 2 for key in (link.source, link.target))
    wide = round((left - _GAP) * (0.35 + 0.65 * abs(rows[link.source] - rows[link.target]) / longest))
    return Arc(
        f"M{left - _GAP} {start}C{left - _GAP - wide} {start} {left - _GAP - wide} {end} {left - _GAP} {end}",
        link.type.value,
        f"{catalogue.label(link.source)}: {wording.OUTGOING[link.type].lower()} {catalogue.label(link.target)}",
        link.type not in _SYMMETRIC,
        not near,
    )


def _links(paper: Paper) -> Iterator[Link]:
    """Yield a paper's relations; what two papers state of each other alike counts once."""
    stated = {(link.type, link.target) for link in paper.outgoing}
    yield from paper.outgoing
    for link in paper.incoming:
        if link.note or link.type not in _SYMMETRIC or (link.type, link.source) not in stated:
            yield link


def _further(catalogue: Catalogue, key: str, but: str) -> list[tuple[Link, str]]:
    """Return the first relations of a paper to others than one."""
    links = ((link, _other(link, key)) for link in _links(catalogue.survey.papers[key]))
    return [(link, other) for link, other in links if other != but][:_FURTHER]


def _other(link: Link, key: str) -> str:
    return link.target if link.source == key else link.source


def _label(link: Link, key: str) -> str:
    return wording.OUTGOING[link.type] if link.source == key else wording.INCOMING[link.type]
