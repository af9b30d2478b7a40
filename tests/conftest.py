"""What the tests share: the repository, the command, built sites, a server for them, a browser.

The tests see the generator from outside: they run the installed command on a copy of the content
and look at what it wrote. Where a tool is missing a test is skipped and says so; in CI nothing is
skipped, so that a missing tool is a failure there.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from socketserver import BaseServer
from typing import Any, ClassVar, Protocol, TypeVar
from urllib.parse import urlsplit

import pytest
import yaml
from hypothesis import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    WebError,
    sync_playwright,
)

settings.register_profile("survey", deadline=None)  # a busy machine is no finding
settings.load_profile("survey")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write what is expected anew, for review as a diff")


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
def records(repository: Path) -> dict[str, dict[str, Any]]:
    """The repository's paper records by key."""
    return {file.stem: read_yaml(file) for file in sorted(repository.glob("content/papers/*.yaml"))}


def read_yaml(file: Path) -> Any:
    """Read a content file without the generator, each scalar as text."""
    return yaml.load(file.read_bytes(), yaml.CBaseLoader)  # noqa: S506 - makes nothing but text


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


def copy_survey(source: Path, target: Path) -> None:
    """Copy what a survey is built from: its content, its templates and its `mkdocs.yml`."""
    for name in ("content", "site_templates"):
        shutil.copytree(source / name, target / name)
    shutil.copy(source / "mkdocs.yml", target)


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


class _SiteHandler(SimpleHTTPRequestHandler):
    """Serves a folder under a path as a static host does: no listings, 404.html for what is missing."""

    base: ClassVar[str]
    folder: ClassVar[str]

    def __init__(self, request: socket, client_address: tuple[str, int], server: BaseServer) -> None:
        super().__init__(request, client_address, server, directory=self.folder)

    def translate_path(self, path: str) -> str:
        path = urlsplit(path).path
        inside = path.startswith(self.base)
        return super().translate_path("/" + path.removeprefix(self.base)) if inside else os.devnull + "/"

    def list_directory(self, path: str | os.PathLike[str]) -> None:  # noqa: ARG002
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.exists():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class _SiteServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Say nothing of a browser that hangs up in the middle of an answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def serving(folder: Path, base: str = "/") -> Iterator[str]:
    """Serve a folder, which may be filled later, under `base`; yield its address."""
    handler = type("Handler", (_SiteHandler,), {"base": base, "folder": os.fspath(folder)})
    server = _SiteServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(frozen=True)
class Served:
    """A built site and where a browser finds it."""

    root: Path
    url: str

    @property
    def site(self) -> Path:
        return self.root / "site"

    def __truediv__(self, path: str) -> str:
        return self.url + path


@contextlib.contextmanager
def serving_survey(root: Path, build: Callable[[Path], Path]) -> Iterator[Served]:
    """Build the survey in a folder for the address at which it is then served.

    The site's address is part of it: search and instant navigation work only where the page's
    origin is the one that was built for.
    """
    survey = root / "content" / "survey.yaml"
    with serving(root / "site", base="/living-survey/") as url:
        text, count = re.subn(r"(?m)^site_url:.*$", f'site_url: "{url}"', survey.read_text("utf-8"))
        assert count == 1, "content/survey.yaml says once where the site is published"
        survey.write_text(text, "utf-8")
        build(root)
        yield Served(root, url)


@pytest.fixture(scope="session")
def served(repository: Path, build_site: BuildSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The repository's own survey, built and served on this machine."""
    root = tmp_path_factory.mktemp("served")
    copy_survey(repository, root)
    with serving_survey(root, build_site) as survey:
        yield survey


@pytest.fixture(scope="session")
def browser(require_tool: Callable[..., str]) -> Iterator[Browser]:
    """A Chromium that reaches nothing but this machine."""
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
