"""Measure what a reader waits for: `make bench-site`.

A synthetic survey of each size is generated, built and served on this machine, once with compression and once without, and
opened in Chromium behind a line of 1.6 Mbit/s with 150 ms to every answer. The table gives medians. Of the papers' pages only
a few are built: nothing that is measured opens the others, and they would take minutes.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

from playwright.sync_api import Browser, Page, sync_playwright

from synthetic import write_survey

REPOSITORY = Path(__file__).resolve().parents[1]
SURVEY = (sys.executable, "-m", "generator")
MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--quiet")
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 1.6e6 / 8}
BUILT_PAPERS = 20
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")

Measurement = Callable[[Browser, str], Mapping[str, float]]
"""Opens pages of the site at an address; returns figures by name, each with its unit at the end."""


class _Handler(SimpleHTTPRequestHandler):
    """Serves files, compressed where it says so and the reader takes it."""

    protocol_version = "HTTP/1.1"
    compresses: ClassVar[bool]

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(404)
            return
        content = file.read_bytes()
        self.send_response(200)
        if self.compresses and "gzip" in self.headers.get("Accept-Encoding", ""):
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def _served(folder: Path, *, compresses: bool) -> Iterator[str]:
    handler = type("Handler", (_Handler,), {"compresses": compresses})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class _Line:
    """The bytes that came over a page's slow line."""

    received: float = 0

    @classmethod
    def slow(cls, page: Page) -> _Line:
        line, session = cls(), page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", LINE)
        session.on(
            "Network.loadingFinished",
            lambda event: setattr(line, "received", line.received + event["encodedDataLength"]),
        )
        return line


_READY = "script => import(script).then(() => null)"
"""Waits until a module has run."""

_SHOWN_AFTER = """(nothing) => {
  const shown = (window.shown = []);
  let asked = null;
  addEventListener("keydown", () => (asked ??= performance.now()), { capture: true });
  addEventListener("input", () => (asked ??= performance.now()), { capture: true });
  new MutationObserver(() => {
    if (asked === null || !(nothing || document.querySelector('[role="option"]'))) return;
    shown.push(performance.now() - asked);
    asked = null;
  }).observe(document.body, { subtree: true, childList: true });
}"""
"""Notes how long after a key was pressed there are results; `nothing` is one too if that is asked for."""


def first_result(browser: Browser, url: str) -> Mapping[str, float]:
    """Open the search on a page that was just read, ask for something, wait for the first result."""
    page = browser.new_context().new_page()
    line = _Line.slow(page)
    page.goto(url, wait_until="networkidle")
    page.evaluate(_READY, f"{url}assets/survey/search/search.js")
    before = line.received
    page.evaluate(_SHOWN_AFTER, arg=False)
    page.keyboard.press("/")
    page.keyboard.insert_text("sparse attention")
    page.locator('[role="option"]').first.wait_for()
    took = page.evaluate("shown[0]")
    page.wait_for_load_state("networkidle")
    page.context.close()
    return {"first search result, ms": took, "… bytes for it, kB": (line.received - before) / 1000}


def keystroke(browser: Browser, url: str) -> Mapping[str, float]:
    """Type a question whose words were asked for before."""
    page = browser.new_context().new_page()
    page.goto(url, wait_until="networkidle")
    page.evaluate(_READY, f"{url}assets/survey/search/search.js")
    page.keyboard.press("/")
    question = "multilingual retrieval pruning"
    page.keyboard.type(question, delay=50)
    page.wait_for_load_state("networkidle")
    page.locator('[role="combobox"]').fill("")  # by its role it is looked for in all of a large page
    page.evaluate(_SHOWN_AFTER, arg=True)
    page.keyboard.type(question, delay=120)
    page.wait_for_timeout(300)
    times = page.evaluate("shown")
    page.context.close()
    return {"keystroke to results, ms": statistics.median(times), "… at worst, ms": max(times)}


MEASUREMENTS: tuple[Measurement, ...] = (first_result, keystroke)


def main() -> None:
    """Run the benchmark and print its tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="62,3000,10000", help="numbers of records")
    parser.add_argument("--runs", type=int, default=5, help="runs of each measurement; the table has the median")
    options = parser.parse_args()
    executable = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        for size in map(int, options.sizes.split(",")):
            with tempfile.TemporaryDirectory() as folder:
                site = _build(Path(folder), size)
                for compresses in (True, False):
                    with _served(site, compresses=compresses) as url:
                        _table(browser, url, f"{size} records, {'' if compresses else 'not '}compressed", options.runs)
        browser.close()


def _build(root: Path, size: int) -> Path:
    write_survey(root, size)
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    subprocess.run([*SURVEY, "generate"], cwd=root, check=True, stdout=subprocess.DEVNULL)
    for page in sorted((root / "docs" / "papers").glob("*/index.md"))[BUILT_PAPERS:]:
        page.unlink()
    subprocess.run(MKDOCS, cwd=root, check=True, stderr=subprocess.DEVNULL)
    return root / "site"


def _table(browser: Browser, url: str, title: str, runs: int) -> None:
    print(f"\n{title}, medians of {runs}\n\n| {'figure':40} | {'median':>8} |\n|{'-' * 42}|{'-' * 9}:|")
    for measure in MEASUREMENTS:
        found = [measure(browser, url) for _ in range(runs)]
        for name in found[0]:
            print(f"| {name:40} | {statistics.median(one[name] for one in found):8.0f} |", flush=True)


if __name__ == "__main__":
    main()
