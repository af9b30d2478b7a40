"""Proposes citation keys: `ren2021combiner`. A key is never checked against the rule afterwards."""

from __future__ import annotations

import re
from collections.abc import Container

from generator.model import Author
from generator.names import folded
from generator.text import as_plain

STOP_WORDS = (
    "an?|and|are|as|at|be|by|can|do|does|for|from|how|in|into|is|its?|of|on|or|over|the|their|this|towards?|under|via|vs"
    "|whats?|when|where|which|who|why|will|with|without"
)
"""First words that say nothing of what a paper is about, as a regular expression that the form for contributors has too."""


def proposed_key(first_author: Author, year: int, title: str, taken: Container[str] = ()) -> str:
    """Propose a key: family name, year, first word of the title that says something.

    Args:
        first_author: The author that stands first.
        year: The year of the cited version.
        title: The title.
        taken: Keys that are in use, in lower case; a letter behind the key keeps clear of them.
    """
    name = _letters(first_author.family or "") or _telling_word(first_author.literal or "")
    key = f"{name}{year}{_telling_word(as_plain(title))}"
    if key not in taken:
        return key
    letters = (f"{key}{chr(letter)}" for letter in range(ord("a"), ord("z") + 1))
    return next((candidate for candidate in letters if candidate not in taken), f"{key}z")


def _telling_word(text: str) -> str:
    """Return the first word that says something, else the first there is."""
    words = [word for word in map(_letters, re.split(r"[\s/:,;.!?()–—]+", text)) if word]
    return next((word for word in words if not re.fullmatch(STOP_WORDS, word)), words[0] if words else "")


def _letters(text: str) -> str:
    """Return what of a word may stand in a key: `Duo-LLM` → `duollm`."""
    return re.sub("[^a-z0-9]", "", folded(text).lower())
