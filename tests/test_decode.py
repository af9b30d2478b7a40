"""Whatever stands in a content file, decoding and checking give findings, never an exception."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from generator.checks import check
from generator.decode import decode
from generator.diagnostics import Diagnostic, Place, ordered
from generator.model import Author, PaperRecord
from generator.names import AmbiguousNameError, split_name
from generator.resolve import resolve
from generator.source import SourceFile
from generator.values import MAX_PROSE, ArxivId, Date, Isbn, Issn, Link, Month, Pages, PartialDate

PATHS = [
    "content/survey.yaml",
    "content/venues.yaml",
    "content/retired.yaml",
    "content/considered.yaml",
    "content/papers/doe2020title.yaml",
    "content/groupings/topics/_index.yaml",
    "content/groupings/topics/a.yaml",
    "content/pages/about.md",
]
GOOD: dict[str, Any] = {
    "title": "A Title", "authors": ["Doe, Jane"], "year": "2020", "type": "web", "summary": "See @doe2020title.",
    "groups": ["topics/a"], "relations": [{"type": "extends", "paper": "doe2020title"}], "attributes": {"speed": "2"},
}  # fmt: skip


def findings(*files: SourceFile) -> list[Diagnostic]:
    content, malformed = decode(files)
    survey, dangling = resolve(content)
    return ordered([*malformed, *dangling, *check(content, survey)])


texts = st.text(st.characters(codec="utf-8"), max_size=20)
values = st.recursive(
    texts | st.sampled_from(["[@x]", "2020", "n/a", "javascript:x", "10.1/x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(texts | st.sampled_from(list(PaperRecord.model_fields)), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=300)
@given(st.sampled_from(PATHS), texts)
@example("content/papers/doe2020title.yaml", "&a [*a]")
@example("content/papers/doe2020title.yaml", "? {a: b}\n: c")
@example("content/papers/doe2020title.yaml", "!!binary =")
@example("content/papers/doe2020title.yaml", "--- a\n...\nb")
@example("content/survey.yaml", "attributes: {<<: 1, a: {type: choice}}")
def test_any_text(path: str, text: str) -> None:
    for found in findings(SourceFile(path, text)):
        assert found.message
        assert 1 <= found.place.line <= text.count("\n") + 1
        assert found.place.column >= 1


@settings(max_examples=300)
@given(st.sampled_from(PATHS), st.dictionaries(st.sampled_from(list(PaperRecord.model_fields)), values))
def test_any_structure(path: str, data: dict[str, Any]) -> None:
    text = yaml.dump(GOOD | data, allow_unicode=True)
    for found in findings(SourceFile(path, text)):
        assert found.message


@given(st.sampled_from(sorted(PaperRecord.model_fields)), values)
def test_a_field_of_the_wrong_kind_is_found_or_kept(name: str, value: Any) -> None:
    """A value is either accepted, or reported on the file it stands in: it never vanishes."""
    path = "content/papers/doe2020title.yaml"
    file = SourceFile(path, yaml.dump({**GOOD, name: value}, default_style='"', allow_unicode=True))
    content, found = decode([file])
    kept = path.removeprefix("content/papers/").removesuffix(".yaml") in content.papers
    assert kept or any(diagnostic.place.file == path for diagnostic in found)
    if kept and not found:
        assert name in content.papers["doe2020title"].value.model_fields_set


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Ren, Hongyu", {"family": "Ren", "given": "Hongyu"}),
        ("Hongyu Ren", {"family": "Ren", "given": "Hongyu"}),
        ("van der Berg, Jan", {"particle": "van der", "family": "Berg", "given": "Jan"}),
        ("Del Bimbo, Alberto", {"family": "Del Bimbo", "given": "Alberto"}),
        ("de la, X", {"particle": "de", "family": "la", "given": "X"}),
        ("  Doe ,  Jane  Q. ", {"family": "Doe", "given": "Jane Q."}),
    ],
)
def test_names(written: str, parts: dict[str, str]) -> None:
    assert split_name(written) == parts


@pytest.mark.parametrize("written", ["Plato", "Jane Mary Doe", "Doe, Jr, John", ", Jane", "Doe,", "", "van Gogh"])
def test_ambiguous_names(written: str) -> None:
    with pytest.raises(AmbiguousNameError):
        split_name(written)


TYPED: dict[str, tuple[Any, list[str], list[str]]] = {
    "isbn": (
        Isbn,
        ["978-0-306-40615-7", "9780306406157", "979-10-90636-07-1", "0-306-40615-2", "080442957X", "0-8044-2957-x"],
        ["978-0-306-40615-8", "978030640601X", "0-306-40615-3", "977-0-306-40615-7", "X804429570", "306-40615-2", "--"],
    ),
    "issn": (Issn, ["2307-387X", "0378-5955", "03785955"], ["2307-3870", "0378-5956", "X307-3870", "378-5955"]),
    "pages": (
        Pages,
        ["53-68", "53--68", "53 – 68", "S1-S9", "e12", "1:1-1:30", "7,9-12", " 5 "],
        ["xii", "53-", "-53", "53---68", "53 68", ""],
    ),
    "link": (
        Link,
        ["https://a.example", "http://a.example:8080/?q={x}#f", "mailto:a@b.example", "https://ü.example/é"],
        ["https:a.example", "https:///x", "https://@/x", "http://[::1/", "mailto:", "ftp://a.example", "//a.example/x", "a b"],
    ),
    "arxiv": (ArxivId, ["2107.05768", "0704.0001", "cs/0101001", "math.GT/0309136"], ["2113.05768", "2107.05768v2", "cs/0113001"]),
    "date": (Date, ["2024-02-29", "0001-01-01"], ["2023-02-29", "2024-2-29", "2024-02", "0000-01-01", "2024-00-01"]),
    "partial date": (PartialDate, ["2024", "2024-12", "2024-02-29"], ["2024-13", "24", "2024-02-30", "2024-"]),
    "month": (Month, ["1", "12"], ["0", "13", "08", "+1", "1.0", "May", ""]),
}  # fmt: skip


@pytest.mark.parametrize("name", TYPED)
def test_values_that_are_what_they_should_be_and_others(name: str) -> None:
    kind, good, bad = TYPED[name]
    adapter = TypeAdapter(kind)
    for text in good:
        adapter.validate_python(text)
    for text in bad:
        with pytest.raises(ValidationError):
            adapter.validate_python(text)


@given(st.text(max_size=30))
def test_a_name_is_split_or_ambiguous_and_loses_no_word(written: str) -> None:
    try:
        author = Author.model_validate(split_name(written))
    except AmbiguousNameError:
        return
    assert sorted(author.full.split()) == sorted(written.replace(",", " ").split())


def found_in_pages(text: str) -> tuple[str | None, list[str]]:
    content, found = decode([SourceFile("content/pages/about.md", text)])
    page = content.pages.get("about")
    return page.title if page else None, [one.code for one in found]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Title\nText.", "Title"),
        ("#  Title  \nText.", "Title"),
        ("# Title ##  \nText.", "Title"),
        ("# C#\nText.", "C#"),
        ("\n\n# Title", "Title"),
        ("# Title\r\nText.", "Title"),
        ("#Title\nText.", None),
        ("#\nText.", None),
        ("#  ##\nText.", None),
        ("## Title", None),
    ],
)
def test_the_title_of_a_page_is_its_first_heading(text: str, title: str | None) -> None:
    assert found_in_pages(text) == (title, [] if title else ["missing-title"])


def test_a_page_has_no_more_text_than_others() -> None:
    longest = "# T\n" + "a" * (MAX_PROSE - 4)
    assert found_in_pages(longest) == ("T", [])
    assert found_in_pages(f"{longest}a") == (None, ["too-large"])
    (found,) = findings(SourceFile("content/pages/about.md", f"{longest}a"))
    assert found.place == Place("content/pages/about.md")
    assert found.message == f"the page has {MAX_PROSE + 1} characters; a text has at most {MAX_PROSE}"
    assert found.hint == "Split it into several pages."


def test_a_broken_list_of_venues_makes_no_venue_unknown() -> None:
    paper = SourceFile(
        "content/papers/doe2020title.yaml", "title: T\nauthors: [D]\nyear: 2020\ntype: web\nvenue: acl\n"
    )
    broken = SourceFile("content/venues.yaml", "acl: {short: [\n")
    assert "unknown-venue" not in {one.code for one in findings(paper, broken)}
    sound = SourceFile("content/venues.yaml", "tacl: {short: T, full: T, kind: journal}\n")
    assert "unknown-venue" in {one.code for one in findings(paper, sound)}


@pytest.mark.parametrize(("length", "shown"), [(60, "x" * 60), (61, "x" * 57 + "…")])
def test_a_long_value_is_shown_in_part(length: int, shown: str) -> None:
    file = SourceFile("content/papers/doe2020title.yaml", f"title: T\nauthors: [D]\nyear: 2020\ntype: {'x' * length}\n")
    assert any(f"“{shown}” is not a value" in one.message for one in findings(file))


def test_a_reserved_name_is_reserved_in_any_case() -> None:
    file = SourceFile("content/papers/INDEX.yaml", "title: T\nauthors: [D]\nyear: 2020\ntype: web\n")
    assert "reserved-name" in {one.code for one in findings(file)}


def test_a_faulty_entry_of_a_mapping_takes_none_of_the_others_with_it() -> None:
    survey = (
        "format: 1\ntitle: S\ngroupings: [topics]\ntags: {a: {x: y}, b: A tag}\n"
        "attributes: {speed: {title: Speed, type: nonsense}, size: {title: Size, type: text}}\n"
    )
    content, _ = decode([SourceFile("content/survey.yaml", survey)])
    assert content.survey is not None
    assert list(content.survey.value.attributes) == ["size"]
    assert list(content.survey.value.tags) == ["b"]
