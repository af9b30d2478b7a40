"""References as APA and IEEE have them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from generator.bibliography.entry import Entry, Fact
from generator.bibliography.formatted import references
from generator.model import Author, Degree, PaperType, Status
from generator.survey import Paper

DOE = (Author(given="Jane", family="Doe"),)


def entry(**fields: Any) -> Entry:
    plain: dict[str, Any] = {
        "key": "doe2021title",
        "type": PaperType.CONFERENCE,
        "authors": DOE,
        "title": "A Title: Of iOS and $L_2$",
        "year": 2021,
        "status": Status.PUBLISHED,
    }
    return Entry(**plain | fields)


def fact(text: str) -> Fact:
    return Fact(text, "venue")


def of(style: str, one: Entry) -> str:
    """A reference as HTML in which characters stand for themselves."""
    return unescape(str({reference.style: reference.html for reference in references(one)}[style]))


PROCEEDINGS = fact("Proceedings of Things")

EXAMPLES: list[tuple[dict[str, Any], str, str]] = [
    (
        {"container": PROCEEDINGS, "pages": "1-11", "doi": "10.1234/x", "publisher": fact("Press")},
        "Doe, J. (2021). A title: Of iOS and L_2. <i>Proceedings of Things</i>, 1–11. https://doi.org/10.1234/x",
        "J. Doe, “A title: Of iOS and L_2,” in <i>Proceedings of Things</i>, Press, 2021, pp. 1–11, doi: 10.1234/x.",
    ),
    (
        {"type": PaperType.JOURNAL, "container": fact("Journal"), "volume": "9", "number": "4", "pages": "53-68"},
        "Doe, J. (2021). A title: Of iOS and L_2. <i>Journal</i>, <i>9</i>(4), 53–68.",
        "J. Doe, “A title: Of iOS and L_2,” <i>Journal</i>, vol. 9, no. 4, pp. 53–68, 2021.",
    ),
    (
        {"type": PaperType.PREPRINT, "arxiv": "2107.05768", "month": 7, "url": "https://arxiv.org/abs/2107.05768"},
        "Doe, J. (2021). <i>A title: Of iOS and L_2</i> (arXiv:2107.05768). arXiv. https://arxiv.org/abs/2107.05768",
        (
            "J. Doe, “A title: Of iOS and L_2,” Jul. 2021, arXiv:2107.05768. "
            "[Online]. Available: https://arxiv.org/abs/2107.05768"
        ),
    ),
    (
        {"type": PaperType.THESIS, "institution": fact("A University"), "degree": Degree.MASTER},
        "Doe, J. (2021). <i>A title: Of iOS and L_2</i> [Master’s thesis, A University].",
        "J. Doe, “A title: Of iOS and L_2,” Master’s thesis, A University, 2021.",
    ),
    (
        {"type": PaperType.THESIS, "institution": fact("A University")},
        "Doe, J. (2021). <i>A title: Of iOS and L_2</i> [Doctoral dissertation, A University].",
        "J. Doe, “A title: Of iOS and L_2,” Ph.D. dissertation, A University, 2021.",
    ),
    (
        {"type": PaperType.JOURNAL, "container": fact("Journal"), "month": 4, "url": "https://example.org/"},
        "Doe, J. (2021). A title: Of iOS and L_2. <i>Journal</i>. https://example.org/",
        "J. Doe, “A title: Of iOS and L_2,” <i>Journal</i>, Apr. 2021. [Online]. Available: https://example.org/",
    ),
    (
        {"type": PaperType.BOOK, "publisher": fact("Press"), "edition": "2nd"},
        "Doe, J. (2021). <i>A title: Of iOS and L_2</i> (2nd ed.). Press.",
        "J. Doe, <i>A Title: Of iOS and L_2</i>, 2nd ed. Press, 2021.",
    ),
    (
        {"type": PaperType.CHAPTER, "container": fact("The Book"), "publisher": fact("Press"), "pages": "5"},
        "Doe, J. (2021). A title: Of iOS and L_2. In <i>The Book</i> (p. 5). Press.",
        "J. Doe, “A title: Of iOS and L_2,” in <i>The Book</i>, Press, 2021, p. 5.",
    ),
    (
        {"type": PaperType.SOFTWARE, "edition": "1.2", "url": "https://example.org/a_b?c=1&d=2"},
        "Doe, J. (2021). <i>A Title: Of iOS and L_2</i> (Version 1.2) [Computer software]. https://example.org/a_b?c=1&d=2",
        "J. Doe, <i>A Title: Of iOS and L_2</i>. (2021). [Online]. Available: https://example.org/a_b?c=1&d=2",
    ),
    (
        {"container": PROCEEDINGS, "volume": "39", "number": "23", "pages": "1-2", "month": 4},
        "Doe, J. (2021). A title: Of iOS and L_2. <i>Proceedings of Things</i>, <i>39</i>(23), 1–2.",
        "J. Doe, “A title: Of iOS and L_2,” in <i>Proceedings of Things</i>, vol. 39, no. 23, Apr. 2021, pp. 1–2.",
    ),
    (
        {"container": PROCEEDINGS, "arxiv": "2107.05768", "volume": "A&1"},
        "Doe, J. (2021). A title: Of iOS and L_2. <i>Proceedings of Things</i>, <i>A&1</i>. https://arxiv.org/abs/2107.05768",
        (
            "J. Doe, “A title: Of iOS and L_2,” in <i>Proceedings of Things</i>, vol. A&1, 2021. "
            "[Online]. Available: https://arxiv.org/abs/2107.05768"
        ),
    ),
    (
        {"type": PaperType.PREPRINT, "arxiv": "2107.05768", "url": "https://openreview.net/forum?id=x"},
        "Doe, J. (2021). <i>A title: Of iOS and L_2</i> (arXiv:2107.05768). arXiv. https://arxiv.org/abs/2107.05768",
        (
            "J. Doe, “A title: Of iOS and L_2,” 2021, arXiv:2107.05768. "
            "[Online]. Available: https://arxiv.org/abs/2107.05768"
        ),
    ),
    (
        {"type": PaperType.JOURNAL, "container": fact("Journal"), "doi": "10.1002/a<1::B>2.0"},
        "Doe, J. (2021). A title: Of iOS and L_2. <i>Journal</i>. https://doi.org/10.1002/a%3C1::B%3E2.0",
        "J. Doe, “A title: Of iOS and L_2,” <i>Journal</i>, 2021, doi: 10.1002/a<1::B>2.0.",
    ),
]


@pytest.mark.parametrize(("fields", "apa", "ieee"), EXAMPLES)
def test_a_reference_of_each_type(fields: dict[str, Any], apa: str, ieee: str) -> None:
    assert of("APA", entry(**fields)) == apa
    assert of("IEEE", entry(**fields)) == ieee


@pytest.mark.parametrize(
    ("author", "apa", "ieee"),
    [
        ({"given": "Jan Piet", "particle": "van der", "family": "Berg"}, "van der Berg, J. P.", "J. P. van der Berg"),
        ({"given": "Martin Luther", "family": "King", "suffix": "Jr."}, "King, M. L., Jr.", "M. L. King Jr."),
        ({"given": "José Antonio", "family": "Hernández López"}, "Hernández López, J. A.", "J. A. Hernández López"),
        ({"given": "Jean-Pierre L.", "family": "d’Alembert"}, "d’Alembert, J.-P. L.", "J.-P. L. d’Alembert"),
        ({"given": "Chung-chieh", "family": "Shan"}, "Shan, C.-c.", "C.-c. Shan"),
        ({"given": "Yi‐Kai", "family": "Li"}, "Li, Y.-K.", "Y.-K. Li"),
        ({"given": "J.K.", "family": "Rowling"}, "Rowling, J. K.", "J. K. Rowling"),
        ({"given": "Maria de Lourdes", "family": "Costa"}, "Costa, M. de L.", "M. de L. Costa"),
        ({"given": "Łukasz", "family": "Kaiser"}, "Kaiser, Ł.", "Ł. Kaiser"),
        ({"given": "明", "family": "王"}, "明 王", "明 王"),
        ({"family": "Plato"}, "Plato", "Plato"),
        ({"literal": "The Team, Inc."}, "The Team, Inc.", "The Team, Inc."),
    ],
)
def test_a_name(author: dict[str, str], apa: str, ieee: str) -> None:
    alone = entry(authors=(Author(**author),))
    assert of("APA", alone).startswith(f"{apa} (2021)" if apa.endswith(".") else f"{apa}. (2021)")
    assert of("IEEE", alone).startswith(f"{ieee}, “")
    two = entry(authors=(Author(**author), *DOE))
    assert of("APA", two).startswith(f"{apa}, & Doe, J. (2021)")
    assert of("IEEE", two).startswith(f"{ieee} and J. Doe, “")


def test_many_authors() -> None:
    authors = tuple(Author(given="A", family=f"F{number}") for number in range(200))
    assert of("IEEE", entry(authors=authors)).startswith("A. F0 <i>et al.</i>, “")
    assert of("IEEE", entry(authors=authors[:6])).count(" and A. F5, “") == 1
    first = ", ".join(f"F{number}, A." for number in range(19))
    assert of("APA", entry(authors=authors)).startswith(f"{first}, … F199, A. (2021)")
    assert of("APA", entry(authors=authors[:20])).startswith(f"{first}, & F19, A. (2021)")


def test_a_text_that_ends_a_sentence_ends_it_once() -> None:
    asking = entry(title="Is It?", container=fact("Things, Inc."), pages="1-2")
    assert of("APA", asking) == "Doe, J. (2021). Is it? <i>Things, Inc.</i>, 1–2."
    assert of("IEEE", asking) == "J. Doe, “Is it?” in <i>Things, Inc.</i>, 2021, pp. 1–2."
    assert of("APA", entry(container=fact("Things, Inc."))).endswith("<i>Things, Inc.</i>")


@pytest.mark.parametrize(
    ("title", "capitals", "printed"),
    [
        ("Attention Is All You Need. A Study of BERT: Pre-Training in New York", None, "Attention is all you need. A study of BERT: Pre-training in New York"),
        ("Deep Mercury of the Bronx", ("Bronx",), "Deep mercury of the Bronx"),
        ("Monotone deep Boltzmann machines", None, "Monotone deep Boltzmann machines"),
        ("The $L_2$ Norm of $N$ Things", None, "The L_2 norm of N things"),
    ],
)  # fmt: skip
def test_titles_are_in_sentence_case_and_names_keep_their_capitals(
    title: str, capitals: tuple[str, ...] | None, printed: str
) -> None:
    one = entry(title=title, capitals=capitals, container=PROCEEDINGS)
    assert of("APA", one).startswith(f"Doe, J. (2021). {printed}. <i>")
    assert of("IEEE", one).startswith(f"J. Doe, “{printed},” in <i>")
    book = entry(title=title, capitals=capitals, type=PaperType.BOOK)
    assert f"<i>{printed}</i>" in of("APA", book)
    assert f"<i>{title.replace('$', '')}</i>" in of("IEEE", book)


@pytest.mark.parametrize("status", [Status.RETRACTED, Status.WITHDRAWN])
def test_what_does_not_stand_says_so(status: Status) -> None:
    for style in ("APA", "IEEE"):
        assert of(style, entry(status=status)).endswith(f" [{status.capitalize()}]")


def test_no_text_is_markup_or_changes() -> None:
    hostile = '</i><script>alert("x")</script> & {{ 7*7 }} <b>Bold</b> \ue001 9876 7001 ⰀⰁ'
    one = entry(
        title=hostile,
        authors=(Author(literal=hostile), Author(given=hostile, family=hostile)),
        container=fact(hostile),
        pages=hostile,
        volume=hostile,
        url="https://example.org/<i>",
    )
    for reference in references(one):
        assert set(re.findall("<[^>]*>", str(reference.html))) <= {"<i>", "</i>"}
        assert "{{" not in str(reference.html)
        assert unescape(str(reference.html)).count(hostile) >= 3


def test_every_paper_of_the_survey(papers: tuple[Paper, ...]) -> None:
    """Title and year are whole, and nothing of the scaffolding is left."""
    for paper in papers:
        for reference in references(Entry.of(paper)):
            text = re.sub("</?i>", "", unescape(str(reference.html)))
            assert paper.record.title.replace("$", "").rstrip(".?").casefold() in text.casefold(), paper.key
            assert str(paper.record.year) in text, paper.key
            assert paper.record.authors[0].last in text, paper.key
            assert not re.search("[\ue000-\uf8ff\u2c00-\u2c2f]|9876|\\.\\.|,,| ,|\\?\\.", text), text
            assert text.count("arXiv") <= 1 + 2 * (paper.record.type is PaperType.PREPRINT), text
