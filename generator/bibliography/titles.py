"""Which words of a title keep their capitals when a bibliography style changes its case.

BibTeX's `change.case$` lowers every letter outside braces but the first, and those right after a
colon and a space (btxhak, section 5.2). What is returned here goes into braces: whole words, never
the whole title. The rules, in order of their weight: the title's own exception; then the phrases,
the words and the patterns of `protected.toml`; then the shape of each word.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import chain
from typing import Any, Self

from generator.bibliography.tex import Span, normal

_SEGMENT = re.compile(r"[^\s‐‑–—/-]+")
_CHUNK = re.compile(r"\S+")
_SYMBOLS = re.compile(r"['’]s?$|[\u0370-\u03ff\u1f00-\u1fff]")
"""The end of a possessive, and Greek letters, which are symbols in a Latin word as formulas are."""
_CLOSING = "\"'’”)]"


@dataclass(frozen=True, slots=True)
class Capitals:
    """The lists that say what keeps its capitals; see `protected.toml`."""

    titles: Mapping[str, tuple[str, ...]]
    phrases: re.Pattern[str]
    words: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]
    small_words: frozenset[str]
    abbreviations: frozenset[str]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """Take the lists from the content of a TOML file."""
        return cls(
            titles={title: tuple(runs) for title, runs in data["titles"].items()},
            phrases=_any_of(data["phrases"]),
            words=frozenset(data["words"]),
            patterns=tuple(map(re.compile, data["patterns"])),
            small_words=frozenset(data["small_words"]),
            abbreviations=frozenset(data["abbreviations"]),
        )

    def extended(self, words: Iterable[str], phrases: Iterable[str]) -> Self:
        """Return the same lists with further words and phrases."""
        return replace(self, words=self.words.union(words), patterns=(*self.patterns, _any_of(tuple(phrases))))

    def protected(self, title: str, decided: Iterable[str] | None = None) -> tuple[Span, ...]:
        """Find the runs of a title that keep their capitals.

        Args:
            title: Its text, each formula being one character that is neither letter nor space.
            decided: The names that keep their capitals, where somebody has decided it: then no other word does
                but the first of a sentence.

        Returns:
            The runs in order; none touches another.
        """
        exception = self.titles.get(title) if decided is None else tuple(map(normal, decided))
        if exception is not None:
            named = (match.span() for match in _any_of(exception).finditer(title))
            return merged(chain(named, self._lowered_starts(title)))
        return merged(span for span in self._found(title) if any(map(str.isupper, title[slice(*span)])))

    def lists(self, word: str) -> bool:
        """Say whether a word, or what it may be the plural or possessive of, is among the names."""
        return not self.words.isdisjoint(_forms(word))

    def _found(self, title: str) -> Iterator[Span]:
        for pattern in (self.phrases, *self.patterns):
            yield from (match.span() for match in pattern.finditer(title))
        in_capitals = shouted(title)
        for chunk in _CHUNK.finditer(title):
            yield from self._by_shape(chunk, in_capitals=in_capitals)
        if not in_capitals:
            yield from _name_before_colon(title)
        yield from self._lowered_starts(title)
        starts = dict(self.sentence_starts(title))
        if self._in_sentence_case(title, starts):
            yield from (span for span in segments(title) if span not in starts and title[span[0]].isupper())

    def _by_shape(self, chunk: re.Match[str], *, in_capitals: bool) -> Iterator[Span]:
        """Find names in a run of letters, dashes and slashes: “GPT-4” whole, “LLM” of “LLM-based”."""
        title = chunk.string
        parts = list(segments(title, *chunk.span()))
        named = [
            self.lists(title[slice(*span)])
            or _has_shape_of_name(title[slice(*span)], alone=len(parts) == 1, in_capitals=in_capitals)
            for span in parts
        ]
        uncased = [not any(map(str.isalpha, _SYMBOLS.sub("", title[slice(*span)]))) for span in parts]
        if any(named) and all(is_name or has_no_case for is_name, has_no_case in zip(named, uncased, strict=True)):
            yield parts[0][0], parts[-1][1]
        else:
            yield from (span for span, is_name in zip(parts, named, strict=True) if is_name)

    def sentence_starts(self, title: str) -> Iterator[tuple[Span, bool]]:
        """Find the first word of each sentence and whether BibTeX keeps its capital anyway."""
        before = ""
        for chunk in _CHUNK.finditer(title):
            last, before = before, chunk[0]
            end = last.rstrip(_CLOSING)
            if last and (not end.endswith((".", "?", "!", ":")) or end[:-1].casefold() in self.abbreviations):
                continue
            word = next(segments(title, *chunk.span()), None)
            if word is not None:
                yield word, (not last or last.endswith(":")) and word[0] == chunk.start()

    def _lowered_starts(self, title: str) -> Iterator[Span]:
        """Find the first words of sentences whose capital BibTeX would take."""
        for (start, end), kept in self.sentence_starts(title):
            if not kept and any(map(str.isupper, title[start:end])):
                yield start, end

    def _in_sentence_case(self, title: str, starts: Mapping[Span, bool]) -> bool:
        """Say whether most of the words that tell are in lower case, so that every capital is meant."""
        telling = [
            word
            for span in segments(title)
            if span not in starts and len(word := title[slice(*span)]) >= _TELLING and word not in self.small_words
        ]
        lower = sum(word.islower() for word in telling)
        return lower > len(telling) - lower


def in_sentence_case(title: str, kept: Iterable[Span], starts: Iterable[Span]) -> str:
    """Return a title as a style in sentence case prints it.

    Args:
        title: The title.
        kept: The runs that keep their capitals.
        starts: The first words of its sentences, of which the first letter keeps its capital.
    """
    fixed = {place for span in kept for place in range(*span)} | {start for start, _ in starts}
    return "".join(letter if place in fixed else letter.lower() for place, letter in enumerate(title))


_TELLING = 4
"""Title case leaves many shorter words small."""


@cache
def built_in() -> Capitals:
    """Return the lists that come with the generator."""
    text = resources.files(__package__).joinpath("protected.toml").read_text(encoding="utf-8")
    return Capitals.read(tomllib.loads(text))


def _any_of(runs: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(runs, key=lambda run: (-len(run), run))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)" if runs else r"(?!)")


def _has_shape_of_name(word: str, *, alone: bool, in_capitals: bool) -> bool:
    letters = [character for character in _SYMBOLS.sub("", word) if character.isalpha()]
    if len(letters) == 1 and letters[0].isupper():
        return word != "A" or not alone
    return not in_capitals and any(map(str.isupper, word[1:]))


def _name_before_colon(title: str) -> Iterator[Span]:
    """Yield the first word of a title if a colon follows it: “Combiner: …”."""
    first = _CHUNK.search(title)
    if first and first[0].endswith(":") and first.end() < len(title):
        yield _trimmed(title, *first.span())


def _forms(word: str) -> tuple[str, ...]:
    """Return the word and what it may be the plural or possessive of."""
    owner = re.sub(r"['’]s?$", "", word)
    return word, owner, owner.removesuffix("s")


def shouted(title: str) -> bool:
    """Say whether most of a title is in capitals, so that they tell nothing of a word."""
    words = [title[slice(*span)] for span in segments(title)]
    telling = [word for word in words if len(word) > 1 and any(map(str.isalpha, word))]
    return len(telling) >= _SHOUTED and 2 * sum(map(str.isupper, telling)) > len(telling)


_SHOUTED = 4
"""Fewer words in capitals may all be names: “GPT-4 API”."""


def segments(title: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the words between white space, dashes and slashes, without punctuation around them."""
    for match in _SEGMENT.finditer(title, start, len(title) if end is None else end):
        span = _trimmed(title, *match.span())
        if span[0] < span[1]:
            yield span


def _trimmed(title: str, start: int, end: int) -> Span:
    while start < end and _outer(title[start]):
        start += 1
    while start < end and _outer(title[end - 1]) and title[end - 1] not in "#*":
        end -= 1
    return start, end


@cache
def _outer(character: str) -> bool:
    return not character.isalnum() and unicodedata.category(character).startswith("P")


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that touch as one."""
    apart: list[Span] = []
    for start, end in sorted(spans):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)
