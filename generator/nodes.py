"""YAML text → a tree of nodes with positions, every scalar as the text that was written.

No value is typed here, so that `1506.03130` keeps its zero and `no` stays a word. The tree is
built from the events of libyaml's parser, on which depth, anchors and tags are checked before
anything could grow.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from generator.diagnostics import Diagnostic, Mend, Place, finding
from generator.quoting import is_plain, quoted
from generator.source import SourceFile

MAX_DEPTH = 20
"""Real records are at most six deep. Stopping here on the parser's events also keeps a file of ten
thousand brackets from costing time and stack."""

_FORBIDDEN = re.compile("[^\\t\\n\\r\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What YAML 1.2 (section 5.1) does not count among the printable characters."""

QUOTE_HINT = "Put the value in quotes if it holds “: ” or “ #”, or begins with [ { @ ` % & * ! | > ' \" or -."


@dataclass(slots=True)
class Scalar:
    """Text.

    Attributes:
        text: The value.
        start: Index of its first character in the file.
        end: Index after its last character.
        style: `""` plain, `'`, `"`, `|` or `>`.
    """

    text: str
    start: int
    end: int
    style: str


@dataclass(slots=True)
class Sequence:
    """A list."""

    items: list[Node]
    start: int
    end: int = 0


@dataclass(slots=True)
class Mapping:
    """Keys and values in the order of the file, each key once."""

    entries: dict[str, tuple[Scalar, Node]]
    start: int
    end: int = 0


Node = Scalar | Sequence | Mapping
Plain = str | list["Plain"] | dict[str, "Plain"]


def replaced(scalar: Scalar, text: str) -> Mend | None:
    """Return the mend that gives a scalar another text, quoted as it was; none for a text of several lines."""
    if scalar.style in {"|", ">"}:
        return None
    if not scalar.style and is_plain(text, flow=True):
        return Mend(scalar.start, scalar.end, text)
    return Mend(scalar.start, scalar.end, f"'{text}'" if scalar.style == "'" and "'" not in text else quoted(text))


def plain(node: Node) -> Plain:
    """Return the node as dictionaries, lists and strings."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {name: plain(value) for name, (_, value) in node.entries.items()}


def scalars(node: Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Scalar]]:
    """Yield the scalars of a tree, keys aside, each with the way to it."""
    match node:
        case Scalar():
            yield path, node
        case Sequence():
            for position, item in enumerate(node.items):
                yield from scalars(item, (*path, position))
        case Mapping():
            for name, (_, value) in node.entries.items():
                yield from scalars(value, (*path, name))


class Tree:
    """A file that holds a tree of nodes, and how to find places in it.

    Args:
        file: The file.
        parsed: Its root node and where its lines start; without them it is parsed when one first asks for them.
    """

    __slots__ = ("_parsed", "file")

    def __init__(self, file: SourceFile, parsed: tuple[Node, list[int]] | None = None) -> None:
        self.file = file
        self._parsed = parsed

    @property
    def root(self) -> Node:
        """The node that everything is in."""
        return self._known()[0]

    def _known(self) -> tuple[Node, list[int]]:
        if self._parsed is None:
            self._parsed = _parsed(self.file)
        return self._parsed

    def place(self, index: int) -> Place:
        """Return the place of a character by its index in the file."""
        return _place(self.file.path, self._known()[1], index)

    def value_place(self, *path: str | int) -> Place:
        """Return where the value at a path begins: that of the deepest node that exists."""
        return self.place(self.node(*path).start)

    def key_place(self, *path: str | int) -> Place:
        """Return where the last key of a path stands; the value's place where it is no key."""
        *parents, last = path
        node = self.node(*parents)
        if isinstance(node, Mapping) and last in node.entries:
            return self.place(node.entries[str(last)][0].start)
        return self.value_place(*path)

    def text_place(self, offset: int, length: int, *path: str | int) -> Place:
        """Return where a stretch of a scalar's text stands in the file.

        The stretch must hold no white space, so that folding leaves it whole; it is found again
        by counting its occurrences. Where an escape sequence hides it, the scalar's start serves.

        Args:
            offset: Where the stretch begins in the scalar's text.
            length: Its length in characters.
            path: The path of the scalar.
        """
        node = self.node(*path)
        if not isinstance(node, Scalar):
            return self.place(node.start)
        stretch = node.text[offset : offset + length]
        ordinal = bisect.bisect_left(_occurrences(node.text, stretch), offset)
        written = _occurrences(self.file.text[node.start : node.end], stretch)
        return self.place(node.start + (written[ordinal] if ordinal < len(written) else 0))

    def node(self, *path: str | int) -> Node:
        """Return the node at a path; steps that lead nowhere are passed over."""
        node = self.root
        for step in path:
            if isinstance(node, Mapping) and step in node.entries:
                node = node.entries[str(step)][1]
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
        return node


@lru_cache(maxsize=64)
def _occurrences(text: str, part: str) -> list[int]:
    """Return where a part begins in a text; a text that cites much is asked for the same again and again."""
    found = []
    position = text.find(part)
    while part and position >= 0:
        found.append(position)
        position = text.find(part, position + 1)
    return found


def _line_starts(text: str) -> list[int]:
    starts = [0]
    position = text.find("\n")
    while position >= 0:
        starts.append(position + 1)
        position = text.find("\n", position + 1)
    return starts


def _place(path: str, starts: list[int], index: int) -> Place:
    line = bisect.bisect_right(starts, index)
    return Place(path, line, index - starts[line - 1] + 1)


def _parsed(file: SourceFile) -> tuple[Node, list[int]]:
    """Parse a file that was a tree before."""
    root = _Builder(file, starts := _line_starts(file.text)).build()
    if root is None:
        raise AssertionError("it holds something")
    return root, starts


def parse(file: SourceFile) -> tuple[Tree | None, list[Diagnostic]]:
    """Parse a YAML file.

    Args:
        file: The file.

    Returns:
        The tree, or `None` where the file is not YAML or holds nothing, and the findings.
    """
    starts = _line_starts(file.text)
    odd = _FORBIDDEN.search(file.text)
    if odd is not None:
        message = f"the character U+{ord(odd[0]):04X} is not allowed"
        return None, [finding(_place(file.path, starts, odd.start()), "control-character", message, "Delete it.")]
    builder = _Builder(file, starts)
    try:
        root = builder.build()
    except yaml.MarkedYAMLError as problem:
        return None, [*builder.diagnostics, _syntax_finding(file, starts, problem)]
    except _Refused:
        return None, builder.diagnostics
    if root is None:
        builder.report(0, "empty-file", "the file holds nothing", "Write the record, or delete the file.")
        return None, builder.diagnostics
    return Tree(file, (root, starts)), builder.diagnostics


def _index(mark: Any) -> int:
    return int(mark.index)


class _Refused(Exception):  # noqa: N818 - not an error of ours: the finding is already noted
    """The rest of the file is not read."""


class _Builder:
    """Builds the tree of one file from parser events."""

    def __init__(self, file: SourceFile, starts: list[int]) -> None:
        self.file = file
        self.starts = starts
        self.diagnostics: list[Diagnostic] = []

    def report(self, index: int, code: str, message: str, hint: str) -> None:
        self.diagnostics.append(finding(_place(self.file.path, self.starts, index), code, message, hint))

    def build(self) -> Node | None:
        events = yaml.parse(self.file.text, Loader=yaml.CSafeLoader)
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    hint = "Put each record into a file of its own."
                    self.report(_index(event.start_mark), "several-documents", "a second document begins here", hint)
                    raise _Refused
            elif isinstance(event, NodeEvent):
                root = self._node(event, events, 1)
        if isinstance(root, Scalar) and not root.text and not root.style:
            return None
        return root

    def _node(self, event: Event, events: Iterator[Event], depth: int) -> Node:
        start = _index(event.start_mark)
        if depth > MAX_DEPTH:
            message = f"values are nested more than {MAX_DEPTH} deep"
            self.report(start, "nesting-too-deep", message, "Close the brackets, or write it flatter.")
            raise _Refused
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None:
            sign = "*" if isinstance(event, AliasEvent) else "&"
            message = f"“{sign}{anchor}” is an anchor or alias"
            self.report(start, "anchor", message, "Write the value out, or quote it.")
        if tag is not None and tag != "!":
            self.report(start, "yaml-tag", f"“{tag}” is a YAML tag", "Leave it out, or quote the value.")
        match event:
            case ScalarEvent():
                return Scalar(event.value, start, _index(event.end_mark), event.style or "")
            case SequenceStartEvent():
                return self._sequence(start, events, depth)
            case MappingStartEvent():
                return self._mapping(start, events, depth)
            case _:
                return Scalar("", start, _index(event.end_mark), "")

    def _sequence(self, start: int, events: Iterator[Event], depth: int) -> Sequence:
        items: list[Node] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                return Sequence(items, start, _index(event.end_mark))
            items.append(self._node(event, events, depth + 1))
        raise AssertionError("libyaml closes what it opens")

    def _mapping(self, start: int, events: Iterator[Event], depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                return Mapping(entries, start, _index(event.end_mark))
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self.report(key.start, "wrong-type", "a key is text on one line", QUOTE_HINT)
            elif key.text == "<<" and not key.style:
                self.report(key.start, "anchor", "“<<” merges another mapping", "Write the keys out.")
            elif key.text in entries:
                first = _place(self.file.path, self.starts, entries[key.text][0].start).line
                message = f"“{key.text}” stands here again, first on line {first}"
                self.report(key.start, "repeated-key", message, "Keep one of the two.")
            else:
                entries[key.text] = (key, value)
        raise AssertionError("libyaml closes what it opens")


def _syntax_finding(file: SourceFile, starts: list[int], problem: yaml.MarkedYAMLError) -> Diagnostic:
    unfinished = problem.problem == "found unexpected end of stream"
    mark = problem.context_mark if unfinished and problem.context_mark else problem.problem_mark
    index = min(mark.index, len(file.text)) if mark is not None else 0
    place = _place(file.path, starts, index)
    line = file.text[starts[place.line - 1] :].partition("\n")[0]
    if "\t" in line[: len(line) - len(line.lstrip())]:
        column = line.index("\t") + 1
        return finding(Place(file.path, place.line, column), "tab", "a tab indents this line", "Indent with spaces.")
    return finding(place, "yaml-syntax", f"this is not YAML: {problem.problem}", QUOTE_HINT)
