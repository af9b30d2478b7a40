"""How long one waits under `survey serve` until an edited record is on its page."""

from __future__ import annotations

import json
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
import urllib.request  # noqa: TID251 - of a server on this machine
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Latency:
    """Medians, in seconds.

    Attributes:
        page: From saving a record until its page, as it is served, has the new words.
        cpu: What of it the server worked.
        whole: Until everything else that follows from the edit is there, too.
    """

    page: float
    cpu: float
    whole: float


def latency(root: Path, edits: int) -> Latency:
    """Serve a survey, edit some of its records one after another, and wait."""
    command = [sys.executable, "-m", "generator", "serve", "--root", str(root), "--port", "0"]
    # A shell starts what runs in the background deaf to interrupts, and a child inherits that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8")
    signal.signal(signal.SIGINT, before)
    said: list[str] = []
    assert process.stderr is not None
    listener = threading.Thread(target=lambda: said.extend(process.stderr or ()), daemon=True)
    listener.start()
    try:
        url = _heard(process, said, r"The survey is at (\S+)", 0)
        records = sorted((root / "content" / "papers").iterdir())[
            :: max(1, len(list(root.glob("content/papers/*"))) // edits)
        ]
        measured = [_edit(process, said, url, record) for record in records[:edits]]
        return Latency(*map(statistics.median, zip(*measured, strict=True)))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _edit(process: subprocess.Popen[str], said: list[str], url: str, record: Path) -> tuple[float, float, float]:
    words, before = f"Words of {time.time_ns()}", len(said)
    text = re.sub("(?m)^summary: .*$", f"summary: {json.dumps(words)}", record.read_text("utf-8"))
    cpu, begun = _cpu(process.pid), time.perf_counter()
    record.write_text(text, "utf-8")
    while words.encode() not in urllib.request.urlopen(f"{url}papers/{record.stem}/").read():  # noqa: S310, TID251
        time.sleep(0.02)
    page, cpu = time.perf_counter() - begun, _cpu(process.pid) - cpu
    _heard(process, said, r"[0-9]+ files? · ", before)
    return page, cpu, time.perf_counter() - begun


def _heard(process: subprocess.Popen[str], said: list[str], pattern: str, since: int) -> str:
    while process.poll() is None:
        if found := re.search(pattern, "".join(said[since:])):
            return found[found.re.groups]
        time.sleep(0.02)
    sys.exit(f"survey serve ended:\n{''.join(said)}")


def _cpu(pid: int) -> float:
    """Return the seconds of processor that a process has had (Linux; elsewhere 0)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) / 100
