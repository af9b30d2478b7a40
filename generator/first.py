"""The pages of records that have just changed, before everything else that follows from the change."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.bibliography import FORMATS, gather
from generator.build import Loaded
from generator.output import Output
from generator.pages import paper_outputs
from generator.pages.catalogue import Catalogue
from generator.pages.environment import make_environment
from generator.pages.mistakes import template_mistakes
from generator.pages.templates import FOLDER as TEMPLATES
from generator.pages.templates import read_templates
from generator.similarity import Similarity


class FirstPages:
    """Renders pages of records from what was known of the survey just before.

    Which papers are near to which takes longest to work out and hardly changes with a record's words: it is taken as it was. The page is whole and
    right once all is generated.

    Args:
        root: The survey's folder.
    """

    def __init__(self, root: Path) -> None:
        with template_mistakes(f"{TEMPLATES}/pages"):
            self._environment = make_environment(read_templates(root))
        self._near: Similarity | None = None
        self._papers: list[str] = []

    def rendered(self, loaded: Loaded, changed: Iterable[str]) -> list[Output]:
        """Render the pages of some records.

        Args:
            loaded: A survey without errors.
            changed: Paths of content files; those that are no records are passed over.
        """
        survey, paths = loaded.survey, set(changed)
        keys = [paper.key for paper in survey.papers.values() if paper.source in paths]
        if not keys:
            return []
        if self._near is None or self._papers != list(survey.papers):
            self.learn(loaded)
        catalogue = Catalogue(survey, loaded.memory, self._near)
        gathered = gather(survey.papers[key] for key in keys)
        written = {form.name: form.entries(survey, gathered) for form in FORMATS.values()}
        with template_mistakes(f"{TEMPLATES}/pages"):
            return list(paper_outputs(catalogue, self._environment, written, keys))

    def learn(self, loaded: Loaded) -> None:
        """Work out which papers are near to which."""
        self._near, self._papers = Similarity(loaded.survey), list(loaded.survey.papers)
