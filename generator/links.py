"""`survey check-links`: which web addresses that a survey's records name lead nowhere any more."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from generator.decode import Content, Document, decode
from generator.diagnostics import Diagnostic, Place, finding, ordered
from generator.fetching import UnansweredError, Visitor
from generator.model import PaperRecord
from generator.source import read

_GONE = frozenset((HTTPStatus.NOT_FOUND, HTTPStatus.GONE))
"""All other answers come from a host that has the page, or may have it: it refuses (403), puts off (202, 429), or is out of order."""

_AT_ONCE = 8
_PAUSE = 1.0
"""Seconds between two visits to one host."""


def dead_links(
    root: Path, visitor: Visitor, progress: Callable[[str], None], pause: float = _PAUSE
) -> tuple[list[Diagnostic], int]:
    """Visit the addresses that the records and venues of a survey name.

    Args:
        root: The survey's folder; its content has no errors.
        visitor: Looks what stands at an address.
        progress: Is told how many there are.
        pause: Seconds between two visits to one host.

    Returns:
        A finding wherever an address stands that leads nowhere, and how many addresses there are.
    """
    places: dict[str, list[Place]] = defaultdict(list)
    for address, place in _addresses(decode(read(root)[0])[0]):
        places[address].append(place)
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in places:
        by_host[urlsplit(address).netloc].append(address)
    progress(f"Visiting {len(places)} addresses at {len(by_host)} hosts")

    def visit(addresses: list[str]) -> dict[str, str]:
        return {address: told for address in addresses if (told := _told(visitor, address, pause))}

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        dead = {address: told for one in pool.map(visit, by_host.values()) for address, told in one.items()}
    hint = "Name where the page stands now, an archived copy of it, or leave the address out."
    found = [finding(place, "dead-link", told, hint) for address, told in dead.items() for place in places[address]]
    return ordered(found), len(places)


def _told(visitor: Visitor, address: str, pause: float) -> str | None:
    """Return what is wrong with an address, if anything is."""
    try:
        status = visitor.status(address)
    except UnansweredError as problem:
        return f"this address leads nowhere: {problem}"
    finally:
        time.sleep(pause)
    return f"this address leads nowhere: {status} {HTTPStatus(status).phrase}" if status in _GONE else None


def _addresses(content: Content) -> Iterator[tuple[str, Place]]:
    for paper in content.papers.values():
        yield from _of_paper(paper)
    for venue in content.venues.values():
        if venue.value.url:
            yield venue.value.url, venue.at("url")


def _of_paper(paper: Document[PaperRecord]) -> Iterator[tuple[str, Place]]:
    for name in ("url", "pdf", "code"):
        if address := getattr(paper.value, name):
            yield address, paper.at(name)
    for position, link in enumerate(paper.value.links):
        yield link.url, paper.at("links", position, "url")
