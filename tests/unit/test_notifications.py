import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

import pytest
from tests.ui.detail_scene import NVDA_ALERT, STARGATE_ALERT

from stackwatch.commands.watch import NotificationSender
from stackwatch.domain.watchlist import Ecosystem, Language
from stackwatch.domain.words.alert_words import notification_words
from stackwatch.domain.words.format import percent
from stackwatch.system.notifications import SystemNotifier

SECONDS = 5.0


@dataclass
class Desktop:
    """A desktop that takes notifications, or not; ``asked`` is set after each."""

    takes: bool = True
    sent: list[tuple[str, str]] = field(default_factory=list)
    asked: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    click: Callable[[], None] | None = None
    thread: str = ""

    async def send(
        self, title: str, message: str, *, on_clicked: Callable[[], None], on_dispatched: Callable[[], None]
    ) -> object:
        self.sent.append((title, message))
        self.click = on_clicked
        self.thread = threading.current_thread().name
        if self.takes:
            on_dispatched()
        self.asked.release()
        return "id"


def _send(notifier: SystemNotifier, desktop: Desktop, text: str = "text") -> None:
    notifier.notify("title", text, "alert-1")
    assert desktop.asked.acquire(timeout=SECONDS)
    notifier.close()


def test_that_a_notification_goes_out_on_a_thread_of_its_own_that_ends_on_close() -> None:
    desktop = Desktop()
    notifier = SystemNotifier(lambda _alert: None, lambda: desktop)
    assert notifier.works is None
    _send(notifier, desktop)
    assert desktop.sent == [("title", "text")]
    assert desktop.thread == "notifications"
    assert notifier.works is True
    assert "notifications" not in {thread.name for thread in threading.enumerate()}


def test_that_a_desktop_that_takes_nothing_is_noticed(caplog: pytest.LogCaptureFixture) -> None:
    desktop = Desktop(takes=False)
    notifier = SystemNotifier(lambda _alert: None, lambda: desktop)
    _send(notifier, desktop)
    assert notifier.works is False
    assert "did not take" in caplog.text


def test_that_a_system_without_notifications_never_raises(caplog: pytest.LogCaptureFixture) -> None:
    asked = threading.Event()

    def missing() -> Desktop:
        asked.set()
        raise OSError("no WinRT")

    notifier = SystemNotifier(lambda _alert: None, missing)
    notifier.notify("title", "text", "alert-1")
    assert asked.wait(SECONDS)
    notifier.close()
    assert notifier.works is False
    assert "cannot be used" in caplog.text


def test_that_a_click_names_its_alert() -> None:
    clicked: list[str] = []
    desktop = Desktop()
    notifier = SystemNotifier(clicked.append, lambda: desktop)
    _send(notifier, desktop)
    assert desktop.click is not None
    desktop.click()
    assert clicked == ["alert-1"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only the desktops of Linux read markup")
def test_that_a_headline_with_markup_is_shown_letter_by_letter() -> None:
    desktop = Desktop()
    _send(SystemNotifier(lambda _alert: None, lambda: desktop), desktop, '<b>AT&T</b> "up"')
    assert desktop.sent == [("title", '&lt;b&gt;AT&amp;T&lt;/b&gt; "up"')]


def test_that_closing_before_the_first_notification_does_nothing() -> None:
    notifier = SystemNotifier(lambda _alert: None, Desktop)
    notifier.close()
    assert notifier.works is None


def _itself(desktop: Desktop) -> Desktop:
    return desktop


def test_that_it_is_told_what_the_system_took_and_what_it_refused() -> None:
    told: list[tuple[str, str]] = []
    for desktop in (Desktop(), Desktop(takes=False)):
        notifier = SystemNotifier(
            lambda _alert: None,
            partial(_itself, desktop),
            on_taken=lambda key: told.append(("taken", key)),
            on_refused=lambda key: told.append(("refused", key)),
        )
        notifier.notify("title", "text", "alert-1")
        notifier.finish()
        notifier.close()
    assert told == [("taken", "alert-1"), ("refused", "alert-1")]


@pytest.mark.parametrize("takes", [True, False])
def test_that_watch_pops_up_what_may_and_records_what_was_taken(
    ecosystem: Ecosystem, capsys: pytest.CaptureFixture[str], *, takes: bool
) -> None:
    desktop = Desktop(takes=takes)
    sender = NotificationSender(ecosystem, Language.ENGLISH, lambda: desktop, replay=takes)
    shown: list[str] = []
    for key in ("a1", "a2"):
        sender.show(replace(STARGATE_ALERT, id=key))
    sender.finish(shown.append)
    sender.close()
    mark = "Replay: " if takes else ""
    assert [title for title, _ in desktop.sent] == [f"{mark}Stargate: 4 of 5 linked names down"] * 2
    assert {text.partition(".")[0] for _, text in desktop.sent} == {
        "None is beyond its usual range, 1 not judged"
    }
    assert shown == (["a1", "a2"] if takes else [])
    assert capsys.readouterr().err.count("takes no notifications") == (0 if takes else 1)


@pytest.mark.parametrize(
    ("language", "replay", "words"),
    [
        (Language.ENGLISH, False, ("Stargate: 4 of 5 linked names down", "None is beyond its usual range")),
        (Language.KOREAN, False, ("스타게이트: 연결 5종목 중 4종목 하락", "모두 평소 범위 안")),
        (Language.ENGLISH, True, ("Replay: Stargate: 4 of 5 linked names down", "None is beyond")),
        (Language.KOREAN, True, ("다시보기: 스타게이트: 연결 5종목 중 4종목 하락", "모두 평소 범위 안")),
    ],
)
def test_that_a_notification_says_a_thing_once_and_whether_it_is_replayed(
    ecosystem: Ecosystem, language: Language, words: tuple[str, str], *, replay: bool
) -> None:
    head, text = notification_words(STARGATE_ALERT, ecosystem, language, replay=replay)
    assert head == words[0]
    assert text.startswith(words[1])
    assert head.rpartition(": ")[2] not in text


def test_that_the_notification_of_a_share_begins_with_how_unusual_it_is(ecosystem: Ecosystem) -> None:
    head, text = notification_words(NVDA_ALERT, ecosystem, Language.ENGLISH, replay=False)
    assert NVDA_ALERT.own_move is not None
    assert head == f"NVDA {percent(NVDA_ALERT.own_move.move_pct)}"
    assert text.startswith("Within its usual range (SAR ")
