"""How near papers are to each other: by the words that tell them apart, by the groups and by the authors that they share.

A paper is a vector of words, groups and authors, each weighted by how few papers share it (TF-IDF); two papers are as near as
their vectors are alike (cosine). Candidates come from an inverted index whose lists are cut, and the best of them are compared as
a whole, so that the work grows with the number of papers and not with its square.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from math import log, sqrt
from operator import itemgetter

from generator.names import folded
from generator.survey import Paper, Survey
from generator.text import as_plain

NEAREST = 10
"""How many neighbours of a paper are known at most."""

_WORDS_KEPT = 24
"""How many words stand for a paper: the most telling ones."""
_LIST = 80
"""How many papers of a word, group or author are looked at: those for which it tells most."""
_COMPARED = 32
"""How many candidates are compared as a whole."""
_USUAL = 0.25
"""The share of the papers from which on a word tells nothing; it does not count below so many papers as `_FEW`."""
_FEW = 12
_WORTH = (1.0, 0.35, 0.15)
"""What words, groups and authors count for."""
_LEAST = 0.06
"""Papers that are less alike are no neighbours."""
_IN_TITLE = 3
_TOLD = 4
_SHORTEST = 3
_DIGITS = 6
"""To how many digits weights are rounded, so that every machine's logarithm gives the same order."""

# fmt: off
_EMPTY = frozenset("""
a about above across affect after again against all almost alone along already also although always among an and another any apart approach approaches are around as ask asked at away
back be because become becomes been before begin behind being below beside best better between beyond big both bring brings but by
call called can cannot case cases cause certain change changes clearly choose chosen come comes compare compared could
date depend describe describes differ different do does done down due during
each earlier easy either else enough even ever every everything example except far few fewer finally find finds first follow follows for found four from further
gain gains general get give given gives go goes good great grow grows
had half hand hard has have having hence here high higher hold holds how however
if important improve improved in instead into is it its itself just keep keeps kept kind kinds know known large larger largest last later lead leads learn least leave leaves left less let like likely little long longer look low lower
made main mainly make makes many mark may mean means might more most much must
name named near nearly need needed needs never new next no none nor not nothing now number numbers
of off often old on once one ones only or order other others our out over own
paper papers part parts per place place point possible present propose proposed proposes put
quite rather reach reaches read really reason remain rest result results right
same say says second see seem seen set several shall should show shown shows side similar simple since single small smaller so some something soon stand state still study such
take taken takes tell tells than that the their them then there these they thing things third this those though three through thus time to today together too towards try turn two
under until up upon us use used useful uses using usual
various very via want was way ways we well were what when where whether which while who whole whose why will with within without word words work works would write written yes yet you your
""".split())  # noqa: SIM905 - a list of words is easier to read so
# fmt: on

_CITATION = re.compile(r"\[[^\]]*@[^\]]*\]|@[\w:-]+|https?://\S+|\[=[^\]]*\]")
_WORD = re.compile(r"[^\W\d_]\w*(?:[-‐‑]\w+)*")


@dataclass(frozen=True, slots=True)
class Shared:
    """What two papers have in common.

    Attributes:
        words: As the survey writes them, the most telling first.
        groups: Ids of groups that both stand in.
        authors: Full names.
    """

    words: tuple[str, ...]
    groups: tuple[str, ...]
    authors: tuple[str, ...]


class Similarity:
    """Which papers of a survey are near to which.

    Args:
        survey: The survey.
    """

    def __init__(self, survey: Survey) -> None:
        self._keys = list(survey.papers)
        self._number = {key: number for number, key in enumerate(self._keys)}
        self._forms: dict[str, Counter[str]] = defaultdict(Counter)
        papers = survey.papers.values()
        kinds: list[list[dict[str, float]]] = [
            _weighted([self._words(paper) for paper in papers], most=max(_FEW, round(_USUAL * len(self._keys)))),
            _weighted([{f"g {one.group}": 1.0 for one in paper.placements} for paper in papers]),
            _weighted([{f"a {one.orcid or one.full}": 1.0 for one in paper.record.authors} for paper in papers]),
        ]
        self._names = {f"a {one.orcid or one.full}": one.full for paper in papers for one in paper.record.authors}
        self._vectors = [_united(vectors) for vectors in zip(*kinds, strict=True)]
        self._lists = _lists(self._vectors)
        self._near: dict[int, tuple[tuple[int, float], ...]] = {}

    def nearest(self, key: str) -> tuple[str, ...]:
        """Return the papers nearest to one, the nearest first."""
        return tuple(self._keys[number] for number, _ in self._neighbours(self._number[key]))

    def graph(self) -> list[tuple[tuple[int, float], ...]]:
        """Return the nearest papers of each paper as positions in the survey's order, with how alike they are."""
        return [self._neighbours(number) for number in range(len(self._keys))]

    def shared(self, key: str, other: str) -> Shared:
        """Return what makes two papers alike."""
        one, two = self._vectors[self._number[key]], self._vectors[self._number[other]]
        common = sorted(
            ((one[name] * two[name], name) for name in one.keys() & two.keys()), key=lambda it: (-it[0], it[1])
        )
        names = [name for _, name in common]
        words = [self._form(name) for name in names if " " not in name]
        apart = (
            word for word in words if not any(word in re.split("[-‐‑]", longer) for longer in words if longer != word)
        )
        return Shared(
            words=tuple(dict.fromkeys(apart))[:_TOLD],
            groups=tuple(name[2:] for name in names if name.startswith("g ")),
            authors=tuple(self._names[name] for name in names if name.startswith("a ")),
        )

    def _words(self, paper: Paper) -> Counter[str]:
        record = paper.record
        found: Counter[str] = Counter()
        title = [as_plain(record.title), *record.tags]
        rest = [*map(as_plain, record.former_titles), record.summary or "", *record.contributions]
        for texts, weight in ((title, _IN_TITLE), (rest, 1)):
            for form in _WORD.findall(_CITATION.sub(" ", " ".join(texts))):
                for word, shown in _terms(form):
                    found[word] += weight
                    if weight > 1 and shown[1:].islower():  # a capital in a title need not be the word's own
                        self._forms[word][shown.lower()] += 0
                    else:
                        self._forms[word][shown] += 1
        return found

    def _form(self, word: str) -> str:
        """Return a word as texts write it: in lower case if they ever do."""
        forms = self._forms[word]
        lower = {form: count for form, count in forms.items() if count and form.islower()}
        return min(lower or forms, key=lambda form: (-forms[form], form))

    def _neighbours(self, number: int) -> tuple[tuple[int, float], ...]:
        if number not in self._near:
            self._near[number] = tuple(self._search(number))
        return self._near[number]

    def _search(self, number: int) -> Iterator[tuple[int, float]]:
        vector = self._vectors[number]
        scores: dict[int, float] = defaultdict(float)
        for name, weight in vector.items():
            for other, its in self._lists.get(name, ()):
                scores[other] += weight * its
        scores.pop(number, None)
        best = nlargest(_COMPARED, zip(scores.values(), map(int.__neg__, scores), strict=True))
        whole = ((_alike(vector, self._vectors[-other]), other) for _, other in best)
        for likeness, other in sorted(whole, reverse=True)[:NEAREST]:
            if likeness >= _LEAST:
                yield -other, likeness


@lru_cache(maxsize=2**16)
def _terms(form: str) -> tuple[tuple[str, str], ...]:
    """Return what a written word is counted as, each with how it is shown: of a compound the whole and its parts."""
    parts = re.split("[-‐‑]", form)
    found = (
        [(_stem("".join(parts)), form), *((_stem(part), part) for part in parts)]
        if parts[1:]
        else [(_stem(form), form)]
    )
    return tuple(
        (stem, shown)
        for stem, shown in dict(found).items()
        if len(stem) >= _SHORTEST and not {shown.lower(), shown.lower().removesuffix("s")} & _EMPTY
    )


def _stem(word: str) -> str:
    """Return a word without accents, in lower case, without the endings that English words have in a sentence."""
    word = folded(word).lower()
    if word.endswith("ies") and len(word) > len("series"):
        word = f"{word[:-3]}y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > _SHORTEST:
        word = word[:-1]
    for ending in ("ing", "ed", "e"):
        if word.endswith(ending) and len(word) - len(ending) > _SHORTEST:
            return word[: -len(ending)]
    return word


def _weighted(counted: Sequence[Mapping[str, float]], most: int | None = None) -> list[dict[str, float]]:
    """Weight what papers have by how few have it, and bring each paper's weights to length 1.

    Args:
        counted: How often a paper has each thing.
        most: What more papers have than so many tells nothing.
    """
    having = Counter(name for counts in counted for name in counts)
    telling = {
        name: round(log((len(counted) + 1) / count), _DIGITS)
        for name, count in having.items()
        if 1 < count <= (most or len(counted))
    }
    return [_normal(counts, telling) for counts in counted]


def _normal(counts: Mapping[str, float], telling: Mapping[str, float]) -> dict[str, float]:
    weights = [(sqrt(count) * telling[name], name) for name, count in counts.items() if name in telling]
    kept = sorted(weights, key=lambda it: (-it[0], it[1]))[:_WORDS_KEPT]
    length = sqrt(sum(weight * weight for weight, _ in kept)) or 1.0
    return {name: weight / length for weight, name in kept}


def _united(vectors: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {
        name: weight * sqrt(worth) for worth, own in zip(_WORTH, vectors, strict=True) for name, weight in own.items()
    }


def _lists(vectors: Iterable[Mapping[str, float]]) -> dict[str, list[tuple[int, float]]]:
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        for name, weight in vector.items():
            found[name].append((number, weight))
    return {name: nlargest(_LIST, those, key=itemgetter(1)) for name, those in found.items()}


def _alike(one: Mapping[str, float], two: Mapping[str, float]) -> float:
    return sum(weight * two[name] for name, weight in one.items() if name in two)
