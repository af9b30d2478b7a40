"""Related papers and the map of similar ones: what is alike is found and stands close, with reasons, and always the same."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from generator.arranging import arranged
from generator.bibliography import every_format
from generator.pages import render, similar_map
from generator.pages.arrangement import arrangement
from generator.pages.templates import read_templates
from surveys import make_survey

Pages = dict[str, str]

FIELDS = {
    "bees": ("honey", "hive", "queen", "pollen", "swarm", "nectar", "colony", "beekeeper"),
    "stars": ("galaxy", "nebula", "telescope", "redshift", "quasar", "supernova", "orbit", "spectrum"),
}
"""Two fields with no word in common."""


def paper(title: str, **fields: Any) -> dict[str, Any]:
    return {"title": title, "authors": ["Doe, Jane"], "year": 2001, "type": "preprint", **fields}


def two_fields() -> dict[str, Any]:
    """A survey of two fields, twenty papers each, with no groups: each speaks of four of its field's words."""
    files: dict[str, Any] = {"survey": {"format": 1, "title": "S"}}
    for field, words in FIELDS.items():
        for number in range(20):
            spoken = [words[(number * step + number) % 8] for step in (1, 2, 3, 5)]
            author = f"Author{field}{number}, A"
            files[f"papers/{field}{number:02}"] = paper(" and ".join(spoken).capitalize(), authors=[author])
    return files


def rendered(repository: Path, files: dict[str, Any]) -> Pages:
    survey = make_survey(files)
    outputs = render(survey, every_format(survey), read_templates(repository))
    return {output.path: output.content.decode() for output in outputs if output.path.endswith(".md")}


def block(page: str, heading: str) -> str:
    """What stands below a heading, with its character references read."""
    text = page.split(f"{{ #{heading} }}")[1].split("\n#", maxsplit=1)[0]
    return re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), text)


def places(page: str) -> dict[str, tuple[float, float]]:
    """Where each paper stands on the map."""
    found = re.findall(r'xlink:href="../../papers/([^/]+)/"[^>]* transform="translate\(([\d.]+) ([\d.]+)\)"', page)
    return {key: (float(x), float(y)) for key, x, y in found}


def test_papers_of_a_field_stand_nearer_to_each_other_than_to_another(repository: Path) -> None:
    pages = rendered(repository, two_fields())
    spots = places(pages["docs/map/similar/index.md"])
    assert len(spots) == 40
    apart: dict[bool, list[float]] = {True: [], False: []}
    for one, other in combinations(spots, 2):
        apart[one[:4] == other[:4]].append(math.dist(spots[one], spots[other]))
    within, between = (sum(those) / len(those) for those in apart.values())
    assert within < between / 2
    nearest = {key: min(spots.keys() - {key}, key=lambda other: math.dist(spots[key], spots[other])) for key in spots}
    assert all(key[:4] == other[:4] for key, other in nearest.items())
    for key in spots:
        related = re.findall(r'papers/([^/"]+)/"', block(pages[f"docs/papers/{key}/index.md"], "similar"))
        assert 3 <= len(related) <= 6
        assert {other[:4] for other in related} == {key[:4]}


def test_the_same_survey_gives_the_same_bytes_in_any_process(repository: Path) -> None:
    script = (
        "import sys, hashlib; sys.path.insert(0, 'tests'); from pathlib import Path; import test_similar as t;"
        "pages = t.rendered(Path('.'), t.two_fields());"
        "print(hashlib.sha256(repr(sorted(pages.items())).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=repository,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            encoding="utf-8",
            check=True,
            timeout=300,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


RELATED: dict[str, Any] = {
    "survey": {"format": 1, "title": "S", "groupings": ["topics"]},
    "groupings/topics/_index": {"title": "Topics"},
    "groupings/topics/a": {"title": "Bees & <hives>", "papers": ["one", "two"]},
    "groupings/topics/b": {"title": "Other", "papers": ["three", "four"]},
    "papers/one": paper("Swarming <b>honeybees</b>", summary="Of pollen, says [@four].", relations=[
        {"type": "extends", "paper": "three", "note": "N"}, {"type": "contrasts", "paper": "four"},
    ]),
    "papers/two": paper("The honeybees at night", summary="Pollen again.", authors=["Roe, Ann", "Doe, Jane"]),
    "papers/three": paper("Wasps", authors=["Poe, Max"], relations=[{"type": "surveys", "paper": "five"}]),
    "papers/four": paper("Ants", authors=["Moe, Tim"], relations=[{"type": "contrasts", "paper": "one"}]),
    "papers/five": paper("Moths", authors=["Loe, Kim"], relations=[{"type": "applies", "paper": "three"}]),
    "papers/six": paper("Nothing of the kind", authors=["Noe, Pat"]),
}  # fmt: skip


@pytest.fixture(scope="module")
def related(repository: Path) -> Pages:
    return rendered(repository, RELATED)


def test_each_similar_paper_has_its_reasons(related: Pages) -> None:
    text = block(related["docs/papers/one/index.md"], "similar")
    assert re.findall(r'papers/([^/"]+)/"', text) == ["two"], "what it has a relation with is above"
    words = " ".join(re.sub("<[^>]*>", " ", text).split())
    assert "both speak of honeybees , pollen" in words
    assert ">Bees & <hives></a>" in text
    assert "both by Jane Doe" in words
    assert 'href="../../topics/a/"' in text


def test_a_paper_like_no_other_has_no_list_but_is_on_the_map(related: Pages) -> None:
    assert "Related papers" not in related["docs/papers/six/index.md"]
    assert places(related["docs/map/similar/index.md"]).keys() == {"one", "two", "three", "four", "five", "six"}


def test_the_graph_shows_two_steps_and_the_list_says_the_same(related: Pages) -> None:
    page = related["docs/papers/one/index.md"]
    text = re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), page)
    graph = text.split('<figure class="survey-graph">')[1].split("</figure>")[0]
    assert re.findall(r'xlink:href="../../papers/(\w+)/"', graph) == ["three", "four", "five"]
    assert re.findall(r"<title>(\w+, \d+: .*?)</title>", graph) == [
        "Doe, 2001: extends Poe, 2001",
        "Doe, 2001: in contrast to Moe, 2001",
        "Poe, 2001: surveys Loe, 2001",
        "Loe, 2001: applies Poe, 2001",
    ], "what two papers say of each other alike is one line"
    arrows = dict(re.findall(r'survey-line--(\w[\w-]*)[^>]*?( marker-end="[^"]*")?>', graph.split("</svg>")[0]))
    assert {kind for kind, arrow in arrows.items() if arrow} == {"extends", "surveys", "applies"}
    legend = re.findall(r"</svg> ([^<]*)</li>", graph)
    assert legend == ["Extends", "Applies", "Surveys", "In contrast to"]
    listed = re.sub("<[^>]*>", "", block(page, "relations"))
    assert "From there: Surveys Loe, 2001, Applied by Loe, 2001" in listed
    assert "survey-graph" not in related["docs/papers/two/index.md"]


def test_a_paper_with_many_relations_has_a_small_graph(repository: Path) -> None:
    files = {"survey": {"format": 1, "title": "S"}, "papers/hub": paper("Hub")}
    for number in range(30):
        files[f"papers/p{number:02}"] = paper(f"P{number}", relations=[{"type": "extends", "paper": "hub"}])
    page = rendered(repository, files)["docs/papers/hub/index.md"]
    assert len(re.findall("<a class=.survey-graph__node", page)) == 12
    assert "18 more in the list" in page
    assert page.count("Extended by") == 30


def test_two_papers_make_no_map(repository: Path) -> None:
    pages = rendered(
        repository, {"survey": {"format": 1, "title": "S"}, "papers/a": paper("A"), "papers/b": paper("B")}
    )
    assert "docs/map/similar/index.md" not in pages
    assert not [path for path, text in pages.items() if "map/similar" in text]


def test_marks_tell_topics_apart_by_shape_and_colour(repository: Path) -> None:
    files: dict[str, Any] = {"survey": {"format": 1, "title": "S", "groupings": ["topics"]}}
    files["groupings/topics/_index"] = {"title": "Topics"}
    for number in range(20):
        files[f"groupings/topics/t{number:02}"] = {"title": f"T{number}", "papers": [f"p{number:02}"]}
        files[f"papers/p{number:02}"] = paper(f"P{number}")
    files["papers/alone"] = paper("Alone")
    page = rendered(repository, files)["docs/map/similar/index.md"]
    marks = re.findall(r'survey-similar__sized"><use xlink:href="#survey-mark-(\w+)" data-mark="([^"]*)"', page)
    assert len(set(marks)) == 21
    assert marks[-1] == ("none", "none")
    assert set(dict(marks)) == {*"01234567", "none"}
    listed = re.findall(r'<li><a href="../../papers/(\w+)/"', page)
    assert sorted(listed) == sorted(places(page))


def test_large_maps_stay_light(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similar_map, "MOST_POINTS", 15)
    monkeypatch.setattr(similar_map, "MOST_LISTED", 39)
    files = two_fields()
    files["survey"]["groupings"] = ["topics"]
    files["groupings/topics/_index"] = {"title": "Topics"}
    files["groupings/topics/t"] = {
        "title": "Bees",
        "papers": [key[7:] for key in files if key.startswith("papers/bees")],
    }
    page = rendered(repository, files)["docs/map/similar/index.md"]
    page = re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), page)
    assert len(places(page)) == 15
    assert page.count("h0") == 25, "the others are specks"
    assert "Of 40 papers, the 15" in page
    assert '<a href="../../topics/t/" data-narrowed="topics=t">Bees</a> <span class="survey-count">20</span>' in page
    assert "<li>" not in page


def test_nothing_stands_on_anything_else() -> None:
    ring = [tuple(((number + step) % 300, 1.0) for step in (1, 2)) for number in range(300)]
    points = arranged([*ring, *[()] * 60], 0.8)
    assert min(math.dist(one, other) for one, other in combinations(points, 2)) >= 0.799
    assert arranged([], 0.8) == []


RING = [tuple(((number + step) % 60, 1.0) for step in (1, 2)) for number in range(60)]


def test_what_an_earlier_run_worked_out_is_used_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    points, kept = arrangement(RING, 0.8, b"")
    monkeypatch.setattr("generator.pages.arrangement.arranged", lambda *_: pytest.fail("it is known"))
    assert arrangement(RING, 0.8, kept.content) == (points, kept)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"{", b""),
        (b'"points": [', b'"points": [[1.0, 2.0], '),
        (b'"points": [[', b'"points": [[NaN, 0.5], ['),
        (b'"points": [[', b'"points": [["x", '),
        (b'"points": [[', b'"points": [[1' + b"0" * 400 + b", "),
        (b'"of": "', b'"of": "0'),
        (b'{"of"', b"[" * 100_000 + b'{"of"'),
        (b'{"of"', b'\xff{"of"'),
    ],
)
def test_what_is_not_known_to_be_true_is_worked_out_again(old: bytes, new: bytes) -> None:
    points, kept = arrangement(RING, 0.8, b"")
    assert arrangement(RING, 0.8, kept.content.replace(old, new, 1)) == (points, kept)


def test_what_is_known_of_other_papers_is_not_used() -> None:
    points, kept = arrangement(RING, 0.8, b"")
    others = [*RING[:-1], ()]
    assert arrangement(others, 0.8, kept.content) == arrangement(others, 0.8, b"") != (points, kept)
