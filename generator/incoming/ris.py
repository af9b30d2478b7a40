"""RIS files → incoming entries.

rispy reads RIS too, but tells no lines, and of a tag that stands twice it keeps one; a format of a
tag a line needs no more than this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Place, finding
from generator.incoming import people
from generator.incoming.braces import from_markup
from generator.incoming.entry import Fact, Incoming, Person, Role, shown
from generator.model import PaperType

_LINE = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*)|)$")
_TYPES = {
    "JOUR": PaperType.JOURNAL, "JFULL": PaperType.JOURNAL, "MGZN": PaperType.JOURNAL, "EJOUR": PaperType.JOURNAL,
    "NEWS": PaperType.JOURNAL, "CONF": PaperType.CONFERENCE, "CPAPER": PaperType.CONFERENCE, "BOOK": PaperType.BOOK,
    "EBOOK": PaperType.BOOK, "EDBOOK": PaperType.BOOK, "CHAP": PaperType.CHAPTER, "ECHAP": PaperType.CHAPTER,
    "ENCYC": PaperType.CHAPTER, "DICT": PaperType.CHAPTER, "THES": PaperType.THESIS, "RPRT": PaperType.REPORT,
    "STAND": PaperType.REPORT, "GOVDOC": PaperType.REPORT, "UNPB": PaperType.PREPRINT, "INPR": PaperType.JOURNAL,
    "DATA": PaperType.DATASET, "AGGR": PaperType.DATASET, "COMP": PaperType.SOFTWARE, "ELEC": PaperType.WEB,
    "WEB": PaperType.WEB, "BLOG": PaperType.WEB, "GEN": PaperType.WEB, "MANSCPT": PaperType.PREPRINT,
}  # fmt: skip
_UNSURE = frozenset(("GEN", "UNPB", "MANSCPT"))
_ROLES = {
    "TI": Role.TITLE, "T1": Role.TITLE, "CT": Role.TITLE, "SP": Role.PAGES, "EP": Role.PAGES, "JO": Role.SERIES_TITLE,
    "JF": Role.SERIES_TITLE, "T2": Role.SERIES_TITLE, "BT": Role.SERIES_TITLE, "JA": Role.SERIES_TITLE, "J1": Role.SERIES_TITLE,
    "J2": Role.SERIES_TITLE, "C3": Role.SERIES_TITLE, "T3": Role.SERIES_TITLE, "PB": Role.PUBLISHER, "VL": Role.VOLUME, "IS": Role.NUMBER,
    "ET": Role.EDITION, "PY": Role.YEAR, "Y1": Role.YEAR, "DA": Role.YEAR, "SN": Role.ISSN, "DO": Role.DOI,
    "UR": Role.URL, "L1": Role.PDF, "L2": Role.LINK, "KW": Role.TAGS, "AB": Role.ABSTRACT, "N2": Role.ABSTRACT,
    "N1": Role.NOTE, "M1": Role.NOTE, "M3": Role.NOTE, "AN": Role.NOTE,
}  # fmt: skip
_ROLES_IN: dict[tuple[str, PaperType | None], Role | None] = {
    ("SN", PaperType.REPORT): Role.NUMBER,
    ("PB", PaperType.THESIS): Role.SCHOOL,
    ("M3", PaperType.THESIS): Role.DEGREE,
    ("M1", PaperType.REPORT): Role.NUMBER,
    ("ET", PaperType.JOURNAL): None,  # the day on which it was ahead of print
}
"""Tags that say different things of different types."""
_AUTHORS = ("AU", "A1")
_KEYS = frozenset(("ID", "LB"))
_INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?)+\s*[^\W\d_]{2,}")
"""How IEEE has people's names."""
_OTHERS = re.compile(r"(?:and )?(?:others|et\.? al\.?)", re.IGNORECASE)

_Tag = tuple[str, str, Place]


def read(file: str, text: str) -> tuple[list[Incoming], list[Diagnostic]]:
    """Read a RIS file.

    Args:
        file: Its name, for findings.
        text: Its text, with line feeds only.

    Returns:
        The entries in the order of the file, and findings about what is no entry.
    """
    found: list[Diagnostic] = []
    return [_entry(tags) for tags in _records(file, text, found)], found


def _records(file: str, text: str, found: list[Diagnostic]) -> Iterator[list[_Tag]]:
    tags: list[_Tag] = []
    for number, line in enumerate(text.split("\n"), 1):
        place = Place(file, number)
        match = _LINE.fullmatch(line.rstrip().removeprefix("\ufeff"))
        if match is None:
            words = line.strip()
            if words and tags:
                tag, value, begun = tags[-1]
                tags[-1] = (tag, f"{value} {words}", begun)
            elif words and not words.rstrip(".)]").lstrip("[").isdigit():
                message = f"“{shown(words)}” stands between entries"
                found.append(finding(place, "text-ignored", message, "If it is part of an entry, mend that one."))
            continue
        tag, value = match[1], (match[2] or "").strip()
        if tag in {"TY", "ER"} and tags:
            if tag == "TY":
                message = f"an entry begins before that of line {tags[0][2].line} has ended"
                found.append(finding(place, "text-ignored", message, "End an entry with “ER  - ”."))
            yield tags
            tags = []
        if tag == "TY" or (tag != "ER" and tags):
            tags.append((tag, value, place))
        elif tag != "ER":
            message = f"“{shown(line)}” stands outside an entry"
            found.append(finding(place, "text-ignored", message, "Begin an entry with “TY  - ”."))
    if tags:
        yield tags


def _entry(tags: list[_Tag]) -> Incoming:
    kind = tags[0][1].upper()
    type_ = _TYPES.get(kind)
    authors = [(value, place) for tag, value, place in tags if tag in _AUTHORS and value]
    named = [value for value, _ in authors if not _OTHERS.fullmatch(value)]
    return Incoming(
        place=tags[0][2],
        key=_key(tags),
        kind=tags[0][1],
        type=type_,
        sure=kind not in _UNSURE,
        people=tuple(map(_person, named)),
        people_place=authors[0][1] if authors else None,
        cut=len(named) < len(authors),
        facts=tuple(_facts(tags, type_)),
    )


def _key(tags: list[_Tag]) -> str:
    """Return the identifier that people cite by; a database's number is none."""
    named = (value for tag, value, _ in tags if tag in _KEYS)
    return next((value for value in named if re.fullmatch(r"\S+", value) and not value.isdigit()), "")


def _person(name: str) -> Person:
    """Read “Family, Given, Suffix”; a name without comma is an organisation's or a single one, but for “J. Doe”."""
    if _INITIALS.match(name) and "," not in name:
        return people.person(name)
    family, given, suffix = (*(part.strip() for part in name.split(",", 2)), "", "")[:3]
    if not given:
        return Person({"literal": family})
    return people.with_particle(family, given, suffix)


def _facts(tags: list[_Tag], type_: PaperType | None) -> Iterator[Fact]:
    values = {tag: value for tag, value, _ in reversed(tags) if value}
    container = next((tag for tag in _containers(type_) if tag in values), "")
    seen: set[tuple[Role, str]] = set()
    key = _key(tags)
    for tag, value, place in tags:
        if tag in {"TY", *_AUTHORS} or not value or (tag in _KEYS and value == key):
            continue
        role = Role.CONTAINER if tag == container else _role(tag, value, type_, values.get("DB", ""))
        if tag == "C7" and "SP" not in values:
            role = Role.PAGES  # the number of an article that stands for its pages
        text = value
        if tag == "SP" and values.get("EP", value) != value:
            text = f"{value}-{values['EP']}"
        if tag == "EP" and "SP" in values:
            role = Role.REPEATED
        if role is not None and role is not Role.TAGS and (role, text) in seen:
            role = Role.REPEATED
        elif role is not None:
            seen.add((role, text))
        if role is Role.TITLE:
            text, kept = from_markup(text)
            yield from (Fact(tag, own, place, Role.CAPITALS) for own in kept.names)
        yield Fact(tag, text, place, role)


def _containers(type_: PaperType | None) -> tuple[str, ...]:
    """Return the tags that may name what the work stands in, the likeliest first."""
    if type_ is PaperType.CONFERENCE:
        return "C3", "BT", "T2", "JF", "JO"
    if type_ is PaperType.CHAPTER:
        return "BT", "T2", "JF", "JO"
    if type_ in {PaperType.JOURNAL, PaperType.WEB, PaperType.PREPRINT, None}:
        return "JF", "T2", "BT", "JO"
    return ()


def _role(tag: str, value: str, type_: PaperType | None, database: str) -> Role | None:
    if database.lower() == "arxiv" and tag in {"DB", "AN"}:
        return Role.ARXIV if tag == "AN" else Role.REPEATED
    if (tag, type_) in _ROLES_IN:
        return _ROLES_IN[tag, type_]
    if tag == "DA" and not re.search(r"[0-9]{4}", value):
        return Role.MONTH
    if tag == "M3" and value == "Preprint":
        return Role.REPEATED
    if tag == "SN":
        digits = re.sub(r"[^0-9Xx]", "", value)
        return Role.ISSN if len(digits) == 8 else Role.ISBN  # noqa: PLR2004 - ISO 3297
    return _ROLES.get(tag)
