"""The bibliography files of the site."""

from __future__ import annotations

from collections.abc import Iterator

from generator.bibliography import bibtex, joined
from generator.output import Output
from generator.survey import Survey

DOCS = "docs"


def exports(survey: Survey) -> Iterator[Output]:
    """Make a file for each paper, for each group with all below it, and for the whole survey."""
    entries = {key: bibtex(paper) for key, paper in survey.papers.items()}
    for key, entry in entries.items():
        yield Output.text(f"{DOCS}/papers/{key}.bib", entry)
    for group in survey.groups.values():
        yield Output.text(f"{DOCS}/{group.id}.bib", joined({key: entries[key] for key in group.papers}))
    yield Output.text(f"{DOCS}/downloads/survey.bib", joined(entries))
