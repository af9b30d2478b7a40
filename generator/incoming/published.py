"""Where the work of an entry was published, and as what."""

from __future__ import annotations

import re

from pydantic import TypeAdapter, ValidationError

from generator.diagnostics import finding
from generator.incoming.entry import Fact, Role, shown
from generator.incoming.named import ARXIV_AS_JOURNAL, KEPT_SOMEWHERE, Named
from generator.incoming.venues import WHERE_AND_WHEN, is_acronym
from generator.model import PaperType, VenueKind
from generator.values import Issn

_IN_PROCEEDINGS = frozenset((PaperType.CONFERENCE, PaperType.CHAPTER))
_PREPRINT_SERVERS = frozenset(
    (
        "biorxiv",
        "medrxiv",
        "chemrxiv",
        "psyarxiv",
        "socarxiv",
        "ssrn",
        "preprints",
        "techrxiv",
        "openreview",
        "hal",
        "osf",
        "arxiv",
    )
)


class Published(Named):
    """Takes what says where the work was published."""

    def _decide_type(self) -> None:
        incoming = self.incoming
        kept = next((fact.text for fact in self.left if fact.role is Role.PUBLISHER), "")
        if self.type is PaperType.WEB and ("arxiv" in self.data or _is_preprint_server(kept)):
            self.type = PaperType.PREPRINT
        elif not incoming.sure and self.type is not None:
            container = next((fact for fact in self.left if fact.role is Role.CONTAINER), None)
            if container:
                self.type = PaperType.JOURNAL if "journal" in container.name else PaperType.CONFERENCE
            elif "arxiv" not in self.data or self.type is not PaperType.PREPRINT:
                message = f"“{shown(incoming.kind)}” does not say what “{incoming.label}” is; “{self.type}” is taken"
                hint = f"Choose the type in the record: {', '.join(PaperType)}."
                self.draft.found.append(finding(incoming.place, "type-guessed", message, hint))
        if self.type is None:
            return
        self.data["type"] = self.type.value
        degree = self._first(Role.DEGREE)
        if degree and self.type is PaperType.THESIS:
            if re.search(r"master|m\.?\s?sc|diplom|mathesis", degree.text, re.IGNORECASE):
                self._set("degree", "master", degree)
            elif not re.search(r"ph\.?\s?d|doctor|phd|dissertation|d\.?phil", degree.text, re.IGNORECASE):
                self._put_back(degree)
        elif degree:
            self._put_back(degree)

    def _where(self) -> None:
        container = self._first(Role.CONTAINER)
        if container and self.type is PaperType.JOURNAL and not self._is_conference(container):
            self._venue(container, VenueKind.JOURNAL)
        elif container and self.type in _IN_PROCEEDINGS:
            self._proceedings(container)
        elif container:
            self._kept_in(container)
        elif self.type is PaperType.CONFERENCE:
            self._series()
        self._publisher()
        self._school()
        self._of_the_venue()

    def _school(self) -> None:
        school = self._first(Role.SCHOOL)
        if school and self.type is PaperType.THESIS:
            self._set("school", school.text, school)
        elif school and self.type is PaperType.REPORT and "publisher" not in self.data:
            self._set("publisher", school.text, school)
        elif school:
            self._put_back(school)

    def _of_the_venue(self) -> None:
        """Take what the venue says already."""
        key = self.data.get("venue")
        issn = self.venues.get(key).issn if key else None
        for fact in self._all(Role.ISSN):
            if issn is None or digits(issn) not in digits(fact.text):
                self._put_back(fact)
        for fact in self._all(Role.SERIES_TITLE):
            if key is None or self.venues.find(fact.text) != key:
                self._put_back(fact)

    def _is_conference(self, container: Fact) -> bool:
        """Say whether what is called a journal is a conference, which Google Scholar does, and correct the type."""
        key = self.venues.find(container.text)
        if key is None or self.venues.get(key).kind not in {VenueKind.CONFERENCE, VenueKind.WORKSHOP}:
            return False
        self.type = PaperType.CONFERENCE
        self.data["type"] = self.type.value
        message = (
            f"“{shown(container.text)}” is a conference, so “{self.incoming.label}” is taken for a conference paper"
        )
        self._report(container, "type-guessed", message, "Correct the type in the record if it is another.")
        return True

    def _venue(self, fact: Fact, kind: VenueKind) -> None:
        key = self._known_venue(fact) or self._new_venue(fact, kind)
        if key is not None:
            self._set("venue", key, fact)

    def _known_venue(self, fact: Fact) -> str | None:
        names = [own.text for own in self.left if own.role is Role.SERIES_TITLE]
        issns = " ".join(own.text for own in self.left if own.role is Role.ISSN)
        return self.venues.find(fact.text, *names) or self.venues.with_issn(issns)

    def _new_venue(self, fact: Fact, kind: VenueKind) -> str | None:
        publisher = issn = None
        if kind is VenueKind.JOURNAL:
            own = next((known for known in self.left if known.role is Role.PUBLISHER), None)
            publisher = own.text if own else None
            issn = next((known.text for known in self.left if known.role is Role.ISSN), None)
            issn = next(iter(re.findall(r"\b[0-9]{4}[- ]?[0-9]{3}[0-9Xx]\b", issn)), None) if issn else None
        key = self.venues.propose(fact.text, kind, publisher or None, issn if issn and accepts(ISSN, issn) else None)
        if key is None:
            self._unread(fact, "that is no venue’s name")
            return None
        new = self.venues.added[key]
        message = f"“{shown(fact.text)}” is no venue of the survey; “{key}” is added"
        hint = f"See whether content/venues.yaml has it right: {shown(new.short)}, {shown(new.full)}, {new.kind}."
        self._report(fact, "venue-added", message, hint)
        return key

    def _proceedings(self, fact: Fact) -> None:
        key = self._known_venue(fact)
        if key is None and self.type is PaperType.CONFERENCE:
            key = self._new_venue(fact, VenueKind.CONFERENCE)
        if key is not None:
            self._set("venue", key, fact)
        printed = WHERE_AND_WHEN.sub("", fact.text).strip(" ,")
        if printed != fact.text:
            message = (
                f"place and date in “{fact.name}” are not taken over: “{shown(fact.text[len(printed) :].strip(' ,'))}”"
            )
            self._report(fact, "field-unused", message, "Keep the source if you need them.")
        if key is None or not (is_acronym(printed) or self._is_name_of(key, printed)):
            self._set("proceedings", printed, fact)

    def _is_name_of(self, key: str, text: str) -> bool:
        venue = self.venues.get(key)
        names = {venue.short, venue.full, *getattr(venue, "aliases", ())}
        return text.casefold() in {name.casefold() for name in names}

    def _series(self) -> None:
        for fact in self.left:
            if fact.role is Role.SERIES_TITLE and (key := self.venues.find(fact.text)):
                self._set("venue", key, fact)
                return

    def _kept_in(self, fact: Fact) -> None:
        """Take the name of a book series, a repository or a site."""
        key = self.venues.find(fact.text)
        if key is not None:
            self._set("venue", key, fact)
        elif self.type in KEPT_SOMEWHERE and not any(own.role is Role.PUBLISHER for own in self.left):
            self._set("publisher", fact.text, fact)
        else:
            self._put_back(fact)

    def _publisher(self) -> None:
        fact = self._first(Role.PUBLISHER)
        if fact is None:
            return
        venue = self.venues.get(self.data["venue"]) if "venue" in self.data else None
        said = {name.casefold() for name in (venue.publisher, venue.full, venue.short) if name} if venue else set()
        if fact.text.casefold() in said or ("arxiv" in self.data and ARXIV_AS_JOURNAL.fullmatch(fact.text)):
            return
        key = self.venues.find(fact.text) if venue is None else None
        kinds = {VenueKind.PUBLISHER, VenueKind.REPOSITORY}
        if key is not None and self.type not in _IN_PROCEEDINGS and self.venues.get(key).kind in kinds:
            self._set("venue", key, fact)
        else:
            self._set("publisher", fact.text, fact)


ISSN = TypeAdapter(Issn)


def accepts(rule: TypeAdapter[str], text: str) -> bool:
    """Say whether a rule of single values takes a text."""
    try:
        rule.validate_python(text)
    except ValidationError:
        return False
    return True


def digits(text: str) -> str:
    """Return the digits of an ISBN or ISSN, check digit and all."""
    return re.sub(r"[^0-9Xx]", "", text).upper()


def _is_preprint_server(name: str) -> bool:
    return re.sub(r"\W.*", "", name.casefold()) in _PREPRINT_SERVERS
