"""`survey serve` of a large survey: the record that changed comes first, all that follows from it comes after."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from multiprocessing import active_children
from pathlib import Path

import pytest

from generator import build, serve
from generator.build import Known, load
from generator.live import LiveSite
from generator.serve import Preview, Teller
from synthetic import write_survey

PAPERS = 8
NEW = 'title: A Paper Nobody Knew\nauthors: ["Doe, Jane"]\nyear: 2024\ntype: preprint\narxiv: "2401.00001"\n'
TURN = "The site stays as it was until this is mended."


class Shown:
    """A survey that is previewed; what the person at the terminal reads, and what a reader's browser would get."""

    def __init__(self, root: Path, site: LiveSite) -> None:
        self.root = root
        self.site = site
        self.lines: list[str] = []
        known = Known()
        self.preview = Preview(root, site, Teller(lambda _: None, self.lines.append), known)
        self.preview.show(load(root, lambda _: None, known=known))

    @property
    def records(self) -> list[Path]:
        return sorted((self.root / "content" / "papers").iterdir())

    def page(self, path: str) -> str:
        """Return what stands at a path of the site."""
        return self.site.answer(f"{self.site.base}{path}")[2].decode()

    def change(self, file: Path, name: str, value: object) -> str:
        """Give a field of a file another value, as an editor would; return what was said."""
        line = f"{name}: {json.dumps(value)}"
        file.write_text(re.sub(rf"(?m)^{name}: .*$", lambda _: line, file.read_text("utf-8")), "utf-8")
        return self.update(file)

    def update(self, *files: Path) -> str:
        """Tell the preview of changes; return what it said."""
        before = len(self.lines)
        self.preview.update([file.relative_to(self.root).as_posix() for file in files])
        return "\n".join(self.lines[before:])

    def follow(self) -> str:
        """Wait until everything is there that follows; return what was said."""
        end = time.monotonic() + 120
        while not (is_ready := self.preview.ready()):
            assert is_ready is not None, "nothing is to follow"
            assert time.monotonic() < end
            time.sleep(0.02)
        return self.update()

    def whole(self) -> dict[str, bytes]:
        """Return all files that the survey and the site consist of."""
        folders = [self.root / "docs", self.root / ".survey" / "theme", self.site.folder]
        files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
        return {str(file): file.read_bytes() for file in files if not file.name.startswith("sitemap")}


@pytest.fixture
def shown(tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shown]:
    monkeypatch.setattr(serve, "FEW", PAPERS - 2)
    write_survey(tmp_path / "survey", PAPERS)
    shutil.copy(repository / "mkdocs.yml", tmp_path / "survey")
    (tmp_path / "site").mkdir()
    with LiveSite(tmp_path / "site", "127.0.0.1", 0, "/") as site:
        one = Shown(tmp_path / "survey", site)
        yield one
        one.preview.end()


def built_anew(shown: Shown) -> dict[str, bytes]:
    """Return all files as they are after everything was made from nothing."""
    for folder in (shown.root / "docs", shown.root / ".survey", shown.site.folder):
        shutil.rmtree(folder)
    build.generate(shown.root, load(shown.root, lambda _: None), lambda _: None)
    build.build_site(shown.root, site_dir=shown.site.folder, site_url=shown.site.url)
    return shown.whole()


def test_the_record_comes_first_and_the_rest_follows(shown: Shown) -> None:
    record, year = shown.records[3], 1987
    assert "1 page is shown, the rest follows" in shown.change(record, "summary", "Words of today.")
    assert "Words of today." in shown.page(f"papers/{record.stem}/")
    assert re.search(r"[1-9][0-9]* files · [0-9.]+ s", shown.follow())
    assert "1 page is shown" in shown.change(record, "year", year)
    assert f"year-{year}" not in shown.page("years/")
    shown.follow()
    assert f"year-{year}" in shown.page("years/")
    assert shown.preview.ready() is None
    new = record.with_stem("doe2024new")
    new.write_text(NEW, "utf-8")
    shown.update(new)
    shown.follow()
    assert "A Paper Nobody Knew" in shown.page("papers/doe2024new/")
    assert "A Paper Nobody Knew" in shown.page("papers/")
    renamed = new.rename(new.with_stem("doe2024renamed"))
    shown.update(new, renamed)
    shown.follow()
    assert "A Paper Nobody Knew" in shown.page("papers/doe2024renamed/")
    assert not (shown.site.folder / "papers" / "doe2024new" / "index.html").exists()
    assert shown.whole() == built_anew(shown)


def test_who_goes_on_writing_never_waits_for_what_was_before(shown: Shown) -> None:
    first, second, *_ = shown.records
    for number in range(4):
        said = shown.change((first, second)[number % 2], "summary", f"Thought number {number}.")
        assert "1 page is shown" in said
    assert "Thought number 2." in shown.page(f"papers/{first.stem}/")
    assert TURN in shown.change(second, "year", "20x0")
    assert shown.preview.ready() is None, "what was to follow from a sound survey is not made of a faulty one"
    assert "Thought number 3." in shown.page(f"papers/{second.stem}/")
    shown.change(second, "year", 2020)
    shown.follow()
    assert shown.whole() == built_anew(shown)


def test_what_goes_wrong_after_the_first_page_is_told_and_can_be_mended(shown: Shown) -> None:
    record, other = shown.records[:2]
    template = shown.root / "site_templates" / "pages" / "group.md.j2"
    template.parent.mkdir(parents=True)
    good = other.read_text("utf-8")

    def killed() -> None:
        for process in active_children():
            process.kill()

    troubles: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("group.md.j2", lambda: template.write_text("{% if %}", "utf-8"), template.unlink),
        ("changed while", lambda: other.write_text("title: [", "utf-8"), lambda: other.write_text(good, "utf-8")),
        ("was cut short", killed, lambda: None),
    ]
    for message, spoil, mend in troubles:
        assert "1 page is shown" in shown.change(record, "summary", f"Words before the trouble: {message}")
        spoil()
        said = shown.follow()
        assert message in said
        assert TURN in said
        mend()
        shown.change(record, "summary", f"Words after it: {message}")
        assert f"Words after it: {message}" in shown.page(f"papers/{record.stem}/")
    assert shown.whole() == built_anew(shown)
