"""Rules about what records say of each other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.checks.rule import Checked
from generator.diagnostics import Diagnostic, finding
from generator.model import RelationType

_MUTUAL = {RelationType.SAME_WORK, RelationType.CONTRASTS}
"""Relations that mean the same from either side."""

_LATER = {RelationType.EXTENDS, RelationType.SUPERSEDES}
"""Relations that make the paper that states them the later work."""


def consistent_relations(checked: Checked) -> Iterator[Diagnostic]:
    """A relation is said once, and of two papers only one comes after the other."""
    said: set[tuple[RelationType, str, str]] = set()
    for key, document in checked.content.papers.items():
        for position, relation in enumerate(document.value.relations):
            target = checked.survey.aliases.get(relation.paper)
            if target is None or target == key:
                continue  # reported where references are followed
            kind = relation.type
            where = partial(document.at, "relations", position, "paper")
            if (kind, key, target) in said or (kind in _MUTUAL and (kind, target, key) in said):
                said_in = "this record" if (kind, key, target) in said else f"the record of “{target}”"
                message = f"“{kind}” “{relation.paper}” is said already, in {said_in}"
                yield finding(where(), "repeated-relation", message, "Say it once: both papers' pages show it.")
            elif kind in _LATER and any((other, target, key) in said for other in _LATER):
                message = f"“{target}” is said to come after “{key}”, and this says the contrary"
                hint = "Keep the relation in the record of the later work."
                yield finding(where(), "contradictory-relations", message, hint)
            said.add((kind, key, target))
