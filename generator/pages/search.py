"""The index of the search: a file that says where to look, and many small ones, of which a question needs few.

`terms/` holds for ranges of words the entries that have them, `entries/` what is shown of runs of entries, and `words/`
the words of titles and names by their length, for who mistypes one. An entry is a number; how well a word
describes it is a level, worked out here (BM25F: the more, the rarer the text is, the more telling the field is),
so that the script in the browser only adds up. Every file carries the version of what numbers and ranges mean, which
changes when an entry comes or goes, not when a text is edited: a file that a browser has kept can be told from the others.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate
from zlib import crc32

from generator.names import folded
from generator.output import Output
from generator.pages import routes
from generator.pages.browse import rich
from generator.pages.findable import LONGEST_TEXT, Field, Findable

FOLDER = f"{routes.DOCS}/{routes.ASSETS}/index"

LEVELS = 15
"""How well a word describes an entry, at most."""

EXACT = LEVELS + 1
"""The level of what an entry is found by as a whole: a key, an identifier."""

_SATURATION = 4.0
_SHORTENING = 0.5
"""The constants of BM25: how soon more of a word tells nothing more, how much the length of a text matters."""

_TERMS_SIZE = 10_000
_ENTRIES_SIZE = 1_000
"""How many characters a file has before the next may begin."""

_ENDING = 8
_LONGEST_RUN = 2
"""Of how many names one begins a file, and how many times its size a file may have if none does."""

_SHORTEST_CORRECTION = 3
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_BITS = 5
_MORE = 1 << _BITS
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_HYPHENS = re.compile(r"[‐‑]")
_WORD = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
_NAMING = {Field.TITLE, Field.PEOPLE}

# fmt: off
COMMON = (
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "how", "in", "into", "is", "it", "its", "of", "on", "or",
    "our", "that", "the", "this", "to", "via", "we", "what", "when", "with", "you", "your",
)
# fmt: on
"""English words that tell nothing in running text; in a question they may be missing."""

Postings = Mapping[str, Mapping[int, Sequence[int]]]
"""Entries by word and level."""


def search_index(found: Sequence[Findable]) -> Iterator[Output]:
    """Make the files of the index.

    Args:
        found: What can be found, in the order in which alike results are shown.
    """
    postings, names = _postings(found)
    terms = list(_cut(_written_terms(postings), _TERMS_SIZE))
    kinds = list(dict.fromkeys(one.kind for one in found))
    entries = list(_cut(((one.url, _entry(one, kinds)) for one in found), _ENTRIES_SIZE))
    starts = [run[0][0] for run in terms]
    blocks = [0, *accumulate(map(len, entries[:-1]))]
    meaning = _json([[one.url for one in found], starts, blocks])
    version = sha256(meaning.encode()).hexdigest()[:8]
    vocabulary = _vocabulary(names)
    yield _file(
        "index",
        version=version,
        count=len(found),
        kinds=kinds,
        common=COMMON,
        terms=starts,
        entries=_numbers(blocks),
        words=list(vocabulary),
    )
    for number, run in enumerate(terms):
        yield _raw(
            f"terms/{number}", version, "terms", "{" + ",".join(f"{_json(name)}:{text}" for name, text in run) + "}"
        )
    for number, run in enumerate(entries):
        yield _raw(f"entries/{number}", version, "entries", "[" + ",".join(text for _, text in run) + "]")
    for length, words in vocabulary.items():
        yield _file(f"words/{length}", words=" ".join(words))


def tokens(text: str) -> list[str]:
    """Return the words of a text as they are compared; of a compound its parts and, at the end, the whole."""
    text = _FOREIGN.sub(lambda run: _without_marks(run[0]), text).lower()
    words = _WORD.findall(text)
    if "-" in text:
        hyphened = " ".join(run for run in text.split() if "-" in run)
        words += (compound.replace("-", "") for compound in _COMPOUND.findall(hyphened))
    return words


@lru_cache(maxsize=2**16)
def _without_marks(run: str) -> str:
    """Fold letters as the script does: vowel signs of Indic scripts are marks too, though they combine with nothing."""
    letters = "".join(letter for letter in folded(run) if unicodedata.category(letter)[0] != "M")
    return _HYPHENS.sub("-", letters)


def _postings(found: Sequence[Findable]) -> tuple[Postings, Counter[str]]:
    """Return what each word describes, and how often the words of titles and names occur."""
    postings: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    names: Counter[str] = Counter()
    for number, one in enumerate(found):
        weights: dict[str, float] = defaultdict(float)
        for field, text in one.fields:
            words = tokens(text)
            if field in _NAMING:
                names.update(words)
            weight, usual = field.value
            share = weight / (1 - _SHORTENING + _SHORTENING * len(words) / usual)
            counts = Counter(words)
            if field is Field.TEXT:
                for word in COMMON:
                    counts.pop(word, None)
            for word, count in counts.items():
                weights[word] += count * share
        for word, weight in weights.items():
            level = round(LEVELS * one.boost * weight / (_SATURATION + weight))
            postings[word][max(1, min(LEVELS, level))].append(number)
        for id_ in dict.fromkeys(map(str.lower, one.ids)):
            postings[id_][EXACT].append(number)
    return postings, names


def _written_terms(postings: Postings) -> Iterator[tuple[str, str]]:
    for term in sorted(postings):
        levels = postings[term]
        yield term, "{" + ",".join(f'"{level}":"{_numbers(levels[level])}"' for level in sorted(levels)) + "}"


def _numbers(ascending: Iterable[int]) -> str:
    """Write numbers as the steps between them: five bits a character, the sixth says that more follow."""
    written: list[str] = []
    last = 0
    for number in ascending:
        step, last = number - last, number
        while step >= _MORE:
            written.append(_DIGITS[_MORE | step % _MORE])
            step >>= _BITS
        written.append(_DIGITS[step])
    return "".join(written)


def _entry(one: Findable, kinds: Sequence[str]) -> str:
    text = one.text[:LONGEST_TEXT]
    return _json([kinds.index(one.kind), one.url, rich(one.title), one.people, one.about, " ".join(text.split())])


def _cut(items: Iterable[tuple[str, str]], size: int) -> Iterator[list[tuple[str, str]]]:
    """Cut a sequence of names and texts into runs of at least a size, but for the last.

    Names decide where a run ends, so that a text which grows moves few of the other ends.
    """
    run: list[tuple[str, str]] = []
    length = 0
    for name, text in items:
        if length >= size and (crc32(name.encode()) % _ENDING == 0 or length >= _LONGEST_RUN * size):
            yield run
            run, length = [], 0
        run.append((name, text))
        length += len(name) + len(text)
    if run:
        yield run


def _vocabulary(names: Mapping[str, int]) -> dict[int, list[str]]:
    """Return the words of titles and names by length, the most frequent first."""
    words: dict[int, list[str]] = defaultdict(list)
    for word in sorted(names, key=lambda word: (-names[word], word)):
        if len(word) >= _SHORTEST_CORRECTION:
            words[len(word)].append(word)
    return dict(sorted(words.items()))


def _file(name: str, **content: object) -> Output:
    return Output.text(f"{FOLDER}/{name}.json", _json(content))


def _raw(name: str, version: str, what: str, written: str) -> Output:
    return Output.text(f"{FOLDER}/{name}.json", f'{{"version":"{version}","{what}":{written}}}')


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
