"""Text that stays text: in raw HTML, in attributes, in a Markdown heading and in front matter.

A generated page is read by preprocessors (snippets, fences, Jinja macros), by Python-Markdown with
whatever extensions a maintainer has enabled, and then by a browser. Only the browser understands a
numeric character reference, so what is written as one has a meaning to nobody before it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup

_NOT_TEXT = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
"""Control characters, half surrogates and noncharacters: YAML, HTML or Python-Markdown trip over them."""

_BREAKS = r"\t\n\r\u2028\u2029"
"""What some reader takes for the end of a line, or expands."""

_INERT = re.compile(
    r"(?<![A-Za-z0-9])-|-(?![A-Za-z0-9])"  # mixture-of-experts needs no help
    r"|(?<![0-9])\.(?![\s,;]|\Z)|\.(?![0-9\s,;]|\Z)"  # nor do “et al.” and 2107.05768; www.x does, and ...
    rf"|[!\"#$%&'()*+/:<=>?@\[\\\]^_`{{|}}~{_BREAKS}{_NOT_TEXT}]"
)
_FRONT_MATTER = re.compile(rf"[&<>\"'{{}}{_NOT_TEXT}]")
"""Here `-` and `:` stand as they are: the search indexes a front matter's title undecoded."""

_NOT_IN_SCRIPT = re.compile(rf"[<>&{_BREAKS}{_NOT_TEXT}]")
_SPACES = re.compile(rf"[ {_BREAKS}\x85]+")
_NOT_TEXT_CHARACTER = re.compile(f"[{_NOT_TEXT}]")


def inert(value: object) -> Markup:
    """Return a value as HTML whose text nothing but a browser gives a meaning to.

    It serves as text, in a double-quoted attribute and in the line of a Markdown heading, never
    spans lines, and is what Jinja2 takes as `finalize`. What is HTML already is left alone.

    Args:
        value: Text, or anything with a text form; or an object with `__html__`.
    """
    if type(value) is not str:  # most are
        if isinstance(value, Markup):
            return value
        if hasattr(value, "__html__"):
            return Markup(value.__html__())  # noqa: S704 - HTML by its own word
        value = str(value)
    return _remembered(value) if len(value) <= _LONGEST_REMEMBERED else _inert(value)


_LONGEST_REMEMBERED = 300
"""Longer texts stand on one page only."""


def _inert(text: str) -> Markup:
    return Markup(_INERT.sub(_reference, text))  # noqa: S704 - this is what makes it safe


@lru_cache(maxsize=2**15)  # names and titles stand on many pages
def _remembered(text: str) -> Markup:
    return _inert(text)


def front_matter(value: str) -> str:
    """Return text as a quoted value of YAML front matter, its HTML escaped.

    Material prints titles and descriptions from the front matter as they are into the page's head,
    header, navigation and search index, and a macros plugin hands titles to Jinja.

    Args:
        value: Plain text; white space in it is collapsed to single spaces.

    Returns:
        A JSON string, quotation marks included, which YAML 1.1 and 1.2 read alike.
    """
    line = " ".join(_FRONT_MATTER.sub(_reference, value).split())
    return json.dumps(line, ensure_ascii=False)


def front_matter_pairs(pairs: Iterable[tuple[str, str]]) -> str:
    """Return names and texts as a value of YAML front matter that says just that.

    They are no HTML: a template of the theme escapes them where it prints them.

    Args:
        pairs: Plain text; line breaks and other white space in it become single spaces.

    Returns:
        A JSON list of lists, on one line.
    """
    lines = ([name, _SPACES.sub(" ", _NOT_TEXT_CHARACTER.sub("\ufffd", text))] for name, text in pairs)
    return json.dumps(list(lines), ensure_ascii=False)


def json_in_script(value: object) -> Markup:
    """Return a value as JSON for an HTML script element: nothing in it ends the element, or a line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(_NOT_IN_SCRIPT.sub(lambda found: f"\\u{ord(found[0]):04x}", text))  # noqa: S704 - this makes it safe


def opening(tag: str, attributes: Iterable[tuple[str, object]] = ()) -> Markup:
    """Return an opening tag.

    Args:
        tag: The element's name.
        attributes: Names and values; one whose value is `None` is left out.
    """
    written = "".join(f' {name}="{inert(value)}"' for name, value in attributes if value is not None)
    return Markup(f"<{tag}{written}>")  # noqa: S704 - the names are ours, the values inert


def closing(tag: str) -> Markup:
    """Return a closing tag."""
    return Markup(f"</{tag}>")  # noqa: S704 - the name is ours


def united(parts: Iterable[Markup]) -> Markup:
    """Join HTML, as `Markup.join` does, without looking at each part again."""
    return Markup("".join(parts))  # noqa: S704 - each part is Markup already


def element(tag: str, content: object, attributes: Iterable[tuple[str, object]] = ()) -> Markup:
    """Return an element; its content is made inert unless it is HTML already."""
    return Markup(f"{opening(tag, attributes)}{inert(content)}</{tag}>")  # noqa: S704 - as `opening`


class _References(dict[str, str]):
    """What is written for a character: each is worked out once."""

    def __missing__(self, character: str) -> str:
        written = "\ufffd" if _NOT_TEXT_CHARACTER.match(character) else f"&#{ord(character)};"
        self[character] = written
        return written


_REFERENCES = _References()


def _reference(match: re.Match[str]) -> str:
    return _REFERENCES[match[0]]
