"""RIS, CSL-JSON, Markdown records and lists, and the feed."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.incoming import awesome, csl, feed, front_matter, ris
from generator.incoming.formats import told as format_of
from imports import findings, only, planned, records, told

RIS = """\
TY  - CPAPER
AU  - Doe, Jane
AU  - van der Berg, Jan
AU  - The Title Team
TI  - A Title
T2  - International Conference on Machine Learning
C3  - Proceedings of the 38th International Conference on Machine Learning
PY  - 2021
DA  - 2021/07/18
SP  - 8748
EP  - 8763
VL  - 139
PB  - PMLR
DO  - https://doi.org/10.1000/abc_d
UR  - https://example.org/a
AB  - Words of others
  on two lines.
KW  - drop-in
KW  - titles
ID  - doe2021title
ER  -

1.
TY  - JOUR
A1  - Roe, Richard, Jr.
T1  - Other
JO  - Trans. Assoc. Comput. Linguist.
JF  - Transactions of the Association for Computational Linguistics
Y1  - 2019///
SN  - 2307-387X
IS  - 3
L1  - https://example.org/x.pdf
ER  -
TY  - THES
AU  - Poe, Niki
TI  - A Thesis
PY  - 2020
PB  - MIT
M3  - Master's thesis
TY  - PAT
AU  - Poe, Niki
TI  - A Device
PY  - 2020
ER  -
stray words
"""


def test_ris(tmp_path: Path) -> None:
    result = planned(RIS, tmp_path, "refs.ris")
    assert records(result) == {
        "doe2021title": {
            "title": "A Title",
            "authors": ["Doe, Jane", "van der Berg, Jan", {"literal": "The Title Team"}],
            "year": 2021,
            "type": "conference",
            "venue": "icml",
            "proceedings": "Proceedings of the 38th International Conference on Machine Learning",
            "volume": "139",
            "pages": "8748-8763",
            "publisher": "PMLR",
            "month": 7,
            "doi": "10.1000/abc_d",
            "url": "https://example.org/a",
            "tags": ["drop-in"],
        },
        "roe2019other": {
            "title": "Other",
            "authors": [{"given": "Richard", "family": "Roe", "suffix": "Jr."}],
            "year": 2019,
            "type": "journal",
            "venue": "tacl",
            "number": "3",
            "pdf": "https://example.org/x.pdf",
        },
        "poe2020thesis": {
            "title": "A Thesis", "authors": ["Poe, Niki"], "year": 2020, "type": "thesis", "school": "MIT", "degree": "master",
        },
    }  # fmt: skip
    assert sorted(told(result)) == [
        (9, "field-unused"), (16, "field-unused"), (19, "field-unused"), (27, "field-unused"), (40, "entry-incomplete"), (40, "text-ignored"),
        (45, "text-ignored"),
    ]  # fmt: skip


CSL = [
    {
        "id": "doe2021title",
        "type": "paper-conference",
        "title": "A <i>Title</i>",
        "author": [
            {"family": "Doe", "given": "Jane"},
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
            {"family": "King", "given": "Martin", "suffix": "Jr."},
            {"literal": "The Title Team"},
        ],
        "container-title": "Advances in Neural Information Processing Systems",
        "issued": {"date-parts": [[2021, 7, 18]]},
        "page": "1-10",
        "volume": 34,
        "DOI": "10.1000/abc",
        "abstract": "Words of others.",
        "editor": [{"family": "Ed"}],
    },
    {
        "id": "http://zotero.org/users/1/items/ABC",
        "type": "article",
        "title": "On Titles",
        "author": [{"family": "Doe", "given": "Jane"}],
        "issued": {"raw": "2023-01-01"},
        "publisher": "arXiv",
        "number": "arXiv:2301.00001",
        "URL": "http://arxiv.org/abs/2301.00001",
    },
    {"id": 3, "type": "patent", "title": "A Device"},
    "no item",
]


def test_csl_json(tmp_path: Path) -> None:
    result = planned(json.dumps(CSL, indent=1), tmp_path, "refs.json")
    assert records(result) == {
        "doe2021title": {
            "title": "A Title",
            "authors": [
                "Doe, Jane", "van der Berg, Jan", {"given": "Martin", "family": "King", "suffix": "Jr."}, {"literal": "The Title Team"},
            ],
            "year": 2021,
            "type": "conference",
            "venue": "neurips",
            "volume": "34",
            "pages": "1-10",
            "month": 7,
            "doi": "10.1000/abc",
        },
        "doe2023titles": {
            "title": "On Titles", "authors": ["Doe, Jane"], "year": 2023, "type": "preprint", "month": 1, "arxiv": "2301.00001",
        },
    }  # fmt: skip
    lines = json.dumps(CSL, indent=1).split("\n")
    named = {(lines[line - 1].strip().split(":")[0].strip('",'), code) for line, code in told(result)}
    assert named == {
        ("abstract", "field-unused"), ("editor", "field-unused"), ("issued", "field-unused"), ("title", "field-unused"), ("{", "key-changed"), ("{", "entry-incomplete"), ("no item", "entry-unread"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [('{"items": [{"id": "a"}]}', "entry-incomplete"), ('[{"id": "a", "title": }]', "source-unread"), ("[" * 100_000, "source-unread"),
     ('[1, null, "x"]', "entry-unread"), ("", "source-unread"), ('{"a": 1}', "entry-unread"), ('[{"title": 1, "author": 2, "issued": [], "DOI": {}}]', "entry-incomplete")],
)  # fmt: skip
def test_json_that_is_no_csl(text: str, code: str, tmp_path: Path) -> None:
    assert code in {own for _, own in told(planned(text, tmp_path, "refs.json"))}


RECORD = """---
layout: publication
title: "Titles: A Study"
authors: J. Doe, R. B. Roe and Niki Poe
conference: ICML
year: 2014
additional_links:
   - {name: "PDF", url: "https://example.org/x.pdf"}
   - {name: "website", url: "https://example.org/x/"}
   - {name: "ArXiV", url: "https://arxiv.org/abs/1402.4182"}
   - {name: "code", url: "https://github.com/doe/x"}
tags: ["naming", "drop-in"]
---
Words of others.
"""


def test_a_markdown_record(tmp_path: Path) -> None:
    result = planned(RECORD, tmp_path, "doe2014titles.markdown")
    assert records(result) == {
        "doe2014titles": {
            "title": "Titles: A Study",
            "authors": ["Doe, J.", "Roe, R. B.", "Poe, Niki"],
            "year": 2014,
            "type": "conference",
            "venue": "icml",
            "arxiv": "1402.4182",
            "pdf": "https://example.org/x.pdf",
            "code": "https://github.com/doe/x",
            "links": [{"label": "website", "url": "https://example.org/x/"}],
            "tags": ["drop-in"],
        }
    }
    assert sorted(told(result)) == [(12, "field-unused"), (14, "field-unused")]


def test_other_ways_to_write_a_markdown_record(tmp_path: Path) -> None:
    text = RECORD.replace("J. Doe, R. B. Roe and Niki Poe", "\n  - Doe, Jane\n  - R. Roe").replace(
        "conference: ICML", "journal: ArXiV"
    )
    start, end = text.index("additional_links"), text.index("tags:")
    text = (
        text[:start]
        + "additional_links: '[ArXiV](https://arxiv.org/abs/1402.4182), [data](https://example.org/d)'\n"
        + text[end:]
    )
    record = only(planned(text, tmp_path, "a.md"))
    assert (record["type"], record["arxiv"], record["authors"]) == ("preprint", "1402.4182", ["Doe, Jane", "Roe, R."])
    assert record["links"] == [{"label": "data", "url": "https://example.org/d"}]


@pytest.mark.parametrize(
    "text", ["---\ntitle: [a\n---\n", "---\n- a\n---\n", "---\ntitle: x\n", "---\n---\n", "---\n&a title: *b\n---\nx"]
)
def test_a_broken_markdown_record_is_named(text: str, tmp_path: Path) -> None:
    result = planned(text, tmp_path, "a.md")
    assert result.new == {}
    assert {code for _, code in told(result)} & {"entry-unread", "entry-incomplete"}


LIST = """\
# Awesome titles

## Contents
- [A section](#a-section)

- **Titles Are All You Need**. Jane Doe, Jan van der Berg and Richard Roe. *ICML 2021*. [[paper](https://arxiv.org/abs/2103.03404)] [[code](https://github.com/x/y)]
- [Pointing at Titles](https://arxiv.org/abs/1506.03139) - Jane Doe, Niki Poe, NeurIPS 2015
* [2020/05] **Title Models Are Few** Tom B. Doe et al. [[paper](https://arxiv.org/abs/2005.14165)]
- [Nobody Wrote This](https://example.org/x)
- Just words here.

| Title | Venue | Date |
|:--|:--:|---|
| [**A Title in a Table**](https://arxiv.org/abs/2301.12345) <br> | ICLR | 2023-01 |
"""


def test_an_awesome_list(tmp_path: Path) -> None:
    result = planned(LIST, tmp_path, "README.md")
    assert records(result) == {
        "doe2021titles": {
            "title": "Titles Are All You Need",
            "authors": ["Doe, Jane", "van der Berg, Jan", "Roe, Richard"],
            "year": 2021, "type": "conference", "venue": "icml", "arxiv": "2103.03404", "code": "https://github.com/x/y",
        },
        "doe2015pointing": {
            "title": "Pointing at Titles", "authors": ["Doe, Jane", "Poe, Niki"], "year": 2015, "type": "conference",
            "venue": "neurips", "arxiv": "1506.03139",
        },
        "doe2020title": {
            "title": "Title Models Are Few", "authors": ["Doe, Tom B."], "year": 2020, "type": "preprint", "arxiv": "2005.14165",
        },
    }  # fmt: skip
    assert {(8, "authors-cut"), (9, "entry-incomplete"), (10, "text-ignored"), (14, "entry-incomplete")} <= set(
        told(result)
    )
    assert findings(result, "entry-incomplete") == [
        "“Nobody Wrote This” says nothing of authors and year", "“A Title in a Table” (arxiv 2301.12345) says nothing of authors",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "title", "authors"),
    [
        ("- [2022.01.11] *Chains of Titles Elicit Reasoning* | Jane Doe, Niki Poe | [[paper]](https://arxiv.org/abs/2201.11903)",
         "Chains of Titles Elicit Reasoning", ["Doe, Jane", "Poe, Niki"]),
        ("- `ArXiv-2022` **A Step Closer** [[paper](https://arxiv.org/abs/2201.11903)][J Doe, N Poe…]", "A Step Closer", ["Doe, J", "Poe, N"]),
        ("1. [[2201.11903] A Survey of Titles](https://arxiv.org/abs/2201.11903.pdf), by Jane Doe & Niki Poe", "A Survey of Titles", ["Doe, Jane", "Poe, Niki"]),
        ("| 2022 | “Titles in Quotation Marks” | Jane Doe, Niki Poe | https://arxiv.org/abs/2201.11903 |", "Titles in Quotation Marks", ["Doe, Jane", "Poe, Niki"]),
        ("- [ ] **[A Linked Title](https://arxiv.org/abs/2201.11903)**, *Jane Doe, Niki Poe*, 2022", "A Linked Title", ["Doe, Jane", "Poe, Niki"]),
    ],
)  # fmt: skip
def test_habits_of_awesome_lists(item: str, title: str, authors: list[str], tmp_path: Path) -> None:
    record = only(planned(item + "\n", tmp_path, "README.md"))
    assert record == {"title": title, "authors": authors, "year": 2022, "type": "preprint", "arxiv": "2201.11903"}


FEED = (
    "new\n\nSubscribe\n\nA Title\n\n"
    + "Words of others. " * 20
    + "\n\nOther Titles\n\n"
    + "More words. " * 30
    + "\n\nThe Last\n"
)
PRESENT = "title: A title\nauthors: ['Doe, Jane']\nyear: 2020\ntype: web\n"


def test_a_feed_finds_the_papers_that_are_there_and_names_the_others(tmp_path: Path) -> None:
    result = planned(FEED, tmp_path, "papers.txt", doe2020title=PRESENT)
    assert result.new == {}
    assert told(result) == [
        (1, "text-ignored"), (3, "text-ignored"), (5, "paper-present"), (11, "field-unused"), (9, "entry-incomplete"), (13, "entry-incomplete"),
    ]  # fmt: skip
    assert result.entries == 3


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.bib", "", "bibtex"), ("a.BIB", "", "bibtex"), ("a.txt", " @misc{a,", "bibtex"), ("a.ris", "", "ris"),
        ("a.txt", "TY  - JOUR\n", "ris"), ("a.json", "", "csl-json"), ("a", "[{}]", "csl-json"), ("a.md", "---\na: b\n---\n", "record"),
        ("a.md", "# A\n- b", "list"), ("papers.txt", FEED, "feed"), ("a.txt", "words", None),
    ],
)  # fmt: skip
def test_formats_are_told_by_name_and_text(name: str, text: str, form: str | None) -> None:
    assert format_of(name, text) == form


@given(st.text(max_size=200), st.sampled_from([ris, csl, front_matter, awesome, feed]))
def test_any_text_is_read(text: str, reader: object) -> None:
    entries, found = reader.read("x", text)  # type: ignore[attr-defined]
    assert all(own.place.line <= text.count("\n") + 1 for own in [*entries, *found])


@pytest.mark.parametrize(
    ("reader", "unit"),
    [(awesome, "- [a b](http://x) A B, "), (awesome, "Aa and "), (awesome, "- ["), (awesome, "- **a"), (awesome, "|"), (ris, "TY  - JOUR\nAU  - a\n"),
     (csl, '{"title":"a"},'), (csl, '["'), (front_matter, "---\n"), (feed, "a\n\n"), (awesome, "- Aa Bb, "), (awesome, "- [" + "](" * 9)],
)  # fmt: skip
def test_reading_takes_time_that_grows_with_the_text(reader: object, unit: str) -> None:
    started = time.process_time()
    for text in (
        unit * (200_000 // len(unit)),
        "- " + unit * (15_000 // len(unit)),
        "[" + unit * (200_000 // len(unit)),
    ):
        reader.read("x", text)  # type: ignore[attr-defined]
    assert time.process_time() - started < 20


def test_a_number_of_a_database_is_no_key_and_is_told(tmp_path: Path) -> None:
    text = "TY  - BOOK\nID  - 12345\nLB  - doe2020other\nAU  - Doe, Jane\nTI  - Title\nPY  - 2020\nER  - \n"
    result = planned(text, tmp_path, "refs.ris")
    assert list(records(result)) == ["doe2020other"]
    assert told(result) == [(2, "field-unused")]
    assert findings(result, "field-unused") == ["a record has no place for “ID”"]
