from __future__ import annotations

import html
import re
import string
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined, UndefinedError
from markdown import Markdown  # type: ignore[import-untyped]
from markupsafe import Markup
from mkdocs.utils.meta import get_data

from generator.markup import closing, element, front_matter, inert, opening

VOID = {"br", "hr"}


class Read(HTMLParser):
    """What a browser would make of HTML: its elements, and its text by the nearest id around it."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []
        self.feed(str(source))  # Markup would escape what is joined to it
        self.close()
        assert self._open == [], "every element is closed"

    @property
    def text(self) -> str:
        return "".join(self.texts.values())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        around = self._open[-1][1] if self._open else ""
        if tag not in VOID:
            self._open.append((tag, attributes.get("id", around)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag, "elements nest"

    def handle_data(self, data: str) -> None:
        around = self._open[-1][1] if self._open else ""
        self.texts[around] = self.texts.get(around, "") + data

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        pytest.fail(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        pytest.fail(f"a processing instruction: {data}")


HOSTILE = [
    '--8<-- "secret.txt"',
    '\n--8<-- "secret.txt"\n',
    '-8<- "secret.txt"',
    "```python\nx\n```",
    "~~~\nx\n~~~",
    "\n\n# No heading\n\n* no item\n1. no item",
    "{{ 7 * 7 }} {% raw %} {# no comment #}",
    "[r]: javascript:alert(1)",
    "[x][r] [x](http://example.org) ![x](y.png) [[x]] [^1]\n[^1]: note",
    r"$x^2$ $$y$$ \(z\) \[w\] \*",
    ":smile: :x:",
    '{: onclick="x" } {.c #d} { onmouseover=alert(1) }',
    "https://example.org www.example.org me@example.org @user #12 x/y#3 <https://example.org>",
    "*[HTML]: abbreviation",
    "<!-- no comment --> <script>alert(1)</script> <b>&amp; &copy; &#60;</b> <?php ?> <![CDATA[x]]>",
    "++ctrl+a++ ==m== ^^i^^ ~~d~~ H~2~O x^2^ {++a++} {--b--} {>>c<<} *a* __b__ snake_case",
    '!!! note "t"\n    body\n??? note\n    body\n=== "Tab"\n    body\n/// note\nx\n///',
    '(c) (tm) (r) +/- --> <-- =/= 1/2 c/o ... "q" -- --- \'s',
    "- [ ] task\nterm\n: definition\n| a | b |\n|---|---|\n| c | d |\n===\n---",
    "::: generator.markup\n[TOC]\n[=50% 'x']",
    '<div markdown="1">\n*x*\n</div></div></section>',
    "\x02wzxhzdk:0\x03 \x00 \x85 \u2028 \ufffe \ud800",
    "`code` `` ` ``` ~",
    '"><img src=x onerror=alert(1)>',
    "a title # #",
    "---\ntitle: x\n---",
]

EXTENSIONS = [
    "attr_list", "md_in_html", "tables", "def_list", "footnotes", "abbr", "admonition", "smarty", "toc", "wikilinks",
    "pymdownx.snippets", "pymdownx.superfences", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.arithmatex",
    "pymdownx.emoji", "pymdownx.magiclink", "pymdownx.smartsymbols", "pymdownx.keys", "pymdownx.critic",
    "pymdownx.caret", "pymdownx.tilde", "pymdownx.mark", "pymdownx.betterem", "pymdownx.tasklist", "pymdownx.details",
    "pymdownx.tabbed", "pymdownx.progressbar", "pymdownx.escapeall", "pymdownx.saneheaders",
    "pymdownx.blocks.admonition", "pymdownx.blocks.html",
]  # fmt: skip


def replaced(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", "\ufffd", text)


def shown(text: str) -> str:
    """The text as it is on a page: what is no character is replaced, white space is one space."""
    return " ".join(replaced(text).split())


def convert(page: str, folder: Path) -> str:
    """Turn a page into HTML with every extension that might find something to do in it."""
    options = {
        "pymdownx.snippets": {"base_path": [str(folder)], "check_paths": False},
        "pymdownx.magiclink": {"repo_url_shorthand": True, "social_url_shorthand": True, "user": "x", "repo": "y"},
    }
    return str(Markdown(extensions=EXTENSIONS, extension_configs=options).convert(page))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_python_markdown_finds_only_text(hostile: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("LEAKED")
    page = (
        f"---\ntitle: {front_matter(hostile)}\n---\n\n"
        f"# {inert(hostile)} {{ #heading }}\n\n"
        f'<div id="block" title="{inert(hostile)}">\n{inert(hostile)}\n</div>\n\n'
        f'<ul>\n<li id="item">{inert(hostile)}\n{inert(hostile)}</li>\n</ul>\n'
    )
    markdown, meta = get_data(page)
    assert shown(html.unescape(str(meta["title"]))) == shown(hostile)
    converted = convert(markdown, tmp_path)
    assert "LEAKED" not in converted
    found = Read(converted)
    assert [tag for tag, _ in found.elements] == ["h1", "div", "ul", "li"]
    assert [sorted(attributes) for _, attributes in found.elements] == [["id"], ["id", "title"], [], ["id"]]
    assert shown(found.elements[1][1]["title"]) == shown(hostile)
    texts = {name: shown(text) for name, text in found.texts.items() if text.strip()}
    assert texts == {"heading": shown(hostile), "block": shown(hostile), "item": f"{shown(hostile)} {shown(hostile)}"}


def test_the_extensions_are_hostile_to_text_that_is_not_inert(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("LEAKED")
    page = '<div>\n\n--8<-- "secret.txt"\n\n```\nfence\n```\n</div>\n\n## :smile: *x* { onclick="x" }\n'
    converted = convert(page, tmp_path)
    for effect in ("LEAKED", '<div class="highlight">', "<em>x</em>", 'onclick="x"', "<img"):
        assert effect in converted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mixture-of-experts, 2107.05768; pp. 3", "Mixture-of-experts, 2107.05768; pp. 3"),
        ("Ren et al.", "Ren et al."),
        ("Ren et al., 2021", "Ren et al., 2021"),
        ("www.x", "www&#46;x"),
        ("...", "&#46;&#46;."),
        ("a--b -c", "a&#45;&#45;b &#45;c"),
        ("<b>&amp;", "&#60;b&#62;&#38;amp;"),
        ("a\nb\tc\r\u2028", "a&#10;b&#9;c&#13;&#8232;"),
        ("\0\x02\x85\ud800\uffff", "\ufffd" * 5),
        ("Größe 模型", "Größe 模型"),
        (3, "3"),
    ],
)
def test_inert(text: object, expected: str) -> None:
    assert str(inert(text)) == expected


ENCODED = set(string.punctuation) - set("&#;,.-")


@given(st.text())
@example('--8<-- "x"')
def test_inert_text_is_the_text_to_a_browser_and_nothing_to_anybody_else(text: str) -> None:
    result = inert(text)
    assert html.unescape(result) == replaced(text)
    assert len(result.splitlines()) <= 1
    assert not ENCODED & set(result)
    assert re.fullmatch(r"(?:[^&]|&#[0-9]+;)*", result)
    assert not re.search(r"(?:^|\W)-|-(?:\W|$)|\.\.", result)


def test_html_is_left_alone() -> None:
    assert inert(Markup("<b>x</b>")) == Markup("<b>x</b>")
    assert inert(inert("<b>")) == inert("<b>")


def test_jinja_makes_every_value_inert() -> None:
    environment = Environment(autoescape=True, finalize=inert, undefined=StrictUndefined)
    template = environment.from_string('<p title="{{ x }}">{{ x }} {{ y }} {# no #}</p>')
    assert template.render(x="{{ 1 }}", y=Markup("<b>*</b>")) == (
        '<p title="&#123;&#123; 1 &#125;&#125;">&#123;&#123; 1 &#125;&#125; <b>*</b> </p>'
    )
    with pytest.raises(UndefinedError):
        template.render(x="x")


def test_front_matter_leaves_words_to_the_search() -> None:
    assert front_matter("Mixture-of-experts: a *survey* (2021)") == '"Mixture-of-experts: a *survey* (2021)"'


@given(st.text())
@example('no: "yes" \\ # {{ x }} <b> &amp; 1.10')
def test_front_matter_is_one_string_of_escaped_html(text: str) -> None:
    value = yaml.safe_load(f"title: {front_matter(text)}")["title"]
    assert not set("<>\"'{}") & set(value)
    assert html.unescape(value) == shown(text)


def test_elements() -> None:
    assert opening("a", [("href", '"x"'), ("title", None), ("tabindex", 0)]) == '<a href="&#34;x&#34;" tabindex="0">'
    assert element("em", "<b>", []) == "<em>&#60;b&#62;</em>"
    assert element("em", element("b", "*")) == "<em><b>&#42;</b></em>"
    assert closing("em") == "</em>"
