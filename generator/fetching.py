"""The one module that asks the network: for `survey add`, `survey published` and `survey check-links`, and nothing else."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import requests
from cachecontrol import CacheControlAdapter
from cachecontrol.caches import FileCache
from cachecontrol.controller import CacheController
from cachecontrol.heuristics import ExpiresAfter
from urllib3 import BaseHTTPResponse
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import MaxRetryError, ResponseError
from urllib3.util import Retry

_AGENT = "living-survey (https://github.com/living-survey/living-survey)"
_NOT_THERE = frozenset((400, 404, 410))
_BUSY = (429, 500, 502, 503, 504)
_REFUSED = frozenset((401, 403, 407, 451))
_CHUNK = 16 * 1024
_Answer = TypeVar("_Answer")
_GLANCE = 0.1
"""Seconds between two looks at whether an answer is there; an interrupt is heeded as often."""


class UnansweredError(Exception):
    """A registry gave no answer; the text says why."""


class UnusableError(Exception):
    """A registry's answer is none that can be read; the text says why."""


class UnknownWorkError(Exception):
    """A registry answers that it does not know the work."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much is borne.

    Attributes:
        connect: Seconds until a connection stands.
        read: Seconds between two pieces of an answer.
        total: Seconds for everything: finding the registry, its answer, waits and further tries.
        size: Bytes of an answer.
        retries: Further tries where a registry is busy; one where it is out of reach.
        backoff: Seconds before the first of them, doubled each time; three are what arXiv asks for between any two requests.
        longest_wait: Seconds that a registry may ask to wait.
        keep: Days that answers are kept.
    """

    connect: float = 10
    read: float = 20
    total: float = 120
    size: int = 8 * 1024 * 1024
    retries: int = 3
    backoff: float = 3
    longest_wait: int = 60
    keep: int = 1


class Client:
    """Asks over HTTPS, patiently and politely, and remembers answers.

    Args:
        cache: The folder that remembers answers; it may be deleted at any time.
        limits: How long and how much is borne.
        scheme: What every address begins with, those that a registry leads on to as well.
    """

    def __init__(self, cache: Path, limits: Limits = Limits(), scheme: str = "https://") -> None:
        self._limits = limits
        retry = _Patience(
            total=limits.retries,
            connect=min(1, limits.retries),  # who is offline does not wait long
            backoff_factor=limits.backoff,
            status_forcelist=_BUSY,
            retry_after_max=limits.longest_wait + 1,
        )
        self._memory = _Memory(cache)
        self._ways: dict[str, list[str]] = {}
        adapter = CacheControlAdapter(cache=self._memory, heuristic=ExpiresAfter(days=limits.keep), max_retries=retry)
        self._session = requests.Session()
        self._session.max_redirects = 5
        self._session.headers["User-Agent"] = _AGENT
        self._session.adapters.clear()
        self._session.mount(scheme, adapter)

    def get(self, address: str, accept: Sequence[str]) -> str:
        """Return the answer that stands at an address, with line feeds only.

        Args:
            address: Where to ask.
            accept: The media types that the answer may have, the wanted one first.

        Raises:
            UnknownWorkError: There is nothing at the address.
            UnansweredError: There is no answer.
            UnusableError: It has none of these types, is too large, or broke off.
        """
        return _in_time(lambda: self._answer(address, accept), self._limits.total)

    def forget(self, address: str) -> None:
        """Let an answer be asked for anew, since it was of no use."""
        for url in self._ways.pop(address, []):
            self._memory.delete(CacheController.cache_url(url))

    def _answer(self, address: str, accept: Sequence[str]) -> str:
        limits = self._limits
        try:
            with self._session.get(
                address,
                headers={"Accept": accept[0]},
                timeout=(limits.connect, limits.read),
                stream=True,
            ) as response:
                self._ways[address] = [step.url for step in (*response.history, response)]
                if response.status_code in _NOT_THERE:
                    raise UnknownWorkError
                if response.status_code in _REFUSED:
                    raise UnansweredError(f"it refuses to answer ({response.status_code} {response.reason})")
                if response.status_code != requests.codes.ok:
                    raise UnansweredError(f"the answer is {response.status_code} {response.reason}")
                kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                if kind not in accept:
                    raise UnusableError(f"the answer is {kind or 'of no known type'} where {accept[0]} was asked for")
                data = self._read(response)
        except requests.RequestException as problem:
            raise _told(problem, limits) from problem
        return data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")

    def _read(self, response: requests.Response) -> bytes:
        end = time.monotonic() + self._limits.total
        data = bytearray()
        for chunk in response.iter_content(_CHUNK):
            data += chunk
            if len(data) > self._limits.size:
                raise UnusableError(f"the answer has more than {self._limits.size} bytes")
            if time.monotonic() > end:
                raise UnansweredError("nobody waits for the answer any more")
        return bytes(data)


class Visitor:
    """Looks whether something stands at an address, and reads nothing of it.

    Args:
        limits: How long is borne.
    """

    def __init__(self, limits: Limits = Limits()) -> None:
        self._limits = limits

    def status(self, address: str) -> int:
        """Return what HTTP says of an address once every redirect is followed: 200, 404 (RFC 9110, section 15).

        Args:
            address: A web address.

        Raises:
            UnansweredError: Nobody answers there.
        """
        return _in_time(lambda: self._visited(address), self._limits.total)

    def _visited(self, address: str) -> int:
        limits = self._limits
        try:
            with requests.Session() as session:
                session.headers["User-Agent"] = _AGENT
                for ask in (session.head, session.get):  # many hosts refuse the first
                    with ask(
                        address, timeout=(limits.connect, limits.read), allow_redirects=True, stream=True
                    ) as response:
                        if response.ok:
                            break
                return response.status_code
        except requests.RequestException as problem:
            raise UnansweredError(str(_told(problem, limits))) from problem


def _in_time(ask: Callable[[], _Answer], total: float) -> _Answer:
    """Return what is asked for, or raise what it raises, within some seconds.

    Neither looking a name up nor a header that drips heeds a time-out of requests, so a thread asks and may be left behind.
    """
    outcome: queue.SimpleQueue[tuple[_Answer] | Exception] = queue.SimpleQueue()

    def put() -> None:
        try:
            outcome.put((ask(),))
        except (UnansweredError, UnknownWorkError, UnusableError) as problem:
            outcome.put(type(problem)(*problem.args))  # anew, since its traceback would keep the answer open
        except Exception as problem:  # noqa: BLE001 - our own mistake, which whoever waits raises
            outcome.put(problem)

    threading.Thread(target=put, daemon=True).start()
    end = time.monotonic() + total
    while time.monotonic() < end:
        try:
            told = outcome.get(timeout=_GLANCE)
        except queue.Empty:
            continue
        if isinstance(told, Exception):
            raise told
        return told[0]
    raise UnansweredError(f"the answer was not complete after {total:g} seconds")


class _Patience(Retry):
    """Waits as long as a registry asks for, and gives up at once where that is too long."""

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> Self:
        if response is not None and _pool is not None and (self.get_retry_after(response) or 0) >= self.retry_after_max:
            raise MaxRetryError(_pool, url or "", _LaterError())
        return super().increment(method, url, response, error, _pool, _stacktrace)

    def get_backoff_time(self) -> float:
        return max(self.backoff_factor, super().get_backoff_time())


class _LaterError(ResponseError):
    """The registry asks for a longer wait than anyone bears."""


class _Memory(FileCache):
    """A cache that does without a disk where there is none to write to."""

    def get(self, key: str) -> bytes | None:
        try:
            return super().get(key)
        except OSError:
            return None

    def set(self, key: str, value: bytes, expires: int | datetime | None = None) -> None:
        with suppress(OSError):
            super().set(key, value, expires)

    def delete(self, key: str) -> None:
        with suppress(OSError):
            super().delete(key)


def _told(problem: requests.RequestException, limits: Limits) -> UnansweredError | UnusableError:
    match problem:
        case requests.exceptions.RetryError():
            cause = problem.args[0] if problem.args else None
            if isinstance(getattr(cause, "reason", None), _LaterError):
                return UnansweredError(
                    f"it is busy and asks to be left alone for more than {limits.longest_wait} seconds"
                )
            return UnansweredError(f"it was busy {limits.retries + 1} times")
        case requests.exceptions.TooManyRedirects():
            return UnusableError("it leads on and on")
        case requests.exceptions.InvalidSchema() | requests.exceptions.InvalidURL():
            return UnusableError("it leads to where nothing is asked: only https is")
        case requests.exceptions.ChunkedEncodingError() | requests.exceptions.ContentDecodingError():
            return UnusableError("the answer broke off")
        case requests.exceptions.SSLError():
            return UnansweredError("its certificate does not hold")
        case requests.exceptions.Timeout():
            return UnansweredError("it did not answer in time")
    return UnansweredError("it could not be reached")
