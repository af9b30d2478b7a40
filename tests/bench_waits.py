"""What a reader waits for in the browser, measured on a served site."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from weights import read_for

LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 1.6e6 / 8}
"""A line of 1.6 Mbit/s with 150 ms to every answer."""

RESULT = "first result of the search, ms"
RESULT_BYTES = "read for it, kB"
KEY = "key to results of the search, ms"
WORST_KEY = "… the slowest key, ms"
KEY_IN_LIST = "key to papers in the list, painted, ms"
WORST_KEY_IN_LIST = "… the slowest key in the list, ms"
BROWSE_BYTES = "the list before a filter is used, but fonts, kB"
BROWSE_FONTS = "fonts of the list, kB"

Measurement = Callable[[Browser, str], Mapping[str, float]]
"""Opens pages of the site at an address; returns figures by name."""


@dataclass
class _Line:
    """The bytes that came over a page's slow line."""

    received: float = 0

    @classmethod
    def slow(cls, page: Page) -> _Line:
        line, session = cls(), page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", LINE)
        session.on(
            "Network.loadingFinished",
            lambda event: setattr(line, "received", line.received + event["encodedDataLength"]),
        )
        return line


_READY = "script => import(script).then(() => null)"
"""Waits until a module has run."""

_SHOWN_AFTER = """(nothing) => {
  const shown = (window.shown = []);
  let asked = null;
  addEventListener("keydown", () => (asked ??= performance.now()), { capture: true });
  addEventListener("input", () => (asked ??= performance.now()), { capture: true });
  new MutationObserver(() => {
    if (asked === null || !(nothing || document.querySelector('[role="option"]'))) return;
    shown.push(performance.now() - asked);
    asked = null;
  }).observe(document.body, { subtree: true, childList: true });
}"""
"""Notes how long after a key was pressed there are results; `nothing` is one too if that is asked for."""


def first_result(browser: Browser, url: str) -> Mapping[str, float]:
    """Open the search on a page that was just read, ask for something, wait for the first result."""
    page = browser.new_context().new_page()
    line = _Line.slow(page)
    page.goto(url, wait_until="networkidle")
    page.evaluate(_READY, f"{url}assets/survey/search/search.js")
    before = line.received
    page.evaluate(_SHOWN_AFTER, arg=False)
    page.keyboard.press("/")
    page.keyboard.insert_text("sparse attention")
    page.locator('[role="option"]').first.wait_for()
    took = page.evaluate("shown[0]")
    page.wait_for_load_state("networkidle")
    page.context.close()
    return {RESULT: took, RESULT_BYTES: (line.received - before) / 1000}


def keystroke(browser: Browser, url: str) -> Mapping[str, float]:
    """Type a question whose words were asked for before."""
    page = browser.new_context().new_page()
    page.goto(url, wait_until="networkidle")
    page.evaluate(_READY, f"{url}assets/survey/search/search.js")
    page.keyboard.press("/")
    question = "multilingual retrieval pruning"
    page.keyboard.type(question, delay=50)
    page.wait_for_load_state("networkidle")
    page.locator('[role="combobox"]').fill("")  # by its role it is looked for in all of a large page
    page.evaluate(_SHOWN_AFTER, arg=True)
    page.keyboard.type(question, delay=120)
    page.wait_for_timeout(300)
    times = page.evaluate("shown")
    page.context.close()
    return {KEY: statistics.median(times), WORST_KEY: max(times)}


_PAINTED = """() => {
  const painted = (window.painted = []);
  let asked = null;
  addEventListener("input", (event) => (asked = event.timeStamp), { capture: true });
  new MutationObserver(() => {
    if (asked === null) return;
    const since = asked;
    asked = null;
    const channel = new MessageChannel();
    channel.port1.onmessage = () => painted.push(performance.now() - since);
    requestAnimationFrame(() => channel.port2.postMessage(null));
  }).observe(document.querySelector('[data-browse="list"]'), { childList: true, subtree: true });
}"""
"""Notes how long after a key was pressed the list shows what it finds: from the event to the end of the frame it is painted in."""


def narrowing(browser: Browser, url: str) -> Mapping[str, float]:
    """Type into the list of all papers, whose data were read when the field was entered."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{url}papers/", wait_until="networkidle")
    page.evaluate(_PAINTED)
    page.get_by_label("Find in titles").focus()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    page.keyboard.type("multilingual retrieval pruning", delay=120)
    page.wait_for_timeout(300)
    times = page.evaluate("painted")
    page.context.close()
    return {KEY_IN_LIST: statistics.median(times), WORST_KEY_IN_LIST: max(times)}


def browse(browser: Browser, url: str) -> Mapping[str, float]:
    """Open the list of all papers and do nothing."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    fonts, rest = read_for(page, f"{url}papers/")
    page.context.close()
    return {BROWSE_BYTES: rest / 1000, BROWSE_FONTS: fonts / 1000}


MEASUREMENTS: tuple[Measurement, ...] = (first_result, keystroke, narrowing)
