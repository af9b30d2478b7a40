"""Nearly equal titles: one slip is found, different works are left alone."""

from __future__ import annotations

import itertools
import json
import time
from typing import Any

import pytest

from generator.checks.duplicates import similar_titles
from generator.checks.rule import Checked
from generator.decode import decode
from generator.resolve import resolve
from generator.source import SourceFile


def found(*records: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what is found about the titles of some records: file and code."""
    files = [
        SourceFile(f"content/papers/k{number:05}.yaml", json.dumps({"year": 2020, "type": "web", **record}))
        for number, record in enumerate(records)
    ]
    content, _ = decode(files)
    survey, _ = resolve(content)
    return [(d.place.file.split("/")[-1][:-5], d.code) for d in similar_titles(Checked(content, survey))]


def paper(title: str, author: str = "Doe, Jane", **more: Any) -> dict[str, Any]:
    return {"title": title, "authors": [author], **more}


def slips(title: str) -> list[str]:
    """Return a title with a letter mistyped, doubled, left out, and with an “s” at its end."""
    middle = len(title) // 2
    return [
        title[:middle] + ("q" if title[middle].isalpha() else "Q") + title[middle + 1 :],
        title[:middle] + title[middle] + title[middle:],
        title[:middle] + title[middle + 1 :],
        f"{title}s",
    ]


def test_every_slip_in_a_title_of_this_survey_is_found(records: dict[str, dict[str, Any]]) -> None:
    titles = [record["title"] for record in records.values() if len(record["title"]) >= 25]
    assert len(titles) > 50
    missed = [slip for title in titles for slip in slips(title) if found(paper(title), paper(slip)) == []]
    assert missed == []


def test_no_two_papers_of_this_survey_are_alike_even_if_one_had_written_all(records: dict[str, dict[str, Any]]) -> None:
    assert found(*(paper(record["title"]) for record in records.values())) == []


def test_different_first_authors_write_different_works() -> None:
    title = "A Survey of Large Language Models"
    assert found(paper(title, "Zhao, Ann"), paper(title, "Wang, Bo"), paper(f"{title}s", "Li, Cy")) == []
    assert found(paper(title, "Müller, Ann"), paper(title, "Muller, A.")) == [("k00001", "duplicate-title")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Technical Report of the Model 2", "Technical Report of the Model 3"),
        ("On the Theory of Everything, Part I", "On the Theory of Everything, Part II"),
        ("GPT for Code", "GPT for Core"),
    ],
)
def test_numbers_and_short_titles_tell_works_apart(one: str, other: str) -> None:
    assert found(paper(one), paper(other)) == []


def test_a_former_title_counts_and_a_pair_is_reported_once() -> None:
    old, new = "Reading Long Titles in the Dark", "Quite Another Title than Before"
    assert found(paper(new, former_titles=[old, f"{old}s"]), paper(old)) == [("k00001", "duplicate-title")]
    assert found(paper(old), paper(new, former_titles=[old])) == [("k00001", "duplicate-title")]


def test_saying_how_two_papers_are_related_settles_it() -> None:
    title = "Reading Long Titles in the Dark"
    for later in (title, f"{title}s"):
        assert found(paper(title), paper(later, relations=[{"type": "extends", "paper": "k00000"}])) == []


def test_three_thousand_papers_of_one_first_author_are_compared_soon() -> None:
    words = [
        "deep",
        "sparse",
        "long",
        "fast",
        "small",
        "wide",
        "open",
        "safe",
        "fair",
        "new",
        "neural",
        "latent",
        "causal",
        "linear",
    ]
    titles = [" ".join(chosen) for chosen in itertools.islice(itertools.permutations(words, 5), 0, 240_000, 80)]
    begun = time.process_time()
    found(*map(paper, titles))
    assert len(titles) == 3000
    assert time.process_time() - begun < 5


def test_short_titles_are_one_only_if_they_are_equal() -> None:
    title = "Reading in the Dark!"  # 20 characters, 19 as titles are compared
    assert found(paper(title), paper(title.replace("Dark", "Dork"))) == []
    assert found(paper(f"A{title}"), paper(f"A{title.replace('Dark', 'Dork')}")) == [("k00001", "near-duplicate-title")]
    assert found(paper("Small Models"), paper("Small Model")) == []
    assert found(paper("Small Models"), paper("small models")) == [("k00001", "duplicate-title")]


def test_a_title_may_be_longer_by_a_subtitle_of_a_few_letters() -> None:
    title = "deep models that read a very long text and say what stands in it from its first word to the last one"
    assert len(title) == 100
    assert found(paper(title), paper(f"{title} and why so much")) == []
    assert found(paper(title), paper(f"{title} and why so far")) == [("k00001", "near-duplicate-title")]


def test_the_same_words_in_another_order_are_another_title() -> None:
    assert found(paper("Attention and Memory in Long Networks"), paper("Long Networks in Memory and Attention")) == []


def test_titles_of_any_length_stand_among_each_other() -> None:
    title = "A Title That Is Longer than All the Others Here"
    short = [paper(f"Short {word}") for word in ("One", "Two", "Three", "Four", "Five")]
    for position in range(len(short) + 1):
        titles = [*short[:position], paper(title), paper(f"{title}s"), *short[position:]]
        assert found(*titles) == [(f"k{position + 1:05}", "near-duplicate-title")]


def test_a_former_title_that_two_share_is_no_sign() -> None:
    old = "Reading Long Titles in the Dark"
    assert found(paper("A Quite New Title", former_titles=[old]), paper("Other Words", former_titles=[old])) == []


def test_each_pair_of_an_author_is_judged_for_itself() -> None:
    one, other = "Reading Long Titles in the Dark", "Writing Short Ones by Day and Night"
    settled = paper(one, relations=[{"type": "extends", "paper": "k00000"}])
    assert found(paper(one), settled, paper(other), paper(other)) == [("k00003", "duplicate-title")]


def test_nothing_is_said_of_authors_that_could_not_be_read() -> None:
    title = "Reading Long Titles in the Dark"
    assert found({"title": title}, {"title": title}) == []
    assert found(paper(title, "A B C"), paper(title, "X Y Z")) == []
    assert found(paper(title, "Doe, Jane", authors=[{"family": "Doe", "orcid": "0"}]), paper(title)) == []
