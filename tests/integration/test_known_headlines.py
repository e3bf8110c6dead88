"""A headline that comes again is one; one that only looks like another in its address or title is none."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unicodedata import normalize

import pytest
from tests.support.rig import Rig, build_rig

from stackwatch.domain.news import Life
from stackwatch.providers.rss import parse_feed
from stackwatch.storage.table_file import read_headlines


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    return build_rig(tmp_path)


def _told(rig: Rig) -> set[str]:
    return {story.lead.title for story in rig.engine.newsroom.stories}


@pytest.mark.parametrize(
    "address",
    [
        "https://www.thelec.kr/news/articleView.html?idxno={}",
        "https://news.example.com/view?category=it&no={}#comments",
        "https://example.com/?p={}",
    ],
)
def test_that_articles_of_a_paper_that_numbers_them_in_the_query_are_all_kept(rig: Rig, address: str) -> None:
    titles = ("Nvidia wins a contract from OpenAI", "AMD sues a rival over patents", "Oracle cuts 900 jobs")
    reports = [
        replace(rig.market.report(title), url=address.format(1001 + number))
        for number, title in enumerate(titles)
    ]

    rig.engine.newsroom.accept(reports)

    assert _told(rig) == set(titles)


@pytest.mark.parametrize(
    "other",
    [
        "https://example.com/news/1234?utm_source=rss&utm_medium=feed",
        "http://www.example.com/news/1234/?mod=mw_rss&.tsrc=rss#top",
        "https://example.com/news/1234?fbclid=IwAR0x7",
    ],
)
def test_that_an_article_is_one_wherever_its_reader_came_from(rig: Rig, other: str) -> None:
    first = replace(rig.market.report("Nvidia wins a contract"), url="https://example.com/news/1234")
    again = replace(rig.market.report("Nvidia is given a contract, says OpenAI"), url=other)

    rig.engine.newsroom.accept([first])
    rig.engine.newsroom.accept([again])

    assert [(s.lead.title, s.copies) for s in rig.engine.newsroom.stories] == [("Nvidia wins a contract", 1)]


def test_that_a_numbered_article_is_one_in_whatever_order_its_query_is_written(rig: Rig) -> None:
    ways = ("https://example.com/view?oid=15&aid=77", "https://example.com/view?aid=77&oid=15&utm_source=x")
    for way in ways:
        rig.engine.newsroom.accept([replace(rig.market.report(f"Nvidia wins {way[-3:]}"), url=way)])

    assert [story.copies for story in rig.engine.newsroom.stories] == [1]


def test_that_hangul_written_in_its_parts_is_a_copy_of_the_same_title(rig: Rig, tmp_path: Path) -> None:
    title = "삼성전자, 엔비디아에 3조원 규모 메모리 공급 계약"
    now, apart = rig.clock.now(), normalize("NFD", title)
    row = f"<item><title>{apart}</title><link>https://example.com/a</link></item>"
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{row}</channel></rss>'.encode()
    table = tmp_path / "own.csv"
    table.write_text(
        f'published,publisher,title,link\n{now.isoformat()},한국경제,"{apart}",\n', encoding="utf-8"
    )

    rig.engine.newsroom.accept([rig.market.report(title, publisher="연합뉴스")])
    rig.engine.newsroom.accept(parse_feed(feed, "feed", "매일경제", now))
    rig.engine.newsroom.accept(read_headlines(table, now, lambda rows: None).headlines)

    (story,) = rig.engine.newsroom.stories
    assert story.publishers == ("연합뉴스", "매일경제", "한국경제")
    assert {report.title for report in story.reports} == {title}


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("Hanmi Semiconductor wins a contract from SK hynix", 20),
        ("Nvidia shares fall on tariff fears", 1),
    ],
)
def test_that_the_same_title_of_a_later_day_is_a_report_of_its_own(rig: Rig, title: str, days: int) -> None:
    first = rig.market.report(title, publisher="Yonhap")
    again = rig.market.report(title, publisher="Yonhap")
    first = replace(first, published=first.published - timedelta(days=days))

    rig.engine.newsroom.accept([first])
    rig.engine.newsroom.accept([again])

    assert [story.lead.id for story in rig.engine.newsroom.stories] == [first.id, again.id]


REPORT = "Nvidia in talks to buy Arm, sources say"
DENIAL = "Nvidia denies talks to buy Arm"


@pytest.mark.parametrize("same_id", [True, False])
def test_that_a_report_that_is_edited_into_its_denial_is_read_once_and_denies_it(
    tmp_path: Path, rig: Rig, *, same_id: bool
) -> None:
    first = replace(rig.market.report(REPORT), url="https://example.com/a/1")
    edited = replace(first, title=DENIAL, id=first.id if same_id else "another")
    rig.engine.newsroom.accept([first])
    rig.clock.advance(hours=3)
    seen = rig.clock.now()
    assert {s.lead.title for s in rig.engine.newsroom.accept([edited])} == {REPORT, DENIAL}
    rig.clock.advance(days=1)

    def told() -> list[tuple[str, int, Life, list[Life]]]:
        stories = rig.engine.newsroom.stories
        return [(s.lead.title, s.copies, s.reading.life, [turn.kind for turn in s.turns]) for s in stories]

    expected = [(REPORT, 1, Life.REPORTED, [Life.DENIED]), (DENIAL, 1, Life.DENIED, [])]
    for _ in range(2):
        assert rig.engine.newsroom.accept([edited, first]) == ()
        assert told() == expected
        assert rig.engine.newsroom.stories[1].lead.published == seen
        rig = build_rig(tmp_path, now=rig.clock.now())  # a restart


def test_that_a_report_that_is_edited_otherwise_is_known(rig: Rig) -> None:
    address = "https://example.com/a/1"
    first = replace(rig.market.report(DENIAL), url=address)
    rig.engine.newsroom.accept([first])
    for title in ("Nvidia: denies talks to buy Arm", "Nvidia falls 2% as talks end", "Nvidia falls 3%"):
        assert rig.engine.newsroom.accept([replace(first, title=title)]) == ()
    assert [story.copies for story in rig.engine.newsroom.stories] == [1]


def test_that_an_edited_report_is_read_out_of_the_archive_as_well(rig: Rig, tmp_path: Path) -> None:
    first = replace(rig.market.report(REPORT), url="https://example.com/a/1")
    rig.engine.newsroom.accept([first])
    rig.clock.advance(hours=3)
    rig.engine.newsroom.accept([replace(first, title=DENIAL)])
    rig.store.news.save_stories([], [story.id for story in rig.engine.newsroom.stories])
    later = build_rig(tmp_path, now=rig.clock.now())
    later.engine.newsroom.read_archive(None, ())
    assert [story.lead.title for story in later.engine.newsroom.stories] == [REPORT, DENIAL]
