"""Findings about a survey's content: what is wrong, where, and how to mend it.

A contributor's mistake is a value of type `Diagnostic`; an exception is a bug of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from generator.codes import CODES, Severity


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a content file.

    Attributes:
        file: Path relative to the survey's root, with forward slashes.
        line: Line, counted from 1.
        column: Column in characters, counted from 1.
    """

    file: str
    line: int = 1
    column: int = 1


Where = Callable[[], Place]
"""Tells a place: to find one in a file takes longer than to see that nothing is wrong there."""


@dataclass(frozen=True, slots=True)
class Mend:
    """What surely was meant: text that belongs in the place of a stretch of the file.

    Attributes:
        start: Index of the stretch's first character.
        end: Index after its last character.
        text: What belongs there.
    """

    start: int
    end: int
    text: str

    def applied(self, text: str) -> str:
        """Return a file's text, mended."""
        return text[: self.start] + self.text + text[self.end :]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    Attributes:
        mend: What `survey check --fix` does about it; nothing where it takes a person to know.
    """

    place: Place
    code: str
    severity: Severity
    message: str
    hint: str = ""
    mend: Mend | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the finding as the flat object that `check --format json` prints."""
        return {
            **asdict(self.place),
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "hint": self.hint,
        }


def finding(place: Place, code: str, message: str, hint: str = "", mend: Mend | None = None) -> Diagnostic:
    """Make a finding; its severity is the one that `CODES` documents.

    Raises:
        KeyError: The code is not documented.
    """
    return Diagnostic(place, code, CODES[code].severity, visible(message), visible(hint), mend)


_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def visible(text: str) -> str:
    """Spell out control and direction characters, so that content cannot steer a terminal."""
    return _INVISIBLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def ordered(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort findings by place and code, each once."""
    return sorted(dict.fromkeys(diagnostics), key=lambda d: (d.place, d.code, d.message))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Say whether any finding stops the build."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


_NEAR = 65
"""From how many per cent on a word is worth naming as what was meant."""


def nearest(word: str, choices: Iterable[str]) -> str:
    """Return a hint that names the choice most like a word, or nothing where none is near.

    Args:
        word: What the contributor wrote.
        choices: What would have been valid.
    """
    near = process.extractOne(word, sorted(set(choices)), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_NEAR)
    return f"Did you mean “{near[0]}”?" if near else ""


def same_word(word: str, choices: Iterable[str]) -> str | None:
    """Return the one choice that differs from a word by case, hyphens and spaces at most.

    Args:
        word: What the contributor wrote.
        choices: What would have been valid.
    """
    meant = _folded(word)
    same = [choice for choice in set(choices) if _folded(choice) == meant]
    return same[0] if len(same) == 1 else None


@lru_cache
def _folded(word: str) -> str:
    return re.sub("[-_ ]", "", word.strip().casefold())


def suggestion(word: str, choices: Iterable[str]) -> str:
    """Return a hint that names the nearest choice, or all choices where none is near.

    Args:
        word: What the contributor wrote.
        choices: What would have been valid; few.
    """
    names = sorted(set(choices))
    return nearest(word, names) or (f"Choose one of: {', '.join(names)}." if names else "")
