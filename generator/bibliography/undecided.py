"""Titles in which nobody can tell from the rules alone which capitals are meant.

A bibliography style that turns titles into sentence case keeps what `titles` protects and lowers the rest.
Three things show that it may lower too much or too little: most of the title is in capitals; some of its words
are written as in a title and others as in a sentence; a word of it is a name wherever else the survey has it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.bibliography.style import Style, style_of
from generator.bibliography.tex import Span, without_math
from generator.bibliography.titles import Capitals, segments, shouted
from generator.memory import Memory
from generator.model import Bibliography

_WORD = re.compile(r"\w+")
_NAME_IN_PROSE = re.compile(r"[A-Z](?<=[a-z,;] [A-Z])[a-z]\w*")
_TELLING = 4
"""Title case leaves many shorter words small."""
_FEW = 3
"""Fewer words that tell show no case."""
_MIXED = 0.25
"""From which share on the rarer of two ways to write words is no exception any more."""


class Doubt(NamedTuple):
    """Why a title needs a decision, and on which words."""

    reason: str
    words: tuple[str, ...]


def doubts(
    titles: Mapping[str, str], prose: Collection[str], settings: Bibliography, memory: Memory
) -> Iterator[tuple[str, Doubt]]:
    """Find the titles that need a decision.

    Args:
        titles: The titles as records have them for which nothing is decided, by key.
        prose: What else the survey says, in sentences.
        settings: What the survey decides of its bibliography.
        memory: Knows titles that were looked at before.

    Yields:
        The key of a title and why it needs a decision: the weightiest reason only.
    """
    written = settings.model_dump_json()
    memory.learn(seen, [(title, written) for title in titles.values()])
    all_seen = {key: _Seen(*memory.recall(seen, title, written)) for key, title in titles.items()}
    candidates = {word for own in all_seen.values() for word in own.lowered}
    names = _names(candidates, (*titles.values(), *prose), prose)
    for key, own in all_seen.items():
        found = _doubt(own, names)
        if found:
            yield key, found


class _Seen(NamedTuple):
    """What a title shows by itself: whether it is in capitals, the words that lose theirs, and those written unlike the rest."""

    shouted: bool
    lowered: Sequence[str]
    mixed: Sequence[str]


def seen(title: str, settings: str) -> tuple[bool, list[str], list[str]]:
    """Return what a title shows by itself, for a memory.

    Args:
        title: The title as its record has it.
        settings: What the survey decides of its bibliography, as JSON.
    """
    style, title = _style(settings), without_math(title)
    return shouted(title), list(_lowered(title, style)), list(_mixed(title, style.capitals))


@lru_cache(maxsize=8)
def _style(settings: str) -> Style:
    return style_of(Bibliography.model_validate_json(settings))


def _doubt(title: _Seen, names: frozenset[str]) -> Doubt | None:
    if title.shouted:
        return Doubt("the title is in capitals", ()) if title.lowered else None
    if title.mixed:
        return Doubt("the title is partly in title case, partly in sentence case", tuple(title.mixed))
    if known := tuple(word for word in dict.fromkeys(title.lowered) if word in names):
        return Doubt("the survey’s prose always has it with a capital", known)
    return None


def _lowered(title: str, style: Style) -> Iterator[str]:
    """Yield the words whose capital is taken away in sentence case."""
    kept, starts = style.protecting(None)(title), dict(style.capitals.sentence_starts(title))
    for span in segments(title):
        word = title[slice(*span)]
        if word[:1].isupper() and not starts.get(span) and not _within(span, kept):
            yield word


def _mixed(title: str, capitals: Capitals) -> Iterator[str]:
    """Yield the capitalised words of a title that is neither in title case nor in sentence case."""
    starts = dict(capitals.sentence_starts(title))
    telling = [
        title[slice(*span)]
        for span in segments(title)
        if span not in starts
        and not title[: span[0]].endswith(("-", "‐", "‑"))
        and _tells(title[slice(*span)], capitals)
    ]
    upper = [word for word in telling if not word.islower()]
    rarer = min(len(upper), len(telling) - len(upper))
    if len(telling) >= _FEW and rarer / len(telling) >= _MIXED:
        yield from upper


def _tells(word: str, capitals: Capitals) -> bool:
    """Say whether a word shows in which case a title is: long enough, and no name by its shape or by the lists."""
    plain = word.isalpha() and (word.islower() or word.istitle())
    return len(word) >= _TELLING and plain and word not in capitals.small_words and not capitals.lists(word)


def _names(candidates: set[str], everything: Iterable[str], prose: Iterable[str]) -> frozenset[str]:
    """Return those of some words that prose has as names: with a capital within sentences, and never without."""
    in_prose = {word for text in prose for word in _NAME_IN_PROSE.findall(text)} & candidates
    lower = {word.lower() for word in in_prose}
    words = set().union(*map(_WORD.findall, everything)) if lower else set[str]()
    small = {word for word in words if word.rstrip("s") in lower or word in lower}
    return frozenset(word for word in in_prose if not {word.lower(), f"{word.lower()}s"} & small)


def _within(span: Span, spans: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)
