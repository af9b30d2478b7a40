"""`survey add`: what references name, what registries answer, and what becomes of it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.adding import ask
from generator.cli import main
from generator.codes import CODES
from generator.fetching import Client, Limits, UnansweredError
from generator.importing import Sources, plan_import
from generator.incoming.asked import asked
from generator.registries import queries
from imports import SURVEY
from registry import (
    ACL,
    CROSSREF,
    OPENREVIEW_1,
    OPENREVIEW_2,
    PUBLISHED,
    Answer,
    Registries,
    atom,
    atom_entry,
    cut_off,
    dripping_header,
    endless,
    serving,
    silent,
    status,
    text,
)

CSL = "application/vnd.citationstyles.csl+json"
QUICK = Limits(connect=2, read=0.3, total=20, size=50_000, retries=2, backoff=0.01, longest_wait=1)
ARXIV_PATH = "/arxiv/api/query?id_list=2401.00001&max_results=1"
DOI_PATH = "/doi/10.1234/mills.7"
PATHS = (ARXIV_PATH, DOI_PATH, "/openreview2/notes?id=aBc_dEf123", "/acl/2023.acl-long.999.bib")


@pytest.fixture
def registries() -> Iterator[Registries]:
    with serving() as served:
        yield served


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(tmp_path / "cache", QUICK, "http://")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, content in SURVEY.items():
        path = tmp_path / "survey" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return tmp_path / "survey"


def asking(registries: Registries, client: Client, *references: str, title: str | None = None) -> Sources:
    return ask(references, client, lambda _: None, title=title, hosts=registries.hosts)


def told(sources: Sources) -> list[tuple[str, str]]:
    return [(found.place.file, found.code) for found in sources.found]


@pytest.mark.parametrize(
    ("reference", "registry", "identifier"),
    [
        ("2107.05768", "arxiv", "2107.05768"),
        ("arXiv:2107.05768v2", "arxiv", "2107.05768"),
        ("https://arxiv.org/abs/2107.05768v1", "arxiv", "2107.05768"),
        ("https://www.arxiv.org/pdf/2107.05768.pdf", "arxiv", "2107.05768"),
        ("cs/0112017", "arxiv", "cs/0112017"),
        ("https://doi.org/10.48550/arXiv.2107.05768", "arxiv", "2107.05768"),
        ("10.1145/3292500.3330701", "doi", "10.1145/3292500.3330701"),
        ("doi: 10.1145/3292500.3330701", "doi", "10.1145/3292500.3330701"),
        ("https://doi.org/10.1002/(SICI)1097-4571(1999)50:1%3C2::AID%3E3.0.CO;2-X", "doi", None),
        ("https://dl.acm.org/doi/abs/10.1145/3292500.3330701?download=1", "doi", "10.1145/3292500.3330701"),
        ("<https://doi.org/10.1162/tacl_a_00353>", "doi", "10.1162/tacl_a_00353"),
        ("2023.acl-long.1", "acl", "2023.acl-long.1"),
        ("N19-1423", "acl", "N19-1423"),
        ("https://aclanthology.org/2023.acl-long.1.pdf", "acl", "2023.acl-long.1"),
        ("openreview:aBc_dEf123", "openreview", "aBc_dEf123"),
        ("https://openreview.net/forum?id=aBc_dEf123&noteId=x", "openreview", "aBc_dEf123"),
    ],
)
def test_a_reference_is_read_however_it_is_written(reference: str, registry: str, identifier: str | None) -> None:
    found = asked(reference)

    assert found is not None
    assert (found.text, found.registry) == (reference, registry)
    assert identifier is None or found.identifier == identifier


@pytest.mark.parametrize(
    "reference", ["", "A Title", "https://example.org/paper.pdf", "10.1", "21.057", "../x", "acl:"]
)
def test_what_names_nothing_is_a_finding(reference: str, registries: Registries, client: Client) -> None:
    assert told(asking(registries, client, reference)) == [(reference, "reference-unknown")]
    assert registries.seen == []


def test_arxiv_is_asked_once_for_many(root: Path, registries: Registries, client: Client) -> None:
    path = "/arxiv/api/query?id_list=2401.00002,2401.00001&max_results=2"
    answer = atom(atom_entry(), atom_entry("2401.00002", "More Windmills"))
    registries.routes[path] = [text(answer, "application/atom+xml; charset=UTF-8")]

    sources = asking(registries, client, "2401.00002", "https://arxiv.org/abs/2401.00001", "2401.00001v3")

    ((seen, accept, agent),) = registries.seen
    assert seen == path
    assert accept.startswith("application/atom+xml")
    assert agent.startswith("living-survey (https://")
    assert sorted(plan_import(root, sources, update=False).new) == ["fuente2024windmills", "fuente2024windmillsb"]


def test_what_arxiv_says_becomes_a_record(root: Path, registries: Registries, client: Client) -> None:
    registries.routes[ARXIV_PATH] = [text(atom(atom_entry()), "application/atom+xml")]

    planned = plan_import(root, asking(registries, client, "2401.00001"), update=False)

    (output,) = planned.new.values()
    assert output.path == "content/papers/fuente2024windmills.yaml"
    assert yaml.safe_load(output.content) == {
        "title": "Windmills as Memory",
        "authors": ["de la Fuente, Zoë", "Zhang, Wei"],
        "type": "preprint",
        "year": 2024,
        "arxiv": "2401.00001",
        "arxiv_category": "cs.CL",
        "first_posted": "2024-01-01",
    }
    assert ["“category”" in found.message for found in planned.found if found.code == "field-unused"].count(True) == 1


def test_a_preprint_that_was_published_says_where(registries: Registries, client: Client) -> None:
    registries.routes[ARXIV_PATH] = [text(atom(atom_entry(more=PUBLISHED)), "application/atom+xml")]

    (entry,) = asking(registries, client, "2401.00001").entries

    (found,) = entry.found
    assert found.code == "version-published"
    assert "Journal of Mills 7 (2024) 1-9" in found.message
    assert "10.1234/mills.7" in found.message
    assert "survey add 10.1234/mills.7" in found.hint


def test_what_a_doi_s_registry_says_becomes_a_record(root: Path, registries: Registries, client: Client) -> None:
    registries.routes["/doi/10.1234/MILLS.7"] = [status(302, Location="/transform")]
    registries.routes["/transform"] = [text(CROSSREF, f"{CSL}; charset=utf-8")]

    planned = plan_import(root, asking(registries, client, "https://doi.org/10.1234/MILLS.7"), update=False)

    (output,) = planned.new.values()
    assert yaml.safe_load(output.content) == {
        "title": "Windmills as Memory: the E. coli of Storage & Grain",
        "authors": ["de la Fuente, Zoë", "Zhang, Wei"],
        "type": "journal",
        "year": 2024,
        "month": 4,
        "venue": "journal-of-mills",
        "volume": "7",
        "number": "2",
        "pages": "1-9",
        "doi": "10.1234/mills.7",
    }
    assert "issn: 1234-5679" in planned.venues
    assert [found.message for found in planned.found if "indexed, reference-count, license" in found.message] != []


def test_what_the_acl_anthology_says_becomes_a_record(root: Path, registries: Registries, client: Client) -> None:
    registries.routes["/acl/2023.acl-long.999.bib"] = [text(ACL, "text/plain")]

    planned = plan_import(root, asking(registries, client, "2023.acl-long.999"), update=False)

    ((key, output),) = planned.new.items()
    record = yaml.safe_load(output.content)
    assert (key, record["acl"], record["venue"]) == ("fuente-zhang-2023-mills", "2023.acl-long.999", "acl")


@pytest.mark.parametrize("older", [False, True])
def test_openreview_is_asked_at_both_its_places(
    root: Path, registries: Registries, client: Client, *, older: bool
) -> None:
    empty = text('{"notes": [], "count": 0}', "application/json")
    registries.routes["/openreview2/notes?id=aBc_dEf123"] = [
        status(404) if older else text(OPENREVIEW_2, "application/json")
    ]
    registries.routes["/openreview/notes?id=aBc_dEf123"] = [text(OPENREVIEW_1, "application/json") if older else empty]

    planned = plan_import(root, asking(registries, client, "openreview:aBc_dEf123"), update=False)

    (output,) = planned.new.values()
    assert yaml.safe_load(output.content)["openreview"] == "aBc_dEf123"
    assert len(registries.seen) == 1 + older


def test_a_work_that_is_not_there_is_named(registries: Registries, client: Client) -> None:
    registries.routes[ARXIV_PATH] = [text(atom(), "application/atom+xml")]

    sources = asking(registries, client, "2401.00001", "10.1234/mills.7", "2023.acl-long.999", "openreview:aBc_dEf123")

    assert sources.entries == []
    assert told(sources) == [
        (reference, "work-unknown")
        for reference in ("2401.00001", "10.1234/mills.7", "2023.acl-long.999", "openreview:aBc_dEf123")
    ]


def test_an_answer_about_another_work_is_not_taken(registries: Registries, client: Client) -> None:
    registries.routes["/doi/10.1234/mills.8"] = [text(CROSSREF, CSL)]

    sources = asking(registries, client, "10.1234/mills.8")

    assert sources.entries == []
    assert told(sources) == [("10.1234/mills.8", "answer-unusable")]
    assert "about another work, “Windmills as Memory" in sources.found[0].message


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Windmills as memory", []),
        ("Wind mills as Memory", []),
        ("Windmills as Memory: A Subtitle That the Registry Lacks", []),
        ("Watermills as Forgetting", ["title-differs"]),
        ("Windmills as Memory 2", ["title-differs"]),
        ("Windmills as Memory Loss", ["title-differs"]),
    ],
)
def test_the_title_is_held_against_the_registry_s(
    title: str, codes: list[str], registries: Registries, client: Client
) -> None:
    registries.routes[ARXIV_PATH] = [text(atom(atom_entry()), "application/atom+xml")]

    sources = asking(registries, client, "2401.00001", title=title)

    assert [found.code for found in sources.found] == codes
    assert len(sources.entries) == 1 - len(codes)
    assert told(asking(registries, client, f"2401.00001 {title}")) == [(f"2401.00001 {title}", code) for code in codes]


@pytest.mark.parametrize(
    "first",
    [status(429, Retry_After="1"), status(500), status(503), silent(0.5)],
    ids=["429", "500", "503", "silent"],
)
def test_a_busy_registry_is_asked_again(first: Answer, registries: Registries, client: Client) -> None:
    registries.routes[DOI_PATH] = [first, text(CROSSREF, CSL)]

    assert len(asking(registries, client, "10.1234/mills.7").entries) == 1
    assert len(registries.seen) == 2


def test_markup_in_the_registry_s_title_is_no_difference(registries: Registries, client: Client) -> None:
    marked = CROSSREF.replace("Windmills as Memory", "<i>Mills</i> &amp; H<sub>2</sub>O").replace('"subtitle"', '"x"')
    registries.routes[DOI_PATH] = [text(marked, CSL)]

    assert asking(registries, client, "10.1234/mills.7", title="Mills & H$_{2}$O").found == []


def test_no_try_follows_another_at_once(registries: Registries, tmp_path: Path) -> None:
    registries.routes[DOI_PATH] = [status(503), text(CROSSREF, CSL)]
    begun = time.monotonic()
    client = Client(tmp_path / "cache", replace(QUICK, backoff=0.3), "http://")

    assert len(asking(registries, client, "10.1234/mills.7").entries) == 1
    assert time.monotonic() - begun >= 0.3


def test_arxiv_s_rule_holds_for_further_tries() -> None:
    assert Limits().backoff >= max(query.pause for query in queries(filter(None, [asked("2401.00001")])))


@pytest.mark.parametrize(
    ("fault", "code", "reason"),
    [
        (status(500), "registry-silent", "busy 3 times"),
        (status(429), "registry-silent", "busy 3 times"),
        (status(503, Retry_After="3600"), "registry-silent", "left alone for more than 1 seconds"),
        (status(403), "registry-silent", "refuses to answer (403 Forbidden)"),
        (silent(1), "registry-silent", "could not be reached"),
        (cut_off(CSL), "answer-unusable", "broke off"),
        (endless(CSL), "answer-unusable", "more than 50000 bytes"),
        (text("<html>Please wait</html>", "text/html"), "answer-unusable", "text/html"),
        (text(CROSSREF, ""), "answer-unusable", "no known type"),
        (status(302, Location=DOI_PATH), "answer-unusable", "leads on and on"),
        (status(302, Location="file:///etc/passwd"), "answer-unusable", "leads to where nothing is asked"),
        (status(302, Location="https://127.0.0.1:1/"), "answer-unusable", "leads to where nothing is asked"),
    ],
    ids=[
        "500", "429", "later", "403", "silent", "cut off", "huge", "another type", "no type",
        "loop", "file", "elsewhere",
    ],
)  # fmt: skip
def test_a_fault_is_told_and_nothing_is_taken(
    fault: Answer, code: str, reason: str, registries: Registries, client: Client
) -> None:
    registries.routes[DOI_PATH] = [fault]

    sources = asking(registries, client, "10.1234/mills.7")

    assert sources.entries == []
    assert told(sources) == [("10.1234/mills.7", code)]
    assert reason in sources.found[0].message


@pytest.mark.parametrize("drip", [dripping_header(), endless(CSL, 0.05)], ids=["header", "body"])
def test_what_drips_is_left_behind(drip: Answer, registries: Registries, tmp_path: Path) -> None:
    registries.routes[DOI_PATH] = [drip]
    client = Client(tmp_path / "cache", replace(QUICK, total=0.8), "http://")

    (found,) = asking(registries, client, "10.1234/mills.7").found

    assert found.code == "registry-silent"
    assert "not complete after 0.8 seconds" in found.message


def test_a_useless_answer_is_asked_for_anew(registries: Registries, client: Client) -> None:
    registries.routes["/transform"] = [text("{}", CSL), text(CROSSREF, CSL)]
    registries.routes[DOI_PATH] = [status(301, Location="/transform")]
    assert asking(registries, client, "10.1234/mills.7").entries == []

    assert len(asking(registries, client, "10.1234/mills.7").entries) == 1


def test_nothing_to_remember_answers_in_is_no_fault(registries: Registries, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file stands here", "utf-8")
    registries.routes[DOI_PATH] = [text(CROSSREF, CSL)]
    client = Client(tmp_path / "cache", QUICK, "http://")

    assert len(asking(registries, client, "10.1234/mills.7").entries) == 1


def test_a_proxy_of_the_environment_is_used(
    registries: Registries, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", registries.base)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    registries.routes["http://mills.invalid/answer"] = [text(CROSSREF, CSL)]

    assert client.get("http://mills.invalid/answer", [CSL]) == CROSSREF


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("10.1234/mills.7", text('{"DOI": "10.1234', CSL)),
        ("2401.00001", text("<feed><entry>", "application/atom+xml")),
        ("2401.00001", text('<!DOCTYPE f [<!ENTITY a "b">]><feed>&a;</feed>', "application/atom+xml")),
        ("openreview:aBc_dEf123", text('{"notes": [', "application/json")),
        ("2023.acl-long.999", text("@inproceedings{x, title = {A", "text/plain")),
    ],
)
def test_an_answer_that_cannot_be_read_is_told_at_its_place(
    reference: str, answer: Answer, registries: Registries, client: Client
) -> None:
    path = next(path for path in PATHS if reference.rpartition(":")[2] in path)
    registries.routes[path] = [answer]

    sources = asking(registries, client, reference)

    assert sources.entries == []
    files = {found.place.file: found.code for found in sources.found}
    assert files.pop(reference) == "answer-unusable"
    ((file, code),) = files.items()
    assert file == f"{registries.base}{path}"
    assert code in {"source-unread", "entry-unread"}


def test_an_error_of_arxiv_is_told(registries: Registries, client: Client) -> None:
    error = (
        "<entry><id>http://arxiv.org/api/errors#incorrect_id_format</id><title>Error</title>"
        "<summary>incorrect id format for 2401.00001</summary></entry>"
    )
    registries.routes[ARXIV_PATH] = [text(atom(error), "application/atom+xml")]

    assert [found.code for found in asking(registries, client, "2401.00001").found] == [
        "entry-unread",
        "answer-unusable",
    ]


def test_answers_are_remembered_and_may_be_forgotten(registries: Registries, tmp_path: Path) -> None:
    registries.routes[DOI_PATH] = [text(CROSSREF, CSL)]
    for _ in range(2):
        assert asking(registries, Client(tmp_path / "one", QUICK, "http://"), "10.1234/mills.7").entries
    assert len(registries.seen) == 1

    assert asking(registries, Client(tmp_path / "other", QUICK, "http://"), "10.1234/mills.7").entries
    assert len(registries.seen) == 2


def add(root: Path, registries: Registries, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    """Run the command with the registries on this machine."""
    monkeypatch.setattr("generator.fetching.Client", lambda _: Client(root / "cache", QUICK, "http://"))
    monkeypatch.setattr("generator.adding.ask", partial(ask, hosts=registries.hosts))
    return CliRunner().invoke(main, ["add", "--root", str(root), *arguments], catch_exceptions=False)


def test_a_paper_is_added_once(root: Path, registries: Registries, monkeypatch: pytest.MonkeyPatch) -> None:
    registries.routes[ARXIV_PATH] = [text(atom(atom_entry()), "application/atom+xml")]
    record = root / "content/papers/fuente2024windmills.yaml"

    shown = add(root, registries, monkeypatch, "2401.00001", "--dry-run")
    assert (shown.exit_code, record.exists()) == (0, False)
    assert "title: Windmills as Memory" in shown.stdout

    added = add(root, registries, monkeypatch, "2401.00001")
    assert (added.exit_code, added.stdout) == (0, "wrote content/papers/fuente2024windmills.yaml\n")
    first = record.read_bytes()

    again = add(root, registries, monkeypatch, "2401.00001")
    assert again.exit_code == 0
    assert "paper-present" in again.stderr
    assert record.read_bytes() == first
    assert CliRunner().invoke(main, ["check", "--root", str(root)]).exit_code == 0


def test_what_is_found_is_written_though_another_is_not(
    root: Path, registries: Registries, monkeypatch: pytest.MonkeyPatch
) -> None:
    registries.routes[ARXIV_PATH] = [text(atom(atom_entry()), "application/atom+xml")]

    result = add(root, registries, monkeypatch, "2401.00001", "10.1234/mills.7", "nonsense")

    assert result.exit_code == 1
    assert "[work-unknown]" in result.stderr
    assert "[reference-unknown]" in result.stderr
    assert result.stderr.endswith("3 entries: 1 new, 0 present, 2 not taken over\n")
    assert (root / "content/papers/fuente2024windmills.yaml").exists()


def test_who_is_out_of_reach_is_tried_twice_and_no_more(tmp_path: Path) -> None:
    with serving() as gone:
        address = f"{gone.base}/answer"
    begun = time.monotonic()

    with pytest.raises(UnansweredError, match="could not be reached"):
        Client(tmp_path / "cache", replace(QUICK, retries=6, backoff=0.3), "http://").get(address, [CSL])

    assert 0.3 <= time.monotonic() - begun < 8, "seven tries take 18 seconds"


def test_a_title_goes_with_one_reference(root: Path) -> None:
    result = CliRunner().invoke(main, ["add", "--root", str(root), "2401.00001", "2401.00002", "--title", "A"])

    assert (result.exit_code, "--title goes with one REF" in result.stderr) == (2, True)


def test_no_other_command_loads_what_asks_the_network(root: Path) -> None:
    code = (
        "import sys; from generator.cli import main; main(['check', '--root', sys.argv[1]], standalone_mode=False);"
        "print([name for name in ('requests', 'urllib3', 'cachecontrol') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, root], capture_output=True, encoding="utf-8", check=True)

    assert done.stdout.splitlines()[-1] == "[]"


def test_every_code_of_add_is_shown_here() -> None:
    shown = Path(__file__).read_text("utf-8")

    assert [code.name for code in CODES.values() if code.stage == "add" and f'"{code.name}"' not in shown] == []
