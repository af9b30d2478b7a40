"""BibTeX and BibLaTeX files → entries with their fields, macros and cross-references resolved.

bibtexparser finds the blocks: it goes on after a broken one and knows lines. It does not put pieces
together (`jan # "~1"`), sees no missing comma, and knows nothing of `crossref`; that is done here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from generator.diagnostics import Diagnostic, Place, finding
from generator.incoming.entry import shown

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it has to say, findings say

_KEYLESS = re.compile(r"(?m)^([ \t]*@[ \t]*(?!(?i:comment|preamble|string)\b)\w+[ \t]*[{(])(?=\s*[\w-]+\s*=)")
"""An entry without key: its first field follows the brace."""
_LIKE_COMMAND = re.compile(r"(?mi)^([ \t]*@[ \t]*)(?=(?:comment|preamble|string)\w)")
"""An entry whose type begins as a command does, such as `@commented`; bibtexparser would take it for the command."""
_COMMENT = re.compile(r"\n[ \t]*%[^=\n]*(?=\n|\Z)")
"""A line after a value that biber takes for a comment; one with an equals sign may be a field that was taken out."""
_MARK = "entry_"
"""Stands before such a type while bibtexparser reads it."""

_MONTHS = dict(
    zip(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        (
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ),
        strict=True,
    )
)  # fmt: skip
"""The macros that every style defines."""

_VOLUMES = frozenset(
    ("proceedings", "mvproceedings", "collection", "mvcollection", "periodical", "reference", "mvreference", "xdata")
)
"""Entries that others take fields from, and that are no works by authors themselves."""

_INHERITED = frozenset(
    [
        "booktitle",
        "booksubtitle",
        "maintitle",
        "publisher",
        "year",
        "month",
        "date",
        "volume",
        "number",
        "series",
        "isbn",
        "issn",
        "organization",
        "school",
        "institution",
        "edition",
        "eventtitle",
        "editor",
        "address",
        "location",
        "journal",
        "journaltitle",
    ]
)
"""Fields of a volume that are true of what stands in it; its title, address and identifiers are its own."""


@dataclass(frozen=True, slots=True)
class RawField:
    """A field with its pieces put together; still LaTeX."""

    name: str
    tex: str
    place: Place
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as the file has it."""

    type: str
    key: str
    place: Place
    fields: tuple[RawField, ...]
    found: tuple[Diagnostic, ...] = ()

    def get(self, name: str) -> RawField | None:
        """Return a field by its name in lower case."""
        return next((own for own in self.fields if own.name == name), None)


@dataclass(slots=True)
class Syntax:
    """What a file holds: entries, and findings about what is none."""

    entries: list[RawEntry] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)


def parse(file: str, text: str) -> Syntax:
    """Parse a file.

    Args:
        file: Its name, for findings.
        text: Its text, with line feeds only.
    """
    return _Reader(file, text).read()


class _Reader:
    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = text.split("\n")
        # bibtexparser does not count a line that ends with a backslash.
        self.text = _LIKE_COMMAND.sub(rf"\1{_MARK}", _KEYLESS.sub(r"\1,", text)).replace("\\\n", "\\ \n")
        self.strings = dict(_MONTHS)
        self.result = Syntax()

    def read(self) -> Syntax:
        entries = [self._block(block) for block in self._blocks()]
        self.result.entries = list(self._joined([entry for entry in entries if entry is not None]))
        return self.result

    def _blocks(self) -> list[Block]:
        """Split the file; where an entry is broken, a line that begins with a percent sign is taken for a comment."""
        blocks = Splitter(self.text).split().blocks
        lines = self.text.split("\n")
        blank, end = False, len(lines)
        for block in reversed(blocks):
            if isinstance(block, Entry | DuplicateFieldKeyBlock | DuplicateBlockKeyBlock):
                end = block.start_line or 0
            elif isinstance(block, ParsingFailedBlock):
                start = block.start_line or 0
                for line in range(start, end):
                    if lines[line].lstrip().startswith("%"):
                        lines[line], blank = "", True
                end = start
        return Splitter("\n".join(lines)).split().blocks if blank else blocks

    def _place(self, block_line: int | None, text: str = "") -> Place:
        line = block_line or 0
        shown_line = self.lines[line] if line < len(self.lines) else ""
        column = shown_line.lower().find(text.lower()) if text else len(shown_line) - len(shown_line.lstrip())
        return Place(self.file, line + 1, max(column, 0) + 1)

    def _report(self, place: Place, code: str, message: str, hint: str) -> None:
        self.result.found.append(finding(place, code, message, hint))

    def _block(self, block: Block) -> RawEntry | None:
        match block:
            case Entry():
                return self._entry(block)
            case DuplicateFieldKeyBlock() | DuplicateBlockKeyBlock():
                inner = block.ignore_error_block
                if isinstance(inner, Entry):
                    return self._entry(inner)
                if isinstance(inner, String):
                    self._string(inner)
            case String():
                self._string(block)
            case ImplicitComment():
                self._between(block)
            case ParsingFailedBlock():
                self._failed(block)
        return None

    def _failed(self, block: ParsingFailedBlock) -> None:
        raw = block.raw or ""
        reason = " ".join(str(getattr(block.error, "abort_reason", block.error)).split()).rstrip(".").replace("`", "'")
        message = f"“{shown(raw)}” is not BibTeX: {reason[:1].lower()}{reason[1:]}"
        hint = "Mend the entry (a brace or a comma is missing) and import it again."
        self._report(self._place(block.start_line), "entry-unread", message, hint)

    def _between(self, block: ImplicitComment) -> None:
        lines = [line.strip(" \t,;}") for line in (block.comment or "").split("\n")]
        for offset, text in enumerate(lines):
            if text and not text.startswith("%"):
                place = self._place((block.start_line or 0) + offset)
                message = f"“{shown(text)}” stands between entries"
                self._report(place, "text-ignored", message, "If it is part of an entry, mend that one.")

    def _string(self, block: String) -> None:
        place = self._place(block.start_line)
        value, rest, found = self._value(block.value, place)
        self.result.found += found
        if rest:
            self._report(place, "value-unread", f"“{shown(rest)}” follows the value of “{block.key}”", "Mend it.")
        self.strings[block.key.lower()] = value

    def _entry(self, block: Entry) -> RawEntry:
        place = self._place(block.start_line)
        fields: dict[str, RawField] = {}
        found: list[Diagnostic] = []
        waiting = [(own.key, str(own.value), own.start_line) for own in reversed(block.fields)]
        while waiting:
            key, value, line = waiting.pop()
            name = re.sub(r"(?m)^[ \t]*%.*\n", "", key).strip().lower()
            at = self._place(line, name)
            if name.startswith("%"):
                found.append(finding(at, "text-ignored", f"“{shown(name)}” is a comment", "Nothing is to be done."))
                continue
            tex, rest, problems = self._value(value, at)
            found += problems
            missing_comma = re.match(r"([A-Za-z][\w:.+-]*)\s*=\s*([\s\S]*)", rest) if len(rest) < _LONGEST else None
            if missing_comma:
                waiting.append((missing_comma[1], missing_comma[2], line))
            elif rest:
                message = f"“{shown(rest)}” follows the value of “{name}”"
                found.append(finding(at, "value-unread", message, "Put the value in braces."))
            if not name or name in fields:
                if " ".join(tex.split()) != " ".join(fields[name].tex.split() if name in fields else ""):
                    message = f"“{name}” stands here again, with “{shown(tex)}”"
                    found.append(finding(at, "value-unread", message, "The first one is taken."))
            elif tex.strip():
                fields[name] = RawField(name, tex, at)
        type_ = block.entry_type.lower().removeprefix(_MARK)
        return RawEntry(type_, block.key.strip(), place, tuple(fields.values()), tuple(found))

    def _value(self, text: str, place: Place) -> tuple[str, str, list[Diagnostic]]:
        """Put the pieces of a value together; return it, and what follows it by mistake."""
        pieces: list[str] = []
        found: list[Diagnostic] = []
        position = 0
        while True:
            piece, position = self._value_piece(text, _after_space(text, position), place, found)
            pieces.append(piece)
            more = re.compile(r"\s*#\s*").match(text, position)
            if more is None or more.end() == len(text):
                rest = _COMMENT.sub("", text[position:])
                return "".join(pieces), rest.strip(" \t\n#"), found
            position = more.end()

    def _value_piece(self, text: str, start: int, place: Place, found: list[Diagnostic]) -> tuple[str, int]:
        if text[start : start + 1] in {"{", '"'}:
            end = _end_of_quoted(text, start)
            return text[start + 1 : end], min(end + 1, len(text))
        word = re.compile(r'[^\s#{}",]+').match(text, start)
        if word is None:
            return "", start
        name = word[0].lower()
        if name in self.strings:
            return self.strings[name], word.end()
        if not word[0].isdecimal() and re.fullmatch(r"[a-z_][\w:.+/-]*", name):
            message = f"no @string says what “{shown(word[0])}” is"
            found.append(finding(place, "value-unread", message, "The word itself is taken; put text in braces."))
            return word[0], word.end()
        whole = re.compile(r"[^#{}]+").match(text, start)  # text that its author forgot to put in braces
        return (whole[0].strip(), whole.end()) if whole and not word[0].isdecimal() else (word[0], word.end())

    # Cross-references.

    def _joined(self, entries: list[RawEntry]) -> Iterator[RawEntry]:
        """Give entries what they take from others; leave out those that are only there to be taken from."""
        by_key = {entry.key.lower(): entry for entry in reversed(entries) if entry.key}
        taken: dict[str, int] = {}
        for entry in entries:
            for target in self._parents(entry):
                taken[target.lower()] = taken.get(target.lower(), 0) + 1
        for entry in entries:
            if entry.type in _VOLUMES and taken.get(entry.key.lower()):
                self._volume(entry, taken[entry.key.lower()])
            else:
                yield self._with_inherited(entry, by_key)

    def _parents(self, entry: RawEntry) -> list[str]:
        names = [own.tex.strip() for own in entry.fields if own.name in {"crossref", "xref"}]
        return names + [part.strip() for own in entry.fields if own.name == "xdata" for part in own.tex.split(",")]

    def _volume(self, entry: RawEntry, times: int) -> None:
        what = "one entry takes" if times == 1 else f"{times} entries take"
        message = f"“{shown(entry.key)}” is a volume and no paper; {what} from it"
        self._report(entry.place, "text-ignored", message, "Nothing is to be done.")
        self.result.found += entry.found
        for own in entry.fields:
            if own.name not in _INHERITED | {"title", "subtitle"}:
                message = f"a record has no place for “{own.name}” of a volume"
                self._report(own.place, "field-unused", message, "Keep the source if you need it.")

    def _with_inherited(self, entry: RawEntry, by_key: Mapping[str, RawEntry]) -> RawEntry:
        fields = {own.name: own for own in entry.fields}
        found = list(entry.found)
        seen = {entry.key.lower()}
        waiting = self._parents(entry)
        while waiting:
            name = waiting.pop(0).lower()
            if name in seen:
                continue
            seen.add(name)
            parent = by_key.get(name)
            if parent is None:
                at = entry.get("crossref") or entry.get("xref") or entry.get("xdata")
                place = at.place if at else entry.place
                message = f"there is no entry “{shown(name)}” to take fields from"
                found.append(finding(place, "value-unread", message, "Add the entry, or fill in what is missing."))
                continue
            whole = parent.type == "xdata"
            for own in parent.fields:
                if whole or own.name in _INHERITED:
                    fields.setdefault(own.name, replace(own, inherited=True))
            title = parent.get("title")
            if title and not whole and entry.type not in {"article", "book"}:
                fields.setdefault("booktitle", replace(title, name="booktitle", inherited=True))
            waiting += self._parents(parent)
        return replace(entry, fields=tuple(fields.values()), found=tuple(found))


_LONGEST = 100_000
"""A value after which more than this follows is not looked into for missing commas."""


def _after_space(text: str, position: int) -> int:
    space = re.compile(r"\s*").match(text, position)
    return space.end() if space else position


def _end_of_quoted(text: str, start: int) -> int:
    """Return where the brace or quotation mark is closed that opens at `start`."""
    closing = "}" if text[start] == "{" else '"'
    depth = 0
    for mark in re.compile(r'\\[\s\S]|[{}"]').finditer(text, start + 1):
        if mark[0] == closing and depth == 0:
            return mark.start()
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        depth = max(depth, 0)
    return len(text)
