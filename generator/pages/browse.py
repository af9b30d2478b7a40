"""The list of all papers that a reader narrows, and the file that it is narrowed by.

The page holds the newest papers and the names of the filters. All else stands in one compact file, which a
script reads when a filter is first used. The file is made of columns, a value for each paper from the newest
to the oldest: alike things stand side by side, which compression thrives on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from xml.etree import ElementTree as ET

from generator.model import Author
from generator.names import collated, folded
from generator.output import Output
from generator.pages import routes
from generator.pages.catalogue import Catalogue
from generator.pages.facets import Facet, facets
from generator.pages.views import Anchor, Bar, Counted, Listed, Page
from generator.text import as_plain, math, parts

DATA = f"{routes.ASSETS}/browse.json"
NEWEST = 100
"""How many papers the page itself holds; the script shows as many at first."""

VIEWS = (
    Anchor("By year", routes.YEARS.url),
    Anchor("By venue", routes.VENUES.url),
    Anchor("By author", routes.AUTHORS.url),
)
"""The other lists of all papers."""


@dataclass(frozen=True, slots=True)
class FilterView:
    """A filter before it is used: its name in addresses, its title, how many values it has."""

    id: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class BrowseView:
    """What the template of the list of all papers is given.

    Attributes:
        count: How many papers there are.
        newest: The first of them.
        years: Links to where all are listed, with the share of the fullest year, from the oldest on.
        grouped: The filters that stand before the years.
        others: The filters that stand after them.
    """

    views: tuple[Anchor, ...]
    count: int
    newest: tuple[Listed, ...]
    years: tuple[Bar, ...]
    grouped: tuple[FilterView, ...]
    others: tuple[FilterView, ...]


def browse_page(catalogue: Catalogue) -> Page:
    """Make the page."""
    survey = catalogue.survey
    newest = catalogue.newest_first(survey.papers)
    filters = [FilterView(facet.id, as_plain(facet.title), len(facet.choices)) for facet in facets(survey)]
    grouped = len(survey.groupings)
    filters.insert(grouped + 1, FilterView("author", "Author", len(catalogue.people.in_order)))
    view = BrowseView(
        views=VIEWS,
        count=len(newest),
        newest=tuple(map(catalogue.entry, newest[:NEWEST])),
        years=_years([survey.papers[key].record.year for key in newest]),
        grouped=tuple(filters[:grouped]),
        others=tuple(filters[grouped:]),
    )
    about = f"All {len(newest)} papers of the survey, to be narrowed by topic, year, venue, author and more."
    return Page(
        routes.PAPERS,
        "browse.md.j2",
        view,
        title="Papers",
        description=about,
        hide=("navigation", "toc"),
    )


def _years(newest_first: list[int]) -> tuple[Bar, ...]:
    """Count the papers of every year from the first to the last, those without any too."""
    if not newest_first:
        return ()
    counts = {year: len(list(papers)) for year, papers in groupby(newest_first)}
    most = max(counts.values())
    return tuple(
        Bar(Counted(str(year), routes.year(year), count), -(-100 * count // most))
        for year in range(newest_first[-1], newest_first[0] + 1)
        for count in (counts.get(year, 0),)
    )


def browse_data(catalogue: Catalogue) -> Output:
    """Make the file that the list is narrowed by."""
    survey = catalogue.survey
    order = catalogue.newest_first(survey.papers)
    records = [survey.papers[key].record for key in order]
    cards = [catalogue.papers[key] for key in order]
    names, authors = _authors(catalogue, order)
    data = {
        "keys": " ".join(order),
        "titles": [rich(record.title) for record in records],
        "former": _sparse([as_plain(title) for title in record.former_titles] for record in records),
        "years": [[year, len(list(run))] for year, run in groupby(record.year for record in records)],
        "added": _days([record.added for record in records]),
        "status": _sparse(card.status for card in cards),
        "names": names,
        "authors": authors,
        "facets": [_facet(facet, order) for facet in facets(survey)],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Output.text(f"{routes.DOCS}/{DATA}", text)


def rich(text: str) -> str | list[Any]:
    """Return text as it is; text with math as a list of its parts, where math is `[element, attributes, *parts]`."""
    found = parts(text)
    if not any(part.math for part in found):
        return as_plain(text)
    return [_tree(ET.fromstring(math(part.text))) if part.math else part.text for part in found]  # noqa: S314 - ours


def _tree(node: ET.Element) -> list[Any]:
    return [node.tag, node.attrib, *([node.text] if node.text else []), *map(_tree, node)]


def _sparse(values: Iterable[Any]) -> dict[int, Any]:
    """Keep what is there, by position."""
    return {position: value for position, value in enumerate(values) if value}


def _days(days: list[str | None]) -> list[int | None]:
    """Turn days into numbers, of which only the order counts: the earliest is 0."""
    numbers = [date.fromisoformat(day).toordinal() if day else None for day in days]
    earliest = min(filter(None, numbers), default=0)
    return [None if number is None else number - earliest for number in numbers]


def _facet(facet: Facet, order: list[str]) -> dict[str, Any]:
    written: dict[str, Any] = {
        "id": facet.id,
        "title": rich(facet.title),
        "ids": [choice.id for choice in facet.choices],
        "labels": [rich(choice.label) for choice in facet.choices],
        "parents": _sparse_positions(choice.parent for choice in facet.choices),
        "notes": _sparse(choice.note for choice in facet.choices),
        "former": dict(facet.former),
        "column": [_shortest(facet.column[key]) for key in order],
    }
    return {name: value for name, value in written.items() if value or name == "column"}


def _sparse_positions(values: Iterable[int | None]) -> dict[int, int]:
    return {position: value for position, value in enumerate(values) if value is not None}


def _shortest(positions: tuple[int, ...]) -> int | tuple[int, ...]:
    return positions[0] if len(positions) == 1 else positions


def _authors(catalogue: Catalogue, order: list[str]) -> tuple[dict[str, Any], list[int | tuple[int, ...]]]:
    """Number all names in the order of an index, and give each paper the numbers of its authors.

    A person whose name is written in two ways has two entries with one slug.
    """
    people, survey = catalogue.people, catalogue.survey
    entries: dict[tuple[str, str], Author] = {}
    for key in survey.papers:
        for author in survey.papers[key].record.authors:
            entries.setdefault((author.full, people.person(author).slug), author)
    ordered = sorted(entries, key=lambda entry: (*_collation(entries[entry]), entry))
    number = {entry: position for position, entry in enumerate(ordered)}
    names = {
        "given": [entries[entry].given or "" for entry in ordered],
        "last": [full.removeprefix(f"{entries[full, slug].given or ''} ") for full, slug in ordered],
        "slugs": _sparse(None if slug == _plain_slug(full) else slug for full, slug in ordered),
    }
    written = [
        tuple(number[author.full, people.person(author).slug] for author in survey.papers[key].record.authors)
        for key in order
    ]
    return names, list(map(_shortest, written))


def _collation(author: Author) -> tuple[str, str]:
    return collated(author.family or author.literal or ""), collated(author.given or "")


def _plain_slug(name: str) -> str | None:
    """Return the slug that the script makes of a name by itself: of one in Latin letters."""
    return routes.slug(name) if folded(name).isascii() else None
