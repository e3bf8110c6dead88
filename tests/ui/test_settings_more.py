"""The settings beyond data: sizes, popups, the tray, a backup, and finding any of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QThreadPool, QTime
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QListWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete
from tests.ui import scene
from tests.ui.test_settings_dialog import LoginOnPaper

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.rule import Severity
from stackwatch.domain.settings import Settings
from stackwatch.domain.watchlist import Language
from stackwatch.storage.whole_file import write_own
from stackwatch.ui.frame.translation import Translations
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit import motion
from stackwatch.ui.kit.language import use_language
from stackwatch.ui.kit.stylesheet import stylesheet
from stackwatch.ui.kit.theme import current_theme
from stackwatch.ui.preferences.settings import Density, ModeChoice, SettingsStore, UiSettings
from stackwatch.ui.preferences.settings_advanced import AdvancedPage
from stackwatch.ui.preferences.settings_alerts import AlertsPage
from stackwatch.ui.preferences.settings_dialog import DataParts, SettingsDialog
from stackwatch.ui.preferences.settings_search import ALSO

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Open = Callable[..., MainWindow]
LEFT = Qt.MouseButton.LeftButton


class PaperBackup:
    """A backup that remembers what was asked, and refuses one file."""

    files = ("rules.toml", "settings.toml")
    gone = ("watchlists/mine.toml",)
    faults: tuple[str, ...] = ()
    made = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.go_on = Event()
        self.go_on.set()

    def save(self, path: Path) -> tuple[str, ...]:
        assert self.go_on.wait(10)
        if path.name == "full.zip":
            raise BadInputError("the backup could not be written (no room)")
        self.asked.append(("save", path.name))
        return self.files

    def check(self, path: Path) -> "PaperBackup":
        assert self.go_on.wait(10)
        if path.name == "bad.zip":
            raise BadInputError("bad.zip: not a backup of Stackwatch; expected a .zip that it exported")
        self.asked.append(("check", path.name))
        return self

    def stage(self, path: Path) -> Path:
        self.asked.append(("stage", path.name))
        return Path("before-restore.zip")


def _asked_last(backup: PaperBackup, what: str) -> bool:
    return backup.asked[-1:] == [(what, "mine.zip")]


def dialog_of(
    translations: Translations,
    parts: DataParts | None = None,
    language: Language = Language.ENGLISH,
) -> SettingsDialog:
    use_language(language)
    ui = UiSettings(mode=ModeChoice.DARK, language=language)
    return SettingsDialog(ui, replace(parts or DataParts(), in_both=translations.in_all), "UTC")


def test_that_sizes_and_motion_apply_at_once_and_are_remembered(open_window: Open, tmp_path: Path) -> None:
    window = open_window()
    window.settings_controller.open()
    dialog = window.settings_controller.dialog
    assert dialog is not None
    dialog.open_page(1)
    QTest.mouseClick(dialog.appearance.densities._group.button(2), LEFT)
    assert current_theme().row_height == 30
    dialog = window.settings_controller.dialog
    QTest.mouseClick(dialog.appearance.sizes._group.button(3), LEFT)
    assert current_theme().font().pixelSize() == 14
    assert window.header.height() == current_theme().px(44)
    assert motion.is_wanted()
    QTest.mouseClick(window.settings_controller.dialog.appearance.motion, LEFT)
    assert not motion.is_wanted()
    window.close()
    stored = SettingsStore(tmp_path, write_own).load()
    assert (stored.density, stored.text_px, stored.motion) == (Density.ROOMY, 14, False)
    motion.choose(wanted=True)  # for the tests after this one


def test_that_popups_quiet_hours_and_sound_are_passed_on(translations: Translations) -> None:
    dialog = dialog_of(translations)
    changes: list[Settings] = []
    dialog.settings_changed.connect(changes.append)
    page = dialog.alerts
    page.popups.setCurrentIndex(1)
    page.popups.activated.emit(1)
    page.sound.setCurrentIndex(1)
    page.sound.activated.emit(1)
    QTest.mouseClick(page.quiet, LEFT)
    page.quiet_to.setTime(QTime(6, 30))
    page.quiet_to.editingFinished.emit()
    assert changes[-1] == Settings(
        popup_from=Severity.ALERT, sound_from=Severity.SEVERE, quiet_from=time(22), quiet_to=time(6, 30)
    )
    QTest.mouseClick(page.quiet, LEFT)
    assert changes[-1].quiet_from is None
    assert not page.quiet_from.isEnabled()


def test_that_the_wheel_scrolls_a_page_and_changes_no_setting_on_its_way(translations: Translations) -> None:
    dialog = dialog_of(translations)
    changes: list[Settings] = []
    dialog.settings_changed.connect(changes.append)
    page = dialog.alerts
    QTest.mouseClick(page.quiet, LEFT)
    changes.clear()
    for choice in (page.popups, page.sound, dialog.general.currency, page.quiet_from):
        middle = QPointF(choice.rect().center())
        turn = QWheelEvent(
            middle,
            QPointF(choice.mapToGlobal(choice.rect().center())),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(choice, turn)
        assert not turn.isAccepted()
    assert page.quiet_from.time() == QTime(22, 0)
    assert changes == []


@pytest.mark.parametrize("words", ["quiet", "방해 금지"])
@pytest.mark.parametrize("language", list(Language))
def test_that_a_setting_is_found_by_the_words_of_both_languages(
    translations: Translations, qtbot: QtBot, language: Language, words: str
) -> None:
    translations.use(language)
    dialog = dialog_of(translations)
    dialog.show()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    dialog.search.setFocus()
    dialog.search.setText(words)
    dialog.search.setText(words)
    assert dialog.search.answers.isVisible()
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.stack.currentIndex() == 3
    assert dialog.alerts.quiet.hasFocus()
    assert dialog.isVisible()
    dialog.close()


@pytest.mark.parametrize(("words", "label"), [("뉴스 피드", "Feeds"), ("restore", "Backup")])
def test_that_sections_and_buttons_are_found_too(translations: Translations, words: str, label: str) -> None:
    dialog = dialog_of(translations, DataParts(backup=PaperBackup()))
    dialog.search.setText(words)
    assert dialog.search.answers.item(0).text().startswith(label)


@pytest.mark.parametrize(
    ("words", "label"),
    [
        *(("dark mode", "Theme"), ("다크", "Theme"), ("color", "Up and down"), ("색상", "Up and down")),
        *(("font", "Text size"), ("글꼴", "Text size"), ("animation", "Motion"), ("환율", "Home currency")),
        *(("notification", "Pop up"), ("mute", "Quiet hours"), ("음소거", "Quiet hours"), ("rss", "Feeds")),
        *(("sources", "Sources"), ("shortcut", "Keyboard"), ("키보드", "Keyboard"), ("license", "Licence")),
        *(("rate limit", "Requests an hour"), ("내보내기", "Backup")),
    ],
)
def test_that_a_setting_is_found_by_what_other_programs_call_it(
    translations: Translations, words: str, label: str
) -> None:
    dialog = dialog_of(translations, DataParts(backup=PaperBackup()))
    dialog.search.setText(words)
    assert dialog.search.answers.item(0).text() == label


def test_that_what_else_settings_are_called_belongs_to_settings(translations: Translations) -> None:
    parts = DataParts(backup=PaperBackup(), login=LoginOnPaper(), updates=True)
    dialog = dialog_of(translations, parts)
    tray = AlertsPage(Settings(), tray=True, tray_offered=True)
    assert set(ALSO) <= {label for page in (*dialog._pages, tray) for label, *_ in page.rows}


def test_that_the_hours_can_be_read(translations: Translations, qapp: QApplication) -> None:
    assert qapp is not None
    dialog = dialog_of(translations)
    dialog.setStyleSheet(stylesheet(current_theme()))
    dialog.open_page(3)
    dialog.show()
    field = dialog.alerts.quiet_from
    assert field.lineEdit().width() >= field.fontMetrics().horizontalAdvance(field.text())
    dialog.close()


def test_that_words_of_no_setting_are_told(translations: Translations) -> None:
    dialog = dialog_of(translations)
    dialog.search.setText("zebra")
    assert dialog.search.answers.item(0).text() == "No setting has these words"


def test_that_no_found_setting_stays_over_a_dialog_that_is_built_anew(
    translations: Translations, qtbot: QtBot
) -> None:
    dialog = dialog_of(translations)
    dialog.show()
    dialog.search.setText("theme")
    dialog.set_look(UiSettings(mode=ModeChoice.LIGHT))
    qtbot.waitUntil(lambda: not any(each.isVisible() for each in dialog.findChildren(QListWidget)))
    dialog.close()


def test_that_a_backup_is_checked_before_it_may_replace_anything(
    translations: Translations, qtbot: QtBot
) -> None:
    backup = PaperBackup()
    dialog = dialog_of(translations, DataParts(backup=backup))
    page = dialog.advanced
    page.export(Path("mine.zip"))
    qtbot.waitUntil(lambda: page.said_of_backup.text() == "2 files were written to mine.zip")
    page.check(Path("good.zip"))
    local = PaperBackup.made.astimezone()
    told = (
        f"A backup from {local.day} Mar 2026 {local:%H:%M}. It replaces: rules.toml, settings.toml."
        " It removes: watchlists/mine.toml. What is there now is kept as a .zip beside it."
    )
    qtbot.waitUntil(lambda: page.said_of_backup.text() == told)
    page.check(Path("bad.zip"))
    qtbot.waitUntil(lambda: "not a backup" in page.said_of_backup.text())
    korean = dialog_of(translations, DataParts(backup=backup), Language.KOREAN)
    korean.advanced.check(Path("bad.zip"))
    said = korean.advanced.said_of_backup
    qtbot.waitUntil(lambda: said.text().startswith("bad.zip: Stackwatch의 백업이 아닙니다"))
    assert page.replace_button.isHidden()
    page.check(Path("good.zip"))
    qtbot.waitUntil(lambda: "rules.toml, settings.toml" in page.said_of_backup.text())
    translations.use(Language.KOREAN)
    korean.advanced.check(Path("good.zip"))
    qtbot.waitUntil(
        lambda: said.text().startswith(
            f"{local:%Y-%m-%d}(화) {local:%H:%M}에 저장한 백업입니다. 바뀌는 파일: "
        ),
        timeout=5000,
    )
    backup.faults = ("rules.toml: line 1: byte 2 is not UTF-8 text",)
    korean.advanced.check(Path("good.zip"))
    named = "읽지 못해 쓰지 않는 것: rules.toml: 1번째 줄"
    qtbot.waitUntil(lambda: named in said.text())
    translations.use(Language.ENGLISH)
    assert not page.replace_button.isHidden()
    assert ("stage", "good.zip") not in backup.asked
    page.replace_button.click()
    qtbot.waitUntil(lambda: "start it again" in page.said_of_backup.text())
    assert backup.asked[-1] == ("stage", "good.zip")
    assert page.replace_button.isHidden()


def test_that_a_checked_backup_is_checked_again_by_itself_after_other_colours(
    translations: Translations, qtbot: QtBot
) -> None:
    dialog = dialog_of(translations, DataParts(backup=PaperBackup()))
    dialog.advanced.check(Path("good.zip"))
    qtbot.waitUntil(lambda: bool(dialog.advanced.replace_button.text()))
    dialog.set_look(UiSettings(mode=ModeChoice.LIGHT))
    qtbot.waitUntil(lambda: bool(dialog.advanced.replace_button.text()))
    assert "It replaces: rules.toml" in dialog.advanced.said_of_backup.text()
    dialog.advanced.bring_back()
    qtbot.waitUntil(lambda: "start it again" in dialog.advanced.said_of_backup.text())
    dialog.set_look(UiSettings(mode=ModeChoice.DARK))
    assert dialog.advanced.checked is None


def test_that_the_settings_may_be_closed_while_a_backup_is_written(
    translations: Translations, qapp: QApplication, capfd: pytest.CaptureFixture[str]
) -> None:
    backup = PaperBackup()
    backup.go_on.clear()  # a slow disk
    dialog = dialog_of(translations, DataParts(backup=backup))
    dialog.advanced.export(Path("mine.zip"))
    delete(dialog)  # as a closed one is
    backup.go_on.set()
    assert QThreadPool.globalInstance().waitForDone(10_000)
    qapp.processEvents()
    assert capfd.readouterr().err == ""  # the pool prints what a piece of work raises


def test_that_what_became_of_a_backup_is_told_after_the_settings_were_closed(
    open_window: Open, translations: Translations
) -> None:
    window, backup = open_window(), PaperBackup()
    controller = window.settings_controller
    controller._parts = replace(controller._parts, backup=backup)

    def close_while_working(ask: Callable[[AdvancedPage], None]) -> None:
        backup.go_on.clear()  # a slow disk
        controller.open()
        assert controller.dialog is not None
        ask(controller.dialog.advanced)
        controller.dialog.accept()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        backup.go_on.set()
        assert QThreadPool.globalInstance().waitForDone(10_000)
        QCoreApplication.processEvents()

    close_while_working(lambda page: page.export(Path("mine.zip")))
    assert window.notice.text == "2 files were written to mine.zip"
    translations.use(Language.KOREAN)
    window.notice.retranslate()
    assert window.notice.text == "파일 2개를 mine.zip에 저장했습니다"
    translations.use(Language.ENGLISH)
    window.notice.dismiss()
    close_while_working(lambda page: page.export(Path("full.zip")))
    assert window.notice.text == "the backup could not be written (no room)"
    window.notice.dismiss()
    close_while_working(lambda page: page.check(Path("good.zip")))
    assert window.notice.isHidden()  # nothing was changed, and nothing can be chosen any more


def test_that_drop_downs_feeds_and_a_backup_work_by_the_pointer(
    translations: Translations, qtbot: QtBot, tmp_path: Path
) -> None:
    backup = PaperBackup()
    changes: list[Settings] = []
    dialog = dialog_of(translations, DataParts(backup=backup))
    dialog.settings_changed.connect(changes.append)
    dialog.show()
    qtbot.mouseClick(dialog.names[3], LEFT)
    popups = dialog.alerts.popups
    qtbot.mouseClick(popups, LEFT)
    view = popups.view()
    qtbot.waitUntil(view.isVisible)
    row = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseMove(view.viewport(), row)
    qtbot.mouseClick(view.viewport(), LEFT, pos=row)
    assert changes[-1].popup_from is Severity.ALERT
    qtbot.mouseClick(dialog.names[2], LEFT)
    feeds = dialog.data.feeds
    for field, words in ((feeds.publisher, "SemiAnalysis"), (feeds.address, "https://semianalysis.com/feed")):
        qtbot.mouseClick(field, LEFT)
        QTest.keyClicks(field, words)
    qtbot.mouseClick(feeds.keep, LEFT)
    assert [feed.url for feed in changes[-1].feeds] == ["https://semianalysis.com/feed"]
    assert changes[-1].popup_from is Severity.ALERT
    qtbot.mouseClick(dialog.names[5], LEFT)
    page, file = dialog.advanced, tmp_path / "mine.zip"
    file.write_bytes(b"")
    for button, asked in ((page.export_button, "save"), (page.import_button, "check")):
        qtbot.waitUntil(button.isEnabled)
        qtbot.mouseClick(button, LEFT)
        assert page.dialog is not None
        page.dialog.fileSelected.emit(str(file))  # what the system's own dialog would say
        page.dialog.close()
        qtbot.waitUntil(partial(_asked_last, backup, asked))
    qtbot.waitUntil(page.replace_button.isVisible)
    qtbot.mouseClick(page.replace_button, LEFT)
    qtbot.waitUntil(lambda: backup.asked[-1] == ("stage", "mine.zip"))
    dialog.close()


def test_that_the_pages_list_keys_version_and_licences(open_window: Open, translations: Translations) -> None:
    window = open_window()
    window.settings_controller.open()
    assert window.settings_controller.dialog is not None
    assert "Daily briefing as a file" in [
        label for label, _, _ in window.settings_controller.dialog.keys.rows
    ]
    window.settings_controller.dialog.reject()
    dialog = dialog_of(translations, DataParts(data_folder=Path("/data")))
    about = {label: note for label, note, _ in dialog.about.rows}
    assert about["Version"].startswith("Stackwatch ")
    assert about["Data folder"] == str(Path("/data"))


def test_that_a_page_is_put_back_by_key_undone_and_cancel_takes_everything_back(
    translations: Translations, qapp: QApplication
) -> None:
    opened = UiSettings(mode=ModeChoice.DARK, density=Density.ROOMY, text_px=14)
    shown = SettingsDialog(opened, DataParts(in_both=translations.in_all), "UTC")
    looks = [opened]
    changes: list[Settings] = []

    def dress(**chosen: object) -> None:  # as the window does it
        looks.append(replace(looks[-1], **chosen))  # type: ignore[arg-type]
        shown.set_look(looks[-1])

    shown.ui_changed.connect(lambda chosen: dress(**chosen))
    shown.settings_changed.connect(changes.append)
    shown.open_page(1)
    shown.show()

    def press(name: str) -> None:
        button = shown.findChild(QAbstractButton, name)
        assert button is not None
        assert button.isEnabled()
        QTest.keyClick(button, Qt.Key.Key_Space)
        qapp.processEvents()

    press("defaults")
    assert looks[-1] == UiSettings()
    assert shown.foot.said.text() == "Restored: Theme, Row height, Text size"
    assert not shown.foot.defaults.isEnabled()
    assert shown.focusWidget() is shown.foot.undo
    press("undo-defaults")
    assert looks[-1] == opened
    assert "Restored" not in shown.foot.said.text()
    assert shown.focusWidget() is shown.foot.defaults
    shown.ui_changed.emit({"language": Language.KOREAN})
    shown.open_page(5)
    shown.advanced.allowed.setFocus()
    shown.advanced.allowed.selectAll()
    QTest.keyClicks(shown.advanced.allowed, "250")  # not yet passed on when Esc is pressed
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.isHidden()
    assert [change.requests_per_hour for change in changes] == [250, 4000]
    assert looks[-1] == opened


def test_that_settings_that_could_not_be_written_are_once_they_can_be(open_window: Open) -> None:
    window = open_window()
    controller, written, refused = window.settings_controller, [], ["x.toml: cannot be written (full)"]

    def save(settings: Settings) -> str | None:
        if not refused:
            written.append(settings.requests_per_hour)
        return refused[0] if refused else None

    controller._parts = replace(controller._parts, save=save)
    controller._change(replace(controller.settings, requests_per_hour=3000))
    assert "x.toml: cannot be written (full)" in window.notice.text
    window.apply(scene.clock())
    assert "x.toml: cannot be written (full)" in window.notice.text
    refused.clear()
    window.apply(scene.clock())
    assert (written, window.notice.isHidden()) == ([3000], True)
    window.apply(scene.clock())
    assert written == [3000]
    refused.append("x.toml: cannot be written (full)")
    controller._change(replace(controller.settings, requests_per_hour=2000))
    refused.clear()
    window.close()
    assert written == [3000, 2000]


def test_that_a_window_that_ends_with_its_settings_open_keeps_what_was_chosen_in_them(
    open_window: Open, tmp_path: Path
) -> None:
    window = open_window()
    window.settings_controller.open()
    dialog = window.settings_controller.dialog
    assert dialog is not None
    dialog.ui_changed.emit({"language": Language.KOREAN})
    window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert (
        window.settings_controller.dialog is None
    )  # which would be closed after the window, and take it back
    assert SettingsStore(tmp_path, write_own).load().language is Language.KOREAN


def test_that_the_defaults_of_data_and_login_come_back_by_name_and_cancel_reaches_the_system(
    translations: Translations,
) -> None:
    class Login:
        on = True

        def enabled(self) -> bool:
            return self.on

        def switch(self, on: bool) -> None:  # noqa: FBT001
            self.on = on

    login = Login()
    kept = Settings(home_currency="KRW", blocked_sources=("Zacks",))
    dialog = dialog_of(translations, DataParts(settings=kept, login=login))
    changes: list[Settings] = []
    dialog.settings_changed.connect(changes.append)
    dialog.foot.defaults.click()
    assert dialog.foot.said.text() == "Restored: Home currency, Start at login"
    assert (changes[-1], login.on) == (replace(kept, home_currency=None), False)
    dialog.open_page(2)
    dialog.foot.defaults.click()
    assert changes[-1] == Settings()
    assert dialog.foot.said.text() == "Restored: Blocked publishers"
    dialog.open_page(4)
    assert dialog.foot.defaults.isHidden()  # keys have no defaults of the user's
    dialog.foot.cancel.click()
    assert (changes[-1], login.on) == (kept, True)
