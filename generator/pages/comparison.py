"""The table that compares the papers of a group, attribute by attribute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from generator import comparing
from generator.citations import CitationSet
from generator.model import AttributeDeclaration
from generator.names import collated
from generator.pages import files, routes, wording
from generator.pages.attributes import shown
from generator.pages.catalogue import Catalogue, line
from generator.pages.files import FileLink
from generator.pages.views import Anchor
from generator.survey import Group, Value
from generator.text import as_html, as_plain


@dataclass(frozen=True, slots=True)
class Column:
    """An attribute.

    Attributes:
        meanings: What the values mean that stand in the column.
    """

    title: Markup
    description: Markup | None
    meanings: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A value: the definition of its word, or what a number is of."""

    shown: Anchor
    definition: str | None
    of: Markup | str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What a paper has of an attribute.

    Attributes:
        words: The value.
        gap: What there is instead of a value, in words.
        sorting: What the column is sorted by; nothing sorts last.
    """

    words: tuple[Word, ...]
    gap: str
    sorting: str


@dataclass(frozen=True, slots=True)
class Row:
    """A paper: its title, its authors and year in short, and a cell a column."""

    paper: Anchor
    label: str
    status: str | None
    sorting: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the template of a comparison table is given."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    files: tuple[FileLink, ...]


def comparison(catalogue: Catalogue, group: Group) -> Comparison | None:
    """Compare the papers of a group and of those below it, where there are enough to compare."""
    survey = catalogue.survey
    compared = comparing.comparison(survey, group)
    if compared is None:
        return None
    names, values = compared.attributes, compared.papers
    labels = CitationSet(group.papers, survey, lambda key: routes.paper(key).url)
    return Comparison(
        files=files.of_comparison(group),
        columns=tuple(_column(survey.attributes[name], [own.get(name) for own in values.values()]) for name in names),
        rows=tuple(
            Row(
                paper=Anchor(catalogue.papers[key].title, catalogue.papers[key].href),
                label=labels.label(key),
                status=catalogue.papers[key].status,
                sorting=collated(as_plain(survey.papers[key].record.title)),
                cells=tuple(_cell(survey.attributes[name], own.get(name)) for name in names),
            )
            for key, own in values.items()
        ),
    )


def _column(declaration: AttributeDeclaration, values: Sequence[Value | None]) -> Column:
    used = {word for value in values if value and isinstance(value.value, tuple) for word in value.value}
    return Column(
        title=as_html(declaration.title),
        description=line(declaration.description),
        meanings=tuple(
            Anchor(wording.words(word), note=as_html(meaning))
            for word, meaning in declaration.values.items()
            if word in used
        ),
    )


def _cell(declaration: AttributeDeclaration, value: Value | None) -> Cell:
    if value is None or value.value is None:
        return Cell((), wording.UNKNOWN if value is None else wording.NOT_APPLICABLE, "")
    texts = tuple(shown(declaration, value))
    if isinstance(value.value, tuple):
        definitions = [as_plain(declaration.values[name]) for name in value.value]
        words = tuple(Word(text, definition, None) for text, definition in zip(texts, definitions, strict=True))
    else:
        words = tuple(Word(text, None, text.note) for text in texts)
    return Cell(words, "", f"{value.value:f}" if isinstance(value.value, Decimal) else _sorting(texts))


def _sorting(texts: Sequence[Anchor]) -> str:
    return ", ".join(text.text.striptags() if isinstance(text.text, Markup) else text.text for text in texts)
