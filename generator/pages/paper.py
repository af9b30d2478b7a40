"""The page of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from generator.bibliography import BIBTEX, FORMATS, Entry
from generator.bibliography.formatted import references
from generator.bibliography.style import style_of
from generator.markup import element, inert
from generator.model import AttributeDeclaration
from generator.pages import files, forge, metadata, paper_links, routes, wording
from generator.pages.attributes import shown
from generator.pages.catalogue import Catalogue, line
from generator.pages.files import FileLink
from generator.pages.prose import Written
from generator.pages.related import Graph, Relation, Similar, graph, relations, similar
from generator.pages.similar_map import has_similar
from generator.pages.views import Anchor, Fenced, Page
from generator.survey import Paper, Value
from generator.text import as_html, as_plain

_SHOWN = ("biblatex", "ris")
"""The formats, besides BibTeX, in which a page shows the entry; the others are files only."""

_ADDRESS = re.compile(r"(https?://[^\s<>\"\\]*[^\s<>\"\\.,;:!?)\]’”])")


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the box of facts."""

    label: str
    values: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """A value of an attribute; none where the attribute cannot apply."""

    title: Markup
    description: Markup | None
    values: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A group that the paper stands in: the way to it and why the paper is there."""

    path: tuple[Anchor, ...]
    note: Markup | None


@dataclass(frozen=True, slots=True)
class Copied:
    """What a reader copies to cite the paper: a reference in a style, or the entry in a format."""

    label: str
    text: Markup


@dataclass(frozen=True, slots=True)
class PaperView:
    """What the template of a paper's page is given.

    Attributes:
        references: The paper in each style's list of references.
        bibtex: Its entry in the format that most readers want.
        formats: Its entry in others.
    """

    key: str
    title: Markup
    path: tuple[Anchor, ...]
    former_titles: tuple[Markup, ...]
    authors: tuple[Anchor, ...]
    year: Anchor
    venue: Anchor | None
    type: str
    status: str | None
    warning: str | None
    abstracts: tuple[Anchor, ...]
    links: tuple[Anchor, ...]
    summary: Written | None
    contributions: tuple[Markup, ...]
    attributes: tuple[Attribute, ...]
    standings: tuple[Standing, ...]
    relations: tuple[Relation, ...]
    graph: Graph | None
    similar: tuple[Similar, ...]
    map: str | None
    citing: tuple[Anchor, ...]
    references: tuple[Copied, ...]
    bibtex: Fenced
    formats: tuple[Copied, ...]
    files: tuple[FileLink, ...]
    preprint_files: tuple[FileLink, ...]
    facts: tuple[Fact, ...]
    sources: tuple[Fact, ...]
    edit: str | None


def paper_pages(catalogue: Catalogue, written: Mapping[str, Mapping[str, str]], keys: Iterable[str]) -> Iterator[Page]:
    """Make a page for each of some papers.

    Args:
        catalogue: The survey.
        written: The entries of all papers, by the name of the format.
        keys: The papers.
    """
    for key in keys:
        yield _page(catalogue, catalogue.survey.papers[key], {name: entries[key] for name, entries in written.items()})


def _page(catalogue: Catalogue, paper: Paper, written: Mapping[str, str]) -> Page:
    record, route, card = paper.record, routes.paper(paper.key), catalogue.papers[paper.key]
    authors = tuple(catalogue.people.person(author) for author in record.authors)
    names = [author.full for author in record.authors]
    summary = catalogue.writings.written(paper.source, route)
    related = tuple(relations(catalogue, paper))
    own = style_of(catalogue.survey.record.bibliography)
    view = PaperView(
        key=paper.key,
        title=card.title,
        path=catalogue.path(paper.placements[0].group) if paper.placements else (),
        former_titles=tuple(as_html(title) for title in record.former_titles),
        authors=tuple(Anchor(name, person.url) for name, person in zip(names, authors, strict=True)),
        year=card.year,
        venue=card.venue,
        type=card.type,
        status=card.status,
        warning=wording.STATUS_EXPLANATIONS.get(record.status),
        abstracts=paper_links.abstracts(record),
        links=tuple(paper_links.further(record)),
        summary=summary,
        contributions=tuple(as_html(text) for text in record.contributions),
        attributes=tuple(_attribute(catalogue.survey.attributes[one.attribute], one) for one in paper.values),
        standings=tuple(Standing(catalogue.path(one.group), line(one.note)) for one in paper.placements),
        relations=related,
        graph=graph(catalogue, paper),
        similar=similar(catalogue, paper, len(related)),
        map=routes.SIMILAR.url if has_similar(catalogue) else None,
        citing=catalogue.citing(paper.key),
        references=tuple(Copied(one.style, one.html) for one in references(Entry.of(paper), own)),
        bibtex=Fenced.of(written[BIBTEX.name]),
        formats=tuple(
            Copied(FORMATS[name].title, inert(written[name].rstrip("\n"))) for name in _SHOWN if name in written
        ),
        files=files.of_paper(paper),
        preprint_files=files.of_preprint(paper),
        facts=tuple(_facts(catalogue, paper)),
        sources=tuple(_source(field, text) for field, text in record.sources.items()),
        edit=forge.edit(catalogue.survey.record, paper.source),
    )
    stands = f"{card.status}: " if card.status else ""
    described = ", ".join(filter(None, (card.authors, paper.venue.short if paper.venue else None, str(record.year))))
    return Page(
        route,
        "paper.md.j2",
        view,
        title=f"{stands}{as_plain(record.title)}",
        description=f"{stands}{described}. {summary.beginning if summary else ''}",
        source=paper.source,
        hide=("navigation", "toc"),
        head=metadata.of_paper(catalogue.survey.record, paper),
    )


def _attribute(declaration: AttributeDeclaration, value: Value) -> Attribute:
    return Attribute(
        title=as_html(declaration.title),
        description=line(declaration.description),
        values=tuple(shown(declaration, value)),
    )


def _facts(catalogue: Catalogue, paper: Paper) -> Iterator[Fact]:
    """Yield what the box of facts says, in its order."""
    record = paper.record
    when = f"{wording.month(record.month)} {record.year}" if record.month else str(record.year)
    yield Fact("Year", (Anchor(when, routes.year(record.year)),))
    if venue := catalogue.venue(paper):
        yield Fact("Venue", (venue,))
    if printed := _printed(paper):
        yield Fact("Printed in", (Anchor(printed),))
    if record.first_posted:
        yield Fact("First posted", (Anchor(wording.date(record.first_posted)),))
    for label, anchor in paper_links.identifiers(record):
        yield Fact(label, (anchor,))
    if record.tags:
        tags = catalogue.survey.record.tags
        yield Fact("Tags", tuple(Anchor(tag, note=line(tags.get(tag))) for tag in record.tags))
    if record.added:
        yield Fact("In the survey since", (Anchor(wording.date(record.added)),))


def _printed(paper: Paper) -> str:
    """Return the volume and the place in it, as a reference names them."""
    record = paper.record
    number = f"({record.number})" if record.number else ""
    volume = f"volume {record.volume}{number}" if record.volume else record.number and f"number {record.number}"
    if record.volume and not record.number and re.search(rf"\b{re.escape(record.volume)}\b", record.proceedings or ""):
        volume = None  # the volume's title says its number
    pages = record.pages and f"{'pages' if '-' in record.pages else 'page'} {record.pages.replace('-', '–')}"
    edition = record.edition and f"{record.edition} edition"
    parts = (record.proceedings, edition, volume, pages, record.publisher, record.school)
    return ", ".join(part for part in parts if part)


def _source(field: str, text: str) -> Fact:
    return Fact(wording.field(field), (Anchor(_linked(text)),))


def _linked(text: str) -> Markup:
    """Return text as HTML in which addresses are links."""
    return Markup().join(
        element("a", part, [("href", part), ("rel", "noopener")]) if number % 2 else inert(part)
        for number, part in enumerate(_ADDRESS.split(text))
    )
