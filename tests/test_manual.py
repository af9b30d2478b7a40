"""What the manual's pages show is true: each page is a session at a terminal, typed here from top to bottom.

A block of `console` is typed line by line. A block whose first line names a file is saved there; of `mkdocs.yml` and
`content/venues.yaml` it is added to what there is. A block of `text` is what the last commands said, or the beginning of it.
A page that does not begin a survey itself begins in a new one.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import main

MANUAL = Path(__file__).resolve().parents[1] / "content/pages/manual"
ADDED = {"mkdocs.yml", "content/venues.yaml"}
ASKS_OR_NEVER_ENDS = {"new", "serve", "add", "published", "check-links"}
INSTALLS = ["python3 -m venv tools", ". tools/bin/activate", "pip install git+"]
"""What `test_packaging.py` does with the package that was built here."""

_NAME = re.compile(r"(?:---\n)?(?:# |% |<!-- |\{# |/\* )(?P<name>\S+\.\w+|Makefile)(?: -->| #\}| \*/)?\n")


def blocks(page: Path) -> list[tuple[str, str]]:
    return re.findall(r"(?ms)^```(\w+)\n(.*?)^```$", page.read_text("utf-8"))


class Session:
    """A terminal in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.here = folder
        self.said = ""

    def type(self, line: str, monkeypatch: pytest.MonkeyPatch) -> int:
        program, *arguments = shlex.split(line, comments=True)
        monkeypatch.chdir(self.here)
        if program == "cd":
            self.here /= arguments[0]
            return 0
        if program != "survey":
            assert program in {"git", "rm"}, line
            person = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org"}
            for name, value in {**person, **{k.replace("AUTHOR", "COMMITTER"): v for k, v in person.items()}}.items():
                monkeypatch.setenv(name, value)
            return subprocess.run([program, *arguments], cwd=self.here, check=False, timeout=300).returncode
        if arguments[0] in ASKS_OR_NEVER_ENDS:
            arguments.append("--help")
        result = CliRunner().invoke(main, arguments, catch_exceptions=False)
        self.said += result.output
        return result.exit_code

    def save(self, name: str, text: str) -> None:
        file = self.here / name
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.read_text("utf-8") if name in ADDED and file.exists() else ""
        file.write_text(before + text, "utf-8")


@pytest.mark.parametrize("page", sorted(MANUAL.glob("*.md")), ids=lambda page: page.stem)
def test_a_page_can_be_followed(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session, todo = Session(tmp_path), blocks(page)
    if not any("survey init" in text for _, text in todo):
        assert session.type("survey init survey", monkeypatch) == 0
        session.here /= "survey"
    for position, (language, text) in enumerate(todo):
        name = _NAME.match(text)
        if language == "console":
            session.said = ""
            told = [shown for kind, shown in todo[position + 1 : position + 2] if kind == "text"]
            for line in text.splitlines():
                if not line.startswith(tuple(INSTALLS)):
                    status = session.type(line, monkeypatch)
                    assert status == 0 or (status == 1 and (told or "--diff" in line)), f"{line}\n{session.said}"
        elif language == "text":
            assert text in session.said
        elif name:
            session.save(name["name"], text)
            if language == "toml":
                assert tomllib.loads(text)
            elif name["name"].startswith("."):
                assert yaml.safe_load(text)
        else:
            assert language in {"make", "markdown"}, f"a block that no test reads: {text}"


def test_three_commands_make_a_survey_of_a_bibliography(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its keys stay as they are in people's documents, and nothing but what the manual shows is typed."""
    todo = blocks(MANUAL / "bring.md")
    session = Session(tmp_path)
    session.save("refs.bib", next(text for language, text in todo if language == "bibtex"))
    commands = next(text for language, text in todo if language == "console").splitlines()
    assert [command.split()[1] for command in commands] == ["init", "import", "build"]
    for command in commands:
        assert session.type(command, monkeypatch) == 0
    site = tmp_path / "pointers/site"
    assert "@misc{gu-copying,\n" in (site / "papers/gu-copying.bib").read_text("utf-8")
    assert "@inproceedings{vinyals_pointer,\n" in (site / "papers/vinyals_pointer.bib").read_text("utf-8")
    assert "Pointer Networks" in (site / "papers/vinyals_pointer/index.html").read_text("utf-8")


def test_the_look_that_the_manual_shows_is_that_of_the_readme(repository: Path) -> None:
    """One example, which `test_packaging.py` builds with the installed package."""
    shown = dict(re.findall(r"(?ms)^```(css|yaml)\n(.*?)^```$", (MANUAL / "look.md").read_text("utf-8")))
    readme = (repository / "README.md").read_text("utf-8")
    assert [block for block in shown.values() if block not in readme] == []
