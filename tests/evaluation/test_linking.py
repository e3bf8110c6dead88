import pytest
from tests.evaluation.labels import HALVES, LANGUAGES, known, labelled, practised
from tests.evaluation.linking import Share, evaluate, shipped_reader

from stackwatch.analysis.titles.reading import Reader
from stackwatch.storage.ecosystem.ecosystem_files import load_ecosystem
from stackwatch.storage.locations import shipped


@pytest.fixture(scope="module")
def reader() -> Reader:
    return shipped_reader()


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_titles_are_linked_as_a_reader_would(reader: Reader, language: str) -> None:
    score = evaluate(reader, labelled(language))
    assert score.precision.value >= 0.95, score.mistakes
    assert score.f1 >= {"en": 0.97, "ko": 0.95}[language], score.mistakes
    assert score.primary.value >= 0.9, score.mistakes


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_titles_nobody_looked_at_are_linked_as_well(reader: Reader, language: str) -> None:
    score = evaluate(reader, labelled(language, "held out"))
    assert score.precision.value >= 0.95
    assert score.f1 >= 0.95
    assert score.primary.value >= 0.9


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_good_is_hardly_ever_read_as_bad(reader: Reader, language: str) -> None:
    score = evaluate(reader, labelled(language))
    assert score.tone.value >= 0.8
    assert score.flips.value <= 0.06


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_tone_of_practised_titles_stays(reader: Reader, language: str) -> None:
    read = [(reader.read(title).tone, tone) for title, tone in practised(language)]
    assert sum(said == tone for said, tone in read) / len(read) >= 0.88
    assert sum(said * tone < 0 for said, tone in read) / len(read) <= 0.02


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_nothing_that_was_right_is_lost(reader: Reader, language: str) -> None:
    score = evaluate(reader, known(language))
    assert [mistake for mistake in score.mistakes if mistake.what == "entities"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_labelled_sets_are_large_enough_and_hold_hard_negatives(language: str) -> None:
    rows = labelled(language)
    assert len(rows) >= 160
    assert sum(not row.entities for row in rows) >= 45
    assert len({row.title for row in rows}) == len(rows)
    assert sum(len(labelled(language, half)) for half in HALVES) == len(rows)
    assert all(row.primary in row.entities for row in rows if row.primary is not None)


def test_that_an_interval_is_wilsons() -> None:
    low, high = Share(9, 10).interval
    assert (low, high) == (pytest.approx(0.5958, abs=1e-4), pytest.approx(0.9821, abs=1e-4))
    assert Share(0, 0).interval == (0.0, 1.0)
    assert Share(10, 10).interval[1] == pytest.approx(1.0)


# Words of the language, and names that are told as the share's main listing.
_NEED_CONTEXT = {("6146.T", "en"), ("6146.T", "ko"), ("ASX", "ko"), ("FLEX", "ko"), ("003550.KS", "ko")}
_SECOND_LISTINGS = {"SKHY", "2330.TW"}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "{} shares fall 5%"),
        ("en", "{} chief executive steps down"),
        ("ko", "{} 주가 5% 급락"),
        ("ko", "[특징주] {}, 강세"),
    ],
)
def test_that_every_listed_company_is_linked_by_the_name_it_is_shown_with(
    reader: Reader, language: str, title: str
) -> None:
    companies = [
        item
        for item in load_ecosystem(shipped("watchlists")).instruments.values()
        if item.symbol not in _SECOND_LISTINGS and item.symbol[0] != "^" and "ETF" not in item.names.en
    ]
    assert len(companies) > 100
    unknown = {
        (item.symbol, language)
        for item in companies
        if item.symbol not in reader.read(title.format(getattr(item.names, language))).entities
    }
    assert unknown <= _NEED_CONTEXT


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Intel chief executive steps down", "INTC"),
        ("Apple's AI bets bear fruit", "AAPL"),
        ("Amazon to build data center on the Ohio River", "AMZN"),
        ("삼성 지배구조 개편, 이재용 회장", "005930.KS"),  # 배구 is volleyball
        ("KT, AI 인재 선발", "030200.KS"),
        ("NRG to power data center in Menlo Park", "NRG"),
        ("Hitachi raises outlook on Hitachi Energy orders", "6501.T"),
        ("Hitachi Energy wins order", None),
        ("Apple harvest season begins in Washington orchards", None),
        ("상장지수증권(ETN) 2종 상장", None),
        ("Canada doubts Ukraine intel sharing", None),
    ],
)
def test_that_what_makes_a_namesake_silences_no_everyday_title(
    reader: Reader, title: str, expected: str | None
) -> None:
    assert reader.read(title).primary == expected
