"""The settings: what is chosen is passed on at once, and what the sources say is shown."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.ui import scene

from stackwatch.domain.budget import budget
from stackwatch.domain.events import BudgetChanged, HealthChanged, StoriesChanged
from stackwatch.domain.health import Health, HealthState
from stackwatch.domain.settings import FeedChoice, Settings
from stackwatch.domain.watchlist import Language
from stackwatch.ui.frame.translation import Translations
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.chips import ElidedText
from stackwatch.ui.kit.switches import Switch
from stackwatch.ui.kit.theme import Palette, ThemeMode, build_theme, use_theme
from stackwatch.ui.preferences.settings import ModeChoice, UiSettings
from stackwatch.ui.preferences.settings_dialog import DataParts, SettingsDialog
from stackwatch.ui.preferences.settings_feeds import feed_id
from stackwatch.ui.preferences.settings_parts import PaletteCard

Open = Callable[..., MainWindow]
SHIPPED = (
    FeedChoice(id="cnbc", publisher="CNBC", url="https://www.cnbc.com/rss"),
    FeedChoice(id="openai", publisher="OpenAI", url="https://openai.com/rss.xml"),
)
UI = UiSettings(mode=ModeChoice.DARK)


@pytest.fixture
def changes() -> list[Settings]:
    return []


@pytest.fixture
def dialog(changes: list[Settings]) -> SettingsDialog:
    made = SettingsDialog(UI, DataParts(feeds=SHIPPED, data_folder=Path("data")), "UTC")
    made.settings_changed.connect(changes.append)
    return made


def named(parent: QWidget, name: str) -> QWidget:
    found = parent.findChild(QWidget, name)
    assert isinstance(found, QWidget), name
    return found


def switch(dialog: SettingsDialog, feed: str) -> Switch:
    found = named(dialog.data, f"switch-{feed}")
    assert isinstance(found, Switch)
    return found


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(ElidedText) if label.text()]


def test_that_a_shipped_feed_is_switched_off_and_put_back(
    dialog: SettingsDialog, changes: list[Settings]
) -> None:
    switch(dialog, "openai").click()
    assert changes[-1].feeds == (replace(SHIPPED[1], enabled=False),)
    switch(dialog, "openai").click()
    assert changes[-1].feeds == ()


def test_that_a_feed_is_added_with_the_keyboard_edited_and_removed(
    dialog: SettingsDialog, changes: list[Settings]
) -> None:
    feeds = dialog.data.feeds
    QTest.keyClicks(feeds.publisher, "SemiAnalysis")
    QTest.keyClicks(feeds.address, "https://semianalysis.com/feed/")
    QTest.keyClick(feeds.address, Qt.Key.Key_Return)
    (added,) = changes[-1].feeds
    assert (added.id, added.publisher, added.enabled) == ("semianalysis-com", "SemiAnalysis", True)
    assert feeds.address.text() == ""
    named(feeds, "edit-semianalysis-com").click()  # type: ignore[attr-defined]
    feeds.address.setText("https://semianalysis.com/new")
    feeds.keep.click()
    assert changes[-1].feeds == (replace(added, url="https://semianalysis.com/new"),)
    named(feeds, "remove-semianalysis-com").click()  # type: ignore[attr-defined]
    assert changes[-1].feeds == ()


@pytest.mark.parametrize(
    "address",
    [
        *("file:///etc/passwd", "ftp://a.b/c", "a.b/c", "https://a b/c", "https:///x"),
        *("http://[", "https://a\uff0fb/c"),  # as far as they are no addresses yet
    ],
)
def test_that_only_a_web_address_can_be_a_feed(dialog: SettingsDialog, address: str) -> None:
    dialog.data.feeds.publisher.setText("Somebody")
    dialog.data.feeds.address.setText(address)
    assert not dialog.data.feeds.keep.isEnabled()


def test_that_enter_says_what_a_feed_lacks_and_goes_there(dialog: SettingsDialog, qtbot: QtBot) -> None:
    dialog.show()
    qtbot.mouseClick(dialog.names[2], Qt.MouseButton.LeftButton)
    feeds = dialog.data.feeds
    feeds.address.setFocus()
    QTest.keyClicks(feeds.address, "http:/x.y")
    QTest.keyClick(feeds.address, Qt.Key.Key_Return)
    assert feeds.fault.text() == "The publisher is missing"
    QTest.keyClicks(feeds.publisher, "Somebody")
    assert feeds.fault.text() == ""
    QTest.keyClick(feeds.publisher, Qt.Key.Key_Return)
    assert feeds.fault.text() == "An address begins with http:// or https://"
    assert feeds.fault.isVisible()
    QTest.keyClicks(feeds.address, "z")
    assert not feeds.fault.isVisible()


def test_that_the_form_of_a_feed_comes_into_view_under_a_long_list(qtbot: QtBot) -> None:
    many = tuple(
        FeedChoice(id=f"feed-{n}", publisher=f"Paper {n}", url=f"https://p{n}.com") for n in range(30)
    )
    dialog = SettingsDialog(UI, DataParts(feeds=many), "UTC")
    dialog.resize(720, 420)
    qtbot.addWidget(dialog)
    dialog.open_page(2)
    dialog.show()
    feeds = dialog.data.feeds
    assert feeds.address.visibleRegion().isEmpty()
    pencil = named(feeds, "edit-feed-0")
    pencil.click()  # type: ignore[attr-defined]
    assert not feeds.address.visibleRegion().isEmpty()
    QTest.keyClick(feeds.address, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert feeds.address.text() == ""
    assert not pencil.visibleRegion().isEmpty()


def test_that_a_feed_that_is_edited_can_be_left_as_it_is(
    dialog: SettingsDialog, changes: list[Settings], qtbot: QtBot
) -> None:
    qtbot.addWidget(dialog)
    dialog.open_page(2)
    dialog.show()
    feeds = dialog.data.feeds
    assert not feeds.leave.isVisible()
    named(feeds, "edit-cnbc").click()  # type: ignore[attr-defined]
    assert feeds.leave.isVisible()
    feeds.leave.click()
    assert (feeds.address.text(), feeds.keep.text()) == ("", "Add feed")
    assert not feeds.leave.isVisible()
    assert changes == []


def test_that_what_happens_to_a_feed_while_it_is_edited_stays(
    dialog: SettingsDialog, changes: list[Settings]
) -> None:
    feeds = dialog.data.feeds
    feeds.publisher.setText("SemiAnalysis")
    feeds.address.setText("https://semianalysis.com/feed")
    feeds.keep.click()
    named(feeds, "edit-cnbc").click()  # type: ignore[attr-defined]
    switch(dialog, "cnbc").click()
    feeds.address.setText("https://www.cnbc.com/new")
    feeds.keep.click()
    edited = next(feed for feed in changes[-1].feeds if feed.id == "cnbc")
    assert (edited.enabled, edited.url) == (False, "https://www.cnbc.com/new")
    named(feeds, "edit-semianalysis-com").click()  # type: ignore[attr-defined]
    named(feeds, "remove-semianalysis-com").click()  # type: ignore[attr-defined]
    assert feeds.keep.text() == "Add feed"
    assert [feed.id for feed in changes[-1].feeds] == ["cnbc"]


def test_that_an_address_is_no_second_feed(dialog: SettingsDialog, changes: list[Settings]) -> None:
    feeds = dialog.data.feeds
    feeds.publisher.setText("Somebody")
    feeds.address.setText(" https://openai.com/rss.xml")
    assert not feeds.keep.isEnabled()
    assert feeds.fault.text() == "A feed above has this address: OpenAI"
    named(feeds, "edit-openai").click()  # type: ignore[attr-defined]
    assert feeds.fault.text() == ""
    feeds.publisher.setText("OpenAI blog")
    feeds.keep.click()
    assert changes[-1].feeds == (replace(SHIPPED[1], publisher="OpenAI blog"),)


def test_that_ids_of_feeds_stay_apart_and_fit_the_file() -> None:
    assert feed_id("A", "https://www.example.com/x", frozenset()) == "example-com"
    assert feed_id("A", "https://example.com/y", frozenset({"example-com"})) == "example-com-2"
    assert feed_id("한국경제", "https://뉴스.kr/rss", frozenset()) == "kr"


def test_that_a_publisher_is_blocked_once_and_allowed_again(
    dialog: SettingsDialog, changes: list[Settings]
) -> None:
    blocked = dialog.data.blocked
    for name in ("Zacks", "zacks ", "Insider Monkey"):
        blocked.field.setText(name)
        blocked.add.click()
    assert changes[-1].blocked_sources == ("Zacks", "Insider Monkey")
    named(blocked, "blocked-0").click()  # type: ignore[attr-defined]
    assert changes[-1].blocked_sources == ("Insider Monkey",)


def test_that_changes_on_different_pages_do_not_undo_each_other(
    dialog: SettingsDialog, changes: list[Settings]
) -> None:
    switch(dialog, "cnbc").click()
    dialog.general.currency.setCurrentIndex(2)
    dialog.general.currency.activated.emit(2)
    dialog.advanced.allowed.selectAll()
    QTest.keyClicks(dialog.advanced.allowed, "2500")
    QTest.keyClick(dialog.advanced.allowed, Qt.Key.Key_Return)
    assert changes[-1] == Settings(
        home_currency="KRW", feeds=(replace(SHIPPED[0], enabled=False),), requests_per_hour=2500
    )


@pytest.mark.parametrize(("typed", "kept"), [("1,000", 1000), ("50", 100), ("99999", 7200)])
def test_that_the_number_of_requests_is_what_its_field_shows(
    dialog: SettingsDialog, changes: list[Settings], typed: str, kept: int
) -> None:
    field = dialog.advanced.allowed
    field.selectAll()
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (changes[-1].requests_per_hour, field.text()) == (kept, f"{kept:,}")
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert changes[-1].requests_per_hour == min(kept + 100, 7200)


def test_that_a_silent_feed_says_since_when_in_its_row(dialog: SettingsDialog) -> None:
    since = scene.NOW - timedelta(hours=3)
    dead = Health(source="cnbc", state=HealthState.FAILED, since=since, detail="cnbc: status 404")
    dialog.set_health({"cnbc": dead}, scene.NOW)
    assert f"silent since {since:%H:%M} UTC" in texts(dialog.data.feeds)
    assert "404" in named(dialog.data, "state-cnbc").toolTip()


def test_that_sources_tell_state_time_and_reason(dialog: SettingsDialog) -> None:
    words = "quote: a web page answers instead of the provider: a login page (captive portal)?"
    broken = Health(source="quotes", state=HealthState.FAILED, since=scene.NOW, detail=words)
    dialog.set_health({"quotes": broken}, scene.NOW)
    assert f"silent since {scene.NOW:%H:%M} UTC" in texts(dialog.data)
    assert words.removeprefix("quote: ") in texts(dialog.data)


def test_that_every_source_has_a_name_and_what_is_no_source_is_left_out(
    dialog: SettingsDialog,
) -> None:
    names = ("quotes", "stream", "cross-check", "statements", "Yahoo", "rules", "store")
    health = {
        name: Health(source=name, state=HealthState.DEGRADED, since=scene.NOW, detail="") for name in names
    }
    dialog.set_health(health, scene.NOW)
    shown = {label.text() for label in dialog.data.findChildren(QLabel)}
    assert {"Prices against each other", "Company statements"} <= shown
    assert not set(names) & shown


def test_that_the_meter_warns_of_a_list_that_needs_too_much(dialog: SettingsDialog) -> None:
    dialog.set_budget(budget(88, 9, 4000, {"news": 462, "quote": 120}))
    assert not dialog.data.warning.isVisibleTo(dialog.data)
    dialog.set_budget(budget(88, 9, 4000, {"cookie": 18, "crumb": 1}))
    assert dialog.data.sent.text().endswith(": signing on 19")
    dialog.set_budget(budget(504, 10, 2500, {}))
    assert dialog.data.warning.isVisibleTo(dialog.data)
    assert "504 names" in dialog.data.warning.text()


def test_that_another_language_or_theme_keeps_the_page_and_the_focus(
    dialog: SettingsDialog, qapp: QApplication
) -> None:
    dialog.open_page(1)
    dialog.show()
    qapp.processEvents()
    named(dialog, "palette-korean").setFocus()
    use_theme(build_theme(ThemeMode.LIGHT))
    dialog.set_look(replace(UI, mode=ModeChoice.LIGHT, palette=Palette.KOREAN))
    assert dialog.stack.currentIndex() == 1
    focus = dialog.focusWidget()
    assert isinstance(focus, PaletteCard)
    assert focus.isChecked()
    dialog.close()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_what_is_typed_outlives_other_colours_and_another_language(
    dialog: SettingsDialog, changes: list[Settings], translations: Translations, qtbot: QtBot
) -> None:
    """The system turns dark at sunset while an address is typed."""
    dialog.open_page(2)
    dialog.show()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    QTest.mouseClick(named(dialog.data, "edit-cnbc"), Qt.MouseButton.LeftButton)
    dialog.data.feeds.address.clear()
    QTest.keyClicks(dialog.data.feeds.address, "https://new.example.com/rss")
    QTest.mouseClick(dialog.data.blocked.field, Qt.MouseButton.LeftButton)
    QTest.keyClicks(dialog.data.blocked.field, "Tattle")
    use_theme(build_theme(ThemeMode.LIGHT))
    dialog.set_look(replace(UI, mode=ModeChoice.LIGHT))
    translations.use(Language.KOREAN)
    dialog.set_look(replace(UI, language=Language.KOREAN))
    assert dialog.data.blocked.field.text() == "Tattle"
    assert dialog.focusWidget() is dialog.data.blocked.field
    QTest.keyClick(dialog.data.feeds.address, Qt.Key.Key_Return)
    (feed,) = changes[-1].feeds
    assert (feed.id, feed.url) == ("cnbc", "https://new.example.com/rss")
    dialog.close()


def test_that_done_keeps_what_is_typed_and_cancel_does_not(
    dialog: SettingsDialog, changes: list[Settings]
) -> None:
    """Whoever typed a publisher and pressed Done had blocked nobody."""
    dialog.open_page(2)
    dialog.show()
    QTest.keyClicks(dialog.data.blocked.field, "Tattle")
    QTest.keyClicks(dialog.data.feeds.publisher, "Alpha")
    QTest.keyClicks(dialog.data.feeds.address, "https://alpha.example.com/rss")
    QTest.mouseClick(dialog.foot.finish, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert changes[-1].blocked_sources == ("Tattle",)
    assert [feed.publisher for feed in changes[-1].feeds] == ["Alpha"]
    changes.clear()
    dialog.show()
    QTest.keyClicks(dialog.data.blocked.field, "Gossip")
    dialog.data.feeds.address.setText("no address")
    QTest.mouseClick(dialog.foot.cancel, Qt.MouseButton.LeftButton)
    assert "Gossip" not in {name for each in changes for name in each.blocked_sources}
    assert not dialog.isVisible()


def test_that_arrows_go_on_along_choices_that_change_the_look(
    dialog: SettingsDialog, qapp: QApplication
) -> None:
    chosen: list[dict[str, object]] = []

    def follow(change: dict[str, object]) -> None:
        chosen.append(change)
        dialog.set_look(replace(dialog._ui, **change))  # type: ignore[arg-type]

    dialog.ui_changed.connect(follow)
    dialog.open_page(1)
    dialog.show()
    dialog.activateWindow()
    assert QTest.qWaitForWindowActive(dialog)
    sizes = named(dialog, "text-size")
    next(b for b in sizes.findChildren(QAbstractButton) if b.isChecked()).setFocus()
    for _press in range(2):
        focus = dialog.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Right)
        qapp.processEvents()
    assert [change["text_px"] for change in chosen] == [UI.text_px + 1, UI.text_px + 2]
    dialog.close()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_larger_text_widens_the_dialog_so_that_nothing_is_cut(
    dialog: SettingsDialog, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = QRect(0, 0, 1920, 1080)
    monkeypatch.setattr(dialog, "screen", lambda: SimpleNamespace(availableGeometry=lambda: screen))
    dialog.open_page(1)
    dialog.show()
    use_theme(build_theme(ThemeMode.DARK, base_px=16))
    dialog.set_look(UI)
    qapp.processEvents()
    card, area = named(dialog, "palette-colour-blind"), dialog.stack.currentWidget()
    assert area is not None
    assert card.mapTo(area, card.rect().bottomRight()).x() < area.width()
    dialog.close()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("room", [QSize(1280, 688), QSize(960, 470)])  # 1920 x 1080 at 150 and 200 %
def test_that_it_opens_no_larger_than_a_small_screen(monkeypatch: pytest.MonkeyPatch, room: QSize) -> None:
    for module in ("preferences.settings_dialog", "kit.layout"):
        monkeypatch.setattr(f"stackwatch.ui.{module}.screen_room", lambda _dialog: room)
    use_theme(build_theme(ThemeMode.DARK, base_px=16))
    opened = SettingsDialog(UI, DataParts(), "UTC")
    assert opened.size() == opened.size().boundedTo(room)
    opened.deleteLater()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_larger_text_leaves_the_title_bar_on_a_small_screen(
    dialog: SettingsDialog, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = QRect(0, 0, 1280, 720)
    monkeypatch.setattr(dialog, "screen", lambda: SimpleNamespace(availableGeometry=lambda: screen))
    monkeypatch.setattr(dialog, "frameGeometry", lambda: dialog.geometry().adjusted(-2, -28, 2, 2))
    dialog.show()
    use_theme(build_theme(ThemeMode.DARK, base_px=16))
    dialog.set_look(UI)
    qapp.processEvents()
    assert screen.marginsRemoved(QMargins(2, 28, 2, 2)).contains(dialog.geometry())
    dialog.close()


def test_that_every_control_can_be_reached_with_tab_and_has_a_name(dialog: SettingsDialog) -> None:
    reachable = [w for w in dialog.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    inner = {w for w in reachable if w.objectName().startswith("qt_") or isinstance(w, QAbstractItemView)}
    unnamed = [w for w in reachable if w not in inner and not (w.accessibleName() or hasattr(w, "text"))]
    assert len(reachable) > 15
    assert unnamed == []


def test_that_ctrl_comma_opens_the_settings_once_and_asks_for_the_budget(
    open_window: Open, commands: scene.RecordedCommands, qapp: QApplication
) -> None:
    window = open_window()
    window.settings_controller.open()
    dialog = window.settings_controller.dialog
    window.settings_controller.open()
    qapp.processEvents()
    assert dialog is not None
    assert window.settings_controller.dialog is dialog
    assert ("request_budget",) in commands.calls
    window.apply(BudgetChanged(budget(88, 9, 4000, {"quote": 7})))
    assert dialog.data.sent.text().startswith("7 in the last hour")
    dialog.accept()
    assert window.settings_controller.dialog is None


def test_that_the_dialog_speaks_korean_at_once_and_marks_the_menu(open_window: Open) -> None:
    window = open_window()
    window.settings_controller.open()
    dialog = window.settings_controller.dialog
    assert dialog is not None
    dialog.names[0].setFocus()  # where no caret blinks
    QApplication.processEvents()
    dialog.ui_changed.emit({"language": Language.KOREAN})
    first = dialog.grab().toImage()
    QApplication.processEvents()
    assert first == dialog.grab().toImage(), "the first frame in another language was not whole"
    assert dialog.windowTitle() == "설정"
    dialog.ui_changed.emit({"palette": Palette.KOREAN})
    menu = window.header.settings.menu()
    assert menu is not None
    assert Palette.KOREAN.value in [action.data() for action in menu.actions() if action.isChecked()]
    dialog.accept()


def test_that_stories_of_a_blocked_publisher_leave_the_list(open_window: Open) -> None:
    window = open_window()
    window.apply(scene.stories())
    assert window.header.finder is not None
    assert window.find_index.search("Stargate is slow")
    window.apply(StoriesChanged((), (), frozenset({"s1"})))
    assert not any(found.entity_id == "s1" for found in window.find_index.search("slow to start"))
    assert "s1" not in window.detail._snapshot.stories


def test_that_a_notice_warns_before_the_list_needs_too_much(open_window: Open) -> None:
    window = open_window()
    words = budget(504, 10, 2500, {}).warning
    assert words is not None
    health = Health(source="budget", state=HealthState.DEGRADED, since=scene.NOW, detail=words)
    window.apply(HealthChanged(health))
    assert "504 names" in window.notice.text


class LoginOnPaper:
    def __init__(self) -> None:
        self.on = False
        self.refuses = False

    def enabled(self) -> bool:
        return self.on

    def switch(self, on: bool) -> None:  # noqa: FBT001
        if self.refuses:
            raise PermissionError(13, "Permission denied")
        self.on = on


def test_that_start_at_login_and_newer_versions_are_switched(
    changes: list[Settings], qapp: QApplication
) -> None:
    assert qapp
    login = LoginOnPaper()
    made = SettingsDialog(UI, DataParts(login=login, updates=True), "UTC")
    made.settings_changed.connect(changes.append)
    told: list[str] = []
    made.failed.connect(told.append)
    QTest.keyClick(made.general.login, Qt.Key.Key_Space)
    assert login.on
    assert made.general.login.isChecked()
    login.refuses = True
    QTest.keyClick(made.general.login, Qt.Key.Key_Space)
    assert made.general.login.isChecked()  # as the system has it
    assert told == ["Start at login could not be changed: Permission denied."]
    QTest.mouseClick(made.general.updates, Qt.MouseButton.LeftButton)
    assert changes[-1] == Settings(check_updates=True)


def test_that_what_this_build_cannot_do_is_not_offered(dialog: SettingsDialog) -> None:
    assert dialog.findChild(QWidget, "login") is None
    assert dialog.findChild(QWidget, "updates") is None


def test_that_a_source_does_not_say_twice_what_its_state_says(dialog: SettingsDialog) -> None:
    gone = Health(source="quotes", state=HealthState.OFFLINE, since=scene.NOW, detail="quote: no connection")
    dialog.set_health({"quotes": gone}, scene.NOW)
    told = texts(dialog.data)
    assert f"no connection since {scene.NOW:%H:%M} UTC" in told
    assert "quote: no connection" not in told
    assert "no connection" not in told
    busy = Health(source="quotes", state=HealthState.DEGRADED, since=scene.NOW, detail="quote: status 500")
    dialog.set_health({"quotes": busy}, scene.NOW)
    assert "status 500" in texts(dialog.data)


def test_that_the_keyboard_on_words_to_be_copied_is_at_the_name_of_their_page_in_other_colours(
    open_window: Open, qtbot: QtBot
) -> None:
    window = open_window()
    window.settings_controller.open()
    dialog = window.settings_controller.dialog
    assert dialog is not None
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    page = len(dialog.names) - 1
    dialog.open_page(page)
    copied = Qt.TextInteractionFlag.TextSelectableByMouse
    words = next(each for each in dialog.about.findChildren(QLabel) if each.textInteractionFlags() & copied)
    QTest.mouseClick(words, Qt.MouseButton.LeftButton)
    assert dialog.focusWidget() is words
    window.change_look({"mode": ModeChoice.LIGHT})
    assert dialog.focusWidget() is dialog.names[page]
    dialog.reject()


def test_that_done_says_what_a_feed_lacks_that_was_begun_and_stays(
    dialog: SettingsDialog, changes: list[Settings]
) -> None:
    dialog.open_page(2)
    dialog.show()
    QTest.keyClicks(dialog.data.feeds.address, "https://alpha.example.com/rss")
    dialog.open_page(0)
    QTest.mouseClick(dialog.foot.finish, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert dialog.stack.currentIndex() == 2
    assert dialog.data.feeds.fault.text() == "The publisher is missing"
    QTest.keyClicks(dialog.data.feeds.publisher, "Alpha")
    QTest.mouseClick(dialog.foot.finish, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert [feed.publisher for feed in changes[-1].feeds] == ["Alpha"]
