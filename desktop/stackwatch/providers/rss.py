"""General headlines from RSS and Atom feeds."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from urllib.parse import urljoin

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.news import Headline
from stackwatch.domain.words.format import headline_text
from stackwatch.domain.words.markup import without_tags
from stackwatch.engine.ports import Clock
from stackwatch.providers.feed_text import as_utf8
from stackwatch.providers.feed_time import entry_time
from stackwatch.providers.web.answers import refusal
from stackwatch.providers.web.fields import is_future, web_address
from stackwatch.providers.web.page_fetcher import PAGE_BYTES, Fetch
from stackwatch.providers.web.pages import is_web_page

ENTRIES = 200
_OLDEST = datetime(1995, 1, 1, tzinfo=UTC)
_FEW = 3  # entries of the future that are no slip of a hand
_ZONES = timedelta(hours=14)  # the furthest that any zone is ahead of UTC
_ZONE_STEP = timedelta(minutes=30)
_OK = 200
_PAGE = "no feed but a web page: a wrong address, or a login page (captive portal)?"
_NOT_MODIFIED = 304


class RssFeed:
    """NewsSource over one feed; asks the server for changes only. One thread at a time."""

    per_symbol = False

    def __init__(self, name: str, url: str, publisher: str, fetch: Fetch, clock: Clock) -> None:
        """Read ``url``; ``publisher`` is used where an entry does not name its own."""
        self.name = name
        self._url = url
        self._publisher = publisher
        self._fetch = fetch
        self._clock = clock
        self._conditions: dict[str, str] = {}

    def headlines(self, symbols: object = ()) -> tuple[Headline, ...]:
        """Fetch headlines, oldest first, none when nothing changed; raise ProviderError on failure."""
        del symbols  # a general feed
        page = self._fetch(self._url, self._conditions)
        if page.status == _NOT_MODIFIED and self._conditions:  # else nothing was ever had that could stand
            return ()
        if page.status != _OK:
            raise refusal(self.name, page.status, page.headers)
        if len(page.body) > PAGE_BYTES:
            raise ProviderError(f"{self.name}: the feed is longer than {PAGE_BYTES // 1_000_000} MB")
        found = parse_feed(page.body, self.name, self._publisher, self._clock.now(), self._url)
        validators = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
        self._conditions = {ask: page.headers[got] for ask, got in validators if page.headers.get(got)}
        return found


def parse_feed(
    body: bytes, name: str, publisher: str, now: datetime, address: str = ""
) -> tuple[Headline, ...]:
    """Read an untrusted feed, oldest first; raise ProviderError when it is not a feed.

    Links that name no server are of the one at ``address``.
    """
    import feedparser  # only when the first feed arrives

    if b"<!ENTITY" in body:  # no feed needs any, and a few that name each other fill the memory
        raise ProviderError(f"{name}: the feed declares entities")
    try:
        # Bytes alone would be tried as a file name first. Titles are made plain below, and no text beneath
        # them is read: to clean one that is full of comments takes minutes.
        feed = feedparser.parse(BytesIO(as_utf8(body)), sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, ArithmeticError, LookupError, AssertionError, RecursionError) as error:
        # what feedparser was seen to raise on damaged documents
        raise ProviderError(f"{name}: the feed cannot be read") from error
    if not feed.get("version"):
        what = _PAGE if is_web_page(body) else "the answer is not a feed"
        raise ProviderError(f"{name}: {what}")
    found: dict[str, Headline] = {}
    # plain dicts: feedparser's own warn about, and guess, keys that are missing
    dated = [(entry, entry_time(entry)) for entry in map(dict, feed.entries)]
    dated.sort(key=lambda pair: pair[1] or now, reverse=True)  # some begin with the oldest, or go by topic
    dated = dated[:ENTRIES]
    ahead = _ahead([time for _, time in dated if time is not None], now)
    for entry, time in dated:
        published = now if time is None or is_future(time - ahead, now) else time - ahead
        entry["link"] = _whole(entry.get("link"), address)
        headline = _headline(entry, name, publisher, published, now)
        if headline:
            found.setdefault(headline.id, headline)
    return tuple(sorted(found.values(), key=lambda h: h.published))


def _headline(
    entry: Mapping[str, object], name: str, publisher: str, published: datetime, now: datetime
) -> Headline | None:
    """Check one entry; None when it lacks a title or a web address, or is absurdly old."""
    link = web_address(entry.get("link"))
    title = _text(entry.get("title"))
    source = entry.get("source")
    author = _text(source.get("title") if isinstance(source, Mapping) else None, 80)
    suffix = f" - {author}"
    if author and title.endswith(suffix):
        title = title.removesuffix(suffix).rstrip()
    if not title or link is None or published < _OLDEST:
        return None
    identity = _identity(entry.get("id"), link)
    return Headline(
        id=f"rss:{hashlib.sha256(identity.encode('utf-8', 'replace')).hexdigest()[:24]}",
        title=title,
        publisher=author or publisher,
        url=link,
        published=published,
        received=now,
        source=name,
    )


def _text(value: object, *limit: int) -> str:
    return headline_text(without_tags(value), *limit) if isinstance(value, str) else ""


def _whole(link: object, address: str) -> str | None:
    """Return a link with its server, and without blanks, which some papers leave in it."""
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        return urljoin(address, link.strip().replace(" ", "%20"))
    except ValueError:  # a bracket that is never closed
        return None


def _identity(key: object, link: str) -> str:
    """Return what an entry is known by; a key that is no address, such as a number, is one of its site."""
    if not isinstance(key, str) or not key:
        return link
    return key if ":" in key else f"{link.split('/')[2]}|{key}"


def _ahead(times: Sequence[datetime], now: datetime) -> timedelta:
    """Return by how much a feed that writes another zone's time without saying so is ahead.

    Seoul's time read as UTC makes the news of nine hours a thing of the future, all of which would else have
    come now.
    """
    future = [time for time in times if is_future(time, now)]
    if len(future) < _FEW or max(future) - now > _ZONES:
        return timedelta(0)
    return math.ceil((max(future) - now) / _ZONE_STEP) * _ZONE_STEP
