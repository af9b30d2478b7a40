"""JSON as a list of items, each with the place where it begins and where its members stand.

The standard library's parser knows where an item ends, and so where each begins; a member is found in its item's text by its name.
"""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from generator.diagnostics import Diagnostic, Place, finding

DECODER = json.JSONDecoder(parse_int=str, parse_float=str, strict=False)
"""Numbers stay as they are written."""

_STRING = r'"(?:[^"\\]|\\.)*"'
BEFORE = rf'\s*\{{\s*(?:{_STRING}\s*:\s*(?:{_STRING}|\{{(?:[^{{}}"]|{_STRING})*\}}|[\w.+-]+)\s*,\s*)*?'
"""A mapping up to one of its members, before which nothing is nested deep: so a list is found even if the file breaks off."""
_SPACE = re.compile(r"[\s,]*")


def after_opening(text: str, *members: str) -> int | None:
    """Return where the items begin of a list that is a member of the mapping that a text is; `None` where it is none."""
    opening = re.match(BEFORE + rf'"(?:{"|".join(members)})"\s*:\s*\[', text)
    return opening.end() if opening else None


@dataclass(frozen=True, slots=True)
class Item:
    """A value of a file: where it begins, its text and what the text says."""

    start: Place
    source: str
    value: Any

    def place(self, name: str) -> Place:
        """Return where a member of the item stands."""
        found = re.search(rf'"{re.escape(name)}"\s*:', self.source)
        if found is None:
            return self.start
        before = self.source[: found.start()]
        lines = before.count("\n")
        column = found.start() - before.rfind("\n") if lines else self.start.column + found.start()
        return Place(self.start.file, self.start.line + lines, column)


@dataclass(slots=True)
class Items:
    """The items of a file, up to the first mistake in its JSON.

    Attributes:
        members: What the list of items may be called where the file is no list but a mapping.
        found: The mistake, once the items have been read.
    """

    file: str
    text: str
    members: tuple[str, ...]
    found: list[Diagnostic] = field(default_factory=list)

    def __iter__(self) -> Iterator[Item]:
        """Yield the items in order."""
        starts = [match.end() for match in re.finditer(r"^|\n", self.text)]
        try:
            for start, end, value in self._spans():
                line = bisect.bisect_right(starts, start)
                yield Item(Place(self.file, line, start - starts[line - 1] + 1), self.text[start:end], value)
        except json.JSONDecodeError as problem:
            message = f"this is not JSON: {problem.msg[:1].lower()}{problem.msg[1:]}"
            place = Place(self.file, problem.lineno, problem.colno)
            hint = "What stands before is read; mend it and import the rest."
            self.found.append(finding(place, "source-unread", message, hint))
        except RecursionError:
            hint = "Mend the file and import it again."
            self.found.append(finding(Place(self.file), "source-unread", "values are nested too deep", hint))

    def _spans(self) -> Iterator[tuple[int, int, Any]]:
        start = len(self.text) - len(self.text.lstrip())
        opening = start + 1 if self.text[start : start + 1] == "[" else after_opening(self.text, *self.members)
        if opening is not None:
            yield from self._listed(opening)
            return
        value, end = DECODER.raw_decode(self.text, start)
        lists = [name for name in self.members if isinstance(value, dict) and isinstance(value.get(name), list)]
        inner = re.compile(rf'"{lists[0]}"\s*:\s*\[').search(self.text, start) if lists else None
        if inner:
            yield from self._listed(inner.end())
        else:
            yield start, end, value

    def _listed(self, position: int) -> Iterator[tuple[int, int, Any]]:
        while True:
            space = _SPACE.match(self.text, position)
            position = space.end() if space else position
            if self.text[position : position + 1] == "]":
                return
            value, end = DECODER.raw_decode(self.text, position)
            yield position, end, value
            position = end
