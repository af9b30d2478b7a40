"""What the names in a survey lead to: citation keys, former keys, groups, venues, tags."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from generator.decode import RESERVED_KEYS, Content
from generator.diagnostics import Diagnostic, Place, Where, finding, nearest

RESERVED_PATHS = frozenset(
    {
        "404", "about", "assets", "authors", "basket", "changes", "cite", "contribute", "downloads", "feeds", "index",
        "map", "papers", "schema", "search", "sitemap", "venues", "years",
    }
)  # fmt: skip
"""First parts of URLs that the site keeps for pages of its own."""

HAND_WRITTEN = frozenset({"about", "contribute"})
"""Reserved paths that a hand-written page may fill."""


class References:
    """Follows names and notes those that lead nowhere.

    Args:
        content: The decoded files.
        keys: The keys, where they are known already; otherwise they are gathered and checked.

    Attributes:
        keys: Every citation key in use, former or present → the present key.
        diagnostics: What was found so far.
    """

    def __init__(self, content: Content, keys: Mapping[str, str] | None = None) -> None:
        self.content = content
        self.diagnostics: list[Diagnostic] = []
        self.keys = self._keys() if keys is None else keys

    def report(self, place: Place, code: str, message: str, hint: str = "") -> None:
        """Note a finding."""
        self.diagnostics.append(finding(place, code, message, hint))

    def _keys(self) -> dict[str, str]:
        """Map present and former keys to present ones; all are unique without regard to case."""
        keys: dict[str, str] = {}
        taken: dict[str, str] = {}
        for key, document in self.content.papers.items():
            owner = taken.setdefault(key.lower(), document.file)
            if owner != document.file:
                hint = "Keys are compared without regard to case; choose another."
                self.report(Place(document.file), "key-clash", f"the key “{key}” is that of {owner} already", hint)
            keys[key] = key
        for key, place in self.content.retired_places.items():
            if key.lower() in RESERVED_KEYS:
                self.report(place, "reserved-name", f"“{key}” is a reserved name", "Remove it.")
            owner = taken.setdefault(key.lower(), place.file)
            if owner != place.file:
                hint = "A key that is retired is never used again."
                self.report(place, "retired-key", f"“{key}” is retired, yet it is the key of {owner}", hint)
        for key, document in self.content.papers.items():
            for position, alias in enumerate(document.value.aliases):
                if alias.lower() in RESERVED_KEYS:
                    message = f"“{alias}” is a reserved name"
                    self.report(document.at("aliases", position), "reserved-name", message, "Remove it.")
                owner = taken.setdefault(alias.lower(), f"{document.file} (a former key)")
                if alias in keys or owner != f"{document.file} (a former key)":
                    place = document.at("aliases", position)
                    hint = "A key names one work for ever."
                    self.report(place, "key-clash", f"the former key “{alias}” belongs to {owner} already", hint)
                else:
                    keys[alias] = key
        return keys

    def paper(self, key: str, where: Where) -> str | None:
        """Return the present key of a paper, or report that there is none."""
        if key in self.keys:
            return self.keys[key]
        if key in self.content.retired:
            self.report(where(), "retired-key", f"the key “{key}” is retired", f"Reason: {self.content.retired[key]}")
        elif key not in self.content.paper_names:
            hint = nearest(key, self.keys) or f"Correct the key, or add content/papers/{key}.yaml."
            self.report(where(), "unknown-paper", f"there is no paper “{key}”", hint)
        return None

    def group(self, group: str, where: Where) -> str | None:
        """Return the group's id, or report that there is none."""
        if group in self.content.groups:
            return group
        if group not in self.content.group_names:
            hint = nearest(group, self.content.groups) or f"Correct it, or add content/groupings/{group}.yaml."
            self.report(where(), "unknown-group", f"there is no group “{group}”", hint)
        return None

    def declared(self, kind: str, name: str, known: Collection[str] | None, where: Where, file: str) -> bool:
        """Say whether a venue, tag or attribute is declared; report it where it is not.

        Args:
            kind: `venue`, `tag` or `attribute`.
            name: The name to look for.
            known: The declared names; `None` where their file could not be read.
            where: Tells where the name stands.
            file: The file that declares such names.
        """
        if known is None or name in known:
            return True
        hint = nearest(name, known) or f"Declare it in {file}."
        self.report(where(), f"unknown-{kind}", f"there is no {kind} “{name}”", hint)
        return False
