"""The command, as a contributor and a LaTeX author use it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string
from click.testing import CliRunner, Result

from conftest import SurveyCommand
from generator.bibliography import FORMATS, Format
from generator.cli import main

RECORD = """\
title: A Title
authors: ["Doe, Jane"]
year: 2020
type: preprint
arxiv: "2007.05768"
summary: What it says.
groups: [topics/a]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "content/survey.yaml": "format: 1\ntitle: A Survey\ngroupings: [topics]\n",
        "content/groupings/topics/_index.yaml": "title: Topics\n",
        "content/groupings/topics/a.yaml": "title: A group\nsummary: Its card.\n",
        "content/groupings/topics/a/b.yaml": "title: A child\nsummary: Its card.\naliases: [topics/b]\n",
        "content/papers/doe2020title.yaml": RECORD,
        "content/papers/roe2021other.yaml": RECORD.replace("A Title", "Other")
        .replace("05768", "05769")
        .replace("topics/a", "topics/a/b")
        + "aliases: [roe2020old]\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def survey(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def spoil(root: Path, old: str, new: str) -> None:
    path = root / "content/papers/doe2020title.yaml"
    path.write_text(path.read_text().replace(old, new))


def keys(bibtex: str) -> list[str]:
    library = parse_string(bibtex)
    assert library.failed_blocks == []
    return [entry.key for entry in library.entries]


def test_a_sound_survey_says_nothing(root: Path) -> None:
    result = survey("check", "--strict", "--root", root)
    assert (result.exit_code, result.output) == (0, "")


def test_an_error_is_shown_at_its_place_and_fails(root: Path) -> None:
    spoil(root, "year: 2020", "yaer: 2020")
    result = survey("check", "--root", root)
    assert result.exit_code == 1
    assert "content/papers/doe2020title.yaml\n" in result.stdout
    assert "  3:1 error: “yaer” is not a key" in result.stdout
    assert "Did you mean “year”?" in result.stdout
    assert result.stdout.endswith("\n2 errors\n")


def test_a_warning_fails_strict_only(root: Path) -> None:
    spoil(root, 'arxiv: "2007.05768"\n', "")
    assert survey("check", "--root", root).exit_code == 0
    assert survey("check", "--strict", "--root", root).exit_code == 1


def test_a_note_never_fails(root: Path) -> None:
    spoil(root, "summary: What it says.\n", "")
    result = survey("check", "--strict", "--root", root)
    assert result.exit_code == 0
    assert "note" in result.stdout


def test_json_is_a_list_of_findings(root: Path) -> None:
    spoil(root, "type: preprint", "type: preprnt")
    result = survey("check", "--format", "json", "--root", root)
    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "file": "content/papers/doe2020title.yaml",
            "line": 4,
            "column": 7,
            "code": "unknown-value",
            "severity": "error",
            "message": "“preprnt” is not a value of “type”",
            "hint": "Did you mean “preprint”?",
        }
    ]
    spoil(root, "type: preprnt", "type: preprint")
    assert json.loads(survey("check", "--format", "json", "--root", root).stdout) == []


@pytest.mark.parametrize("verb", ["check", "generate", "build", "export", "fmt"])
def test_a_folder_without_survey_is_exit_2_with_one_line(verb: str, tmp_path: Path) -> None:
    result = survey(verb, "--root", tmp_path)
    assert result.exit_code == 2
    assert "content/survey.yaml" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [["chek"], ["check", "--format", "xml"], ["check", "--root", "nowhere"], ["export", "--nope"]]
)
def test_wrong_usage_is_exit_2(arguments: list[str]) -> None:
    result = survey(*arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr


@pytest.mark.parametrize("verb", ["check", "generate", "build", "export", "fmt"])
def test_help_has_examples_on_lines_of_their_own(verb: str) -> None:
    result = survey(verb, "--help")
    assert result.exit_code == 0
    examples = result.output.split("Example", 1)[1].split("Options:")[0].splitlines()[1:]
    shown = [line.strip() for line in examples if line.strip()]
    assert shown
    assert all(line.startswith("survey ") for line in shown)


def test_errors_keep_the_last_good_pages(root: Path) -> None:
    assert survey("generate", "--root", root).exit_code == 0
    page = root / "docs/papers/doe2020title/index.md"
    before = page.read_bytes()
    spoil(root, "year: 2020", "year: MMXX")
    result = survey("generate", "--root", root)
    assert result.exit_code == 1
    assert "malformed-year" in result.stderr
    assert page.read_bytes() == before


def test_a_foreign_file_in_docs_is_exit_2_and_stays(root: Path) -> None:
    (root / "docs/papers/doe2020title").mkdir(parents=True)
    (root / "docs/papers/doe2020title/index.md").write_text("mine")
    result = survey("generate", "--root", root)
    assert result.exit_code == 2
    assert "docs/papers/doe2020title/index.md" in result.stderr
    assert (root / "docs/papers/doe2020title/index.md").read_text() == "mine"


def test_generating_twice_changes_nothing(root: Path) -> None:
    survey("generate", "--root", root)
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}
    survey("generate", "--root", root)
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()} == before


def test_a_record_that_is_removed_takes_its_pages_along(root: Path) -> None:
    survey("generate", "--root", root)
    (root / "content/papers/doe2020title.yaml").unlink()
    survey("generate", "--root", root)
    assert not list((root / "docs").rglob("*doe2020title*"))


def test_build_without_mkdocs_yml_is_exit_2(root: Path) -> None:
    result = survey("build", "--root", root)
    assert result.exit_code == 2
    assert "mkdocs.yml" in result.stderr


def test_export_prints_all_sorted_by_key(root: Path) -> None:
    assert keys(survey("export", "--root", root).stdout) == ["doe2020title", "roe2021other"]


def test_export_of_keys_follows_former_ones(root: Path) -> None:
    assert keys(survey("export", "--root", root, "roe2020old").stdout) == ["roe2021other"]


def test_export_of_a_group_has_its_children_too(root: Path) -> None:
    assert keys(survey("export", "--root", root, "--group", "topics/a").stdout) == ["doe2020title", "roe2021other"]
    assert keys(survey("export", "--root", root, "--group", "topics/a/b").stdout) == ["roe2021other"]


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
def test_export_writes_the_bytes_of_the_site(root: Path, form: Format) -> None:
    survey("generate", "--root", root)
    target, command = root / "all", ("export", "--root", root, "--format", form.name)
    assert survey(*command, "-o", target).exit_code == 0
    assert target.read_bytes() == (root / f"docs/downloads/survey{form.suffix}").read_bytes()
    group = survey(*command, "--group", "topics/a/b").stdout_bytes
    assert group == (root / f"docs/topics/a/b{form.suffix}").read_bytes()
    if form.by_paper:
        paper = survey(*command, "doe2020title").stdout_bytes
        assert paper == (root / f"docs/papers/doe2020title{form.suffix}").read_bytes()
        assert paper == survey(*command, "--paper", "doe2020title").stdout_bytes


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_export_of_a_preprint_writes_the_bytes_of_the_site(root: Path, form: str) -> None:
    path = root / "content/papers/doe2020title.yaml"
    published = "type: conference\nproceedings: The Proceedings\nformer_titles: [A Former Title]"
    path.write_text(path.read_text().replace("year: 2020\ntype: preprint", f"year: 2021\n{published}"))
    survey("generate", "--root", root)
    command = ("export", "--root", root, "--format", form, "--paper", "doe2020title")
    preprint = survey(*command, "--version", "preprint")
    suffix = FORMATS[form].suffix
    assert preprint.stdout_bytes == (root / f"docs/papers/doe2020title.preprint{suffix}").read_bytes()
    assert "A Former Title" in preprint.stdout
    assert "2020" in preprint.stdout
    assert "Proceedings" not in preprint.stdout
    assert survey(*command, "--version", "published").stdout_bytes == survey(*command).stdout_bytes


def test_a_paper_of_one_version_is_exported_as_that(root: Path) -> None:
    command = ("export", "--root", root)
    assert survey(*command, "--version", "preprint").stdout == survey(*command).stdout


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_format_that_says_both_versions_has_no_choice(root: Path, form: str) -> None:
    result = survey("export", "--root", root, "--format", form, "--version", "preprint")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no --version" in result.stderr


def test_a_former_address_keeps_its_file(root: Path) -> None:
    survey("generate", "--root", root)
    former = (root / "docs/papers/roe2020old.bib").read_text()
    assert keys(former) == ["roe2020old"], "a text that cites by the former key still finds it"
    assert former.replace("roe2020old", "roe2021other") == (root / "docs/papers/roe2021other.bib").read_text()
    assert (root / "docs/topics/b.bib").read_bytes() == (root / "docs/topics/a/b.bib").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["doe2020titel"], "doe2020title"),
        (["--paper", "doe2020titel"], "doe2020title"),
        (["--group", "topics/aa"], "topics/a"),
    ],
)
def test_export_of_what_does_not_exist_is_exit_2_with_a_hint(root: Path, arguments: list[str], hint: str) -> None:
    result = survey("export", "--root", root, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"Did you mean “{hint}”?" in result.stderr


def test_export_of_a_survey_with_errors_prints_no_bibliography(root: Path) -> None:
    spoil(root, "year: 2020", "year: MMXX")
    result = survey("export", "--root", root)
    assert (result.exit_code, result.stdout) == (1, "")


def test_fmt_says_what_it_would_do_and_does_it(root: Path) -> None:
    assert survey("fmt", "--check", "--root", root).exit_code == 1
    before = (root / "content/papers/doe2020title.yaml").read_text()
    assert before == RECORD
    assert survey("fmt", "--root", root).exit_code == 0
    assert (
        (root / "content/papers/doe2020title.yaml").read_text().startswith("title: A Title\nauthors:\n  - Doe, Jane\n")
    )
    result = survey("fmt", "--check", "--root", root)
    assert (result.exit_code, result.output) == (0, "")


def test_fmt_leaves_a_broken_file_alone(root: Path) -> None:
    spoil(root, "title: A Title", "title: A: Title")
    before = (root / "content/papers/doe2020title.yaml").read_bytes()
    survey("fmt", "--root", root)
    assert (root / "content/papers/doe2020title.yaml").read_bytes() == before


def test_a_template_of_the_survey_takes_the_place_of_ours(root: Path, repository: Path) -> None:
    original = (repository / "site_templates/pages/home.md.j2").read_text()
    (root / "site_templates/pages").mkdir(parents=True)
    (root / "site_templates/pages/home.md.j2").write_text(original + "\nA line of our own.\n")
    survey("generate", "--root", root)
    assert "A line of our own." in (root / "docs/index.md").read_text()
    shutil.rmtree(root / "site_templates")
    survey("generate", "--root", root)
    assert "A line of our own." not in (root / "docs/index.md").read_text()


def test_an_author_gets_what_the_site_has(repository: Path, survey_command: SurveyCommand) -> None:
    table = survey_command("export", "--format", "table-csv", "--group", "topics/prompting", root=repository)
    assert table.stdout.startswith("key,title,year,attribute:")
    tree = survey_command("export", "--format", "forest", "--group", "kinds", root=repository)
    assert "\\begin{forest}" in tree.stdout
    unnamed = survey_command("export", "--format", "forest", root=repository)
    assert (unnamed.returncode, "--group topics" in unnamed.stderr) == (2, True)
    unknown = survey_command("export", "--format", "table", "--group", "topics/promting", root=repository)
    assert (unknown.returncode, "topics/prompting" in unknown.stderr) == (2, True)


def test_an_awesome_list_goes_between_its_markers(
    tmp_path: Path, repository: Path, survey_command: SurveyCommand
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("# Mine\n\n<!-- survey:begin -->\n<!-- survey:end -->\n", encoding="utf-8")
    done = survey_command("export", "--format", "awesome", "--into", str(readme), root=repository)
    assert (done.returncode, done.stdout) == (0, "")
    assert "## Prompting" in readme.read_text(encoding="utf-8")
    readme.write_text("# Mine\n", encoding="utf-8")
    refused = survey_command("export", "--format", "awesome", "--into", str(readme), root=repository)
    assert (refused.returncode, "<!-- survey:begin -->" in refused.stderr) == (2, True)
    assert readme.read_text(encoding="utf-8") == "# Mine\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's redirections")
@pytest.mark.parametrize(
    ("command", "status", "out", "err"),
    [
        ("export | wc -l", 0, "19", ""),
        ("export | head -n 1", 0, "@misc{doe2020title,", ""),
        ("export doe2020title > out && wc -l < out", 0, "9", ""),
        ("check >&-", 0, "", ""),
        ("export nobody2020title", 2, "", "survey: There is no paper “nobody2020title”."),
        pytest.param(
            "export > /dev/full",
            2,
            "",
            "survey: No space left on device.",
            marks=pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device"),
        ),
    ],
)
def test_all_that_is_written_arrives_wherever_it_is_sent(
    command: str, status: int, out: str, err: str, root: Path
) -> None:
    """The process ends without further ado once a command is done."""
    line = f"{sys.executable} -m generator {command}"
    done = subprocess.run(line, shell=True, cwd=root, capture_output=True, text=True, timeout=60, check=False)  # noqa: S602
    assert (done.returncode, done.stdout.strip(), done.stderr[: len(err)]) == (status, out, err)
