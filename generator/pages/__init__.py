"""The pages of the site: Markdown for MkDocs, our theme, and the configuration that goes with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from jinja2 import Environment

from generator.memory import Memory
from generator.output import Output
from generator.pages.about import about_page
from generator.pages.basket import basket_data, basket_page
from generator.pages.browse import browse_data, browse_page
from generator.pages.catalogue import Catalogue
from generator.pages.changes import change_pages, recent
from generator.pages.cite import cite_page
from generator.pages.commands import Command, commands_page
from generator.pages.content_format import format_page
from generator.pages.contribute import contribute_data
from generator.pages.environment import front, make_environment
from generator.pages.feeds import feed_files
from generator.pages.findable import findables
from generator.pages.findings import finding_pages
from generator.pages.gap_map import map_pages
from generator.pages.group import grouping_pages
from generator.pages.home import home_page
from generator.pages.lists import list_pages
from generator.pages.metadata import with_preview
from generator.pages.navigation import configuration
from generator.pages.paper import paper_pages
from generator.pages.routes import ASSETS, DOCS
from generator.pages.search import search_index
from generator.pages.service import redirects, service_pages
from generator.pages.similar_map import similar_pages
from generator.pages.templates import Templates
from generator.pages.views import Page
from generator.survey import Survey

THEME = ".survey/theme"
"""Where MkDocs looks for templates before those of its own theme."""


_PARTS = 100
"""Into how many works the papers' pages are divided at most, so that processors finish at about the same time."""


def render(
    survey: Survey,
    written: Mapping[str, Mapping[str, str]],
    templates: Templates,
    commands: Sequence[Command] = (),
    earlier: bytes = b"",
) -> list[Output]:
    """Render everything that MkDocs builds the site from, except for the bibliography's files.

    See `rendering`.
    """
    return [output for work in rendering(survey, written, templates, commands, earlier=earlier) for output in work()]


def rendering(  # noqa: PLR0913 - what is known from before, in two kinds
    survey: Survey,
    written: Mapping[str, Mapping[str, str]],
    templates: Templates,
    commands: Sequence[Command] = (),
    *,
    memory: Memory | None = None,
    earlier: bytes = b"",
) -> list[Callable[[], Iterable[Output]]]:
    """Return the works that together render everything but the bibliography's files; none needs another.

    Args:
        survey: A survey without errors.
        written: The entries of all papers, by the name of the format.
        templates: The template files.
        commands: What one may type; there is a page of it if that is known.
        memory: What was worked out of texts before.
        earlier: What stands in `ARRANGEMENT`; nothing but time depends on it.

    Returns:
        Pages and redirects, style sheets and scripts below `docs/`, the theme, the configuration.
    """
    catalogue = Catalogue(survey, memory)
    catalogue.writings.render_papers()
    environment = make_environment(templates)
    keys = list(survey.papers)

    def papers(part: int) -> Iterator[Output]:
        return paper_outputs(catalogue, environment, written, keys[part::_PARTS])

    def others() -> Iterator[Output]:
        home = home_page(catalogue)
        similar, arrangement = similar_pages(catalogue, earlier)
        pages = chain(
            (home,),
            grouping_pages(catalogue),
            (browse_page(catalogue), basket_page()),
            list_pages(catalogue),
            change_pages(catalogue),
            map_pages(catalogue),
            similar,
            service_pages(catalogue),
            (format_page(catalogue),),
            finding_pages(known_commands=bool(commands)),
            [commands_page(commands)] if commands else [],
            (cite_page(catalogue), about_page(catalogue)),
        )
        without_views = []
        for page in pages:
            yield _page(environment, with_preview(survey.record, page))
            without_views.append(replace(page, view=None))  # all of them together are large
        yield from _redirects(environment, catalogue)
        yield configuration(catalogue, home)
        yield browse_data(catalogue)
        yield from basket_data(catalogue, written)
        yield contribute_data(catalogue)
        yield recent(catalogue)
        yield from arrangement
        yield from feed_files(catalogue)
        yield from search_index(findables(catalogue, without_views))
        yield from (Output(f"{THEME}/{name}", content) for name, content in templates.theme.items())
        yield from (Output(f"{DOCS}/{ASSETS}/{name}", content) for name, content in templates.assets.items())

    return [others, *(partial(papers, start) for start in range(min(_PARTS, len(keys))))]


def paper_outputs(
    catalogue: Catalogue, environment: Environment, written: Mapping[str, Mapping[str, str]], keys: Iterable[str]
) -> Iterator[Output]:
    """Render the pages of some papers.

    Args:
        catalogue: The survey.
        environment: The templates.
        written: The entries of these papers at least, by the name of the format.
        keys: The papers.
    """
    pages = paper_pages(catalogue, written, keys)
    return (_page(environment, with_preview(catalogue.survey.record, page)) for page in pages)


def _page(environment: Environment, page: Page) -> Output:
    body = environment.get_template(page.template).render(page=page.view, root=page.route.root)
    text = f"{front(page)}\n{body}"
    while "\n\n\n" in text:  # blocks that stayed empty leave empty lines; no text in a fence has any
        text = text.replace("\n\n\n", "\n\n")
    return Output.text(f"{DOCS}/{page.route.file}", text)


def _redirects(environment: Environment, catalogue: Catalogue) -> Iterator[Output]:
    """Make pages of plain HTML: no builder needs to know of them, and no search or sitemap lists them."""
    template = environment.get_template("redirect.html.j2")
    for route, view in redirects(catalogue):
        yield Output.text(f"{DOCS}/{route.url}index.html", template.render(page=view, root=route.root))
