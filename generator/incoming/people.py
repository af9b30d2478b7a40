"""Lists of names as BibTeX writes them → the parts that a record has.

bibtexparser takes a single name apart by BibTeX's rules; what it is given is still LaTeX, since
braces decide what is one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

from generator.incoming.entry import Person
from generator.incoming.latex import decoded_word
from generator.names import AmbiguousNameError, split_name

_OTHERS = re.compile(r"\{*(?:others|et\s*al\.?)\}*", re.IGNORECASE)
_HOMONYM = re.compile(r"\s+[0-9]{4}$")
"""The number by which DBLP tells people of one name apart."""
_PARTS = {"family": "family", "given": "given", "prefix": "particle", "suffix": "suffix"}
_PART = re.compile(r"\s*(?:family|given|prefix|suffix)(?:-i)?\s*=")
_LONGEST = 2_000
"""A longer name is no name."""


@dataclass(frozen=True, slots=True)
class People:
    """The authors that a source names, and whether it says that there are others."""

    people: tuple[Person, ...]
    cut: bool = False


def from_bibtex(tex: str) -> People:
    """Read the value of an author field."""
    names = [name for name in _separated(" ".join(tex.split())) if name.strip(" ,;{}")]
    kept = [name for name in names if not _OTHERS.fullmatch(name)]
    cut = len(kept) < len(names)
    if kept and (found := re.fullmatch(r"(.*?),?\s+(?:et\s+al\.?|and\s+others)", kept[-1], re.IGNORECASE)):
        kept[-1], cut = found[1], True
    return People(tuple(person(name) for name in kept), cut)


def from_list(names: Iterable[str]) -> People:
    """Read names that are told apart already, each as text."""
    stripped = [name.strip() for name in names]
    kept = [name for name in stripped if name and not _OTHERS.fullmatch(name)]
    return People(tuple(map(person, kept)), len(kept) < len([name for name in stripped if name]))


def from_line(text: str) -> People:
    """Read names on a line: “Jane Doe, Richard Roe and Niki Poe”, or with “and” between all, “Family, Given” then."""
    text = " ".join(text.split())
    more = re.search(r",?\s+et\.?\s+al\.?$|\s*(?:…|\.\.\.)$", text)
    text = text[: more.start()] if more else text
    parts = [part.strip() for part in re.split(r"\s*;\s*|\s+and\s+|\s*&\s*", text)]
    turned = all(re.fullmatch(r"[^,]+,[^,]+", part) for part in parts) and (len(parts) > 1 or len(parts[0].split()) < 4)  # noqa: PLR2004
    names = parts if turned else [name for part in parts for name in part.split(",")]
    read = from_list(names)
    return People(read.people, read.cut or more is not None)


def from_parts(family: str, given: str = "", particle: str = "", suffix: str = "") -> Person:
    """Make a person of parts that are text already; a name of one part is a literal."""
    parts = {"given": given, "family": family, "particle": particle, "suffix": suffix}
    present = {name: text for name, text in ((name, _clean(text)) for name, text in parts.items()) if text}
    if "family" not in present:
        return Person({"literal": " ".join(present.values())})
    if "given" not in present:
        whole = " ".join(present[name] for name in ("particle", "family", "suffix") if name in present)
        return Person({"literal": whole})
    return Person(present)


def with_particle(family: str, given: str, suffix: str = "") -> Person:
    """Make a person of a family name whose leading words in lower case are the particle, as an index has it."""
    try:
        parts = split_name(f"{family}, {given}")
    except AmbiguousNameError:
        return from_parts(family, given, "", suffix)
    return from_parts(parts["family"], parts["given"], parts.get("particle", ""), suffix)


def person(name: str) -> Person:
    """Read one name."""
    if _PART.match(name):
        return _of_named_parts(name)
    name = _HOMONYM.sub("", name.strip(" ,;"))
    if len(name) > _LONGEST:
        return Person({"literal": decoded_word(name[:_LONGEST])}, "it is too long for a name")
    if _is_group(name):
        return Person({"literal": _clean(decoded_word(name))})
    doubt = ""
    if _commas(name) > 2:  # noqa: PLR2004 - von Last, Jr, First
        return Person({"literal": _clean(decoded_word(name))}, "it has more than two commas")
    try:
        parts = parse_single_name_into_parts(name)
    except InvalidNameError:
        doubt = "its braces or commas do not fit"
        parts = parse_single_name_into_parts(name.replace("{", "").replace("}", ""), strict=False)
    read = from_parts(
        *(_words(words) for words in (parts.last, parts.first, parts.von, parts.jr)),
    )
    return Person(read.parts, doubt) if doubt else read


def _of_named_parts(name: str) -> Person:
    """Read a name whose parts are called by their names, as biblatex 3 has it: `family=Berg, given=Jan, prefix=van der`."""
    parts: dict[str, str] = {}
    odd: list[str] = []
    for piece in _at(re.compile(r"[{}]|,"), name):
        label, sign, value = (text.strip() for text in piece.partition("="))
        if label in _PARTS and sign:
            parts[_PARTS[label]] = decoded_word(value.strip('"'))
        elif piece.strip() and not label.endswith("-i") and label != "useprefix":
            odd.append(label)
    read = from_parts(*(parts.get(part, "") for part in ("family", "given", "particle", "suffix")))
    return Person(read.parts, f"“{odd[0]}” is left out" if odd else "")


def _words(words: list[str]) -> str:
    return decoded_word(" ".join(words))


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip(" ,;")


def _is_group(name: str) -> bool:
    """Say whether one pair of braces holds the whole name."""
    if not (name.startswith("{") and name.endswith("}")) or name.startswith("{\\"):
        return False
    depth = 0
    for position, character in enumerate(name):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0:
            return position == len(name) - 1
    return False


def _commas(name: str) -> int:
    depth = count = 0
    for character in name:
        depth += {"{": 1, "}": -1}.get(character, 0)
        count += character == "," and depth == 0
    return count


def _separated(tex: str) -> Iterator[str]:
    """Split at “and” outside braces; at semicolons where there is no “and”."""
    parts = list(_at(re.compile(r"[{}]|\s+and(?=\s)|\s+AND(?=\s)|^and\s|\s+and$"), tex))
    if len(parts) == 1 and ";" in tex:
        parts = list(_at(re.compile(r"[{}]|;"), tex))
    for part in parts:
        yield part.strip()


def _at(marks: re.Pattern[str], tex: str) -> Iterator[str]:
    depth = start = 0
    for mark in marks.finditer(tex):
        if mark[0] in "{}":
            depth = max(0, depth + (1 if mark[0] == "{" else -1))
        elif depth == 0:
            yield tex[start : mark.start()]
            start = mark.end()
    yield tex[start:]
