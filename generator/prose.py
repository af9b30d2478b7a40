r"""Markdown from content: CommonMark with tables, strikethrough, TeX math, Pandoc's citations and counts.

Nothing of it reaches the site's own Markdown processor. It is parsed here, with raw HTML left as
text, and written anew as HTML of elements, attributes and link targets that are known to be
harmless. An image becomes a link to it that reads as its alternative text: a survey's pages load
nothing from elsewhere, and content has no place for pictures yet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from markdown_it.token import Token
from markupsafe import Markup

from generator.citations import CitationGroup, Cited
from generator.markup import closing, element, inert, opening, united
from generator.memory import Memory
from generator.names import folded
from generator.syntax import Source
from generator.text import math


@dataclass(frozen=True, slots=True)
class Citation:
    """A place where prose cites a paper.

    Attributes:
        key: The citation key as written; it may be a former one, or unknown.
        offset: Where its `@` stands in the source.
    """

    key: str
    offset: int


@dataclass(frozen=True, slots=True)
class Count:
    """A place where prose says how many papers there are of a kind: `[=topics/prompting]`.

    Attributes:
        selection: What is counted, as `selection` reads it.
        offset: Where its first character stands in the source.
    """

    selection: str
    offset: int


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown, parsed.

    Attributes:
        citations: Every citation in order.
        counts: Every count in order.
        unsafe_links: Targets of links that are not allowed, and where those links begin in the
            source. Such a link is rendered as its text.
        tokens: The parser's tokens, for what writes it in another form.
    """

    citations: tuple[Citation, ...]
    counts: tuple[Count, ...]
    unsafe_links: tuple[tuple[str, int], ...]
    tokens: tuple[Token, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at the top level of prose, to be written as a Markdown heading."""

    level: int
    text: Markup
    id: str

    @property
    def markdown(self) -> Markup:
        """The line that stands for it in a page; the site enables Python-Markdown's `attr_list`."""
        return Markup(f"{'#' * self.level} {self.text} {{ #{self.id} }}")  # noqa: S704 - text is inert, id a slug


@dataclass(frozen=True, slots=True)
class Html:
    """A raw HTML block: one `div`, complete, without blank lines."""

    markup: Markup

    @property
    def markdown(self) -> Markup:
        """What stands for it in a page, between blank lines."""
        return self.markup


Block = Heading | Html


@dataclass(frozen=True, slots=True)
class Mentions:
    """What prose says of other things, which is all that a check asks; see `Prose`."""

    citations: tuple[Citation, ...]
    counts: tuple[Count, ...]
    unsafe_links: tuple[tuple[str, int], ...]


def mentions(markdown: str, memory: Memory) -> Mentions:
    """Return what prose says of other things.

    Args:
        markdown: The source.
        memory: Knows it of texts that were read before.
    """
    citations, counts, unsafe_links = memory.recall(mentioned, markdown)
    return Mentions(
        tuple(Citation(*one) for one in citations),
        tuple(Count(*one) for one in counts),
        tuple((target, offset) for target, offset in unsafe_links),
    )


def mentioned(markdown: str) -> tuple[list[tuple[str, int]], ...]:
    """Return what prose says of other things, for a memory."""
    prose = parse(markdown)
    return (
        [(one.key, one.offset) for one in prose.citations],
        [(one.selection, one.offset) for one in prose.counts],
        list(prose.unsafe_links),
    )


@lru_cache(maxsize=2**10)
def parse(markdown: str) -> Prose:
    """Parse Markdown from content.

    Args:
        markdown: The source; any text at all is valid.
    """
    source = Source(markdown)
    citations: list[Citation] = []
    counts: list[Count] = []
    unsafe_links: list[tuple[str, int]] = []
    for token, offset_of in source.marked():
        if token.type == "citation_open":
            citations += [Citation(key, offset_of(at)) for key, at, _ in token.meta["items"]]
        elif token.type == "count":
            counts.append(Count(token.content, offset_of(token.meta["at"])))
        elif token.type == "link_open" and not allowed(_target(token)):
            unsafe_links.append((_target(token), offset_of(token.meta["at"])))
    citations.sort(key=lambda citation: citation.offset)  # one may stand within another's suffix
    return Prose(tuple(citations), tuple(counts), tuple(unsafe_links), source.tokens)


@dataclass(frozen=True, slots=True)
class Context:
    """What prose asks of the page that it stands on.

    Attributes:
        cite: Renders citations; see `CitationSet.cite`.
        count: Returns the number of papers of a selection.
        link: Turns a link target within the site, which begins with a slash, into a `href`.
    """

    cite: Callable[[CitationGroup], Markup]
    count: Callable[[str], int]
    link: Callable[[str], str]


def render(prose: Prose, context: Context, *, top_level: int = 2, id_prefix: str = "section-") -> tuple[Block, ...]:
    """Render prose as blocks of a page.

    Args:
        prose: What `parse` returned.
        context: The page.
        top_level: The level that the highest of the headings is given.
        id_prefix: Begins the headings' ids, so that they clash with no other id of the page.

    Returns:
        Headings and HTML blocks in order; a run of anything but top-level headings is one block.
    """
    writer = _Writer(context)
    headings = [int(token.tag[1:]) for token in prose.tokens if token.type == "heading_open"]
    shift = top_level - min(headings, default=top_level)
    ids: dict[str, int] = {}
    blocks: list[Block] = []
    pending: list[Token] = []
    for token in prose.tokens:
        pending.append(token)
        if token.level or not token.type.startswith("heading_"):
            continue
        if token.type == "heading_open":
            blocks += writer.html(pending[:-1], shift)
        else:
            content = pending[0].children or []
            text, wish = writer.inline(content), _slug(content)
            if text.strip():
                blocks.append(Heading(_level(token, shift), text.strip(), _unused(f"{id_prefix}{wish}", ids)))
        pending.clear()
    blocks += writer.html(pending, shift)
    return tuple(blocks)


def _level(token: Token, shift: int) -> int:
    return min(int(token.tag[1:]) + shift, 6)


def _slug(content: Iterable[Token]) -> str:
    text = folded(" ".join(token.content for token in content)).casefold()
    # Letters that are not Latin stay: a heading in Chinese has a fragment too.
    return "-".join(re.findall(r"[^\W_]+", text)) or "untitled"


def _unused(wish: str, taken: dict[str, int]) -> str:
    """Return the wish, numbered where it is taken already, and take it."""
    found = wish
    while found in taken:
        taken[wish] += 1
        found = f"{wish}-{taken[wish]}"
    taken[found] = 1
    return found


_SITE = re.compile(r"/(?![/\\])[^\x00-\x20\\\x7f]*")
_ELSEWHERE = re.compile(r"https?://[^\x00-\x20/?#\\\x7f][^\x00-\x20\\\x7f]*", re.IGNORECASE)
_TARGETS = (_SITE, _ELSEWHERE, re.compile(r"mailto:[^\x00-\x20\\\x7f]+|#[^\x00-\x20\\\x7f]*", re.IGNORECASE))


def _target(token: Token) -> str:
    """Return where a link leads, with its entities and escapes decoded."""
    return str(token.attrs["href"])


def allowed(target: str) -> bool:
    """Say whether a link may lead there."""
    return any(kind.fullmatch(target) for kind in _TARGETS)


class _Writer:
    """Writes tokens as HTML."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def html(self, tokens: Sequence[Token], shift: int) -> Iterator[Html]:
        """Yield the tokens as one block, if there are any."""
        if tokens:
            lines = united([self._block(token, shift) for token in tokens])
            yield Html(element("div", Markup("\n") + lines, [("class", "survey-prose")]))

    def _block(self, token: Token, shift: int) -> Markup:
        match token.type:
            case "inline":
                return self.inline(token.children or [])
            case "fence" | "code_block":
                return _code(token)
            case "table_open":
                return _SCROLLED + opening("table")
            case "table_close":
                return closing("table") + closing("div") + "\n"
        if token.hidden:  # a paragraph of a tight list
            return Markup()
        tag = f"h{_level(token, shift)}" if token.type.startswith("heading_") else token.tag
        if token.nesting < 0:
            return closing(tag) + "\n"
        # The attributes are the parser's own: the alignment of a cell, the start of a list.
        return opening(tag, [*token.attrs.items(), ("scope", "col" if tag == "th" else None)])

    def inline(self, tokens: Iterable[Token]) -> Markup:
        """Return inline tokens as HTML on one line."""
        # Written flat, without recursion: emphasis may be nested thousands deep.
        parts: list[list[Markup]] = [[]]
        groups: list[Token] = []
        links: list[_OpenLink] = []
        for token in tokens:
            match token.type:
                case "citation_open":
                    groups.append(token)
                    parts.append([])
                case "citation_close":
                    segments = parts.pop()
                    parts[-1].append(self._context.cite(_group(groups.pop(), segments)))
                case "segment_open":
                    parts.append([])
                case "count":
                    parts[-1].append(inert(self._context.count(token.content)))
                case "segment_close":
                    segment = united(parts.pop()).strip()
                    parts[-1].append(
                        inert(token.meta["before"]) + segment + token.meta["after"] if segment else segment
                    )
                case "link_open":
                    # A picture may stand in a link; then the outer link is the one that leads somewhere.
                    works = allowed(_target(token)) and not any(outer.works for outer in links)
                    parts[-1].append(self._anchor(token) if works else Markup())
                    links.append(_OpenLink(_target(token), works, len(parts[-1])))
                case "link_close":
                    parts[-1].append(links.pop().end(parts[-1]))
                case _:
                    parts[-1].append(_leaf(token))
        return united(parts[0])

    def _anchor(self, token: Token) -> Markup:
        target = _target(token)
        rel = "noopener" if _ELSEWHERE.fullmatch(target) else None
        href = self._context.link(target) if _SITE.fullmatch(target) else target
        return opening("a", [("href", href), ("title", token.attrs.get("title")), ("rel", rel)])


@dataclass(frozen=True, slots=True)
class _OpenLink:
    """A link whose text is being written, from a position on."""

    target: str
    works: bool
    begun: int

    def end(self, parts: Sequence[Markup]) -> Markup:
        """Return what closes the link: without any text, its target stands there."""
        text = Markup() if any(parts[self.begun :]) else inert(self.target)
        return text + closing("a") if self.works else text


_SCROLLED = opening("div", [("class", "survey-scroll"), ("role", "group"), ("aria-label", "Table"), ("tabindex", 0)])


def _code(token: Token) -> Markup:
    language = re.match(r"[A-Za-z0-9_+-]+", token.info)
    code = element("code", token.content, [("class", language and f"language-{language[0]}")])
    return element("pre", code) + "\n"


def _group(token: Token, segments: Sequence[Markup]) -> CitationGroup:
    """Put a group together from its segments: a prefix and a suffix each paper."""
    items = zip(token.meta["items"], segments[::2], segments[1::2], strict=True)
    return CitationGroup(
        tuple(Cited(key, prefix, suffix, year_only) for (key, _, year_only), prefix, suffix in items),
        narrative=token.meta["narrative"],
    )


def _leaf(token: Token) -> Markup:
    match token.type:
        case "text":
            return inert(token.content)
        case "code_inline":
            return element("code", token.content)
        case "math":
            return math(token.content, displayed=token.meta["displayed"])
        case "softbreak":
            return Markup(" ")
    # Emphasis, strikethrough and hard breaks; the parser has balanced them.
    return closing(token.tag) if token.nesting < 0 else opening(token.tag)
