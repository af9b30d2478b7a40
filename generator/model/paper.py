"""A paper record: `content/papers/KEY.yaml`."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, ClassVar, Self

from pydantic import Discriminator, Field, GetJsonSchemaHandler, Tag, WithJsonSchema, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from generator.model.base import Entry
from generator.names import AMBIGUOUS_HINT, NAME_PATTERN, AmbiguousNameError, split_name
from generator.values import (
    LINE_PATTERN,
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
    PaperKey,
    PartialDate,
    Prose,
    Year,
    malformed,
    naming,
    text_schema,
)


class Author(Entry):
    """A person by parts of the name, or an organisation by its literal name."""

    conditions = (
        {
            "oneOf": [
                {"required": ["family"], "not": {"required": ["literal"]}},
                {
                    "required": ["literal"],
                    "not": {"anyOf": [{"required": [part]} for part in ("family", "given", "particle", "suffix")]},
                },
            ]
        },
    )

    given: Line | None = None
    """Given names or their initials."""
    family: Line | None = None
    """The family name, by which the author is sorted."""
    particle: Line | None = None
    """Words such as “van der” that stand before the family name and are not sorted by."""
    suffix: Line | None = None
    """What follows the whole name: Jr., III."""
    orcid: Orcid | None = None
    """The author’s ORCID iD, bare."""
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
        schema = super().__get_pydantic_json_schema__(core, handler)
        return {"anyOf": [text_schema(NAME_PATTERN, "a name", AMBIGUOUS_HINT, "Ren, Hongyu"), schema]}

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

    @cached_property
    def last(self) -> str:
        """The name that a citation shows: particle and family, or the literal."""
        return self.literal or _joined(self.particle, self.family or "")

    @cached_property
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
    """What the link is called."""
    url: Link
    """Where it leads."""


class Membership(Entry):
    """A paper’s place in a group, said in the paper’s record."""

    shorthand = "group"

    group: Annotated[GroupId, naming("groups")]
    """The group: its file below `content/groupings/`, without the ending."""
    note: Line | None = None
    """Why the paper belongs here."""


class Relation(Entry):
    """A typed link from this paper to another paper of the survey."""

    type: RelationType
    """How this paper bears on the other."""
    paper: Annotated[PaperKey, naming("papers")]
    """The other paper’s citation key."""
    note: Line | None = None
    """What the relation rests on."""


class Measured(Entry):
    """A number with what it is of."""

    value: Annotated[
        Line, WithJsonSchema({"type": ["number", "string"], "x-type": "a number", "pattern": r"\S", "examples": [2.5]})
    ]
    """The number, without its unit."""
    of: Line | None = None
    """What was measured, or where."""


def _shape(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "list"
    return "mapping" if isinstance(value, dict | Measured) else "text"


_SINGLE: JsonSchemaValue = {
    "type": ["string", "number", "boolean"],
    "pattern": f"^(?:{LINE_PATTERN})$",
    "x-type": "text, a number, yes or no",
}

AttributeInput = Annotated[
    Annotated[Line, Tag("text"), WithJsonSchema(_SINGLE)]
    | Annotated[tuple[Line, ...], Tag("list")]
    | Annotated[Measured, Tag("mapping")],
    Discriminator(_shape),
]
"""An attribute's value as written; `resolve` types it by the attribute's declaration."""


class PaperRecord(Entry):
    """A paper. The name of its file is its citation key, and permanent."""

    stand_in: ClassVar[dict[str, Any]] = {
        "title": "?", "authors": [{"literal": "?"}], "year": "1450", "type": "web",
    }  # fmt: skip

    title: Line
    """The title of the cited version: Unicode, with TeX math between dollar signs."""
    former_titles: tuple[Line, ...] = ()
    """Earlier titles of the same work, the first one first; they are searched and shown."""
    capitals: tuple[Line, ...] | None = None
    """The names in the title that keep their capitals in a bibliography, where the generator would not know them all."""
    authors: tuple[Author, ...] = Field(min_length=1)
    """All authors in order: “Family, Given”, or a mapping of the name’s parts."""
    year: Year
    """The year of the cited version."""
    type: PaperType
    """What kind of publication the cited version is."""
    venue: Annotated[Key, Field(examples=["neurips"]), naming("venues")] | None = None
    """Where it was published: a key of `content/venues.yaml`."""
    proceedings: Line | None = None
    """The volume’s printed title, where it is known."""
    volume: Annotated[Line, Field(examples=["34"])] | None = None
    """The volume, as printed."""
    number: Annotated[Line, Field(examples=["4"])] | None = None
    """The issue of a journal, or the number of a report, as printed."""
    pages: Pages | None = None
    """First and last page, or the one page."""
    publisher: Line | None = None
    """Who published the volume, where its venue does not say."""
    school: Line | None = None
    """Where a thesis was written."""
    degree: Degree | None = None
    """What a thesis was written for; a doctorate if nothing is said."""
    edition: Annotated[Line, Field(examples=["2nd"])] | None = None
    """The edition of a book, the version of software or data."""
    month: Month | None = None
    """The month of publication, as a number."""
    isbn: Isbn | None = None
    """The ISBN of the book or the volume, with or without hyphens."""
    doi: Doi | None = None
    """The bare DOI, which begins with 10."""
    arxiv: ArxivId | None = None
    """The arXiv identifier, quoted and without version."""
    arxiv_category: ArxivCategory | None = None
    """The first of its categories on arXiv."""
    first_posted: PartialDate | None = None
    """When the first version became public."""
    acl: AclId | None = None
    """The ACL Anthology identifier."""
    openreview: OpenReviewId | None = None
    """The identifier of the OpenReview forum."""
    url: Link | None = None
    """The page of the published version."""
    pdf: Link | None = None
    """A copy to read that is free for all."""
    code: Link | None = None
    """The authors’ own code."""
    links: tuple[NamedLink, ...] = ()
    """Further links: a project’s page, data, a talk."""
    status: Status = Status.PUBLISHED
    """Whether the work still stands; it does if nothing is said."""
    summary: Prose | None = None
    """Two to five sentences in our own words."""
    contributions: tuple[Line, ...] = ()
    """What is new, a line each, in our own words."""
    attributes: dict[Key, AttributeInput] = Field(default_factory=dict)
    """Values of the attributes that `content/survey.yaml` declares; `n/a` where one cannot apply."""
    groups: tuple[Membership, ...] = ()
    """Groups that the paper stands in."""
    relations: tuple[Relation, ...] = ()
    """How the paper bears on others of the survey; their pages show it too."""
    tags: tuple[Annotated[Key, naming("tags")], ...] = ()
    """Tags that `content/survey.yaml` declares."""
    aliases: tuple[PaperKey, ...] = ()
    """Former citation keys, which keep working."""
    sources: dict[Key, Line] = Field(default_factory=dict)
    """Where a fact was read: field → text or address."""
    added: Date | None = None
    """When the record joined the survey."""
