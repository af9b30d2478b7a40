"""CSL-JSON → incoming entries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from generator.diagnostics import Diagnostic, finding
from generator.incoming import people
from generator.incoming.braces import from_markup
from generator.incoming.entry import Fact, Incoming, Person, Role, shown
from generator.incoming.identifiers import from_address
from generator.incoming.json_items import Item, Items
from generator.model import PaperType
from generator.values import Orcid

_TYPES = {
    "article-journal": PaperType.JOURNAL, "article-magazine": PaperType.JOURNAL, "article-newspaper": PaperType.JOURNAL,
    "paper-conference": PaperType.CONFERENCE, "article": PaperType.PREPRINT, "preprint": PaperType.PREPRINT,
    "book": PaperType.BOOK, "chapter": PaperType.CHAPTER, "entry": PaperType.CHAPTER,
    "entry-encyclopedia": PaperType.CHAPTER, "entry-dictionary": PaperType.CHAPTER, "thesis": PaperType.THESIS,
    "report": PaperType.REPORT, "standard": PaperType.REPORT, "dataset": PaperType.DATASET,
    "software": PaperType.SOFTWARE, "webpage": PaperType.WEB, "post": PaperType.WEB, "post-weblog": PaperType.WEB,
    "document": PaperType.WEB, "manuscript": PaperType.PREPRINT, "": PaperType.WEB,
    # Crossref's own words, which it does not always translate
    "journal-article": PaperType.JOURNAL, "proceedings-article": PaperType.CONFERENCE, "posted-content": PaperType.PREPRINT,
    "book-chapter": PaperType.CHAPTER, "book-part": PaperType.CHAPTER, "book-section": PaperType.CHAPTER,
    "reference-entry": PaperType.CHAPTER, "monograph": PaperType.BOOK, "edited-book": PaperType.BOOK,
    "reference-book": PaperType.BOOK, "proceedings": PaperType.BOOK, "dissertation": PaperType.THESIS,
}  # fmt: skip
_UNSURE = frozenset(("", "document", "manuscript"))
_ROLES = {
    "title": Role.TITLE, "container-title": Role.CONTAINER, "event-title": Role.SERIES_TITLE, "event": Role.SERIES_TITLE,
    "collection-title": Role.SERIES_TITLE, "container-title-short": Role.SERIES_TITLE, "journalAbbreviation": Role.SERIES_TITLE,
    "publisher": Role.PUBLISHER, "volume": Role.VOLUME, "issue": Role.NUMBER, "number": Role.NUMBER, "page": Role.PAGES,
    "edition": Role.EDITION, "edition-number": Role.EDITION, "version": Role.EDITION, "degree": Role.DEGREE, "issued": Role.YEAR, "ISBN": Role.ISBN, "ISSN": Role.ISSN,
    "DOI": Role.DOI, "URL": Role.URL, "keyword": Role.TAGS, "abstract": Role.ABSTRACT, "note": Role.NOTE, "status": Role.NOTE,
}  # fmt: skip
_BOOKKEEPING = frozenset(
    (
        "accepted", "alternative-id", "archive_collection", "assertion", "content-domain", "created", "deposited", "editor-count", "funder",
        "indexed", "is-referenced-by-count", "isbn-type", "issn-type", "journal-issue", "language", "license", "link", "member", "original-title", "posted", "prefix", "published",
        "published-online", "published-other", "published-print", "reference", "reference-count", "references-count", "relation",
        "resource", "score", "short-container-title", "short-title", "source", "subject", "update-policy", "update-to", "copyright",
    )
)  # fmt: skip
"""What the registry of a DOI says beside the work itself; told in one finding instead of twenty."""
_OTHER_DATES = ("published", "published-print", "published-online", "posted", "published-other")
"""Where a registry has the year that `issued` lacks, the likeliest first."""
_ELSEWHERE = frozenset(("type", "id", "citation-key", "author", "subtitle"))
_ORCID = TypeAdapter(Orcid)


def read(file: str, text: str) -> tuple[list[Incoming], list[Diagnostic]]:
    """Read a CSL-JSON file: a list of items, one item, or a mapping that holds them.

    Args:
        file: Its name, for findings.
        text: Its text, with line feeds only.

    Returns:
        The entries in the order of the file, and findings about what is no entry.
    """
    entries: list[Incoming] = []
    found: list[Diagnostic] = []
    items = Items(file, text, ("items", "references"))
    for item in items:
        if isinstance(item.value, dict) and ("title" in item.value or "type" in item.value or "id" in item.value):
            entries.append(_Item(item).read())
        else:
            message = f"“{shown(item.source)}” is no item of CSL-JSON"
            found.append(finding(item.start, "entry-unread", message, "Mend it and import it again."))
    return entries, [*found, *items.found]


class _Item:
    def __init__(self, item: Item) -> None:
        self.start = item.start
        self.place = item.place
        self.item: dict[str, Any] = item.value
        dates = [self.item[name] for name in ("issued", *_OTHER_DATES) if _has_year(self.item.get(name))]
        if dates:
            self.item = self.item | {"issued": dates[0]}

    def read(self) -> Incoming:
        kind = str(self.item.get("type", ""))
        type_ = _TYPES.get(kind)
        authors = self.item.get("author")
        named = [_person(name) for name in authors] if isinstance(authors, list) else []
        return Incoming(
            place=self.start,
            key=self._key(),
            kind=kind or "item",
            type=type_,
            sure=kind not in _UNSURE,
            people=tuple(name for name in named if name is not None),
            people_place=self.place("author") if "author" in self.item else None,
            facts=tuple(self._facts(type_)),
            found=tuple(self._bookkeeping()),
        )

    def _key(self) -> str:
        """Return the item's key; what a registry calls its id is the address of the work."""
        key = str(self.item.get("citation-key") or self.item.get("id") or "")
        return "" if from_address(key) else key

    def _bookkeeping(self) -> Iterator[Diagnostic]:
        names = [name for name, value in self.item.items() if name in _BOOKKEEPING and value not in ("", None, [], {})]
        if names:
            message = f"a record has no place for what the registry adds: {', '.join(names)}"
            yield finding(self.start, "field-unused", message, "Keep the source if you need it.")

    def _facts(self, type_: PaperType | None) -> Iterator[Fact]:
        archive = str(self.item.get("archive", "")).strip().lower()
        for name, value in self.item.items():
            if name in _ELSEWHERE or name in _BOOKKEEPING or value in ("", None, [], {}):
                continue
            place = self.place(name)
            match name:
                case "publisher" | "genre" if type_ is PaperType.THESIS:
                    role: Role | None = Role.SCHOOL if name == "publisher" else Role.DEGREE
                case "archive":
                    role = Role.REPEATED if archive == "arxiv" else None
                case "archive_location" if archive == "arxiv":
                    role = Role.ARXIV if re.search(r"[0-9]{4}", str(value)) else Role.ARXIV_CATEGORY
                case "categories" if archive == "arxiv":
                    role = Role.ARXIV_CATEGORY
                case _:
                    role = _ROLES.get(name)
            text = self._value(name, value)
            if name == "title":
                text, kept = from_markup(text)
                yield from (Fact(name, own, place, Role.CAPITALS) for own in kept.names)
            yield Fact(name, text, place, role)

    def _value(self, name: str, value: Any) -> str:
        """Return a variable as text; Crossref tells a title's two halves apart."""
        if name in {"event", "event-title"} and isinstance(value, dict):
            value = value.get("name") or value
        text = _date(value) if name == "issued" else _text(value)
        more = _text(self.item.get("subtitle") or "") if name == "title" else ""
        return f"{text}: {more}" if more and more not in text else text


def _text(value: Any) -> str:
    match value:
        case str():
            return value
        case list():
            return ", ".join(map(_text, value))
        case dict():
            return shown(json.dumps(value, ensure_ascii=False))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _has_year(value: Any) -> bool:
    return bool(value) and bool(re.search("[0-9]", _date(value)))


def _date(value: Any) -> str:
    """Return a date variable as ISO 8601 has it, or as its source does."""
    if not isinstance(value, dict):
        return _text(value)
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else None
    if first and all(re.fullmatch(r"-?[0-9]{1,4}", str(part)) for part in first):
        return "-".join(str(part).zfill(4 if position == 0 else 2) for position, part in enumerate(first))
    return _text(value.get("raw") or value.get("literal") or value)


def _person(name: Any) -> Person | None:
    if not isinstance(name, dict):
        return people.person(_text(name)) if name else None
    family, given, suffix, literal = (_text(name.get(part) or "") for part in ("family", "given", "suffix", "literal"))
    literal = literal or ("" if family else _text(name.get("name") or ""))
    particle = " ".join(
        filter(None, (_text(name.get(f"{kind}-particle") or "") for kind in ("dropping", "non-dropping")))
    )
    if literal or not (family or given):
        return Person({"literal": literal}) if literal else None
    read = people.from_parts(family, given, particle, suffix)
    if not particle and given and family:
        read = people.with_particle(family, given, suffix)
    orcid = _text(name.get("ORCID") or "").rstrip("/").rpartition("/")[2]
    return replace(read, parts=read.parts | {"orcid": orcid}) if "family" in read.parts and _is_orcid(orcid) else read


def _is_orcid(text: str) -> bool:
    try:
        _ORCID.validate_python(text)
    except ValidationError:
        return False
    return True
