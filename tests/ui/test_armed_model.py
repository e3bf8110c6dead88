"""The table of armed rules: cells that changed, an order that selections survive, and what each row says."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from tests.ui import scene

from stackwatch.domain.armed import ArmedRow, RuleStanding
from stackwatch.domain.rule import Direction, Frequency, Rule, RuleKind, SubjectKind
from stackwatch.domain.watchlist import Language
from stackwatch.ui.kit.language import use_language
from stackwatch.ui.rules.armed_model import ArmedColumn, ArmedModel

NOW = scene.NOW


def rule(rule_id: str, kind: RuleKind = RuleKind.ABNORMAL_MOVE, **changes: object) -> Rule:
    values: dict[str, object] = {
        "id": rule_id, "name_en": rule_id, "name_ko": rule_id, "kind": kind, "direction": Direction.DOWN,
        "threshold": 3.0, "subject_kind": SubjectKind.WATCHLIST, "subject": "*",
    }  # fmt: skip
    return Rule(**(values | changes))  # type: ignore[arg-type]


def row(rule_id: str, subject: str, value: float | None, way: float | None, **changes: object) -> ArmedRow:
    values: dict[str, object] = {
        "rule_id": rule_id, "subject": subject, "standing": RuleStanding.ARMED, "value": value, "way": way,
    }  # fmt: skip
    return ArmedRow(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def model(qapp: QApplication) -> ArmedModel:
    assert qapp is not None
    made = ArmedModel(scene.ecosystem(), scene.watchlist())
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.use((rule("fall"), rule("level", RuleKind.PRICE_LEVEL, threshold=155.0)), NOW)
    return made


def subjects(model: ArmedModel) -> list[str]:
    return [model.row(place).key[1] for place in range(model.rowCount())]


def test_that_only_cells_that_read_differently_are_announced(model: ArmedModel) -> None:
    rows = (row("fall", "KLAC", -2.9, 0.97), row("fall", "LRCX", -2.0, 0.67))
    model.take(rows, 2, NOW)
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, _last: told.append((first.row(), first.column())))
    model.take((rows[0], replace(rows[1], value=-2.01, way=0.67)), 2, NOW)
    assert told == []  # the same words
    model.take((rows[0], replace(rows[1], value=-2.4, way=0.8)), 2, NOW)
    assert told == [(1, ArmedColumn.NOW), (1, ArmedColumn.DISTANCE), (1, ArmedColumn.BAR)]
    told.clear()
    fired = replace(rows[1], value=-3.1, way=1.03, standing=RuleStanding.FIRED, since=NOW)
    model.take((rows[0], fired), 2, NOW)
    assert (1, ArmedColumn.BELL) in told
    assert (1, ArmedColumn.STATUS) in told
    told.clear()
    shut = replace(rows[0], standing=RuleStanding.NO_DATA, reason="market closed")
    model.take((shut, fired), 2, NOW)
    assert (0, ArmedColumn.DISTANCE) in told  # it reads the same and is grey now


def test_that_a_shut_market_is_no_trouble_of_a_rule(model: ArmedModel) -> None:
    rows = (
        row("fall", "9984.T", -1.2, 0.4, standing=RuleStanding.NO_DATA, reason="market closed"),
        row("fall", "KLAC", None, None, standing=RuleStanding.NO_DATA, reason="stale quote"),
    )
    fired = row("fall", "SNPS", -3.4, 1.1, standing=RuleStanding.FIRED, since=NOW, reason="market closed")
    model.take((*rows, fired), 3, NOW)
    shut, stale = model.row(0), model.row(1)
    assert model.row(2).bell == "bell-fill"
    assert (shut.bell, shut.waits_for_market, shut.doubtful) == ("moon", True, False)
    assert (stale.bell, stale.waits_for_market, stale.doubtful) == ("hourglass", False, True)


def test_that_what_fired_stands_first_then_the_nearest_and_the_current_row_stays_its_own(
    model: ArmedModel,
) -> None:
    model.take(
        (
            row("fall", "LRCX", -2.0, 0.67),
            row("fall", "9984.T", None, None, standing=RuleStanding.NO_DATA, reason="market closed"),
            row("fall", "KLAC", -2.9, 0.97),
            row("fall", "SNPS", -3.4, 1.1, standing=RuleStanding.FIRED, since=NOW),
        ),
        4,
        NOW,
    )
    current = QPersistentModelIndex(model.index(0, ArmedColumn.SUBJECT))
    model.sort_nearest()
    assert subjects(model) == ["SNPS", "KLAC", "LRCX", "9984.T"]
    assert model.row(current.row()).key == ("fall", "LRCX")
    model.take((row("fall", "LRCX", -2.0, 0.67),), 1, NOW)
    assert subjects(model) == ["LRCX"]
    model.show_kind(RuleKind.PRICE_LEVEL, NOW)
    assert subjects(model) == []


@pytest.mark.parametrize(
    ("changes", "given", "words"),
    [
        ({}, row("fall", "KLAC", -2.9, 0.97), ("below −3.0", "−2.9", "0.1 SAR", "armed", "never")),
        (
            {"kind": RuleKind.PRICE_LEVEL, "threshold": 155.0, "expires": date(2025, 8, 31)},
            row("fall", "NVDA", 167.03, -2.88),
            ("below 155.00", "167.03", "−7.20\u202f%", "armed", "31 Aug"),
        ),
        (
            {"kind": RuleKind.PRICE_LEVEL, "threshold": 155.0, "direction": Direction.UP},
            row("fall", "NVDA", 167.03, -2.88),
            ("above 155.00", "167.03", "−7.20\u202f%", "armed", "never"),
        ),
        (
            {"direction": Direction.EITHER, "threshold": 2.0, "frequency": Frequency.EVERY_REARM},
            row("fall", "KLAC", -2.9, 1.45, standing=RuleStanding.FIRED, since=NOW),
            ("beyond ±2.0", "−2.9", "fired", "fired 16:05, arms again inside ±1.5", "never"),
        ),
        (
            {"escalate_step": 1.5},
            row("fall", "KLAC", -3.4, 1.13, standing=RuleStanding.FIRED, since=NOW),
            (
                "below −3.0",
                "−3.4",
                "fired",
                "fired 16:05, arms again next session, or 1.5 SAR further on",
                "never",
            ),
        ),
        (
            {},
            row("fall", "KLAC", -1.0, 0.3, silent_until=datetime(2025, 7, 22, 22, tzinfo=UTC)),
            ("below −3.0", "−1.0", "2.0 SAR", "snoozed to 18:00, armed", "never"),
        ),
        (
            {"escalate_step": 1.5},
            row(
                "fall",
                "KLAC",
                -3.4,
                1.13,
                standing=RuleStanding.FIRED,
                since=NOW,
                silent_until=datetime(2025, 7, 22, 22, tzinfo=UTC),
            ),
            ("below −3.0", "−3.4", "fired", "snoozed to 18:00, fired 16:05", "never"),
        ),
        (
            {"kind": RuleKind.TIED_MOVE, "threshold": 2.0},
            row("fall", "NVDA", -2.54, 1.27, waits=True),
            ("below −2.0\u202f%", "−2.54\u202f%", "beyond", "armed, no matching story", "never"),
        ),
        (
            {"kind": RuleKind.ENTITY_SHOCK, "threshold": 3.0, "subject_kind": SubjectKind.PRIVATE},
            row("fall", "openai", -8.2, 2.7, waits=True),
            (
                "below −3.0\u202f%",
                "−8.20\u202f%",
                "beyond",
                "armed, no matching story, or not most of two names or more",
                "never",
            ),
        ),
        (
            {"kind": RuleKind.STORY, "threshold": 1.0, "direction": Direction.EITHER},
            row("fall", "openai", 0.0, 0.0, since=NOW),
            ("any story", "0", "–", "armed, last 16:05", "never"),
        ),
        (
            {"kind": RuleKind.YEAR_EXTREME, "threshold": 1.0},
            row("fall", "NVDA", 9.5, -2.0),
            ("new low by 1.0\u202f%", "+9.50\u202f%", "10.50\u202f%", "armed", "never"),
        ),
        (
            {"kind": RuleKind.PERCENT_MOVE, "threshold": 5.0},
            row("fall", "NVDA", -4.9999999999999, 1.0, standing=RuleStanding.TRUE, since=NOW),
            ("below \u22125.0\u202f%", "\u22125.00\u202f%", "beyond", "already true since 16:05", "never"),
        ),
        (
            {"kind": RuleKind.STORY, "threshold": 1.0, "direction": Direction.DOWN},
            row("fall", "openai", 0.0, 0.0),
            ("a bad story", "0", "–", "armed", "never"),
        ),
    ],
)
def test_that_a_row_says_trigger_value_distance_status_and_end(
    model: ArmedModel, changes: dict[str, object], given: ArmedRow, words: tuple[str, ...]
) -> None:
    model.use((rule("fall", **changes),), NOW)  # type: ignore[arg-type]
    model.take((given,), 1, NOW)
    shown = model.row(0)
    assert (shown.trigger, shown.now, shown.distance, shown.status, shown.ends) == words


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"escalate_step": 1.5}, "16:05 울림, 1.5 SAR 더 움직이거나 다음 거래일에 다시 대기"),
        (
            {"escalate_step": 2.0, "kind": RuleKind.NEWS_BURST, "threshold": 5.0},
            "16:05 울림, 2건 더 나오거나 다음 거래일에 다시 대기",
        ),
    ],
)
def test_that_korean_says_in_one_clause_when_a_rule_fires_again(
    model: ArmedModel, changes: dict[str, object], status: str
) -> None:
    use_language(Language.KOREAN)
    model.use((rule("fall", **changes),), NOW)  # type: ignore[arg-type]
    model.take((row("fall", "KLAC", -3.4, 1.13, standing=RuleStanding.FIRED, since=NOW),), 1, NOW)
    assert model.row(0).status == status
