"""Where a survey's memory is between two runs: `.survey/memory`, sealed with a key of this user's own."""

from __future__ import annotations

import platform
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_cache_path

from generator.memory import Memory
from generator.write import write_file

KEPT = ".survey/memory"
"""Safe to delete: it only saves time."""

ENOUGH = 200
"""So many results more than were known are worth writing the file again."""

_LIBRARIES = ("markdown-it-py", "pydantic", "pyyaml")
_PACKAGE = Path(__file__).parent


@contextmanager
def remembering(root: Path) -> Iterator[Memory]:
    """Lend a survey's memory, and keep it where much was learned. Where it cannot be read or kept, nothing is said.

    Args:
        root: The survey's folder.
    """
    key, makers = _key(), _makers()
    memory = Memory()
    with suppress(OSError):
        memory = Memory.opened((root / KEPT).read_bytes(), key, makers)
    yield memory
    if memory.learned >= ENOUGH and key:
        with suppress(OSError):
            write_file(root / KEPT, memory.sealed(key, makers))


def _key() -> bytes:
    """Return this user's key, made if there is none yet; nothing where it cannot be kept."""
    path = user_cache_path("living-survey") / "seal"
    with suppress(OSError):
        if not path.exists():
            write_file(path, secrets.token_bytes(32), mode=0o600)
        return path.read_bytes()[:64]
    return b""


def _makers() -> bytes:
    """Return what results depend on besides texts: our code and its tables, Python and the libraries that read."""
    made = blake2b(platform.python_version().encode())
    for library in _LIBRARIES:
        made.update(f"{library} {version(library)}\n".encode())
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix in {".py", ".toml"}:
            made.update(f"{path.relative_to(_PACKAGE).as_posix()}\n".encode() + path.read_bytes())
    return made.digest()
