"""What `make site` and `make test` install: all of it pinned by hash, from no particular place."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

if TYPE_CHECKING:
    from pathlib import Path

LOCKS = ("requirements.lock", "requirements-dev.lock")


def pins(lock: Path) -> list[tuple[Requirement, int]]:
    """The requirements of a lock file, each with the number of its hashes."""
    text = re.sub(r"(?m)^\s*#.*$", "", lock.read_text("utf-8")).replace("\\\n", " ")
    found = []
    for line in filter(str.strip, text.splitlines()):
        requirement, *hashes = re.split(r"\s+--hash=sha256:(?=[0-9a-f]{64}(?:\s|$))", line.strip())
        found.append((Requirement(requirement), len(hashes)))
    return found


def versions(lock: Path) -> dict[str, list[Version]]:
    found: dict[str, list[Version]] = {}
    for requirement, _ in pins(lock):
        (specifier,) = requirement.specifier
        assert specifier.operator == "=="
        found.setdefault(canonicalize_name(requirement.name), []).append(Version(specifier.version))
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_by_hash_and_names_no_place(repository: Path, name: str) -> None:
    found = pins(repository / name)
    assert len(found) > 20
    assert [str(requirement) for requirement, hashes in found if hashes == 0 or requirement.url] == []
    assert "://" not in (repository / name).read_text("utf-8")
    assert re.search(r"(?m)^\s*-(?!-hash)", (repository / name).read_text("utf-8")) is None


@pytest.mark.parametrize(("name", "groups"), [("requirements.lock", ["build"]), ("requirements-dev.lock", ["dev"])])
def test_a_lock_has_all_that_the_project_asks_for(repository: Path, name: str, groups: list[str]) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))
    asked = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    for group in groups:
        asked += project["dependency-groups"][group]
    locked = versions(repository / name)
    missing = []
    for requirement in map(Requirement, asked):
        found = locked.get(canonicalize_name(requirement.name))
        if not found or not all(map(requirement.specifier.contains, found)):
            missing.append(str(requirement))
    assert missing == [], "run `make lock`"


def test_the_tests_run_on_what_the_site_is_built_with(repository: Path) -> None:
    site, dev = (versions(repository / name) for name in LOCKS)
    assert {name: dev.get(name) for name in site} == site
