"""Reads content files from disk: the only module that does.

Nothing is interpreted here; a file that cannot be read as text becomes a diagnostic.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from pathlib import Path

from generator.diagnostics import Diagnostic, Mend, Place, finding

CONTENT = "content"
MAIN_FILE = f"{CONTENT}/survey.yaml"
CITATION_FILE = "CITATION.cff"
"""Beside `content/`: how forges cite the survey."""
MAX_BYTES = 1024 * 1024
"""The size of the largest content file that is read."""


_MARK = "\ufeff"
_WITHOUT_MARK = Mend(0, 0, "")
"""A file's text is what follows the mark: to write it is to mend it."""

_ENDINGS = (".yaml", ".yml", ".md")


class NotASurveyError(Exception):
    """The folder holds no survey to work on; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A content file.

    Attributes:
        path: Where it is, relative to the root, with forward slashes.
        text: What it says.
        mark: The byte order mark that stands before it, if one does.
    """

    path: str
    text: str
    mark: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The path below `content/`, in parts."""
        return tuple(self.path.split("/")[1:])

    @property
    def content(self) -> bytes:
        """The bytes that were read."""
        return (self.mark + self.text).encode()


def require_survey(root: Path) -> None:
    """Make sure that a folder holds a survey.

    Raises:
        NotASurveyError: There is no `content/survey.yaml`.
    """
    if not (root / MAIN_FILE).exists():
        raise NotASurveyError(f"{root.resolve()} has no {MAIN_FILE}; name the survey's folder with --root.")


def read(root: Path) -> tuple[list[SourceFile], list[Diagnostic]]:
    """Read every content file of a survey, and its `CITATION.cff`.

    Args:
        root: The survey's folder.

    Returns:
        The YAML and Markdown files below `content/` by path, after the `CITATION.cff` where there
        is one, and findings about those that could not be read.

    Raises:
        NotASurveyError: There is no `content/survey.yaml`.
    """
    require_survey(root)
    files: list[SourceFile] = []
    diagnostics: list[Diagnostic] = []
    resolved_root = root.resolve()
    real_folder = cache(os.path.realpath)
    beside = root / CITATION_FILE
    paths, closed = _candidates(root / CONTENT)
    diagnostics += [_unreadable(Place(_name(Path(problem.filename), root)), problem) for problem in closed]
    for path in [*([beside] if beside.is_file() else []), *paths]:
        name = _name(path, root)
        text, problem = _read_text(path, name, resolved_root, real_folder)
        if problem is not None:
            diagnostics.append(problem)
        if text is not None:
            body = text.lstrip(_MARK)
            files.append(SourceFile(name, body, text[: len(text) - len(body)]))
    return files, diagnostics


def _name(path: Path, root: Path) -> str:
    """Return the path relative to the root, with bytes that are not UTF-8 spelled out."""
    return path.relative_to(root).as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _candidates(folder: Path) -> tuple[list[Path], list[OSError]]:
    """Return what is to be read, and the folders that could not be looked into."""
    found: list[Path] = []
    closed: list[OSError] = []
    for base, folders, names in os.walk(folder, onerror=closed.append):
        seen = [name for name in folders if not name.startswith(".")]
        # A folder that is named like a record, or is a link, is reported and not walked.
        odd = [name for name in seen if name.endswith(_ENDINGS) or Path(base, name).is_symlink()]
        folders[:] = sorted(set(seen) - set(odd))
        found += [Path(base, name) for name in odd]
        found += [Path(base, name) for name in names if name.endswith(_ENDINGS) and not name.startswith(".")]
    return sorted(found, key=attrgetter("parts")), closed


def _unreadable(place: Place, problem: OSError) -> Diagnostic:
    hint = "Put a readable file in its place; links to folders are not followed."
    return finding(place, "unreadable-file", f"it cannot be read: {problem.strerror}", hint)


def _read_text(
    path: Path, name: str, root: Path, real_folder: Callable[[Path], str]
) -> tuple[str | None, Diagnostic | None]:
    place = Place(name)
    if not path.as_posix().endswith(name):
        return None, finding(place, "not-utf8", "the file's name is not UTF-8", "Rename the file.")
    if name.endswith(".yml"):
        return None, finding(place, "wrong-ending", "the file ends in .yml", "Rename it to end in .yaml.")
    try:
        # Before Python 3.13 `Path.resolve` has an error of its own, no OSError, for a link to itself.
        real = os.path.realpath(path, strict=True) if path.is_symlink() else real_folder(path.parent)
        if not Path(real).is_relative_to(root):
            hint = "Put the file itself into the folder."
            return None, finding(place, "outside-tree", "the link leads out of the survey's folder", hint)
        size = _size(path)
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as problem:
        return None, _unreadable(place, problem)
    if size > MAX_BYTES:
        hint = "Split it, or remove what does not belong into a record."
        return None, finding(place, "too-large", f"the file has {size} bytes; {MAX_BYTES} are read", hint)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return None, _not_utf8(name, data, problem)
    if text.startswith(_MARK):
        hint = "Save the file as UTF-8 without BOM."
        mark = finding(place, "byte-order-mark", "the file begins with a byte order mark", hint, _WITHOUT_MARK)
        return text, mark
    return text, None


def _size(path: Path) -> int:
    """Return the size of a file.

    Raises:
        OSError: It is a folder, or something that may never end.
    """
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "not a regular file")
    return status.st_size


def _not_utf8(name: str, data: bytes, problem: UnicodeDecodeError) -> Diagnostic:
    before = data[: problem.start].decode("utf-8")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    message = f"byte 0x{data[problem.start]:02x} is not UTF-8"
    return finding(Place(name, line, column), "not-utf8", message, "Save the file as UTF-8.")
