"""What MkDocs is told of the survey: names, addresses, and the navigation, which holds no papers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.markup import element, front_matter
from generator.output import Output
from generator.pages import forge, routes
from generator.pages.catalogue import Catalogue
from generator.pages.changes import has_changes
from generator.pages.gap_map import has_map
from generator.pages.service import licence, section
from generator.pages.similar_map import has_similar
from generator.pages.views import Page
from generator.prose import parse
from generator.survey import Group
from generator.survey import Page as WrittenPage
from generator.text import as_plain

CONFIGURATION = ".survey/mkdocs.yml"
"""What a project's own `mkdocs.yml` inherits from."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the navigation: a page, or a section of entries that begins with its own page."""

    title: str
    file: str
    below: tuple[Entry, ...] = ()


def configuration(catalogue: Catalogue, home: Page) -> Output:
    """Make the generated part of the site's configuration.

    Args:
        catalogue: The survey.
        home: The home page, whose description is the site's.
    """
    survey = catalogue.survey.record
    settings = {
        "site_name": front_matter(as_plain(survey.title)),
        "site_description": front_matter(home.description),
        "site_url": _quoted(f"{survey.site_url.removesuffix('/')}/" if survey.site_url else ""),
        "copyright": _quoted(_copyright(catalogue)),
    }
    if repository := forge.repository(survey):
        settings["repo_url"] = _quoted(repository)
        settings["edit_uri"] = _quoted(forge.edit_path(survey))
    # Without a word on it, either builder would add a search of its own.
    settings["plugins"] = json.dumps([{"search": {"enabled": False}}])
    lines = [f"{name}: {value}" for name, value in settings.items() if value != '""']
    lines += ["nav:", *_lines(_entries(catalogue), "  ")]
    # Papers and authors are found by the lists, the groups and the search, the rest by links.
    lines += [
        "not_in_nav: |",
        "  /papers/*",
        "  /authors/*",
        "  /basket/*",
        "  /map/*/*/",
        "  /changes/*/",
        "  /contribute/*/",
    ]
    return Output.text(CONFIGURATION, "\n".join(lines))


def _quoted(text: str) -> str:
    """Return text as YAML has it; with escapes, as JSON has them by default, YAML reads an emoji as two halves."""
    return json.dumps(text, ensure_ascii=False)


def _entries(catalogue: Catalogue) -> Iterator[Entry]:
    """Yield the top of the navigation."""
    survey = catalogue.survey
    yield Entry("Home", routes.HOME.file)
    for grouping in survey.groupings.values():
        below = tuple(_group(catalogue, survey.groups[name]) for name in grouping.top)
        yield Entry(as_plain(grouping.record.title), routes.grouping(grouping.name).file, below)
    lists = (
        Entry("Years", routes.YEARS.file),
        Entry("Venues", routes.VENUES.file),
        Entry("Authors", routes.AUTHORS.file),
    )
    gaps = (Entry("Gap map", routes.MAP.file),) if has_map(catalogue) else ()
    alike = (Entry("Map of similar papers", routes.SIMILAR.file),) if has_similar(catalogue) else ()
    changes = (Entry("What changed", routes.CHANGES.file),) if has_changes(catalogue) else ()
    yield Entry("Papers", routes.PAPERS.file, (*lists, *gaps, *alike, *changes))
    yield Entry("Downloads", routes.DOWNLOADS.file, (Entry("How to cite", routes.CITE.file),))
    written = {entry.file: entry for entry in handwritten(survey.pages)}
    yield written.pop(routes.CONTRIBUTE.file, Entry("Contribute", routes.CONTRIBUTE.file))
    about = written.pop(routes.ABOUT.file, Entry("About", routes.ABOUT.file))
    yield from written.values()
    yield about


def handwritten(pages: Sequence[WrittenPage], within: str | None = None) -> Iterator[Entry]:
    """Yield the hand-written pages as a tree: those in a folder stand below the page of the folder's name.

    Args:
        pages: All of them.
        within: The path of the page whose folder is meant; without it, those that stand in no other's.
    """
    paths = {page.path for page in pages}
    here = [page for page in pages if section(page.path, paths) == within]
    mentioned = next((_links(page.body) for page in pages if page.path == within), {})
    for page in sorted(here, key=lambda page: mentioned.get(routes.written(page.path).url, len(mentioned))):
        below = tuple(handwritten(pages, page.path))
        yield Entry(as_plain(page.title), routes.written(page.path).file, below)


def _links(markdown: str) -> dict[str, int]:
    """Return the pages of the site that a text leads to, each with its rank among them."""
    tokens = (child for token in parse(markdown).tokens for child in token.children or ())
    targets = (str(token.attrs["href"]) for token in tokens if token.type == "link_open")
    return {url: rank for rank, url in enumerate(dict.fromkeys(target.removeprefix("/") for target in targets))}


def _group(catalogue: Catalogue, group: Group) -> Entry:
    below = tuple(_group(catalogue, catalogue.survey.groups[name]) for name in group.children)
    return Entry(as_plain(group.record.title), routes.group(group).file, below)


def _lines(entries: Iterator[Entry] | tuple[Entry, ...], indent: str) -> Iterator[str]:
    """Write entries as YAML; their titles are printed raw by the theme, like those of front matter."""
    for entry in entries:
        title = front_matter(entry.title)
        if len(title) > _LONGEST_KEY:
            title = f"? {title}\n{indent}  "
        if entry.below:
            yield f"{indent}- {title}:"
            yield f"{indent}    - {json.dumps(entry.file)}"
            yield from _lines(entry.below, f"{indent}    ")
        else:
            yield f"{indent}- {title}: {json.dumps(entry.file)}"


_LONGEST_KEY = 1_000
"""YAML wants a key to be announced that has more than 1,024 characters (YAML 1.2, section 7.4.2)."""


def _copyright(catalogue: Catalogue) -> Markup:
    """Return the line at the foot of every page."""
    survey = catalogue.survey.record
    names = ", ".join(editor.name for editor in survey.editors)
    terms = licence(survey)
    parts = [element("span", names)] if names else []
    if terms:
        attributes = [("href", terms.href), ("rel", "license noopener")]
        parts.append(element("a", terms.text, attributes) if terms.href else element("span", terms.text))
    return Markup(" · ").join(parts)
