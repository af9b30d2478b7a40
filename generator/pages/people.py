"""Who wrote what: authors of all papers, each once.

Two entries are one person where their ORCID iDs agree, or their full names where at most one ORCID
iD is known under that name. Nobody is merged on less.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.model import Author
from generator.names import collated, folded
from generator.pages import routes
from generator.survey import Paper

OWN_PAGE = 3
"""From how many papers on an author has a page of their own."""


@dataclass(frozen=True, slots=True)
class Person:
    """An author.

    Attributes:
        slug: The author's part of a URL.
        name: The full name, as the record has it whose key comes first.
        sorting: The name with the family name first.
        initial: The letter of the index that the author stands under; empty for other scripts.
        papers: Keys of the author's papers, in the order of the keys.
    """

    slug: str
    name: str
    sorting: str
    initial: str
    orcid: str | None
    papers: tuple[str, ...]

    @property
    def has_page(self) -> bool:
        """Say whether the author has a page of their own."""
        return len(self.papers) >= OWN_PAGE

    @property
    def anchor(self) -> str:
        """The fragment of the author's line in the index."""
        return f"author-{self.slug}"

    @property
    def url(self) -> str:
        """Where the author is found: on their own page, else in the index."""
        return routes.author(self.slug).url if self.has_page else f"{routes.AUTHORS.url}#{self.anchor}"


class People:
    """The authors of a survey, in the order of an index.

    Args:
        papers: The survey's papers by key.
    """

    def __init__(self, papers: Mapping[str, Paper]) -> None:
        self._orcids = _orcids_by_name(papers.values())
        authors: dict[str, Author] = {}
        written: dict[str, dict[str, None]] = defaultdict(dict)
        for key, paper in papers.items():
            for author in paper.record.authors:
                identity = self._identity(author)
                authors.setdefault(identity, author)
                written[identity][key] = None
        self._known: dict[str, Person] = {}
        slugs: set[str] = set()
        for identity in sorted(authors, key=lambda identity: (*_collation(authors[identity]), identity)):
            author = authors[identity]
            self._known[identity] = Person(
                slug=_unused(routes.slug(author.full), slugs),
                name=author.full,
                sorting=author.sorting,
                initial=_initial(author),
                orcid=identity if identity != author.full else None,
                papers=tuple(written[identity]),
            )
        self.in_order = tuple(self._known.values())

    def person(self, author: Author) -> Person:
        """Return who an author of a record is."""
        return self._known[self._identity(author)]

    def _identity(self, author: Author) -> str:
        """Return what tells the person from others: the ORCID iD where it is known, else the name."""
        if author.orcid:
            return author.orcid
        orcids = self._orcids.get(author.full, {})
        return next(iter(orcids)) if len(orcids) == 1 else author.full


def _orcids_by_name(papers: Iterable[Paper]) -> dict[str, dict[str, None]]:
    known: dict[str, dict[str, None]] = defaultdict(dict)
    for paper in papers:
        for author in paper.record.authors:
            if author.orcid:
                known[author.full][author.orcid] = None
    return dict(known)


def _unused(wish: str, taken: set[str]) -> str:
    """Return the wish, numbered where it is taken already, and take it."""
    candidates = itertools.chain([wish], (f"{wish}-{number}" for number in itertools.count(2)))
    slug = next(candidate for candidate in candidates if candidate not in taken)
    taken.add(slug)
    return slug


def _collation(author: Author) -> tuple[str, str]:
    """Return what the index sorts by: the family name without particle, as if without accents."""
    return collated(author.family or author.literal or ""), collated(author.given or "")


def _initial(author: Author) -> str:
    first = folded(author.family or author.literal or "")[:1].upper()
    return first if "A" <= first <= "Z" else ""
