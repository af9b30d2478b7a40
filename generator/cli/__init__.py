"""The command `survey`."""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
from typing import Any

import click

from generator.build import SiteError
from generator.cli import bibliography, content, site, upkeep
from generator.cli.terminal import fail
from generator.pages.mistakes import TemplateMistakeError
from generator.revision import RevisionError
from generator.source import NotASurveyError
from generator.write import ChangedFileError, ForeignFileError

_UNUSABLE = (ChangedFileError, NotASurveyError, RevisionError, ForeignFileError, TemplateMistakeError, SiteError)
"""What a person sees as one line: how it came about says nothing more."""

_ROOM = ". Make room on the disk, then run this again; no content file is damaged."
_PERMISSION = ". See to it that you may read and write there, then run this again; no content file is damaged."
_ADVICE = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: ". Files may not be that large here: see “ulimit -f”, then run this again; no content file is damaged.",
    errno.EACCES: _PERMISSION,
    errno.EPERM: _PERMISSION,
    errno.EROFS: _PERMISSION,
}


class _Group(click.Group):
    """Turns what makes a folder unusable into one line and exit status 2."""

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # it may have no curly quotes
        try:
            return super().invoke(ctx)
        except _UNUSABLE as problem:
            fail(str(problem))
        except OSError as problem:
            where = f"{os.fsdecode(problem.filename)}: " if problem.filename else ""
            fail(f"{where}{problem.strerror or problem}{_ADVICE.get(problem.errno or 0, '')}")


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


def run() -> None:
    """Run the command as a process, which ends without taking the survey apart, object by object, in its memory."""
    try:
        main(prog_name="survey")
    except SystemExit as end:
        if isinstance(end.code, int) and _told():
            os._exit(end.code)
        raise


def _told() -> bool:
    """Say whether all that was written has left the process."""
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):  # a process may have been begun without
            stream.flush()
    except OSError:
        return False
    return True


for _verb in (
    content.init,
    content.new,
    content.check,
    content.fmt,
    content.schema,
    site.generate,
    site.build,
    site.serve,
    site.snapshot,
    bibliography.export,
    bibliography.import_,
    bibliography.add,
    upkeep.changes,
    upkeep.published,
    upkeep.check_links,
):
    main.add_command(_verb)
