"""What a rule is: a generator of findings with a docstring that says what it looks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from generator.decode import Content
from generator.diagnostics import Diagnostic
from generator.memory import Memory
from generator.survey import Survey


@dataclass(frozen=True, slots=True)
class Checked:
    """What a rule looks at.

    Attributes:
        content: The decoded files, which know the places.
        survey: The survey resolved from them.
        memory: What was worked out of texts before.
    """

    content: Content
    survey: Survey
    memory: Memory = field(default_factory=Memory)


Rule = Callable[[Checked], Iterator[Diagnostic]]
