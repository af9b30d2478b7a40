"""Names of people and organisations, in parts.

The parts are those of BibTeX (btxdoc, section 4: First, von, Last, Jr) and CSL (given,
non-dropping-particle, family, suffix).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

NAME_PATTERN = r"[^,]*[^,\s][^,]*,[^,]*[^,\s][^,]*|\s*(?![a-z])[^,\s]+\s+[^,\s]+\s*"
"""What `split_name` takes, as far as a regular expression can tell, for the JSON Schema."""

AMBIGUOUS_HINT = "Write “Family, Given”, or a mapping with given and family (or literal)."


class AmbiguousNameError(ValueError):
    """A name written as one string does not tell which part is the family name."""


def split_name(text: str) -> dict[str, str]:
    """Split a name written as one string into its parts.

    Args:
        text: `Family, Given` (leading words in lower case are the particle), or
            `Given Family` where exactly two words leave no doubt.

    Returns:
        The parts `family`, `given` and, where present, `particle`.

    Raises:
        AmbiguousNameError: The string has no comma and not exactly two words, more than one
            comma, or an empty part.
    """
    if text.count(",") == 1:
        left, right = (" ".join(part.split()) for part in text.split(","))
        if not left or not right:
            raise AmbiguousNameError(text)
        particle, family = _split_particle(left)
        parts = {"family": family, "given": right}
        return parts | ({"particle": particle} if particle else {})
    match text.split():
        case [given, family] if "," not in text and not given[0].islower():
            return {"given": given, "family": family}
    raise AmbiguousNameError(text)


def _split_particle(family: str) -> tuple[str, str]:
    words = family.split(" ")
    lower = 0
    while lower < len(words) - 1 and words[lower][:1].islower():
        lower += 1
    return " ".join(words[:lower]), " ".join(words[lower:])


@lru_cache(maxsize=2**16)  # a name is compared on many pages
def folded(text: str) -> str:
    """Return the text without accents, as people type it into a search box.

    Decomposes (NFKD) and drops combining marks; letters that do not decompose are mapped by
    hand (Ł → L).
    """
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_UNDECOMPOSED))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=2**16)
def collated(text: str) -> str:
    """Return what a text is sorted and compared by: without accents, in lower case."""
    return folded(text).casefold()


_UNDECOMPOSED = str.maketrans(
    {
        "Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "Đ": "D", "đ": "d", "Æ": "AE", "æ": "ae",
        "Œ": "OE", "œ": "oe", "ß": "ss", "Þ": "Th", "þ": "th", "ı": "i", "Ħ": "H", "ħ": "h",
    }
)  # fmt: skip
