"""The Atom feed that arXiv's interface answers with → incoming entries.

The feed's form is that of the arXiv API user's manual, section 3.3. XML comes from the network, so defusedxml reads it: no
entities, no documents from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from generator.diagnostics import Diagnostic, Place, finding
from generator.incoming import people
from generator.incoming.entry import Fact, Incoming, Role, shown
from generator.incoming.identifiers import arxiv_in
from generator.model import PaperType

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"


def read(file: str, text: str) -> tuple[list[Incoming], list[Diagnostic]]:
    """Read a feed.

    Args:
        file: Its name, for findings.
        text: Its text, with line feeds only.

    Returns:
        The entries in the order of the feed, and findings about what is no entry.
    """
    try:
        feed = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError) as problem:
        message = f"this is no Atom feed: {problem}"
        return [], [finding(Place(file), "source-unread", message, "Ask again, or add the paper by hand.")]
    entries: list[Incoming] = []
    found: list[Diagnostic] = []
    lines = [text.count("\n", 0, match.start()) + 1 for match in re.finditer(r"<(?:\w+:)?entry[\s>]", text)]
    for element, line in zip(feed.iter(f"{_ATOM}entry"), lines, strict=False):
        place = Place(file, line)
        if "/api/errors" in _text(element, f"{_ATOM}id"):
            message = f"arXiv answers with an error: {shown(_text(element, f'{_ATOM}summary'))}"
            found.append(finding(place, "entry-unread", message, "See whether the identifier is right."))
        else:
            entries.append(_entry(element, place))
    return entries, found


def _entry(element: Element, place: Place) -> Incoming:
    names = [_text(author, f"{_ATOM}name") for author in element.iter(f"{_ATOM}author")]
    authors = people.from_list(names)
    identifier = arxiv_in(_text(element, f"{_ATOM}id")) or ""
    return Incoming(
        place=place,
        kind="preprint",
        type=PaperType.PREPRINT,
        people=authors.people,
        people_place=place,
        cut=authors.cut,
        facts=tuple(fact for fact in _facts(element, identifier, place) if fact.text),
        found=tuple(_published(element, identifier, place)),
    )


def _facts(element: Element, identifier: str, place: Place) -> Iterator[Fact]:
    primary = element.find(f"{_ARXIV}primary_category")
    category = primary.get("term", "") if primary is not None else ""
    posted = _text(element, f"{_ATOM}published")[:10]
    others = [own.get("term", "") for own in element.iter(f"{_ATOM}category")]
    yield Fact("title", _text(element, f"{_ATOM}title"), place, Role.TITLE)
    yield Fact("id", identifier, place, Role.ARXIV)
    yield Fact("primary_category", category, place, Role.ARXIV_CATEGORY)
    yield Fact("published", posted[:4], place, Role.YEAR)
    yield Fact("published", posted, place, Role.FIRST_POSTED)
    yield Fact("category", ", ".join(other for other in others if other not in {"", category}), place)
    yield Fact("comment", _text(element, f"{_ARXIV}comment"), place)
    yield Fact("summary", shown(_text(element, f"{_ATOM}summary")), place, Role.ABSTRACT)


def _published(element: Element, identifier: str, place: Place) -> Iterator[Diagnostic]:
    """Report that the preprint has been published, since its record should say where."""
    where = _text(element, f"{_ARXIV}journal_ref")
    doi = _text(element, f"{_ARXIV}doi")
    if where or doi:
        told = " ".join(filter(None, (where and f"in “{shown(where)}”", doi and f"as doi:{doi}")))
        hint = "To cite the published version, correct the record and keep its key."
        if doi:
            hint = f"“survey add {doi} --dry-run” shows the published version; to cite it, correct the record and keep its key."
        yield finding(place, "version-published", f"the preprint arXiv:{identifier} has been published {told}", hint)


def _text(element: Element, name: str) -> str:
    return " ".join((element.findtext(name) or "").split())
