"""What is by others: what it is, under which licence, and that it is what was copied or pinned."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from licences import FOLDERS, LISTED, listed, listing, pinned, vendored


@pytest.fixture(scope="module")
def vendor(repository: Path) -> Path:
    return repository / "site_templates" / "assets" / "contribute" / "vendor"


def test_each_module_is_recorded_with_its_hash_and_what_is_in_it(vendor: Path) -> None:
    recorded = json.loads((vendor / "vendored.json").read_text("utf-8"))
    assert {file.name for file in vendor.glob("*.js")} == recorded.keys()
    licences = (vendor / "LICENSES.txt").read_text("utf-8")
    for name, about in recorded.items():
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == about["sha256"]
        for package in about["packages"]:
            assert package.keys() == {"name", "version", "licence", "source"}
            assert package["licence"] in {"MIT", "ISC", "BSD-3-Clause"}
            assert package["source"].startswith("https://")
            assert f"{package['name']} {package['version']} ({package['licence']})\n" in licences


def test_bundling_again_gives_the_same_bytes(
    vendor: Path, node_tools: Path, require_tool: Callable[..., str], tmp_path: Path
) -> None:
    subprocess.run([require_tool("node"), node_tools / "bundle.mjs", tmp_path], check=True, timeout=120)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        file.name: file.read_bytes() for file in vendor.iterdir()
    }


OUR_OWN = {"vendored.json", "LICENSE", "LICENSES.txt", "fonts.css"}
"""What may stand beside copies: ours, and the texts of licences."""


def test_every_copy_is_recorded_and_nothing_has_changed_it(repository: Path) -> None:
    recorded: dict[Path, str] = {}
    for folder, files in vendored().items():
        copies = {file.name for file in folder.iterdir() if file.is_file()} - OUR_OWN
        assert copies == files.keys(), folder
        assert {"LICENSE", "LICENSES.txt"} & {file.name for file in folder.iterdir()}
        recorded |= {folder / name: about["sha256"] for name, about in files.items()}
    assert len(recorded) > 20
    for path, digest in recorded.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == digest, path
    for name in FOLDERS:
        for path in (repository / name).rglob("*"):
            if path.is_file() and path not in recorded and "__pycache__" not in path.parts:
                assert not looks_copied(path), f"{path} is recorded in no vendored.json"


def looks_copied(path: Path) -> bool:
    """Say whether a file is none that people write: binary, a citation style, or a script in one long line."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        return True
    return path.suffix == ".csl" or max(map(len, text.splitlines()), default=0) > 2_000


def test_what_looks_copied_is_noticed(repository: Path) -> None:
    (vendor,) = (folder for folder in vendored() if folder.name == "vendor")
    assert all(map(looks_copied, vendor.glob("*.js")))
    assert not looks_copied(repository / "site_templates" / "assets" / "browse" / "browse.js")


def test_what_is_by_others_is_listed_as_it_is() -> None:
    assert LISTED.read_text("utf-8") == listing(listed())
    assert all(listed().values())
    assert not [name for name, one in listed().items() if "GPL" in one], "what is under the GPL binds who passes it on"


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_pin_has_its_hashes(repository: Path, lock: str) -> None:
    pins = re.split(r"(?m)^(?=[a-z0-9])", (repository / lock).read_text("utf-8"))[1:]
    assert len(pins) == len(list(pinned(repository / lock))) > 30
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}\b", pin) for pin in pins)
