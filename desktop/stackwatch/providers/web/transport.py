"""One HTTP session with limits on time, size and number of requests."""

import threading
import time
from collections.abc import Mapping
from datetime import timedelta
from math import ceil
from urllib.parse import urlsplit

from curl_cffi import CurlOpt
from curl_cffi.curl import CURL_WRITEFUNC_ERROR, DEFAULT_CACERT
from curl_cffi.requests import Response, Session
from curl_cffi.requests import exceptions as curl

from stackwatch.domain.errors import ProviderError
from stackwatch.providers.web.answers import refusal, wait_of
from stackwatch.providers.web.certificates import curl_file
from stackwatch.providers.web.limits import Limits, TokenBucket
from stackwatch.providers.web.request_log import RequestLog

_ENDPOINTS = (
    ("/v1/test/getcrumb", "crumb"),
    ("/v7/finance/quote", "quote"),
    ("/v8/finance/chart", "chart"),
    ("/v1/finance/search", "search"),
    ("/xhr/ncp", "news"),
    ("/ws/fundamentals-timeseries", "statements"),
    ("/v10/finance/quoteSummary", "statements"),
)
_DATA = frozenset({"quote", "chart", "search", "news", "statements"})
_COOKIE_HOSTS = ("fc.yahoo.com", "guce.yahoo.com", "consent.yahoo.com")
_TOO_MANY_REQUESTS = 429
_FIRST_ERROR = 400
_REDIRECTS = 5
_PROTOCOLS = "http,https"  # a redirect must not lead to a file or to another service
_PROTOCOL_OPTIONS = (CurlOpt.PROTOCOLS_STR, CurlOpt.REDIR_PROTOCOLS_STR)
_BUNDLE_OPTIONS = (CurlOpt.CAINFO, CurlOpt.PROXY_CAINFO)
_LOGIN_ERRORS = frozenset({401, 403})
_FAULTS: tuple[tuple[type[Exception], str, bool], ...] = (
    (curl.TooManyRedirects, "it was sent on too often", False),
    (curl.DNSError, "the server's name was not found", True),
    (curl.CertificateVerifyError, "a certificate that is not trusted, of a proxy in between?", True),
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


class CookieMemory:
    """Stands in for yfinance's cookie file, which a second process can lock or a crash corrupt.

    Holds cookies as yfinance passes them: domain, path, name. Forgotten when a login is refused.
    """

    def __init__(self) -> None:
        """Know no cookie."""
        self._kept: Mapping[str, object] | None = None

    def lookup(self, _strategy: str) -> dict[str, object] | None:
        """Return what was stored last, in the shape yfinance expects."""
        kept = self._kept
        return None if kept is None else {"cookie": kept, "age": timedelta()}

    def store(self, _strategy: str, cookies: Mapping[str, Mapping[str, Mapping[str, object]]]) -> None:
        """Keep the login cookie; yfinance cannot read any other back."""
        if any("A3" in paths.get("/", {}) for paths in cookies.values()):
            self._kept = cookies

    def forget(self) -> None:
        """Make the next request fetch a new cookie."""
        self._kept = None


def endpoint_of(url: str) -> str:
    """Return the short name of an address, as used in counts and messages."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    for path, name in _ENDPOINTS:
        if parts.path.startswith(path) and host.endswith("yahoo.com"):
            return name
    return "cookie" if host in _COOKIE_HOSTS else host


class GuardedTransport(Session[Response]):
    """A browser-like curl session; every request is capped, counted and paid for.

    A data endpoint's failure is raised here as ProviderError, before yfinance can answer it with
    more requests. Only 401 and 403 pass, because a new cookie may cure them.
    """

    def __init__(self, limits: Limits, budget: TokenBucket, log: RequestLog, kind: str = "") -> None:
        """Open no connection yet; requests are logged by endpoint, or all as ``kind``."""
        options: dict[CurlOpt, str | bytes] = dict.fromkeys(_PROTOCOL_OPTIONS, _PROTOCOLS)
        bundle = curl_file(DEFAULT_CACERT)
        if bundle != DEFAULT_CACERT:
            options |= dict.fromkeys(_BUNDLE_OPTIONS, bundle)
        super().__init__(impersonate="chrome", max_redirects=_REDIRECTS, curl_options=options)
        self.memory = CookieMemory()
        self._limits = limits
        self._budget = budget
        self._log = log
        self._kind = kind
        self._closing = threading.Event()
        self._waits: dict[str | None, tuple[float, int]] = {}  # by host: until when, and what was answered

    def refuse(self) -> None:
        """Refuse every later and waiting request, and break off answers that are arriving."""
        self._closing.set()

    def request(self, method: str, url: str, **options: object) -> Response:  # type: ignore[override]
        """Send one request within the limits; raise ProviderError, or curl's error for a cookie."""
        endpoint = endpoint_of(url)
        if endpoint != "cookie":
            self._keep_wait(endpoint, url)
        self._admit(endpoint)
        body = _Body(self._limits.body_bytes, self._closing)
        seconds = (
            self._limits.connect_seconds,
            self._limits.total_seconds - self._limits.connect_seconds,
        )
        options |= {"timeout": seconds, "content_callback": body}
        began = time.monotonic()
        try:
            response = super().request(method, url, **options)  # type: ignore[arg-type]
        except curl.RequestException as error:
            if self._closing.is_set():
                raise _closed(endpoint) from error
            if body.too_long:
                limit = self._limits.body_bytes // 1_000_000
                raise ProviderError(f"{endpoint}: the answer is longer than {limit} MB") from error
            if endpoint == "cookie":
                raise
            if isinstance(error, curl.Timeout):
                waited = f"{time.monotonic() - began:.0f} s"
                what = "no whole answer" if body.data else "no answer"
                raise ProviderError(f"{endpoint}: {what} within {waited}", offline=True) from error
            if body.data:
                raise ProviderError(f"{endpoint}: the answer broke off") from error
            raise failure(endpoint, error) from error
        response.content = bytes(body.data)
        if endpoint in _DATA and response.status_code in _LOGIN_ERRORS:
            self.memory.forget()
        self._note_wait(url, response)
        _check_status(endpoint, response)
        return response

    def _note_wait(self, url: str, response: Response) -> None:
        """Remember that a server asks to be left alone, and for how long."""
        wait = wait_of(response.status_code, response.headers)
        if wait is not None:
            self._waits[urlsplit(url).hostname] = (time.monotonic() + wait, response.status_code)

    def _keep_wait(self, endpoint: str, url: str) -> None:
        """Refuse a request to a server that asked to be left alone, whatever it is for."""
        until, status = self._waits.get(urlsplit(url).hostname, (0.0, 0))
        left = until - time.monotonic()
        if left > 0:
            raise refusal(endpoint, status, {"retry-after": str(ceil(left))})

    def _admit(self, endpoint: str) -> None:
        """Wait for a token, unless the program is closing."""
        if self._closing.is_set():
            raise _closed(endpoint)
        if self._closing.wait(self._budget.take()):
            raise _closed(endpoint)
        self._log.note(self._kind or endpoint)


def failure(endpoint: str, error: Exception) -> ProviderError:
    """Word a curl error without its text, which may hold addresses of the user's network."""
    for kind, words, offline in _FAULTS:
        if isinstance(error, kind):
            return ProviderError(f"{endpoint}: {words}", offline=offline)
    return ProviderError(f"{endpoint}: {type(error).__name__}")


def _check_status(endpoint: str, response: Response) -> None:
    """Stop at refusals that a new cookie cannot cure."""
    status = response.status_code
    asked_too_often = status == _TOO_MANY_REQUESTS and endpoint in _DATA | {"crumb"}
    refused = endpoint in _DATA and status >= _FIRST_ERROR and status not in _LOGIN_ERRORS
    if asked_too_often or refused:
        raise refusal(endpoint, status, response.headers, response.content)


def _closed(endpoint: str) -> ProviderError:
    return ProviderError(f"{endpoint}: the program is closing")
