"""What belongs to the survey as a whole: its settings, its venues, what was considered."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from generator.model.base import Entry
from generator.values import ArxivId, Doi, Issn, Key, Line, Link, Orcid, PaperKey, Prose, Year, malformed, naming

FORMAT = 1
"""The version of the content format that this generator reads."""


class VenueKind(StrEnum):
    """What sort of place publishes the work."""

    CONFERENCE = "conference"
    WORKSHOP = "workshop"
    JOURNAL = "journal"
    PUBLISHER = "publisher"
    REPOSITORY = "repository"
    SCHOOL = "school"


class Venue(Entry):
    """A place of publication."""

    stand_in: ClassVar[dict[str, Any]] = {"short": "?", "full": "?", "kind": "conference"}

    short: Annotated[Line, Field(examples=["NeurIPS"])]
    """The name that lists show."""
    full: Line
    """The name that a bibliography prints."""
    kind: VenueKind
    """What sort of place it is."""
    publisher: Line | None = None
    """Who publishes what appears there."""
    issn: Issn | None = None
    """The ISSN of the journal or the series."""
    url: Link | None = None
    """The venue’s own page."""
    aliases: tuple[Line, ...] = ()
    """Other spellings, which importers recognise."""


class AttributeType(StrEnum):
    """What values an attribute takes."""

    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    YES_NO = "yes/no"
    TEXT = "text"
    LINK = "link"


class AttributeDeclaration(Entry):
    """A typed dimension along which papers are compared."""

    stand_in: ClassVar[dict[str, Any]] = {"title": "?", "type": "text"}

    conditions = (
        {
            "if": {"properties": {"type": {"enum": ["choice", "choices"]}}},
            "then": {"required": ["values"], "properties": {"values": {"minProperties": 1}}},
            "else": {"properties": {"values": {"maxProperties": 0}}},
        },
        {"if": {"properties": {"type": {"not": {"const": "number"}}}}, "then": {"not": {"required": ["unit"]}}},
    )

    title: Line
    """What readers see as the attribute’s name."""
    type: AttributeType
    """What values it takes."""
    description: Line | None = None
    """What the attribute tells, in a line."""
    unit: Annotated[Line, Field(examples=["×"])] | None = None
    """The unit of a number."""
    values: dict[Key, Line] = Field(default_factory=dict)
    """The values of a choice, each described."""

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        choice = self.type in {AttributeType.CHOICE, AttributeType.CHOICES}
        if choice != bool(self.values):
            raise malformed(
                "malformed-attribute",
                f"an attribute of type “{self.type}” {'needs' if choice else 'takes no'} values",
                "Only choice and choices have values: {value: description}.",
            )
        if self.unit and self.type is not AttributeType.NUMBER:
            raise malformed("malformed-attribute", "only a number has a unit", "Leave the unit out.")
        return self


class Editor(Entry):
    """Who answers for the survey."""

    shorthand = "name"

    name: Line
    """A person, or a group of people."""
    orcid: Orcid | None = None
    """The editor’s ORCID iD, bare."""
    url: Link | None = None
    """The editor’s own page."""


class Step(Entry):
    """A paper on the reading path."""

    shorthand = "paper"

    paper: Annotated[PaperKey, naming("papers")]
    """The paper’s citation key."""
    note: Line | None = None
    """Why a newcomer reads it at this point."""


class SurveyCitation(Entry):
    """How the survey itself is cited."""

    year: Year | None = None
    """The year to cite; the newest that the content states if nothing is said."""
    version: Line | None = None
    """The version to cite."""
    doi: Doi | None = None
    """The DOI of the survey itself."""


class PreprintEntries(StrEnum):
    """Which entry type a preprint has in BibTeX and BibLaTeX."""

    BY_DIALECT = "by-dialect"
    """`@misc` in BibTeX, `@online` in BibLaTeX."""
    MISC = "misc"
    ONLINE = "online"


class Bibliography(Entry):
    """How bibliographies are written."""

    preprints: PreprintEntries = PreprintEntries.BY_DIALECT
    """The entry type of a preprint: `@misc` or `@online`; if nothing is said, the first in BibTeX and the second in BibLaTeX."""
    words: tuple[Line, ...] = Field(default=(), examples=[["Wasserstein"]])
    """Names of one word that keep their capitals in any title, beside those that the generator knows."""
    phrases: tuple[Line, ...] = Field(default=(), examples=[["Monte Carlo"]])
    """Names of several words that keep their capitals in any title."""


def _known_format(version: Any) -> Any:
    if not isinstance(version, str):
        return version
    if version == str(FORMAT):
        return FORMAT
    code, reads = "unsupported-format", f"this generator reads version {FORMAT}"
    if not re.fullmatch("[0-9]{1,4}", version):
        raise malformed(code, f"“{version}” is not a version of the content format", f"Write format: {FORMAT}.")
    if int(version) > FORMAT:
        message = f"the content is in version {version} of the format; {reads}"
        raise malformed(code, message, "Install a newer living-survey.")
    raise malformed(code, f"there is no version {version} of the content format", f"Write format: {FORMAT}.")


class PageMetadata(StrEnum):
    """What pages tell programs of what they show."""

    EMBEDDED = "embedded"
    """Reference managers, search engines and previews of links are told."""
    NONE = "none"


class SurveyFile(Entry):
    """The survey as a whole: what it is called, who answers for it, what its records may use."""

    stand_in: ClassVar[dict[str, Any]] = {"format": "1", "title": "?"}

    format: Annotated[Literal[1], BeforeValidator(_known_format)]
    """The version of the content format."""
    title: Line
    """The survey’s title."""
    description: Prose | None = None
    """What the survey covers; the home page shows it, as Markdown with citations."""
    editors: tuple[Editor, ...] = ()
    """Who answers for the survey, in the order in which they are cited."""
    license: Annotated[Line, Field(examples=["CC-BY-4.0"])] | None = None
    """The licence of the content, as an SPDX identifier."""
    site_url: Link | None = None
    """Where the site is published."""
    repository: Link | None = None
    """Where the content’s repository is."""
    branch: Line = "main"
    """The branch that edit links name."""
    groupings: tuple[Key, ...] = Field(default=(), examples=[["topics", "kinds"]])
    """The groupings in the order of the navigation."""
    attributes: dict[Key, AttributeDeclaration] = Field(default_factory=dict)
    """The dimensions along which papers are compared, by the name that records use."""
    tags: dict[Key, Line] = Field(default_factory=dict)
    """The tags that records may use, each described."""
    reading_path: tuple[Step, ...] = ()
    """Papers for a newcomer, in the order in which to read them."""
    citation: SurveyCitation = SurveyCitation()
    """How the survey itself is cited."""
    page_metadata: PageMetadata = PageMetadata.EMBEDDED
    """Whether pages tell reference managers, search engines and previews of links what they show."""
    bibliography: Bibliography = Bibliography()
    """How BibTeX and BibLaTeX are written."""


class Considered(Entry):
    """A paper that was looked at and left out."""

    stand_in: ClassVar[dict[str, Any]] = {"title": "?", "reason": "?"}

    title: Line
    """The paper’s title."""
    reason: Line
    """Why it was left out."""
    year: Year | None = None
    """The year of publication."""
    arxiv: ArxivId | None = None
    """The arXiv identifier, quoted and without version."""
    doi: Doi | None = None
    """The bare DOI, which begins with 10."""
    url: Link | None = None
    """Where the paper is."""


Venues = Annotated[
    dict[Key, Venue],
    Field(title="Venues", description="Places of publication, each under the key that records name."),
]
ConsideredPapers = Annotated[
    dict[Key, Considered],
    Field(title="Considered papers", description="Papers that were looked at and left out, each under a key."),
]
RetiredKeys = Annotated[
    dict[Key, Line],
    Field(title="Retired keys", description="Citation keys that were in use once, each with the reason why it is not."),
]
