"""What of others this project needs or holds, and under which licences: `make licences` writes it down."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
LISTED = REPOSITORY / "THIRD_PARTY.md"
FOLDERS = ("generator", "site_templates")
"""What a survey's site and the package are made of."""

_SHORT = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
_HEAD = """\
# What is by others

`make licences` writes this file; a test compares it with the packages that are installed and the files that are here.

## Packages that are installed beside this one

As `requirements.lock` pins them, with hashes. What is for development alone is in `requirements-dev.lock`.

| Package | Licence |
|---|---|
"""
_VENDORED = """
## Files that are copies

Each folder has a `vendored.json` with the SHA-256 of every copy; the texts of the licences stand beside it.

| Folder | Package | Version | Licence | Source |
|---|---|---|---|---|
"""


def pinned(lock: Path) -> Iterator[tuple[str, str]]:
    """Yield the packages of a lock file with their versions."""
    yield from re.findall(r"(?m)^([a-z0-9._-]+)==([^ \\;]+)", lock.read_text("utf-8"))


def licence(package: str) -> str | None:
    """Return the licence that an installed package states of itself; `None` if it is not installed."""
    try:
        about = metadata(package)
    except PackageNotFoundError:
        return None
    classified = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier", []) if one.startswith("License ::")]
    expression, *_ = [*about.get_all("License-Expression", []), ""]
    plain, *_ = [*about.get_all("License", []), ""]
    classes = " AND ".join(_SHORT.get(one, one) for one in classified)
    return str(expression or classes or plain.partition("\n")[0])


def vendored() -> dict[Path, dict[str, Any]]:
    """Return what each folder of copies records of them, by the folder."""
    records = [path for folder in FOLDERS for path in sorted((REPOSITORY / folder).rglob("vendored.json"))]
    return {path.parent: json.loads(path.read_text("utf-8")) for path in records}


def listing(known: dict[str, str]) -> str:
    """Return the list.

    Args:
        known: The licences of packages that only other systems install.
    """
    names = dict(pinned(REPOSITORY / "requirements.lock"))  # one may be pinned twice, for two versions of Python
    rows = (f"| {name} | {licence(name) or known.get(name, '')} |" for name in names)
    copies = {
        f"| `{folder.relative_to(REPOSITORY).as_posix()}` | {one.get('name') or one['package']} | {one['version']} "
        f"| {one['licence']} | <{one['source']}> |": None
        for folder, files in vendored().items()
        for about in files.values()
        for one in about.get("packages", [about])
    }
    return "\n".join([_HEAD + "\n".join(rows), _VENDORED + "\n".join(copies)]) + "\n"


def listed() -> dict[str, str]:
    """Return the packages of the list with their licences."""
    text = LISTED.read_text("utf-8") if LISTED.exists() else ""
    return dict(re.findall(r"(?m)^\| ([a-z0-9._-]+) \| ([^|]+) \|$", text))


if __name__ == "__main__":
    LISTED.write_text(listing(listed()), "utf-8")
