"""`survey snapshot`: what a release keeps of the survey, so that it can be cited and checked."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from pathlib import Path

from click.testing import CliRunner

from generator.bibliography import FORMATS
from generator.cli import main

SITE = {
    "index.html": b"home",
    "papers/a/index.html": b"a paper",
    "papers/a.bib": b"@misc{a}",
    "downloads/index.html": b"the list",
    "downloads/survey.bib": b"@misc{a}",
    "downloads/survey.csl.json": b"[]",
}


def taken(root: Path, output: Path) -> dict[str, bytes]:
    (root / "content").mkdir(parents=True)
    (root / "content/survey.yaml").write_text("format: 1\ntitle: A Survey\n", "utf-8")
    for name, content in SITE.items():
        file = root / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    done = CliRunner().invoke(main, ["snapshot", "--root", str(root), "-o", str(output)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return {file.name: file.read_bytes() for file in output.iterdir()}


def test_it_holds_the_site_all_formats_and_checksums(tmp_path: Path) -> None:
    files = taken(tmp_path / "survey", tmp_path / "out")
    assert set(files) == {"site.tar.gz", "survey.bib", "survey.csl.json", "SHA256SUMS"}
    lines = [line.split("  ") for line in files["SHA256SUMS"].decode().splitlines()]
    sums = {name: found for found, name in lines}
    assert sums == {name: hashlib.sha256(files[name]).hexdigest() for name in files if name != "SHA256SUMS"}
    with tarfile.open(fileobj=io.BytesIO(files["site.tar.gz"])) as archive:
        unpacked = {one.name: archive.extractfile(one) for one in archive.getmembers()}
        assert {name: file.read() for name, file in unpacked.items() if file} == {
            f"site/{name}": content for name, content in SITE.items()
        }
        assert {(one.uid, one.uname, one.mode) for one in archive.getmembers()} == {(0, "", 0o644)}


def test_the_same_site_gives_the_same_bytes(tmp_path: Path) -> None:
    first = taken(tmp_path / "one", tmp_path / "first")
    old = os.umask(0o077)
    try:
        second = taken(tmp_path / "another", tmp_path / "second")
    finally:
        os.umask(old)
    assert first == second


def test_the_real_site_has_every_format_where_the_snapshot_looks(site: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ["snapshot", "--root", str(site.parent), "-o", str(out)]
    assert CliRunner().invoke(main, arguments, catch_exceptions=False).exit_code == 0
    names = {file.name for file in out.iterdir()}
    assert {f"survey{form.suffix}" for form in FORMATS.values()} <= names
    assert not [name for name in names if name.endswith(".html")]


def test_without_a_site_it_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/survey.yaml").write_text("format: 1\ntitle: A Survey\n", "utf-8")
    done = CliRunner().invoke(main, ["snapshot", "--root", str(tmp_path)])
    assert done.exit_code == 2
    assert "make it with “survey build”" in done.stderr
