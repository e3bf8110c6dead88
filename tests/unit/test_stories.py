import re
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz
from tests.unit.factories import OPEN, headline, reading

from stackwatch.analysis.stories.likeness import SIMILAR
from stackwatch.analysis.stories.story_book import SPAN, StoryBook
from stackwatch.analysis.stories.timeline import in_order
from stackwatch.analysis.titles.reading import Reader
from stackwatch.domain.news import Reading, Story

SLOW = reading("stargate", "openai", tone=-1)


def hours(n: float) -> timedelta:
    return timedelta(hours=n)


def test_that_copies_of_a_report_are_one_story_told_by_the_earliest() -> None:
    book = StoryBook()
    book.add(headline("SoftBank and OpenAI’s $500bn Stargate is slow to start", OPEN), SLOW)
    book.add(headline("SoftBank, OpenAI's $500bn Stargate slow to start", OPEN + hours(1), "Slashdot"), SLOW)
    story = book.add(
        headline("Stargate, $500bn venture of SoftBank and OpenAI is slow to start", OPEN - hours(2), "FT"),
        SLOW,
    )
    assert book.stories == (story,)
    assert (story.copies, story.lead.publisher) == (3, "FT")
    assert story.publishers == ("WSJ", "Slashdot", "FT")
    assert story.last_published == OPEN + hours(1)


def test_that_other_key_numbers_are_another_story() -> None:
    book = StoryBook()
    book.add(headline("Oracle adds 4.5 GW to Stargate site"), SLOW)
    book.add(headline("Oracle adds 10 GW to Stargate site", OPEN + hours(1)), SLOW)
    book.add(headline("Oracle adds 4.5 GW in 2027 to Stargate site", OPEN + hours(2)), SLOW)
    book.add(headline("Oracle adds GW to Stargate site", OPEN + hours(3)), SLOW)
    assert [story.copies for story in book.stories] == [3, 1]


def test_that_a_title_with_news_of_somebody_else_is_another_story() -> None:
    book = StoryBook()
    first, second = "Tech stocks today: Stargate is slow to start, ", "Oracle wins a deal with Meta"
    book.add(headline(f"{first}{second}"), reading("stargate", "ORCL", "META"))
    book.add(headline(f"{first}Intel shows a new chip"), reading("stargate", "INTC"))
    book.add(headline("Tech stocks today: Oracle wins a deal with Meta"), reading("ORCL", "META"))
    assert sorted((story.copies, *story.entities) for story in book.stories) == [
        (1, "stargate", "INTC"),
        (2, "stargate", "ORCL", "META"),
    ]


def test_that_a_thousands_mark_does_not_change_a_number() -> None:
    book = StoryBook()
    book.add(headline("Meta plans 1,300,000 GPUs this year"), reading("META"))
    book.add(headline("Meta plans 1300000 GPUs this year"), reading("META"))
    assert len(book.stories) == 1


def test_that_a_denial_is_another_story() -> None:
    book = StoryBook()
    book.add(headline("Stargate is slow to start"), SLOW)
    book.add(
        headline("OpenAI denies Stargate is slow to start", OPEN + hours(1)), reading("stargate", tone=1)
    )
    assert len(book.stories) == 2


def test_that_a_story_without_a_common_entity_is_another() -> None:
    book = StoryBook()
    book.add(headline("Chip maker cuts its outlook"), reading("INTC"))
    book.add(headline("Chip maker cuts its outlook", publisher="FT"), reading("AMD"))
    assert len(book.stories) == 2


def test_that_a_publisher_written_in_capitals_is_no_second_source() -> None:
    book = StoryBook()
    for hour, publisher in enumerate(("Reuters", "REUTERS", "FT", "Ft")):
        told = book.add(headline("Stargate is slow to start", OPEN + hours(hour), publisher), SLOW)
    assert (told.copies, told.publishers) == (4, ("Reuters", "FT"))
    assert told.publishers_by(OPEN + hours(2)) == ("Reuters", "FT")


def test_that_the_same_title_after_72_hours_is_a_new_story() -> None:
    book = StoryBook()
    title = "Nvidia to report earnings this week"
    book.add(headline(title, OPEN), reading("NVDA"))
    book.add(headline(title, OPEN + hours(60), "FT"), reading("NVDA"))
    book.add(headline(title, OPEN + hours(100), "CNBC"), reading("NVDA"))
    assert [story.copies for story in book.stories] == [2, 1]


def test_that_about_gives_the_newest_first_and_only_what_still_mentions_the_entity() -> None:
    book = StoryBook()
    first = book.add(headline("Stargate is slow to start", OPEN), reading("stargate", "ORCL", tone=-1))
    second = book.add(headline("Oracle opens campus in Ohio", OPEN + hours(1)), reading("ORCL"))
    assert book.about("ORCL") == (second, first)
    grown = book.add(
        headline("Stargate is slow to start!", OPEN - hours(1), "FT"), reading("stargate", tone=-1)
    )
    assert book.about("ORCL") == (second,)
    assert book.about("stargate") == (grown,)
    assert book.about("nobody") == ()


def test_that_a_book_continues_with_kept_stories() -> None:
    kept = StoryBook()
    kept.add(headline("Stargate is slow to start"), SLOW)
    book = StoryBook(kept.stories)
    assert book.add(headline("Stargate is slow to start", OPEN + hours(1), "FT"), SLOW).copies == 2


TITLES = st.sampled_from(
    [
        "Stargate is slow to start",
        "Stargate slow to start",
        "Oracle adds 4.5 GW",
        "Oracle adds 10 GW",
        "!",
        "오픈AI 투자",
    ]
)


@settings(max_examples=80)
@given(st.lists(st.tuples(TITLES, st.integers(0, 200), st.sampled_from([-1, 0, 1])), max_size=15))
def test_that_no_headline_is_lost_and_no_story_spans_more_than_72_hours(
    rows: list[tuple[str, int, int]],
) -> None:
    book = StoryBook()
    for index, (title, hour, tone) in enumerate(rows):
        when = OPEN + hours(hour)
        story: Story = book.add(headline(title, when, key=str(index)), reading("stargate", tone=tone))
        assert story.lead.published <= when <= story.last_published
    assert sum(story.copies for story in book.stories) == len(rows)
    assert all(story.last_published - story.lead.published <= SPAN for story in book.stories)
    assert list(book.stories) == sorted(book.stories, key=lambda s: s.lead.published)


def test_that_reports_are_counted_by_their_own_time_and_what_is_not_known_one_by_one_behind_them() -> None:
    book = StoryBook()
    for n in range(30):
        story = book.add(headline("Stargate is slow to start", OPEN + hours(n), f"P{n}"), SLOW)
    assert (story.copies, len(story.reports)) == (30, 24)
    assert story.copies_since(OPEN - hours(1), OPEN + hours(29)) == 30
    assert story.copies_since(OPEN, OPEN + hours(2)) == 2
    assert story.copies_since(OPEN + hours(20), OPEN + hours(29)) == 9
    assert story.copies_since(OPEN + hours(26), OPEN + hours(29)) == 1  # the newest for sure
    assert story.copies_since(OPEN + hours(29), OPEN + hours(40)) == 0


def test_that_a_copy_is_found_behind_five_titles_that_are_more_alike_and_tell_of_others() -> None:
    book = StoryBook()
    for n in range(6):
        book.add(headline(f"Nvidia signs a supply deal with Oracle for site {n}"), reading("NVDA", "ORCL"))
    told = book.add(
        headline("Nvidia signs some supply contract with Oracle for site 7"), reading("NVDA", "ORCL")
    )
    copy = headline("Nvidia signs a supply deal with Oracle for site 7", OPEN + hours(1), "FT")
    assert book.add(copy, reading("NVDA", "ORCL")).id == told.id


def grouped(reader: Reader, *titles: str, apart: float = 1.0) -> list[int]:
    """How many reports each story has, of titles that come some hours apart."""
    book = StoryBook()
    for place, title in enumerate(titles):
        book.add(headline(title, OPEN + hours(place * apart), f"P{place}"), reader.read(title))
    return [story.copies for story in book.stories]


@pytest.mark.parametrize(
    ("told", "report"),
    [
        ("Nvidia shares drop after China bans H20 chips", "China bans Nvidia H20 chips"),
        ("Will Oracle cut 30,000 jobs?", "Oracle to cut 30,000 jobs"),
    ],
)
def test_that_no_report_hides_in_what_reports_nothing_whichever_comes_first(
    reader: Reader, told: str, report: str
) -> None:
    assert grouped(reader, told, report) == grouped(reader, report, told) == [1, 1]


def test_that_two_sums_are_two_stories_though_the_first_title_named_none(reader: Reader) -> None:
    deals = (
        "CoreWeave signs contract with Meta",
        *(f"CoreWeave signs ${n} billion contract with Meta" for n in (14, 6)),
    )
    assert grouped(reader, *deals) == [2, 1]


@pytest.mark.parametrize("reason", ["demand", "tariff"])
def test_that_talk_of_a_price_is_another_day_another_story(reader: Reader, reason: str) -> None:
    falls = ("Nvidia shares fall 3% on tariff fears", f"Nvidia shares fall 3% on {reason} fears")
    assert grouped(reader, *falls) == [2]
    assert grouped(reader, *falls, apart=20) == [1, 1]


def test_that_each_brokers_verdict_is_a_story_of_its_own(reader: Reader) -> None:
    assert grouped(reader, "Goldman Sachs upgrades AMD to buy", "Citi upgrades AMD to buy") == [1, 1]
    assert grouped(reader, "Citi upgrades AMD to buy", "Citigroup upgrades AMD to buy") == [2]
    assert grouped(reader, "KB증권 “삼성전자 목표주가 상향”", "키움증권 “삼성전자 목표주가 상향”") == [1, 1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("UPDATE 1-Nvidia to cut orders from TSMC", "UPDATE 2-Nvidia to cut orders from TSMC"),
        ("(2nd LD) SK hynix breaks ground on plant", "(3rd LD) SK hynix breaks ground on plant"),
        ("(2보) 삼성전자, 엔비디아에 HBM4 공급", "(3보) 삼성전자, 엔비디아에 HBM4 공급"),
    ],
)
def test_that_how_often_an_agency_told_it_is_no_key_number(reader: Reader, first: str, second: str) -> None:
    assert grouped(reader, first, second) == [2]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Nvidia first-quarter revenue beats estimates", "Nvidia fourth-quarter revenue beats estimates"),
        ("Micron sees DRAM shortage in first half", "Micron sees DRAM shortage in second half"),
        ("삼성전자, 상반기 HBM 증설", "삼성전자, 하반기 HBM 증설"),
    ],
)
def test_that_another_quarter_or_half_is_another_story_though_it_is_spelt_out(
    reader: Reader, first: str, second: str
) -> None:
    assert grouped(reader, first, second) == [1, 1]


def test_that_a_quarter_is_one_however_it_is_written(reader: Reader) -> None:
    ways = ("Nvidia's first-quarter revenue beats estimates", "Nvidia's Q1 revenue beats estimates")
    assert grouped(reader, *ways) == [2]


WORDS = ["Nvidia", "nvidias", "signs", "signed", "a", "supply", "deal", "deals", "for", "2", "3", "투자", "-"]
WORDED = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
NAMED = st.lists(st.sampled_from(["NVDA", "ORCL", "openai"]), min_size=1, max_size=3, unique=True)


def plainly_matched(book: StoryBook, title: str, told: Reading, when: datetime) -> str | None:
    """The id of the story that a title belongs to, by comparing it with every other of its names."""
    best, matched = SIMILAR, None
    stories = {story.id: story for name in told.entities for story in reversed(book.about(name))}
    for story in stories.values():
        lead, reading_of = story.lead, story.reading
        score = fuzz.token_set_ratio(in_order(title), in_order(lead.title))
        span = max(story.last_published, when) - min(lead.published, when)
        names, others = set(told.entities), set(story.entities)
        numbers, figures = set(re.findall(r"\d", title)), set(re.findall(r"\d", lead.title))
        all_figures = set(re.findall(r"\d", " ".join(copy.title for copy in story.reports)))
        if (
            (score > best or (score == best and matched is None))
            and span <= SPAN
            and told.tone * reading_of.tone >= 0
            and (names <= others or others <= names)
            and (numbers <= figures or figures <= numbers)
            and (not numbers or not all_figures or numbers & all_figures)
        ):
            best, matched = score, story.id
    return matched


@settings(max_examples=200)
@given(st.lists(st.tuples(WORDED, NAMED, st.integers(0, 100), st.sampled_from([-1, 0, 1])), max_size=14))
def test_that_the_story_of_a_headline_is_that_of_comparing_it_with_every_other(
    rows: list[tuple[str, list[str], int, int]],
) -> None:
    book = StoryBook()
    for index, (title, names, hour, tone) in enumerate(rows):
        told, when = reading(*names, tone=tone), OPEN + hours(hour)
        expected = plainly_matched(book, title, told, when)
        assert book.add(headline(title, when, key=str(index)), told).id == (expected or str(index))
