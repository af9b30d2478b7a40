"""Reads a built site back: its HTML documents, what they refer to, and which references are dead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

LOADED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest"}
"""Relations of a `<link>` that make a browser ask for something without being told to."""

_ADDRESSES = {
    "a": ("href", "xlink:href"),
    "area": ("href",),
    "audio": ("src",),
    "embed": ("src",),
    "form": ("action",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}

_FOLLOWED = {"a", "area", "form"}
"""Elements whose address is followed when a person asks; all others but `<link>` load it at once."""


@dataclass(frozen=True)
class Reference:
    """An address in a document: the element it stands in, and whether the browser loads it unasked."""

    element: str
    target: str
    loaded: bool


@dataclass
class Document:
    """A built HTML page."""

    path: str
    titles: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    metadata: list[tuple[str, str]] = field(default_factory=list)
    """Names (or properties) and contents of the `<meta>` elements."""
    linked_data: list[str] = field(default_factory=list)
    """The texts of JSON-LD."""
    coins: list[str] = field(default_factory=list)
    canonical: str = ""
    language: str = ""
    refresh: str = ""
    """Where a redirect leads."""

    @property
    def address(self) -> str:
        """The page's address relative to the site's."""
        return self.path.removesuffix("index.html")


class _Reader(HTMLParser):
    def __init__(self, document: Document) -> None:
        super().__init__(convert_charrefs=True)
        self.document = document
        self.within: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        document = self.document
        if tag == "html":
            document.language = attributes.get("lang", "")
        if "id" in attributes:
            document.ids.append(attributes["id"])
        texts = {"title": document.titles, "h1": document.headings}.get(tag)
        if texts is not None and not (tag == "title" and document.titles):  # an icon may have a title too
            texts.append("")
            self.within = texts
        name = attributes.get("name") or attributes.get("property")
        if tag == "meta" and name:
            document.metadata.append((name, attributes["content"]))
        if tag == "link" and attributes.get("rel") == "canonical":
            document.canonical = attributes["href"]
        if tag == "span" and attributes.get("class") == "Z3988":
            document.coins.append(attributes["title"])
        if tag == "script" and attributes.get("type") == "application/ld+json":
            document.linked_data.append("")
            self.within = document.linked_data
        if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            document.refresh = attributes["content"].partition("=")[2].strip("'\" ")
            document.references.append(Reference("meta", document.refresh, loaded=True))
        document.references += _references(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"title", "h1", "script"}:
            self.within = None

    def handle_data(self, data: str) -> None:
        if self.within is not None:
            self.within[-1] += data


def _references(tag: str, attributes: Mapping[str, str]) -> Iterator[Reference]:
    relations = set(attributes.get("rel", "").lower().split())
    loaded = bool(relations & LOADED_LINKS) if tag == "link" else tag not in _FOLLOWED
    for name in _ADDRESSES.get(tag, ()):
        if name not in attributes:
            continue
        value = attributes[name]
        targets = [part.split()[0] for part in value.split(",") if part.strip()] if name == "srcset" else [value]
        for target in targets:
            yield Reference(tag, target.strip(), loaded)


def read_site(site: Path) -> dict[str, Document]:
    """Read every HTML page of a built site, by path relative to it."""
    documents = {}
    for file in sorted(site.rglob("*.html")):
        document = Document(file.relative_to(site).as_posix())
        reader = _Reader(document)
        reader.feed(file.read_text("utf-8"))
        reader.close()
        documents[document.path] = document
    return documents


def dead_references(site: Path, documents: Mapping[str, Document], site_url: str) -> Iterator[str]:
    """Yield each reference that leads nowhere, or to a kind of address that no page has business with.

    Args:
        site: The built site's folder.
        documents: Its pages.
        site_url: The address that it is built for; absolute links below it are followed too.
    """
    ids = {path: {*document.ids, "", "top"} for path, document in documents.items()}
    for document in documents.values():
        base = site_url + document.address
        for reference in document.references:
            if problem := _problem(site, ids, site_url, urljoin(base, reference.target)):
                yield f"{document.path}: {problem}: <{reference.element}> {reference.target}"


def dead_style_references(site: Path, site_url: str) -> Iterator[str]:
    """Yield each address in a style sheet that is not a file of the site."""
    for sheet in sorted(site.rglob("*.css")):
        path = sheet.relative_to(site).as_posix()
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
        found = re.finditer(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|@import\s+["']([^"']+)""", text)
        for match in found:
            target = next(group for group in match.groups() if group is not None)
            if target.startswith(("data:", "#")):
                continue
            address = urljoin(site_url + path, target)
            if not address.startswith(site_url):
                yield f"{path}: another host: {target}"
            elif problem := _problem(site, {}, site_url, urlsplit(address)._replace(fragment="").geturl()):
                yield f"{path}: {problem}: {target}"


def _problem(site: Path, ids: Mapping[str, set[str]], site_url: str, address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https", "mailto", "data"}:
        return "a scheme that a page must not use"
    if not address.startswith(site_url):
        # Another place; but one on this very host would be a mistaken relative link.
        return "out of the site" if parts.netloc == urlsplit(site_url).netloc else ""
    path = unquote(parts.path.removeprefix(urlsplit(site_url).path))
    if path == "" or path.endswith("/"):
        path += "index.html"
    if not (site / path).is_file():
        return "dead link"
    if parts.fragment and path in ids and unquote(parts.fragment) not in ids[path]:
        return "dead fragment"
    return ""
