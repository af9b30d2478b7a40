"""Work on all processors: the same results as on one, errors told, nothing left behind when the process dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.processors import divided, shared
from surveys import copy_survey

IN_A_PROCESS = """
import os, sys, time
from functools import partial
from generator.processors import divided, shared

here = os.getpid()
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all is done in one process")


def run(script: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a process without further threads."""
    return subprocess.run(
        [sys.executable, "-c", IN_A_PROCESS + script], capture_output=True, text=True, timeout=300, check=False
    )


def test_results_stand_in_the_order_of_the_works() -> None:
    done = run("print(shared([partial(lambda n: (time.sleep(0.01), n)[1], n) for n in range(60)]) == list(range(60)))")
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_there_may_be_no_work() -> None:
    assert shared([]) == []


def test_every_processor_works() -> None:
    done = run("print(len(set(shared([lambda: (time.sleep(0.3), os.getpid())[1]] * 16))))")
    assert done.stdout == f"{min(16, len(os.sched_getaffinity(0)))}\n"


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 1000])
def test_a_divided_list_keeps_its_order(count: int) -> None:
    assert divided(lambda part: [2 * item for item in part], range(count)) == [2 * item for item in range(count)]


def test_a_list_is_divided_among_processors_unless_it_is_short() -> None:
    done = run(
        "processes = lambda part: (time.sleep(0.01), [os.getpid()] * len(part))[1]\n"
        "print(len(set(divided(processes, range(99)))), len(set(divided(processes, range(1000)))) > 1)"
    )
    assert done.stdout == f"1 {len(os.sched_getaffinity(0)) > 1}\n"


@pytest.mark.parametrize("processors", ["one", "all"])
def test_the_site_is_the_same(processors: str, repository: Path, tmp_path: Path, site: Path) -> None:
    """The built site's `docs/` were made in a process of this test run, or by a command."""
    root = tmp_path / "survey"
    copy_survey(repository, root)
    only = "os.sched_setaffinity(0, list(os.sched_getaffinity(0))[:1])\n" if processors == "one" else ""
    command = f"from generator.cli import main\nsys.argv = ['survey', 'generate', '--root', {str(root)!r}]\nmain()"
    done = run(only + command)
    assert done.returncode == 0, done.stderr
    assert files(root / "docs") == files(site.parent / "docs")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_error_is_raised_as_it_was() -> None:
    done = run(
        "def fails():\n    raise LookupError('no such thing')\n"
        "try:\n    shared([*[lambda: time.sleep(0.05)] * 6, fails])\n"
        "except LookupError as problem:\n    print(problem, os.getpid() == here)"
    )
    assert (done.stdout, done.stderr) == ("no such thing True\n", "")


def test_what_a_copy_could_not_do_is_done_here() -> None:
    """A copy that is killed, as for want of memory, and one whose result cannot be pickled."""
    done = run(
        "dies = lambda: os.getpid() == here or os.kill(os.getpid(), 9)\n"
        "cannot = lambda: 7 if os.getpid() == here else (lambda: 7)\n"
        "slow = lambda: time.sleep(0.1)\n"
        "print(shared([slow, dies, cannot, dies, slow])[1:4])"
    )
    assert (done.stdout, done.stderr) == ("[True, 7, True]\n", "")


def is_running(process: int) -> bool:
    """Say whether there is such a process, other than one that waits for somebody to notice that it ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(("works", "seconds"), [(40, 0.3), (2, 0)], ids=["at work", "answering"])
def test_copies_do_not_outlive_the_process(works: int, seconds: float, tmp_path: Path) -> None:
    """Neither one that has more to do, nor one whose answer nobody takes any more."""
    log = tmp_path / "log"
    work = (
        f"lambda: (open({str(log)!r}, 'a').write(f'{{os.getpid()}}\\n'), "
        f"time.sleep(60 if {not seconds} and os.getpid() == here else {seconds}), b'x' * 2**20)[2]"
    )
    process = subprocess.Popen([sys.executable, "-c", f"{IN_A_PROCESS}shared([{work}] * {works})"])
    while not log.exists() or len(log.read_text(encoding="utf-8").split()) < min(2, len(os.sched_getaffinity(0))):
        assert process.poll() is None
        time.sleep(0.01)
    time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    copies = {int(line) for line in log.read_text(encoding="utf-8").split()} - {process.pid}
    deadline = time.monotonic() + 30
    while any(map(is_running, copies)):
        assert time.monotonic() < deadline, "a copy goes on working for nobody"
        time.sleep(0.05)
