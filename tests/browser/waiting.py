"""Waiting for what only a page can tell.

Playwright's own `wait_for_function` evaluates text within the page, which the policy of our pages forbids.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def wait_until(page: Page, expression: str) -> None:
    """Wait until an expression of JavaScript, or what it promises, is true."""
    end = time.monotonic() + 30
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)


def open_search(page: Page) -> Locator:
    """Press the key that opens the search, as soon as its script listens; return the box."""
    box = page.get_by_role("combobox", name="Search")
    for _ in range(20):
        page.keyboard.press("/")
        page.wait_for_timeout(200)
        if box.is_visible():
            break
    expect(box).to_be_focused()
    return box
