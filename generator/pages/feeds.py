"""Atom feeds of the papers that joined last (RFC 4287): one of all, one of each group at the top of a grouping.

Nothing in a feed depends on when it is made. Its days are those on which records joined the survey; a paper is known by the address of its
page under its first key, so that a reader sees no paper twice because its key was changed. Without the site's own
address there is no feed: every identifier in one is a whole address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from generator.output import Output
from generator.pages import routes, wording
from generator.pages.catalogue import Catalogue
from generator.pages.views import Anchor
from generator.survey import Paper
from generator.text import as_plain

MOST = 50
"""How many papers a feed has: who looks in now and then misses none, and the file stays small."""

MEDIA_TYPE = "application/atom+xml"

_ATOM = "http://www.w3.org/2005/Atom"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: where it stands, what it is of.

    Attributes:
        url: Below the site's root.
        title: What it is of, in plain words.
        about: The URL of the page that it belongs to.
        keys: Its papers, the latest first.
    """

    url: str
    title: str
    about: str
    keys: tuple[str, ...]


def feed_links(catalogue: Catalogue) -> tuple[Anchor, ...]:
    """Return links to all feeds, that of all papers first."""
    return tuple(Anchor(feed.title, feed.url) for feed in _feeds(catalogue))


def feed_link(catalogue: Catalogue, name: str) -> Anchor | None:
    """Return a link to the feed of a group, if it has one."""
    feed = _of_group(catalogue, name)
    return Anchor(feed.title, feed.url) if feed else None


def _feeds(catalogue: Catalogue) -> Iterator[Feed]:
    """Yield the feeds; each has a paper at least."""
    survey = catalogue.survey
    whole = _feed(catalogue, f"{routes.FEEDS}all.xml", "All papers", routes.CHANGES.url, survey.papers)
    of_groups = (_of_group(catalogue, name) for one in survey.groupings.values() for name in one.top)
    yield from filter(None, (whole, *of_groups))


def _of_group(catalogue: Catalogue, name: str) -> Feed | None:
    group = catalogue.survey.groups[name]
    if group.depth > 1:
        return None
    return _feed(catalogue, f"{routes.FEEDS}{name}.xml", as_plain(group.record.title), f"{name}/", group.papers)


def _feed(catalogue: Catalogue, url: str, title: str, about: str, keys: Iterable[str]) -> Feed | None:
    if not catalogue.survey.record.site_url:
        return None
    dated = (key for key in catalogue.latest_first(keys) if catalogue.survey.papers[key].record.added)
    found = tuple(islice(dated, MOST))
    return Feed(url, title, about, found) if found else None


def feed_files(catalogue: Catalogue) -> Iterator[Output]:
    """Write the feeds."""
    register_namespace("", _ATOM)
    for feed in _feeds(catalogue):
        yield Output(f"{routes.DOCS}/{feed.url}", _written(catalogue, feed))


def _written(catalogue: Catalogue, feed: Feed) -> bytes:
    survey = catalogue.survey.record
    site = f"{(survey.site_url or '').removesuffix('/')}/"
    root = Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en"})
    title = as_plain(survey.title)
    _text(root, "id", f"{site}{feed.url}")
    _text(root, "title", title if feed.about == routes.CHANGES.url else f"{feed.title} · {title}")
    _text(root, "updated", _time(catalogue, feed.keys[0]))
    _link(root, "self", MEDIA_TYPE, f"{site}{feed.url}")
    _link(root, "alternate", "text/html", f"{site}{feed.about}")
    for editor in survey.editors:
        _text(SubElement(root, f"{{{_ATOM}}}author"), "name", editor.name)
    if survey.license:
        _text(root, "rights", survey.license)
    for key in feed.keys:
        _entry(SubElement(root, f"{{{_ATOM}}}entry"), catalogue, catalogue.survey.papers[key], site)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(entry: Element, catalogue: Catalogue, paper: Paper, site: str) -> None:
    record, card = paper.record, catalogue.papers[paper.key]
    first = record.aliases[0] if record.aliases else paper.key
    _text(entry, "id", f"{site}{routes.paper(first).url}")
    stands = f"{card.status}: " if card.status else ""
    _text(entry, "title", f"{stands}{as_plain(record.title)}")
    _text(entry, "published", _time(catalogue, paper.key))
    _text(entry, "updated", _time(catalogue, paper.key))
    _link(entry, "alternate", "text/html", f"{site}{routes.paper(paper.key).url}")
    for author in record.authors:
        _text(SubElement(entry, f"{{{_ATOM}}}author"), "name", author.full)
    for placement in paper.placements:
        term = {"term": placement.group, "label": as_plain(catalogue.survey.groups[placement.group].record.title)}
        SubElement(entry, f"{{{_ATOM}}}category", {name: _clean(text) for name, text in term.items()})
    where = (paper.venue.short if paper.venue else wording.TYPES[record.type], str(record.year))
    written = catalogue.writings.written(paper.source, routes.paper(paper.key))
    _text(entry, "summary", "\n\n".join(filter(None, (", ".join(where), written.beginning if written else ""))))


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{_ATOM}}}{name}").text = _clean(text)


def _link(parent: Element, relation: str, media_type: str, address: str) -> None:
    SubElement(parent, f"{{{_ATOM}}}link", {"rel": relation, "type": media_type, "href": address})


def _clean(text: str) -> str:
    """Return a text without what XML 1.0 has no way to write (section 2.2)."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _time(catalogue: Catalogue, key: str) -> str:
    return f"{catalogue.survey.papers[key].record.added}T00:00:00Z"
