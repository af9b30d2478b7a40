"""Verbs that make the site: pages, site, preview, a snapshot of it."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import click

from generator import build as flow
from generator.build import SITE, SiteError, load, newest_date
from generator.cli.terminal import alone, progress, root_option, show, stop_on
from generator.pages.commands import Command
from generator.serve import Teller
from generator.serve import serve as show_and_watch
from generator.snapshot import snapshot as snapped
from generator.survey import Survey
from generator.usage import described
from generator.write import write_file


@click.command()
@root_option
def generate(root: Path) -> None:
    """Check, then write docs/ for MkDocs.

    A plain “mkdocs build” afterwards makes the same site as “survey build”.

    \b
    Example:
      survey generate && mkdocs serve
    """
    with alone(root):
        _generate(root)


@click.command()
@root_option
@click.option("--strict", is_flag=True, help="Fail on warnings too, ours and those of MkDocs.")
def build(root: Path, *, strict: bool) -> None:
    """Check, write docs/, and have MkDocs make site/.

    \b
    Examples:
      survey build
      survey build --strict --root ~/my-survey
    """
    with alone(root):
        survey = _generate(root, strict=strict)
        # The sitemap is dated; the survey's own newest date keeps equal content equal.
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(flow.newest_date(survey)))
        progress("Building the site")
        gc.enable()
        flow.build_site(root, strict=strict)


@click.command()
@root_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free port.")
def serve(root: Path, host: str, port: int) -> None:
    """Show the survey on this machine and keep it up to date as you write.

    A mistake is shown here, and the last good site stays up until it is mended.

    \b
    Examples:
      survey serve
      survey serve --port 8080
    """
    gc.enable()
    teller = Teller(
        findings=lambda loaded: show(loaded, err=True),
        line=lambda text: click.echo(text, err=True),
        commands=_described(),
    )
    try:
        show_and_watch(root, host, port, teller)
    except KeyboardInterrupt:
        click.echo("", err=True)


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


def _generate(root: Path, *, strict: bool = False) -> Survey:
    loaded = flow.load(root, progress)
    show(loaded, err=True)
    stop_on(loaded.diagnostics, strict=strict)
    written = flow.generate(root, loaded, progress, _described())
    progress(f"{len(written.changed)} of {written.total} files changed, {len(written.removed)} removed")
    return loaded.survey


def _described() -> tuple[Command, ...]:
    """Describe all verbs, for the manual on the site."""
    program = click.get_current_context().find_root().command
    return described(program, "survey") if isinstance(program, click.Group) else ()
