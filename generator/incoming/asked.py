"""What a person asks for by a reference: an identifier, bare, with a prefix or within an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from generator.incoming import identifiers


class Registry(StrEnum):
    """Who gives identifiers away and says what they name; the value is the field of a record."""

    ARXIV = "arxiv"
    DOI = "doi"
    ACL = "acl"
    OPENREVIEW = "openreview"


@dataclass(frozen=True, slots=True)
class Asked:
    """A work that is asked for.

    Attributes:
        text: The reference as it was given.
        registry: Who knows it.
        identifier: What it is called there.
        title: What stood behind the reference: the title by which the work was heard of.
    """

    text: str
    registry: Registry
    identifier: str
    title: str = ""


_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_WITHOUT_SCHEME = re.compile(
    r"(?:www\.)?(?:arxiv\.org|(?:dx\.)?doi\.org|aclanthology\.org|openreview\.net)/", re.IGNORECASE
)
_WITH_TITLE = re.compile(
    r"[\[(]?((?:(?:arxiv|doi|acl|openreview)\s*:\s*)?[^\s\[\]]+?)[\])]?[:;,.]?(?:\s+\[[\w.\-]+\])?\s+(\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_PREFIXED = re.compile(r"(acl|openreview)\s*:\s*(\S+)", re.IGNORECASE)


def asked(text: str) -> Asked | None:
    """Read a reference.

    Args:
        text: For instance `2107.05768`, `https://arxiv.org/abs/2107.05768v2`, `doi:10.1145/3292500.3330701`, the address of
            a publisher's page with the DOI in it, `2023.acl-long.1`, `openreview:abc_DEF123`; a title may follow.

    Returns:
        What it names; `None` where it names nothing that a registry knows.
    """
    whole = _reference(text.strip())
    if whole:
        return Asked(text, *whole)
    parts = _WITH_TITLE.fullmatch(text.strip())
    first = _reference(parts[1]) if parts else None
    return Asked(text, *first, title=parts[2].strip(" \"'“”‘’–—-:,")) if parts and first else None


def _reference(text: str) -> tuple[Registry, str] | None:
    bare = text.strip("<>")
    bare = f"https://{bare}" if _WITHOUT_SCHEME.match(bare) else bare
    if bare.startswith("http") and re.search(r"\s", bare):
        return None
    if re.match(r"https?://", bare, re.IGNORECASE):
        found = identifiers.from_address(bare)
        name, identifier = found or ("doi", identifiers.doi_in(re.split(r"[?#]", bare)[0]) or "")
    elif prefixed := _PREFIXED.fullmatch(bare):
        name, identifier = prefixed[1].lower(), prefixed[2]
    elif identifiers.is_arxiv(bare):
        name, identifier = "arxiv", identifiers.arxiv(bare) or ""
    elif identifiers.is_acl(bare) or identifiers.is_acl(bare.upper()):
        name, identifier = "acl", bare if identifiers.is_acl(bare) else bare.upper()
    else:
        doi = identifiers.doi(bare)
        name, identifier = "doi", doi if identifiers.doi_in(doi) == doi else ""
    if name == "doi":
        identifier = identifier.rstrip(".,;")
    if name == "doi" and (of_arxiv := _ARXIV_DOI.fullmatch(identifier)):
        name, identifier = "arxiv", of_arxiv[1]
    if name == "arxiv":
        identifier = _without_class(identifier)
    return (Registry(name), identifier) if identifier else None


def _without_class(identifier: str) -> str:
    """Return an arXiv identifier as arXiv writes it: math/0309136, whoever calls it math.GT/0309136."""
    return re.sub(r"\.[a-z]{2}(?=/)", "", identifier.lower())


def names(asked_for: Asked, identifier: str) -> bool:
    """Say whether an identifier that a registry gives names what was asked for."""
    if asked_for.registry is Registry.ARXIV:
        return _without_class(identifiers.arxiv(identifier) or "") == asked_for.identifier
    return identifier.casefold() == asked_for.identifier.casefold()
