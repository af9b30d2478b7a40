"""The map of similar papers: papers that are alike stand close, each with the mark of its topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from markupsafe import Markup

from generator.arranging import Point
from generator.output import Output
from generator.pages import routes, wording
from generator.pages.arrangement import arrangement
from generator.pages.catalogue import Catalogue
from generator.pages.facets import narrowed, of_grouping
from generator.pages.views import Anchor, Page
from generator.survey import Survey
from generator.text import as_html, as_plain

FEWEST = 3
"""Of fewer papers there is no map."""
MOST_POINTS = 1_500
"""Of more papers those that the most others are near to are points with a link; the rest are specks."""
MOST_LISTED = 500
"""Of more papers the list says only how many each topic has."""

SHAPES = 8
COLOURS = 8
"""How many shapes and colours marks have: together they tell 64 topics apart."""

_WIDTH = 760
_MARGIN = 40
_APART = 0.8
"""The size of the picture, in its own units, and how far papers stand from each other, where similar ones keep a distance of 1."""
_LETTER = 6.4
_LINE = 14
_REACH = 9
"""The size of a letter of a name, of a line, and how far a name is from the middle of its point: CSS pixels."""
_CELL = 7
"""Room for names is shared out in squares of this size."""
_LARGEST = 1.0
_SMALLEST = 0.2
_FULL = 12.0
"""The largest and the smallest scale of marks; with so much room each, they have their full size."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A paper on the map.

    Attributes:
        rank: The lower, the sooner it is named.
        side: Where its name stands: `right`, `left`, `above`, `below`; nothing where there is no room.
    """

    href: str
    title: str
    label: str
    x: float
    y: float
    mark: str
    rank: int
    side: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A top group of the first grouping, or what has no place in it.

    Attributes:
        mark: The number of its shape and colour.
        narrowed: What the list of all papers is narrowed by to show it.
        specks: Its papers that are no points, as a path.
        papers: Its papers; none in a large survey.
    """

    title: Markup
    href: str | None
    count: int
    mark: str
    narrowed: str | None
    specks: str
    papers: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class SimilarView:
    """What the template of the map is given.

    Attributes:
        room: The scale of marks for which there is room.
        scale: Their scale, within bounds.
        count: How many papers there are.
    """

    width: int
    height: int
    room: float
    scale: float
    spots: tuple[Spot, ...]
    topics: tuple[Topic, ...]
    count: int


def similar_pages(catalogue: Catalogue, earlier: bytes) -> tuple[list[Page], list[Output]]:
    """Make the map, if there are papers enough, and what the next run need not work out again.

    Args:
        catalogue: The survey.
        earlier: What an earlier run has left, if one has.
    """
    if not has_similar(catalogue):
        return [], []
    joined = catalogue.similarity.graph()
    points, kept = arrangement(joined, _APART, earlier)
    page = Page(
        routes.SIMILAR,
        "similar.md.j2",
        _view(catalogue, joined, points),
        title="Map of similar papers",
        description="All papers of the survey as a picture: those that share words, groups and authors stand close to each other.",
        hide=("navigation", "toc"),
    )
    return [page], [kept]


def has_similar(catalogue: Catalogue) -> bool:
    """Say whether the survey has papers enough for a map."""
    return len(catalogue.survey.papers) >= FEWEST


def _view(catalogue: Catalogue, joined: Sequence[Sequence[tuple[int, float]]], points: Sequence[Point]) -> SimilarView:
    keys = list(catalogue.survey.papers)
    places, height, unit = _fitted(points)
    place = dict(zip(keys, places, strict=True))
    sought = Counter(other for others in joined for other, _ in others)
    ranked = [keys[number] for number in sorted(range(len(keys)), key=lambda one: (-sought[one], one))][:MOST_POINTS]
    names = [_name(catalogue.survey, key) for key in ranked]
    sides = _sides([(place[key], len(name)) for key, name in zip(ranked, names, strict=True)], _WIDTH, height)
    named = {key: (rank, name, side) for rank, (key, name, side) in enumerate(zip(ranked, names, sides, strict=True))}
    spots: list[Spot] = []
    topics: list[Topic] = []
    for number, (title, group, papers) in enumerate(_topics(catalogue.survey)):
        mark = f"{number % SHAPES} {(number + number // SHAPES) % COLOURS}" if group else "none"
        newest = catalogue.newest_first(papers)
        for key in newest:
            if key in named:
                rank, label, side = named[key]
                called = as_plain(catalogue.survey.papers[key].record.title)
                spots.append(Spot(routes.paper(key).url, called, label, *place[key], mark, rank, side))
        topics.append(
            Topic(
                title=title,
                href=group and f"{group}/",
                narrowed=_narrowed(group),
                count=len(papers),
                mark=mark,
                specks="".join(f"M{x} {y}h0" for x, y in (place[key] for key in newest if key not in named)),
                papers=tuple(_listed(catalogue, key) for key in newest) if len(keys) <= MOST_LISTED else (),
            )
        )
    room = round(unit * _APART / _FULL, 3)
    return SimilarView(
        _WIDTH, height, room, min(_LARGEST, max(_SMALLEST, room)), tuple(spots), tuple(topics), len(keys)
    )


def _listed(catalogue: Catalogue, key: str) -> Anchor:
    card = catalogue.papers[key]
    return Anchor(card.title, card.href, catalogue.label(key), card.status)


def _topics(survey: Survey) -> Iterator[tuple[Markup, str | None, list[str]]]:
    """Yield the top groups of the first grouping with the papers whose first place is there, then what has no place."""
    topics: dict[str | None, list[str]] = {}
    for grouping in islice(survey.groupings.values(), 1):
        topics = {name: [] for name in grouping.top}
        for key, paper in survey.papers.items():
            own = (one.group for one in paper.placements if one.group.startswith(f"{grouping.name}/"))
            place = next(own, None)
            topics.setdefault(place and "/".join(place.split("/")[:2]), []).append(key)
    if not survey.groupings:
        topics = {None: list(survey.papers)}
    for name, papers in topics.items():
        if papers:
            title = as_html(survey.groups[name].record.title if name else wording.IN_NO_GROUP.capitalize())
            yield title, name, papers


def _narrowed(name: str | None) -> str | None:
    """Return what the list of all papers is narrowed by to a top group."""
    if name is None:
        return None
    grouping, _, group = name.partition("/")
    return narrowed((of_grouping(grouping), group))


def _name(survey: Survey, key: str) -> str:
    record = survey.papers[key].record
    return f"{record.authors[0].last} {record.year}"


def _fitted(points: Sequence[Point]) -> tuple[list[Point], int, float]:
    """Fit points into the picture, the wider side across; return its height and how large a distance of 1 is, too."""
    wide, high = (max(values) - min(values) for values in zip(*points, strict=True))
    if high > wide:
        points, wide, high = [(y, x) for x, y in points], high, wide
    left, top = (min(values) for values in zip(*points, strict=True))
    unit = (_WIDTH - 2 * _MARGIN) / (wide or 1.0)
    fitted = [(round(_MARGIN + (x - left) * unit, 1), round(_MARGIN + (y - top) * unit, 1)) for x, y in points]
    return fitted, round(2 * _MARGIN + high * unit), unit


def _sides(named: Iterable[tuple[Point, int]], width: float, height: float) -> Iterator[str]:
    """Yield for each point where its name, so many letters long, finds room; the first ones choose first."""
    named = list(named)
    taken = {cell for (x, y), _ in named for cell in _cells(x - 5, y - 5, x + 5, y + 5)}
    for (x, y), letters in named:
        long = letters * _LETTER
        own = set(_cells(x - 5, y - 5, x + 5, y + 5))
        boxes = {
            "right": (x + _REACH, y - _LINE / 2, x + _REACH + long, y + _LINE / 2),
            "left": (x - _REACH - long, y - _LINE / 2, x - _REACH, y + _LINE / 2),
            "above": (x - long / 2, y - _REACH - _LINE, x + long / 2, y - _REACH),
            "below": (x - long / 2, y + _REACH, x + long / 2, y + _REACH + _LINE),
        }
        found = ""
        for side, box in boxes.items():
            cells = set(_cells(*box))
            if box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height and not (cells - own) & taken:
                taken |= cells
                found = side
                break
        yield found


def _cells(left: float, top: float, right: float, bottom: float) -> Iterator[tuple[int, int]]:
    for column in range(int(left // _CELL), int(right // _CELL) + 1):
        for row in range(int(top // _CELL), int(bottom // _CELL) + 1):
            yield column, row
