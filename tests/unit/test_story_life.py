"""What becomes of a story: taken further, denied, corrected - and what leaves it alone."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from tests.unit.factories import DAY, NOON, OPEN, PREVIOUS_CLOSE, headline, link, move, reading

from stackwatch.analysis.stories.press import Press
from stackwatch.analysis.stories.story_book import StoryBook
from stackwatch.analysis.titles.reading import Reader
from stackwatch.analysis.why.attribution import Attribution
from stackwatch.analysis.why.exposure_graph import ExposureGraph
from stackwatch.analysis.why.move_window import Window
from stackwatch.domain.news import Life, Story, StoryTheme
from stackwatch.domain.watchlist import BilingualName, Ecosystem, Language, PrivateEntity
from stackwatch.domain.words.story_words import life_lines, novelty_words, turn_words

REPORT = "SoftBank and OpenAI's $500 billion Stargate venture is slow to start"
NEW_YORK = "America/New_York"


def hours(n: float) -> timedelta:
    return timedelta(hours=n)


def told(reader: Reader, *titles: str, apart: float = 1.0) -> StoryBook:
    """File titles by different publishers, each some hours after the one before."""
    book = StoryBook()
    for place, title in enumerate(titles):
        filed = headline(title, OPEN + hours(place * apart), f"P{place}", key=str(place))
        book.tie(book.add(filed, reader.read(title), weigh=True), filed)
    return book


def turns(book: StoryBook, key: str) -> list[tuple[Life, str]]:
    story = next(story for story in book.stories if story.id == key)
    return [(turn.kind, turn.story_id) for turn in story.turns]


@pytest.mark.parametrize(
    ("report", "denial", "speaker"),
    [
        (REPORT, "OpenAI denies Stargate is slow to start", "openai"),
        (REPORT, "Report of slow Stargate start is inaccurate, SoftBank says", "9984.T"),
        ("Nvidia to delay Blackwell shipments", "Nvidia says report of Blackwell delay is wrong", "NVDA"),
        ("Oracle plans thousands of job cuts", "Plan of job cuts refuted by Oracle", "ORCL"),
        ("오픈AI·소프트뱅크 스타게이트 사업 지연", "오픈AI, 스타게이트 지연설 강력 부인", "openai"),
        ("엔비디아, HBM 감산", "엔비디아, 감산설은 사실무근", "NVDA"),
        (REPORT, "오픈AI, 스타게이트 데이터센터 착공 지연 보도 부인", "openai"),
        (
            "Samsung's HBM4 chips fail Nvidia's tests",
            '삼성전자 "엔비디아 HBM4 공급 차질은 사실무근"',
            "005930.KS",
        ),
        (REPORT, "OpenAI and Stargate deny report", "openai"),
        ("오라클, 4.5GW 데이터센터 증설 중단", "Oracle denies halting 4.5 GW data center", "ORCL"),
    ],
)
def test_that_a_denial_is_tied_to_its_report_and_names_who_denies(
    reader: Reader, report: str, denial: str, speaker: str
) -> None:
    book = told(reader, report, denial)
    assert turns(book, "0") == [(Life.DENIED, "1")]
    first = book.stories[0]
    assert first.turns[0].speaker == speaker
    assert first.denied_by(OPEN + hours(1))
    assert not first.denied_by(OPEN + hours(0.9)), "before the denial nobody had denied it"


def test_that_what_another_denies_reaches_what_was_told_since_the_first_denial(reader: Reader) -> None:
    denials = ("OpenAI, SoftBank deny Stargate is slow to start", "SoftBank denies Stargate is slow to start")
    again = "Stargate project of SoftBank is slow to start in Texas, workers say"
    book = told(reader, REPORT, denials[0], again, denials[1])
    assert turns(book, "2")[-1] == (Life.DENIED, "3")
    assert turns(book, "0")[-1] == (Life.DENIED, "3")


def test_that_a_denial_that_another_paper_prints_later_denies_nothing_told_since(reader: Reader) -> None:
    denial = "SoftBank denies Stargate is slow to start"
    book = told(reader, REPORT, denial, "SoftBank admits Stargate is slow to start", denial)
    assert turns(book, "2") == []


@pytest.mark.parametrize(
    "other",
    [
        "OpenAI denies it trained on pirated books",
        "Nvidia denies Blackwell is slow to start",
        "오픈AI, 상장설 사실무근",
        "Why OpenAI says report is wrong: 5 things to know",
        "OpenAI denies report",
        "OpenAI and Oracle deny report",
    ],
)
def test_that_an_unrelated_denial_does_not_touch_a_report(reader: Reader, other: str) -> None:
    assert turns(told(reader, REPORT, other), "0") == []


@pytest.mark.parametrize(
    ("report", "later"),
    [
        ("AMD to buy Intel foundry business", "Nvidia denies talks to buy Intel foundry business"),
        ("Nvidia in talks to buy Intel stake", "Nvidia denies talks to buy Arm stake"),
        ("삼성전자, 엔비디아 HBM4 공급 지연", "SK하이닉스, 엔비디아 HBM4 공급 지연 보도 부인"),
        ("CoreWeave signs contract with Meta", "CoreWeave signs contract with OpenAI"),
        ("Goldman Sachs upgrades AMD to buy", "Citi upgrades AMD to buy"),
    ],
)
def test_that_what_is_said_of_somebody_else_is_another_matter(
    reader: Reader, report: str, later: str
) -> None:
    book = told(reader, report, later)
    assert turns(book, "0") == []
    assert len(book.stories) == 2


@pytest.mark.parametrize(
    ("report", "denial"),
    [
        ("SoftBank's Stargate venture is slow to start", "OpenAI denies Stargate is slow to start"),
        ("Nvidia to pay part of China chip sales", "Nvidia and AMD deny they pay part of China chip sales"),
    ],
)
def test_that_who_denies_need_not_be_in_the_report(reader: Reader, report: str, denial: str) -> None:
    assert turns(told(reader, report, denial), "0") == [(Life.DENIED, "1")]


@pytest.mark.parametrize(
    ("report", "denial", "confirmed"),
    [
        (
            "Microsoft to buy Cursor maker Anysphere",
            "Microsoft denies it is to buy Cursor maker Anysphere",
            "Microsoft confirms it is to buy Cursor maker Anysphere after earlier denial",
        ),
        (
            "삼성전자, HBM4 공급 지연",
            "삼성전자, HBM4 공급 지연 부인",
            "삼성전자, HBM4 공급 지연 부인하더니 결국 시인했다",
        ),
    ],
)
def test_that_what_is_confirmed_after_its_denial_counts_again(
    reader: Reader, report: str, denial: str, confirmed: str
) -> None:
    book = told(reader, report, denial, confirmed)
    last = OPEN + hours(3)
    assert [
        (story.id, story.denied_by(last)) for story in book.stories if story.reading.life is Life.REPORTED
    ] == [
        ("0", True),
        ("2", False),
    ]


def test_that_a_denial_more_than_seven_days_later_is_about_something_else(reader: Reader) -> None:
    denial = "OpenAI denies Stargate is slow to start"
    assert turns(told(reader, REPORT, denial, apart=24 * 7), "0") != []
    assert turns(told(reader, REPORT, denial, apart=24 * 7 + 1), "0") == []


def test_that_a_correction_is_no_copy_even_with_the_same_words(reader: Reader) -> None:
    book = told(reader, REPORT, f"CORRECTION: {REPORT}")
    assert len(book.stories) == 2
    assert turns(book, "0") == [(Life.CORRECTED, "1")]
    assert not book.stories[0].denied_by(OPEN + hours(9))


def test_that_a_report_that_arrives_after_its_denial_is_denied_at_once(reader: Reader) -> None:
    book = StoryBook()
    denial = "OpenAI denies Stargate is slow to start"
    book.add(headline(denial, OPEN + hours(2), "Reuters", key="late"), reader.read(denial))
    filed = headline(REPORT, OPEN, key="early")
    (report,) = book.tie(book.add(filed, reader.read(REPORT)), filed)
    assert (report.id, report.turns[0].kind) == ("early", Life.DENIED)


MATTER = (
    "Oracle to cut 30,000 jobs in cloud unit",
    "CORRECTED-Oracle to cut 3,000 jobs in cloud unit",
    "Oracle to cut 3,000 jobs in cloud unit",
    "Oracle denies plan to cut jobs in cloud unit",
)


@pytest.mark.parametrize("order", [*permutations(range(len(MATTER)))])
def test_that_the_order_in_which_feeds_bring_reports_changes_nothing(
    reader: Reader, order: tuple[int, ...]
) -> None:
    book = StoryBook()
    for place in order:
        filed = headline(MATTER[place], OPEN + hours(place), f"P{place}", key=str(place))
        book.tie(book.add(filed, reader.read(filed.title), weigh=True), filed)
    assert book.stories == told(reader, *MATTER).stories


def test_that_copies_of_a_denial_are_one_turn_dated_by_the_earliest(reader: Reader) -> None:
    denial = "OpenAI denies Stargate is slow to start"
    book = told(reader, REPORT, denial, denial)
    assert turns(book, "0") == [(Life.DENIED, "1")]
    earlier = headline(denial, OPEN + hours(0.5), "FT", key="x")
    book.tie(book.add(earlier, reader.read(denial)), earlier)
    (turn,) = book.stories[0].turns
    assert (turn.at, turn.publisher) == (OPEN + hours(0.5), "FT")


def test_that_a_follow_up_on_the_same_phrase_is_an_update_and_another_matter_is_not(reader: Reader) -> None:
    book = told(
        reader,
        "Oracle and OpenAI drop Texas data center expansion plan",
        "Oracle hires three executives from Google",
        "Oracle, OpenAI scrap Texas data center expansion for good",
        apart=40,
    )
    assert turns(book, "0") == [(Life.UPDATED, "2")]
    assert turns(book, "1") == []


def test_that_a_loud_story_keeps_its_denial_and_the_newest_updates(reader: Reader) -> None:
    titles = [f"Oracle scraps {100 + n} MW Texas data center expansion plan" for n in range(32)]
    titles[1] = "Oracle denies it scraps Texas data center expansion"
    book = told(reader, *titles, apart=2)
    kept = turns(book, "0")
    assert len(kept) == 20
    assert kept[0] == (Life.DENIED, "1")


def test_that_novelty_is_kept_on_the_story(reader: Reader) -> None:
    book = told(reader, REPORT, "OpenAI hires researchers from Meta", apart=1)
    assert book.stories[0].novelty == 1.0
    later = headline(REPORT, OPEN + hours(100), key="again")
    again = book.add(later, reader.read(REPORT), weigh=True)
    assert again.novelty == 0.0
    assert Press([again]).novelty(again) == 0.0


def window(now: timedelta) -> Window:
    return Window(previous_close=PREVIOUS_CLOSE, opened=OPEN, onset=OPEN, now=NOON + now, onset_known=True)


def test_that_a_denied_story_counts_three_tenths_from_the_denial_on() -> None:
    said = reading("stargate", tone=-1, theme=StoryTheme.CAPACITY)
    book = StoryBook()
    report = headline("Stargate site delayed in Ohio", OPEN - hours(3), key="report")
    book.tie(book.add(report, said), report)
    denial = headline("OpenAI denies Stargate site delayed", NOON + hours(1), key="denial")
    denied = replace(said, tone=1, life=Life.DENIED, speaker="openai")
    book.tie(book.add(denial, denied), denial)
    attribution = Attribution(ExposureGraph((link("stargate", "NVDA"),)), {"WSJ": 1})
    press = Press(book.stories)

    def score(now: timedelta) -> float:
        matches = attribution.agreeing(move(), window(now), press)
        return next(match.score for match in matches if match.story.id == "report")

    assert score(hours(1)) == pytest.approx(0.3 * score(hours(0.9)), abs=1e-4)
    assert move().session_date == DAY


def test_that_a_correction_after_a_denial_does_not_take_the_denial_back(reader: Reader) -> None:
    denial, correction = "OpenAI denies Stargate is slow to start", "Correction: OpenAI Stargate start slow"
    report = told(reader, REPORT, denial, correction).stories[0]
    assert [turn.kind for turn in report.turns] == [Life.DENIED, Life.CORRECTED]
    assert [report.denied_by(OPEN + hours(n)) for n in (0.5, 1.5, 2.5)] == [False, True, True]
    newest = report.turn_by(OPEN + hours(2.5))
    assert newest is not None
    assert newest.kind is Life.CORRECTED


def names() -> Ecosystem:
    openai = PrivateEntity(
        id="openai",
        names=BilingualName("OpenAI", "오픈AI"),
        kind="company",
        status=BilingualName("", ""),
        as_of="",
    )
    return Ecosystem(instruments={}, private={"openai": openai}, exposures=(), aliases=())


def denied_story(reader: Reader) -> Story:
    return told(reader, REPORT, "OpenAI denies Stargate is slow to start").stories[0]


def test_that_a_denial_is_said_with_its_time_and_who_said_it(reader: Reader) -> None:
    story, now = denied_story(reader), OPEN + hours(3)
    assert turn_words(story, now, NEW_YORK, names(), Language.ENGLISH) == "denied 10:30 by OpenAI"
    assert turn_words(story, now, NEW_YORK, names(), Language.KOREAN) == "10:30 오픈AI 부인"
    first, second = life_lines(story, now, NEW_YORK, names(), Language.ENGLISH)
    assert first == "09:30 first reported by P0"
    assert second == "10:30 denied by OpenAI: OpenAI denies Stargate is slow to start"
    assert novelty_words(story, Language.ENGLISH) == "new"


def test_that_a_denial_that_others_report_later_stays_of_the_time_when_it_was_made(reader: Reader) -> None:
    story, now = denied_story(reader), OPEN + hours(30)
    (first,) = story.turns
    yonhap = replace(first, at=first.at + hours(0.4), story_id="ko", publisher="연합뉴스")
    both = replace(story, turns=(first, yonhap))
    assert turn_words(both, now, NEW_YORK, names(), Language.ENGLISH).endswith("10:30 by OpenAI")
    again = replace(first, at=first.at + hours(20), story_id="again")
    assert "10:30" not in turn_words(
        replace(both, turns=(first, yonhap, again)), now, NEW_YORK, names(), Language.ENGLISH
    )
    other = replace(yonhap, speaker="softbank")
    assert "10:54" in turn_words(
        replace(both, turns=(first, other)), now, NEW_YORK, names(), Language.ENGLISH
    )
    unnamed = [replace(turn, speaker=None) for turn in (first, yonhap)]
    assert "10:54" in turn_words(
        replace(both, turns=tuple(unnamed)), now, NEW_YORK, names(), Language.ENGLISH
    )


def test_that_updates_are_counted(reader: Reader) -> None:
    turn = replace(denied_story(reader).turns[0], kind=Life.UPDATED)
    story = replace(denied_story(reader), turns=(turn,))
    assert turn_words(story, OPEN, NEW_YORK, names(), Language.ENGLISH) == "1 update"
    assert turn_words(replace(story, turns=()), OPEN, NEW_YORK, names(), Language.KOREAN) == ""


def test_that_a_correction_hides_no_denial_and_what_came_behind_both_is_counted(reader: Reader) -> None:
    book = told(
        reader,
        "SoftBank's Stargate venture is slow to start",
        "OpenAI denies Stargate is slow to start",
        "Correction: Stargate venture is slow to start in Ohio",
    )
    story = next(each for each in book.stories if each.id == "0")
    said = "denied 10:30 by OpenAI, corrected 11:30 by P2"
    assert turn_words(story, NOON, NEW_YORK, names(), Language.ENGLISH) == said
    later = replace(story.turns[-1], kind=Life.UPDATED, at=OPEN + hours(3))
    again = replace(story, turns=(*story.turns, later))
    assert turn_words(again, NOON, NEW_YORK, names(), Language.ENGLISH) == f"{said}, 1 update since"
    assert turn_words(again, NOON, NEW_YORK, names(), Language.KOREAN) == (
        "10:30 오픈AI 부인, 11:30 P2 정정, 이후 후속 보도 1건"
    )


@pytest.mark.parametrize(
    "confirmed",
    [
        "엔비디아, 루빈 출하 연기 인정",
        "엔비디아, 루빈 출하 연기 결국 시인",
        "엔비디아 루빈 출하 연기 사실로 확인",
        '디지타임스 "엔비디아 루빈 출하 연기 맞다"…부인에 재반박',
    ],
)
def test_that_a_korean_confirmation_is_no_copy_of_the_report_that_was_denied(
    reader: Reader, confirmed: str
) -> None:
    book = told(reader, "엔비디아, 루빈 출하 연기", "엔비디아, 루빈 출하 연기설 부인", confirmed, apart=4)
    counts = {story.id: (story.copies, story.denied_by(OPEN + hours(9))) for story in book.stories}
    assert counts["2"] == (1, False)
    assert turns(book, "0")[-1] == (Life.UPDATED, "2")


@pytest.mark.parametrize(
    "title",
    [
        "WSJ stands by report of slow Stargate start after OpenAI denial",
        "Samsung disputes Nvidia's denial of HBM4 contract",
        "Despite Nvidia denial, Samsung says HBM4 contract stands",
        "Oracle exits Texas data center days after denying it",
        '삼성전자 "HBM4 공급 계약 맞다"…엔비디아 부인에 재반박',
        '오픈AI 부인에도 WSJ "보도 사실" 재확인',
    ],
)
def test_that_what_is_told_against_a_denial_or_behind_one_denies_nothing(reader: Reader, title: str) -> None:
    assert reader.read(title).life is Life.REPORTED


@pytest.mark.parametrize(
    "title",
    [
        "Nvidia denies delay after Reuters report",
        "Following report, Nvidia denies delay",
        "Oracle denies report, Bloomberg stands by it",
        "오픈AI, 스타게이트 지연설 부인에 나서",
        "오픈AI, 스타게이트 지연설 반박",
    ],
)
def test_that_a_denial_behind_a_report_still_denies_it(reader: Reader, title: str) -> None:
    assert reader.read(title).life is Life.DENIED


def test_that_a_report_that_is_stood_by_is_no_copy_of_the_one_that_was_denied(reader: Reader) -> None:
    again = "SoftBank and OpenAI's $500 billion Stargate venture is slow to start despite denial"
    book = told(reader, REPORT, "OpenAI denies Stargate is slow to start", again, apart=2)
    found = {story.id: story for story in book.stories}
    assert (found["0"].copies, found["2"].copies, found["2"].denied_by(NOON)) == (1, 1, False)
    assert turns(book, "0") == [(Life.DENIED, "1"), (Life.UPDATED, "2")]
