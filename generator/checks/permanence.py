"""The rule about time: a citation key that was in use names the same work for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.decode import Content, Document
from generator.diagnostics import Diagnostic, Place, finding
from generator.layout import PATHS, Kind
from generator.model import PaperRecord
from generator.references import References
from generator.sameness import compared_author, compared_title, identifiers, same_work
from generator.values import KEY_PATTERN


def permanent_keys(before: Content, content: Content, keys: Mapping[str, str], revision: str) -> Iterator[Diagnostic]:
    """Yield each key that vanished since a revision, or that names another work now.

    Args:
        before: The records and retired keys of that revision.
        content: Those of today.
        keys: The keys in use today, former or present → the present key.
        revision: What the revision is called.
    """
    then = {name: name for name in before.paper_names if re.fullmatch(KEY_PATTERN, name)}
    then.update(References(before).keys)
    places: dict[tuple[str, ...], str] | None = None
    for key, owner in sorted(then.items()):
        was = before.papers.get(owner)
        if key in keys:
            now = content.papers[keys[key]]
            if was and _another_work(was, now):
                yield _reused(key, was, now, revision)
        elif key not in content.paper_names and not _is_retired(content, key):
            places = places if places is not None else _whereabouts(content)
            moved = next((places[sign] for sign in _signs(was.value) if sign in places), None) if was else None
            kept = keys.get(owner)
            if was and kept and _another_work(was, content.papers[kept]):
                kept = None
            yield _vanished(key, moved or kept, content, f"content/papers/{owner}.yaml", revision)
    for key in sorted(before.retired):
        if key not in keys and key not in content.paper_names and not _is_retired(content, key):
            message = f"the key “{key}” was retired at {revision}, and is gone without a word"
            hint = f"Put it back into {PATHS[Kind.RETIRED]} with its reason: its page stays."
            yield finding(Place(PATHS[Kind.RETIRED]), "vanished-key", message, hint)


def _is_retired(content: Content, key: str) -> bool:
    return content.retired_names is None or key in content.retired_names


def _another_work(was: Document[PaperRecord], now: Document[PaperRecord]) -> bool:
    if was.value == now.value or not was.sound("title", "authors") or not now.sound("title", "authors"):
        return False
    return not same_work(was.value, now.value)


def _reused(key: str, was: Document[PaperRecord], now: Document[PaperRecord], revision: str) -> Diagnostic:
    aliases = now.value.aliases
    place = now.at("aliases", aliases.index(key)) if key in aliases else now.at("title")
    message = f"“{key}” names another work than at {revision}, where it was “{was.value.title}”"
    hint = "Give the other work a key of its own; if it is the same under another title, name the old one in former_titles."
    return finding(place, "reused-key", message, hint)


def _vanished(key: str, present: str | None, content: Content, stood: str, revision: str) -> Diagnostic:
    """Say that a key is gone, at the record that should keep it among its aliases, where there is one."""
    message = f"the key “{key}” was in use at {revision}, and leads nowhere now"
    if present is None:
        hint = (
            f"Restore it, put it into aliases of the record in its place, or with a reason into {PATHS[Kind.RETIRED]}."
        )
        return finding(Place(stood), "vanished-key", message, hint)
    hint = f"Add {key} to aliases here: the work is the same."
    if key.lower() == present.lower():
        hint = f"Rename the file back to {key}.yaml: a key keeps its capitals too."
    return finding(content.papers[present].at(), "vanished-key", message, hint)


def _whereabouts(content: Content) -> dict[tuple[str, ...], str]:
    """Return the present key of each work by the signs that it is known by."""
    return {sign: key for key, document in content.papers.items() for sign in _signs(document.value)}


def _signs(record: PaperRecord) -> Iterator[tuple[str, ...]]:
    """Yield what a work is known by, whatever its key."""
    yield from identifiers(record)
    for title in (record.title, *record.former_titles):
        yield compared_author(record), compared_title(title)
