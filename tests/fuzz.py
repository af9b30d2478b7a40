"""Feed what nobody would write, for as long as one likes: `make fuzz MINUTES=60`.

Records are made from the shape of a survey, files of other programs from the shape of their format, and both are then cut, doubled and
mixed. Whatever comes in, there is no traceback, no two seconds of thinking, no gigabyte of memory; and what an import makes of a text is a record
that the check accepts. What fails is printed with the seed that makes it again: `--seed N --only TARGET`.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from fuzz_shapes import SHAPES, Files, surveys
from generator.bibliography import every_format
from generator.build import examine
from generator.decode import decode
from generator.incoming.formats import READERS
from generator.incoming.plan import new_files, plan
from generator.pages import render
from generator.pages.templates import read_templates
from generator.resolve import resolve
from generator.source import SourceFile
from synthetic import write_survey

REPOSITORY = Path(__file__).resolve().parents[1]
LIMIT = 2
"""Seconds of processor time that an input may take."""
MEMORY = 3 * 2**30
BATCH = 100
_RENDERED = 50
"""Of so many sound surveys the pages of one are made: that takes most of a second."""


class HangError(Exception):
    """An input took too long."""


@dataclass(slots=True)
class Count:
    """How many inputs a target had, how long the slowest took, and what failed."""

    inputs: int = 0
    slowest: float = 0.0
    sound: int = 0
    failures: list[str] = field(default_factory=list)


Target = Callable[[Any], bool]
"""Is fed an input, and says whether it was sound as it came."""


@contextmanager
def limited(seconds: float = LIMIT) -> Iterator[None]:
    """Interrupt what takes too long, by the processor's clock: a busy machine is no finding."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise HangError(f"more than {seconds} s")

    former = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, former)


class Records:
    """Whole surveys are checked, and what is sound is exported, now and then as pages."""

    def __init__(self) -> None:
        self.templates = read_templates(REPOSITORY)
        self.sound = 0

    def __call__(self, files: Files) -> bool:
        """Check a survey."""
        with limited():
            loaded = examine([SourceFile(path, text) for path, text in files.items()])
        if not loaded.sound:
            return False
        with limited():
            written = every_format(loaded.survey)
        self.sound += 1
        if self.sound % _RENDERED == 0:
            render(loaded.survey, written, self.templates)
        return True


class Import:
    """A text of some format comes into a survey, which is without fault before and after."""

    def __init__(self, form: str, files: list[SourceFile]) -> None:
        self.form = form
        self.files = files
        self.content, _ = decode(files)
        self.survey, _ = resolve(self.content)

    def __call__(self, text: str) -> bool:
        """Import a text and check what comes of it."""
        with limited():
            entries, _ = READERS[self.form]("fuzz", text.replace("\r\n", "\n").replace("\r", "\n"))
            planned = plan(self.content, self.survey, entries)
        drafts = {file.path: file for file in new_files(planned)}
        if drafts:
            loaded = examine([*(drafts.pop(file.path, file) for file in self.files), *drafts.values()])
            faults = [found for found in loaded.diagnostics if found.severity == "error"]
            assert not faults, f"the draft is not accepted: {faults[0]}"
        return bool(drafts)


class Form:
    """The modules of the form for contributors, in Node.js."""

    def __init__(self, folder: Path, node: str, known: bytes) -> None:
        modules = folder / "assets" / "contribute"
        shutil.copytree(REPOSITORY / "site_templates" / "assets", folder / "assets")
        shutil.copy(REPOSITORY / "content" / "schema" / "paper.schema.json", modules)
        (modules / "contribute.json").write_bytes(known)
        (folder / "assets" / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        self.command = [node, str(REPOSITORY / "tests" / "tools" / "form.mjs"), str(modules)]
        self.process: subprocess.Popen[str] | None = None

    def __call__(self, text: str) -> bool:
        """Paste a text."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(text) + "\n")
        process.stdin.flush()
        watch = signal.signal(signal.SIGALRM, lambda *_: process.kill())
        signal.alarm(60)
        line = process.stdout.readline()
        signal.alarm(0)
        signal.signal(signal.SIGALRM, watch)
        assert line, "the form's scripts came to no end, or ended Node.js"
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        if answer["seconds"] > LIMIT:
            raise HangError(f"{answer['seconds']} s in the browser")
        return bool(answer["entries"])

    def _running(self) -> subprocess.Popen[str]:
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", cwd=REPOSITORY
            )
        return self.process

    def close(self) -> None:
        """End the process."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()


def main() -> None:
    """Feed all targets in turn until the time is over, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--batches", type=int, help="so many batches a target instead, whatever time that takes")
    parser.add_argument("--examples", type=int, default=BATCH, help="inputs of a batch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="targets whose names hold this")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        counts = _feed(Path(folder), options)
    print(f"| {'target':10} | inputs | taken whole | slowest, CPU s | failures |")
    print(f"|{'-' * 12}|{'-' * 7}:|{'-' * 12}:|{'-' * 15}:|{'-' * 9}:|")
    for name, count in counts.items():
        print(f"| {name:10} | {count.inputs:6} | {count.sound:11} | {count.slowest:14.2f} | {len(count.failures):8} |")
    print(f"| {'all':10} | {sum(count.inputs for count in counts.values()):6} |")
    print(f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB of memory")
    for name, count in counts.items():
        for failure in count.failures:
            print(f"\n{name}: {failure}")
    sys.exit(any(count.failures for count in counts.values()))


def _feed(folder: Path, options: argparse.Namespace) -> dict[str, Count]:
    form, targets = _targets(folder, options.only)
    counts = {name: Count() for name in targets}
    end = time.monotonic() + 60 * options.minutes
    try:
        for batch in itertools.count(options.seed):
            for name, (target, inputs) in targets.items():
                if time.monotonic() > end and options.batches is None:
                    return counts
                feed_batch(target, inputs, counts[name], batch, options.examples)
            if options.batches is not None and batch - options.seed + 1 >= options.batches:
                return counts
            if batch % 10 == 0:
                print({name: count.inputs for name, count in counts.items()}, file=sys.stderr, flush=True)
    finally:
        if form is not None:
            form.close()
    raise AssertionError("there is always a next batch")


def _targets(folder: Path, only: str) -> tuple[Form | None, dict[str, tuple[Target, st.SearchStrategy[Any]]]]:
    write_survey(folder, 12)
    files = [
        SourceFile(path.relative_to(folder).as_posix(), path.read_text("utf-8"))
        for path in sorted((folder / "content").rglob("*.yaml"))
    ]
    targets: dict[str, tuple[Target, st.SearchStrategy[Any]]] = {"records": (Records(), surveys())}
    targets |= {form: (Import(form, files), SHAPES[form]) for form in READERS}
    node, form_ = shutil.which("node"), None
    if node and only in "form":
        loaded = examine(files)
        made = render(loaded.survey, every_format(loaded.survey), read_templates(REPOSITORY))
        known = next(output.content for output in made if output.path.endswith("contribute.json"))
        form_ = Form(folder, node, known)
        targets["form"] = (form_, st.one_of(SHAPES["bibtex"], SHAPES["typed"]))
    return form_, {name: target for name, target in targets.items() if only in name}


def feed_batch(target: Target, inputs: st.SearchStrategy[Any], count: Count, number: int, examples: int) -> None:
    @seed(number)
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(inputs)
    def feed(one: Any) -> None:
        begun = time.process_time()
        count.inputs += 1
        count.sound += target(one)
        count.slowest = max(count.slowest, time.process_time() - begun)

    try:
        feed()
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is what is looked for
        trace = "".join(traceback.format_exception(problem))[-3000:]
        count.failures.append(f"seed {number}: {trace}")


if __name__ == "__main__":
    main()
