"""What a build makes: files by path and content, not yet written anywhere."""

from __future__ import annotations

from dataclasses import dataclass


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
        """Make a text file: UTF-8, line feeds, exactly one at the end."""
        return cls(path, (content.rstrip("\n") + "\n").encode("utf-8"))
