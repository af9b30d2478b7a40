"""What was worked out of texts before, so that a run works out only what is new.

A memory holds results of pure functions of texts, by a digest of the function's name and the texts. It is kept in a file
of the survey's folder, where a stranger's pull request could put one too. So it is plain JSON, which runs no code, and sealed:
the file begins with a keyed hash (BLAKE2) of what made it, our code and the libraries under it, and of the rest. The key is this
user's own and stands outside of every survey. A file that does not match, because it is cut off, of another version, of another person or
made up, is as good as none, and is replaced. Whoever can read the key can change the program as well.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from hashlib import blake2b
from typing import Any

from generator.processors import divided

_LINE = b"\n"
_NAME = 40
"""How many characters a result's name has."""


class Memory:
    """Results of pure functions of texts, as JSON.

    A function is told from others by its name, is of a module, and returns what JSON can hold.

    Attributes:
        learned: How many results were not known before.
    """

    def __init__(self) -> None:
        self._known: dict[bytes, bytes] = {}
        self._used: set[bytes] = set()
        self.learned = 0

    @classmethod
    def opened(cls, data: bytes, key: bytes, makers: bytes) -> Memory:
        """Read a memory that was sealed; whatever is not what was sealed holds nothing.

        Args:
            data: What `sealed` returned, perhaps.
            key: The user's key.
            makers: What the results depend on besides the texts.
        """
        memory = cls()
        if not key:
            return memory
        seal, _, lines = data.partition(_LINE)
        if hmac.compare_digest(seal, _seal(key, makers, lines)):
            memory._known = {line[:_NAME]: line[_NAME + 1 :] for line in lines.splitlines()}
        return memory

    def sealed(self, key: bytes, makers: bytes) -> bytes:
        """Return the memory of what was asked for, for `opened`."""
        lines = b"".join(name + b" " + self._known[name] + _LINE for name in sorted(self._used))
        return _seal(key, makers, lines) + _LINE + lines

    def recall(self, function: Callable[..., Any], *texts: str) -> Any:
        """Return what a function makes of texts."""
        name = _name(function, texts)
        if name not in self._known:
            self._learn(name, _dumped(function, texts))
        self._used.add(name)
        return json.loads(self._known[name])

    def learn(self, function: Callable[..., Any], calls: Iterable[Sequence[str]]) -> None:
        """Work out on all processors what a function makes of many texts, where that is not known."""
        new = {name: texts for texts in calls if (name := _name(function, texts)) not in self._known}
        for name, result in zip(new, divided(partial(_worked_out, function), list(new.values())), strict=True):
            self._learn(name, result)

    def _learn(self, name: bytes, result: bytes) -> None:
        self._known[name] = result
        self.learned += 1


def _worked_out(function: Callable[..., Any], calls: Sequence[Sequence[str]]) -> list[bytes]:
    return [_dumped(function, texts) for texts in calls]


def _dumped(function: Callable[..., Any], texts: Sequence[str]) -> bytes:
    return json.dumps(function(*texts), separators=(",", ":")).encode()


def _name(function: Callable[..., Any], texts: Sequence[str]) -> bytes:
    whole = "\0".join((function.__module__, function.__qualname__, *(f"{len(text)}:{text}" for text in texts)))
    return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=_NAME // 2).hexdigest().encode()


def _seal(key: bytes, makers: bytes, lines: bytes) -> bytes:
    return blake2b(blake2b(makers).digest() + lines, key=key, digest_size=32).hexdigest().encode()
