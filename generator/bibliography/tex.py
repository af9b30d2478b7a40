r"""Text as pdfTeX and BibTeX read it: ASCII, every brace balanced, nothing taken for syntax.

For BibLaTeX letters and punctuation stay in UTF-8, the rest is the same.

A character without a TeX form stays as it is, so that LuaLaTeX and XeLaTeX still print it and
`missing` can report it; it is never replaced by another.

`pylatexenc` is not used to write: of the 1,509 forms that its version 2.11 writes, 690 stop pdfLaTeX
unless further packages are loaded; it has none for ế or ș, and its `\{` for a single brace unbalances
BibTeX's count of braces.
"""

from __future__ import annotations

import re
import string
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from importlib import resources
from urllib.parse import quote

from generator.text import MATH_COMMANDS, parts

Span = tuple[int, int]
"""Where a run of characters begins and ends."""

_TABLES: dict[str, dict[str, str]] = tomllib.loads(
    resources.files(__package__).joinpath("characters.toml").read_text(encoding="utf-8")
)
ACCENTS: dict[str, str] = _TABLES["accents"]
"""Combining character → accent command."""
MATH: dict[str, str] = _TABLES["math"]
"""Character → what pdfLaTeX writes for it between dollars."""
LETTERS: dict[str, str] = _TABLES["letters"] | _TABLES["t1"]
SYMBOLS: dict[str, str] = _TABLES["symbols"]
_FORMS = (
    {character: character for character in string.ascii_letters + string.digits + string.punctuation + " "}
    | _TABLES["ascii"]
    | LETTERS
    | SYMBOLS
    | {character: f"{{${form}$}}" for character, form in MATH.items()}
)
_BASES = {letter: letter for letter in string.ascii_letters} | {
    letter: form for letter, form in LETTERS.items() if letter.isalpha() and form.startswith("{")
}
"""Letters that take accents."""
_DOTLESS = {"i": r"\i", "j": r"\j"}
_BELOW = {"\u0323", "\u0326", "\u0327", "\u0328", "\u0331"}
_LIGATURES = {"--", "``", "''", "!`", "?`", ",,"}
"""Pairs that TeX's text fonts join (The TeXbook, chapter 2, and the T1 encoding)."""

_SPELLED = (
    _TABLES["ascii"]
    | {character: f"{{${form}$}}" for character, form in MATH.items()}
    | {character: form for character, form in _TABLES["symbols"].items() if not character.isprintable()}
)
"""What has a TeX form in UTF-8 too: what is syntax, what text fonts lack, and spaces that look like others."""
_GREEK = "[\u0370-\u03ff\u1f00-\u1fff]"
_SYNTAX = re.compile(f"({_GREEK}{{2,}}|[{re.escape(''.join(_SPELLED))}])")
"""Such characters; Greek letters only where they stand alone, as symbols, and not in words."""

_PLAIN = "".join(
    character
    for character in string.ascii_letters + string.digits + string.punctuation + " "
    if _FORMS[character] == character and character not in "".join(_LIGATURES)
)
_CLUSTER = re.compile(rf"(?:[{re.escape(_PLAIN)}](?![\u0300-\u036f]))+|[\s\S][\u0300-\u036f]*")
"""What TeX prints as it stands, or one character with the accents that follow it."""

FORMULA = "\ufffc"
"""Stands for a formula where words are looked for: one character, neither letter nor space."""


def line(text: str, protect: Callable[[str], Iterable[Span]] | None = None, *, utf8: bool = False) -> str:
    """Write a line of text with TeX math between dollars.

    Args:
        text: The line as a record holds it.
        protect: Finds the runs whose case BibTeX shall leave alone; they are put in braces. A
            formula is one character to it.
        utf8: Whether letters may stay as they are.

    Returns:
        TeX for the value of a field, on one line, trimmed.
    """
    plain, formulas = _read(text)
    encoded = _spelled if utf8 else _encoded
    pieces: list[str] = []
    position = 0
    for start, end in protect(plain) if protect else ():
        inner = _joined(_pieces(plain[start:end], formulas[start:end], encoded))
        pieces += [*_pieces(plain[position:start], formulas[position:start], encoded), "{" + inner + "}"]
        position = end
    return _joined([*pieces, *_pieces(plain[position:], formulas[position:], encoded)])


def without_math(text: str) -> str:
    """Return a line of text as `protect` is given it: each formula is one character, neither letter nor space."""
    return _read(text)[0]


@lru_cache(maxsize=1 << 15)  # names recur
def words(text: str, *, utf8: bool = False) -> str:
    """Write text that holds no math: names."""
    return _joined((_spelled if utf8 else _encoded)(_typographic(normal(text))))


def running(text: str) -> str:
    """Write a run of a sentence, with the spaces that it begins and ends with."""
    return _joined(_encoded(_typographic(unicodedata.normalize("NFC", text))))


def address(url: str) -> str:
    """Write a web address: verbatim but for what a URI cannot hold and BibTeX cannot read.

    Such characters are percent-encoded, which names the same resource (RFC 3986, section 2.1;
    RFC 3987, section 3.1).
    """
    return quote(url, safe=string.punctuation.translate(str.maketrans("", "", '{}"\\')))


def missing(value: str) -> tuple[str, ...]:
    """Return the characters of a written value that have no TeX form, each once, in order."""
    return tuple(dict.fromkeys(character for character in value if not " " <= character <= "~"))


def surely_encodable(text: str) -> bool:
    """Say whether a text may stand in any field, and leave no character without a TeX form, without writing it.

    Where there may be math, an escape sequence or an accent on its own, this does not tell.
    """
    if "$" in text or "\\" in text:
        return False
    return text.isascii() or all(map(_is_encodable, set(unicodedata.normalize("NFC", text))))


@cache
def _is_encodable(character: str) -> bool:
    return not unicodedata.combining(character) and "".join(_encoded(character)).isascii()


def normal(text: str) -> str:
    """Return the text in NFC, trimmed, with single spaces in place of other white space.

    No-break and thin spaces, which TeX has too, stay.
    """
    return _BREAKABLE.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")


_BREAKABLE = re.compile(r"(?! [^\s])[^\S\u00a0\u2009\u202f]+")
"""Runs of white space but for a single space, which is what they become."""


def _typographic(text: str) -> str:
    """Turn straight double quotation marks, which OT1 fonts lack, into opening and closing ones."""

    def mark(found: re.Match[str]) -> str:
        before = text[found.start() - 1] if found.start() else " "
        return "“" if unicodedata.category(before) in {"Zs", "Ps", "Pi", "Pd"} else "”"

    return re.sub('"', mark, text) if '"' in text else text


def _read(text: str) -> tuple[str, list[str | None]]:
    """Tell text from formulas: the characters, and for each of them the formula that it stands for, if any."""
    line = normal(text)
    if "$" not in line:
        return _typographic(line), [None] * len(line)
    characters: list[str] = []
    formulas: list[str | None] = []
    for part in parts(line):
        written = formula(part.text) if part.math else None
        plain = f"${part.text}$" if part.math else part.text
        characters.append(plain if written is None else FORMULA)
        formulas += [None] * len(plain) if written is None else [written]
    return _typographic("".join(characters)), formulas


def _pieces(plain: str, formulas: list[str | None], encoded: Callable[[str], Iterator[str]]) -> Iterator[str]:
    run = 0
    if FORMULA in plain:
        for position, formula in enumerate(formulas):
            if formula is not None:
                yield from encoded(plain[run:position])
                yield f"{{${formula}$}}"
                run = position + 1
    yield from encoded(plain[run:])


def _spelled(text: str) -> Iterator[str]:
    """Yield what TeX reads as syntax in its TeX form, and whatever is a letter as it is."""
    for run in _SYNTAX.split(text):
        yield _SPELLED.get(run, run)


def _encoded(text: str) -> Iterator[str]:
    """Yield the TeX form of each letter with its accents, runs of plain letters at once."""
    for cluster in _CLUSTER.findall(text):
        if cluster in _FORMS:
            yield _FORMS[cluster]
        elif cluster.isascii():
            yield cluster
        else:
            yield _accented(unicodedata.normalize("NFD", cluster))


def _accented(cluster: str) -> str:
    r"""Put accents on a letter, the innermost first: `{\'{\^e}}`."""
    base, marks = cluster[0], cluster[1:]
    form = _BASES.get(base, "")
    known = next((place for place, mark in enumerate(marks) if mark not in ACCENTS), len(marks)) if form else 0
    for mark in marks[:known]:
        command = ACCENTS[mark]
        letter = form if mark in _BELOW else _DOTLESS.get(form, form)
        plain = command[-1].isalpha() and not letter.startswith("{")
        form = f"{{{command}{{{letter}}}}}" if plain else f"{{{command}{letter}}}"
    return unicodedata.normalize("NFC", (form or base) + marks[known:])


def _joined(pieces: Iterable[str]) -> str:
    joined, last = [], ""
    for piece in pieces:
        joined.append("{}" + piece if last + piece[:1] in _LIGATURES else piece)
        last = piece[-1:] or last
    return "".join(joined)


def formula(tex: str) -> str | None:
    r"""Write a formula so that BibTeX can count its braces and no character ends it early.

    Returns:
        The formula, or `None` where its braces do not match or a command is none that formulas are
        set with: then its text is printed as it stands. TeX that comes from content must not read
        or write files, nor define what other text means.
    """
    written = re.findall(r"\\[A-Za-z]+|\\.|.", tex)
    if "^^" in tex or any(piece.startswith("\\") and piece not in _COMMANDS for piece in written):
        return None
    pieces = [_IN_MATH.get(piece, piece) for piece in written]
    depth = 0
    for piece in pieces:
        depth += {"{": 1, "}": -1}.get(piece, 0)
        if depth < 0:
            return None
    return None if depth else "".join(_apart(pieces))


def _apart(pieces: list[str]) -> Iterator[str]:
    """Put a space between a command and a letter that would lengthen its name."""
    for piece, following in zip(pieces, [*pieces[1:], ""], strict=True):
        yield piece + " " if re.fullmatch(r".*\\[A-Za-z]+", piece) and following[:1].isalpha() else piece


_COMMANDS = MATH_COMMANDS | {f"\\{character}" for character in "{}%#&$_,:;!> |-/\\"}
_IN_MATH = MATH | {r"\{": r"\lbrace", r"\}": r"\rbrace", "%": r"\%", "#": r"\#", "&": r"\&"}
