"""Files that attack their reader: each gives a finding, soon, and no exception.

The kinds of broken YAML follow the categories of yaml-test-suite; the bombs are our own.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from generator.build import load
from generator.codes import Severity

RECORD = "content/papers/doe2020title.yaml"
PAGE = "content/pages/about.md"
MANY = 200_000
SOON = 2
"""Within how many seconds of processor a file is done with."""

LONG = 25_000
"""What a text of Markdown is long with; parsing takes as much longer as the text is."""

HEAD = b"title: A\nauthors: [A B]\nyear: 2020\ntype: web\n"

YAML: dict[str, bytes] = {
    # Brackets, quotation marks and blocks that never end.
    "an open list": b"title: [a, b",
    "an open mapping": b"title: {a: b",
    "an open quotation": b'title: "a',
    "an open apostrophe": b"title: 'a",
    "a list closed as a mapping": b"title: [a}",
    "a bracket too many": b"title: [a]]",
    "a comma too many": b"title: [a,,b]",
    "text behind a list": b"title: [a] b",
    "text behind a quotation": b'title: "a" b',
    "a quotation at the margin": b'a:\n  b: "c\nd"\n',
    # Indentation.
    "a line too far left": b"a:\n    b: c\n  d: e\n",
    "a line too far right": b"a: b\n  c: d\n",
    "a list between keys": b"a: b\n- c\n",
    "a list on the line of its key": b"a: - b\n",
    "a block's first line too deep": b"a: |\n     x\n  y\nb\n",
    "a block's indentation of nought": b"a: |0\n x\n",
    "a block with words behind its sign": b"a: | b\n  c\n",
    # Tabs.
    "a tab before a key": b"a:\n\tb: c\n",
    "a tab before a dash": b"a:\n\t- b\n",
    "a tab between dash and key": b"-\t-\tb: c\n",
    "nothing but tabs": b"\t" * MANY,
    "a tab below many lines": b"a:\n" + b"- b\n" * (MANY // 4) + b"\t- c\n",
    # What looks as if it could be mended.
    "a colon behind a long word": b"title: " + b"a" * MANY + b": b: c\n",
    "a colon before long blanks": b"title: a: b" + b" " * MANY + b"c\n",
    "two colons in many lines": b"".join(b"k%d: a: b\n" % n for n in range(MANY // 10)),
    "an entity escaped many times": HEAD + b'publisher: "&' + b"amp;" * (MANY // 4) + b'"\n',
    "a DOI behind long blanks": HEAD + b'doi: "doi:' + b" " * MANY + b'"\n',
    "an arXiv identifier of many versions": HEAD + b'arxiv: "arXiv:' + b"v1" * (MANY // 2) + b' ["\n',
    # Keys.
    "a key twice": b"a: 1\na: 2\n",
    "a mapping as a key": b"{a: b}: c\n",
    "a list as a key": b"? [a]\n: b\n",
    "two colons": b"a: b: c\n",
    "a value without key": b": a\n",
    "a key of two lines": b"a\nb: c\n",
    # Anchors, aliases, tags.
    "an alias to nothing": b"a: *b\n",
    "an alias to itself": b"a: &b [*b]\n",
    "two anchors": b"a: &b &c d\n",
    "an anchor on an alias": b"a: &b x\nc: &d *b\n",
    "a merge": b"a: &b {c: d}\ne: {<<: *b}\n",
    "aliases that explode": b"a: &a [x]\n" + b"".join(b"%c: &%c [%s]\n" % (n + 1, n + 1, b",".join([b"*%c" % n] * 9)) for n in range(97, 121)),
    "merges that explode": b"a: &a {x: y}\n" + b"".join(b"%c: &%c {<<: [%s]}\n" % (n + 1, n + 1, b",".join([b"*%c" % n] * 9)) for n in range(97, 121)),
    "a tag": b"a: !!python/object/apply:os.system [ls]\n",
    "a tag without handle": b"a: !x!y z\n",
    "binary": b"a: !!binary =\n",
    # Documents and directives.
    "nothing": b"",
    "nothing but a comment": b"# nothing\n",
    "nothing but line ends": b"\n" * MANY,
    "two documents": b"--- a\n--- b\n",
    "many documents": b"---\n" * (MANY // 4),
    "a version of YAML to come": b"%YAML 9.9\n---\na: b\n",
    "two versions of YAML": b"%YAML 1.1\n%YAML 1.1\n---\na\n",
    "a directive and no document": b"%YAML 1.1\n",
    "text behind the end": b"a: b\n... c\n",
    # Characters.
    "Latin-1": b"title: caf\xe9\n",
    "UTF-16": "title: a\n".encode("utf-16"),
    "UTF-32": "title: a\n".encode("utf-32"),
    "half a character": b"title: \xe2\x82",
    "an overlong slash": b"title: \xc0\xaf\n",
    "a surrogate": b"title: \xed\xa0\x80\n",
    "a byte order mark": b"\xef\xbb\xbf" + HEAD,
    "NUL": b"title: a\x00b\n",
    "escape": b"title: \x1b[31mred\n",
    "a reserved sign": b"title: @a\n",
    "a backquote": b"title: `a`\n",
    "an escape that is none": b'title: "\\q"\n',
    "an escape beyond Unicode": b'title: "\\UFFFFFFFF"\n',
    # Shapes.
    "a list for a record": b"- a\n- b\n",
    "a word for a record": b"title\n",
    "a list for a title": b"title: [a]\n" + HEAD[9:],
    "a mapping for authors": b"title: A\nauthors: {a: b}\nyear: 2020\ntype: web\n",
    "a number of a million digits": b"title: A\nauthors: [A B]\ntype: web\nyear: " + b"9" * MANY,
    "a month of many digits": HEAD + b"month: " + b"1" * MANY,
    # Bombs.
    "lists in lists": b"[" * MANY,
    "lists in lists, closed": b"[" * (MANY // 2) + b"]" * (MANY // 2),
    "mappings in mappings": b"{" * MANY,
    "keys in keys": b"{a: " * (MANY // 4),
    "mappings as keys": b"{" * 100 + b"? {" * (MANY // 3),
    "dashes in dashes": b"- " * (MANY // 2),
    "question marks in question marks": b"? " * (MANY // 2),
    "lines ever deeper": b"".join(b" " * n + b"a:\n" for n in range(600)),
    "many keys": b"".join(b"key%d: 1\n" % n for n in range(MANY // 12)),
    "one key many times": b"k: 1\n" * (MANY // 5),
    "many colons": b": " * (MANY // 2),
    "many authors": b"title: A\nyear: 2020\ntype: web\nauthors: [" + b"A B, " * (MANY // 8) + b"C D]\n",
    "many former titles": HEAD + b"month: 13\nformer_titles: [" + b",".join(b"a title that hardly differs %d" % n for n in range(MANY // 32)) + b"]\n",
    "a long title": b"title: " + b"a $x$ <b> &amp; {" * (MANY // 20) + HEAD[8:],
    "pages without end": HEAD + b"pages: '" + b"1-" * (MANY // 2) + b"1'\n",
    "a summary of citations": HEAD + b"summary: '" + b"@a " * (LONG // 3) + b"'\n",
    "a summary too long": HEAD + b"summary: " + b"a " * 30_000 + b"\n",
    "a file too large": b"#" * (1024 * 1024 + 1),
}  # fmt: skip

MARKDOWN: dict[str, bytes] = {
    "brackets": b"[",
    "pictures": b"![",
    "stars": b"*a ",
    "underscores": b"_a ",
    "backquotes": b"`a",
    "quotes in quotes": b"> ",
    "lists in lists": b"- ",
    "angles": b"<a ",
    "addresses": b"<https:",
    "entities": b"&#",
    "backslashes": b"\\",
    "dollars": b"$a ",
    "citations": b"@a ",
    "open citations": b"[@",
    "one citation of many": b"[@a; ",
    "citations with open suffix": b"@a [",
    "links": b"[a](",
    "link definitions": b"[a]: b\n",
    "tables": b"|a|b|\n|-|-|\n",
    "strikes": b"~~a",
}
"""What a page is filled with, after a title and a link that is reported."""


def findings(root: Path, path: str, content: bytes) -> tuple[set[str], float]:
    """Check a survey with one hostile file; return what is found in it and the time it took.

    A test that finds it slow asks again: a processor that others use besides is slower by half for a while.
    """
    files = {"content/survey.yaml": b"format: 1\ntitle: Hostile\n", path: content}
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    begun = time.process_time()
    found = [d for d in load(root, lambda _: None).diagnostics if d.place.file == path]
    assert all(d.hint for d in found if d.severity is not Severity.NOTE)
    return {d.code for d in found if d.severity is not Severity.NOTE}, time.process_time() - begun


@pytest.mark.parametrize("name", YAML)
def test_yaml(name: str, tmp_path: Path) -> None:
    codes, seconds = findings(tmp_path, RECORD, YAML[name])
    assert codes
    assert seconds < SOON or findings(tmp_path, RECORD, YAML[name])[1] < SOON


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown(name: str, tmp_path: Path) -> None:
    head = b"# A page\n\n[a link](javascript:x)\n\n"
    unit = MARKDOWN[name]
    content = head + unit * ((LONG - len(head)) // len(unit))
    codes, seconds = findings(tmp_path, PAGE, content)
    assert "unsafe-link" in codes
    assert seconds < SOON or findings(tmp_path, PAGE, content)[1] < SOON


def test_a_page_too_long_to_be_read(tmp_path: Path) -> None:
    assert findings(tmp_path, PAGE, b"# A page\n\n" + b"[" * MANY)[0] == {"too-large"}
