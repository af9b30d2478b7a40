"""Hand-written pages in folders, and the reference of the commands."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main

PAGES = {
    "guide.md": "# The guide\n\nBegin with [the second](/guide/zebra/), then [the first](/guide/apple/).\n",
    "guide/apple.md": "# Apple\n\nText.\n",
    "guide/zebra.md": "# Zebra\n\nText.\n",
    "guide/zebra/stripes.md": "# Stripes\n\nText.\n",
    "guide/unnamed.md": "# Unnamed\n\nText.\n",
    "loose/one.md": "# In a folder without a page\n\nText.\n",
    "plain.md": "# Plain\n\nText.\n",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("survey")
    (root / "content").mkdir()
    (root / "content/survey.yaml").write_text("format: 1\ntitle: A Survey\n")
    for name, text in PAGES.items():
        file = root / "content/pages" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    done = CliRunner().invoke(main, ["generate", "--root", str(root)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return root


def test_a_folder_of_pages_is_a_section_in_the_order_in_which_its_page_names_them(root: Path) -> None:
    navigation = (root / ".survey/mkdocs.yml").read_text("utf-8").partition("nav:")[2]
    files = [file for file in re.findall(r'"(\S+)index\.md"', navigation) if file.startswith(("guide", "loose", "pl"))]
    section = ["guide/", "guide/zebra/", "guide/zebra/stripes/", "guide/apple/", "guide/unnamed/"]
    assert files == [*section, "loose/one/", "plain/"]
    depth = {file: len(indent) for indent, file in re.findall(r'(?m)^( *)- .*"(\S+)index\.md"$', navigation)}
    assert depth["plain/"] == depth["loose/one/"] < depth["guide/apple/"] < depth["guide/zebra/stripes/"]


def test_only_a_page_of_a_section_shows_the_navigation_beside_it(root: Path) -> None:
    hidden = {
        name for name in PAGES if '"navigation"' in (root / "docs" / name.removesuffix(".md") / "index.md").read_text()
    }
    assert hidden == {"loose/one.md", "plain.md"}


def test_the_reference_of_commands_says_what_each_command_says(root: Path) -> None:
    text = html.unescape((root / "docs/contribute/commands/index.md").read_text("utf-8"))
    listed = re.findall(r"(?m)^## (\S+) \{ #command-\1 \}$", text)
    assert listed == sorted(main.commands)
    for name in listed:
        part = text.partition(f"## {name} ")[2].partition("\n## ")[0]
        told = CliRunner().invoke(main, [name, "--help"], terminal_width=1000, prog_name="survey").output
        usage = told.partition("\n")[0].removeprefix("Usage: ")
        assert f"```console\n{usage}\n```" in part
        options = [one for one in re.findall(r"(?m)^  (-\S.*?)(?:   *|$)", told) if "--help" not in one]
        assert [option for option in options if f"<code>{option}</code>" not in part] == []
        assert len(options) == part.count("<dt>"), name
        for example in re.findall(rf"(?m)^    (survey {name}\b.*)$", told):
            assert f"\n{example}\n" in part


def test_the_reference_of_commands_is_found_from_that_of_findings(root: Path) -> None:
    assert 'href="../../contribute/commands/"' in (root / "docs/contribute/findings/index.md").read_text("utf-8")
