import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

import pytest
from tests.ui.detail_scene import STARGATE_ALERT

from stackwatch.commands.watch import NotificationSender
from stackwatch.domain.watchlist import Ecosystem, Language
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
    sender = NotificationSender(ecosystem, Language.ENGLISH, lambda: desktop)
    shown: list[str] = []
    for key in ("a1", "a2"):
        sender.show(replace(STARGATE_ALERT, id=key))
    sender.finish(shown.append)
    sender.close()
    assert [title for title, _ in desktop.sent] == ["Stargate: 4 of 5 linked names down"] * 2
    assert shown == (["a1", "a2"] if takes else [])
    assert capsys.readouterr().err.count("takes no notifications") == (0 if takes else 1)
