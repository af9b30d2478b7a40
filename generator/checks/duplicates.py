"""What is recorded twice: works, and entries of lists."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from rapidfuzz import fuzz, process

from generator.checks.rule import Checked
from generator.decode import Document
from generator.diagnostics import Diagnostic, finding
from generator.model import Author, GroupFile, PaperRecord
from generator.sameness import ALIKE, IDENTIFIERS, compared_author, compared_title, numbers


def shared_identifiers(checked: Checked) -> Iterator[Diagnostic]:
    """Two records with one DOI, arXiv identifier or the like are one work recorded twice."""
    for name, label in IDENTIFIERS.items():
        first: dict[str, str] = {}
        for key, document in checked.content.papers.items():
            identifier = getattr(document.value, name)
            if identifier is None:
                continue
            other = first.setdefault(identifier.lower(), key)
            if other != key:
                hint = "One work has one record; merge the two and keep the other key in aliases."
                message = f"“{other}” has this {label} too"
                yield finding(document.at(name), "duplicate-identifier", message, hint)


@dataclass(frozen=True, slots=True)
class _Titled:
    """A title, former or present, as titles are compared."""

    text: str
    key: str
    path: tuple[str | int, ...]


_SHORTEST = 20
"""Below this many characters a single one makes another title."""


def similar_titles(checked: Checked) -> Iterator[Diagnostic]:
    """Two records of one first author with the same or nearly the same title are likely one work.

    Only papers of one first author are compared: different authors do write about the same under
    the same title, and comparing all with all would take long.
    """
    papers = checked.content.papers
    rank = {key: position for position, key in enumerate(papers)}
    related = {frozenset((link.source, link.target)) for p in checked.survey.papers.values() for link in p.outgoing}
    for titles in _by_first_author(papers).values():
        known: set[frozenset[str]] = set()
        for pair in _alike(titles):
            first, second = sorted(pair, key=lambda title: rank[title.key])
            keys = frozenset((first.key, second.key))
            if keys in known or keys in related:
                continue
            known.add(keys)
            code, message = "near-duplicate-title", f"“{first.key}” has the same first author and nearly this title"
            if first.text == second.text:
                code, message = "duplicate-title", f"“{first.key}” has this title and first author too"
            hint = "Merge them and put the other key into aliases, or say in relations how they are related."
            yield finding(papers[second.key].at(*second.path), code, message, hint)


def _by_first_author(papers: dict[str, Document[PaperRecord]]) -> dict[str, list[_Titled]]:
    titles: dict[str, list[_Titled]] = defaultdict(list)
    for key, document in papers.items():
        if document.sound("title", "authors"):
            record = document.value
            own = titles[compared_author(record)]
            own.append(_Titled(compared_title(record.title), key, ("title",)))
            for position, title in enumerate(record.former_titles):
                own.append(_Titled(compared_title(title), key, ("former_titles", position)))
    return titles


def _alike(titles: list[_Titled]) -> Iterator[tuple[_Titled, _Titled]]:
    """Yield each present title with the titles of other records, former ones too, that are nearly the same."""
    titles = sorted(titles, key=lambda title: len(title.text))
    lengths = [len(title.text) for title in titles]
    texts = [title.text for title in titles]
    for one in titles:
        if one.path != ("title",):
            continue
        # Two texts that are alike have nearly the same length.
        ratio = (200 - ALIKE) / ALIKE
        start, end = bisect_left(lengths, len(one.text) / ratio), bisect_right(lengths, len(one.text) * ratio)
        found = process.extract(one.text, texts[start:end], scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
        for _, _, index in sorted(found, key=itemgetter(2)):
            other = titles[start + index]
            same = one.text == other.text or (len(one.text) >= _SHORTEST and numbers(one.text) == numbers(other.text))
            if same and other.key != one.key:
                yield one, other


_WITH_RULES_OF_THEIR_OWN = {
    (PaperRecord, "aliases"),
    (PaperRecord, "groups"),
    (PaperRecord, "relations"),
    (GroupFile, "aliases"),
    (GroupFile, "papers"),
}


def repeated_entries(checked: Checked) -> Iterator[Diagnostic]:
    """No entry stands twice in one list."""
    for document in checked.content.documents():
        for path, entries in _lists(document):
            seen = set()
            for position, entry in enumerate(entries):
                if entry in seen:
                    hint = "Remove one of the two."
                    if isinstance(entry, Author):
                        hint = "Remove one of the two; if they are two people, give their ORCID iDs."
                    message = f"entry {position + 1} of “{path[-1]}” repeats an earlier one"
                    yield finding(document.at(*path, position), "repeated-entry", message, hint)
                seen.add(entry)


def _lists(document: Document[Any]) -> Iterator[tuple[tuple[str, ...], tuple[Any, ...]]]:
    for name, value in vars(document.value).items():
        if isinstance(value, tuple):
            if (
                len(value) > 1
                and len(set(value)) < len(value)
                and (type(document.value), name) not in _WITH_RULES_OF_THEIR_OWN
            ):
                yield (name,), value
        elif isinstance(value, dict):
            for key, inner in value.items():
                if isinstance(inner, tuple):
                    yield (name, key), inner
