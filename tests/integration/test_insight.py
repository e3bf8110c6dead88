"""Denials, the history of explanations, barometers and substance, through a running engine."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.integration.store_samples import NOW, QUOTE
from tests.support.fakes import FakeClock
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.domain.alert import Alert
from stackwatch.domain.barometer import SPANS
from stackwatch.domain.errors import ProviderError, StoreError
from stackwatch.domain.events import AlertUpdated, BarometerLoaded, ExplanationChanged, SubstanceLoaded
from stackwatch.domain.health import HealthState
from stackwatch.domain.move import Explanation, ExplanationRecord, Lead, Onset, StoryMatch, Verdict
from stackwatch.domain.news import Life
from stackwatch.domain.quote import ChartRange, QuoteState, Session
from stackwatch.domain.substance import StatementPeriod, Statements
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.wording import lead_words
from stackwatch.engine.news.explanation_log import MOST
from stackwatch.engine.ports import History
from stackwatch.storage.sqlite.store import SqliteStore

REPORT = "OpenAI's Stargate data center in Texas delayed, Oracle cuts order"


def moving(folder: Path) -> Rig:
    """Return a rig in which Oracle falls by 5 percent on a quiet day."""
    rig = build_rig(folder)
    for symbol, seed in (("ORCL", 1), ("NVDA", 2), ("QQQ", 0), ("SPY", 0), ("^GSPC", 0)):
        rig.market.history[symbol] = history(TUESDAY, seed=seed)
        rig.market.set(symbol, 95.0 if symbol == "ORCL" else 100.0)
    rig.runtime.bars.fetch_all(rig.engine)
    rig.engine.explanation_service.select("ORCL")
    return rig


def newest(rig: Rig) -> ExplanationChanged:
    told = rig.of(ExplanationChanged)[-1]
    assert isinstance(told, ExplanationChanged)
    return told


def test_that_what_followed_is_counted_anew_once_older_sessions_are_there(tmp_path: Path) -> None:
    """The first answers are of 400 days, and five years come later: the card went on counting the few."""
    rig = moving(tmp_path)
    rig.refresh()
    counted = [rate.n for rate in newest(rig).explanation.base_rates]
    years = {"ORCL": history(TUESDAY, seed=1, sessions=900), "QQQ": history(TUESDAY, seed=0, sessions=900)}
    for symbol, bars in years.items():
        rig.engine.take_answers({symbol: (History(bars), bars[0].day)})
    told = [rate.n for rate in newest(rig).explanation.base_rates]
    assert counted[0] < 8 < told[0]
    rig.engine.explanation_service.select("NVDA")
    rig.engine.explanation_service.select("ORCL")
    assert [rate.n for rate in newest(rig).explanation.base_rates] == told


def test_that_a_denial_opens_the_explanation_and_the_alert_again_and_is_said(tmp_path: Path) -> None:
    rig = moving(tmp_path)
    rig.market.report(REPORT, minutes_ago=45, key="report")
    rig.refresh()
    before = newest(rig).explanation
    assert before.best is not None
    assert before.best.story.id == "report"
    rig.clock.advance(minutes=20)
    rig.market.set("ORCL", 95.0)
    rig.market.report(
        "OpenAI denies Stargate data center in Texas delayed",
        publisher="Reuters",
        minutes_ago=1,
        key="denial",
    )
    rig.refresh()
    after = newest(rig).explanation
    denied = next(m for m in after.matches if m.story.id == "report")
    assert denied.story.turn_by(rig.clock.now()) is not None
    assert denied.score == pytest.approx(0.3 * before.best.score, rel=0.05)
    alerts = [
        alert for alert in rig.engine.delivery.alerts if alert.match and alert.match.story.id == "report"
    ]
    assert alerts
    for alert in alerts:
        assert alert.match is not None
        assert alert.match.story.denied_by(rig.clock.now())
        assert "denied 11:19 by OpenAI" in alert.message
    assert any(isinstance(e, AlertUpdated) and "denied" in e.alert.message for e in rig.events)


def test_that_card_and_alert_tell_the_same_from_a_report_over_its_denial_to_what_confirms_it(
    tmp_path: Path,
) -> None:
    rig = moving(tmp_path)
    cut = "capacity order cut as OpenAI data center in Texas is delayed"

    def told(title: str, publisher: str = "Reuters") -> tuple[Explanation, Alert]:
        rig.clock.advance(minutes=15)
        rig.market.set("ORCL", 95.0)
        rig.market.report(title, publisher=publisher, minutes_ago=1, key=title)
        rig.refresh()
        alert = next(a for a in rig.engine.delivery.alerts if a.subject == "ORCL")
        return newest(rig).explanation, alert

    def reason(explanation: Explanation) -> str | None:
        return None if explanation.reason is None else explanation.reason.story.lead.title

    for title in ("Oracle shares fall 5% on debt worries", f"Oracle warns of {cut}"):
        card, alert = told(title)
        assert alert.match is not None
        assert (reason(card), alert.match.story.lead.title, alert.verdict) == (title, title, card.verdict)
    assert card.verdict is Verdict.NEWS
    assert alert.match.coincidence == card.coincidence

    card, alert = told(f"Oracle denies report of {cut}")
    assert card.verdict is alert.verdict is Verdict.UNEXPLAINED
    assert "Tied to" not in alert.message
    assert alert.match is None or alert.match.coincidence is None

    card, alert = told(f"Oracle confirms {cut} after earlier denial", "Bloomberg")
    assert card.verdict is alert.verdict is Verdict.NEWS
    assert alert.match is not None
    assert reason(card) == alert.match.story.lead.title == f"Oracle confirms {cut} after earlier denial"


def test_that_an_alert_whose_report_was_denied_is_tied_to_it_no_longer(tmp_path: Path) -> None:
    rig = moving(tmp_path)
    rig.market.report("Oracle cuts capacity order", minutes_ago=10, key="report")
    rig.refresh()
    before = next(a for a in rig.engine.delivery.alerts if a.subject == "ORCL")
    assert "Tied to the Oracle report: Oracle cuts capacity order" in before.message
    rig.clock.advance(minutes=5)
    rig.market.set("ORCL", 95.0)
    rig.market.report("Oracle denies capacity order cut", publisher="Reuters", minutes_ago=1, key="denial")
    rig.refresh()
    (after,) = (a for a in rig.engine.delivery.alerts if a.id == before.id)
    assert after.verdict is newest(rig).explanation.verdict is Verdict.UNEXPLAINED
    assert after.match is not None
    assert after.match.coincidence is None
    assert "Reported: Oracle cuts capacity order (WSJ, 10:50 ET; denied 11:04 by Oracle)" in after.message


@pytest.mark.parametrize("watched", [True, False])
@pytest.mark.parametrize("minutes_ago", [2, -2])  # by a clock that is ahead
def test_that_what_comes_after_the_close_is_no_reason_of_the_session_and_named_at_once(
    tmp_path: Path, minutes_ago: int, *, watched: bool
) -> None:
    rig = moving(tmp_path)
    rig.clock.time = TUESDAY.replace(hour=19, minute=40)
    if watched:
        rig.market.set("ORCL", 100.0)
        rig.refresh()
        rig.clock.advance(minutes=4)
        rig.market.set("ORCL", 95.0)
        rig.refresh()
    close = TUESDAY.replace(hour=20)
    rig.clock.time = close + timedelta(minutes=10)
    for symbol in rig.market.prices:
        price = 95.0 if symbol == "ORCL" else 100.0
        rig.market.set(symbol, price, as_of=close, session=Session.CLOSED, state=QuoteState.CLOSED)
    rig.refresh()
    rig.market.report("Oracle cuts revenue guidance", minutes_ago=minutes_ago)
    rig.refresh()
    told = newest(rig).explanation
    assert (told.verdict, told.cause, told.matches) == (Verdict.UNEXPLAINED, None, ())
    assert told.late is not None
    assert told.late.story.lead.published <= rig.clock.now()


def test_that_a_story_counts_less_from_its_first_denial_on_and_for_nothing_else_that_became_of_it(
    tmp_path: Path,
) -> None:
    rig = moving(tmp_path)
    rig.market.report(REPORT, minutes_ago=45, key="report")
    rig.refresh()

    def told() -> StoryMatch:
        """Return the reason that the alert gives, which no story replaces once the alert was seen."""
        alert = next(a for a in rig.engine.delivery.alerts if a.subject == "ORCL" and a.match is not None)
        rig.runtime.mark_seen(alert.id)
        assert alert.match is not None
        return alert.match

    def later(title: str, key: str) -> StoryMatch:
        rig.clock.advance(minutes=20)
        rig.market.set("ORCL", 95.0)
        rig.market.report(title, publisher="Reuters", minutes_ago=1, key=key)
        rig.refresh()
        return told()

    first = told()
    corrected = later(f"CORRECTION: {REPORT}", "correction")
    assert ([turn.kind for turn in corrected.story.turns], corrected.score) == ([Life.CORRECTED], first.score)
    denied = later("OpenAI denies Stargate data center in Texas delayed", "denial")
    assert denied.score == pytest.approx(0.3 * first.score, abs=0.001)
    again = later("Oracle refutes that its Stargate site in Texas is delayed and orders cut", "again")
    assert (len(again.story.turns), again.score) == (3, denied.score)


def test_that_what_was_said_when_is_kept_and_survives_a_restart(tmp_path: Path) -> None:
    rig = moving(tmp_path)
    rig.refresh()
    first = newest(rig).explanation
    rig.clock.advance(minutes=10)
    rig.market.set("ORCL", 95.0)
    rig.market.report(REPORT, minutes_ago=2, key="report")
    rig.refresh()
    told = newest(rig).explanation
    assert [said.at for said in told.said] == sorted(said.at for said in told.said)
    assert len(told.said) >= 2
    assert told.said[0] == first.said[0]
    assert told.said[-1].story_id == "report"
    assert rig.store.knowledge.load_said("ORCL", told.move.session_date) == told.said


def test_that_the_same_explanation_is_not_kept_twice_and_at_most_twenty_are(tmp_path: Path) -> None:
    rig = moving(tmp_path)
    rig.refresh()
    base = newest(rig).explanation
    log = rig.engine.explanation_service.log
    verdicts = (Verdict.UNEXPLAINED, Verdict.MARKET_WIDE)
    for place in range(60):
        rig.clock.advance(seconds=1)
        log.note(replace(base, verdict=verdicts[place // 2 % 2]))
    kept = rig.store.knowledge.load_said("ORCL", base.move.session_date)
    assert len(kept) == MOST
    assert kept[0] == base.said[0]
    assert kept[-1].at == rig.clock.now() - timedelta(seconds=1)


def test_that_what_is_said_of_many_shares_at_once_waits_for_the_disk_once(tmp_path: Path) -> None:
    rig = moving(tmp_path)
    rig.refresh()
    ran: list[str] = []
    rig.store.file._connection.set_trace_callback(ran.append)
    rig.engine.explanation_service.note(("NVDA", "ORCL", "SPY"))
    assert sum(each.startswith("INSERT OR REPLACE INTO said") for each in ran) >= 2
    assert ran.count("COMMIT") == 1
    rig.store.close()
    rig.engine.explanation_service.note(("NVDA",))
    health = rig.engine.health.of("store")
    assert health is not None
    assert health.state is HealthState.FAILED


def test_that_a_store_that_refuses_costs_no_explanation(tmp_path: Path) -> None:
    rig = moving(tmp_path)
    rig.refresh()
    explanation = newest(rig).explanation
    rig.store.close()
    later = replace(explanation, move=replace(explanation.move, session_date=date(2026, 3, 11)))
    assert rig.engine.explanation_service.log.note(later).move == later.move


def barometer(rig: Rig, entity_id: str, span: ChartRange) -> BarometerLoaded:
    rig.runtime.request_barometer(entity_id, span)
    told = rig.of(BarometerLoaded)[-1]
    assert isinstance(told, BarometerLoaded)
    return told


def test_that_a_barometer_names_what_it_counts_and_what_it_misses(tmp_path: Path) -> None:
    rig = moving(tmp_path)
    rig.market.report(REPORT, minutes_ago=45)
    rig.refresh()
    made = barometer(rig, "stargate", ChartRange.MONTH_1).barometer
    assert {"ORCL", "NVDA"} <= set(made.counted)
    assert "9984.T" in made.missing
    assert not set(made.counted) & set(made.missing)
    assert made.days
    assert made.last == TUESDAY.date()
    assert made.total_pct == made.days[-1].cumulative_pct
    assert (made.stories, made.tone) == (1, -1.0)


def test_that_a_year_reads_the_archive_too(tmp_path: Path) -> None:
    rig = moving(tmp_path)
    old = rig.market.report("OpenAI raises $6 billion in new funding", minutes_ago=200 * 24 * 60, key="old")
    rig.store.news.save_headlines([old])
    assert barometer(rig, "openai", ChartRange.YEAR_1).barometer.stories == 1
    assert barometer(rig, "openai", ChartRange.MONTH_6).barometer.stories == 0


def test_that_a_story_that_turns_ninety_days_old_today_is_counted_once(tmp_path: Path) -> None:
    """Stories are let go of with the day; the archive was read to the very hour ninety days before."""
    rig = moving(tmp_path)
    rig.market.report("OpenAI raises $6 billion in new funding", minutes_ago=10, key="old")
    rig.refresh()
    rig.market.news.clear()
    for span in ({"days": 89, "hours": 10}, {"hours": 16}):
        rig.clock.advance(**span)
        rig.engine.tick()
        assert barometer(rig, "openai", ChartRange.YEAR_1).barometer.stories == 1


def test_that_an_entity_without_links_has_an_empty_barometer_and_a_share_none(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    linked = {link.source for link in rig.engine.parts.ecosystem.exposures}
    alone = next(e for e in rig.engine.parts.ecosystem.private if e not in linked)
    made = barometer(rig, alone, SPANS[0]).barometer
    assert (made.days, made.tones, made.counted, made.total_pct, made.tone) == ((), (), (), None, None)
    rig.runtime.request_barometer("NVDA", SPANS[0])
    rig.runtime.request_barometer("openai", ChartRange.DAY_1)
    assert len(rig.of(BarometerLoaded)) == 1


def test_that_a_name_linked_since_this_morning_does_not_lack_prices(tmp_path: Path) -> None:
    rig = moving(tmp_path)
    rig.refresh()
    exposures = rig.engine.parts.ecosystem.exposures
    alone = next(e for e in rig.engine.parts.ecosystem.private if e not in {x.source for x in exposures})
    link = next(x for x in exposures if x.target == "NVDA")
    rig.engine.graph.follow([replace(link, source=alone, since=TUESDAY.date(), until=None)])
    made = barometer(rig, alone, ChartRange.MONTH_1).barometer
    assert (made.days, made.counted, made.missing, made.apart) == ((), (), (), ("NVDA",))


class Bureau:
    """A provider of statements that counts what it is asked."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self.asked: list[str] = []
        self.fault: ProviderError | None = None
        self.empty = False

    def statements(self, symbol: str) -> Statements:
        self.asked.append(symbol)
        if self.fault is not None:
            raise self.fault
        if self.empty:
            return Statements(symbol=symbol, fetched=self._clock.now())
        quarters = tuple(
            StatementPeriod(
                end=date(2025, 12, 31) - timedelta(days=91 * n), currency="USD", revenue=100.0 - n
            )
            for n in reversed(range(5))
        )
        return Statements(symbol=symbol, fetched=self._clock.now(), quarters=quarters)


def bureau(rig: Rig) -> Bureau:
    asked = Bureau(rig.clock)
    rig.engine.parts = replace(rig.engine.parts, statements=asked)
    return asked


def substance(rig: Rig, symbol: str) -> SubstanceLoaded:
    rig.runtime.request_substance(symbol)
    told = rig.of(SubstanceLoaded)[-1]
    assert isinstance(told, SubstanceLoaded)
    return told


def test_that_a_share_and_its_layer_are_asked_once_a_week(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    asked = bureau(rig)
    told = substance(rig, "NVDA")
    assert asked.asked == list(told.layer)
    assert (asked.asked[0], told.waiting) == ("NVDA", frozenset())
    assert {company.symbol for company in told.companies} == set(told.layer)
    substance(rig, told.layer[1])
    rig.clock.advance(days=6)
    substance(rig, "NVDA")
    assert len(asked.asked) == len(told.layer)
    rig.clock.advance(days=2)
    substance(rig, "NVDA")
    assert len(asked.asked) == 2 * len(told.layer)


def test_that_statements_survive_a_restart(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    bureau(rig)
    made = substance(rig, "NVDA").companies
    rig.store.close()
    again = build_rig(tmp_path)
    asked = bureau(again)
    assert substance(again, "NVDA").companies == made
    assert asked.asked == []


def test_that_a_refusal_ends_the_round_and_is_tried_again_after_an_hour(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    asked = bureau(rig)
    asked.fault = ProviderError("statements: too many requests", rate_limited=True)
    told = substance(rig, "NVDA")
    assert (asked.asked, told.companies) == (["NVDA"], ())
    assert told.failed == frozenset(told.layer)  # of none of them it is known that there are no statements
    asked.fault = None
    substance(rig, "NVDA")
    assert "NVDA" not in asked.asked[1:]
    rig.clock.advance(minutes=61)
    assert "NVDA" in {company.symbol for company in substance(rig, "NVDA").companies}


def test_that_one_company_that_fails_does_not_cost_the_others_theirs(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    asked = bureau(rig)
    asked.fault = ProviderError("statements: status 500")
    told = substance(rig, "NVDA")
    assert told.failed == frozenset(told.layer)
    assert asked.asked == list(told.layer)


def test_that_an_empty_answer_takes_no_statements_away_and_is_asked_again_after_an_hour(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path)
    asked = bureau(rig)
    made = substance(rig, "NVDA").companies
    asked.empty = True
    rig.clock.advance(days=8)
    assert substance(rig, "NVDA").companies == made
    assert rig.store.knowledge.load_statements(["NVDA"])[0].quarters
    asked.empty, count = False, len(asked.asked)
    rig.clock.advance(minutes=61)
    substance(rig, "NVDA")
    assert asked.asked[count] == "NVDA"


def test_that_nobody_is_asked_in_a_replay(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    told = substance(rig, "NVDA")
    assert (told.offered, told.waiting, told.companies) == (False, frozenset(), ())


def test_that_a_store_that_refuses_statements_shows_them_all_the_same(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    bureau(rig)
    rig.store.close()
    assert {company.symbol for company in substance(rig, "NVDA").companies} >= {"NVDA"}


def test_that_said_and_statements_read_back_the_same_and_old_ones_leave(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "s.sqlite3", NOW)
    said = tuple(
        ExplanationRecord(
            symbol="NVDA", session_date=NOW.date(), at=NOW + timedelta(minutes=n), move_pct=-2.5,
            verdict=Verdict.NEWS, cause="stargate", story_id="h1", title="t", publisher="WSJ",
            became=Life.DENIED,
        )
        for n in range(3)
    )  # fmt: skip
    store.knowledge.keep_said("NVDA", NOW.date(), said)
    assert store.knowledge.load_said("NVDA", NOW.date()) == said
    assert store.knowledge.load_said("AMD", NOW.date()) == ()
    period = StatementPeriod(end=date(2025, 6, 30), currency="USD", revenue=1e9)
    statements = Statements(symbol="NVDA", fetched=NOW, quarters=(period,))
    store.knowledge.save_statements(statements)
    store.knowledge.save_statements(replace(statements, years=(period,)))
    assert store.knowledge.load_statements(("NVDA", "AMD")) == (replace(statements, years=(period,)),)
    assert store.knowledge.load_statements(()) == ()
    for _ in store.tidy(NOW + timedelta(days=91), {QUOTE.symbol}):
        pass
    assert store.knowledge.load_said("NVDA", NOW.date()) == ()
    store.knowledge.keep_said("NVDA", NOW.date(), said)
    store.begin_replay()
    assert store.knowledge.load_said("NVDA", NOW.date()) == ()
    assert store.knowledge.load_statements(("NVDA",)) == ()
    store.close()
    with pytest.raises(StoreError):
        store.knowledge.load_said("NVDA", datetime(2025, 7, 22, tzinfo=UTC).date())


def lead_of(rig: Rig) -> tuple[float, Lead, str]:
    shown = newest(rig).explanation.shown
    assert shown is not None
    return shown.lead_minutes, shown.lead, lead_words(shown, Language.ENGLISH)


def step(rig: Rig, price: float, *, minutes: int) -> None:
    rig.clock.advance(minutes=minutes)
    rig.market.set("ORCL", price)
    rig.refresh()


def test_that_when_a_move_began_outlives_the_program(tmp_path: Path) -> None:
    rig = moving(tmp_path)
    rig.market.report(REPORT, minutes_ago=30, key="report")
    step(rig, 100.0, minutes=1)
    step(rig, 95.0, minutes=3)  # 34 minutes after the report
    told = lead_of(rig)
    assert told == (pytest.approx(34), Lead.MEASURED, "34 min before the move")
    step(rig, 94.0, minutes=48)
    assert lead_of(rig) == told
    rig.store.close()
    again = build_rig(tmp_path, now=rig.clock.now() + timedelta(minutes=1))
    again.engine.start()
    again.market.set("ORCL", 94.0)
    again.refresh()
    again.engine.explanation_service.select("ORCL")
    assert lead_of(again) == told


def test_that_a_beginning_nobody_watched_is_told_as_the_least_or_not_at_all(tmp_path: Path) -> None:
    rig = moving(tmp_path)
    rig.market.report(REPORT, minutes_ago=120, key="report")  # half an hour before the open
    rig.refresh()
    assert lead_of(rig) == (pytest.approx(30), Lead.AT_LEAST, "at least 30 min before the move")
    other = moving(tmp_path / "other")
    other.market.report(REPORT, minutes_ago=45, key="report")  # in the hour and a half it may have begun
    other.refresh()
    assert lead_of(other)[1:] == (Lead.UNKNOWN, "")


def test_that_a_story_after_an_unwatched_beginning_is_at_least_so_late(tmp_path: Path) -> None:
    rig = moving(tmp_path)
    rig.refresh()
    rig.clock.advance(minutes=10)
    rig.market.report(REPORT, minutes_ago=3, key="report")
    step(rig, 95.0, minutes=0)
    assert lead_of(rig) == (pytest.approx(-7), Lead.AT_LEAST, "at least 7 min after it began")


def test_that_a_beginning_is_kept_as_it_was_first_found_for_as_long_as_what_was_said(tmp_path: Path) -> None:
    found = Onset("NVDA", NOW.date(), NOW, NOW - timedelta(minutes=1))
    with closing(SqliteStore(tmp_path / "s.sqlite3", NOW)) as store:
        store.knowledge.save_onsets([found])
        store.knowledge.save_onsets([replace(found, at=NOW + timedelta(hours=1))])
        assert store.knowledge.load_onsets(NOW.date()) == (found,)
        assert store.knowledge.load_onsets(NOW.date() + timedelta(days=1)) == ()
        for _ in store.tidy(NOW + timedelta(days=91), {QUOTE.symbol}):
            pass
        assert store.knowledge.load_onsets(NOW.date()) == ()


def test_that_a_replay_knows_no_beginning_from_an_earlier_one(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "replay.sqlite3", NOW)) as store:
        store.knowledge.save_onsets([Onset("NVDA", NOW.date(), NOW)])
        assert store.knowledge.load_onsets(NOW.date()) == (Onset("NVDA", NOW.date(), NOW),)
        store.begin_replay()
        assert store.knowledge.load_onsets(NOW.date()) == ()
