"""`survey import`: files of other programs → a plan → files of the survey."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.codes import CODES, Severity
from generator.decode import decode
from generator.diagnostics import Diagnostic, Place, finding, ordered
from generator.incoming.entry import Incoming
from generator.incoming.formats import READERS, told
from generator.incoming.plan import Plan, plan
from generator.resolve import resolve
from generator.source import read
from generator.write import write_together

MAX_BYTES = 64 * 1024 * 1024
"""A hundred thousand entries have half as much."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What files hold.

    Attributes:
        entries: Their entries, in order.
        found: Findings about what is no entry.
        texts: The files' texts by name, for showing findings.
    """

    entries: list[Incoming]
    found: list[Diagnostic]
    texts: Mapping[str, str]


def read_sources(paths: Iterable[Path], form: str | None) -> Sources:
    """Read files of other programs.

    Args:
        paths: The files.
        form: Their format, a key of `READERS`; told by name and text where it is `None`.

    Raises:
        OSError: A file cannot be read.
    """
    entries: list[Incoming] = []
    found: list[Diagnostic] = []
    texts: dict[str, str] = {}
    for path in paths:
        name = os.fsencode(path).decode("utf-8", "backslashreplace")
        text, problems = _text(path, name)
        found += problems
        if text is None:
            continue
        texts[name] = text
        known = form or told(name, text)
        if known is None:
            hint = f"Name it with --format: {', '.join(READERS)}."
            found.append(finding(Place(name), "source-unread", "the format of this file cannot be told", hint))
            continue
        own, problems = READERS[known](name, text)
        entries += own
        found += problems
    return Sources(entries, found, texts)


def plan_import(root: Path, sources: Sources, *, update: bool) -> Plan:
    """Hold what comes in against a survey.

    Args:
        root: The survey's folder; its content has no errors.
        sources: What comes in.
        update: Whether empty fields of records are filled.
    """
    files = read(root)[0]
    content, _ = decode(files)
    survey, _ = resolve(content)
    result = plan(content, survey, sources.entries, update=update)
    result.before = {file.path: file.content for file in files if file.path in result.updates}
    result.found = ordered([*sources.found, *result.found])
    # A reference that gave nothing is told once, whatever else is told of its answer.
    unanswered = sum(CODES[found.code].stage == "add" for found in sources.found)
    result.entries += unanswered or sum(found.code == "entry-unread" for found in sources.found)
    return result


def carry_out(root: Path, planned: Plan) -> None:
    """Write the files of a plan, all or none.

    Raises:
        ForeignFileError: A new record's file exists already.
        ChangedFileError: A file was changed since the plan was made.
        OSError: The disk refuses.
    """
    write_together(root, planned.outputs, planned.before)


def folded(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Tell a note that a file gives again and again once, with the lines of all."""
    groups: dict[tuple[str, str, str], list[Diagnostic]] = {}
    for found in diagnostics:
        groups.setdefault((found.place.file, found.code, found.message), []).append(found)
    return ordered(
        one
        for group in groups.values()
        for one in ([_told_once(group)] if len(group) > 1 and group[0].severity is Severity.NOTE else group)
    )


def _told_once(group: list[Diagnostic]) -> Diagnostic:
    first, *others = group
    lines = ", ".join(str(line) for line in dict.fromkeys(found.place.line for found in others))
    message = f"{first.message}; the same on {len(others)} more line{'s' if len(others) > 1 else ''}: {lines}"
    return Diagnostic(first.place, first.code, first.severity, message, first.hint)


def _text(path: Path, name: str) -> tuple[str | None, list[Diagnostic]]:
    if path.stat().st_size > MAX_BYTES:
        message = f"the file has {path.stat().st_size} bytes; {MAX_BYTES} are read"
        return None, [finding(Place(name), "source-unread", message, "Split it.")]
    data = path.read_bytes()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _lines(data.decode("utf-16", "replace")), []
    try:
        return _lines(data.decode("utf-8-sig")), []
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        column = problem.start - data.rfind(b"\n", 0, problem.start)
        message = f"byte 0x{data[problem.start]:02x} is not UTF-8; the file is read as Windows-1252"
        hint = "If accents come out wrong, save it as UTF-8 and import it again."
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            text = data.decode("latin-1")
        return _lines(text), [finding(Place(name, line, column), "encoding-guessed", message, hint)]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
