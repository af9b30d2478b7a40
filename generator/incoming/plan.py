"""What an import would do to a survey: new records, papers already there, fields that are filled.

Nothing is written here. Whatever finds entries (a file, later a registry) gets the same plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from generator.decode import Content, Document
from generator.diagnostics import Diagnostic, Place, finding
from generator.incoming.entry import Incoming, shown
from generator.incoming.keys import Keys
from generator.incoming.ledger import Draft
from generator.incoming.own import drafted as draft
from generator.incoming.settling import Settling
from generator.incoming.update import as_yaml, with_fields
from generator.incoming.venues import Venues
from generator.layout import Kind
from generator.model import AttributeInput, Measured, PaperRecord, PaperType
from generator.output import Output
from generator.sameness import IDENTIFIERS, compared_author, compared_title
from generator.source import CONTENT, SourceFile
from generator.survey import Survey

VENUES_FILE = f"{CONTENT}/venues.yaml"
SCHEMA_LINE = "# yaml-language-server: $schema=../schema/paper.schema.json\n"
"""What the records of this repository begin with, for editors."""


_OF_ANY_VERSION = frozenset(("arxiv", "arxiv_category", "code", "former_titles", "openreview", "tags"))
"""Fields that say the same of a preprint and of what was published later."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which a source says something that a record does not.

    Attributes:
        here: What the record says; `None` where it says nothing.
        there: What the source says.
    """

    name: str
    here: str | None
    there: str


@dataclass(frozen=True, slots=True)
class Present:
    """An entry whose paper the survey has.

    Attributes:
        path: The record's file.
        entry: Where the source has it.
        differences: What the source adds or contradicts.
        other_version: Whether one of the two is a preprint and the other is not.
        filled: The fields that are filled from the source.
    """

    path: str
    entry: Place
    differences: tuple[Difference, ...]
    other_version: bool = False
    filled: tuple[str, ...] = ()


@dataclass(slots=True)
class Plan:
    """What an import does.

    Attributes:
        new: Key → the new record's file.
        present: Entries whose papers the survey has.
        venues: The lines that `content/venues.yaml` gets, if any.
        updates: Files of the survey with what is filled in.
        before: What the files of `updates` held that there were, by path.
        found: Findings about the sources, by place.
        entries: How many entries there were.
    """

    new: dict[str, Output] = field(default_factory=dict)
    present: list[Present] = field(default_factory=list)
    venues: str = ""
    updates: dict[str, Output] = field(default_factory=dict)
    before: Mapping[str, bytes] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    entries: int = 0

    @property
    def outputs(self) -> Sequence[Output]:
        """All files to be written, venues before the records that name them."""
        return [*self.updates.values(), *self.new.values()]


def plan(content: Content, survey: Survey, entries: Iterable[Incoming], *, update: bool = False) -> Plan:
    """Plan an import.

    Args:
        content: The survey's files, decoded without errors.
        survey: The survey resolved from them.
        entries: What comes in, in order.
        update: Whether empty fields of records are filled.
    """
    return _Planning(content, survey, update=update).make(entries)


class _Planning:
    def __init__(self, content: Content, survey: Survey, *, update: bool) -> None:
        self.content = content
        self.survey = survey
        self.update = update
        self.result = Plan()
        self.venues = Venues(survey.venues)
        self.keys = Keys([*survey.aliases, *survey.retired])
        self.works = _Works()
        for key, paper in survey.papers.items():
            self.works.note(key, paper.record)
        self.planned: dict[str, Draft] = {}
        self.filled: dict[str, dict[str, Any]] = {}
        self.compared: list[_Compared] = []
        self.settling = Settling(content, survey)

    def make(self, entries: Iterable[Incoming]) -> Plan:
        entries = list(entries)
        self.result.entries = len(entries)
        self.keys.promise(entry.key for entry in entries)
        for entry in entries:
            self._take(entry)
        self._write_venues()
        self._settle()
        self._write_new()
        self._write_updates()
        for compared in self.compared:
            self._tell(compared)
        return self.result

    def _take(self, entry: Incoming) -> None:
        venues_before = len(self.venues.added)
        drafted = draft(entry, self.venues, self.survey.record.tags)
        key = self.works.find(drafted.data, drafted.record)
        if key is not None and key in self.survey.papers:
            self._withdraw_venues(venues_before, drafted)
            self._compare(key, drafted)
        elif key is not None:
            self._withdraw_venues(venues_before, drafted)
            first = self.planned[key]
            self.settling.called(entry.key, key)
            message = f"“{entry.label}” is the paper of line {first.incoming.place.line} again"
            if first.incoming.place.file != entry.place.file:
                message = (
                    f"“{entry.label}” is the paper of {first.incoming.place.file}:{first.incoming.place.line} again"
                )
            hint = f"The first of the two is the draft {key}; merge them if this one says more."
            self.result.found.append(finding(entry.place, "paper-present", message, hint))
        elif drafted.record is None:
            self._withdraw_venues(venues_before, drafted)
            self._refuse(entry, drafted)
        else:
            self.result.found += drafted.found
            self._add(drafted, drafted.record)

    def _withdraw_venues(self, before: int, drafted: Draft) -> None:
        """Forget the venues of an entry that becomes no record."""
        if len(self.venues.added) == before:
            return
        for key in list(self.venues.added)[before:]:
            self.venues.withdraw(key)
        drafted.found = [found for found in drafted.found if found.code != "venue-added"]

    def _refuse(self, entry: Incoming, drafted: Draft) -> None:
        self.result.found += [found for found in drafted.found if found.code != "type-guessed"]
        missing = [name for name in drafted.missing if name != "type" or not entry.kind]
        if "type" in drafted.missing and entry.kind:
            message = f"a record has no type for “{shown(entry.kind)}” (“{entry.label}”)"
            hint = "Change the type in the source, or write the record by hand."
        else:
            names = " and ".join(filter(None, (", ".join(missing[:-1]), missing[-1])))
            known = next((f" ({name} {drafted.data[name]})" for name in IDENTIFIERS if name in drafted.data), "")
            message = f"“{entry.label}”{known} says nothing of {names}"
            hint = "Add it to the source and import it again, or write the record by hand."
        self.result.found.append(finding(entry.place, "entry-incomplete", message, hint))

    def _add(self, drafted: Draft, record: PaperRecord) -> None:
        entry = drafted.incoming
        key = entry.key
        if not self.keys.keep(key):
            key = self.keys.make(record.authors[0], record.year, record.title)
            if entry.key:
                reason = "is taken" if entry.key.casefold() in self.keys.taken else "is no key of a survey"
                message = f"the key “{shown(entry.key)}” {reason}; the draft is {key}"
                hint = "Cite it by the new key, or rename the file."
                self.result.found.append(finding(entry.place, "key-changed", message, hint))
        self.planned[key] = drafted
        self.works.note(key, record)
        if entry.own:
            self.settling.called(entry.key, key)
            self.settling.add(_path(key), drafted.data, drafted)

    # Papers that are there.

    def _compare(self, key: str, drafted: Draft) -> None:
        document, entry = self.content.papers[key], drafted.incoming
        if entry.own:
            self.settling.called(entry.key, key)
            self.settling.without_known(key, drafted)
        differences = tuple(_differences(document, drafted))
        here, there = document.value.type, drafted.data.get("type")
        other_version = there is not None and (here is PaperType.PREPRINT) != (there == PaperType.PREPRINT)
        contradicted = {own.name for own in differences if own.here is not None}
        is_another = {"title", "authors"} <= contradicted and not other_version  # one identifier may be wrong
        fillable = [
            own.name
            for own in differences
            if own.here is None and not is_another and (not other_version or own.name in _OF_ANY_VERSION)
        ]
        filled = self._fill(document, drafted, fillable) if self.update else ()
        if entry.own and filled:
            self.settling.add(document.file, self.filled[document.file], drafted)
        present = Present(document.file, entry.place, differences, other_version, filled)
        if here is PaperType.PREPRINT:  # what a source says of a later version concerns the record that is there
            self.result.found += [found for found in entry.found if found.code == "version-published"]
        compared = _Compared(key, entry, present, tuple(fillable), here is PaperType.PREPRINT)
        if entry.own:  # what is filled in is known once it has been held against the survey
            self.compared.append(compared)
        else:
            self._tell(compared)

    def _tell(self, compared: _Compared) -> None:
        present, kept = compared.present, self.filled.get(compared.present.path, {})
        taken_out = [name for name in present.filled if name not in kept]
        present = replace(present, filled=tuple(name for name in present.filled if name in kept))
        self.result.present.append(present)
        fillable = [name for name in compared.fillable if name not in taken_out]
        self.result.found += _told(compared.key, compared.entry, present, fillable, preprint=compared.preprint)

    def _fill(self, document: Document[PaperRecord], drafted: Draft, names: Sequence[str]) -> tuple[str, ...]:
        own = self.filled.setdefault(document.file, {})
        new = {name: drafted.data[name] for name in names if name not in own}
        if new and with_fields(document.tree, own | new, Kind.PAPER) is not None:
            own |= new
            return tuple(new)
        return ()

    def _settle(self) -> None:
        """Take out what the survey cannot hold of what another survey says."""
        venues = self.result.updates.get(VENUES_FILE)
        self.result.found += self.settling.settle({VENUES_FILE: venues.content.decode()} if venues else {})

    def _write_new(self) -> None:
        for key, drafted in self.planned.items():
            path = _path(key)
            self.result.new[key] = Output(path, as_yaml(path, drafted.data, Kind.PAPER).encode())

    def _write_updates(self) -> None:
        for document in self.content.papers.values():
            new = self.filled.get(document.file)
            text = with_fields(document.tree, new, Kind.PAPER) if new else None
            if text is not None:
                self.result.updates[document.file] = Output(document.file, text.encode())

    def _write_venues(self) -> None:
        if not self.venues.added:
            return
        new = {key: venue.as_yaml() for key, venue in self.venues.added.items()}
        self.result.venues = as_yaml(VENUES_FILE, new, Kind.VENUES)
        tree = next((tree for tree, kind in self.content.trees if kind is Kind.VENUES), None)
        text = with_fields(tree, new, Kind.VENUES) if tree else self.result.venues
        if text is None:
            raise AssertionError("venues.yaml is a block mapping without these keys")
        self.result.updates = {VENUES_FILE: Output(VENUES_FILE, text.encode())} | self.result.updates


def _path(key: str) -> str:
    return f"{CONTENT}/papers/{key}.yaml"


@dataclass(frozen=True, slots=True)
class _Compared:
    """A paper that the survey has, beside what a source says of it."""

    key: str
    entry: Incoming
    present: Present
    fillable: tuple[str, ...]
    preprint: bool


class _Works:
    """Works by what tells them from others."""

    def __init__(self) -> None:
        self.marks: dict[str, _Marks] = {}
        self.identifiers: dict[tuple[str, str], str] = {}
        self.titles: dict[tuple[str, str], list[str]] = {}
        self.untold: dict[str, str] = {}
        """Title → key, for sources that name no author."""

    def note(self, key: str, record: PaperRecord) -> None:
        self.marks[key] = _marks(record)
        for name in IDENTIFIERS:
            if identifier := getattr(record, name):
                self.identifiers.setdefault((name, identifier.lower()), key)
        for title in (record.title, *record.former_titles):
            self.titles.setdefault((compared_title(title), compared_author(record)), []).append(key)
            self.untold.setdefault(compared_title(title), key)

    def find(self, data: Mapping[str, Any], record: PaperRecord | None) -> str | None:
        for name in IDENTIFIERS:
            if (key := self.identifiers.get((name, str(data.get(name, "")).lower()))) is not None:
                return key
        if record is not None:
            alike = self.titles.get((compared_title(record.title), compared_author(record)), [])[:_MANY]
            marks = _marks(record)
            return next((key for key in alike if not _are_two(self.marks[key], marks)), None)
        if "authors" not in data and "title" in data:
            return self.untold.get(compared_title(data["title"]))
        return None


_MANY = 100
"""So many works of one title and author are compared: front matter, editorials."""


_PLACE_IN_PRINT = ("year", "volume", "number", "pages")
_Marks = tuple[PaperType, tuple[Any, ...], tuple[Any, ...]]


def _marks(record: PaperRecord) -> _Marks:
    return (
        record.type,
        tuple(getattr(record, name) for name in IDENTIFIERS),
        tuple(getattr(record, name) for name in _PLACE_IN_PRINT),
    )


def _are_two(one: _Marks, other: _Marks) -> bool:
    """Say whether two records of one title and first author are of two works: editorials, parts of a series."""
    if one[0] is not other[0]:
        return False
    return _contradictions(one[1], other[1]) > 0 or _contradictions(one[2], other[2]) > 1


def _contradictions(mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> int:
    return sum(1 for here, there in zip(mine, theirs, strict=True) if here and there and here != there)


def _differences(document: Document[PaperRecord], drafted: Draft) -> Iterator[Difference]:
    for name, there in drafted.data.items():
        if not document.has(name):
            yield Difference(name, None, _line(there))
        elif drafted.record is not None and not _agree(name, document.value, drafted.record):
            yield Difference(name, _line(_as_written(document.value, name)), _line(there))


def _agree(name: str, here: PaperRecord, there: PaperRecord) -> bool:
    mine, theirs = getattr(here, name), getattr(there, name)
    match name:
        case "title":
            return compared_title(mine) == compared_title(theirs)
        case "authors":
            return [_initials(author) for author in mine] == [_initials(author) for author in theirs]
        case "attributes":
            return all(name in mine and _same_value(mine[name], value) for name, value in theirs.items())
        case "tags" | "links" | "former_titles" | "groups" | "relations" | "aliases":
            return set(theirs) <= set(mine)
        case "doi" | "arxiv" | "isbn":
            return str(mine).lower().replace("-", "") == str(theirs).lower().replace("-", "")
        case _:
            return bool(mine == theirs)


def _same_value(mine: AttributeInput, theirs: AttributeInput) -> bool:
    """Compare values of an attribute: a table has choices in one cell, and not what a number is of."""
    of = {value.of for value in (mine, theirs) if isinstance(value, Measured) and value.of}
    return len(of) < 2 and _words(mine) == _words(theirs)  # noqa: PLR2004 - mine and theirs


def _words(value: AttributeInput) -> list[str]:
    if isinstance(value, tuple):
        return list(value)
    return [part.strip() for part in (value.value if isinstance(value, Measured) else value).split(";")]


def _initials(author: Any) -> str:
    given = compared_title(author.given)[:1] if author.given else ""
    return f"{compared_title(author.family or author.last)} {given}".strip()


def _as_written(record: PaperRecord, name: str) -> Any:
    if name == "authors":
        return [author.sorting for author in record.authors]
    return record.model_dump(mode="json", include={name}, exclude_none=True)[name]


def _line(value: Any) -> str:
    """Write a value on one line, as the records of a survey do."""
    if isinstance(value, list | tuple):
        return "; ".join(map(_line, value))
    if isinstance(value, dict):
        return ", ".join(_line(inner) for inner in value.values())
    return str(value)


def _told(
    key: str, entry: Incoming, present: Present, fillable: Sequence[str], *, preprint: bool
) -> Iterator[Diagnostic]:
    label = f"“{entry.label}” is " if entry.label != key else "this is "
    if present.other_version and preprint:
        message = f"{label}“{key}”, a preprint in the survey, and published by this entry"
        hint = "Compare both versions; to cite the published one, correct the record and keep its key."
        yield finding(entry.place, "version-published", message, hint)
        return
    against = [own.name for own in present.differences if own.here is not None and not present.other_version]
    if against:
        message = f"{label}“{key}” and contradicts its {', '.join(against)}"
        yield finding(entry.place, "paper-differs", message, "See which is right; the record keeps what it says.")
    left = [name for name in fillable if name not in present.filled]
    message = f"{label}“{key}”, which the survey has"
    hint = "Nothing is to be done."
    if present.filled:
        hint = f"Filled in: {', '.join(present.filled)}."
    elif left:
        hint = f"The record has no {', '.join(left)}; --update fills that in."
    yield finding(entry.place, "paper-present", message, hint)


def new_files(result: Plan) -> list[SourceFile]:
    """Return the files of a plan as the survey would read them."""
    return [SourceFile(output.path, output.content.decode()) for output in result.outputs]
