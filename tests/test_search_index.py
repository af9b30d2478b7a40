"""The index of the search as its files have it: read here as the script in the browser reads it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.bibliography import every_format
from generator.pages import render
from generator.pages.search import COMMON, EXACT
from generator.pages.templates import Templates, read_templates
from generator.survey import Survey
from surveys import make_survey

FOLDER = "docs/assets/survey/index/"
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"

CONTENT: dict[str, Any] = {
    "survey": {
        "format": "1",
        "title": "S",
        "groupings": ["topics"],
        "tags": {"long-context": "Long inputs"},
        "attributes": {"training": {"title": "Training", "type": "choice", "values": {"none": "No training"}}},
    },
    "venues": {"acl": {"short": "ACL", "full": "Annual Meeting", "kind": "conference"}},
    "groupings/topics/_index": {"title": "Topics"},
    "groupings/topics/sparse": {
        "title": "Sparse models",
        "summary": "Few parts at work.",
        "body": "Opening words.\n\n## Routing of tokens\n\nWho decides, see [@gardel2021].",
    },
    "papers/gardel2021": {
        "title": "Pre-training of quokkas in $O(n)$",
        "former_titles": ["On wombats"],
        "authors": ["Gárdel, Łukasz", {"literal": "The <b>Team</b>"}],
        "year": "2021",
        "type": "conference",
        "venue": "acl",
        "arxiv": "2101.00001",
        "doi": "10.5555/AbC.1",
        "summary": "The numbat is a **small** animal of the numbats.",
        "contributions": ["A bilby."],
        "groups": ["topics/sparse"],
        "tags": ["long-context"],
        "attributes": {"training": "none"},
        "aliases": ["old2020"],
    },
    "papers/roe2022": {
        "title": "Numbat",
        "authors": ["Roe, Jo"],
        "year": "2022",
        "type": "preprint",
        "status": "retracted",
        "summary": "About a quokka.",
    },
}


@pytest.fixture(scope="module")
def templates(repository: Any) -> Templates:
    return read_templates(repository)


def index(survey: Survey, templates: Templates) -> dict[str, Any]:
    written = every_format(survey)
    outputs = render(survey, written, templates)
    return {o.path.removeprefix(FOLDER): json.loads(o.content) for o in outputs if o.path.startswith(FOLDER)}


@pytest.fixture(scope="module")
def files(templates: Templates) -> dict[str, Any]:
    return index(make_survey(CONTENT), templates)


def numbers(text: str) -> list[int]:
    found, last, step, shift = [], 0, 0, 0
    for digit in map(DIGITS.index, text):
        step |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            last, step, shift = last + step, 0, 0
            found.append(last)
    return found


def terms(files: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {
        term: levels
        for name, part in files.items()
        if name.startswith("terms/")
        for term, levels in part["terms"].items()
    }


def entries(files: dict[str, Any]) -> list[list[Any]]:
    parts = sorted((name for name in files if name.startswith("entries/")), key=lambda name: int(name[8:-5]))
    return [entry for name in parts for entry in files[name]["entries"]]


def described_by(files: dict[str, Any], word: str) -> dict[str, int]:
    """Return what a word describes, by address, and how well."""
    shown = entries(files)
    return {shown[n][1]: int(level) for level, text in terms(files).get(word, {}).items() for n in numbers(text)}


@pytest.mark.parametrize(
    ("word", "address"),
    [
        ("gardel", "papers/gardel2021/"),  # without accents
        ("lukasz", "papers/gardel2021/"),
        ("team", "papers/gardel2021/"),
        ("wombats", "papers/gardel2021/"),  # a former title
        ("pretraining", "papers/gardel2021/"),  # a compound, joined
        ("training", "papers/gardel2021/"),  # … and in parts
        ("bilby", "papers/gardel2021/"),  # a contribution
        ("acl", "papers/gardel2021/"),
        ("sparse", "papers/gardel2021/"),  # a group
        ("2021", "papers/gardel2021/"),
        ("sparse", "topics/sparse/"),
        ("opening", "topics/sparse/"),
        ("decides", "topics/sparse/#section-routing-of-tokens"),
        ("long", "papers/?tag=long-context"),
        ("acl", "papers/?venue=acl"),
        ("none", "papers/?training=none"),
        ("downloads", "downloads/"),
        ("topics", "topics/"),
    ],
)
def test_a_word_leads_to_what_it_describes(files: dict[str, Any], word: str, address: str) -> None:
    assert address in described_by(files, word)


def test_a_title_tells_more_than_a_summary_and_a_sound_paper_more_than_a_retracted_one(files: dict[str, Any]) -> None:
    quokka, numbat = described_by(files, "quokkas"), described_by(files, "numbat")
    assert quokka["papers/gardel2021/"] > described_by(files, "quokka")["papers/roe2022/"]
    assert numbat["papers/roe2022/"] > numbat["papers/gardel2021/"]
    sound = {**CONTENT, "papers/roe2022": {k: v for k, v in CONTENT["papers/roe2022"].items() if k != "status"}}
    assert make_survey(sound).papers["roe2022"].record.status.value == "published"


@pytest.mark.parametrize("id_", ["gardel2021", "old2020", "2101.00001", "10.5555/abc.1"])
def test_keys_and_identifiers_are_known_as_a_whole(files: dict[str, Any], id_: str) -> None:
    assert described_by(files, id_) == {"papers/gardel2021/": EXACT}


def test_the_manual_for_contributors_comes_behind_what_readers_look_for(files: dict[str, Any]) -> None:
    found = described_by(files, "unknown")
    assert "contribute/findings/unknown-venue/" in found
    assert max(found.values()) < described_by(files, "downloads")["downloads/"]


def test_words_that_tell_nothing_are_left_out_of_texts_but_not_of_titles(files: dict[str, Any]) -> None:
    assert {"the", "of", "on"} <= set(COMMON) == set(files["index.json"]["common"])
    assert "papers/roe2022/" not in described_by(files, "a")
    assert "papers/gardel2021/" in described_by(files, "of")


def test_an_entry_holds_what_is_shown_of_it_as_text(files: dict[str, Any]) -> None:
    entry = next(entry for entry in entries(files) if entry[1] == "papers/gardel2021/")
    kind, _, title, people, about, text = entry
    assert files["index.json"]["kinds"][kind] == "Paper"
    assert title[0] == "Pre-training of quokkas in "
    assert title[1][0] == "math"
    assert people == "Łukasz Gárdel, The <b>Team</b>"
    assert (about, text) == ("ACL · 2021", "The numbat is a small animal of the numbats. A bilby.")
    retracted = next(entry for entry in entries(files) if entry[1] == "papers/roe2022/")
    assert retracted[4] == "Retracted · Preprint · 2022"


def test_corrections_are_of_titles_and_names_by_length(files: dict[str, Any]) -> None:
    assert "gardel" in files["words/6.json"]["words"].split()
    assert "numbat" in files["words/6.json"]["words"].split()
    assert "bilby" not in files.get("words/5.json", {"words": ""})["words"].split()
    assert files["index.json"]["words"] == sorted(int(name[6:-5]) for name in files if name.startswith("words/"))


def test_equal_content_gives_equal_files_and_a_changed_text_few_others(templates: Templates) -> None:
    many = dict(CONTENT)
    for number in range(300):
        words = " ".join(f"{chr(97 + number % 26)}{chr(97 + i)}word{number * i}" for i in range(20))
        many[f"papers/p{number}"] = {
            "title": f"Title {number}",
            "authors": ["Roe, Jo"],
            "year": "2020",
            "type": "preprint",
            "summary": words,
        }
    first, again = index(make_survey(many), templates), index(make_survey(many), templates)
    assert first == again
    edited = {
        **many,
        "papers/p7": {**many["papers/p7"], "summary": many["papers/p7"]["summary"].replace("haword0", "haword1")},
    }
    second = index(make_survey(edited), templates)
    changed = {name for name in first if first[name] != second.get(name)}
    assert second.keys() == first.keys()
    assert len(changed) <= 4 < len(first) / 10
    assert "index.json" not in changed
    fewer = {path: file for path, file in many.items() if path != "papers/p7"}
    assert index(make_survey(fewer), templates)["index.json"]["version"] != first["index.json"]["version"]


def test_files_are_small_sorted_and_of_one_version(files: dict[str, Any], templates: Templates) -> None:
    many = {
        **CONTENT,
        **{
            f"papers/p{n}": {**CONTENT["papers/roe2022"], "title": f"Word{n} and more", "status": "published"}
            for n in range(500)
        },
    }
    made = index(make_survey(many), templates)
    summary = made["index.json"]
    parts = {name: part for name, part in made.items() if name.startswith(("terms/", "entries/"))}
    assert {part["version"] for part in parts.values()} == {summary["version"]}
    assert all(len(json.dumps(part, ensure_ascii=False, separators=(",", ":"))) < 20_000 for part in parts.values())
    firsts = [next(iter(made[f"terms/{n}.json"]["terms"])) for n in range(len(summary["terms"]))]
    assert firsts == summary["terms"] == sorted(firsts)
    assert summary["count"] == len(entries(made))
    blocks = numbers(summary["entries"])
    assert all(
        len(made[f"entries/{n}.json"]["entries"]) == end - start
        for n, (start, end) in enumerate(zip(blocks, [*blocks[1:], summary["count"]], strict=True))
    )
    assert len(files["index.json"]["terms"]) < len(summary["terms"])


def test_a_survey_without_papers_has_an_index(templates: Templates) -> None:
    empty = index(make_survey({"survey": {"format": "1", "title": "Empty", "groupings": []}}), templates)
    assert "downloads/" in described_by(empty, "downloads")
