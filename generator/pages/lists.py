"""The plain lists of all papers: by year, venue and author."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from generator.names import collated
from generator.pages import routes
from generator.pages.catalogue import Catalogue
from generator.pages.people import Person
from generator.pages.timeline import Timeline, timeline
from generator.pages.views import Anchor, Counted, Listed, Page, Section


@dataclass(frozen=True, slots=True)
class YearsView:
    """What the template of the years is given."""

    timeline: Timeline | None
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class VenuesView:
    """What the template of the venues is given."""

    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class AuthorLine:
    """An author in the index."""

    name: str
    anchor: str
    href: str | None
    papers: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """The authors under one letter of the index."""

    heading: str
    anchor: str
    authors: tuple[AuthorLine, ...]


@dataclass(frozen=True, slots=True)
class AuthorsView:
    """What the template of the index of authors is given; `prolific` are those with a page."""

    count: int
    prolific: tuple[Counted, ...]
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class AuthorView:
    """What the template of an author's page is given."""

    path: tuple[Anchor, ...]
    name: str
    orcid: str | None
    papers: tuple[Listed, ...]
    with_others: tuple[Counted, ...]


def list_pages(catalogue: Catalogue) -> Iterator[Page]:
    """Make the lists of all papers, and the pages of authors who have one."""
    newest = catalogue.newest_first(catalogue.survey.papers)
    yield _years(catalogue, newest)
    yield _venues(catalogue, newest)
    yield _authors(catalogue)
    for person in catalogue.people.in_order:
        if person.has_page:
            yield _author(catalogue, person)


def _years(catalogue: Catalogue, newest: Iterable[str]) -> Page:
    by_year = {
        year: list(keys) for year, keys in groupby(newest, key=lambda key: catalogue.survey.papers[key].record.year)
    }
    sections = tuple(
        Section(str(year), _listed(catalogue, keys), anchor=f"year-{year}") for year, keys in by_year.items()
    )
    view = YearsView(timeline(catalogue.survey, catalogue.survey.papers), sections)
    return _page(routes.YEARS, "years.md.j2", view, "Years", "The papers of the survey by year.")


def _venues(catalogue: Catalogue, newest: Iterable[str]) -> Page:
    """List the papers of each venue; those of none come last."""
    survey = catalogue.survey
    by_venue: dict[str | None, list[str]] = defaultdict(list)
    for key in newest:
        by_venue[survey.papers[key].venue_key].append(key)
    sections = [
        Section(
            venue.short,
            _listed(catalogue, by_venue[key]),
            anchor=f"venue-{key}",
            about=Anchor(venue.full, venue.url) if venue.full != venue.short or venue.url else None,
        )
        for key, venue in sorted(survey.venues.items(), key=lambda item: (collated(item[1].short), item[0]))
        if by_venue[key]
    ]
    if by_venue[None]:
        sections.append(Section("Without a venue", _listed(catalogue, by_venue[None]), anchor="no-venue"))
    about = "Where the papers of the survey were published."
    return _page(routes.VENUES, "venues.md.j2", VenuesView(tuple(sections)), "Venues", about)


def _authors(catalogue: Catalogue) -> Page:
    people = catalogue.people.in_order
    by_letter: dict[str, list[AuthorLine]] = defaultdict(list)
    for person in people:
        by_letter[person.initial].append(_author_line(catalogue, person))
    letters = [letter for letter in sorted(by_letter) if letter] + [letter for letter in by_letter if not letter]
    prolific = sorted((person for person in people if person.has_page), key=lambda person: -len(person.papers))
    view = AuthorsView(
        count=len(people),
        prolific=tuple(Counted(person.name, person.url, len(person.papers)) for person in prolific),
        letters=tuple(_letter(letter, by_letter[letter]) for letter in letters),
    )
    return _page(routes.AUTHORS, "authors.md.j2", view, "Authors", "Everybody who wrote a paper of the survey, A to Z.")


def _letter(initial: str, authors: Iterable[AuthorLine]) -> Letter:
    return Letter(initial or "Other scripts", f"letter-{initial.lower() or 'other'}", tuple(authors))


def _author_line(catalogue: Catalogue, person: Person) -> AuthorLine:
    return AuthorLine(
        name=person.sorting,
        anchor=person.anchor,
        href=person.url if person.has_page else None,
        papers=tuple(
            Anchor(card.title, card.href, card.year.text, card.status)
            for card in (catalogue.papers[key] for key in catalogue.newest_first(person.papers))
        ),
    )


def _author(catalogue: Catalogue, person: Person) -> Page:
    """Make an author's own page, with those whom the author wrote with more than once."""
    together: Counter[Person] = Counter()
    for key in person.papers:
        others = {catalogue.people.person(author) for author in catalogue.survey.papers[key].record.authors}
        together.update(others - {person})
    often = sorted((other for other, count in together.items() if count > 1), key=lambda other: other.sorting)
    often.sort(key=lambda other: -together[other])
    view = AuthorView(
        path=(Anchor("Authors", routes.AUTHORS.url),),
        name=person.name,
        orcid=person.orcid,
        papers=_listed(catalogue, catalogue.newest_first(person.papers)),
        with_others=tuple(Counted(other.name, other.url, together[other]) for other in often),
    )
    about = f"The {len(person.papers)} papers by {person.name} in the survey."
    return Page(
        routes.author(person.slug),
        "author.md.j2",
        view,
        title=person.name,
        description=about,
        hide=("navigation", "toc"),
    )


def _listed(catalogue: Catalogue, keys: Iterable[str]) -> tuple[Listed, ...]:
    return tuple(map(catalogue.entry, keys))


def _page(route: routes.Route, template: str, view: object, title: str, description: str) -> Page:
    return Page(route, template, view, title=title, description=description)
