"""The fonts of the site: what they are, and that they are what was copied."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def fonts(repository: Path) -> Path:
    return repository / "site_templates" / "assets" / "fonts"


def test_each_font_is_recorded_with_its_hash_and_its_licence(fonts: Path) -> None:
    recorded = json.loads((fonts / "vendored.json").read_text("utf-8"))
    assert {file.name for file in fonts.glob("*.woff2")} == recorded.keys()
    licences = (fonts / "LICENSES.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE" in licences
    for name, about in recorded.items():
        content = (fonts / name).read_bytes()
        assert content[:4] == b"wOF2"
        assert hashlib.sha256(content).hexdigest() == about["sha256"]
        assert about["licence"] == "OFL-1.1"
        assert f"{about['package']} {about['version']} (OFL-1.1)\n{about['source']}\n" in licences


def test_the_style_sheet_names_every_font_and_waits_for_none(fonts: Path) -> None:
    rules = re.findall(r"@font-face \{(.*?)\}", (fonts / "fonts.css").read_text("utf-8"), re.DOTALL)
    from_files = [rule for rule in rules if "url(" in rule]
    named = [match for rule in from_files for match in re.findall(r'url\("(.*?)"\)', rule)]
    assert sorted(named) == sorted(file.name for file in fonts.glob("*.woff2"))
    assert all("font-display: swap" in rule and "unicode-range: U+" in rule for rule in from_files)
    stand_ins = [rule for rule in rules if "local(" in rule]
    assert len(from_files) + len(stand_ins) == len(rules)
    for measure in ("size-adjust", "ascent-override", "descent-override", "line-gap-override"):
        assert all(measure in rule for rule in stand_ins)


def test_copying_again_gives_the_same_bytes(
    fonts: Path, node_tools: Path, require_tool: Callable[..., str], tmp_path: Path
) -> None:
    subprocess.run([require_tool("node"), node_tools / "fonts.mjs", tmp_path], check=True, timeout=120)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        file.name: file.read_bytes() for file in fonts.iterdir()
    }
