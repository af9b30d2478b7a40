"""BibTeX as the programs write it that people get it from."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.bibliography import bibtex
from generator.model import PaperRecord
from generator.survey import Paper
from imports import findings, only, planned, records, told

ZOTERO = r"""
@inproceedings{doe_learning_2021,
	title = {Learning {Titles} from {LLMs} \& other things},
	volume = {34},
	url = {https://proceedings.example.org/paper/2021/hash/abc.html},
	urldate = {2024-03-01},
	booktitle = {Advances in {Neural} {Information} {Processing} {Systems}},
	publisher = {Curran Associates, Inc.},
	author = {Doe, Jane and Müller, Jörg and van der Berg, Jan},
	year = {2021},
	note = {\_eprint: 2107.05768},
	keywords = {drop-in, Computer Science},
	file = {Full Text:/home/doe/Zotero/storage/ABC/x.pdf:application/pdf},
	pages = {22470--22482},
}
"""
MENDELEY = r"""
@article{Doe2017,
abstract = {The dominant models {\ldots}},
archivePrefix = {arXiv},
arxivId = {1706.03762},
author = {Doe, Jane and Roe, Richard},
eprint = {1706.03762},
file = {:C$\backslash$:/Users/doe/paper.pdf:pdf},
mendeley-groups = {Titles},
title = {{A Title of {\$}{\backslash}ell{\_}2{\$} Norms}},
url = {http://arxiv.org/abs/1706.03762},
year = {2017},
journal = {CoRR}
}
"""
JABREF = r"""% Encoding: UTF-8

@Article{Doe2019,
  author    = {Jane Doe and Richard {von Roe}},
  date      = {2019-09},
  journaltitle = {Transactions of the Association for Computational Linguistics},
  title     = {A Title},
  subtitle  = {And More},
  doi       = {10.1162/tacl\_a\_00353},
  issn      = {2307-387X},
  month     = {#sep#},
  owner     = {doe},
  timestamp = {2020-01-01},
}

@Comment{jabref-meta: databaseType:biblatex;}
"""
SCHOLAR = r"""@article{doe2017attention,
  title={Titles are all you need},
  author={Doe, Jane and Roe, Richard and Poe, Niki and others},
  journal={Advances in neural information processing systems},
  volume={30},
  year={2017}
}
@inproceedings{roe2020title,
  title={A simple title},
  author={Roe, Richard},
  booktitle={International conference on machine learning},
  pages={1597--1607},
  year={2020},
  organization={PMLR}
}
@article{poe2014adam,
  title={Naming: A method},
  author={Poe, Niki},
  journal={arXiv preprint arXiv:1412.6980},
  year={2014}
}
"""
DBLP = r"""@inproceedings{DBLP:conf/icml/DoeR19,
  author       = {Jane Doe and
                  Jos{\'{e}} {\'{A}}lvarez 0002},
  title        = {Big {T}itles},
  booktitle    = {Proceedings of the 36th International Conference on Machine Learning,
                  {ICML} 2019, 9-15 June 2019, Long Beach, California, {USA}},
  pages        = {1--10},
  crossref     = {DBLP:conf/icml/2019},
  biburl       = {https://dblp.org/rec/conf/icml/DoeR19.bib},
  bibsource    = {dblp computer science bibliography, https://dblp.org}
}
@proceedings{DBLP:conf/icml/2019,
  editor       = {Kamalika Editor},
  title        = {Proceedings of the 36th International Conference on Machine Learning,
                  {ICML} 2019, 9-15 June 2019, Long Beach, California, {USA}},
  series       = {Proceedings of Machine Learning Research},
  volume       = {97},
  publisher    = {{PMLR}},
  year         = {2019},
  url          = {http://proceedings.mlr.press/v97/}
}
@article{DBLP:journals/corr/abs-2107-05768,
  author       = {Jane Doe},
  title        = {Small Titles},
  journal      = {CoRR},
  volume       = {abs/2107.05768},
  year         = {2021},
  url          = {https://arxiv.org/abs/2107.05768},
  eprinttype    = {arXiv},
  eprint       = {2107.05768}
}
"""
ACL = r"""@inproceedings{doe-etal-2019-title,
    title = "{T}itle: A {L}anguage of {G}{\"o}del",
    author = "Doe, Jane  and
      Roe, Richard",
    editor = "Burns, Jill",
    booktitle = "Proceedings of the 2019 Conference of the North {A}merican Chapter of the Association for Computational Linguistics: Human Language Technologies, Volume 1 (Long and Short Papers)",
    month = jun,
    year = "2019",
    address = "Minneapolis, Minnesota",
    publisher = "Association for Computational Linguistics",
    url = "https://aclanthology.org/N19-1423/",
    doi = "10.18653/v1/N19-1423",
    pages = "4171--4186",
    abstract = "Words of others."
}
"""
PMLR = r"""@InProceedings{pmlr-v139-doe21a,
  title = 	 {Transferable Titles},
  author =       {Doe, Jane and {Title Team}},
  booktitle = 	 {Proceedings of the 38th International Conference on Machine Learning},
  pages = 	 {8748--8763},
  year = 	 {2021},
  volume = 	 {139},
  month = 	 {18--24 Jul},
  publisher =    {PMLR},
  pdf = 	 {http://proceedings.mlr.press/v139/doe21a/doe21a.pdf},
  url = 	 {https://proceedings.mlr.press/v139/doe21a.html}
}
"""
ARXIV = r"""@misc{doe2023titles,
      title={On Titles},
      author={Jane Doe and Ludwig van Roe},
      year={2023},
      eprint={2301.00001v2},
      archivePrefix={arXiv},
      primaryClass={cs.CL},
      url={https://arxiv.org/abs/2301.00001},
}
"""


def test_zotero(tmp_path: Path) -> None:
    result = planned(ZOTERO, tmp_path)
    assert records(result) == {
        "doe_learning_2021": {
            "title": "Learning Titles from LLMs & other things",
            "capitals": ["Titles", "LLMs"],
            "authors": ["Doe, Jane", "Müller, Jörg", "van der Berg, Jan"],
            "year": 2021,
            "type": "conference",
            "venue": "neurips",
            "volume": "34",
            "pages": "22470-22482",
            "publisher": "Curran Associates, Inc.",
            "arxiv": "2107.05768",
            "url": "https://proceedings.example.org/paper/2021/hash/abc.html",
            "tags": ["drop-in"],
        }
    }
    assert sorted(told(result)) == [(6, "field-unused"), (12, "field-unused"), (13, "field-unused")]


def test_mendeley(tmp_path: Path) -> None:
    result = planned(MENDELEY, tmp_path)
    assert records(result) == {
        "Doe2017": {
            "title": r"A Title of $\ell_2$ Norms",
            "authors": ["Doe, Jane", "Roe, Richard"],
            "year": 2017,
            "type": "preprint",
            "arxiv": "1706.03762",
        }
    }
    assert sorted(told(result)) == [(3, "field-unused"), (8, "field-unused"), (9, "field-unused")]


def test_jabref(tmp_path: Path) -> None:
    result = planned(JABREF, tmp_path)
    assert only(result) == {
        "title": "A Title: And More",
        "authors": ["Doe, Jane", {"given": "Richard", "family": "von Roe"}],
        "year": 2019,
        "type": "journal",
        "venue": "tacl",
        "month": 9,
        "doi": "10.1162/tacl_a_00353",
    }


def test_google_scholar(tmp_path: Path) -> None:
    result = planned(SCHOLAR, tmp_path)
    own = records(result)
    assert (own["doe2017attention"]["type"], own["doe2017attention"]["venue"]) == ("conference", "neurips")
    assert (own["roe2020title"]["venue"], own["roe2020title"]["publisher"]) == ("icml", "PMLR")
    assert (own["poe2014adam"]["type"], own["poe2014adam"]["arxiv"]) == ("preprint", "1412.6980")
    assert sorted(told(result)) == [(3, "authors-cut"), (4, "type-guessed")]


def test_dblp(tmp_path: Path) -> None:
    result = planned(DBLP, tmp_path)
    own = records(result)
    assert own["doe2019big"] == {
        "title": "Big Titles",
        "capitals": ["Titles"],
        "authors": ["Doe, Jane", "Álvarez, José"],
        "year": 2019,
        "type": "conference",
        "venue": "icml",
        "proceedings": "Proceedings of the 36th International Conference on Machine Learning",
        "volume": "97",
        "pages": "1-10",
        "publisher": "PMLR",
    }
    assert own["doe2021small"] == {
        "title": "Small Titles",
        "authors": ["Doe, Jane"],
        "year": 2021,
        "type": "preprint",
        "arxiv": "2107.05768",
    }
    assert findings(result, "key-changed") == [
        "the key “DBLP:conf/icml/DoeR19” is no key of a survey; the draft is doe2019big",
        "the key “DBLP:journals/corr/abs-2107-05768” is no key of a survey; the draft is doe2021small",
    ]
    assert (12, "text-ignored") in told(result), "the volume is named"


def test_acl_anthology(tmp_path: Path) -> None:
    result = planned(ACL, tmp_path)
    assert records(result)["doe-etal-2019-title"] == {
        "title": "Title: A Language of Gödel",
        "capitals": ["Title", "Language", "Gödel"],
        "authors": ["Doe, Jane", "Roe, Richard"],
        "year": 2019,
        "type": "conference",
        "venue": "naacl",
        "proceedings": (
            "Proceedings of the 2019 Conference of the North American Chapter of the Association for Computational "
            "Linguistics: Human Language Technologies, Volume 1 (Long and Short Papers)"
        ),
        "pages": "4171-4186",
        "publisher": "Association for Computational Linguistics",
        "month": 6,
        "doi": "10.18653/v1/N19-1423",
        "acl": "N19-1423",
    }
    assert "Words of others" not in str(result.new)
    assert "abstract" in " ".join(findings(result, "field-unused"))


def test_pmlr_and_arxiv(tmp_path: Path) -> None:
    result = planned(PMLR + ARXIV, tmp_path)
    own = records(result)
    assert own["pmlr-v139-doe21a"]["authors"] == ["Doe, Jane", {"literal": "Title Team"}]
    assert own["pmlr-v139-doe21a"]["month"] == 7
    assert own["pmlr-v139-doe21a"]["pdf"].endswith("doe21a.pdf")
    assert own["doe2023titles"] == {
        "title": "On Titles",
        "authors": ["Doe, Jane", "van Roe, Ludwig"],
        "year": 2023,
        "type": "preprint",
        "arxiv": "2301.00001",
        "arxiv_category": "cs.CL",
    }
    assert findings(result, "field-unused") == ["“month” names a day; a record has year and month"]
    assert len(result.found) == 1


ENTRY = "@misc{doe2020, title = {A Title}, author = {Doe, Jane}, year = 2020, eprint = {2007.05768}, }"


def entry(further: str = "", **instead: str) -> str:
    """Return an entry with a further field, or with other text in place of its own."""
    text = ENTRY.replace(", }", f", {further}}}")
    for old, new in (("A Title", instead.get("title")), ("Doe, Jane", instead.get("author"))):
        text = text.replace(old, new) if new is not None else text
    return text


@pytest.mark.parametrize(
    "month",
    [
        "may",
        "May",
        "{may}",
        '"May"',
        "{05}",
        "5",
        "{5}",
        "{May.}",
        "may # {~1}",
        '"1~" # may',
        "{Mai}",
        "{7--10 May}",
        "{#may#}",
    ],
)
def test_months_in_all_forms(month: str, tmp_path: Path) -> None:
    assert only(planned(entry(f"month = {month}"), tmp_path))["month"] == 5


def test_strings_and_concatenation(tmp_path: Path) -> None:
    text = (
        '@string{j = "Transactions of the " # long}\n@STRING(Long = {Association for Computational Linguistics})\n'
        '@string{j = "Transactions of the " # LONG # ""}\n'
        '@article(doe2020, title = "A {"}quoted{"} T" # {itle}, author = "Doe, Jane", year = 2020, journal = J)\n'
    )
    result = planned(text, tmp_path)
    assert only(result)["venue"] == "tacl"
    assert only(result)["title"] == 'A "quoted" Title'


def test_entries_without_a_key_and_with_windows_line_ends(tmp_path: Path) -> None:
    text = entry().replace("doe2020,", "", 1) + "\n@article{,\n title = {Other},\n author = {Roe, R.},\n year = 2020}\n"
    result = planned(text.replace("\n", "\r\n"), tmp_path)
    assert list(records(result)) == ["doe2020title", "roe2020other"]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8-sig", "utf-16", "utf-8"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    result = planned(entry(author="Döe, Jane").encode(encoding), tmp_path)
    assert only(result)["authors"] == ["Döe, Jane"]
    assert [code for _, code in told(result)] == (["encoding-guessed"] if encoding == "latin-1" else [])


def test_good_keys_are_kept_for_the_entries_that_bring_them(tmp_path: Path) -> None:
    text = (
        entry().replace("doe2020,", "", 1)
        + "\n"
        + entry().replace("doe2020", "doe2020title").replace("05768", "05769").replace("A Title", "Another")
    )
    assert list(records(planned(text, tmp_path))) == ["doe2020titleb", "doe2020title"]


def test_a_broken_entry_spoils_no_other(tmp_path: Path) -> None:
    text = (
        f"@article{{a, title = {{open, year = 2020\n\n{entry()}\n@misc{{b title = x}}\n@book{{c, title = {{}} }} }}\n"
    )
    result = planned(text, tmp_path)
    assert list(records(result)) == ["doe2020"]
    assert [(line, code) for line, code in told(result) if code.startswith("entry")] == [
        (1, "entry-unread"), (4, "entry-unread"), (5, "entry-incomplete"),
    ]  # fmt: skip
    assert result.entries == 2


def test_a_missing_comma_and_a_commented_field(tmp_path: Path) -> None:
    text = "@misc{doe2020, title = {A Title}\n author = {Doe, Jane},\n% note = {x},\n% no field\n year = 2020 eprint = {2007.05768}}"
    result = planned(text, tmp_path)
    assert (only(result)["authors"], only(result)["arxiv"]) == (["Doe, Jane"], "2007.05768")


def test_a_field_that_stands_twice_is_told(tmp_path: Path) -> None:
    result = planned(entry("Title = {Other}, note = {x}, note = {x}"), tmp_path)
    assert only(result)["title"] == "A Title"
    assert findings(result, "value-unread") == ["“title” stands here again, with “Other”"]


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("van der Berg, Jan", "van der Berg, Jan"),
        ("King, Jr., Martin Luther", {"given": "Martin Luther", "family": "King", "suffix": "Jr."}),
        ("{Barnes and Noble, Inc.}", {"literal": "Barnes and Noble, Inc."}),
        ("Plato", {"literal": "Plato"}),
        (r"{\L}ukasz Kaiser", "Kaiser, Łukasz"),
        (r"Nguy{\~{\^e}}n, Th{\d{i}}", "Nguyễn, Thị"),
        (r"Erd{\H o}s, P{\'a}l", "Erdős, Pál"),
        (r"{\v{C}}ern{\'y}, {\O}yvind", "Černý, Øyvind"),
        (r"Garc\'{\i}a, Jos\'e", "García, José"),
        ("Jean-Baptiste de la Salle", "de la Salle, Jean-Baptiste"),
        ("Doe~Smith, J.~R.", "Doe Smith, J. R."),
        ("Chung-chieh Shan", "Shan, Chung-chieh"),
        ("Wang, Wei 0001", "Wang, Wei"),
    ],
)
def test_names(name: str, author: object, tmp_path: Path) -> None:
    assert only(planned(entry(author=name), tmp_path))["authors"] == [author]


@pytest.mark.parametrize(
    ("tex", "title"),
    [
        (r"{BERT}: {P}re-training", "BERT: Pre-training"),
        (r"Na{\"\i}ve caf\'e \& \o{} \ss{} {\AA}ngstr{\"{o}}m", "Naïve café & ø ß Ångström"),
        (r"The $L_2$ norm of {$\alpha$}-nets", r"The $L_2$ norm of $\alpha$-nets"),
        (r"``Quoted'' --- and 10--20\% of \$5", "“Quoted” — and 10–20% of $5"),
        (r"100% sure", "100% sure"),
        (r"A~B\ C\,D \textquoteright s \textregistered", "A B C D ’s ®"),
        (r"CO\textsubscript{2} \textsuperscript{th}", "CO$_{2}$ $^{th}$"),
        (r"\enquote{What?} \href{https://example.org/a\_b}{link}", "“What?” link (https://example.org/a_b)"),
        (r"A &amp; B CO<sub>2</sub>", "A & B CO$_{2}$"),
        ("Two\n   lines", "Two lines"),
    ],
)
def test_titles(tex: str, title: str, tmp_path: Path) -> None:
    result = planned(entry(title=tex), tmp_path)
    assert only(result)["title"] == title
    assert told(result) == []


def test_a_command_that_is_not_known_stays_and_is_told(tmp_path: Path) -> None:
    result = planned(entry(title=r"A \mymacro{Big} \other Title"), tmp_path)
    assert only(result)["title"] == r"A \mymacro{Big} \other Title"
    assert findings(result, "tex-unknown") == [
        r"what “\mymacro” in “title” stands for is not known", r"what “\other” in “title” stands for is not known",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "name", "value"),
    [
        ("doi = {https://doi.org/10.1000/a_b%2Fc}", "doi", "10.1000/a_b/c"),
        ("doi = {doi:10.1000/a\\_b}", "doi", "10.1000/a_b"),
        ("url = {\\url{https://example.org/~doe?a=b&c=%20}}", "url", "https://example.org/~doe?a=b&c=%20"),
        ("url = {https://example.org/{\\~{}}doe}", "url", "https://example.org/~doe"),
        ("url = {https://openreview.net/forum?id=MQQeeDiO5vv}", "openreview", "MQQeeDiO5vv"),
        ("url = {https://www.aclweb.org/anthology/N19-1423.pdf}", "acl", "N19-1423"),
        ("howpublished = {\\url{https://example.org/x}}", "url", "https://example.org/x"),
        ("isbn = {978-0-306-40615-7, 0-306-40615-2}", "isbn", "978-0-306-40615-7"),
        ("pages = {pp. 12 -- 34}", "pages", "12-34"),
        ("pages = {53:1--53:28}", "pages", "53:1-53:28"),
        ("note = {Withdrawn}", "status", "withdrawn"),
    ],
)
def test_values(field: str, name: str, value: str, tmp_path: Path) -> None:
    result = planned(entry(field), tmp_path)
    assert only(result)[name] == value
    assert told(result) == []


@pytest.mark.parametrize(
    "field",
    [
        "doi = {none}",
        "pages = {many}",
        "isbn = {123}",
        "month = {spring term}",
        "url = {see page}",
        "eprint = {abc}",
        "year = {soon}",
        "pages = {20--10}",
    ],
)
def test_values_that_cannot_be_taken_over_are_told(field: str, tmp_path: Path) -> None:
    text = f"@misc{{doe2020, title = {{A Title}}, author = {{Doe, Jane}}, date = 2020, arxivid = {{2007.05768}},\n{field}}}"
    result = planned(text, tmp_path)
    assert only(result) == {
        "title": "A Title",
        "authors": ["Doe, Jane"],
        "year": 2020,
        "type": "preprint",
        "arxiv": "2007.05768",
    }
    assert told(result) == [(2, "value-unread")]


@pytest.mark.parametrize(
    ("type_", "fields", "expected"),
    [
        ("phdthesis", "school = {MIT}", {"type": "thesis", "school": "MIT"}),
        ("mastersthesis", "school = {MIT}", {"type": "thesis", "school": "MIT", "degree": "master"}),
        ("thesis", "institution = {MIT}, type = {phdthesis}", {"type": "thesis", "school": "MIT"}),
        ("techreport", "institution = {MIT}, number = {TR-1}", {"type": "report", "publisher": "MIT", "number": "TR-1"}),
        ("incollection", "booktitle = {The Book}, publisher = {Springer}", {"type": "chapter", "proceedings": "The Book", "publisher": "Springer"}),
        ("book", "publisher = {Springer}, edition = {2nd}", {"type": "book", "publisher": "Springer", "edition": "2nd"}),
        ("online", "url = {https://example.org/a}", {"type": "web", "url": "https://example.org/a"}),
        ("software", "version = {1.2}, url = {https://example.org/a}", {"type": "software", "edition": "1.2", "url": "https://example.org/a"}),
        ("dataset", "publisher = {Zenodo}", {"type": "dataset", "publisher": "Zenodo"}),
    ],
)  # fmt: skip
def test_types(type_: str, fields: str, expected: dict[str, str], tmp_path: Path) -> None:
    text = f"@{type_}{{doe2020, title = {{A Title}}, author = {{Doe, Jane}}, year = 2020, {fields}}}"
    result = planned(text, tmp_path)
    assert only(result) == {"title": "A Title", "authors": ["Doe, Jane"], "year": 2020} | expected
    assert told(result) == []


@pytest.mark.parametrize(
    ("booktitle", "venue"),
    [
        (
            "Proceedings of the 57th Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers)",
            "acl",
        ),
        ("Proceedings of the Fifty-Seventh Annual Meeting of the {ACL}", None),
        ("{NAACL-HLT} (1)", None),
        ("NIPS 2017", "neurips"),
        ("ICML", "icml"),
        (
            "Advances in Neural Information Processing Systems 30: Annual Conference on Things 2017, December 4-9, 2017, Long Beach, CA, {USA}",
            "neurips",
        ),
        ("Proceedings of the 38th International Conference on Machine Learning (ICML'21)", "icml"),
        ("Workshop on Titles at ICML 2020 (ICML)", None),
        ("In Proc. of the Thirty-sixth International Conference on Machine Learning", "icml"),
    ],
)
def test_venues(booktitle: str, venue: str | None, tmp_path: Path) -> None:
    text = f"@inproceedings{{a, title = {{A Title}}, author = {{Doe, Jane}}, year = 2020, booktitle = {{{booktitle}}}}}"
    result = planned(text, tmp_path)
    known = {"acl", "icml", "naacl", "neurips", "tacl"}
    assert (only(result)["venue"] if only(result)["venue"] in known else None) == venue
    assert bool(findings(result, "venue-added")) == (venue is None)


@pytest.mark.parametrize(
    ("title", "capitals"),
    [
        ("{BERT}: Pre-training of {D}eep Transformers", ["BERT", "Deep"]),
        ("Learning in the {B}ronx with Greedy Search", ["Bronx"]),
        ("The {K}ripp--{Q}uill Net and {Zork}' Rule", ["Kripp", "Quill", "Zork"]),
        (r"Words and \textbf{Bold {Inner} Things} for {G}{\"o}del", ["Gödel"]),
        ("On {$L_2$} and the {Zoo} of {$x$ Nets} of Others", ["Zoo"]),
        ("What {GPT-4} Knows of {Mercury}", ["GPT-4", "Mercury"]),
        # What the rules find as well:
        ("{BERT} and {GPT-4}: A Study", None),
        ("{Attention} Is All You Need", None),
        # Braces that tell nothing:
        ("{Whole Title in Braces}", None),
        ("{S}caling {D}istributed {M}achine {L}earning", None),
        (r"G{\"o}del and {\'E}cole {\"U}ber All", None),
        ("Unbalanced } Brace { of Others", None),
    ],
)
def test_braces_that_keep_capitals_the_rules_would_lose(title: str, capitals: list[str] | None, tmp_path: Path) -> None:
    result = planned(
        f"@misc{{a, title = {{{title}}}, author = {{Doe, Jane}}, year = 2020, eprint = {{2007.05768}}}}", tmp_path
    )

    assert [record.get("capitals") for record in records(result).values()] in ([capitals], [])


def test_braces_around_every_word_are_told(tmp_path: Path) -> None:
    entry = (
        "@misc{a, title = {{S}caling {M}achine {L}earning}, author = {Doe, Jane}, year = 2020, eprint = {2007.05768}}"
    )

    assert any("braces" in message for message in findings(planned(entry, tmp_path), "field-unused"))


@pytest.mark.parametrize("capitals", [("Mercury",), ("Bronx", "Deep")])
def test_capitals_that_editors_added_come_back(capitals: tuple[str, ...], tmp_path: Path) -> None:
    data = {"title": "What the Bronx Knows of Deep Mercury", "authors": ["Doe, Jane"], "year": "2020", "type": "web"}
    written = bibtex(Paper("key", PaperRecord.model_validate({**data, "capitals": capitals}), ""))

    assert only(planned(written, tmp_path))["capitals"] == list(capitals)


def test_lines_are_counted_that_end_with_a_backslash(tmp_path: Path) -> None:
    text = "@misc{one,\n note = {a \\\\\n b \\\n c},\n}\n\n@misc{two,\n title = {T},\n}\n"
    assert [(found.place.line, found.message) for found in planned(text, tmp_path).found if "says nothing of" in found.message] == [
        (1, "“one” says nothing of title, authors and year"),
        (7, "“two” says nothing of authors and year"),
    ]  # fmt: skip


@pytest.mark.parametrize("type_", ["commented", "COMMENTARY", "strings", "preambles"])
def test_an_entry_whose_type_begins_like_a_command_is_named(type_: str, tmp_path: Path) -> None:
    result = planned(
        f"@{type_}{{doe2020title,\n author = {{Doe, Jane}},\n title = {{T}},\n year = 2020\n}}\n", tmp_path
    )
    assert findings(result, "entry-incomplete") == [f"a record has no type for “{type_.lower()}” (“doe2020title”)"]
    assert result.entries == 1


def test_lines_of_comment_between_fields_are_left_alone(tmp_path: Path) -> None:
    text = (
        "@online{record,\n  % before\n  author = {Doe, Jane},\n  title = {T}\n  % where a comma is missing\n"
        "  date = {2024},\n  url = {https://example.org/}\n  % after\n}\n"
    )
    result = planned(text, tmp_path)
    assert only(result) == {
        "title": "T", "authors": ["Doe, Jane"], "year": 2024, "type": "web", "url": "https://example.org/",
    }  # fmt: skip
    assert told(result) == []


def test_a_field_in_a_comment_after_the_last_one_is_told(tmp_path: Path) -> None:
    text = "@online{record,\n author = {Doe, Jane},\n title = {T},\n year = 2024\n % note = {Out}\n}\n"
    assert told(planned(text, tmp_path)) == [(4, "value-unread")]
