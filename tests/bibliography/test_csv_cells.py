"""Each column of the table says what the record says under that name, and nothing is left out."""

from __future__ import annotations

import csv
import io
from typing import Any

from samples import file, paper

FULL: dict[str, Any] = {
    "title": "A Title",
    "authors": ["van der Berg, Jan", {"literal": "LCM team"}],
    "year": "2020",
    "month": "7",
    "type": "conference",
    "venue": "aaai",
    "proceedings": "Proceedings of the Thirty-Fourth",
    "volume": "34",
    "number": "5",
    "pages": "53-68",
    "publisher": "A Press",
    "doi": "10.1000/ab",
    "arxiv": "2001.00001",
    "isbn": "978-0-306-40615-7",
    "url": "https://example.org/a",
    "pdf": "https://example.org/a.pdf",
    "code": "https://example.org/code",
    "status": "retracted",
    "first_posted": "2020-01-02",
    "tags": ["one", "two"],
    "added": "2026-11-22",
}


def cells(**record: Any) -> dict[str, str]:
    [row] = csv.DictReader(io.StringIO(file("csv", [paper("berg2020title", **record)]), newline=""))
    return {name: text for name, text in row.items() if text}


def test_a_record_with_everything() -> None:
    same = ("title", "year", "month", "type", "volume", "number", "pages", "publisher", "doi", "arxiv", "isbn")
    addresses = ("url", "pdf", "code", "status", "first_posted", "added")
    assert cells(**FULL) == {name: FULL[name] for name in (*same, *addresses)} | {
        "key": "berg2020title",
        "authors": "van der Berg, Jan; LCM team",
        "venue": "AAAI",
        "container": "Proceedings of the Thirty-Fourth",
        "issn": "2374-3468",
        "tags": "one; two",
        "page": "https://example.org/s/papers/berg2020title/",
    }


def test_what_only_books_and_theses_have() -> None:
    assert cells(type="book", edition="Second", publisher="A Press").items() >= {"edition": "Second"}.items()
    assert cells(type="thesis", school="A School").items() >= {"institution": "A School"}.items()
