"""Record → BibLaTeX, RIS, CSL-JSON → import → the same again: what each format can say survives, byte by byte."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from generator.bibliography import FORMATS, gather
from generator.decode import decode
from generator.incoming.draft import draft
from generator.incoming.formats import READERS
from generator.incoming.ledger import Draft
from generator.incoming.venues import Venues
from generator.model import PaperType, SurveyFile, Venue
from generator.resolve import resolve
from generator.source import read
from generator.survey import Paper, Survey
from test_import_round_trip import VENUES, papers

FORMS = ("biblatex", "ris", "csl-json")
SETTINGS = SurveyFile.model_validate({"format": "1", "title": "A Survey"})


def written(form: str, paper: Paper) -> str:
    survey = Survey(SETTINGS, {paper.key: paper})
    entries = FORMATS[form].entries(survey, gather([paper]))
    return FORMATS[form].file(survey, entries, entries)


def back(form: str, text: str, venues: Venues) -> Draft:
    entries, found = READERS["bibtex" if form == "biblatex" else form]("refs", text)
    assert found == []
    (entry,) = entries
    return draft(entry, venues, ())


def again(drafted: Draft, venues: Venues) -> Paper:
    assert drafted.record is not None, drafted.found
    key = drafted.record.venue
    venue = venues.get(key) if key else None
    entry = venue if venue is None or isinstance(venue, Venue) else Venue.model_validate(venue.as_yaml())
    return Paper(drafted.incoming.key, drafted.record, "", entry, key)


@pytest.mark.parametrize("form", FORMS)
def test_the_survey_of_this_repository(form: str, repository: Path) -> None:
    survey, _ = resolve(decode(read(repository)[0])[0])
    venues = Venues(survey.venues)
    for decided in survey.papers.values():
        paper = replace(decided, record=decided.record.model_copy(update={"capitals": None}))
        text = written(form, paper)
        drafted = back(form, text, venues)
        assert written(form, again(drafted, venues)) == text
        assert drafted.found == []
        assert drafted.record is not None
        assert (drafted.record.title, drafted.record.authors, drafted.record.type) == (
            paper.record.title,
            paper.record.authors,
            paper.record.type,
        )
    assert venues.added == {}


@pytest.mark.parametrize("form", FORMS)
def test_any_record(form: str) -> None:
    @given(papers())
    @settings(max_examples=60)
    def law(paper: Paper) -> None:
        venues = Venues(VENUES)
        text = written(form, paper)
        drafted = back(form, text, venues)
        same = again(drafted, venues)
        if any(found.code == "venue-added" for found in drafted.found):  # the import says what it adds
            assert paper.venue is None
            same = replace(same, venue=None)
        assert written(form, same) == text
        record = drafted.record
        assert record is not None
        assert (record.year, record.doi, record.month) == (paper.record.year, paper.record.doi, paper.record.month)
        assert record.type is paper.record.type or paper.record.type is PaperType.PREPRINT

    law()
