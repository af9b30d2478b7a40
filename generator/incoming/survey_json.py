"""The JSON of a survey, as `survey export --format json` writes it → incoming entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.bibliography.to_json import VERSION
from generator.diagnostics import Diagnostic, Place, finding
from generator.incoming.entry import Fact, Incoming, Person, Role, shown
from generator.incoming.json_items import BEFORE, Item, Items, after_opening
from generator.model import PaperType

_FIELDS = frozenset(
    (
        "type", "title", "former_titles", "authors", "year", "month", "first_posted", "volume", "number", "pages", "school",
        "degree", "edition", "isbn", "doi", "arxiv", "arxiv_category", "acl", "openreview", "pdf", "code", "links", "status",
        "summary", "contributions", "attributes", "groups", "relations", "aliases", "added",
    )
)  # fmt: skip
"""What stands there as in a record."""
_ROLES = {
    "container": Role.CONTAINER, "publisher": Role.PUBLISHER, "issn": Role.ISSN, "url": Role.URL,
}  # fmt: skip


def is_one(text: str) -> bool:
    """Say whether JSON is a survey's: a mapping whose papers are a list."""
    return after_opening(text, "papers") is not None


def read(file: str, text: str) -> tuple[list[Incoming], list[Diagnostic]]:
    """Read the JSON of a survey.

    Args:
        file: Its name, for findings.
        text: Its text, with line feeds only.

    Returns:
        The entries in the order of the file, and findings about what is no entry.
    """
    version = re.match(BEFORE + r'"version"\s*:\s*([^\s,}]+)', text)
    if version and version[1] != str(VERSION):
        place = Place(file, text.count("\n", 0, version.start(1)) + 1)
        message = f"this is version {shown(version[1])} of a survey’s JSON; version {VERSION} can be read"
        return [], [finding(place, "source-unread", message, "Import it with the version of survey that wrote it.")]
    entries: list[Incoming] = []
    found: list[Diagnostic] = []
    items = Items(file, text, ("papers",))
    for item in items:
        if isinstance(item.value, dict) and ("title" in item.value or "key" in item.value):
            entries.append(_entry(item))
        else:
            message = f"“{shown(item.source)}” is no paper of a survey"
            found.append(finding(item.start, "entry-unread", message, "Mend it and import it again."))
    return entries, [*found, *items.found]


def _entry(item: Item) -> Incoming:
    paper = {name: value for name, value in item.value.items() if value not in ("", None, [], {})}
    kind = str(paper.get("type", ""))
    authors = paper.get("authors")
    named = authors if isinstance(authors, list) and all(isinstance(one, dict) for one in authors) else []
    return Incoming(
        place=item.start,
        key=str(paper.get("key", "")),
        kind=kind,
        type=PaperType(kind) if kind in set(PaperType) else None,
        people=tuple(Person(_written(one)) for one in named),
        people_place=item.place("authors"),
        facts=tuple(_facts(item, paper, {"authors"} if named else set())),
        own=True,
    )


def _facts(item: Item, paper: dict[str, Any], said: set[str]) -> Iterator[Fact]:
    for name, value in paper.items():
        place = item.place(name)
        if name in {"key", *said} or (name == "status" and value == "published"):
            continue
        if name in _FIELDS:
            written = _attributes(value) if name == "attributes" else _written(value)
            yield Fact(name, "", place, Role.FIELD, value=written)
        elif name == "venue":
            venue = value if isinstance(value, dict) else {"short": value}
            yield Fact(name, "", place, Role.VENUE, value=_written(venue))
        elif name == "tags" and isinstance(value, list):
            yield Fact(name, "; ".join(map(str, value)), place, Role.TAGS)
        else:
            text = value if isinstance(value, str) else item.source
            yield Fact(name, text, place, _ROLES.get(name) if isinstance(value, str) else None)


def _written(value: Any) -> Any:
    """Return a value as reading it from a record gives it: all that is single is text."""
    match value:
        case dict():
            return {str(name): _written(inner) for name, inner in value.items() if inner is not None}
        case list():
            return [_written(inner) for inner in value]
        case bool():
            return "yes" if value else "no"
    return str(value)


def _attributes(value: Any) -> Any:
    """Return the values of attributes as a record has them: what is single stands alone."""
    if not isinstance(value, dict):
        return _written(value)
    return {
        str(name): _attribute(one) if isinstance(one, dict) and "value" in one else _written(one)
        for name, one in value.items()
    }


def _attribute(one: dict[str, Any]) -> Any:
    if one["value"] is None:
        return "n/a"
    return _written(one if one.get("of") else one["value"])
