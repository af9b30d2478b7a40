"""Rules about prose: what it cites and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from generator.checks.rule import Checked
from generator.decode import Content, Document, PageDocument
from generator.diagnostics import Diagnostic, Place, Where, suggestion
from generator.layout import MARKDOWN, Kind
from generator.model import Status
from generator.prose import mentioned, mentions
from generator.references import References
from generator.selection import SelectionError, selected

_Within = Callable[[int, int], Place]
"""Where a stretch of a text, given by offset and length, stands in its file."""


def citations(checked: Checked) -> Iterator[Diagnostic]:
    """Citations name papers that still stand, counts what the survey has, and links are of a kind that is allowed."""
    references = References(checked.content, checked.survey.aliases)
    texts = list(_texts(checked.content))
    checked.memory.learn(mentioned, [(text,) for text, _ in texts])
    for text, within in texts:
        prose = mentions(text, checked.memory)
        for citation in prose.citations:
            where = partial(within, citation.offset, len(citation.key) + 1)
            key = references.paper(citation.key, where)
            status = checked.survey.papers[key].record.status if key else Status.PUBLISHED
            if status is not Status.PUBLISHED:
                hint = "Make sure that the sentence does not rely on it; the list of references says what it is."
                references.report(where(), "retracted-citation", f"“{citation.key}” was {status}", hint)
        for count in prose.counts:
            with _reported(references, partial(within, count.offset, len(count.selection))):
                selected(checked.survey, count.selection)
        for target, offset in prose.unsafe_links:
            hint = "A link leads to https://, http://, mailto: or a page of this site (/papers/KEY/)."
            message = f"“{target}” is not a link of a kind that is allowed"
            references.report(within(offset, 1), "unsafe-link", message, hint)
    yield from references.diagnostics


@contextmanager
def _reported(references: References, where: Where) -> Iterator[None]:
    try:
        yield
    except SelectionError as problem:
        references.report(where(), "unknown-count", str(problem), suggestion(problem.word, problem.choices))


def _texts(content: Content) -> Iterator[tuple[str, _Within]]:
    """Yield every text that is Markdown, with what finds places in it."""
    documents: dict[Kind, Iterable[Document[Any]]] = {
        Kind.PAPER: content.papers.values(),
        Kind.GROUPING: content.groupings.values(),
        Kind.GROUP: content.groups.values(),
        Kind.SURVEY: [content.survey] if content.survey else [],
    }
    for kind, name in MARKDOWN.items():
        for document in documents[kind]:
            text = getattr(document.value, name)
            if text is not None:
                yield text, partial(_in_field, document.within, name)
    for page in content.pages.values():
        yield page.body, partial(_in_page, page)


def _in_field(within: Callable[..., Place], name: str, offset: int, length: int) -> Place:
    return within(offset, length, name)


def _in_page(page: PageDocument, offset: int, length: int) -> Place:  # noqa: ARG001 - a place has no length
    return page.within(offset)
