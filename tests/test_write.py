"""Writing generated files: only what changed, only what is ours."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.output import Output
from generator.write import MANIFEST, ForeignFileError, Written, write


def outputs(**files: str) -> list[Output]:
    return [Output.text(f"docs/{name}.md", text) for name, text in files.items()]


def docs(root: Path) -> dict[str, str]:
    return {path.stem: path.read_text() for path in sorted((root / "docs").rglob("*.md"))}


def test_files_are_written_changed_and_removed(tmp_path: Path) -> None:
    a, b, c = "docs/a.md", "docs/b.md", "docs/c.md"
    assert write(tmp_path, outputs(a="1", b="2")) == Written(total=2, changed=(a, b), added=(a, b), removed=())
    assert write(tmp_path, outputs(a="2", c="3")) == Written(total=2, changed=(a, c), added=(c,), removed=(b,))
    assert docs(tmp_path) == {"a": "2\n", "c": "3\n"}


def test_an_unchanged_file_is_not_touched(tmp_path: Path) -> None:
    write(tmp_path, outputs(a="1"))
    os.utime(tmp_path / "docs/a.md", (1, 1))
    write(tmp_path, outputs(a="1"))
    assert (tmp_path / "docs/a.md").stat().st_mtime == 1


def test_a_foreign_file_is_not_overwritten_and_nothing_else_is_written(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/b.md").write_text("mine")
    with pytest.raises(ForeignFileError, match=r"docs/b\.md"):
        write(tmp_path, outputs(a="1", b="2"))
    assert docs(tmp_path) == {"b": "mine"}


def test_a_foreign_file_beside_ours_stays(tmp_path: Path) -> None:
    write(tmp_path, outputs(a="1"))
    (tmp_path / "docs/mine.md").write_text("mine")
    write(tmp_path, [])
    assert docs(tmp_path) == {"mine": "mine"}


def test_a_manifest_that_names_files_elsewhere_removes_nothing(tmp_path: Path) -> None:
    root = tmp_path / "survey"
    write(root, outputs(a="1"))
    victim = tmp_path / "victim"
    victim.write_text("keep")
    (root / MANIFEST).write_text(json.dumps(["../victim", str(victim), "docs/a.md"]))
    write(root, [])
    assert victim.read_text() == "keep"
    assert not (root / "docs/a.md").exists()


def test_nothing_is_written_through_a_link_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    root = tmp_path / "survey"
    root.mkdir()
    (root / "docs").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ForeignFileError, match="link"):
        write(root, outputs(a="1"))
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_run_cut_short_is_mended_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, outputs(a="1"))
    replace, calls = os.replace, []

    def dying(source: str, target: str) -> None:
        calls.append(target)
        if len(calls) == 3:
            raise KeyboardInterrupt
        replace(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", dying)
        with pytest.raises(KeyboardInterrupt):
            write(tmp_path, outputs(b="2", c="3", d="4"))
    write(tmp_path, outputs(b="2", e="5"))
    assert docs(tmp_path) == {"b": "2\n", "e": "5\n"}
    assert [path.name for path in tmp_path.rglob("*.partial")] == []


trees = st.dictionaries(st.sampled_from("abcdef"), st.text("xy", max_size=2), max_size=6)


@settings(max_examples=50)
@given(st.lists(trees, min_size=1, max_size=4))
def test_any_history_ends_in_what_was_last_asked_for(
    tmp_path_factory: pytest.TempPathFactory, history: list[dict[str, str]]
) -> None:
    root = tmp_path_factory.mktemp("history")
    for files in history:
        write(root, outputs(**files))
    assert docs(root) == {name: f"{text}\n" if text else "" for name, text in sorted(history[-1].items())}
