"""Verbs for who writes content: begin a survey, ask for a record, check, format, describe the format."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from pathlib import Path

import click

from generator import build as flow
from generator import report, starter
from generator.cli.terminal import (
    FINDINGS,
    UNUSABLE,
    alone,
    fail,
    progress,
    root_option,
    show,
    show_diff,
    stop_on,
    today,
)
from generator.diagnostics import visible
from generator.formatting import reformat
from generator.interview import new_record
from generator.layout import Kind
from generator.schema import FOLDER, alike, file_name, names_of, schema_files
from generator.source import read, require_survey
from generator.write import rewrite, same, write_file, write_new


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", help="The survey's title; made of the folder's name if nothing is said.")
@click.option("--repository", metavar="URL", help="Where its repository is or will be: https://github.com/OWNER/NAME.")
def init(folder: Path, title: str | None, repository: str | None) -> None:
    """Begin a new survey in a folder that is new or empty.

    It has one example of everything: a record, a topic, a page, and what publishes it from GitHub.

    \b
    Examples:
      survey init sparse-attention
      survey init . --title "Sparse Attention: A Living Survey" --repository https://github.com/OWNER/NAME
    """
    files = starter.starter_files(
        starter.Beginning(starter.title_for(folder) if title is None else title, repository, today())
    )
    found = flow.examine(files)
    if found.diagnostics:  # only what was asked for here can be at fault
        show(found, err=True)
        sys.exit(UNUSABLE)
    outputs = starter.outputs(files)
    write_new(folder, outputs)
    click.echo(f"wrote {len(outputs)} files to {folder}; its README.md says how to go on")


class _Terminal:
    """The person who typed the command; what is piped in answers as well."""

    def ask(self, question: str, default: str | None) -> str:
        return str(click.prompt(question, default=default, show_default=bool(default)))

    def confirm(self, question: str, *, default: bool) -> bool:
        return click.confirm(question, default=default)

    def tell(self, text: str) -> None:
        click.echo("\n".join(map(visible, text.split("\n"))), nl=bool(text))


@click.command()
@root_option
def new(root: Path) -> None:
    """Ask for the facts of a paper and write its record.

    Nothing is written before the record was shown and agreed to.

    \b
    Example:
      survey new
    """
    files, _ = read(root)
    head = f"# yaml-language-server: $schema=../schema/{file_name(Kind.PAPER)}\n"
    has_schema = (root / FOLDER / file_name(Kind.PAPER)).exists()
    record = new_record(files, _Terminal(), head if has_schema else "", today())
    if record is None:
        click.echo("nothing was written")
        return
    with alone(root):
        if (root / record.path).exists():
            fail(f"{record.path} is there already, though it cannot be read; move it away or choose another key")
        write_file(root / record.path, record.text.encode())
    click.echo(f"wrote {record.path}")


@click.command()
@root_option
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option(
    "--against",
    metavar="REF",
    help="Also find keys that a git tag or commit had and that mean nothing or another work now.",
)
@click.option("--fix", is_flag=True, help="First mend what has one certain mend.")
@click.option("--diff", "only_show", is_flag=True, help="Show what --fix would change, and change nothing.")
def check(  # noqa: PLR0913 - an option each
    root: Path, *, form: str, against: str | None, strict: bool, fix: bool, only_show: bool
) -> None:
    """Check all content and say what is wrong.

    Exits with 0 if nothing is, 1 on errors (with --strict on warnings too), 2 if there is no survey.
    With --diff, exits with 1 if a file would change.

    \b
    Examples:
      survey check
      survey check --strict --format json
      survey check --fix --diff       show what would be mended, as a diff
      survey check --fix              mend it, then say what is left
      survey check --format github    for GitHub to show findings beside the lines of a pull request
      survey check --against v1.0     are all citation keys of v1.0 still good?
      survey check --root ~/my-survey
    """
    if only_show:
        changes = flow.mends(root)
        for change in changes:
            show_diff(change.diff())
        sys.exit(FINDINGS if changes else 0)
    if fix:
        _fix(root)
    loaded = flow.load(root, progress, against)
    if form == "json":
        whole = json.dumps([found.as_json() for found in loaded.diagnostics], indent=2, ensure_ascii=False)
        click.echo(whole.encode())
    elif form == "github":
        click.echo(report.github(loaded.diagnostics), nl=False)
    else:
        show(loaded, err=False)
    stop_on(loaded.diagnostics, strict=strict)


@click.command()
@root_option
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit with 1 if a file would change.")
def fmt(root: Path, *, only_check: bool) -> None:
    """Bring content files into their canonical form, comments kept.

    \b
    Examples:
      survey fmt
      survey fmt --check
    """
    with nullcontext() if only_check else alone(root):
        changed = list(reformat(read(root)[0]))
        for change in changed:
            if not only_check:
                rewrite(root / change.file.path, change.file.content, change.text.encode())
            click.echo(f"{'would reformat' if only_check else 'reformatted'} {change.file.path}")
    if only_check and changed:
        sys.exit(FINDINGS)


@click.command()
@root_option
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit with 1 if a file would change.")
def schema(root: Path, *, only_check: bool) -> None:
    """Write the JSON Schema of content files to content/schema/.

    Editors that read YAML by a schema complete and explain the fields with it, and suggest the keys, venues, groups and
    tags that the survey had when this was run last. --check passes over those.

    \b
    Examples:
      survey schema
      survey schema --check
    """
    require_survey(root)
    with nullcontext() if only_check else alone(root):
        names = names_of(flow.load(root, progress).survey)
        changed = [
            output
            for output in schema_files(FOLDER, names)
            if not same(root / output.path, output.content)
            and not (only_check and alike(_bytes(root / output.path), output.content))
        ]
        for output in changed:
            click.echo(f"{'would write' if only_check else 'wrote'} {output.path}")
            if not only_check:
                write_file(root / output.path, output.content)
    if only_check and changed:
        sys.exit(FINDINGS)


def _fix(root: Path) -> None:
    with alone(root):
        for change in flow.mends(root):
            rewrite(root / change.file.path, change.file.content, change.text.encode())
            click.echo(f"mended {change.file.path}: {', '.join(dict.fromkeys(change.codes))}", err=True)


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
