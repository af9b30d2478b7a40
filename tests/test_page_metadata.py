"""What pages tell programs: Highwire tags, JSON-LD, COinS, Open Graph; and that a survey may do without."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import yaml

from generator.bibliography import every_format
from generator.bibliography.to_coins import coins
from generator.bibliography.to_highwire import tags
from generator.decode import decode
from generator.model import Degree
from generator.pages import render
from generator.pages.linked_data import linked_data
from generator.pages.templates import read_templates
from generator.resolve import resolve
from generator.source import SourceFile
from generator.survey import Paper, Survey

HOSTILE = "</script><script>alert(1)</script><!-- \" \u2028 & ' {{ 7*7 }} ]]>"

SURVEY = {
    "format": 1,
    "title": "A <Survey> & more",
    "site_url": "https://example.org/survey",
    "groupings": ["topics"],
}
VENUES = {
    "conf": {"short": "CONF", "full": "A Conference on Things", "kind": "conference", "publisher": "Press"},
    "trans": {"short": "Trans.", "full": "Transactions on Things", "kind": "journal", "issn": "2307-387X"},
}
RECORDS: dict[str, dict[str, Any]] = {
    "conference2021": {
        "title": "A $L_2$ Case: Of Ours", "authors": ["Ren, Hongyu", "van der Berg, Jan Piet"], "year": 2021, "month": 7,
        "type": "conference", "venue": "conf", "proceedings": "Proceedings of the 3rd A Conference on Things",
        "pages": "22470-22482", "volume": 34, "doi": "10.1234/conf", "arxiv": "2107.05768",
    },
    "unprinted2021": {
        "title": "Unprinted", "authors": ["Ren, Hongyu"], "year": 2021, "type": "conference", "venue": "conf",
    },
    "journal2020": {
        "title": "An Article", "year": 2020, "type": "journal", "venue": "trans", "volume": 9, "number": 4,
        "pages": "53-68", "url": "https://example.com/article", "pdf": "https://example.com/article.pdf",
        "authors": [{"given": "Martin", "family": "King", "suffix": "Jr."}, {"literal": "The Consortium, Inc."}],
    },
    "preprint2024": {
        "title": "A Preprint", "authors": ["Müller, Jörg"], "year": 2024, "type": "preprint", "arxiv": "2401.00001",
        "first_posted": "2024-01-02",
    },
    "thesis2022": {
        "title": "A Thesis", "authors": ["Doe, Jane"], "year": 2022, "type": "thesis", "school": "University of Somewhere",
    },
    "book2019": {
        "title": "A Book", "authors": ["Doe, Jane"], "year": 2019, "type": "book", "publisher": "Press",
        "isbn": "978-0-306-40615-7", "edition": "2nd",
    },
    "chapter2019": {
        "title": "A Chapter", "authors": ["Doe, Jane"], "year": 2019, "type": "chapter", "proceedings": "The Book",
        "publisher": "Press", "pages": "1, 5-9",
    },
    "report2018": {
        "title": "A Report", "authors": ["Doe, Jane"], "year": 2018, "type": "report", "school": "An Institute", "number": 12,
    },
    "data2018": {"title": "Data", "authors": ["Doe, Jane"], "year": 2018, "type": "dataset", "publisher": "Archive"},
    "code2018": {"title": "Code", "authors": ["Doe, Jane"], "year": 2018, "type": "software", "edition": "1.2"},
    "evil2023": {
        "title": HOSTILE, "authors": [{"literal": HOSTILE}, {"family": HOSTILE, "given": "E"}], "year": 2023, "type": "web",
        "former_titles": [HOSTILE + "!"], "status": "retracted", "publisher": HOSTILE,
    },
}  # fmt: skip


def make_survey(**settings: Any) -> Survey:
    files = {
        "content/survey.yaml": SURVEY | settings,
        "content/venues.yaml": VENUES,
        "content/groupings/topics/_index.yaml": {"title": "Topics"},
        "content/groupings/topics/a.yaml": {"title": "A group", "papers": list(RECORDS)},
        **{f"content/papers/{key}.yaml": record for key, record in RECORDS.items()},
    }
    content, malformed = decode([SourceFile(path, json.dumps(file)) for path, file in files.items()])
    survey, dangling = resolve(content)
    assert [found.message for found in [*malformed, *dangling]] == []
    return survey


def rendered(survey: Survey, repository: Path) -> dict[str, str]:
    outputs = render(survey, every_format(survey), read_templates(repository))
    return {output.path: output.content.decode() for output in outputs if output.path.endswith(".md")}


@pytest.fixture(scope="module")
def survey() -> Survey:
    return make_survey()


@pytest.fixture(scope="module")
def pages(survey: Survey, repository: Path) -> dict[str, str]:
    return rendered(survey, repository)


def front(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text.split("---\n")[1])
    return found


def tags_of(paper: Paper) -> list[tuple[str, str]]:
    return list(tags(paper, None, None))


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            "conference2021",
            [
                ("citation_title", "A L_2 Case: Of Ours"),
                ("citation_author", "Ren, Hongyu"),
                ("citation_author", "van der Berg, Jan Piet"),
                ("citation_publication_date", "2021/07"),
                ("citation_doi", "10.1234/conf"),
                ("citation_inbook_title", "Proceedings of the 3rd A Conference on Things"),
                ("citation_conference_title", "A Conference on Things"),
                ("citation_publisher", "Press"),
                ("citation_volume", "34"),
                ("citation_firstpage", "22470"),
                ("citation_lastpage", "22482"),
                ("citation_arxiv_id", "2107.05768"),
                ("z:itemType", "conferencePaper"),
            ],
        ),
        (
            "unprinted2021",
            [
                ("citation_title", "Unprinted"),
                ("citation_author", "Ren, Hongyu"),
                ("citation_publication_date", "2021"),
                ("citation_inbook_title", "A Conference on Things"),
                ("citation_conference_title", "A Conference on Things"),
                ("citation_publisher", "Press"),
                ("z:itemType", "conferencePaper"),
            ],
        ),
        (
            "journal2020",
            [
                ("citation_title", "An Article"),
                ("citation_author", "King, Martin"),
                ("citation_author", "The Consortium Inc.,"),
                ("citation_publication_date", "2020"),
                ("citation_journal_title", "Transactions on Things"),
                ("citation_volume", "9"),
                ("citation_issue", "4"),
                ("citation_firstpage", "53"),
                ("citation_lastpage", "68"),
                ("citation_issn", "2307-387X"),
                ("z:itemType", "journalArticle"),
            ],
        ),
        (
            "preprint2024",
            [
                ("citation_title", "A Preprint"),
                ("citation_author", "Müller, Jörg"),
                ("citation_publication_date", "2024/01"),
                ("citation_technical_report_number", "arXiv:2401.00001"),
                ("citation_publisher", "arXiv"),
                ("citation_arxiv_id", "2401.00001"),
                ("z:itemType", "preprint"),
            ],
        ),
        (
            "thesis2022",
            [
                ("citation_title", "A Thesis"),
                ("citation_author", "Doe, Jane"),
                ("citation_publication_date", "2022"),
                ("citation_dissertation_institution", "University of Somewhere"),
                ("z:itemType", "thesis"),
                ("z:type", "PhD thesis"),
            ],
        ),
        (
            "book2019",
            [
                ("citation_title", "A Book"),
                ("citation_author", "Doe, Jane"),
                ("citation_publication_date", "2019"),
                ("citation_publisher", "Press"),
                ("citation_isbn", "978-0-306-40615-7"),
                ("z:itemType", "book"),
            ],
        ),
        (
            "chapter2019",
            [
                ("citation_title", "A Chapter"),
                ("citation_author", "Doe, Jane"),
                ("citation_publication_date", "2019"),
                ("citation_inbook_title", "The Book"),
                ("citation_publisher", "Press"),
                ("citation_firstpage", "1"),
                ("z:itemType", "bookSection"),
            ],
        ),
        (
            "report2018",
            [
                ("citation_title", "A Report"),
                ("citation_author", "Doe, Jane"),
                ("citation_publication_date", "2018"),
                ("citation_technical_report_institution", "An Institute"),
                ("citation_technical_report_number", "12"),
                ("z:itemType", "report"),
            ],
        ),
        (
            "data2018",
            [
                ("citation_title", "Data"),
                ("citation_author", "Doe, Jane"),
                ("citation_publication_date", "2018"),
                ("citation_publisher", "Archive"),
                ("z:itemType", "dataset"),
            ],
        ),
    ],
)
def test_the_tags_of_each_type(survey: Survey, key: str, expected: list[tuple[str, str]]) -> None:
    assert tags_of(survey.papers[key]) == expected


@pytest.mark.parametrize(
    ("author", "written"),
    [
        ({"given": "José Antonio", "family": "Hernández López"}, "Hernández\u00a0López, José Antonio"),
        ({"given": "Jan Piet", "particle": "van der", "family": "Berg"}, "van der Berg, Jan Piet"),
        ({"given": "Ada", "family": "del Bimbo"}, "del Bimbo, Ada"),
        ({"given": "Vincent Willem", "family": "Van Gogh"}, "Van Gogh, Vincent Willem"),
        ({"family": "Plato"}, "Plato,"),
        ({"literal": "LCM team"}, "LCM team,"),
    ],
)
def test_a_sole_author_is_not_taken_for_two(survey: Survey, author: dict[str, str], written: str) -> None:
    """Zotero splits a single name of two words on either side of the comma, unless it begins like a particle."""
    paper = survey.papers["data2018"]
    record = type(paper.record).model_validate(RECORDS["data2018"] | {"year": "2018", "authors": [author]})
    alone = Paper(paper.key, record, paper.source)
    assert [text for name, text in tags_of(alone) if name == "citation_author"] == [written]


def test_a_masters_thesis_is_called_so(survey: Survey) -> None:
    paper = survey.papers["thesis2022"]
    master = Paper(paper.key, paper.record.model_copy(update={"degree": Degree.MASTER}), paper.source)
    assert ("z:type", "Master’s thesis") in tags_of(master)
    assert ("rft.degree", "Master’s thesis") in context(coins(master, None))


def test_a_page_tells_of_its_paper_and_of_itself(pages: dict[str, str]) -> None:
    told = front(pages["docs/papers/journal2020/index.md"])
    assert ["citation_public_url", "https://example.com/article"] in told["citation"]
    assert ["citation_pdf_url", "https://example.com/article.pdf"] in told["citation"]
    preview = dict(told["preview"])
    assert preview["og:type"] == "article"
    assert preview["og:title"] == "An Article"
    assert preview["og:url"] == "https://example.org/survey/papers/journal2020/"
    assert preview["og:description"].startswith("Martin King Jr., The Consortium, Inc., Trans., 2020.")
    assert "og:site_name" not in preview, "Zotero would take the survey for the journal"


def test_other_pages_have_a_preview_and_no_citation(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        told = front(text)
        paper = path.split("/")[1] == "papers" and path.split("/")[2] in RECORDS
        assert ("citation" in told, "linked_data" in told) == (paper, paper), path
        assert dict(told["preview"])["og:title"], path
    home = dict(front(pages["docs/index.md"])["preview"])
    assert (home["og:type"], home["og:title"], home["og:site_name"]) == ("website", SURVEY["title"], SURVEY["title"])


def test_linked_data_names_the_work_its_people_and_what_it_stands_in(survey: Survey) -> None:
    data = linked_data(survey.papers["journal2020"], "https://example.org/survey/papers/journal2020/")
    assert data == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "name": "An Article",
        "headline": "An Article",
        "author": [
            {
                "@type": "Person",
                "name": "Martin King Jr.",
                "givenName": "Martin",
                "familyName": "King",
                "honorificSuffix": "Jr.",
            },
            {"@type": "Organization", "name": "The Consortium, Inc."},
        ],
        "datePublished": "2020",
        "isPartOf": {
            "@type": "PublicationIssue",
            "issueNumber": "4",
            "isPartOf": {
                "@type": "PublicationVolume",
                "volumeNumber": "9",
                "isPartOf": {"@type": "Periodical", "name": "Transactions on Things", "issn": "2307-387X"},
            },
        },
        "pagination": "53-68",
        "pageStart": "53",
        "pageEnd": "68",
        "url": "https://example.com/article",
        "sameAs": ["https://example.com/article"],
        "encoding": {
            "@type": "MediaObject",
            "contentUrl": "https://example.com/article.pdf",
            "encodingFormat": "application/pdf",
        },
        "mainEntityOfPage": "https://example.org/survey/papers/journal2020/",
    }


def test_linked_data_of_other_types(survey: Survey) -> None:
    data = {key: linked_data(paper, None) for key, paper in survey.papers.items()}
    assert data["conference2021"]["isPartOf"] == {"@type": "Book", "name": RECORDS["conference2021"]["proceedings"]}
    assert {(one["propertyID"], one["value"]) for one in data["conference2021"]["identifier"]} == {
        ("DOI", "10.1234/conf"),
        ("arXiv", "2107.05768"),
    }
    assert data["preprint2024"]["publisher"] == {"@type": "Organization", "name": "arXiv"}
    assert data["preprint2024"]["creativeWorkStatus"] == "Preprint"
    assert (data["thesis2022"]["@type"], data["thesis2022"]["inSupportOf"]) == ("Thesis", "PhD thesis")
    assert (data["book2019"]["isbn"], data["book2019"]["bookEdition"]) == ("978-0-306-40615-7", "2nd")
    assert data["chapter2019"]["isPartOf"] == {"@type": "Book", "name": "The Book"}
    assert data["report2018"]["reportNumber"] == "12"
    assert data["code2018"]["version"] == "1.2"
    assert data["evil2023"]["creativeWorkStatus"] == "Retracted"
    assert not any("mainEntityOfPage" in one for one in data.values())


def test_nothing_ends_the_script_or_its_line(pages: dict[str, str]) -> None:
    told = front(pages["docs/papers/evil2023/index.md"])
    script = told["linked_data"]
    assert re.findall("[<>&\n\u2028\u2029]", script) == []
    assert json.loads(script)["name"] == HOSTILE
    assert all("\u2028" not in text and "\n" not in text for _, text in told["citation"])
    title = dict(told["citation"])["citation_title"]
    assert title == " ".join(HOSTILE.split()), "as text: the theme's template escapes it"


COINS = re.compile(r'<span class="Z3988" title="([^"]*)"></span>')


def context(written: str) -> list[tuple[str, str]]:
    return parse_qsl(unescape(written), strict_parsing=True)


def test_coins_say_what_the_paper_is(survey: Survey) -> None:
    def of(key: str) -> list[tuple[str, str]]:
        return context(coins(survey.papers[key], "https://example.com/x"))

    assert of("conference2021") == [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft.genre", "proceeding"),
        ("rft.atitle", "A L_2 Case: Of Ours"),
        ("rft.btitle", "Proceedings of the 3rd A Conference on Things"),
        ("rft.pub", "Press"),
        ("rft.au", "Ren, Hongyu"),
        ("rft.au", "van der Berg, Jan Piet"),
        ("rft.date", "2021-07"),
        ("rft.volume", "34"),
        ("rft.pages", "22470-22482"),
        ("rft_id", "info:doi/10.1234/conf"),
        ("rft_id", "https://example.com/x"),
    ]


def test_coins_of_other_types_have_the_keys_of_their_format(survey: Survey) -> None:
    def of(key: str) -> str:
        said = context(coins(survey.papers[key], None))[1:]
        return " · ".join(f"{name}={text.removeprefix('info:ofi/fmt:kev:mtx:')}" for name, text in said)

    assert of("journal2020") == (
        "rft_val_fmt=journal · rft.genre=article · rft.atitle=An Article · rft.jtitle=Transactions on Things · rft.issue=4 · "
        "rft.au=King, Martin · rft.au=The Consortium Inc., · rft.date=2020 · rft.volume=9 · rft.pages=53-68 · rft.issn=2307-387X"
    )
    assert of("thesis2022") == (
        "rft_val_fmt=dissertation · rft.title=A Thesis · rft.inst=University of Somewhere · rft.degree=PhD thesis · "
        "rft.au=Doe, Jane · rft.date=2022"
    )
    assert of("preprint2024") == (
        "rft_val_fmt=dc · rft.type=preprint · rft.title=A Preprint · rft.publisher=arXiv · rft.au=Müller, Jörg · rft.date=2024-01"
    )
    assert of("data2018") == (
        "rft_val_fmt=dc · rft.type=dataset · rft.title=Data · rft.publisher=Archive · rft.au=Doe, Jane · rft.date=2018"
    )
    assert of("book2019") == (
        "rft_val_fmt=book · rft.genre=book · rft.btitle=A Book · rft.pub=Press · rft.edition=2nd · rft.au=Doe, Jane · "
        "rft.date=2019 · rft.isbn=978-0-306-40615-7"
    )
    assert of("chapter2019") == (
        "rft_val_fmt=book · rft.genre=bookitem · rft.atitle=A Chapter · rft.btitle=The Book · rft.pub=Press · "
        "rft.au=Doe, Jane · rft.date=2019 · rft.pages=1,5-9"
    )
    assert of("report2018") == (
        "rft_val_fmt=book · rft.genre=report · rft.btitle=A Report · rft.pub=An Institute · rft.au=Doe, Jane · rft.date=2018"
    )
    assert "rft.type=computerProgram · rft.title=Code" in of("code2018")
    assert f"rft.type=webpage · rft.title={HOSTILE}" in of("evil2023")


def test_lists_have_coins_for_each_paper_once_and_no_paper_has(survey: Survey, pages: dict[str, str]) -> None:
    for path in ("docs/papers/index.md", "docs/topics/a/index.md"):
        found = COINS.findall(pages[path])
        titles = {value for one in found for name, value in context(one) if name.endswith("title")}
        assert len(found) == len(survey.papers), path
        assert {"A Preprint", "An Article", HOSTILE} <= titles, path
    assert COINS.findall(pages["docs/authors/jane-doe/index.md"])
    elsewhere = {path for path, text in pages.items() if "Z3988" in text} - {
        "docs/papers/index.md",
        "docs/topics/a/index.md",
        "docs/authors/jane-doe/index.md",
    }
    assert elsewhere == set()


def test_a_survey_may_do_without(repository: Path) -> None:
    pages = rendered(make_survey(page_metadata="none"), repository)
    for path, text in pages.items():
        assert {"citation", "preview", "linked_data"}.isdisjoint(front(text)), path
        assert "Z3988" not in text, path
        assert "description" in front(text) or "/papers/" not in path, path
