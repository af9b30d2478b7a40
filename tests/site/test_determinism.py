"""The same content gives the same bytes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from surveys import copy_survey

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import BuildSite


def digests(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_a_second_build_elsewhere_writes_the_same_bytes(
    repository: Path, tmp_path: Path, build_site: BuildSite
) -> None:
    """Neither the folder, the hash seed, the time zone nor the locale's encoding gets into a file."""
    settings = (
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
        {
            "PYTHONHASHSEED": "2",
            "TZ": "Pacific/Pago_Pago",
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
        },
    )
    built = []
    for name, environment in zip(("first", "a second folder"), settings, strict=True):
        root = tmp_path / name
        copy_survey(repository, root)
        build_site(root, {"SOURCE_DATE_EPOCH": "1764000000", **environment})
        built.append({part: digests(root / part) for part in ("docs", "site")})
    first, second = built
    assert first["docs"]
    assert first["site"]
    assert first == second


def test_a_second_build_in_place_rewrites_nothing(repository: Path, tmp_path: Path, build_site: BuildSite) -> None:
    copy_survey(repository, tmp_path)
    build_site(tmp_path)
    docs = tmp_path / "docs"
    before = {path: path.stat().st_mtime_ns for path in docs.rglob("*") if path.is_file()}
    build_site(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in docs.rglob("*") if path.is_file()} == before
