"""Markdown lists of papers (“awesome” lists) → incoming entries.

There is no format but habits: an item of a list, or a row of a table, has a title that is linked, bold or first; names; a
venue with a year; further links. What cannot be told is left out, so that an entry is incomplete rather than wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Place, finding
from generator.incoming import identifiers, people
from generator.incoming.entry import Fact, Incoming, Role, shown
from generator.incoming.front_matter import link
from generator.model import PaperType
from generator.values import arxiv_month

_ITEM = re.compile(r"\s*(?:[-*+]|[0-9]+[.)])\s+(\S.*)")
_ROW = re.compile(r"\s*\|(.*)\|\s*")
_RULE = re.compile(r"[\s|:-]+")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()\s]*\)")
_LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s]*)*)>?(?:\s+\"[^\"]*\")?\s*\)"
)
_TAG = re.compile(r"</?(?:br|b|i|em|strong|sub|sup|a|img|span|p|td|tr|kbd)\b[^<>]{0,300}>", re.IGNORECASE)
_ITALIC = re.compile(r"(?<![\w*_])[*_]([^*_]+)[*_](?![\w*_])")
_BARE = re.compile(r"(?<![(\[<\"'=\w/])<?(https?://[^\s<>()|\[\]]+)>?")
_BOLD = re.compile(r"\*\*(.+?)\*\*|__(.+?)__|“(.+?)”|\"(.+?)\"")
_YEAR = re.compile(r"(?<![0-9.])(19[5-9][0-9]|20[0-4][0-9])(?:[-/.](?:0[1-9]|1[0-2])(?:[-/.][0-3][0-9])?)?(?![0-9])")
_VENUE = re.compile(
    r"(?<![\w/])([A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:[ -](?:Findings|Workshop))?)\s*[’',-]?\s*(?:(19|20)?[0-9]{2})(?![0-9./])"
)
_CELL = re.compile(r"(?<=\|)\s*([A-Z][A-Za-z]*[A-Z][A-Za-z]*)\s*(?=\||$)")
"""A venue without its year, alone in a cell of a table."""
_WHERE = re.compile(r"^[(\[][*_`]{0,2}[A-Z][\w ’'.-]*[0-9]{2}[*_`]{0,2}[)\]](?!\()\s*(?=\S)")
"""Venue and year before a title."""
_GENERIC = frozenset(
    ("paper", "pdf", "code", "link", "arxiv", "website", "project", "github", "blog", "data", "dataset", "video", "slides",
     "demo", "abs", "html", "openreview", "acl", "doi", "model", "models", "project page", "official code", "page", "here")
)  # fmt: skip
_NAME = r"(?:[A-ZÀ-ÞŁŚŠŽĀ-Ż][\w.'’-]*)(?:\s+(?:(?!and\b)[a-z]{2,3}\s+){0,2}[A-ZÀ-ÞŁŚŠŽĀ-Ż][\w.'’-]*){1,3}"
_NAMES = re.compile(rf"(?:by\s+)?({_NAME}(?:\s*,\s*(?:and\s+)?{_NAME}|\s+(?:and|&)\s+{_NAME})*(?:,?\s+et\.? al\.?|\s*…|\s*\.\.\.)?)[.,;:]?")  # fmt: skip
_LONGEST = 20_000


def read(file: str, text: str) -> tuple[list[Incoming], list[Diagnostic]]:
    """Read a Markdown list.

    Args:
        file: Its name, for findings.
        text: Its text, with line feeds only.

    Returns:
        The entries in the order of the file, and findings about items that are no entry.
    """
    entries: list[Incoming] = []
    found: list[Diagnostic] = []
    for number, words in _items(text):
        place = Place(file, number)
        if len(words) > _LONGEST:
            message = f"an item has {len(words)} characters"
            found.append(finding(place, "entry-unread", message, "Mend it and import it again."))
            continue
        entry = _entry(words, place)
        if entry is not None:
            entries.append(entry)
        elif not _leads_within(words):
            message = f"“{shown(words)}” names no paper"
            found.append(finding(place, "text-ignored", message, "If it is one, link its title."))
    return entries, found


def _items(text: str) -> Iterator[tuple[int, str]]:
    """Yield the items and the rows of tables with their first lines; lines that are indented further belong to an item."""
    begun: tuple[int, str] | None = None
    fenced = False
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        item, row = _ITEM.fullmatch(line), _ROW.fullmatch(line)
        continues = begun and line[:1].isspace() and line.strip() and item is None and row is None
        if continues and begun and not fenced:
            begun = (begun[0], f"{begun[1]} {line.strip()}")
            continue
        if begun:
            yield begun
            begun = None
        if fenced:
            continue
        if item:
            begun = (number, item[1])
        elif row and not _RULE.fullmatch(line) and not (number < len(lines) and _RULE.fullmatch(lines[number])):
            yield number, row[1]
    if begun:
        yield begun


def _leads_within(words: str) -> bool:
    """Say whether an item is an entry of a table of contents."""
    links = _LINK.findall(words)
    return bool(links) and all(url.startswith("#") for _, url in links)


def _entry(words: str, place: Place) -> Incoming | None:
    words = _TAG.sub(" ", _IMAGE.sub("", re.sub(r"^\[[ xX]\]\s+", "", words)))
    words = _BARE.sub(r"[](\1)", words)
    links = [(_bare(label), url, match) for match in _LINK.finditer(words) for label, url in [(match[1], match[2])]]
    links = [own for own in links if re.match(r"https?://", own[1])]
    title, rest, of_title = _title(words, links)
    if not title:
        return None
    facts = [Fact("title", title, place, Role.TITLE)]
    if of_title:
        facts.append(
            Fact(
                "link", of_title, place, Role.PDF if of_title.endswith(".pdf") and "arxiv" not in of_title else Role.URL
            )
        )
    facts += [link(label or "link", label, url, place) for label, url, _ in links if url != of_title and label != title]
    arxiv = next(
        (found[1] for _, url, _ in links if (found := identifiers.from_address(url)) and found[0] == "arxiv"), None
    )
    rest = _LINK.sub(" | ", rest)
    venue = _VENUE.search(rest) or _CELL.search(rest)
    year = _YEAR.search(rest)
    type_, sure = (PaperType.PREPRINT, True) if arxiv else (PaperType.WEB, False)
    if venue and venue[1].casefold() not in {"arxiv", "corr"}:
        facts.append(Fact("venue", venue[1], place, Role.CONTAINER))
        type_, sure = PaperType.CONFERENCE, True
    if year:
        facts.append(Fact("year", year[1], place, Role.YEAR))
    elif venue and (short := re.search(r"[’' ]([0-9]{2})$", venue[0])):
        facts.append(Fact("year", f"20{short[1]}", place, Role.YEAR))
    elif arxiv:
        facts.append(Fact("link", arxiv_month(arxiv)[:4], place, Role.YEAR))
    named = _names(rest, venue)
    left = _left(rest, venue, year, named)
    if left:
        facts.append(Fact(shown(left), left, place))
    listed = people.from_line(named) if named else people.People(())
    return Incoming(place, "", "item", type_, sure, listed.people, place, listed.cut, tuple(facts))


def _title(words: str, links: list[tuple[str, str, re.Match[str]]]) -> tuple[str, str, str]:
    """Return the title, what stands around it, and the address that it is linked to."""
    named = next((own for own in links if _is_title(own[0])), None)
    bold = next((found for found in _BOLD.finditer(words) if _is_title(_bare(_LINK.sub(r"\1", found[0])))), None)
    if bold and not (named and named[2].start() < bold.start()):
        inner = _LINK.search(bold[0])
        return _bare(_LINK.sub(r"\1", bold[0])), words.replace(bold[0], " | ", 1), inner[2] if inner else ""
    if named:
        return named[0], words.replace(named[2][0], " | ", 1), named[1]
    italic = next((found for found in _ITALIC.finditer(words) if links and len(found[1].split()) > 2), None)  # noqa: PLR2004
    if italic:
        return _bare(italic[1]), words.replace(italic[0], " | ", 1), ""
    first = _bare(re.split(r"\[|\s[|–—]\s|\|", _WHERE.sub("", words), maxsplit=1)[0])
    if links and _is_title(first):
        before, _, after = words.rpartition(first) if words.count(first) == 1 else ("", "", words)
        return first, f"{before} | {after}", ""
    return "", words, ""


def _bare(text: str) -> str:
    text = re.sub(r"^\[[0-9]{4}\.[0-9]{4,5}\]\s*", "", text)
    text = _WHERE.sub("", text)
    return " ".join(re.sub(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", "", text).split()).strip(' .,:;“”"|-–—')


def _is_title(text: str) -> bool:
    return text.casefold().strip(" []") not in _GENERIC and len(text.split()) > 1


def _names(rest: str, venue: re.Match[str] | None) -> str:
    for part in re.split(
        r"\s*\|\s*|\s[–—-]\s|(?<=[a-z]{3})\.\s|[()*_`\[\]]+", rest.replace(venue[0], " | ") if venue else rest
    ):
        found = _NAMES.fullmatch(part.strip(" .,:;[]-–—"))
        if found and (
            "," in found[1]
            or re.search(r"^by | (?:and|&) ", found[0])
            or "et al" in found[1]
            or found[1].endswith(("…", "..."))
        ):
            return found[1]
    return ""


def _left(rest: str, venue: re.Match[str] | None, year: re.Match[str] | None, named: str) -> str:
    for part in (venue[0] if venue else "", year[0] if year else "", named):
        rest = rest.replace(part, " ", 1) if part else rest
    return " ".join(re.sub(r"[|()\[\]*_`.,:;–—/-]+", " ", rest).split())
