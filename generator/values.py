"""Kinds of values that a content file holds, each with the rule that tells good from malformed.

A rule raises `PydanticCustomError`; its type is the code of the diagnostic, and its context may
carry a `hint`. Rules say nothing of positions or of other records.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

KEY_PATTERN = r"[A-Za-z0-9][A-Za-z0-9_-]*"
"""A citation key, a venue key, a tag, an attribute's name: what BibTeX, URLs and files all take."""

LINK_SCHEMES = ("http", "https", "mailto")

NOT_APPLICABLE = "n/a"
"""An attribute's value where the attribute cannot apply to the paper."""


_MONTHS = range(1, 13)


def malformed(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """Make the error that a rule of this module raises."""
    # Braces would be read as pydantic's placeholders.
    return PydanticCustomError(code, "{text}", {"text": message, "hint": hint})


def _matching(code: str, pattern: str, message: str, hint: str) -> AfterValidator:
    compiled = re.compile(pattern)

    def rule(value: str) -> str:
        if compiled.fullmatch(value) is None:
            raise malformed(code, message.format(value), hint)
        return value

    return AfterValidator(rule)


def _line(value: str) -> str:
    if not value.strip():
        raise malformed("empty-value", "this value is empty", "Write the value, or leave the key out.")
    if "\n" in value.strip():
        raise malformed("wrong-type", "one line is expected here", "Write the value on one line.")
    return value.strip()


def _prose(value: str) -> str:
    if not value.strip():
        raise malformed("empty-value", "this value is empty", "Write the text, or leave the key out.")
    return value.rstrip()


def _year(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}", value):
        raise malformed("malformed-year", f"“{value}” is not a year", "Write four digits: 2021.")
    return value


def _link(value: str) -> str:
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", value)
    if scheme is None or scheme[1].lower() not in LINK_SCHEMES or re.search(r"[\s<>\"\\]", value):
        raise malformed(
            "unsafe-link",
            f"“{value}” is not a link of a kind that is allowed",
            "A link begins with https://, http:// or mailto: and has no spaces.",
        )
    try:
        host = urlsplit(value).hostname
    except ValueError:
        host = None
    if scheme[1].lower() != "mailto" and not host:
        raise malformed("unsafe-link", f"“{value}” names no host", "Write the whole address: https://example.org/page.")
    return value


def _arxiv(value: str) -> str:
    new = re.fullmatch(r"[0-9]{2}([0-9]{2})\.[0-9]{4,5}", value)
    old = re.fullmatch(r"[a-z-]+(?:\.[A-Z]{2})?/[0-9]{2}([0-9]{2})[0-9]{3}", value)
    found = new or old
    if found is None or int(found[1]) not in _MONTHS:
        raise malformed(
            "malformed-arxiv",
            f"“{value}” is not an arXiv identifier",
            'Write it quoted and without version or “arXiv:”: "2107.05768" or "cs/0101001".',
        )
    return value


def _partial_date(value: str) -> str:
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value)
    if found is None or not _in_calendar(found):
        raise malformed("malformed-date", f"“{value}” is not a date", "Write 2021, 2021-07 or 2021-07-12.")
    return value


def _date(value: str) -> str:
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", value)
    if found is None or not _in_calendar(found):
        raise malformed("malformed-date", f"“{value}” is not a date", "Write year-month-day: 2026-11-22.")
    return value


def _in_calendar(found: re.Match[str]) -> bool:
    year, month, day = (int(part) if part else 1 for part in found.groups())
    return year >= 1 and month in _MONTHS and 1 <= day <= calendar.monthrange(year, month)[1]


def _digits_with_check(value: str) -> bool:
    digits = value.replace("-", "").replace(" ", "").upper()
    if re.fullmatch(r"97[89][0-9]{10}", digits):
        return sum(int(d) * (1, 3)[i % 2] for i, d in enumerate(digits)) % 10 == 0
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):  # ISBN-10
        return sum((10 - i) * (10 if d == "X" else int(d)) for i, d in enumerate(digits)) % 11 == 0
    if re.fullmatch(r"[0-9]{7}[0-9X]", digits):  # ISSN (ISO 3297)
        return sum((8 - i) * (10 if d == "X" else int(d)) for i, d in enumerate(digits)) % 11 == 0
    return False


def _checked(code: str, name: str, lengths: tuple[int, ...]) -> Callable[[str], str]:
    def rule(value: str) -> str:
        length = len(value.replace("-", "").replace(" ", ""))
        if length not in lengths or not _digits_with_check(value):
            raise malformed(
                code, f"“{value}” is not an {name}", f"Copy the {name} again: its check digit does not fit."
            )
        return value

    return rule


def _pages(value: str) -> str:
    normal = re.sub(r"\s*(?:--?|[–—])\s*", "-", value.strip())
    if re.fullmatch(r"[A-Za-z]*[0-9]+[A-Za-z]?(?:[-:,][A-Za-z]*[0-9]+[A-Za-z]?)*", normal) is None:
        raise malformed("malformed-pages", f"“{value}” is not a range of pages", "Write first-last: 53-68.")
    return normal


Line = Annotated[str, AfterValidator(_line)]
"""Text on one line, trimmed, not empty."""

Prose = Annotated[str, AfterValidator(_prose)]
"""Markdown with Pandoc citations; raw HTML in it stands as text."""

Key = Annotated[
    str,
    _matching("malformed-key", KEY_PATTERN, "“{}” is not a key", "Use letters, digits, “-” and “_” only."),
    WithJsonSchema({"type": "string", "pattern": f"^{KEY_PATTERN}$"}),
]
GroupId = Annotated[
    str,
    _matching(
        "malformed-key",
        rf"{KEY_PATTERN}(?:/{KEY_PATTERN})+",
        "“{}” does not name a group",
        "Write grouping/group: topics/mixture-of-experts.",
    ),
]
"""Where a group's file stands below `content/groupings/`, without the ending."""

Year = Annotated[int, BeforeValidator(_year), Field(ge=1000, le=9999)]
Link = Annotated[str, AfterValidator(_link), WithJsonSchema({"type": "string", "format": "uri"})]
Date = Annotated[str, AfterValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
PartialDate = Annotated[str, AfterValidator(_partial_date)]
"""A year, a year and month, or a day (ISO 8601)."""

Doi = Annotated[
    str,
    _matching(
        "malformed-doi",
        r"10\.[0-9]{4,9}/[^\s<>\"{}\\^`|]+",
        "“{}” is not a DOI",
        "Write it bare: 10.1162/tacl_a_00353, without https://doi.org/.",
    ),
]
ArxivId = Annotated[str, AfterValidator(_arxiv)]
ArxivCategory = Annotated[
    str,
    _matching(
        "malformed-arxiv-category",
        r"[a-z-]+(?:\.[A-Za-z-]+)?",
        "“{}” is not an arXiv category",
        "Write it as arXiv does: cs.CL.",
    ),
]
AclId = Annotated[
    str,
    _matching(
        "malformed-acl",
        r"[0-9]{4}\.[a-z0-9_]+-[a-z0-9_]+\.[0-9]+|[A-Z][0-9]{2}-[0-9]{4,5}",
        "“{}” is not an ACL Anthology identifier",
        "Write 2023.acl-long.256 or P19-1001.",
    ),
]
OpenReviewId = Annotated[
    str,
    _matching(
        "malformed-openreview",
        r"[A-Za-z0-9_-]{6,20}",
        "“{}” is not an OpenReview forum identifier",
        "Write what follows forum?id= in the address.",
    ),
]
Isbn = Annotated[str, AfterValidator(_checked("malformed-isbn", "ISBN", (10, 13)))]
Issn = Annotated[str, AfterValidator(_checked("malformed-issn", "ISSN", (8,)))]
Orcid = Annotated[
    str,
    _matching(
        "malformed-orcid",
        r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]",
        "“{}” is not an ORCID iD",
        "Write 0000-0002-1825-0097.",
    ),
]
Pages = Annotated[str, AfterValidator(_pages)]
Month = Annotated[int, Field(ge=1, le=12)]
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
