"""Verbs for what goes out to other programs, and what comes in from them and from registries."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path

import click

from generator import build as flow
from generator import report
from generator.awesome import BEGIN, END, MarkerError, spliced
from generator.bibliography import FORMATS, Version, gather
from generator.cli.terminal import (
    FINDINGS,
    alone,
    fail,
    paint,
    progress,
    root_option,
    show,
    stop_on,
)
from generator.diagnostics import nearest, visible
from generator.documents import DOCUMENTS, Document
from generator.importing import Sources, carry_out, folded, plan_import, read_sources
from generator.incoming.formats import READERS
from generator.incoming.plan import VENUES_FILE, Plan, Present
from generator.survey import Survey
from generator.write import write_file


@click.command()
@root_option
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMATS, *DOCUMENTS]),
    default="bibtex",
    show_default=True,
)
@click.option("--paper", "papers", multiple=True, metavar="KEY", help="The same as a KEY without it.")
@click.option("--group", "groups", multiple=True, metavar="ID", help="All papers of a group and below: topics/NAME.")
@click.option(
    "--version",
    type=click.Choice([version.value for version in Version]),
    help="Which version of a paper that has two; published if nothing is said.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@click.option(
    "--into",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"Write an awesome list into a file, between the lines {BEGIN} and {END}.",
)
def export(  # noqa: PLR0913 - an option each
    root: Path,
    keys: tuple[str, ...],
    *,
    form: str,
    papers: tuple[str, ...],
    groups: tuple[str, ...],
    version: str | None,
    output: Path | None,
    into: Path | None,
) -> None:
    """Print the bibliography of papers, of groups, or of all, as the site has it.

    For the author of a survey paper: latex is the whole survey as an article, forest the tree of a grouping,
    table and table-csv the comparison of a group, awesome a list for a README.

    With --version preprint, a paper that was published later is cited as it was first posted. Its key
    stays the same, so that a document can go from one version to the other and back.

    \b
    Examples:
      survey export -o survey.bib
      survey export ren2021combiner roy2021efficient
      survey export --format biblatex --version preprint --paper ren2021combiner
      survey export --format csl-json --group topics/mixture-of-experts -o moe.csl.json
      survey export --format latex -o survey.tex
      survey export --format table --group topics/prompting
      survey export --format awesome --into README.md
    """
    if into and form != "awesome":
        fail("--into is for --format awesome.")
    if version and not (form in FORMATS and FORMATS[form].versions):
        fail(f"--format {form} has no --version: it does not cite one version of a paper.")
    if form in DOCUMENTS and (keys or papers):
        fail(f"--format {form} is not of single papers.")
    survey = _require_sound(root)
    if form in DOCUMENTS:
        text = _document(survey, DOCUMENTS[form], groups)
    else:
        wanted = (survey.papers[key] for key in _selected(survey, (*keys, *papers), groups))
        entries = FORMATS[form].entries(survey, gather(wanted, Version(version or Version.PUBLISHED)))
        text = FORMATS[form].file(survey, entries, entries)
    if into:
        write_file(into, _spliced(into, text).encode())
    elif output is None:
        click.echo(text.encode(), nl=False)
    else:
        write_file(output, text.encode())


@click.command("import")
@root_option
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--format", "form", type=click.Choice(list(READERS)), help="The files' format; told by name and text if left out."
)
@click.option("--dry-run", is_flag=True, help="Print the YAML; write nothing.")
@click.option("--update", is_flag=True, help="Fill empty fields of records that are there.")
def import_(root: Path, files: tuple[Path, ...], form: str | None, *, dry_run: bool, update: bool) -> None:
    """Make drafts of records from files of other programs.

    Every entry becomes a draft in content/papers/ or is named in a finding; papers that the survey has are never
    overwritten. What survey export writes can be read too: of json, all that a record says but what this survey
    has no group, tag, attribute or paper for. Exits with 1 if an entry gave no draft.

    \b
    Examples:
      survey import refs.bib --dry-run
      survey import refs.bib more.bib
      survey import refs.bib --update
    """
    _require_sound(root)
    progress("Reading what comes in")
    with nullcontext() if dry_run else alone(root):
        _take_over(root, read_sources(files, form), dry_run=dry_run, update=update)


@click.command()
@root_option
@click.argument("references", nargs=-1, required=True, metavar="REF...")
@click.option("--title", help="What the work is called; refused if its registry calls it otherwise. With one REF only.")
@click.option("--dry-run", is_flag=True, help="Print the YAML; write nothing.")
@click.option("--update", is_flag=True, help="Fill empty fields of records that are there.")
def add(root: Path, references: tuple[str, ...], title: str | None, *, dry_run: bool, update: bool) -> None:
    """Make drafts of records from identifiers, by asking arXiv, doi.org, the ACL Anthology or OpenReview.

    REF is an identifier or an address with one in it; the title may follow it within quotes. Answers are kept for
    a day. Papers that the survey has are never overwritten. Exits with 1 if a work gave no draft.

    \b
    Examples:
      survey add 2107.05768
      survey add https://doi.org/10.1162/tacl_a_00353 2023.acl-long.1 --dry-run
      survey add 2107.05768 --title "Combiner: Full Attention Transformer with Sparse Computation Cost"
      survey add "2107.05768 Combiner: Full Attention Transformer with Sparse Computation Cost" --update
    """
    # Imported here because the network's libraries are slow to load and only this verb needs them.
    from platformdirs import user_cache_path  # noqa: PLC0415

    from generator.adding import ask  # noqa: PLC0415
    from generator.fetching import Client  # noqa: PLC0415

    if title is not None and len(references) > 1:
        raise click.UsageError("--title goes with one REF")
    _require_sound(root)
    answers = ask(references, Client(user_cache_path("living-survey")), progress, title=title)
    with nullcontext() if dry_run else alone(root):
        _take_over(root, answers, dry_run=dry_run, update=update)


def _require_sound(root: Path) -> Survey:
    """Load a survey; end where it has errors."""
    loaded = flow.load(root, progress)
    if not loaded.sound:
        show(loaded, err=True)
        sys.exit(FINDINGS)
    return loaded.survey


def _selected(survey: Survey, keys: Iterable[str], groups: Iterable[str]) -> list[str]:
    """Return the present keys of what the user named; all of them where nothing was named."""
    wanted: list[str] = []
    for key in keys:
        if key not in survey.aliases:
            fail(f"There is no paper “{key}”. {nearest(key, survey.aliases)}")
        wanted.append(survey.aliases[key])
    for group in groups:
        if group not in survey.groups:
            fail(f"There is no group “{group}”. {nearest(group, survey.groups)}")
        wanted += survey.groups[group].papers
    return wanted or ([] if groups else list(survey.papers))


def _document(survey: Survey, document: Document, groups: tuple[str, ...]) -> str:
    """Make a document of the one place that the user named; where there is but one place, none need be named."""
    places = list(document.places(survey))
    if len(groups) > 1 or (groups and document.of == "survey"):
        fail(
            f"--format {document.name} is of {'the whole survey' if document.of == 'survey' else f'one {document.of}'}."
        )
    if not groups and len(places) > 1:
        fail(f"--format {document.name} is of one {document.of}. Name it: --group {places[0]}.")
    if groups and groups[0] not in places:
        fail(f"There is no {document.of} “{groups[0]}”. {nearest(groups[0], places)}")
    text = document.write(survey, groups[0] if groups else places[0]) if places else None
    if text is None:
        fail("There is nothing to compare: a comparison needs three papers with attributes.")
    return text


def _spliced(file: Path, section: str) -> str:
    try:
        return spliced(file.read_text(encoding="utf-8"), section)
    except (MarkerError, UnicodeDecodeError) as problem:
        fail(f"{file}: {problem}.")


def _take_over(root: Path, sources: Sources, *, dry_run: bool, update: bool) -> None:
    """Write the drafts of what comes in, or print them, and say what becomes of the rest."""
    planned = plan_import(root, sources, update=update)
    click.echo(report.text(folded(planned.found), sources.texts, paint), nl=False, err=True)
    for present in planned.present:
        _tell_differences(present)
    if dry_run:
        _print_files(planned)
    else:
        carry_out(root, planned)
        for output in planned.outputs:
            click.echo(f"wrote {output.path}")
    click.echo(_summary(planned, written=not dry_run), err=True)
    stop_on(planned.found, strict=False)


def _tell_differences(present: Present) -> None:
    """Show what a source says otherwise than a record, as a diff."""
    if not present.differences:
        return
    click.echo(f"{visible(present.path)} and {visible(present.entry.file)}:{present.entry.line}")
    for difference in present.differences:
        for sign, text in (("-", difference.here), ("+", difference.there)):
            if text is not None:
                click.echo(paint(f"  {sign} {difference.name}: {visible(text)}", sign))
    click.echo("")


def _print_files(planned: Plan) -> None:
    if planned.venues:
        click.echo(f"# added to {VENUES_FILE}\n{planned.venues}".encode())
    for path, output in planned.updates.items():
        if path != VENUES_FILE:
            click.echo(f"# {path}\n".encode() + output.content)
    for output in planned.new.values():
        click.echo(f"# {output.path}\n".encode() + output.content)


def _summary(planned: Plan, *, written: bool) -> str:
    new, present = len(planned.new), len(planned.present)
    entries = "1 entry" if planned.entries == 1 else f"{planned.entries} entries"
    verb = "" if written else "would be "
    others = planned.entries - new - present
    filled = sum(bool(own.filled) for own in planned.present)
    told = [f"{new} {verb}new", f"{present} present" + (f" ({filled} {verb}filled)" if filled else "")]
    return f"{entries}: {', '.join([*told, f'{others} not taken over'])}"
