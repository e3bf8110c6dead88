"""Web pages of any host, within limits on time, size and number: feeds, and where releases are told."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from stackwatch.domain.errors import ProviderError
from stackwatch.providers.web.answers import Response
from stackwatch.providers.web.limits import Limits, TokenBucket
from stackwatch.providers.web.request_log import RequestLog

PAGE_BYTES = 2_000_000
_KIND = "feeds"  # what these requests are counted as


@dataclass(frozen=True, slots=True)
class WebPage:
    """An answer of a web server; header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Fetch = Callable[[str, Mapping[str, str]], WebPage]
"""Gets an address with request headers; raises ProviderError."""


class PageFetcher:
    """Gets web pages of any host within limits on time, size and number; thread safe."""

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        budget: TokenBucket | None = None,
        log: RequestLog | None = None,
        roots: Path | None = None,
        heard: Callable[[WebPage], None] | None = None,
    ) -> None:
        """Open no connection yet; curl is imported at the first request.

        ``roots`` is where root certificates are kept, ``heard`` is told of every page.
        """
        self._limits = limits or Limits(body_bytes=PAGE_BYTES)
        self._budget = budget or TokenBucket()
        self._log = log or RequestLog()
        self._roots = roots
        self._heard = heard
        self._lock = threading.Lock()
        self._transport: _Transport | None = None
        self._closed = False

    def __call__(self, url: str, headers: Mapping[str, str]) -> WebPage:
        """Fetch one page; raise ProviderError when none came."""
        from stackwatch.providers.web.transport import GuardedTransport, host_of  # costs 0.15 s

        with self._lock:
            if self._closed:
                raise ProviderError(f"{host_of(url)}: the program is closing")
            if self._transport is None:
                self._transport = GuardedTransport(
                    self._limits, self._budget, self._log, _KIND, roots=self._roots
                )
            transport = self._transport
        response = transport.request("GET", url, headers=dict(headers))
        found = {name.lower(): value or "" for name, value in response.headers.items()}
        page = WebPage(response.status_code, found, bytes(response.content))
        if self._heard is not None:
            self._heard(page)
        return page

    def close(self) -> None:
        """Make every later and waiting request fail at once."""
        self._closed = True
        if self._transport:
            self._transport.refuse()


class _Transport(Protocol):
    """The part of GuardedTransport that is used here; importing it would import curl."""

    def request(self, method: str, url: str, **options: object) -> Response: ...

    def refuse(self) -> None: ...
