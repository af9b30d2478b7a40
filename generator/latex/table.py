"""The comparison of a group's papers as a LaTeX table."""

from __future__ import annotations

from generator.bibliography import tex
from generator.comparing import Comparison, in_words
from generator.model import AttributeDeclaration
from generator.survey import Group, Survey, Value

_FIRST_COLUMN = 0.2
"""The share of the line that the papers' column takes."""


def comparison_table(survey: Survey, group: Group, compared: Comparison) -> str:
    """Write a group's comparison: booktabs' rules, a row a paper, which it cites.

    It breaks across pages. `--` stands for what is unknown, `n/a` for what cannot apply.

    Args:
        survey: The survey.
        group: The group.
        compared: Its comparison.
    """
    share = (1 - _FIRST_COLUMN) / len(compared.attributes)
    columns = "".join(
        f">{{\\raggedright\\arraybackslash}}p{{\\dimexpr {width:.3f}\\linewidth-2\\tabcolsep\\relax}}"
        for width in [_FIRST_COLUMN, *[share] * len(compared.attributes)]
    )
    declared = [survey.attributes[name] for name in compared.attributes]
    head = " & ".join(["Paper", *(tex.line(one.title) for one in declared)])
    rows = [
        " & ".join(
            [
                f"\\citet{{{key}}}",
                *(_cell(one, own.get(name)) for name, one in zip(compared.attributes, declared, strict=True)),
            ]
        )
        for key, own in compared.papers.items()
    ]
    caption = f"{tex.line(group.record.title)}: the papers compared. A dash marks what is unknown."
    label = f"tab:{group.id.replace('/', '-')}"
    return "\n".join(
        [
            "{\\small",
            f"\\begin{{longtable}}{{{columns}}}",
            f"\\caption{{{caption}}}\\label{{{label}}} \\\\",
            "\\toprule",
            f"{head} \\\\",
            "\\midrule",
            "\\endfirsthead",
            "\\toprule",
            f"{head} \\\\",
            "\\midrule",
            "\\endhead",
            "\\bottomrule",
            "\\endfoot",
            *(f"{row} \\\\" for row in rows),
            "\\end{longtable}}",
        ]
    )


def _cell(declaration: AttributeDeclaration, value: Value | None) -> str:
    if value is None:
        return "--"
    return ", ".join(map(tex.line, in_words(declaration, value))) or "n/a"
