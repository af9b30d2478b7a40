"""An entry that another survey wrote from a record → the data of a record.

What is text there is text here: nothing is LaTeX or HTML, no name is taken apart. What the export gathered
from the venue or made of an identifier is taken out again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.incoming import identifiers, values
from generator.incoming.draft import Drafting, draft
from generator.incoming.entry import Fact, Incoming, Role, shown
from generator.incoming.ledger import LONGEST, Draft
from generator.incoming.published import ISSN, accepts
from generator.incoming.venues import Venues, series_name
from generator.model import PaperType, VenueKind

_PROSE = frozenset(("summary",))
_KINDS = {
    PaperType.JOURNAL: VenueKind.JOURNAL, PaperType.BOOK: VenueKind.PUBLISHER, PaperType.CHAPTER: VenueKind.PUBLISHER,
    PaperType.THESIS: VenueKind.SCHOOL, PaperType.CONFERENCE: VenueKind.CONFERENCE, PaperType.REPORT: VenueKind.PUBLISHER,
}  # fmt: skip
"""What a venue of which a table says only the name most likely is; of others it is a repository."""


def drafted(incoming: Incoming, venues: Venues, tags: Collection[str]) -> Draft:
    """Make a draft of an entry, whoever wrote it.

    Args:
        incoming: The entry.
        venues: The survey's venues; one that is not among them is added.
        tags: The tags that the survey declares.
    """
    return _OwnDrafting(incoming, venues, tags).make() if incoming.own else draft(incoming, venues, tags)


class _OwnDrafting(Drafting):
    clean = staticmethod(values.writable)

    def make(self) -> Draft:
        for fact in self._all(Role.FIELD):
            self._field(fact)
        if self.incoming.people:
            self._authors()
        self._own_venue()
        self._own_container()
        self._own_publisher()
        self._own_institution()
        self._own_url()
        self._of_the_venue()
        self._tags()
        self._leave()
        self._validate()
        return self.draft

    def _field(self, fact: Fact) -> None:
        texts = list(_texts(fact.value))
        if fact.name not in _PROSE and any(len(text) > LONGEST for text in texts):
            self._report(fact, "value-unread", f"“{fact.name}” holds more than {LONGEST} characters", "It is left out.")
            return
        odd = next(filter(None, map(values.unwritable, texts)), None)
        if odd:
            message = f"“{fact.name}” holds the character U+{ord(odd):04X}"
            self._report(fact, "text-ignored", message, "It is left out; see whether a letter is missing.")
        self._set(fact.name, _writable(fact.value), replace(fact, text=texts[0] if len(texts) == 1 else ""))

    def _own_venue(self) -> None:
        fact = next((own for own in self.left if own.role is Role.VENUE), None)
        if fact is None:
            return
        self.left.remove(fact)
        known: Mapping[str, Any] = fact.value
        container = next((own.text for own in self.left if own.role is Role.CONTAINER), "")
        short, full = (_line(known.get(name)) for name in ("short", "full"))
        short = short or full
        is_printed_name = self.type is PaperType.JOURNAL or not full
        names = [full, short, *([container] if is_printed_name else [])]
        issn = next((own.text for own in self.left if own.role is Role.ISSN and accepts(ISSN, own.text)), None)
        key = self.venues.find(*filter(None, names)) or (self.venues.with_issn(issn) if issn else None)
        if key is None:
            full = full or (series_name(container) if self.type in {PaperType.JOURNAL, PaperType.CONFERENCE} else short)
            kind = str(known.get("kind"))
            meant = VenueKind(kind) if kind in set(VenueKind) else _kind(self.type)
            key = self.venues.add(str(known.get("key") or short), short, full or short, meant, issn)
            if key is None:
                self._unread(replace(fact, text=short), "that is no venue’s name")
                return
            message = f"“{shown(short)}” is no venue of the survey; “{key}” is added"
            hint = f"See whether content/venues.yaml has it right: {shown(short)}, {shown(full or short)}, {meant}."
            self._report(fact, "venue-added", message, hint)
        self._set("venue", key, fact)
        self.named = {name.casefold() for name in names if name and name != container} | {full.casefold()}

    named: Collection[str] = ()
    """What the source calls the venue."""

    def _names(self) -> set[str]:
        venue = self.venues.get(self.data["venue"]) if "venue" in self.data else None
        ours = (venue.short, venue.full, venue.publisher or "") if venue else ()
        return {*self.named, *(name.casefold() for name in ours)}

    def _own_container(self) -> None:
        for fact in self._all(Role.CONTAINER):
            if fact.text.casefold() in self._names() or (self.type is PaperType.JOURNAL and "venue" in self.data):
                continue
            if self.type in {PaperType.CONFERENCE, PaperType.CHAPTER}:
                self._set("proceedings", fact.text, fact)
            else:
                self._put_back(fact)

    def _own_publisher(self) -> None:
        for fact in self._all(Role.PUBLISHER):
            if fact.text.casefold() not in self._names():
                self._set("publisher", fact.text, fact)

    def _own_institution(self) -> None:
        for fact in self._all(Role.SCHOOL):
            if fact.text.casefold() in self._names() or fact.text in {
                self.data.get("publisher"),
                self.data.get("school"),
            }:
                continue
            if self.type in {PaperType.THESIS, PaperType.REPORT}:
                self._set("school" if self.type is PaperType.THESIS else "publisher", fact.text, fact)
            else:
                self._put_back(fact)

    def _own_url(self) -> None:
        for fact in self._all(Role.URL):
            named = identifiers.from_address(fact.text)
            if named and named[0] == "arxiv" and self.data.get("arxiv") == named[1]:
                continue
            made = named is not None and named[0] in {"acl", "openreview"} and identifiers.leads_to(*named, fact.text)
            if not (made and named and self._identified(*named, fact)):
                self._set("url", fact.text, fact)


def _line(value: Any) -> str:
    return " ".join(values.writable(str(value or "")).split())[:LONGEST]


def _kind(type_: PaperType | None) -> VenueKind:
    return _KINDS.get(type_, VenueKind.REPOSITORY) if type_ else VenueKind.REPOSITORY


def _texts(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for name, inner in value.items():
                yield name
                yield from _texts(inner)
        case list():
            for inner in value:
                yield from _texts(inner)
        case str():
            yield value


def _writable(value: Any) -> Any:
    match value:
        case dict():
            return {values.writable(name): _writable(inner) for name, inner in value.items()}
        case list():
            return [_writable(inner) for inner in value]
    return values.writable(value)
