"""An import held against a survey: papers that are there, fields that are filled, venues that are added."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli import main
from imports import SURVEY, findings, planned, records, told

RECORD = """\
# A comment of the editors.
title: A Title   # as printed
authors: ["Doe, Jane", "Roe, Richard"]

year: 2020
type: conference
venue: acl
summary: |
  Our own words.

# What follows is curated.
groups: []
"""
ENTRY = """@inproceedings{other, title = {{A Title}}, author = {Doe, Jane and Roe, Richard}, year = 2020,
 booktitle = {Annual Meeting of the Association for Computational Linguistics},
 pages = {1--10}, month = jul, doi = {10.1000/abc}, arxivid = {2007.05768}}
"""


def test_a_paper_that_is_there_is_told_and_not_touched(tmp_path: Path) -> None:
    result = planned(ENTRY, tmp_path, doe2020title=RECORD.replace("groups: []\n", ""))
    assert (result.new, result.updates) == ({}, {})
    (present,) = result.present
    assert (present.path, present.entry.line) == ("content/papers/doe2020title.yaml", 1)
    assert {(own.name, own.here, own.there) for own in present.differences} == {
        ("pages", None, "1-10"), ("month", None, "7"), ("doi", None, "10.1000/abc"), ("arxiv", None, "2007.05768"),
    }  # fmt: skip
    assert told(result) == [(1, "paper-present")]


def test_update_fills_empty_fields_and_keeps_the_rest_byte_by_byte(tmp_path: Path) -> None:
    record = RECORD.replace("groups: []\n", "tags: [drop-in]\n")
    (output,) = planned(ENTRY, tmp_path, update=True, doe2020title=record).updates.values()
    text = output.content.decode()
    lines = text.splitlines()
    added = [line for line in lines if line not in record.splitlines()]
    assert added == ["pages: 1-10", "month: 7", "doi: 10.1000/abc", 'arxiv: "2007.05768"']
    assert "\n".join(line for line in lines if line not in added) + "\n" == record
    assert yaml.safe_load(text) == yaml.safe_load(record) | {
        "pages": "1-10", "month": 7, "doi": "10.1000/abc", "arxiv": "2007.05768",
    }  # fmt: skip


@pytest.mark.parametrize(
    "record",
    [
        'title: A Title\nauthors: ["Doe, Jane"]\nyear: 2020\ntype: conference\nvenue: acl',
        'title: A Title\r\nauthors: ["Doe, Jane"]\r\nyear: 2020\r\ntype: conference\r\nvenue: acl\r\n',
        "venue: acl\ntype: conference\nyear: 2020 # end\nauthors:\n  - Doe, Jane\n\n\ntitle: >-\n  A\n  Title\n\n\n# last\n",
        'venue: acl\nlinks: [{label: a,\n  url: "https://example.org/a"}] # x\nyear: 2020\ntype: conference\nauthors: ["Doe, Jane"]\ntitle: "A\n  Title"\n',
    ],
)
def test_update_of_any_layout(record: str, tmp_path: Path) -> None:
    entry = ENTRY.replace(" and Roe, Richard", "")
    (output,) = planned(entry, tmp_path, update=True, doe2020title=record).updates.values()
    text = output.content.decode()
    new = {"pages": "1-10", "month": 7, "doi": "10.1000/abc", "arxiv": "2007.05768"}
    assert yaml.safe_load(text) == yaml.safe_load(record) | new
    assert [line for line in text.splitlines() if line.partition(":")[0] not in new] == record.splitlines()


def test_a_record_in_one_pair_of_braces_is_left_alone(tmp_path: Path) -> None:
    record = '{title: A Title, authors: ["Doe, Jane", "Roe, Richard"], year: 2020, type: conference, venue: acl}\n'
    result = planned(ENTRY, tmp_path, update=True, doe2020title=record)
    assert result.updates == {}
    assert result.present[0].filled == ()


def test_what_contradicts_is_told_and_never_taken(tmp_path: Path) -> None:
    record = RECORD.replace("groups: []\n", "pages: 2-3\n")
    result = planned(ENTRY.replace("2020", "2021"), tmp_path, update=True, doe2020title=record)
    assert (1, "paper-differs") not in told(result), "with another year and other pages it is another paper"
    result = planned(ENTRY, tmp_path, update=True, doe2020title=record)
    assert findings(result, "paper-differs") == ["“other” is “doe2020title” and contradicts its pages"]
    assert "2-3" in next(iter(result.updates.values())).content.decode()
    assert "1-10" not in next(iter(result.updates.values())).content.decode()


@pytest.mark.parametrize(
    "field",
    ["doi: 10.1000/ABC\n", 'arxiv: "2007.05768"\n'],
)
def test_identifiers_find_the_paper_whatever_its_title(field: str, tmp_path: Path) -> None:
    record = RECORD.replace("title: A Title", "title: Its First Name").replace("groups: []\n", field)
    result = planned(ENTRY, tmp_path, doe2020first=record)
    assert findings(result, "paper-differs") == ["“other” is “doe2020first” and contradicts its title"]


def test_former_titles_find_the_paper(tmp_path: Path) -> None:
    record = RECORD.replace("title: A Title", "title: Its New Name").replace(
        "groups: []\n", "former_titles: [A title]\n"
    )
    assert planned(ENTRY, tmp_path, doe2020new=record).new == {}


def test_the_published_version_of_a_preprint_is_offered_with_both_shown(tmp_path: Path) -> None:
    record = 'title: A Title\nauthors: ["Doe, Jane"]\nyear: 2019\ntype: preprint\narxiv: "2007.05768"\n'
    result = planned(ENTRY, tmp_path, update=True, doe2019title=record)
    assert told(result) == [(1, "version-published")]
    assert {(own.name, own.here, own.there) for own in result.present[0].differences} >= {
        ("year", "2019", "2020"), ("type", "preprint", "conference"), ("venue", None, "acl"), ("pages", None, "1-10"),
    }  # fmt: skip
    assert result.updates == {}, "nothing of the other version gets into the record"


def test_a_preprint_adds_its_identifier_to_the_published_record(tmp_path: Path) -> None:
    preprint = (
        "@misc{x, title = {A Title}, author = {Doe, Jane}, year = 2019, eprint = {2007.05768}, primaryclass = {cs.CL}}"
    )
    result = planned(preprint, tmp_path, update=True, doe2020title=RECORD.replace("groups: []\n", ""))
    assert result.present[0].filled == ("arxiv", "arxiv_category")
    assert told(result) == [(1, "paper-present")]


def test_one_paper_twice_in_a_source_is_one_draft(tmp_path: Path) -> None:
    result = planned(ENTRY + "\n" + ENTRY.replace("other", "again"), tmp_path)
    assert list(records(result)) == ["other"]
    assert findings(result, "paper-present") == ["“again” is the paper of line 1 again"]


def test_editorials_of_one_title_are_several_papers(tmp_path: Path) -> None:
    text = "".join(
        f"@article{{e{n}, title = {{Editorial}}, author = {{Doe, Jane}}, year = {2000 + n}, volume = {n}, journal = {{TACL}}}}\n"
        for n in range(3)
    )
    assert len(records(planned(text, tmp_path))) == 3


def test_a_key_that_is_taken_or_was_once_is_not_given_again(tmp_path: Path) -> None:
    record = 'title: Another\nauthors: ["Doe, Jane"]\nyear: 2020\ntype: web\naliases: [Former]\n'
    for key in ("other", "FORMER", "index"):
        result = planned(ENTRY.replace("{other,", f"{{{key},"), tmp_path, Other=record)
        assert list(records(result)) == ["doe2020title"]
        assert [code for _, code in told(result)] == ["key-changed"]


def test_new_venues_are_added_once_and_to_the_file_as_it_is(tmp_path: Path) -> None:
    text = "".join(
        f"@article{{a{n}, title = {{Title {n}}}, author = {{Doe, Jane}}, year = 2020, journal = {{Journal of {{T}}itles}},"
        " issn = {1234-5679}, publisher = {Press}}\n"
        for n in range(2)
    )
    result = planned(text, tmp_path)
    assert yaml.safe_load(result.venues) == {
        "journal-of-titles": {
            "short": "Journal of Titles", "full": "Journal of Titles", "kind": "journal", "publisher": "Press", "issn": "1234-5679",
        }
    }  # fmt: skip
    assert [record["venue"] for record in records(result).values()] == ["journal-of-titles"] * 2
    assert result.updates["content/venues.yaml"].content.decode() == SURVEY["content/venues.yaml"] + result.venues
    assert [code for _, code in told(result)] == ["venue-added"]


def test_an_entry_that_gives_no_draft_adds_no_venue(tmp_path: Path) -> None:
    result = planned("@article{a, title = {T}, year = 2020, journal = {Journal of Titles}}", tmp_path)
    assert (result.venues, result.updates) == ("", {})


# The command.


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {**SURVEY, "content/papers/doe2020title.yaml": RECORD.replace("groups: []\n", "")}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "refs.bib").write_text(
        ENTRY + "@article{new2021, title = {New: It}, author = {Poe, N.}, year = 2021, journal = {Journal of Titles}}\n"
        "@misc{nobody, title = {Of Nobody}}\n"
    )
    return tmp_path


def survey(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def files(root: Path) -> dict[str, bytes]:
    """What a folder holds but for the lock, which stays where it was made."""
    paths = (path for path in root.rglob("*") if path.is_file() and path.name != "lock")
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def test_a_dry_run_prints_the_yaml_and_writes_nothing(root: Path) -> None:
    before = files(root)
    result = survey("import", root / "refs.bib", "--root", root, "--dry-run")
    assert result.exit_code == 1, "an entry gave no draft"
    assert files(root) == before
    shown = result.stdout
    assert '# content/papers/new2021.yaml\ntitle: "New: It"\nauthors:\n  - Poe, N.\n' in shown
    assert "# added to content/venues.yaml\njournal-of-titles: {short: Journal of Titles" in shown
    assert "  + doi: 10.1000/abc\n" in shown
    assert result.stderr.endswith("\n3 entries: 1 would be new, 1 present, 1 not taken over\n")
    assert "[entry-incomplete]" in result.stderr


def test_import_writes_drafts_that_the_check_accepts(root: Path) -> None:
    result = survey("import", root / "refs.bib", "--root", root)
    assert "wrote content/papers/new2021.yaml\n" in result.stdout
    found = json.loads(survey("check", "--root", root, "--format", "json").stdout)
    assert [own["code"] for own in found if own["severity"] != "note"] == []
    assert "content/papers/new2021.yaml" not in survey("fmt", "--check", "--root", root).stdout


def test_a_second_import_changes_nothing(root: Path) -> None:
    survey("import", root / "refs.bib", "--root", root)
    before = files(root)
    result = survey("import", root / "refs.bib", "--root", root)
    assert files(root) == before
    assert result.stderr.endswith("3 entries: 0 new, 2 present, 1 not taken over\n")


def test_update_writes_what_is_filled(root: Path) -> None:
    result = survey("import", root / "refs.bib", "--root", root, "--update")
    assert "doi: 10.1000/abc\n" in (root / "content/papers/doe2020title.yaml").read_text()
    assert "2 present" not in result.stderr
    assert "1 present (1 filled)" in result.stderr


def test_a_survey_with_errors_imports_nothing(root: Path) -> None:
    (root / "content/papers/doe2020title.yaml").write_text("title: x\n")
    before = files(root)
    assert survey("import", root / "refs.bib", "--root", root).exit_code == 1
    assert files(root) == before


def test_nothing_is_written_by_halves(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if "new2021" in self.name:
            raise OSError(28, "No space left on device", str(self))
        return written(self, data)

    before = files(root)
    monkeypatch.setattr(Path, "write_bytes", full)
    result = survey("import", root / "refs.bib", "--root", root, "--update")
    assert result.exit_code == 2
    assert "No space left" in result.stderr
    assert files(root) == before


def test_a_papers_folder_outside_the_survey_is_not_written_to(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (root / "content/papers/doe2020title.yaml").unlink()
    (root / "content/papers").rmdir()
    (root / "content/papers").symlink_to(outside)
    survey("import", root / "refs.bib", "--root", root)
    assert list(outside.iterdir()) == []


def test_help_has_examples() -> None:
    result = survey("import", "--help")
    assert result.exit_code == 0
    assert "survey import refs.bib --dry-run" in result.output


def test_an_entry_under_the_key_of_its_paper_is_told_in_a_sentence(tmp_path: Path) -> None:
    own = "title: A Title of Some Length\nauthors:\n  - Doe, Jane\nyear: 2020\ntype: journal\nvenue: tacl\npages: 1-2\n"
    text = (
        "@article{doe2020title, author={Doe, Jane}, title={A Title of Some Length}, year=2020, pages={3--4}, volume=9,"
        " journal={Transactions of the Association for Computational Linguistics}}"
    )
    result = planned(text, tmp_path, update=True, doe2020title=own)
    assert findings(result, "paper-differs") == ["this is “doe2020title” and contradicts its pages"]
    assert findings(result, "paper-present") == ["this is “doe2020title”, which the survey has"]
