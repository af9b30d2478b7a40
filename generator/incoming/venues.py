"""Which venue a printed name means, and entries for venues that the survey does not know yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.model import Venue, VenueKind
from generator.names import folded

_VOLUME = re.compile(r"[,(\s]*\b(?:volume|vol\.?|part)\s+(?:[0-9]+|[ivx]+)\b.*$|\((?:[0-9]+|long|short|main|demo|findings|industry|student|oral)\b[^()]*\)", re.IGNORECASE)  # fmt: skip
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])|[’'][0-9]{2}\b")
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ORDINALS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
    "|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|fortieth|fiftieth|sixtieth"
)
_ORDINAL = re.compile(rf"\b(?:[0-9]+\s*(?:st|nd|rd|th)|(?:(?:{_TENS})[- ])?(?:{_ORDINALS}))\b", re.IGNORECASE)
_PROCEEDINGS = re.compile(r"^\s*(?:in:?\s+)?(?:(?:conference\s+)?(?:proceedings|proc\.?|record)(?:\s+of)?(?:\s+the)?\b)?\s*", re.IGNORECASE)  # fmt: skip
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
WHERE_AND_WHEN = re.compile(
    rf",\s*(?:(?:[\w/&-]+\s+)?[’']?(?:(?:19|20)[0-9]{{2}}|[0-9]{{2}}(?=,))\s*,.*|(?:{_MONTH})[a-z]*\.?\s+[0-9].*|[0-9]+\s*[-–]?\s*[0-9]*\s+(?:{_MONTH}).*|[^,:]+,[^:]*\b(?:{_MONTH})[a-z]*\b.*[0-9]{{4}}.*)$",
    re.IGNORECASE,
)
"""What some sources put behind the title of a volume: acronym and year, place, days."""
_ACRONYM = re.compile(r"\(\s*([A-Z][A-Za-z]*[A-Z][A-Za-z-]*)\s*(?:[’' -]*[0-9]{2,4})?\s*\)|,\s*([A-Z][A-Za-z]*[A-Z][A-Za-z-]*)\s*[’' -]*(?:[0-9]{2,4})\b")  # fmt: skip
_NUMBER = re.compile(r"\s+(?:[0-9]+|X{0,4}(?:IX|IV|V?I{0,3}))\s*$")
_MEETING = re.compile(
    r"conference|workshop|symposium|congress|colloquium|meeting|advances|proceedings|summit", re.IGNORECASE
)
"""Says that a Roman numeral at the end is a number; elsewhere it is a letter, as in Physical Review X."""
_SHORTEST_PREFIX = 25
"""A known name at the beginning of a longer one says so only if it is as long as this."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A venue that the survey does not know yet."""

    key: str
    short: str
    full: str
    kind: VenueKind
    publisher: str | None = None
    issn: str | None = None

    def as_yaml(self) -> dict[str, str]:
        """Return the entry as `content/venues.yaml` has it."""
        named = {"short": self.short, "full": self.full, "kind": self.kind.value}
        return named | {name: text for name in ("publisher", "issn") if (text := getattr(self, name))}


@dataclass(slots=True)
class Venues:
    """The venues of a survey, and those that an import adds to them."""

    known: Mapping[str, Venue]
    added: dict[str, Proposed] = field(default_factory=dict)
    _index: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, venue in self.known.items():
            self._note(key, key, venue.short, venue.full, *venue.aliases)

    def _note(self, key: str, *names: str) -> None:
        for name in names:
            self._index.setdefault(_plain(name), key)
            self._index.setdefault(simplified(name), key)
        self._index.pop("", None)

    def find(self, *names: str) -> str | None:
        """Return the key of the venue that one of the names means."""
        for name in names:
            for candidate in _candidates(name):
                if candidate in self._index:
                    return self._index[candidate]
        for name in names:
            simple = simplified(name)
            for known, key in self._index.items() if " " in simple else ():
                if len(known) >= _SHORTEST_PREFIX and simple.startswith(f"{known} and "):
                    return key
        return None

    def with_issn(self, text: str) -> str | None:
        """Return the key of the venue that has one of the ISSNs in a text."""
        digits = re.sub(r"[^0-9Xx;,/ ]", "", text).upper()
        named = {number.replace(" ", "") for number in re.findall(r"[0-9]{4} ?[0-9]{3}[0-9X]", digits)}
        venues: list[tuple[str, Venue | Proposed]] = [*self.known.items(), *self.added.items()] if named else []
        return next(
            (key for key, venue in venues if venue.issn and re.sub("[- ]", "", venue.issn).upper() in named), None
        )

    def get(self, key: str) -> Venue | Proposed:
        """Return a venue, known or added."""
        return self.known.get(key) or self.added[key]

    def propose(self, name: str, kind: VenueKind, publisher: str | None, issn: str | None) -> str | None:
        """Add a venue that is not known.

        Returns:
            Its key; `None` where the name says nothing once year and ordinal are taken away.
        """
        full = series_name(name)
        acronym = _acronym(name)
        key = self._free_key(acronym or full)
        if not key:
            return None
        if "workshop" in full.casefold() and kind is VenueKind.CONFERENCE:
            kind = VenueKind.WORKSHOP
        self.added[key] = Proposed(key, acronym or full, full, kind, publisher, issn)
        self._note(key, full, name, *([acronym] if acronym else []))
        return key

    def add(self, key: str, short: str, full: str, kind: VenueKind, issn: str | None = None) -> str | None:
        """Add a venue as another survey has it.

        Returns:
            Its key: the one that it has there, if that is free; `None` where there is nothing to make one of.
        """
        key = self._free_key(key)
        if not key:
            return None
        self.added[key] = Proposed(key, short, full, kind, issn=issn)
        self._note(key, short, full)
        return key

    def withdraw(self, key: str) -> None:
        """Forget a venue that was added."""
        del self.added[key]
        self._index = {name: meant for name, meant in self._index.items() if meant != key}

    def _free_key(self, name: str) -> str:
        words = re.findall(r"[a-z0-9]+", folded(name).casefold())
        key = ""
        for word in words:
            if key and len(key) + len(word) >= 40:  # noqa: PLR2004 - a key is typed
                break
            key = f"{key}-{word}" if key else word[:60]
        taken = {known.casefold() for known in (*self.known, *self.added)}
        if key not in taken or not key:
            return key
        return next(f"{key}-{number}" for number in range(2, len(taken) + 3) if f"{key}-{number}" not in taken)


def series_name(name: str) -> str:
    """Return the name of a series: the printed title without ordinal, year, volume, place and days."""
    text = WHERE_AND_WHEN.sub("", _VOLUME.sub("", name))
    text = _ACRONYM.sub(" ", text) if _plain(_ACRONYM.sub(" ", text)) else text
    text = _ORDINAL.sub(" ", _YEAR.sub(" ", _PROCEEDINGS.sub("", text)))
    text = text.strip(" ,;:-–.")
    text = re.sub(r"\s+[0-9]+\s*$", "", text) if not _MEETING.search(text) else _NUMBER.sub("", text)
    text = re.sub(r"\s+([,;:)])|(\()\s+", r"\1\2", " ".join(re.sub(r"\(\s*\)", " ", text).split()))
    if name.endswith(".") and re.search(r"\w\. .*\w$", text):
        text += "."  # the last of several abbreviations
    text = text.strip(" ,;:-–") if text.endswith(".") else text.strip(" ,;:-–.")
    return re.sub(r"^(?:the|of)\s+", "", text, flags=re.IGNORECASE)


def is_acronym(name: str) -> bool:
    """Say whether a name is nothing but an acronym, maybe with a year or number."""
    bare = _YEAR.sub(" ", re.sub(r"\([^()]*\)", " ", name)).split()
    return bool(bare) and all(
        re.fullmatch(r"[A-Z0-9][A-Za-z0-9/&.-]*[A-Z0-9][A-Za-z0-9/&-]*|[0-9]+", word) for word in bare
    )


def simplified(name: str) -> str:
    """Return what of a name tells one venue from another."""
    text = _plain(series_name(name))
    return " ".join(word for word in text.split() if word not in {"the", "annual", "proceedings"})


def _plain(name: str) -> str:
    text = folded(name[:500]).casefold().replace("&", " and ")
    return re.sub(r"\W+", " ", text).strip()


def _acronym(name: str) -> str | None:
    found = _ACRONYM.search(name[:500])
    if found:
        return found[1] or found[2]
    bare = series_name(name)
    return bare if is_acronym(bare) and " " not in bare else None


def _candidates(name: str) -> Iterator[str]:
    name = name[:500]
    yield _plain(name)
    yield simplified(name)
    head, colon, tail = name.partition(":")
    workshop = "workshop" in name.casefold()
    if colon and not workshop:
        yield simplified(head)
        yield simplified(tail)
    acronym = _acronym(name)
    if acronym and not workshop:
        yield _plain(acronym)
