"""The ways of narrowing the list of all papers: each with its values and those of every paper.

Names and values are those of `[=…]` in prose (see `generator.selection`) as far as both have them, so that
`type:preprint` there and `type=preprint` in the address of the list mean the same papers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from generator.model import AttributeDeclaration, AttributeType
from generator.names import collated
from generator.pages import wording
from generator.selection import UNKNOWN
from generator.survey import Grouping, Paper, Survey
from generator.values import NOT_APPLICABLE

BUILT_IN = ("year", "venue", "author", "type", "tag", "code")
"""What every survey is filtered by, besides its groupings and attributes."""

TAKEN = frozenset({*BUILT_IN, "find", "sort", "view", "shown", "h", "q"})
"""Names in the address of the list that have a meaning of their own; `h` and `q` are the theme’s."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to filter by.

    Attributes:
        id: What stands for it in an address.
        label: Its name, which may hold math.
        parent: The position of the value that includes it, in a tree.
        note: What else there is to say of it.
    """

    id: str
    label: str
    parent: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A way of narrowing the list.

    Attributes:
        id: What stands for it in an address.
        title: Its name, which may hold math.
        choices: Its values in order.
        column: The positions of each paper's values, by key; in a tree the most particular ones only.
        former: Former ids of values.
    """

    id: str
    title: str
    choices: tuple[Choice, ...]
    column: Mapping[str, tuple[int, ...]]
    former: Mapping[str, str] = field(default_factory=dict)


def facets(survey: Survey) -> Iterator[Facet]:
    """Yield everything that papers are filtered by, but years and authors, which are no lists of words."""
    for grouping in survey.groupings.values():
        yield _of_grouping(survey, grouping)
    yield _of_venues(survey)
    yield _of_types(survey)
    if survey.record.tags:
        yield _of_tags(survey)
    for name, declaration in survey.attributes.items():
        if declaration.type in {AttributeType.CHOICE, AttributeType.CHOICES, AttributeType.YES_NO}:
            yield _of_attribute(survey, name, declaration)
    yield _of_code(survey)


def narrowed(*chosen: tuple[str, str]) -> str:
    """Return what stands in the address of the list of all papers that is narrowed by values of facets."""
    return "&".join(f"{quote(facet)}={quote(value, safe='/,')}" for facet, value in chosen)


def of_grouping(name: str) -> str:
    """Return what stands for a grouping in an address."""
    return f"grouping.{name}" if name in TAKEN else name


def of_attribute(survey: Survey, name: str) -> str:
    """Return what stands for an attribute in an address."""
    return f"attribute.{name}" if name in TAKEN or name in survey.groupings else name


def _of_grouping(survey: Survey, grouping: Grouping) -> Facet:
    groups = tuple(survey.descend(grouping.top))
    position = {group.id: number for number, group in enumerate(groups)}
    own = f"{grouping.name}/"
    choices = tuple(
        Choice(group.id.removeprefix(own), group.record.title, position.get(group.parent or "")) for group in groups
    )
    former = {
        one.former.removeprefix(own): one.target.removeprefix(own)
        for one in survey.redirects
        if one.kind == "group" and one.former.startswith(own) and one.target in position
    }
    column = _column(survey, lambda paper: (position[one.group] for one in paper.placements if one.group in position))
    return Facet(of_grouping(grouping.name), grouping.record.title, choices, column, former)


def _of_venues(survey: Survey) -> Facet:
    used = {paper.venue_key for paper in survey.papers.values()}
    venues = {key: venue for key, venue in survey.venues.items() if key in used}
    keys = sorted(venues, key=lambda key: (collated(venues[key].short), key))
    choices = [Choice(key, venues[key].short, note=venues[key].full) for key in keys]
    return _closed(survey, "venue", "Venue", choices, lambda paper: [paper.venue_key or UNKNOWN], "No venue")


def _of_types(survey: Survey) -> Facet:
    used = {paper.record.type for paper in survey.papers.values()}
    choices = [Choice(kind.value, label) for kind, label in wording.TYPES.items() if kind in used]
    return _closed(survey, "type", "Type", choices, lambda paper: [paper.record.type.value])


def _of_tags(survey: Survey) -> Facet:
    choices = [Choice(tag, wording.value(tag), note=note) for tag, note in survey.record.tags.items()]
    return _closed(survey, "tag", "Tag", choices, lambda paper: paper.record.tags)


def _of_attribute(survey: Survey, name: str, declaration: AttributeDeclaration) -> Facet:
    if declaration.type is AttributeType.YES_NO:
        choices = [Choice("yes", "Yes"), Choice("no", "No")]
    else:
        choices = [Choice(value, wording.value(value), note=note) for value, note in declaration.values.items()]

    def chosen(paper: Paper) -> Iterable[str]:
        found = next((one for one in paper.values if one.attribute == name), None)
        if found is None:
            return [UNKNOWN]
        match found.value:
            case None:
                return [NOT_APPLICABLE]
            case bool(truth):
                return ["yes" if truth else "no"]
            case tuple(several):
                return several
        raise AssertionError(found)

    return _closed(survey, of_attribute(survey, name), declaration.title, choices, chosen, "Not stated")


def _of_code(survey: Survey) -> Facet:
    choices = [Choice("yes", "With a link to code"), Choice("no", "Without")]
    return _closed(survey, "code", "Code", choices, lambda paper: ["yes" if paper.record.code else "no"])


def _closed(  # noqa: PLR0913, PLR0917 - what a facet is made of
    survey: Survey,
    name: str,
    title: str,
    choices: list[Choice],
    chosen: Callable[[Paper], Iterable[str]],
    unknown: str = "",
) -> Facet:
    """Make a facet of values by id; what does not apply or is not known is a value where it occurs."""
    named = {key: tuple(chosen(paper)) for key, paper in survey.papers.items()}
    occurring = {value for values in named.values() for value in values}
    position = {choice.id: number for number, choice in enumerate(choices)}
    for value, label in ((NOT_APPLICABLE, "Cannot apply"), (UNKNOWN, unknown)):
        if value in occurring - position.keys():
            position[value] = len(choices)
            choices.append(Choice(value, label))
    column = {key: tuple(position[value] for value in values) for key, values in named.items()}
    return Facet(name, title, tuple(choices), column)


def _column(survey: Survey, positions: Callable[[Paper], Iterable[int]]) -> dict[str, tuple[int, ...]]:
    return {key: tuple(positions(paper)) for key, paper in survey.papers.items()}
