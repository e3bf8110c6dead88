"""What Yahoo's addresses are called in counts and messages, and what it says where it refuses."""

import json
from urllib.parse import urlsplit

from stackwatch.domain.words.format import plain
from stackwatch.providers.web.fields import child, text

COOKIE = "cookie"
DATA = frozenset({"quote", "chart", "search", "news", "statements"})
CRUMB = "crumb"
_PATHS = (
    ("/v1/test/getcrumb", CRUMB),
    ("/v7/finance/quote", "quote"),
    ("/v8/finance/chart", "chart"),
    ("/v1/finance/search", "search"),
    ("/xhr/ncp", "news"),
    ("/ws/fundamentals-timeseries", "statements"),
    ("/v10/finance/quoteSummary", "statements"),
)
_COOKIE_HOSTS = ("fc.yahoo.com", "guce.yahoo.com", "consent.yahoo.com")
_LONGEST_WORDS = 120


def endpoint_of(url: str) -> str:
    """Return the short name of an address of Yahoo's, the host of any other."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    for path, name in _PATHS:
        if parts.path.startswith(path) and host.endswith("yahoo.com"):
            return name
    return COOKIE if host in _COOKIE_HOSTS else host


def reason_in(body: bytes) -> str:
    """Return Yahoo's own sentence about a refusal, such as "No data found, symbol may be delisted"."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    parts = next(iter(answer.values()), None) if isinstance(answer, dict) else None
    return described(parts)


def described(answer: object) -> str:
    """Return what an answer says of its error, empty where it says nothing."""
    return plain(text(child(answer, "error", "description")) or "", _LONGEST_WORDS)
