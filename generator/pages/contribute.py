"""The form by which a reader adds a paper, and what the script behind it has to know of the survey.

What there is to fill in comes from the model, what there is to choose from the survey. The template makes the form;
the script only puts into it what a contributor pastes, and shows the record that comes of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from generator.keys import STOP_WORDS
from generator.layout import MARKDOWN, Kind, json_schema
from generator.model import AttributeDeclaration
from generator.output import Output
from generator.pages import forge, routes, wording
from generator.pages.catalogue import Catalogue, line
from generator.pages.content_format import described
from generator.pages.forge import NewFile
from generator.pages.views import Page
from generator.sameness import IDENTIFIERS, compared_author, compared_title, identifiers
from generator.schema import PUBLISHED, file_name
from generator.survey import Survey
from generator.text import as_html

DATA = f"{routes.ASSETS}/contribute.json"
FOLDER = "content/papers"

_FACTS = ("title", "authors", "year", "type", "venue", "arxiv", "doi", "url")
"""What nearly every record has; other fields are a click away."""
_WORDS = ("summary",)
_PEOPLE = "authors"
_ABOUT = {
    _PEOPLE: "All of them in order, one a line: Family, Given. An organisation stands in braces: {Name}.",
    "venue": "By any of its names, where the survey knows it.",
    "arxiv": "Such as 2107.05768.",
    "doi": "Such as 10.1162/tacl_a_00353.",
}
"""What is said of a field where its description is of how YAML has it."""
_WIDE = frozenset(("title", "authors", "venue", "url", "summary", "proceedings", "pdf", "code"))
"""Fields whose values are long."""
_KINDS = {"integer": "number", "string": "line"}


@dataclass(frozen=True, slots=True)
class Input:
    """A field of the record that is filled in.

    Attributes:
        kind: How: on a `line`, as a `number`, a `choice`, `lines` of a list, `people`, a known `venue`, or `text`.
        choices: The words of a choice, each with what it is called.
        wide: Whether it takes the whole width.
    """

    name: str
    label: str
    about: Markup
    kind: str
    required: bool
    wide: bool
    choices: tuple[tuple[str, str], ...]
    example: str | None


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """A group that the paper may stand in."""

    id: str
    title: Markup
    about: Markup | None
    depth: int


@dataclass(frozen=True, slots=True)
class GroupingChoice:
    """A way of dividing the literature, with its groups."""

    name: str
    title: Markup
    groups: tuple[GroupChoice, ...]


@dataclass(frozen=True, slots=True)
class AttributeChoice:
    """An attribute that the paper may have a value of.

    Attributes:
        type: What values it takes.
        values: Those of a choice, each with what it is called and what it means.
    """

    name: str
    title: Markup
    about: Markup | None
    type: str
    unit: str | None
    values: tuple[tuple[str, str, Markup], ...]


@dataclass(frozen=True, slots=True)
class ContributeView:
    """What the template of “how to contribute” is given.

    Attributes:
        new_paper: The forge's page for a new record.
        new_file: The same page, to be opened with the record filled in.
        facts: Fields that nearly every record has.
        words: What is written about the paper.
        others: All other fields that one can fill in.
        tags: The declared tags, each with its name and meaning.
        venues: The known venues by key, each with its names.
        groups: The ids of all groups.
    """

    repository: str | None
    new_paper: str | None
    new_file: NewFile | None
    reference: str
    schema: str
    folder: str
    facts: tuple[Input, ...]
    words: tuple[Input, ...]
    others: tuple[Input, ...]
    groupings: tuple[GroupingChoice, ...]
    attributes: tuple[AttributeChoice, ...]
    tags: tuple[tuple[str, str, Markup], ...]
    venues: tuple[tuple[str, str], ...]
    groups: tuple[str, ...]


def contribute_page(catalogue: Catalogue) -> Page:
    """Make the page."""
    survey = catalogue.survey
    inputs = {one.name: one for one in _inputs()}
    groupings = tuple(
        GroupingChoice(
            grouping.name,
            catalogue.title(grouping.name),
            tuple(
                GroupChoice(group.id, catalogue.title(group.id), line(group.record.summary), group.depth)
                for group in survey.descend(grouping.top)
            ),
        )
        for grouping in survey.groupings.values()
    )
    view = ContributeView(
        repository=forge.repository(survey.record),
        new_paper=forge.new(survey.record, FOLDER),
        new_file=forge.new_file(survey.record),
        reference=routes.FORMAT.url,
        schema=f"{PUBLISHED}/{file_name(Kind.PAPER)}",
        folder=FOLDER,
        facts=tuple(inputs.pop(name) for name in _FACTS),
        words=tuple(inputs.pop(name) for name in _WORDS),
        others=tuple(inputs.values()),
        groupings=tuple(one for one in groupings if one.groups),
        attributes=tuple(_attribute(name, one) for name, one in survey.attributes.items()),
        tags=tuple((name, wording.value(name), as_html(about)) for name, about in survey.record.tags.items()),
        venues=tuple((key, _names(venue.short, venue.full)) for key, venue in survey.venues.items()),
        groups=tuple(group.id for one in groupings for group in one.groups),
    )
    about = "How to add a paper to the survey, or correct one, with a single file."
    return Page(
        routes.CONTRIBUTE, "contribute.md.j2", view, title="Contribute", description=about, hide=("navigation", "toc")
    )


def contribute_data(catalogue: Catalogue) -> Output:
    """Make the file by which the script knows venues, keys in use, and papers that the survey has."""
    survey = catalogue.survey
    data = {
        "stop": STOP_WORDS,
        "taken": " ".join(sorted({key.lower() for key in (*survey.aliases, *survey.papers, *survey.retired)})),
        "labels": IDENTIFIERS,
        "identifiers": _identified(survey),
        "titles": [
            [compared_title(title), compared_author(paper.record), key]
            for key, paper in survey.papers.items()
            for title in (paper.record.title, *paper.record.former_titles)
        ],
        "venues": [
            {"key": key, "names": [one.short, one.full, *one.aliases], "kind": one.kind, "issn": one.issn or ""}
            for key, one in survey.venues.items()
        ],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Output.text(f"{routes.DOCS}/{DATA}", text)


def _identified(survey: Survey) -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = {name: {} for name in IDENTIFIERS}
    for key, paper in survey.papers.items():
        for name, identifier in identifiers(paper.record):
            known[name][identifier] = key
    return known


def _inputs() -> Iterator[Input]:
    """Yield the fields of a record that are text, a number, a choice, or a list of texts."""
    root = json_schema(Kind.PAPER)
    for name, schema in root["properties"].items():
        target = _target(schema, root)
        kind = _kind(name, target, root)
        if kind is None or name in _LEFT_OUT:
            continue
        examples = schema.get("examples") or target.get("examples") or []
        yield Input(
            name=name,
            label=wording.field(name),
            about=described(_ABOUT.get(name) or schema.get("description") or target["description"]),
            kind=kind,
            required=name in root["required"],
            wide=name in _WIDE or kind == "lines",
            choices=tuple((word, _word(word)) for word in target.get("enum", ())),
            example=str(examples[0]) if examples and name not in _ABOUT else None,
        )


_LEFT_OUT = frozenset(("aliases", "capitals", "status", "tags"))
"""Fields that a new record does without, or that the form has a place of its own for."""


def _kind(name: str, schema: Mapping[str, Any], root: Mapping[str, Any]) -> str | None:
    if name in (_PEOPLE, "venue"):
        return {_PEOPLE: "people"}.get(name, name)
    if name == MARKDOWN[Kind.PAPER]:
        return "text"
    if "enum" in schema:
        return "choice"
    if schema["type"] == "array":
        return "lines" if _target(schema["items"], root).get("type") == "string" else None
    return _KINDS.get(schema["type"])


def _target(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a reference leads to, or the schema itself."""
    found: Mapping[str, Any] = root["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    return found


def _word(word: str) -> str:
    return next((name for kind, name in wording.TYPES.items() if kind.value == word), word)


def _attribute(name: str, one: AttributeDeclaration) -> AttributeChoice:
    values = tuple((value, wording.value(value), as_html(meaning)) for value, meaning in one.values.items())
    return AttributeChoice(name, as_html(one.title), line(one.description), one.type.value, one.unit, values)


def _names(short: str, full: str) -> str:
    return full if short == full else f"{short}: {full}"
