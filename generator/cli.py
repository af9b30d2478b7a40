"""The command `survey`."""

from __future__ import annotations

import gc
import io
import json
import os
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from generator import build as flow
from generator import report, starter
from generator.awesome import BEGIN, END, MarkerError, spliced
from generator.bibliography import FORMATS, Version, gather
from generator.codes import Severity
from generator.diagnostics import Diagnostic, nearest, visible
from generator.documents import DOCUMENTS, Document
from generator.formatting import reformat
from generator.importing import Sources, carry_out, folded, plan_import, read_sources
from generator.incoming.formats import READERS
from generator.incoming.plan import VENUES_FILE, Plan, Present
from generator.interview import new_record
from generator.layout import Kind
from generator.pages.mistakes import TemplateMistakeError
from generator.revision import RevisionError
from generator.schema import FOLDER, alike, file_name, names_of, schema_files
from generator.serve import Teller
from generator.serve import serve as show_and_watch
from generator.source import NotASurveyError, read, require_survey
from generator.survey import Survey
from generator.usage import described
from generator.verbs import changes, check_links, snapshot
from generator.verbs import root_option as _root_option
from generator.write import ForeignFileError, same, write_file, write_new

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


class _Group(click.Group):
    """Turns what makes a folder unusable into one line and exit status 2."""

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # it may have no curly quotes
        try:
            return super().invoke(ctx)
        except (NotASurveyError, RevisionError, ForeignFileError, TemplateMistakeError, flow.SiteError) as problem:
            _fail(str(problem))
        except OSError as problem:
            where = f"{problem.filename}: " if problem.filename else ""
            _fail(f"{where}{problem.strerror}")


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="living-survey", prog_name="survey")
def main() -> None:
    """Publish a literature survey that stays alive.

    Records in content/ become Markdown pages with BibTeX, and MkDocs makes a site of them.

    \b
    Examples:
      survey check            say what is wrong in content/, and where
      survey build            check, then make site/
      survey export ren2021combiner
    """
    # A survey is many small objects that live to the end: looking for garbage among them costs an eighth of
    # the time and finds none. What runs for long, or is not ours, turns it on again.
    gc.disable()
    click.get_current_context().call_on_close(gc.enable)


@main.command()
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
        starter.Beginning(starter.title_for(folder) if title is None else title, repository, _today())
    )
    found = flow.examine(files)
    if found.diagnostics:  # only what was asked for here can be at fault
        _show(found, err=True)
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


@main.command()
@_root_option
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
    record = new_record(files, _Terminal(), head if has_schema else "", _today())
    if record is None:
        click.echo("nothing was written")
        return
    if (root / record.path).exists():
        _fail(f"{record.path} is there already, though it cannot be read; move it away or choose another key")
    write_file(root / record.path, record.text.encode())
    click.echo(f"wrote {record.path}")


@main.command()
@_root_option
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
            _show_diff(change.diff())
        sys.exit(FINDINGS if changes else 0)
    for change in flow.mends(root) if fix else ():
        write_file((root / change.file.path).resolve(), change.text.encode())
        click.echo(f"mended {change.file.path}: {', '.join(dict.fromkeys(change.codes))}", err=True)
    loaded = flow.load(root, _progress, against)
    if form == "json":
        whole = json.dumps([found.as_json() for found in loaded.diagnostics], indent=2, ensure_ascii=False)
        click.echo(whole.encode())
    elif form == "github":
        click.echo(report.github(loaded.diagnostics), nl=False)
    else:
        _show(loaded, err=False)
    _stop_on(loaded.diagnostics, strict=strict)


@main.command()
@_root_option
def generate(root: Path) -> None:
    """Check, then write docs/ for MkDocs.

    A plain “mkdocs build” afterwards makes the same site as “survey build”.

    \b
    Example:
      survey generate && mkdocs serve
    """
    _generate(root)


@main.command()
@_root_option
@click.option("--strict", is_flag=True, help="Fail on warnings too, ours and those of MkDocs.")
def build(root: Path, *, strict: bool) -> None:
    """Check, write docs/, and have MkDocs make site/.

    \b
    Examples:
      survey build
      survey build --strict --root ~/my-survey
    """
    survey = _generate(root, strict=strict)
    # The sitemap is dated; the survey's own newest date keeps equal content equal.
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(flow.newest_date(survey)))
    _progress("Building the site")
    gc.enable()
    flow.build_site(root, strict=strict)


@main.command()
@_root_option
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
        findings=lambda loaded: _show(loaded, err=True),
        line=lambda text: click.echo(text, err=True),
        commands=described(main, "survey"),
    )
    try:
        show_and_watch(root, host, port, teller)
    except KeyboardInterrupt:
        click.echo("", err=True)


@main.command()
@_root_option
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
        _fail("--into is for --format awesome.")
    if version and not (form in FORMATS and FORMATS[form].versions):
        _fail(f"--format {form} has no --version: it does not cite one version of a paper.")
    if form in DOCUMENTS and (keys or papers):
        _fail(f"--format {form} is not of single papers.")
    loaded = flow.load(root, _progress)
    if not loaded.sound:
        _show(loaded, err=True)
        sys.exit(FINDINGS)
    survey = loaded.survey
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


@main.command("import")
@_root_option
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
    overwritten. Exits with 1 if an entry gave no draft.

    \b
    Examples:
      survey import refs.bib --dry-run
      survey import refs.bib more.bib
      survey import refs.bib --update
    """
    loaded = flow.load(root, _progress)
    if not loaded.sound:
        _show(loaded, err=True)
        sys.exit(FINDINGS)
    _progress("Reading what comes in")
    _take_over(root, read_sources(files, form), dry_run=dry_run, update=update)


@main.command()
@_root_option
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
    loaded = flow.load(root, _progress)
    if not loaded.sound:
        _show(loaded, err=True)
        sys.exit(FINDINGS)
    client = Client(user_cache_path("living-survey"))
    _take_over(root, ask(references, client, _progress, title=title), dry_run=dry_run, update=update)


@main.command()
@_root_option
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

    loaded = flow.load(root, _progress)
    if not loaded.sound:
        _show(loaded, err=True)
        sys.exit(FINDINGS)
    found, preprints = published_since(root, Client(user_cache_path("living-survey")), _progress)
    click.echo(report.text(found, {file.path: file.text for file in read(root)[0]}, _paint), nl=False)
    if found:
        sys.exit(FINDINGS)
    click.echo(f"arXiv says of none of {preprints} preprints that it has been published", err=True)


def _take_over(root: Path, sources: Sources, *, dry_run: bool, update: bool) -> None:
    """Write the drafts of what comes in, or print them, and say what becomes of the rest."""
    planned = plan_import(root, sources, update=update)
    click.echo(report.text(folded(planned.found), sources.texts, _paint), nl=False, err=True)
    for present in planned.present:
        _tell_differences(present)
    if dry_run:
        _print_files(planned)
    else:
        carry_out(root, planned)
        for output in planned.outputs:
            click.echo(f"wrote {output.path}")
    click.echo(_summary(planned, written=not dry_run), err=True)
    _stop_on(planned.found, strict=False)


def _tell_differences(present: Present) -> None:
    """Show what a source says otherwise than a record, as a diff."""
    if not present.differences:
        return
    click.echo(f"{visible(present.path)} and {visible(present.entry.file)}:{present.entry.line}")
    for difference in present.differences:
        for sign, text in (("-", difference.here), ("+", difference.there)):
            if text is not None:
                click.echo(_paint(f"  {sign} {difference.name}: {visible(text)}", sign))
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


@main.command()
@_root_option
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit with 1 if a file would change.")
def fmt(root: Path, *, only_check: bool) -> None:
    """Bring content files into their canonical form, comments kept.

    \b
    Examples:
      survey fmt
      survey fmt --check
    """
    files, _ = read(root)
    changed = list(reformat(files))
    for change in changed:
        click.echo(f"{'would reformat' if only_check else 'reformatted'} {change.file.path}")
        if not only_check:
            write_file(root / change.file.path, change.text.encode())
    if only_check and changed:
        sys.exit(FINDINGS)


@main.command()
@_root_option
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
    names = names_of(flow.load(root, _progress).survey)
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


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


main.add_command(changes)
main.add_command(check_links)
main.add_command(snapshot)


def _today() -> str:
    return datetime.now().astimezone().date().isoformat()


def _generate(root: Path, *, strict: bool = False) -> Survey:
    loaded = flow.load(root, _progress)
    _show(loaded, err=True)
    _stop_on(loaded.diagnostics, strict=strict)
    written = flow.generate(root, loaded, _progress, described(main, "survey"))
    _progress(f"{len(written.changed)} of {written.total} files changed, {len(written.removed)} removed")
    return loaded.survey


def _selected(survey: Survey, keys: Iterable[str], groups: Iterable[str]) -> list[str]:
    """Return the present keys of what the user named; all of them where nothing was named."""
    wanted: list[str] = []
    for key in keys:
        if key not in survey.aliases:
            _fail(f"There is no paper “{key}”. {nearest(key, survey.aliases)}")
        wanted.append(survey.aliases[key])
    for group in groups:
        if group not in survey.groups:
            _fail(f"There is no group “{group}”. {nearest(group, survey.groups)}")
        wanted += survey.groups[group].papers
    return wanted or ([] if groups else list(survey.papers))


def _document(survey: Survey, document: Document, groups: tuple[str, ...]) -> str:
    """Make a document of the one place that the user named; where there is but one place, none need be named."""
    places = list(document.places(survey))
    if len(groups) > 1 or (groups and document.of == "survey"):
        _fail(
            f"--format {document.name} is of {'the whole survey' if document.of == 'survey' else f'one {document.of}'}."
        )
    if not groups and len(places) > 1:
        _fail(f"--format {document.name} is of one {document.of}. Name it: --group {places[0]}.")
    if groups and groups[0] not in places:
        _fail(f"There is no {document.of} “{groups[0]}”. {nearest(groups[0], places)}")
    text = document.write(survey, groups[0] if groups else places[0]) if places else None
    if text is None:
        _fail("There is nothing to compare: a comparison needs three papers with attributes.")
    return text


def _spliced(file: Path, section: str) -> str:
    try:
        return spliced(file.read_text(encoding="utf-8"), section)
    except (MarkerError, UnicodeDecodeError) as problem:
        _fail(f"{file}: {problem}.")


def _show(loaded: flow.Loaded, *, err: bool) -> None:
    """Write findings for people; only a terminal gets colours."""
    click.echo(report.text(loaded.diagnostics, loaded.sources, _paint), nl=False, err=err)


def _show_diff(diff: str) -> None:
    """Write a diff as it is, for a program to apply; content is kept from steering a terminal."""
    if sys.stdout.isatty():
        diff = "".join(f"{visible(line)}\n" for line in diff.split("\n")[:-1])
    click.echo(diff.encode(), nl=False)


def _paint(text: str, part: str) -> str:
    # See no-color.org; where the output is no terminal, click takes the colours out.
    return text if os.environ.get("NO_COLOR") else click.style(text, **_STYLES[part])


def _stop_on(diagnostics: Iterable[Diagnostic], *, strict: bool) -> None:
    stopping = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(found.severity in stopping for found in diagnostics):
        sys.exit(FINDINGS)


def _progress(stage: str) -> None:
    """Tell a person at a terminal what is going on; stay quiet elsewhere."""
    if sys.stderr.isatty() and not os.environ.get("CI"):
        click.secho(f"{stage} …", dim=True, err=True)


def _fail(message: str) -> NoReturn:
    click.echo(f"survey: {message.strip()}", err=True)
    sys.exit(UNUSABLE)
