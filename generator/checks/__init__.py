"""Rules about the survey as a whole, beyond what a single value or reference can show.

`check` and `build` run the same rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

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
from generator.processors import shared
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


def check(content: Content, survey: Survey, entries: Mapping[str, str]) -> list[Diagnostic]:
    """Run every rule.

    Args:
        content: The decoded files, which know the places.
        survey: The survey resolved from them.
        entries: The BibTeX entry of each paper, by key.

    Returns:
        The findings in the order of the rules.
    """
    checked = Checked(content, survey, entries)
    works = [partial(_found, rule, checked) for rule in RULES]
    done = shared(works) if len(survey.papers) >= _WORTH_COPYING else [work() for work in works]
    return [found for findings in done for found in findings]


_WORTH_COPYING = 500
"""With fewer papers, to copy the process takes longer than the rules do."""


def _found(rule: Rule, checked: Checked) -> list[Diagnostic]:
    return list(rule(checked))
