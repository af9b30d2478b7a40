"""Writes what a build made: the only module that writes generated files.

A file is written only if its bytes changed, and atomically. Removed is only what the manifest of
the previous run lists. A file that no run wrote is never overwritten.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from generator.output import Made, Output
from generator.processors import divided

MANIFEST = ".survey/manifest.json"
"""The list of generated files, which the next run goes by."""

_PARTIAL = re.compile(r"\..+\.[0-9]+\.partial", re.DOTALL)
"""The name of a file that is being written, which takes its place when it is whole."""


class ForeignFileError(Exception):
    """A file stands where a generated one belongs, and it was not generated."""


class ChangedFileError(Exception):
    """A file is no longer what it was when it was read, so that what was made of it must not take its place."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a run did, by paths.

    Attributes:
        total: How many files there are.
        changed: Those that were written, `added` among them.
        added: Those that were not there before.
        removed: Those that are no more.
    """

    total: int
    changed: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]


def write(root: Path, outputs: Sequence[Made]) -> Written:
    """Bring the generated files of a survey up to date.

    The manifest names a file before it exists and until it is gone, so that a run which is cut
    short leaves nothing behind that the next one would not know.

    Args:
        root: The survey's folder.
        outputs: All files that belong there.

    Returns:
        What was done.

    Raises:
        ForeignFileError: A file that was not generated is in the way; nothing is written.
        OSError: The disk refuses.
    """
    known = _listed(root)
    wanted = {output.path: output for output in outputs}
    if len(wanted) != len(outputs):
        raise AssertionError("two outputs have one path")
    there = {path for path in wanted if os.path.lexists(f"{root}/{path}")}
    changed = divided(partial(_differing, root, wanted, there), list(wanted))
    present = there.intersection(changed)
    inside = _Inside(root)
    for path in changed:
        if path in present and path not in known:
            raise ForeignFileError(f"{path} was not written by survey; move it away or delete it")
        inside.require(path)
    _write_manifest(root, known | wanted.keys())
    try:
        divided(partial(_put, root, wanted), changed)
    except BaseException:
        remove_partials(root)  # of a copy of this process that was ended
        raise
    gone = [path for path in sorted(known - wanted.keys()) if (root / path).is_file()]
    for path in gone:
        (root / path).unlink()
        _remove_empty_folders(root, PurePosixPath(path).parent)
    _write_manifest(root, wanted.keys())
    added = tuple(path for path in changed if path not in present)
    return Written(len(wanted), tuple(changed), added, tuple(gone))


class _Inside:
    """Knows what leads out of a survey's folder through a link; the disk is asked for each folder once."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._folders = {"": True}

    def require(self, path: str) -> None:
        """Raise where a file would not be written into the survey's folder.

        Raises:
            ForeignFileError: It leads out.
        """
        if not self._stays(path.rpartition("/")[0]) or not self._leads_in(path):
            raise ForeignFileError(f"{path} leads out of the survey's folder through a link; remove the link")

    def _stays(self, folder: str) -> bool:
        if folder not in self._folders:
            self._folders[folder] = self._stays(folder.rpartition("/")[0]) and self._leads_in(folder)
        return self._folders[folder]

    def _leads_in(self, path: str) -> bool:
        """Say whether what stands in a folder that does not lead out does not either."""
        whole = self._root / path
        return not os.path.islink(whole) or whole.resolve().is_relative_to(self._root)  # noqa: PTH114


def _differing(root: Path, wanted: Mapping[str, Made], there: Container[str], paths: Iterable[str]) -> list[str]:
    return [path for path in paths if path not in there or not same(root / path, wanted[path].content)]


def _put(root: Path, wanted: Mapping[str, Made], paths: Iterable[str]) -> list[None]:
    for path in paths:
        write_file(root / path, wanted[path].content)
    return []


def refresh(root: Path, outputs: Iterable[Output]) -> list[str]:
    """Bring some of the generated files up to date, leaving alone those that no run has written.

    Args:
        root: The survey's folder.
        outputs: The files.

    Returns:
        The paths of those that were written.

    Raises:
        ForeignFileError: A link leads out of the survey's folder.
        OSError: The disk refuses.
    """
    known = _listed(root)
    changed = [one for one in outputs if one.path in known and not same(root / one.path, one.content)]
    inside = _Inside(root)
    for output in changed:
        inside.require(output.path)
        write_file(root / output.path, output.content)
    return [output.path for output in changed]


def write_new(folder: Path, outputs: Iterable[Output]) -> None:
    """Fill a folder that is not there yet, or holds nothing but a git repository.

    Raises:
        ForeignFileError: There is something already; nothing is written.
        OSError: The disk refuses.
    """
    if folder.is_dir():
        there = sorted(path.name for path in folder.iterdir() if path.name != ".git")
        if there:
            raise ForeignFileError(f"{folder} is not empty: it holds {there[0]}; name a new folder or an empty one")
    elif folder.exists() or folder.is_symlink():
        raise ForeignFileError(f"{folder} is not a folder; name a new one or an empty one")
    for output in outputs:
        write_file(folder / output.path, output.content)


def write_file(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Write a file whole or not at all.

    Args:
        path: Where; missing folders are made.
        content: Its bytes.
        mode: What its permissions are to be, if not those of any new file.

    Raises:
        OSError: The disk refuses.
    """
    # Some twenty thousand files are written in a run: the system's calls take two thirds of the time of a `Path`'s.
    folder, name = os.path.split(path)
    partial = os.path.join(folder, f".{name}.{os.getpid()}.partial")  # noqa: PTH118
    try:
        with _naming(path):
            try:
                _fill(partial, content)
            except FileNotFoundError:
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103
                _fill(partial, content)
            if mode is not None:
                os.chmod(partial, mode)  # noqa: PTH101
            os.replace(partial, path)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            Path(partial).unlink(missing_ok=True)
        raise


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Have an error name the file that is meant: a write that fails names none, and all else the partial."""
    try:
        yield
    except OSError as problem:
        problem.filename = str(path)
        raise


def rewrite(path: Path, before: bytes, content: bytes) -> None:
    """Give a file that a person writes another content: whole or not at all, and only if it is still what was read.

    Args:
        path: Where; if it is a link, what it leads to.
        before: The bytes that were read.
        content: Its new bytes.

    Raises:
        ChangedFileError: It holds something else by now, or is gone.
        OSError: The disk refuses.
    """
    _require_unchanged(path, before)
    target = path.resolve()
    write_file(target, content, mode=stat.S_IMODE(target.stat().st_mode))


def _require_unchanged(path: Path, before: bytes) -> None:
    if not same(path, before):
        raise ChangedFileError(
            f"{path} was changed while it was being worked on; it stays as it is now. Run this again."
        )


def _fill(path: str, content: bytes) -> None:
    with open(path, "wb", buffering=0) as file:  # noqa: PTH123
        left = memoryview(content)
        while left:
            left = left[file.write(left) :]


def write_together(root: Path, outputs: Sequence[Output], before: Mapping[str, bytes]) -> None:
    """Write several files such that all or none of them are there, unless the process ends between two.

    Args:
        root: The survey's folder.
        outputs: The files, in the order in which they come to be there.
        before: What those hold that are there already, by path; the others must not exist yet.

    Raises:
        ForeignFileError: A file that must not exist does, or a folder leads out of the survey; nothing is written.
        ChangedFileError: A file holds something else by now; nothing is written.
        OSError: The disk refuses; nothing is written.
    """
    inside = _Inside(root)
    partials: list[tuple[Path, Path]] = []
    try:
        for output in outputs:
            path = root / output.path
            if output.path in before:
                _require_unchanged(path, before[output.path])
                path = path.resolve()
            elif os.path.lexists(path):
                raise ForeignFileError(f"{output.path} was not written by survey; move it away or delete it")
            else:
                inside.require(output.path)
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
            partials.append((partial, path))
            with _naming(path):
                partial.write_bytes(output.content)
            if output.path in before:
                partial.chmod(stat.S_IMODE(path.stat().st_mode))
        for partial, path in partials:
            partial.replace(path)
    finally:
        for partial, _ in partials:
            with suppress(OSError):
                partial.unlink(missing_ok=True)


def remove_partials(root: Path) -> None:
    """Remove what a run that was cut short has left half written, wherever runs write into a survey's folder.

    Raises:
        OSError: The disk refuses.
    """
    for folder in ("content", "docs", ".survey"):
        for base, _, names in os.walk(root / folder):
            for name in filter(_PARTIAL.fullmatch, names):
                Path(base, name).unlink(missing_ok=True)


def _listed(root: Path) -> set[str]:
    """Return the paths of the manifest; those that lead out of the root are not ours."""
    try:
        paths = json.loads((root / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return set()
    if not isinstance(paths, list):
        return set()
    return {
        path for path in paths if isinstance(path, str) and ".." not in path.split("/") and not path.startswith("/")
    }


def _write_manifest(root: Path, paths: Iterable[str]) -> None:
    content = json.dumps(sorted(paths), indent=0, ensure_ascii=False).encode() + b"\n"
    if not same(root / MANIFEST, content):
        write_file(root / MANIFEST, content)


def same(path: Path, content: bytes) -> bool:
    """Say whether a file holds these bytes already."""
    try:
        # To ask for the size costs a hundredth of opening the file, and tells most that differ.
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _remove_empty_folders(root: Path, folder: PurePosixPath) -> None:
    while folder.parts and not any((root / folder).iterdir()):
        (root / folder).rmdir()
        folder = folder.parent
