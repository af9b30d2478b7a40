"""References as a text prints them, by styles of the Citation Style Language.

A style is not shown what it formats, but something of the same shape: tokens in place of titles and names, a number for a number.
What the processor makes of it is filled with the texts afterwards. So no style can change a title's capitals, nothing in a text can become
markup, and as papers have few shapes, the processor, which takes ten milliseconds a reference, is asked a few dozen times
however many papers there are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from citeproc import (  # type: ignore[import-untyped]
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]
from markupsafe import Markup

from generator.bibliography import to_csl
from generator.bibliography.entry import Entry
from generator.bibliography.style import PLAIN, Style
from generator.bibliography.tex import FORMULA, without_math
from generator.bibliography.titles import in_sentence_case
from generator.markup import inert, united
from generator.model import Author, Degree, PaperType, Status
from generator.text import as_plain, parts

STYLES: Mapping[str, str] = {"APA": "apa", "IEEE": "ieee"}
"""What a style is called, and its file."""

_DOCTORAL: Mapping[str, str] = {"APA": "Doctoral dissertation", "IEEE": "Ph.D. dissertation"}
"""What a style’s manual calls a thesis for a doctorate."""

_NAMES: Mapping[str, frozenset[PaperType]] = {
    "APA": frozenset((PaperType.SOFTWARE,)),
    "IEEE": frozenset((PaperType.BOOK, PaperType.DATASET, PaperType.SOFTWARE, PaperType.WEB)),
}
"""What a style’s manual does not set in sentence case."""

_FOLDER = Path(__file__).with_name("styles")

_TOKENS = "\ue000-\uf8ff"
"""The private use area, of which no text that has a meaning makes use."""

_LETTERS = "\u2c00-\u2c2f"
"""Glagolitic capitals, which stand for the first letters of given names."""

_TAGS = {f"<{slash}{name}>": Markup(f"<{slash}{name}>") for name in ("i", "b", "sup", "sub") for slash in ("", "/")}  # noqa: S704

_LEFT_OUT = {"id", "archive", "archive_location", "event", "note"}
"""What the styles print beside what says the same already."""

_TEXTS = ("title", "container-title", "publisher", "genre", "DOI", "URL")
_NUMBERS = ("volume", "issue", "number", "page")

_YEAR = 9876
_FIRST_NUMBER = 7001
"""Numbers that stand for others; nothing else in a template has four digits."""

_MOST_AUTHORS = 21
"""From here on styles name the first few, or the first few and the last."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper in one style's list of references.

    Attributes:
        style: What the style is called.
        html: The reference, with italics.
    """

    style: str
    html: Markup


def references(entry: Entry, own: Style = PLAIN) -> Iterator[Reference]:
    """Format an entry in each style.

    Args:
        entry: The entry.
        own: What the survey decides of its bibliography.
    """
    item = to_csl.item(entry) | {"title": as_plain(entry.title)} | _found_at(entry)
    if entry.type is PaperType.SOFTWARE:
        item |= {"type": "software", "genre": ""}
    if entry.type is PaperType.CONFERENCE and entry.volume and entry.number:
        item |= {"issue": entry.number}
    item = {name: value for name, value in item.items() if value and name not in _LEFT_OUT}
    for name, style in STYLES.items():
        doctoral = (
            {"genre": _DOCTORAL[name]} if entry.type is PaperType.THESIS and entry.degree is not Degree.MASTER else {}
        )
        printed = {"DOI": _as_address(item["DOI"])} if name == "APA" and "DOI" in item else {}
        if entry.type not in _NAMES[name]:
            printed |= {"title": _sentence(entry, own)}
        if name == "IEEE" and entry.type is PaperType.PREPRINT and entry.arxiv:
            printed |= {"publisher": ""}  # the number names arXiv
        shape, texts = _shape({name: text for name, text in (item | doctoral | printed).items() if text})
        people = _people(style, [_person(style, author) for author in entry.authors])
        pieces = [*_filled(_template(style, shape), texts | {_token(0): people})]
        if entry.status is not Status.PUBLISHED:
            pieces.append(f" [{entry.status.capitalize()}]")
        yield Reference(name, united(_mended(pieces)))


def _found_at(entry: Entry) -> dict[str, str]:
    """Return where readers find a work that arXiv has: a preprint there, and what has no other address."""
    elsewhere = entry.doi or (entry.url and entry.type is not PaperType.PREPRINT)
    return {"URL": f"https://arxiv.org/abs/{entry.arxiv}"} if entry.arxiv and not elsewhere else {}


def _sentence(entry: Entry, own: Style) -> str:
    """Return a title in sentence case, as both manuals want it; what keeps its capitals is what does so in LaTeX."""
    title = without_math(entry.title)
    starts = (span for span, _ in own.capitals.sentence_starts(title))
    lowered = in_sentence_case(title, own.protecting(entry.capitals)(title), starts)
    formulas = (part.text for part in parts(entry.title) if part.math)
    return re.sub(FORMULA, lambda _: next(formulas), lowered)


def _as_address(doi: str) -> str:
    """Return a DOI as an address holds it; only what no address can hold is encoded, so that it can be read."""
    return re.sub("[<>]", lambda sign: quote(sign[0]), doi)


def _shape(item: Mapping[str, Any]) -> tuple[str, dict[str, Sequence[str]]]:
    """Return an item of the same shape without its texts, as JSON, and the texts by what stands for them."""
    shape: dict[str, Any] = dict(item)
    texts: dict[str, Sequence[str]] = {str(_YEAR): [str(item["issued"]["date-parts"][0][0])]}
    shape["author"] = [{"literal": _token(0)}]
    shape["issued"] = {"date-parts": [[_YEAR, *item["issued"]["date-parts"][0][1:]]]}
    for position, name in enumerate((name for name in _TEXTS if name in item), start=1):
        shape[name] = _token(position)
        texts[shape[name]] = [item[name]]
    number = _FIRST_NUMBER
    for name in (name for name in _NUMBERS if name in item):
        parts = re.split(r"([-–,]\s*)", item[name])
        for position in range(0, len(parts), 2):
            token = str(number) if name == "page" or parts[position].isdigit() else _token(number - _FIRST_NUMBER + 50)
            texts[token] = [parts[position]]
            parts[position] = token
            number += 1
        shape[name] = "".join(parts)
    return json.dumps(shape), texts


def _token(number: int) -> str:
    return chr(0xE000 + number)


@cache
def _style(name: str) -> CitationStylesStyle:
    return CitationStylesStyle(str(_FOLDER / f"{name}.csl"), locale="en-US", validate=False)


@cache
def _template(style: str, shape: str) -> tuple[str, ...]:
    """Return what a style makes of an item: tokens and text, and tags as `Markup`."""
    item = json.loads(shape) | {"id": "it"}
    bibliography = CitationStylesBibliography(_style(style), CiteProcJSON([item]), formatter.html)
    bibliography.register(Citation([CitationItem("it")]))
    (written,) = bibliography.bibliography()
    text = str(written).removeprefix("[1]")
    # The processor does not know `punctuation-in-quote`, and prints a style's own word without the number it belongs to.
    text = re.sub("”([,.])", r"\1”", text).replace(" (Publication)", "")
    text = re.sub(rf"\[([{_TOKENS}])\]\. ([{_TOKENS}])", r"[\1, \2]", text)  # a thesis, for APA
    if item["type"] == "paper-conference" and style == "ieee" and "volume" in item:
        issue = f", no. {item['issue']}" if "issue" in item else ""
        container = f"{item.get('container-title')}</i>"
        text = text.replace(container, f"{container}, vol. {item['volume']}{issue}")
    # IEEE's manual joins a DOI by a comma and begins a sentence with an address; its style does so for some types only.
    text = text.replace(". doi: ", ", doi: ").replace(", [Online]. ", ". [Online]. ")
    pieces = re.split(rf"([{_TOKENS}]|\b(?:{_YEAR}|70[0-9]{{2}})\b|<[^<>]*>)", text)
    return tuple(_TAGS.get(piece, "") if piece.startswith("<") else unescape(piece) for piece in pieces if piece)


@cache
def _list_of_people(style: str, count: int) -> tuple[str, ...]:
    """Return how a style lists people: what it puts around a single one taken away from what it makes of so many."""

    def template(people: int) -> tuple[str, ...]:
        tokens = [{"literal": _token(100 + number)} for number in range(people)]
        item = {"type": "article", "author": tokens, "title": _token(1), "issued": {"date-parts": [[_YEAR]]}}
        return _template(style, json.dumps(item))

    alone = template(1)
    before = alone.index(_token(100))
    return template(count)[before : before + len(template(count)) - len(alone) + 1]


def _people(style: str, names: Sequence[Sequence[str]]) -> Sequence[str]:
    """Return the list of authors as pieces of text."""
    shown = names if len(names) <= _MOST_AUTHORS else [*names[: _MOST_AUTHORS - 1], names[-1]]
    texts = {_token(100 + number): name for number, name in enumerate(shown)}
    return [*_filled(_list_of_people(style, len(shown)), texts)]


def _person(style: str, author: Author) -> Sequence[str]:
    """Return a name in the order, and with the initials, that a style has; a script without capitals has none."""
    letters: dict[str, Sequence[str]] = {}
    given = ""
    parts = re.split(r"([\s.-]+)", re.sub("[‐‑]", "-", author.given or ""))
    for before, word in zip(["", *parts[1::2]], parts[::2], strict=True):
        first = word[:1]
        if first.islower() and before.isspace():
            given += before + word  # de, van
        elif first.upper() != first.lower():
            letters[chr(0x2C00 + len(letters))] = [first]
            given += before + next(reversed(letters))
        elif first:
            return [author.full]
        else:
            given += before
    if author.literal or not letters:
        return [author.full]
    rest = (("family", author.last), ("suffix", author.suffix))
    tokens = {name: (_token(200 + number), text) for number, (name, text) in enumerate(rest) if text}
    shape = {"given": given} | {name: token for name, (token, _) in tokens.items()}
    texts = letters | {token: [text] for token, text in tokens.values()}
    return [*_filled(_name(style, json.dumps(shape)), texts)]


@cache
def _name(style: str, shape: str) -> tuple[str, ...]:
    """Return what a style makes of a name: tokens, initials and text."""
    # A name that stands alone may share its full stop with what comes after it.
    _, between, other = _list_of_people(style, 2)
    item = {"type": "article", "author": [json.loads(shape), {"literal": other}], "title": _token(1)}
    alone = "".join(_template(style, json.dumps(item | {"issued": {"date-parts": [[_YEAR]]}})))
    name = alone[: alone.index(between + other)]
    return tuple(filter(None, re.split(f"([{_TOKENS}{_LETTERS}])", name)))


def _filled(template: Sequence[str], texts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for piece in template:
        yield from texts.get(piece, (piece,))


def _mended(pieces: Iterable[str]) -> Iterator[Markup]:
    """Yield the pieces as HTML; where a text ends a sentence by itself, the style's own mark goes."""
    last = ""
    run = ""
    for piece in pieces:
        if isinstance(piece, Markup):
            yield inert(run)
            yield piece
            run = ""
            continue
        ended = last in "?!…" and piece.startswith((".", ",”")) if last else False
        text = piece[1:] if ended or (last == "." and piece.startswith(".")) else piece
        last = text[-1:] or last
        run += text
    yield inert(run)
