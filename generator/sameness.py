"""When two descriptions are of one work: how titles, first authors and identifiers are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Indel

from generator.model import PaperRecord
from generator.names import collated
from generator.text import as_plain

IDENTIFIERS = {
    "doi": "DOI",
    "arxiv": "arXiv identifier",
    "acl": "ACL Anthology identifier",
    "openreview": "OpenReview identifier",
}
"""Fields that name one work, and what they are called."""

ALIKE = 93
"""From how many per cent on titles are nearly the same: a word may have another ending."""

_LETTER = 2
"""How far one wrong letter takes a word from what was meant: out with the one, in with the other."""


def identifiers(record: PaperRecord) -> Iterator[tuple[str, str]]:
    """Yield what identifies a work, as identifiers are compared."""
    for name in IDENTIFIERS:
        identifier = getattr(record, name)
        if identifier is not None:
            yield name, identifier.lower()


def compared_title(title: str) -> str:
    """Return a title as titles are compared: words without accents, case and punctuation."""
    return re.sub(r"\W+", " ", collated(as_plain(title))).strip() or title


def numbers(title: str) -> list[str]:
    """Return what tells the parts of a series apart, of a title as titles are compared."""
    return re.findall(r"\d+|\b[ivx]+\b", title)


def compared_author(record: PaperRecord) -> str:
    """Return the first author's family name as names are compared."""
    return _families(record)[0]


def same_work(former: PaperRecord, present: PaperRecord) -> bool:
    """Say whether a record that changed is still of the same work.

    It is if an identifier stayed, if it names its old title as a former one, or if title and author are the same
    but for what one mends: a few letters of the title, one of the name, the order or the list of authors.
    """
    if not set(identifiers(former)).isdisjoint(identifiers(present)):
        return True
    old, new = compared_title(former.title), compared_title(present.title)
    if old in map(compared_title, present.former_titles) or new in map(compared_title, former.former_titles):
        return True
    return _alike(old, new) and _of_one_hand(former, present)


def _alike(title: str, other: str) -> bool:
    furthest = max(_LETTER, (len(title) + len(other)) * (100 - ALIKE) / 100)
    return Indel.distance(title, other) <= furthest and numbers(title) == numbers(other)


def _of_one_hand(record: PaperRecord, other: PaperRecord) -> bool:
    names, others = _families(record), _families(other)
    return not set(names).isdisjoint(others) or Indel.distance(names[0], others[0]) <= _LETTER


def _families(record: PaperRecord) -> list[str]:
    return [collated(author.family or author.last) for author in record.authors]
