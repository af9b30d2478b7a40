"""The modules of others that the form for contributors uses: what they are, and that they are what was bundled."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest


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
