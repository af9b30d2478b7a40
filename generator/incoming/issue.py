"""An issue that was written with the form “A paper is missing” → an incoming entry.

A forge makes a text of a form: each label as a heading, and below it what was filled in. Whoever fills it in may write
anything, headings too; only the first heading of a label counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from generator.diagnostics import Diagnostic, Place, finding
from generator.incoming import bibtex, identifiers, people
from generator.incoming.entry import Fact, Incoming, Role
from generator.model import PaperType

LABELS = {
    "Where the paper is": Role.URL,
    "Title": Role.TITLE,
    "Authors": None,
    "Year": Role.YEAR,
    "Published in": Role.CONTAINER,
    "Code": Role.CODE,
    "BibTeX": None,
    "Why it belongs here": None,
}
"""The labels of the form and what is filled in there; the form of a survey has just these."""

_HEADING = re.compile(r"(?m)^### +(?P<label>" + "|".join(map(re.escape, LABELS)) + r") *$")
_NOTHING = "_No response_"
_FENCE = re.compile(r"\A```\w*\n|\n```\Z")
_JOURNAL = re.compile(r"\b(?:journal|transactions|letters|annals|magazine)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Answer:
    text: str
    place: Place


def read(file: str, text: str) -> tuple[list[Incoming], list[Diagnostic]]:
    """Read the text of an issue.

    Args:
        file: Its name, for findings.
        text: Its text, with line feeds only.

    Returns:
        The entry, and findings about what is none.
    """
    answers = _answers(file, text)
    if not answers:
        message = "this is no issue that the form “A paper is missing” made: it has none of its headings"
        return [], [finding(Place(file), "entry-unread", message, "Name another format with --format.")]
    facts = tuple(_fact(label, own) for label, own in answers.items() if label not in {"Authors", "BibTeX"})
    named = answers.get("Authors")
    venue = answers.get("Published in")
    typed = PaperType.WEB
    if venue:
        typed = PaperType.JOURNAL if _JOURNAL.search(venue.text) else PaperType.CONFERENCE
    listed = _people(named.text) if named else people.People(())
    entry = Incoming(
        place=Place(file),
        kind="suggestion",
        type=typed,
        sure=False,
        people=listed.people,
        people_place=named.place if named else None,
        cut=listed.cut,
        facts=facts,
    )
    return _with_bibtex(entry, answers.get("BibTeX"), named)


def _answers(file: str, text: str) -> dict[str, _Answer]:
    """Return what was filled in, by label."""
    first: dict[str, re.Match[str]] = {}
    for heading in _HEADING.finditer(text):
        first.setdefault(heading["label"], heading)
    answers = {}
    ends = [*(heading.start() for heading in first.values()), len(text)][1:]
    for (label, heading), end in zip(first.items(), ends, strict=True):
        body = text[heading.end() : end]
        begin = heading.end() + len(body) - len(body.lstrip())
        if body.strip() and body.strip() != _NOTHING:
            answers[label] = _Answer(body.strip(), Place(file, text.count("\n", 0, begin) + 1))
    return answers


def _fact(label: str, answer: _Answer) -> Fact:
    role, text = LABELS[label], " ".join(answer.text.split())
    if role is Role.URL and not text.startswith(("https://", "http://")):
        role = Role.ARXIV if identifiers.arxiv(text) else Role.DOI if identifiers.doi_in(text) else Role.NOTE
    if role is Role.CONTAINER and _JOURNAL.search(text):
        return Fact(f"{label} (a journal)", text, answer.place, role)
    return Fact(label, text, answer.place, role)


def _people(text: str) -> people.People:
    lines = [line.strip(" -*;") for line in text.split("\n") if line.strip(" -*;")]
    return people.from_list(lines) if len(lines) > 1 else people.from_line(lines[0] if lines else "")


def _with_bibtex(
    entry: Incoming, written: _Answer | None, named: _Answer | None
) -> tuple[list[Incoming], list[Diagnostic]]:
    """Let BibTeX say what it says; the other answers follow it."""
    if written is None:
        return [entry], []
    fenced = _FENCE.match(written.text)
    line = written.place.line + (fenced is not None)
    entries, found = bibtex.read(entry.place.file, "\n" * (line - 1) + _FENCE.sub("", written.text))
    if not entries:
        told = Fact("BibTeX", written.text, written.place)
        return [replace(entry, facts=(*entry.facts, told))], found
    first, *others = entries
    said = (Fact("Authors", named.text, named.place),) if named and first.people else ()
    merged = replace(
        first,
        people=first.people or entry.people,
        people_place=first.people_place if first.people else entry.people_place,
        facts=(*first.facts, *entry.facts, *said),
    )
    return [merged, *others], found
