"""What the search finds: papers, groups and their sections, filters, authors, all other pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from urllib.parse import quote

from generator.model import Status
from generator.pages import routes, wording
from generator.pages.catalogue import Catalogue
from generator.pages.facets import facets
from generator.pages.prose import Written
from generator.pages.views import Page
from generator.prose import Heading
from generator.selection import UNKNOWN
from generator.survey import Group, Grouping, Paper
from generator.text import as_plain
from generator.values import NOT_APPLICABLE

LONGEST_TEXT = 1_200
MOST_PEOPLE = 100
"""How much of a text, and how many names, are kept to show a match in; all of them are searched."""


class Field(Enum):
    """Where a word stands: how much it counts there, and how many words are usual there."""

    TITLE = (8.0, 9)
    OTHER_TITLE = (4.0, 9)
    PEOPLE = (6.0, 9)
    PLACES = (2.0, 12)
    TEXT = (1.0, 60)


@dataclass(frozen=True, slots=True)
class Findable:
    """Something that the search finds.

    Attributes:
        kind: What it is called.
        url: Where it is, below the site's root.
        title: Its name, which may hold math.
        people: Who made it.
        about: What else a line says of it.
        text: What a match is shown in.
        words: More that it is found by.
        ids: What it is found by as a whole, and then before all else.
        boost: How much more it counts than others.
    """

    kind: str
    url: str
    title: str
    people: str = ""
    about: str = ""
    text: str = ""
    words: tuple[tuple[Field, str], ...] = ()
    ids: tuple[str, ...] = ()
    boost: float = 1.0

    @property
    def fields(self) -> Iterator[tuple[Field, str]]:
        """Everything that it is found by, word by word."""
        yield Field.TITLE, as_plain(self.title)
        yield from self.words
        yield Field.TEXT, self.text


def findables(catalogue: Catalogue, pages: Iterable[Page]) -> list[Findable]:
    """List what can be found; of two that match alike the one that comes first here is shown first.

    Args:
        catalogue: The survey.
        pages: All pages but the papers'; those that nothing else leads to are found by their titles and descriptions.
    """
    survey = catalogue.survey
    found: list[Findable] = []
    for grouping in survey.groupings.values():
        found += _grouping(catalogue, grouping)
        for group in survey.descend(grouping.top):
            found += _group(catalogue, grouping, group)
    for page in survey.pages:
        route = routes.written(page.path)
        found += _with_sections(
            Findable("Page", route.url, page.title),
            catalogue.writings.written(page.source, route),
            as_plain(page.title),
        )
    found += _filters(catalogue)
    found += (
        Findable(
            "Author", person.url, person.name, about=_papers(len(person.papers)), ids=_given(person.orcid), boost=1.2
        )
        for person in catalogue.people.in_order
        if person.has_page
    )
    found += (_paper(catalogue, survey.papers[key]) for key in catalogue.newest_first(survey.papers))
    known = {one.url for one in found}
    others = (page for page in pages if page.searched and page.title and page.route.url not in known)
    return [*found, *map(_page, others)]


def _page(page: Page) -> Findable:
    """Describe a page by what it says of itself; what contributors look up stands behind what readers do."""
    manual = page.route.url.startswith(routes.CONTRIBUTE.url) and page.route != routes.CONTRIBUTE
    return Findable("Page", page.route.url, page.title, text=page.description, boost=0.4 if manual else 1.0)


def _paper(catalogue: Catalogue, paper: Paper) -> Findable:
    record, card = paper.record, catalogue.papers[paper.key]
    survey = catalogue.survey
    summary = catalogue.writings.written(paper.source, routes.paper(paper.key))
    venue = (paper.venue.short, paper.venue.full) if paper.venue else ()
    groups = (as_plain(survey.groups[one.group].record.title) for one in paper.placements)
    names = [author.full for author in record.authors]
    values = (value for one in paper.values if isinstance(one.value, tuple) for value in one.value)
    return Findable(
        kind="Paper",
        url=card.href,
        title=record.title,
        people=", ".join(names[:MOST_PEOPLE]),
        about=" · ".join(filter(None, (card.status, venue[0] if venue else card.type, str(record.year)))),
        text="\n".join([_text(summary), *map(as_plain, record.contributions)]).strip(),
        words=(
            (Field.PEOPLE, " ".join(names)),
            *((Field.OTHER_TITLE, as_plain(title)) for title in record.former_titles),
            (Field.PLACES, " ".join([*venue, str(record.year), *record.tags, *groups, *map(wording.value, values)])),
        ),
        ids=_given(
            paper.key,
            *catalogue.former_keys(paper.key),
            record.doi,
            record.arxiv,
            record.acl,
            record.openreview,
            record.isbn,
        ),
        boost=1.0 if record.status is Status.PUBLISHED else 0.5,
    )


def _grouping(catalogue: Catalogue, grouping: Grouping) -> Iterator[Findable]:
    route, title = routes.grouping(grouping.name), grouping.record.title
    one = Findable(as_plain(title), route.url, title, about=_counted(len(grouping.top), "group"), boost=1.3)
    yield from _with_sections(one, catalogue.writings.written(grouping.source, route), as_plain(title))


def _group(catalogue: Catalogue, grouping: Grouping, group: Group) -> Iterator[Findable]:
    above = [as_plain(catalogue.survey.groups[group.parent].record.title)] if group.parent else []
    one = Findable(
        kind=as_plain(grouping.record.title),
        url=routes.group(group).url,
        title=group.record.title,
        about=" · ".join([*above, _papers(len(group.papers))]),
        text=as_plain(group.record.summary or ""),
        words=((Field.PLACES, " ".join(above)),),
        boost=1.3,
    )
    written = catalogue.writings.written(group.source, routes.group(group))
    yield from _with_sections(one, written, as_plain(group.record.title))


def _with_sections(one: Findable, written: Written | None, title: str) -> Iterator[Findable]:
    """Yield what a page is about, then each section of its prose, which has an address of its own."""
    heading: Heading | None = None
    texts: list[str] = [one.text] if one.text else []
    about = one
    for block in written.blocks if written else ():
        if isinstance(block, Heading):
            yield _filled(about, texts)
            heading, texts = block, []
            about = Findable(
                one.kind,
                f"{one.url}#{heading.id}",
                heading.text.striptags(),
                about=title,
                words=((Field.PLACES, title),),
                boost=0.8,
            )
        else:
            texts.append(block.markup.striptags())
    yield _filled(about, texts)


def _filled(one: Findable, texts: Iterable[str]) -> Findable:
    return Findable(
        one.kind, one.url, one.title, one.people, one.about, "\n".join(texts), one.words, one.ids, one.boost
    )


def _filters(catalogue: Catalogue) -> Iterator[Findable]:
    """Yield the values of filters that have a name: they lead to the list of all papers, narrowed by them."""
    unnamed = {UNKNOWN, NOT_APPLICABLE, "yes", "no"}
    groupings = len(catalogue.survey.groupings)
    for facet in list(facets(catalogue.survey))[groupings:]:
        counts = Counter(position for positions in facet.column.values() for position in positions)
        for position, choice in enumerate(facet.choices):
            if counts[position] and choice.id not in unnamed:
                yield Findable(
                    kind=as_plain(facet.title),
                    url=f"{routes.PAPERS.url}?{quote(facet.id)}={quote(choice.id)}",
                    title=choice.label,
                    about=_papers(counts[position]),
                    text=as_plain(choice.note or ""),
                    words=((Field.PLACES, f"{choice.id} {as_plain(facet.title)}"),),
                )


def _text(written: Written | None) -> str:
    return (
        "\n".join(
            block.text.striptags() if isinstance(block, Heading) else block.markup.striptags()
            for block in written.blocks
        )
        if written
        else ""
    )


def _given(*ids: str | None) -> tuple[str, ...]:
    return tuple(filter(None, ids))


def _papers(count: int) -> str:
    return _counted(count, "paper")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
