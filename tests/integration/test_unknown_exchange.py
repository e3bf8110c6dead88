"""An instrument whose exchange no calendar knows: nothing of it stops, and what cannot be said is said so."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.integration.conftest import Run
from tests.integration.test_import import DAY, headlines, prices, write
from tests.support.fakes import WeekdayCalendars
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.app import find_replay
from stackwatch.domain.errors import ProviderError
from stackwatch.domain.events import HealthChanged, NoisePreviewed
from stackwatch.domain.market import TradingSession
from stackwatch.domain.move import Verdict
from stackwatch.domain.rule import Direction, Rule, RuleKind, SubjectKind
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words import wording
from stackwatch.engine.news.explainer import NO_HOURS
from stackwatch.providers.replay.clock import SteppedClock
from stackwatch.providers.replay.source import ReplaySource
from stackwatch.storage.ecosystem.ecosystem_files import load_ecosystem
from stackwatch.storage.locations import shipped

FALL = Rule(
    id="fall",
    name_en="Fall",
    name_ko="하락",
    kind=RuleKind.TIED_MOVE,
    subject_kind=SubjectKind.WATCHLIST,
    subject="*",
    direction=Direction.DOWN,
    threshold=3.0,
)
MOVE = replace(FALL, id="move", kind=RuleKind.PERCENT_MOVE)
OWN = """version = 1
[[instrument]]
symbol = "ZZZZ"
name = { en = "Zed Works", ko = "제드" }
exchange = "Nowhere"
currency = "USD"
timezone = "America/New_York"
calendar = "QQQQ"
benchmark = "QQQ"
"""


class SomeCalendars(WeekdayCalendars):
    """Knows every exchange but some."""

    def __init__(self, *unknown: str) -> None:
        self._unknown = unknown

    def sessions(self, calendar: str, start: date, end: date) -> tuple[TradingSession, ...]:
        if calendar in self._unknown:
            raise ProviderError(f"calendars: no exchange is called {calendar}")
        return super().sessions(calendar, start, end)


def falling(folder: Path) -> Rig:
    """Return a rig on which a share of New York and one of Seoul fall, and Seoul has no calendar."""
    rig = build_rig(folder, (FALL, MOVE), calendars=SomeCalendars("XKRX"))
    for symbol, seed in (("NVDA", 2), ("005930.KS", 3), ("QQQ", 0), ("^KS11", 0)):
        rig.market.history[symbol] = history(TUESDAY, seed=seed)
        rig.market.set(symbol, 100.0, currency="KRW" if "K" in symbol else "USD")
    rig.runtime.bars.fetch_all(rig.engine)
    rig.refresh()
    rig.clock.advance(seconds=30)
    rig.market.report("Samsung Electronics recalls HBM chips after a fire", minutes_ago=5)
    for symbol, price in (("NVDA", 95.0), ("005930.KS", 95.0), ("QQQ", 100.0), ("^KS11", 100.0)):
        rig.market.set(symbol, price, currency="KRW" if "K" in symbol else "USD")
    rig.refresh()
    return rig


def test_that_a_share_of_an_unknown_exchange_is_not_judged_and_says_why(tmp_path: Path) -> None:
    rig = falling(tmp_path)
    rig.wait_for_group()
    fired = {raised.alert.subject for raised in rig.raised() if raised.alert.rule_id == "move"}
    assert fired >= {"NVDA", "005930.KS"}
    explanation = rig.engine.explain("005930.KS")
    assert explanation is not None
    assert (explanation.verdict, explanation.move.reason) == (Verdict.INSUFFICIENT_DATA, NO_HOURS)
    ecosystem = rig.engine.parts.ecosystem
    assert NO_HOURS in wording.verdict_line(explanation, ecosystem, Language.ENGLISH)
    assert "거래 시간" in wording.verdict_line(explanation, ecosystem, Language.KOREAN)
    other = rig.engine.explain("NVDA")
    assert other is not None
    assert other.verdict is not Verdict.INSUFFICIENT_DATA
    assert not [event for event in rig.of(HealthChanged) if "exchange" in str(event)]


@pytest.mark.parametrize("unknown", ["XKRX", "XNYS"])
def test_that_a_preview_of_a_rule_leaves_out_only_what_is_not_known(tmp_path: Path, unknown: str) -> None:
    rig = build_rig(tmp_path, (), calendars=SomeCalendars(unknown))
    for symbol, seed in (("NVDA", 2), ("005930.KS", 3), ("QQQ", 0), ("^KS11", 0)):
        rig.market.history[symbol] = history(TUESDAY, seed=seed, sd=0.03)
    rig.runtime.bars.fetch_all(rig.engine)
    rig.runtime.preview_rule(1, MOVE)
    told = rig.of(NoisePreviewed)[-1]
    assert isinstance(told, NoisePreviewed)
    assert told.preview is not None, told.reason
    assert told.preview.symbols == 3
    assert told.preview.count.fires > 0


def test_that_a_replay_goes_on_without_the_share() -> None:
    episode = find_replay("2025-07-22-stargate")
    known = load_ecosystem(shipped("watchlists")).instruments
    listed = dict(known) | {"NVDA": replace(known["NVDA"], calendar="QQQQ")}
    source = ReplaySource(episode, listed, SomeCalendars("QQQQ"), SteppedClock(episode.ends))
    batch = source.quotes(("NVDA", "ORCL"))
    assert [quote.symbol for quote in batch.quotes] == ["ORCL"]
    assert [refused.symbol for refused in batch.rejected] == ["NVDA"]
    assert source.minutes("NVDA", 1) == ()
    assert source.daily_history("NVDA", date(2025, 1, 1)).bars == ()


def test_that_a_past_day_of_such_a_share_is_told_with_the_reason(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "instruments.toml").write_text(OWN, encoding="utf-8")
    assert run("import", "prices", str(prices(tmp_path / "prices.csv")))[0] == 0
    assert run("import", "headlines", str(headlines(tmp_path / "news.csv")))[0] == 0
    own = [("ZZZZ", "2026-02-18", "100"), ("ZZZZ", DAY.isoformat(), "90")]
    table = write(tmp_path / "own.csv", ("Symbol", "Date", "Close"), own)
    assert run("import", "prices", str(table))[0] == 0
    code, out, err = run("explain", "ZZZZ", "--on", DAY.isoformat())
    assert code == 0, err
    assert "-10" in out.replace("\N{MINUS SIGN}", "-")
    assert NO_HOURS in out
    code, _, err = run("explain", "NVDA", "--on", DAY.isoformat())
    assert code == 0, err
    code, _, err = run("rules", "test", "abnormal-move", "--to", DAY.isoformat())
    assert code == 0, err
