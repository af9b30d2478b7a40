"""A paper record: `content/papers/KEY.yaml`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from pydantic import Discriminator, Field, GetJsonSchemaHandler, Tag, WithJsonSchema, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from generator.model.base import Entry
from generator.names import AMBIGUOUS_HINT, AmbiguousNameError, split_name
from generator.values import (
    AclId,
    ArxivCategory,
    ArxivId,
    Date,
    Doi,
    GroupId,
    Isbn,
    Key,
    Line,
    Link,
    Month,
    OpenReviewId,
    Orcid,
    Pages,
    PartialDate,
    Prose,
    Year,
    malformed,
)


class Author(Entry):
    """A person by parts of the name, or an organisation by its literal name."""

    given: Line | None = None
    family: Line | None = None
    particle: Line | None = None
    """Words such as “van der” that stand before the family name and are not sorted by."""
    suffix: Line | None = None
    orcid: Orcid | None = None
    literal: Line | None = None
    """The whole name of an organisation or of a person with one name."""

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, data: Any) -> Any:
        if isinstance(data, str):
            try:
                return split_name(data)
            except AmbiguousNameError:
                message = f"it is not clear which part of “{data}” is the family name"
                raise malformed("ambiguous-author", message, AMBIGUOUS_HINT) from None
        return data

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Say in the JSON Schema that a string may stand for the parts."""
        return {"anyOf": [{"type": "string"}, handler(core)]}

    @model_validator(mode="after")
    def _one_kind_of_name(self) -> Self:
        person = self.family is not None
        if person == (self.literal is not None) or (self.literal and (self.given or self.particle or self.suffix)):
            raise malformed(
                "incomplete-author",
                "an author has either a family name or a literal name",
                "Write {family: …, given: …} for a person, {literal: …} for an organisation.",
            )
        return self

    @property
    def last(self) -> str:
        """The name that a citation shows: particle and family, or the literal."""
        return self.literal or _joined(self.particle, self.family or "")

    @property
    def full(self) -> str:
        """The name as one says it: given, particle, family, suffix."""
        return self.literal or " ".join(filter(None, (self.given, self.last, self.suffix)))

    @property
    def sorting(self) -> str:
        """The name as an index has it: family first."""
        if self.literal:
            return self.literal
        return ", ".join(filter(None, (self.last, self.suffix, self.given)))


def _joined(particle: str | None, family: str) -> str:
    """Join particle and family name: “van der Berg”, but “d’Alembert” and “al-Khwarizmi”."""
    if not particle:
        return family
    return particle + ("" if particle.endswith(("'", "’", "-")) else " ") + family


class PaperType(StrEnum):
    """What kind of publication the cited version is."""

    CONFERENCE = "conference"
    JOURNAL = "journal"
    PREPRINT = "preprint"
    THESIS = "thesis"
    BOOK = "book"
    CHAPTER = "chapter"
    REPORT = "report"
    DATASET = "dataset"
    SOFTWARE = "software"
    WEB = "web"


class Degree(StrEnum):
    """What a thesis was written for."""

    PHD = "phd"
    MASTER = "master"


class Status(StrEnum):
    """Whether the work still stands."""

    PUBLISHED = "published"
    RETRACTED = "retracted"
    WITHDRAWN = "withdrawn"


class RelationType(StrEnum):
    """How one paper bears on another."""

    EXTENDS = "extends"
    APPLIES = "applies"
    COMPARES_WITH = "compares-with"
    SURVEYS = "surveys"
    SUPERSEDES = "supersedes"
    SAME_WORK = "same-work"
    CONTRASTS = "contrasts"
    """Our own reading, labelled as such."""


class NamedLink(Entry):
    """A further link of a paper."""

    label: Line
    url: Link


class Membership(Entry):
    """A paper's place in a group, said in the paper's record."""

    shorthand = "group"

    group: GroupId
    note: Line | None = None
    """Why the paper belongs here."""


class Relation(Entry):
    """A typed link from this paper to another paper of the survey."""

    type: RelationType
    paper: Key
    note: Line | None = None


class Measured(Entry):
    """A number with what it is of."""

    value: Annotated[Line, WithJsonSchema({"type": ["number", "string"]})]
    of: Line | None = None


def _shape(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "list"
    return "mapping" if isinstance(value, dict | Measured) else "text"


AttributeInput = Annotated[
    Annotated[Line, Tag("text")] | Annotated[tuple[Line, ...], Tag("list")] | Annotated[Measured, Tag("mapping")],
    Discriminator(_shape),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "number", "boolean"]},
                {"type": "array", "items": {"type": "string"}},
                Measured.model_json_schema(),
            ]
        }
    ),
]
"""An attribute's value as written; `resolve` types it by the attribute's declaration."""


class PaperRecord(Entry):
    """A paper: `content/papers/KEY.yaml`. The file's name is the citation key, and permanent."""

    stand_in: ClassVar[dict[str, Any]] = {
        "title": "?", "authors": [{"literal": "?"}], "year": "1000", "type": "web",
    }  # fmt: skip

    title: Line
    """The title of the cited version: Unicode, with TeX math between dollar signs."""
    former_titles: tuple[Line, ...] = ()
    """Earlier titles of the same work; they are searched and shown."""
    authors: tuple[Author, ...] = Field(min_length=1)
    """All authors in order: “Family, Given”, or a mapping of the name's parts."""
    year: Year
    """The year of the cited version."""
    type: PaperType
    venue: Key | None = None
    """Where it was published: a key of `content/venues.yaml`."""
    proceedings: Line | None = None
    """The volume's printed title, where it is known."""
    volume: Line | None = None
    number: Line | None = None
    pages: Pages | None = None
    publisher: Line | None = None
    school: Line | None = None
    """Where a thesis was written."""
    degree: Degree | None = None
    """What a thesis was written for; a doctorate if nothing is said."""
    edition: Line | None = None
    month: Month | None = None
    isbn: Isbn | None = None
    doi: Doi | None = None
    """The bare DOI, which begins with 10."""
    arxiv: ArxivId | None = None
    """The arXiv identifier, quoted and without version."""
    arxiv_category: ArxivCategory | None = None
    first_posted: PartialDate | None = None
    """When the first version became public."""
    acl: AclId | None = None
    """The ACL Anthology identifier."""
    openreview: OpenReviewId | None = None
    """The identifier of the OpenReview forum."""
    url: Link | None = None
    """The page of the published version."""
    pdf: Link | None = None
    code: Link | None = None
    links: tuple[NamedLink, ...] = ()
    status: Status = Status.PUBLISHED
    summary: Prose | None = None
    """Two to five sentences in our own words."""
    contributions: tuple[Line, ...] = ()
    """What is new, a line each, in our own words."""
    attributes: dict[Key, AttributeInput] = Field(default_factory=dict)
    """Values of the attributes that `content/survey.yaml` declares; `n/a` where one cannot apply."""
    groups: tuple[Membership, ...] = ()
    """Groups that the paper stands in."""
    relations: tuple[Relation, ...] = ()
    tags: tuple[Key, ...] = ()
    """Tags that `content/survey.yaml` declares."""
    aliases: tuple[Key, ...] = ()
    """Former citation keys, which keep working."""
    sources: dict[Key, Line] = Field(default_factory=dict)
    """Where a fact was read: field → text or address."""
    added: Date | None = None
    """When the record joined the survey."""
