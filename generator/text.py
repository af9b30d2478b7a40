"""Text with TeX math: titles and other single lines of a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

from latex2mathml import commands
from latex2mathml.converter import convert_to_element
from latex2mathml.symbols_parser import SYMBOLS
from markupsafe import Markup

from generator.markup import element, inert, united

_DOLLARS = r"\$(?=\S)((?:[^$\\]|\\.)+?)(?<=\S)\$(?![0-9])"
"""Math between dollars by Pandoc's rule (tex_math_dollars): no space inside the dollars, no
digit after the closing one."""

_MATH = re.compile(rf"(?<!\\){_DOLLARS}")
_MATH_HERE = re.compile(_DOLLARS)
_DISPLAYED_HERE = re.compile(r"\$\$((?:[^$\\]|\\.)+?)\$\$")

_DEFINING = {
    r"\DeclareMathOperator", r"\begin", r"\class", r"\def", r"\end", r"\href", r"\newcommand", r"\newenvironment", r"\style", r"\unicode", r"\verb",
}  # fmt: skip
"""Commands that do more than to set a formula."""


def _known(value: object) -> Iterator[str]:
    """Yield the commands that a constant of the converter names."""
    if isinstance(value, str):
        yield from [value] if value.startswith("\\") else []
    elif isinstance(value, (tuple, list, set, frozenset, dict)):
        for one in value:
            yield from _known(one)


_CONSTANTS = [value for name, value in vars(commands).items() if name.isupper()]
MATH_COMMANDS = frozenset(_known([list(SYMBOLS), _CONSTANTS])) - _DEFINING
r"""Commands that a formula may hold: those that have a MathML form. The rest of TeX, `\input` and `\write` among it, has no place in content."""

_LONGEST_MATH = 2_000
"""Longer formulas are shown as their source: no title or sentence needs one."""


@dataclass(frozen=True, slots=True)
class Part:
    """A run of plain text, or the TeX between two dollars."""

    text: str
    math: bool = False


@lru_cache(maxsize=2**16)  # a title stands on many pages
def parts(text: str) -> tuple[Part, ...]:
    r"""Split text into plain runs and math; `\$` in a plain run is a dollar.

    Args:
        text: Unicode text as a record holds it.

    Returns:
        The parts in order; plain runs are never empty.
    """
    if "$" not in text:
        return (Part(text),) if text else ()
    found: list[Part] = []
    position = 0
    for match in _MATH.finditer(text):
        found.append(Part(_plain(text[position : match.start()])))
        found.append(Part(match[1], math=True))
        position = match.end()
    found.append(Part(_plain(text[position:])))
    return tuple(part for part in found if part.text)


def _plain(text: str) -> str:
    return text.replace(r"\$", "$")


def as_plain(text: str) -> str:
    """Return the text without dollars, the TeX between them as it stands: for windows, indexes and attributes."""
    return "".join(part.text for part in parts(text))


@lru_cache(maxsize=2**16)
def as_html(text: str) -> Markup:
    """Return the text as inert HTML, with math as MathML."""
    return united(math(part.text) if part.math else inert(part.text) for part in parts(text))


def math_at(text: str, position: int, end: int) -> tuple[str, bool, int] | None:
    """Read math that begins with the dollar at a position.

    Returns:
        The TeX, whether it stands between double dollars and so on a line of its own, and the
        position after it; `None` where the dollar begins no math.
    """
    displayed = _DISPLAYED_HERE.match(text, position, end)
    found = displayed or _MATH_HERE.match(text, position, end)
    return (found[1], displayed is not None, found.end()) if found else None


# fmt: off
_ELEMENTS = frozenset((
    "math", "merror", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts",
    "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr",
    "munder", "munderover", "none",
))
_ATTRIBUTES = frozenset((
    "accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth", "display", "displaystyle",
    "fence", "form", "height", "largeop", "linebreak", "linethickness", "lspace", "mathvariant", "maxsize",
    "minsize", "movablelimits", "rowlines", "rowspacing", "rspace", "scriptlevel", "separator", "stretchy",
    "symmetric", "voffset", "width",
))
# fmt: on
_CHILDREN = {"mfrac": 2, "mover": 2, "mroot": 2, "msub": 2, "msubsup": 3, "msup": 2, "munder": 2, "munderover": 3}
"""How many children an element must have, or else a browser shows an error."""

_VALUE = re.compile(r"[a-z -]+|[+-]?[0-9]?(?:\.[0-9]+)?(?:em|ex|pt|px|mu|%)?")
"""Words, and lengths below ten: a formula moves nothing else on the page."""

_REFERENCE = re.compile(r"&#x([0-9A-Fa-f]{1,6});")
_UPRIGHT_LETTER = re.compile(r"&#x000[4-7][0-9A-Fa-f];")


class _UnknownMathError(ValueError):
    """The converter made something that is not MathML as we know it, or did not know a command."""


def math(tex: str, *, displayed: bool = False) -> Markup:
    """Return TeX math as MathML; what cannot be converted is shown as its source.

    Args:
        tex: What stands between the dollars.
        displayed: Whether the formula has a line of its own.
    """
    if len(tex) <= _LONGEST_MATH:
        # The converter fails in as many ways as there are mistakes in TeX.
        with suppress(Exception):
            return _mathml(convert_to_element(tex, display="block" if displayed else "inline"))
    return element("code", tex)


def _mathml(node: Element) -> Markup:
    r"""Write an element anew, from what is known to be harmless.

    The converter passes on `\href`, `\style` and `\class` as attributes, and its own writer turns
    escaped text back into tags.
    """
    text = node.text or ""
    if node.tag not in _ELEMENTS or len(node) != _CHILDREN.get(node.tag, len(node)):
        raise _UnknownMathError
    if text.startswith("\\"):  # an unknown command comes back as it was
        raise _UnknownMathError
    attributes = [
        (name, value) for name, value in node.attrib.items() if name in _ATTRIBUTES and _VALUE.fullmatch(value)
    ]
    if node.tag == "mi" and _UPRIGHT_LETTER.fullmatch(text):
        # From \mathrm: without this a browser sets a single letter in italics.
        attributes.append(("mathvariant", "normal"))
    content = inert(_REFERENCE.sub(lambda found: chr(int(found[1], 16)), text))
    children = Markup().join(_mathml(child) for child in node)
    return element(node.tag, content + children, sorted(attributes))
