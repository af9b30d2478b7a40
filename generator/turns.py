"""Who writes into a survey's folder: one command after the other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from generator.write import remove_partials, write_file

LOCK = ".survey/lock"
"""Held by the system for whoever writes, so that it is free once that process is gone, however it went."""

RUNNING = ".survey/running"
"""Says who writes. Where it stands and nobody holds the lock, a run was cut short."""


@contextmanager
def alone(root: Path, who: str, waiting: Callable[[str], None]) -> Iterator[None]:
    """Write into a survey's folder while no other command does.

    What a run that was cut short has left half written is removed first.

    Args:
        root: The survey's folder.
        who: The command that writes, for others to be told.
        waiting: Is told whom one waits for, if one does.

    Raises:
        OSError: The folder cannot be written into.
    """
    (root / LOCK).parent.mkdir(exist_ok=True)
    lock = FileLock(root / LOCK)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        waiting(_told(root / RUNNING))
        lock.acquire()
    try:
        if (root / RUNNING).exists():
            remove_partials(root)
        write_file(root / RUNNING, f"{who} (process {os.getpid()})\n".encode())
        yield
    finally:
        with suppress(OSError):
            (root / RUNNING).unlink()
        lock.release()


def _told(running: Path) -> str:
    try:
        return running.read_text(encoding="utf-8").strip()
    except OSError:
        return "another command"
