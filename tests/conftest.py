"""What the tests share: the repository, the command, built sites, a server for them, a browser.

The tests of the site see the generator from outside: they run the installed command on a copy of
the content and look at what it wrote. Where a tool is missing a test is skipped and says so; in CI nothing is
skipped, so that a missing tool is a failure there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

import pytest
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    WebError,
    expect,
    sync_playwright,
)

from generator.decode import decode
from generator.resolve import resolve
from generator.source import read
from generator.survey import Paper
from surveys import Served, copy_survey, read_yaml, serving_survey

settings.register_profile("survey", deadline=None)  # a busy machine is no finding
settings.register_profile("mutants", deadline=None, derandomize=True, max_examples=25)  # thousands of runs
settings.load_profile("survey")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write what is expected anew, for review as a diff")
    parser.addoption("--edits", type=int, default=200, help="how many random edits are made")
    parser.addoption("--compare-every", type=int, default=40, help="after how many of them all files are compared")


Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def _without_skips(report: Report) -> Report:
    """Make a skipped test a failed one where nothing may be skipped."""
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{reason} (in CI, which skips nothing)"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _without_skips((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _without_skips((yield))


@pytest.fixture(scope="session")
def require_tool() -> Callable[..., str]:
    """Find a program under any of its names, or skip the test and name it."""

    def find(*names: str) -> str:
        for name in names:
            if path := shutil.which(name):
                return path
        pytest.skip(f"{names[0]} is not installed")

    return find


@pytest.fixture(scope="session")
def repository() -> Path:
    """The repository's root."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def node_tools(require_tool: Callable[..., str], repository: Path) -> Path:
    """The folder of what only npm has, installed as its lock file pins it."""
    npm = require_tool("npm")
    tools = repository / "tests" / "tools"
    lock, installed = tools / "package-lock.json", tools / "node_modules" / ".package-lock.json"
    with FileLock(repository / ".survey" / "npm.lock"):  # tests run side by side
        if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
            command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(command, cwd=tools, check=True, timeout=300)
    return tools


class Commit(Protocol):
    """Keep a folder, which is or becomes a git repository, as it is under a tag."""

    def __call__(self, root: Path, tag: str) -> None: ...


@pytest.fixture(scope="session")
def commit(require_tool: Callable[..., str]) -> Commit:
    """Commit everything in a folder and tag it."""
    git = require_tool("git")
    person = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false")

    def keep(root: Path, tag: str) -> None:
        for arguments in (
            ("init", "--quiet", "--initial-branch=main"),
            ("add", "--all", "."),
            (*person, "commit", "--quiet", "--allow-empty", f"--message={tag}"),
            (*person, "tag", f"--message={tag}", tag),
        ):
            subprocess.run([git, *arguments], cwd=root, check=True, timeout=300)

    return keep


@pytest.fixture(scope="session")
def papers(repository: Path) -> tuple[Paper, ...]:
    """The papers of the repository's own survey, as the generator sees them."""
    survey, _ = resolve(decode(read(repository)[0])[0])
    return tuple(survey.papers.values())


@pytest.fixture(scope="session")
def records(repository: Path) -> dict[str, dict[str, Any]]:
    """The repository's paper records by key."""
    return {file.stem: read_yaml(file) for file in sorted(repository.glob("content/papers/*.yaml"))}


class SurveyCommand(Protocol):
    """`survey COMMAND --root ROOT …`, run as a person runs it."""

    def __call__(
        self, *arguments: str, root: Path, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture(scope="session")
def survey_command() -> SurveyCommand:
    """The installed command. It does not raise: its exit status is for the test to judge."""
    script = Path(sys.executable).with_name("survey")

    def run(*arguments: str, root: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        command, *rest = arguments
        return subprocess.run(
            [script, command, "--root", root, *rest],
            cwd=root,
            env={**os.environ, **(env or {})},
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    return run


class BuildSite(Protocol):
    """Build the survey in a folder; return its `site/`."""

    def __call__(self, root: Path, env: dict[str, str] | None = None) -> Path: ...


@pytest.fixture(scope="session")
def build_site(survey_command: SurveyCommand) -> BuildSite:
    """Build the survey in a folder, or fail with what the command said."""

    def build(root: Path, env: dict[str, str] | None = None) -> Path:
        done = survey_command("build", root=root, env=env)
        assert done.returncode == 0, f"survey build failed\n{done.stdout}\n{done.stderr}"
        return root / "site"

    return build


@pytest.fixture(scope="session")
def site(repository: Path, build_site: BuildSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own survey, built in a folder of its own: its `site/`. Look, don't touch."""
    root = tmp_path_factory.mktemp("survey")
    copy_survey(repository, root)
    return build_site(root)


@pytest.fixture(scope="session")
def served(repository: Path, build_site: BuildSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The repository's own survey, built and served on this machine."""
    root = tmp_path_factory.mktemp("served")
    copy_survey(repository, root)
    with serving_survey(root, build_site) as survey:
        yield survey


@pytest.fixture(scope="session")
def browser(require_tool: Callable[..., str]) -> Iterator[Browser]:
    """A Chromium that reaches nothing but this machine; what is expected of a page may take 15 s on a busy one."""
    expect.set_options(timeout=15_000)
    executable = require_tool("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        )
        yield browser
        browser.close()


class OpenPage(Protocol):
    """Open an empty page in a browser context with the given options."""

    def __call__(self, **options: Any) -> Page: ...


@pytest.fixture
def findings() -> Iterator[list[str]]:
    """What went wrong in the browser; at the end of a test there must be nothing in it.

    A test that means something to go wrong asserts what it finds here and clears the list.
    """
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def open_page(browser: Browser, findings: list[str]) -> Iterator[OpenPage]:
    """Open pages, each in a context of its own, that note what a page must never do.

    Noted are: errors on the console, exceptions, dialogs, and requests to another host.
    """
    contexts: list[BrowserContext] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            findings.append(f"console: {message.text}")

    def on_error(error: WebError) -> None:
        findings.append(f"exception: {error.error}")

    def on_dialog(dialog: Dialog) -> None:
        findings.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def on_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.hostname != "127.0.0.1":
            findings.append(f"request: {request.url}")

    def open_one(**options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        context.set_default_navigation_timeout(90_000)  # a busy machine is no finding
        context.on("console", on_console)
        context.on("weberror", on_error)
        context.on("dialog", on_dialog)
        context.on("request", on_request)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """An empty page of a wide window."""
    return open_page(viewport={"width": 1280, "height": 900})
