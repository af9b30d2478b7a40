"""Verbs of the command for who looks after a survey."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from generator.changes import as_markdown
from generator.changes import changes as compared
from generator.revision import read_at
from generator.source import read

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


@click.command()
@root_option
@click.option("--against", metavar="REF", required=True, help="The git tag or commit to compare with.")
def changes(root: Path, against: str) -> None:
    """Print what became of each record since a tag or commit, as Markdown.

    The workflow of a pull request shows it to the reviewer: records that are new, changed key by key, renamed or
    removed.

    \b
    Examples:
      survey changes --against v1.0
      survey changes --against HEAD^1 >> "$GITHUB_STEP_SUMMARY"
    """
    files, _ = read(root)
    click.echo(as_markdown(compared(read_at(root, against), files)).encode(), nl=False)
