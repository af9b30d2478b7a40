"""The notes that OpenReview's interface answers with → incoming entries.

A note holds its own BibTeX entry, which says what the note's other fields say; a note without one is not read. Values stand
bare in version 1 of the interface and within `value` in version 2.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from generator.diagnostics import Diagnostic, Place, finding
from generator.incoming import bibtex
from generator.incoming.entry import Fact, Incoming, Role, shown


def read(file: str, text: str) -> tuple[list[Incoming], list[Diagnostic]]:
    """Read an answer with notes.

    Args:
        file: Its name, for findings.
        text: Its text, with line feeds only.

    Returns:
        The entries in the order of the notes, and findings about what is no entry.
    """
    place = Place(file)
    try:
        answer = json.loads(text, parse_int=str)  # none is reckoned with, and Python minds thousands of digits
    except (json.JSONDecodeError, RecursionError) as problem:
        message = f"this is no answer of OpenReview: {problem}"
        return [], [finding(place, "source-unread", message, "Ask again, or add the paper by hand.")]
    notes = answer.get("notes") if isinstance(answer, dict) else None
    entries: list[Incoming] = []
    found: list[Diagnostic] = []
    for note in notes if isinstance(notes, list) else []:
        content = note.get("content") if isinstance(note, dict) else None
        written = _value(content, "_bibtex")
        read_entries, problems = bibtex.read(file, written)
        found += problems
        if read_entries:
            identifier = Fact("id", str(note.get("forum") or note.get("id") or ""), place, Role.OPENREVIEW)
            entry = read_entries[0]
            problems = [*entry.found, *_unnamed(entry)]
            entries.append(replace(entry, facts=(*entry.facts, identifier), found=tuple(problems)))
        else:
            message = f"“{shown(_value(content, 'title') or 'a note')}” has no BibTeX entry at OpenReview"
            found.append(finding(place, "entry-unread", message, "Add the paper by hand: survey new."))
    if not entries and not found:
        found.append(
            finding(place, "source-unread", "the answer holds no note", "Ask again, or add the paper by hand.")
        )
    return entries, found


def _unnamed(entry: Incoming) -> Iterator[Diagnostic]:
    if any("Anonymous" in person.parts.values() for person in entry.people):
        message = f"“{entry.label}” is under blind review: OpenReview does not name its authors"
        hint = "Add the paper again once they are named, or write them into the record."
        yield finding(entry.people_place or entry.place, "authors-cut", message, hint)


def _value(content: Any, name: str) -> str:
    own = content.get(name) if isinstance(content, dict) else None
    if isinstance(own, dict):
        own = own.get("value")
    return own if isinstance(own, str) else ""
