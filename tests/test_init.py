"""`survey init`: a new survey that is sound from its first minute, and nothing overwritten."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

from generator.cli import main
from surveys import read_yaml

REPOSITORY = "https://github.com/Jane/codes"

TITLES = [
    "Codes and Channels",
    'A: "B" #c',
    "'quoted' & \\ escaped, 100 % [sic] {x} *y* _z_ `code` <b",
    "- no list, no: mapping",
    "1984",
    "no",
    "2024-02-30",
    "@mention and ${{ github.token }} and @{title|yaml} and {{ 7 * 7 }}",
    "Überblick über 大規模言語モデル: ελληνικά",
    "Attention in $O(n \\log n)$",
    "#",
    "x" * 300,
]


def survey(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def begin(folder: Path, *arguments: str) -> Path:
    result = survey("init", folder, *arguments)
    assert result.exit_code == 0, result.output
    return folder


def everything_below(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return begin(tmp_path / "new", "--title", "Codes and Channels", "--repository", REPOSITORY)


def test_one_command_makes_all_that_a_survey_needs(new: Path) -> None:
    written = everything_below(new)
    assert {
        ".github/workflows/check.yml",
        ".github/workflows/publish.yml",
        ".gitignore",
        ".vscode/settings.json",
        "CITATION.cff",
        "Makefile",
        "README.md",
        "content/groupings/topics/_index.yaml",
        "content/groupings/topics/first-topic.yaml",
        "content/pages/about.md",
        "content/papers/doe2020example.yaml",
        "content/schema/paper.schema.json",
        "content/survey.yaml",
        "content/venues.yaml",
        "mkdocs.yml",
    } <= written.keys()
    assert [name for name, content in written.items() if content and re.search(rb"@\{\w+\|", content)] == []


def test_it_is_told_where_to_go_on(tmp_path: Path) -> None:
    result = survey("init", tmp_path / "new")
    assert re.fullmatch(r"wrote \d+ files to \S+/new; its README\.md says how to go on\n", result.output)


def test_a_new_survey_has_no_finding_and_is_canonical(new: Path) -> None:
    for command in (["check", "--strict"], ["fmt", "--check"], ["schema", "--check"]):
        result = survey(*command, "--root", new)
        assert (result.exit_code, result.output) == (0, ""), command


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("repository", [None, REPOSITORY])
def test_any_title_stands_as_it_was_given(tmp_path: Path, title: str, repository: str | None) -> None:
    root = begin(tmp_path / "new", "--title", title, *(["--repository", repository] if repository else []))
    settings, citation = read_yaml(root / "content/survey.yaml"), read_yaml(root / "CITATION.cff")
    assert settings["title"].strip() == citation["title"] == title
    assert settings.get("repository") == citation.get("repository-code") == repository
    assert survey("check", "--strict", "--root", root).output == ""
    assert survey("fmt", "--check", "--root", root).output == ""


def test_the_readme_shows_any_title_as_text(tmp_path: Path) -> None:
    for position, title in enumerate(TITLES):
        root = begin(tmp_path / str(position), "--title", title)
        heading, inline, *_ = MarkdownIt("commonmark").parse((root / "README.md").read_text("utf-8"))
        assert heading.tag == "h1"
        assert {child.type for child in inline.children or []} <= {"text", "text_special"}
        assert "".join(child.content for child in inline.children or []) == title


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("sparse-attention", "Sparse attention"),
        ("MoE_survey", "MoE survey"),
        ("a  b", "A b"),
        ("---", "A living survey"),
    ],
)
def test_without_a_title_the_folder_gives_one(tmp_path: Path, name: str, title: str) -> None:
    root = begin(tmp_path / "in" / "here" / name)
    assert read_yaml(root / "content/survey.yaml")["title"] == title


@pytest.mark.parametrize(
    ("repository", "site"),
    [
        ("https://github.com/Jane/codes", "https://jane.github.io/codes/"),
        ("https://github.com/Jane/codes.git", "https://jane.github.io/codes/"),
        ("https://github.com/jane/jane.github.io/", "https://jane.github.io/"),
        ("https://gitlab.com/jane/codes", "https://jane.gitlab.io/codes/"),
        ("https://git.example.org/jane/codes", None),
        ("https://github.com/jane", None),
    ],
)
def test_where_the_forge_will_publish_is_filled_in(tmp_path: Path, repository: str, site: str | None) -> None:
    root = begin(tmp_path / "new", "--repository", repository)
    assert read_yaml(root / "content/survey.yaml").get("site_url") == site
    assert read_yaml(root / "CITATION.cff").get("url") == site
    assert ("Published at" in (root / "README.md").read_text("utf-8")) == bool(site)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--title", ""), "this value is empty"),
        (("--title", " \t"), "this value is empty"),
        (("--title", "two\nlines"), "one line is expected here"),
        (("--title", "\udcff"), "U+DCFF is not allowed"),
        (("--title", "Cats &amp; Dogs"), "is HTML"),
        (("--repository", "github.com/jane/codes"), "is not a link"),
        (("--repository", "javascript:alert(1)"), "is not a link"),
        (("--repository", ""), "this value is empty"),
        (("--repository", "https://github.com/jane/codes\nlicense: none"), "is not a link"),
    ],
)
def test_what_check_would_refuse_is_refused_and_nothing_written(
    tmp_path: Path, arguments: tuple[str, str], told: str
) -> None:
    result = survey("init", tmp_path / "new", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (tmp_path / "new").exists()


def test_a_folder_with_nothing_but_a_git_repository_will_do(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    before = (tmp_path / ".git/HEAD").read_bytes()
    begin(tmp_path)
    assert (tmp_path / ".git/HEAD").read_bytes() == before
    shown = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"], cwd=tmp_path, capture_output=True, check=True
    )
    assert b"?? content/survey.yaml\n" in shown.stdout


@pytest.mark.parametrize("there", ["README.md", ".env", "content/survey.yaml", "empty/"])
def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path, there: str) -> None:
    if there.endswith("/"):
        (tmp_path / there).mkdir()
    else:
        (tmp_path / there).parent.mkdir(exist_ok=True)
        (tmp_path / there).write_text("theirs\n")
    before = everything_below(tmp_path)
    result = survey("init", tmp_path)
    assert result.exit_code == 2
    assert f"is not empty: it holds {there.partition('/')[0]}" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert everything_below(tmp_path) == before


@pytest.mark.parametrize("kind", ["file", "broken link"])
def test_what_is_no_folder_is_left_alone(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "new"
    if kind == "file":
        target.write_text("theirs\n")
    else:
        target.symlink_to(tmp_path / "gone")
    before = everything_below(tmp_path)
    result = survey("init", target)
    assert result.exit_code == 2
    assert "is not a folder" in result.stderr
    assert everything_below(tmp_path) == before


def test_the_example_is_gone_with_its_file(new: Path) -> None:
    (new / "content/papers/doe2020example.yaml").unlink()
    assert survey("check", "--strict", "--root", new).output == ""
    assert survey("generate", "--root", new).exit_code == 0


def test_the_example_says_that_it_is_one(new: Path) -> None:
    text = (new / "content/papers/doe2020example.yaml").read_text("utf-8")
    record = read_yaml(new / "content/papers/doe2020example.yaml")
    assert "Delete this file" in text
    assert "Delete Its File" in record["title"]
    assert "does not exist" in record["summary"]
    assert record["url"].startswith("https://example.org/")


def test_what_is_the_same_here_is_the_same_there(new: Path, repository: Path) -> None:
    """The look, the editor's settings and the workflow that publishes are those of this repository, kept up to date."""
    for name in ("mkdocs.yml", ".vscode/settings.json", ".vscode/extensions.json", ".github/dependabot.yml"):
        ours = (repository / name).read_text("utf-8")
        assert (new / name).read_text("utf-8") in (ours, re.sub(r"(?m)\A#.*\n", "", ours)), name
    renamed = {"workflows/publish.yml": "workflows/pages.yml"}
    for name in (
        "workflows/publish.yml",
        "workflows/release.yml",
        "workflows/draft.yml",
        "workflows/weekly.yml",
        "ISSUE_TEMPLATE/paper.yml",
    ):
        there = (repository / ".github" / renamed.get(name, name)).read_bytes()
        assert (new / ".github" / name).read_bytes() == there, name


def test_actions_are_pinned_to_what_this_repository_uses(new: Path, repository: Path) -> None:
    def pins(root: Path) -> set[str]:
        files = (root / ".github/workflows").glob("*.yml")
        return {pin for file in files for pin in re.findall(r"uses: (.*)", file.read_text("utf-8"))}

    assert pins(new)
    assert pins(new) <= pins(repository)


def test_make_says_where_to_get_the_package(
    new: Path, require_tool: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LIVING_SURVEY_SOURCE", raising=False)
    done = subprocess.run(
        [require_tool("make"), "site"], cwd=new, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert done.returncode == 2
    assert "make site LIVING_SURVEY_SOURCE=git+https://HOST/OWNER/living-survey@COMMIT" in done.stderr
    assert not (new / ".venv").exists()


def test_a_new_survey_builds_with_every_warning_an_error(new: Path) -> None:
    result = survey("build", "--strict", "--root", new)
    assert result.exit_code == 0, result.output
    home = (new / "site/index.html").read_text("utf-8")
    assert "Codes and Channels" in home
    assert "Delete Its File" in (new / "site/papers/doe2020example/index.html").read_text("utf-8")
    assert (new / "site/papers/doe2020example.bib").is_file()
    shutil.rmtree(new / "content/papers")
    assert survey("build", "--strict", "--root", new).exit_code == 0, "a survey may be without papers yet"
