"""How registries are asked: references → addresses, and what an answer must be.

Every answer is a text in a format that an import reads: a DOI's registry describes a work as CSL-JSON
(https://citation.crosscite.org/docs.html), the ACL Anthology as BibTeX, arXiv as an Atom feed
(https://info.arxiv.org/help/api/user-manual.html), OpenReview as notes with BibTeX in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote, urlencode

from generator.incoming.asked import Asked, Registry

HOSTS: Mapping[Registry, tuple[str, ...]] = MappingProxyType(
    {
        Registry.ARXIV: ("https://export.arxiv.org",),
        Registry.DOI: ("https://doi.org",),
        Registry.ACL: ("https://aclanthology.org",),
        Registry.OPENREVIEW: ("https://api2.openreview.net", "https://api.openreview.net"),
    }
)
"""Where each registry is asked. OpenReview keeps older works at another place, which is asked second."""

_AT_ONCE = 50
"""arXiv describes so many works in one answer; what its manual asks for instead of many requests."""

_ARXIV_PAUSE = 3.0
"""Seconds between two requests, by arXiv's terms of use."""


@dataclass(frozen=True, slots=True)
class Query:
    """A request to a registry.

    Attributes:
        asked: The works that it asks for.
        addresses: Where, one after the other until one knows them.
        accept: The media types that an answer may have, the wanted one first.
        form: The format of the answer, a key of `READERS`.
        pause: Seconds to leave before it, after another one to the same registry.
    """

    asked: tuple[Asked, ...]
    addresses: tuple[str, ...]
    accept: tuple[str, ...]
    form: str
    pause: float = 0.0


def queries(asked: Iterable[Asked], hosts: Mapping[Registry, tuple[str, ...]] = HOSTS) -> Iterator[Query]:
    """Return what to ask for some works, as few requests as the registries allow.

    Args:
        asked: The works; one that is named twice is asked for once.
        hosts: Where each registry is.
    """
    by_identifier: dict[tuple[str, str], Asked] = {}
    for one in asked:
        mark = (one.registry, one.identifier.casefold())
        if mark not in by_identifier or one.title:
            by_identifier[mark] = one
    works = list(by_identifier.values())
    of_arxiv = [one for one in works if one.registry is Registry.ARXIV]
    for start in range(0, len(of_arxiv), _AT_ONCE):
        yield _arxiv(tuple(of_arxiv[start : start + _AT_ONCE]), hosts[Registry.ARXIV])
    for one in works:
        if one.registry is not Registry.ARXIV:
            yield _ASKING[one.registry](one, hosts[one.registry])


def _arxiv(works: tuple[Asked, ...], hosts: Iterable[str]) -> Query:
    wanted = urlencode({"id_list": ",".join(one.identifier for one in works), "max_results": len(works)}, safe=",/")
    types = ("application/atom+xml", "application/xml", "text/xml")
    return Query(works, tuple(f"{host}/api/query?{wanted}" for host in hosts), types, "arxiv", _ARXIV_PAUSE)


def _doi(one: Asked, hosts: Iterable[str]) -> Query:
    types = ("application/vnd.citationstyles.csl+json", "application/citeproc+json", "application/json")
    return Query((one,), tuple(f"{host}/{quote(one.identifier, safe='/:;()')}" for host in hosts), types, "csl-json")


def _acl(one: Asked, hosts: Iterable[str]) -> Query:
    types = ("text/x-bibtex", "application/x-bibtex", "text/plain", "application/octet-stream")
    return Query((one,), tuple(f"{host}/{quote(one.identifier, safe='')}.bib" for host in hosts), types, "bibtex")


def _openreview(one: Asked, hosts: Iterable[str]) -> Query:
    addresses = tuple(f"{host}/notes?{urlencode({'id': one.identifier})}" for host in hosts)
    return Query((one,), addresses, ("application/json",), "openreview")


_ASKING = {Registry.DOI: _doi, Registry.ACL: _acl, Registry.OPENREVIEW: _openreview}
