"""The formats that can be imported, and how one is told from another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from generator.diagnostics import Diagnostic
from generator.incoming import (
    atom,
    awesome,
    bibtex,
    csl,
    feed,
    front_matter,
    issue,
    openreview,
    ris,
    survey_csv,
    survey_json,
)
from generator.incoming.entry import Incoming

Reader = Callable[[str, str], tuple[list[Incoming], list[Diagnostic]]]
"""Takes a file's name and text, returns its entries and findings about what is none."""

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "bibtex": bibtex.read,
        "ris": ris.read,
        "csl-json": csl.read,
        "json": survey_json.read,
        "csv": survey_csv.read,
        "record": front_matter.read,
        "list": awesome.read,
        "feed": feed.read,
        "arxiv": atom.read,
        "openreview": openreview.read,
        "issue": issue.read,
    }
)

_ENDINGS = {
    "bib": "bibtex", "bibtex": "bibtex", "biblatex": "bibtex", "ris": "ris", "json": "csl-json", "csl": "csl-json",
    "atom": "arxiv", "csv": "csv", "tsv": "csv",
}  # fmt: skip
_MARKDOWN = frozenset(("md", "markdown", "mkd", "mdown"))
_BEGINNINGS = (
    (re.compile(r"(?m)^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]"), "bibtex"),
    (re.compile(r"(?m)^TY  ?- "), "ris"),
    (re.compile(r'\A\s*\{\s*"notes"'), "openreview"),
    (re.compile(r"\A\s*[\[{]"), "csl-json"),
    (re.compile(r"\A\s*(?:<\?xml[^>]*>\s*)?<feed\b"), "arxiv"),
)
_LONG_PARAGRAPH = re.compile(r"(?m)^\S.{250}")


def told(name: str, text: str) -> str | None:
    """Tell the format of a file by its name or, where that says nothing, by its text.

    Returns:
        A key of `READERS`, or `None`.
    """
    ending = name.rpartition(".")[2].lower()
    beginning = text[:20_000]
    if survey_json.is_one(beginning):
        return "json"
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    if front_matter.BEGINNING.match(beginning):
        return "record"
    if ending in _MARKDOWN:
        return "list"
    form = next((form for pattern, form in _BEGINNINGS if pattern.search(beginning)), None)
    return form or ("feed" if _LONG_PARAGRAPH.search(beginning) else None)
