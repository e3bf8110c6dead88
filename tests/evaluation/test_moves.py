from copy import copy
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.evaluation.moves import Archive, Made, Told, causes, curve, linked, verdicts

from stackwatch.analysis.why.attribution import Attribution
from stackwatch.analysis.why.exposure_graph import ExposureGraph
from stackwatch.domain.move import Verdict


@pytest.fixture(scope="module")
def archive() -> Archive:
    return Archive()


@pytest.fixture(scope="module")
def told(archive: Archive) -> list[Told]:
    return archive.tell(archive.cases)


@pytest.fixture(scope="module")
def quiet(archive: Archive) -> list[Told]:
    return archive.tell(archive.quiet()[:150])


def test_that_a_hundred_moves_are_told_as_they_were_made(told: list[Told]) -> None:
    assert len(told) == 100
    shares = verdicts(told)
    assert shares[Made.STORY].value >= 0.9
    assert shares[Made.LINK].value >= 0.4
    assert shares[Made.MARKET].value >= 0.95
    assert shares[Made.NOTHING].value >= 0.9
    assert causes(told).value >= 0.7


def test_that_a_cause_that_is_named_is_the_right_one(told: list[Told]) -> None:
    named = [one for one in told if one.case.cause is not None and one.explanation.cause is not None]
    wrong = [one.case for one in named if one.explanation.cause != one.case.cause]
    assert len(wrong) <= 0.05 * len(named)


def test_that_a_quiet_day_is_seldom_tied_to_a_story(quiet: list[Told]) -> None:
    assert linked(quiet).value <= 0.12


def test_that_decoys_match_moves_with_a_story_far_less_and_quiet_days_as_much(
    told: list[Told], quiet: list[Told]
) -> None:
    for _, target, decoy in curve([one for one in told if one.case.cause is not None]):
        assert target > 3 * decoy
    for _, target, decoy in curve(quiet):
        assert target == pytest.approx(decoy, abs=0.08)


def test_that_a_story_pointing_the_other_way_is_never_the_reason(told: list[Told]) -> None:
    for one in told:
        best = one.explanation.best
        if one.explanation.verdict is Verdict.NEWS and best is not None:
            assert best.tone * one.explanation.move.move_pct >= 0


def test_that_a_link_reported_later_changes_no_explanation_of_a_past_day(
    archive: Archive, told: list[Told]
) -> None:
    links = archive.ecosystem.exposures
    later = tuple(
        replace(link, target="NVDA", since=date(2026, 9, 1)) for link in links if link.target != "NVDA"
    )
    with_later = copy(archive)
    with_later.graph = ExposureGraph((*links, *later))
    with_later.weighing = Attribution(with_later.graph, archive.tiers)
    nvidia = [one for one in told if one.case.symbol == "NVDA"]
    assert with_later.tell([one.case for one in nvidia]) == nvidia


def test_that_an_old_link_that_ended_ties_nothing(archive: Archive, told: list[Told]) -> None:
    (first, *_) = [
        one for one in told if one.case.made is Made.LINK and one.explanation.cause == one.case.cause
    ]
    day = archive.sessions[first.case.session].day
    ended = copy(archive)
    ended.graph = ExposureGraph(
        tuple(
            replace(link, since=date(2020, 1, 1), until=day - timedelta(days=1))
            for link in archive.ecosystem.exposures
        )
    )
    ended.weighing = Attribution(ended.graph, archive.tiers)
    assert ended.tell([first.case])[0].explanation.cause != first.case.cause
