"""Kinds of values that a content file holds, each with the rule that tells good from malformed.

A rule raises `PydanticCustomError`; its type is the code of the diagnostic, and its context may
carry a `hint`. Rules say nothing of positions or of other records. What a regular expression can
say of a value is a `Form`, which the JSON Schema has from here too; its patterns keep to what
Python and ECMAScript read alike.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

KEY_PATTERN = r"[A-Za-z0-9][A-Za-z0-9_-]{0,149}"
"""A citation key, a venue key, a tag, an attribute's name: what BibTeX, URLs and files all take, and no file system finds too long."""

LINE_PATTERN = r"\s*\S(?:[^\n]*\S)?\s*"
"""Something that can be seen, on one line."""
_LINE = re.compile(LINE_PATTERN)

NOT_APPLICABLE = "n/a"
"""An attribute's value where the attribute cannot apply to the paper."""

_MONTH = "(?:0[1-9]|1[0-2])"
_DAY = "(?:0[1-9]|[12][0-9]|3[01])"
_PAGE = "[A-Za-z]*[0-9]+[A-Za-z]?"
_DASH = r"\s*(?:--?|[–—])\s*"
_PAGES = rf"{_PAGE}(?:(?:{_DASH}|:){_PAGE}){{0,3}}"
"""A range has a dash, and each of its ends may have one dash or colon of its own: 12:1-12:28."""
_IN_LINK = r'[^\s<>"\\]'

MAX_PROSE = 50_000
"""The length of the longest Markdown text, some twenty printed pages: parsers of Markdown take long over hostile text."""


def malformed(code: str, message: str, hint: str = "", meant: str | None = None) -> PydanticCustomError:
    """Make the error that a rule of this module raises.

    Args:
        code: The code of the finding.
        message: What is wrong.
        hint: What to do about it.
        meant: The value that surely was meant, if there is one.
    """
    # Braces would be read as pydantic's placeholders.
    return PydanticCustomError(code, "{text}", {"text": message, "hint": hint, "meant": meant})


def _bare(around: str) -> Callable[[str], str]:
    """Return what takes off what people write around a value: a pattern with the value as group `bare`."""

    def bare(value: str) -> str:
        match = re.fullmatch(around, value, re.IGNORECASE)
        return match["bare"] if match else value

    return bare


@dataclass(frozen=True, slots=True)
class Form:
    """What text has to look like, as pydantic and the JSON Schema are told.

    Attributes:
        code: The code of the finding about text of another form.
        noun: What such text is, with its article.
        pattern: A regular expression for the whole text.
        hint: What to write.
        example: Such text, where there is a typical one.
        rule: What no regular expression can say.
        format: A format that JSON Schema has for such text.
        meant: What text of another form may have been meant to be.
    """

    code: str
    noun: str
    pattern: str
    hint: str
    example: str | None = None
    rule: Callable[[str], bool] = lambda _: True
    format: str | None = None
    meant: Callable[[str], str] = str

    def check(self, value: str) -> str:
        """Return text of this form, or raise what is wrong with it."""
        if not self._fits(value):
            meant = self.meant(value.strip())
            message = f"“{value}” is not {self.noun}"
            raise malformed(self.code, message, self.hint, meant if self._fits(meant) else None)
        return value

    def _fits(self, value: str) -> bool:
        return re.fullmatch(self.pattern, value) is not None and self.rule(value)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        examples = () if self.example is None else (self.example,)
        schema = handler(core) | text_schema(self.pattern, self.noun, self.hint, *examples)
        return schema | ({"format": self.format} if self.format else {})


def text_schema(pattern: str, noun: str, hint: str, *examples: str) -> JsonSchemaValue:
    """Return the JSON Schema of text; `patternErrorMessage` is what editors show, `x-type` is for our reference."""
    shown: JsonSchemaValue = {"examples": list(examples)} if examples else {}
    return {"type": "string", "pattern": f"^(?:{pattern})$", "patternErrorMessage": hint, "x-type": noun} | shown


@dataclass(frozen=True, slots=True, eq=False)
class _Written:
    """Text with a rule of its own, and the JSON Schema that says the same."""

    rule: Callable[[str], str]
    schema: JsonSchemaValue

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.rule, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(core) | self.schema


def _line(value: str) -> str:
    if not value.strip():
        raise malformed("empty-value", "this value is empty", "Write the value, or leave the key out.")
    if _LINE.fullmatch(value) is None:
        raise malformed("wrong-type", "one line is expected here", "Write the value on one line.")
    return value.strip()


def _prose(value: str) -> str:
    if not value.strip():
        raise malformed("empty-value", "this value is empty", "Write the text, or leave the key out.")
    if len(value) > MAX_PROSE:
        message = f"this text has {len(value)} characters; at most {MAX_PROSE} are read"
        raise malformed("too-large", message, "Split it: a group may have children, a survey pages.")
    return value.rstrip()


def _year(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}", value):
        raise malformed("malformed-year", f"“{value}” is not a year", "Write four digits: 2021.")
    return value


def _month(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"0|[1-9][0-9]*", value):
        # Readers of YAML do not agree on what 08 is.
        hint = "Write its number, without a zero before it: 7."
        meant = value[1:] if re.fullmatch("0[1-9]", value) else None
        raise malformed("wrong-type", f"“{value}” is not a month", hint, meant)
    return value


def _link(value: str) -> str:
    if re.fullmatch(rf"(?:https?|mailto):{_IN_LINK}*", value) is None:
        raise malformed("unsafe-link", f"“{value}” is not a link of a kind that is allowed", _LINK_HINT)
    if re.fullmatch(_LINK, value) is None or not _has_host(value):
        raise malformed("unsafe-link", f"“{value}” names no host", "Write the whole address: https://example.org/page.")
    return value


_LINK = rf'https?://[^\s<>"\\/?#]{_IN_LINK}*|mailto:{_IN_LINK}+'
_LINK_HINT = "A link begins with https://, http:// or mailto: and has no spaces."

_ARXIV = "|".join(
    (
        rf"[a-z\-]+(?:\.[A-Z]{{2}})?/(?:91(?:0[7-9]|1[0-2])|9[2-9]{_MONTH}|0[0-6]{_MONTH}|070[1-3])[0-9]{{3}}",
        rf"(?:07(?:0[4-9]|1[0-2])|0[89]{_MONTH}|1[0-4]{_MONTH})\.[0-9]{{4}}",
        rf"(?:1[5-9]|[2-9][0-9]){_MONTH}\.[0-9]{{5}}",
    )
)
"""By archive from July 1991, with a dot from April 2007, with a fifth digit from January 2015.

Source: https://info.arxiv.org/help/arxiv_identifier.html
"""


def arxiv_month(identifier: str) -> str:
    """Return the year and month in which an arXiv identifier was given: `2107.05768` → `2021-07`."""
    digits = identifier.rpartition("/")[2]
    century = 19 if "/" in identifier and digits[0] == "9" else 20
    return f"{century}{digits[:2]}-{digits[2:4]}"


def _has_host(link: str) -> bool:
    try:
        return link.startswith("mailto:") or bool(urlsplit(link).hostname)
    except ValueError:
        return False


def _in_calendar(value: str) -> bool:
    year, month, day, *_ = (*map(int, value.split("-")), 1, 1)
    return year >= 1 and 1 <= day <= calendar.monthrange(year, month)[1]


def _dashed(value: str) -> str:
    """Return a date that begins with its year as the format writes dates: `2026/1/9` → `2026-01-09`."""
    parts = re.fullmatch("([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?", value)
    return "-".join(part.zfill(2) for part in parts.groups() if part) if parts else value


def _digits(value: str) -> list[int]:
    return [10 if digit == "X" else int(digit) for digit in re.sub("[- ]", "", value).upper()]


def _isbn_fits(value: str) -> bool:
    digits = _digits(value)
    if len(digits) == 13:  # noqa: PLR2004 - ISBN-13
        return sum(digit * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10 == 0
    return _modulo_11(digits)


def _modulo_11(digits: list[int]) -> bool:
    """Check an ISBN-10 or an ISSN (ISO 3297): digits weighted from the right sum up to a multiple of 11."""
    return sum(weight * digit for weight, digit in enumerate(reversed(digits), start=1)) % 11 == 0


def _normal_pages(value: str) -> str:
    return re.sub(r"\s*,\s*", ",", re.sub(_DASH, "-", value.strip()))


Line = Annotated[str, _Written(_line, text_schema(LINE_PATTERN, "text on one line", "Write text on one line."))]
"""Text on one line, trimmed, not empty."""

Prose = Annotated[str, _Written(_prose, {"pattern": r"\S", "x-type": "text, as Markdown with citations"})]
"""Markdown with Pandoc citations; raw HTML in it stands as text."""

Key = Annotated[str, Form("malformed-key", "a key", KEY_PATTERN, "Use letters, digits, “-” and “_” only, 150 at most.")]
PaperKey = Annotated[Key, Field(examples=["ren2021combiner"])]
GroupId = Annotated[
    str,
    Form(
        "malformed-key",
        "the name of a group",
        rf"{KEY_PATTERN}(?:/{KEY_PATTERN})+",
        "Write grouping/group: topics/mixture-of-experts.",
        "topics/mixture-of-experts",
    ),
]
"""Where a group's file stands below `content/groupings/`, without the ending."""

Year = Annotated[
    int,
    Field(ge=1450, le=2100, examples=[2021], json_schema_extra={"x-type": "a year"}),
    BeforeValidator(_year),
]
"""Printing begins in the fifteenth century; no clock is asked for the year to end with."""

Month = Annotated[
    int,
    Field(ge=1, le=12, examples=[7], json_schema_extra={"x-type": "the number of a month"}),
    BeforeValidator(_month),
]
Link = Annotated[str, _Written(_link, text_schema(_LINK, "a link", _LINK_HINT, "https://example.org/page"))]
Date = Annotated[
    str,
    Form(
        "malformed-date",
        "a date",
        f"[0-9]{{4}}-{_MONTH}-{_DAY}",
        "Write year-month-day: 2026-11-22.",
        "2026-11-22",
        rule=_in_calendar,
        meant=_dashed,
        format="date",
    ),
]
PartialDate = Annotated[
    str,
    Form(
        "malformed-date",
        "a date",
        f"[0-9]{{4}}(?:-{_MONTH}(?:-{_DAY})?)?",
        "Write 2021, 2021-07 or 2021-07-12.",
        "2021-07",
        rule=_in_calendar,
        meant=_dashed,
    ),
]
"""A year, a year and month, or a day (ISO 8601)."""

Doi = Annotated[
    str,
    Form(
        "malformed-doi",
        "a DOI",
        r'10\.[0-9]{4,9}/[^\s"{}\\^`|]+',
        "Write it bare: 10.1162/tacl_a_00353, without https://doi.org/.",
        "10.1162/tacl_a_00353",
        meant=_bare(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)(?P<bare>10\..+)"),
    ),
]
ArxivId = Annotated[
    str,
    Form(
        "malformed-arxiv",
        "an arXiv identifier",
        _ARXIV,
        'Write it quoted, without version or “arXiv:”, all digits: "2107.05768", before April 2007 "cs/0101001".',
        "2107.05768",
        meant=_bare(
            r"(?:https?://(?:www\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:\s*)?"
            r"(?P<bare>\S+?)(?:v[1-9][0-9]*)?(?:\.pdf)?(?:\s*\[[a-z.-]+\])?"
        ),
    ),
]
ArxivCategory = Annotated[
    str,
    Form(
        "malformed-arxiv-category",
        "an arXiv category",
        r"[a-z\-]+(?:\.[A-Za-z\-]+)?",
        "Write it as arXiv does: cs.CL.",
        "cs.CL",
    ),
]
AclId = Annotated[
    str,
    Form(
        "malformed-acl",
        "an ACL Anthology identifier",
        r"[0-9]{4}\.[a-z0-9_]+-[a-z0-9_]+\.[0-9]+|[A-Z][0-9]{2}-[0-9]{4,5}",
        "Write 2023.acl-long.256 or P19-1001.",
        "2023.acl-long.256",
        meant=_bare(r"https?://(?:www\.)?aclanthology\.org/(?P<bare>[^/]+?)(?:/|\.pdf)?"),
    ),
]
OpenReviewId = Annotated[
    str,
    Form(
        "malformed-openreview",
        "an OpenReview forum identifier",
        r"[A-Za-z0-9_\-]{6,20}",
        "Write what follows forum?id= in the address.",
        "MQQeeDiO5vv",
        meant=_bare(r"https?://(?:www\.)?openreview\.net/(?:forum|pdf)\?id=(?P<bare>[^&#]+)(?:[&#].*)?"),
    ),
]
Isbn = Annotated[
    str,
    Form(
        "malformed-isbn",
        "an ISBN",
        r"97[89][\- ]?(?:[0-9][\- ]?){9}[0-9]|(?:[0-9][\- ]?){9}[0-9Xx]",
        "Copy the ISBN again: 10 or 13 digits, of which the last checks the others.",
        "978-0-306-40615-7",
        rule=_isbn_fits,
        meant=_bare(r"isbn(?:-1[03])?:?\s*(?P<bare>.+)"),
    ),
]
Issn = Annotated[
    str,
    Form(
        "malformed-issn",
        "an ISSN",
        r"[0-9]{4}[\- ]?[0-9]{3}[0-9Xx]",
        "Copy the ISSN again: 8 digits, of which the last checks the others.",
        "2307-387X",
        rule=lambda value: _modulo_11(_digits(value)),
        meant=_bare(r"e?issn:?\s*(?P<bare>.+)"),
    ),
]
Orcid = Annotated[
    str,
    Form(
        "malformed-orcid",
        "an ORCID iD",
        r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]",
        "Write 0000-0002-1825-0097.",
        "0000-0002-1825-0097",
        meant=_bare(r"(?:https?://)?(?:www\.)?orcid\.org/(?P<bare>[^/]+)/?"),
    ),
]
Pages = Annotated[
    str,
    Form(
        "malformed-pages",
        "a range of pages",
        rf"\s*{_PAGES}(?:\s*,\s*{_PAGES})*\s*",
        "Write first-last: 53-68.",
        "53-68",
        meant=_bare(r"(?:pp?\.|pages?:?)\s*(?P<bare>.+)"),
    ),
    AfterValidator(_normal_pages),
]


def naming(what: str) -> Any:
    """Mark a field whose values are names that a survey gives, so that its schema can suggest them.

    Args:
        what: `papers`, `venues`, `groups` or `tags`.
    """
    return Field(json_schema_extra={"x-names": what})
