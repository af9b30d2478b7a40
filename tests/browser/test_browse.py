"""The list of all papers, narrowed as a reader narrows it; what is found is worked out anew from the YAML files."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from surveys import read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page, Route

    from conftest import OpenPage
    from surveys import Served

DATA = re.compile(r"/assets/survey/browse\.json$")
SCRIPT = "**/assets/survey/browse/browse.js"

LOOK = """async () => {
  const facets = [...document.querySelectorAll('[data-facet]')];
  const closed = facets.filter(facet => !facet.open);
  const toggled = closed.map(facet => new Promise(done => facet.addEventListener('toggle', done, { once: true })));
  for (const facet of closed) facet.open = true;
  await Promise.all(toggled);
  while (document.querySelector('[data-browse="list"][aria-busy]')) await new Promise(requestAnimationFrame);
  return {
  keys: [...document.querySelectorAll('.survey-papers > li .survey-paper__title a, tbody td:first-child > a')]
    .map(a => a.getAttribute('href').split('/').at(-2)),
  counts: Object.fromEntries(facets.map(facet => [facet.dataset.facet,
    Object.fromEntries([...facet.querySelectorAll('.survey-choice')].map(row =>
      [row.querySelector('input').value, Number(row.querySelector('.survey-count').textContent)]))])),
  years: Object.fromEntries([...document.querySelectorAll('[data-year]')].map(bar => bar.title.split(': '))),
  };
}"""
"""What is on the page: the papers in order, the number beside every value, the number of every year."""


def fold(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@dataclass(frozen=True)
class Known:
    """What the YAML files say of a paper: its values in each facet, its year, all its words."""

    values: Mapping[str, frozenset[str]]
    year: int
    text: str


@dataclass(frozen=True)
class Asked:
    """A state of the filters: values of facets, those with `-` unwanted; a range of years; words."""

    chosen: Mapping[str, Sequence[str]]
    years: tuple[int, int] | None = None
    words: str = ""

    @property
    def query(self) -> str:
        parts = {name: ",".join(values) for name, values in self.chosen.items()}
        if self.years:
            parts["year"] = "-".join(map(str, self.years))
        if self.words:
            parts["find"] = self.words.replace(" ", "+")
        return "?" + "&".join(f"{name}={value}" for name, value in parts.items())

    def holds(self, paper: Known, *, but: str = "") -> bool:
        """Say whether the paper is asked for, if nothing were asked of the facet `but`."""
        inside = not self.years or but == "year" or self.years[0] <= paper.year <= self.years[1]
        facets = all(fits(paper.values[name], asked) for name, asked in self.chosen.items() if name != but)
        return inside and facets and all(word in paper.text for word in fold(self.words).split())


def fits(has: frozenset[str], asked: Sequence[str]) -> bool:
    unwanted = {value[1:] for value in asked if value.startswith("-")}
    wanted = set(asked) - {f"-{value}" for value in unwanted}
    return not has & unwanted and (not wanted or bool(has & wanted))


@pytest.fixture(scope="module")
def known(repository: Path, records: dict[str, dict[str, Any]]) -> dict[str, Known]:
    content = repository / "content"
    survey, venues = read_yaml(content / "survey.yaml"), read_yaml(content / "venues.yaml")
    groups: dict[str, dict[str, set[str]]] = {name: {key: set() for key in records} for name in survey["groupings"]}

    def place(key: str, path: str) -> None:
        grouping, *parts = path.split("/")
        groups[grouping][key] |= {"/".join(parts[: depth + 1]) for depth in range(len(parts))}

    for key, record in records.items():
        for one in record.get("groups", []):
            place(key, one if isinstance(one, str) else one["group"])
    for file in content.glob("groupings/**/[!_]*.yaml"):
        for one in read_yaml(file).get("papers", []):
            path = file.relative_to(content / "groupings").with_suffix("").as_posix()
            place(one if isinstance(one, str) else one["paper"], path)
    choices = [name for name, one in survey["attributes"].items() if one["type"] in {"choice", "choices", "yes/no"}]

    def of(key: str, record: dict[str, Any]) -> Known:
        names = [" ".join(reversed(author.split(", "))) for author in record["authors"] if isinstance(author, str)]
        names += [str(author.get("literal") or "") for author in record["authors"] if not isinstance(author, str)]
        venue = venues.get(record.get("venue"), {"short": "", "full": ""})
        tags = record.get("tags", [])
        text = [record["title"], *record.get("former_titles", []), *names, venue["short"], venue["full"], *tags]
        values: dict[str, Iterable[str]] = {name: groups[name][key] for name in groups}
        values |= {name: as_list(record.get("attributes", {}).get(name, "unknown")) for name in choices}
        values |= {"type": [record["type"]], "venue": [record.get("venue", "unknown")], "tag": tags}
        values |= {"code": ["yes" if "code" in record else "no"]}
        values |= {"author": ["-".join(re.findall("[a-z0-9]+", fold(name))) for name in names if name]}
        frozen = {name: frozenset(several) for name, several in values.items()}
        return Known(frozen, int(record["year"]), fold("\n".join(text)))

    return {key: of(key, record) for key, record in records.items()}


def open_list(page: Page, served: Served, query: str = "") -> Locator:
    """Open the list, and wait for its script; return where it says how many papers were found."""
    page.goto(f"{served.url}papers/{query}", wait_until="networkidle")
    expect(page.locator('[data-browse="take"] > *')).to_have_count(1)
    return page.locator('[data-browse="count"]')


def open_facet(page: Page, name: str) -> Locator:
    facet = page.locator(f'[data-facet="{name}"]')
    facet.locator("summary").click()
    expect(facet.locator(".survey-choice").first).to_be_visible()
    return facet


def box(facet: Locator, value: str) -> Locator:
    return facet.locator(f'input[type=checkbox][value="{value}"]')


def matching(known: dict[str, Known], test: Callable[[Known], bool]) -> set[str]:
    return {key for key, paper in known.items() if test(paper)}


def random_state(random: Random, known: dict[str, Known]) -> Asked:
    """Ask about what one paper has, so that mostly something is found."""
    paper = random.choice(list(known.values()))
    facets = random.sample([name for name, values in paper.values.items() if values], random.randrange(1, 4))
    chosen: dict[str, list[str]] = {}
    for name in facets:
        everywhere = sorted({value for one in known.values() for value in one.values[name]})
        wanted = {random.choice(sorted(paper.values[name])), *random.sample(everywhere, min(2, len(everywhere)))}
        unwanted = {value for value in random.sample(everywhere, 1) if value not in wanted}
        asked = [*wanted, *(f"-{value}" for value in unwanted)]
        chosen[name] = random.choice([asked, [*wanted], [f"-{value}" for value in unwanted] or [*wanted]])
    years = (paper.year - random.randrange(3), paper.year + random.randrange(3)) if random.random() < 0.4 else None
    words = random.choice(re.findall(r"[a-z]{4,}", paper.text))[:5] if random.random() < 0.4 else ""
    return Asked(chosen, years, words)


def test_what_is_found_and_every_number_are_those_of_the_records(
    page: Page, served: Served, known: dict[str, Known]
) -> None:
    random = Random(6)  # noqa: S311 - nothing secret
    found_nothing = 0
    for asked in [random_state(random, known) for _ in range(30)]:
        found = matching(known, asked.holds)
        count = open_list(page, served, asked.query)
        total = len(known)
        expect(count).to_have_text(f"{total} papers" if len(found) == total else f"{len(found)} of {total} papers")
        on_page = page.evaluate(LOOK)
        assert set(on_page["keys"]) == found, asked.query
        assert len(on_page["keys"]) == len(found), asked.query
        years = [known[key].year for key in on_page["keys"]]
        assert years == sorted(years, reverse=True), asked.query
        for name, counts in on_page["counts"].items():
            there = [paper.values[name] for paper in known.values() if asked.holds(paper, but=name)]
            assert counts or not any(there), (asked.query, name)
            expected = {value: sum(value in values for values in there) for value in counts}
            assert counts == expected, (asked.query, name)
        there_by_year = [paper.year for paper in known.values() if asked.holds(paper, but="year")]
        assert {int(year): int(number) for year, number in on_page["years"].items()} == {
            int(year): there_by_year.count(int(year)) for year in on_page["years"]
        }
        found_nothing += not found
    assert found_nothing < 10


def test_nothing_is_fetched_before_the_first_use(page: Page, served: Served) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    open_list(page, served)
    assert [url for url in fetched if DATA.search(url)] == []
    open_facet(page, "topics")
    open_facet(page, "kinds")
    assert len([url for url in fetched if DATA.search(url)]) == 1


def test_clicks_narrow_the_list_and_the_address_says_so(page: Page, served: Served, known: dict[str, Known]) -> None:
    count = open_list(page, served)
    topics = open_facet(page, "topics")
    box(topics, "prompting").check()
    expect(page).to_have_url(re.compile(r"\?topics=prompting$"))
    box(topics, "code").check()
    expect(page).to_have_url(re.compile(r"\?topics=(prompting,code|code,prompting)$"))
    kinds = open_facet(page, "kinds")
    kinds.get_by_role("button", name="Leave out: Empirical studies").click()
    asked = Asked({"topics": ["prompting", "code"], "kinds": ["-empirical-study"]})
    expect(count).to_have_text(f"{len(matching(known, asked.holds))} of {len(known)} papers")
    assert "kinds=-empirical-study" in page.url
    page.get_by_role("button", name="Take away Kinds of contribution, not: Empirical studies").click()
    expect(page).not_to_have_url(re.compile("kinds="))
    page.get_by_role("button", name="Clear all").click()
    expect(count).to_have_text(f"{len(known)} papers")
    expect(page).to_have_url(served.url + "papers/")
    expect(page.get_by_label("Find in titles, authors, venues and tags")).to_be_focused()


def test_typing_finds_names_without_accents_and_former_titles(
    page: Page, served: Served, known: dict[str, Known], records: dict[str, dict[str, Any]]
) -> None:
    count = open_list(page, served)
    find = page.get_by_label("Find in titles, authors, venues and tags")
    find.press_sequentially("AKYUREK", delay=10)
    expect(count).to_have_text(f"{len(matching(known, Asked({}, words='akyurek').holds))} of {len(known)} papers")
    expect(page).to_have_url(re.compile(r"\?find=AKYUREK$"))
    former = next(title for record in records.values() for title in record.get("former_titles", []))
    find.fill(former)
    expect(count).to_have_text(re.compile(r"^1 of "))
    expect(page).not_to_have_url(re.compile("AKYUREK"))
    page.reload(wait_until="networkidle")
    expect(find).to_have_value(former)
    expect(count).to_have_text(re.compile(r"^1 of "))


def test_back_forward_reload_and_a_link_restore_what_was_asked(page: Page, served: Served, open_page: OpenPage) -> None:
    count = open_list(page, served)
    topics = open_facet(page, "topics")
    texts = [count.inner_text()]
    box(topics, "prompting").check()
    expect(count).not_to_have_text(texts[-1])
    texts.append(count.inner_text())
    page.get_by_label("Find in titles, authors, venues and tags").press_sequentially("learning", delay=10)
    expect(page).to_have_url(re.compile("find=learning"))
    expect(count).not_to_have_text(texts[-1])
    texts.append(count.inner_text())
    page.get_by_role("button", name="Table").click()
    expect(page.get_by_role("table")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("table")).to_have_count(0)
    page.go_back()
    expect(count).to_have_text(texts[1])
    prompting = page.get_by_role("button", name="Take away Topics: Prompting")
    expect(prompting).to_be_visible()
    page.go_back()
    expect(count).to_have_text(texts[0])
    expect(prompting).to_have_count(0)
    for _ in range(3):
        page.go_forward()
    expect(page.get_by_role("table")).to_be_visible()
    expect(count).to_have_text(texts[2])
    whole = page.evaluate(LOOK)
    page.reload(wait_until="networkidle")
    expect(count).to_have_text(texts[2])
    assert page.evaluate(LOOK) == whole
    other = open_page(viewport={"width": 390, "height": 844})
    other.goto(page.url, wait_until="networkidle")
    assert other.evaluate(LOOK)["keys"] == whole["keys"]
    expect(other.get_by_role("button", name=re.compile("^Filters"))).to_contain_text("1")


def test_the_list_is_as_it_was_on_the_way_back_from_a_paper(page: Page, served: Served) -> None:
    count = open_list(page, served, "?topics=prompting&sort=title")
    expect(count).to_have_text(re.compile(" of "))
    before = page.evaluate(LOOK)
    page.locator(".survey-paper__title a").first.click()
    expect(page).to_have_url(re.compile(r"/papers/[^/?]+/$"))
    page.go_back()
    expect(count).to_have_text(re.compile(" of "))
    assert page.evaluate(LOOK) == before
    page.get_by_role("navigation").get_by_role("link", name="Papers").first.click()
    expect(count).to_have_text(re.compile("^[0-9]+ papers$"))
    expect(page).to_have_url(served.url + "papers/")


def test_a_stale_link_says_what_it_asks_for_in_vain(page: Page, served: Served, known: dict[str, Known]) -> None:
    asked = Asked({"type": ["preprint"]})
    query = "?type=preprint,scroll&topics=<b>gone</b>&colour=red&year=1066&sort=height&view=globe&utm_source=letter"
    count = open_list(page, served, query)
    expect(count).to_have_text(f"{len(matching(known, asked.holds))} of {len(known)} papers")
    told = page.get_by_role("alert")
    for word in ("type “scroll”", "topics “<b>gone</b>”", "colour “red”", "year “1066”", "sort “height”", "globe"):
        expect(told).to_contain_text(word)
    expect(told).not_to_contain_text("letter")
    page.get_by_role("button", name="Table").click()
    expect(page).to_have_url(re.compile(r"\?type=preprint&view=table$"))
    expect(told).to_have_count(0)


def test_years_are_brushed(page: Page, served: Served, known: dict[str, Known]) -> None:
    count = open_list(page, served)
    first, last = page.locator('[data-year="2023"]'), page.locator('[data-year="2024"]')
    first.hover()
    page.mouse.down()
    last.hover()
    page.mouse.up()
    found = matching(known, Asked({}, years=(2023, 2024)).holds)
    expect(count).to_have_text(f"{len(found)} of {len(known)} papers")
    expect(page).to_have_url(re.compile(r"\?year=2023-2024$"))
    first.click()
    expect(page).to_have_url(re.compile(r"\?year=2023$"))
    first.click()
    expect(page).to_have_url(served.url + "papers/")


def test_it_is_used_with_the_keyboard_alone(page: Page, served: Served, known: dict[str, Known]) -> None:
    count = open_list(page, served)

    def tab_to(place: Locator) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if place.evaluate("element => element === document.activeElement"):
                return
        pytest.fail("not reached")

    tab_to(page.get_by_label("Find in titles, authors, venues and tags"))
    page.keyboard.type("language")
    asked = Asked({}, words="language")
    expect(count).to_have_text(f"{len(matching(known, asked.holds))} of {len(known)} papers")
    tab_to(page.get_by_label("From year"))
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    newest = max(paper.year for paper in known.values())
    asked = Asked({}, (newest, newest), "language")
    expect(count).to_have_text(f"{len(matching(known, asked.holds))} of {len(known)} papers")
    expect(page).to_have_url(re.compile(f"year={newest}-?(&|$)"))
    page.keyboard.press("Home")
    expect(page).to_have_url(re.compile(r"\?find=language$"))
    tab_to(page.locator('[data-facet="type"] summary'))
    page.keyboard.press("Enter")
    preprint = box(page.locator('[data-facet="type"]'), "preprint")
    expect(preprint).to_be_visible()
    tab_to(preprint)
    page.keyboard.press("Space")
    expect(preprint).to_be_focused()
    asked = Asked({"type": ["preprint"]}, words="language")
    expect(count).to_have_text(f"{len(matching(known, asked.holds))} of {len(known)} papers")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    asked = Asked({"type": ["-preprint"]}, words="language")
    expect(count).to_have_text(f"{len(matching(known, asked.holds))} of {len(known)} papers")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Leave out: Preprint"


def family(author: str | dict[str, str]) -> str:
    """What a name is sorted by."""
    if isinstance(author, str):
        return author.partition(",")[0] if "," in author else author.rpartition(" ")[2]
    return author.get("family") or author["literal"]


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("title", lambda record: re.sub(r"^\W+", "", fold(record["title"]))),
        ("author", lambda record: fold(family(record["authors"][0]))),
        ("added", lambda record: [-int(part) for part in record["added"].split("-")]),
        ("year", lambda record: -int(record["year"])),
    ],
)
def test_it_sorts(page: Page, served: Served, records: dict[str, Any], sort: str, key: Callable[[Any], Any]) -> None:
    open_list(page, served, "?sort=author" if sort == "year" else "")
    page.get_by_label("Sort by").select_option(sort)
    for turned in (False, True):
        expect(page).to_have_url(re.compile("sort=-" if turned else "papers/$" if sort == "year" else f"sort={sort}$"))
        values = [key(records[one]) for one in page.evaluate(LOOK)["keys"]]
        assert len(values) == len(records)
        letters = [re.sub(r"[^a-z0-9]", "", value) if isinstance(value, str) else value for value in values]
        assert letters == sorted(letters, reverse=turned) or values == sorted(values, reverse=turned)
        page.get_by_role("button", name="Turn the order round").click()


def test_an_author_among_many_is_found_by_typing(page: Page, served: Served, known: dict[str, Known]) -> None:
    count = open_list(page, served)
    authors = open_facet(page, "author")
    authors.get_by_role("searchbox").press_sequentially("akyurek", delay=10)
    expect(authors.locator(".survey-choice")).to_have_count(1)
    box(authors, "ekin-akyurek").check()
    found = matching(known, Asked({"author": ["ekin-akyurek"]}).holds)
    assert found
    expect(count).to_have_text(f"{len(found)} of {len(known)} papers")


def test_without_scripts_the_newest_and_all_years_are_there(
    open_page: OpenPage, served: Served, known: dict[str, Known]
) -> None:
    page = open_page(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page.goto(served.url + "papers/")
    assert page.locator(".survey-paper__title a").count() == len(known), "up to a hundred, all stand on the page"
    expect(page.get_by_role("searchbox", name="Find in titles")).to_have_count(0)
    expect(page.locator('[data-browse="facets"]')).to_be_hidden()
    years = page.get_by_role("navigation", name="All papers by year").get_by_role("link")
    assert years.count() == len({paper.year for paper in known.values()})
    years.first.click()
    expect(page).to_have_url(re.compile(r"/years/#year-[0-9]{4}$"))


def test_the_list_as_scripts_make_it_is_the_list_as_it_was(page: Page, served: Served) -> None:
    open_list(page, served)
    shown = page.locator(".survey-papers")
    before, addresses = shown.inner_text(), shown.evaluate("list => [...list.querySelectorAll('a')].map(a => a.href)")
    page.evaluate("document.querySelector('.survey-papers').dataset.old = ''")
    open_facet(page, "topics")
    expect(page.locator(".survey-papers[data-old]")).to_have_count(0)
    assert shown.inner_text() == before
    assert shown.evaluate("list => [...list.querySelectorAll('a')].map(a => a.href)") == addresses


@pytest.fixture(scope="module")
def many(served: Served) -> str:
    """The data of the list as it would be if there were 248 papers: each of the survey's four times."""
    data = json.loads((served.site / "assets/survey/browse.json").read_text("utf-8"))
    times = 4
    count = len(data["titles"])
    keys = data["keys"].split()
    data["keys"] = " ".join(f"{key}-{copy}" for key in keys for copy in range(times))
    for name in ("titles", "authors", "added"):
        data[name] = [value for value in data[name] for _ in range(times)]
    data["years"] = [[year, length * times] for year, length in data["years"]]
    for facet in data["facets"]:
        facet["column"] = [value for value in facet["column"] for _ in range(times)]
    data["former"] = data["status"] = {}
    assert count * times == 248
    return json.dumps(data)


def test_a_long_list_shows_more_when_asked_and_the_address_remembers(page: Page, served: Served, many: str) -> None:
    page.route(DATA, lambda route: route.fulfill(body=many, content_type="application/json"))
    count = open_list(page, served, "?sort=title")
    expect(count).to_have_text("248 papers")
    assert len(page.evaluate(LOOK)["keys"]) == 100
    page.get_by_role("button", name="Show 100 more of 148").click()
    expect(page).to_have_url(re.compile(r"\?sort=title&shown=200$"))
    keys = page.evaluate(LOOK)["keys"]
    assert len(keys) == len(set(keys)) == 200
    assert page.evaluate("document.activeElement.href").endswith(f"/papers/{keys[100]}/"), "where reading goes on"
    page.reload(wait_until="networkidle")
    assert page.evaluate(LOOK)["keys"] == keys
    page.get_by_role("button", name="Show 48 more of 48").click()
    page.get_by_role("button", name="Table").click()
    expect(page.get_by_role("button", name="Show 100 more of 148")).to_be_visible()
    page.get_by_label("Find in titles, authors, venues and tags").press_sequentially("zzz", delay=10)
    expect(page.get_by_text("No paper fits all of this.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Show .* more"))).to_have_count(0)
    expect(page).to_have_url(re.compile("find=zzz"))
    page.go_back()
    assert page.evaluate(LOOK)["keys"] == keys[:100]


def test_words_may_be_taken_back_one_letter_at_a_time(page: Page, served: Served, known: dict[str, Known]) -> None:
    count = open_list(page, served)
    find = page.get_by_label("Find in titles, authors, venues and tags")
    find.focus()
    for key in [*"learning acl", *["Backspace"] * 6, *" em", "Home", "x", "Delete"]:
        page.keyboard.press("Space" if key == " " else key)
        number = len(matching(known, Asked({}, words=find.input_value()).holds))
        expect(count).to_have_text(f"{number} of {len(known)} papers" if number < len(known) else f"{number} papers")


def test_where_the_data_cannot_be_had_the_page_says_so(page: Page, served: Served, findings: list[str]) -> None:
    page.route(DATA, lambda route: route.abort())
    open_list(page, served)
    page.locator('[data-facet="topics"] summary').click()
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    assert findings
    assert all("Failed to load" in one for one in findings)
    findings.clear()
    page.unroute(DATA)
    open_facet(page, "kinds")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_who_is_quicker_than_the_script_is_not_forgotten(page: Page, served: Served) -> None:
    with held_script(page, served) as there:
        there.locator('[data-facet="topics"] summary').click()
        there.get_by_role("searchbox").fill("combiner")
    expect(page.locator('[data-facet="topics"] .survey-choice').first).to_be_visible()
    expect(page.locator('[data-browse="count"]')).to_have_text(re.compile("^1 of "))
    expect(page).to_have_url(re.compile(r"\?find=combiner$"))
    with held_script(page, served) as there:
        there.get_by_label("Sort by").select_option("author")
        there.get_by_label("From year").fill("2024")
    expect(page).to_have_url(re.compile(r"\?year=2024-&sort=author$"))
    expect(page.get_by_label("Sort by")).to_have_value("author")
    expect(page.get_by_label("From year")).to_have_value("2024")


def test_a_page_that_was_left_before_the_script_came_is_not_begun(page: Page, served: Served) -> None:
    count = open_list(page, served, "?topics=prompting")
    before = count.inner_text()
    for word in ("learning", "tokens"):  # the theme answers the first step back with a page of its own
        page.evaluate("""async () => {
          const { start } = await import(new URL("../assets/survey/browse/browse.js", location.href));
          start(document.querySelector('[data-browse="root"]').cloneNode(true));
        }""")
        page.get_by_role("searchbox").fill(word)
        expect(page).to_have_url(re.compile(f"find={word}"))
        expect(count).not_to_have_text(before)
        page.go_back(wait_until="networkidle")
        expect(count).to_have_text(before)


@contextmanager
def held_script(page: Page, served: Served) -> Iterator[Page]:
    """Open the list, and keep its script back while the reader is at work."""
    with ExitStack() as waiting:

        def hold(route: Route) -> None:
            waiting.callback(route.continue_)

        page.route(SCRIPT, hold)
        with page.expect_request(SCRIPT):
            page.goto(f"{served.url}papers/", wait_until="commit")
        yield page
    page.unroute(SCRIPT)
