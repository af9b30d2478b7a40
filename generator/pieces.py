"""A site that MkDocs has built whole, and in which single files can be built again: what a preview does after each change.

MkDocs can leave out pages that have not changed (`--dirty`), yet looks at every file for it. Here it is asked to keep what it knows, and then only
for the pages that are meant. A page of ours depends on its own file, the theme and the navigation, and on no other page.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

_NAME = "survey/pieces"
_INDEPENDENT = frozenset({_NAME, "search", "material/search"})
"""Plugins that do nothing to a page that has to do with other pages; ours turn their index off."""


class Pieces(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """What MkDocs knows of a site that it has built.

    Attributes:
        possible: Whether the site can be built in pieces: it is built, and no plugin is in the way.
    """

    def __init__(self) -> None:
        self.possible = False
        self._config: MkDocsConfig
        self._files: Files
        self._nav: Navigation
        self._env: Any  # the environment of the theme: templates are not our affair here

    def join(self, config: MkDocsConfig) -> None:
        """Take part in a build."""
        config.plugins[_NAME] = self

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Keep the navigation."""
        self._nav, self._config, self._files = nav, config, files

    @event_priority(-100)
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs passes them by name
        """Keep the theme."""
        self._env = env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Note that all is there."""
        self.possible = config.plugins.keys() <= _INDEPENDENT

    def update(self, docs: Path, changed: Iterable[str], removed: Iterable[str]) -> None:
        """Build the files that have changed.

        Args:
            docs: The folder of the sources.
            changed: Paths in it of those that are new or other than they were.
            removed: Paths of those that are gone.
        """
        for path in removed:
            if gone := self._files.get_file_from_path(path):
                self._files.remove(gone)
                Path(gone.abs_dest_path).unlink(missing_ok=True)
        files = [self._file(docs, path) for path in changed]
        pages = [file.page or Page(None, file, self._config) for file in files if file.is_documentation_page()]
        for file in files:
            if not file.is_documentation_page():
                file.copy_file()
        for page in pages:
            _populate_page(page, self._config, self._files)
        written = self._files.documentation_pages()
        for page in pages:
            _build_page(page, self._config, written, self._nav, self._env)

    def _file(self, docs: Path, path: str) -> File:
        file = self._files.get_file_from_path(path)
        if file is None:
            file = File(path, str(docs), self._config.site_dir, self._config.use_directory_urls)
            file.inclusion = InclusionLevel.NOT_IN_NAV
            self._files.append(file)
        return file
