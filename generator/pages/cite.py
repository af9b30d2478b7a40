"""How to cite the survey itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.bibliography import bibtex
from generator.imprint import as_record, newest_day
from generator.model import PaperRecord
from generator.pages import forge, routes, wording
from generator.pages.catalogue import Catalogue
from generator.pages.paper_links import doi_url
from generator.pages.prose import SURVEY_FILE
from generator.pages.service import licence
from generator.pages.views import Anchor, Fenced, Page
from generator.survey import Paper
from generator.text import as_plain

KEY = "survey"
"""The citation key of the survey itself."""


@dataclass(frozen=True, slots=True)
class CiteView:
    """What the template of “how to cite” is given.

    Attributes:
        reference: How a list of references has the survey.
        version: The version of the survey that this is, where it has versions.
        newest: The newest day that the content states.
        releases: Where snapshots are kept, to be cited and downloaded.
    """

    reference: str
    version: str | None
    newest: str | None
    bibtex: Fenced
    licence: Anchor | None
    downloads: str
    repository: str | None
    releases: str | None


def cite_page(catalogue: Catalogue) -> Page:
    """Make the page on how to cite the survey."""
    survey = catalogue.survey
    record, day = as_record(survey), newest_day(survey)
    newest = wording.date(day) if day else None
    view = CiteView(
        reference=" ".join(_reference(record, newest)),
        version=record.edition,
        newest=newest,
        bibtex=Fenced.of(bibtex(Paper(KEY, record, SURVEY_FILE))),
        licence=licence(survey.record),
        downloads=routes.DOWNLOADS.url,
        repository=survey.record.repository,
        releases=forge.releases(survey.record),
    )
    about = "How to cite the survey itself, and how to cite the papers in it."
    return Page(routes.CITE, "cite.md.j2", view, title="How to cite", description=about, source=SURVEY_FILE)


def _reference(record: PaperRecord, newest: str | None) -> Iterator[str]:
    """Yield the sentences of a reference: by whom and when, what, which state of it, where."""
    first, *others = record.authors
    names = [first.sorting, *(author.full for author in others)]
    yield f"{', '.join(names)} ({record.year})."
    title = as_plain(record.title)
    yield title if title.endswith((".", "?", "!", "…")) else f"{title}."
    state = [f"Version {record.edition}"] if record.edition else []
    state += [f"{'state' if state else 'State'} of {newest}"] if newest else []
    if state:
        yield f"{', '.join(state)}."
    if address := doi_url(record.doi) if record.doi else record.url:
        yield address
