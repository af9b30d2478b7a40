"""An entry of a bibliography as it comes in, before it is a record: what every source is read into."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from generator.diagnostics import Diagnostic, Place
from generator.model import PaperType


class Role(StrEnum):
    """What a field of a source says, whatever the source calls it."""

    TITLE = "title"
    CAPITALS = "capitals"
    """A name in the title that keeps its capitals."""
    FORMER_TITLE = "former title"
    CONTAINER = "container"
    """The proceedings, the journal or the book that the work stands in."""
    SERIES_TITLE = "series title"
    """What the venue is called apart from this one volume."""
    PUBLISHER = "publisher"
    SCHOOL = "school"
    VOLUME = "volume"
    NUMBER = "number"
    PAGES = "pages"
    EDITION = "edition"
    DEGREE = "degree"
    YEAR = "year"
    MONTH = "month"
    ISBN = "isbn"
    ISSN = "issn"
    DOI = "doi"
    ARXIV = "arxiv"
    ARXIV_CATEGORY = "arxiv category"
    ACL = "acl"
    OPENREVIEW = "openreview"
    FIRST_POSTED = "first posted"
    URL = "url"
    PDF = "pdf"
    CODE = "code"
    LINK = "link"
    TAGS = "tags"
    NOTE = "note"
    """Free text, in which there may be an identifier, an address or a version."""
    REPEATED = "repeated"
    """Says what the entry's type or another field says already."""
    ABSTRACT = "abstract"
    FIELD = "field"
    """A field of a record, called and written as in a record."""
    VENUE = "venue"
    """The venue as another survey knows it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of a source.

    Attributes:
        name: The source's own name for it.
        text: What it says: Unicode, on one line.
        place: Where it stands.
        role: What it says; `None` where a record has no place for it.
        label: Of a link, what it is called.
        value: What a field of a record or a venue is, where that is more than a line of text.
    """

    name: str
    text: str
    place: Place
    role: Role | None = None
    label: str = ""
    value: Any = None


@dataclass(frozen=True, slots=True)
class Person:
    """A name in the parts of a record's author, and what could not be told for sure."""

    parts: dict[str, str]
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One work as its source describes it.

    Attributes:
        place: Where the entry begins.
        key: The source's key for it, if it has one.
        kind: The source's word for its type.
        type: The type of publication; `None` where a record has none for it.
        sure: Whether the source's word says the type beyond doubt.
        people: The authors in order.
        people_place: Where they are named.
        cut: Whether the source names only the first authors.
        facts: All other fields.
        found: Findings about how the entry is written.
        own: Whether another survey wrote it, from a record.
    """

    place: Place
    key: str = ""
    kind: str = ""
    type: PaperType | None = None
    sure: bool = True
    people: tuple[Person, ...] = ()
    people_place: Place | None = None
    cut: bool = False
    facts: tuple[Fact, ...] = ()
    found: tuple[Diagnostic, ...] = field(default=())
    own: bool = False

    @property
    def label(self) -> str:
        """What findings call the entry: its key, or else its title."""
        titles = (fact.text or str(fact.value) for fact in self.facts if Role.TITLE in {fact.role, fact.name})
        title = next(titles, "")
        return shown(self.key or title or self.kind or "an entry")


_SHOWN = 60


def shown(text: str) -> str:
    """Return a text of a source as a finding quotes it: one line, not too long."""
    line = " ".join(text[: 4 * _SHOWN].split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
