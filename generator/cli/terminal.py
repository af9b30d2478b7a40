"""What the verbs share: options, exit statuses, and how a person is told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from generator import build as flow
from generator import report, turns
from generator.codes import Severity
from generator.diagnostics import Diagnostic, visible
from generator.source import require_survey

FINDINGS = 1
"""Exit status: the content has mistakes."""


UNUSABLE = 2
"""Exit status: wrong usage, or a folder that cannot be worked in."""


_STYLES: dict[str, dict[str, Any]] = {
    "file": {"bold": True, "underline": True},
    "place": {"bold": True},
    "caret": {"fg": "green", "bold": True},
    "hint": {"fg": "green"},
    "-": {"fg": "red"},
    "+": {"fg": "green"},
    Severity.ERROR: {"fg": "red", "bold": True},
    Severity.WARNING: {"fg": "yellow", "bold": True},
    Severity.NOTE: {"fg": "cyan", "bold": True},
}


Verb = TypeVar("Verb", bound=Callable[..., Any])


def root_option(verb: Verb) -> Verb:
    """Add the option that names the survey's folder."""
    return click.option(
        "--root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=".",
        show_default="here",
        help="The survey's folder.",
    )(verb)


def show(loaded: flow.Loaded, *, err: bool) -> None:
    """Write findings for people; only a terminal gets colours."""
    click.echo(report.text(loaded.diagnostics, loaded.sources, paint), nl=False, err=err)


def show_diff(diff: str) -> None:
    """Write a diff as it is, for a program to apply; content is kept from steering a terminal."""
    if sys.stdout.isatty():
        diff = "".join(f"{visible(line)}\n" for line in diff.split("\n")[:-1])
    click.echo(diff.encode(), nl=False)


def paint(text: str, part: str) -> str:
    """Colour a part of a finding, unless nobody wants colours."""
    # See no-color.org; where the output is no terminal, click takes the colours out.
    return text if os.environ.get("NO_COLOR") else click.style(text, **_STYLES[part])


def stop_on(diagnostics: Iterable[Diagnostic], *, strict: bool) -> None:
    """End with exit status 1 if a finding is an error, or with `strict` a warning."""
    stopping = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(found.severity in stopping for found in diagnostics):
        sys.exit(FINDINGS)


def progress(stage: str) -> None:
    """Tell a person at a terminal what is going on; stay quiet elsewhere."""
    if sys.stderr.isatty() and not os.environ.get("CI"):
        click.secho(f"{stage} …", dim=True, err=True)


def alone(root: Path) -> AbstractContextManager[None]:
    """Write into a survey's folder while no other command does; a person who has to wait is told for whom."""
    require_survey(root)
    name = click.get_current_context().info_name
    return turns.alone(root, f"survey {name}", lambda who: click.echo(f"waiting for {who} to be done …", err=True))


def fail(message: str) -> NoReturn:
    """Say why nothing can be done and end with exit status 2."""
    click.echo(f"survey: {message.strip()}", err=True)
    sys.exit(UNUSABLE)


def today() -> str:
    """Return the date on this machine: 2021-07-12."""
    return datetime.now().astimezone().date().isoformat()
