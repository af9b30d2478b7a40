"""Run the command and have something go wrong at a moment that can be named: the n-th time that it touches the survey's files.

    python tests/faults.py KIND NUMBER ROOT generate --root ROOT

Python's audit events tell of every file that is opened, moved or removed, before it happens; what a hook raises is what the operation
raises. Of MkDocs' files too, so that nothing has to be patched.
"""

from __future__ import annotations

import atexit
import errno
import os
import signal
import sys
from pathlib import Path

REFUSALS = {"full": errno.ENOSPC, "readonly": errno.EROFS, "forbidden": errno.EACCES}
"""From the n-th time on that something is written, the disk refuses."""

EDIT = b"# added meanwhile\n"
_CHANGING = {"os.rename", "os.remove", "os.mkdir", "os.rmdir"}


class Faults:
    """An audit hook with a fault in it.

    Args:
        kind: A key of `REFUSALS`; `kill` the process at the n-th write; `count` the writes; `edit` the n-th content file that is read as
            soon as anything is written; `remove` it before it is read.
        number: Which time.
        root: The survey's folder.
    """

    def __init__(self, kind: str, number: int, root: Path) -> None:
        self.kind = kind
        self.number = number
        self.root = f"{os.path.realpath(root)}{os.sep}"
        self.process = os.getpid()
        self.read: list[str] = []
        self.writes = 0
        self.busy = False

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """Take note of an event."""
        if self.busy or (event != "open" and event not in _CHANGING) or os.getpid() != self.process:
            return
        path = self._inside(arguments[0])
        if path is None:
            return
        self.busy = True
        try:
            if event in _CHANGING or self._for_writing(arguments):
                self._writing(path, removing=event in {"os.remove", "os.rmdir"})
            else:
                self._reading(path)
        finally:
            self.busy = False

    def _inside(self, path: object) -> str | None:
        if not isinstance(path, str | bytes | os.PathLike):
            return None
        absolute = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - a `Path` would be made for each of thousands
        return absolute if absolute.startswith(self.root) else None

    @staticmethod
    def _for_writing(arguments: tuple[object, ...]) -> bool:
        flags = arguments[2]
        return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))

    def _writing(self, path: str, *, removing: bool) -> None:
        if f"{os.sep}.survey{os.sep}lock" in path or f"{os.sep}running" in path:
            return
        self.writes += 1
        if self.kind == "kill" and self.writes == self.number:
            os.kill(self.process, signal.SIGKILL)
        if self.kind in REFUSALS and self.writes >= self.number and not removing:
            code = REFUSALS[self.kind]
            raise OSError(code, os.strerror(code), path)
        if self.kind == "edit" and len(self.read) >= self.number:
            self.kind = "none"
            with Path(self.read[self.number - 1]).open("ab") as file:
                file.write(EDIT)

    def _reading(self, path: str) -> None:
        if not path.startswith(f"{self.root}content{os.sep}") or not path.endswith(".yaml") or path in self.read:
            return
        self.read.append(path)
        if self.kind == "remove" and len(self.read) == self.number:
            Path(path).unlink()


def main() -> None:
    """Run the command with a fault."""
    kind, number, root, *rest = sys.argv[1:]
    faults = Faults(kind, int(number), Path(root))
    if kind == "count":
        atexit.register(lambda: print(f"writes: {faults.writes}", file=sys.stderr))
    from generator.cli import main as survey  # noqa: PLC0415 - loaded before anybody listens

    sys.addaudithook(faults)
    survey(rest, prog_name="survey")


if __name__ == "__main__":
    main()
