"""An incoming entry → the data of a record that the model accepts, and findings about the rest.

Every fact of the entry is either taken or left over, and what is left over is reported.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from pydantic import TypeAdapter

from generator.diagnostics import finding
from generator.incoming import values
from generator.incoming.entry import Fact, Incoming, Role, shown
from generator.incoming.ledger import LONGEST, Draft
from generator.incoming.published import Published, accepts, digits
from generator.incoming.venues import Venues
from generator.names import AmbiguousNameError, split_name
from generator.values import Isbn

_ISBN = TypeAdapter(Isbn)


def draft(incoming: Incoming, venues: Venues, tags: Collection[str]) -> Draft:
    """Make a draft of an entry.

    Args:
        incoming: The entry.
        venues: The survey's venues; one that is not among them is added.
        tags: The tags that the survey declares.
    """
    return Drafting(incoming, venues, tags).make()


class Drafting(Published):
    """Takes everything that an entry says."""

    def make(self) -> Draft:
        """Make the draft."""
        self._authors()
        self._title()
        self._arxiv()
        self._identifiers()
        self._addresses()
        self._notes()
        self._dates()
        self._decide_type()
        self._where()
        self._numbers()
        self._tags()
        self._leave()
        self._validate()
        return self.draft

    # Who and what.

    def _authors(self) -> None:
        place = self.incoming.people_place or self.incoming.place
        authors = []
        for person in self.incoming.people:
            parts = {name: self.clean(text)[:LONGEST] for name, text in person.parts.items()}
            written = _written({name: text for name, text in parts.items() if text})
            if written is None:
                continue
            authors.append(written)
            if person.doubt:
                message = (
                    f"the name “{shown(parts.get('literal') or ' '.join(parts.values()))}” is not clear: {person.doubt}"
                )
                self.draft.found.append(finding(place, "value-unread", message, "Correct the name in the record."))
        if authors:
            self._set("authors", authors, Fact("author", "", place))
        if self.incoming.cut:
            named = "author" if len(authors) == 1 else f"{len(authors)} authors"
            message = f"the source names the first {named} only"
            self.draft.found.append(finding(place, "authors-cut", message, "Add the others to the record."))

    def _title(self) -> None:
        title = self._first(Role.TITLE)
        if title:
            self._set("title", title.text, title)
        if kept := self._all(Role.CAPITALS):
            self._set("capitals", [fact.text for fact in kept], kept[0])
        former = [fact for fact in self._all(Role.FORMER_TITLE) if fact.text]
        if former:
            self._set("former_titles", [fact.text for fact in former], former[0])

    # When.

    def _dates(self) -> None:
        for fact in self._all(Role.YEAR):
            read = values.year_and_month(fact.text)
            if read is not None:
                self._date(fact, *read)
                self._day(fact)
            elif fact.text:
                self._unread(fact, "that names no one year")
        for fact in self._all(Role.MONTH):
            number = values.month(fact.text)
            if number is None:
                self._unread(fact, "that names no one month")
            elif self.data.get("month", str(number)) != str(number):
                self._unread(fact, f"the month is {self.data['month']} already")
            else:
                self._set("month", str(number), fact)
                self._day(fact)

    def _day(self, fact: Fact) -> None:
        if values.names_a_day(fact.text):
            message = f"“{fact.name}” names a day; a record has year and month"
            hint = "If that is when a preprint was first posted, put it into first_posted."
            self._report(fact, "field-unused", message, hint)

    def _date(self, fact: Fact, year: str, month: int | None) -> None:
        if not values.names_one_year(fact.text):
            self._unread(fact, f"read as {year}", "Correct the year in the record if it is another.")
        if self.data.setdefault("year", year) != year:
            self._unread(fact, f"the year is {self.data['year']} already")
            return
        self.draft.origins.setdefault("year", fact)
        if month and "month" not in self.data:
            self._set("month", str(month), fact)

    # Numbers.

    def _numbers(self) -> None:
        for role in (Role.VOLUME, Role.NUMBER, Role.EDITION):
            fact = self._first(role)
            if fact and role.value not in self.data:
                self._set(role.value, fact.text, fact)
            elif fact:
                self._put_back(fact)
        fact = self._first(Role.PAGES)
        if fact:
            self._pages(fact)
        for fact in self._all(Role.ISBN):
            candidates = [text for text in values.isbns(fact.text) if accepts(_ISBN, text)]
            if not candidates:
                self._unread(fact, "that is no ISBN")
                continue
            self.data.setdefault("isbn", candidates[0])
            self.draft.origins.setdefault("isbn", fact)
            if others := [text for text in candidates if digits(text)[-10:-1] != digits(self.data["isbn"])[-10:-1]]:
                self._unread(
                    fact, f"“{others[0]}” is left out", "A record has one ISBN: keep that of the volume cited."
                )

    def _pages(self, fact: Fact) -> None:
        text = values.pages(fact.text)
        whole = values.whole_range(text)
        if not text:
            self._unread(fact, "that names no page")
        elif not values.ascends(whole):
            self._unread(fact, "the last page comes before the first")
        else:
            if whole != text:
                self._unread(fact, f"read as {whole}", "Correct the pages in the record if they are others.")
            self._set("pages", whole, fact)

    def _tags(self) -> None:
        known = {tag.casefold(): tag for tag in self.tags}
        for fact in self._all(Role.TAGS):
            words = [word.strip() for word in re.split(r"[;,]", fact.text) if word.strip()]
            names = {word: known.get(re.sub(r"\s+", "-", word.casefold())) for word in words}
            kept = [name for name in dict.fromkeys(names.values()) if name and name not in self.data.get("tags", [])]
            if kept:
                self._set("tags", [*self.data.get("tags", []), *kept], fact)
            strange = [word for word, name in names.items() if name is None]
            if strange:
                message = f"“{fact.name}”: the survey declares no tag {shown(', '.join(strange))}"
                self._report(fact, "field-unused", message, "Declare it in content/survey.yaml to use it.")


def _written(parts: dict[str, str]) -> str | dict[str, str] | None:
    """Write an author as a record does: on one line where that says the same."""
    if not parts:
        return None
    if "literal" in parts or "suffix" in parts:
        return parts
    family = " ".join(filter(None, (parts.get("particle"), parts.get("family"))))
    text = f"{family}, {parts.get('given', '')}"
    try:
        same = split_name(text) == parts
    except AmbiguousNameError:
        same = False
    return text if same else parts
