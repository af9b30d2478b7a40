"""What a built site weighs: bytes as a host sends them that compresses. The tests hold 62 papers to it, `make bench-site` more."""

from __future__ import annotations

import gzip
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
    """Open a page in a browser that has read nothing of the site.

    Args:
        page: An empty page of the browser.
        url: What is opened.

    Returns:
        What is read for it: fonts, and all else but the sitemap, which the theme’s navigation reads for itself.
    """
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108 - Playwright marks what it is given
    page.goto(url, wait_until="networkidle")
    sent = {urlsplit(response.url).path: response.body() for response in list(responses)}
    fonts = sum(len(body) for path, body in sent.items() if path.endswith(".woff2"))
    rest = sum(compressed(body) for path, body in sent.items() if not path.endswith((".woff2", "/sitemap.xml")))
    return fonts, rest
