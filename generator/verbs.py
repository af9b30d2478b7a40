"""Verbs of the command for who looks after a survey."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from generator import report
from generator.build import SITE, SiteError, load, newest_date
from generator.changes import as_markdown
from generator.changes import changes as compared
from generator.revision import read_at
from generator.snapshot import snapshot as snapped
from generator.source import read
from generator.write import write_file

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
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default="snapshot",
    show_default=True,
    help="The folder to write to.",
)
def snapshot(root: Path, output: Path) -> None:
    """Keep the built site as files that one can cite: an archive, all formats, checksums.

    The same content gives the same bytes. The workflow of a release attaches them to it.

    \b
    Examples:
      survey build && survey snapshot
      survey snapshot -o release
    """
    folder = root / SITE
    if not (folder / "index.html").is_file():
        raise SiteError(f"{folder} holds no site; make it with “survey build”")
    site = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for file in snapped(site, newest_date(load(root, lambda _: None).survey)):
        write_file(output / file.path, file.content)
        click.echo(f"wrote {output / file.path}")
