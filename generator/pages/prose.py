"""The survey's prose: rendered for its page, and asked which pages cite a paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.citations import CitationSet, Reference
from generator.memory import Memory
from generator.pages import routes
from generator.pages.routes import Route
from generator.processors import divided
from generator.prose import Block, Context, Html, Mentions, mentions, parse, render
from generator.selection import selected
from generator.survey import Paper, Survey

SURVEY_FILE = "content/survey.yaml"


@dataclass(frozen=True)
class Written:
    """Prose as a page shows it.

    Attributes:
        blocks: Headings and HTML, in order.
        cited: What it cites.
    """

    blocks: tuple[Block, ...] = ()
    cited: CitationSet | None = None

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Exactly what the prose cites; only a page has a list of it, the search has none."""
        return self.cited.references() if self.cited else ()

    @property
    def beginning(self) -> str:
        """The first run of text between headings, without markup."""
        first = next((block for block in self.blocks if isinstance(block, Html)), None)
        return first.markup.striptags() if first else ""


_Rendered = tuple[tuple[Block, ...], tuple[str, ...]]
"""Blocks, and the keys that they cite."""


class Writings:
    """All prose of a survey; each content file holds one piece of it at most.

    Args:
        survey: The survey.
        memory: Knows what texts mention that were read before.
    """

    def __init__(self, survey: Survey, memory: Memory) -> None:
        self._survey = survey
        self._memory = memory
        self._rendered: dict[str, _Rendered] = {}
        self._texts = {source: text for source, text in _texts(survey) if text}

    def render_papers(self) -> None:
        """Render the prose of all papers, on all processors: not only their pages show it."""
        papers = [paper for paper in self._survey.papers.values() if paper.source in self._texts]
        rendered = divided(self._each_rendered, papers)
        self._rendered |= {paper.source: one for paper, one in zip(papers, rendered, strict=True)}

    def _each_rendered(self, papers: Iterable[Paper]) -> list[_Rendered]:
        return [self._render(self._texts[paper.source], routes.paper(paper.key)) for paper in papers]

    def written(self, source: str, route: Route) -> Written | None:
        """Return the prose of a content file, if it has any.

        Args:
            source: The file.
            route: The page that the prose stands on, always the same one.
        """
        text = self._texts.get(source)
        if text is None:
            return None
        if source not in self._rendered:
            self._rendered[source] = self._render(text, route)
        blocks, keys = self._rendered[source]
        return Written(blocks, self._cited(keys, route) if keys else None)

    def _render(self, text: str, route: Route) -> _Rendered:
        prose = parse(text)
        keys = tuple(citation.key for citation in prose.citations)
        page = Context(
            cite=self._cited(keys, route).cite,
            count=lambda selection: len(selected(self._survey, selection)),
            link=lambda target: f"{route.root}{target.removeprefix('/')}",
        )
        return render(prose, page), keys

    def _cited(self, keys: Iterable[str], route: Route) -> CitationSet:
        return CitationSet(keys, self._survey, lambda key: f"{route.root}{routes.paper(key).url}")

    def cited_by(self) -> dict[str, dict[str, None]]:
        """Return for each paper that is cited the files that cite it, in the order of the pages."""
        citing: dict[str, dict[str, None]] = defaultdict(dict)
        for source, text in self._texts.items():
            for key in self._keys(mentions(text, self._memory)):
                citing[key][source] = None
        return citing

    def _keys(self, prose: Mentions) -> Iterator[str]:
        """Yield the present keys of the papers that are cited."""
        for citation in prose.citations:
            if citation.key in self._survey.aliases:
                yield self._survey.aliases[citation.key]


def _texts(survey: Survey) -> Iterator[tuple[str, str | None]]:
    """Yield the files that hold prose, in the order of the navigation, papers last."""
    yield SURVEY_FILE, survey.record.description
    for grouping in survey.groupings.values():
        yield grouping.source, grouping.record.introduction
        for group in survey.descend(grouping.top):
            yield group.source, group.record.body
    for page in survey.pages:
        yield page.source, page.body
    for paper in survey.papers.values():
        yield paper.source, paper.record.summary
