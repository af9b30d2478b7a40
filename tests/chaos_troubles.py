"""What else befalls a survey's folder while a command works there: the second table of `make chaos`."""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chaos import (
    ENVIRONMENT,
    FAULTS,
    MADE,
    REPOSITORY,
    bibliography,
    mendable,
    restore,
    state,
    succeed,
    synthetic_survey,
    untidy,
)
from faults import EDIT

PAPERS = 12
_UNCLEAR = re.compile(r"Traceback|Error:|Errno")


@dataclass(slots=True)
class Outcome:
    """What came of a trouble.

    Attributes:
        what: The trouble.
        runs: How many commands met with it.
        damaged: Content files that are neither what they were nor what they were to become.
        wrong: Next runs that make something else than a clean one.
        unclear: Runs that end with a traceback or without a word.
        says: What a person reads, once.
    """

    what: str
    runs: int = 0
    damaged: int = 0
    wrong: int = 0
    unclear: int = 0
    says: str = ""

    @property
    def bad(self) -> int:
        """How much went wrong."""
        return self.damaged + self.wrong + self.unclear

    def told(self, done: subprocess.CompletedProcess[str], pattern: str) -> None:
        """Note what a command said, which must match a pattern where it did not succeed."""
        self.runs += 1
        lines = [line for line in done.stderr.splitlines() + done.stdout.splitlines() if re.search(pattern, line)]
        if _UNCLEAR.search(done.stderr) or done.returncode not in {0, 1, 2} or (done.returncode and not lines):
            self.unclear += 1
            self.says = f"exit {done.returncode}: {done.stderr[-400:]}"
        elif lines and not self.unclear:
            self.says = lines[0].strip()


@dataclass(frozen=True, slots=True)
class Work:
    """A command with something to do, and what comes of it if all is well."""

    arguments: tuple[str, ...]
    before: Mapping[str, bytes]
    clean: Mapping[str, bytes]
    folders: tuple[str, ...]


class Place:
    """A small survey to which something happens.

    Args:
        folder: An empty folder.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.root = synthetic_survey(folder / "survey", PAPERS)
        self.folder = folder
        self.original = state(self.root, "content")
        self._works: dict[str, Work] = {}

    def work(self, name: str) -> Work:
        """Return a command by name."""
        if name not in self._works:
            original, content = self.original, ("content",)
            self._works[name] = {
                "generate": lambda: self._work(original, ("docs", ".survey"), "generate"),
                "build": lambda: self._work(original, MADE, "build"),
                "fmt": lambda: self._work(untidy(original), content, "fmt"),
                "import": lambda: self._work(original, content, "import", str(bibliography(self.folder, PAPERS))),
                "check": lambda: self._work(mendable(original), content, "check", "--fix"),
            }[name]()
        return self._works[name]

    def works(self) -> list[Work]:
        """Return all commands."""
        return [self.work(name) for name in ("generate", "build", "fmt", "import", "check")]

    def _work(self, before: Mapping[str, bytes], folders: tuple[str, ...], *arguments: str) -> Work:
        self.begin(before)
        succeed(self.root, *arguments)
        return Work(arguments, before, state(self.root, *folders), folders)

    def begin(self, content: Mapping[str, bytes]) -> None:
        """Put content in place, and nothing that was made of it."""
        for name in MADE:
            shutil.rmtree(self.root / name, ignore_errors=True)
        restore(self.root, content)

    def run(
        self, work: Work, fault: tuple[str, int] | None = None, prefix: Sequence[str] = (), **options: Any
    ) -> subprocess.CompletedProcess[str]:
        """Run a command, with a fault if one is named."""
        how = ["-m", "generator"] if fault is None else [str(FAULTS), fault[0], str(fault[1]), str(self.root)]
        command = [*prefix, sys.executable, *how, work.arguments[0], "--root", str(self.root), *work.arguments[1:]]
        environment = {**ENVIRONMENT, "PYTHONPATH": str(REPOSITORY), **options.pop("env", {})}
        return subprocess.run(
            command, cwd=REPOSITORY, env=environment, capture_output=True, encoding="utf-8", check=False, **options
        )

    def judge(self, outcome: Outcome, work: Work) -> None:
        """Look at the content, then run the command again, now without trouble."""
        after = work.clean if work.folders == ("content",) else work.before
        present = {path: data for path, data in state(self.root, "content").items() if not path.endswith(".partial")}
        outcome.damaged += sum(
            data not in (work.before.get(path), after.get(path)) for path, data in present.items()
        ) + len(work.before.keys() - present.keys())
        self.judge_next(outcome, work)

    def judge_next(self, outcome: Outcome, work: Work) -> None:
        """Run the command without trouble and compare with a clean run."""
        done = self.run(work)
        if state(self.root, *work.folders) != work.clean:
            outcome.wrong += 1
            outcome.says = f"exit {done.returncode}: {done.stderr[-300:]}"


def _refused(place: Place, kind: str, what: str, pattern: str) -> Outcome:
    """From some write on, the disk refuses all others."""
    outcome, chance = Outcome(what), random.Random(kind)  # noqa: S311 - nothing secret
    for work in place.works():
        for number in (1, chance.randint(2, 30)):
            place.begin(work.before)
            done = place.run(work, (kind, number))
            if done.returncode:
                outcome.told(done, pattern)
            place.judge(outcome, work)
    return outcome


def full(place: Place) -> Outcome:
    return _refused(place, "full", "disk full", r"No space left.*Make room")


def readonly(place: Place) -> Outcome:
    return _refused(place, "readonly", "disk becomes read-only", r"Read-only.*read and write")


def forbidden(place: Place) -> Outcome:
    return _refused(place, "forbidden", "permission taken away", r"Permission denied.*read and write")


def size_limit(place: Place) -> Outcome:
    """No file may be larger than four kilobytes: the kernel refuses in the middle of a write."""
    outcome = Outcome("a write stops half-way (ulimit -f)")
    for name in ("generate", "build", "import"):
        work = place.work(name)
        place.begin(work.before)
        limit = 4096 if name != "import" else 64
        done = place.run(work, preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        outcome.told(done, r"too large.*ulimit")
        place.judge(outcome, work)
    return outcome


_AS_ANYBODY = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
"""Permissions count for nothing to root; so they do."""


def foreign(place: Place) -> Outcome:
    outcome = Outcome("folders that one may not write to")
    for work in place.works():
        place.begin(work.before)
        folders = [place.root, *(path for path in place.root.rglob("*") if path.is_dir())]
        for folder in folders:
            folder.chmod(0o555)
        outcome.told(place.run(work, prefix=_AS_ANYBODY), r"Permission denied.*read and write")
        for folder in folders:
            folder.chmod(0o755)
        place.judge(outcome, work)
    return outcome


def unreadable(place: Place) -> Outcome:
    """A record may not be read; what it says is as good as missing, and is to stay."""
    outcome = Outcome("a record that one may not read")
    for name in ("generate", "import", "check"):
        work = place.work(name)
        place.begin(work.before)
        record = place.root / min(path for path in work.before if path.startswith("content/papers/"))
        record.chmod(0)
        outcome.told(place.run(work, prefix=_AS_ANYBODY), r"cannot be read: Permission denied")
        record.chmod(0o644)
        place.judge(outcome, work)
    return outcome


def changed_meanwhile(place: Place, from_the_end: Sequence[int] = (4, 2)) -> Outcome:
    """Somebody saves a record after it was read and before it is written: what they wrote must stay."""
    outcome = Outcome("a record saved while it is worked on")
    for name in ("fmt", "check"):
        work = place.work(name)
        for distance in from_the_end:
            place.begin(work.before)
            done = place.run(work, ("edit", len(work.before) - distance))
            outcome.told(done, r"was changed while.*Run this again")
            edited = [path for path, data in state(place.root, "content").items() if data.endswith(EDIT)]
            outcome.damaged += not edited
            restore(place.root, {**state(place.root, "content"), **{path: work.before[path] for path in edited}})
            place.judge(outcome, work)
    return outcome


def changed_once(place: Place) -> Outcome:
    return changed_meanwhile(place, (4,))


def removed_meanwhile(place: Place) -> Outcome:
    outcome = Outcome("a record removed while it is read")
    for work in place.works():
        place.begin(work.before)
        outcome.told(place.run(work, ("remove", 5)), r"cannot be read|there is no")
        restore(place.root, work.before)
        place.judge(outcome, work)
    return outcome


def clock(place: Place) -> Outcome:
    """All files are from the future."""
    outcome, work, later = Outcome("the clock was set back"), place.work("build"), time.time() + 10 * 365 * 86400
    place.begin(work.before)
    title = {
        **work.before,
        "content/survey.yaml": work.before["content/survey.yaml"].replace(b"A survey", b"Our survey"),
    }
    restore(place.root, title)
    outcome.told(place.run(work), "")
    for path in place.root.rglob("*"):
        os.utime(path, (later, later))
    restore(place.root, work.before)
    place.judge(outcome, work)
    return outcome


def ascii_locale(place: Place) -> Outcome:
    outcome = Outcome("a locale without UTF-8")
    names = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"}
    for work in place.works():
        place.begin(work.before)
        outcome.told(place.run(work, env=names), "")
        outcome.wrong += state(place.root, *work.folders) != work.clean
        place.judge(outcome, work)
    return outcome


def together(place: Place) -> Outcome:
    """Several commands begin at once in one folder."""
    outcome = Outcome("two builds at once in one folder")
    work = place.work("build")
    place.begin(work.before)
    command = [sys.executable, "-m", "generator", "build", "--root", str(place.root)]
    both = [
        subprocess.Popen(
            command, cwd=REPOSITORY, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        for _ in range(2)
    ]
    for process in both:
        out, errors = process.communicate()
        outcome.told(subprocess.CompletedProcess(command, process.returncode, out, errors), "waiting for")
        outcome.wrong += process.returncode != 0
    outcome.wrong += state(place.root, *MADE) != work.clean
    place.judge(outcome, work)
    return outcome


def stale(place: Place) -> Outcome:
    """A run was killed and nobody is there to let go of what it held."""
    outcome, work = Outcome("the run before was killed, its lock is there"), place.work("generate")
    place.begin(work.before)
    place.run(work, ("kill", 20))
    outcome.told(place.run(work, timeout=120), "")
    place.judge(outcome, work)
    return outcome


def windows(place: Place) -> Outcome:
    """Content with the line ends of Windows means the same, and `fmt` gives all files one form."""
    outcome = Outcome("line ends of Windows")
    for name in ("generate", "fmt", "check"):
        work = place.work(name)
        crlf = {path: data.replace(b"\n", b"\r\n") for path, data in work.before.items()}
        place.begin(crlf)
        outcome.told(place.run(work), "")
        found = state(place.root, *work.folders)
        if name == "check":
            found = {path: data.replace(b"\r\n", b"\n") for path, data in found.items()}
        outcome.wrong += found != work.clean
    return outcome


_NAMES = {
    "content/survey.yaml": b"format: 1\ntitle: Cases\ngroupings: [topics]\ntags: {One: a, one: b}\n"
    b"attributes: {size: {title: A, type: choice, values: {a: A, A: A}}, Size: {title: B, type: choice, values: {b: B}}}\n",
    "content/venues.yaml": b"acl: {short: ACL, full: One, kind: conference}\nACL: {short: ACL, full: Two, kind: conference}\n",
    "content/groupings/topics/_index.yaml": b"title: Topics\n",
    "content/groupings/topics/some.yaml": b"title: A\nsummary: S.\n",
    "content/groupings/topics/Some.yaml": b"title: B\nsummary: S.\n",
    "content/pages/about-us.md": b"# One\n",
    "content/pages/About-Us.md": b"# Two\n",
}
_PERSONS = ("Li, Ann", "LI, ann", "Stra\u00dfe, Jo", "Strasse, Jo", "\u0130lk, Jo", "ILK, jo")


def cases(place: Place) -> Outcome:
    """Names differ by nothing but case: either the check says so, or what is made of them differs by more."""
    outcome, work = Outcome("a file system that does not tell Ab from ab"), place.work("generate")
    place.begin({})
    base = {"content/survey.yaml": b"format: 1\ntitle: Cases\n"}
    for path in _NAMES:
        needed = ("content/survey.yaml", "content/groupings/topics/_index.yaml", path.lower())
        restore(place.root, {name: data for name, data in _NAMES.items() if name.lower() in needed})
        outcome.told(place.run(work), r"without regard to case|already")
        outcome.wrong += _clashes(place.root)
    record = '{"title": "Work %d", "authors": ["%s"], "year": 2020, "type": "web", "url": "https://example.org/%d"}\n'
    people = [person for person in _PERSONS for _ in range(3)]
    restore(
        place.root,
        {**base, **{f"content/papers/a2020w{n}.yaml": (record % (n, who, n)).encode() for n, who in enumerate(people)}},
    )
    outcome.told(place.run(work), "")
    outcome.wrong += _clashes(place.root)
    return outcome


def _clashes(root: Path) -> int:
    made = [path.relative_to(root).as_posix() for path in (root / "docs").rglob("*") if path.is_file()]
    return len(made) - len({path.casefold() for path in made})


SHORT = (changed_once,)
"""What is seen to each time that the tests run."""

TROUBLES: Sequence[Callable[[Place], Outcome]] = (
    full,
    size_limit,
    readonly,
    forbidden,
    foreign,
    unreadable,
    changed_meanwhile,
    removed_meanwhile,
    clock,
    ascii_locale,
    together,
    stale,
    windows,
    cases,
)


def troubles(folder: Path, chosen: Sequence[Callable[[Place], Outcome]]) -> int:
    """Make troubles and print a table; return how much went wrong."""
    if not chosen:
        return 0
    place = Place(folder)
    print(f"\n| {'trouble':46} | runs | damaged | wrong after | unclear | it says |")
    print(f"|{'-' * 48}|{'-' * 5}:|{'-' * 8}:|{'-' * 12}:|{'-' * 8}:|{'-' * 9}|")
    bad = 0
    for trouble in chosen:
        outcome = trouble(place)
        bad += outcome.bad
        says = outcome.says.replace(str(place.root), "…").replace("\n", " ")
        print(
            f"| {outcome.what:46} | {outcome.runs:4} | {outcome.damaged:7} | {outcome.wrong:11} | {outcome.unclear:7} | {says} |",
            flush=True,
        )
    return bad
