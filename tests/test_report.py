"""Findings as people and forges are shown them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.diagnostics import Diagnostic, Place, finding
from generator.report import WIDTH, excerpt, github, text

SURVEY = "format: 1\ntitle: A Survey\ngroupings: [topics]\n"
RECORD = """\
titel: A Title
authors: ["Doe, Jane"]
year: 20
type: web
groups: [topics/b]
"""
SHOWN = """\
content/papers/doe2020title.yaml
  1:1 error: “title” is missing [missing-field]
    1 | titel: A Title
      | ^
    Add a line “title: …”.
  1:1 note: “doe2020title” has no summary [missing-summary]
    1 | titel: A Title
      | ^
    Add two to five sentences of your own.
  1:1 error: “titel” is not a key of the content format here [unknown-key]
    1 | titel: A Title
      | ^
    Did you mean “title”?
  3:7 error: “20” is not a year [malformed-year]
    3 | year: 20
      |       ^
    Write four digits: 2021.
  5:10 error: there is no group “topics/b” [unknown-group]
    5 | groups: [topics/b]
      |          ^
    Did you mean “topics/a”?

content/papers/roe2020latin.yaml
  1:11 error: byte 0xe9 is not UTF-8 [not-utf8]
    Save the file as UTF-8.

content/retired.yaml
  2:5 error: this is not YAML: mapping values are not allowed in this context [yaml-syntax]
    2 | b: c: d
      |     ^
    Put the value in quotes if it holds “: ” or “ #”, or begins with [ { @ ` % & * ! | > ' " or -.

6 errors, 1 note; survey check --fix mends 1
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "content/survey.yaml": SURVEY.encode(),
        "content/groupings/topics/_index.yaml": b"title: Topics\n",
        "content/groupings/topics/a.yaml": b"title: A\nsummary: S.\n",
        "content/retired.yaml": b"a: b\nb: c: d\n",
        "content/papers/doe2020title.yaml": RECORD.encode(),
        "content/papers/roe2020latin.yaml": b"title: Caf\xe9\n",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def survey(*arguments: str | Path, **options: bool) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False, **options)  # type: ignore[arg-type]


def plain(written: str, _: str) -> str:
    return written


def one(message: str, source: str, line: int, column: int, file: str = "f.yaml") -> list[str]:
    """Write one finding; return the lines between the message and the hint."""
    found = finding(Place(file, line, column), "tab", message, "Mend it.")
    return text([found], {file: source}, plain).splitlines()[2:-3]


def test_check_shows_findings_by_file_with_their_lines(root: Path) -> None:
    result = survey("check", "--root", root)
    assert result.stdout == SHOWN
    assert result.stderr == ""
    assert result.exit_code == 1


@pytest.mark.parametrize("verb", ["generate", "build", "export"])
def test_other_verbs_show_the_same_as_an_error(verb: str, root: Path) -> None:
    result = survey(verb, "--root", root)
    assert (result.stdout, result.stderr, result.exit_code) == ("", SHOWN, 1)


def test_a_terminal_gets_colours_unless_the_reader_wants_none(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[31m\x1b[1merror\x1b[0m" in survey("check", "--root", root, color=True).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert survey("check", "--root", root, color=True).stdout == SHOWN


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "ascii"])
def test_a_pipe_of_any_encoding_gets_plain_text(encoding: str, root: Path) -> None:
    script = Path(sys.executable).with_name("survey")
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    done = subprocess.run(
        [script, "check", "--root", root],
        env={**environment, "PYTHONIOENCODING": encoding},
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 1
    assert b"\x1b" not in done.stdout
    assert done.stderr == b""
    assert b"3:7 error" in done.stdout
    if encoding == "utf-8":
        assert done.stdout.decode() == SHOWN


def test_github_is_told_file_line_and_column(root: Path) -> None:
    (root / "content/papers/doe2020title.yaml").write_text(RECORD.replace("titel", "title").replace("20\n", "2020\n"))
    (root / "content/papers/roe2020latin.yaml").unlink()
    (root / "content/retired.yaml").unlink()
    (root / "content/stray, or not.yaml").touch()
    result = survey("check", "--format", "github", "--root", root)
    assert result.exit_code == 1
    assert result.stdout == (
        "::notice file=content/papers/doe2020title.yaml,line=1,col=1,title=missing-summary"
        "::“doe2020title” has no summary%0AAdd two to five sentences of your own.\n"
        "::error file=content/papers/doe2020title.yaml,line=5,col=10,title=unknown-group"
        "::there is no group “topics/b”%0ADid you mean “topics/a”?\n"
        "::warning file=content/stray%2C or not.yaml,line=1,col=1,title=stray-file"
        "::nothing reads this file%0ARecords stand in content/papers/, groups in content/groupings/GROUPING/.\n"
    )


def test_nothing_in_a_file_can_write_a_workflow_command() -> None:
    place = Place("a\n::error::b%,:\r.yaml")
    written = github([Diagnostic(place, "tab", finding(place, "tab", "").severity, "100 %\r\n::stop::x", "")])
    assert written == (
        "::error file=a%0A%3A%3Aerror%3A%3Ab%25%2C%3A%0D.yaml,line=1,col=1,title=tab::100 %25%0D%0A::stop::x\n"
    )


def test_the_caret_stands_below_its_character_behind_wide_ones() -> None:
    assert one("m", "title: 你好 &amp;\n", 1, 11) == [
        "    1 | title: 你好 &amp;",
        "      |             ^",
    ]


def test_the_caret_stands_below_its_character_behind_tabs_and_accents() -> None:
    assert one("m", "a:\n\tb\u0301: x\n", 2, 6) == [
        "    2 |     b\u0301: x",
        "      |        ^",
    ]


def test_what_steers_a_terminal_is_spelled_out() -> None:
    assert one("m", "a: \x1b[31m\u202eb\rc\r\n", 1, 4) == [
        "    1 | a: \\u001b[31m\\u202eb\\u000dc",
        "      |    ^",
    ]
    found = finding(Place("a\x1b[2J\n.yaml"), "tab", "\x1b]0;title\x07", "\u202e")
    written = text([found], {}, plain)
    assert written == ("a\\u001b[2J\\u000a.yaml\n  1:1 error: \\u001b]0;title\\u0007 [tab]\n    \\u202e\n\n1 error\n")


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "summary: " + "word " * 100
    shown, width = excerpt(line, 9 + 5 * 50)
    assert shown == "…" + "word " * 20 + "…"
    assert shown[width:].startswith("word ")
    assert excerpt(line, 0) == ("summary: " + "word " * 18 + "w…", 0)
    assert excerpt("a" * 300, 299) == ("…" + "a" * 61, 60 + 1)


def test_an_empty_line_is_not_shown_and_the_end_of_one_has_a_place() -> None:
    assert one("m", "\n\n", 1, 1) == []
    assert one("m", "a: \n", 9, 1) == []
    assert one("m", "a: [\n", 1, 5) == ["    1 | a: [", "      |     ^"]


def test_nothing_found_is_nothing_said() -> None:
    assert text([], {}, plain) == ""
    assert github([]) == ""


@given(st.text(), st.integers(0, 400))
def test_an_excerpt_is_one_short_line_with_the_place_in_it(line: str, index: int) -> None:
    shown, width = excerpt(line, index)
    assert "\n" not in shown
    assert not any(ord(character) < 0x20 for character in shown)
    assert len(shown) <= WIDTH + _LONGEST_SPELLING
    assert 0 <= width <= WIDTH + _LONGEST_SPELLING


_LONGEST_SPELLING = 8
"""An ellipsis at either end, and the last character may be spelled out."""


def test_many_findings_on_one_long_line_are_shown_soon() -> None:
    line = "@a " * 16_000
    found = [finding(Place("f.yaml", 1, 3 * number + 1), "tab", "m", "Mend it.") for number in range(16_000)]
    begun = time.process_time()
    written = text(found, {"f.yaml": line}, plain)
    assert written.endswith("16000 errors\n")
    assert time.process_time() - begun < 10
