"""What papers have of an attribute, in words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.comparing import in_words
from generator.model import AttributeDeclaration, AttributeType
from generator.pages.catalogue import line
from generator.pages.views import Anchor
from generator.survey import Value
from generator.text import as_html


def shown(declaration: AttributeDeclaration, value: Value) -> Iterator[Anchor]:
    """Yield the words for a value, each with what it means; none where the attribute cannot apply.

    Args:
        declaration: The attribute.
        value: A paper's value of it.
    """
    match value.value:
        case tuple(chosen):
            notes = [line(declaration.values[name]) for name in chosen]
        case Decimal():
            notes = [line(value.of)]
        case _:
            notes = [None]
    for text, note in zip(in_words(declaration, value), notes, strict=False):  # none where it cannot apply
        linked = declaration.type is AttributeType.LINK
        yield Anchor(text, text) if linked else Anchor(as_html(text), note=note)
