"""The CSV of a survey, as `survey export --format csv` writes it → incoming entries.

Columns may stand in any order, and be fewer or more: whoever edits a table in a spreadsheet takes some out, puts some in and
may get semicolons or tabs between the cells.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from generator.bibliography.to_csv import unguarded
from generator.diagnostics import Diagnostic, Place, finding
from generator.incoming import people
from generator.incoming.entry import Fact, Incoming, Person, Role, shown
from generator.model import PaperType

_FIELDS = frozenset(
    (
        "type", "title", "year", "month", "volume", "number", "pages", "edition", "doi", "arxiv", "isbn", "pdf", "code", "status",
        "first_posted", "added",
    )
)  # fmt: skip
"""What stands there as in a record."""
_ROLES = {
    "container": Role.CONTAINER, "publisher": Role.PUBLISHER, "issn": Role.ISSN, "url": Role.URL, "venue": Role.VENUE,
    "institution": Role.SCHOOL, "tags": Role.TAGS,
}  # fmt: skip
_ATTRIBUTE = "attribute:"
_NEEDED = ("title", "authors", "year", "type")


def read(file: str, text: str) -> tuple[list[Incoming], list[Diagnostic]]:
    """Read the CSV of a survey.

    Args:
        file: Its name, for findings.
        text: Its text, with line feeds only.

    Returns:
        The entries in the order of the file, and findings about what is no entry.
    """
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    rows = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    entries: list[Incoming] = []
    found: list[Diagnostic] = []
    columns: list[str] = []
    line = 1
    try:
        for row in rows:
            place, line = Place(file, line), rows.line_num + 1
            if not any(cell.strip() for cell in row):
                continue
            if columns:
                entries.append(_entry(place, columns, row))
                continue
            columns = [cell.strip("\ufeff \t") for cell in row]
            if problem := _not_a_survey(columns):
                return [], [finding(place, "source-unread", problem, "Name the columns as survey export does.")]
    except csv.Error as problem:
        message = f"this is not CSV: {problem}"
        hint = "What stands before is read; mend it and import the rest."
        found.append(finding(Place(file, line), "source-unread", message, hint))
    if not columns and not found:
        found.append(finding(Place(file), "source-unread", "the table is empty", "Write the names of columns first."))
    return entries, found


def _not_a_survey(columns: Sequence[str]) -> str | None:
    missing = [name for name in _NEEDED if name not in columns]
    twice = next((name for name in columns if name and columns.count(name) > 1), None)
    if missing:
        return f"this is no table of a survey: it has no column “{missing[0]}”"
    return f"two columns are called “{shown(twice)}”" if twice else None


def _entry(place: Place, columns: Sequence[str], row: Sequence[str]) -> Incoming:
    cells = {name: unguarded(cell.strip()) for name, cell in zip(columns, row, strict=False) if cell.strip()}
    surplus = "; ".join(cell for cell in row[len(columns) :] if cell.strip())
    found = []
    if surplus:
        message = f"the row has more cells than there are columns: “{shown(surplus)}”"
        found.append(finding(place, "value-unread", message, "Put text that holds the delimiter into quotation marks."))
    kind = cells.get("type", "")
    return Incoming(
        place=place,
        key=cells.get("key", ""),
        kind=kind,
        type=PaperType(kind) if kind in set(PaperType) else None,
        people=tuple(map(_author, _several(cells.get("authors", "")))),
        facts=tuple(_facts(place, cells)),
        found=tuple(found),
        own=True,
    )


def _facts(place: Place, cells: dict[str, str]) -> Iterator[Fact]:
    attributes = {name.removeprefix(_ATTRIBUTE): cell for name, cell in cells.items() if name.startswith(_ATTRIBUTE)}
    if attributes:
        yield Fact("attributes", "", place, Role.FIELD, value=attributes)
    for name, cell in cells.items():
        if name in {"key", "authors"} or name.startswith(_ATTRIBUTE) or (name, cell) == ("status", "published"):
            continue
        match name:
            case "groups":
                yield Fact(name, "", place, Role.FIELD, value=_several(cell))
            case "venue":
                yield Fact(name, cell, place, Role.VENUE, value={"short": cell})
            case _ if name in _FIELDS:
                yield Fact(name, "", place, Role.FIELD, value=cell)
            case _:
                yield Fact(name or "a column without a name", cell, place, _ROLES.get(name))


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _author(text: str) -> Person:
    """Read a name as an index has it: family, suffix, given."""
    match [part.strip() for part in text.split(",")]:
        case [family, given] if family and given:
            return people.with_particle(family, given)
        case [family, suffix, given] if family and suffix and given:
            return people.with_particle(family, given, suffix)
    return Person({"literal": text})
