"""Yahoo's data through yfinance's cookies and crumbs, and our own limits."""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from stackwatch.domain.errors import ProviderError
from stackwatch.providers.web.answers import Response, refusal
from stackwatch.providers.web.limits import Limits, TokenBucket
from stackwatch.providers.web.pages import parsed
from stackwatch.providers.web.request_log import RequestLog
from stackwatch.providers.yahoo.cache_folder import CacheFolder
from stackwatch.providers.yahoo.endpoints import reason_in

QUERY = "https://query1.finance.yahoo.com"
ROOT = "https://finance.yahoo.com"
_FIRST_ERROR = 400


class _YfData(Protocol):
    """The part of yfinance's YfData that is used."""

    def get(self, url: str, params: Mapping[str, str]) -> Response: ...

    def post(self, url: str, body: Mapping[str, object], params: Mapping[str, str]) -> Response: ...


class _Transport(Protocol):
    """The part of YahooTransport that is used here; importing it would import curl."""

    def refuse(self) -> None: ...


class GuardedSession:
    """The one door to Yahoo; thread safe. Everything it raises is a ProviderError.

    yfinance and curl are imported at the first request. yfinance's cache is a folder of this process.
    """

    def __init__(
        self,
        cache_dir: Path,
        *,
        limits: Limits | None = None,
        budget: TokenBucket | None = None,
        log: RequestLog | None = None,
        roots: Path | None = None,
    ) -> None:
        """Keep whatever yfinance writes below ``cache_dir``; ``limits`` hold for every single request.

        ``roots`` is where root certificates are kept.
        """
        self._cache = CacheFolder(cache_dir)
        self._log = log or RequestLog()
        self._limits = limits or Limits()
        self._roots = roots
        self._budget = budget or TokenBucket()
        self._lock = threading.Lock()
        self._transport: _Transport | None = None
        self._data: _YfData | None = None
        self._closed = False

    def get_json(self, endpoint: str, url: str, params: Mapping[str, str]) -> object:
        """Fetch and parse JSON."""
        data = self._connect(endpoint)
        return self._ask(endpoint, lambda: data.get(url, params=params))

    def post_json(
        self, endpoint: str, url: str, params: Mapping[str, str], body: Mapping[str, object]
    ) -> object:
        """Send JSON and parse the JSON that comes back."""
        data = self._connect(endpoint)
        return self._ask(endpoint, lambda: data.post(url, body=body, params=params))

    def close(self) -> None:
        """Make every later and waiting request fail at once; does not wait for a running one."""
        self._closed = True
        if self._transport:
            self._transport.refuse()
        self._log.flush()
        self._cache.remove()

    def _connect(self, endpoint: str) -> _YfData:
        """Import yfinance and install our session in its singleton, once."""
        with self._lock:
            if self._closed:
                raise ProviderError(f"{endpoint}: the program is closing")
            if self._data is None:
                self._transport, self._data = _install(
                    self._cache.make(), self._limits, self._budget, self._log, self._roots
                )
            return self._data

    @staticmethod
    def _ask(endpoint: str, send: Callable[[], Response]) -> object:
        """Send one request and parse its answer."""
        from curl_cffi.requests.exceptions import RequestException  # with yfinance
        from yfinance.exceptions import YFException, YFRateLimitError

        from stackwatch.providers.web.transport import failure

        try:
            response = send()
        except YFRateLimitError as error:
            raise ProviderError(f"{endpoint}: too many requests", rate_limited=True) from error
        except RequestException as error:
            raise failure(endpoint, error) from error
        except (YFException, LookupError, TypeError, ValueError, AttributeError) as error:
            # yfinance reads cookies and consent pages without checking them.
            raise ProviderError(f"{endpoint}: the cookie was not understood") from error
        if response.status_code >= _FIRST_ERROR:
            raise refusal(endpoint, response.status_code, response.headers, reason_in(response.content))
        return parsed(endpoint, response.content)


def _install(
    folder: Path, limits: Limits, budget: TokenBucket, log: RequestLog, roots: Path | None
) -> tuple[_Transport, _YfData]:
    """Give yfinance our session, and no cache on disk that could be locked or corrupt."""
    from yfinance import cache  # half a second
    from yfinance.data import YfData

    from stackwatch.providers.yahoo.transport import YahooTransport

    cache.set_tz_cache_location(str(folder))
    transport = YahooTransport(limits, budget, log, roots)
    cache._CookieCacheManager._Cookie_cache = transport.memory  # noqa: SLF001 - there is no option
    data: _YfData = YfData(session=transport)
    return transport, data
