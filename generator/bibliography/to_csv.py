"""CSV: a paper a row, for spreadsheets and for counting.

Rows are as RFC 4180 has them. Where a value holds several things a semicolon stands between them. What a
spreadsheet would take for a formula begins with an apostrophe, which shows it to be text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from generator.bibliography.entry import Entry
from generator.bibliography.plain import plain
from generator.survey import Paper, Survey, Value

_COLUMNS = (
    "key", "type", "title", "authors", "year", "month", "venue", "container", "volume", "number", "pages", "publisher",
    "institution", "edition", "doi", "arxiv", "isbn", "issn", "url", "pdf", "code", "status", "first_posted", "groups",
    "tags", "added", "page",
)  # fmt: skip

_FORMULA = re.compile(r"['\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*[=+\-@\t\r＝＋－＠]")
"""Also behind what nobody sees."""
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def head(survey: Survey) -> str:
    """Write the row of the columns' names: those that every survey has, then its attributes."""
    return row([*_COLUMNS, *(f"attribute:{attribute}" for attribute in survey.attributes)])


def written(paper: Paper, entry: Entry, survey: Survey) -> str:
    """Write the row of a paper."""
    cells = _cells(paper, entry, survey)
    values = {value.attribute: value for value in paper.values}
    attributes = (value_text(values[attribute]) if attribute in values else "" for attribute in survey.attributes)
    return row([*(cells.get(column) or "" for column in _COLUMNS), *attributes])


def _cells(paper: Paper, entry: Entry, survey: Survey) -> Mapping[str, str | None]:
    record, site = paper.record, survey.record.site_url
    return {
        "key": paper.key,
        "type": record.type,
        "title": record.title,
        "authors": "; ".join(author.sorting for author in record.authors),
        "year": str(record.year),
        "month": str(record.month) if record.month else None,
        "venue": paper.venue.short if paper.venue else None,
        "container": entry.container and entry.container.text,
        "volume": record.volume,
        "number": record.number,
        "pages": record.pages,
        "publisher": entry.publisher and entry.publisher.text,
        "institution": entry.institution and entry.institution.text,
        "edition": record.edition,
        "doi": record.doi,
        "arxiv": record.arxiv,
        "isbn": record.isbn,
        "issn": entry.issn,
        "url": entry.url,
        "pdf": record.pdf,
        "code": record.code,
        "status": record.status,
        "first_posted": record.first_posted,
        "groups": "; ".join(placement.group for placement in paper.placements),
        "tags": "; ".join(record.tags),
        "added": record.added,
        "page": site and f"{site.removesuffix('/')}/papers/{paper.key}/",
    }


def value_text(one: Value) -> str:
    """Write what a paper has of an attribute as a cell holds it."""
    match one.value:
        case None:
            return "n/a"
        case bool(truth):
            return "yes" if truth else "no"
        case tuple(chosen):
            return "; ".join(chosen)
        case Decimal() as number:
            return f"{number:f}"
        case str(text):
            return text


def row(cells: Iterable[str]) -> str:
    """Write a row; no cell of it is a formula to a spreadsheet."""
    text = io.StringIO()
    csv.writer(text).writerow(map(_cell, cells))
    return text.getvalue()


def unguarded(cell: str) -> str:
    """Return what a cell says, without the apostrophe that shows it to be text."""
    bare = cell.removeprefix("'")
    return bare if bare != cell and _is_guarded(bare) else cell


def _cell(text: str) -> str:
    line = plain(text)
    return f"'{line}" if _is_guarded(line) else line


def _is_guarded(line: str) -> bool:
    return _FORMULA.match(line) is not None and _NUMBER.fullmatch(line) is None
