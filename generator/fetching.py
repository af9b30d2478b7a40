"""The one module that asks the network, for `survey add` and nothing else."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import requests
from cachecontrol import CacheControlAdapter
from cachecontrol.caches import FileCache
from cachecontrol.heuristics import ExpiresAfter
from urllib3.util import Retry

_AGENT = "living-survey (https://github.com/living-survey/living-survey)"
_NOT_THERE = frozenset((400, 404, 410))
_BUSY = (429, 500, 502, 503, 504)
_CHUNK = 64
"""Bytes that are read between two looks at the clock."""


class UnansweredError(Exception):
    """A registry gave no answer that can be read; the text says why."""


class UnknownWorkError(Exception):
    """A registry answers that it does not know the work."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much is borne.

    Attributes:
        connect: Seconds until a connection stands.
        read: Seconds between two pieces of an answer.
        total: Seconds for an answer once it has begun.
        size: Bytes of an answer.
        retries: Further tries where a registry is busy or out of reach.
        backoff: Seconds before the second of them, doubled each time.
        longest_wait: Seconds that a registry may ask to wait.
        keep: Days that answers are kept.
    """

    connect: float = 10
    read: float = 20
    total: float = 60
    size: int = 8 * 1024 * 1024
    retries: int = 3
    backoff: float = 1
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
        retry = Retry(
            total=limits.retries,
            backoff_factor=limits.backoff,
            status_forcelist=_BUSY,
            retry_after_max=limits.longest_wait,
        )
        adapter = CacheControlAdapter(
            cache=FileCache(cache), heuristic=ExpiresAfter(days=limits.keep), max_retries=retry
        )
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
            UnansweredError: There is no answer, or none of these types, or too much of it.
        """
        limits = self._limits
        try:
            with self._session.get(
                address,
                headers={"Accept": ", ".join(accept)},
                timeout=(limits.connect, limits.read),
                stream=True,
            ) as response:
                if response.status_code in _NOT_THERE:
                    raise UnknownWorkError
                if response.status_code != requests.codes.ok:
                    raise UnansweredError(f"the answer is {response.status_code} {response.reason}")
                kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                if kind not in accept:
                    raise UnansweredError(f"the answer is {kind or 'of no known type'} where {accept[0]} was asked for")
                data = self._read(response)
        except requests.RequestException as problem:
            raise UnansweredError(_reason(problem, limits)) from problem
        return data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")

    def _read(self, response: requests.Response) -> bytes:
        begun = time.monotonic()
        data = bytearray()
        for chunk in response.iter_content(_CHUNK):
            data += chunk
            if len(data) > self._limits.size:
                raise UnansweredError(f"the answer has more than {self._limits.size} bytes")
            if time.monotonic() - begun > self._limits.total:
                raise UnansweredError(f"the answer was not complete after {self._limits.total:g} seconds")
        return bytes(data)


def _reason(problem: requests.RequestException, limits: Limits) -> str:
    match problem:
        case requests.exceptions.RetryError():
            return f"it was busy {limits.retries + 1} times"
        case requests.exceptions.TooManyRedirects():
            return "it leads on and on"
        case requests.exceptions.InvalidSchema() | requests.exceptions.InvalidURL():
            return "it leads to where nothing is asked: only https is"
        case requests.exceptions.ChunkedEncodingError() | requests.exceptions.ContentDecodingError():
            return "the answer broke off"
        case requests.exceptions.SSLError():
            return "its certificate does not hold"
        case requests.exceptions.Timeout():
            return "it did not answer in time"
    return "it could not be reached"
