"""`survey serve`, driven as a person drives it: an editor on one side, a browser on the other."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from waiting import open_search

FILES = {
    "content/survey.yaml": "format: 1\ntitle: A Survey\nsite_url: https://example.org/survey/\ngroupings: [topics]\n",
    "content/groupings/topics/_index.yaml": "title: Topics\n",
    "content/groupings/topics/a.yaml": "title: A group\nsummary: Its card.\npapers: [doe2020title]\n",
    "content/papers/doe2020title.yaml": (
        'title: A Title\nauthors: ["Doe, Jane"]\nyear: 2020\ntype: preprint\narxiv: "2007.05768"\nsummary: First words.\n'
    ),
}
RECORD = Path("content/papers/doe2020title.yaml")


class Preview:
    """The command at work on a survey."""

    def __init__(self, root: Path, port: int) -> None:
        self.root = root
        self.said = ""
        command = [str(Path(sys.executable).with_name("survey")), "serve", "--root", str(root), "--port", str(port)]
        # A shell starts what runs in the background deaf to interrupts, and a child inherits that.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8")
        signal.signal(signal.SIGINT, before)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.url = self.hear(r"The survey is at (\S+)")

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said += line

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self._listener.join()
        assert self.process.stderr is not None
        self.process.stderr.close()

    def hear(self, pattern: str, seconds: float = 60) -> str:
        """Wait until the command has said something since this was last called; return it, or its first group."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := re.search(pattern, self.said):
                self.said = self.said[found.end() :]
                return found[found.re.groups]
            time.sleep(0.02)
        raise AssertionError(f"{pattern} was not said, but:\n{self.said}")

    def change(self, name: str | Path, old: str, new: str) -> None:
        file = self.root / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    def docs(self) -> dict[str, bytes]:
        return {
            file.relative_to(self.root).as_posix(): file.read_bytes()
            for folder in ("docs", ".survey")
            for file in (self.root / folder).rglob("*")
            if file.is_file()
        }


@pytest.fixture
def survey(tmp_path: Path, repository: Path, page: Page) -> Iterator[Preview]:
    root = tmp_path / "survey"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    for folder in ("pages", "theme/partials"):
        (root / "site_templates" / folder).mkdir(parents=True)
    shutil.copy(repository / "mkdocs.yml", root)
    served = Preview(root, 0)
    yield served
    page.goto("about:blank")  # Chromium hangs if it is closed while a page reloads itself
    served.end()


@pytest.fixture
def as_generated(survey: Preview, survey_command: Callable[..., subprocess.CompletedProcess[str]]) -> Iterator[None]:
    """After the test, what the preview wrote is what the content as it is now gives anew."""
    yield
    before = survey.docs()
    for folder in ("docs", ".survey"):
        shutil.rmtree(survey.root / folder)
    assert survey_command("generate", root=survey.root).returncode == 0
    assert survey.docs() == before


@pytest.mark.usefixtures("as_generated")
def test_what_is_written_is_soon_seen(survey: Preview, page: Page) -> None:
    assert survey.url.endswith("/survey/"), "the path is that of the real site"
    page.goto(f"{survey.url}papers/doe2020title/")
    expect(page.locator("article")).to_contain_text("First words.")
    survey.change(RECORD, "First words.", "Second words.")
    expect(page.locator("article")).to_contain_text("Second words.")
    assert re.search(r"doe2020title.yaml changed\n[1-9][0-9]* files? · [0-9.]+ s", survey.hear(r"(?s)(.* s)\n"))
    page.goto(f"{survey.url}topics/a/")
    survey.change("content/groupings/topics/a.yaml", "A group", "Another group")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Another group")
    open_search(page)
    page.keyboard.type("second")
    expect(page.get_by_role("option").first).to_contain_text("Second words.")
    assert not (survey.root / "site").exists(), "the real site is left alone"


@pytest.mark.usefixtures("as_generated")
def test_a_mistake_is_told_and_the_last_good_site_stays(survey: Preview, page: Page, findings: list[str]) -> None:
    address = f"{survey.url}papers/doe2020title/"
    page.goto(address)
    survey.change(RECORD, "year: 2020", "year: 20x0")
    assert "3:7 error" in survey.hear(r"(?s)(content/papers/doe2020title\.yaml\n.*until this is mended)")
    page.reload()
    expect(page.locator("article")).to_contain_text("First words.")
    survey.change(RECORD, "year: 20x0\n", "year: 2021\n")
    expect(page.locator(".survey-facts")).to_contain_text("2021")
    assert findings == []


@pytest.mark.usefixtures("as_generated")
def test_files_come_go_and_are_renamed(survey: Preview, page: Page, findings: list[str]) -> None:
    record = (survey.root / RECORD).read_text("utf-8")
    other = record.replace("A Title", "Something Else").replace("2007.05768", "2007.05769")
    (survey.root / "content/papers/roe2020other.yaml").write_text(other, "utf-8")
    survey.hear(r" s\n")
    page.goto(f"{survey.url}papers/roe2020other/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Something Else")
    (survey.root / "content/papers/roe2020other.yaml").unlink()
    survey.hear(r" s\n")
    expect(page.get_by_role("heading", level=1)).to_contain_text("404")
    page.goto("about:blank")  # a page that reloads itself would cross the next address that is asked for
    findings.clear()  # the browser tells of the page that is gone
    (survey.root / RECORD).rename(survey.root / "content/papers/doe2020renamed.yaml")
    survey.hear(r"until this is mended")  # a group still names the former key
    with (survey.root / "content/papers/doe2020renamed.yaml").open("a", encoding="utf-8") as file:
        file.write("aliases: [doe2020title]\n")
    survey.hear(r" s\n")
    page.goto(f"{survey.url}papers/doe2020title/")
    page.wait_for_url("**/papers/doe2020renamed/")
    findings[:] = [found for found in findings if "404" not in found]


@pytest.mark.usefixtures("as_generated")
def test_templates_styles_and_the_theme_are_watched(survey: Preview, page: Page, repository: Path) -> None:
    templates = survey.root / "site_templates"
    page.goto(survey.url)
    own = templates / "pages/home.md.j2"
    own.write_text('{% extends "survey/home.md.j2" %}\n{% block calls %}\n\nOur own call.\n{% endblock %}\n', "utf-8")
    expect(page.locator("article")).to_contain_text("Our own call.")
    own.write_text("{% extends %}", "utf-8")
    assert "site_templates/pages/home.md.j2:1: " in survey.hear(r"(?s)(.*until this is mended)")
    expect(page.locator("article")).to_contain_text("Our own call.")
    own.unlink()
    survey.hear(r" s\n")
    expect(page.locator("article")).not_to_contain_text("Our own call.")
    logo = templates / "theme/partials/logo.html"
    logo.write_text("<b>{{ 1 +", "utf-8")
    assert "logo.html" in survey.hear(r"(?s)(.*until this is mended)")
    logo.write_text("<b>Our own logo</b>", "utf-8")
    expect(page.locator("header .md-logo").first).to_contain_text("Our own logo")
    (survey.root / "mkdocs.yml").write_text("theme: [", "utf-8")
    survey.hear("until this is mended")
    shutil.copy(repository / "mkdocs.yml", survey.root)
    survey.hear(r" s\n")


def test_reading_is_no_change_and_a_burst_is_one(survey: Preview) -> None:
    (survey.root / RECORD).read_bytes()
    (survey.root / "content/papers/.doe2020title.yaml.swp").write_bytes(b"an editor's own")
    (survey.root / "content/papers/doe2020title.yaml~").write_bytes(b"an editor's own")
    for number in range(40):
        survey.change(RECORD, f"First words{'.' * (number + 1)}", f"First words{'.' * (number + 2)}")
    survey.hear(r" s\n")
    time.sleep(0.5)
    assert "changed" not in survey.said


def test_an_interrupt_ends_it_quietly(survey: Preview) -> None:
    survey.process.send_signal(signal.SIGINT)
    assert survey.process.wait(timeout=30) == 0
    assert "Traceback" not in survey.said


def test_a_taken_port_is_said_in_a_line(survey: Preview) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [str(Path(sys.executable).with_name("survey")), "serve", "--root", str(survey.root), "--port", port]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert done.returncode == 2
    assert re.fullmatch(r"survey: .*in use.*\n", done.stderr)
