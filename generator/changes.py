"""What became of records since a former state of the survey, for a person who reviews it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from generator import nodes
from generator.layout import Kind, identify
from generator.markup import element, inert
from generator.nodes import Node, Scalar, Sequence
from generator.source import SourceFile

LONGEST = 2_000
"""How many characters of a value are shown."""

MOST = 500_000
"""How many characters a report has at most; a forge takes a million bytes."""

Fields = Mapping[str, str]
"""What a record says: each key, and its value in words."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a record.

    Attributes:
        key: Its key, now or at last.
        former: The key that it had, where that was another.
        before: What it said; `None` where there was none.
        now: What it says; `None` where there is none.
        unread: Whether it cannot be read now.
    """

    key: str
    former: str | None = None
    before: Fields | None = None
    now: Fields | None = None
    unread: bool = False

    @property
    def verb(self) -> str:
        """What happened, in a word."""
        if self.former:
            return "renamed"
        if self.before is None:
            return "new"
        return "changed" if self.now is not None or self.unread else "removed"


def changes(before: Iterable[SourceFile], now: Iterable[SourceFile]) -> list[Change]:
    """Compare the paper records of two states.

    Args:
        before: Content files of the former state.
        now: Those of today.

    Returns:
        Records that are new, changed, renamed or removed, by key.
    """
    then, today = dict(_records(before)), dict(_records(now))
    renamed = {old: key for key, file in today.items() for old in _aliases(file) if old in then and old not in today}
    came_from = {key: old for old, key in renamed.items() if key not in then}
    found = []
    for key, file in today.items():
        former = came_from.get(key)
        was = then.get(former or key)
        if was is not None and was.text == file.text and not former:
            continue
        old, new = _fields(was) if was else None, _fields(file)
        if old != new or former:
            found.append(Change(key, former, old, new, unread=new is None))
    gone = (key for key in then if key not in today and renamed.get(key) not in came_from)
    found += [Change(key, before=_fields(then[key]) or {}) for key in gone]
    return sorted(found, key=lambda change: change.key)


def _records(files: Iterable[SourceFile]) -> Iterator[tuple[str, SourceFile]]:
    for file in files:
        kind, name = identify(file.parts) or (None, "")
        if kind is Kind.PAPER:
            yield name, file


def _aliases(file: SourceFile) -> list[str]:
    fields = _values(file) or {}
    given = fields.get("aliases")
    return [one.text for one in given.items if isinstance(one, Scalar)] if isinstance(given, Sequence) else []


def _values(file: SourceFile) -> dict[str, Node] | None:
    tree, _ = nodes.parse(file)
    if tree is None or not isinstance(tree.root, nodes.Mapping):
        return None
    return {name: value for name, (_, value) in tree.root.entries.items()}


def _fields(file: SourceFile) -> Fields | None:
    values = _values(file)
    return None if values is None else {name: _words(value) for name, value in values.items()}


def _words(node: Node) -> str:
    """Write a value as a person reads it: a line an item."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return "\n".join(" ".join(_words(item).split()) for item in node.items)
        case nodes.Mapping():
            return "\n".join(f"{name}: {' '.join(_words(value).split())}" for name, (_, value) in node.entries.items())


def as_markdown(found: Iterable[Change]) -> str:
    """Write changes as Markdown whose texts are no markup to whoever shows it.

    Args:
        found: The changes.
    """
    listed = list(found)
    counts = {verb: sum(one.verb == verb for one in listed) for verb in ("new", "changed", "renamed", "removed")}
    told = ", ".join(f"{count} {verb}" for verb, count in counts.items() if count)
    lines = ["## Records", "", f"{told}." if told else "No record changes.", ""]
    size = 0
    for position, change in enumerate(listed):
        block = "\n".join(_block(change))
        size += len(block)
        if size > MOST:
            lines += [f"{len(listed) - position} more are not shown here.", ""]
            break
        lines += [block, ""]
    return "\n".join(lines)


def _block(change: Change) -> Iterator[str]:
    name = element("code", change.key)
    if change.former:
        name = element("code", change.former) + Markup(" → ") + name
    yield f"### {change.verb.capitalize()}: {name}"
    yield ""
    if change.unread:
        yield "The file cannot be read now; the check says why."
        return
    before, now = change.before or {}, change.now or {}
    columns = {"new": ("now",), "removed": ("before",)}.get(change.verb, ("before", "now"))
    differing = [field for field in dict.fromkeys([*now, *before]) if before.get(field) != now.get(field)]
    if not differing:
        yield "What it says is the same."
        return
    heads = Markup().join(element("th", head) for head in ("", *columns))
    yield f"<table><thead>{element('tr', heads)}</thead><tbody>"
    for field in differing:
        cells = [element("th", element("code", field))]
        cells += [element("td", _shown((before if column == "before" else now).get(field))) for column in columns]
        yield element("tr", Markup().join(cells))
    yield "</tbody></table>"


def _shown(value: str | None) -> Markup:
    """Write a value in a cell, where neither Markdown nor a mention of somebody comes to life."""
    if value is None:
        return Markup("—")
    lines = value[:LONGEST].rstrip("\n").split("\n")
    shown = Markup("<br>").join(element("code", line) if line else Markup() for line in lines)
    more = len(value) - LONGEST
    return shown + inert(f" … and {more} characters more") if more > 0 else shown
