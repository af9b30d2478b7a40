"""What `make fuzz` is made of: surveys and files of other programs, near to what they should be."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

REPOSITORY = Path(__file__).resolve().parents[1]
Files = dict[str, str]

NASTY = (
    "", " ", "\n", "\n\n", "\t", "\r\n", "\x00", "\x1b[31m", "\ufeff", "\u2028", "\u202e", "\u0301", "\U0001f600", "\ud7ff", "ﬁ", "İ",
    "{", "}", "{{", "}}", "[", "]", "(", ")", "<", ">", '"', "'", "`", "```", "$", "$$", "\\", "\\\\", "%", "#", "&", "&amp;", "~", "^", "_", "@",
    "@a2020b", "[@a2020b]", "[-@a", "[=papers]", "[=", "|", "| - |", "---", "...", "- ", "* ", "? ", ": ", "&a ", "*a", "!!python/object:os ", "!", "<<: ",
    "%YAML 1.1\n", "null", "~", "yes", "no", "1e309", "-0", "0x1F", "017", "12:30", "2024-02-30", "9" * 5000, ".inf", "<script>", "</script>", "<!--", "]]>",
    "javascript:x", "https://example.org/", "http://[::1", "10.5555/survey.1", "2107.05768", "\\input{x}", "\\'e", "{\\'{e}}", '\\"o', "\\verb|", "\\char", "$\\frac{a}",
    "and", " and ", "others", "et al.", ",", ";", "van der", "Jr.", "a" * 3000, "[" * 200, "{" * 200, "(" * 200, "*" * 200, "a, " * 200, "\n" * 200, "TY  - ", "ER  - ", "### ",
)  # fmt: skip
"""What some reader or writer minds."""

words = st.sampled_from(
    ("Sparse", "Attention", "is", "All", "you", "Need", "für", "GPT-4", "o'Neil", "李", "Ångström", "$O(n)$")
)
plain = st.lists(words, min_size=1, max_size=6).map(" ".join)
nasty = st.one_of(st.sampled_from(NASTY), st.text(max_size=30))
texts = st.one_of(plain, plain, st.lists(st.one_of(words, nasty), max_size=6).map("".join), nasty)
names = st.one_of(st.sampled_from(("Doe, Jane", "Ada Lovelace", "van Gogh, V.", "LCM team", "李, 明")), texts)
years = st.one_of(
    st.integers(1990, 2026).map(str), st.sampled_from(("19", "20 20", "2020-13", "n.d.", "in press")), nasty
)
pages = st.one_of(st.sampled_from(("1-10", "10--1", "e17", "1--2, 5", "xi-xx", "1:1-1:9")), nasty)
identifiers = st.one_of(st.sampled_from(("10.1162/tacl_a_00353", "https://doi.org/10.1/x", "2107.05768", "cs/0112017v2", "2023.acl-long.1")), nasty)  # fmt: skip
addresses = st.one_of(st.sampled_from(("https://example.org/a?b=c&d=%7B", "http://localhost", "//x", "ftp://x")), nasty)


@st.composite
def mutated(draw: st.DrawFn, whole: st.SearchStrategy[str]) -> str:
    """Cut, double and mix what is well formed."""
    text = draw(whole)
    for _ in range(draw(st.integers(0, 3))):
        start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        match draw(st.integers(0, 3)):
            case 0:
                text = text[:start] + draw(nasty) + text[start:]
            case 1:
                text = text[:start] + text[min(end, start + 40) :]
            case 2:
                text = text[:end] + text[start:end][:400] + text[end:]
            case _:
                text = text[:start] + draw(nasty) + text[min(end, start + 10) :]
    return text


def lines(*one_of: st.SearchStrategy[str], most: int = 6) -> st.SearchStrategy[str]:
    """Join some texts by line ends."""
    return st.lists(st.one_of(*one_of), max_size=most).map("\n".join)


_anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)


@st.composite
def near(draw: st.DrawFn, sound: Mapping[str, Any], fields: Mapping[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
    """Change or add a few fields of what is sound: what is far from it gets no further than the first check."""
    chosen = draw(st.lists(st.sampled_from(sorted(fields)), max_size=3, unique=True))
    return {**sound, **{name: draw(st.one_of(fields[name], fields[name], fields[name], _anything)) for name in chosen}}


_BIBTEX_VALUES: Mapping[str, st.SearchStrategy[str]] = {
    "title": texts, "author": st.lists(names, min_size=1, max_size=4).map(" and ".join), "editor": names, "year": years, "date": years, "month": nasty,
    "journal": texts, "booktitle": texts, "pages": pages, "doi": identifiers, "eprint": identifiers, "archiveprefix": st.sampled_from(("arXiv", "x")),
    "url": addresses, "volume": years, "publisher": texts, "school": texts, "isbn": nasty, "issn": nasty, "note": texts, "keywords": texts,
    "crossref": st.sampled_from(("k0", "k1", "k9")), "abstract": texts,
}  # fmt: skip


@st.composite
def _bibtex_field(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(sorted(_BIBTEX_VALUES)))
    value = draw(_BIBTEX_VALUES[name])
    form = draw(st.sampled_from(("{%s}", "{{%s}}", '"%s"', "%s", 'jan # "%s"', "{%s} # s")))
    return f"  {name} = {form.replace('%s', value)}"


@st.composite
def _bibtex_entry(draw: st.DrawFn) -> str:
    kind = draw(
        st.sampled_from(
            ("article", "inproceedings", "misc", "phdthesis", "online", "book", "Comment", "string", "preamble", "odd")
        )
    )
    key = draw(st.one_of(st.sampled_from(("k0", "k1", "a2020b")), nasty))
    sound = ["  title = {A Title}", "  author = {Doe, Jane}", "  year = 2020"] if draw(st.booleans()) else []
    return f"@{kind}{{{key},\n" + ",\n".join(sound + draw(st.lists(_bibtex_field(), max_size=5))) + "\n}"


_RIS_TAGS = ("TY", "T1", "TI", "AU", "A1", "PY", "Y1", "DA", "JO", "T2", "SP", "EP", "DO", "UR", "SN", "VL", "IS", "PB", "AB", "KW", "N1", "ER", "ZZ", "M3")  # fmt: skip
_ris = st.tuples(st.sampled_from(_RIS_TAGS), st.one_of(st.sampled_from(("JOUR", "CONF", "THES", "GEN")), texts, names, years, identifiers))  # fmt: skip
_ris_entry = st.lists(_ris, max_size=9).map(lambda tags: "\n".join(["TY  - JOUR", "TI  - A Title", "AU  - Doe, Jane", "PY  - 2020", *(f"{tag}  - {text}" for tag, text in tags), "ER  - "]))  # fmt: skip

_csl_name = st.one_of(st.fixed_dictionaries({"family": names}, optional={"given": names, "suffix": texts}), st.fixed_dictionaries({"literal": names}), _anything)  # fmt: skip
_csl_date = st.one_of(st.fixed_dictionaries({"date-parts": st.lists(st.lists(st.one_of(st.integers(-1, 3000), years), max_size=4), max_size=2)}), st.fixed_dictionaries({"raw": years}), _anything)  # fmt: skip
_CSL: Mapping[str, st.SearchStrategy[Any]] = {
    "id": texts, "type": st.sampled_from(("article-journal", "paper-conference", "thesis", "webpage")), "title": texts, "author": st.lists(_csl_name, max_size=3),
    "issued": _csl_date, "DOI": identifiers, "container-title": texts, "page": pages, "URL": addresses, "ISSN": nasty, "note": texts, "volume": years,
}  # fmt: skip
_csl_item = near({"id": "a", "type": "webpage", "title": "A Title", "author": [{"family": "Doe", "given": "Jane"}], "issued": {"date-parts": [[2020]]}, "URL": "https://example.org/"}, _CSL)  # fmt: skip

_RECORD: Mapping[str, st.SearchStrategy[Any]] = {
    "title": texts, "former_titles": st.lists(texts, max_size=2), "capitals": st.lists(texts, max_size=2),
    "authors": st.lists(st.one_of(names, st.fixed_dictionaries({"family": names, "given": names}), st.fixed_dictionaries({"literal": names})), max_size=4),
    "year": st.one_of(st.integers(1990, 2026), years), "type": st.one_of(st.sampled_from(("conference", "journal", "preprint", "thesis", "web", "book")), texts),
    "venue": st.one_of(st.just("acl"), texts), "pages": pages, "volume": years, "month": st.one_of(st.integers(0, 13), nasty), "doi": identifiers, "arxiv": identifiers,
    "acl": identifiers, "openreview": identifiers, "isbn": nasty, "first_posted": st.one_of(st.sampled_from(("2021", "2021-07", "2021-02-30")), years), "url": addresses, "pdf": addresses,
    "links": st.lists(st.fixed_dictionaries({"label": texts, "url": addresses}), max_size=2), "status": st.one_of(st.just("retracted"), texts), "summary": texts,
    "contributions": st.lists(texts, max_size=3), "attributes": st.dictionaries(st.one_of(st.sampled_from(("size", "speed")), texts), _anything, max_size=2),
    "groups": st.lists(st.one_of(st.sampled_from(("topics/a", "topics/b")), texts, st.fixed_dictionaries({"group": st.just("topics/a"), "note": texts})), max_size=2),
    "relations": st.lists(st.fixed_dictionaries({"type": st.sampled_from(("extends", "same-work", "x")), "paper": st.sampled_from(("k0", "k1", "k9")), "note": texts}), max_size=2),
    "tags": st.lists(st.one_of(st.just("one"), texts), max_size=2), "aliases": st.lists(st.one_of(st.sampled_from(("k1", "old")), texts), max_size=2),
    "sources": st.dictionaries(st.sampled_from(("title", "year", "size")), texts, max_size=2), "added": st.one_of(st.just("2024-01-02"), years),
}  # fmt: skip
_SOUND = {"title": "A Title", "authors": ["Doe, Jane"], "year": 2020, "type": "web", "url": "https://example.org/"}


_record = near(_SOUND, _RECORD)


@st.composite
def _yaml(draw: st.DrawFn, value: st.SearchStrategy[Any]) -> str:
    """Write a value as YAML: as JSON, or field by field with plain scalars, whose text may be anything."""
    shape = draw(value)
    if draw(st.booleans()) or not isinstance(shape, dict):
        return json.dumps(shape, ensure_ascii=draw(st.booleans()))
    spelled = {name: one if isinstance(one, str) and draw(st.booleans()) else json.dumps(one, ensure_ascii=False) for name, one in shape.items()}  # fmt: skip
    return "".join(f"{name}: {one}\n" for name, one in spelled.items())


@st.composite
def surveys(draw: st.DrawFn) -> Files:
    """Make a survey: settings, venues, groups, a page, some papers; mostly sound but for a place or two."""
    base: dict[str, Any] = {
        "survey": {
            "format": 1, "title": draw(plain), "groupings": ["topics"], "tags": {"one": draw(plain)},
            "attributes": {"size": {"title": "Size", "type": "choice", "values": {"small": "S"}}, "speed": {"title": "Speed", "type": "number"}},
        },
        "venues": {"acl": {"short": "ACL", "full": draw(plain), "kind": "conference"}},
        "groupings/topics/_index": {"title": "Topics"},
        "groupings/topics/a": {"title": draw(plain), "summary": "S.", "body": draw(texts) or "B"},
        "groupings/topics/b": {"title": "B", "summary": draw(plain), "papers": ["k0"]},
    }  # fmt: skip
    files = {f"content/{name}.yaml": json.dumps(value) for name, value in base.items()}
    files["content/papers/k0.yaml"] = json.dumps(_SOUND)
    for number in range(1, draw(st.integers(1, 3))):
        files[f"content/papers/k{number}.yaml"] = draw(_yaml(_record))
    files["content/pages/page.md"] = f"# {draw(plain)}\n\n{draw(lines(texts, nasty))}\n"
    if draw(st.integers(0, 2)) == 0:
        victim = draw(st.sampled_from(sorted(files)))
        files[victim] = draw(mutated(st.just(files[victim])))
    return files


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


_xml = st.one_of(texts.map(_escaped), names.map(_escaped), texts)
_atom_tags = st.sampled_from(("id", "title", "published", "updated", "summary", "name", "arxiv:doi", "arxiv:journal_ref", "arxiv:comment"))  # fmt: skip
_atom_entry = st.lists(
    st.tuples(_atom_tags, st.one_of(_xml, years, st.just("http://arxiv.org/abs/2107.05768v2"))), max_size=8
).map(
    lambda tags: (
        f"<entry><id>http://arxiv.org/abs/2107.05768v2</id><title>Sparse</title><published>2021-07-12T00:00:00Z</published>{''.join(f'<{tag}>{text}</{tag}>' for tag, text in tags)}<author><name>Jane Doe</name></author></entry>"
    )
)
_atom = st.lists(_atom_entry, max_size=3).map(
    lambda entries: (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">'
        f"{''.join(entries)}</feed>"
    )
)
_item = st.one_of(
    st.tuples(
        plain,
        st.one_of(plain, texts),
        st.sampled_from(("*ACL 2021*.", "NeurIPS 2021. [code](https://example.org/)", "*NeurIPS 2021*. 2021.")),
    ).map(lambda one: f"- [{one[0]} {one[1]}](https://arxiv.org/abs/2107.05768). Jane Doe, Ann Li. {one[2]}"),
    st.tuples(texts, addresses, names, years).map(lambda one: f"- [{one[0]}]({one[1]}) {one[2]}, {one[3]}. *{one[0]}*"),
    st.tuples(plain, names, years).map(
        lambda one: f"- [{one[0]} of this](https://arxiv.org/abs/2107.05768). {one[1]}. {one[2]}"
    ),
)
_list = lines(_item, texts.map("## {}".format), texts, st.tuples(texts, texts).map(lambda row: f"| {row[0]} | {row[1]} |\n|---|---|"))  # fmt: skip
_LABELS = ("Where the paper is", "Title", "Authors", "Year", "Published in", "Code", "BibTeX", "Why it belongs here")
_abstract = plain.map(
    lambda text: f"{text}\n\n" + "It was long known that this is so, and that is a sentence of an abstract. " * 5
)
_issue = st.tuples(st.one_of(identifiers, addresses, _bibtex_entry()), texts, names, years, texts).map(
    lambda one: (
        f"### Where the paper is\n\n{one[0]}\n\n### Title\n\nA Title {one[1]}\n\n### Authors\n\nDoe, Jane\n{one[2]}\n\n### Year\n\n2020{one[3]}\n\n### Why it belongs here\n\n{one[4]}\n"
    )
)
_issue_parts = lines(st.tuples(st.sampled_from(_LABELS), st.one_of(texts, names, years, identifiers)).map(lambda one: f"### {one[0]}\n\n{one[1]}\n"))  # fmt: skip
_bibtex_of_note = st.one_of(
    _bibtex_entry(),
    st.just("@inproceedings{a,\n title={A Title},\n author={Jane Doe},\n booktitle={ICLR},\n year={2020}\n}"),
)
_openreview_content = near({"title": {"value": "A Title"}}, {name: st.one_of(texts, st.fixed_dictionaries({"value": texts})) for name in ("title", "authors", "venue", "venueid")})  # fmt: skip
_note = st.tuples(near({"id": "abcdefghij", "forum": "abcdefghij"}, {"id": texts, "forum": texts, "pdate": years}), _openreview_content, _bibtex_of_note).map(
    lambda one: {**one[0], "content": {**one[1], "_bibtex": {"value": one[2]}}}
)  # fmt: skip
_openreview = st.fixed_dictionaries({"notes": st.lists(st.one_of(_note, _note, _anything), max_size=2)}).map(json.dumps)

_COLUMNS = ("key", "title", "authors", "year", "type", "month", "pages", "doi", "arxiv", "venue", "status", "tags", "groups", "attribute:speed", "added", "odd")  # fmt: skip

_TABLE = {"title": "A Title", "authors": "Doe, Jane", "year": "2020", "type": "web", "url": "https://example.org/"}


@st.composite
def _table(draw: st.DrawFn) -> str:
    """Write the table of a survey, with cells that may be too few, too many, or formulas."""
    columns = [*_TABLE, *draw(st.lists(st.sampled_from(_COLUMNS), max_size=5))]
    cell = st.one_of(texts, names, years, identifiers, st.just("=1+1"))
    rows = [columns]
    for _ in range(draw(st.integers(0, 4))):
        row = [*_TABLE.values(), *(draw(cell) for _ in columns[len(_TABLE) :])]
        for _ in range(draw(st.integers(0, 2))):
            row[draw(st.integers(0, len(row) - 1))] = draw(cell)
        rows.append(row[: draw(st.sampled_from((len(row), len(row), 3)))] + draw(st.sampled_from(([], [], ["more"]))))
    table = io.StringIO()
    csv.writer(table, delimiter=draw(st.sampled_from(",;\t")), lineterminator="\n").writerows(rows)
    return table.getvalue()


_our_papers = st.one_of(st.lists(st.one_of(_record, _anything), max_size=3), _anything)
_our_json = st.fixed_dictionaries({"papers": _our_papers}, optional={"version": st.one_of(st.just(1), _anything), "venues": _anything})  # fmt: skip

_BIBTEX = lines(_bibtex_entry(), nasty, st.just('@string{s = "S"}'), most=3)
_REAL = tuple(
    f"@{part}" for part in (REPOSITORY / "tests" / "fixtures" / "contributions.bib").read_text("utf-8").split("@")[1:]
)

SHAPES: Mapping[str, st.SearchStrategy[str]] = {
    "bibtex": st.one_of(mutated(_BIBTEX), mutated(st.sampled_from(_REAL))),
    "ris": mutated(lines(_ris_entry, most=3)),
    "csl-json": st.one_of(
        mutated(st.lists(_csl_item, max_size=3).map(json.dumps)),
        st.lists(st.one_of(_csl_item, _csl_item, _anything), max_size=3).map(json.dumps),
    ),
    "json": st.one_of(mutated(_our_json.map(json.dumps)), _our_json.map(json.dumps)),
    "csv": st.one_of(mutated(_table()), _table()),
    "record": mutated(st.tuples(_yaml(_record), texts).map(lambda one: f"---\n{one[0]}\n---\n{one[1]}\n")),
    "list": mutated(_list),
    "feed": mutated(lines(texts, _item, _abstract, _abstract).map(lambda text: text.replace("\n-", "\n\n-"))),
    "arxiv": mutated(_atom),
    "openreview": st.one_of(mutated(_openreview), _openreview),
    "issue": st.one_of(mutated(_issue), mutated(_issue_parts)),
    "typed": st.one_of(identifiers, addresses, mutated(lines(names, texts)), texts),
}
"""Texts of every format that an import reads, and what people type into the form."""
