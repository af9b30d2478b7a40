"""Rules about the survey as a whole, beyond what a single value or reference can show.

`check` and `build` run the same rules.
"""

from __future__ import annotations

from generator.checks.cited import citation_file
from generator.checks.duplicates import repeated_entries, shared_identifiers, similar_titles
from generator.checks.permanence import permanent_keys
from generator.checks.prose import citations
from generator.checks.records import citable, consistent_dates, descending_pages, known_sources, known_to_tex
from generator.checks.relations import consistent_relations
from generator.checks.rule import Checked, Rule
from generator.checks.text import plain_text, unquoted_text
from generator.checks.titles import known_capitals, undecided_capitals
from generator.checks.wishes import good_to_have
from generator.decode import Content
from generator.diagnostics import Diagnostic
from generator.memory import Memory
from generator.survey import Survey

__all__ = ["RULES", "check", "permanent_keys"]

RULES: tuple[Rule, ...] = (
    shared_identifiers,
    similar_titles,
    repeated_entries,
    descending_pages,
    consistent_dates,
    consistent_relations,
    known_sources,
    citable,
    known_to_tex,
    known_capitals,
    undecided_capitals,
    plain_text,
    citations,
    citation_file,
    good_to_have,
    unquoted_text,
)
"""All rules, in the order in which they run."""


def check(content: Content, survey: Survey, memory: Memory | None = None) -> list[Diagnostic]:
    """Run every rule.

    Args:
        content: The decoded files, which know the places.
        survey: The survey resolved from them.
        memory: What was worked out of texts before.

    Returns:
        The findings in the order of the rules.
    """
    checked = Checked(content, survey, memory or Memory())
    return [found for rule in RULES for found in rule(checked)]
