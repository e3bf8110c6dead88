from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.support.fakes import FakeClock
from tests.wire.server import Fault, YahooServer
from tests.wire.world import Article, Json, World

from stackwatch.domain.errors import ProviderError
from stackwatch.providers.yahoo.news import YahooNews, parse_headline
from stackwatch.providers.yahoo.search import YahooSearch
from stackwatch.providers.yahoo.session import GuardedSession

NOW = datetime(2026, 1, 14, 15, 0, tzinfo=UTC)


@pytest.fixture
def session(yahoo_server: YahooServer, yahoo_env: dict[str, str], tmp_path: Path) -> Iterator[GuardedSession]:
    del yahoo_env
    yahoo_server.world = World(clock=lambda: NOW)
    opened = GuardedSession(tmp_path / "cache")
    yield opened
    opened.close()


@pytest.fixture
def news(session: GuardedSession) -> YahooNews:
    return YahooNews(session, FakeClock(NOW))


def article(key: str, minutes_ago: int, *symbols: str) -> Article:
    published = NOW - timedelta(minutes=minutes_ago)
    return Article(id=key, title=f"Title {key}", publisher="WSJ", published=published, symbols=symbols)


def raw(**changes: object) -> Json:
    return {
        "id": "a1",
        "title": "Stargate is slow to start",
        "pubDate": "2026-01-14T14:00:00Z",
        "provider": {"displayName": "The Wall Street Journal"},
        "canonicalUrl": {"url": "https://example.com/a"},
    } | changes


def test_that_headlines_of_several_feeds_come_once_and_oldest_first(
    yahoo_server: YahooServer, news: YahooNews
) -> None:
    yahoo_server.world.articles += [article("new", 5, "NVDA", "ORCL"), article("old", 90, "ORCL")]
    found = news.headlines(["NVDA", "ORCL", "NVDA"])
    assert [(h.id, h.feed_symbols) for h in found] == [
        ("yahoo:old", ("ORCL",)),
        ("yahoo:new", ("NVDA", "ORCL")),
    ]
    assert found[1].published == NOW - timedelta(minutes=5)
    assert found[1].received == NOW
    assert yahoo_server.counts["news"] == 2


def test_that_a_sound_answer_without_articles_is_no_news(news: YahooNews) -> None:
    assert news.headlines(["NVDA"]) == ()


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=401, body=b"{}"),
        Fault(status=503, body=b""),
        Fault(body=b"{}"),
        Fault(body=b'{"data": {"tickerStream": {"stream": {}}}}'),
        Fault(body=b"<html>Will be right back</html>"),
    ],
)
def test_that_an_empty_answer_is_a_failure_and_never_no_news(
    yahoo_server: YahooServer, news: YahooNews, fault: Fault
) -> None:
    yahoo_server.fail("news", fault)
    with pytest.raises(ProviderError, match=r"^news: "):
        news.headlines(["NVDA", "ORCL"])


def test_that_a_partial_failure_keeps_what_came(yahoo_server: YahooServer, news: YahooNews) -> None:
    yahoo_server.world.articles.append(article("a", 5, "NVDA", "ORCL"))
    yahoo_server.fail("news", Fault(status=500, body=b"", times=1))
    assert [h.feed_symbols for h in news.headlines(["NVDA", "ORCL"])] == [("ORCL",)]


def test_that_a_rate_limit_ends_the_round(yahoo_server: YahooServer, news: YahooNews) -> None:
    yahoo_server.fail("news", Fault(status=429, body=b""))
    with pytest.raises(ProviderError) as caught:
        news.headlines([f"S{number}" for number in range(40)])
    assert caught.value.rate_limited
    assert yahoo_server.counts["news"] == 1


def test_that_a_title_is_shown_as_plain_bounded_text() -> None:
    found = parse_headline(raw(title="<b>NV\u202eIDIA\u2069</b>\n\x00 falls " + "x" * 5000), "NVDA", NOW)
    assert found
    assert found.title.startswith("<b>NVIDIA</b> falls xxx")
    assert len(found.title) == 300


@pytest.mark.parametrize(
    "changes",
    [
        {"id": None},
        {"id": "x" * 5000},
        {"title": None},
        {"title": " \n"},
        {"title": 5},
        {"canonicalUrl": {"url": "javascript:alert(1)"}},
        {"canonicalUrl": {"url": "file:///etc/passwd"}},
        {"canonicalUrl": {"url": "https://exa mple.com\r\nX: y"}},
        {"canonicalUrl": None},
        {"pubDate": "2026-01-14T16:00:00Z"},
        {"pubDate": "2026-01-14T14:00:00"},
        {"pubDate": "soon"},
        {"pubDate": 1768399200},
        {"pubDate": None},
    ],
)
def test_that_a_doubtful_article_is_dropped(changes: Json) -> None:
    assert parse_headline(raw(), "NVDA", NOW)
    assert parse_headline(raw(**changes), "NVDA", NOW) is None


@pytest.mark.parametrize("value", [None, 7, "text", [], {"content": []}])
def test_that_anything_else_is_no_article(value: object) -> None:
    assert parse_headline(value, "NVDA", NOW) is None


def test_that_search_finds_symbols_and_is_not_cached(
    yahoo_server: YahooServer, session: GuardedSession
) -> None:
    search = YahooSearch(session)
    yahoo_server.fail("search", Fault(status=500, body=b"", times=1))
    with pytest.raises(ProviderError, match="search: answered 500 Internal Server Error"):
        search.search("nvda")
    (hit,) = search.search("nvda")
    assert (hit.symbol, hit.name, hit.exchange) == ("NVDA", "NVDA Corporation", "NasdaqGS")
    assert search.search("  ") == ()
    assert yahoo_server.counts["search"] == 2


def test_that_search_drops_options_private_firms_and_broken_entries(
    yahoo_server: YahooServer, session: GuardedSession
) -> None:
    def spoil(payload: Json) -> object:
        odd: list[Json] = [
            {"symbol": "NVDA260227C00270000", "quoteType": "OPTION"},
            {"name": "A private firm", "isYahooFinance": False},
            {"symbol": 5, "quoteType": "EQUITY"},
            {"symbol": "A\u202eB", "quoteType": "EQUITY"},
            {"symbol": "SMH", "quoteType": "ETF"},
        ]
        return payload | {"quotes": [*odd, None, "x"]}

    yahoo_server.fail("search", Fault(edit=spoil))
    hits = YahooSearch(session).search("anything")
    assert [(h.symbol, h.name) for h in hits] == [("SMH", "SMH")]
    yahoo_server.fail("search", Fault(body=b'{"quotes": null}'))
    with pytest.raises(ProviderError, match="no list"):
        YahooSearch(session).search("anything")


def test_that_a_feed_that_keeps_failing_is_replaced_by_the_search(
    yahoo_server: YahooServer, news: YahooNews
) -> None:
    yahoo_server.world.articles.append(article("a", 5, "NVDA"))
    yahoo_server.fail("news", Fault(body=b"{}"))
    for _ in range(3):
        with pytest.raises(ProviderError):
            news.headlines(["NVDA"])
    (found,) = news.headlines(["NVDA"])
    assert (found.id, found.title, found.publisher) == ("yahoo:a", "Title a", "WSJ")
    assert found.published == NOW - timedelta(minutes=5)
    assert (yahoo_server.counts["news"], yahoo_server.counts["search"]) == (3, 1)
    yahoo_server.heal()
    for _ in range(7):
        news.headlines(["NVDA"])
    assert (yahoo_server.counts["news"], yahoo_server.counts["search"]) == (4, 7)


def test_that_a_lost_connection_says_nothing_about_a_feed(yahoo_server: YahooServer, news: YahooNews) -> None:
    yahoo_server.fail("news", Fault(drop=True))
    for _ in range(5):
        with pytest.raises(ProviderError):
            news.headlines(["NVDA"])
    assert "search" not in yahoo_server.counts


def test_that_a_login_page_is_named(yahoo_server: YahooServer, news: YahooNews) -> None:
    yahoo_server.fail("news", Fault(body=b"<html><form>Accept the terms</form></html>"))
    with pytest.raises(ProviderError, match="captive portal"):
        news.headlines(["NVDA"])


def test_that_one_round_waits_in_vain_twice_and_not_for_every_share(
    yahoo_server: YahooServer, news: YahooNews
) -> None:
    symbols = [f"S{number}" for number in range(13)]
    yahoo_server.fail("news", Fault(drop=True))
    with pytest.raises(ProviderError) as caught:
        news.headlines(symbols)
    assert caught.value.offline
    assert yahoo_server.counts["news"] == 2
    yahoo_server.heal()
    yahoo_server.fail("news", Fault(drop=True, times=1))
    yahoo_server.world.articles.append(article("late", 5, symbols[-1]))
    assert [headline.id for headline in news.headlines(symbols)] == ["yahoo:late"]
