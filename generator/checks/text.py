"""Rules about how text is written."""

from __future__ import annotations

from collections.abc import Iterator

from generator import sound
from generator.checks.rule import Checked
from generator.diagnostics import Diagnostic


def plain_text(checked: Checked) -> Iterator[Diagnostic]:
    """Fields that are not Markdown hold characters, not HTML: it would be printed as it stands."""
    for tree, kind in checked.content.odd:
        yield from sound.html_in_text(tree, kind)
    for page in checked.content.pages.values():
        found = sound.html_in(page.title)
        if found:
            place = page.within(page.file.text.index(page.title) - page.start + found.start())
            yield sound.html_found(found[0], place)


def unquoted_text(checked: Checked) -> Iterator[Diagnostic]:
    """Plain text that another YAML reader would type differently is quoted (`survey fmt` does it)."""
    for tree, kind in checked.content.odd:
        yield from sound.unquoted_text(tree, kind)
