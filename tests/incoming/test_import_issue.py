"""An issue of the form “A paper is missing” becomes a draft; what a stranger writes stays text."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.incoming import issue
from surveys import read_yaml

FILLED = """\
### Where the paper is

https://arxiv.org/abs/1506.03134v2

### Why it belongs here

It lets attention be the answer.

### BibTeX

_No response_

### Title

Pointer Networks

### Authors

Oriol Vinyals
Fortunato, Meire
- Navdeep Jaitly

### Year

2015

### Published in

Advances in Neural Information Processing Systems

### Code

https://github.com/someone/pointers
"""


def survey(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    assert survey("init", tmp_path / "new").exit_code == 0
    return tmp_path / "new"


def imported(root: Path, text: str) -> Result:
    (root.parent / "issue.md").write_text(text, "utf-8")
    return survey("import", "--format", "issue", root.parent / "issue.md", "--root", root)


def test_every_answer_is_mapped_or_named(root: Path) -> None:
    done = imported(root, FILLED)
    assert done.exit_code == 0, done.output
    record = read_yaml(root / "content/papers/vinyals2015pointer.yaml")
    assert record["title"] == "Pointer Networks"
    assert record["authors"] == ["Vinyals, Oriol", "Fortunato, Meire", "Jaitly, Navdeep"]
    assert (record["year"], record["type"], record["arxiv"]) == ("2015", "conference", "1506.03134")
    assert record["code"] == "https://github.com/someone/pointers"
    assert read_yaml(root / "content/venues.yaml")[record["venue"]]["full"].startswith("Advances in Neural")
    assert "7:1 note: a record has no place for “Why it belongs here” [field-unused]" in done.stderr
    assert survey("check", "--root", root).exit_code == 0


@pytest.mark.parametrize(
    ("link", "field", "value"),
    [
        ("1506.03134", "arxiv", "1506.03134"),
        ("arXiv:1506.03134v1", "arxiv", "1506.03134"),
        ("10.1000/abc", "doi", "10.1000/abc"),
        ("doi: 10.1000/abc", "doi", "10.1000/abc"),
        ("https://doi.org/10.1000/abc", "doi", "10.1000/abc"),
        ("https://example.org/a", "url", "https://example.org/a"),
    ],
)
def test_where_the_paper_is_may_be_said_in_many_ways(root: Path, link: str, field: str, value: str) -> None:
    assert imported(root, FILLED.replace("https://arxiv.org/abs/1506.03134v2", link)).exit_code == 0
    assert read_yaml(root / "content/papers/vinyals2015pointer.yaml")[field] == value


def test_bibtex_is_enough(root: Path) -> None:
    done = imported(
        root,
        "### Where the paper is\n\n10.1000/abc\n\n### Why it belongs here\n\nIt does.\n\n### BibTeX\n\n```bibtex\n"
        "@article{x,\n  title = {A Title},\n  author = {Doe, Jane},\n  year = 2020,\n  journal = {A Journal},\n"
        "  keywords = {mine}\n}\n```\n\n### Title\n\n_No response_\n\n### Authors\n\n_No response_\n",
    )
    assert done.exit_code == 0, done.output
    record = read_yaml(root / "content/papers/x.yaml")
    assert (record["title"], record["authors"], record["doi"]) == ("A Title", ["Doe, Jane"], "10.1000/abc")
    assert record["type"] == "journal"
    assert "17:3 note: “keywords”" in done.stderr, "places are those of the issue"


def test_an_answer_that_says_too_little_gives_no_draft_and_says_so(root: Path) -> None:
    done = imported(root, "### Where the paper is\n\nin the library\n\n### Why it belongs here\n\nIt does.\n")
    assert done.exit_code == 1
    assert "[entry-incomplete]" in done.stderr
    assert "“Where the paper is”" in done.stderr
    assert [file.name for file in (root / "content/papers").iterdir()] == ["doe2020example.yaml"]


def test_what_is_no_such_issue_is_refused(root: Path) -> None:
    done = imported(root, "Hello, please add my paper.\n")
    assert done.exit_code == 1
    assert "[entry-unread]" in done.stderr


def elsewhere(root: Path) -> set[Path]:
    """The files that no import writes; `.survey/` is the commands' own and not committed."""
    own = {"papers", "venues.yaml", ".survey"}
    return {path for path in root.rglob("*") if not own & set(path.relative_to(root).parts)}


@pytest.mark.parametrize(
    "text",
    [
        '"; rm -rf . #',
        "$(touch pwned) `touch pwned`",
        "\x1b[2J\x00 ::set-output name=x::y",
        "{{ 7 * 7 }} ${{ github.token }} <script>alert(1)</script>",
        "../../../../etc/passwd",
        "- a: [b, {c: &d *e",
        "x" * 60_000,
        "### Title\n\nAnother\n\n### Authors",
    ],
)
def test_a_strangers_answers_are_text(root: Path, text: str) -> None:
    before = elsewhere(root)
    filled = FILLED
    for answer in ("Pointer Networks", "Oriol Vinyals", "It lets attention be the answer."):
        filled = filled.replace(answer, text)
    done = imported(root, filled)
    assert done.exit_code in {0, 1}
    assert "\x1b" not in done.output
    assert elsewhere(root) == before
    assert '"severity": "error"' not in survey("check", "--root", root, "--format", "json").stdout


def test_the_form_asks_for_what_the_reader_knows(repository: Path) -> None:
    form = read_yaml(repository / ".github/ISSUE_TEMPLATE/paper.yml")
    labels = {part["attributes"]["label"] for part in form["body"] if part["type"] != "markdown"}
    assert labels == issue.LABELS.keys()
