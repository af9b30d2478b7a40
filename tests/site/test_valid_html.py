"""Pages, styles and pictures by the Nu checker, the W3C's own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ACCEPTED: dict[str, str] = {}
"""Messages that stand on pages and are not ours to mend, each with the reason: there is none."""

GUESSED = "violates Content Security Policy (meta tag)"
"""What the checker says of scripts and styles of the site: it reads files, which have no host to be equal to the policy's `'self'`, and takes
data in a script element for a script. Browsers know: tests/browser/."""

Nu = Callable[..., set[str]]
"""Check files or whole folders; return the messages."""


@pytest.fixture(scope="module")
def nu(require_tool: Callable[..., str], node_tools: Path) -> Nu:
    java = require_tool("java")
    jar = node_tools / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

    def check(*arguments: str | Path) -> set[str]:
        command: list[str | Path] = [java, "-Xss4m", "-jar", jar, "--format", "json", "--exit-zero-always", *arguments]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=300)
        assert done.returncode == 0, done.stderr
        report = json.loads(done.stderr or done.stdout)
        return {f"{Path(one['url']).name}: {one['message']}" for one in report["messages"]}

    return check


def test_no_page_has_anything_that_html_does_not_allow(nu: Nu, site: Path) -> None:
    messages = {message.partition(": ")[2] for message in nu("--skip-non-html", site)}
    assert {message for message in messages if GUESSED not in message} == set(ACCEPTED)


def test_styles_and_pictures_are_valid(nu: Nu, repository: Path) -> None:
    assets = repository / "site_templates" / "assets"
    assert nu("--css", *assets.rglob("*.css")) == set()
    assert nu("--svg", *assets.rglob("*.svg")) == set()


def test_the_checker_would_say_so(nu: Nu, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text('<!doctype html><html lang="en"><title>A</title><p><label for="none">B</label></html>')
    assert any("label" in message for message in nu("--skip-non-html", tmp_path))
