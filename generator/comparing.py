"""What a group's papers are compared by: which attributes, which of them whose values are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.model import AttributeDeclaration
from generator.survey import Group, Survey, Value

FEWEST = 3
"""From how many papers on a group is compared."""

MOST_COLUMNS = 5
"""How many attributes a group is compared by that names none itself."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A table: papers by attributes.

    Attributes:
        attributes: Names of the attributes, in order.
        papers: Key of a paper → its values by attribute; an absent one is unknown.
    """

    attributes: tuple[str, ...]
    papers: Mapping[str, Mapping[str, Value]]


def comparison(survey: Survey, group: Group) -> Comparison | None:
    """Compare the papers of a group and of those below it, where there are enough to compare."""
    if len(group.papers) < FEWEST:
        return None
    values = {key: {value.attribute: value for value in survey.papers[key].values} for key in group.papers}
    names = _chosen(group.record.compare, list(survey.attributes), list(values.values()))
    return Comparison(tuple(names), values) if names else None


def _chosen(wanted: Sequence[str], declared: Sequence[str], papers: Sequence[Mapping[str, Value]]) -> list[str]:
    """Choose the attributes: those that the group names, else those that most of its papers have a value of."""
    known = {
        name: sum(own[name].value is not None for own in papers if name in own)
        for name in dict.fromkeys([*wanted, *declared])
    }
    chosen = wanted or sorted(sorted(declared, key=lambda name: -known[name])[:MOST_COLUMNS], key=declared.index)
    return [name for name in chosen if known[name]]


def in_words(declaration: AttributeDeclaration, value: Value) -> Iterator[str]:
    """Yield the words for a value, as text with TeX math; none where the attribute cannot apply."""
    match value.value:
        case None:
            return
        case bool(truth):
            yield "Yes" if truth else "No"
        case tuple(chosen):
            for name in chosen:
                yield name.replace("_", " ")
        case Decimal() as number:
            unit = declaration.unit or ""
            yield f"{number:f}{' ' if unit[:1].isalnum() else ''}{unit}"
        case str(text):
            yield text
