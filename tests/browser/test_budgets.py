"""What a reader has to wait for is little: bytes at 62 papers. `make bench-site` measures more papers, and time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from places import places
from weights import BROWSE, FILTER_DATA, FILTER_NAMES, FONTS, PAPER, filter_data, heaviest_paper, read_for

if TYPE_CHECKING:
    from typing import Any

    from conftest import OpenPage
    from surveys import Served


@pytest.mark.parametrize("kind", ["home", "group with children", "paper", "browse"])
def test_a_page_reads_little_before_it_is_used(open_page: OpenPage, served: Served, kind: str) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    fonts, rest = read_for(page, served.url + places(served.root)[kind])
    assert 0 < fonts <= FONTS
    assert 0 < rest <= BROWSE


def test_what_the_list_is_narrowed_by_is_small(served: Served, records: dict[str, dict[str, Any]]) -> None:
    papers = len(records)
    assert filter_data(served.site, papers) * papers <= FILTER_NAMES + FILTER_DATA * papers


def test_the_page_of_a_paper_is_small(served: Served) -> None:
    assert heaviest_paper(served.site) <= PAPER
