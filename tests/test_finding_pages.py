"""The manual of the findings, as a survey's site shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import generate, load
from generator.codes import CODES


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("survey")
    (root / "content").mkdir()
    (root / "content/survey.yaml").write_text("format: 1\ntitle: A Survey\n")
    generate(root, load(root, lambda _: None), lambda _: None)
    return root / "docs/contribute/findings"


def test_every_code_has_a_page_and_stands_in_the_list(manual: Path) -> None:
    listed = (manual / "index.md").read_text(encoding="utf-8")
    assert [code for code in CODES if not (manual / f"{code}/index.md").is_file()] == []
    assert [code for code in CODES if listed.count(f'contribute/findings/{code}/"') != 1] == []
    assert (manual / "../index.md").resolve().read_text(encoding="utf-8").count('href="../contribute/findings/"')


def test_a_page_shows_the_examples_as_they_are(manual: Path) -> None:
    text = (manual / "html-in-text/index.md").read_text(encoding="utf-8")
    assert "```yaml\ntitle: Cats &amp; Dogs\n```" in text
    assert "```yaml\ntitle: Cats & Dogs\n```" in text
    assert "<strong>Warning.</strong>" in text
    assert "is empty." in (manual / "empty-file/index.md").read_text(encoding="utf-8")


def test_a_page_says_what_no_text_can_show(manual: Path) -> None:
    text = (manual / "unreadable-file/index.md").read_text(encoding="utf-8")
    assert "a link whose target is gone" in text
    assert "```" not in text


def test_the_manual_is_not_in_the_navigation(manual: Path) -> None:
    configuration = (manual / "../../../.survey/mkdocs.yml").resolve().read_text(encoding="utf-8")
    assert "findings" not in configuration.partition("not_in_nav")[0]
    assert "  /contribute/*/" in configuration
