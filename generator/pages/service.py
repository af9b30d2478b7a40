"""The pages that serve the others: downloads, how to contribute, hand-written and retired ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.bibliography import SCHEMA
from generator.model import SurveyFile
from generator.pages import files, routes, wording
from generator.pages.catalogue import Catalogue
from generator.pages.contribute import contribute_page
from generator.pages.files import FileLink
from generator.pages.prose import Written
from generator.pages.views import Anchor, Page
from generator.survey import Page as WrittenPage
from generator.text import as_html, as_plain


@dataclass(frozen=True, slots=True)
class GroupDownload:
    """A group's files in the list of downloads."""

    title: Markup
    href: str
    depth: int
    count: int
    files: tuple[FileLink, ...]


@dataclass(frozen=True, slots=True)
class GroupingDownloads:
    """The files of a grouping's groups."""

    title: Markup
    files: tuple[FileLink, ...]
    groups: tuple[GroupDownload, ...]


@dataclass(frozen=True, slots=True)
class DownloadsView:
    """What the template of the downloads is given.

    Attributes:
        count: How many papers there are.
        address: The whole address of the first file, where the site's own is known.
        schema: Where the JSON Schema of the JSON files is.
    """

    files: tuple[FileLink, ...]
    for_authors: tuple[FileLink, ...]
    count: int
    address: str | None
    schema: str
    groupings: tuple[GroupingDownloads, ...]
    licence: Anchor | None
    cite: str


@dataclass(frozen=True, slots=True)
class WrittenView:
    """What the template of a hand-written page is given."""

    title: Markup
    prose: Written


@dataclass(frozen=True, slots=True)
class RetiredView:
    """What the template of a retired key's page is given."""

    key: str
    reason: Markup
    papers: str


@dataclass(frozen=True, slots=True)
class RedirectView:
    """What the template of a former URL's page is given.

    Attributes:
        canonical: The whole address of what stands there now, where the site's own is known.
    """

    target: str
    title: str
    canonical: str | None
    status: str | None = None


def service_pages(catalogue: Catalogue) -> Iterator[Page]:
    """Make the pages that serve the others; a hand-written page takes the place of ours."""
    # A page about the survey is woven into ours, see `about`.
    written = {page.path: page for page in catalogue.survey.pages if routes.written(page.path) != routes.ABOUT}
    yield _downloads(catalogue)
    if routes.CONTRIBUTE.url not in {routes.written(path).url for path in written}:
        yield contribute_page(catalogue)
    for page in written.values():
        yield _written(catalogue, page, alone=not is_part(page.path, written))
    for key, reason in catalogue.survey.retired.items():
        yield _retired(key, reason)


def redirects(catalogue: Catalogue) -> Iterator[tuple[routes.Route, RedirectView]]:
    """Make what stands at the former URLs of papers and groups."""
    site = catalogue.survey.record.site_url
    for redirect in catalogue.survey.redirects:
        if redirect.kind == "paper":
            former, target = routes.paper(redirect.former), routes.paper(redirect.target)
            title = as_plain(catalogue.survey.papers[redirect.target].record.title)
            status = catalogue.papers[redirect.target].status
        else:
            target = routes.group(catalogue.survey.groups[redirect.target])
            former = routes.Route(f"{redirect.former}/")
            title = as_plain(catalogue.survey.groups[redirect.target].record.title)
            status = None
        yield former, RedirectView(target.url, title, site and f"{site.removesuffix('/')}/{target.url}", status)


def licence(survey: SurveyFile) -> Anchor | None:
    """Return the content's licence, with a link where its identifier tells one."""
    return Anchor(survey.license, wording.licence_url(survey.license)) if survey.license else None


def section(path: str, paths: Collection[str]) -> str | None:
    """Return the hand-written page in whose folder another stands: the nearest that there is."""
    parents = (path.rsplit("/", depth)[0] for depth in range(1, path.count("/") + 1))
    return next((parent for parent in parents if parent in paths), None)


def is_part(path: str, paths: Collection[str]) -> bool:
    """Say whether a hand-written page stands within another's folder, or has others in its own."""
    return section(path, paths) is not None or any(section(other, paths) == path for other in paths)


def _downloads(catalogue: Catalogue) -> Page:
    survey = catalogue.survey
    groupings = tuple(
        GroupingDownloads(
            catalogue.title(grouping.name),
            files.of_grouping(grouping),
            tuple(
                GroupDownload(
                    title=catalogue.title(group.id),
                    href=routes.group(group).url,
                    depth=group.depth,
                    count=len(group.papers),
                    files=files.of_group(group),
                )
                for group in survey.descend(grouping.top)
            ),
        )
        for grouping in survey.groupings.values()
    )
    whole, site = files.of_survey(), survey.record.site_url
    view = DownloadsView(
        files=whole,
        for_authors=files.for_authors(),
        count=len(survey.papers),
        address=f"{site.removesuffix('/')}/{whole[0].href}" if site else None,
        schema=SCHEMA,
        groupings=groupings,
        licence=licence(survey.record),
        cite=routes.CITE.url,
    )
    about = (
        "The papers of the survey as BibTeX, BibLaTeX, RIS, CSL-JSON, CSV and JSON: all of them, or those of a group."
    )
    return Page(routes.DOWNLOADS, "downloads.md.j2", view, title="Downloads", description=about)


def _written(catalogue: Catalogue, page: WrittenPage, *, alone: bool) -> Page:
    route = routes.written(page.path)
    prose = catalogue.writings.written(page.source, route) or Written()
    return Page(
        route,
        "written.md.j2",
        WrittenView(as_html(page.title), prose),
        title=as_plain(page.title),
        description=prose.beginning,
        source=page.source,
        hide=("navigation",) if alone else (),
    )


def _retired(key: str, reason: str) -> Page:
    view = RetiredView(key, as_html(reason), routes.PAPERS.url)
    return Page(
        routes.paper(key),
        "retired.md.j2",
        view,
        title=f"{key} was retired",
        source="content/retired.yaml",
        hide=("navigation", "toc"),
    )
