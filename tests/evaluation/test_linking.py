import pytest
from tests.evaluation.labels import HALVES, LANGUAGES, known, labelled, practised
from tests.evaluation.linking import Share, evaluate, shipped_reader

from stackwatch.analysis.reading import Reader


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
