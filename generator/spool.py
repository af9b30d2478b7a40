"""What a build has made and not yet written, put aside on disk: it is larger than all that it is made of."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import Self

from generator.output import Output
from generator.processors import most, number

Place = tuple[str, int, int, int]
"""The path of an output, and where its content is: the process that made it, the first byte, the length."""


class Spool:
    """Contents of outputs, in files without a name, which are gone with the process.

    Each copy of the process has a file of its own, all of them open before there are copies.

    Args:
        folder: Where there is room.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._files = [TemporaryFile(buffering=0, dir=folder) for _ in range(most())]  # noqa: SIM115 - they last as long as this

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files:
            file.close()

    def keep(self, outputs: Iterable[Output]) -> list[Place]:
        """Put contents aside, each as it is made; return where they are, which may be pickled."""
        own = number()
        file, places = self._files[own], []
        at = file.seek(0, 2)
        for output in outputs:
            left = memoryview(output.content)
            places.append((output.path, own, at, len(left)))
            at += len(left)
            while left:
                left = left[file.write(left) or 0 :]
        return places

    def kept(self, places: Iterable[Place]) -> list[Kept]:
        """Return the outputs whose contents are in some places."""
        return [Kept(path, self, where) for path, *where in places]

    def content(self, own: int, start: int, length: int) -> bytes:
        """Return what stands in a place."""
        found = b""
        while len(found) < length:
            found += _read(self._files[own], start + len(found), length - len(found))
        return found


def _read(file: FileIO, start: int, length: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(file.fileno(), length, start)  # copies of the process have one position in a file
    file.seek(start)
    return file.read(length) or b""


@dataclass(frozen=True, slots=True)
class Kept:
    """An output that is put aside."""

    path: str
    _spool: Spool
    _where: Sequence[int]

    @property
    def content(self) -> bytes:
        """Its bytes, read when they are asked for."""
        return self._spool.content(*self._where)
