"""Single values as sources write them → as a record does."""

from __future__ import annotations

import html
import re
import unicodedata
from html.entities import html5

_MONTHS = (
    ("jan", "januar"), ("feb", "febr"), ("mar", "mär", "mars"), ("apr", "avr"), ("may", "mai", "mayo"), ("jun", "juin"),
    ("jul", "juil"), ("aug", "aoû"), ("sep", "sept"), ("oct", "okt"), ("nov",), ("dec", "dez", "déc"),
)  # fmt: skip
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TAG = re.compile(r"<(/?)(i|b|em|strong|u|sub|sup|span|scp|sc|tt|p|jats:[a-z]+)(?:\s[^<>]{0,100})?>", re.IGNORECASE)
_MATH_SIGNS = {"sub": "_", "sup": "^"}


def unwritable(text: str) -> str | None:
    """Return the first character that YAML cannot hold, or `None`."""
    found = _UNWRITABLE.search(text)
    return found[0] if found else None


def writable(text: str) -> str:
    """Return text without what YAML cannot hold."""
    return _UNWRITABLE.sub(" ", text)


def cleaned(text: str) -> str:
    """Return text on one line, in NFC, without what YAML cannot hold, HTML turned into characters and math."""
    text = _UNWRITABLE.sub(" ", text)
    if "&" in text:
        text = _ENTITY.sub(_character, text)
    if "<" in text and ">" in text:
        text = _without_tags(text)
    return unicodedata.normalize("NFC", " ".join(_UNWRITABLE.sub(" ", text).split()))


def _character(entity: re.Match[str]) -> str:
    if entity[1].startswith("#") or f"{entity[1]};" in html5:
        return html.unescape(entity[0])
    return entity[0]


def markup(text: str) -> list[str]:
    """Return the opening tags that `cleaned` takes out of a text without writing something else for them."""
    if "<" not in text or ">" not in text:
        return []
    names = {found[2].lower() for found in _TAG.finditer(text) if found[1]} - set(_MATH_SIGNS)
    tags = (found[0] for found in _TAG.finditer(text) if not found[1] and found[2].lower() in names)
    return list(dict.fromkeys(tags))


def _without_tags(text: str) -> str:
    names = {found[2].lower() for found in _TAG.finditer(text) if found[1]}
    for name, sign in _MATH_SIGNS.items():
        if name in names:
            text = re.sub(rf"<{name}>([^<>$]{{1,50}})</{name}>", rf"${sign}{{\1}}$", text, flags=re.IGNORECASE)
    return _TAG.sub(lambda tag: "" if tag[2].lower() in names else tag[0], text)


def month(text: str) -> int | None:
    """Return the number of the one month that a text names."""
    text = text.strip(" .,{}")
    if re.fullmatch(r"0?[1-9]|1[0-2]", text):
        return int(text)
    words = re.findall(r"[^\W\d_]{3,}", unicodedata.normalize("NFC", text).lower())
    found = {number for word in words for number, forms in enumerate(_MONTHS, 1) if word.startswith(forms)}
    return found.pop() if len(found) == 1 else None


def year_and_month(text: str) -> tuple[str, int | None] | None:
    """Return the year that a date names, and the month where it does."""
    text = text.strip(" .,;{}[]()")
    iso = re.match(r"([0-9]{4})[-/](0?[1-9]|1[0-2])(?:[-/][0-9]{1,2})?(?:T.*|/.*)?(?![0-9])", text)
    if iso:
        return iso[1], int(iso[2])
    years = set(re.findall(r"(?<![0-9])(?:1[4-9][0-9]{2}|20[0-9]{2}|2100)(?![0-9])", text))
    if len(years) != 1:
        return None
    rest = text.replace(year := years.pop(), "")
    return year, month(rest) if re.search(r"[^\W\d_]{3,}", rest) else None


def names_a_day(text: str) -> bool:
    """Say whether a date, or what stands in the place of a month, names a day or several as well."""
    text = text.strip(" .,;{}[]()")
    if re.match(r"[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}(?![0-9])", text):
        return True
    return bool(re.search(r"[^\W\d_]{3,}", text) and re.search(r"(?<![0-9])[0-9]{1,2}(?![0-9])", text))


def names_one_year(text: str) -> bool:
    """Say whether a date is written so that nothing is left over: 2021, 2021-07-12, July 2021."""
    return bool(re.fullmatch(r"[0-9]{4}(?:[-/][0-9]{1,2}){0,2}(?:T\S*)?/{0,3}|(?:[0-9]{1,2}(?:\s*[-–]+\s*[0-9]{1,2})?\.?\s+)?[^\W\d_]{3,}\.?,?\s+(?:[0-9]{1,2}(?:\s*[-–]+\s*[0-9]{1,2})?,?\s+)?[0-9]{4}", text.strip()))  # fmt: skip


def pages(text: str) -> str:
    """Return pages without what stands around the numbers."""
    bare = re.sub(r"^\s*pp?\.?\s*(?=[0-9A-Za-z])", "", text.strip(" .;,"))
    return re.sub(r"\s*(?:[-–—‐‑‒−]|--+)+\s*", "-", bare).strip(" -")


_RANGE = re.compile(r"([A-Za-z:]*|[A-Za-z]*[0-9]+:)([0-9]{1,18})-(?:\1)?([0-9]{1,18})")
"""Beyond eighteen digits it is no page, and Python minds thousands."""


def whole_range(text: str) -> str:
    """Write a shortened last page in full: 1702-15 → 1702-1715."""
    found = _RANGE.fullmatch(text)
    if found is None or len(found[3]) >= len(found[2]) or int(found[3]) > int(found[2]):
        return text
    last = found[2][: len(found[2]) - len(found[3])] + found[3]
    return f"{found[1]}{found[2]}-{found[1]}{last}" if int(last) > int(found[2]) else text


def ascends(text: str) -> bool:
    """Say whether no last page comes before its first."""
    return all(
        (found := _RANGE.fullmatch(part.strip())) is None or int(found[2]) <= int(found[3]) for part in text.split(",")
    )


def isbns(text: str) -> list[str]:
    """Return what in a text may be an ISBN."""
    return [
        re.sub(r"[\s–]", "-", found.strip())
        for found in re.findall(r"(?:97[89][-– ]?)?(?:[0-9][-– ]?){9}[0-9Xx]", text)
    ]
