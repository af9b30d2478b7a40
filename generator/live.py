"""A site on this machine that reloads itself in the browser when it has been built anew."""

from __future__ import annotations

import mimetypes
import posixpath
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from typing import Self
from urllib.parse import parse_qs, quote, unquote, urlsplit

_RELOAD = "__reload"
"""Where pages wait for news, below the site's base: no page of a survey can stand there."""

_PATIENCE = 15
"""Seconds after which a waiting page hears that the server is still there."""

_SCRIPT_FILE = f"{_RELOAD}.js"
"""The script that waits: a file, since the pages' policy runs none that stands in them."""

_SCRIPT = b"""(() => {
  const address = document.currentScript.src.replace(".js?", "?");
  let news;
  const listen = () => {
    news?.close(); // a browser keeps few connections to one host: only the page that is looked at has one
    news = document.hidden ? null : new EventSource(address);
    if (news) news.onmessage = () => location.reload();
  };
  document.addEventListener("visibilitychange", listen);
  listen();
})();
"""

_NOTHING_YET = """<!doctype html><html lang="en"><title>Not built yet</title>
<p>There is no site yet: the terminal says what has to be mended first. This page then reloads itself.</p></html>"""


class LiveSite:
    """A folder of built pages and the server that shows it.

    Args:
        folder: Where the pages are or will be.
        host: The address that the server listens at.
        port: Its port; 0 takes any that is free.
        base: The path that the site stands under, with a slash at both ends.

    Raises:
        OSError: The port is taken, or the address is not of this machine.
    """

    def __init__(self, folder: Path, host: str, port: int, base: str) -> None:
        self.folder = folder
        self.base = base
        self._version = time.time_ns()  # a page that an earlier run served is out of date
        self._news = threading.Condition()
        self._steady = threading.RLock()
        self._server = _Server((host, port), _Handler)
        self._server.site = self

    @property
    def url(self) -> str:
        """The site's address."""
        host = str(self._server.server_address[0])
        return f"http://{f'[{host}]' if ':' in host else host}:{self._server.server_port}{quote(self.base)}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Keep readers waiting while the folder's files are written."""
        with self._steady:
            yield

    def reload(self) -> None:
        """Have every page that is looked at reload itself."""
        with self._news:
            self._version += 1
            self._news.notify_all()

    def newer_than(self, version: int) -> bool:
        """Wait until the site is newer than a page, for a while; say whether it is."""
        with self._news:
            return self._news.wait_for(lambda: self._version > version, _PATIENCE)

    def answer(self, path: str) -> tuple[HTTPStatus, str, bytes]:
        """Return status, media type and content of what stands at a path of the server."""
        with self._steady:
            file = self._file(path)
            status = HTTPStatus.OK if file else HTTPStatus.NOT_FOUND
            file = file or self.folder / "404.html"
            if file.is_file():
                content = file.read_bytes()
                kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            else:
                status, kind, content = HTTPStatus.SERVICE_UNAVAILABLE, "text/html", _NOTHING_YET.encode()
        if kind == "text/html":
            script = f'<script src="{quote(self.base)}{_SCRIPT_FILE}?since={self._version}"></script>'
            before, closing, after = content.rpartition(b"</body>")
            content = before + script.encode() + closing + after if closing else content + script.encode()
        return status, kind, content

    def _file(self, path: str) -> Path | None:
        if not path.startswith(self.base):
            return None
        inside = posixpath.normpath(f"/{path.removeprefix(self.base)}").lstrip("/")
        file = self.folder / inside / "index.html" if path.endswith("/") else self.folder / inside
        return file if file.is_file() and file.resolve().is_relative_to(self.folder.resolve()) else None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: LiveSite

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Say nothing of a browser that hangs up in the middle of an answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        site, address = self.server.site, urlsplit(self.path)
        path = unquote(address.path)
        if path == site.base + _RELOAD:
            self._tell_news(int(parse_qs(address.query).get("since", ["0"])[0]))
        elif path == site.base + _SCRIPT_FILE:
            self._send(HTTPStatus.OK, "text/javascript", _SCRIPT)
        elif path == "/" != site.base:
            self._redirect(quote(site.base))
        elif (site.folder / path.removeprefix(site.base)).is_dir() and not path.endswith("/"):
            self._redirect(quote(f"{path}/"))
        else:
            self._send(*site.answer(path))

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _redirect(self, target: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _tell_news(self, version: int) -> None:
        """Stream server-sent events (HTML standard, section 9.2): one as soon as the page is out of date."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        while not self.server.site.newer_than(version):
            self.wfile.write(b": still here\n\n")
        self.wfile.write(b"data: reload\n\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base class has it
        """Say nothing: the terminal is for what happens to the survey."""
