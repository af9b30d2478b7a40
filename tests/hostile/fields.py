"""Every field of every content file, from the models themselves, each with a payload in it.

A field is a path such as `("authors", "*", "family")`: `*` stands for an item of a list or an entry of an open mapping,
`NAME` for the name of such an entry. A field that is new in the model is here without a word said about it; one of a kind that
nobody knows how to fill raises `NotImplementedError`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, product
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from generator.layout import Kind, json_schema
from generator.values import KEY_PATTERN

Path = tuple[str, ...]
Steps = tuple[str | int | None, ...]
"""The way to a value of a file; `None` at its end stands for the name of the entry rather than its value."""
Schema = dict[str, Any]
Value = Callable[[Path, Schema], Any]
"""Returns what stands in a field, or `LEFT_OUT`."""

LEFT_OUT = object()
NAME = "(name)"
"""Ends the field that is the name of an entry of an open mapping."""
YAML_KINDS = tuple(kind for kind in Kind if kind is not Kind.PAGE)


def filled(kind: Kind, value: Value, special: Mapping[Path, Callable[[], Any]] | None = None) -> Any:
    """Make a file with something in every field that it may have.

    Args:
        kind: The kind of file.
        value: What stands in each field.
        special: What stands in fields whose values depend on other files.
    """
    maker = _Maker(json_schema(kind), value, special or {})
    (made,) = maker.variants(maker.root, ()) or [{}]
    return made


def leaves(kind: Kind) -> dict[Path, Schema]:
    """Return the fields of a kind of file with their schemas."""
    found: dict[Path, Schema] = {}

    def note(path: Path, schema: Schema) -> Any:
        found[path] = schema
        return sound(path, schema)

    filled(kind, note)
    return found


def is_text(schema: Schema) -> bool:
    """Say whether a field takes any text at all, on one line or as Markdown."""
    return schema.get("x-type") in {
        "text on one line",
        "text, as Markdown with citations",
        "text, a number, yes or no",
        "a name",
    }


def is_name(schema: Schema) -> bool:
    """Say whether a field takes a name: one of the survey's own, or one that it gives."""
    return schema.get("x-type") in {"a key", "the name of a group"}


def sound(_: Path, schema: Schema) -> Any:
    """Return what may stand in a field by itself, without regard to other files."""
    for source in ("const", "enum", "examples"):
        if source in schema:
            return schema[source] if source == "const" else schema[source][0]
    if is_name(schema):
        return "key"
    if is_text(schema):
        return "word"
    if schema.get("x-type") == "a number":
        return "2.5"
    raise NotImplementedError(schema)


def is_key(text: str) -> bool:
    """Say whether text may be a key."""
    return re.fullmatch(KEY_PATTERN, text) is not None


@dataclass
class _Maker:
    root: Schema
    value: Value
    special: Mapping[Path, Callable[[], Any]]

    def variants(self, schema: Schema, path: Path) -> list[Any]:
        """Return values that together have every field of a schema."""
        if path in self.special:
            made = self.special[path]()
            return [] if made is LEFT_OUT else [made]
        if "$ref" in schema:
            return self.variants(self._resolved(schema), path)
        if choices := schema.get("anyOf") or schema.get("oneOf"):
            return list(chain.from_iterable(self.variants(choice, path) for choice in choices))
        match schema.get("type"):
            case "array":
                items = self.variants(schema["items"], (*path, "*"))
                return [items] if items else []
            case "object" if "properties" in schema:
                return self._objects(schema, path)
            case "object":
                return self._entries(schema, path)
        made = self.value(path, schema)
        return [] if made is LEFT_OUT else [made]

    def _needed(self, schemas: Schema, path: Path, name: str, step: str = "") -> list[Any]:
        """Return something harmless for a field that must be there."""
        return _Maker(self.root, sound, {}).variants(schemas[name], (*path, step or name))[:1]

    def _resolved(self, schema: Schema) -> Schema:
        target: Schema = self.root["$defs"][schema["$ref"].rpartition("/")[2]]
        return target | {name: value for name, value in schema.items() if name != "$ref"}

    def _entries(self, schema: Schema, path: Path) -> list[Any]:
        names = {"type": "string", "x-type": "a key"} | schema["propertyNames"]
        name = self.value((*path, NAME), names)
        entries = {}
        for number, inner in enumerate(self.variants(schema["additionalProperties"], (*path, "*"))):
            entries[f"{name if is_key(name) else 'key'}{number or ''}"] = inner
        if not entries or not is_key(name):  # its value is harmless, so that what is found is of the name
            entries[name] = self._needed(schema, path, "additionalProperties", "*")[0]
        return [entries] if entries else []

    def _objects(self, schema: Schema, path: Path) -> list[Any]:
        made = []
        for names, chosen in _groups(schema, self.root):
            parts = {name: self.variants(schema["properties"][name], (*path, name)) for name in names}
            parts |= {name: [chosen[name]] for name in names if name in chosen}
            parts |= {
                name: self._needed(schema["properties"], path, name)
                for name in schema.get("required", ())
                if not parts[name]
            }
            parts = {name: values for name, values in parts.items() if values}
            most = max(map(len, parts.values()), default=0)
            made += [{name: values[number % len(values)] for name, values in parts.items()} for number in range(most)]
            for name, word in chosen.items():
                other = self.value((*path, name), self._resolved(schema["properties"][name]))
                if other != word and other is not LEFT_OUT:
                    made.append(made[-1] | {name: other})
        return made


def _groups(schema: Schema, root: Schema) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Yield sets of properties that may stand together, with the words that choose them, until each property was in one."""
    properties, required = schema["properties"], schema.get("required", [])
    if "allOf" not in schema:
        yield tuple(properties), {}
        return
    validator = Draft202012Validator({"allOf": schema["allOf"]})
    words = {name: _words(properties[name], root) for name in properties}
    left = set(properties)
    for name in properties:
        if name not in left:
            continue
        for further, *chosen in product([None, *properties], *(words[one] for one in words if words[one])):
            names = tuple(one for one in properties if one in {*required, name, further})
            choice = dict(zip((one for one in words if words[one]), chosen, strict=True))
            trial = {one: choice.get(one, {"key": "word"} if one == "values" else "word") for one in names}
            if validator.is_valid(trial):
                yield names, {one: word for one, word in choice.items() if one in names}
                left -= set(names)
                break
        else:
            raise NotImplementedError(name)


def _words(schema: Schema, root: Schema) -> list[str]:
    if "$ref" in schema:
        return _words(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    return list(schema.get("enum", []))


_ESCAPED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def quoted(text: str) -> str:
    """Write text as a double-quoted scalar of YAML, whatever is in it."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", plain) + '"'


@dataclass
class Written:
    """A file, and on which line of it each value stands."""

    text: str = ""
    lines: dict[Steps, int] = field(default_factory=dict)
    wholes: dict[Steps, int] = field(default_factory=dict)
    """Where lists and mappings begin."""


def written(value: Any) -> Written:
    """Write a file with every scalar and every name of an entry on a line of its own."""
    file = Written()
    lines: list[str] = []

    def write(value: Any, path: Steps, lead: str) -> None:
        if isinstance(value, dict | list):
            items = list(value.items() if isinstance(value, dict) else enumerate(value))
            file.wholes[path] = len(lines) + 1
            lines.append(f"{lead}{'{' if isinstance(value, dict) else '['}")
            for name, inner in items:
                if isinstance(value, dict):
                    file.lines[*path, name, None] = len(lines) + 1
                write(inner, (*path, name), f"{quoted(str(name))}: " if isinstance(value, dict) else "")
                lines[-1] += ","
            lines.append("}" if isinstance(value, dict) else "]")
            return
        lines.append(f"{lead}{quoted(value) if isinstance(value, str) else json.dumps(value)}")
        file.lines[path] = len(lines)

    write(value, (), "")
    file.text = "\n".join(lines) + "\n"
    return file
