"""The JSON Schema of each kind of content file as a file: for editors, other programs, and the site."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from generator.layout import Kind, json_schema
from generator.output import Output
from generator.survey import Survey

FOLDER = "content/schema"
"""Where a survey keeps the files, so that editors find them beside the content."""

PUBLISHED = "schema"
"""Where the site has the same files, below its root."""

Names = Mapping[str, Collection[str]]
"""Names by what they are of: `papers`, `venues`, `groups`, `tags`."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FIRST = ("title", "description", "type", "required")


def file_name(kind: Kind) -> str:
    """Return the name of the file with a kind's schema."""
    return f"{kind}.schema.json"


def names_of(survey: Survey) -> Names:
    """Return the names that a survey gives, which its schemas suggest."""
    return {"papers": survey.papers, "venues": survey.venues, "groups": survey.groups, "tags": survey.record.tags}


def schema_files(folder: str, names: Names = MappingProxyType({})) -> Iterator[Output]:
    """Make a file with the schema of each kind of YAML file.

    Args:
        folder: Where the files belong, relative to the survey's root.
        names: What editors suggest for values that name papers, venues, groups and tags. A schema refuses no other
            name: whether a name is given is the check's to say.
    """
    for kind in Kind:
        if kind is Kind.PAGE:
            continue
        schema = _suggesting(json_schema(kind), names)
        head = {name: schema[name] for name in _FIRST if name in schema}
        rest = {name: schema[name] for name in schema if name not in head and name != "$defs"}
        definitions = {"$defs": schema["$defs"]} if "$defs" in schema else {}
        text = json.dumps({"$schema": _DIALECT, **head, **rest, **definitions}, indent=2, ensure_ascii=False)
        yield Output.text(f"{folder}/{file_name(kind)}", text)


def alike(one: bytes, other: bytes) -> bool:
    """Say whether two files hold one schema, whatever names they suggest."""
    try:
        return bool(_suggesting(json.loads(one), None) == _suggesting(json.loads(other), None))
    except ValueError:
        return one == other


def _suggesting(schema: Any, names: Names | None) -> Any:
    """Return a schema with examples of the survey's own, or with none where there are `None`."""
    if isinstance(schema, list):
        return [_suggesting(item, names) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {name: _suggesting(value, names) for name, value in schema.items()}
    if what := schema.get("x-names"):
        suggested = [] if names is None else list(names.get(what, ())) or schema.get("examples", [])
        inner = {name: value for name, value in inner.items() if name != "examples"}
        return inner | ({"examples": suggested} if suggested else {})
    return inner
