"""Verbs for who looks after a survey: what changed, what has been published, what is dead."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator import build as flow
from generator import report
from generator.changes import as_markdown
from generator.changes import changes as compared
from generator.cli.terminal import FINDINGS, paint, progress, root_option, show
from generator.revision import read_at
from generator.source import read


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


@click.command()
@root_option
def published(root: Path) -> None:
    """Say which preprints of the survey have been published since, as far as arXiv knows.

    Nothing is changed. Exits with 1 if there are some, or if arXiv gave no answer.

    \b
    Example:
      survey published
    """
    from platformdirs import user_cache_path  # noqa: PLC0415 - as for `add`

    from generator.fetching import Client  # noqa: PLC0415
    from generator.versions import published_since  # noqa: PLC0415

    loaded = flow.load(root, progress)
    if not loaded.sound:
        show(loaded, err=True)
        sys.exit(FINDINGS)
    found, preprints = published_since(root, Client(user_cache_path("living-survey")), progress)
    click.echo(report.text(found, {file.path: file.text for file in read(root)[0]}, paint), nl=False)
    if found:
        sys.exit(FINDINGS)
    click.echo(f"arXiv says of none of {preprints} preprints that it has been published", err=True)


@click.command("check-links")
@root_option
def check_links(root: Path) -> None:
    """Say which web addresses of records and venues lead nowhere any more.

    Hosts that refuse programs or put them off count as alive. Nothing is changed. Exits with 1 if an address is dead. The
    weekly workflow reports them.

    \b
    Example:
      survey check-links
    """
    # Imported here because the network's libraries are slow to load and only this verb needs them.
    from generator.fetching import Visitor  # noqa: PLC0415
    from generator.links import dead_links  # noqa: PLC0415

    files, _ = read(root)
    found, visited = dead_links(root, Visitor(), lambda told: click.echo(told, err=True))
    click.echo(report.text(found, {file.path: file.text for file in files}, lambda words, _: words), nl=False)
    if found:
        sys.exit(1)
    click.echo(f"none of {visited} addresses is dead", err=True)
