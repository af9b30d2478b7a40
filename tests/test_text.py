from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.text import Part, as_html, as_plain, math, math_at, parts
from test_markup import Read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", [Part("plain")]),
        ("", []),
        ("in $O(n)$ time", [Part("in "), Part("O(n)", math=True), Part(" time")]),
        (r"costs \$5 and \$6", [Part("costs $5 and $6")]),
        ("costs $5 and $6", [Part("costs $5 and $6")]),
        ("$ x $", [Part("$ x $")]),
        ("$a$1", [Part("$a$1")]),
        ("$a$$b$", [Part("a", math=True), Part("b", math=True)]),
    ],
)
def test_parts(text: str, expected: list[Part]) -> None:
    assert parts(text) == tuple(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In $O(n)$ time", "In O(n) time"),
        (r"a \$5 bill", "a $5 bill"),
        (r"$\ell_1$ <b>", r"\ell_1 <b>"),
    ],
)
def test_as_plain(text: str, expected: str) -> None:
    assert as_plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a < b & *c*", "a &#60; b &#38; &#42;c&#42;"),
        ("the $n$th", '<math display="inline"><mrow><mi>n</mi></mrow></math>'),
        (r"$x^2$", "<msup><mi>x</mi><mn>2</mn></msup>"),
        (r"$\mathbb{R}$", "<mi>ℝ</mi>"),
        (r"$\mathrm{d}x$", '<mi mathvariant="normal">d</mi><mi>x</mi>'),
        (r"$a < b$", "<mo>&#60;</mo>"),
        (r"$\text{*if* <b>}$", "<mtext>&#42;if&#42;\xa0&#60;b&#62;</mtext>"),
        (r"$\hspace{1em}$", '<mspace width="1em"></mspace>'),
    ],
)
def test_as_html(text: str, expected: str) -> None:
    assert expected in as_html(text)


@pytest.mark.parametrize(
    "tex",
    [r"\unknown", r"\frac{1}", r"\left(", "{" * 900, "x_", r"\begin{nothing}", "x" * 2001, r"\unknown{<script>}"],
)
def test_math_that_cannot_be_converted_is_shown_as_its_source(tex: str) -> None:
    found = Read(math(tex))
    assert found.elements == [("code", {})]
    assert found.text == tex


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\style{position:fixed;inset:0}{x}",
        r"\class{md-header}{x}",
        r"\color{red}{x}",
        r'\class{" onclick="alert(1)}{x}',
        r"\hspace{-999em}x",
        r"\hspace{99em}x",
        r"\rule{100em}{100em}",
        r"\text{</math><script>alert(1)</script>}",
        r"\operatorname{<img src=x onerror=alert(1)>}",
        r"\text{&#x3c;script&#x3e;}",
        r"\verb|<script>|",
    ],
)
def test_math_cannot_act(tex: str) -> None:
    assert_harmless(math(tex))


ATTRIBUTES = {
    "accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth", "display", "displaystyle",
    "fence", "form", "height", "largeop", "linebreak", "linethickness", "lspace", "mathvariant", "maxsize", "minsize",
    "movablelimits", "rowlines", "rowspacing", "rspace", "scriptlevel", "separator", "stretchy", "symmetric",
    "voffset", "width",
}  # fmt: skip


def assert_harmless(markup: str) -> None:
    assert "\n" not in markup
    for tag, attributes in Read(markup).elements:
        assert tag == "code" or tag[0] == "m"
        assert attributes.keys() <= ATTRIBUTES
        for value in attributes.values():
            assert re.fullmatch(r"[a-z -]+|[+-]?[0-9]?(?:\.[0-9]+)?[a-z%]*", value)


TEX_WORDS = (
    r"\frac", r"\sqrt", r"\left(", r"\right)", r"\text", r"\mathbb", r"\mathrm", r"\href", r"\style", r"\class",
    r"\begin{matrix}", r"\end{matrix}", r"\\", r"\hspace", r"\operatorname", r"\verb|", r"\sum", r"\limits", r"\over",
    r"\substack", r"\color", r"\tag", "{", "}", "_", "^", "&", "<", ">", "#", "%", "~", "'", "1", "1em", "x", "[", "]",
    "&#x3c;",
)  # fmt: skip
TEX = st.lists(st.sampled_from(TEX_WORDS)).map("".join)


@settings(deadline=None)
@given(TEX | st.text())
@example("\x00")
@example("\ud800")
def test_any_math_is_harmless(tex: str) -> None:
    assert_harmless(math(tex))


@settings(deadline=None)
@given(st.text(st.sampled_from("ab1 \\$<*{^_")))
def test_any_text_is_harmless(text: str) -> None:
    assert_harmless(as_html(text))
    assert "<" not in as_html(text.replace("$", ""))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$x$ y", ("x", False, 3)),
        ("$$x$$ y", ("x", True, 5)),
        ("$x", None),
        ("$ x$", None),
        ("x$x$", None),
        ("$x$1", None),
    ],
)
def test_math_at(text: str, expected: tuple[str, bool, int] | None) -> None:
    assert math_at(text, 0, len(text)) == expected


def test_math_at_does_not_read_past_the_end() -> None:
    assert math_at("$x$", 0, 2) is None
