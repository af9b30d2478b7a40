"""What Crossref, DataCite and arXiv write that files of other programs do not, and answers that nobody should give."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.importing import Sources, plan_import
from generator.incoming import atom, csl, openreview
from generator.incoming.asked import asked, names
from imports import SURVEY, only, planned
from registry import CROSSREF, OPENREVIEW_2, PUBLISHED, atom_entry
from registry import atom as feed

PREPRINT = 'title: Windmills as Memory\nauthors: ["de la Fuente, Zoë", "Zhang, Wei"]\nyear: 2024\n'


def record(folder: Path, **changed: Any) -> dict[str, Any]:
    """Return the record made of Crossref's answer with some members changed; `None` takes one away."""
    item = {name: value for name, value in (json.loads(CROSSREF) | changed).items() if value is not None}
    return only(planned(json.dumps(item), folder, "answer.json"))


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("journal-article", "journal"),
        ("proceedings-article", "conference"),
        ("posted-content", "preprint"),
        ("book-chapter", "chapter"),
        ("dissertation", "thesis"),
        ("monograph", "book"),
        ("edited-book", "book"),
        ("reference-entry", "chapter"),
    ],
)
def test_crossref_s_own_words_for_types_are_known(kind: str, type_: str, tmp_path: Path) -> None:
    assert record(tmp_path, type=kind)["type"] == type_


def test_a_group_that_has_only_a_name_is_an_author(tmp_path: Path) -> None:
    authors = [{"name": "Mill Consortium", "sequence": "first", "affiliation": []}, {"given": "Wei", "family": "Zhang"}]

    assert record(tmp_path, author=authors)["authors"] == [{"literal": "Mill Consortium"}, "Zhang, Wei"]


def test_an_orcid_comes_with_its_author_if_it_is_one(tmp_path: Path) -> None:
    authors = [
        {
            "given": "Wei",
            "family": "Zhang",
            "ORCID": "http://orcid.org/0000-0002-1825-0097",
            "authenticated-orcid": False,
        },
        {"given": "Ada", "family": "Mill", "ORCID": "https://orcid.org/0000-0000-0000-0000x"},
    ]

    assert record(tmp_path, author=authors)["authors"] == [
        {"given": "Wei", "family": "Zhang", "orcid": "0000-0002-1825-0097"},
        "Mill, Ada",
    ]


@pytest.mark.parametrize("issued", [None, {"date-parts": [[None]]}, {"date-parts": []}, {}])
def test_a_year_may_stand_in_another_date(issued: object, tmp_path: Path) -> None:
    made = record(tmp_path, issued=issued, published=None, **{"published-print": {"date-parts": [[2023, 11]]}})

    assert (made["year"], made["month"]) == (2023, 11)


def test_lists_and_mappings_stand_where_text_is_due(tmp_path: Path) -> None:
    made = record(
        tmp_path,
        type="proceedings-article",
        title=["Windmills as <i>Memory</i> &amp; More"],
        subtitle=[],
        event={"name": "International Conference on Machine Learning", "location": "Nowhere"},
        **{"container-title": None},
    )

    assert made["title"] == "Windmills as Memory & More"
    assert made["venue"] == "icml"


def test_what_datacite_says_of_software_becomes_a_record(tmp_path: Path) -> None:
    item = {
        "type": "software",
        "id": "https://doi.org/10.5281/zenodo.9999999",
        "categories": ["mills"],
        "author": [{"family": "Zhang", "given": "Wei"}, {"literal": "Mill Consortium"}],
        "issued": {"date-parts": [[2024, 2, 3]]},
        "DOI": "10.5281/ZENODO.9999999",
        "publisher": "Zenodo",
        "title": "millkit: v1.2.0",
        "URL": "https://zenodo.org/doi/10.5281/zenodo.9999999",
        "copyright": "MIT",
        "version": "1.2.0",
    }
    plan = planned(json.dumps(item), tmp_path, "answer.json")

    assert list(plan.new) == ["zhang2024millkit"]
    assert (only(plan)["type"], only(plan)["doi"]) == ("software", "10.5281/ZENODO.9999999")
    assert "key-changed" not in {found.code for found in plan.found}


@pytest.mark.parametrize(
    ("type_", "codes"),
    [
        ("type: preprint", ["version-published", "paper-present"]),
        ("type: journal\nvenue: tacl", ["paper-present"]),
    ],
)
def test_a_preprint_of_the_survey_that_was_published_is_told(type_: str, codes: list[str], tmp_path: Path) -> None:
    own = f'{PREPRINT}{type_}\narxiv: "2401.00001"\narxiv_category: cs.CL\nfirst_posted: "2024-01-01"\n'
    plan = planned(feed(atom_entry(more=PUBLISHED)), tmp_path, "answer.atom", mills=own)

    assert [found.code for found in plan.found] == codes
    assert plan.new == {}


def test_a_record_of_another_title_is_not_changed_but_told(tmp_path: Path) -> None:
    own = 'title: Watermills\nauthors: ["Doe, Jane"]\nyear: 2024\ntype: preprint\narxiv: "2401.00001"\n'
    plan = planned(feed(atom_entry()), tmp_path, "answer.atom", update=True, mills=own)

    (differs,) = [found for found in plan.found if found.code == "paper-differs"]
    assert "contradicts its authors, title" in differs.message
    assert (plan.updates, plan.new) == ({}, {})


def test_authors_that_openreview_does_not_name_are_told() -> None:
    entries, _ = openreview.read("answer", OPENREVIEW_2.replace('Zo{\\\\\\"e} de la Fuente and Wei Zhang', "Anonymous"))

    assert [found.code for found in entries[0].found] == ["authors-cut"]


@pytest.mark.parametrize(
    ("reference", "registry", "identifier", "title"),
    [
        ("2107.05768 Combiner: Full Attention", "arxiv", "2107.05768", "Combiner: Full Attention"),
        ("[2107.05768] Combiner", "arxiv", "2107.05768", "Combiner"),
        ("arXiv: 2107.05768 “Combiner”", "arxiv", "2107.05768", "Combiner"),
        ("https://doi.org/10.1162/tacl_a_00353: Routing", "doi", "10.1162/tacl_a_00353", "Routing"),
        ("doi: 10.1162/tacl_a_00353 Routing", "doi", "10.1162/tacl_a_00353", "Routing"),
        ("2107.05768 [cs.LG]", "arxiv", "2107.05768", ""),
        ("math.GT/0309136", "arxiv", "math/0309136", ""),
        ("https://arxiv.org/abs/math.GT/0309136v1", "arxiv", "math/0309136", ""),
        ("arxiv.org/abs/2107.05768", "arxiv", "2107.05768", ""),
        ("doi.org/10.1162/tacl_a_00353", "doi", "10.1162/tacl_a_00353", ""),
        ("https://doi.org/10.1162/tacl_a_00353.", "doi", "10.1162/tacl_a_00353", ""),
        ("n19-1423", "acl", "N19-1423", ""),
    ],
)
def test_a_reference_as_lists_have_it(reference: str, registry: str, identifier: str, title: str) -> None:
    found = asked(reference)

    assert found is not None
    assert (found.registry, found.identifier, found.title) == (registry, identifier, title)


def test_an_old_identifier_is_the_same_with_and_without_its_class() -> None:
    found = asked("math.GT/0309136")

    assert found is not None
    assert names(found, "math/0309136")
    assert not names(found, "math/0309137")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["title", "author", "issued", "date-parts", "DOI", "type", "event", "subtitle", "family", "name", "ORCID",
                 "literal", "notes", "content", "_bibtex", "value", "id", "published-print", "URL", "x"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(answer=JSON)
def test_any_json_is_read_or_told(answer: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.getbasetemp() / "any-json"
    if not root.exists():
        for name, text in SURVEY.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, "utf-8")
    for reader in (csl.read, openreview.read):
        entries, found = reader("answer", json.dumps(answer))
        if entries:
            made = plan_import(root, Sources(entries, found, {}), update=False)
            assert all(yaml.safe_load(output.content) for output in made.new.values())
        else:
            assert found or answer in ([], {})


@given(text=st.text(st.sampled_from('<>/&;"= feedntryt1!-[]'), max_size=60))
def test_any_text_is_a_feed_or_told(text: str) -> None:
    entries, found = atom.read("answer", text)
    assert entries == []
    assert all(told.hint for told in found)


def test_a_large_answer_is_read_within_seconds() -> None:
    item = json.loads(CROSSREF) | {"reference": [{"key": f"ref{n}", "unstructured": "x" * 180} for n in range(38_000)]}
    answer = json.dumps(item, indent=1)
    assert len(answer) > 8_000_000
    begun = time.process_time()
    ((entry,), found) = csl.read("answer", answer)

    assert found == []
    assert entry.label.startswith("Windmills as Memory: the")
    assert time.process_time() - begun < 5
