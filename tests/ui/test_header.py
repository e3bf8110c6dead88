from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.ui import scene
from tests.ui.scene import dress_in, speak

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.events import ClockTicked, HealthChanged, HistoryProgress, PricesHeard, QuotesChanged
from stackwatch.domain.health import Health, HealthState
from stackwatch.domain.list_events import WatchlistChanged
from stackwatch.domain.lists import list_editing as editing
from stackwatch.domain.market import MarketClock
from stackwatch.domain.quote import QuoteState, Session
from stackwatch.domain.watchlist import BilingualName, Language, Watchlist
from stackwatch.engine.fetching import state_of
from stackwatch.providers.web.limits import TokenBucket
from stackwatch.ui.frame.freshness_item import FreshnessItem
from stackwatch.ui.frame.header import Header
from stackwatch.ui.frame.header_parts import ClockStrip
from stackwatch.ui.frame.offline_bar import OfflineBar
from stackwatch.ui.kit.theme import Palette, ThemeMode, build_theme
from stackwatch.ui.kit.tips import as_tip
from stackwatch.ui.preferences.settings import ModeChoice

_NONE = "No prices from the source since 16:05 ET"


@pytest.fixture
def header(qtbot: QtBot) -> Iterator[Header]:
    window = QWidget()
    qtbot.addWidget(window)
    made = Header(scene.watchlist())
    made.setParent(window)
    made.build_settings_menu(ModeChoice.DARK, Palette.WESTERN)
    made.resize(1440, 44)
    window.show()
    yield made
    window.close()


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[OfflineBar]:
    window = QWidget()
    qtbot.addWidget(window)
    made = OfflineBar()
    made.setParent(window)
    window.show()
    yield made
    window.close()


def _words(widget: OfflineBar) -> list[str]:
    return [widget._title.text(), widget._waits.text(), widget._next.text()]


def test_that_markets_in_the_same_phase_share_one_clock(header: Header) -> None:
    header.apply(scene.clock())
    assert header._clocks.toolTip() == "NYSE post-market\nKRX \u00b7 TSE opens in 3 h 55"


def test_that_an_open_market_says_for_how_long(qtbot: QtBot) -> None:
    strip = ClockStrip()
    qtbot.addWidget(strip)
    market = MarketClock(
        calendar="XNYS", label="NYSE", phase=Session.REGULAR,
        next_change=scene.NOW + timedelta(hours=2, minutes=13), next_opens=False,
    )  # fmt: skip
    strip.set_markets((market,), scene.NOW)
    assert strip.toolTip() == "NYSE open 2 h 13"


def test_that_freshness_counts_the_lists_symbols_only(header: Header) -> None:
    header.apply(scene.quotes())
    assert header._freshness._words.text() == "23 of 23 current"
    header.apply(QuotesChanged((scene.quote("NVDA", state=QuoteState.STALE), scene.quote("SPY"))))
    assert header._freshness._words.text() == "22 of 23 current"


def test_that_a_lost_connection_is_named_with_its_time(header: Header) -> None:
    header._freshness._now = lambda: scene.NOW
    header.apply(scene.health(HealthState.OFFLINE))
    assert header._freshness._words.text() == "no connection since 15:41 ET"
    header._freshness._now = lambda: scene.NOW + timedelta(days=1)
    header._freshness.write()
    assert header._freshness._words.text() == "no connection since Tue 15:41 ET"
    header.apply(scene.health(HealthState.OFFLINE, source="news"))
    header.apply(scene.health())
    assert "current" in header._freshness._words.text()


def test_that_what_a_narrow_header_cannot_say_of_a_lost_connection_is_in_its_tip(header: Header) -> None:
    header.apply(scene.clock(replay=False))
    header._freshness._now = lambda: scene.NOW + timedelta(days=1)
    header.apply(HistoryProgress(12, 120))
    header.apply(scene.health(HealthState.OFFLINE))
    header.resize(880, 44)
    header.grab()
    words, progress = header._freshness._words, header.progress._words._words
    assert words.width() < words.sizeHint().width()
    assert words.toolTip() == as_tip(words.text())
    assert progress.width() >= progress.sizeHint().width()
    header.resize(1440, 44)
    header.grab()
    assert words.toolTip() == ""


def test_that_the_badge_shows_only_in_a_replay(header: Header) -> None:
    header.apply(scene.clock(replay=False))
    assert not header.badge.isVisible()
    header.apply(scene.clock())
    assert header.badge.isVisible()
    assert header.badge._time.text() == "Tue 22 Jul 2025 16:05 ET"
    assert header.badge.speed.text() == "60\u00d7"


def test_that_a_replay_asked_to_pause_before_it_runs_does_so_when_it_does(header: Header) -> None:
    speeds: list[float] = []
    header.badge.speed_chosen.connect(speeds.append)
    header.badge.toggle()
    assert speeds == []
    header.apply(scene.clock(speed=600.0))
    assert speeds == [0.0]
    header.apply(scene.clock(speed=0.0))
    header.badge.toggle()
    assert speeds == [0.0, 600.0]


def test_that_pause_stops_the_replay_and_play_goes_on_at_the_same_speed(header: Header) -> None:
    speeds: list[float] = []
    header.badge.speed_chosen.connect(speeds.append)
    header.apply(scene.clock(speed=10.0))
    QTest.mouseClick(header.badge.pause, Qt.MouseButton.LeftButton)
    header.apply(scene.clock(speed=0.0))
    QTest.mouseClick(header.badge.pause, Qt.MouseButton.LeftButton)
    assert speeds == [0.0, 10.0]


def test_that_a_replay_can_be_made_faster(header: Header) -> None:
    speeds: list[float] = []
    header.badge.speed_chosen.connect(speeds.append)
    menu = header.badge.speed.menu()
    header.apply(scene.clock(speed=600.0))
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["600\u00d7"]
    assert menu.actions()[-1].text() == "3,600\u00d7"
    menu.actions()[-1].trigger()
    assert speeds == [3600.0]


def test_that_a_replay_that_ended_says_so(header: Header) -> None:
    header.apply(ClockTicked(scene.NOW, (), replay=True, speed=0.0, finished=True))
    assert header.badge.speed.text() == "ended"
    assert not header.badge.speed.isEnabled()


def test_that_a_narrow_header_says_less(header: Header) -> None:
    header.apply(scene.clock())
    header.resize(1280, 44)
    assert header.badge._time.text() == "22 Jul 16:05"
    assert header.finder.placeholderText() == "Find"


def test_that_settings_switch_at_once(header: Header) -> None:
    chosen: list[object] = []
    header.ui_changed.connect(chosen.append)
    actions = {action.text(): action for action in header.settings.menu().actions()}
    assert actions["Dark"].isChecked()
    for text in ("한국어", "Light", "Up red, down blue"):
        actions[text].trigger()
    assert chosen == [{"language": Language.KOREAN}, {"mode": ModeChoice.LIGHT}, {"palette": Palette.KOREAN}]


def test_that_the_bell_names_the_number_of_new_alerts(header: Header) -> None:
    width = header.bell.width()
    header.set_new_alerts(3)
    assert header.bell.accessibleName() == "3 new alerts"
    assert header.bell.width() > width


@pytest.mark.parametrize(
    ("detail", "title", "why"),
    [
        ("quote: answered 401 Unauthorized", _NONE, "answered 401 Unauthorized"),
        ("quote: the answer has no quotes in it", _NONE, "the answer has no quotes in it"),
        ("quote: a web page answers instead of the provider: a login page (captive portal)?",
         "A web page answers instead of the source since 16:05 ET: a login page?", ""),
    ],
)  # fmt: skip
def test_that_the_bar_says_what_the_source_answered(
    bar: OfflineBar, detail: str, title: str, why: str
) -> None:
    bar.apply(scene.clock())
    broken = Health(source="quotes", state=HealthState.FAILED, since=scene.NOW, detail=detail)
    bar.apply(HealthChanged(broken))
    assert (bar._title.text(), bar._why.text()) == (title, why)


def test_that_the_bar_says_since_when_what_waits_and_when_the_next_try_is(bar: OfflineBar) -> None:
    bar.apply(QuotesChanged((scene.quote("NVDA", 97.5, 100.0),), ()))
    bar.apply(scene.clock())
    bar.apply(scene.health(HealthState.OFFLINE))
    assert _words(bar) == ["No connection since 15:41 ET", "rules wait", "again in 42 s"]
    lost = replace(scene.health(HealthState.OFFLINE).health, detail="quote: no connection")
    bar.apply(HealthChanged(lost))
    assert bar._why.text() == "", "nothing is said twice"
    assert not bar.isHidden()
    assert bar._replay.isHidden()
    bar._beat.timeout.emit()  # a second, long before the core tells the time again
    assert _words(bar)[-1] == "again in 41 s"


def test_that_an_empty_store_offers_the_replay(bar: OfflineBar, qtbot: QtBot) -> None:
    bar.apply(scene.health(HealthState.OFFLINE))
    assert bar._waits.text() == "no price is stored from an earlier run"
    with qtbot.waitSignal(bar.replay_requested):
        QTest.mouseClick(bar._replay, Qt.MouseButton.LeftButton)


def test_that_the_bar_goes_when_quotes_arrive_again(bar: OfflineBar) -> None:
    bar.apply(scene.health(HealthState.FAILED))
    assert not bar.isHidden()
    bar.apply(scene.health())
    assert bar.isHidden()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_a_replay_without_prices_says_nothing_of_a_source_and_leads_back(qtbot: QtBot) -> None:
    bar, item = OfflineBar(replay=True), FreshnessItem(scene.watchlist(), replay=True)
    for part in (bar, item):
        qtbot.addWidget(part)
        part.apply(scene.health(HealthState.OFFLINE))
    bar.apply(
        HealthChanged(Health(source="quotes", state=HealthState.FAILED, since=scene.NOW, detail="full"))
    )
    assert not bar.isHidden()
    assert _words(bar) == ["This replay has no prices", "", ""]
    assert bar.accessibleName() == "This replay has no prices"
    assert bar._why.text() == "full"
    assert bar._retry.isHidden(), "nobody is asked"
    assert bar._replay.text() == "Back to live prices"
    with qtbot.waitSignal(bar.replay_requested, check_params_cb=lambda day: day is None):
        QTest.mouseClick(bar._replay, Qt.MouseButton.LeftButton)
    assert item.accessibleName() == "This replay has no prices"


def test_that_asking_too_often_is_not_called_a_lost_connection(bar: OfflineBar) -> None:
    bar.apply(HealthChanged(Health(source="quotes", state=HealthState.RATE_LIMITED, since=scene.NOW)))
    assert bar._title.text() == "The source asks for fewer requests since 16:05 ET"


def test_that_the_programs_own_limit_is_not_laid_to_the_source(bar: OfflineBar) -> None:
    with pytest.raises(ProviderError) as spent:
        TokenBucket(capacity=0.0, per_second=0.01).take()
    detail, state = str(spent.value), state_of(spent.value)
    bar.apply(HealthChanged(Health(source="quotes", state=state, since=scene.NOW, detail=detail)))
    assert bar._title.text() == "No prices from the source since 16:05 ET"
    assert bar._why.text() == "the program's own request budget is spent"


class Watch:
    """The time a freshness item reads."""

    def __init__(self) -> None:
        self.now = scene.NOW

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def fresh(qtbot: QtBot, watch: Watch) -> Iterator[FreshnessItem]:
    window = QWidget()
    qtbot.addWidget(window)
    made = FreshnessItem(scene.watchlist(), watch)
    made.setParent(window)
    window.show()
    yield made
    window.close()


def trading(phase: Session) -> ClockTicked:
    change = scene.NOW + timedelta(minutes=32)
    market = MarketClock(calendar="XTKS", label="TSE", phase=phase, next_change=change, next_opens=True)
    return ClockTicked(scene.NOW, (market,))


def test_that_another_list_is_counted_at_once_and_the_first_one_again_later(fresh: FreshnessItem) -> None:
    whole = scene.watchlist()
    short = editing.remove(whole, whole.symbols[1:])
    fresh.apply(QuotesChanged(tuple(scene.quote(symbol) for symbol in whole.symbols[:2])))
    said = []
    for shown in (short, whole):
        fresh.apply(WatchlistChanged(shown, (whole, short)))
        said.append(fresh._words.text())
    assert said == ["1 of 1 current", "2 of 23 current"]


def test_that_pushed_prices_are_told_with_their_age(fresh: FreshnessItem, watch: Watch) -> None:
    fresh.apply(trading(Session.REGULAR))
    fresh.apply(PricesHeard(scene.NOW, streaming=True))
    watch.wait(milliseconds=400)
    fresh.write()
    assert fresh._words.text() == "streaming \u00b7 0.4 s"
    fresh.apply(PricesHeard(scene.NOW, streaming=False))
    watch.wait(seconds=12)
    fresh.write()
    assert fresh._words.text() == "polling \u00b7 12 s"


def test_that_the_tip_names_the_oldest_live_price(fresh: FreshnessItem, watch: Watch) -> None:
    fresh.apply(trading(Session.REGULAR))
    fresh.apply(PricesHeard(scene.NOW, streaming=True))
    now: dict[str, Any] = {"as_of": scene.NOW, "session": Session.REGULAR}
    old = now | {"as_of": scene.NOW - timedelta(seconds=70)}
    fresh.apply(QuotesChanged((scene.quote("NVDA", **old), scene.quote("AMD", **now))))
    watch.wait(seconds=20)
    fresh.write()
    assert "Oldest live price: NVDA, 2 min" in fresh.toolTip()


@pytest.mark.parametrize("phase", [Session.CLOSED, Session.BREAK])
def test_that_nothing_ticks_while_no_market_trades(fresh: FreshnessItem, phase: Session) -> None:
    fresh.apply(PricesHeard(scene.NOW, streaming=True))
    fresh.apply(trading(Session.REGULAR))
    assert fresh._beat.isActive()
    fresh.apply(trading(phase))
    assert not fresh._beat.isActive()
    assert fresh._words.text() == "0 of 23 current"


def test_that_nothing_ticks_where_nobody_looks_or_in_a_replay(fresh: FreshnessItem) -> None:
    fresh.apply(trading(Session.REGULAR))
    assert not fresh._beat.isActive()  # nothing was heard yet
    fresh.apply(PricesHeard(scene.NOW, streaming=True))
    fresh.hide()
    assert not fresh._beat.isActive()
    fresh.show()
    assert fresh._beat.isActive()
    fresh.apply(scene.clock())
    assert not fresh._beat.isActive()


def test_that_the_seconds_never_move_their_neighbours(fresh: FreshnessItem, watch: Watch) -> None:
    fresh.apply(trading(Session.REGULAR))
    fresh.apply(PricesHeard(scene.NOW, streaming=False))
    watch.wait(minutes=59)
    fresh.write()
    wide = fresh.sizeHint().width()
    fresh.apply(PricesHeard(watch.now, streaming=False))
    fresh.write()
    assert fresh._words.text() == "polling \u00b7 0.0 s"
    assert fresh.sizeHint().width() == wide


def test_that_a_lunch_break_counts_down(qtbot: QtBot) -> None:
    strip = ClockStrip()
    qtbot.addWidget(strip)
    strip.set_markets(trading(Session.BREAK).markets, scene.NOW)
    assert strip.toolTip() == "TSE reopens in 32 min"


def test_that_an_empty_list_counts_no_prices(header: Header) -> None:
    header.apply(scene.health())
    empty = Watchlist(id="mine", names=BilingualName("Mine", "Mine"), layers=(), private=())
    header.apply(WatchlistChanged(empty, (empty,)))
    assert header._freshness._words.text() == ""


@pytest.mark.parametrize("width", [880, 960, 1120, 1440])
@pytest.mark.parametrize("language", list(Language))
def test_that_a_replay_is_told_whole_in_a_narrow_window(
    header: Header, qtbot: QtBot, language: Language, width: int
) -> None:
    speak(header, language)
    header.apply(scene.clock(speed=3600.0))
    header.resize(width, 44)
    badge = header.badge
    icon = badge.days.iconSize().width() + 4

    def fits() -> bool:
        parts = ((badge.days, icon), (badge._time, 0), (badge.speed, 0))
        return all(
            words.width() >= words.fontMetrics().horizontalAdvance(words.text()) + beside
            for words, beside in parts
        )

    qtbot.waitUntil(fits)
    if width != 960:  # where it hangs on the font
        assert header._freshness.isVisible() is (width > 880)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("width", [880, 1120])
def test_that_a_replay_has_its_time_whole_when_the_text_becomes_larger(
    header: Header, qtbot: QtBot, language: Language, width: int
) -> None:
    speak(header, language)
    header.apply(scene.clock(speed=3600.0))
    header.resize(width, 44)
    dress_in(header, build_theme(ThemeMode.DARK, base_px=16))
    badge = header.badge

    def fits() -> bool:
        whole = (w.width() >= w.fontMetrics().horizontalAdvance(w.text()) for w in (badge._time, badge.speed))
        return all(whole) and "16:05" in badge._time.text() and badge.next.geometry().right() < badge.width()

    qtbot.waitUntil(fits)
    assert header.settings.geometry().right() < width
    dress_in(header, build_theme(ThemeMode.DARK))
    qtbot.waitUntil(lambda: "22" in badge._time.text())  # the day is told again


def test_that_clocks_leave_out_the_last_before_the_words_that_say_what_a_time_means(qtbot: QtBot) -> None:
    strip = ClockStrip()
    qtbot.addWidget(strip)
    nyse = MarketClock(
        calendar="XNYS", label="NYSE", phase=Session.REGULAR,
        next_change=scene.NOW + timedelta(hours=2, minutes=13), next_opens=False,
    )  # fmt: skip
    krx = replace(nyse, calendar="XKRX", label="KRX", phase=Session.CLOSED, next_opens=True)
    tse = replace(krx, calendar="XTKS", label="TSE", next_change=scene.NOW + timedelta(hours=3))
    strip.set_markets((nyse, krx, tse), scene.NOW)
    whole = ["open 2 h 13", "opens in 2 h 13", "opens in 3 h 00"]
    short = ["2 h 13", "2 h 13", "3 h 00"]
    seen = []
    for width in range(500, 40, -1):
        strip.resize(width, 30)
        seen.append([words for _, _, words, _ in strip._fitting()])
    told = [words for words, before in zip(seen[1:], seen, strict=False) if words != before]
    first = [whole[0], *short[1:]]
    assert [seen[0], *told] == [whole, first, whole[:2], first[:2], short[:2], short[:1], []]

    after = replace(nyse, phase=Session.POST)
    strip.set_markets((after, krx, tse), scene.NOW)
    seen = []
    for width in range(500, 40, -1):
        strip.resize(width, 30)
        seen.append([words for _, _, words, _ in strip._fitting()])
    assert ["post-market", whole[1], short[2]] in seen  # a time that no word stands before says nothing
    assert ["post-market", *short[1:]] not in seen


def test_that_exchanges_that_open_together_leave_room_for_those_that_trade_now(qtbot: QtBot) -> None:
    strip = ClockStrip()
    qtbot.addWidget(strip)
    xetra = MarketClock(
        calendar="XETR", label="Xetra", phase=Session.CLOSED,
        next_change=scene.NOW + timedelta(hours=4), next_opens=True,
    )  # fmt: skip
    europe = [replace(xetra, label=label) for label in ("Xetra", "London", "Amsterdam", "Milan")]
    twse = replace(xetra, label="TWSE", phase=Session.REGULAR, next_opens=False)
    strip.set_markets((*europe, twse), scene.NOW)
    seen = []
    for width in range(700, 40, -1):
        strip.resize(width, 30)
        seen.append([names for _, names, _, _ in strip._fitting()])
    every = "Xetra \u00b7 London \u00b7 Amsterdam \u00b7 Milan"
    assert list(dict.fromkeys(map(tuple, seen)))[:3] == [(every, "TWSE"), ("Xetra +3", "TWSE"), ("Xetra +3",)]
    assert strip.toolTip().startswith(every)
    scene.speak(strip, Language.KOREAN)
    assert strip.toolTip().startswith("Xetra \u00b7 런던 \u00b7 암스테르담 \u00b7 밀라노")


def test_that_a_first_start_says_that_prices_are_asked_for_until_somebody_answers(header: Header) -> None:
    words = header._freshness._words
    assert words.text() == "asking for prices"
    header.apply(QuotesChanged((scene.quote("NVDA"),)))
    assert words.text() == "1 of 23 current"
