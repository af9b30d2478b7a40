"""What a build makes: files by path and content, not yet written anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Made(Protocol):
    """A file to be written, whose content may be elsewhere until it is asked for."""

    @property
    def path(self) -> str:
        """Where, relative to the survey's root, with forward slashes."""

    @property
    def content(self) -> bytes:
        """Its bytes."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file to be written.

    Attributes:
        path: Where, relative to the survey's root, with forward slashes.
        content: Its bytes.
    """

    path: str
    content: bytes

    @classmethod
    def text(cls, path: str, content: str) -> Output:
        """Make a text file: UTF-8, exactly one line feed at the end unless it is empty."""
        text = content.rstrip("\n")
        return cls(path, f"{text}\n".encode() if text else b"")
