"""One HTTP session with limits on time, size and number of requests."""

import threading
import time
from collections.abc import Callable
from math import ceil
from pathlib import Path
from urllib.parse import urlsplit

from curl_cffi import CurlOpt
from curl_cffi.curl import CURL_WRITEFUNC_ERROR, DEFAULT_CACERT
from curl_cffi.requests import Response, Session
from curl_cffi.requests import exceptions as curl

from stackwatch.domain.errors import ProviderError
from stackwatch.engine.daemon_pool import DaemonPool, outcome
from stackwatch.providers.web.answers import OUT_OF_DATE, UNTRUSTED, refusal, wait_of
from stackwatch.providers.web.certificates import roots_for_curl
from stackwatch.providers.web.limits import Limits, TokenBucket
from stackwatch.providers.web.request_log import RequestLog
from stackwatch.providers.web.system_proxy import system_proxy

_REDIRECTS = 5
_SLEPT_SECONDS = 5.0  # that the wall clock went on while the other one stood
_PROTOCOLS = "http,https"  # a redirect must not lead to a file or to another service
_PROTOCOL_OPTIONS = (CurlOpt.PROTOCOLS_STR, CurlOpt.REDIR_PROTOCOLS_STR)
_BUNDLE_OPTIONS = (CurlOpt.CAINFO, CurlOpt.PROXY_CAINFO)
_OTHER_DAYS = ("certificate is not yet valid", "certificate has expired")  # as curl says it
_FAULTS: tuple[tuple[type[Exception], str, bool], ...] = (
    (curl.TooManyRedirects, "it was sent on too often", False),
    (curl.DNSError, "the server's name was not found", True),
    (curl.CertificateVerifyError, UNTRUSTED, True),
    (curl.SSLError, "no secure connection", True),
    (curl.ProxyError, "the proxy refused", True),
    (curl.Timeout, "no answer in time", True),
    (curl.ConnectionError, "no connection", True),
    (curl.HTTPError, "the answer broke off", False),
)


class _Body:
    """Collects an answer; breaks it off when it is too long or the program is closing."""

    def __init__(self, limit: int, closing: threading.Event) -> None:
        self.data = bytearray()
        self.too_long = False
        self._limit = limit
        self._closing = closing

    def __call__(self, chunk: bytes) -> int:
        self.too_long = len(self.data) + len(chunk) > self._limit
        if self.too_long or self._closing.is_set():
            return CURL_WRITEFUNC_ERROR
        self.data += chunk
        return len(chunk)


class GuardedTransport(Session[Response]):
    """A browser-like curl session; every request is capped, counted and paid for.

    It fails as a ProviderError. One whose name is ``lenient`` fails as curl says it, and is sent even to a
    server that asked to be left alone.
    """

    lenient: frozenset[str] = frozenset()

    def __init__(
        self,
        limits: Limits,
        budget: TokenBucket,
        log: RequestLog,
        kind: str = "",
        *,
        roots: Path | None = None,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """Open no connection yet; requests are logged by name, or all as ``kind``.

        ``roots`` is where the system's root certificates are kept for curl.
        """
        options: dict[CurlOpt, str | bytes] = dict.fromkeys(_PROTOCOL_OPTIONS, _PROTOCOLS)
        bundle = roots_for_curl(roots)
        if bundle != DEFAULT_CACERT:
            options |= dict.fromkeys(_BUNDLE_OPTIONS, bundle)
        super().__init__(impersonate="chrome", max_redirects=_REDIRECTS, curl_options=options)
        self._limits = limits
        self._budget = budget
        self._log = log
        self._kind = kind
        self._closing = threading.Event()
        self._wall = wall
        self._looked = (wall(), time.monotonic())
        self._aside: DaemonPool | None = None
        self._lost_at: float | None = None  # when what was open until then ceased to be trusted

    def refuse(self) -> None:
        """Refuse every later and waiting request, and break off answers that are arriving."""
        self._closing.set()
        if self._aside is not None:
            self._aside.close()

    def name_of(self, url: str) -> str:
        """Return what an address is called in counts and messages."""
        return host_of(url)

    def request(self, method: str, url: str, **options: object) -> Response:  # type: ignore[override]
        """Send one request within the limits; raise ProviderError when no answer came.

        Another thread does it for the main thread, which hears nobody who stops the program while curl waits.
        """
        if threading.current_thread() is not threading.main_thread():
            return self._request(method, url, options)
        self._aside = self._aside or DaemonPool(1)
        return outcome(self._aside.submit(lambda: self._request(method, url, options)))

    def _request(self, method: str, url: str, options: dict[str, object]) -> Response:
        name = self.name_of(url)
        if name not in self.lenient:
            self._keep_wait(name, url)
        self._admit(name)
        body = _Body(self._limits.body_bytes, self._closing)
        seconds = (
            self._limits.connect_seconds,
            self._limits.total_seconds - self._limits.connect_seconds,
        )
        options |= {"timeout": seconds, "content_callback": body}
        if (proxy := system_proxy(host_of(url))) is not None:
            options["proxy"] = proxy
        began = time.monotonic()
        self._leave_lost_connections()
        try:
            response = super().request(method, url, **options)  # type: ignore[arg-type]
        except curl.RequestException as error:
            self._lost_at = time.monotonic()
            if self._closing.is_set():
                raise _closed(name) from error
            if body.too_long:
                limit = self._limits.body_bytes // 1_000_000
                raise ProviderError(f"{name}: the answer is longer than {limit} MB") from error
            if name in self.lenient:
                raise
            if isinstance(error, curl.Timeout):
                waited = f"{time.monotonic() - began:.0f} s"
                what = "no whole answer" if body.data else "no answer"
                raise ProviderError(f"{name}: {what} within {waited}", offline=True) from error
            if body.data:
                raise ProviderError(f"{name}: the answer broke off") from error
            raise failure(name, error) from error
        response.content = bytes(body.data)
        self._note_wait(url, response)
        return response

    def _leave_lost_connections(self) -> None:
        """Use no connection from before the last failure, or from before the machine slept.

        Under HTTP/2 curl keeps one that answers no more, as after sleep or in another network, and every
        request would wait on it in vain until the system gives it up, a quarter of an hour later.
        """
        before, self._looked = self._looked, (self._wall(), time.monotonic())
        wall, steady = (now - then for now, then in zip(self._looked, before, strict=True))
        if wall - steady > _SLEPT_SECONDS:
            self._lost_at = self._looked[1]
        if self._lost_at is not None:
            seconds = int(self._looked[1] - self._lost_at)
            self.curl.setopt(CurlOpt.MAXLIFETIME_CONN, seconds or 1)  # none would mean for ever
            self.curl.setopt(CurlOpt.FRESH_CONNECT, seconds == 0)

    def _note_wait(self, url: str, response: Response) -> None:
        """Remember that a server asks to be left alone, and for how long."""
        wait = wait_of(response.status_code, response.headers)
        if wait is not None:
            self._log.leave_alone(host_of(url), wait, response.status_code)

    def _keep_wait(self, name: str, url: str) -> None:
        """Refuse a request to a server that asked to be left alone, whatever it is for."""
        if (wait := self._log.wait_of(host_of(url))) is not None:
            left, status = wait
            raise refusal(name, status, {"retry-after": str(ceil(left))})

    def _admit(self, name: str) -> None:
        """Wait for a token, unless the program is closing."""
        if self._closing.is_set():
            raise _closed(name)
        if self._closing.wait(self._budget.take()):
            raise _closed(name)
        self._log.note(self._kind or name)


def host_of(url: str) -> str:
    """Return the host of an address, empty where it has none."""
    return urlsplit(url).hostname or ""


def failure(name: str, error: Exception) -> ProviderError:
    """Word a curl error without its text, which may hold addresses of the user's network."""
    if isinstance(error, curl.CertificateVerifyError) and any(said in str(error) for said in _OTHER_DAYS):
        return ProviderError(f"{name}: {OUT_OF_DATE}", offline=True)
    for kind, words, offline in _FAULTS:
        if isinstance(error, kind):
            return ProviderError(f"{name}: {words}", offline=offline)
    return ProviderError(f"{name}: {type(error).__name__}")


def _closed(name: str) -> ProviderError:
    return ProviderError(f"{name}: the program is closing")
