"""Headlines of one symbol's feed at Yahoo."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.news import Headline
from stackwatch.domain.words.format import headline_text, plain
from stackwatch.engine.ports import Clock
from stackwatch.providers.web.fields import child, epoch, is_future, iso_time, items, text, web_address
from stackwatch.providers.yahoo.parse_quote import SOURCE
from stackwatch.providers.yahoo.session import QUERY, ROOT, GuardedSession

HEADLINES_PER_SYMBOL = 20
GIVEN_UP, TRIED_AGAIN = 3, 10  # failures of the feed after which search is asked; how often it is tried then
_UNHEARD = 2  # requests in a row without an answer, after which the others would wait in vain as long
_LONGEST_ID = 100


class YahooNews:
    """NewsSource over Yahoo's per-symbol feeds; one request per symbol.

    A symbol whose feed failed three times in a row is looked up in the search's headlines instead, and its
    feed is tried again every tenth time.
    """

    name = SOURCE
    per_symbol = True

    def __init__(self, session: GuardedSession, clock: Clock) -> None:
        """Ask through ``session``; judge times by ``clock``."""
        self._session = session
        self._clock = clock
        self._failed: Counter[str] = Counter()

    def headlines(self, symbols: Sequence[str]) -> tuple[Headline, ...]:
        """Fetch headlines, oldest first; raise ProviderError only when nothing came and something failed."""
        found: dict[str, Headline] = {}
        failures: list[ProviderError] = []
        wanted = tuple(dict.fromkeys(symbols))
        unheard = 0
        for symbol in wanted:
            try:
                fetched = self._of(symbol)
            except ProviderError as error:
                failures.append(error)
                unheard = unheard + 1 if error.offline else 0
                if error.rate_limited or unheard == _UNHEARD:
                    break
                continue
            unheard = 0
            for headline in fetched:
                known = found.get(headline.id)
                feeds = (known.feed_symbols if known else ()) + headline.feed_symbols
                found[headline.id] = replace(known or headline, feed_symbols=tuple(dict.fromkeys(feeds)))
        if failures and not found:
            raise failures[0]
        return tuple(sorted(found.values(), key=lambda h: h.published))

    def _of(self, symbol: str) -> tuple[Headline, ...]:
        """Fetch a symbol's headlines from its feed, or from the search while the feed keeps failing."""
        failed = self._failed[symbol]
        if failed >= GIVEN_UP and failed % TRIED_AGAIN:
            self._failed[symbol] += 1
            return self._search(symbol)
        try:
            found = self._fetch(symbol)
        except ProviderError as error:
            if not error.of_the_way:  # which says nothing about this feed
                self._failed[symbol] += 1
            raise
        self._failed.pop(symbol, None)
        return found

    def _search(self, symbol: str) -> tuple[Headline, ...]:
        """Fetch the headlines that the search names beside a symbol."""
        params = {"q": symbol, "quotesCount": "0", "newsCount": str(HEADLINES_PER_SYMBOL), "listsCount": "0"}
        answer = self._session.get_json("search", f"{QUERY}/v1/finance/search", params)
        rows = items(child(answer, "news"))
        if rows is None:
            raise ProviderError("search: the answer has no headlines in it")
        now = self._clock.now()
        parsed = (parse_found(raw, symbol, now) for raw in rows)
        return tuple(headline for headline in parsed if headline)

    def _fetch(self, symbol: str) -> tuple[Headline, ...]:
        """Fetch one symbol's feed."""
        answer = self._session.post_json(
            "news",
            f"{ROOT}/xhr/ncp",
            {"queryRef": "latestNews", "serviceKey": "ncp_fin"},
            {"serviceConfig": {"snippetCount": HEADLINES_PER_SYMBOL, "s": [symbol]}},
        )
        stream = items(child(answer, "data", "tickerStream", "stream"))
        if stream is None:
            raise ProviderError("news: the answer has no headlines in it")
        now = self._clock.now()
        parsed = (
            parse_headline(child(raw, "content"), symbol, now) for raw in stream if not child(raw, "ad")
        )
        return tuple(headline for headline in parsed if headline)


def parse_headline(raw: object, symbol: str, now: datetime) -> Headline | None:
    """Check one untrusted article; None when it lacks an id, title, link or believable time."""
    link = web_address(child(raw, "canonicalUrl", "url")) or web_address(child(raw, "clickThroughUrl", "url"))
    publisher = child(raw, "provider", "displayName")
    return _headline(raw, "id", link, iso_time(child(raw, "pubDate")), publisher, symbol, now)


def parse_found(raw: object, symbol: str, now: datetime) -> Headline | None:
    """Check one untrusted article of the search, which is flat and has its time in seconds."""
    link, published = web_address(child(raw, "link")), epoch(child(raw, "providerPublishTime"))
    return _headline(raw, "uuid", link, published, child(raw, "publisher"), symbol, now)


def _headline(
    raw: object,
    key_name: str,
    link: str | None,
    published: datetime | None,
    publisher: object,
    symbol: str,
    now: datetime,
) -> Headline | None:
    key = text(child(raw, key_name))
    title = headline_text(text(child(raw, "title")) or "")
    if not (key and len(key) <= _LONGEST_ID and title and link and published) or is_future(published, now):
        return None
    return Headline(
        id=f"yahoo:{plain(key)}",
        title=title,
        publisher=headline_text(text(publisher) or SOURCE, 80),
        url=link,
        published=published,
        received=now,
        source=SOURCE,
        feed_symbols=(symbol,),
    )
