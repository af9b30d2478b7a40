"""Pull the cable, again and again: `make chaos`.

Commands are killed at random moments, on a synthetic survey and on the repository's own. After each: is every content file what it was
before or what it was to become? Is no process left? Does the next run make what a clean one makes, byte for byte, and is nothing half written
left behind? Then disks fill up, files change under the reader, and so on (`chaos_troubles.py`).
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from synthetic import write_survey

REPOSITORY = Path(__file__).resolve().parents[1]
FAULTS = Path(__file__).with_name("faults.py")
MADE = ("docs", "site", ".survey")
ENVIRONMENT = {**os.environ, "CI": "true", "NO_MKDOCS_2_WARNING": "1"}
PATIENCE = 60
"""Seconds within which the copies of a process that was killed must be gone."""

State = Mapping[str, bytes]
"""Files by their paths below the survey's folder."""


class ChaosError(Exception):
    """A run without any trouble failed, so that nothing can be said of one with trouble."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A command that is killed.

    Attributes:
        name: What the table calls it.
        arguments: What is typed after `survey`.
        made: The folders that it writes to; empty where that is the content.
        trouble: Content → content in which the command finds something to do.
    """

    name: str
    arguments: tuple[str, ...]
    made: tuple[str, ...]
    trouble: Callable[[State], State]


@dataclass(slots=True)
class Tally:
    """What became of the rounds of a verb on a survey."""

    rounds: int = 0
    cut: int = 0
    damaged: int = 0
    alive: int = 0
    wrong: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def bad(self) -> int:
        """How many rounds went wrong in some way."""
        return self.damaged + self.alive + self.wrong


def state(root: Path, *folders: str) -> dict[str, bytes]:
    """Read all files in some folders of a survey; what is written while others wait is none of it."""
    files = (path for folder in folders for path in (root / folder).rglob("*") if path.is_file())
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in files
        if path.relative_to(root).as_posix() != ".survey/lock"
    }


def restore(root: Path, wanted: State) -> None:
    """Bring the content of a survey into a state."""
    present = state(root, "content")
    for path in present.keys() - wanted.keys():
        (root / path).unlink()
    for path, content in wanted.items():
        if present.get(path) != content:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command without any trouble."""
    command = [sys.executable, "-m", "generator", arguments[0], "--root", str(root), *arguments[1:]]
    return subprocess.run(command, cwd=REPOSITORY, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False)


def succeed(root: Path, *arguments: str) -> None:
    """Run the command, which must say that all is well."""
    done = run(root, *arguments)
    if done.returncode:
        raise ChaosError(f"survey {' '.join(arguments)}: {done.returncode}\n{done.stdout[-500:]}{done.stderr[-2000:]}")


def renamed(content: State) -> State:
    """Give a survey another title, which stands on every page, and two papers more."""
    head = content["content/survey.yaml"].decode()
    record = '{"title": "The cable that was pulled %d", "authors": ["Pull, Ada"], "year": 2020, "type": "web", "url": "https://example.org/"}\n'
    return {
        **content,
        "content/survey.yaml": re.sub(r'(?m)^title: "(.*)"$', r'title: "\1, pulled"', head).encode(),
        **{f"content/papers/pull2020cable{n}.yaml": (record % n).encode() for n in (1, 2)},
    }


def untidy(content: State) -> State:
    """Have `fmt` something to do in every record."""
    return {path: b"\n\n" + data if _record(path) else data for path, data in content.items()}


def mendable(content: State) -> State:
    """Have `check --fix` something to do in every record with a DOI."""
    plain = re.compile(rb'(?m)^doi: ("?)10\.')
    return {p: plain.sub(rb"doi: \1https://doi.org/10.", data) if _record(p) else data for p, data in content.items()}


def _record(path: str) -> bool:
    return path.startswith("content/papers/")


def verbs(incoming: Path) -> tuple[Verb, ...]:
    """Return the commands that are killed."""
    return (
        Verb("generate", ("generate",), ("docs", ".survey"), renamed),
        Verb("build", ("build",), MADE, renamed),
        Verb("fmt", ("fmt",), (), untidy),
        Verb("import", ("import", str(incoming)), (), dict),
        Verb("check --fix", ("check", "--fix"), (), mendable),
    )


class Scene:
    """A survey to which bad things happen, and what must come of them.

    Args:
        root: The survey's folder.
        verb: What is killed.
        seed: Of the moments.
    """

    def __init__(self, root: Path, verb: Verb, seed: int) -> None:
        self.root = root
        self.verb = verb
        self.random = random.Random(seed)  # noqa: S311 - nothing secret
        original = state(root, "content")
        self.before = verb.trouble(original)
        self.contents = [original, self.before] if verb.made else [self.before]
        self.seconds, self.writes = 0.0, 0
        self.clean = [self._cleanly(content) for content in self.contents]
        if verb.made:  # what is killed goes on from what another run has made
            restore(root, self.contents[0])
            succeed(root, *verb.arguments)
            restore(root, self.contents[1])
            self._measure()
        self.seed = seed

    def rounds(self, number: int) -> Tally:
        """Kill the command some times and look at what is left."""
        tally = Tally()
        for round_ in range(number):
            content = self.contents[(round_ + 1) % len(self.contents)]
            clean = self.clean[(round_ + 1) % len(self.contents)]
            restore(self.root, content)
            if self.verb.made and round_ % 5 == 4:
                self._fresh()
            tally.rounds += 1
            status, remaining = self._killed(by_clock=(round_ + self.seed) % 2 == 0)
            tally.cut += status == -signal.SIGKILL
            tally.alive += remaining
            self._judge(tally, content, clean)
        return tally

    def _judge(self, tally: Tally, before: State, clean: State) -> None:
        after = clean if not self.verb.made else before
        for path, data in state(self.root, "content").items():
            if not path.endswith(".partial") and data not in (before.get(path), after.get(path)):
                tally.damaged += 1
                tally.told.append(f"{self.verb.name}: {path} is damaged")
        lost = [path for path in before if not (self.root / path).is_file()]
        tally.damaged += len(lost)
        done = run(self.root, *self.verb.arguments)
        found = state(self.root, *(self.verb.made or ("content",)))
        if found != clean:
            tally.wrong += 1
            different = sorted(p for p in found.keys() | clean.keys() if found.get(p) != clean.get(p))
            tally.told.append(
                f"{self.verb.name}: {different[:3]} differ from a clean run (exit {done.returncode}) {done.stderr[-300:]}"
            )

    def _cleanly(self, content: State) -> State:
        restore(self.root, content)
        self._fresh()
        self._measure()
        return state(self.root, *(self.verb.made or ("content",)))

    def _fresh(self) -> None:
        for name in MADE:
            shutil.rmtree(self.root / name, ignore_errors=True)

    def _measure(self) -> None:
        begun = time.monotonic()
        process = self._faulty("count", 0)
        _, errors = process.communicate()
        found = re.search(r"writes: ([0-9]+)", errors)
        if found is None or process.returncode:
            raise ChaosError(errors)
        self.seconds, self.writes = time.monotonic() - begun, int(found[1])

    def _faulty(self, kind: str, number: int) -> subprocess.Popen[str]:
        verb, *rest = self.verb.arguments
        command = [
            sys.executable,
            str(FAULTS),
            kind,
            str(number),
            str(self.root),
            verb,
            "--root",
            str(self.root),
            *rest,
        ]
        # Not through pipes: what a copy of the process holds open would keep us waiting.
        return subprocess.Popen(
            command,
            cwd=REPOSITORY,
            env={**ENVIRONMENT, "PYTHONPATH": str(REPOSITORY)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if kind == "count" else subprocess.DEVNULL,
            encoding="utf-8",
            start_new_session=True,
        )

    def _killed(self, *, by_clock: bool) -> tuple[int, bool]:
        """Kill the command: by the clock at any moment, or at any of its writes; say whether a copy of it lives on."""
        process = self._faulty("none" if by_clock else "kill", self.random.randint(1, max(1, self.writes)))
        try:
            process.wait(self.random.uniform(0.05, 1) * self.seconds if by_clock else None)
        except subprocess.TimeoutExpired:
            process.kill()
        process.wait()
        patience = time.monotonic() + PATIENCE
        while alive := bool(_session(process.pid)):
            if time.monotonic() > patience:
                break
            time.sleep(0.05)
        return process.returncode, alive


def _session(leader: int) -> list[int]:
    """Return the processes of a session, which are a command and its copies."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                after_name = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            if int(after_name[3]) == leader and after_name[0] != "Z":
                found.append(int(folder.name))
    return found


def synthetic_survey(root: Path, papers: int, *, seed: int = 1) -> Path:
    """Write a survey that can be built."""
    write_survey(root, papers, seed)
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    return root


def own_survey(root: Path) -> Path:
    """Copy the repository's survey."""
    shutil.copytree(REPOSITORY / "content", root / "content")
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    return root


def bibliography(folder: Path, papers: int) -> Path:
    """Write a BibTeX file of papers, and of venues, that no other survey here has."""
    other = synthetic_survey(folder / "other", papers, seed=2)
    file = folder / "refs.bib"
    succeed(other, "export", "-o", str(file))
    file.write_text(file.read_text("utf-8").replace("10.5555/survey.", "10.5555/other."), encoding="utf-8")
    return file


def main() -> None:
    """Make trouble and print what came of it."""
    from chaos_troubles import SHORT, TROUBLES, troubles  # noqa: PLC0415 - it uses this module

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="how many times a command is killed, in all")
    parser.add_argument("--papers", type=int, default=200, help="records of the synthetic survey")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="commands or troubles whose names hold this")
    parser.add_argument("--short", action="store_true", help="one small survey, the quicker commands, one trouble")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bad = _kill_all(folder, options)
        chosen = [trouble for trouble in (SHORT if options.short else TROUBLES) if options.only in trouble.__name__]
        bad += troubles(folder / "troubles", chosen)
    sys.exit(bool(bad))


def _kill_all(folder: Path, options: argparse.Namespace) -> int:
    papers, rounds = options.papers, options.rounds
    surveys = [(f"synthetic, {papers} papers", synthetic_survey(folder / "synthetic", papers))]
    if not options.short:
        surveys.append(("the repository's", own_survey(folder / "own")))
    killed = [
        verb
        for verb in verbs(bibliography(folder, max(10, papers // 4)))
        if options.only in verb.name and not (options.short and verb.name in {"build", "fmt"})
    ]
    if killed:
        print(f"| {'killed (kill -9)':16} | {'survey':22} | rounds | cut short | damaged | left alive | wrong after |")
        print(f"|{'-' * 18}|{'-' * 24}|{'-' * 7}:|{'-' * 10}:|{'-' * 8}:|{'-' * 11}:|{'-' * 12}:|")
    told, bad, places = [], 0, len(killed) * len(surveys)
    for place, (verb, (name, root)) in enumerate((verb, survey) for verb in killed for survey in surveys):
        original = state(root, "content")
        tally = Scene(root, verb, options.seed + place).rounds(len(range(place, rounds, places)))
        restore(root, original)
        told += tally.told
        bad += tally.bad
        print(
            f"| {verb.name:16} | {name:22} | {tally.rounds:6} | {tally.cut:9} | {tally.damaged:7} | {tally.alive:10} | {tally.wrong:11} |",
            flush=True,
        )
    print("\n".join(told), flush=True)
    return bad


if __name__ == "__main__":
    main()
