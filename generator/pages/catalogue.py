"""What many pages show of the same thing, worked out once: cards of papers and groups, authors, prose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from markupsafe import Markup

from generator.bibliography.to_coins import coins
from generator.citations import CitationSet
from generator.memory import Memory
from generator.pages import paper_links, routes, wording
from generator.pages.metadata import embedded
from generator.pages.people import People
from generator.pages.prose import SURVEY_FILE, Writings
from generator.pages.views import Anchor, Counted, GroupCard, Listed, PaperCard
from generator.similarity import Similarity
from generator.survey import Paper, Placement, Survey
from generator.text import as_html

SHOWN_AUTHORS = 5
"""How many authors a card names before it says “and others”."""


class Catalogue:
    """A survey, with what its pages share.

    Attributes:
        survey: The survey.
        people: Its authors.
        writings: Its prose.
        groups: A card for each group, by id.
        papers: A card for each paper, by key.
        similarity: Which papers are near to which.

    Args:
        survey: The survey.
        memory: What was worked out of texts before.
        similarity: That of the same papers, if it is known.
    """

    def __init__(self, survey: Survey, memory: Memory | None = None, similarity: Similarity | None = None) -> None:
        self.survey = survey
        self._embedded = embedded(survey.record)
        self.people = People(survey.papers)
        self.writings = Writings(survey, memory or Memory())
        self._titles = {group.id: as_html(group.record.title) for group in survey.groups.values()}
        self._titles |= {name: as_html(grouping.record.title) for name, grouping in survey.groupings.items()}
        self._citing = self._pages_citing()
        self._former: dict[str, list[str]] = defaultdict(list)
        for former, present in survey.aliases.items():
            if former != present:
                self._former[present].append(former)
        self.groups = {name: self._group(name) for name in survey.groups}
        self.papers: Mapping[str, PaperCard] = _Cards(survey.papers, self._paper)
        self.similarity = similarity or Similarity(survey)
        cited = CitationSet(survey.papers, survey, lambda key: routes.paper(key).url)
        self._labels = {key: cited.label(key) for key in survey.papers}

    def label(self, key: str) -> str:
        """Return what a paper is called where there is little room: Ren et al., 2021."""
        return self._labels[key]

    def title(self, name: str) -> Markup:
        """Return the title of a group or grouping."""
        return self._titles[name]

    def path(self, name: str) -> tuple[Anchor, ...]:
        """Return the way from a grouping to one of its groups, or to the grouping itself."""
        parts = name.split("/")
        return tuple(self.place("/".join(parts[:depth])) for depth in range(1, len(parts) + 1))

    def place(self, name: str) -> Anchor:
        """Return a link to a group or grouping."""
        return Anchor(self._titles[name], f"{name}/")

    def counted(self, names: Iterable[str]) -> tuple[Counted, ...]:
        """Return links to groups, with the number of papers in each and below it."""
        return tuple(Counted(self._titles[name], f"{name}/", len(self.survey.groups[name].papers)) for name in names)

    def listed(self, placements: Iterable[Placement]) -> tuple[Listed, ...]:
        """Return a group's members as a list shows them."""
        return tuple(self.entry(one.paper, one.note, but=f"{one.group}/") for one in placements)

    def entry(self, key: str, note: str | None = None, *, but: str = "") -> Listed:
        """Return a paper as a list shows it, with links to its groups but the one that lists it."""
        card = self.papers[key]
        chips = (anchor for anchors in card.places for anchor in anchors if anchor.href != but)
        return Listed(card, tuple(chips), line(note))

    def newest_first(self, keys: Iterable[str]) -> list[str]:
        """Sort papers by year and day of first appearance, the newest first, then by key."""
        records = {key: self.survey.papers[key].record for key in keys}
        by_key = sorted(records)
        return sorted(by_key, key=lambda key: (records[key].year, records[key].first_posted or ""), reverse=True)

    def latest_first(self, keys: Iterable[str]) -> list[str]:
        """Sort papers by the day on which they joined the survey, the latest first; of one day, the newest first."""
        newest = self.newest_first(keys)
        return sorted(newest, key=lambda key: self.survey.papers[key].record.added or "", reverse=True)

    def _group(self, name: str) -> GroupCard:
        group = self.survey.groups[name]
        return GroupCard(
            href=f"{name}/",
            title=self._titles[name],
            summary=line(group.record.summary),
            count=len(group.papers),
            children=self.counted(group.children),
        )

    def _paper(self, paper: Paper) -> PaperCard:
        record = paper.record
        names = [author.full for author in record.authors]
        if len(names) > SHOWN_AUTHORS + 1:
            names = [*names[:SHOWN_AUTHORS], "and others"]
        return PaperCard(
            key=paper.key,
            href=routes.paper(paper.key).url,
            title=as_html(record.title),
            authors=", ".join(names),
            year=Anchor(str(record.year), routes.year(record.year)),
            venue=self.venue(paper),
            type=wording.TYPES[record.type],
            status=_status(paper),
            coins=coins(paper, paper_links.foremost(paper)) if self._embedded else None,
            places=tuple(
                tuple(self.place(one.group) for one in paper.placements if one.group.startswith(f"{name}/"))
                for name in self.survey.groupings
            ),
        )

    def former_keys(self, key: str) -> list[str]:
        """Return the keys that a paper had before."""
        return self._former.get(key, [])

    def citing(self, key: str) -> tuple[Anchor, ...]:
        """Return links to the pages whose text cites the paper."""
        return self._citing.get(key, ())

    def _pages_citing(self) -> dict[str, tuple[Anchor, ...]]:
        survey = self.survey
        pages = {SURVEY_FILE: Anchor("Home", routes.HOME.url)}
        pages |= {one.source: self.place(one.id) for one in survey.groups.values()}
        pages |= {one.source: self.place(one.name) for one in survey.groupings.values()}
        pages |= {one.source: Anchor(as_html(one.title), routes.written(one.path).url) for one in survey.pages}
        pages |= {
            one.source: Anchor(as_html(one.record.title), routes.paper(key).url, status=_status(one))
            for key, one in survey.papers.items()
        }
        return {key: tuple(pages[source] for source in sources) for key, sources in self.writings.cited_by().items()}

    def venue(self, paper: Paper) -> Anchor | None:
        """Return a link to the list of the venue's papers."""
        if paper.venue is None or paper.venue_key is None:
            return None
        return Anchor(paper.venue.short, routes.venue(paper.venue_key), paper.venue.full)


class _Cards(Mapping[str, PaperCard]):
    """The cards of papers, each made when it is first asked for."""

    def __init__(self, papers: Mapping[str, Paper], make: Callable[[Paper], PaperCard]) -> None:
        self._papers = papers
        self._make = make
        self._made: dict[str, PaperCard] = {}

    def __getitem__(self, key: str) -> PaperCard:
        if key not in self._made:
            self._made[key] = self._make(self._papers[key])
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._papers)

    def __len__(self) -> int:
        return len(self._papers)


def _status(paper: Paper) -> str | None:
    return wording.STATUSES.get(paper.record.status)


def line(text: str | None) -> Markup | None:
    """Return a line of a record as HTML, where there is one."""
    return None if text is None else as_html(text)
