"""The same `docs/` under each builder: MkDocs as anyone runs it, and Zensical."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from built_html import Document, dead_references, dead_style_references, read_site
from conftest import SurveyCommand
from surveys import copy_survey, read_yaml

THEME = ("assets/", "search", "sitemap.xml", "objects.inv", "404.html")
"""What a builder puts beside the pages on its own account."""

OWN_IDS = re.compile(r"__.*")
"""Ids of a theme's own, such as the target of its skip link."""


def run(*command: str, root: Path) -> str:
    script = Path(sys.executable).with_name(command[0])
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [script, *command[1:]],
        cwd=root,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"{command} failed\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def sites(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The site of each builder."""
    built = {}
    for name, command in {"mkdocs": ("mkdocs", "build", "--strict"), "zensical": ("zensical", "build")}.items():
        root = tmp_path_factory.mktemp(name)
        for part in ("docs", ".survey"):
            shutil.copytree(site.parent / part, root / part)
        shutil.copy(site.parent / "mkdocs.yml", root)
        said = run(*command, root=root)
        assert not re.search(r"(?i)\bwarn|\berror", said), said
        built[name] = root / "site"
    return built


@pytest.fixture(scope="module")
def documents(sites: dict[str, Path]) -> dict[str, dict[str, Document]]:
    return {name: read_site(folder) for name, folder in sites.items()}


def test_plain_mkdocs_builds_what_survey_build_does(site: Path, sites: dict[str, Path]) -> None:
    undated = {"sitemap.xml", "sitemap.xml.gz"}
    for file in (file for file in site.rglob("*") if file.is_file() and file.name not in undated):
        assert (sites["mkdocs"] / file.relative_to(site)).read_bytes() == file.read_bytes(), file


def test_both_make_the_same_files(site: Path, sites: dict[str, Path]) -> None:
    made = {
        name: {
            path
            for file in folder.rglob("*")
            if file.is_file() and not (path := file.relative_to(folder).as_posix()).startswith(THEME)
        }
        for name, folder in sites.items()
    }
    assert made["zensical"] == made["mkdocs"]
    docs = site.parent / "docs"
    for file in (file for file in docs.rglob("*") if file.is_file() and file.suffix != ".md"):
        for folder in sites.values():
            assert (folder / file.relative_to(docs)).read_bytes() == file.read_bytes()


def test_pages_are_the_same_but_for_the_theme(documents: dict[str, dict[str, Document]]) -> None:
    for path, page in documents["mkdocs"].items():
        other = documents["zensical"][path]
        assert (other.titles, other.headings, other.language) == (page.titles, page.headings, page.language), path
        assert content_ids(other) == content_ids(page), path
        assert edit_links(other) == edit_links(page), path
        assert outside(other) == outside(page), path
        assert (other.canonical, other.coins, other.linked_data) == (page.canonical, page.coins, page.linked_data), path
        assert told(other) == told(page), path


def test_neither_adds_a_search_of_its_own(sites: dict[str, Path]) -> None:
    for folder in sites.values():
        html = (folder / "index.html").read_text("utf-8")
        assert html.count("data-find") == 1
        assert not re.search(r'md-search|for="__search"', html)
    assert not (sites["mkdocs"] / "search").exists()


def test_no_reference_is_dead_under_either(
    sites: dict[str, Path], documents: dict[str, dict[str, Document]], repository: Path
) -> None:
    site_url = str(read_yaml(repository / "content" / "survey.yaml")["site_url"])
    for name, folder in sites.items():
        assert list(dead_references(folder, documents[name], site_url)) == []
        assert list(dead_style_references(folder, site_url)) == []


def test_strict_fails_on_a_warning_of_mkdocs(repository: Path, survey_command: SurveyCommand, tmp_path: Path) -> None:
    copy_survey(repository, tmp_path)
    by_hand = tmp_path / "docs" / "by-hand.md"
    by_hand.parent.mkdir()
    by_hand.write_text("# By hand\n\n[Nowhere](nowhere.md)\n")
    assert survey_command("build", root=tmp_path).returncode == 0
    strict = survey_command("build", "--strict", root=tmp_path)
    assert strict.returncode == 2
    assert "nowhere.md" in strict.stderr
    assert "Traceback" not in strict.stderr


def content_ids(page: Document) -> list[str]:
    return [name for name in page.ids if not OWN_IDS.fullmatch(name)]


def told(page: Document) -> list[tuple[str, str]]:
    return [(name, text) for name, text in page.metadata if name != "generator"]


def edit_links(page: Document) -> set[str]:
    return {reference.target for reference in page.references if "/edit/" in reference.target.replace("&#x2f;", "/")}


def outside(page: Document) -> set[str]:
    return {r.target for r in page.references if r.element == "a" and r.target.startswith("http")}
