"""The reference of the content format: every kind of file with its keys, and what this survey declares.

It is read off the JSON Schema, which is made from the model; nothing of it is written twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from generator.layout import PATHS, Kind, json_schema
from generator.markup import element, inert
from generator.pages import routes
from generator.pages.catalogue import Catalogue
from generator.pages.views import Anchor, Page
from generator.schema import PUBLISHED, file_name
from generator.text import as_html

_Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a mapping.

    Attributes:
        type: What its value is, in words.
        mapping: Where the keys of its value are described.
        choices: The words that it may be, where only those may stand.
        example: A line as a file may hold it.
    """

    name: str
    anchor: str
    required: bool
    about: Markup
    type: str
    mapping: Anchor | None
    choices: tuple[str, ...]
    default: str | None
    example: str | None


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping within a file, and its keys.

    Attributes:
        shorthand: The key that a plain word in place of the mapping stands for.
    """

    title: str
    anchor: str
    about: Markup
    shorthand: str | None
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file.

    Attributes:
        keyed: What each key of the file leads to, where a person chooses the keys.
        fields: Its keys, where the format does.
        mappings: Mappings within it.
    """

    title: str
    anchor: str
    path: str
    about: Markup
    schema: str
    schema_name: str
    keyed: str | None
    fields: tuple[Field, ...]
    mappings: tuple[Keys, ...]


@dataclass(frozen=True, slots=True)
class Declared:
    """A word that records of this survey may use."""

    name: str
    about: Markup
    note: str = ""
    values: tuple[tuple[str, Markup], ...] = ()


@dataclass(frozen=True, slots=True)
class Declarations:
    """Words of one kind, and the file that declares them."""

    title: str
    anchor: str
    file: str
    words: tuple[Declared, ...]


@dataclass(frozen=True, slots=True)
class FormatView:
    """What the template of the reference is given."""

    contribute: str
    pages: str
    kinds: tuple[FileKind, ...]
    declarations: tuple[Declarations, ...]


def format_page(catalogue: Catalogue) -> Page:
    """Make the reference of the content format."""
    kinds = tuple(_kind(kind) for kind in PATHS if kind is not Kind.PAGE)
    declarations = tuple(one for one in _declarations(catalogue) if one.words)
    view = FormatView(routes.CONTRIBUTE.url, PATHS[Kind.PAGE], kinds, declarations)
    about = "Every kind of content file with all its keys: what they mean, what they may hold, and an example of each."
    return Page(
        routes.FORMAT,
        "content_format.md.j2",
        view,
        title="The content format",
        description=about,
        hide=("navigation",),
    )


def _kind(kind: Kind) -> FileKind:
    root = json_schema(kind)
    values = root.get("additionalProperties")
    return FileKind(
        title=root["title"],
        anchor=kind,
        path=PATHS[kind],
        about=described(root["description"]),
        schema=f"{PUBLISHED}/{file_name(kind)}",
        schema_name=file_name(kind),
        keyed=_words(values, root) if isinstance(values, dict) else None,
        fields=tuple(_fields(kind, "", root, root)),
        mappings=tuple(_mappings(kind, root)),
    )


def _mappings(kind: Kind, root: _Schema) -> Iterator[Keys]:
    """Yield the mappings within a file in the order in which its keys mention them."""
    mentions = json.dumps([root.get("properties"), root.get("additionalProperties")])
    definitions = root.get("$defs", {})
    for name in sorted(definitions, key=lambda name: mentions.find(f'/{name}"')):
        mapping = _mapping(definitions[name])
        if mapping is not None:
            yield Keys(
                title=mapping["title"],
                anchor=_anchor(kind, name),
                about=described(mapping["description"]),
                shorthand=mapping.get("x-shorthand"),
                fields=tuple(_fields(kind, name, mapping, root)),
            )


def _mapping(definition: _Schema) -> _Schema | None:
    """Return the mapping that a definition is, or is one way of writing."""
    return next((one for one in [definition, *definition.get("anyOf", [])] if "properties" in one), None)


def _fields(kind: Kind, within: str, mapping: _Schema, root: _Schema) -> Iterator[Field]:
    for name, schema in mapping.get("properties", {}).items():
        target = _target(schema, root)
        examples = schema.get("examples") or target.get("examples") or []
        yield Field(
            name=name,
            anchor=f"{_anchor(kind, within)}.{name}",
            required=name in mapping.get("required", []),
            about=described(schema.get("description") or target["description"]),
            type=_words(schema, root),
            mapping=_link(kind, schema, root),
            choices=tuple(target.get("enum", ())),
            default=schema.get("default"),
            example=f"{name}: {_as_yaml(examples[0])}" if examples else None,
        )


def _anchor(kind: Kind, within: str) -> str:
    return f"{kind}-{routes.slug(within)}" if within else kind


def _target(schema: _Schema, root: _Schema) -> _Schema:
    """Return what a reference leads to, or the schema itself."""
    found: _Schema = root["$defs"][_referred(schema)] if "$ref" in schema else schema
    return found


def _referred(schema: _Schema) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


def _link(kind: Kind, schema: _Schema, root: _Schema) -> Anchor | None:
    """Return a link to the mapping that a value is or holds."""
    inner = schema.get("items") or schema.get("additionalProperties") or schema
    for one in [inner, *inner.get("oneOf", [])]:
        if "$ref" in one and (mapping := _mapping(_target(one, root))):
            return Anchor(mapping["title"], f"#{_anchor(kind, _referred(one))}")
    return None


def _words(schema: _Schema, root: _Schema) -> str:
    """Say in words what a value is."""
    target = _target(schema, root)
    if choices := target.get("anyOf") or target.get("oneOf"):
        return ", or ".join(_words(choice, root) for choice in choices)
    if "enum" in target:
        return "one of these words"
    if "const" in target:
        return f"always {target['const']}"
    if target["type"] == "array":
        return f"a list, each item {_words(target['items'], root)}"
    if isinstance(target.get("additionalProperties"), dict):
        return f"a mapping, each key leading to {_words(target['additionalProperties'], root)}"
    return str(target.get("x-type", "a mapping"))


def described(text: str) -> Markup:
    """Return a description from the model, in which backticks mark what is written as it stands."""
    return Markup().join(
        element("code", part) if number % 2 else inert(part) for number, part in enumerate(text.split("`"))
    )


def _as_yaml(value: Any) -> str:
    """Write an example as a canonical file has it: text that looks like a number in quotes."""
    if isinstance(value, list):
        return f"[{', '.join(map(_as_yaml, value))}]"
    text = str(value)
    return json.dumps(text) if isinstance(value, str) and re.fullmatch(r"[0-9.]+", text) else text


def _declarations(catalogue: Catalogue) -> Iterator[Declarations]:
    """Yield what the survey itself declares, which records may name."""
    survey = catalogue.survey
    file = PATHS[Kind.SURVEY]
    for grouping in survey.groupings.values():
        groups = (Declared(group.id, catalogue.title(group.id)) for group in survey.descend(grouping.top))
        title = f"Groups: {grouping.name}"
        yield Declarations(title, f"known-groups-{grouping.name}", f"content/groupings/{grouping.name}/", tuple(groups))
    attributes = (
        Declared(
            name,
            as_html(one.description or one.title),
            f"{one.type}, {one.unit}" if one.unit else one.type,
            tuple((value, as_html(meaning)) for value, meaning in one.values.items()),
        )
        for name, one in survey.attributes.items()
    )
    yield Declarations("Attributes", "known-attributes", file, tuple(attributes))
    tags = (Declared(name, as_html(about)) for name, about in survey.record.tags.items())
    yield Declarations("Tags", "known-tags", file, tuple(tags))
    venues = (Declared(key, as_html(venue.full)) for key, venue in survey.venues.items())
    yield Declarations("Venues", "known-venues", PATHS[Kind.VENUES], tuple(venues))
