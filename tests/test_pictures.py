"""Timeline and gap map: their numbers are those of the records, and each number leads to its papers."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from generator.bibliography import every_format
from generator.build import load
from generator.pages import render
from generator.pages.templates import read_templates
from surveys import make_survey, read_yaml

Pages = dict[str, str]
Standings = dict[str, dict[str, set[str]]]


@pytest.fixture(scope="module")
def pages(repository: Path) -> Pages:
    """The pages of the repository's own survey."""
    loaded = load(repository, lambda _: None)
    outputs = render(loaded.survey, every_format(loaded.survey), read_templates(repository))
    return {output.path: output.content.decode() for output in outputs if output.path.endswith(".md")}


@pytest.fixture(scope="module")
def records(repository: Path) -> dict[str, Any]:
    """The records as YAML, read without the generator."""
    return {file.stem: read_yaml(file) for file in (repository / "content/papers").glob("*.yaml")}


@pytest.fixture(scope="module")
def standings(repository: Path, records: dict[str, Any]) -> Standings:
    """Of each dimension, the papers of each part, worked out from the files alone."""
    return {**_groups(repository, records), **_values(repository, records)}


def _groups(repository: Path, records: dict[str, Any]) -> Standings:
    found = {}
    for index in (repository / "content/groupings").glob("*/_index.yaml"):
        folder = index.parent
        tops: dict[str, set[str]] = {file.stem: set() for file in folder.glob("*.yaml") if file != index}
        for file in folder.rglob("[!_]*.yaml"):
            members = read_yaml(file).get("papers", [])
            top = file.relative_to(folder).parts[0].removesuffix(".yaml")
            tops[top] |= {one if isinstance(one, str) else one["paper"] for one in members}
        for key, record in records.items():
            for one in record.get("groups", []):
                grouping, top, *_ = (one if isinstance(one, str) else one["group"]).split("/")
                if grouping == folder.name:
                    tops[top].add(key)
        found[folder.name] = tops
    return found


def _values(repository: Path, records: dict[str, Any]) -> Standings:
    found = {}
    for name, declared in read_yaml(repository / "content/survey.yaml")["attributes"].items():
        if declared["type"] not in {"choice", "choices", "yes/no"}:
            continue
        parts: dict[str, set[str]] = {value: set() for value in declared.get("values", ["yes", "no"])}
        for key, record in records.items():
            said = record.get("attributes", {}).get(name, "unknown")
            said = said.get("value", said) if isinstance(said, dict) else said
            for value in said if isinstance(said, list) else [said]:
                parts.setdefault("not applicable" if value == "n/a" else value, set()).add(key)
        found[name] = parts
    return found


def cells(page: str) -> list[list[tuple[str | None, int]]]:
    """The cells of a map's table, by row: the fragment that each leads to, and its number."""
    table = re.search(r'<table class="[^"]*survey-heat.*?</table>', page, re.DOTALL)
    assert table
    body = re.search(r"<tbody>.*</tbody>", table[0], re.DOTALL)
    assert body
    rows = [re.findall(r"<td class=\"survey-heat__cell.*?</td>", row, re.DOTALL) for row in body[0].split("<tr>")[1:]]
    return [[(_fragment(cell), int(re.sub("<[^>]*>", "", cell))) for cell in row] for row in rows]


def _fragment(cell: str) -> str | None:
    found = re.search(r'href="[^"#]*#([^"]*)"', cell)
    return found and found[1]


def listed(page: str, fragment: str) -> list[str]:
    """The keys of the papers under the heading of a fragment."""
    section = page.split(f"{{ #{fragment} ")[1].split("\n#", maxsplit=1)[0]
    return re.findall(r'href="[^"]*papers/([^/"]+)/"', section)


def test_any_two_dimensions_have_a_map(pages: Pages, standings: Standings) -> None:
    maps = {tuple(path.split("/")[2:4]) for path in pages if re.fullmatch(r"docs/map/[^/]+/[^/]+/index\.md", path)}
    assert {frozenset(pair) for pair in maps} == {frozenset(pair) for pair in combinations(standings, 2)}
    index = pages["docs/map/index.md"]
    assert all(f'href="../map/{one}/{other}/"' in index for one, other in maps)


def test_each_number_is_that_of_the_records_and_leads_to_exactly_its_papers(pages: Pages, standings: Standings) -> None:
    for path, page in pages.items():
        found = re.fullmatch(r"docs/map/([^/]+)/([^/]+)/index\.md", path)
        if not found:
            continue
        one, other = (standings[name].values() for name in found.groups())
        expected = Counter(frozenset(a & b) for a in one for b in other)
        shown = [cell for row in cells(page) for cell in row]
        lists = [listed(page, fragment) for fragment, _ in shown if fragment]
        assert [len(keys) for keys in lists] == [count for fragment, count in shown if fragment], path
        assert Counter(map(frozenset, lists)) == Counter({k: n for k, n in expected.items() if k}), path
        assert all(count == 0 for fragment, count in shown if fragment is None)
        assert len(shown) == expected.total(), "empty cells are there"


def test_links_within_pictures_say_that_they_are_links(pages: Pages) -> None:
    """A search engine, as Lighthouse simulates it, takes `xlink:href` for no address."""
    within = [link for page in pages.values() for link in re.findall(r"<a [^>]*xlink:href[^>]*>", page)]
    assert len(within) > 500
    assert [link for link in within if 'role="link"' not in link] == []


def test_the_picture_shows_what_the_table_says(pages: Pages) -> None:
    page = pages["docs/map/topics/kinds/index.md"]
    link = r'<a role="link" xlink:href="[^"#]*#([^"]*)" data-narrowed="[^"]*" tabindex="-1">'
    circles = re.findall(rf'{link}<circle.*? r="([0-9.]+)".*?: (\d+)</title>', page)
    assert [(fragment, int(count)) for fragment, _, count in circles] == [
        cell for row in cells(page) for cell in row if cell[0]
    ]
    radii = {int(count): float(radius) for _, radius, count in circles}
    assert [radii[count] for count in sorted(radii)] == sorted(radii.values())
    assert page.count('class="survey-map__empty"') == sum(cell[0] is None for row in cells(page) for cell in row)


SMALL: dict[str, Any] = {
    "survey": {
        "format": 1,
        "title": "S",
        "groupings": ["topics"],
        "attributes": {
            "topics": {"title": "Named <i>like</i> a grouping", "type": "yes/no"},
            "size": {"title": "Size", "type": "choice", "values": {"small": "S", "very_big": "B"}},
        },
    },
    "groupings/topics/_index": {"title": "Topics"},
    "groupings/topics/a": {"title": "A", "papers": ["one", "two"]},
    "groupings/topics/b": {"title": "B"},
    **{
        f"papers/{key}": {"title": key, "authors": ["Doe, Jane"], "year": year, "type": "preprint", "attributes": said}
        for key, year, said in [
            ("one", 2001, {"size": "small", "topics": "yes"}),
            ("two", 2001, {"size": "n/a"}),
            ("three", 2004, {"topics": "no"}),
        ]
    },
}


def small(repository: Path, **changed: Any) -> Pages:
    survey = make_survey({**SMALL, **changed})
    outputs = render(survey, every_format(survey), read_templates(repository))
    return {output.path: output.content.decode() for output in outputs if output.path.endswith(".md")}


def test_what_has_no_place_is_told_apart(repository: Path) -> None:
    page = small(repository)["docs/map/topics/size/index.md"]
    heads = [re.sub(r"&#(\d+);", lambda c: chr(int(c[1])), text) for text in re.findall(r'"row"[^>]*>(.*?)</th>', page)]
    assert heads == ["small", "very big", "not applicable", "unknown", "all"]
    assert [[count for _, count in row] for row in cells(page)] == [[1, 0, 0], [0, 0, 0], [1, 0, 0], [0, 0, 1]]
    assert "in no group" in re.sub(r"&#32;", " ", page)
    assert page.count("survey-heat__cell--gap") == 2


def test_an_attribute_may_be_named_like_a_grouping(repository: Path) -> None:
    files = small(repository)
    assert "docs/map/topics/topics-2/index.md" in files
    assert "<i>" not in files["docs/map/topics/topics-2/index.md"].split("---\n", 2)[2]


def test_a_grouping_without_groups_in_a_survey_without_papers_is_not_crossed(repository: Path) -> None:
    survey = make_survey({name: SMALL[name] for name in ("survey", "groupings/topics/_index")})
    paths = [output.path for output in render(survey, every_format(survey), read_templates(repository))]
    assert [path for path in paths if "/map/" in path and path.endswith(".md")] == [
        "docs/map/index.md",
        "docs/map/topics/size/index.md",
    ]


def test_one_dimension_makes_no_map(repository: Path) -> None:
    files = small(repository, survey={"format": 1, "title": "S", "groupings": ["topics"]}, **{
        f"papers/{key}": {**SMALL[f"papers/{key}"], "attributes": {}} for key in ("one", "two", "three")
    })  # fmt: skip
    assert [path for path in files if "/map/" in path] == ["docs/map/similar/index.md"]
    assert "map/" not in files["docs/index.md"]


def years(page: str) -> list[tuple[int, int]]:
    """What a timeline tells in words."""
    caption = re.search(r"<figcaption>Papers by year.*?</figcaption>", page)
    assert caption
    return [(int(y), int(n)) for y, n in re.findall(r"(\d{4}) (\d+)", re.sub("<[^>]*>", "", caption[0]))]


def test_timelines_count_the_records(pages: Pages, records: dict[str, Any], standings: Standings) -> None:
    newest_first = sorted(Counter(int(record["year"]) for record in records.values()).items(), reverse=True)
    assert years(pages["docs/years/index.md"]) == newest_first
    for name, keys in standings["topics"].items():
        counted = Counter(int(records[key]["year"]) for key in keys)
        page = pages[f"docs/topics/{name}/index.md"]
        if len(counted) > 1:
            assert years(page) == sorted(counted.items(), reverse=True)
        else:
            assert "survey-timeline" not in page


def test_a_timeline_shows_years_without_papers(repository: Path) -> None:
    page = small(repository)["docs/years/index.md"]
    assert re.findall(r'survey-timeline__year"[^>]*>(\d+)<', page) == ["2001", "2002", "2003", "2004"]
    assert re.findall(r'survey-timeline__count"[^>]*>(\d+)<', page) == ["2", "1"]
    assert re.findall(r'height="(\d+)" rx', page) == ["110", "55"]


def test_of_many_years_some_are_named(repository: Path) -> None:
    old = {**SMALL["papers/one"], "year": 1951}
    page = small(repository, **{"papers/one": old})["docs/years/index.md"]
    named = re.findall(r'survey-timeline__year"[^>]*>(\d+)<', page)
    assert named[-1] == "2004"
    assert 10 <= len(named) <= 16
