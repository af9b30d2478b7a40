"""`survey check-links`: what leads nowhere is told where it stands; who refuses or puts off is not dead."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.fetching import Limits, Visitor
from generator.links import dead_links
from imports import SURVEY
from registry import Registries, serving, silent, status, text

QUICK = Limits(connect=1, read=0.3, total=2)


def survey(root: Path, base: str, *paths: str) -> Path:
    """Write a survey whose only record names addresses below a base."""
    links = "".join(f"  - {{label: L, url: {base}{path}}}\n" for path in paths)
    record = f'title: A Title\nauthors: ["Doe, Jane"]\nyear: 2024\ntype: web\nurl: {base}/page\nlinks:\n{links}'
    for name, content in {**SURVEY, "content/papers/doe2024title.yaml": record}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return root


def run(root: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setattr("generator.links.dead_links", partial(dead_links, pause=0))
    monkeypatch.setattr("generator.fetching.Visitor", partial(Visitor, QUICK))
    return CliRunner().invoke(main, ["check-links", "--root", str(root)], catch_exceptions=False)


def living(registries: Registries) -> None:
    registries.routes["/page"] = [text("here", "text/html")]


def test_what_is_gone_is_told_at_each_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as registries:
        living(registries)
        registries.routes["/gone"] = [status(410)]
        registries.routes["/moved"] = [status(302, Location="/nowhere")]
        result = run(survey(tmp_path, registries.base, "/gone", "/moved", "/not-there", "/page"), monkeypatch)

    assert result.exit_code == 1
    assert "7:21 warning: this address leads nowhere: 410 Gone [dead-link]" in result.stdout
    assert "8:21 warning: this address leads nowhere: 404 Not Found [dead-link]" in result.stdout
    assert "9:21 warning: this address leads nowhere: 404 Not Found [dead-link]" in result.stdout
    assert result.stdout.count("[dead-link]") == 3


@pytest.mark.parametrize("code", [200, 202, 401, 403, 405, 429, 500, 503])
def test_who_answers_otherwise_is_alive(code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as registries:
        living(registries)
        registries.routes["/other"] = [status(code)]
        result = run(survey(tmp_path, registries.base, "/other"), monkeypatch)

    assert (result.exit_code, result.stdout) == (0, "")
    assert "none of 2 addresses is dead" in result.stderr


def test_one_address_is_visited_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as registries:
        living(registries)
        run(survey(tmp_path, registries.base, "/page", "/page"), monkeypatch)

        assert [path for path, _, _ in registries.seen] == ["/page"]


def test_where_nobody_answers_is_dead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as registries:
        living(registries)
        registries.routes["/slow"] = [silent(1)]
        result = run(survey(tmp_path, registries.base, "/slow"), monkeypatch)
        closed = registries.base
    assert result.stdout.count("this address leads nowhere: it did not answer in time") == 1

    result = run(survey(tmp_path, closed, "/other"), monkeypatch)
    assert result.stdout.count("this address leads nowhere: it could not be reached") == 2
