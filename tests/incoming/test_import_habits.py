"""Habits of programs and publishers, each in a file of its own: what they write, and the draft of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from imports import findings, only, planned, records

IEEE = """\
TY  - CONF
TI  - Locks in Silicon
T2  - 2021 IEEE International Conference on Locks (ICL)
SP  - 101
EP  - 108
AU  - J. Doe
AU  - R.-Q. van der Roe
PY  - 2021
DO  - 10.1109/ICL.2021.00012
JO  - 2021 IEEE International Conference on Locks (ICL)
IS  -
SN  - 2375-0000
Y1  - 5-9 July 2021
ER  -
"""
WEB_OF_SCIENCE = """\
TY  - JOUR
AU  - Doe, J
AU  - Roe, RQ
TI  - Old Locks
T2  - TACL
PY  - 2001
DA  - APR 15
VL  - 17
SP  - 55
EP  - 71
AN  - WOS:000168000000001
ER  -
"""
SCOPUS = """\
TY  - JOUR
TI  - Locks and bagels
T2  - TACL
PY  - 2020
AU  - Doe, J.
C7  - 123456
SN  - 2307387X (ISSN)
N1  - Export Date: 1 January 2024
DB  - Scopus
ER  -
"""
SPRINGER = """\
TY  - CHAP\r
A1  - Doe, J.\r
A2  - Editor, Ed\r
T1  - A chapter\r
T2  - Lecture Notes in Computer Science\r
BT  - Big Book of Locks\r
Y1  - 2018/03\r
PB  - Springer International Publishing\r
ID  - Doe2018\r
ER  -\r
"""
PUBMED = """\
TY  - JOUR
AU  - Doe, Jane
T1  - Locks in vivo
SN  - 2307-387X
Y1  - 2020/05
ET  - 2020/04/20
SP  - 123
EP  - 9
JF  - TACL
ER  -
"""


@pytest.mark.parametrize(
    ("text", "expected", "left_out"),
    [
        (
            IEEE,
            {
                "title": "Locks in Silicon",
                "authors": ["Doe, J.", "van der Roe, R.-Q."],
                "year": 2021,
                "type": "conference",
                "venue": "icl",
                "proceedings": "2021 IEEE International Conference on Locks (ICL)",
                "pages": "101-108",
                "month": 7,
                "doi": "10.1109/ICL.2021.00012",
            },
            {"SN", "Y1"},
        ),
        (
            WEB_OF_SCIENCE,
            {
                "title": "Old Locks", "authors": ["Doe, J", "Roe, RQ"], "year": 2001, "type": "journal", "venue": "tacl",
                "volume": "17", "pages": "55-71", "month": 4,
            },
            {"DA", "AN"},
        ),
        (
            SCOPUS,
            {"title": "Locks and bagels", "authors": ["Doe, J."], "year": 2020, "type": "journal", "venue": "tacl", "pages": "123456"},
            {"N1", "DB"},
        ),
        (
            SPRINGER,
            {
                "title": "A chapter", "authors": ["Doe, J."], "year": 2018, "type": "chapter", "proceedings": "Big Book of Locks",
                "publisher": "Springer International Publishing", "month": 3,
            },
            {"A2", "T2"},
        ),
        (
            PUBMED,
            {
                "title": "Locks in vivo", "authors": ["Doe, Jane"], "year": 2020, "type": "journal", "venue": "tacl",
                "pages": "123-129", "month": 5,
            },
            {"ET"},
        ),
    ],
    ids=["ieee", "web-of-science", "scopus", "springer", "pubmed"],
)  # fmt: skip
def test_ris_of_publishers_and_databases(
    text: str, expected: dict[str, Any], left_out: set[str], tmp_path: Path
) -> None:
    result = planned(text, tmp_path, "refs.ris")
    assert only(result) == expected
    named = {part for message in findings(result, "field-unused") for part in message.split("“")[1].split("”")[:1]}
    assert named == left_out


BETTER_BIBLATEX = r"""% Exported by Better BibLaTeX
@online{doeSparseMixtures2023,
  title = {Sparse Mixtures of {{BERT}} and {{\emph{E}}}. {{\emph{Coli}}}: $n$-Gram {{LLMs}}},
  author = {Doe, Jane and family=Berg, given=Jan, prefix=van den, useprefix=true and {{The Sparse Team}}},
  date = {2023-11},
  eprint = {2311.01234},
  eprinttype = {arXiv},
  eprintclass = {cs},
  url = {http://arxiv.org/abs/2311.01234},
  pubstate = {prepublished},
}
@inproceedings{roeLatentKeys2022,
  title = {Latent Keys},
  booktitle = {Annual Meeting of the {{Association}} for {{Computational Linguistics}}},
  author = {Roe, Richard},
  date = {2022-05},
  url = {https://aclanthology.org/2022.acl-long.9}
}
"""


def test_better_biblatex(tmp_path: Path) -> None:
    own = records(planned(BETTER_BIBLATEX, tmp_path))
    assert own["doeSparseMixtures2023"] == {
        "title": "Sparse Mixtures of BERT and E. Coli: $n$-Gram LLMs",
        "authors": ["Doe, Jane", "van den Berg, Jan", {"literal": "The Sparse Team"}],
        "year": 2023,
        "type": "preprint",
        "month": 11,
        "arxiv": "2311.01234",
        "arxiv_category": "cs",
    }
    assert own["roeLatentKeys2022"]["acl"] == "2022.acl-long.9"


def test_abbreviated_journals_of_dblp_keep_their_last_full_stop(tmp_path: Path) -> None:
    entry = "@article{DBLP:journals/pami/Doe24, author = {Jane Doe}, title = {Keys}, journal = {{IEEE} Trans. Pattern Anal. Mach. Intell.}, year = {2024}}"
    result = planned(entry, tmp_path)
    name = "IEEE Trans. Pattern Anal. Mach. Intell."
    assert f"short: {name}\n" in result.venues
    assert f"full: {name}\n" in result.venues


def test_particles_of_crossref(tmp_path: Path) -> None:
    item = {
        "DOI": "10.1145/1", "type": "journal-article", "title": "Locks", "container-title": "TACL", "issued": {"date-parts": [[2023]]},
        "author": [{"given": "R.", "family": "van Roe", "sequence": "first"}, {"given": "A.", "family": "Del Bimbo"}, {"name": "The Group"}],
    }  # fmt: skip
    assert only(planned(json.dumps(item), tmp_path, "a.json"))["authors"] == [
        "van Roe, R.", "Del Bimbo, A.", {"literal": "The Group"},
    ]  # fmt: skip


AWESOME = """\
# Awesome Locks
- (*NeurIPS'22*) Hinges: Opening Doors. [[paper](https://openreview.net/forum?id=ABCDEFGHIJ)] Jane Doe, R. Roe.
- [ICML 2021] Bolts for Transformers | Jane Doe and Niki Poe [[pdf]](https://example.org/b.pdf)
* "Keys and Bagels", TACL 2021 [[Paper]](https://aclanthology.org/2021.tacl-1.4.pdf) [[Code]](https://github.com/doe/keys) - *Jane Doe et al.*
"""


def test_venues_that_stand_before_titles_in_a_list(tmp_path: Path) -> None:
    result = planned(AWESOME, tmp_path, "list.md")
    own = {record["title"]: record for record in records(result).values()}
    assert own["Hinges: Opening Doors"] == {
        "title": "Hinges: Opening Doors", "authors": ["Doe, Jane", "Roe, R."], "year": 2022, "type": "conference",
        "venue": "neurips", "openreview": "ABCDEFGHIJ",
    }  # fmt: skip
    assert own["Bolts for Transformers"]["authors"] == ["Doe, Jane", "Poe, Niki"]
    assert (own["Bolts for Transformers"]["venue"], own["Bolts for Transformers"]["year"]) == ("icml", 2021)
    assert own["Keys and Bagels"]["code"] == "https://github.com/doe/keys"
    assert findings(result, "field-unused") == []
