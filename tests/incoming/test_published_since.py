"""`survey published`: arXiv is asked for the preprints of a survey, and for nothing else."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.fetching import Client, Limits
from generator.versions import published_since
from imports import SURVEY
from registry import PUBLISHED, Answer, atom, atom_entry, serving, status, text

QUICK = Limits(connect=2, read=2, retries=0)
RECORDS = {
    "fuente2024windmills": ("2401.00001", "preprint"),
    "gear1999wheels": ("math.GT/9901001", "preprint"),
    "mill2023grain": ("2301.00007", "preprint"),
    "mill2022flour": ("2201.00001", "journal\nvenue: tacl"),
}
PATH = "/arxiv/api/query?id_list=2401.00001,math/9901001,2301.00007&max_results=3"
FEED = "application/atom+xml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    records = {
        f"content/papers/{key}.yaml": f'title: A Work Called {key}\nauthors: ["Doe, Jane"]\nyear: 2024\ntype: {type_}\narxiv: "{arxiv}"\n'
        for key, (arxiv, type_) in RECORDS.items()
    }
    for name, content in {**SURVEY, **records}.items():
        path = tmp_path / "survey" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return tmp_path / "survey"


def run(root: Path, answer: Answer, monkeypatch: pytest.MonkeyPatch) -> tuple[Result, list[str]]:
    """Run the command with arXiv on this machine; return what was asked for too."""
    with serving() as registries:
        registries.routes[PATH] = [answer]
        monkeypatch.setattr("generator.fetching.Client", lambda _: Client(root / "cache", QUICK, "http://"))
        monkeypatch.setattr("generator.versions.published_since", partial(published_since, hosts=registries.hosts))
        result = CliRunner().invoke(main, ["published", "--root", str(root)], catch_exceptions=False)
        return result, [path for path, _, _ in registries.seen]


def test_what_was_published_is_told_at_its_record(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    feed = atom(atom_entry(more=PUBLISHED), atom_entry("math/9901001", more=PUBLISHED), atom_entry("2301.00007"))

    result, asked_for = run(root, text(feed, FEED), monkeypatch)

    assert (result.exit_code, asked_for) == (1, [PATH])
    assert result.stdout.count("[version-published]") == 2
    assert "content/papers/fuente2024windmills.yaml\n  5:8 warning: the preprint arXiv:2401.00001" in result.stdout
    assert "content/papers/gear1999wheels.yaml\n  5:8 warning: " in result.stdout
    assert "survey add 10.1234/mills.7 --dry-run" in result.stdout
    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == before


def test_nothing_published_is_well(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = atom(*(atom_entry(identifier) for identifier in ("2401.00001", "math/9901001", "2301.00007")))

    result, _ = run(root, text(feed, FEED), monkeypatch)

    assert (result.exit_code, result.stdout) == (0, "")
    assert "none of 3 preprints" in result.stderr


def test_a_silence_is_told_once_and_a_missing_work_at_its_record(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    silent, _ = run(root, status(503), monkeypatch)
    assert (silent.exit_code, silent.stdout.count("[registry-silent]")) == (1, 1)

    partly, _ = run(root, text(atom(atom_entry(), atom_entry("math/9901001")), FEED), monkeypatch)
    assert partly.exit_code == 1
    assert (
        "content/papers/mill2023grain.yaml\n  5:8 error: arXiv knows no work “2301.00007” [work-unknown]"
        in partly.stdout
    )
