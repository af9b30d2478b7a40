"""Rules about which words of a title keep their capitals in a bibliography."""

from __future__ import annotations

from collections.abc import Iterator

from generator.bibliography import not_in_title, undecided
from generator.checks.rule import Checked
from generator.diagnostics import Diagnostic, finding


def undecided_capitals(checked: Checked) -> Iterator[Diagnostic]:
    """It is clear which capitals of a title are meant."""
    for key, doubt in undecided(checked.survey, checked.memory):
        document, title = checked.content.papers[key], checked.survey.papers[key].record.title
        if not document.sound("title", "capitals"):
            continue
        at = title.find(doubt.words[0]) if doubt.words else 0
        place = document.within(at, len(doubt.words[0]), "title") if doubt.words and at >= 0 else document.at("title")
        message = f"{_listed(doubt.words)} may be a name: {doubt.reason}"
        hint = "Write capitals: [names that keep theirs], or capitals: [] if there are none."
        yield finding(place, "undecided-capitals", message, hint)


def known_capitals(checked: Checked) -> Iterator[Diagnostic]:
    """What keeps its capitals stands in the title."""
    for key, paper in checked.survey.papers.items():
        document = checked.content.papers[key]
        for run in not_in_title(paper) if document.sound("title", "capitals") else ():
            place = document.at("capitals", (paper.record.capitals or ()).index(run))
            message = f"“{run}” does not stand in the title as a word of its own"
            yield finding(place, "capitals-not-in-title", message, "Write it as the title does, or leave it out.")


def _listed(words: tuple[str, ...]) -> str:
    """Quote words: “A”, “B” or “C”; where none is named, it may be any."""
    quoted = [f"“{word}”" for word in words]
    return " or ".join(filter(None, (", ".join(quoted[:-1]), *quoted[-1:]))) or "any word"
