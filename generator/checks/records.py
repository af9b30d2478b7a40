"""Rules about one record: whether its facts fit each other and what they are used for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.bibliography import bibtex, surely_encodable, unencodable
from generator.checks.rule import Checked
from generator.decode import Document
from generator.diagnostics import Diagnostic, Place, finding, suggestion
from generator.model import PaperRecord, PaperType
from generator.nodes import scalars
from generator.values import arxiv_month

_RANGE = re.compile(r"(?P<prefix>[A-Za-z:]*|[A-Za-z]*[0-9]+:)(?P<first>[0-9]{1,18})-(?P=prefix)(?P<last>[0-9]{1,18})")
"""Beyond eighteen digits it is no page, and Python minds thousands."""


def descending_pages(checked: Checked) -> Iterator[Diagnostic]:
    """In a range of pages the last does not come before the first."""
    for document in checked.content.papers.values():
        for part in (document.value.pages or "").split(","):
            pages = _RANGE.fullmatch(part)
            if pages is None or int(pages["first"]) <= int(pages["last"]):
                continue
            prefix, first, last = pages["prefix"], pages["first"], pages["last"]
            whole = first[: max(0, len(first) - len(last))] + last
            hint = "Write the first page first."
            if len(last) < len(first) and int(whole) > int(first):
                hint = f"Write both numbers in full: {prefix}{first}-{prefix}{whole}."
            message = f"page {prefix}{last} comes before page {prefix}{first}"
            yield finding(document.at("pages"), "pages-descend", message, hint)


def consistent_dates(checked: Checked) -> Iterator[Diagnostic]:
    """A record's dates fit each other."""
    for document in checked.content.papers.values():
        record = document.value
        posted, preprinted = record.first_posted, arxiv_month(record.arxiv) if record.arxiv else None
        if posted and preprinted and posted[:7] > preprinted[: len(posted)]:
            message = f"posted first in {posted[:7]}, after it was on arXiv in {preprinted}"
            hint = "Correct the date or the arXiv identifier."
            yield finding(document.at("first_posted"), "dates-disagree", message, hint)
        if document.sound("year", "type"):
            for message in _contradictions(record, posted or preprinted):
                hint = "Correct whichever of the two is wrong."
                yield finding(document.at("year"), "dates-disagree", message, hint)


def _contradictions(record: PaperRecord, posted: str | None) -> Iterator[str]:
    """Say what the year does not fit."""
    # What was printed or defended may be put on the web years later, what exists on the web alone may not.
    if posted and record.type is PaperType.PREPRINT and record.year < int(posted[:4]):
        yield f"the preprint is of {record.year}, yet it was first posted in {posted}"
    if record.added and record.year > int(record.added[:4]) + 1:
        yield f"the record was added in {record.added[:4]}, long before {record.year}"


def known_sources(checked: Checked) -> Iterator[Diagnostic]:
    """A source is given for a field of the record or for an attribute."""
    fields = PaperRecord.model_fields.keys() - {"sources"}
    for document in checked.content.papers.values():
        for name in document.value.sources:
            if name not in fields and name not in document.value.attributes:
                message = f"“{name}” is not a field of a record"
                hint = suggestion(name, fields)
                yield finding(document.at_key("sources", name), "unknown-key", message, hint)


_CITED_BY: dict[PaperType, tuple[tuple[str, ...], str]] = {
    PaperType.CONFERENCE: (("venue", "proceedings"), "a conference paper is cited by its venue"),
    PaperType.JOURNAL: (("venue",), "an article is cited by its journal"),
    PaperType.THESIS: (("school",), "a thesis is cited by its school"),
    PaperType.REPORT: (("publisher", "school", "venue"), "a report is cited by who issued it"),
    PaperType.BOOK: (("publisher", "venue"), "a book is cited by its publisher"),
    PaperType.CHAPTER: (("proceedings", "venue"), "a chapter is cited by the title of its book"),
    PaperType.PREPRINT: (("arxiv", "openreview", "doi", "url"), "a preprint is cited by where it is kept"),
}


def citable(checked: Checked) -> Iterator[Diagnostic]:
    """A record has what its type of publication is cited by."""
    for document in checked.content.papers.values():
        names, reason = _CITED_BY.get(document.value.type, ((), ""))
        if names and not any(document.has(name) for name in names):
            hint = f"Add {' or '.join(names)}, or choose another type."
            yield finding(document.at("type"), "incomplete-record", reason, hint)


def known_to_tex(checked: Checked) -> Iterator[Diagnostic]:
    """Every character of a bibliography entry has a TeX form."""
    venues = {key: surely_encodable(venue.model_dump_json()) for key, venue in checked.survey.venues.items()}
    for key, paper in checked.survey.papers.items():
        document = checked.content.papers[key]
        if surely_encodable(document.tree.file.text) and venues.get(paper.venue_key or "", True):
            continue
        for name, character in unencodable(paper, bibtex(paper)):
            message = f"“{character}” (U+{ord(character):04X}) has no TeX form"
            place = _place_of(character, document, name)
            yield finding(place, "not-in-tex", message, "Write it with other letters, or as TeX math between dollars.")


def _place_of(character: str, document: Document[PaperRecord], name: str) -> Place:
    """Return where a character stands in a field; some fields of an entry have other names, or come from elsewhere."""
    if not document.has(name):
        return document.at()
    for path, scalar in scalars(document.tree.node(name), (name,)):
        if character in scalar.text:
            return document.within(scalar.text.index(character), 1, *path)
    return document.at(name)
