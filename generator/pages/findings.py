"""The manual of findings: a page for each code that a check may report, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.codes import CODES, Code, Fragment, Severity
from generator.markup import element, inert
from generator.pages.commands import COMMANDS
from generator.pages.routes import CONTRIBUTE, Route
from generator.pages.views import Anchor, Fenced, Page

FINDINGS = Route(f"{CONTRIBUTE.url}findings/")

_WEIGHTS = {
    Severity.ERROR: ("Error", "The site is not built until it is mended."),
    Severity.WARNING: ("Warning", "Most likely a mistake. The site is built all the same; a strict check fails."),
    Severity.NOTE: ("Note", "Good to have. A check never fails for it."),
}

_OF_IMPORTS = "What “survey import” and “survey add” tell of what comes in. No check of the survey reports these."
_WEIGHTS_OF_IMPORTS = {
    Severity.ERROR: ("Error", "An entry that comes in becomes no draft."),
    Severity.WARNING: ("Warning", "Something of the draft that an import makes wants a look."),
    Severity.NOTE: ("Note", "What an import did or left out. Nothing needs to be done."),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A part of a content file; without source the file is empty."""

    path: str
    language: str
    source: Fenced | None


@dataclass(frozen=True, slots=True)
class FindingView:
    """What the template of a code's page is given."""

    name: str
    weight: str
    consequence: str
    meaning: Markup
    about: tuple[Markup, ...]
    unseen: Markup | None
    wrong: tuple[Example, ...]
    right: tuple[Example, ...]
    findings: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """Codes of one severity or stage; an anchor's note is the code's meaning."""

    name: str
    consequence: str
    codes: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class FindingsView:
    """What the template of the list of codes is given."""

    weights: tuple[Weighed, ...]
    contribute: str
    commands: str | None


def finding_pages(*, known_commands: bool) -> Iterator[Page]:
    """Make the list of codes and the page of each; they are the same for every survey.

    Args:
        known_commands: Whether there is a page on the commands, to which the list may lead.
    """
    weights = tuple(
        Weighed(
            f"{name}s",
            consequence,
            tuple(
                Anchor(code.name, _route(code).url, _marked(code.meaning))
                for code in CODES.values()
                if code.severity is severity and code.stage == "check"
            ),
        )
        for severity, (name, consequence) in _WEIGHTS.items()
    )
    imported = tuple(
        Anchor(code.name, _route(code).url, _marked(code.meaning)) for code in CODES.values() if code.stage != "check"
    )
    yield Page(
        FINDINGS,
        "findings.md.j2",
        FindingsView(
            (*weights, Weighed("Findings of survey import and survey add", _OF_IMPORTS, imported)),
            CONTRIBUTE.url,
            COMMANDS.url if known_commands else None,
        ),
        title="Findings of the check",
        description="What the check of a survey's content and an import can find, and how to mend it.",
        hide=("navigation",),
    )
    for code in CODES.values():
        yield _page(code)


def _page(code: Code) -> Page:
    weight, consequence = (_WEIGHTS if code.stage == "check" else _WEIGHTS_OF_IMPORTS)[code.severity]
    view = FindingView(
        name=code.name,
        weight=weight,
        consequence=consequence,
        meaning=_marked(code.meaning),
        about=tuple(map(_marked, code.about)),
        unseen=_marked(code.unseen) if code.unseen else None,
        wrong=tuple(map(_example, code.wrong)),
        right=tuple(map(_example, code.right)),
        findings=FINDINGS.url,
    )
    return Page(
        _route(code),
        "finding.md.j2",
        view,
        title=f"{code.name} ({weight.lower()})",
        description=code.meaning.replace("`", ""),
        hide=("navigation",),
    )


def _route(code: Code) -> Route:
    return Route(f"{FINDINGS.url}{code.name}/")


def _marked(text: str) -> Markup:
    """Return a text of a manual as HTML: what stands between backticks is code."""
    parts = text.split("`")
    return Markup().join(element("code", part) if position % 2 else inert(part) for position, part in enumerate(parts))


def _example(fragment: Fragment) -> Example:
    language = {"md": "markdown", "bib": "bibtex"}.get(fragment.path.rpartition(".")[2], "yaml")
    return Example(fragment.path, language, Fenced.of(fragment.text) if fragment.text else None)
