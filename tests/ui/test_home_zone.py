"""Times that are about no share are told where most of the list trades, not in New York."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from tests.ui import detail_scene, scene
from tests.ui.test_briefing import BRIEFING

from stackwatch.domain.alert import AwayReason
from stackwatch.domain.events import AlertRaised, AwayDigest
from stackwatch.domain.list_events import WatchlistChanged
from stackwatch.domain.watchlist import Language, Watchlist
from stackwatch.domain.words.briefing_words import BriefingWriter
from stackwatch.ui.alerts.digest import digest_span
from stackwatch.ui.alerts.inbox_model import InboxColumn
from stackwatch.ui.alerts.snooze_menu import snooze_sections
from stackwatch.ui.alerts.toast_facts import toast_facts
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.home_zone import use_zone

Open = Callable[..., MainWindow]
TOKYO = ("9984.T",)
FIRED = scene.NOW.replace(hour=1, minute=20)  # 10:20 in Tokyo, the evening before in New York


def list_of(*symbols: str) -> Watchlist:
    shown = scene.watchlist()
    return replace(shown, layers=(replace(shown.layers[0], symbols=symbols),), private=())


def told(window: MainWindow) -> tuple[str, str]:
    """Return whose clock heads the times of the alerts, and the time of the only one."""
    model, column = window.inbox.model, InboxColumn.TIME
    head = str(model.headerData(column, Qt.Orientation.Horizontal))
    return head.rpartition(" ")[2], str(model.index(0, column).data())


@pytest.mark.parametrize(
    ("language", "tokyo", "york"),
    [
        (Language.ENGLISH, ("JST", "10:20"), ("ET", "21:20")),
        (Language.KOREAN, ("도쿄", "10:20"), ("뉴욕", "21:20")),
    ],
)
def test_that_alerts_are_told_by_the_clocks_of_a_list_as_soon_as_it_is_shown(
    open_window: Open, language: Language, tokyo: tuple[str, str], york: tuple[str, str]
) -> None:
    window = open_window()
    scene.speak(window, language)
    window.apply(replace(scene.clock(), now=FIRED + timedelta(minutes=5)))
    alert = detail_scene.alert("a1", "9984.T", 1, 20)
    window.apply(AlertRaised(replace(alert, fired_at=FIRED), popup=False))
    painted: list[str] = []  # a head is painted anew only where its model says so
    window.inbox.model.headerDataChanged.connect(lambda *_: painted.append(told(window)[0]))
    assert told(window) == york
    window.apply(WatchlistChanged(list_of(*TOKYO), ()))
    assert told(window) == tokyo
    window.apply(WatchlistChanged(scene.watchlist(), ()))
    assert told(window) == york
    assert painted == [tokyo[0], york[0]]


def test_that_a_digest_and_a_popup_are_told_by_the_clocks_of_the_list() -> None:
    alert = replace(detail_scene.alert("a1", "9984.T", 1, 20), fired_at=FIRED)
    digest = AwayDigest(AwayReason.START, FIRED - timedelta(hours=1), FIRED, (alert,))
    assert digest_span(digest, FIRED) == "20:20 to 21:20 ET"
    assert toast_facts([alert], scene.ecosystem(), FIRED).time == "10:20 JST"
    use_zone("Asia/Tokyo")
    assert digest_span(digest, FIRED) == "09:20 to 10:20 JST"
    assert toast_facts([alert], scene.ecosystem(), FIRED).time == "10:20"


def test_that_a_popup_about_nobody_that_trades_is_of_a_day_where_the_list_trades() -> None:
    alert = replace(detail_scene.alert("a1", "openai", 1, 20), fired_at=FIRED)
    ends = []
    for zone, time in (("America/New_York", "21:20"), ("Asia/Tokyo", "10:20")):
        use_zone(zone)
        assert toast_facts([alert], scene.ecosystem(), FIRED).time == time
        sections = snooze_sections(alert, FIRED, (), scene.ecosystem())
        ends.append(sections[-1].choices[0].until.astimezone(ZoneInfo(zone)))
    assert [(end.day, end.hour) for end in ends] == [(22, 0), (23, 0)]


def test_that_a_briefing_is_known_as_of_a_time_of_the_list() -> None:
    made = replace(BRIEFING, made_at=FIRED)
    for shown, said in (
        (list_of(*TOKYO), "22 Jul 2025 10:20 JST"),
        (scene.watchlist(), "21 Jul 2025 21:20 ET"),
    ):
        assert said in BriefingWriter(scene.ecosystem(), shown, Language.ENGLISH).page(made).made
