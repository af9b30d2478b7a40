"""Invented records that hurt: what breaks readers of bibliographies, a record a trouble."""

from __future__ import annotations

from typing import Any

from samples import paper

SYNTAX = r"& % # _ $ ~ ^ \ { } | < > @ \" ' ` , = - -- --- .. ?` !` ` '' ``"
"""What TeX, BibTeX, RIS, CSV or HTML reads as syntax."""

_AUTHORS: dict[str, list[Any]] = {
    "accents": ["Ångström, Åsa", "Dvořák, Antonín", "Ğüneş, İlkay", "Łukasiewicz, Źdźisław", "Nguyễn, Thị Ánh"],
    "letters": ["Þórsson, Æðelbert", "Straße, Groß", "Ørsted, Søren", "Đorđević, Œil", "Ŋalo, Ħal"],
    "combining": ["Cafe\u0301, Rene\u0301", "A\u030angstro\u0308m, O\u0308zge"],
    "particles": ["van der Berg, Jan", "de la Cruz, María", {"family": "Bimbo", "particle": "Del", "given": "Alberto"}],
    "apostrophes": [{"family": "Alembert", "particle": "d’", "given": "Jean"}, "O'Brien, Ó", "al-Khwarizmi, Musa"],
    "suffixes": [{"family": "King", "given": "Martin L.", "suffix": "Jr."}, {"family": "Gates", "suffix": "III"}],
    "particlesuffix": [{"family": "Berg", "particle": "von dem", "given": "Ada", "suffix": "Jr."}],
    "hyphens": ["Shan, Chung-chieh", "Costa-jussà, Marta R.", "Sartre, Jean-Paul", "Zanella-Béguelin, S."],
    "initials": ["Tolkien, J.R.R.", "Hoang, Duc N. M", "Knuth, D.~E.".replace("~", " "), "Hu, X"],
    "double": ["Ehteshami Bejnordi, Babak", {"family": "Castro e Silva", "given": "José"}, "García y Vega, Ana"],
    "corporate": [{"literal": "OpenAI"}, {"literal": "Smith & Sons, Ltd."}, {"literal": "AT&T Labs — Research"}],
    "corporateand": [{"literal": "Barnes and Noble"}, {"literal": "The A, B and C Consortium"}],
    "others": [{"literal": "and others"}, {"family": "Others", "given": "And"}],
    "mononyms": [{"literal": "Plato"}, {"family": "Voltaire"}, {"family": "Suharto"}],
    "twohundred": [f"Family{number:03}, Given" for number in range(200)],
    "syntax": [{"family": r"B&b_1", "given": r"50% #1 $x ~ ^ \y {z}"}, {"literal": SYNTAX}],
    "quotes": [{"family": 'Nick "The Pen" Cave', "given": "“Q”"}],
    "cjk": ["李, 小龙", {"literal": "東京大学"}, "김, 철수"],
    "rtl": ["כהן, דוד", "الخوارزمي, محمد"],
    "othercases": ["Иванов, Иван", "Παπαδόπουλος, Γιώργος"],
    "emoji": [{"literal": "Team 🚀"}, "Smile 😀, Ann"],
    "comma": [{"family": "Strand, the", "given": "Q, R"}],
    "lower": ["bell hooks, x", {"literal": "danah boyd"}],
}

_TITLES: dict[str, str] = {
    "syntaxtitle": f"All of {SYNTAX} in a Title",
    "mathtitle": r"Attention in $O(n \log n)$ Time: The $L_2$, $\ell_\infty$ and $\{0,1\}^d$ Cases",
    "brokenmath": r"Costs $\frac{1$ and $5 to $10 for 100% of \$ users",
    "greektitle": "α-Divergence → β, 10 µm ± 5 ≤ ∞",
    "quotetitle": '“Why Should I ‘Trust’ You?”: Explaining the "Predictions"',
    "dashes": "Pre-Training – a Survey — of A--B and C---D",
    "capitals": "ATTENTION IS ALL YOU NEED FOR BERT",
    "names": "What GPT-4 and LLaMA Know of McDonald's in New York: iPhone, NeurIPS and kNN",
    "sentence": "Monotone deep Boltzmann machines with Matryoshka weights",
    "cjktitle": "注意力机制 and Attention",
    "rtltitle": "مقدمة في الذكاء and Attention",
    "emojititle": "🤗 Transformers 👩‍🔬 and 🇫🇷",
    "html": "AT&amp;T <b>bold</b> 3 < 4 > 2 &lt;",
    "formula": "=SUM(A1:A9)",
    "plus": "+1 for Prompting",
    "minus": "-2 Is Not a Number",
    "at": "@home: Folding",
    "ris": "ER  - and TY  - in a Title",
    "spaces": "Non\u00a0breaking\u2009thin\u202fnarrow",
    "braces": "{Braces} in {{double}} and } alone",
    "colon": "a: B: c? D! e. F; g",
    "long": "Word " * 300 + "End",
    "year": "1984",
    "punctuation": "Is This It?",
    "no": "no",
}

_REST: dict[str, dict[str, Any]] = {
    "syntaxconference": {
        "type": "conference",
        "venue": "acl",
        "proceedings": f"Proceedings of {SYNTAX}",
        "publisher": SYNTAX,
        "volume": "A_1&2",
        "pages": "53-68",
    },
    "olddoi": {"type": "journal", "venue": "tacl", "doi": "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O", "volume": "49"},
    "syntaxjournal": {"type": "journal", "venue": "tacl", "volume": r"1\2", "number": "#3%", "pages": "e1-e9"},
    "syntaxthesis": {"type": "thesis", "school": SYNTAX},
    "syntaxreport": {"type": "report", "publisher": SYNTAX, "number": "TR_1#2"},
    "syntaxbook": {"type": "book", "publisher": SYNTAX, "edition": "2nd & last", "isbn": "978-3-031-23190-2"},
    "syntaxchapter": {"type": "chapter", "proceedings": SYNTAX, "publisher": "P", "pages": "1-2"},
    "syntaxsoftware": {"type": "software", "publisher": SYNTAX, "edition": "1.0_b&c", "url": "https://example.org/a_b?c=%20&d=~e#f"},
    "syntaxdataset": {"type": "dataset", "publisher": SYNTAX, "edition": "2^3", "doi": "10.1000/a_b(c);e"},
    "syntaxweb": {"type": "web", "url": "https://example.org/Łódź/{x}?q=“a”&b=%_~^#z", "publisher": SYNTAX},
    "numberedconference": {"type": "conference", "venue": "aaai", "volume": "39", "number": "23", "pages": "1-5,7"},
    "bareconference": {"type": "conference", "venue": "acl"},
    "journalpages": {"type": "journal", "venue": "tacl", "pages": "101", "volume": "9", "month": 12},
    "publishedpreprint": {
        "type": "conference", "venue": "acl", "arxiv": "2107.05768", "arxiv_category": "cs.CL", "first_posted": "2020-11-03",
        "former_titles": ["What GPT-3 Knows & More"], "year": "2022", "month": 5, "doi": "10.1000/x", "acl": "2022.acl-long.1",
    },
    "oldpreprint": {"type": "preprint", "arxiv": "cs/0101001"},
    "preprintnowhere": {"type": "preprint", "venue": "biorxiv"},
    "preprintdoi": {"type": "preprint", "venue": "biorxiv", "doi": "10.1101/2022.01.01.000001", "month": 1},
    "preprintday": {"type": "preprint", "arxiv": "2005.14165", "first_posted": "2020-05-28"},
    "preprintopenreview": {"type": "preprint", "openreview": "MQQeeDiO5vv"},
    "master": {"type": "thesis", "school": "Universität Zürich", "degree": "master", "month": 2, "arxiv": "2107.05768"},
    "edition": {"type": "book", "venue": "springer", "edition": "Second", "volume": "2", "month": 7},
    "newisbn": {"type": "book", "venue": "springer", "isbn": "979-8-3313-2085-0"},
    "ordinal": {"type": "book", "venue": "springer", "edition": "3rd"},
    "chapterfull": {
        "type": "chapter", "proceedings": "The Art of “Programming”", "publisher": "Springer", "pages": "A1-A12",
        "volume": "4", "edition": "1st", "isbn": "9783031231902", "doi": "10.1000/ch",
    },
    "institution": {"type": "report", "venue": "aarhus", "number": "7", "url": "https://example.org/r.pdf"},
    "dataset": {"type": "dataset", "venue": "zenodo", "edition": "1.2"},
    "software": {"type": "software", "publisher": "GitHub", "edition": "v2", "url": "https://github.com/a/b"},
    "webnowhere": {"type": "web"},
    "webpage": {"type": "web", "url": "https://example.org/~doe/", "month": 3},
    "retracted": {"type": "journal", "venue": "tacl", "status": "retracted", "volume": "1"},
    "withdrawn": {"type": "preprint", "arxiv": "2107.05768", "status": "withdrawn"},
}  # fmt: skip

NASTY = (
    *(paper(f"author-{key}", authors=authors, url="https://example.org/") for key, authors in _AUTHORS.items()),
    *(paper(f"title-{key}", title=title, authors=[f"{key}, T."]) for key, title in _TITLES.items()),
    *(paper(f"rest-{key}", **{"authors": [f"{key}, R."]} | rest) for key, rest in _REST.items()),
)
"""Each under a key that says what it is about, and by an author of its own: plainnat's letters after a year run out."""
