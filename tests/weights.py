"""What a built site weighs: bytes as a host sends them that compresses. The tests hold 62 papers to it, `make bench-site` more."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response

FONTS = 120_000
"""The most that a page may read of fonts."""

BROWSE = 150_000
"""The most that the list of all papers may read, besides fonts, before its first filter is used."""

FILTER_DATA = 100
"""The most that what the list is narrowed by may take a paper, where there are enough to share the names of values."""

FILTER_NAMES = 10_000
"""… and for those names, where there are few papers."""

PAPER = 30_000
"""The most that the HTML of a paper's page may take."""


def compressed(content: bytes) -> int:
    """Return how many bytes of it are sent."""
    return len(gzip.compress(content, 6))


def filter_data(site: Path, papers: int) -> float:
    """Return what the list is narrowed by, a paper."""
    return compressed((site / "assets" / "survey" / "browse.json").read_bytes()) / papers


def heaviest_paper(site: Path) -> int:
    """Return the HTML of the page of a paper that takes most."""
    return max(compressed(page.read_bytes()) for page in site.glob("papers/*/index.html"))


def read_for(page: Page, url: str) -> tuple[int, int]:
    """Open a page in a browser that has read nothing of the site; return what is read for it: fonts, and all else."""
    sent: dict[str, int] = {}

    def on_response(response: Response) -> None:
        path = urlsplit(response.url).path
        sent[path] = len(response.body()) if _is_font(path) else compressed(response.body())

    page.on("response", on_response)
    page.goto(url, wait_until="networkidle")
    page.remove_listener("response", on_response)
    return _sum(sent, fonts=True), _sum(sent, fonts=False)


def _is_font(path: str) -> bool:
    return path.endswith(".woff2")


def _sum(sent: Mapping[str, int], *, fonts: bool) -> int:
    return sum(size for path, size in sent.items() if _is_font(path) is fonts)
