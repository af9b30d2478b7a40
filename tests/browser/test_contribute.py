"""The form by which a reader adds a paper, as a contributor uses it; the test plays the registries and the forge."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from generator.decode import decode
from generator.formatting import reformat
from generator.keys import proposed_key
from generator.model import Author
from generator.source import SourceFile
from surveys import copy_survey, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page, Route

    from conftest import OpenPage, SurveyCommand
    from surveys import Served

FORGE = "https://github.com/living-survey/living-survey"
SMALL = """@inproceedings{w, title={Sparse Routes on a Small Budget}, author={Wr{\\'e}n, Ada and van der Moor, Jan},
  booktitle={Advances in Neural Information Processing Systems 35}, year=2022, pages={101--115}}"""
POSTED = {"Sorting networks that learn to sort", "Protein sentences and their grammar"}
"""What its source calls an article, though it was posted only: the form takes it for a preprint."""

BROKEN = {
    "hello, is this the right place?": "neither an identifier nor BibTeX",
    "2199.99999": "is none",
    "@article{a, title={Never closed": "cannot be read",
    "@comment{nothing here}": "no entry with a title or authors",
}
"""What may be pasted by mistake, and a part of what the form says to it."""


@dataclass
class Outside:
    """Hosts on the net as the test plays them: what is asked for, and the answers by a part of the address."""

    answers: dict[str, Callable[[Route], None]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def handle(self, route: Route) -> None:
        self.asked.append(route.request.url)
        answer = next((answer for part, answer in self.answers.items() if part in route.request.url), None)
        answer(route) if answer else route.abort()

    def says(self, part: str, payload: Any, status: int = 200) -> None:
        headers = {"access-control-allow-origin": "*", "content-type": "application/json"}
        self.answers[part] = lambda route: route.fulfill(status=status, headers=headers, body=json.dumps(payload))


@pytest.fixture
def outside(page: Page, findings: list[str]) -> Iterator[Outside]:
    """Whatever the page asks of other hosts. What was asked for on purpose is no finding."""
    played = Outside()
    played.answers[FORGE] = _forge
    page.context.route(lambda url: urlsplit(url).hostname != "127.0.0.1", played.handle)
    yield played
    requests = [f"request: {url}" for url in played.asked]
    assert [one for one in findings if one.startswith("request:")] == requests
    findings[:] = [one for one in findings if one not in requests]


def _forge(route: Route) -> None:
    path = urlsplit(route.request.url).path
    body = "<title>forge</title><h1>Open a pull request</h1>"
    if "/compare/" not in path:
        body = f'<title>forge</title><h1>New file</h1><a href="{FORGE}/compare/main...patch-1?quick_pull=1">Propose changes</a>'
    route.fulfill(content_type="text/html", body=body)


class Form:
    """The form on a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.box = page.get_by_label("arXiv identifier or link")
        self.found = page.locator("#survey-found")
        self.open = page.locator('[data-contribute="open"]')
        self.preview = page.locator('[data-contribute="yaml"]')
        self.state = page.locator('[data-contribute="state"]')

    def paste(self, text: str, said: str | re.Pattern[str]) -> None:
        self.box.fill(text)
        expect(self.found).to_contain_text(said)

    def field(self, name: str) -> Locator:
        return self.page.locator(f"#survey-field-{name}")

    @property
    def yaml(self) -> str:
        return self.preview.text_content() or ""

    @property
    def path(self) -> str:
        return self.page.locator('[data-contribute="path"]').text_content() or ""

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields of the record."""
        script = """places => Object.fromEntries(places.map(place =>
            [place.dataset.name, place.querySelector('input, textarea, select').value]).filter(([, value]) => value))"""
        found: dict[str, str] = self.page.locator('[data-contribute="field"]').evaluate_all(script)
        return found


@pytest.fixture
def form(page: Page, served: Served) -> Form:
    page.goto(served.url + "contribute/")
    expect(page.locator("#survey-form[data-ready]")).to_be_visible()
    return Form(page)


def test_entries_of_twenty_styles_become_records_that_the_check_accepts(
    form: Form, repository: Path, tmp_path: Path, survey_command: SurveyCommand
) -> None:
    source = repository / "tests" / "fixtures" / "contributions.bib"
    form.paste(source.read_text("utf-8"), "Read:")
    which = form.page.get_by_label("Which of the entries?")
    options = which.locator("option").all_text_contents()
    assert len(options) == 20
    written, imported = tmp_path / "written", tmp_path / "imported"
    for root in (written, imported):
        copy_survey(repository, root)
    made: dict[str, dict[str, Any]] = {}
    for number, title in enumerate(options):
        which.select_option(str(number))
        expect(form.found).to_contain_text(f"Read: “{title}")
        expect(form.state).to_contain_text("Ready")
        file = written / form.path
        file.write_text(form.yaml, "utf-8")
        record = read_yaml(file)
        made[record["title"]] = record
    assert len(made) == 20

    done = survey_command("check", "--format", "json", root=written)
    findings = json.loads(done.stdout)
    assert done.returncode == 0, [one for one in findings if one["severity"] == "error"]
    assert survey_command("fmt", "--check", root=written).returncode == 0

    survey_command("import", str(source), root=imported)
    there = {path.name for path in (repository / "content" / "papers").iterdir()}
    drafts = [read_yaml(path) for path in (imported / "content" / "papers").iterdir() if path.name not in there]
    assert len(drafts) == 20
    for draft in drafts:
        record = made[draft["title"]]
        posted = draft["title"] in POSTED
        assert record["type"] == ("preprint" if posted else draft["type"]), draft["title"]
        assert posted or record.get("volume") == draft.get("volume")
        assert list(map(full, record["authors"])) == list(map(full, draft["authors"]))
        for name in ("year", "doi", "arxiv", "openreview", "acl", "school", "isbn"):
            assert record.get(name) == draft.get(name), (draft["title"], name)


def full(author: str | dict[str, str]) -> str:
    """A name in words; braces around a family name keep `survey import` from looking for a particle."""
    if isinstance(author, str):
        return author
    family = " ".join(filter(None, (author.get("particle"), author.get("family"))))
    return author.get("literal") or ", ".join(filter(None, (family, author.get("suffix"), author.get("given"))))


def test_mistakes_get_messages_where_they_are(form: Form, page: Page, records: dict[str, dict[str, Any]]) -> None:
    for text, said in BROKEN.items():
        form.paste(text, said)
    expect(page.locator('[data-contribute="body"]')).to_be_hidden()
    page.get_by_role("button", name="fill in the fields").click()
    expect(form.field("title")).to_be_focused()
    form.open.click()
    summary = page.locator('[data-contribute="summary"]')
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_text(["Title", "Authors", "Year", "Type of publication"])
    summary.get_by_role("link", name="Year").click()
    expect(form.field("year")).to_be_focused()

    known = next(record for record in records.values() if "arxiv" in record)
    form.field("title").fill("A title")
    form.field("authors").fill("Ada de la Wren Moor")
    form.field("year").fill("20222")
    form.field("type").select_option("conference")
    form.field("venue").fill("Symposium of Nowhere")
    form.field("doi").fill("doi 10 of nothing")
    form.field("arxiv").fill(f"https://arxiv.org/abs/{known['arxiv']}v2")
    messages = {
        "authors": "“Ada de la Wren Moor”: Write Family, Given",
        "year": "Write a year",
        "venue": "does not know this venue",
        "doi": "Write it bare",
        "arxiv": "has a paper with this arXiv identifier already",
    }
    for name, message in messages.items():
        expect(page.locator(f"#survey-error-{name}")).to_contain_text(message)
        expect(form.field(name)).to_have_attribute("aria-invalid", "true")
        expect(summary).to_contain_text(message)
    form.field("key").fill(next(iter(records)).upper())
    expect(page.locator("#survey-error-key")).to_contain_text("in use already")
    scale = page.locator('[data-name="largest_scale"]')
    scale.evaluate("place => place.closest('details').open = true")
    scale.get_by_label("Number").fill("some seven")
    expect(scale.locator(".survey-field__error")).to_contain_text("Write a number")
    expect(summary.get_by_role("link", name="Largest scale")).to_be_visible()
    scale.get_by_label("Number").fill("7")
    scale.get_by_label("Of what").fill("the teacher")
    expect(form.preview).to_contain_text("largest_scale: {value: 7, of: the teacher}")
    form.field("venue").fill("NeurIPS")
    expect(form.preview).to_contain_text("venue: neurips")
    expect(page.locator("#survey-error-venue")).to_be_hidden()


def test_a_paper_that_the_survey_has_is_shown(form: Form, records: dict[str, dict[str, Any]]) -> None:
    key, record = next((key, one) for key, one in records.items() if isinstance(one["authors"][0], str))
    shout = record["title"].upper().replace(":", " –")
    form.paste(f"@misc{{x, title={{{shout}}}, author={{{record['authors'][0]}}}, year=2020}}", "Read:")
    twin = form.page.locator('[data-contribute="alike"]').get_by_role("link")
    expect(twin).to_have_text(key)
    assert (twin.get_attribute("href") or "").endswith(f"papers/{key}/")
    expect(form.state).to_contain_text("Ready")


def reach(page: Page, selector: str) -> None:
    """Go on with the Tab key until an element has the focus."""
    for _ in range(150):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not lead to {selector}")


def test_from_the_site_to_the_pull_request_by_keyboard_in_six_actions(
    page: Page, served: Served, outside: Outside
) -> None:
    page.goto(served.url)
    actions = []

    def act(name: str, selector: str, key: str = "Enter", on: Page = page) -> None:
        reach(on, selector)
        actions.append(name)
        on.keyboard.press(key) if len(key) < 6 else on.keyboard.insert_text(key)

    act("open the page", 'a.md-tabs__link[href$="contribute/"]')
    form = Form(page)
    expect(page.locator("#survey-form[data-ready]")).to_be_visible()
    act("paste", "#survey-paste", SMALL)
    expect(form.found).to_contain_text("Read:")
    act("choose a group", '[value="topics/mixture-of-experts"]', "Space")
    act("say why", ".survey-options__why:not([hidden]) input", "It routes tokens to experts.")
    expect(form.state).to_contain_text("Ready")
    assert outside.asked == []
    with page.expect_popup() as opened:
        act("open the forge", '[data-contribute="open"]')
    expect(opened.value.get_by_role("heading", name="New file")).to_be_visible()
    query = parse_qs(urlsplit(opened.value.url).query)
    assert query == {"filename": ["content/papers/wren2022sparse.yaml"], "value": [form.yaml]}
    assert "groups:\n  - {group: topics/mixture-of-experts, note: It routes tokens to experts.}\n" in form.yaml
    assert "venue: neurips\n" in form.yaml
    act("propose", "a", on=opened.value)
    expect(opened.value.get_by_role("heading", name="Open a pull request")).to_be_visible()
    assert len(actions) <= 6


def test_a_long_record_is_copied_and_any_can_be_downloaded(form: Form, page: Page, outside: Outside) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    form.paste(SMALL, "Read:")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(form.state).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == form.yaml
    form.field("summary").fill("It is said at length.\n\n" + "Word after word. " * 600)
    expect(form.open).to_have_text("Copy it and open github.com")
    expect(page.locator('[data-contribute="long"]')).to_contain_text("too long for an address")
    with page.expect_popup() as opened:
        form.open.click()
    opened.value.wait_for_load_state()
    assert parse_qs(urlsplit(opened.value.url).query) == {"filename": ["content/papers/wren2022sparse.yaml"]}
    assert page.evaluate("navigator.clipboard.readText()") == form.yaml
    assert len(form.yaml) > 9000
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "wren2022sparse.yaml"
    assert download.value.path().read_text("utf-8") == form.yaml
    assert len(outside.asked) == 1


DATACITE = {
    "data": {
        "id": "10.48550/arxiv.2402.12345",
        "type": "dois",
        "attributes": {
            "doi": "10.48550/arxiv.2402.12345",
            "creators": [
                {"name": "Hassan, Noor", "nameType": "Personal", "givenName": "Noor", "familyName": "Hassan", "affiliation": [], "nameIdentifiers": []},
                {"name": "de la Fuente, Peter", "givenName": "Peter", "familyName": "de la Fuente"},
                {"name": "Lantern Collaboration", "nameType": "Organizational"},
            ],
            "titles": [{"title": "Lanterns: <i>Lighting</i> up Q&amp;A"}],
            "publisher": "arXiv",
            "container": None,
            "publicationYear": 2024,
            "subjects": [
                {"subject": "Computation and Language (cs.CL)", "lang": "en", "subjectScheme": "arXiv"},
                {"subject": "FOS: Computer and information sciences", "subjectScheme": "Fields of Science and Technology (FOS)"},
            ],
            "dates": [
                {"date": "2024-02-19T17:40:11Z", "dateType": "Submitted", "dateInformation": "v1"},
                {"date": "2024-03-02T01:00:00Z", "dateType": "Updated", "dateInformation": "v2"},
                {"date": "2024-02", "dateType": "Available", "dateInformation": "v1"},
                {"date": 2024, "dateType": "Issued"},
            ],
            "types": {"resourceType": "Article", "resourceTypeGeneral": "Preprint", "bibtex": "misc"},
            "relatedIdentifiers": [{"relationType": "IsVersionOf", "relatedIdentifier": "10.5555/lanterns", "relatedIdentifierType": "DOI"}],
            "descriptions": [{"description": "An abstract.", "descriptionType": "Abstract"}],
            "version": "2",
        },
    }
}  # fmt: skip
CROSSREF = {
    "status": "ok",
    "message-type": "work",
    "message": {
        "DOI": "10.5555/lanterns",
        "type": "proceedings-article",
        "title": ["Lanterns"],
        "subtitle": ["Lighting up Q&amp;A"],
        "author": [
            {"given": "Noor", "family": "Hassan", "sequence": "first", "affiliation": []},
            {"name": "Lantern Collaboration", "sequence": "additional", "affiliation": []},
        ],
        "container-title": ["Proceedings of the 30th Conference on Empirical Methods in Natural Language Processing"],
        "publisher": "ACM",
        "page": "12-24",
        "issued": {"date-parts": [[2024, 11, 3]]},
        "published-print": {"date-parts": [[2025, 1]]},
        "ISBN": ["9781450300001"],
        "reference-count": 31,
    },
}


def test_registries_are_asked_when_their_button_is_pressed(
    form: Form, page: Page, outside: Outside, findings: list[str]
) -> None:
    form.paste("https://arxiv.org/pdf/2402.12345v2.pdf", "arXiv identifier: 2402.12345")
    assert form.values.items() >= {"arxiv": "2402.12345", "year": "2024", "type": "preprint"}.items()
    form.field("code").evaluate("field => field.closest('details').open = true")
    form.field("code").fill("https://code.example.org/lanterns")
    ask = page.get_by_role("button", name="Look up at api.datacite.org")
    assert outside.asked == []

    ask.click()
    expect(form.found).to_contain_text("could not be reached")
    page.evaluate("AbortSignal.timeout = () => AbortSignal.abort(new DOMException('', 'TimeoutError'))")
    ask.click()
    expect(form.found).to_contain_text("did not answer within ten seconds")
    page.reload()
    expect(form.found).to_contain_text("is back")
    outside.says("api.datacite.org", {}, status=404)
    ask.click()
    expect(form.found).to_contain_text("api.datacite.org does not know 10.48550/arXiv.2402.12345")
    outside.says("api.datacite.org", {"data": None})
    ask.click()
    expect(form.found).to_contain_text("could not be read")
    outside.says("api.datacite.org", DATACITE)
    ask.click()
    expect(form.found).to_contain_text("Read: “Lanterns: Lighting up Q&A”")
    assert [unquote(urlsplit(url).path) for url in outside.asked] == ["/dois/10.48550/arXiv.2402.12345"] * 4
    read = {
        "title": "Lanterns: Lighting up Q&A",
        "authors": "Hassan, Noor\nde la Fuente, Peter\n{Lantern Collaboration}",
        "year": "2024",
        "type": "preprint",
        "arxiv": "2402.12345",
        "arxiv_category": "cs.CL",
        "first_posted": "2024-02-19",
        "code": "https://code.example.org/lanterns",
        "key": "hassan2024lanterns",
    }
    assert {name: form.values.get(name) for name in read} == read
    expect(page.locator('[data-contribute="notes"]')).to_contain_text("published since, as 10.5555/lanterns")

    outside.says("api.crossref.org", CROSSREF)
    form.paste("doi:10.5555/lanterns", "DOI: 10.5555/lanterns")
    expect(page.get_by_role("button", name="Look up at api.datacite.org")).to_be_visible()
    page.get_by_role("button", name="Look up at api.crossref.org").click()
    expect(form.found).to_contain_text("Read:")
    read = {
        "title": "Lanterns: Lighting up Q&A",
        "authors": "Hassan, Noor\n{Lantern Collaboration}",
        "year": "2025",
        "month": "1",
        "type": "conference",
        "venue": "emnlp",
        "pages": "12-24",
        "doi": "10.5555/lanterns",
        "code": "https://code.example.org/lanterns",
    }
    values = form.values
    assert {name: values.get(name) for name in read} == read
    assert not {"arxiv", "arxiv_category", "first_posted"} & values.keys()
    errors = [one for one in findings if one.startswith("console:")]
    assert len(errors) == 2, "the host that did not answer, and the one that did not know"
    findings[:] = [one for one in findings if one not in errors]


HOSTILE = r"""@article{evil, title={<img src=x onerror=alert(1)> \input{/etc/passwd} \write18{rm} {{7*7}} "]},
 author={<b>Evil</b>, "><svg onload=alert(1)> and A: B, #C}, journal={javascript:alert(1)}, year={2024},
 url={javascript:alert(1)}, doi={10.1000/<script>}, note={\href{javascript:alert(1)}{x}}, month={__proto__}}"""


def test_hostile_input_stays_text(form: Form, page: Page) -> None:
    form.paste(HOSTILE, "Read:")
    assert page.locator("article :is(script, img, [onerror], [onload])").count() == 0
    assert "<img src=x onerror=alert(1)>" in form.field("title").input_value()
    assert not {"url", "month"} & form.values.keys()
    assert form.values["doi"] == "10.1000/<script>", "as old DOIs have such characters"
    form.field("summary").fill("</code><script>alert(2)</script>\u2028 {# {{ 7*7 }} ]]> &amp; `x`\n\n--- \n key: value")
    expect(form.preview).to_contain_text("</code><script>alert(2)</script>")
    assert page.locator("article script").count() == 0
    file = SourceFile("content/papers/evil2024.yaml", form.yaml)
    content, found = decode([file])
    assert found == []
    assert content.papers["evil2024"].value.title == form.field("title").input_value()
    assert list(reformat([file])) == []


TEXTS = (
    "no", "1984", "1.10", "2024-01-01", "12:30", "017", "1_000", "0x1F", "~", "null", "y", "=", "<<", "a: b", "ends:", "#x",
    "a #b", "- y", "-y", "{a}", "[a]", "x, y", "@at", "*s", "&a", "!t", "|", ">", "%", "`t`", '"q"', "it's", "'q'", "back\\slash",
    "---", "--- a", "? x", "é ñ 漢字 😀", "a\u00a0b", "a\u2028b", "two  spaces", "tab\tinside", "n/a", "$O(n)$", "2.5", "-1", "1e5",
    "word " * 30, "w" * 150, "漢字 " * 40 + "end", "a: b " * 30, "x" * 90 + " y", "under/score.dot-dash",
)  # fmt: skip
KEYS = (
    ("Ren", None, 2021, "Combiner: Full Attention"),
    ("Müller-Lüdenscheid", None, 2020, "On the Road"),
    ("Łukasz", None, 1999, "A $k$-Nearest Thing"),
    ("Ørsted", None, 1820, "Whether/Why: What's up?"),
    ("D’Angelo", None, 2001, "The (Un)likely – story"),
    (None, "LCM team", 2024, "Large Concept Models"),
    (None, "The Open Group", 2024, "In the"),
    ("王", None, 2022, "你好 world"),
    ("Ren", None, 2021, "Combiner again"),
)


PASTED = {
    "2107.05768": ("arxiv", "2107.05768"),
    " arXiv:2107.05768v3 [cs.CL] ": ("arxiv", "2107.05768"),
    "https://arxiv.org/abs/cs/0101001": ("arxiv", "cs/0101001"),
    "http://www.arxiv.org/pdf/2107.05768v1.pdf#page=2": ("arxiv", "2107.05768"),
    "https://doi.org/10.48550/arXiv.2107.05768": ("arxiv", "2107.05768"),
    "10.1162/tacl_a_00353": ("doi", "10.1162/tacl_a_00353"),
    "https://dx.doi.org/10.1002%2F(SICI)1097-0258": ("doi", "10.1002/(SICI)1097-0258"),
    "https://dl.acm.org/doi/10.1145/3555555.3555556": ("doi", "10.1145/3555555.3555556"),
    "https://aclanthology.org/2023.acl-long.256.pdf": ("acl", "2023.acl-long.256"),
    "https://openreview.net/forum?id=AbCdEfGh12&noteId=1": ("openreview", "AbCdEfGh12"),
    "https://example.org/paper": ("url", "https://example.org/paper"),
    "@Article {x, title = {y}}": ("bibtex", None),
    "%E0%A4%A": None,
    "javascript:alert(1)": None,
    "a title of a paper": None,
}
VENUES = {
    "Advances in Neural Information Processing Systems 35": "neurips",
    "NIPS": "neurips",
    "Proceedings of the Thirty-Eighth AAAI Conference on Artificial Intelligence": "aaai",
    "Findings of the Association for Computational Linguistics: ACL 2024": "acl-findings",
    "ICLR 2024": "iclr",
    "41st International Conference on Machine Learning (ICML 2024)": "icml",
    "Workshop on Nothing at ICML": None,
    "Journal of Nowhere": None,
}


def test_identifiers_and_venues_are_found_however_they_are_written(page: Page, served: Served) -> None:
    page.goto(served.url + "contribute/")
    script = """async ([texts, names]) => {
      const load = (name) => import(new URL(`../assets/survey/contribute/${name}.js`, document.baseURI));
      const [{ recognise }, { findVenue }, { newFile }] = await Promise.all(['identify', 'venues', 'forge'].map(load));
      const { venues } = await (await fetch('../assets/survey/contribute.json')).json();
      const gitlab = { address: 'https://gitlab.com/a/b/-/new/main', name: 'file_name', content: '' };
      const other = { address: 'https://git.example.org/a/b/new/main', name: '', content: '' };
      return {
        found: texts.map(recognise),
        venues: names.map((name) => findVenue(venues, [name])?.key ?? null),
        opened: [gitlab, other].map((forge) => newFile(forge, 'content/papers/x.yaml', 'title: x')),
      };
    }"""
    read = page.evaluate(script, [list(PASTED), list(VENUES)])
    assert [one and (one["is"], one.get("id")) for one in read["found"]] == list(PASTED.values())
    assert dict(zip(VENUES, read["venues"], strict=True)) == VENUES
    assert read["opened"] == [
        {"href": "https://gitlab.com/a/b/-/new/main?file_name=content%2Fpapers%2Fx.yaml", "carries": False},
        {"href": "https://git.example.org/a/b/new/main/content/papers", "carries": False},
    ]


def test_the_script_writes_and_names_as_the_generator_does(page: Page, served: Served) -> None:
    page.goto(served.url + "contribute/")
    records = [
        {
            "title": text.strip(),
            "authors": [{"literal": text.strip()}, "van Roe, Ann"],
            "year": 1999 + number,
            "type": "web",
            "summary": f"{text.strip()}\n\n{text}x" if number % 2 else text.strip(),
            "contributions": [text.strip(), "Short."],
            "attributes": {
                "a1": text.strip(),
                "no": ["quality", text.strip()],
                "z": {"value": "2.5", "of": text.strip()},
            },
            "groups": [{"group": "topics/a"}, {"group": "topics/b", "note": text.strip()}],
            "tags": ["one", "two"],
            "sources": {"title": text.strip()},
        }
        for number, text in enumerate(TEXTS)
    ]
    script = """async ([records, cases]) => {
      const load = (name) => import(new URL(`../assets/survey/contribute/${name}.js`, document.baseURI));
      const [{ canonical }, { proposedKey }] = await Promise.all(['yaml', 'key'].map(load));
      const schema = await (await fetch('../schema/paper.schema.json')).json();
      const { stop } = await (await fetch('../assets/survey/contribute.json')).json();
      const known = { stop: new RegExp(`^(?:${stop})$`), taken: new Set(['ren2021combiner', 'ren2021combinera']) };
      return [records.map((record) => canonical(record, schema)), cases.map((record) => proposedKey(record, known))];
    }"""
    cases = [
        {"authors": [{"literal": literal} if literal else f"{family}, A."], "year": year, "title": title}
        for family, literal, year, title in KEYS
    ]
    texts, keys = page.evaluate(script, [records, cases])
    for record, text in zip(records, texts, strict=True):
        file = SourceFile("content/papers/x.yaml", text)
        content, found = decode([file])
        assert found == [], text
        assert list(reformat([file])) == [], text
        decoded = content.papers["x"].value
        assert (decoded.title, decoded.summary, decoded.year) == (record["title"], record["summary"], record["year"])
        assert [decoded.contributions[0], decoded.authors[0].literal, decoded.groups[1].note] == [record["title"]] * 3
    taken = {"ren2021combiner", "ren2021combinera"}
    expected = [
        proposed_key(Author(family=name, literal=whole), year, title, taken) for name, whole, year, title in KEYS
    ]
    assert keys == expected


def test_what_was_filled_in_survives_a_reload_until_one_starts_over(form: Form, page: Page) -> None:
    form.paste(SMALL, "Read:")
    form.field("title").fill("Another title")
    page.locator('[value="topics/prompting"]').check()
    page.get_by_label("Why it belongs here").locator("visible=true").fill("So that it is found.")
    before = form.yaml
    page.reload()
    expect(form.found).to_contain_text("is back")
    expect(form.preview).to_have_text(before, use_inner_text=False)
    assert form.path == "content/papers/wren2022another.yaml"
    form.paste("@misc{x, title={Brand new}, author={Roe, Ann}, year=2001}", "Read:")
    assert form.values["title"] == "Another title", "what was typed stays"
    assert form.values["authors"] == "Roe, Ann"
    page.get_by_role("button", name="Start over").click()
    expect(page.locator('[data-contribute="body"]')).to_be_hidden()
    page.reload()
    expect(form.found).to_be_empty()
    assert form.values == {}


def test_the_open_form_is_accessible_and_needs_no_eval(open_page: OpenPage, served: Served) -> None:
    page = open_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")

    def strict(route: Route) -> None:
        response = route.fetch()
        policy = "script-src 'self' 'unsafe-inline'; object-src 'none'"
        route.fulfill(response=response, headers={**response.headers, "content-security-policy": policy})

    page.route("**/contribute/", strict)
    page.goto(served.url + "contribute/")
    form = Form(page)
    form.paste(SMALL, "Read:")
    page.locator('[value="topics/prompting"]').check()
    page.locator("#survey-form details").evaluate_all("all => all.forEach(one => one.open = true)")
    form.field("authors").fill("")
    form.open.click()
    expect(page.locator('[data-contribute="summary"]')).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("body")).to_have_attribute(
            "data-md-color-scheme", "slate" if scheme == "dark" else "default"
        )
        violations = Axe().run(page, context="#survey-form").response["violations"]
        assert [(scheme, one["id"], one["nodes"][0]["html"]) for one in violations] == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_there_are_the_steps_and_the_forge(open_page: OpenPage, served: Served) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(served.url + "contribute/")
    expect(page.locator("#survey-form")).to_be_hidden()
    expect(page.get_by_role("heading", name="Add a paper by hand")).to_be_visible()
    link = page.get_by_role("link", name="Write a new record")
    assert link.get_attribute("href") == f"{FORGE}/new/main/content/papers"
    assert page.locator(".survey-steps > li").count() == 3
