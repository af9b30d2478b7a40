"""The flow: content → survey → outputs → files → site."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.bibliography import every_format
from generator.checks import check, permanent_keys
from generator.decode import Content, decode
from generator.diagnostics import Diagnostic, has_errors, ordered
from generator.documents import documents
from generator.exports import DOCS, exports
from generator.imprint import newest_day
from generator.memory import Memory
from generator.mending import Mended, mend
from generator.output import Output
from generator.pages import rendering
from generator.pages.arrangement import ARRANGEMENT
from generator.pages.commands import Command
from generator.pages.mistakes import template_mistakes
from generator.pages.templates import FOLDER as TEMPLATES
from generator.pages.templates import read_templates
from generator.processors import shared
from generator.remembering import remembering
from generator.resolve import resolve
from generator.revision import read_at
from generator.schema import PUBLISHED, names_of, schema_files
from generator.source import SourceFile, read
from generator.spool import Kept, Place, Spool
from generator.survey import Survey
from generator.write import MANIFEST, Written, write

if TYPE_CHECKING:
    from generator.pieces import Pieces

CONFIGURATION = "mkdocs.yml"
SITE = "site"
"""Where MkDocs puts the site, unless `mkdocs.yml` says otherwise."""


class SiteError(Exception):
    """MkDocs cannot build the site; the message says why."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A survey as read from disk, with every finding about it.

    Attributes:
        sources: The texts of the files that findings point at, by path.
        memory: What was worked out of texts.
    """

    survey: Survey
    diagnostics: list[Diagnostic]
    sources: Mapping[str, str] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory, repr=False)

    @property
    def sound(self) -> bool:
        """Say whether the survey may be built."""
        return not has_errors(self.diagnostics)


Progress = Callable[[str], None]
"""Is told the name of each stage as it begins."""


@dataclass(slots=True)
class Known:
    """What a process that goes on knows of a survey: less is worked out again.

    Attributes:
        memory: What was worked out of texts.
        content: The files as they were last decoded.
    """

    memory: Memory = field(default_factory=Memory)
    content: Content | None = None


def load(root: Path, progress: Progress, against: str | None = None, known: Known | None = None) -> Loaded:
    """Read a survey and check it.

    Args:
        root: The survey's folder.
        progress: Is told each stage.
        against: A revision whose citation keys must still name the same works.
        known: What this process knows of the survey, if it goes on; else what former processes knew is asked for.

    Raises:
        NotASurveyError: The folder holds no survey.
        RevisionError: There is no such revision, or no way to read it.
    """
    progress("Reading content")
    files, unreadable = read(root)
    past = (against, read_at(root, against)) if against is not None else None
    progress("Checking")
    if known is not None:
        return examine(files, unreadable, past, known)
    with remembering(root) as memory:
        return examine(files, unreadable, past, Known(memory))


def examine(
    files: Sequence[SourceFile],
    unreadable: Iterable[Diagnostic] = (),
    past: tuple[str, Iterable[SourceFile]] | None = None,
    known: Known | None = None,
) -> Loaded:
    """Check content files, wherever they are.

    Args:
        files: The content files of a survey.
        unreadable: What was found as they were read.
        past: A revision, and its files, whose citation keys must still name the same works.
        known: What is known from the last time, and will be the next.
    """
    known = known or Known()
    content, malformed = decode(files, known.memory, known.content)
    known.content = content
    survey, dangling = resolve(content)
    found = [*unreadable, *malformed, *dangling, *check(content, survey, known.memory)]
    if past is not None:
        against, former = past
        found += permanent_keys(decode(former)[0], content, survey.aliases, against)
    diagnostics = ordered(found)
    pointed_at = {diagnostic.place.file for diagnostic in diagnostics}
    sources = {file.path: file.text for file in files if file.path in pointed_at}
    return Loaded(survey, diagnostics, sources, known.memory)


def mends(root: Path) -> list[Mended]:
    """Return what can be mended in a survey without asking.

    Raises:
        NotASurveyError: The folder holds no survey.
    """
    files, unreadable = read(root)
    return mend(files, unreadable, lambda trial: examine(trial).diagnostics)


def generate(root: Path, loaded: Loaded, progress: Progress, commands: Sequence[Command] = ()) -> Written:
    """Write the pages, the bibliography and the theme.

    Args:
        root: The survey's folder.
        loaded: A survey without errors.
        progress: Is told each stage.
        commands: What the manual is to say of the command.

    Raises:
        ForeignFileError: A file that was not generated is in the way.
        TemplateMistakeError: A template is at fault.
    """
    with rendered(root, loaded, progress, commands) as outputs:
        progress(f"Writing {len(outputs)} files")
        return write(root, outputs)


@contextmanager
def rendered(
    root: Path, loaded: Loaded, progress: Progress, commands: Sequence[Command] = ()
) -> Iterator[Sequence[Kept]]:
    """Make what `generate` writes, and have it at hand for a while.

    Raises:
        TemplateMistakeError: A template is at fault.
    """
    progress("Writing the bibliography")
    written = every_format(loaded.survey)
    progress("Rendering pages")
    survey = loaded.survey
    with Spool((root / MANIFEST).parent) as spool, template_mistakes(f"{TEMPLATES}/pages"):
        others, *papers = rendering(
            survey, written, read_templates(root), commands, memory=loaded.memory, earlier=_left(root / ARRANGEMENT)
        )
        works: list[Callable[[], Iterable[Output]]] = [
            others,
            lambda: documents(survey),
            lambda: exports(survey, written),
            *papers,
            lambda: schema_files(f"{DOCS}/{PUBLISHED}", names_of(survey)),
        ]
        made = shared([partial(_put_aside, spool, work) for work in works])
        yield spool.kept(place for places in made for place in places)


def _left(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _put_aside(spool: Spool, work: Callable[[], Iterable[Output]]) -> list[Place]:
    return spool.keep(work())


def build_site(
    root: Path, *, strict: bool = False, dirty: bool = False, pieces: Pieces | None = None, **settings: object
) -> None:
    """Have MkDocs build `site/` from the generated files.

    Args:
        root: The survey's folder.
        strict: Whether MkDocs' warnings fail the build.
        dirty: Whether only pages are built whose source is newer.
        pieces: Is to know the site, so that it can be built in pieces afterwards.
        settings: What takes the place of settings in `mkdocs.yml`.

    Raises:
        SiteError: `mkdocs.yml` is missing or MkDocs refuses.
        TemplateMistakeError: A template of the theme is at fault.
    """
    # Imported here because MkDocs is slow to load and only this verb needs it.
    from mkdocs.commands.build import build  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415

    path = root / CONFIGURATION
    if not path.is_file():
        raise SiteError(f"{root} has no {CONFIGURATION}")
    with site_mistakes():
        overriding = {name: str(value) for name, value in settings.items()}
        config = load_config(config_file=str(path), strict=strict, **overriding)
        if pieces is not None:
            pieces.join(config)
        build(config, dirty=dirty)


def new_pieces() -> Pieces:
    """Return what can know a site."""
    from generator.pieces import Pieces  # noqa: PLC0415 - as in `build_site`

    return Pieces()


@contextmanager
def site_mistakes() -> Iterator[None]:
    """Have what MkDocs says of a site seen, and turn what it raises into our own errors.

    Raises:
        SiteError: MkDocs refuses.
        TemplateMistakeError: A template of the theme is at fault.
    """
    from mkdocs.exceptions import MkDocsException  # noqa: PLC0415 - as in `build_site`

    try:
        with _warnings_shown(), template_mistakes(f"{TEMPLATES}/theme"):
            yield
    except MkDocsException as problem:
        raise SiteError(str(problem)) from problem


@contextmanager
def _warnings_shown() -> Iterator[None]:
    """Have MkDocs' warnings, and nothing less, written to standard error."""
    log, handler = logging.getLogger("mkdocs"), logging.StreamHandler()
    handler.setFormatter(logging.Formatter("mkdocs: %(message)s"))
    handler.addFilter(lambda record: "'dirty' build" not in record.getMessage())  # what it warns of is taken care of
    log.setLevel(logging.WARNING)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


def newest_date(survey: Survey) -> int:
    """Return the newest date that the content states, in seconds since 1970 (UTC).

    It dates the site, so that equal content gives equal bytes whenever it is built.
    """
    newest = newest_day(survey) or "1980-01-01"
    return int(datetime.fromisoformat(newest).replace(tzinfo=UTC).timestamp())
