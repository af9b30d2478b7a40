"""Brings content files into their canonical form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator import nodes
from generator.canonical import canonical
from generator.layout import Kind, identify, json_schema
from generator.source import SourceFile


@dataclass(frozen=True, slots=True)
class Reformatted:
    """A content file that is not in its canonical form, and that form."""

    file: SourceFile
    text: str


def reformat(files: Iterable[SourceFile]) -> Iterator[Reformatted]:
    """Yield each YAML file whose canonical form differs from what it holds.

    Files that nothing reads, and files with mistakes in their YAML, are passed over: `check`
    reports those.
    """
    for file in files:
        kind, _ = identify(file.parts) or (None, "")
        if kind is None or kind is Kind.PAGE:
            continue
        tree, mistakes = nodes.parse(file)
        if tree is None or mistakes:
            continue
        text = canonical(tree, json_schema(kind))
        if text != file.text:
            yield Reformatted(file, text)
