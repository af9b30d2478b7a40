"""Bibliographies: the papers of a survey in the formats that reference managers, TeX and programs read.

`entry` holds the one form that every format is written from; each `to_…` is a format's spelling of it, and
`formats` lists them. `tex`, `titles` and `names` say how TeX has text, titles and names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from generator.bibliography import to_bibtex, to_json
from generator.bibliography.entry import Entry, Version, has_preprint
from generator.bibliography.formats import BIBTEX, FORMATS, Format, gather
from generator.bibliography.style import PLAIN, Style, style_of
from generator.bibliography.tex import line, missing, surely_encodable, without_math
from generator.bibliography.undecided import Doubt, doubts
from generator.memory import Memory
from generator.processors import divided
from generator.survey import Paper, Survey

__all__ = [
    "BIBTEX",
    "FORMATS",
    "SCHEMA",
    "Entry",
    "Format",
    "Version",
    "bibtex",
    "every_format",
    "gather",
    "has_preprint",
    "json_schema",
    "not_in_title",
    "surely_encodable",
    "undecided",
    "unencodable",
]

SCHEMA = to_json.SCHEMA
json_schema = to_json.json_schema


def bibtex(paper: Paper, style: Style = PLAIN) -> str:
    """Write the BibTeX entry of a paper, ending in one line feed."""
    return to_bibtex.written(Entry.of(paper), style)


def undecided(survey: Survey, memory: Memory | None = None) -> Iterator[tuple[str, Doubt]]:
    """Find the papers in whose title the rules alone cannot tell which capitals are meant.

    Args:
        survey: The survey.
        memory: Knows titles that were looked at before.

    Yields:
        The key of a paper for which nobody has decided it, and what is in doubt.
    """
    style = style_of(survey.record.bibliography)
    titles = {
        key: paper.record.title
        for key, paper in survey.papers.items()
        if paper.record.capitals is None and paper.record.title not in style.capitals.titles
    }
    return doubts(titles, tuple(_prose(survey)), survey.record.bibliography, memory or Memory())


def not_in_title(paper: Paper) -> tuple[str, ...]:
    """Return what a record says to keep its capitals and the title does not have as whole words."""
    title = without_math(paper.record.title)
    return tuple(run for run in paper.record.capitals or () if not PLAIN.protected(title, (run,)))


def _prose(survey: Survey) -> Iterator[str]:
    for paper in survey.papers.values():
        yield from filter(None, (paper.record.summary, *paper.record.contributions))
    yield from filter(None, (group.record.body for group in survey.groups.values()))


def every_format(survey: Survey) -> dict[str, dict[str, str]]:
    """Write each paper in each format, by the format's name and the paper's key: once, for pages and files.

    Args:
        survey: The survey.
    """
    papers = divided(partial(_in_every_format, survey), list(survey.papers.values()))
    return {
        name: {key: entries[number] for key, entries in zip(survey.papers, papers, strict=True)}
        for number, name in enumerate(FORMATS)
    }


def _in_every_format(survey: Survey, papers: Sequence[Paper]) -> list[tuple[str, ...]]:
    gathered = gather(papers)
    return list(zip(*(form.entries(survey, gathered).values() for form in FORMATS.values()), strict=True))


def unencodable(paper: Paper, entry: str) -> tuple[tuple[str, str], ...]:
    """Find the characters of a paper that have no TeX form.

    They stand in the BibTeX entry, or in that of the preprint, as they are, and pdfLaTeX stops at them.

    Args:
        paper: The paper.
        entry: Its BibTeX entry.

    Returns:
        Pairs of a field of the record and a character, in the order of the entry.
    """
    found: list[tuple[str, str]] = []
    if missing(entry.replace("\n", " ")):
        for field in to_bibtex.fields(Entry.of(paper), PLAIN):
            found += ((field.source, character) for character in missing(field.value))
    if has_preprint(paper):
        first = line(paper.record.former_titles[0]) if paper.record.former_titles else ""
        found += (("former_titles", character) for character in missing(first))
    return tuple(dict.fromkeys(found))
