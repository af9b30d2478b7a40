"""What a survey remembers between two runs: it saves time and changes nothing, whatever stands in its file."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import build, remembering
from generator.memory import Memory
from generator.remembering import KEPT
from synthetic import write_survey

KEY, MAKERS = b"k" * 32, b"version 1"


def described(text: str, other: str = "") -> dict[str, object]:
    """Stand for what is worked out of texts."""
    return {"length": len(text), "words": [text.upper(), other], "none": None}


def counted(text: str) -> int:
    """Stand for another function of the same texts."""
    return len(text)


TEXTS = st.lists(st.text(alphabet=st.characters(exclude_categories=[])), max_size=8)


@given(TEXTS)
def test_what_is_recalled_is_what_the_function_makes(texts: list[str]) -> None:
    memory = Memory()
    for _ in range(2):
        assert [memory.recall(described, text, "x") for text in texts] == [described(text, "x") for text in texts]
        assert [memory.recall(counted, text) for text in texts] == [counted(text) for text in texts]
    assert memory.learned == 2 * len(set(texts))


@given(TEXTS)
def test_what_was_sealed_is_known_again(texts: list[str]) -> None:
    memory = Memory()
    for text in texts:
        memory.recall(described, text)
    again = Memory.opened(memory.sealed(KEY, MAKERS), KEY, MAKERS)
    assert [again.recall(described, text) for text in texts] == [described(text) for text in texts]
    assert again.learned == 0
    assert again.sealed(KEY, MAKERS) == memory.sealed(KEY, MAKERS)


@given(TEXTS.filter(any), st.data())
def test_whatever_was_not_sealed_so_holds_nothing(texts: list[str], data: st.DataObject) -> None:
    memory = Memory()
    for text in texts:
        memory.recall(described, text)
    sealed = memory.sealed(KEY, MAKERS)
    place = data.draw(st.integers(0, len(sealed) - 1))
    broken = [
        sealed[:place],
        sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :],
        sealed + b"\n",
        data.draw(st.binary(max_size=99)),
    ]
    tried = [(one, KEY, MAKERS) for one in broken]
    tried += [(sealed, b"another", MAKERS), (sealed, KEY, b"version 2"), (sealed, b"", MAKERS)]
    for content, key, makers in tried:
        opened = Memory.opened(content, key, makers)
        assert opened.recall(described, texts[0]) == described(texts[0])
        assert opened.learned == 1


def test_what_nobody_asked_for_is_forgotten() -> None:
    memory = Memory()
    memory.recall(described, "former")
    again = Memory.opened(memory.sealed(KEY, MAKERS), KEY, MAKERS)
    again.recall(described, "present")
    assert len(again.sealed(KEY, MAKERS).splitlines()) == 2  # the seal, and one result


def test_texts_are_told_apart_by_where_they_end() -> None:
    memory = Memory()
    assert memory.recall(described, "a", "bc") != memory.recall(described, "ab", "c")
    assert memory.recall(described, "a\x00", "b") != memory.recall(described, "a", "\x00b")


def test_many_texts_are_learned_at_once() -> None:
    memory = Memory()
    texts = [f"text {number}" for number in range(300)]
    memory.learn(described, [(text,) for text in texts])
    assert memory.learned == 300
    assert [memory.recall(described, text) for text in texts] == [described(text) for text in texts]
    assert memory.learned == 300


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A survey with mistakes of many kinds, whose memory is kept however little was learned."""
    monkeypatch.setattr(remembering, "user_cache_path", lambda _: tmp_path / "cache")
    monkeypatch.setattr(remembering, "ENOUGH", 1)
    write_survey(tmp_path / "survey", 20)
    papers = sorted((tmp_path / "survey" / "content" / "papers").iterdir())
    for path, (before, after) in zip(
        papers,
        [
            ('"year": ', '"year": 1'),
            ("summary: ", "summary: 'see @nobody2020' # "),
            ("title: ", "title: ROUTING FOR ALL MODELS OF LANGUAGE # "),
            ("title: ", "title: 17 # "),
            ("title: ", "title: no <b>bold</b> claims # "),
            ("tags: ", "tags: [nothing] # "),
            ("year: ", "yaer: "),
            ("relations: ", "relations: [ # "),
        ],
        strict=False,
    ):
        path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    return tmp_path / "survey"


def found(root: Path) -> list[dict[str, object]]:
    return [one.as_json() for one in build.load(root, lambda _: None).diagnostics]


def forged(root: Path) -> bytes:
    """Return a memory that another person sealed, in which all is well with every file."""
    memory = Memory()

    def sound(_: str, __: str) -> dict[str, object]:
        return {"title": "Fine", "authors": ["Doe, Jane"], "year": "2020", "type": "web"}

    sound.__module__, sound.__qualname__ = "generator.sound", "sound"
    for path in (root / "content" / "papers").iterdir():
        memory.recall(sound, "paper", path.read_text("utf-8"))
    return memory.sealed(secrets.token_bytes(32), remembering._makers())  # noqa: SLF001 - all is right but the key


@pytest.mark.parametrize(
    "trouble",
    [
        lambda kept, _: kept.unlink(),
        lambda kept, _: kept.write_bytes(kept.read_bytes()[:-30]),
        lambda kept, _: kept.write_bytes(b""),
        lambda kept, _: kept.write_bytes(b"\x80\x04cposix\nsystem\n."),
        lambda kept, root: kept.write_bytes(forged(root)),
        lambda kept, _: (kept.unlink(), kept.mkdir()),
    ],
    ids=["deleted", "cut off", "empty", "code", "of another person", "a folder"],
)
def test_findings_are_the_same_whatever_is_remembered(trouble: Callable[[Path, Path], object], root: Path) -> None:
    first = found(root)
    assert len({one["code"] for one in first}) > 6
    kept = root / KEPT
    assert found(root) == first
    sealed = kept.read_bytes()
    trouble(kept, root)
    assert found(root) == first
    assert found(root) == first
    assert kept.is_dir() or kept.read_bytes() == sealed


def test_a_change_is_seen(root: Path) -> None:
    first = found(root)
    changed = max((root / "content" / "papers").iterdir())
    changed.write_text(changed.read_text("utf-8").replace("summary: ", "summary: '' # "), "utf-8")
    assert [one for one in found(root) if one not in first] != []


def test_what_is_kept_is_text(root: Path) -> None:
    found(root)
    _, *lines = (root / KEPT).read_bytes().splitlines()
    assert lines
    assert all(json.loads(line.split(b" ", 1)[1]) is not False for line in lines)


def test_a_key_that_cannot_be_kept_is_no_harm(root: Path, tmp_path: Path) -> None:
    first = found(root)
    (root / KEPT).unlink()
    for path in (tmp_path / "cache").iterdir():
        path.unlink()
    (tmp_path / "cache").rmdir()
    (tmp_path / "cache").write_text("no folder")
    assert found(root) == first
    assert not (root / KEPT).exists()
