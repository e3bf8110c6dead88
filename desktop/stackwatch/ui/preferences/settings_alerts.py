"""The page about alerts: what pops up, when it does not, what makes a sound, and the tray."""

from datetime import time

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QLabel, QWidget

from stackwatch.domain.rule import Severity
from stackwatch.domain.settings import Settings
from stackwatch.ui.kit.fields import Choice, ClockField
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.kit.switches import Switch
from stackwatch.ui.kit.theme import px
from stackwatch.ui.preferences.settings_parts import SettingsPage

_USUAL = (time(22), time(7))
_WIDE = 200


class AlertsPage(SettingsPage):
    """Popups by severity, quiet hours, sound, and whether the program stays in the tray."""

    def __init__(self, settings: Settings, *, tray: bool, tray_offered: bool) -> None:
        super().__init__(settings)
        self.head(self.tr("Alerts"))
        self.popups = self._severities(
            "popups",
            (
                (Severity.NOTICE, self.tr("Every alert")),
                (Severity.ALERT, self.tr("Alert and above")),
                (Severity.SEVERE, self.tr("Severe only")),
            ),
            settings.popup_from,
        )
        self.popups.activated.connect(lambda: self.change(popup_from=self.popups.value()))
        note = self.tr("the others are in the list of alerts only")
        self.row(self.tr("Pop up"), self.popups, note, keeps=("popup_from",))
        self._add_quiet_hours()
        self.sound = self._severities(
            "sound",
            (
                (None, self.tr("Off")),
                (Severity.SEVERE, self.tr("Severe only")),
                (Severity.ALERT, self.tr("Alert and above")),
                (Severity.NOTICE, self.tr("Every popup")),
            ),
            settings.sound_from,
        )
        self.sound.activated.connect(lambda: self.change(sound_from=self.sound.value()))
        self.row(
            self.tr("Sound"),
            self.sound,
            self.tr("a rule may be silent by itself: its editor has a switch for it"),
            keeps=("sound_from",),
        )
        if tray_offered:
            self.tray = Switch(self.tr("Stay in the tray"), on=tray)
            self.tray.setObjectName("tray")
            self.tray.clicked.connect(lambda on: self.ui_changed.emit({"tray": on}))
            note = self.tr("closing the window leaves the alerts running; off: closing ends the program")
            self.row(self.tr("Stay in the tray"), self.tray, note, keeps=("tray",))
        self.column.addStretch(1)

    def _severities(
        self, name: str, values: tuple[tuple[Severity | None, str], ...], chosen: Severity | None
    ) -> Choice:
        choice = Choice(_WIDE)
        choice.setObjectName(name)
        choice.fill(values)
        choice.choose(chosen)
        return choice

    def _add_quiet_hours(self) -> None:
        settings = self.settings
        on = settings.quiet_from is not None and settings.quiet_to is not None
        self.quiet = Switch(self.tr("Quiet hours"), on=on)
        self.quiet.setObjectName("quiet")
        self.quiet_from, self.quiet_to = ClockField(), ClockField()
        for edit, name, moment, usual in (
            (self.quiet_from, self.tr("Quiet from"), settings.quiet_from, _USUAL[0]),
            (self.quiet_to, self.tr("Quiet to"), settings.quiet_to, _USUAL[1]),
        ):
            value = moment or usual
            edit.setTime(QTime(value.hour, value.minute))
            edit.setAccessibleName(name)
            edit.setEnabled(on)
            edit.editingFinished.connect(self._choose_hours)
        self.quiet.clicked.connect(self._choose_hours)
        box = QWidget()
        hbox((self.quiet, self.quiet_from, QLabel("–"), self.quiet_to), gap=px(8), into=box)
        note = self.tr("nothing pops up; one digest afterwards says what fired")
        self.row(self.tr("Quiet hours"), box, note, keeps=("quiet_from", "quiet_to"))

    def _choose_hours(self) -> None:
        on = self.quiet.isChecked()
        for edit in (self.quiet_from, self.quiet_to):
            edit.setEnabled(on)
        hours = [time(edit.time().hour(), edit.time().minute()) for edit in (self.quiet_from, self.quiet_to)]
        self.change(quiet_from=hours[0] if on else None, quiet_to=hours[1] if on else None)
