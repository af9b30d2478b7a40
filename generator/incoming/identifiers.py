"""Identifiers of works, found in addresses and in free text."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_ARXIV_ID = r"(?:[a-z][a-z\-]*(?:\.[A-Z]{2})?/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})"
_ARXIV_IN_TEXT = re.compile(
    rf"(?:arxiv(?:\.org/(?:abs|pdf|html)/|(?:\s+(?:e-?print|preprint))?\s*[:,]?\s*(?:abs/)?)|abs/|_eprint:|10\.48550/arxiv\.)\s*({_ARXIV_ID})",
    re.IGNORECASE,
)
_ARXIV_BARE = re.compile(rf"\s*(?:arxiv\s*:\s*)?({_ARXIV_ID})(?:v[0-9]+)?(?:\s*\[[\w.\-]+\])?\s*", re.IGNORECASE)
_DOI_IN_TEXT = re.compile(r'\b(10\.[0-9]{4,9}/(?:[^\s<>"{}\\^`|]|<[^\s<>/:]+:[^\s<>]*>)+)')
"""Signs that look like a tag are part of a DOI only where they hold a contribution as old ones do: `8<693::AID-ASI4>3.0.CO;2-O`."""
_ACL_ID = re.compile(r"[0-9]{4}\.[a-z0-9_]+-[a-z0-9_]+\.[0-9]+|[A-Z][0-9]{2}-[0-9]{4,5}")


def arxiv(text: str) -> str | None:
    """Return the arXiv identifier that a field for one holds, without prefix and version."""
    bare = _ARXIV_BARE.fullmatch(text)
    return bare[1] if bare else arxiv_in(text)


def is_arxiv(text: str) -> bool:
    """Say whether a text is an arXiv identifier and nothing else."""
    return _ARXIV_BARE.fullmatch(text) is not None


def is_acl(text: str) -> bool:
    """Say whether a text is an identifier of the ACL Anthology and nothing else."""
    return _ACL_ID.fullmatch(text) is not None


def arxiv_in(text: str) -> str | None:
    """Return an arXiv identifier that free text or an address names."""
    found = _ARXIV_IN_TEXT.search(text[:2000])
    return found[1] if found else None


def doi(text: str) -> str:
    """Return a DOI bare."""
    bare = re.sub(r"^\s*(?:https?://(?:dx\.|www\.)?doi\.org/|doi\s*:?\s*)+", "", text.strip(), flags=re.IGNORECASE)
    return unquote(bare) if "//" in text[: len(text) - len(bare)] else bare


def doi_in(text: str) -> str | None:
    """Return a DOI that free text names."""
    found = _DOI_IN_TEXT.search(text[:2000])
    return found[1].rstrip(".,;)") if found else None


def from_address(url: str) -> tuple[str, str] | None:
    """Return what a web address is the page of: a field of a record and the identifier.

    Returns:
        For instance `("arxiv", "2107.05768")`; `None` where the address is no more than one.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if host == "arxiv.org" or host.endswith(".arxiv.org"):
        found = re.fullmatch(rf"/(?:abs|pdf|html)/({_ARXIV_ID})(?:v[0-9]+)?(?:\.pdf)?/?", parts.path)
        return ("arxiv", found[1]) if found else None
    if host in {"doi.org", "dx.doi.org"} and parts.path.startswith("/10."):
        return "doi", unquote(parts.path[1:])
    if host in {"aclanthology.org", "aclweb.org", "aclanthology.info"}:
        last = parts.path.removesuffix("/").removesuffix(".pdf").rpartition("/")[2]
        return ("acl", last) if _ACL_ID.fullmatch(last) else None
    if host == "openreview.net" and parts.path in {"/forum", "/pdf"}:
        found = re.search(r"(?:^|&)id=([A-Za-z0-9_\-]{6,20})(?:&|$)", parts.query)
        return ("openreview", found[1]) if found else None
    return None


def leads_to(name: str, identifier: str, url: str) -> bool:
    """Say whether an identifier says all that an address of its work says.

    The ways to write an address of arXiv or of a DOI are many and lead to one page.
    """
    match name:
        case "acl":
            return url == f"https://aclanthology.org/{identifier}/"
        case "openreview":
            return url == f"https://openreview.net/forum?id={identifier}"
        case _:
            return True


def addresses(text: str) -> list[str]:
    """Return the web addresses in a text."""
    return [found.rstrip(".,;)") for found in re.findall(r"https?://[^\s<>\"{}|\\^`]+", text)]
