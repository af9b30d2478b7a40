"""`survey changes`: what a reviewer is shown of a proposal, and that none of it comes to life."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

from conftest import Commit
from generator.changes import LONGEST, MOST, as_markdown, changes
from generator.cli import main
from generator.source import SourceFile

RECORD = "title: {title}\nauthors:\n  - Doe, Jane\nyear: {year}\ntype: preprint\n"


def record(key: str, title: str = "A Title", year: int = 2020, more: str = "") -> SourceFile:
    return SourceFile(f"content/papers/{key}.yaml", RECORD.format(title=title, year=year) + more)


def told(before: list[SourceFile], now: list[SourceFile]) -> str:
    """Return what a reader of the rendered Markdown sees, a line a block or row."""
    html = MarkdownIt("commonmark", {"html": True}).render(as_markdown(changes(before, now)))
    text = re.sub(r"</(h\d|p|tr)>", "\n", html).replace("</th>", "|").replace("</td>", "|").replace("<br>", "/")
    lines = [" ".join(re.sub(r"<[^>]*>", "", line).split()).strip("|") for line in text.split("\n")]
    return "\n".join(filter(None, lines))


def test_new_changed_renamed_and_removed_records_are_told_key_by_key() -> None:
    before = [record("same"), record("changed", more="tags: [a, b]\n"), record("gone"), record("old", "Kept")]
    now = [
        record("same"),
        record("changed", "Another", more="tags: [a, c]\n"),
        record("brand", "New"),
        record("young", "Kept", more="aliases: [old]\n"),
    ]
    assert told(before, now) == (
        "Records\n1 new, 1 changed, 1 renamed, 1 removed.\n"
        "New: brand\nnow\ntitle|New\nauthors|Doe, Jane\nyear|2020\ntype|preprint\n"
        "Changed: changed\nbefore|now\ntitle|A Title|Another\ntags|a/b|a/c\n"
        "Removed: gone\nbefore\ntitle|A Title\nauthors|Doe, Jane\nyear|2020\ntype|preprint\n"
        "Renamed: old → young\nbefore|now\naliases|—|old"
    )


def test_what_means_the_same_is_no_change() -> None:
    assert told([record("a")], [SourceFile(record("a").path, "# a comment\n" + record("a").text)]) == (
        "Records\nNo record changes."
    )


def test_a_record_that_cannot_be_read_is_named() -> None:
    broken = SourceFile("content/papers/a.yaml", "title: [\n")
    assert told([record("a")], [broken]) == (
        "Records\n1 changed.\nChanged: a\nThe file cannot be read now; the check says why."
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "</code></td></table><img src=x onerror=alert(1)>",
        "@everybody and #1 and org/repo#2",
        "[click](javascript:alert(1)) ![x](https://evil.example/x.png)",
        "```\n# heading\n```",
        "| a | b |",
        "$x$ `code` **bold** ~~gone~~ https://evil.example/",
        "::error file=a::b",
    ],
)
def test_a_strangers_text_stays_text(text: str) -> None:
    lines = "".join(f"    {line}\n" for line in text.split("\n"))
    markdown = as_markdown(changes([], [record("evil", more=f"summary: |\n{lines}")]))
    html = MarkdownIt("commonmark", {"html": True}).render(markdown)
    assert set(re.findall(r"<(\w+)", html)) <= {
        "h2",
        "h3",
        "p",
        "code",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "br",
    }
    assert "evil.example" not in markdown, "an address is not even seen by what makes links of addresses"
    assert re.search(r"(?m)^::", markdown) is None
    assert re.findall(r"@\w|(?<!&)#\w", markdown) == [], "nobody is mentioned"


def test_long_values_and_reports_end() -> None:
    long = as_markdown(changes([], [record("a", more=f"summary: {'x' * (LONGEST + 10)}\n")]))
    assert "and 10 characters more" in re.sub(r"&#\d+;", " ", long) or "10 characters more" in long
    many = [record(f"k{n}", more=f"summary: {'x' * LONGEST}\n") for n in range(MOST // LONGEST + 50)]
    report = as_markdown(changes([], many))
    assert len(report) < MOST + 1_000
    assert re.search(r"\d+ more are not shown here", report)


def survey(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def test_the_command_compares_with_a_commit(tmp_path: Path, commit: Commit) -> None:
    assert survey("init", tmp_path / "new").exit_code == 0
    commit(tmp_path / "new", "v1")
    file = tmp_path / "new/content/papers/doe2020example.yaml"
    file.write_text(file.read_text("utf-8").replace("year: 2020", "year: 2021"), "utf-8")
    shown = survey("changes", "--against", "v1", "--root", tmp_path / "new")
    assert shown.exit_code == 0
    assert "### Changed: <code>doe2020example</code>" in shown.output
    assert "<td><code>2020</code></td><td><code>2021</code></td>" in shown.output
    missing = survey("changes", "--against", "v2", "--root", tmp_path / "new")
    assert missing.exit_code == 2
    assert "git knows no revision “v2”" in missing.stderr
