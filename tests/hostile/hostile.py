"""Surveys of payloads: each payload in every field that the check lets it stand in.

`refusals` puts each payload into every field and asks the check. `survey` leaves out what was refused and makes of the rest
a survey without errors, which is to be shown as text.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any

from fields import (
    LEFT_OUT,
    NAME,
    YAML_KINDS,
    Path,
    Schema,
    Steps,
    Written,
    filled,
    is_key,
    is_name,
    leaves,
    written,
)
from generator.build import examine
from generator.codes import Severity
from generator.diagnostics import Diagnostic, Place
from generator.layout import Kind
from generator.source import SourceFile

OTHER = "doe2020other"
"""A harmless paper."""
ATTRIBUTES = {"text": "text", "number": "number", "one": "choice", "many": "choices", "truth": "yes/no", "link": "link"}
"""Attributes of every type, and the type of each."""
PAGE = "body"
UNREAD = {"control-character", "yaml-syntax"}
"""Findings that let nothing of a file through."""

Field = tuple[Kind, Path]
Refusals = dict[tuple[Field, str], Diagnostic]
"""What the check said of a payload in a field, where it is an error."""


def everything() -> Iterator[Field]:
    """Yield every field of every content file."""
    noted = [(kind, path) for kind in YAML_KINDS for path in leaves(kind)]
    yield from dict.fromkeys([*noted, (Kind.PAGE, ("title",)), (Kind.PAGE, (PAGE,))])


def _declared() -> dict[str, Any]:
    choices = {name: {"values": {"v0": "a value", "v1": "another"}} for name in ("one", "many")}
    return {name: {"title": name, "type": of} | choices.get(name, {}) for name, of in ATTRIBUTES.items()}


def _around(number: int) -> dict[str, Any]:
    """Return sound files that others name."""
    return {
        "content/survey.yaml": {
            "format": 1, "title": "Hostile", "groupings": ["topics"], "attributes": _declared(), "tags": {"tag": "A tag."},
        },
        "content/venues.yaml": {"venue": {"short": "V", "full": "A Venue", "kind": "conference"}},
        "content/groupings/topics/_index.yaml": {"title": "Topics"},
        "content/groupings/topics/sound.yaml": {"title": "A sound group"},
        f"content/papers/{OTHER}.yaml": {
            "title": f"Another {number}", "authors": ["Doe, Jane"], "year": 2020, "type": "web", "groups": ["topics/sound"],
        },
    }  # fmt: skip


# What the check says.


def refusals(payloads: Iterable[str]) -> tuple[Refusals, list[Diagnostic]]:
    """Put each payload into each field by itself, as far as the check is concerned, and return what it refuses.

    Returns:
        The refusals, and errors that point at no field with a payload.
    """
    found: Refusals = {}
    astray: list[Diagnostic] = []
    for payload in payloads:
        for files in (_referring(payload), _whole(payload)):
            _note(files, payload, found, astray)
    return found, astray


@dataclass
class _Hostile:
    """Files with a payload, and where it stands in them."""

    files: dict[str, str] = field(default_factory=dict)
    places: dict[tuple[str, int], Field] = field(default_factory=dict)
    names: dict[tuple[str, int], Field] = field(default_factory=dict)
    """Where names of entries stand: at the beginnings of lines."""

    def add(self, path: str, kind: Kind, file: Written) -> None:
        self.files[path] = file.text
        for steps, line in file.wholes.items():  # what is found of a number is found of the whole
            self.places[path, line] = (kind, (*abstract(kind, steps), "value"))
        for steps, line in file.lines.items():
            (self.names if steps[-1:] == (None,) else self.places)[path, line] = (kind, abstract(kind, steps))

    def fields(self, path: str) -> set[Field]:
        """Return the fields of a file."""
        noted = [*self.places.items(), *self.names.items()]
        return {place for (file, _), place in noted if file == path and place in EVERYTHING}

    def at(self, place: Place) -> Field | None:
        """Return the field with a payload that a finding points at."""
        line = (place.file, place.line)
        found = self.names.get(line) if place.column == 1 else None
        return found if found in EVERYTHING else self.places.get(line)


def abstract(kind: Kind, steps: Steps) -> Path:
    """Return the field of a value: positions and names of entries become `*`, the name itself `NAME`."""
    known = {path for of, path in EVERYTHING if of is kind}
    made: list[str] = []
    for step in steps:
        if isinstance(step, int):
            made.append("*")
        elif step is None:
            made[-1] = NAME
        else:
            named = (*made, step)
            made.append(step if any(path[: len(named)] == named for path in known) else "*")
    return tuple(made)


EVERYTHING = frozenset(everything())


def _hostile(payload: str, path: Path, schema: Schema) -> Any:  # noqa: ARG001
    return payload


def _paper_attributes(value: Any, name: str = "") -> dict[str, Any]:
    shapes = {"text": value, "number": {"value": value, "of": value}, "many": [value]}
    return {name + attribute: shapes.get(attribute, value) for attribute in ATTRIBUTES} | (
        {name: value} if name else {}
    )


def _referring(payload: str) -> _Hostile:
    """Put a payload into the files that name others; those are sound."""
    made = _Hostile({path: written(file).text for path, file in _around(0).items()})
    fill = partial(_hostile, payload)
    paper = filled(Kind.PAPER, fill, {("attributes",): lambda: _paper_attributes(payload) | {payload: payload}})
    made.add("content/papers/p.yaml", Kind.PAPER, written(paper))
    made.add("content/groupings/topics/g.yaml", Kind.GROUP, written(filled(Kind.GROUP, fill)))
    made.add("content/groupings/topics/_index.yaml", Kind.GROUPING, written(filled(Kind.GROUPING, fill)))
    return made


def _whole(payload: str) -> _Hostile:
    """Put a payload into the files that are of the survey as a whole, and into a page."""
    made = _Hostile()
    for kind in (Kind.SURVEY, Kind.VENUES, Kind.CONSIDERED, Kind.RETIRED):
        made.add(f"content/{kind}.yaml", kind, written(filled(kind, partial(_hostile, payload))))
    page = Written(f"# {payload}\n\n{payload}\n", {("title",): 1})
    made.add("content/pages/page.md", Kind.PAGE, page)
    made.places |= {
        ("content/pages/page.md", line): (Kind.PAGE, (PAGE,)) for line in range(2, page.text.count("\n") + 2)
    }
    return made


def _note(hostile: _Hostile, payload: str, found: Refusals, astray: list[Diagnostic]) -> None:
    files = [SourceFile(path, text) for path, text in hostile.files.items()]
    for diagnostic in examine(files).diagnostics:
        if diagnostic.severity is not Severity.ERROR:
            continue
        refused = hostile.at(diagnostic.place)
        if diagnostic.code in UNREAD:
            found |= {(place, payload): diagnostic for place in hostile.fields(diagnostic.place.file)}
        elif refused in EVERYTHING:
            found[refused, payload] = diagnostic
        else:
            astray.append(diagnostic)


# A survey of what is left.


@dataclass(frozen=True)
class Survey:
    """A survey without errors, made of payloads.

    Attributes:
        files: Its files by path.
        names: The citation key of the paper that has a payload in its fields.
        stands: The payloads that stand in each field.
    """

    files: Mapping[str, str]
    names: Mapping[str, str]
    stands: Mapping[Field, frozenset[str]]


def survey(payloads: Sequence[str], refused: Refusals) -> Survey:
    """Make a survey in which each payload stands in every field that takes it.

    A payload that can be a key is the name of a paper, a group, a tag and whatever else has a name. What there is one of in a
    survey, such as its title, holds all payloads one after another, or the first that it takes.
    """
    maker = _Survey(payloads, refused)
    return Survey(maker.files(), dict(maker.keys), {place: frozenset(some) for place, some in maker.stands.items()})


NAMED: dict[Field, Callable[[str, str], str]] = {
    (Kind.PAPER, ("venue",)): lambda key, _: key,
    (Kind.PAPER, ("groups", "*")): lambda *_: "topics/sound",
    (Kind.PAPER, ("groups", "*", "group")): lambda key, _: f"topics/{key}",
    (Kind.PAPER, ("relations", "*", "paper")): lambda _, before: before,
    (Kind.PAPER, ("tags", "*")): lambda key, _: key,
    (Kind.PAPER, ("aliases", "*")): lambda key, _: f"{key}-former",
    (Kind.PAPER, ("sources", NAME)): lambda *_: "title",
    (Kind.GROUP, ("papers", "*")): lambda *_: OTHER,
    (Kind.GROUP, ("papers", "*", "paper")): lambda _, before: before,
    (Kind.GROUP, ("compare", "*")): lambda *_: "text",
    (Kind.GROUP, ("aliases", "*")): lambda key, _: f"topics/{key}-former",
    (Kind.GROUPING, ("order", "*")): lambda key, _: key,
    (Kind.SURVEY, ("groupings", "*")): lambda *_: "topics",
    (Kind.SURVEY, ("tags", NAME)): lambda key, _: key,
    (Kind.SURVEY, ("reading_path", "*")): lambda *_: OTHER,
    (Kind.SURVEY, ("reading_path", "*", "paper")): lambda key, _: key,
    (Kind.VENUES, (NAME,)): lambda key, _: key,
    (Kind.CONSIDERED, (NAME,)): lambda key, _: f"{key}-considered",
    (Kind.RETIRED, (NAME,)): lambda key, _: f"{key}-retired",
}
"""What stands where a name is asked for, by the key of a payload and the key of the one before it."""


class _Survey:
    def __init__(self, payloads: Sequence[str], refused: Refusals) -> None:
        self.payloads, self.refused = payloads, refused
        self.stands: dict[Field, set[str]] = {}
        self.keys: dict[str, str] = {}
        taken = {OTHER, "index", "sound", "v0", "v1"}
        for number, payload in enumerate(payloads):
            able = is_key(payload) and payload.lower() not in taken
            self.keys[payload] = payload if able else f"p{number}"
            taken.add(self.keys[payload].lower())

    def files(self) -> dict[str, str]:
        around = _around(1)
        made = {path: around[path] for path in (f"content/papers/{OTHER}.yaml", "content/groupings/topics/sound.yaml")}
        made |= {
            f"content/{kind}.yaml": self._united(kind)
            for kind in (Kind.SURVEY, Kind.VENUES, Kind.CONSIDERED, Kind.RETIRED)
        }
        made["content/groupings/topics/_index.yaml"] = self._united(Kind.GROUPING)
        for number, (_payload, key) in enumerate(self.keys.items()):
            made[f"content/papers/{key}.yaml"] = self._file(Kind.PAPER, number)
            made[f"content/groupings/topics/{key}.yaml"] = self._file(Kind.GROUP, number)
        pages = {
            f"content/pages/{self.keys[payload]}-page.md": self._page(number)
            for number, payload in enumerate(self.payloads)
        }
        return {path: written(file).text for path, file in made.items()} | pages

    def _page(self, number: int) -> str:
        title, body = (self._fill(Kind.PAGE, number, (name,), _LINE) for name in ("title", PAGE))
        return f"# {'A page' if title is LEFT_OUT else title}\n\n{'' if body is LEFT_OUT else body}\n"

    def _file(self, kind: Kind, number: int) -> Any:
        special: dict[Path, Callable[[], Any]] = {}
        if kind is Kind.PAPER:
            special[("attributes",)] = partial(self._values, number)
        elif kind is Kind.SURVEY:
            special[("attributes",)] = partial(self._attributes, number)
        return filled(kind, partial(self._fill, kind, number), special)

    def _united(self, kind: Kind) -> Any:
        single = {path[-1] for path, schema in leaves(kind).items() if schema.get("x-type") == "a link"}
        return united([self._file(kind, number) for number in range(len(self.payloads))], single)

    def _fill(self, kind: Kind, number: int, path: Path, schema: Schema) -> Any:
        """Return the payload where it may stand, or else what has to stand there."""
        field, payload = (kind, path), self.payloads[number]
        if is_name(schema):
            name = NAMED[field](self.keys[payload], self.keys[self.payloads[number - 1]])
            if name == payload:
                self.stands.setdefault(field, set()).add(payload)
            return name
        if "enum" in schema:
            return schema["enum"][number % len(schema["enum"])] if kind in {Kind.PAPER, Kind.VENUES} else LEFT_OUT
        if (field, payload) in self.refused:
            return LEFT_OUT
        self.stands.setdefault(field, set()).add(payload)
        return payload

    def _values(self, number: int) -> dict[str, Any]:
        """Return what a paper has of each attribute."""
        key = self.keys[self.payloads[number]]
        text = self._fill(Kind.PAPER, number, ("attributes", "*"), _LINE)
        of = self._fill(Kind.PAPER, number, ("attributes", "*", "of"), _LINE)
        values = {
            "text": text,
            "number": {"value": "2.5"} | ({} if of is LEFT_OUT else {"of": of}),
            "one": key,
            "many": [key],
            "truth": "yes",
        }
        return {name: value for name, value in values.items() if value is not LEFT_OUT}

    def _attributes(self, number: int) -> dict[str, Any]:
        """Declare an attribute for a payload, and a value of those that have some."""
        key, declared = self.keys[self.payloads[number]], _declared()
        value = self._fill(Kind.SURVEY, number, ("attributes", "*", "values", "*"), _LINE)
        for name in ("one", "many"):
            declared[name]["values"] |= {key: "a value" if value is LEFT_OUT else value}
        texts = {
            name: self._fill(Kind.SURVEY, number, ("attributes", "*", name), _LINE)
            for name in ("title", "description", "unit")
        }
        own = {"title": "An attribute"} | {name: text for name, text in texts.items() if text is not LEFT_OUT}
        return declared | {f"{key}-attribute": {"type": "number"} | own}


_LINE: Schema = {"x-type": "text on one line"}


def united(files: Sequence[Any], single: Container[str], name: str = "") -> Any:
    """Make one file of several: lists and mappings have what all of them have, a text is all texts one after another.

    Args:
        files: The files.
        single: The names of fields that have the first text alone.
        name: The name of the field that is made.
    """
    first = files[0]
    if isinstance(first, dict):
        names = dict.fromkeys(name for file in files for name in file)
        return {name: united([file[name] for file in files if name in file], single, name) for name in names}
    if isinstance(first, list):
        return [item for number, item in enumerate(chain.from_iterable(files)) if item != "topics" or not number]
    texts = list(dict.fromkeys(files))
    return (
        " ".join(text.strip() for text in texts)
        if all(isinstance(text, str) for text in texts) and name not in single
        else first
    )
