"""Headlines of one symbol's feed at Yahoo."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.format import plain
from stackwatch.domain.news import Headline
from stackwatch.engine.ports import Clock
from stackwatch.providers.web.fields import child, is_future, iso_time, items, text, web_address
from stackwatch.providers.yahoo.parse_quote import SOURCE
from stackwatch.providers.yahoo.session import ROOT, GuardedSession

HEADLINES_PER_SYMBOL = 20
_LONGEST_ID = 100


class YahooNews:
    """NewsSource over Yahoo's per-symbol feeds; one request per symbol."""

    name = SOURCE
    per_symbol = True

    def __init__(self, session: GuardedSession, clock: Clock) -> None:
        """Ask through ``session``; judge times by ``clock``."""
        self._session = session
        self._clock = clock

    def headlines(self, symbols: Sequence[str]) -> tuple[Headline, ...]:
        """Fetch headlines, oldest first; raise ProviderError only when nothing came and something failed."""
        found: dict[str, Headline] = {}
        failures: list[ProviderError] = []
        wanted = tuple(dict.fromkeys(symbols))
        for symbol in wanted:
            try:
                fetched = self._fetch(symbol)
            except ProviderError as error:
                failures.append(error)
                if error.rate_limited:
                    break
                continue
            for headline in fetched:
                known = found.get(headline.id)
                feeds = (known.feed_symbols if known else ()) + headline.feed_symbols
                found[headline.id] = replace(known or headline, feed_symbols=tuple(dict.fromkeys(feeds)))
        if failures and not found:
            raise failures[0]
        return tuple(sorted(found.values(), key=lambda h: h.published))

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
    key = text(child(raw, "id"))
    title = plain(text(child(raw, "title")) or "")
    link = web_address(child(raw, "canonicalUrl", "url")) or web_address(child(raw, "clickThroughUrl", "url"))
    published = iso_time(child(raw, "pubDate"))
    if not (key and len(key) <= _LONGEST_ID and title and link and published) or is_future(published, now):
        return None
    return Headline(
        id=f"yahoo:{plain(key)}",
        title=title,
        publisher=plain(text(child(raw, "provider", "displayName")) or SOURCE, 80),
        url=link,
        published=published,
        received=now,
        source=SOURCE,
        feed_symbols=(symbol,),
    )
