r"""Citations: Pandoc's syntax in prose, labels by author and year, the list of references.

`[@key]`, `[see @a, pp. 3-5; also @b]`, `[-@key]` (year only), `@key` and `@key [p. 3]` in the
sentence; `@{key}` where a key's end would be unclear. `\@` is an at sign. In code, in links and
within words `@` means nothing.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from urllib.parse import quote

from markdown_it.rules_inline import StateInline, link
from markupsafe import Markup

from generator.markup import element, inert
from generator.model import PaperRecord, PaperType, Status
from generator.names import collated
from generator.survey import Paper, Survey
from generator.text import as_html, as_plain
from generator.values import KEY_PATTERN

_NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class Cited:
    """A paper in a group of citations.

    Attributes:
        key: The citation key as written.
        prefix: What stands before it, with a space at the end where it is not empty.
        suffix: What stands after it, with the punctuation or space that joins it.
        year_only: Whether the authors are named in the sentence already.
    """

    key: str
    prefix: Markup = _NOTHING
    suffix: Markup = _NOTHING
    year_only: bool = False


@dataclass(frozen=True, slots=True)
class CitationGroup:
    """Papers cited together.

    Attributes:
        items: The papers as they stand, at least one.
        narrative: Whether the first one is part of the sentence: Ren et al. (2021).
    """

    items: tuple[Cited, ...]
    narrative: bool = False


_KEY = re.compile(rf"(-?)@(?:\{{({KEY_PATTERN})\}}|([^\W_]+(?:(?:-|_+)[^\W_]+)*))")
"""As Pandoc ends keys: before trailing punctuation, and before two hyphens. Letters beyond ASCII
belong to the key, so that a mistyped one is reported whole."""

_REST = re.compile(r"[ \t]*\n?[ \t]*\[")
_LOCATOR = re.compile(
    r"[0-9§¶]|(?:pp?|ch|chaps?|secs?|figs?|eqs?|vols?|no|app|def|thm|alg|tab)\."
    r"|(?:page|chapter|section|figure|equation|volume|appendix|definition|theorem|lemma|algorithm|table|part)s?\b",
    re.IGNORECASE,
)
"""Where a suffix that follows without a comma is a place in the work, and gets one."""


@dataclass(slots=True)
class _Item:
    """A paper in a group, by positions: prefix, key, suffix."""

    start: int
    end: int = 0
    key: re.Match[str] | None = None
    suffix: int = 0


def citation_syntax(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read a citation: an inline rule of markdown-it, to be tried after links.

    It makes a `citation_open` with `meta` `items` (key, position of the `@`, whether only the
    year is wanted) and `narrative`; two segments an item, its prefix and its suffix; and a
    `citation_close`.
    """
    character = state.src[state.pos]
    if character not in "[@-" or state.linkLevel:
        return False
    found = _bracketed(state) if character == "[" else _in_sentence(state)
    if found is None:
        return False
    items, end, narrative = found
    if not silent:
        _push(state, items, narrative=narrative)
    state.pos = end
    return True


_Found = tuple[list[_Item], int, bool]


def _bracketed(state: StateInline) -> _Found | None:
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    items = _items(state, state.pos + 1, end)
    return (items, end + 1, False) if items and all(item.key for item in items) else None


def _in_sentence(state: StateInline) -> _Found | None:
    key = _key_at(state.src, state.pos, state.posMax)
    if key is None:
        return None
    first = _Item(key.start(), key.end(), key, key.end())
    others, end = _rest(state, first)
    return [first, *others], end, not key[1]


def _rest(state: StateInline, first: _Item) -> tuple[list[_Item], int]:
    """Read the brackets after a key in the sentence: its own suffix, further papers, or both."""
    alone: tuple[list[_Item], int] = [], first.end
    opening = _REST.match(state.src, first.end, state.posMax)
    if opening is None:
        return alone
    start = state.pos
    state.pos = opening.end() - 1
    linked = link(state, True)  # noqa: FBT003 - markdown-it's signature
    state.pos = start
    if linked:
        return alone
    end = state.md.helpers.parseLinkLabel(state, opening.end() - 1)
    items = _items(state, opening.end(), end)
    if not items or not all(item.key for item in items[1:]):
        return alone
    if items[0].key is None:
        own = items.pop(0)
        if not state.src[own.start : own.end].strip():
            return alone
        first.suffix, first.end = own.start, own.end
    return items, end + 1


def _items(state: StateInline, start: int, end: int) -> list[_Item]:
    """Split what stands in brackets at its semicolons and find the key of each part."""
    before = state.pos
    items = [_Item(start)]
    state.pos = start
    while state.pos < end:
        item, position = items[-1], state.pos
        if state.src[position] == ";":
            item.end = position
            items.append(_Item(position + 1))
            state.pos += 1
        elif item.key is None and (key := _key_at(state.src, position, end)):
            item.key, item.suffix = key, key.end()
            state.pos = key.end()
        else:
            state.md.inline.skipToken(state)  # code, links and escapes as a whole
    items[-1].end = end
    inside = state.pos == end
    state.pos = before
    return items if inside else []


def _key_at(text: str, position: int, end: int) -> re.Match[str] | None:
    if position and text[position - 1].isalnum():  # an e-mail address
        return None
    return _KEY.match(text, position, end)


def _push(state: StateInline, items: Sequence[_Item], *, narrative: bool) -> None:
    end = state.posMax
    keys = [(item, item.key) for item in items if item.key]
    group = state.push("citation_open", "", 1)
    group.meta["narrative"] = narrative
    group.meta["items"] = [(key[2] or key[3], key.start() + len(key[1]), bool(key[1])) for _, key in keys]
    for item, key in keys:
        _segment(state, item.start, key.start(), after=" ")
        rest = state.src[item.suffix : item.end].lstrip().removeprefix(",").lstrip()
        begins = item.end - len(rest)
        joined = state.src[item.suffix : begins]
        bracketed = item.suffix != key.end()
        apart = bracketed or "," in joined or (joined and _LOCATOR.match(rest))
        _segment(state, begins, item.end, before=", " if apart else " " if joined else "")
    state.push("citation_close", "", -1)
    state.posMax = end


def _segment(state: StateInline, start: int, end: int, *, before: str = "", after: str = "") -> None:
    """Tokenize a prefix or suffix as inline Markdown of its own."""
    state.push("segment_open", "", 1)
    known = len(state.tokens)
    state.pos, state.posMax = start, end
    state.md.inline.tokenize(state)
    if before:
        for token in state.tokens[known:]:
            if token.type == "text":
                token.content = re.sub(r"(?<=[0-9])-(?=[0-9])", "–", token.content)  # pp. 3–5
    state.push("segment_close", "", -1).meta.update(before=before, after=after)


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a page's list of references.

    Attributes:
        key: The paper's citation key.
        id: The entry's id on the page, which citations link to.
        markup: The entry, without an element around it.
    """

    key: str
    id: str
    markup: Markup


class CitationSet:
    """The papers that a page cites, labelled so that no two labels on the page are the same.

    Args:
        keys: Every key that the page cites, as written; one that names no paper is passed over.
        survey: The survey that holds the papers and knows former keys.
        href: Turns a paper's key into a link to the paper's page.
    """

    def __init__(self, keys: Iterable[str], survey: Survey, href: Callable[[str], str]) -> None:
        self._aliases = survey.aliases
        self._href = href
        known = {survey.aliases.get(key, key) for key in keys} & survey.papers.keys()
        self._papers = {paper.key: paper for paper in sorted((survey.papers[key] for key in known), key=_order)}
        self._years = _years(self._papers.values())

    def label(self, key: str) -> str:
        """Return how a paper is cited in brackets: Ren et al., 2021.

        Raises:
            KeyError: The page does not cite the paper.
        """
        paper = self._papers[self._aliases.get(key, key)]
        return f"{_names(paper.record, '&')}, {self._dated(paper)}"

    def cite(self, group: CitationGroup) -> Markup:
        """Render a group of citations, each linked to its entry in the list of references.

        A key that names no paper is shown as it stands; checks report it before anything is rendered.
        """
        if not group.narrative:
            return inert("(") + _SEMICOLON.join(map(self._in_brackets, group.items)) + inert(")")
        first, *others = group.items
        paper = self._paper(first.key)
        if paper is None:
            authors, year = _unknown(first.key), "?"
        else:
            names, year = _names(paper.record, "and"), self._dated(paper)
            if not others and not first.suffix:
                return self._anchor(paper, f"{names} ({year})")
            authors = self._anchor(paper, names)
        inside = [inert(year) + first.suffix, *map(self._in_brackets, others)]
        return authors + inert(" (") + _SEMICOLON.join(inside) + inert(")")

    def references(self) -> tuple[Reference, ...]:
        """Return the list of references: exactly the papers cited, by authors, year and title."""
        return tuple(Reference(paper.key, _id(paper), self._entry(paper)) for paper in self._papers.values())

    def _paper(self, key: str) -> Paper | None:
        return self._papers.get(self._aliases.get(key, key))

    def _in_brackets(self, item: Cited) -> Markup:
        paper = self._paper(item.key)
        if paper is None:
            return item.prefix + _unknown(item.key) + item.suffix
        label = self._dated(paper) if item.year_only else self.label(paper.key)
        return item.prefix + self._anchor(paper, label) + item.suffix

    def _dated(self, paper: Paper) -> str:
        """Return the year as a citation has it, with what has befallen the paper since."""
        status = _STATUSES.get(paper.record.status)
        return f"{self._years[paper.key]}, {status.lower()}" if status else self._years[paper.key]

    def _anchor(self, paper: Paper, label: str) -> Markup:
        status = _STATUSES.get(paper.record.status)
        title = f"{status}: {as_plain(paper.record.title)}" if status else as_plain(paper.record.title)
        return element("a", label, [("class", "survey-citation"), ("href", f"#{_id(paper)}"), ("title", title)])

    def _entry(self, paper: Paper) -> Markup:
        record = paper.record
        title = element("a", as_html(record.title), [("href", self._href(paper.key))])
        ends = "" if as_plain(record.title).endswith((".", "?", "!", "…")) else "."
        status = _STATUSES.get(record.status)
        parts = [
            inert(f"{_authors(record)} ({self._years[paper.key]})."),
            title + inert(ends),
            element("strong", f"{status}.", [("class", "survey-status")]) if status else None,
            _publication(paper),
            *_identifiers(record),
        ]
        return Markup(" ").join(filter(None, parts))


_SEMICOLON = Markup("; ")
_STATUSES = {Status.RETRACTED: "Retracted", Status.WITHDRAWN: "Withdrawn"}
_MOST_AUTHORS = 20
"""A longer list of authors is shown as its first 19 and its last, as APA has it."""


def _id(paper: Paper) -> str:
    return f"ref-{paper.key}"


def _unknown(key: str) -> Markup:
    return element("span", f"@{key}", [("class", "survey-unknown")])


def _order(paper: Paper) -> tuple[object, ...]:
    names = [(author.family or author.literal or "", author.given or "") for author in paper.record.authors]
    folded_names = tuple((collated(family), collated(given)) for family, given in names)
    return folded_names, paper.record.year, collated(as_plain(paper.record.title)), paper.key


def _years(papers: Iterable[Paper]) -> dict[str, str]:
    """Return each paper's year, with a, b, c where a label would stand for two papers."""
    alike: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for paper in papers:
        alike[_names(paper.record, "&"), paper.record.year].append(paper.key)
    return {
        key: f"{year}{letter}"
        for (_, year), keys in alike.items()
        for key, letter in zip(keys, _letters() if len(keys) > 1 else [""], strict=False)
    }


def _letters() -> Iterator[str]:
    for length in itertools.count(1):
        yield from map("".join, itertools.product(ascii_lowercase, repeat=length))


def _names(record: PaperRecord, conjunction: str) -> str:
    """Return whom a citation names: one author, two, or the first of more."""
    names = [author.last for author in record.authors]
    return f" {conjunction} ".join(names) if len(names) <= _NAMED else f"{names[0]} et al."


_NAMED = 2


def _authors(record: PaperRecord) -> str:
    """Return all authors as a reference lists them: the first by the family name, which the list is sorted by."""
    first, *others = record.authors
    names = [first.sorting, *(author.full for author in others)]
    if len(names) > _MOST_AUTHORS:
        return ", ".join([*names[: _MOST_AUTHORS - 1], "…", names[-1]])
    return ", and ".join([", ".join(names[:-1]), names[-1]]) if others else names[0]


_WORDS = {
    PaperType.PREPRINT: "Preprint",
    PaperType.THESIS: "Thesis",
    PaperType.REPORT: "Report",
    PaperType.DATASET: "Dataset",
    PaperType.SOFTWARE: "Software",
    PaperType.WEB: "Web page",
}
"""Kinds of publication that a reference names, since nothing else in it tells."""


def _publication(paper: Paper) -> Markup | None:
    """Return where the work was published: In *Volume*, 34(2), pp. 53–68."""
    record = paper.record
    printed = record.proceedings or (paper.venue.full if paper.venue else None)
    within = "In " if record.type in {PaperType.CONFERENCE, PaperType.CHAPTER} else ""
    pages = (record.pages or "").replace("-", "–")
    if pages and record.type is not PaperType.JOURNAL:
        pages = f"pp. {pages}" if pages != record.pages else f"p. {pages}"
    number = f"({record.number})" if record.volume and record.number else record.number
    parts = [
        _WORDS.get(record.type),
        inert(within) + element("em", printed) if printed else None,
        f"{record.edition} edition" if record.edition else None,
        f"{record.volume or ''}{number or ''}",
        pages,
        record.publisher,
        record.school,
    ]
    text = Markup(", ").join(inert(part) for part in parts if part)
    return text + inert(".") if text else None


def _identifiers(record: PaperRecord) -> Iterator[Markup]:
    if record.doi:
        yield _link(f"https://doi.org/{quote(record.doi, safe='/:;()')}", f"doi:{record.doi}")
    if record.arxiv:
        yield _link(f"https://arxiv.org/abs/{record.arxiv}", f"arXiv:{record.arxiv}")
    if record.url and not record.doi and not record.arxiv:
        yield _link(record.url, record.url)


def _link(address: str, text: str) -> Markup:
    return element("a", text, [("href", address), ("rel", "noopener")])
