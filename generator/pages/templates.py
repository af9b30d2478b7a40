"""Template files: the packaged ones, with a project's own on top, file by file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = "site_templates"
"""A project's own templates, below its root."""

_PACKAGE = Path(__file__).parents[1]
_PACKAGED = (_PACKAGE / "_site_templates", _PACKAGE.parent / FOLDER)
"""Where our templates are: in the installed package, else in the checkout."""


@dataclass(frozen=True, slots=True)
class Templates:
    """All template files, each by its path below its folder.

    Attributes:
        pages: Jinja2 templates of pages. Ours that a project replaces stay within reach as
            `survey/NAME`, so that its own may extend them.
        theme: Files on top of MkDocs' theme.
        assets: Style sheets and scripts.
    """

    pages: Mapping[str, str]
    theme: Mapping[str, bytes]
    assets: Mapping[str, bytes]


def read_templates(root: Path) -> Templates:
    """Read the templates that a survey is rendered with.

    Args:
        root: The survey's folder; what stands in its `site_templates/` replaces ours.
    """
    packaged = next(folder for folder in _PACKAGED if folder.is_dir())
    ours, own = _read(packaged / "pages"), _read(root / FOLDER / "pages")
    pages = {f"survey/{name}": content for name, content in ours.items()} | ours | own
    return Templates(
        pages={name: content.decode() for name, content in pages.items()},
        theme=_read(packaged / "theme") | _read(root / FOLDER / "theme"),
        assets=_read(packaged / "assets") | _read(root / FOLDER / "assets"),
    )


def _read(folder: Path) -> dict[str, bytes]:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and not file.name.startswith("."))
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
