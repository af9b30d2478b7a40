"""Bibliography files of the site and of `survey export`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.bibliography import bibtex
from generator.output import Output
from generator.survey import Survey

DOCS = "docs"


def exports(survey: Survey) -> Iterator[Output]:
    """Make the bibliography files: one a paper, one a group with all below it, one for all."""
    entries = {key: bibtex(paper) for key, paper in survey.papers.items()}
    for key, entry in entries.items():
        yield Output.text(f"{DOCS}/papers/{key}.bib", entry)
    for group in survey.groups.values():
        yield Output.text(f"{DOCS}/{group.id}.bib", collection(entries, group.papers))
    yield Output.text(f"{DOCS}/downloads/survey.bib", collection(entries, entries))


def collection(entries: Mapping[str, str], keys: Iterable[str]) -> str:
    """Join entries into one file, sorted by key.

    Args:
        entries: Key → entry, each as its own file has it.
        keys: Which of them; each is taken once.
    """
    return "\n".join(entries[key] for key in sorted(set(keys)))
