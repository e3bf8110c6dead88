import contextlib
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.fakes import FakeClock
from tests.wire.server import Fault, YahooServer
from tests.wire.world import Article

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.news import Headline
from stackwatch.providers.feed_time import entry_time
from stackwatch.providers.rss import RssFeed, parse_feed
from stackwatch.providers.web.limits import Limits
from stackwatch.providers.web.page_fetcher import PageFetcher, WebPage

NOW = datetime(2026, 1, 14, 15, 0, tzinfo=UTC)
URL = "https://feeds.example.org/ai.xml"
KOREAN = "삼성전자, HBM 수주"


@pytest.fixture
def fetcher(yahoo_env: dict[str, str]) -> Iterator[PageFetcher]:
    del yahoo_env
    made = PageFetcher()
    yield made
    made.close()


@pytest.fixture
def feed(fetcher: PageFetcher) -> RssFeed:
    return RssFeed("Example", URL, "Example News", fetcher, FakeClock(NOW))


def document(*items: str) -> bytes:
    channel = f"<channel><title>F</title>{''.join(items)}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'.encode()


def item(
    title: str = "Stargate is slow to start", link: str = "https://example.org/a", more: str = ""
) -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def parse(*items: str) -> tuple[Headline, ...]:
    return parse_feed(document(*items), "Example", "Example News", NOW)


def test_that_a_feed_is_read_over_the_wire_and_asked_for_changes_only(
    yahoo_server: YahooServer, feed: RssFeed
) -> None:
    story = Article(
        id="s1",
        title="OpenAI's Stargate is slow to start",
        publisher="The Wall Street Journal",
        published=NOW - timedelta(hours=1),
        symbols=(),
    )
    yahoo_server.world.articles.append(story)
    (found,) = feed.headlines()
    assert (found.title, found.publisher) == (story.title, story.publisher)
    assert (found.published, found.received, found.source) == (story.published, NOW, "Example")
    assert feed.headlines(["NVDA"]) == ()
    yahoo_server.world.articles.append(Article(**{**_fields(story), "id": "s2", "title": "Another"}))
    assert len(feed.headlines()) == 2


def _fields(story: Article) -> dict[str, Any]:
    return {name: getattr(story, name) for name in Article.__slots__}


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault(status=404), "answered 404 Not Found"),
        (Fault(status=503), "answered 503 Service Unavailable"),
        (Fault(body=b"<html><body>Moved</body></html>"), "no feed but a web page"),
        (Fault(body=b""), "not a feed"),
        (Fault(pad_mb=50), "longer than 2 MB"),
        (Fault(truncate=True), "broke off"),
    ],
    ids=["404", "503", "html", "empty", "huge", "truncated"],
)
def test_that_a_feed_that_fails_says_so(
    yahoo_server: YahooServer, feed: RssFeed, fault: Fault, reason: str
) -> None:
    yahoo_server.fail("feed", fault)
    with pytest.raises(ProviderError, match=reason):
        feed.headlines()
    yahoo_server.heal()
    assert feed.headlines() == ()


def test_that_too_many_requests_is_said(yahoo_server: YahooServer, feed: RssFeed) -> None:
    yahoo_server.fail("feed", Fault(status=429))
    with pytest.raises(ProviderError) as caught:
        feed.headlines()
    assert caught.value.rate_limited


def test_that_a_feed_that_hangs_is_left_in_time(yahoo_server: YahooServer, yahoo_env: dict[str, str]) -> None:
    assert yahoo_env
    fetch = PageFetcher(limits=Limits(connect_seconds=0.5, total_seconds=0.6))
    yahoo_server.fail("feed", Fault(hang=True))
    with pytest.raises(ProviderError, match="no answer within 1 s") as caught:
        RssFeed("Example", URL, "Example News", fetch, FakeClock(NOW)).headlines()
    assert caught.value.offline


def test_that_a_closed_fetcher_refuses(
    yahoo_server: YahooServer, fetcher: PageFetcher, feed: RssFeed
) -> None:
    fetcher.close()
    with pytest.raises(ProviderError, match="closing"):
        feed.headlines()
    assert yahoo_server.counts == {}


def test_that_validators_are_kept_only_after_a_feed_was_read() -> None:
    pages = [
        WebPage(200, {"etag": '"bad"'}, b"<html>"),
        WebPage(200, {"etag": '"good"', "last-modified": "Wed, 14 Jan 2026 14:00:00 GMT"}, document(item())),
        WebPage(304, {}, b""),
    ]
    asked: list[Mapping[str, str]] = []

    def fetch(url: str, headers: Mapping[str, str]) -> WebPage:
        assert url == URL
        asked.append(dict(headers))
        return pages[len(asked) - 1]

    feed = RssFeed("Example", URL, "Example News", fetch, FakeClock(NOW))
    with pytest.raises(ProviderError):
        feed.headlines()
    assert len(feed.headlines()) == 1
    assert feed.headlines() == ()
    assert asked == [
        {},
        {},
        {"If-None-Match": '"good"', "If-Modified-Since": "Wed, 14 Jan 2026 14:00:00 GMT"},
    ]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("&lt;b&gt;NVIDIA&lt;/b&gt; &amp;amp; OpenAI", "NVIDIA & OpenAI"),
        ("<![CDATA[<script>alert(1)</script>AMD rises]]>", "AMD rises"),
        ("A \u202eB\u202c \u2066C", "A B C"),
        ("P/E &lt; 5 and rising", "P/E < 5 and rising"),
        ("한국 업스테이지, 솔라 공개", "한국 업스테이지, 솔라 공개"),
        ("x" * 4000, "x" * 299 + "…"),
    ],
)
def test_that_a_title_becomes_plain_bounded_text(title: str, shown: str) -> None:
    assert parse(item(title))[0].title == shown


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "/relative", "", "http://[x/"]
)
def test_that_an_entry_without_a_web_address_is_dropped(link: str) -> None:
    assert parse(item(link=link), item("Sound")) == parse(item("Sound"))


@pytest.mark.parametrize(
    ("link", "whole"),
    [
        ("/2026/a", "https://paper.example.org/2026/a"),
        ("b?id=1", "https://paper.example.org/rss/b?id=1"),
        ("//cdn.example.org/c", "https://cdn.example.org/c"),
        ("https://example.org/엔비디아 급등", "https://example.org/엔비디아%20급등"),
    ],
)
def test_that_a_link_without_its_server_is_of_the_feeds(link: str, whole: str) -> None:
    page = WebPage(200, {}, document(item(link=link)))
    url = "https://paper.example.org/rss/all.xml"
    (found,) = RssFeed("Example", url, "News", lambda _url, _headers: page, FakeClock(NOW)).headlines()
    assert found.url == whole


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "", "http://[x/"])
def test_that_no_server_is_given_to_what_is_no_link(link: str) -> None:
    page = WebPage(200, {}, document(item(link=link)))
    url = "https://paper.example.org/rss/all.xml"
    feed = RssFeed("Example", url, "News", lambda _url, _headers: page, FakeClock(NOW))
    assert feed.headlines() == ()


def test_that_an_entry_without_a_title_is_dropped() -> None:
    assert parse(item(""), item("<![CDATA[<img src=x>]]>")) == ()


def test_that_a_publisher_named_by_the_entry_leaves_the_title() -> None:
    source = '<source url="https://reuters.com">Reuters</source>'
    (found,) = parse(item("Chips fall - again - Reuters", more=source))
    assert (found.title, found.publisher) == ("Chips fall - again", "Reuters")
    (kept,) = parse(item("Chips fall - Reuters"))
    assert (kept.title, kept.publisher) == ("Chips fall - Reuters", "Example News")


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Wed, 14 Jan 2026 23:00:00 +0900", NOW - timedelta(hours=1)),
        ("2026-01-14T09:30:00-05:00", NOW - timedelta(minutes=30)),
        ("Wed, 14 Jan 2026 23:00:00 KST", NOW - timedelta(hours=1)),
        ("Wed, 14 Jan 2026 15:50:00 CET", NOW - timedelta(minutes=10)),
        ("Thu, 15 Jan 2026 15:00:00 GMT", NOW),
        ("whenever", NOW),
    ],
)
def test_that_dates_are_sane_and_never_in_the_future(date: str, published: datetime) -> None:
    (found,) = parse(item(more=f"<pubDate>{date}</pubDate>"))
    assert found.published == published


def test_that_a_feed_in_a_zone_it_does_not_name_keeps_the_order_and_distance_of_its_news() -> None:
    seoul = [NOW + timedelta(hours=9) - timedelta(hours=n, minutes=10) for n in range(12)]
    rows = [
        item(f"T{n}", f"https://example.org/{n}", f"<pubDate>{at:%Y-%m-%dT%H:%M:%S}</pubDate>")
        for n, at in enumerate(seoul)
    ]
    found = parse(*rows)
    assert [headline.published for headline in found] == [at - timedelta(hours=9) for at in seoul[::-1]]
    assert [h.published for h in parse(*rows[:2])] == [NOW, NOW]  # two may be slips


@pytest.mark.parametrize(
    ("date", "title", "hours_ago"),
    [
        ("2026-01-14 18:00:00", KOREAN, 6),  # nothing of it lies in the future
        ("2026-01-14 23:30:00", KOREAN, 0.5),
        ("2026-01-14T10:00:00", KOREAN, 14),
        ("Wed, 14 Jan 2026 18:00:00", KOREAN, 6),
        ("Wed, 14 Jan 2026 09:00:00 GMT", KOREAN, 6),
        ("2026-01-14T18:00:00+09:00", KOREAN, 6),
        ("2026-01-14 오후 06:00:00", KOREAN, 6),
        ("2026.01.14 18:00", KOREAN, 6),
        ("2026/1/14 18:00:00.0", KOREAN, 6),
        ("2026년 1월 14일 (수) 오전 12:30", KOREAN, 23.5),
        ("2026/01/14 09:00:00", "Samsung wins an order", 6),
        ("Wed, 14 Jan 2026 09:00:00", "Samsung wins an order", 6),
        ("2026-01-14 09:00:00", "Samsung wins an order", 6),
    ],
)
def test_that_a_korean_paper_that_names_no_zone_writes_its_own_time(
    date: str, title: str, hours_ago: float
) -> None:
    (found,) = parse(item(title, more=f"<pubDate>{date}</pubDate>"))
    assert found.published == NOW - timedelta(hours=hours_ago)


@pytest.mark.parametrize(
    "date",
    [
        "Tue, 22 Jul 2025 18:02:00 +09",
        "Tue, 22 Jul 2025 18:02:00 GMT+9",
        "Tue, 22 Jul 2025 6:02 PM KST",
        "Tue, 22 Jul 2025 14:32:00 IST",
        "Tue, 22 Jul 2025 17:02:00 SGT",
        "2025-07-22 18:02:00 +0900",
        "2025-07-22T18:02:00+09",
        "2025-07-22T18:02:00+09:00[Asia/Seoul]",
        "2025-07-22 05:02:00 EDT",
        "2025-07-22 09:02:00 UTC",
        "2025-07-22 9:02 AM",
        "Jul 22, 2025, 9:02 AM",
        "20250722090200",
        "20250722T0902",
    ],
)
def test_that_a_date_written_its_own_way_keeps_its_hour(date: str) -> None:
    (found,) = parse(item(more=f"<pubDate>{date}</pubDate>"))
    assert found.published == datetime(2025, 7, 22, 9, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "read"), [("12:02 AM", 0), ("1:02 AM", 1), ("12:02 PM", 12), ("11:02 PM", 23)]
)
@pytest.mark.parametrize("day", ["2025-07-22", "Jul 22, 2025"])
def test_that_noon_and_midnight_are_told_apart(day: str, hour: str, read: int) -> None:
    (found,) = parse(item(more=f"<pubDate>{day} {hour}</pubDate>"))
    assert found.published == datetime(2025, 7, 22, read, 2, tzinfo=UTC)


@given(
    st.integers(0, 30 * 365 * 86_400).map(lambda seconds: NOW - timedelta(seconds=seconds)),
    st.integers(-11, 13),
    st.sampled_from(
        ("%a, %d %b %Y %H:%M:%S ", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S ", "%Y.%m.%d %H:%M:%S ")
    ),
    st.sampled_from(("{:+03d}00", "{:+03d}:00", "{:+03d}", "{:+d}")),
)
def test_that_a_moment_is_the_same_in_whatever_zone_and_way_it_is_written(
    moment: datetime, ahead: int, way: str, zone: str
) -> None:
    zoned = moment.astimezone(timezone(timedelta(hours=ahead)))
    (found,) = parse(item(more=f"<pubDate>{zoned:{way}}{zone.format(ahead)}</pubDate>"))
    assert found.published == moment


@given(st.text("0123456789-./:T Z+년월일오전후AMPKSTGU\u00b2[]"))
def test_that_no_date_whatever_makes_the_reader_fail(text: str) -> None:
    found = entry_time({"published": text, "title": "삼성"})
    assert found is None or found.tzinfo is not None


def test_that_a_date_that_is_none_leaves_the_word_to_the_other() -> None:
    dates = "<pubDate>today</pubDate><dc:date>2026-01-14T14:00:00Z</dc:date>"
    head = b'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    body = document(item(more=dates)).replace(b'<rss version="2.0">', head)
    (found,) = parse_feed(body, "Example", "Example News", NOW)
    assert found.published == NOW - timedelta(hours=1)


def test_that_an_entry_without_a_date_has_the_time_of_receipt_and_an_ancient_one_is_dropped() -> None:
    assert parse(item())[0].published == NOW
    assert parse(item(more="<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>")) == ()


def test_that_ids_are_stable_and_entries_come_once() -> None:
    guid = '<guid isPermaLink="false">abc</guid>'
    first, again = item(more=guid), item("The same, corrected", "https://example.org/b", guid)
    assert [h.id for h in parse(first)] == [h.id for h in parse(again)] == [h.id for h in parse(first, again)]


def test_that_two_papers_that_number_their_articles_alike_lose_none() -> None:
    guid = '<guid isPermaLink="false">20260114093</guid>'
    one, other = (
        item(link="https://one.example/a", more=guid),
        item(link="https://other.example/a", more=guid),
    )
    assert len({headline.id for row in (one, other) for headline in parse(row)}) == 2


def test_that_no_more_than_200_entries_are_read() -> None:
    rows = (item(f"Title {n}", f"https://example.org/{n}") for n in range(500))
    assert len(parse(*rows)) == 200


def test_that_not_modified_is_no_answer_to_who_has_read_nothing_yet() -> None:
    page = WebPage(304, {}, b"")
    feed = RssFeed("Example", URL, "Example News", lambda _url, _headers: page, FakeClock(NOW))
    with pytest.raises(ProviderError, match="Example: answered 304 Not Modified"):
        feed.headlines()


def test_that_of_a_long_feed_the_newest_entries_are_read_wherever_they_stand() -> None:
    rows = []
    for n in range(500):
        date = format_datetime(NOW - timedelta(minutes=500 - n))
        rows.append(item(f"Title {n}", f"https://example.org/{n}", f"<pubDate>{date}</pubDate>"))
    found = parse(*rows)
    assert [headline.title for headline in found] == [f"Title {n}" for n in range(300, 500)]


def test_that_of_a_long_feed_without_dates_the_first_entries_are_read() -> None:
    found = parse(*(item(f"Title {n}", f"https://example.org/{n}") for n in range(500)))
    assert {headline.title for headline in found} == {f"Title {n}" for n in range(200)}


def test_that_invalid_utf8_is_survived() -> None:
    body = document(item("NVIDIA \u00e9 falls")).replace("\u00e9".encode(), b"\xe9\xff")
    (found,) = parse_feed(body, "Example", "Example News", NOW)
    assert found.title.startswith("NVIDIA ")


def korean_feed(declared: str, *titles: str) -> str:
    rows = "".join(item(title, f"https://example.org/{n}") for n, title in enumerate(titles))
    return f"<?xml version='1.0'{declared}?><rss version='2.0'><channel>{rows}</channel></rss>"


@pytest.mark.parametrize("declared", ["", " encoding='utf-8'"])
@pytest.mark.parametrize("title", [KOREAN, "Nvidia’s order – “largest yet”"])
def test_that_a_letter_cut_in_the_middle_spoils_its_own_title_only(declared: str, title: str) -> None:
    body = korean_feed(declared, title, "엔비디아 급락 하").encode().replace("하<".encode(), b"\xed\x95<")
    found = parse_feed(body, "Example", "Example News", NOW)
    assert {headline.title for headline in found} == {title, "엔비디아 급락 �"}


@pytest.mark.parametrize("declared", ["euc-kr", "EUC-KR", "ks_c_5601-1987", "x-windows-949", "utf-8", None])
def test_that_a_korean_feed_is_read_whatever_it_says_to_be(declared: str | None) -> None:
    said = "" if declared is None else f' encoding="{declared}"'
    body = korean_feed(said, KOREAN, "엔비디아·AMD 신제품").encode("cp949")
    found = parse_feed(body, "Example", "Example News", NOW)
    assert {headline.title for headline in found} == {KOREAN, "엔비디아·AMD 신제품"}


def test_that_letters_that_only_korean_windows_knows_spoil_no_title() -> None:
    body = korean_feed(' encoding="euc-kr"', KOREAN, "똠방각하 펲시 뷁").encode("cp949")
    found = parse_feed(body, "Example", "Example News", NOW)
    assert {headline.title for headline in found} == {KOREAN, "똠방각하 펲시 뷁"}


@pytest.mark.parametrize("declared", ["", " encoding='iso-8859-1'", " encoding='windows-1252'"])
def test_that_western_text_is_not_taken_for_korean(declared: str) -> None:
    body = korean_feed(declared, "Société Générale on Nvidia’s café").encode("cp1252")
    assert parse_feed(body, "Example", "Example News", NOW)[0].title == "Société Générale on Nvidia’s café"


@pytest.mark.parametrize(
    "damage", [b"&#x110000;", b"&#99999999999;", b"<![ x", b"\x00", b"<!ELEMENT", b"]]>"]
)
@pytest.mark.parametrize("place", [b"<title>", b"<link>", b"<channel>", b"<?xml"])
def test_that_damage_anywhere_ends_in_headlines_or_a_provider_error(damage: bytes, place: bytes) -> None:
    body = document(item("<![CDATA[A <b>b</b>]]>")).replace(place, place + damage)
    with contextlib.suppress(ProviderError):
        found = parse_feed(body, "Example", "Example News", NOW)
        assert all(h.title and h.url.startswith("https://") for h in found)


def test_that_a_feed_that_declares_entities_is_refused_before_it_is_read() -> None:
    head = (
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY a "ha">'
        b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    )
    body = head + document(item("T &x; &c; end")).partition(b"?>")[2]
    with pytest.raises(ProviderError, match="declares entities"):
        parse_feed(body, "Example", "Example News", NOW)


def test_that_no_time_is_spent_on_texts_that_nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two megabytes of comments in a description took minutes."""

    def clean(*_: object) -> str:
        raise AssertionError("cleaned")

    monkeypatch.setattr("feedparser.mixin._sanitize_html", clean)
    (found,) = parse(item(more=f"<description>{'&lt;!--' * 9}</description>"))
    assert found.title == "Stargate is slow to start"


def test_that_bytes_that_look_like_a_path_are_not_opened() -> None:
    with pytest.raises(ProviderError, match="not a feed"):
        parse_feed(__file__.encode(), "Example", "Example News", NOW)


def test_that_one_fetcher_serves_several_threads(yahoo_server: YahooServer, fetcher: PageFetcher) -> None:
    pages: list[WebPage] = []

    def work(number: int) -> None:
        pages.append(fetcher(f"https://host{number % 3}.example.org/feed", {}))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert [page.status for page in pages] == [200] * 6
    assert yahoo_server.counts == {"feed": 6}


def test_that_redirects_end_somewhere_and_lead_to_no_file(yahoo_server: YahooServer, feed: RssFeed) -> None:
    loop = Fault(status=302, body=b"", headers=(("Location", URL),))
    yahoo_server.fail("feed", loop)
    with pytest.raises(ProviderError, match="sent on too often"):
        feed.headlines()
    assert yahoo_server.counts["feed"] <= 7
    for address in ("file:///etc/hostname", "ftp://example.org/x"):
        yahoo_server.fail("feed", Fault(status=302, body=b"", headers=(("Location", address),)))
        with pytest.raises(ProviderError):
            feed.headlines()


def test_that_a_login_page_is_told_apart_from_a_broken_feed(yahoo_server: YahooServer, feed: RssFeed) -> None:
    yahoo_server.fail("feed", Fault(body=b"\n<!DOCTYPE html><html><form>Accept the terms</form></html>"))
    with pytest.raises(ProviderError, match=r"a login page \(captive portal\)\?"):
        feed.headlines()


def test_that_a_feed_that_failed_is_read_again_with_its_conditions(
    yahoo_server: YahooServer, feed: RssFeed
) -> None:
    feed.headlines()
    yahoo_server.fail("feed", Fault(status=503))
    with pytest.raises(ProviderError):
        feed.headlines()
    yahoo_server.heal()
    assert feed.headlines() == ()


def test_that_a_feed_that_asks_to_be_left_alone_is_not_asked_again(
    yahoo_server: YahooServer, feed: RssFeed
) -> None:
    yahoo_server.fail("feed", Fault(status=503, headers=(("Retry-After", "600"),), times=1))
    for _ in range(3):
        with pytest.raises(ProviderError, match="answered 503 Service Unavailable") as caught:
            feed.headlines()
        assert caught.value.rate_limited
        assert caught.value.retry_after is not None
        assert 590 < caught.value.retry_after <= 600
    assert yahoo_server.counts["feed"] == 1


def test_that_a_feed_that_drips_is_left_in_time(yahoo_server: YahooServer, yahoo_env: dict[str, str]) -> None:
    assert yahoo_env
    fetch = PageFetcher(limits=Limits(connect_seconds=0.5, total_seconds=0.9))
    yahoo_server.fail("feed", Fault(drip=0.05))
    with pytest.raises(ProviderError, match="no whole answer within 1 s"):
        RssFeed("Example", URL, "Example News", fetch, FakeClock(NOW)).headlines()
