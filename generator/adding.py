"""`survey add`: references → answers of registries → what an import takes over."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from generator.diagnostics import Diagnostic, Place, finding
from generator.fetching import Client, UnansweredError, UnknownWorkError
from generator.importing import Sources
from generator.incoming.asked import Asked, Registry, asked, names
from generator.incoming.entry import Incoming, Role, shown
from generator.incoming.formats import READERS
from generator.incoming.identifiers import from_address
from generator.registries import HOSTS, Query, queries
from generator.sameness import compared_title

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
        title: What the only work is called by whom it was heard of.
        hosts: Where each registry is.

    Returns:
        What an import takes over, each work that is not there named in a finding.
    """
    answers = _Answers()
    wanted: list[Asked] = []
    for text in references:
        if one := asked(text):
            wanted.append(one)
        else:
            message = "this is no reference that a registry knows"
            hint = "Give an arXiv identifier, a DOI, an ACL Anthology identifier, “openreview:ID”, or an address with one in it."
            answers.found.append(finding(Place(text), "reference-unknown", message, hint))
    last: dict[str, float] = {}
    for query in queries(wanted, hosts):
        time.sleep(max(0.0, last.get(query.form, 0.0) + query.pause - time.monotonic()))
        _take(query, client, progress, answers)
        last[query.form] = time.monotonic()
    if title is not None:
        answers.entries = list(_titled(answers, title))
    return Sources(answers.entries, answers.found, answers.texts)


def _take(query: Query, client: Client, progress: Progress, answers: _Answers) -> None:
    """Ask, and keep those entries of the answer that were asked for."""
    registry = query.asked[0].registry
    reasons: list[str] = []
    for address in query.addresses:
        host = address.split("/")[2]
        progress(f"Asking {host}")
        try:
            text = client.get(address, query.accept)
        except UnknownWorkError:
            continue
        except UnansweredError as problem:
            reasons.append(f"{host}: {problem}")
            continue
        entries, found = READERS[query.form](address, text)
        answers.texts[address] = text
        answers.found += found
        kept = dict(_matched(query.asked, entries))
        answers.entries += kept.values()
        if kept:
            answers.found += _missing([one for one in query.asked if one not in kept], registry)
            return
        if found:
            reasons.append(f"{host}: the answer cannot be read")
    if reasons:
        for one in query.asked:
            hint = "Try again later, or add the paper by hand: survey new."
            answers.found.append(finding(Place(one.text), "registry-silent", "; ".join(reasons), hint))
    else:
        answers.found += _missing(query.asked, registry)


def _missing(works: Sequence[Asked], registry: Registry) -> Iterator[Diagnostic]:
    for one in works:
        message = f"{_NAMES[registry]} knows no work “{shown(one.identifier)}”"
        yield finding(Place(one.text), "work-unknown", message, "See whether every sign of it is right.")


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


def _titled(answers: _Answers, title: str) -> Iterator[Incoming]:
    """Yield the entries with a title, and report those with another."""
    for entry in answers.entries:
        own = next((fact for fact in entry.facts if fact.role is Role.TITLE), None)
        told = own.text if own else ""
        if fuzz.ratio(compared_title(told), compared_title(title)) >= _ALIKE or _begins(told, title):
            yield entry
        else:
            message = f"the registry calls this work “{shown(told)}”, not “{shown(title)}”"
            hint = "The identifier is most likely another paper’s: look for the right one."
            answers.found.append(finding(entry.place, "title-differs", message, hint))


def _begins(told: str, title: str) -> bool:
    """Say whether one is the other without its subtitle."""
    short, long = sorted((compared_title(told), compared_title(title)), key=len)
    return bool(short) and long.startswith(f"{short} ") and len(short.split()) > 1
