"""A grouping as a tree: the taxonomy that a survey paper draws, with the package forest."""

from __future__ import annotations

from collections.abc import Iterator

from generator.bibliography import tex
from generator.survey import Group, Grouping, Survey

_STYLE = """\
\\begin{forest}
  for tree={
    grow'=east, draw, rounded corners=1pt, font=\\footnotesize\\raggedright,
    anchor=west, parent anchor=east, child anchor=west, l sep=5mm, s sep=1.2mm, inner sep=1.5pt,
    edge path={\\noexpand\\path[\\forestoption{edge}]
      (!u.parent anchor) -- +(2.5mm,0) |- (.child anchor)\\forestoption{edge label};},
  },
  group/.style={text width=32mm},
  papers/.style={text width=70mm, draw=none},"""

_FITTED = """\
\\resizebox{!}{\\ifdim\\totalheight>.85\\textheight .85\\textheight\\else\\totalheight\\fi}{%
\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%"""


def forest(survey: Survey, grouping: Grouping) -> str:
    """Draw a grouping: its groups with the papers that stand in each, cited.

    It is made smaller where it would be larger than the page.

    Args:
        survey: The survey.
        grouping: The grouping.
    """
    title = tex.line(grouping.record.title)
    nodes = (line for name in grouping.top for line in _node(survey, survey.groups[name], 2))
    tree = "\n".join([_STYLE, f"  [{{{title}}}, text width=18mm", *nodes, "  ]", "\\end{forest}"])
    return f"{_FITTED}\n{tree}}}}}"


def _node(survey: Survey, group: Group, depth: int) -> Iterator[str]:
    indent = "  " * depth
    yield f"{indent}[{{{tex.line(group.record.title)}}}, group"
    if group.members:
        keys = ",".join(dict.fromkeys(one.paper for one in group.members))
        yield f"{indent}  [{{\\citealp{{{keys}}}}}, papers]"
    for name in group.children:
        yield from _node(survey, survey.groups[name], depth + 1)
    yield f"{indent}]"
