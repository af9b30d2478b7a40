"""Whatever is edited, and whatever is remembered: what comes of it is what a clean run makes.

`--edits` says how many edits there are, `--compare-every` how often all files are compared.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest

from generator import remembering
from generator.build import Known, Loaded, generate, load, rendered
from generator.first import FirstPages
from generator.remembering import KEPT
from generator.source import MAIN_FILE
from generator.write import refresh
from synthetic import write_survey

PAPERS = 12


def as_written(text: str) -> dict[str, Any]:
    """Read a file of a synthetic survey: a key a line, each value JSON."""
    return {name: json.loads(value) for name, _, value in (line.partition(": ") for line in text.splitlines())}


class Editor:
    """Somebody who changes a survey at random, mostly for the better."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.random = Random(seed)  # noqa: S311 - nothing secret
        self.count = 0
        self._undo: tuple[Path, bytes] | None = None

    def edit(self) -> list[str]:
        """Change something; return the paths of what was changed. A mistake is undone by the next edit."""
        if self._undo:
            path, before = self._undo
            path.write_bytes(before)
            self._undo = None
            return [self._name(path)]
        self.count += 1
        kinds: list[Callable[[], list[str]]] = [
            *([self._change_record] * 6),
            self._add,
            self._remove,
            self._rename,
            self._change_group,
            self._change_venue,
            self._change_settings,
            self._write_page,
            self._break,
            self._forget,
            self._spoil,
        ]
        return self.random.choice(kinds)()

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _files(self, folder: str) -> list[Path]:
        return sorted((self.root / "content" / folder).rglob("*.yaml"))

    def _rewrite(self, path: Path, **fields: object) -> list[str]:
        data = as_written(path.read_text("utf-8")) | fields
        path.write_text("".join(f"{name}: {json.dumps(value)}\n" for name, value in data.items() if value), "utf-8")
        return [self._name(path)]

    def _words(self) -> str:
        return " ".join(self.random.choices(["Sparse", "routing", "of", "GPT-4", "Müller", "experts", "$n^2$"], k=6))

    def _change_record(self) -> list[str]:
        path = self.random.choice(self._files("papers"))
        other = self.random.choice(self._files("papers")).stem
        changes: list[dict[str, object]] = [
            {"summary": f"{self._words()} [@{other}] {self.count}."},
            {"title": f"{self._words()} {self.count}"},
            {"year": self.random.randrange(1990, 2026)},
            {"authors": [f"Doe{self.count % 3}, Jane", "Roe, Richard"]},
            {"tags": [f"tag{self.random.randrange(20)}"]},
            {"relations": [{"type": "extends", "paper": other}] if other > path.stem else []},
            {"capitals": []},
        ]
        return self._rewrite(path, **self.random.choice(changes))

    def _add(self) -> list[str]:
        path = self.root / "content" / "papers" / f"new{self.count}.yaml"
        facts = {"title": self._words(), "authors": ["Doe, Jane"], "year": 2024, "type": "web"}
        path.write_text("".join(f"{name}: {json.dumps(value)}\n" for name, value in facts.items()), "utf-8")
        return [self._name(path)]

    def _remove(self) -> list[str]:
        added = [path for path in self._files("papers") if path.stem.startswith("new")]
        if not added:
            return self._add()
        path = self.random.choice(added)
        before = path.read_bytes()
        path.unlink()
        self._undo = (path, before) if self._mentioned(path.stem) else None
        return [self._name(path)]

    def _rename(self) -> list[str]:
        path = self.random.choice(self._files("papers"))
        new = path.with_stem(f"renamed{self.count}")
        before = as_written(path.read_text("utf-8")).get("aliases", [])
        self._rewrite(path, aliases=[*before, path.stem])
        path.rename(new)
        return [self._name(path), self._name(new)]

    def _mentioned(self, key: str) -> bool:
        return any(key in path.read_text("utf-8") for path in (self.root / "content").rglob("*.yaml"))

    def _change_group(self) -> list[str]:
        path = self.random.choice([path for path in self._files("groupings") if path.stem != "_index"])
        paper = self.random.choice(self._files("papers")).stem
        return self._rewrite(
            path, **self.random.choice([{"title": self._words()}, {"body": f"## {self._words()}\n\nAs @{paper} says."}])
        )

    def _change_venue(self) -> list[str]:
        path = self.root / "content" / "venues.yaml"
        kept = as_written(path.read_text("utf-8"))["venue1"]
        return self._rewrite(path, venue1={**kept, "short": f"V{self.count}"})

    def _change_settings(self) -> list[str]:
        words = {"words": [self.random.choice(["Sparse", "Adaptive", "Routing"])]}
        changes: list[dict[str, object]] = [{"bibliography": words}, {"title": self._words()}]
        return self._rewrite(self.root / MAIN_FILE, **self.random.choice(changes))

    def _write_page(self) -> list[str]:
        path = self.root / "content" / "pages" / f"page{self.random.randrange(2)}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# {self._words()}\n\nSee @{self.random.choice(self._files('papers')).stem}.\n", "utf-8")
        return [self._name(path)]

    def _break(self) -> list[str]:
        path = self.random.choice(self._files(self.random.choice(["papers", "groupings"])))
        self._undo = path, path.read_bytes()
        mistakes = [
            "yaer: 2020\n",
            "title: [\n",
            "summary: see @nobody1999\n",
            "tags: [no-such]\n",
            "\x07",
            "year: 17\n",
        ]
        path.write_bytes(path.read_bytes() + self.random.choice(mistakes).encode())
        return [self._name(path)]

    def _forget(self) -> list[str]:
        (self.root / KEPT).unlink(missing_ok=True)
        return self._change_record()

    def _spoil(self) -> list[str]:
        kept = self.root / KEPT
        if kept.exists():
            content = bytearray(kept.read_bytes())
            content[self.random.randrange(len(content))] ^= 1 << self.random.randrange(8)
            kept.write_bytes(content[: self.random.choice([None, len(content) // 2])])
        return self._change_record()


class Interrupted(BaseException):
    """Stands for what cuts a run short."""


def files(root: Path) -> dict[str, bytes]:
    made = [path for folder in ("docs", ".survey/theme") for path in (root / folder).rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in [*made, root / ".survey" / "mkdocs.yml"]}


def told(loaded: Loaded) -> list[dict[str, Any]]:
    return [one.as_json() for one in loaded.diagnostics]


def clean(root: Path) -> Loaded:
    """Load a survey with nothing remembered."""
    return load(root, lambda _: None, known=Known())


def test_any_edit_gives_what_a_clean_run_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    edits, every = (int(request.config.getoption(name)) for name in ("--edits", "--compare-every"))
    monkeypatch.setattr(remembering, "user_cache_path", lambda _: tmp_path / "cache")
    monkeypatch.setattr(remembering, "ENOUGH", 1)
    root, again = tmp_path / "survey", tmp_path / "again"
    write_survey(root, PAPERS)
    editor, known, first = Editor(root, edits), Known(), FirstPages(root)
    generate(root, load(root, lambda _: None, known=known), lambda _: None)
    sound = compared = pages = 0
    for number in range(edits):
        changed = editor.edit()
        loaded, remembered, expected = load(root, lambda _: None, known=known), load(root, lambda _: None), clean(root)
        assert told(loaded) == told(remembered) == told(expected), changed
        assert loaded.survey == remembered.survey == expected.survey, changed
        if not loaded.sound:
            continue
        sound += 1
        outputs = first.rendered(loaded, changed)
        pages += len(outputs)
        refresh(root, outputs)
        if number % 20 == 0:
            with monkeypatch.context() as cut, suppress(Interrupted):
                cut.setattr("generator.write._fill", _interrupting(editor.random.randrange(40)))
                generate(root, loaded, lambda _: None)
        if number % every and number < edits - 2:
            continue
        compared += 1
        generate(root, remembered, lambda _: None)
        if again.exists():
            shutil.rmtree(again)
        again.mkdir()
        with rendered(root, expected, lambda _: None) as made:
            for output in made:
                target = again / output.path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(output.content)
        assert files(root) == files(again), changed
        first.learn(loaded)
    assert sound > edits / 2
    assert compared > edits / (2 * every)
    assert pages > edits / 5


def _interrupting(writes: int) -> Callable[[str, bytes], None]:
    """Return what writes files until it is interrupted; after so many at the latest of the manifest's."""
    left = [writes]

    def fill(path: str, content: bytes) -> None:
        if not left[0]:
            raise Interrupted
        left[0] -= 1
        Path(path).write_bytes(content)

    return fill
