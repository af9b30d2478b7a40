"""The link checker itself: it must find what it is there to find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from built_html import dead_references, dead_style_references, read_site

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://example.org/survey/"


@pytest.mark.parametrize(
    ("html", "finding"),
    [
        ('<a href="other/">', None),
        ('<a href="other/#there">', None),
        ('<a href="#">', None),
        ('<a href="/survey/other/">', None),
        (f'<a href="{URL}other/#there">', None),
        ('<a href="https://elsewhere.example/x">', None),
        ('<a href="mailto:a@b.example">', None),
        ('<a href="caf%C3%A9.txt">', None),
        ('<img srcset="one.png 1x, two.png 2x">', "dead link: <img> two.png"),
        ('<a href="gone/">', "dead link: <a> gone/"),
        ('<svg><a xlink:href="gone/"></a></svg>', "dead link: <a> gone/"),
        ('<a href="other">', "dead link: <a> other"),
        ('<a href="other/#gone">', "dead fragment: <a> other/#gone"),
        ('<a href="#gone">', "dead fragment: <a> #gone"),
        ('<a href="/other/">', "out of the site: <a> /other/"),
        ('<a href="java&#115;cript:alert(1)">', "a scheme that a page must not use: <a> javascript:alert(1)"),
        ('<script src="gone.js"></script>', "dead link: <script> gone.js"),
        ('<link rel="stylesheet" href="gone.css">', "dead link: <link> gone.css"),
        ('<svg><use xlink:href="gone.svg#icon"/></svg>', "dead link: <use> gone.svg#icon"),
        ('<meta http-equiv="refresh" content="0; url=gone/">', "dead link: <meta> gone/"),
    ],
)
def test_a_dead_reference_is_found(tmp_path: Path, html: str, finding: str | None) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "index.html").write_text('<p id="there">', "utf-8")
    (tmp_path / "one.png").touch()
    (tmp_path / "café.txt").touch()
    (tmp_path / "index.html").write_text(html, "utf-8")
    found = list(dead_references(tmp_path, read_site(tmp_path), URL))
    assert found == ([] if finding is None else [f"index.html: {finding}"])


def test_what_a_style_sheet_loads_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "here.woff2").touch()
    (tmp_path / "css" / "a.css").write_text(
        '@import "gone.css"; a { b: url(../here.woff2); c: url("gone.png"); d: url(data:image/png;base64,) }'
        "e { f: url('https://elsewhere.example/font.woff2') } /* url(commented-out.png) */",
        "utf-8",
    )
    assert list(dead_style_references(tmp_path, URL)) == [
        "css/a.css: dead link: gone.css",
        "css/a.css: dead link: gone.png",
        "css/a.css: another host: https://elsewhere.example/font.woff2",
    ]


def test_a_page_is_read_back(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<html lang="en"><title>A &amp; B</title><svg><title>icon</title></svg>'
        '<h1 id="x">One <em>heading</em></h1><p id="x"><script src="s.js"></script><a href="y">',
        "utf-8",
    )
    page = read_site(tmp_path)["index.html"]
    assert page.titles == ["A & B"]
    assert page.headings == ["One heading"]
    assert page.ids == ["x", "x"]
    assert page.language == "en"
    assert [(r.element, r.target, r.loaded) for r in page.references] == [("script", "s.js", True), ("a", "y", False)]
