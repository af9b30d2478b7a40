"""What belongs to the survey as a whole: its settings, its venues, what was considered."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from generator.model.base import Entry
from generator.values import ArxivId, Doi, Issn, Key, Line, Link, Orcid, Prose, Year, malformed

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
    """A place of publication: an entry of `content/venues.yaml`."""

    stand_in: ClassVar[dict[str, Any]] = {"short": "?", "full": "?", "kind": "conference"}

    short: Line
    full: Line
    kind: VenueKind
    publisher: Line | None = None
    issn: Issn | None = None
    url: Link | None = None
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

    title: Line
    type: AttributeType
    description: Line | None = None
    unit: Line | None = None
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
    orcid: Orcid | None = None
    url: Link | None = None


class Step(Entry):
    """A paper on the reading path."""

    shorthand = "paper"

    paper: Key
    note: Line | None = None
    """Why a newcomer reads it at this point."""


class SurveyCitation(Entry):
    """How the survey itself is cited."""

    year: Year | None = None
    version: Line | None = None
    doi: Doi | None = None


class SurveyFile(Entry):
    """The survey: `content/survey.yaml`."""

    stand_in: ClassVar[dict[str, Any]] = {"format": "1", "title": "?"}

    format: Literal[1]
    """The version of the content format."""
    title: Line
    description: Prose | None = None
    """What the survey covers; the home page shows it, as Markdown with citations."""
    editors: tuple[Editor, ...] = ()
    license: Line | None = None
    """The licence of the content, as an SPDX identifier."""
    site_url: Link | None = None
    """Where the site is published."""
    repository: Link | None = None
    """Where the content's repository is."""
    branch: Line = "main"
    """The branch that edit links name."""
    groupings: tuple[Key, ...] = ()
    """The groupings in the order of the navigation."""
    attributes: dict[Key, AttributeDeclaration] = Field(default_factory=dict)
    tags: dict[Key, Line] = Field(default_factory=dict)
    """The tags that records may use, each described."""
    reading_path: tuple[Step, ...] = ()
    citation: SurveyCitation = SurveyCitation()

    @model_validator(mode="before")
    @classmethod
    def _known_format(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("format"), str):
            version = data["format"]
            if version == str(FORMAT):
                return data | {"format": FORMAT}
        return data


class Considered(Entry):
    """A paper that was looked at and left out: an entry of `content/considered.yaml`."""

    stand_in: ClassVar[dict[str, Any]] = {"title": "?", "reason": "?"}

    title: Line
    reason: Line
    year: Year | None = None
    arxiv: ArxivId | None = None
    doi: Doi | None = None
    url: Link | None = None
