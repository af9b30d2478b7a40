"""A survey as one writes it: built, shown on this machine, and built again when a file changes.

The files are watched by the operating system, not polled. A mistake, in content or in a template,
is shown while the last good site stays up.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator.build import (
    CONFIGURATION,
    Known,
    Loaded,
    SiteError,
    build_site,
    generate,
    load,
    new_pieces,
    site_mistakes,
)
from generator.exports import DOCS
from generator.first import FirstPages
from generator.live import LiveSite
from generator.pages.commands import Command
from generator.pages.mistakes import TemplateMistakeError
from generator.pages.templates import FOLDER as TEMPLATES
from generator.remembering import remembering
from generator.source import CONTENT, NotASurveyError
from generator.turns import alone
from generator.whole import Whole
from generator.write import ForeignFileError, Written, refresh

_QUIET = 0.1
"""Seconds without a further change after which a burst of them is over."""


FEW = 150
"""Beyond so many papers the page of a record that changed is shown before the rest is generated."""


@dataclass(frozen=True, slots=True)
class Teller:
    """How a preview speaks to the person at the terminal.

    Attributes:
        findings: Shows what is wrong with the content, if anything.
        line: Writes a line.
        commands: What the manual on the site is to say of the command.
    """

    findings: Callable[[Loaded], None]
    line: Callable[[str], None]
    commands: Sequence[Command] = ()


def serve(root: Path, host: str, port: int, teller: Teller) -> None:
    """Show a survey and keep what is shown up to date, until interrupted.

    Args:
        root: The survey's folder.
        host: The address to listen at.
        port: Its port; 0 takes any that is free.
        teller: How to speak.

    Raises:
        NotASurveyError: The folder holds no survey.
        OSError: The port is taken, or files cannot be watched.
        KeyboardInterrupt: The person has seen enough.
    """
    changes = Changes(root)
    with remembering(root) as memory:
        known = Known(memory)
        loaded = load(root, lambda _: None, known=known)
    base = f"{urlsplit(loaded.survey.record.site_url or '').path.rstrip('/')}/"
    with TemporaryDirectory() as folder, LiveSite(Path(folder), host, port, base) as site, changes.watched():
        preview = Preview(root, site, teller, known)
        preview.show(loaded)
        teller.line(f"The survey is at {site.url} (Ctrl-C ends this)")
        try:
            while True:
                preview.update(changes.wait(preview.ready))
        finally:
            preview.end()


class Changes:
    """The files of a survey that have changed since one last asked.

    Args:
        root: The survey's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._paths: dict[str, None] = {}
        self._known = threading.Condition()

    def watched(self) -> _Watch:
        """Return what watches the files for as long as it is entered."""
        return _Watch(self, self._root)

    def add(self, path: str) -> None:
        """Note a change."""
        name = Path(path).relative_to(self._root).as_posix()
        if _concerns(name):
            with self._known:
                self._paths[name] = None
                self._known.notify_all()

    def wait(self, ready: Callable[[], bool | None]) -> list[str]:
        """Wait for changes, and then until no more of them come; return the paths.

        Args:
            ready: Says whether something that goes on meanwhile is done, and then there are no paths;
                `None` if nothing goes on.
        """
        with self._known:
            while not self._paths:
                if done := ready():
                    return []
                self._known.wait(None if done is None else _QUIET)
            while self._known.wait(_QUIET):
                pass
            paths = list(self._paths)
            self._paths.clear()
            return paths


def _concerns(name: str) -> bool:
    """Say whether a survey is made from a file; editors put files of their own beside it."""
    parts = name.split("/")
    hidden = any(part.startswith(".") or part.endswith("~") for part in parts)
    return not hidden and (parts[0] in {CONTENT, TEMPLATES} or name == CONFIGURATION)


class _Watch(FileSystemEventHandler):
    def __init__(self, changes: Changes, root: Path) -> None:
        self._changes = changes
        self._observer = Observer()
        self._observer.schedule(self, str(root))  # for mkdocs.yml
        for folder in (CONTENT, TEMPLATES):
            if (root / folder).is_dir():
                self._observer.schedule(self, str(root / folder), recursive=True)

    def __enter__(self) -> None:
        self._observer.start()

    def __exit__(self, *_: object) -> None:
        self._observer.stop()
        self._observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note what was written, moved or removed; to be read is no change."""
        if event.event_type in {"opened", "closed", "closed_no_write"}:
            return
        if event.is_directory and event.event_type == "modified":
            return
        for path in filter(None, (event.src_path, event.dest_path)):
            self._changes.add(str(path))


class Preview:
    """The survey as it was last loaded, and the site as it was last built without a mistake.

    Args:
        root: The survey's folder.
        site: Where the site is shown.
        teller: How to speak.
        known: What is known of the survey from the last time that it was loaded.
    """

    def __init__(self, root: Path, site: LiveSite, teller: Teller, known: Known) -> None:
        self._root = root
        self._site = site
        self._teller = teller
        self._known = known
        self._loaded: Loaded | None = None
        self._complete = False
        self._pieces = new_pieces()
        self._first: FirstPages | None = None
        self._whole: Whole | None = None
        self._begun = 0.0

    def update(self, changed: list[str]) -> None:
        """Bring the site up to date after some files have changed, or after all was generated that is to follow."""
        gc.disable()  # as in `cli`: what a change makes lives on, but for what the next one replaces
        try:
            self._update_after(changed)
        finally:
            gc.enable()

    def _update_after(self, changed: list[str]) -> None:
        if not changed:
            self._follow()
            return
        self._begun = time.perf_counter()
        if CONFIGURATION in changed:
            self._complete = False
        self._teller.line(f"{_listed(changed)} changed")
        content = self._loaded is None or any(path.startswith(f"{CONTENT}/") for path in changed)
        try:
            loaded = load(self._root, lambda _: None, known=self._known) if content else self._loaded
        except (NotASurveyError, OSError) as problem:
            self._teller.line(f"{problem}")
            return
        if loaded is not None:
            self.show(loaded, changed)

    def show(self, loaded: Loaded, changed: Sequence[str] = ()) -> None:
        """Generate and build a survey if it is sound; else say what is wrong.

        Args:
            loaded: The survey.
            changed: The files that made it what it is, if it was shown before.
        """
        self.end()
        self._begun = self._begun or time.perf_counter()
        self._loaded = loaded
        self._teller.findings(loaded)
        if not loaded.sound:
            self._teller.line("The site stays as it was until this is mended.")
            return
        with self._told():
            if self._complete and len(loaded.survey.papers) > FEW:
                self._show_first(loaded, changed)
                self._whole = Whole(self._root, self._teller.commands)
                return
            with self._alone():
                self._build(generate(self._root, loaded, lambda _: None, self._teller.commands))
            if len(loaded.survey.papers) > FEW:
                self._first = FirstPages(self._root)
                self._first.learn(loaded)

    def ready(self) -> bool | None:
        """Say whether what follows is generated; `None` if nothing is to follow."""
        return self._whole.ready() if self._whole else None

    def end(self) -> None:
        """Stop what goes on."""
        if self._whole:
            self._whole.stop()
            self._whole = None

    def _show_first(self, loaded: Loaded, changed: Sequence[str]) -> None:
        """Show the pages of the records that changed before everything that follows from them."""
        if self._first is None or not all(path.startswith(f"{CONTENT}/") for path in changed):
            self._first = FirstPages(self._root)
        outputs = self._first.rendered(loaded, changed) if self._pieces.possible else []
        if not outputs:
            return
        with self._alone():
            written = refresh(self._root, outputs)
            self._update(written)
        self._site.reload()
        count = f"{len(outputs)} {'page is' if len(outputs) == 1 else 'pages are'}"
        self._teller.line(f"{count} shown, the rest follows · {time.perf_counter() - self._begun:.1f} s")

    def _follow(self) -> None:
        """Build what was generated meanwhile."""
        whole, self._whole = self._whole, None
        if whole is None:
            return
        with self._told():
            written = whole.written()
            if self._first and self._loaded:
                self._first.learn(self._loaded)
            with self._alone():
                self._build(written)

    def _alone(self) -> AbstractContextManager[None]:
        return alone(self._root, "survey serve", lambda who: self._teller.line(f"waiting for {who} to be done …"))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say what keeps the site from being built."""
        try:
            yield
        except (ForeignFileError, SiteError, TemplateMistakeError, OSError) as problem:
            self._complete = False
            self._teller.line(f"{problem}\nThe site stays as it was until this is mended.")

    def _build(self, written: Written) -> None:
        """Build what changed; all where the theme or the navigation did."""
        if self._complete and not (written.changed or written.removed):
            return
        inside = all(path.startswith(f"{DOCS}/") for path in (*written.changed, *written.removed))
        if self._complete and inside and self._pieces.possible:
            self._update(written.changed, written.removed)
        else:
            dirty = self._complete and inside and not written.removed and not written.added
            with self._site.changing():
                build_site(
                    self._root,
                    site_dir=self._site.folder,
                    site_url=self._site.url,
                    dirty=dirty,
                    pieces=None if dirty else self._pieces,
                )
        self._complete = True
        self._site.reload()
        count = len(written.changed) + len(written.removed)
        took = time.perf_counter() - self._begun
        self._teller.line(f"{count} {'file' if count == 1 else 'files'} · {took:.1f} s")

    def _update(self, changed: Sequence[str], removed: Sequence[str] = ()) -> None:
        inside = [[path.removeprefix(f"{DOCS}/") for path in paths] for paths in (changed, removed)]
        with self._site.changing(), site_mistakes():
            self._pieces.update(self._root / DOCS, *inside)


def _listed(paths: list[str]) -> str:
    return paths[0] if len(paths) == 1 else f"{paths[0]} and {len(paths) - 1} more"
