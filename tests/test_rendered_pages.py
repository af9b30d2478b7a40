"""The pages as text: what is on them, where they stand, and that content stays text on them."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, ClassVar

import markdown  # type: ignore[import-untyped]
import pytest
import yaml

from generator.bibliography import every_format
from generator.codes import CODES
from generator.decode import decode
from generator.documents import documents
from generator.exports import exports
from generator.layout import PATHS, Kind, json_schema
from generator.model import Author, PaperRecord, PaperType, SurveyFile
from generator.output import Output
from generator.pages import render
from generator.pages.people import People
from generator.pages.templates import Templates, read_templates
from generator.resolve import resolve
from generator.schema import schema_files
from generator.source import SourceFile
from generator.survey import Page, Paper, Survey

HOSTILE = 'Evil </h1></title><script>alert(1)</script> {{ 7*7 }} {% raw %} {: onclick="x" } *a* `b` [c](d) # <e>'
"""A title that means something to HTML, Jinja2 and Markdown."""

SITE = {"site_url": "https://example.org/survey", "repository": "https://github.com/someone/survey"}


@pytest.fixture(scope="module")
def templates(repository: Path) -> Templates:
    return read_templates(repository)


CONTENT: dict[str, dict[str, Any] | str] = {
    "content/survey.yaml": {
        "format": 1,
        "title": "A Survey",
        "description": "All of it.",
        "editors": ["Ed Itor"],
        "license": "CC-BY-4.0",
        "groupings": ["topics", "kinds"],
        "attributes": {
            "speed": {"title": "Speed-up", "type": "number", "unit": "×"},
            "open": {"title": "Open", "type": "yes/no"},
            "size": {"title": "Size", "type": "choice", "values": {"big": "larger than small"}},
        },
    },
    "content/venues.yaml": {"conf": {"short": "CONF", "full": "A Conference", "kind": "conference"}},
    "content/retired.yaml": {"gone2018": "Not a <paper>."},
    "content/pages/about.md": "# About <us>\n\nRead [the papers](/papers/).",
    "content/groupings/topics/_index.yaml": {"title": "Topics", "order": ["attention", "other"]},
    "content/groupings/topics/attention.yaml": {
        "title": "Attention",
        "summary": "Who looks at whom.",
        "body": "## Why\n\nSee @alpha2021 and [@gamma2022, p. 3; @old2020]. <script>alert(1)</script>",
        "aliases": ["topics/looking"],
    },
    "content/groupings/topics/attention/sparse.yaml": {"title": "Sparse", "papers": ["beta2020"]},
    "content/groupings/topics/other.yaml": {"title": HOSTILE, "papers": ["gamma2022"]},
    "content/groupings/kinds/_index.yaml": {"title": "Kinds"},
    "content/groupings/kinds/method.yaml": {"title": "Methods"},
    "content/papers/alpha2021.yaml": {
        "title": "Alpha attention",
        "former_titles": ["Attention before Alpha"],
        "authors": ["Ren, Ada", "Müller, Jörg", "Ng, Bo"],
        "year": 2021,
        "type": "conference",
        "venue": "conf",
        "arxiv": "2101.00001",
        "summary": "It does $x^2$ better [@beta2020].",
        "attributes": {"speed": {"value": "2.50", "of": "decoding"}, "open": "n/a", "size": "big"},
        "groups": [{"group": "topics/attention", "note": "it <b>belongs</b>"}, "kinds/method"],
        "relations": [
            {"type": "extends", "paper": "beta2020", "note": "takes it further"},
            {"type": "contrasts", "paper": "gamma2022"},
        ],
        "sources": {"year": "https://example.org/where"},
    },
    "content/papers/beta2020.yaml": {
        "title": "Beta", "authors": ["Ren, Ada", "Ng, Bo"], "year": 2020, "type": "journal", "doi": "10.1234/beta",
        "aliases": ["old2020"],
    },
    "content/papers/gamma2022.yaml": {
        "title": "Gamma", "authors": ["Ren, Ada"], "year": 2022, "type": "preprint", "status": "retracted",
    },
    "content/papers/evil2023.yaml": {
        "title": HOSTILE, "authors": [{"literal": HOSTILE}], "year": 2023, "type": "web",
    },
    "content/papers/delta2019.yaml": {"title": "Delta", "authors": ["Solo, Ann"], "year": 2019, "type": "book"},
}  # fmt: skip
"""A survey as content files: JSON is YAML."""


def make_survey(**fields: Any) -> Survey:
    """Resolve the content, with some fields of `content/survey.yaml` set."""
    main = CONTENT["content/survey.yaml"]
    assert isinstance(main, dict)
    files = CONTENT | {"content/survey.yaml": main | fields}
    texts = {path: file if isinstance(file, str) else json.dumps(file) for path, file in files.items()}
    content, malformed = decode([SourceFile(path, text) for path, text in texts.items()])
    survey, dangling = resolve(content)
    assert [finding.message for finding in [*malformed, *dangling]] == []
    return survey


@pytest.fixture(scope="module")
def files(templates: Templates) -> dict[str, str]:
    return rendered(make_survey(**SITE), templates)


def everything(survey: Survey, templates: Templates) -> list[Output]:
    return render(survey, every_format(survey), templates)


def rendered(survey: Survey, templates: Templates) -> dict[str, str]:
    """The pages and the configuration, by path."""
    outputs = [one for one in everything(survey, templates) if "/assets/" not in one.path and "/theme/" not in one.path]
    return {output.path: output.content.decode() for output in outputs}


def built(text: str) -> str:
    """A page as MkDocs makes it, with more extensions than we ask for."""
    body = text.split("---\n", 2)[2]
    return str(markdown.markdown(
        body,
        extensions=[
            "attr_list", "md_in_html", "pymdownx.superfences", "pymdownx.highlight", "pymdownx.snippets",
            "pymdownx.tilde", "pymdownx.mark", "pymdownx.emoji", "pymdownx.magiclink", "smarty", "toc", "tables",
        ],
    ))  # fmt: skip


class Reader(HTMLParser):
    """Collects a page's text, elements, headings and links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in {"input", "meta", "link", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    @property
    def text(self) -> str:
        return " ".join("".join(text for _, text in self.texts).split())

    def within(self, tag: str) -> str:
        return "".join(text for element, text in self.texts if element == tag)

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]


def page(files: Mapping[str, str], path: str) -> Reader:
    return Reader(built(files[f"docs/{path}"]))


def test_every_thing_has_its_page(files: dict[str, str]) -> None:
    assert sorted(files) == sorted(
        [
            ".survey/map.json",
            ".survey/mkdocs.yml",
            "docs/index.md",
            "docs/topics/index.md",
            "docs/topics/attention/index.md",
            "docs/topics/attention/sparse/index.md",
            "docs/topics/other/index.md",
            "docs/topics/looking/index.html",
            "docs/kinds/index.md",
            "docs/kinds/method/index.md",
            "docs/papers/index.md",
            "docs/papers/alpha2021/index.md",
            "docs/papers/beta2020/index.md",
            "docs/papers/delta2019/index.md",
            "docs/papers/evil2023/index.md",
            "docs/papers/gamma2022/index.md",
            "docs/papers/gone2018/index.md",
            "docs/papers/old2020/index.html",
            "docs/years/index.md",
            "docs/venues/index.md",
            "docs/authors/index.md",
            "docs/authors/ada-ren/index.md",
            "docs/map/index.md",
            "docs/map/similar/index.md",
            *(
                f"docs/map/{pair}/index.md"
                for pair in ("topics/kinds", "topics/open", "topics/size", "kinds/open", "kinds/size", "open/size")
            ),
            "docs/basket/index.md",
            "docs/downloads/index.md",
            "docs/cite/index.md",
            "docs/contribute/index.md",
            "docs/contribute/format/index.md",
            "docs/about/index.md",
            "docs/contribute/findings/index.md",
            *(f"docs/contribute/findings/{code}/index.md" for code in CODES),
        ]
    )


def test_every_link_leads_to_a_page_a_file_or_elsewhere(files: dict[str, str], templates: Templates) -> None:
    survey = make_survey()
    written = every_format(survey)
    bibliography = {output.path.removeprefix("docs/") for output in [*exports(survey, written), *documents(survey)]}
    schemas = {output.path for output in schema_files("schema")}
    urls = {
        **{path: set[str]() for path in schemas},
        **{path: set[str]() for path in bibliography},
        **{f"assets/survey/{name}": set[str]() for name in templates.assets},
    }
    readers = {}
    for path, text in files.items():
        if path.endswith(".md"):
            url = re.sub(r"(^|/)index\.md$", r"\1", path.removeprefix("docs/")).replace(".md", "/")
            readers[url] = Reader(built(text))
            urls[url] = set(readers[url].values("id"))
    dead = []
    for url, reader in readers.items():
        for href in reader.values("href"):
            if href.startswith(("https:", "http:")):
                continue
            target, _, fragment = href.partition("#")
            where = posixpath.normpath(posixpath.join("/", url, target)).lstrip("/") if target else url
            where += "/" if target.endswith("/") and where else ""
            if where not in urls or (fragment and fragment not in urls[where]):
                dead.append(f"{url}: {href}")
    assert dead == []


def test_a_page_is_headings_and_whole_blocks_of_html(files: dict[str, str]) -> None:
    """Between blank lines stand a heading, a fence, or HTML that closes what it opens."""
    for path, text in files.items():
        if not path.endswith(".md"):
            continue
        body = re.sub(r"(?ms)^(`{3,})\w+\n.*?^\1$", "", text.split("---\n", 2)[2])
        for block in filter(None, (block.strip("\n") for block in body.split("\n\n"))):
            if not re.fullmatch(r"#{1,6} [^\n]+", block):
                assert block.startswith("<"), f"{path}: {block[:80]}"
                assert Reader(block).open == [], f"{path}: {block[:80]}"


def test_a_hostile_title_stands_as_text_wherever_it_is_shown(files: dict[str, str]) -> None:
    for path in (
        "papers/evil2023/index.md",
        "papers/index.md",
        "topics/other/index.md",
        "topics/index.md",
        "authors/index.md",
    ):
        reader = page(files, path)
        assert HOSTILE in reader.text, path
        assert not {"script", "e", "em"} & {tag for tag, _ in reader.elements}, path
        assert reader.values("onclick") == [], path
    assert page(files, "papers/evil2023/index.md").within("h1") == HOSTILE


def test_front_matter_and_navigation_hold_titles_as_escaped_text(files: dict[str, str]) -> None:
    front = yaml.safe_load(files["docs/papers/evil2023/index.md"].split("---\n")[1])
    assert "<" not in front["title"]
    assert Reader(front["title"]).text == HOSTILE
    assert front["source"] == "content/papers/evil2023.yaml"
    topics = yaml.safe_load(files[".survey/mkdocs.yml"])["nav"][1]["Topics"]
    titles = [Reader(title).text for entry in topics[1:] for title in entry]
    assert titles == ["Attention", HOSTILE]


def test_the_navigation_is_read_whatever_the_length_of_a_title(templates: Templates) -> None:
    survey = make_survey()
    title = "<a: b> " * 400
    groups = {
        name: replace(group, record=group.record.model_copy(update={"title": title}))
        for name, group in survey.groups.items()
    }
    files = rendered(replace(survey, groups=groups), templates)
    topics = yaml.safe_load(files[".survey/mkdocs.yml"])["nav"][1]["Topics"]
    assert [Reader(shown).text for entry in topics[1:] for shown in entry] == [title.strip()] * 2


def test_the_configuration_has_any_character_whole(templates: Templates) -> None:
    survey = make_survey(editors=[{"name": "Ada"}])
    editors = tuple(editor.model_copy(update={"name": "Ada \U0001f600"}) for editor in survey.record.editors)
    record = survey.record.model_copy(update={"editors": editors, "site_url": "https://example.org/\U0001f600/"})
    configuration = yaml.safe_load(rendered(replace(survey, record=record), templates)[".survey/mkdocs.yml"])
    assert "Ada \U0001f600" in configuration["copyright"]
    assert configuration["site_url"] == "https://example.org/\U0001f600/"


def test_a_bibtex_entry_stays_in_its_fence(templates: Templates) -> None:
    survey = make_survey()
    paper = survey.papers["delta2019"]
    breaking = replace(paper, record=paper.record.model_copy(update={"title": "````\n```` <script>"}))
    files = rendered(replace(survey, papers={**survey.papers, "delta2019": breaking}), templates)
    assert "script" not in {tag for tag, _ in page(files, "papers/delta2019/index.md").elements}


def test_a_group_page_lists_exactly_what_its_prose_cites(files: dict[str, str]) -> None:
    reader = page(files, "topics/attention/index.md")
    references = [name for name in reader.values("id") if name.startswith("ref-")]
    assert sorted(references) == ["ref-alpha2021", "ref-beta2020", "ref-gamma2022"]
    assert "Ren et al. (2021)" in reader.text
    assert "<script>alert(1)</script>" in reader.text
    assert not any(i.startswith("ref-") for i in page(files, "topics/other/index.md").values("id"))


SUFFIXES = (".bib", ".biblatex.bib", ".ris", ".csl.json", ".csv", ".json")


def test_a_paper_offers_its_preprint_where_another_version_is_cited(files: dict[str, str]) -> None:
    def offered(key: str) -> list[str]:
        hrefs = page(files, f"papers/{key}/index.md").values("href")
        stem = f"../../papers/{key}"
        return [href.removeprefix(stem) for href in hrefs if href.startswith(f"{stem}.")]

    published = list(SUFFIXES[:4])
    assert offered("alpha2021") == [*published, ".preprint.bib", ".preprint.biblatex.bib"]
    assert offered("beta2020") == published


def test_the_downloads_offer_every_format_of_everything(files: dict[str, str]) -> None:
    reader = page(files, "downloads/index.md")
    hrefs = reader.values("href")
    assert [href.partition("downloads/survey")[2] for href in hrefs if "/survey." in href] == [
        *SUFFIXES,
        ".tex",
    ]
    assert "../topics/forest.tex" in hrefs
    assert {f"../topics/attention{suffix}" for suffix in SUFFIXES} <= set(hrefs)
    assert "../schema/export.schema.json" in hrefs


def test_a_group_page_shows_its_papers_and_those_of_its_parts(files: dict[str, str]) -> None:
    reader = page(files, "topics/attention/index.md")
    assert "it <b>belongs</b>" in reader.text
    assert "2 papers" in reader.text
    assert reader.text.index("Alpha attention") < reader.text.rindex("Sparse") < reader.text.index("Beta", 10)
    assert [href for href in reader.values("href") if href.startswith("../../topics/attention.")] == [
        f"../../topics/attention{suffix}" for suffix in SUFFIXES
    ]


def test_relations_are_told_from_both_sides(files: dict[str, str]) -> None:
    alpha, beta, gamma = (page(files, f"papers/{key}/index.md") for key in ("alpha2021", "beta2020", "gamma2022"))
    assert "Extends Beta" in alpha.text
    assert "Extended by Alpha attention" in beta.text
    assert "takes it further" in alpha.text
    assert "takes it further" in beta.text
    assert "the editors’ reading" in alpha.text
    assert "the editors’ reading" in gamma.text
    assert "the editors’ reading" not in beta.text


def test_a_paper_page_tells_what_is_known(files: dict[str, str]) -> None:
    reader = page(files, "papers/alpha2021/index.md")
    assert "“Attention before Alpha”" in reader.text
    assert "2.50× decoding" in reader.text
    assert "Open not applicable" in reader.text
    assert "big larger than small" in reader.text
    assert {"../../authors/ada-ren/", "../../authors/#author-bo-ng", "../../venues/#venue-conf"} <= set(
        reader.values("href")
    )
    assert {"https://arxiv.org/abs/2101.00001", "https://arxiv.org/pdf/2101.00001"} <= set(reader.values("href"))
    assert "https://example.org/where" in reader.values("href")
    assert "math" in {tag for tag, _ in reader.elements}
    assert "Cited in Attention" in reader.text


def test_a_retracted_paper_is_marked_wherever_it_stands(files: dict[str, str]) -> None:
    for path in (
        "papers/gamma2022/index.md",
        "topics/other/index.md",
        "papers/index.md",
        "years/index.md",
        "papers/alpha2021/index.md",
    ):
        assert "Retracted" in page(files, path).text, path


def test_former_addresses_lead_to_the_present_ones(files: dict[str, str]) -> None:
    paper, group = (Reader(files[f"docs/{path}/index.html"]) for path in ("papers/old2020", "topics/looking"))
    assert ("meta", {"http-equiv": "refresh", "content": "0; url=../../papers/beta2020/"}) in paper.elements
    assert ("link", {"rel": "canonical", "href": "https://example.org/survey/papers/beta2020/"}) in paper.elements
    assert "../../topics/attention/" in group.values("href")


def test_a_retired_key_says_why(files: dict[str, str]) -> None:
    assert "Not a <paper>." in page(files, "papers/gone2018/index.md").text


def test_lists_are_in_order(files: dict[str, str]) -> None:
    rows = re.findall(r"years/#year-(\d{4})\">\d+</a>", files["docs/papers/index.md"])
    assert rows == ["2023", "2022", "2021", "2020", "2019"]
    assert re.findall(r"^## (\d+)", files["docs/years/index.md"], re.MULTILINE) == rows
    assert re.findall(r"^## (.)", files["docs/authors/index.md"], re.MULTILINE) == ["E", "M", "N", "R", "S"]


def test_papers_are_not_in_the_navigation(files: dict[str, str]) -> None:
    configuration = yaml.safe_load(files[".survey/mkdocs.yml"])
    assert configuration["site_url"] == "https://example.org/survey/"
    assert configuration["edit_uri"] == "edit/main/"
    assert "papers/alpha2021/index.md" not in json.dumps(configuration["nav"])
    assert "topics/attention/sparse/index.md" in json.dumps(configuration["nav"])


def test_a_survey_without_an_address_or_a_repository_has_neither_on_its_pages(templates: Templates) -> None:
    files = rendered(make_survey(), templates)
    configuration = yaml.safe_load(files[".survey/mkdocs.yml"])
    assert not {"site_url", "repo_url", "edit_uri"} & set(configuration)
    assert [path for path, text in files.items() if "/edit/" in text or "None" in text] == []
    assert "canonical" not in files["docs/papers/old2020/index.html"]


def test_an_empty_survey_has_pages_too(templates: Templates) -> None:
    survey = Survey(SurveyFile.model_validate({"format": "1", "title": "Nothing yet"}), papers={})
    files = rendered(survey, templates)
    assert "Nothing yet" in page(files, "index.md").text
    assert "0 papers" in page(files, "papers/index.md").text


@pytest.mark.parametrize(
    ("repository_url", "edit"),
    [
        ("https://github.com/a/b.git", "https://github.com/a/b/edit/main/content/papers/beta2020.yaml"),
        ("https://gitlab.com/a/b/", "https://gitlab.com/a/b/-/edit/main/content/papers/beta2020.yaml"),
        ("https://codeberg.org/a/b", "https://codeberg.org/a/b/_edit/main/content/papers/beta2020.yaml"),
    ],
)
def test_a_record_is_edited_on_its_forge(templates: Templates, repository_url: str, edit: str) -> None:
    files = rendered(make_survey(repository=repository_url), templates)
    assert edit in page(files, "papers/beta2020/index.md").values("href")


def test_a_hand_written_page_takes_the_place_of_ours(templates: Templates) -> None:
    own = Page("contribute", "How we work", "Write to us.", "content/pages/contribute.md")
    files = rendered(replace(make_survey(), pages=(own,)), templates)
    assert "Write to us." in page(files, "contribute/index.md").text
    assert "How we work" in files[".survey/mkdocs.yml"]


def test_rendering_twice_gives_the_same_bytes(templates: Templates) -> None:
    assert everything(make_survey(**SITE), templates) == everything(make_survey(**SITE), templates)


def test_a_project_may_replace_a_block_a_page_or_a_file_of_the_theme(tmp_path: Path) -> None:
    own = {
        "pages/home.md.j2": '{% extends "survey/home.md.j2" %}{% block calls %}<p>Our own {{ page.title }}</p>{% endblock %}',
        "pages/about.txt": "not a page",
        "theme/partials/actions.html": "ours",
        "assets/extra.css": "p {}",
    }
    for name, content in own.items():
        file = tmp_path / "site_templates" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    outputs = {output.path: output.content for output in everything(make_survey(), read_templates(tmp_path))}
    assert b"<p>Our own A Survey</p>" in outputs["docs/index.md"]
    assert b"Latest additions" in outputs["docs/index.md"]
    assert outputs[".survey/theme/partials/actions.html"] == b"ours"
    assert outputs["docs/assets/survey/extra.css"] == b"p {}"
    assert "docs/assets/survey/survey.css" in outputs


class TestPeople:
    """Who is whom."""

    @staticmethod
    def people(*authors: dict[str, str]) -> People:
        papers = {
            f"p{i}": Paper(f"p{i}", PaperRecord(title="T", year=2020, type=PaperType.WEB, authors=(author,)), "p.yaml")
            for i, author in enumerate(map(Author.model_validate, authors))
        }
        return People(papers)

    ONE, TWO = "0000-0001-0000-0001", "0000-0001-0000-0002"
    JANE: ClassVar[dict[str, str]] = {"given": "Jane", "family": "Doe"}

    def test_one_name_is_one_person(self) -> None:
        (person,) = self.people(self.JANE, self.JANE, self.JANE).in_order
        assert person.papers == ("p0", "p1", "p2")
        assert person.url == "authors/jane-doe/"

    def test_two_orcid_ids_are_two_persons_and_a_bare_name_is_neither(self) -> None:
        people = self.people({**self.JANE, "orcid": self.ONE}, {**self.JANE, "orcid": self.TWO}, self.JANE)
        assert [person.orcid for person in people.in_order] == [self.ONE, self.TWO, None]
        assert len({person.url for person in people.in_order}) == 3

    def test_one_orcid_id_is_one_person_under_any_spelling(self) -> None:
        (person,) = self.people(
            {**self.JANE, "orcid": self.ONE}, {"given": "J.", "family": "Doe", "orcid": self.ONE}, self.JANE
        ).in_order
        assert person.name == "Jane Doe"
        assert len(person.papers) == 3

    def test_the_index_sorts_by_family_name_without_particle_and_accents(self) -> None:
        people = self.people(
            {"given": "A", "family": "Zoe"},
            {"given": "A", "family": "Émile", "particle": "van"},
            {"literal": "北京"},
            {"given": "A", "family": "Eagle"},
        )
        assert [(person.sorting, person.initial) for person in people.in_order] == [
            ("Eagle, A", "E"),
            ("van Émile, A", "E"),
            ("Zoe, A", "Z"),
            ("北京", ""),
        ]


def test_the_reference_has_every_key_of_every_kind_of_file(files: dict[str, str]) -> None:
    reader = page(files, "contribute/format/index.md")
    ids = reader.values("id")
    for kind, path in PATHS.items():
        assert path in reader.text
        if kind is not Kind.PAGE:
            assert f"../../schema/{kind}.schema.json" in reader.values("href")
            assert [name for name in json_schema(kind).get("properties", {}) if f"{kind}.{name}" not in ids] == []
    assert {"paper-author.orcid", "survey-attributedeclaration.values", "venues-venue.issn"} <= set(ids)
    for text in (
        "title required The title of the cited version",
        "a list, each item a name, or a mapping: Author",
        "one of these words: conference journal",
        "With nothing but its group it is written as that alone.",
        "published if left out",
        "Each key leads to text on one line.",
    ):
        assert text in reader.text
    assert "../contribute/format/" in page(files, "contribute/index.md").values("href")


def test_an_example_in_the_reference_is_yaml_that_means_the_example(files: dict[str, str]) -> None:
    reader = page(files, "contribute/format/index.md")
    shown = {text for element, text in reader.texts if element == "code"}
    schemas = [json_schema(kind) for kind in PATHS if kind is not Kind.PAGE]
    mappings = [
        one
        for schema in schemas
        for whole in (schema, *schema.get("$defs", {}).values())
        for one in (whole, *whole.get("anyOf", []))
    ]
    examples = [
        {name: example}
        for mapping in mappings
        for name, field in mapping.get("properties", {}).items()
        for example in field.get("examples", [])[:1]
    ]
    assert len(examples) > 20
    read = [yaml.load(text, YamlWithoutDates) for text in shown if ": " in text]  # noqa: S506 - a safe loader
    assert [example for example in examples if example not in read] == []


class YamlWithoutDates(yaml.SafeLoader):
    """Reads YAML as the schema has it: a date is text."""


YamlWithoutDates.add_constructor("tag:yaml.org,2002:timestamp", YamlWithoutDates.construct_yaml_str)  # type: ignore[type-var]


def test_the_reference_lists_what_the_survey_declares_as_text(templates: Templates) -> None:
    hostile = {"speed": {"title": HOSTILE, "type": "number", "description": HOSTILE, "unit": "×"}}
    sizes = {"size": {"title": "Size", "type": "choice", "values": {"big": HOSTILE}}}
    declared = make_survey(
        attributes={**hostile, **sizes, "open": {"title": "Open", "type": "yes/no"}}, tags={"new": HOSTILE}
    )
    reader = page(rendered(declared, templates), "contribute/format/index.md")
    assert {"known-groups-topics", "known-groups-kinds", "known-attributes", "known-tags", "known-venues"} <= set(
        reader.values("id")
    )
    assert reader.text.count(HOSTILE) == 4
    assert not {"script", "e", "em"} & {tag for tag, _ in reader.elements}
    for text in ("topics/attention/sparse Sparse", "conf A Conference", "number, ×", "yes/no", "new Evil"):
        assert text in reader.text
