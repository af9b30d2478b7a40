"""What templates are given: values that are ready to be written.

Every `href` is either a whole address or a URL below the site's root; templates put the page's
`root` before the latter. Text is plain `str`, which the environment makes inert as it writes it, or
`Markup` that is safe already.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from generator.pages.routes import Route

OUTSIDE = ("https:", "http:", "mailto:")
"""How whole addresses begin."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A text that may lead somewhere."""

    text: str | Markup
    href: str | None = None
    note: str | Markup | None = None
    """What else there is to say of it."""
    status: str | None = None
    """Of a paper that does not stand any more; shown beside the text."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a page tells programs.

    Attributes:
        citation: Names and texts, by which reference managers cite what the page is about.
        preview: Names and texts, which a preview of a link to the page shows.
        linked_data: JSON-LD, as a script element holds it.
        feeds: What one follows the page by.
    """

    citation: tuple[tuple[str, str], ...] = ()
    preview: tuple[tuple[str, str], ...] = ()
    linked_data: Markup | None = None
    feeds: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page: where it stands, the template that makes it, what the template is given.

    Attributes:
        title: Plain text for the window and the header; the home page has none.
        description: Plain text for search engines.
        source: The content file that the page is edited by.
        hide: Parts of the theme that the page does without.
        searched: Whether the search leads to the page.
        head: What the page tells programs.
    """

    route: Route
    template: str
    view: Any
    title: str = ""
    description: str = ""
    source: str | None = None
    hide: tuple[str, ...] = ()
    searched: bool = True
    head: Head = Head()


@dataclass(frozen=True, slots=True)
class Counted:
    """A link to a list, with its length."""

    text: str | Markup
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A year with its papers: how many, and their share of those of the fullest year in per cent."""

    year: Counted
    share: int


@dataclass(frozen=True, slots=True)
class PaperCard:
    """A paper as lists show it."""

    key: str
    href: str
    title: Markup
    authors: str
    year: Anchor
    venue: Anchor | None
    type: str
    status: str | None
    places: tuple[tuple[Anchor, ...], ...]
    """The groups that it stands in: a tuple a grouping."""
    coins: Markup | None = None
    """What tells reference managers of it in a list, as an attribute holds it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper in a list, with what this list says of it, and links to where else it stands."""

    card: PaperCard
    chips: tuple[Anchor, ...] = ()
    note: Markup | None = None


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group as overviews show it."""

    href: str
    title: Markup
    summary: Markup | None
    count: int
    children: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A list of papers under a heading of its own.

    Attributes:
        heading: The heading's text.
        level: The heading's level.
        papers: The list.
        anchor: A fragment by which other pages refer to it.
        about: What is to be said first.
    """

    heading: str | Markup
    papers: tuple[Listed, ...]
    anchor: str
    level: int = 2
    about: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Fenced:
    """Source text in a fence of backticks, which Markdown leaves as it is."""

    text: Markup
    fence: Markup

    @classmethod
    def of(cls, source: str) -> Fenced:
        """Fence a text; the fence is longer than any run of backticks in it."""
        longest = max(map(len, re.findall("`+", source)), default=0)
        return cls(Markup(source.rstrip("\n")), Markup("`" * max(3, longest + 1)))  # noqa: S704 - it is no HTML
