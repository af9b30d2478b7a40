"""Positions in YAML files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import nodes
from generator.diagnostics import Place
from generator.source import SourceFile


def tree(text: str) -> nodes.Tree:
    parsed, findings = nodes.parse(SourceFile("f.yaml", text))
    assert parsed is not None
    assert findings == []
    return parsed


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("body: see @key\n", (1, 11)),
        ("body: |\n  one\n  two @key\n", (3, 7)),
        ("body: >-\n  one\n  two\n\n  three @key\n", (5, 9)),
        ('body: "one\n  two @key"\n', (2, 7)),
        ("body: '@kez @key @key'\n", (1, 13)),
        ("é: ü\nbody: é @key\n", (2, 9)),
        ("a: 1\r\nbody: |\r\n  x @key\r\n", (3, 5)),
    ],
)
def test_a_stretch_of_text_is_found_in_the_file(text: str, place: tuple[int, int]) -> None:
    parsed = tree(text)
    node = parsed.node("body")
    assert isinstance(node, nodes.Scalar)
    assert parsed.text_place(node.text.index("@key"), 4, "body") == Place("f.yaml", *place)


def test_a_stretch_hidden_by_an_escape_has_the_place_of_its_scalar() -> None:
    assert tree('body: "\\u0040key"\n').text_place(0, 4, "body") == Place("f.yaml", 1, 7)


@given(
    st.lists(st.sampled_from(["@key", "word", "@keys", "x@key", "`@key`"]), min_size=1, max_size=30),
    st.sampled_from([("|", " "), (">", " "), ('"', " "), ("'", " "), ("|", "\n  "), (">", "\n  ")]),
)
def test_every_occurrence_has_its_own_place(words: list[str], written: tuple[str, str]) -> None:
    style, between = written
    head, tail = ("body: |\n  ", "\n") if style in "|>" else (f"body: {style}", f"{style}\n")
    text = head.replace("|", style if style in "|>" else "|") + between.join(words) + tail
    parsed = tree(text)
    node = parsed.node("body")
    assert isinstance(node, nodes.Scalar)
    rows = text.split("\n")
    offset = node.text.find("@key")
    seen = set()
    while offset >= 0:
        place = parsed.text_place(offset, 4, "body")
        assert rows[place.line - 1][place.column - 1 :].startswith("@key")
        assert place not in seen
        seen.add(place)
        offset = node.text.find("@key", offset + 1)
