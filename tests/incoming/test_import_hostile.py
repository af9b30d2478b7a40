"""Whatever comes in: findings, never a traceback, in time that grows with the size of the file only."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.decode import decode
from generator.incoming import bibtex
from generator.incoming.formats import READERS
from generator.incoming.latex import decode as decode_tex
from generator.incoming.plan import new_files, plan
from generator.resolve import resolve
from generator.source import SourceFile
from imports import SURVEY, planned, records, told

SECONDS = 20
"""What a small computer under load may take for a file of a megabyte."""


def entry(**fields: str) -> str:
    own = {"title": "A Title", "author": "Doe, Jane", "year": "2020", "eprint": "2007.05768"} | fields
    key = own.pop("key", "doe2020")
    return f"@misc{{{key},\n" + ",\n".join(f"{name} = {{{text}}}" for name, text in own.items()) + "\n}\n"


@pytest.mark.parametrize(
    "key",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "..",
        ".hidden",
        "a/b",
        "a\\b",
        "-rf",
        "con\x00",
        "Index",
        "key with space",
        "é",
        "a" * 300,
        "CON.",
    ],
)
def test_keys_are_names_of_files_in_one_folder(key: str, tmp_path: Path) -> None:
    result = planned(entry(key=key), tmp_path)
    assert [output.path for output in result.new.values()] == ["content/papers/doe2020title.yaml"]
    assert "key-changed" in {code for _, code in told(result)}


@pytest.mark.parametrize(
    "name",
    [
        "title",
        "author",
        "journal",
        "booktitle",
        "year",
        "month",
        "pages",
        "doi",
        "url",
        "note",
        "abstract",
        "keywords",
        "isbn",
        "publisher",
        "x",
    ],
)
@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a ",
        "{",
        "}",
        "\\",
        "\\'",
        "$",
        "and ",
        ",",
        "\\'{",
        "1-",
        "(",
        "<i>",
        "&amp;",
        "http://",
        "19",
        "10.1000/",
        "--",
        "“",
    ],
)
def test_a_field_of_any_size_costs_no_more_than_reading_it(name: str, unit: str, tmp_path: Path) -> None:
    text = entry(**{name: unit * (20_000 // len(unit))}) + entry(key="roe2021", title="Other", eprint="2107.00001")
    started = time.process_time()
    result = planned(text, tmp_path)
    assert time.process_time() - started < SECONDS
    assert result.entries + len([code for _, code in told(result) if code == "text-ignored"]) >= 1


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "{",
        "}",
        "@",
        "@a{",
        "@a{b,",
        '@string{a = "',
        "@a{b, c = {d},",
        "%\n",
        "\n",
        "=,",
        " # ",
        '"',
        "\\",
        "@comment{",
        "@a{b, c = a # ",
    ],
)
def test_a_megabyte_of_anything(unit: str, tmp_path: Path) -> None:
    size = 1_000_000 if len(unit) == 1 else 100_000
    started = time.process_time()
    planned(unit * (size // len(unit)), tmp_path)
    assert time.process_time() - started < SECONDS


def test_a_field_of_ten_megabytes_is_left_out_and_told(tmp_path: Path) -> None:
    result = planned(entry(note="long " * 2_000_000, publisher="y" * 10_000_000), tmp_path)
    assert list(records(result)["doe2020"]) == ["title", "authors", "year", "type", "arxiv"]
    assert sorted(told(result)) == [(6, "value-unread"), (7, "value-unread")]
    assert max(len(found.message) for found in result.found) < 300


def test_control_characters_are_left_out_and_told(tmp_path: Path) -> None:
    result = planned(entry(title="A \x07Ti\x1b[31mtle\u0085", author="Do\x00e, Jane"), tmp_path)
    assert records(result)["doe2020"]["title"] == "A Ti [31mtle"
    assert {code for _, code in told(result)} == {"text-ignored"}


def test_two_hundred_authors(tmp_path: Path) -> None:
    result = planned(entry(author=" and ".join(f"Family{n}, Given" for n in range(200))), tmp_path)
    assert len(records(result)["doe2020"]["authors"]) == 200


TEX = st.text(st.sampled_from("ab \\{}$'\"`^~=.-_&%#@,()<>1éα\n") | st.characters(), max_size=80)


@given(TEX)
def test_any_tex_is_decoded(text: str) -> None:
    decoded = decode_tex(text)
    assert "\n" not in decoded.text


BIBTEX = st.lists(
    st.sampled_from(["@article{", "@misc{a,", "title", "author", "year", " = ", "{", "}", '"', ",", "#", "x", "and", "2020", "\\'e", "$", "\n", "%", "@string{", "(", ")", "crossref", "month", "jan", "\x00"])
    | st.characters(),
    max_size=60,
).map("".join)  # fmt: skip


@given(BIBTEX)
def test_any_text_is_read_as_bibtex(text: str) -> None:
    entries, found = bibtex.read("refs.bib", text)
    content, _ = decode([SourceFile(path, own) for path, own in SURVEY.items()])
    survey, _ = resolve(content)
    result = plan(content, survey, entries)
    for told_ in [*found, *result.found]:
        assert told_.place.line <= text.count("\n") + 1
    outputs = {file.path: file for file in new_files(result)}
    _, mistakes = decode(outputs.values())
    assert mistakes == []


FIELDS = st.dictionaries(
    st.sampled_from(["title", "author", "year", "date", "month", "journal", "booktitle", "pages", "doi", "eprint", "url", "isbn", "issn", "note", "publisher", "volume", "number", "school", "keywords", "zzz"]),
    st.text(st.sampled_from("aZ é0129-:/.,()$\\&%#<>'“漢ع") | st.characters(exclude_categories=["Cs"]), max_size=30),
)  # fmt: skip


@given(st.sampled_from(["article", "misc", "inproceedings", "book", "phdthesis", "online", "techreport"]), FIELDS)
def test_every_entry_is_a_draft_or_named_and_every_field_is_taken_or_told(type_: str, fields: dict[str, str]) -> None:
    body = {name: text.replace("{", "(").replace("}", ")").replace("\\", "/") for name, text in fields.items()}
    text = (
        f"@{type_}{{somekey,\n"
        + "".join(f"{name} = {{{' '.join(value.split())}}},\n" for name, value in body.items())
        + "}"
    )
    entries, found = bibtex.read("refs.bib", text)
    content, _ = decode([SourceFile(path, own) for path, own in SURVEY.items()])
    survey, _ = resolve(content)
    result = plan(content, survey, entries)
    codes = {told_.code for told_ in [*found, *result.found]}
    assert len(result.new) == 1 or codes & {"entry-incomplete", "entry-unread"}
    lines = {told_.place.line for told_ in [*found, *result.found]}
    for position, (name, value) in enumerate(body.items(), 2):
        if name == "zzz" and value.strip():
            assert position in lines
    content, mistakes = decode(
        [
            *(SourceFile(path, own) for path, own in SURVEY.items() if "venues" not in path or not result.updates),
            *new_files(result),
        ]
    )
    _, dangling = resolve(content)
    assert [*mistakes, *dangling] == []


def test_every_format_reads_any_bytes() -> None:
    for name, reader in READERS.items():
        for text in (
            "",
            "\n",
            "\x00",
            "[" * 100_000,
            "{" * 100_000,
            "---\n" * 1000,
            "TY  - \n" * 1000,
            "- " * 10_000,
            "# \n" * 100,
        ):
            entries, _ = reader(f"x.{name}", text)
            assert len(entries) <= len(text)
