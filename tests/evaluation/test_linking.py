import pytest
from tests.evaluation.linking import LANGUAGES, evaluate, labelled, shipped_linker


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_titles_are_linked_as_a_reader_would(language: str) -> None:
    score = evaluate(shipped_linker(), language)
    assert score.precision >= 0.97, score.mistakes
    assert score.recall >= 0.95, score.mistakes


def test_that_the_labelled_sets_are_large_enough_and_hold_hard_negatives() -> None:
    assert len(labelled("en")) >= 60
    assert len(labelled("ko")) >= 40
    for language in LANGUAGES:
        assert sum(not ids for _, ids in labelled(language)) >= 15
