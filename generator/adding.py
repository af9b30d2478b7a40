"""`survey add`: references → answers of registries → what an import takes over."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from generator.diagnostics import Diagnostic, Place, finding
from generator.fetching import Client, UnansweredError, UnknownWorkError, UnusableError
from generator.importing import Sources
from generator.incoming.asked import Asked, Registry, asked, names
from generator.incoming.entry import Incoming, Role, shown
from generator.incoming.formats import READERS
from generator.incoming.identifiers import from_address
from generator.incoming.values import cleaned
from generator.registries import HOSTS, Query, queries
from generator.sameness import compared_title, numbers

_ALIKE = 90
"""Per cent of two titles that agree where a subtitle was left out or a word is spelt otherwise."""

Progress = Callable[[str], None]


@dataclass(slots=True)
class _Answers:
    entries: list[Incoming] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)


def ask(
    references: Iterable[str],
    client: Client,
    progress: Progress,
    *,
    title: str | None = None,
    hosts: Mapping[Registry, tuple[str, ...]] = HOSTS,
) -> Sources:
    """Ask registries for works.

    Args:
        references: Identifiers or addresses, as a person writes them.
        client: Asks the network.
        progress: Is told who is asked.
        title: What the only work is called by whom it was heard of; it may stand behind a reference as well.
        hosts: Where each registry is.

    Returns:
        What an import takes over, each work that is not there named in a finding.
    """
    answers = _Answers()
    wanted: list[Asked] = []
    for text in references:
        if one := asked(text):
            wanted.append(one if title is None else replace(one, title=title))
        else:
            message = "this is no reference that a registry knows"
            hint = "Give an arXiv identifier, a DOI, an ACL Anthology identifier, “openreview:ID”, or an address with one in it."
            answers.found.append(finding(Place(text), "reference-unknown", message, hint))
    last: dict[str, float] = {}
    for query in queries(wanted, hosts):
        time.sleep(max(0.0, last.get(query.form, 0.0) + query.pause - time.monotonic()))
        _take(query, client, progress, answers)
        last[query.form] = time.monotonic()
    return Sources(answers.entries, answers.found, answers.texts)


def _take(query: Query, client: Client, progress: Progress, answers: _Answers) -> None:
    """Ask, and keep those entries of the answer that were asked for."""
    reasons: list[str] = []
    code = "answer-unusable"
    for address in query.addresses:
        host = address.split("/")[2]
        progress(f"Asking {host}")
        try:
            _read(query, address, client, answers)
        except UnknownWorkError:
            continue
        except UnusableError as problem:
            reasons.append(f"{host}: {problem}")
        except UnansweredError as problem:
            reasons.append(f"{host}: {problem}")
            code = "registry-silent"  # who was silent may know, whatever others answered
        else:
            return
    if not reasons:
        answers.found += _missing(query.asked)
    for one in query.asked if reasons else ():
        answers.found.append(finding(Place(one.text), code, "; ".join(reasons), _HINTS[code]))


def _read(query: Query, address: str, client: Client, answers: _Answers) -> None:
    """Read what stands at an address.

    Raises:
        UnknownWorkError: It says nothing of any work.
        UnusableError: It says nothing that can be read of the works that were asked for.
        UnansweredError: There is no answer.
    """
    text = client.get(address, query.accept)
    entries, found = READERS[query.form](address, text)
    kept = dict(_matched(query.asked, entries))
    answers.texts[address] = text
    answers.found += found
    if len(kept) < len(query.asked):
        client.forget(address)
    if kept:
        answers.entries += _titled(kept, answers)
        answers.found += _missing([one for one in query.asked if one not in kept])
    elif entries:
        raise UnusableError(f"the answer is about another work, “{entries[0].label}”")
    elif found:
        raise UnusableError("the answer cannot be read")
    else:
        raise UnknownWorkError


def _missing(works: Iterable[Asked]) -> Iterator[Diagnostic]:
    for one in works:
        message = f"{_NAMES[one.registry]} knows no work “{shown(one.identifier)}”"
        yield finding(Place(one.text), "work-unknown", message, "See whether every sign of it is right.")


_HINTS = {
    "answer-unusable": "See what the address shows in a browser, or add the paper by hand: survey new.",
    "registry-silent": "Try again later, or add the paper by hand: survey new.",
}
_NAMES = {
    Registry.ARXIV: "arXiv",
    Registry.DOI: "the DOI’s registry",
    Registry.ACL: "the ACL Anthology",
    Registry.OPENREVIEW: "OpenReview",
}


def _matched(works: Sequence[Asked], entries: Iterable[Incoming]) -> Iterator[tuple[Asked, Incoming]]:
    """Yield the entries of an answer by the work that each was asked for as."""
    for entry in entries:
        said = list(_identifiers(entry))
        for one in works:
            if any(registry == one.registry and names(one, identifier) for registry, identifier in said):
                yield one, entry
                break


def _identifiers(entry: Incoming) -> Iterator[tuple[str, str]]:
    for fact in entry.facts:
        if fact.role is not None and fact.role.value in set(Registry):
            yield fact.role.value, fact.text
        elif fact.role is Role.URL and (found := from_address(fact.text)):
            yield found


def _titled(kept: Mapping[Asked, Incoming], answers: _Answers) -> Iterator[Incoming]:
    """Yield the entries that have the title they were asked for by, and report the others."""
    for one, entry in kept.items():
        told = next((cleaned(fact.text) for fact in entry.facts if fact.role is Role.TITLE), "")
        if not one.title or _same_title(told, one.title):
            yield entry
        else:
            message = f"the registry calls this work “{shown(told)}”, not “{shown(one.title)}”"
            hint = "The identifier is most likely another paper’s: look for the right one."
            answers.found.append(finding(Place(one.text), "title-differs", message, hint))


def _same_title(one: str, other: str) -> bool:
    """Say whether two titles are one, perhaps misspelt or without its subtitle; parts of a series are two."""
    mine, theirs = compared_title(one), compared_title(other)
    if fuzz.ratio(mine, theirs) >= _ALIKE:
        return numbers(mine) == numbers(theirs)
    return mine in _without_subtitle(other) or theirs in _without_subtitle(one)


def _without_subtitle(title: str) -> Iterator[str]:
    """Yield what stands before each sign that may begin a subtitle."""
    for sign in re.finditer(r"[:?!.]\s|\s[–—-]+\s", title):
        yield compared_title(title[: sign.start()])
