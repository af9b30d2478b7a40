"""The basket: a page that a script fills, and the files that it is filled and taken away from.

A browser must not ask for a file a paper, nor read ten thousand entries for the sake of ten. So the entries of each
format stand in files of some papers each, and so do their cards. A directory says where a file begins and what its content is
called, so that a file which a browser has kept is never taken for a newer one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from generator.bibliography import FORMATS
from generator.output import Output
from generator.pages import routes
from generator.pages.browse import rich
from generator.pages.catalogue import Catalogue
from generator.pages.views import Anchor, Page
from generator.text import as_plain

FOLDER = f"{routes.DOCS}/{routes.ASSETS}/entries"
SIZE = 50
"""How many papers a file holds."""

CARDS = "cards"
FORMS = tuple(form for form in FORMATS.values() if form.by_paper)
"""The formats of single papers."""


@dataclass(frozen=True, slots=True)
class BasketView:
    """What the template of the basket is given: where else papers are found and files taken."""

    papers: Anchor
    downloads: Anchor


def basket_page() -> Page:
    """Make the page."""
    view = BasketView(Anchor("The list of all papers", routes.PAPERS.url), Anchor("Downloads", routes.DOWNLOADS.url))
    about = "The papers that you picked, to keep, to share, and to take away as a bibliography."
    return Page(
        routes.BASKET,
        "basket.md.j2",
        view,
        title="Basket",
        description=about,
        hide=("navigation", "toc"),
        searched=False,
    )


def basket_data(catalogue: Catalogue, written: Mapping[str, Mapping[str, str]]) -> Iterator[Output]:
    """Make the files of entries and of cards, and their directory.

    Args:
        catalogue: The survey.
        written: The entries of all papers, by the name of the format.
    """
    survey = catalogue.survey
    ordered = sorted(survey.papers)
    runs = [ordered[start : start + SIZE] for start in range(0, len(ordered), SIZE)]
    versions: dict[str, list[str]] = {}
    for name, entries in [*((form.name, written[form.name]) for form in FORMS), (CARDS, _cards(catalogue))]:
        versions[name] = []
        for number, keys in enumerate(runs):
            text = _json({key: entries[key] for key in keys})
            versions[name].append(sha256(text.encode()).hexdigest()[:8])
            yield Output.text(f"{FOLDER}/{name}/{number}.json", text)
    directory = {
        "count": len(survey.papers),
        "starts": [keys[0] for keys in runs],
        "versions": versions,
        "former": {one.former: one.target for one in survey.redirects if one.kind == "paper"},
        "retired": {key: as_plain(reason) for key, reason in survey.retired.items()},
        "formats": [
            {
                "name": form.name,
                "title": form.title,
                "suffix": form.suffix,
                "type": form.media_type,
                "whole": form.path(f"{routes.DOWNLOADS.url}survey"),
                "head": form.head(survey),
                "between": form.between,
                "tail": form.tail,
            }
            for form in FORMS
        ],
    }
    yield Output.text(f"{FOLDER}/directory.json", _json(directory))


def _cards(catalogue: Catalogue) -> dict[str, list[Any]]:
    """Return what a card shows, by key: title, authors, year, venue, status."""
    return {
        key: [
            rich(catalogue.survey.papers[key].record.title),
            card.authors,
            catalogue.survey.papers[key].record.year,
            as_plain(str(card.venue.text)) if card.venue else "",
            card.status or "",
        ]
        for key, card in catalogue.papers.items()
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
