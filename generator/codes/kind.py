"""What a code is: a class whose docstring is its manual, and the manual as values.

The docstring's first line says what the code means. Paragraphs follow: why it matters, how to mend
it; `code` stands between backticks. Then come examples, indented: under `Wrong:` what gives the
finding, under `Right:` what does not. An example is one or more parts of content files, each
below a comment with the file's path; ␉ and the like stand for the control characters that they
picture. What no text can show is told under `Not in text:` instead.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    """The build stops."""
    WARNING = "warning"
    """The build goes on; `--strict` fails."""
    NOTE = "note"
    """Never fails: something that would be good to have."""


class Kind:
    """A kind of finding."""

    severity: ClassVar[Severity]
    stage: ClassVar[str] = "check"
    """The command that finds it: `check` (and all that check first), `import`, `add` or `check-links`."""


class Mistake(Kind):
    """The site would be wrong."""

    severity = Severity.ERROR


class Doubt(Kind):
    """Most likely a mistake."""

    severity = Severity.WARNING


class Wish(Kind):
    """Good to have."""

    severity = Severity.NOTE


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of a content file, as an example shows it."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding with its manual.

    Attributes:
        name: What findings carry: `unknown-venue`.
        severity: How much it weighs.
        stage: The command that finds it.
        meaning: What it means, in a sentence.
        about: Why it matters and how to mend it, in paragraphs.
        wrong: An example that gives the finding.
        right: The example, mended.
        unseen: What gives the finding where no text can show it.
    """

    name: str
    severity: Severity
    stage: str
    meaning: str
    about: tuple[str, ...]
    wrong: tuple[Fragment, ...]
    right: tuple[Fragment, ...]
    unseen: str

    @classmethod
    def of(cls, kind: type[Kind]) -> Code:
        """Read the manual of a kind of finding."""
        name = re.sub("(?<!^)(?=[A-Z])", "-", kind.__name__).lower()
        manual = inspect.cleandoc(kind.__doc__ or "")
        text, *sections = re.split(r"(?m)^(Wrong|Right|Not in text):\n", manual)
        meaning, *about = (" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))
        blocks = {title: inspect.cleandoc(block) for title, block in zip(sections[::2], sections[1::2], strict=True)}
        return cls(
            name,
            kind.severity,
            kind.stage,
            meaning,
            tuple(about),
            wrong=tuple(_fragments(blocks.get("Wrong", ""))),
            right=tuple(_fragments(blocks.get("Right", ""))),
            unseen=" ".join(blocks.get("Not in text", "").split()),
        )


def _fragments(example: str) -> Iterator[Fragment]:
    _, *parts = re.split(r"(?m)^# (content/\S+|CITATION\.cff|incoming\.[a-z]+)(?:\n|\Z)", example)
    for path, text in zip(parts[::2], parts[1::2], strict=True):
        yield Fragment(path, f"{text.strip()}\n" if text.strip() else "")
