"""Writing generated files: only what changed, only what is ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
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


def test_a_file_is_not_written_through_a_link_that_leads_out(tmp_path: Path) -> None:
    root, victim = tmp_path / "survey", tmp_path / "victim"
    write(root, outputs(a="1", b="1"))
    victim.write_text("keep")
    (root / "docs/a.md").unlink()
    (root / "docs/a.md").symlink_to(victim)
    with pytest.raises(ForeignFileError, match=r"docs/a\.md .* link"):
        write(root, outputs(a="2", b="2"))
    assert victim.read_text() == "keep"
    assert (root / "docs/b.md").read_text() == "1\n"


@pytest.mark.parametrize("target", ["moved", "../elsewhere"])
def test_a_folder_may_be_a_link_to_one_inside(target: str, tmp_path: Path) -> None:
    root = tmp_path / "survey"
    write(root, [Output.text("docs/in/the/midst.md", "1")])
    (root / "docs/in").rename(root / target)
    (root / "docs/in").symlink_to(root / target)
    changed = [Output.text("docs/in/the/midst.md", "2"), Output.text("docs/in/another/one.md", "2")]
    if target == "moved":
        write(root, changed)
        assert (root / "moved/another/one.md").read_text() == "2\n"
    else:
        with pytest.raises(ForeignFileError, match="link"):
            write(root, changed)
        assert [path.name for path in (tmp_path / "elsewhere").rglob("*.md")] == ["midst.md"]


IN_A_PROCESS = """
import os, signal, sys
from pathlib import Path
from generator.output import Output
from generator.write import write

here, root = os.getpid(), Path(sys.argv[1])
many = [Output.text(f"docs/{number}.md", str(number)) for number in range(1000)]
"""


def in_a_process(script: str, root: Path) -> subprocess.CompletedProcess[str]:
    """Run a script in a process without further threads, which all processors help."""
    command = [sys.executable, "-c", IN_A_PROCESS + script, str(root)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def test_many_files_are_written_on_all_processors(tmp_path: Path) -> None:
    done = in_a_process("print(write(root, many).total, write(root, many).changed)", tmp_path)
    assert (done.stdout, done.stderr) == ("1000 ()\n", "")
    assert docs(tmp_path) == {str(number): f"{number}\n" for number in range(1000)}


def test_a_disk_that_refuses_while_all_processors_write_leaves_no_partial(tmp_path: Path) -> None:
    """What fails in a copy of the process is tried again and told here; other copies are ended in the midst of a file."""
    done = in_a_process(
        "import time\n"
        "import generator.write as module\n"
        "fill, copies = module._fill, len(os.sched_getaffinity(0)) > 1\n"
        "def refuse(path, content):\n"
        "    fill(path, content)\n"
        "    if 'docs' in path and os.getpid() != here:\n"
        "        root.with_name('begun').touch()\n"
        "        time.sleep(100)\n"
        "    while 'docs' in path and copies and not root.with_name('begun').exists():\n"
        "        time.sleep(0.01)\n"
        "    if 'docs' in path:\n"
        "        raise OSError(28, 'No space left on device')\n"
        "module._fill = refuse\n"
        "try:\n    write(root, many)\n"
        "except OSError as problem:\n    print(problem.strerror, problem.filename.startswith(str(root / 'docs')))",
        tmp_path / "survey",
    )
    assert (done.stdout, done.stderr) == ("No space left on device True\n", "")
    assert [path.name for path in tmp_path.rglob("*.partial")] == []
    assert all(text == f"{name}\n" for name, text in docs(tmp_path).items())


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
