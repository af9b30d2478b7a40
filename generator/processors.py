"""Work that is done on all processors at once, where the system can copy a process (POSIX, `fork`)."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from typing import TypeVar

_S = TypeVar("_S")
_T = TypeVar("_T")

_PARTS = 64
"""Into how many works a list is divided at most, so that processors finish at about the same time."""

_FEW = 100
"""So many items are done while copies of the process would begin."""


class _Itself:
    """Which process this is."""

    number = 0


_itself = _Itself()


def number() -> int:
    """Return which of the processes this is that share work: 0 if it is no copy."""
    return _itself.number


def most() -> int:
    """Return how many processes at most share work."""
    return _processors()


def shared(works: Sequence[Callable[[], _T]]) -> list[_T]:
    """Do some works, each in this process or in a copy of it.

    What a work changes in memory may be lost, and what it returns is pickled. Where a copy fails for whatever reason, its work is done
    here, so that an error is raised where it can be told. Where processes cannot be copied safely, all is done here.

    Args:
        works: What is to be done, what takes longest first; 256 at most.

    Returns:
        What each returned, in order.
    """
    copies = min(_processors(), len(works)) - 1
    reading, writing = os.pipe()
    os.write(writing, bytes(range(len(works))))  # each number is one byte, which no two processes can read half of
    os.close(writing)
    children: dict[int, int] = {}
    try:
        for _ in range(copies):
            answers, answering = os.pipe()
            parent, child = os.getpid(), os.fork()
            if not child:
                _itself.number = len(children) + 1
                for other in (answers, *children.values()):
                    os.close(other)  # or else writing would wait for ever once nobody else can read
                _answer([partial(_wanted, parent, work) for work in works], reading, answering)
            os.close(answering)
            children[child] = answers
        done = _work(works, reading)
        for answers in children.values():
            with open(answers, "rb", closefd=False) as file, suppress(EOFError, pickle.UnpicklingError):
                done |= pickle.load(file)  # noqa: S301 - from a copy of this process
    finally:
        os.close(reading)
        for child, answers in children.items():
            os.close(answers)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    return [done[number] if number in done else work() for number, work in enumerate(works)]


def divided(work: Callable[[Sequence[_S]], list[_T]], items: Sequence[_S]) -> list[_T]:
    """Do a work on the parts of a list, as `shared` does; a short list is no work to share.

    Args:
        work: Returns something for the items of a part, in their order.
        items: The list.

    Returns:
        What was returned for the parts, in one list.
    """
    if len(items) < _FEW:
        return work(items)
    size = -(-len(items) // _PARTS)
    parts = [items[start : start + size] for start in range(0, len(items), size)]
    return list(chain.from_iterable(shared([partial(work, part) for part in parts])))


def _answer(works: Sequence[Callable[[], object]], reading: int, answering: int) -> None:
    """Do what a copy does: work, answer, and be gone without another word."""
    with suppress(BaseException), open(answering, "wb") as file:
        pickle.dump(_work(works, reading), file, protocol=pickle.HIGHEST_PROTOCOL)
    os._exit(0)


def _wanted(parent: int, work: Callable[[], _T]) -> _T:
    """Do a work, unless the process that wants it is gone."""
    if os.getppid() != parent:
        os._exit(1)
    return work()


def _work(works: Sequence[Callable[[], _T]], reading: int) -> dict[int, _T]:
    """Do one work after the other that nobody has taken yet."""
    done: dict[int, _T] = {}
    while number := os.read(reading, 1):
        done[number[0]] = works[number[0]]()
    return done


def _processors() -> int:
    """Return how many processors this process may use at once: one where it must not be copied.

    A copy has none of the other threads, and so may wait forever for what one of them holds; libraries of macOS start some unasked.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))
