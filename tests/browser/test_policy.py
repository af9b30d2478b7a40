"""What the pages let a browser load and run. That none of them asks for more shows in every other test: a browser logs an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from conftest import OpenPage
    from surveys import Served

PLANTED = """
<script>document.body.dataset.planted = "script"</script>
<img src="data:," onerror="document.body.dataset.planted = 'handler'">
<a id="planted" href="javascript:document.body.dataset.planted='link'">planted</a>
<style>body { display: none }</style>
</article>"""


def test_nothing_runs_that_stands_in_a_page(page: Page, served: Served, findings: list[str]) -> None:
    """As if something had come through all that keeps content text."""

    def plant(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace("</article>", PLANTED, 1))

    page.route(served.url, plant)
    page.goto(served.url, wait_until="networkidle")
    page.locator("#planted").click()
    page.wait_for_timeout(100)
    assert page.evaluate("document.body.dataset.planted") is None
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    refused = [finding for finding in findings if "Content Security Policy" in finding]
    assert len(refused) == len(findings) >= 4
    findings.clear()


def test_the_policy_allows_no_script_but_files_and_no_other_host(
    page: Page, served: Served, findings: list[str]
) -> None:
    page.goto(served.url)
    policy = page.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content") or ""
    rules = {name: set(sources) for name, *sources in (rule.split() for rule in policy.split(";"))}
    assert rules["default-src"] == {"'none'"}
    assert rules["script-src"] == {"'self'"}
    # The form for contributors asks these when its button is pressed.
    assert rules.pop("connect-src") == {"'self'", "https://api.crossref.org", "https://api.datacite.org"}
    assert not any(source.startswith("http") or source == "*" for sources in rules.values() for source in sources)
    assert page.evaluate("fetch('https://example.org/').then(() => 'sent', () => 'refused')") == "refused"
    assert all("Content Security Policy" in finding for finding in findings), findings
    findings.clear()


def test_chosen_colours_are_there_on_the_next_page(open_page: OpenPage, served: Served) -> None:
    page = open_page(color_scheme="light")
    page.goto(served.url, wait_until="networkidle")
    body, toggle = page.locator("body"), page.locator('[data-md-component="palette"] label:visible')
    for _ in range(2):
        toggle.click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.goto(f"{served.url}topics/")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
