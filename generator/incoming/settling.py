"""What another survey says of a paper → what this one can hold: its groups, attributes, papers and words are other ones.

The survey is checked as it would be, in memory. What the check refuses in a field that came in is taken out, and told
in the words of the check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator import nodes
from generator.checks.prose import citations
from generator.checks.records import descending_pages
from generator.checks.relations import consistent_relations
from generator.checks.rule import Checked
from generator.codes import Severity
from generator.decode import Content, decode
from generator.diagnostics import Diagnostic, Place, finding
from generator.incoming.ledger import Draft
from generator.incoming.update import as_yaml, with_fields
from generator.layout import Kind
from generator.model import AttributeType
from generator.nodes import Tree
from generator.resolve import resolve
from generator.source import SourceFile
from generator.survey import Survey

_WORDS = ("summary", "contributions")
"""Fields whose text cites papers."""
_ROUNDS = 4
"""What depends on what was taken out is found in the next round."""


@dataclass(slots=True)
class _File:
    data: dict[str, Any]
    drafts: list[Draft]


@dataclass(slots=True)
class Settling:
    """The files that an import of another survey's papers makes or fills.

    Attributes:
        content: The survey's files.
        survey: The survey resolved from them.
    """

    content: Content
    survey: Survey
    files: dict[str, _File] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def add(self, path: str, data: dict[str, Any], drafted: Draft) -> None:
        """Note a file.

        Args:
            path: Where it stands.
            data: What it gets, which is changed in place.
            drafted: The draft that this comes from.
        """
        self.files.setdefault(path, _File(data, [])).drafts.append(drafted)

    def called(self, there: str, here: str) -> None:
        """Note what a paper of the other survey is called here."""
        if there and there != here:
            self.keys[there] = here

    def without_known(self, key: str, drafted: Draft) -> None:
        """Take out of a draft the groups that the paper stands in already, whichever file says so."""
        own = {placement.group for placement in self.survey.papers[key].placements}
        groups = drafted.data.get("groups", ())
        left = [one for one in groups if (one["group"] if isinstance(one, dict) else one) not in own]
        _put(drafted.data, "groups", left)

    def settle(self, venues: Mapping[str, str]) -> Iterator[Diagnostic]:
        """Take out what the survey cannot hold.

        Args:
            venues: The file of venues with those that come in, by its path, if there are any.

        Yields:
            What was taken out and why.
        """
        if not self.files:
            return
        for file in self.files.values():
            self._renamed(file.data)
            self._split(file.data)
        for _ in range(_ROUNDS):
            taken = list(self._round(venues))
            yield from taken
            if not taken:
                return

    def _renamed(self, data: dict[str, Any]) -> None:
        """Call papers as they are called here."""
        for relation in data.get("relations", ()):
            relation["paper"] = self.keys.get(relation.get("paper", ""), relation.get("paper", ""))
        if not self.keys:
            return
        cited = re.compile(rf"(?<![\w@])@({'|'.join(map(re.escape, self.keys))})(?![\w-])")
        for name in _WORDS:
            if name in data:
                data[name] = _replaced(cited, self.keys, data[name])

    def _split(self, data: dict[str, Any]) -> None:
        """Make lists of several choices that stand in one cell."""
        for name, value in data.get("attributes", {}).items():
            declared = self.survey.record.attributes.get(name)
            if declared and declared.type is AttributeType.CHOICES and isinstance(value, str) and ";" in value:
                data["attributes"][name] = [part.strip() for part in value.split(";")]

    def _round(self, venues: Mapping[str, str]) -> Iterator[Diagnostic]:
        content, found = decode(SourceFile(path, text) for path, text in (self._texts() | dict(venues)).items())
        survey, dangling = resolve(content)
        checked = Checked(content, survey)
        found += [*dangling, *citations(checked), *consistent_relations(checked), *descending_pages(checked)]
        trees = {tree.file.path: tree for tree, _ in content.trees}
        wrong: dict[tuple[str, str, str | int | None], Diagnostic] = {}
        for own in found:
            file = self.files.get(own.place.file)
            if file is None or own.severity is not Severity.ERROR:
                continue
            where = _field_at(trees[own.place.file], own.place)
            if where is not None and where[0] in file.data:
                wrong.setdefault((own.place.file, *where), own)
        for (path, name, part), own in sorted(wrong.items(), key=lambda item: str(item[0][2]).zfill(9), reverse=True):
            file = self.files[path]
            _put(file.data, name, _without(file.data.get(name), part))
            origin = next((one.origins[name] for one in file.drafts if name in one.origins), None)
            place = origin.place if origin else file.drafts[0].incoming.place
            message = f"“{name}” is taken over without what this survey cannot hold: {own.message}"
            yield finding(place, "field-unused", message, own.hint or "Add it to the survey to use it.")

    def _texts(self) -> dict[str, str]:
        """Return the content files as they would be."""
        texts = {}
        trees = {}
        for tree, _ in self.content.trees:
            texts[tree.file.path] = tree.file.text
            trees[tree.file.path] = tree
        for path, file in self.files.items():
            filled = with_fields(trees[path], file.data, Kind.PAPER) if path in trees else None
            texts[path] = filled or texts.get(path) or as_yaml(path, file.data, Kind.PAPER)
        return texts


def _field_at(tree: Tree, place: Place) -> tuple[str, str | int | None] | None:
    """Return the field, and the item of its list or mapping, that stands at a place."""
    if not isinstance(tree.root, nodes.Mapping):
        return None
    found = None
    for name, (key, value) in tree.root.entries.items():
        parts: list[tuple[int, str | int | None]] = [(key.start, None)]
        if isinstance(value, nodes.Sequence):
            parts += [(item.start, position) for position, item in enumerate(value.items)]
        elif isinstance(value, nodes.Mapping):
            parts += [(own.start, inner) for inner, (own, _) in value.entries.items()]
        for start, part in parts:
            if tree.place(start) <= place:
                found = name, part
    return found


def _without(value: Any, part: str | int | None) -> Any:
    match value:
        case list() if isinstance(part, int):
            return [*value[:part], *value[part + 1 :]]
        case dict() if isinstance(part, str):
            return {name: inner for name, inner in value.items() if name != part}
    return None


def _put(data: dict[str, Any], name: str, value: Any) -> None:
    if value:
        data[name] = value
    else:
        data.pop(name, None)


def _replaced(pattern: re.Pattern[str], names: Mapping[str, str], value: Any) -> Any:
    if isinstance(value, list):
        return [_replaced(pattern, names, one) for one in value]
    return pattern.sub(lambda match: f"@{names[match[1]]}", value)
