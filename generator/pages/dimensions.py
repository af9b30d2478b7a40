"""The ways in which a survey divides its papers: its groupings, and its attributes of choice.

Two of them crossed show where papers are many and where there are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.model import AttributeDeclaration, AttributeType
from generator.pages import wording
from generator.pages.facets import of_attribute, of_grouping
from generator.selection import UNKNOWN
from generator.survey import Paper, Survey
from generator.values import NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class Part:
    """A place in a dimension.

    Attributes:
        name: A group's id, the name of a value, or what kind of gap it is.
        title: What it is called: text with TeX math between dollars.
        papers: Keys of the papers that stand here; a paper may stand in several places.
        gap: Whether this is where papers stand that have no place.
        value: What stands for it in the address of the list of all papers; a value that is unwanted begins with a hyphen.
    """

    name: str
    title: str
    papers: tuple[str, ...]
    gap: bool = False
    value: str = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """A grouping or an attribute.

    Attributes:
        name: Its name as a part of a URL; no two dimensions of a survey share it.
        title: What it is called.
        facet: What stands for it in the address of the list of all papers.
        parts: The top groups, or the declared values in their order, empty ones too; then what papers have instead.
    """

    name: str
    title: str
    facet: str
    parts: tuple[Part, ...]


def dimensions(survey: Survey) -> tuple[Dimension, ...]:
    """Return the groupings, then the attributes whose values are chosen from a list, in their order."""
    found = [*_groupings(survey), *_attributes(survey)]
    taken: set[str] = set()
    named: list[Dimension] = []
    for one in found:
        name = one.name
        while name in taken:  # an attribute may be called like a grouping
            name += "-2"
        taken.add(name)
        named.append(replace(one, name=name))
    return tuple(named)


def crossable(survey: Survey) -> bool:
    """Say whether a survey has two dimensions, without looking at its papers."""
    chosen = sum(bool(_choices(declaration)) for declaration in survey.attributes.values())
    return sum(bool(grouping.top) for grouping in survey.groupings.values()) + chosen > 1


def _groupings(survey: Survey) -> Iterator[Dimension]:
    for grouping in survey.groupings.values():
        if not grouping.top:
            continue
        groups = [survey.groups[name] for name in grouping.top]
        values = [group.id.removeprefix(f"{grouping.name}/") for group in groups]
        parts = [
            Part(group.id, group.record.title, group.papers, value=value)
            for group, value in zip(groups, values, strict=True)
        ]
        placed = {key for part in parts for key in part.papers}
        nowhere = ",".join(f"-{value}" for value in values)
        gap = _gap(wording.IN_NO_GROUP, nowhere, survey, placed)
        yield Dimension(grouping.name, grouping.record.title, of_grouping(grouping.name), (*parts, *gap))


def _attributes(survey: Survey) -> Iterator[Dimension]:
    for name, declaration in survey.attributes.items():
        choices = _choices(declaration)
        if not choices:
            continue
        chosen = {key: _chosen(paper, name) for key, paper in survey.papers.items()}
        parts = [
            Part(value, title, tuple(key for key, own in chosen.items() if value in own), value=value)
            for value, title in choices.items()
        ]
        known = {key for part in parts for key in part.papers}
        void = {key for key, own in chosen.items() if own == {None}}
        apart = (
            *_gap(wording.NOT_APPLICABLE, NOT_APPLICABLE, survey, set(survey.papers) - void),
            *_gap(wording.UNKNOWN, UNKNOWN, survey, known | void),
        )
        yield Dimension(name, declaration.title, of_attribute(survey, name), (*parts, *apart))


def _choices(declaration: AttributeDeclaration) -> dict[str, str]:
    """Return the values to choose from and what they are called."""
    match declaration.type:
        case AttributeType.YES_NO:
            return {name: name.capitalize() for name in ("yes", "no")}
        case AttributeType.CHOICE | AttributeType.CHOICES:
            return {name: wording.words(name) for name in declaration.values}
    return {}


def _chosen(paper: Paper, attribute: str) -> set[str | None]:
    """Return the values that a paper has of an attribute, nothing where it cannot apply."""
    for value in paper.values:
        if value.attribute == attribute:
            match value.value:
                case bool(truth):
                    return {"yes" if truth else "no"}
                case tuple(names):
                    return set(names)
                case None:
                    return {None}
    return set()


def _gap(name: str, value: str, survey: Survey, others: set[str]) -> Iterator[Part]:
    left = tuple(key for key in survey.papers if key not in others)
    if left:
        yield Part(name, name, left, gap=True, value=value)
