"""How text stands in a YAML file: what of it a browser or another reader would take for something else."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from generator.canonical import other_readers_differ, places
from generator.diagnostics import Diagnostic, Mend, Place, finding
from generator.layout import MARKDOWN, Kind, json_schema
from generator.nodes import Plain, Scalar, Tree, parse, plain, replaced, scalars
from generator.quoting import quoted
from generator.source import SourceFile


def sound(kind: str, text: str) -> Plain | None:
    """Return what a YAML file says, or nothing where there is something to find in how it is written.

    Args:
        kind: Its kind, which says what may stand where.
        text: The file's.
    """
    tree, mistakes = parse(SourceFile("", text))
    if tree is None or mistakes or any(html_in_text(tree, Kind(kind))) or any(unquoted_text(tree, Kind(kind))):
        return None
    return plain(tree.root)


_ENTITY = re.compile("&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);")
_TAG = re.compile(
    r"</?(?:sub|sup|i|b|u|s|em|strong|small|big|tt|font|span|div|p|br|hr|a|img|code|pre|h[1-6]|[ou]l|li|table|t[rdh]"
    r"|script|style|math|inline-formula|(?:mml|jats):[a-z-]+)\b[^<>]{0,200}>",
    re.IGNORECASE,
)
_HTML = re.compile(f"{_ENTITY.pattern}|{_TAG.pattern}", re.IGNORECASE)
_MOST_ESCAPES = 2
"""Databases escape what is escaped already, as in “&amp;amp;”, but hardly more than once."""

_LINK = re.compile(r"(?:https?|mailto):\S+")


def html_in_text(tree: Tree, kind: Kind) -> Iterator[Diagnostic]:
    """Find HTML in fields that are not Markdown: it would be printed as it stands."""
    if _HTML.search(tree.file.text) is None:
        return
    for path, scalar in scalars(tree.root):
        found = html_in(scalar.text)
        if found and path != (MARKDOWN.get(kind),) and not _LINK.fullmatch(scalar.text):
            place = tree.text_place(found.start(), len(found[0].split()[0]), *path)
            yield html_found(found[0], place, _characters(tree, scalar, found[0]))


def html_in(text: str) -> re.Match[str] | None:
    """Find the first tag or entity of a text."""
    return _HTML.search(text)


def html_found(found: str, place: Place, mend: Mend | None = None) -> Diagnostic:
    """Return the finding that there is HTML."""
    return finding(place, "html-in-text", f"“{found}” is HTML", "Write the character itself, or TeX math.", mend)


def _characters(tree: Tree, scalar: Scalar, found: str) -> Mend | None:
    """Return the mend that writes characters for entities; none for tags, and where tags would come of it."""
    text = _without_entities(scalar.text)
    if not _ENTITY.fullmatch(found) or not text.strip().isprintable() or _TAG.search(text):
        return None
    written = tree.file.text[scalar.start : scalar.end]
    in_block = Mend(scalar.start, scalar.end, _without_entities(written)) if scalar.style in {"|", ">"} else None
    return in_block or replaced(scalar, text)


def _without_entities(text: str) -> str:
    for _ in range(_MOST_ESCAPES):
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]).replace("\xa0", " "), text)
    return text


def unquoted_text(tree: Tree, kind: Kind) -> Iterator[Diagnostic]:
    """Find plain text that another YAML reader would type differently."""
    schema = json_schema(kind)
    for scalar, permitted in places(tree.root, schema, schema):
        if permitted and scalar.text and other_readers_differ(scalar, permitted, schema):
            message = f"another YAML reader would not take “{scalar.text}” for text"
            hint = "Put it in quotes, or run survey fmt."
            mend = Mend(scalar.start, scalar.end, quoted(scalar.text))
            yield finding(tree.place(scalar.start), "unquoted-text", message, hint, mend)
