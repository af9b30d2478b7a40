"""`survey published`: which preprints of a survey have been published since, as far as arXiv knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from generator.adding import Progress, ask
from generator.decode import decode
from generator.diagnostics import Diagnostic, ordered
from generator.fetching import Client
from generator.incoming.asked import Registry, asked
from generator.incoming.entry import Incoming, Role
from generator.model import PaperType
from generator.registries import HOSTS
from generator.source import read


def published_since(
    root: Path, client: Client, progress: Progress, hosts: Mapping[Registry, tuple[str, ...]] = HOSTS
) -> tuple[list[Diagnostic], int]:
    """Ask arXiv for the preprints of a survey.

    Args:
        root: The survey's folder; its content has no errors.
        client: Asks the network.
        progress: Is told who is asked.
        hosts: Where each registry is.

    Returns:
        A finding at each record whose work has been published, and one for what could not be learnt; how many
        preprints there are.
    """
    papers = decode(read(root)[0])[0].papers.values()
    preprints = {
        paper.value.arxiv: paper.at("arxiv")
        for paper in papers
        if paper.value.type is PaperType.PREPRINT and paper.value.arxiv
    }
    by_identifier = {one.identifier: place for text, place in preprints.items() if (one := asked(text))}
    sources = ask(preprints, client, progress, hosts=hosts)
    found = [
        replace(told, place=by_identifier[_arxiv(entry)])
        for entry in sources.entries
        for told in entry.found
        if told.code == "version-published"
    ]
    unlearnt = {(told.code, told.message): told for told in reversed(sources.found)}  # fifty works have one silence
    found += [replace(told, place=preprints.get(told.place.file, told.place)) for told in unlearnt.values()]
    return ordered(found), len(preprints)


def _arxiv(entry: Incoming) -> str:
    named = asked(next(fact.text for fact in entry.facts if fact.role is Role.ARXIV))
    return named.identifier if named else ""
