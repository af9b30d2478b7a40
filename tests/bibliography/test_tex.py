"""What BibTeX and pdfLaTeX themselves make of the entries."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from bibtex_runs import (
    CLASSIC_STYLES,
    Seen,
    document_errors,
    latex_errors,
    printed_text,
    seen_by_bibtex,
    style_warnings,
)
from generator.bibliography import Version, bibtex, unencodable
from generator.model import Author, PaperType
from generator.survey import Paper
from generator.text import parts
from nasty import NASTY
from samples import EVERY_KIND, bibtex_file, file, paper


@pytest.fixture(scope="session", autouse=True)
def _tex(require_tool: Callable[..., str]) -> None:
    require_tool("bibtex")
    require_tool("pdflatex")


@pytest.mark.parametrize("style", CLASSIC_STYLES)
def test_no_style_warns_of_any_type(style: str, tmp_path: Path) -> None:
    assert {sample.record.type for sample in EVERY_KIND} == set(PaperType)
    assert style_warnings(bibtex_file(EVERY_KIND), style, tmp_path) == []


@pytest.mark.parametrize("version", list(Version))
@pytest.mark.parametrize("style", CLASSIC_STYLES)
def test_no_style_warns_of_nasty_records(style: str, version: Version, tmp_path: Path) -> None:
    assert len(NASTY) >= 60
    assert style_warnings(file("bibtex", NASTY, version), style, tmp_path) == []


@pytest.mark.parametrize("style", CLASSIC_STYLES)
def test_what_has_a_tex_form_compiles(style: str, tmp_path: Path) -> None:
    sound = [sample for sample in NASTY if not unencodable(sample, bibtex(sample))]
    assert len(sound) >= 60
    assert document_errors(bibtex_file(sound), style, tmp_path) == []


@pytest.mark.parametrize("style", CLASSIC_STYLES)
def test_no_style_warns_of_the_repository(style: str, papers: tuple[Paper, ...], tmp_path: Path) -> None:
    assert style_warnings(bibtex_file(papers), style, tmp_path) == []


@pytest.mark.parametrize("style", CLASSIC_STYLES)
def test_every_bibliography_compiles(style: str, papers: tuple[Paper, ...], tmp_path: Path) -> None:
    assert document_errors(bibtex_file([*EVERY_KIND, *papers]), style, tmp_path) == []


def test_acm_style_misses_only_what_the_records_lack(papers: tuple[Paper, ...], tmp_path: Path) -> None:
    expected = []
    for each in papers:
        record, key = each.record, each.key
        if record.type is PaperType.CONFERENCE:
            publisher = record.publisher or (each.venue and each.venue.publisher)
            expected += [f"Warning--empty address in {key}"]  # a record has no field for it
            expected += [] if publisher else [f"Warning--empty publisher in {key}"]
        if record.type is PaperType.BOOK:
            expected += [f"Warning--empty address in {key}"]
        if record.type is PaperType.JOURNAL and not (record.volume or record.number):
            expected += [f"Warning--no number and no volume in {key}"]
        if record.type in {PaperType.CONFERENCE, PaperType.JOURNAL} and not record.pages:
            expected += [f"Warning--page numbers missing in both pages and numpages fields in {key}"]
    assert sorted(style_warnings(bibtex_file(papers), "ACM-Reference-Format", tmp_path)) == sorted(expected)


def test_printed_titles_are_the_stored_ones(papers: tuple[Paper, ...], tmp_path: Path) -> None:
    printed = seen_by_bibtex(bibtex_file(papers), tmp_path)
    for each in papers:
        words = spoken(printed[each.key].title).split()
        stored = each.record.title.split()
        assert [word.casefold() for word in words] == [word.casefold() for word in stored]
        lost = [word for word, was in zip(words, stored, strict=True) if any(map(str.isupper, was[1:])) and word != was]
        assert all("-" in word for word in lost), lost  # “In-Context” may become “in-context”


def test_pdflatex_prints_the_stored_titles(papers: tuple[Paper, ...], tmp_path: Path) -> None:
    sound = [each for each in (*NASTY, *EVERY_KIND, *papers) if not unencodable(each, bibtex(each))]
    assert len(sound) >= 140
    printed = _as_read(printed_text(bibtex_file(sound), tmp_path))
    for each in sound:
        for part in parts(each.record.title):
            assert part.math or _as_read(part.text) in printed, (each.key, part.text)


def _as_read(text: str) -> str:
    """Return text without what a style or a page changes: case, spaces, the shape of dashes and quotation marks."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(str.maketrans("’‘“”‐‑–—", "''\"\"----"))
    return "".join(folded.split())


def test_outside_braces_no_capital_survives_but_at_the_start_of_a_part(
    papers: tuple[Paper, ...], tmp_path: Path
) -> None:
    """What BibTeX itself prints in sentence case: every other capital that is left was put into braces."""
    printed = seen_by_bibtex(bibtex_file((*papers, *EVERY_KIND, *NASTY)), tmp_path)
    assert len(printed) > 130
    for key, entry in printed.items():
        outside = entry.title
        while (without := re.sub(r"\\[A-Za-z]+|\{[^{}]*\}", "", outside)) != outside:
            outside = without
        for part in re.split(r"[.!?;:]", outside):
            letters = [character for character in part if character.isalpha()]
            assert not any(map(str.isupper, letters[1:])), (key, part)


def test_parts_of_names_are_the_stored_ones(papers: tuple[Paper, ...], tmp_path: Path) -> None:
    seen = seen_by_bibtex(bibtex_file(papers), tmp_path)
    for each in papers:
        assert name_parts(seen[each.key]) == [stored_parts(author) for author in each.record.authors]


def spoken(tex: str) -> str:
    """Read TeX as text, with straight quotation marks and plain spaces."""
    text: str = LatexNodes2Text(math_mode="verbatim").latex_to_text(tex)
    return text.translate(str.maketrans("’‘\xa0", "'' "))


def name_parts(entry: Seen) -> list[tuple[str, ...]]:
    return [tuple(spoken(part) for part in name) for name in entry.names]


def stored_parts(author: Author) -> tuple[str, ...]:
    if author.literal:
        return ("", "", author.literal, "")
    return (author.given or "", author.particle or "", author.family or "", author.suffix or "")


WORD = st.text("abcdeABCDEéÉØłß'", min_size=1, max_size=4).filter(lambda word: any(map(str.isalpha, word)))
SEVERAL = st.lists(WORD | st.sampled_from(["and", "de", "la", "et", "Jr."]), min_size=1, max_size=3)
FAMILY = st.builds(lambda words, joint: joint.join(words), SEVERAL, st.sampled_from([" ", "-"]))
PERSON = st.builds(
    lambda given, family, particle, suffix: {"given": given, "family": family} | particle | suffix,
    st.builds(" ".join, st.lists(WORD, min_size=1, max_size=3)),
    FAMILY,
    st.sampled_from([{}, {"particle": "van der"}, {"particle": "de"}, {"particle": "'t"}]),
    st.sampled_from([{}, {"suffix": "Jr."}, {"suffix": "III"}]),
)


@given(st.lists(PERSON | st.builds(lambda name: {"literal": name}, FAMILY), min_size=1, max_size=40))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bibtex_finds_the_parts_of_any_name(tmp_path: Path, people: list[dict[str, str]]) -> None:
    sample = paper(authors=people)
    seen = seen_by_bibtex(bibtex_file([sample]), tmp_path)["key"]
    assert name_parts(seen) == [stored_parts(author) for author in sample.record.authors]


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        (
            "A BERT study of GPT-4 at NeurIPS: the $L_2$ case",
            "A {BERT} study of {GPT-4} at {NeurIPS}: the {$L_2$} case",
        ),
        ("Birdie: Advancing State Space Models", "{Birdie}: Advancing state space models"),
        ("Why? Because It Works", "Why? {Because} it works"),
        ("(Dynamic) Prompting for Everyone", "({Dynamic}) prompting for everyone"),
        ("Élan Vital: École Normale", r"{\'E}lan vital: {\'E}cole normale"),
        ("ATTENTION IS ALL YOU NEED", "Attention is all you need"),
    ],
)
def test_bibtex_prints(title: str, printed: str, tmp_path: Path) -> None:
    assert seen_by_bibtex(bibtex_file([paper(title=title)]), tmp_path)["key"].title == printed


def test_every_form_compiles(tmp_path: Path) -> None:
    text = resources.files("generator.bibliography").joinpath("characters.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, str]] = tomllib.loads(text)
    t1 = set(tables["t1"].values())
    accented = [f"{{{command}{{{letter}}}}}" for command in tables["accents"].values() for letter in "aeX"]
    accented += [rf"{{{command}\i}}" for mark, command in tables["accents"].items() if mark < "\u0323"]
    forms = [*tables["ascii"].values(), *tables["letters"].values(), *tables["symbols"].values(), *t1, *accented]
    forms += [f"{{${form}$}}" for form in tables["math"].values()]
    assert latex_errors(forms, r"\usepackage[T1]{fontenc}", tmp_path) == {}
    needing_t1 = set(latex_errors(forms, "", tmp_path))
    assert needing_t1 == t1 | {form for form in accented if form.startswith(r"{\k")}
