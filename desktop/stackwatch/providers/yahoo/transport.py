"""The HTTP session that yfinance is given: within our limits, and no refusal leads to more requests."""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

from curl_cffi.requests import Response

from stackwatch.providers.web.answers import refusal
from stackwatch.providers.web.limits import Limits, TokenBucket
from stackwatch.providers.web.request_log import RequestLog
from stackwatch.providers.web.transport import GuardedTransport
from stackwatch.providers.yahoo.endpoints import COOKIE, CRUMB, DATA, endpoint_of, reason_in

_LOGIN_ERRORS = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


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


class YahooTransport(GuardedTransport):
    """Raises a data endpoint's refusal as ProviderError before yfinance can answer it with more requests.

    Only 401 and 403 pass, because a new cookie may cure them. What fails on the way to a cookie is left to
    yfinance.
    """

    lenient = frozenset({COOKIE})

    def __init__(self, limits: Limits, budget: TokenBucket, log: RequestLog, roots: Path | None) -> None:
        """Open no connection yet, and know no cookie."""
        super().__init__(limits, budget, log, roots=roots)
        self.memory = CookieMemory()

    def name_of(self, url: str) -> str:
        """Return the endpoint that an address is of."""
        return endpoint_of(url)

    def request(self, method: str, url: str, **options: object) -> Response:  # type: ignore[override]
        """Send one request within the limits; raise ProviderError, or curl's error for a cookie."""
        response = super().request(method, url, **options)
        endpoint, status = endpoint_of(url), response.status_code
        if endpoint in DATA and status in _LOGIN_ERRORS:
            self.memory.forget()
        asked_too_often = status == HTTPStatus.TOO_MANY_REQUESTS and endpoint in DATA | {CRUMB}
        refused = endpoint in DATA and status >= HTTPStatus.BAD_REQUEST and status not in _LOGIN_ERRORS
        if asked_too_often or refused:
            raise refusal(endpoint, status, response.headers, reason_in(response.content))
        return response
