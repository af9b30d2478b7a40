"""Trees of nodes → typed records, with every finding at its place.

The model validates; this module turns what it objects to into diagnostics. A record with a fault
is still decoded as far as it goes, so that faults of other kinds are found in the same run.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from generator import nodes, slips
from generator.codes import CODES
from generator.diagnostics import Diagnostic, Mend, Place, finding, same_word, suggestion
from generator.layout import Kind, identify
from generator.memory import Memory
from generator.model import Considered, Entry, GroupFile, GroupingFile, PaperRecord, SurveyFile, Venue
from generator.nodes import Tree
from generator.sound import sound
from generator.source import CITATION_FILE, SourceFile
from generator.values import KEY_PATTERN, MAX_PROSE, Key, Line

T = TypeVar("T", bound=Entry)
Path = tuple[str | int, ...]

RESERVED_KEYS = ("index",)

_NAME_HINT = "Use letters, digits, “-” and “_”, and begin with a letter or digit."


@dataclass(frozen=True, slots=True)
class Document(Generic[T]):
    """A decoded entry and where it stands: a whole file, or the part of one below `path`."""

    value: T
    tree: Tree
    path: Path = ()
    faulty: frozenset[str] = frozenset()
    """Fields in which something was left out or stands in for what is missing."""

    @property
    def file(self) -> str:
        """The file's path relative to the survey's root."""
        return self.tree.file.path

    def has(self, name: str) -> bool:
        """Say whether the file has a field, even with a faulty value."""
        if not self.faulty:
            return name in self.value.model_fields_set
        own = self.tree.node(*self.path)
        return isinstance(own, nodes.Mapping) and name in own.entries

    def sound(self, *names: str) -> bool:
        """Say whether fields hold what the file says."""
        return self.faulty.isdisjoint(names)

    def names(self, name: str) -> set[str]:
        """Return the keys of a field's mapping as the file has them, even those of faulty values."""
        node = self.tree.node(*self.path, name) if self.has(name) else None
        return set(node.entries) if isinstance(node, nodes.Mapping) else set()

    def at(self, *path: str | int) -> Place:
        """Return where a value begins."""
        return self.tree.value_place(*self.path, *path)

    def at_key(self, *path: str | int) -> Place:
        """Return where a key stands."""
        return self.tree.key_place(*self.path, *path)

    def within(self, offset: int, length: int, *path: str | int) -> Place:
        """Return where a stretch of a value's text stands in the file."""
        return self.tree.text_place(offset, length, *self.path, *path)


@dataclass(frozen=True, slots=True)
class PageDocument:
    """A hand-written page: its title, and its body from `start` (an index in the file) on."""

    title: str
    body: str
    file: SourceFile
    start: int

    def within(self, offset: int) -> Place:
        """Return where a character of the body stands in the file."""
        before = self.file.text[: self.start + offset]
        return Place(self.file.path, before.count("\n") + 1, len(before) - before.rfind("\n"))


@dataclass(slots=True)
class Content:
    """Everything below `content/`, decoded file by file; references are not yet followed.

    The sets of names hold what exists, whether or not it could be decoded, so that a broken
    record does not make its mentions look wrong as well. A set that is `None` could not be read
    at all.
    """

    survey: Document[SurveyFile] | None = None
    papers: dict[str, Document[PaperRecord]] = field(default_factory=dict)
    venues: dict[str, Document[Venue]] = field(default_factory=dict)
    groupings: dict[str, Document[GroupingFile]] = field(default_factory=dict)
    groups: dict[str, Document[GroupFile]] = field(default_factory=dict)
    considered: dict[str, Document[Considered]] = field(default_factory=dict)
    retired: dict[str, str] = field(default_factory=dict)
    retired_places: dict[str, Place] = field(default_factory=dict)
    retired_names: set[str] | None = field(default_factory=set)
    pages: dict[str, PageDocument] = field(default_factory=dict)
    trees: list[tuple[Tree, Kind]] = field(default_factory=list)
    odd: list[tuple[Tree, Kind]] = field(default_factory=list)
    """The trees in whose files there may be something to find in how text is written."""
    sound: dict[str, tuple[Kind, str, Document[Any]]] = field(default_factory=dict)
    """By the paths of files with which all is well: kind, name and what they hold."""
    citation_file: SourceFile | None = None
    paper_names: set[str] = field(default_factory=set)
    group_names: set[str] = field(default_factory=set)
    grouping_names: set[str] = field(default_factory=set)
    venue_names: set[str] | None = field(default_factory=set)
    tag_names: set[str] | None = None
    attribute_names: set[str] | None = None

    def documents(self) -> Iterator[Document[Any]]:
        """Yield every decoded entry."""
        if self.survey is not None:
            yield self.survey
        for entries in (self.venues, self.considered, self.groupings, self.groups, self.papers):
            yield from entries.values()


def decode(
    files: Iterable[SourceFile], memory: Memory | None = None, before: Content | None = None
) -> tuple[Content, list[Diagnostic]]:
    """Decode all content files.

    Args:
        files: What `source.read` returned.
        memory: Knows what files say that were read before.
        before: Files as they were decoded before; those that have not changed are taken over.

    Returns:
        The content as far as it can be understood, and the findings.
    """
    files, content, memory = list(files), Content(), memory or Memory()
    diagnostics: list[Diagnostic] = []
    known = before.sound if before is not None else {}
    memory.learn(sound, filter(None, map(_many, files)))
    for file in files:
        if file.path not in known or not _taken_over(content, known[file.path], file):
            diagnostics += _decode_file(content, file, memory)
    return content, diagnostics


_MODELS: dict[Kind, type[Entry]] = {Kind.PAPER: PaperRecord, Kind.GROUPING: GroupingFile, Kind.GROUP: GroupFile}
"""The kinds of files of which there are many."""


def _many(file: SourceFile) -> tuple[str, str] | None:
    """Return kind and text of a file of which there are many."""
    identified = identify(file.parts)
    return (identified[0], file.text) if identified and identified[0] in _MODELS else None


def _decode_file(content: Content, file: SourceFile, memory: Memory) -> list[Diagnostic]:
    if file.path == CITATION_FILE:
        content.citation_file = file  # it has a format of its own
        return []
    identified = identify(file.parts)
    if identified is None:
        return _stray(file)
    kind, name = identified
    if kind is Kind.PAGE:
        return _page(content, name, file)
    found = _note_name(content, kind, name, file)
    if kind in _MODELS and _decode_sound(content, kind, name, file, memory):
        return found
    tree, mistakes = nodes.parse(file)
    if tree is None:
        return found + [slips.with_mend(file, mistake) for mistake in mistakes]
    content.trees.append((tree, kind))
    content.odd.append((tree, kind))
    # An alias stands for a value that is not looked up: that it is missing says nothing new.
    refused = {mistake.place for mistake in mistakes if mistake.code == "anchor"}
    decoded = _decode_tree(content, kind, name, tree)
    return found + mistakes + [mistake for mistake in decoded if mistake.place not in refused]


def _decode_sound(content: Content, kind: Kind, name: str, file: SourceFile, memory: Memory) -> bool:
    """Decode a file with which all is well; say whether it is one. Its tree is built if somebody asks for it."""
    data = memory.recall(sound, kind, file.text)
    if not isinstance(data, dict):
        return False
    try:
        value = _MODELS[kind].model_validate(data)
    except ValidationError:
        return False
    tree = Tree(file)
    content.trees.append((tree, kind))
    if all(re.fullmatch(KEY_PATTERN, part) for part in name.split("/")):
        document = _target(content, kind)[name] = Document(value, tree)
        content.sound[file.path] = kind, name, document
    return True


def _taken_over(content: Content, former: tuple[Kind, str, Document[Any]], file: SourceFile) -> bool:
    """Take over what a file holds if it has not changed; say whether it has not."""
    kind, name, document = former
    if document.tree.file != file or name.rpartition("/")[2].lower() in RESERVED_KEYS:
        return False
    _note_name(content, kind, name, file)
    _target(content, kind)[name] = document
    content.trees.append((document.tree, kind))
    content.sound[file.path] = former
    return True


def _target(content: Content, kind: Kind) -> dict[str, Document[Any]]:
    targets: dict[Kind, dict[str, Document[Any]]]
    targets = {Kind.PAPER: content.papers, Kind.GROUPING: content.groupings, Kind.GROUP: content.groups}
    return targets[kind]


def _stray(file: SourceFile) -> list[Diagnostic]:
    if not file.path.endswith(".yaml"):
        return []
    hint = "Records stand in content/papers/, groups in content/groupings/GROUPING/."
    return [finding(Place(file.path), "stray-file", "nothing reads this file", hint)]


def _decode_tree(content: Content, kind: Kind, name: str, tree: Tree) -> list[Diagnostic]:
    match kind:
        case Kind.SURVEY:
            content.survey, found = _entry(SurveyFile, tree, ())
            if content.survey is not None:
                content.tag_names = content.survey.names("tags")
                content.attribute_names = content.survey.names("attributes")
        case Kind.VENUES:
            content.venue_names, found = _entries(content.venues, Venue, tree)
        case Kind.CONSIDERED:
            _, found = _entries(content.considered, Considered, tree)
        case Kind.RETIRED:
            found = _retired(content, tree)
        case _:
            found = _keyed(_target(content, kind), name, _MODELS[kind], tree)
    return found


def _note_name(content: Content, kind: Kind, name: str, file: SourceFile) -> list[Diagnostic]:
    """Note that a file of this name exists, and check the name itself."""
    names = {
        Kind.PAPER: content.paper_names,
        Kind.GROUPING: content.grouping_names,
        Kind.GROUP: content.group_names,
    }.get(kind)
    if names is None:
        if kind is Kind.VENUES:
            content.venue_names = None
        elif kind is Kind.RETIRED:
            content.retired_names = None
        return []
    names.add(name)
    last = name.rpartition("/")[2]
    if last.lower() in RESERVED_KEYS:
        return [finding(Place(file.path), "reserved-name", f"“{last}” is a reserved name", "Choose another name.")]
    return [
        finding(Place(file.path), "malformed-key", f"the name “{part}” is not a key", _NAME_HINT)
        for part in name.split("/")
        if re.fullmatch(KEY_PATTERN, part) is None
    ]


def _keyed(target: dict[str, Document[T]], key: str, model: type[T], tree: Tree) -> list[Diagnostic]:
    """Decode a file whose name is its key."""
    document, found = _entry(model, tree, ())
    if document is not None and all(re.fullmatch(KEY_PATTERN, part) for part in key.split("/")):
        target[key] = document
    return found


def _entries(target: dict[str, Document[T]], model: type[T], tree: Tree) -> tuple[set[str] | None, list[Diagnostic]]:
    """Decode a file that maps keys to entries; return the keys, if they could be read."""
    if not isinstance(tree.root, nodes.Mapping):
        return None, [_not_a_mapping(tree)]
    diagnostics: list[Diagnostic] = []
    for key in tree.root.entries:
        if re.fullmatch(KEY_PATTERN, key) is None:
            hint = "Use letters, digits, “-” and “_” only, 150 at most."
            diagnostics.append(finding(tree.key_place(key), "malformed-key", f"“{key}” is not a key", hint))
        document, found = _entry(model, tree, (key,))
        diagnostics += found
        if document is not None:
            target[key] = document
    return set(tree.root.entries), diagnostics


def _retired(content: Content, tree: Tree) -> list[Diagnostic]:
    content.retired_names = set(tree.root.entries) if isinstance(tree.root, nodes.Mapping) else None
    try:
        content.retired = TypeAdapter(dict[Key, Line]).validate_python(nodes.plain(tree.root))
    except ValidationError as problem:
        return [_explain(Entry, tree, (), details) for details in problem.errors(include_url=False)]
    content.retired_places = {key: tree.key_place(key) for key in content.retired}
    return []


def _page(content: Content, path: str, file: SourceFile) -> list[Diagnostic]:
    heading = re.match(r"\s*# +?(?P<title>[^\n]*?)(?: +#+)? *(?:\r?\n|\Z)", file.text)
    if heading is None or not heading["title"].strip():
        return [finding(Place(file.path), "missing-title", "the page has no title", "Begin it with “# Title”.")]
    odd = [part for part in path.split("/") if re.fullmatch(KEY_PATTERN, part) is None]
    if odd:
        return [finding(Place(file.path), "malformed-key", f"the name “{odd[0]}” is not a key", _NAME_HINT)]
    if len(file.text) > MAX_PROSE:
        message = f"the page has {len(file.text)} characters; a text has at most {MAX_PROSE}"
        return [finding(Place(file.path), "too-large", message, "Split it into several pages.")]
    content.pages[path] = PageDocument(heading["title"].strip(), file.text[heading.end() :], file, heading.end())
    return []


def _entry(model: type[T], tree: Tree, path: Path) -> tuple[Document[T] | None, list[Diagnostic]]:
    """Decode the mapping at a path, leaving out what is at fault."""
    node = tree.node(*path)
    data = nodes.plain(node)
    if not isinstance(data, dict):
        return None, [_not_a_mapping(tree, *path)]
    try:
        return Document(model.model_validate(data), tree, path), []
    except ValidationError as problem:
        details = _deepest(problem.errors(include_url=False))
    found = [_explain(model, tree, path, detail) for detail in details]
    faulty = frozenset(str(detail["loc"][0]) for detail in details if detail["loc"])
    for parts in (2, 1):
        try:
            value = model.model_validate(model.stand_in | _without(data, [detail["loc"][:parts] for detail in details]))
        except ValidationError:
            continue
        return Document(value, tree, path, faulty), found
    return None, found


def _without(data: dict[str, nodes.Plain], faulty: Iterable[tuple[int | str, ...]]) -> dict[str, nodes.Plain]:
    """Leave out faulty values: a mapping's entry alone, a list whole, so that positions stay true."""
    sound = dict(data)
    for loc in faulty:
        name, inner = str(loc[0]) if loc else "", sound.get(str(loc[0])) if loc else None
        if len(loc) > 1 and isinstance(inner, dict):
            sound[name] = {key: value for key, value in inner.items() if key != loc[1]}
        else:
            sound.pop(name, None)
    return sound


def _not_a_mapping(tree: Tree, *path: str | int) -> Diagnostic:
    hint = "Write “key: value” lines."
    return finding(tree.value_place(*path), "wrong-type", "a mapping is expected here", hint)


def _deepest(details: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out what only follows from a fault further in (a list that is short of a bad item)."""
    outer = {detail["loc"][:end] for detail in details for end in range(1, len(detail["loc"]))}
    return [detail for detail in details if detail["loc"] not in outer]


_EXPECTED = {
    "string": ("text is expected here", "Write it on one line, in quotes if in doubt."),
    "tuple": ("a list is expected here", "Write each item on a line of its own after “- ”, or all in [ ]."),
    "list": ("a list is expected here", "Write each item on a line of its own after “- ”, or all in [ ]."),
    "dict": ("a mapping is expected here", "Write “key: value” lines."),
    "model": ("a mapping is expected here", "Write “key: value” lines."),
    "int": ("a whole number is expected here", "Write digits only."),
}
_OUT_OF_RANGE = {"greater_than_equal": "at least {ge}", "less_than_equal": "at most {le}"}


def _explain(model: type[Entry], tree: Tree, path: Path, details: ErrorDetails) -> Diagnostic:
    """Turn one objection of the model into a diagnostic."""
    kind, loc, context = details["type"], (*path, *details["loc"]), details.get("ctx", {})
    if kind == "extra_forbidden":
        fields = _fields_at(model, details["loc"][:-1])
        message = f"“{loc[-1]}” is not a key of the content format here"
        hint, mend = suggestion(str(loc[-1]), fields), _key_mend(tree, loc, fields)
        return finding(tree.key_place(*loc), "unknown-key", message, hint, mend)
    if kind == "missing":
        hint = f"Add a line “{loc[-1]}: …”."
        return finding(tree.value_place(*loc[:-1]), "missing-field", f"“{loc[-1]}” is missing", hint)
    place = tree.key_place(*loc[:-1]) if loc and loc[-1] == "[key]" else tree.value_place(*loc)
    if details["input"] in ("", [], ()) or kind == "too_short":
        return finding(place, "empty-value", "this value is empty", "Write the value, or leave the key out.")
    if kind in CODES:
        mend = _value_mend(tree, loc, details["input"], context["meant"])
        return finding(place, kind, str(context["text"]), str(context["hint"]), mend)
    if kind in {"enum", "literal_error"}:
        choices = re.findall(r"'([^']*)'|(?<![\w'])(\d+)", str(context["expected"]))
        names = [word or number for word, number in choices]
        if not isinstance(details["input"], str):
            return finding(
                place, "wrong-type", "a word is expected here", f"Choose one of: {', '.join(sorted(names))}."
            )
        return finding(
            place,
            "unknown-value",
            f"“{_shown(details['input'])}” is not a value of “{loc[-1]}”",
            suggestion(str(details["input"]), names),
            _value_mend(tree, loc, details["input"], same_word(str(details["input"]), names)),
        )
    if kind in _OUT_OF_RANGE:
        bound = _OUT_OF_RANGE[kind].format(**context)
        return finding(place, "out-of-range", f"{_shown(details['input'])} is out of range", f"The number is {bound}.")
    message, hint = _EXPECTED[kind.partition("_")[0]]
    return finding(place, "wrong-type", message, hint)


def _value_mend(tree: Tree, loc: Path, written: object, meant: str | None) -> Mend | None:
    """Return the mend that writes what was meant, where that is known and stands in one place."""
    node = tree.node(*loc)
    if meant is None or not isinstance(node, nodes.Scalar) or node.text != written:
        return None
    return nodes.replaced(node, meant)


def _key_mend(tree: Tree, loc: Path, fields: Iterable[str]) -> Mend | None:
    """Return the mend that writes a key as the format does, where it differs by case or hyphens only."""
    written, around = str(loc[-1]), tree.node(*loc[:-1])
    meant = same_word(written, fields)
    if meant is None or not isinstance(around, nodes.Mapping) or same_word(meant, around.entries) != written:
        return None  # or there are several keys that would be this one
    key, _ = around.entries[written]
    return nodes.replaced(key, meant)


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004 - as wide as a terminal line allows


def _fields_at(model: type[Entry], loc: Sequence[str | int]) -> list[str]:
    """Return the keys that a mapping at this place may have."""
    current: Any = model
    for step in loc:
        entry = _entry_type(current)
        current = entry.model_fields[step].annotation if entry is not None and step in entry.model_fields else current
    found = _entry_type(current)
    return list(found.model_fields) if found is not None else []


def _entry_type(annotation: Any) -> type[Entry] | None:
    """Return the model in an annotation such as `tuple[Author, ...]` or `Review | None`."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation if issubclass(annotation, Entry) else None
    return next(filter(None, map(_entry_type, typing.get_args(annotation))), None)
