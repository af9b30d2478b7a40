"""Files that cannot be read as text."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.diagnostics import Place
from generator.source import MAX_BYTES, NotASurveyError, read


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "survey"
    (root / "content/papers").mkdir(parents=True)
    (root / "content/survey.yaml").write_text("format: 1\n")
    return root


def codes(root: Path) -> list[tuple[str, str]]:
    return [(found.place.file, found.code) for found in read(root)[1]]


def messages(root: Path) -> list[str]:
    return [found.message for found in read(root)[1]]


def test_files_come_by_path_with_their_text(root: Path) -> None:
    (root / "content/papers/b.yaml").write_text("title: é\n", encoding="utf-8")
    (root / "content/papers/a.yaml").write_text("title: A\n")
    (root / "content/papers/.a.yaml.swp.yaml").write_text("an editor's file")
    (root / "content/papers/picture.png").write_bytes(b"\x89PNG")
    files, findings = read(root)
    assert [file.path for file in files] == ["content/papers/a.yaml", "content/papers/b.yaml", "content/survey.yaml"]
    assert files[1].text == "title: é\n"
    assert findings == []


def test_a_folder_without_survey_is_not_worked_in(tmp_path: Path) -> None:
    with pytest.raises(NotASurveyError, match=r"content/survey\.yaml"):
        read(tmp_path)


def test_a_folder_in_the_place_of_a_file(root: Path) -> None:
    (root / "content/papers/a.yaml").mkdir()
    (root / "content/papers/a.yaml/b.yaml").write_text("title: B\n")
    assert codes(root) == [("content/papers/a.yaml", "unreadable-file")]
    assert messages(root) == [f"it cannot be read: {os.strerror(errno.EISDIR)}"]


def test_a_hidden_folder_is_not_looked_into(root: Path) -> None:
    for folder in (".git", "papers/.cache"):
        (root / "content" / folder).mkdir()
        (root / "content" / folder / "a.yaml").write_text("title: A\n")
    files, findings = read(root)
    assert [file.path for file in files] == ["content/survey.yaml"]
    assert findings == []


def test_a_link_that_leads_nowhere(root: Path) -> None:
    (root / "content/papers/a.yaml").symlink_to(root / "nothing")
    assert codes(root) == [("content/papers/a.yaml", "unreadable-file")]


def test_a_link_that_leads_nowhere_outside_the_tree(root: Path) -> None:
    (root / "content/papers/a.yaml").symlink_to(root.parent / "nothing")
    assert codes(root) == [("content/papers/a.yaml", "unreadable-file")]


def test_a_link_that_leads_to_itself(root: Path) -> None:
    (root / "content/papers/a.yaml").symlink_to("a.yaml")
    (root / "content/papers/b.yaml").symlink_to("c.yaml")
    (root / "content/papers/c.yaml").symlink_to("b.yaml")
    assert codes(root) == [(f"content/papers/{name}.yaml", "unreadable-file") for name in "abc"]


def test_a_link_out_of_the_tree(root: Path) -> None:
    outside = root.parent / "secret.yaml"
    outside.write_text("title: Secret\n")
    (root / "content/papers/a.yaml").symlink_to(outside)
    files, _ = read(root)
    assert codes(root) == [("content/papers/a.yaml", "outside-tree")]
    assert all("Secret" not in file.text for file in files)


def test_a_file_too_large_to_be_a_record(root: Path) -> None:
    (root / "content/papers/a.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    (root / "content/papers/b.yaml").write_bytes(b"#" * MAX_BYTES)
    files, _ = read(root)
    assert [(file.path, len(file.text)) for file in files[:-1]] == [("content/papers/b.yaml", MAX_BYTES)]
    assert codes(root) == [("content/papers/a.yaml", "too-large")]


def test_the_first_byte_that_is_not_utf_8_is_named(root: Path) -> None:
    (root / "content/papers/a.yaml").write_bytes("title: é\nyear: 2020\nnote: é".encode() + b"\xff\n\xfe")
    _, findings = read(root)
    assert [found.place for found in findings] == [Place("content/papers/a.yaml", 3, 8)]


def test_a_link_to_a_folder_is_reported_and_not_followed(root: Path) -> None:
    (root / "records").mkdir()
    (root / "records/a.yaml").write_text("title: A\n")
    (root / "content/papers/more").symlink_to(root / "records")
    (root / "content/elsewhere").symlink_to(root.parent)
    files, _ = read(root)
    assert [file.path for file in files] == ["content/survey.yaml"]
    assert codes(root) == [("content/elsewhere", "outside-tree"), ("content/papers/more", "unreadable-file")]


def test_a_pipe_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "content/papers/a.yaml")
    assert codes(root) == [("content/papers/a.yaml", "unreadable-file")]
    assert messages(root) == ["it cannot be read: not a regular file"]


def test_a_folder_that_may_not_be_looked_into(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "content/papers/a.yaml").write_text("title: A\n")
    scandir = os.scandir

    def forbidding(folder: str) -> Iterator[os.DirEntry[str]]:
        if Path(folder).name == "papers":
            raise PermissionError(errno.EACCES, "Permission denied", folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", forbidding)
    assert codes(root) == [("content/papers", "unreadable-file")]


def test_a_name_that_is_not_utf_8_is_spelled_out(root: Path) -> None:
    name = os.fsencode(root / "content/papers") + b"/caf\xe9.yaml"
    Path(os.fsdecode(name)).write_text("title: A\n")
    assert codes(root) == [("content/papers/caf\\xe9.yaml", "not-utf8")]


def test_the_largest_file_is_still_read(root: Path) -> None:
    (root / "content/papers/a.yaml").write_bytes(b"#" * MAX_BYTES)
    files, findings = read(root)
    assert (len(files[0].text), findings) == (MAX_BYTES, [])


def test_what_cannot_be_read_says_why_and_what_to_do(root: Path) -> None:
    (root / "content/papers/a.yaml").mkdir()
    (root / "content/papers/b.yaml").symlink_to(root / "nothing")
    (root / "content/papers/c.yaml").symlink_to(root.parent)
    (root / "content/papers/d.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    (root / "content/papers/e.yml").write_text("title: E\n")
    Path(os.fsdecode(os.fsencode(root / "content/papers") + b"/f\xe9.yaml")).write_text("title: F\n")
    (root / "content/papers/g.yaml").write_bytes(b"title: \xe9\n")
    unreadable = "Put a readable file in its place; links to folders are not followed."
    assert [(found.place.file[15:], found.message, found.hint) for found in read(root)[1]] == [
        ("a.yaml", f"it cannot be read: {os.strerror(errno.EISDIR)}", unreadable),
        ("b.yaml", f"it cannot be read: {os.strerror(errno.ENOENT)}", unreadable),
        ("c.yaml", "the link leads out of the survey's folder", "Put the file itself into the folder."),
        (
            "d.yaml",
            f"the file has {MAX_BYTES + 1} bytes; {MAX_BYTES} are read",
            "Split it, or remove what does not belong into a record.",
        ),
        ("e.yml", "the file ends in .yml", "Rename it to end in .yaml."),
        ("f\\xe9.yaml", "the file's name is not UTF-8", "Rename the file."),
        ("g.yaml", "byte 0xe9 is not UTF-8", "Save the file as UTF-8."),
    ]


def test_folders_come_in_the_order_of_their_names(root: Path) -> None:
    for name in ("c", "a", "b"):
        (root / "content/groupings" / name).mkdir(parents=True)
        (root / "content/groupings" / name / "x.yaml").write_text("title: X\n")
    assert [file.path.split("/")[2] for file in read(root)[0][:3]] == ["a", "b", "c"]
