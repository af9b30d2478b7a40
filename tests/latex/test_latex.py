"""LaTeX for the author of a survey paper: it compiles, prints what the survey says, and content stays text in it."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from generator.awesome import BEGIN, END, MarkerError, awesome, spliced
from generator.bibliography import BIBTEX, every_format
from generator.build import load
from generator.comparing import comparison
from generator.documents import documents
from generator.latex import document, forest
from generator.survey import Survey
from surveys import make_survey, read_yaml

HOSTILE = (
    r"\input{/etc/passwd} \write18{x} $\input{/etc/hostname}$ %c #1 & _ ^ ~ { } \end{document} ^^5cinput é ß ≤ “q”"
)
"""A text that TeX would read files by, run programs by, or stop at."""

MARKDOWN = rf"""
## A heading \end{{document}} & more

{HOSTILE}

- one [@one; @two, p. 3] and @one [p. 4] and [-@two]
    - two `\verb|x| $ % \`
        - three
            - four
                - five
                    > quoted deep

```tex
\end{{verbatim}}\input{{x}}
  indented  %
```

| a & b | right |
|---|--:|
| $x_1^2$ | 50% |

See [a link](https://example.org/a_b?x=1&y=2%20z#f~) and [a page](/papers/one/), and *so* **on** ~~gone~~.

$$\frac{{a}}{{b}}$$

$\unknowncommand$ and $\def\x{{1}}$
"""


def hostile() -> Survey:
    papers: dict[str, Any] = {
        f"papers/{key}": {
            "title": f"{HOSTILE} {key}",
            "authors": ["Doe & Sons_%, Jané"],
            "year": 2020,
            "type": "web",
            "url": "https://example.org/%7E_x#y",
            "groups": ["topics/all"],
            "attributes": {"kind": "very_odd", "speed": {"value": "2.5", "of": HOSTILE}, "said": HOSTILE},
        }
        for key in ("one", "two", "three_x-y")
    }
    return make_survey(
        {
            "survey": {
                "format": 1,
                "title": HOSTILE,
                "description": MARKDOWN,
                "editors": [HOSTILE],
                "groupings": ["topics"],
                "site_url": "https://example.org/a_b/",
                "attributes": {
                    "kind": {"title": HOSTILE, "type": "choice", "values": {"very_odd": HOSTILE}},
                    "speed": {"title": "Speed-up", "type": "number", "unit": "×"},
                    "said": {"title": "Said", "type": "text"},
                },
            },
            "groupings/topics/_index": {"title": HOSTILE, "introduction": MARKDOWN},
            "groupings/topics/all": {"title": HOSTILE, "summary": HOSTILE, "body": MARKDOWN},
            "groupings/topics/none": {"title": "Empty ], [ {x}"},
            **papers,
        }
    )


@pytest.fixture
def compiled(tmp_path: Path, require_tool: Callable[..., str]) -> Callable[[Survey, str], str]:
    """Compile a document beside the survey's bibliography and return what TeX and BibTeX said last."""
    pdflatex, bibtex = require_tool("pdflatex"), require_tool("bibtex")

    def run(survey: Survey, source: str) -> str:
        entries = every_format(survey)[BIBTEX.name]
        (tmp_path / "survey.bib").write_text(BIBTEX.file(survey, entries, entries), encoding="utf-8")
        (tmp_path / "survey.tex").write_text(source, encoding="utf-8")
        said = ""
        for command in (
            [pdflatex, "-interaction=nonstopmode", "-halt-on-error", "survey.tex"],
            [bibtex, "survey"],
            [pdflatex, "-interaction=nonstopmode", "-halt-on-error", "survey.tex"],
            [pdflatex, "-interaction=nonstopmode", "-halt-on-error", "survey.tex"],
        ):
            done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=300)
            said = done.stdout.decode("utf-8", "replace")
            assert done.returncode == 0, said[-3000:]
        return said

    return run


@pytest.fixture(scope="module")
def survey(repository: Path) -> Survey:
    return load(repository, lambda _: None).survey


def test_the_survey_compiles_with_every_reference_resolved(
    survey: Survey, compiled: Callable[[Survey, str], str], tmp_path: Path
) -> None:
    said = compiled(survey, document(survey))
    assert re.findall(r"[^\n]*(?:undefined|multiply)[^\n]*", said) == []
    cited = set(re.findall(r"\\citation\{([^}]*)\}", (tmp_path / "survey.aux").read_text()))
    assert {key for keys in cited for key in keys.split(",")} == set(survey.papers)


def test_the_document_has_a_section_a_group_and_all_its_prose(survey: Survey) -> None:
    source = document(survey)
    for group in survey.groups.values():
        assert f"\\label{{sec:{group.id.replace('/', '-')}}}" in source
        assert (f"\\label{{tab:{group.id.replace('/', '-')}}}" in source) == bool(comparison(survey, group))
    assert source.count("\\begin{forest}") == len(survey.groupings)


def test_hostile_content_is_printed_and_does_nothing(compiled: Callable[[Survey, str], str], tmp_path: Path) -> None:
    survey = hostile()
    said = compiled(survey, document(survey))
    assert "undefined" not in said
    opened = re.findall(r"\(/etc/[^\s)]*", said)
    assert opened == []
    source = document(survey)
    assert not re.search(
        r"(?<!\\textbackslash)\\(?:input|write|def|unknowncommand)(?![a-z])", source.split("\\begin{document}")[1]
    )
    assert not (tmp_path / "x").exists()


def test_citations_become_those_of_natbib() -> None:
    source = document(hostile())
    assert r"\citetext{\citealp{one}; \citealp[{p. 3}]{two}}" in source
    assert r"\citet[{p. 4}]{one}" in source
    assert r"\citeyearpar{two}" in source
    assert r"\href{https://example.org/a_b?x=1\&y=2\%20z\#f~}{a link}" in source
    assert r"\href{https://example.org/a_b/papers/one/}{a page}" in source


def test_a_tree_names_every_group_and_cites_where_papers_stand(survey: Survey) -> None:
    tree = forest(survey, survey.groupings["topics"])
    nodes = [line.strip() for line in tree.splitlines() if line.strip().startswith("[")]
    groups = [group for group in survey.groups.values() if group.grouping == "topics"]
    assert sum(line.endswith("group") for line in nodes) == len(groups)
    cited = re.findall(r"\\citealp\{([^}]*)\}", tree)
    assert sorted(cited) == sorted(
        ",".join(dict.fromkeys(one.paper for one in group.members)) for group in groups if group.members
    )
    assert tree.count("[") - tree.count("]") == 0


def test_a_comparison_is_the_same_as_csv(repository: Path, survey: Survey) -> None:
    outputs = {output.path: output.content.decode() for output in documents(survey)}
    group = "topics/mixture-of-experts"
    rows = list(csv.DictReader(io.StringIO(outputs[f"docs/{group}/comparison.csv"])))
    columns = read_yaml(repository / f"content/groupings/{group}.yaml")["compare"]
    assert [row["key"] for row in rows] == list(survey.groups[group].papers)
    for row in rows:
        said = read_yaml(repository / f"content/papers/{row['key']}.yaml").get("attributes", {})
        for column in columns:
            value = said.get(column, "")
            value = value["value"] if isinstance(value, dict) else value
            expected = "; ".join(value) if isinstance(value, list) else value
            assert row.get(f"attribute:{column}", expected) == expected
    table = outputs[f"docs/{group}/comparison.tex"]
    assert re.findall(r"^\\citet\{([^}]*)\} &", table, re.MULTILINE) == [row["key"] for row in rows]


def test_no_cell_is_a_formula() -> None:
    survey = make_survey(
        {
            "survey": {
                "format": 1,
                "title": "S",
                "groupings": ["topics"],
                "attributes": {"said": {"title": "Said", "type": "text"}},
            },
            "groupings/topics/_index": {"title": "T"},
            "groupings/topics/all": {"title": "A", "papers": ["a", "b", "c"]},
            **{
                f"papers/{key}": {
                    "title": f"={key}",
                    "authors": ["Doe, Jane"],
                    "year": 2020,
                    "type": "web",
                    "attributes": {"said": "@SUM(1)"},
                }
                for key in "abc"
            },
        }
    )
    text = next(o.content.decode() for o in documents(survey) if o.path.endswith("comparison.csv"))
    assert all(not cell.startswith(("=", "@")) for row in csv.reader(io.StringIO(text)) for cell in row)


def links(markdown: str) -> list[str]:
    tokens = MarkdownIt("commonmark").parse(markdown)
    return [str(t.attrs["href"]) for one in tokens for t in one.children or [] if t.type == "link_open"]


def test_an_awesome_list_names_every_paper_where_it_stands(survey: Survey) -> None:
    text = awesome(survey)
    assert text.startswith(BEGIN)
    assert text.endswith(f"{END}\n")
    members = [one for group in survey.descend(survey.groupings["topics"].top) for one in group.members]
    assert text.count("\n- ") == len(members)
    codes = [str(paper.record.code) for one in members if (paper := survey.papers[one.paper]).record.code]
    assert [link for link in links(text) if link in set(codes)] == codes


def test_hostile_titles_stay_text_in_a_readme() -> None:
    survey = make_survey(
        {
            "survey": {"format": 1, "title": "S", "groupings": ["topics"]},
            "groupings/topics/_index": {"title": "T"},
            "groupings/topics/all": {"title": "<b>A</b> # b", "papers": ["a"]},
            "papers/a": {
                "title": "![x](http://evil.example) <img src=x> [y](javascript:1) `c` *d*",
                "authors": ["Doe, Jane"],
                "year": 2020,
                "type": "web",
                "url": "https://example.org/a)b(c",
            },
        }
    )
    html = MarkdownIt("commonmark").render(awesome(survey).replace(BEGIN, "").replace(END, ""))
    assert re.findall(r"<(?!/?(?:h2|ul|li|a|p)\b)[a-z]+", html) == []
    assert links(awesome(survey)) == ["https://example.org/a%29b%28c"]


@pytest.mark.parametrize("text", ["", BEGIN, f"{END} {BEGIN}", f"{BEGIN}{BEGIN}{END}"])
def test_a_readme_without_markers_is_not_touched(text: str) -> None:
    with pytest.raises(MarkerError):
        spliced(text, "x")


def test_a_section_takes_the_place_of_the_former(survey: Survey) -> None:
    text = f"# Mine\n\n{BEGIN}\nold\n{END}\n\nAfter.\n"
    once = spliced(text, awesome(survey))
    assert once.startswith("# Mine\n\n")
    assert once.endswith(f"{END}\n\nAfter.\n")
    assert "old" not in once
    assert spliced(once, awesome(survey)) == once
