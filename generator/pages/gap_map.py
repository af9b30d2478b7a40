"""The gap map: any two dimensions crossed, so that one sees where there are many papers and where there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

from markupsafe import Markup

from generator.pages import routes
from generator.pages.catalogue import Catalogue
from generator.pages.dimensions import Dimension, Part, crossable, dimensions
from generator.pages.facets import narrowed
from generator.pages.views import Anchor, Listed, Page
from generator.text import as_html, as_plain

_STEP = 34
"""The side of a cell of the picture, in its own units, which are CSS pixels."""
_LARGEST = 15
_SMALLEST = 4
"""Radii of the largest and the smallest circle."""
_LETTER = 6.6
"""The width of a letter of a label, on average."""
_LONGEST_LABEL = 36
_MARGIN = 10


@dataclass(frozen=True, slots=True)
class Label:
    """A text of the picture, at the end or the beginning of its line."""

    text: str
    x: float
    y: float
    gap: bool


@dataclass(frozen=True, slots=True)
class Circle:
    """As many papers as its area is large; none where there is no `href`."""

    x: float
    y: float
    radius: float
    count: int
    href: str | None
    narrowed: str
    title: str
    gap: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The map as circles."""

    width: float
    height: float
    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
    circles: tuple[Circle, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """How many papers stand in a row and a column.

    Attributes:
        href: Where they are listed; nothing where there are none.
        narrowed: What the list of all papers is narrowed by to show them.
        share: Their number in per cent of the fullest cell's.
        title: The row and the column in words.
        gap: Whether the row or the column is one of papers that have no place.
    """

    count: int
    href: str | None
    narrowed: str
    share: int
    title: str
    gap: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table; `total` counts each paper once."""

    title: Markup
    gap: bool
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; `total` counts each paper once."""

    title: Markup
    gap: bool
    total: int


@dataclass(frozen=True, slots=True)
class Table:
    """Two dimensions crossed."""

    label: str
    rows_title: Markup
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: int
    picture: Picture


@dataclass(frozen=True, slots=True)
class CellList:
    """The papers of a cell."""

    heading: Markup
    anchor: str
    papers: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class CrossingView:
    """What the template of two dimensions crossed is given."""

    title: Markup
    path: tuple[Anchor, ...]
    table: Table
    lists: tuple[CellList, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A dimension, and the maps of it with each that comes after it."""

    title: Markup
    maps: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class MapView:
    """What the template of the gap map is given: the first map, and the way to all."""

    first: Anchor
    table: Table
    choices: tuple[Choice, ...]
    pairs: int


def map_pages(catalogue: Catalogue) -> Iterator[Page]:
    """Make the gap map, where a survey has two dimensions, and a page for every pair of them."""
    known = dimensions(catalogue.survey)
    pairs = [_Crossing(catalogue, one, other) for one, other in combinations(known, 2)]
    if not pairs:
        return
    yield _overview(known, pairs)
    for pair in pairs:
        yield pair.page()


def has_map(catalogue: Catalogue) -> bool:
    """Say whether a survey has two dimensions to be crossed."""
    return crossable(catalogue.survey)


def _overview(known: Sequence[Dimension], pairs: Sequence[_Crossing]) -> Page:
    first = pairs[0]
    choices = (
        Choice(
            as_html(one.title),
            tuple(Anchor(as_html(pair.other.title), pair.route.url) for pair in pairs if pair.one is one),
        )
        for one in known[:-1]
    )
    view = MapView(Anchor(first.title, first.route.url), first.table(), tuple(choices), len(pairs))
    about = "Where the survey has many papers and where it has none: any two of its dimensions crossed."
    return Page(routes.MAP, "map.md.j2", view, title="Gap map", description=about, hide=("navigation",))


class _Crossing:
    """Two dimensions crossed; the one with more parts stands in the rows, for screens are higher than wide."""

    def __init__(self, catalogue: Catalogue, one: Dimension, other: Dimension) -> None:
        self.one, self.other = one, other
        self.route = routes.crossing(one.name, other.name)
        self.rows, self.columns = (one, other) if len(one.parts) >= len(other.parts) else (other, one)
        self.title = as_html(one.title) + " × " + as_html(other.title)
        self._catalogue = catalogue
        columns = [set(column.papers) for column in self.columns.parts]
        self._cells = [[[key for key in row.papers if key in column] for column in columns] for row in self.rows.parts]
        self._most = max((len(cell) for row in self._cells for cell in row), default=0)

    def page(self) -> Page:
        """Make the page of the map with the papers of every cell."""
        view = CrossingView(self.title, (Anchor("Gap map", routes.MAP.url),), self.table(), tuple(self._lists()))
        plain = f"{as_plain(self.one.title)} × {as_plain(self.other.title)}"
        about = f"The papers of the survey by two of its dimensions: {plain}."
        return Page(
            self.route,
            "crossing.md.j2",
            view,
            title=f"{plain} · Gap map",
            description=about,
            hide=("navigation", "toc"),
            searched=False,
        )

    def table(self) -> Table:
        """Return the map as a picture and as numbers."""
        rows = tuple(
            Row(as_html(part.title), part.gap, tuple(self._cell(y, x) for x in range(len(cells))), len(part.papers))
            for y, (part, cells) in enumerate(zip(self.rows.parts, self._cells, strict=True))
        )
        return Table(
            label=f"{as_plain(self.rows.title)} × {as_plain(self.columns.title)}",
            rows_title=as_html(self.rows.title),
            columns=tuple(Column(as_html(part.title), part.gap, len(part.papers)) for part in self.columns.parts),
            rows=rows,
            total=len(self._catalogue.survey.papers),
            picture=self._picture(rows),
        )

    def _cell(self, y: int, x: int) -> Cell:
        row, column, count = self.rows.parts[y], self.columns.parts[x], len(self._cells[y][x])
        return Cell(
            count,
            f"{self.route.url}#{self._anchor(y, x)}" if count else None,
            narrowed((self.rows.facet, row.value), (self.columns.facet, column.value)),
            round(100 * count / self._most) if self._most else 0,
            f"{as_plain(row.title)} × {as_plain(column.title)}",
            row.gap or column.gap,
        )

    def _picture(self, rows: Sequence[Row]) -> Picture:
        names = [_shortened(part) for part in self.rows.parts]
        heads = [_shortened(part) for part in self.columns.parts]
        left = max(map(len, names)) * _LETTER + _MARGIN
        rise = max(map(len, heads)) * _LETTER * sqrt(0.5) + 2 * _MARGIN  # the labels of the columns lean by 45°
        across = [left + _STEP * (x + 0.5) for x in range(len(heads))]
        down = [rise + _STEP * (y + 0.5) for y in range(len(names))]
        return Picture(
            width=round(left + _STEP * len(heads) + max(rise - _STEP / 2, 0)),
            height=round(rise + _STEP * len(names)),
            rows=tuple(
                Label(text, round(left - _MARGIN, 1), round(y, 1), part.gap)
                for text, y, part in zip(names, down, self.rows.parts, strict=True)
            ),
            columns=tuple(
                Label(text, round(x, 1), round(rise - _MARGIN / 2, 1), part.gap)
                for text, x, part in zip(heads, across, self.columns.parts, strict=True)
            ),
            circles=tuple(
                Circle(
                    round(x, 1),
                    round(y, 1),
                    self._radius(cell.count),
                    cell.count,
                    cell.href,
                    cell.narrowed,
                    cell.title,
                    cell.gap,
                )
                for y, row in zip(down, rows, strict=True)
                for x, cell in zip(across, row.cells, strict=True)
            ),
        )

    def _radius(self, count: int) -> float:
        """Return the radius of a circle whose area tells the number."""
        return round(max(_SMALLEST, _LARGEST * sqrt(count / self._most)), 1) if count else 0

    def _lists(self) -> Iterator[CellList]:
        for y, cells in enumerate(self._cells):
            for x, keys in enumerate(cells):
                if keys:
                    heading = as_html(self.rows.parts[y].title) + " × " + as_html(self.columns.parts[x].title)
                    listed = (Listed(self._catalogue.papers[key]) for key in self._catalogue.newest_first(keys))
                    yield CellList(heading, self._anchor(y, x), tuple(listed))

    def _anchor(self, y: int, x: int) -> str:
        """Return the fragment of a cell: its place in the table, since names may be alike."""
        return f"cell-{y + 1}-{x + 1}"


def _shortened(part: Part) -> str:
    text = as_plain(part.title)
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1].rstrip()}…"
