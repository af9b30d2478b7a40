"""A registry on this machine: answers as the real ones are written, about works that do not exist, and faults."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

from generator.incoming.asked import Registry


def atom(*entries: str) -> str:
    """Return an answer of arXiv's interface."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom">\n'
        '  <link href="http://arxiv.org/api/query?search_query=&amp;id_list=2401.00001" rel="self" type="application/atom+xml"/>\n'
        '  <title type="html">ArXiv Query: search_query=&amp;id_list=2401.00001</title>\n'
        "  <id>http://arxiv.org/api/Qe0aBcDeF</id>\n"
        '  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">1</opensearch:totalResults>\n'
        + "".join(entries)
        + "</feed>\n"
    )


def atom_entry(identifier: str = "2401.00001", title: str = "Windmills as\n  Memory", more: str = "") -> str:
    """Return an entry of such an answer."""
    return (
        "  <entry>\n"
        f"    <id>http://arxiv.org/abs/{identifier}v2</id>\n"
        "    <updated>2024-03-05T10:00:00Z</updated>\n"
        "    <published>2024-01-01T09:30:00Z</published>\n"
        f"    <title>{title}</title>\n"
        "    <summary>  What turns remembers &amp; what stands forgets.\n</summary>\n"
        "    <author><name>Zoë de la Fuente</name></author>\n"
        "    <author><name>Wei Zhang</name></author>\n"
        f"{more}"
        f'    <link href="http://arxiv.org/abs/{identifier}v2" rel="alternate" type="text/html"/>\n'
        f'    <link title="pdf" href="http://arxiv.org/pdf/{identifier}v2" rel="related" type="application/pdf"/>\n'
        '    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.CL" '
        'scheme="http://arxiv.org/schemas/atom"/>\n'
        '    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>\n'
        '    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>\n'
        "  </entry>\n"
    )


PUBLISHED = (
    '    <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1234/mills.7</arxiv:doi>\n'
    '    <arxiv:journal_ref xmlns:arxiv="http://arxiv.org/schemas/atom">Journal of Mills 7 (2024) 1-9</arxiv:journal_ref>\n'
    '    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">9 pages</arxiv:comment>\n'
)

CROSSREF = json.dumps(
    {
        "indexed": {"date-parts": [[2024, 5, 1]], "timestamp": 1714521600000},
        "reference-count": 2,
        "publisher": "Mill Press",
        "issue": "2",
        "license": [{"URL": "https://example.org/licence", "content-version": "vor"}],
        "content-domain": {"domain": [], "crossmark-restriction": False},
        "published-print": {"date-parts": [[2024, 4]]},
        "abstract": "<jats:p>What turns remembers.</jats:p>",
        "DOI": "10.1234/mills.7",
        "type": "article-journal",
        "created": {"date-parts": [[2024, 4, 2]]},
        "page": "1-9",
        "source": "Crossref",
        "title": "Windmills as Memory",
        "subtitle": ["the <i>E. coli</i> of Storage &amp; Grain"],
        "prefix": "10.1234",
        "volume": "7",
        "author": [
            {"given": "Zoë", "family": "de la Fuente", "sequence": "first", "affiliation": []},
            {"given": "Wei", "family": "Zhang", "sequence": "additional", "affiliation": []},
        ],
        "member": "1",
        "container-title": "Journal of Mills",
        "language": "en",
        "score": 1,
        "issued": {"date-parts": [[2024, 4]]},
        "URL": "https://doi.org/10.1234/mills.7",
        "ISSN": ["1234-5679"],
        "subject": [],
        "container-title-short": "J. Mills",
        "published": {"date-parts": [[2024, 4]]},
    }
)

ACL = """@inproceedings{fuente-zhang-2023-mills,
    title = "{W}indmills as {LLM} Memory",
    author = "de la Fuente, Zo{\\"e}  and
      Zhang, Wei",
    editor = "Miller, Ada",
    booktitle = "Proceedings of the 61st Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers)",
    month = jul,
    year = "2023",
    address = "Toronto, Canada",
    publisher = "Association for Computational Linguistics",
    url = "https://aclanthology.org/2023.acl-long.999/",
    doi = "10.18653/v1/2023.acl-long.999",
    pages = "1--9"
}
"""

_BIBTEX = (
    '@inproceedings{\nfuente2024windmills,\ntitle={Windmills as Memory},\nauthor={Zo{\\"e} de la Fuente and Wei Zhang},\n'
    "booktitle={The Twelfth International Conference on Learning Representations},\nyear={2024},\n"
    "url={https://openreview.net/forum?id=aBc_dEf123}\n}"
)
OPENREVIEW_2 = json.dumps(
    {
        "notes": [
            {
                "id": "aBc_dEf123",
                "forum": "aBc_dEf123",
                "content": {"title": {"value": "Windmills as Memory"}, "_bibtex": {"value": _BIBTEX}},
            }
        ],
        "count": 1,
    }
)
OPENREVIEW_1 = json.dumps(
    {"notes": [{"id": "aBc_dEf123", "content": {"title": "Windmills as Memory", "_bibtex": _BIBTEX}}], "count": 1}
)

Answer = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """A request, and ways to answer it."""

    routes: dict[str, list[Answer]]
    seen: list[tuple[str, str, str]]

    def do_GET(self) -> None:
        path = unquote(self.path)
        self.seen.append((path, self.headers["Accept"], self.headers["User-Agent"]))
        answers = self.routes.get(path, [status(404)])
        (answers.pop(0) if len(answers) > 1 else answers[0])(self)

    def begin(self, code: int, **headers: str) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def text(content: str, media_type: str) -> Answer:
    def answer(request: Request) -> None:
        data = content.encode()
        request.begin(200, Content_Type=media_type, Content_Length=str(len(data)))
        request.wfile.write(data)

    return answer


def status(code: int, **headers: str) -> Answer:
    return lambda request: request.begin(code, Content_Length="0", **headers)


def cut_off(media_type: str) -> Answer:
    def answer(request: Request) -> None:
        request.begin(200, Content_Type=media_type, Content_Length="5000")
        request.wfile.write(b'{"title": "Wind')

    return answer


def endless(media_type: str, pause: float = 0.0) -> Answer:
    def answer(request: Request) -> None:
        request.begin(200, Content_Type=media_type)
        try:
            while True:
                request.wfile.write(b"x" * 64)
                time.sleep(pause)
        except OSError:  # the client has had enough
            return

    return answer


def dripping_header() -> Answer:
    def answer(request: Request) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Drops: ")
        for _ in range(60):
            try:
                request.wfile.write(b"x")
            except OSError:
                return
            time.sleep(0.05)

    return answer


def silent(seconds: float) -> Answer:
    return lambda _: time.sleep(seconds)


@dataclass
class Registries:
    """A server that stands for all registries.

    Attributes:
        hosts: Where each is.
        routes: Answers by path; the last one is given again and again.
        seen: Path, accepted types and agent of each request.
    """

    base: str
    routes: dict[str, list[Answer]] = field(default_factory=dict)
    seen: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def hosts(self) -> dict[Registry, tuple[str, ...]]:
        one = {registry: (f"{self.base}/{registry}",) for registry in Registry}
        return one | {Registry.OPENREVIEW: (f"{self.base}/openreview2", f"{self.base}/openreview")}


@contextmanager
def serving() -> Iterator[Registries]:
    """Serve registries on a free port of this machine."""
    registries = Registries("")
    handler = type("Handler", (Request,), {"routes": registries.routes, "seen": registries.seen})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    registries.base = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield registries
    finally:
        server.shutdown()
        server.server_close()


def answer(address: str, _: object) -> str:
    """Return what a registry would answer, in place of `Client.get`: every work that is asked for is there."""
    asked_for = address.split("/", 3)[3]
    if ids := re.search(r"id_list=([^&]+)", address):
        return atom(*(atom_entry(identifier) for identifier in ids[1].split(",")))
    if asked_for.endswith(".bib"):
        return ACL.replace("2023.acl-long.999", asked_for.removesuffix(".bib"))
    if found := re.search(r"notes\?id=(.+)", asked_for):
        return OPENREVIEW_2.replace("aBc_dEf123", found[1])
    return CROSSREF.replace("10.1234/mills.7", unquote(asked_for))
