"""Braces in a BibTeX title, or their like in CSL → the names that keep their capitals, where our own rules would not find them.

Braces are the only mark that BibTeX has for that (btxhak, section 5.2); but many programs put the whole title, or every
capitalised word, into braces, and then they decide nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.bibliography.style import PLAIN
from generator.bibliography.tex import FORMULA, Span, without_math
from generator.bibliography.titles import merged, segments
from generator.incoming.values import cleaned

_BEGIN, _END = "\ufdd1", "\ufdd2"
"""Noncharacters that stand for braces while a title is decoded."""

_PASSED_OVER = re.compile(
    r"""\\(?:[A-Za-z]+\*?\s*|[^A-Za-z])(?:\{(?:[^{}]|\{[^{}]*\})*\})*|\{\$(?:[^$\\]|\\.)*\$\}|\$(?:[^$\\]|\\.)*\$"""
)
"""A command with its argument, an accent with its letter, a formula in braces or without: their braces only group."""

_NOCASE = re.compile(r"""<span\s+class\s*=\s*["']nocase["']\s*>((?:(?!</?span)[\s\S])*)</span\s*>""", re.IGNORECASE)
"""What the citation processors of CSL read as a name: https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html"""

_HABIT = 3
"""So many words, all of them in braces, are a habit of the program."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the braces of a title say.

    Attributes:
        names: The names that keep their capitals, in order; none where the rules find the same, or the braces tell nothing.
        habit: Whether every capitalised word is in braces of its own.
    """

    names: tuple[str, ...] = ()
    habit: bool = False


def marked(tex: str) -> str:
    """Return a title's LaTeX with marks in place of the outermost braces that protect letters."""
    if _BEGIN in tex or _END in tex:
        return tex
    pieces: list[str] = []
    depth = 0
    position = 0
    while position < len(tex):
        found = _PASSED_OVER.match(tex, position)
        piece = found[0] if found else tex[position]
        special = piece == "{" and tex[position + 1 : position + 2] == "\\"
        if piece == "{":
            pieces.append(_BEGIN if not depth and not special else "{")
            depth += 1 if depth or not special else 0
        elif piece == "}":
            depth -= depth > 0
            pieces.append(_END if not depth and _open(pieces) else "}")
        else:
            pieces.append(piece)
        position += len(piece)
    return "".join(pieces) if not _open(pieces) else tex


def _open(pieces: Iterable[str]) -> bool:
    return sum((piece == _BEGIN) - (piece == _END) for piece in pieces) > 0


def from_markup(text: str) -> tuple[str, Kept]:
    """Return a title of CSL without the markup that keeps names as they are, and what that says; other markup stays."""
    if "nocase" not in text:
        return text, Kept()
    opened = _NOCASE.sub(rf"{_BEGIN}\1{_END}", text)
    return opened.replace(_BEGIN, "").replace(_END, ""), unmarked(cleaned(opened))[1]


def unmarked(text: str) -> tuple[str, Kept]:
    """Return a decoded title without marks, and what they say."""
    title = text.replace(_BEGIN, "").replace(_END, "")
    if title == text:
        return title, Kept()
    return title, _kept(without_math(title), _spans(without_math(text)))


def _spans(text: str) -> Iterator[Span]:
    """Yield where the marks stand in the text without them."""
    start = position = 0
    for character in text:
        if character == _BEGIN:
            start = position
        elif character == _END:
            yield start, position
        else:
            position += 1


def _kept(title: str, braced: Iterable[Span]) -> Kept:
    runs = [_whole_words(title, span) for span in braced]
    capitalised = [span for span in segments(title) if any(map(str.isupper, title[slice(*span)]))]
    inside = [span for span in capitalised if any(start < span[1] and span[0] < end for start, end in runs)]
    ruled = PLAIN.protecting(None)(title)
    starts = {span for span, _ in PLAIN.capitals.sentence_starts(title)}
    new = [span for span in inside if span not in starts and not _within(span, ruled)]
    if not new:
        return Kept()
    if len(inside) == len(capitalised) and (len(inside) >= _HABIT or len(runs) == 1):
        return Kept(habit=len(runs) > 1)
    telling = (span for span in runs if any(_within(one, [span]) for one in inside) and span not in starts)
    names = (title[slice(*span)] for span in merged((*telling, *ruled)))
    return Kept(tuple(dict.fromkeys(name for name in names if FORMULA not in name)))


def _whole_words(title: str, span: Span) -> Span:
    """Return a run that begins and ends with whole words: “{W}indmills” keeps “Windmills”."""
    touched = [word for word in segments(title) if word[0] < span[1] and span[0] < word[1]]
    return (touched[0][0], touched[-1][1]) if touched else span


def _within(span: Span, spans: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)
