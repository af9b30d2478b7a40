"""`survey check --fix`: what has one certain mend is mended, and nothing else is touched."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given
from hypothesis import strategies as st

from generator.build import examine, mends
from generator.cli import main
from generator.codes import CODES
from generator.codes.kind import Code
from generator.diagnostics import Diagnostic, Place, finding
from generator.mending import mend
from generator.source import SourceFile
from test_codes import MINIMAL, RECORD, file_of
from test_hostile_bytes import YAML

PAPER = "content/papers/doe2020title.yaml"
REST = 'title: A Title\nauthors: ["Doe, Jane"]\nyear: 2020\ntype: web\nurl: https://example.org/a\n'
WHOLE = f"{REST}summary: S.\ngroups: [topics/a]\n"
BY_EXAMPLE = {
    "html-in-text",
    "malformed-acl",
    "malformed-arxiv",
    "malformed-doi",
    "malformed-openreview",
    "malformed-orcid",
    "tab",
    "unquoted-text",
    "yaml-syntax",
}
"""Codes whose manual shows a mistake that has one certain mend."""


def survey(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def laid_out(root: Path, files: dict[str, str]) -> Path:
    for path, text in {**MINIMAL, **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())
    return root


def mended(files: dict[str, str]) -> dict[str, str]:
    """Return what becomes of files, without a disk."""
    sources = [SourceFile(path, text) for path, text in {**MINIMAL, **files}.items()]
    changes = mend(sources, [], lambda trial: examine(trial).diagnostics)
    return files | {change.file.path: change.text for change in changes}


def found(files: dict[str, str]) -> list[Diagnostic]:
    return examine([SourceFile(path, text) for path, text in {**MINIMAL, **files}.items()]).diagnostics


def errors(files: dict[str, str]) -> int:
    return sum(one.severity == "error" for one in found(files))


def codes_in(text: str) -> set[str]:
    return {one.code for one in found({PAPER: text}) if one.place.file == PAPER}


@pytest.mark.parametrize("code", [code for code in CODES.values() if code.wrong], ids=lambda code: code.name)
def test_the_wrong_example_of_a_manual_becomes_the_right_one_or_stays(code: Code) -> None:
    wrong = {part.path: file_of(part) for part in code.wrong}
    after = mended(wrong)
    if code.name in BY_EXAMPLE:
        assert after == {part.path: file_of(part) for part in code.right}
    else:
        assert after == wrong


MENDS = [
    # code, the line before, the line after
    ("malformed-doi", "doi: http://dx.doi.org/10.1000/a(b)1", "doi: 10.1000/a(b)1"),
    ("malformed-doi", 'doi: "doi: 10.1000/ab"  # read there', 'doi: "10.1000/ab"  # read there'),
    ("malformed-doi", "doi: DOI:10.1000/ab", "doi: 10.1000/ab"),
    ("malformed-doi", "doi: ' 10.1000/ab '", "doi: '10.1000/ab'"),
    ("malformed-doi", "doi: 'https://doi.org/10.1000/a''b'", 'doi: "10.1000/a\'b"'),
    ("malformed-arxiv", "arxiv: arXiv:1506.03130", 'arxiv: "1506.03130"'),
    ("malformed-arxiv", "arxiv: https://arxiv.org/abs/2007.05768v2", 'arxiv: "2007.05768"'),
    ("malformed-arxiv", "arxiv: 'https://arxiv.org/pdf/2007.05768v12.pdf'", "arxiv: '2007.05768'"),
    ("malformed-arxiv", '"arxiv": "arXiv:2007.05768v1 [cs.CL]"', '"arxiv": "2007.05768"'),
    ("malformed-arxiv", "arxiv: arXiv:cs/0101001v1", "arxiv: cs/0101001"),
    ("malformed-acl", "acl: https://aclanthology.org/2020.acl-main.1.pdf", "acl: 2020.acl-main.1"),
    ("malformed-openreview", "openreview: https://openreview.net/pdf?id=dp27P5HBBt&a=b", "openreview: dp27P5HBBt"),
    ("malformed-isbn", "isbn: ISBN-13 978-0-306-40615-7", "isbn: 978-0-306-40615-7"),
    ("malformed-pages", "pages: pp. 53–68", "pages: 53–68"),
    ("malformed-date", "added: 2026/2/3", "added: 2026-02-03"),
    ("malformed-date", "first_posted: '2020.7'", "first_posted: '2020-07'"),
    ("wrong-type", "month: 07", "month: 7"),
    ("unquoted-text", "volume: 017 # printed so", 'volume: "017" # printed so'),
    ("unquoted-text", "former_titles: [1984, Yes, A b]", 'former_titles: ["1984", "Yes", A b]'),
    ("unknown-key", "DOI: 10.1000/ab", "doi: 10.1000/ab"),
    ("unknown-key", "former-titles: [A b]", "former_titles: [A b]"),
    ("unknown-value", "status: Retracted", "status: retracted"),
    ("html-in-text", "former_titles: ['&quot;A&quot;: B &amp; C']", "former_titles: ['\"A\": B & C']"),
    ("html-in-text", "publisher: A &amp;amp; B &amp; C", "publisher: A & B & C"),
    ("html-in-text", "publisher: >-\n  Long &amp; folded,\n  over lines &nbsp;here", "publisher: >-\n  Long & folded,\n  over lines  here"),
    ("yaml-syntax", "publisher: A: B, with “C: D”  ", 'publisher: "A: B, with “C: D”"  '),
    ("yaml-syntax", "publisher: @home", 'publisher: "@home"'),
    ("yaml-syntax", "publisher: A: B\nschool: C: D", 'publisher: "A: B"\nschool: "C: D"'),
    ("tab", "links:\n\t- label: A\n\t\turl: https://example.org/", "links:\n  - label: A\n    url: https://example.org/"),
    ("tab", "links:\n\t-\n\t\tlabel: A\n\t\turl: https://example.org/", "links:\n  -\n    label: A\n    url: https://example.org/"),
]  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("code", "line", "after"), MENDS)
def test_a_slip_is_mended_and_all_else_stays_to_the_byte(code: str, line: str, after: str, end: str) -> None:
    wrong = f"# before\n\n{WHOLE}{line}\n\n# after\n".replace("\n", end)
    assert code in codes_in(wrong)
    right = f"# before\n\n{WHOLE}{after}\n\n# after\n".replace("\n", end)
    assert mended({PAPER: wrong}) == {PAPER: right}
    assert code not in codes_in(right)


def test_a_tab_is_left_where_its_width_would_matter() -> None:
    unclear = f"{WHOLE}attributes:\n  a:\n    value: 1\n\tof: b\n"
    assert "tab" in codes_in(unclear)
    assert mended({PAPER: unclear}) == {PAPER: unclear}


@pytest.mark.parametrize(
    "line",
    [
        "doi: https://doi.org/ten",
        "arxiv: arXiv:2113.05768",
        "contributions:\n  - One\n\t- Two",  # or “One - Two”, four columns in
        "titel: A Title",
        "venue: neurisp",
        "type: article",
        "added: 3.2.2026",
        "added: 2026/2/30",
        "isbn: ISBN 978-0-306-40615-8",
        "publisher: A year: 2020",
        "publisher: A: B\n  goes on",
        "publisher: A: B\n- goes on",
        "publisher: [A] b",
        "publisher: A: B # C",
        "publisher: <i>A</i> &amp; &lt;b>",
        "doi: 10.1000/ab\nDOI: 10.1000/ab",
        "Doi: 10.1000/ab\nDOI: 10.1000/ab",
    ],
)
def test_what_takes_a_person_to_know_is_left_alone(line: str) -> None:
    wrong = f"{WHOLE}{line}\n"
    assert codes_in(wrong)
    assert mended({PAPER: wrong}) == {PAPER: wrong}


def test_what_one_mend_brings_to_light_does_not_undo_the_others() -> None:
    """Two papers of one DOI are an error, seen once the second one's DOI can be read: no more errors than before."""
    other = PAPER.replace("doe", "roe")
    files = {
        PAPER: f"{WHOLE}doi: 10.1000/ab\nvolume: 017\n",
        other: f"{WHOLE}doi: doi:10.1000/ab\n".replace("A Title", "Another").replace("example.org/a", "example.org/b"),
    }
    after = mended(files)
    assert 'volume: "017"' in after[PAPER]
    assert "doi: 10.1000/ab" in after[other]
    assert errors(after) == errors(files) == 1


def test_a_mend_that_would_add_a_mistake_is_not_made() -> None:
    """Of two mends that are tried at once, the one that does no harm is made."""
    files = {PAPER: f"{WHOLE}volume: 017\ndoi: doi:10.1000/ab\n"}
    sources = [SourceFile(path, text) for path, text in {**MINIMAL, **files}.items()]

    def examined(trial: Sequence[SourceFile]) -> list[Diagnostic]:
        diagnostics = examine(trial).diagnostics
        if any("doi: 10." in file.text for file in trial):  # as if the bare DOI made a mistake elsewhere
            diagnostics += [finding(Place("content/venues.yaml"), "unknown-key", message) for message in "ab"]
        return diagnostics

    (change,) = mend(sources, [], examined)
    assert change.text == f'{WHOLE}volume: "017"\ndoi: doi:10.1000/ab\n'
    assert change.codes == ("unquoted-text",)


def test_codes_that_can_be_mended_say_so_in_their_manual() -> None:
    promising = {code.name for code in CODES.values() if "survey check --fix" in " ".join(code.about)}
    assert promising == {"byte-order-mark", "malformed-issn"} | BY_EXAMPLE | {code for code, _, _ in MENDS}


LINES = [line for _, line, _ in MENDS] + [
    part.text for code in CODES.values() for part in code.wrong if part.path == PAPER
]


@given(st.lists(st.sampled_from(LINES), max_size=6), st.sampled_from(["", RECORD.format(key="x")]))
@example(["doi: doi:10.1000/ab", "volume: 017"], RECORD.format(key="x"))
def test_to_mend_twice_is_to_mend_once_and_never_worse(lines: list[str], rest: str) -> None:
    before = {PAPER: rest + "".join(f"{line.rstrip()}\n" for line in lines)}
    once = mended(before)
    assert mended(once) == once
    if not codes_in(before[PAPER]) & {"tab", "yaml-syntax"}:
        assert errors(once) <= errors(before)


@pytest.mark.parametrize("name", YAML)
def test_files_that_attack_their_reader_are_mended_soon_or_not_at_all(name: str, tmp_path: Path) -> None:
    laid_out(tmp_path, {})
    file = tmp_path / PAPER
    file.parent.mkdir()
    file.write_bytes(YAML[name])
    begun = time.process_time()
    once = {change.file.path: change.text for change in mends(tmp_path)}
    assert time.process_time() - begun < 10
    if once and name not in LONG_WINDED:
        file.write_bytes(once[PAPER].encode())
        assert mends(tmp_path) == []


LONG_WINDED = {"two colons in many lines"}
"""More slips than one run mends: what is left takes another."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A survey with a mark, line feeds of two kinds, no line feed at an end, and slips in three files."""
    files = {
        PAPER: f"\ufeff{WHOLE}doi: https://doi.org/10.1000/ab\narxiv: arXiv:2007.05768v2",
        PAPER.replace("doe", "roe"): WHOLE.replace("A Title", "Another: One").replace("\n", "\r\n"),
        "content/pages/about.md": "\ufeff# About\n",
        "content/papers/sound2020title.yaml": WHOLE.replace("A Title", "Sound"),
    }
    return laid_out(tmp_path, files)


def snapshot(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.glob("content/**/*.*"))}


MENDED = f'{WHOLE}doi: 10.1000/ab\narxiv: "2007.05768"'


def test_fix_writes_what_it_mends_and_says_what_is_left(root: Path) -> None:
    before = snapshot(root)
    result = survey("check", "--fix", "--root", root)
    assert result.stderr == (
        "mended content/pages/about.md: byte-order-mark\n"
        f"mended {PAPER}: byte-order-mark, malformed-doi, malformed-arxiv, unquoted-text\n"
        "mended content/papers/roe2020title.yaml: yaml-syntax\n"
    )
    assert "survey check --fix" not in result.stdout
    after = snapshot(root)
    assert {name for name in after if after[name] != before[name]} == {
        "content/pages/about.md",
        PAPER,
        "content/papers/roe2020title.yaml",
    }
    assert after["content/pages/about.md"] == b"# About\n"
    assert after[PAPER] == MENDED.encode()
    assert (
        after["content/papers/roe2020title.yaml"]
        == WHOLE.replace("A Title", '"Another: One"').replace("\n", "\r\n").encode()
    )

    again = survey("check", "--fix", "--root", root)
    assert again.stderr == ""
    assert snapshot(root) == after


def test_check_says_how_much_can_be_mended(root: Path) -> None:
    result = survey("check", "--root", root)
    assert result.stdout.splitlines()[-1].endswith("; survey check --fix mends 5")


def test_diff_changes_nothing_and_git_applies_it(root: Path, require_tool: Callable[..., str]) -> None:
    before = snapshot(root)
    result = survey("check", "--fix", "--diff", "--root", root)
    assert (result.exit_code, result.stderr) == (1, "")
    assert snapshot(root) == before

    command = [require_tool("git"), "apply", "--whitespace=nowarn", "-"]
    subprocess.run(command, cwd=root, input=result.stdout_bytes, check=True)
    applied = snapshot(root)
    for name, content in before.items():
        (root / name).write_bytes(content)
    survey("check", "--fix", "--root", root)
    assert snapshot(root) == applied
    assert survey("check", "--diff", "--root", root).exit_code == 0


def test_a_terminal_is_not_steered_by_what_a_diff_shows(root: Path) -> None:
    (root / PAPER).write_text(f"{WHOLE}# \u202e\u200b2J\nvolume: 017\n", "utf-8")
    ours, theirs = pty.openpty()
    script = Path(sys.executable).with_name("survey")
    subprocess.run([script, "check", "--diff", "--root", root], stdout=theirs, timeout=300, check=False)
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert "\\u202e\\u200b2J" in shown
    assert "\u202e" not in shown
    assert '+volume: "017"' in shown


def test_marks_that_stand_twice_are_gone_at_once(root: Path) -> None:
    (root / PAPER).write_text(f"\ufeff\ufeff{WHOLE}", "utf-8")
    survey("check", "--fix", "--root", root)
    assert (root / PAPER).read_text("utf-8") == WHOLE


def test_json_stays_json(root: Path) -> None:
    result = survey("check", "--fix", "--format", "json", "--root", root)
    assert [one["code"] for one in json.loads(result.stdout)] == [
        one["code"] for one in json.loads(survey("check", "--format", "json", "--root", root).stdout)
    ]


def test_a_link_to_a_file_stays_a_link(root: Path) -> None:
    real = root / "content/shared.txt"
    (root / PAPER).rename(real)
    (root / PAPER).symlink_to(real)
    survey("check", "--fix", "--root", root)
    assert (root / PAPER).is_symlink()
    assert real.read_bytes() == MENDED.encode()
