"""Walks through everything that the window shows: its views, its details, and what opens over it."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.ui import scene
from tests.ui.demo_scene import DemoDay

from stackwatch.domain.alert import AwayReason
from stackwatch.domain.events import AlertRaised, ArmedRowsChanged, AwayDigest, BarsLoaded, RulesChanged
from stackwatch.domain.health import HealthState
from stackwatch.ui.chart.peer_field import PeerField
from stackwatch.ui.frame.keys_dialog import KeysDialog
from stackwatch.ui.frame.leave_live import LeaveLive
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.preferences.settings import ViewChoice
from stackwatch.ui.watchlist.column_chooser import ColumnChooser
from stackwatch.ui.watchlist.watchlist_menu import row_menu

Place = tuple[str, QWidget]


def tell(day: DemoDay, window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Let a window live through a day, and look at NVDA; where rules stand is told as they are shown."""
    window.resize(1440, 900)
    with qtbot.waitActive(window):
        window.activateWindow()
    rules = [event for event in day.events if isinstance(event, RulesChanged | ArmedRowsChanged)]
    for event in day.events:
        if event not in rules:
            window.apply(event)

    def tell_rules(view: ViewChoice) -> None:
        for event in rules if view is ViewChoice.RULES else ():
            window.apply(event)

    window.views.changed.connect(tell_rules)
    window.following.open("NVDA")
    for event in day.events:  # bars are heard where they were asked for
        if isinstance(event, BarsLoaded):
            window.apply(event)
    qtbot.waitUntil(lambda: window.detail.chart.plot is not None, timeout=5000)
    return window


def lay_out() -> None:
    """Have what was built anew laid out, and what it replaced go."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def picture(taken: QPixmap) -> str:
    """Return the sum of a picture: hundreds that are kept whole need half a gigabyte."""
    image = taken.toImage()
    return f"{image.width()} x {image.height()} {sha256(image.constBits()).hexdigest()}"


def end(window: MainWindow) -> None:
    """Close a window for good, before the next one is made."""
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def top(kind: type[QWidget]) -> QWidget:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


def views(window: MainWindow) -> Iterator[Place]:
    for view in ViewChoice:
        window.views.show_view(view)
        QApplication.processEvents()
        yield view.value, window
    window.views.show_view(ViewChoice.LIST)


def details(window: MainWindow) -> Iterator[Place]:
    for entity in ("NVDA", "openai", "000660.KS"):
        window.following.open(entity)
        for page, tab in window.detail.tabs.heads.items():
            tab.click()
            QApplication.processEvents()
            yield f"detail {entity} {page.name}", window.detail
    window.following.open("NVDA")


def settings(window: MainWindow) -> Iterator[Place]:
    window.settings_controller.open()
    dialog = window.settings_controller.dialog
    assert dialog is not None
    for page in range(len(dialog.names)):  # which are others after a change of theme
        dialog.open_page(page)
        QApplication.processEvents()
        yield f"settings {page}", dialog
    dialog.search.setFocus()
    QTest.keyClicks(dialog.search, "a")
    yield "settings search", dialog
    dialog.accept()


def over_the_window(window: MainWindow) -> Iterator[Place]:
    """Everything that is in front for a while, one after the other."""
    lists, targets = window.lists.controller, (window.header.finder, window.detail.card, window.header.bell)
    window.header.finder.setFocus()
    window.header.finder.setText("nv")
    yield "find", window
    window.header.finder.clear()
    tour = window.controllers.begin_tour(*targets)
    yield "tour", window
    tour.end()
    welcome = window.controllers.welcome(lists, *targets)
    yield "welcome", welcome
    welcome.close()
    QApplication.processEvents()
    if window.controllers.tour is not None:
        window.controllers.tour.end()
    window.show_keys()
    keys = top(KeysDialog)
    yield "keys", keys
    keys.close()
    window.list.choose_columns()
    chooser = top(ColumnChooser)
    yield "columns", chooser
    chooser.close()
    window.apply(away(window))
    yield "missed", window
    window.inbox.show_digest()
    assert window.inbox.digest_dialog is not None
    yield "digest", window.inbox.digest_dialog
    window.inbox.digest_dialog.accept()
    window.show_notice("stackwatch.html")
    window.offline._beat.setInterval(1_000_000)  # it says the same however long that takes
    window.apply(scene.health(HealthState.OFFLINE))
    yield "notice and offline", window
    window.apply(scene.health())
    window.notice.dismiss()


def away(window: MainWindow) -> AwayDigest:
    alerts = window.inbox.model.shown()
    return AwayDigest(AwayReason.START, alerts[-1].fired_at, alerts[0].fired_at, alerts)


def smaller(window: MainWindow) -> Iterator[Place]:
    """Fields and menus that open where somebody asks for them."""
    window.detail.chart.tools.add_peer("AVGO")
    field = PeerField(("AVGO",), scene.ecosystem(), window).window()
    field.show()
    yield "compare with", field
    field.close()
    row = window.list.currentIndex()
    menus = {
        "row": row_menu(window.list, row, window.list.list_model.node(row)),
        "list": window.header.title.menu(),
        "settings": window.header.settings.menu(),
        "chart": window.detail.chart.menu(None),
        "speed": window.header.badge.speed.menu(),
    }
    window.inbox.head.fill_menu()
    menus["narrow"] = window.inbox.head.menu
    for name, menu in menus.items():
        assert menu is not None
        menu.popup(window.rect().center())
        yield f"menu {name}", menu
        menu.close()
    window.controllers.replay.ask()
    assert window.controllers.replay.menu is not None
    yield "menu days", window.controllers.replay.menu
    window.controllers.replay.menu.close()
    question = LeaveLive("22 Jul 2025", window)
    question.open()
    yield "leave live", question
    question.close()


def rules(window: MainWindow) -> Iterator[Place]:
    """The editor with every control it can have, and a rule of a user's own."""
    window.views.show_view(ViewChoice.RULES)
    window.new_alert()
    window.views.rules.editor.form.add.click()
    window.views.rules.editor.form.own.threshold.lineEdit().deselect()  # a new editor begins so
    QApplication.processEvents()
    yield "rule of two conditions", window
    window.views.rules.editor.form.cancel.click()
    window.views.show_view(ViewChoice.LIST)


def evidence(window: MainWindow) -> Iterator[Place]:
    window.views.show_view(ViewChoice.EXPOSURE)
    area = window.views.exposure.area
    area.setFocus()
    area.set_current("stargate")
    QTest.keyClick(area, Qt.Key.Key_Space)
    assert window.views.exposure.card.isVisible()
    yield "evidence", window
    window.views.close_card()
    window.views.show_view(ViewChoice.LIST)


def narrow(window: MainWindow) -> Iterator[Place]:
    """A narrow window, where the detail is below the list as a tab beside the alerts."""
    window.resize(1000, 700)
    QApplication.processEvents()
    for place, tab in enumerate(window.placement.narrow.lower.tabs):
        tab.click()
        QApplication.processEvents()
        yield f"narrow {place}", window


def popups(window: MainWindow) -> Iterator[Place]:
    """Cards of alerts, and the button that says how many more there are."""
    alert = window.inbox.model.shown()[0]
    for more in ("1", "2", "3", "4"):
        window.apply(AlertRaised(replace(alert, id=more, group=more), popup=True))
    QApplication.processEvents()
    assert window.toasts._missed
    yield "popups", window
    window.toasts.close_all()


# Rules come late: their editor is built when it is first shown, and from then on with every change anew.
WALKS = (details, settings, over_the_window, smaller, evidence, views, rules, narrow)
