"""Where everything stands: URLs below the site's root, files below `docs/`, the ways between them.

A URL here is relative to the site's root and never begins with a slash, so that a site works under
any path of any host.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.names import folded
from generator.survey import Group

DOCS = "docs"
ASSETS = "assets/survey"
"""Our style sheets and scripts, below the site's root."""


@dataclass(frozen=True, slots=True)
class Route:
    """The place of a page.

    Attributes:
        url: Below the site's root: empty for the home page, else with a slash at the end.
    """

    url: str

    @property
    def file(self) -> str:
        """The Markdown file below `docs/` that becomes the page at `url`.

        It is always an `index.md`, whose own folder the page's address is: of any other file, Zensical bends
        the relative links in raw HTML, which MkDocs leaves alone.
        """
        return f"{self.url}index.md"

    @property
    def root(self) -> str:
        """The way from the page to the site's root; a URL may be appended to it."""
        return "../" * self.url.count("/") or "./"


HOME = Route("")
PAPERS = Route("papers/")
YEARS = Route("years/")
VENUES = Route("venues/")
AUTHORS = Route("authors/")
DOWNLOADS = Route("downloads/")
ABOUT = Route("about/")
MAP = Route("map/")
SIMILAR = Route("map/similar/")
CITE = Route("cite/")
BASKET = Route("basket/")
CHANGES = Route("changes/")
CONTRIBUTE = Route("contribute/")
FORMAT = Route("contribute/format/")


FEEDS = "feeds/"
"""The folder of the feeds."""


def changes_of(year: str) -> Route:
    """Return the place of what changed in a year."""
    return Route(f"{CHANGES.url}{year}/")


def paper(key: str) -> Route:
    """Return the place of a paper's page."""
    return Route(f"papers/{key}/")


def grouping(name: str) -> Route:
    """Return the place of a grouping's page."""
    return Route(f"{name}/")


def group(one: Group) -> Route:
    """Return the place of a group's page."""
    return Route(f"{one.id}/")


def crossing(rows: str, columns: str) -> Route:
    """Return the place of the page where two dimensions are crossed."""
    return Route(f"{MAP.url}{rows}/{columns}/")


def author(slug: str) -> Route:
    """Return the place of an author's own page."""
    return Route(f"authors/{slug}/")


def written(path: str) -> Route:
    """Return the place of a hand-written page."""
    return Route(f"{path}/")


def year(number: int) -> str:
    """Return where a year's papers are listed."""
    return f"{YEARS.url}#year-{number}"


def venue(key: str) -> str:
    """Return where a venue's papers are listed."""
    return f"{VENUES.url}#venue-{key}"


def slug(text: str) -> str:
    """Return the text as a part of a URL: lower case, without accents, words joined by hyphens.

    Letters of other scripts stay as they are: a URL may hold them.
    """
    return "-".join(re.findall(r"\w+", folded(text).lower().replace("_", " "))) or "unnamed"
