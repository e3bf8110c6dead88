"""What a rule saw against what it asked, where the figures of its alert do not say it."""

import pytest
from tests.ui import detail_scene as scene

from stackwatch.domain.alert import MetCondition
from stackwatch.domain.rule import Condition, Direction, RuleKind, Since
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.alert_words import alert_sentence, alert_told
from stackwatch.domain.words.met_words import met_words

UP, DOWN = Direction.UP, Direction.DOWN


def fired(*met: MetCondition, subject: str = "KLAC") -> scene.Alert:
    """Return an alert of a share that fell 4.86 %, SAR -2.9."""
    return scene.alert("b1", subject, 18, 0, move_pct=-4.86, abnormal_pct=-4.24, sar=-2.9, met=met)


def met(kind: RuleKind, value: float, threshold: float = 2.0, **more: object) -> MetCondition:
    return MetCondition(condition=Condition(kind=kind, threshold=threshold, **more), value=value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "english", "korean"),
    [
        (
            met(RuleKind.PRICE_LEVEL, 180.42, 180.0, direction=UP),
            "180.42 USD, above 180.00",
            "180.42 USD, 180.00 상향 돌파",
        ),
        (
            met(RuleKind.VOLUME_SPIKE, 3.41, 3.0),
            "Volume 3.4\u00d7 usual, rule asks 3.0\u00d7",
            "거래량 평소의 3.4배, 기준 3.0배",
        ),
        (
            met(RuleKind.PERCENT_MOVE, 2.1, since=Since.MINUTES, minutes=10),
            "+2.10\u202f% in 10 min, beyond \u00b12.0\u202f%",
            "10분 동안 +2.10\u202f%, \u00b12.0\u202f% 밖",
        ),
        (
            met(RuleKind.PERCENT_MOVE, -2.1, since=Since.OPEN, direction=DOWN),
            "\u22122.10\u202f% since the open, below \u22122.0\u202f%",
            "시가 대비 \u22122.10\u202f%, \u22122.0\u202f% 이하",
        ),
        (
            met(RuleKind.GAP, -3.2, direction=DOWN),
            "Opened \u22123.20\u202f%, below \u22122.0\u202f%",
            "시가 \u22123.20\u202f%, \u22122.0\u202f% 이하",
        ),
        (
            met(RuleKind.YEAR_EXTREME, 0.42, 0.0, direction=UP),
            "New 52-week high by 0.42\u202f%",
            "52주 최고가 0.42\u202f% 경신",
        ),
        (
            met(RuleKind.YEAR_EXTREME, -1.3, 1.0, direction=DOWN),
            "New 52-week low by 1.30\u202f%, rule asks 1\u202f%",
            "52주 최저가 1.30\u202f% 경신, 기준 1\u202f%",
        ),
        (
            met(RuleKind.SIGMA_MOVE, 2.254, 2.25),
            "+2.25 sigma, beyond \u00b12.25",
            "+2.25 시그마, \u00b12.25 밖",
        ),
        (
            met(RuleKind.PEER_DIVERGENCE, 3.1),
            "Layer SAR +3.1, beyond \u00b12.0",
            "분야 SAR +3.1, \u00b12.0 밖",
        ),
        (
            met(RuleKind.NEWS_BURST, 14, 10),
            "14 headlines in 120 min, rule asks 10 or more",
            "120분 안에 뉴스 14건, 기준 10건 이상",
        ),
        (met(RuleKind.STORY, 3, 2), "3 stories, rule asks 2 or more", "소식 3건, 기준 2건 이상"),
    ],
)  # fmt: skip
def test_that_what_a_rule_saw_stands_against_what_it_asked(
    one: MetCondition, english: str, korean: str
) -> None:
    alert = fired(one)
    assert met_words(alert, scene.ecosystem(), Language.ENGLISH) == english
    assert met_words(alert, scene.ecosystem(), Language.KOREAN) == korean
    assert f"{english}. No clear news found." in alert_sentence(alert, scene.ecosystem(), Language.ENGLISH)
    assert alert_told(alert, scene.ecosystem(), Language.KOREAN).startswith(korean)


@pytest.mark.parametrize(
    "one",
    [
        met(RuleKind.PERCENT_MOVE, -4.8601),
        met(RuleKind.TIED_MOVE, -4.86),
        met(RuleKind.ABNORMAL_MOVE, -2.91, 2.5),
        met(RuleKind.STORY, 1, 1),
    ],
)
def test_that_what_the_alert_shows_anyway_is_not_said_twice(one: MetCondition) -> None:
    assert met_words(fired(one), scene.ecosystem(), Language.ENGLISH) == ""


def test_that_a_move_after_hours_is_said_though_the_day_s_own_stands_beside() -> None:
    alert = fired(met(RuleKind.PERCENT_MOVE, 3.1, direction=UP))
    said = met_words(alert, scene.ecosystem(), Language.ENGLISH)
    assert said == "+3.10\u202f% since the close, above +2.0\u202f%"


def test_that_several_conditions_are_each_said_and_an_old_alert_says_none() -> None:
    volume, gap = met(RuleKind.VOLUME_SPIKE, 3.4, 3.0), met(RuleKind.GAP, -3.2)
    said = met_words(
        fired(volume, met(RuleKind.PERCENT_MOVE, -4.86), gap), scene.ecosystem(), Language.ENGLISH
    )
    assert (
        said
        == "Volume 3.4\u00d7 usual, rule asks 3.0\u00d7; Opened \u22123.20\u202f%, beyond \u00b12.0\u202f%"
    )
    assert met_words(fired(), scene.ecosystem(), Language.ENGLISH) == ""
