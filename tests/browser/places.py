"""An address of every kind of page that a survey's site has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

KINDS = (
    "home",
    "grouping",
    "group",
    "group with children",
    "child group",
    "paper",
    "browse",
    "basket",
    "changes",
    "years",
    "venues",
    "authors",
    "author",
    "downloads",
    "contribute",
    "format",
    "findings",
    "finding",
    "commands",
    "manual",
    "cite",
    "about",
    "map",
    "crossing",
    "similar",
    "missing",
)


def places(root: Path) -> dict[str, str]:
    """Choose a page of each kind, by its address relative to the site's.

    Args:
        root: A built survey's folder.
    """
    groupings = root / "content" / "groupings"
    topics = groupings / "topics"
    parent = next(path for path in sorted(topics.iterdir()) if path.is_dir())
    child = next(iter(sorted(parent.glob("*.yaml"))))
    papers = sorted((root / "content" / "papers").glob("*.yaml"))
    author = next(path for path in sorted((root / "site" / "authors").iterdir()) if path.is_dir())
    return {
        "home": "",
        "grouping": "topics/",
        "group": next(f"topics/{p.stem}/" for p in sorted(topics.glob("[!_]*.yaml")) if p.stem != parent.name),
        "group with children": f"topics/{parent.name}/",
        "child group": f"topics/{parent.name}/{child.stem}/",
        "paper": f"papers/{papers[0].stem}/",
        "browse": "papers/",
        "basket": "basket/",
        "changes": "changes/",
        "years": "years/",
        "venues": "venues/",
        "authors": "authors/",
        "author": f"authors/{author.name}/",
        "downloads": "downloads/",
        "contribute": "contribute/",
        "format": "contribute/format/",
        "findings": "contribute/findings/",
        "finding": "contribute/findings/tab/",
        "commands": "contribute/commands/",
        "manual": "manual/tutorial/",
        "cite": "cite/",
        "about": "about/",
        "map": "map/",
        "crossing": "map/topics/kinds/",
        "similar": "map/similar/",
        "missing": "papers/no-such-paper/",
    }
