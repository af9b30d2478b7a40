"""Which paper stands in which group: said in a record, or in a group's file, and united here."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from generator.decode import Content
from generator.diagnostics import Where
from generator.references import References
from generator.survey import Placement

Notes = dict[str, dict[str, str | None]]
"""Group → paper → note; the papers in an order that the caller states."""


def placements(content: Content, references: References) -> dict[str, tuple[Placement, ...]]:
    """Unite the memberships of both sides.

    Args:
        content: The decoded files.
        references: Follows keys and groups, and takes the findings.

    Returns:
        Group → its members: those of the group's own list in its order, then the rest by year,
        newest first, and by key.
    """
    curated = _curated(content, references)
    own = _own(content, references)
    united: dict[str, tuple[Placement, ...]] = {}
    for group in content.groups:
        listed, said = curated.get(group, {}), own.get(group, {})
        for key in listed.keys() & said.keys():
            document = content.papers[key]
            position = [membership.group for membership in document.value.groups].index(group)
            _report_repeated(references, partial(document.at, "groups", position, "group"), key, group)
        rest = sorted(said.keys() - listed.keys(), key=lambda key: (-content.papers[key].value.year, key))
        notes = said | {key: note or said.get(key) for key, note in listed.items()}
        united[group] = tuple(Placement(key, group, notes[key]) for key in [*listed, *rest])
    return united


def _curated(content: Content, references: References) -> Notes:
    """Read the groups' lists, in their order."""
    notes: Notes = defaultdict(dict)
    for group, document in content.groups.items():
        for position, member in enumerate(document.value.papers):
            where = partial(document.at, "papers", position, "paper")
            key = references.paper(member.paper, where)
            if key in notes[group]:
                _report_repeated(references, where, key, group)
            elif key is not None:
                notes[group][key] = member.note
    return notes


def _own(content: Content, references: References) -> Notes:
    """Read what records say of their own groups."""
    notes: Notes = defaultdict(dict)
    for key, document in content.papers.items():
        for position, membership in enumerate(document.value.groups):
            where = partial(document.at, "groups", position, "group")
            group = references.group(membership.group, where)
            if group is None:
                continue
            if key in notes[group]:
                _report_repeated(references, where, key, group)
            else:
                notes[group][key] = membership.note
    return notes


def _report_repeated(references: References, where: Where, key: str, group: str) -> None:
    message = f"“{key}” is placed in “{group}” twice"
    references.report(where(), "repeated-membership", message, "Say it once, in the record or in the group's file.")
