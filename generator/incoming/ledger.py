"""What an entry says, as a ledger: drafting takes facts from it, and what is left over is reported."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.diagnostics import Diagnostic, finding
from generator.incoming import values
from generator.incoming.entry import Fact, Incoming, Role, shown
from generator.incoming.venues import Venues
from generator.model import PaperRecord

_ABSTRACT = "the abstract is not taken over: a record has a summary in our own words"
_NEEDED = ("title", "authors", "year", "type")
LONGEST = 4_000
"""No text of a record that comes from a bibliography is longer."""


@dataclass(slots=True)
class Draft:
    """What an entry becomes.

    Attributes:
        data: The fields of the record as text.
        record: The record, if the entry has what one needs.
        origins: Field of the record → the fact that it comes from.
        found: Findings about what was left out, changed or guessed.
        missing: Required fields that the entry does not have.
    """

    incoming: Incoming
    data: dict[str, Any] = field(default_factory=dict)
    record: PaperRecord | None = None
    origins: dict[str, Fact] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


class Ledger:
    """The facts of an entry that nothing has taken yet, and the draft that is made of the others."""

    clean = staticmethod(values.cleaned)
    """What text of the source is as a record has text."""

    def __init__(self, incoming: Incoming, venues: Venues, tags: Collection[str]) -> None:
        self.incoming = incoming
        self.venues = venues
        self.tags = tags
        self.type = incoming.type
        self.draft = Draft(incoming, found=list(incoming.found))
        self.data = self.draft.data
        self.left = [self._cleaned(fact) for fact in incoming.facts]

    def _cleaned(self, fact: Fact) -> Fact:
        odd = values.unwritable(fact.text)
        if odd:
            message = f"“{fact.name}” holds the character U+{ord(odd):04X}"
            self._report(fact, "text-ignored", message, "It is left out; see whether a letter is missing.")
        if fact.role is not Role.ABSTRACT and not self.incoming.own and (tags := values.markup(fact.text)):
            message = f"“{fact.name}”: a record has no markup; left out is {' '.join(map(shown, tags))}"
            self._report(fact, "field-unused", message, "Keep the source if you need it.")
        if len(fact.text) > LONGEST and fact.role is not Role.ABSTRACT:
            message = f"“{fact.name}” has {len(fact.text)} characters"
            self._report(fact, "value-unread", message, f"It is left out: a record has no text of more than {LONGEST}.")
            return replace(fact, text="", role=Role.REPEATED)
        return replace(fact, text=self.clean(fact.text)) if fact.text else fact

    def _report(self, fact: Fact, code: str, message: str, hint: str) -> None:
        self.draft.found.append(finding(fact.place, code, message, hint))

    def _unread(self, fact: Fact, what: str, hint: str = "It is left out; correct it in the record.") -> None:
        self._report(fact, "value-unread", f"“{fact.name}” is “{shown(fact.text)}”: {what}", hint)

    def _all(self, *roles: Role) -> list[Fact]:
        """Take all facts of some roles."""
        taken = [fact for role in roles for fact in self.left if fact.role is role]
        self.left = [fact for fact in self.left if fact.role not in roles]
        return taken

    def _first(self, role: Role) -> Fact | None:
        """Take the first fact of a role; others stay."""
        for position, fact in enumerate(self.left):
            if fact.role is role and fact.text:
                return self.left.pop(position)
        return None

    def _set(self, name: str, value: Any, fact: Fact) -> None:
        self.data[name] = value
        self.draft.origins[name] = fact

    def _put_back(self, fact: Fact) -> None:
        """Leave a fact over after all."""
        self.left.append(replace(fact, role=None))

    # What is left, and what the model says.

    def _leave(self) -> None:
        for fact in self.left:
            if fact.role is Role.REPEATED or not fact.text:
                continue
            if fact.role is Role.ABSTRACT:
                self._report(fact, "field-unused", _ABSTRACT, "Write one: two to five sentences.")
            else:
                message = f"a record has no place for “{fact.name}”"
                self._report(fact, "field-unused", message, "Keep the source if you need it.")

    def _validate(self) -> None:
        """Leave out what the model refuses, also of an entry that lacks what a record needs."""
        while faulty := self._faulty():
            for name, detail in faulty.items():
                fact = self.draft.origins.get(name) or Fact(name, str(self.data[name]), self.incoming.place)
                told = str(detail.get("ctx", {}).get("text") or detail["msg"])
                hint = str(detail.get("ctx", {}).get("hint") or "It is left out; correct it in the record.")
                message = f"“{fact.name}” cannot be taken over: {shown(told[:1].lower() + told[1:])}"
                self._report(fact, "value-unread", message, hint)
                del self.data[name]
        self.draft.missing = [name for name in _NEEDED if not self.data.get(name)]
        if not self.draft.missing:
            self.draft.record = PaperRecord.model_validate(self.data)

    def _faulty(self) -> dict[str, ErrorDetails]:
        try:
            PaperRecord.model_validate(PaperRecord.stand_in | self.data)
        except ValidationError as problem:
            return {str(detail["loc"][0]): detail for detail in problem.errors(include_url=False)}
        return {}
