"""The pages about language, appearance and files."""

from dataclasses import replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from stackwatch.domain.rule import Severity
from stackwatch.domain.settings import CURRENCIES, Settings
from stackwatch.domain.watchlist import Language
from stackwatch.ui.kit.chips import ActionButton
from stackwatch.ui.kit.switches import Segments
from stackwatch.ui.kit.theme import Palette, Theme
from stackwatch.ui.preferences.settings import ModeChoice
from stackwatch.ui.preferences.settings_parts import Choice, Page, PaletteCard, Switch

_LANGUAGES = (Language.ENGLISH, Language.KOREAN)
_MODES = (ModeChoice.SYSTEM, ModeChoice.LIGHT, ModeChoice.DARK)
LEAST, MOST = 100, 7200


class LoginSwitch(Protocol):
    """Whether the program starts when its user logs in; the system keeps it, no file of ours."""

    def enabled(self) -> bool:
        """Whether it does now."""

    def switch(self, on: bool) -> None:  # noqa: FBT001 - it is the whole request
        """Make it so; raises OSError where the system refuses."""


class GeneralPage(Page):
    """Language, home currency, sound, start at login and the look-out for newer versions."""

    language_chosen = Signal(object)
    settings_changed = Signal(object)
    failed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        language: Language,
        settings: Settings,
        login: LoginSwitch | None = None,
        *,
        updates: bool = False,
    ) -> None:
        super().__init__(theme)
        self.head(self.tr("General"))
        self._settings = settings
        self.languages = Segments(len(_LANGUAGES), theme)
        for index, name in enumerate(("English", "한국어")):
            self.languages.label(index, name)
        self.languages.choose(_LANGUAGES.index(language))
        self.languages.setObjectName("language")
        self.languages.chosen.connect(lambda index: self.language_chosen.emit(_LANGUAGES[index]))
        self.row(self.tr("Language"), self.languages, self.tr("colours do not follow the language"))
        self.currency = Choice(theme)
        self.currency.setObjectName("currency")
        self.currency.addItem(self.tr("None"), None)
        for code in CURRENCIES:
            self.currency.addItem(code, code)
        self.currency.setCurrentIndex(max(self.currency.findData(settings.home_currency), 0))
        self.currency.activated.connect(self._choose_currency)
        note = self.tr("shown beside each price in its own currency; moves and rules never use it")
        self.row(self.tr("Home currency"), self.currency, note)
        self.sound = Choice(theme)
        self.sound.setObjectName("sound")
        for words, least in (
            (self.tr("Off"), None),
            (self.tr("Severe alerts"), Severity.SEVERE),
            (self.tr("Alerts and severe ones"), Severity.ALERT),
            (self.tr("Every popup"), Severity.NOTICE),
        ):
            self.sound.addItem(words, least)
        self.sound.setCurrentIndex(max(self.sound.findData(settings.sound_from), 0))
        self.sound.activated.connect(self._choose_sound)
        self.row(self.tr("Sound"), self.sound, self.tr("a rule may be silent by itself: sound = false"))
        if login is not None:
            self._add_login(login)
        if updates:
            self._add_updates()
        self.column.addStretch(1)

    def put(self, settings: Settings) -> None:
        """Take settings that another page changed."""
        self._settings = settings

    def _add_login(self, login: LoginSwitch) -> None:
        name = self.tr("Start at login")
        self.login = Switch(self.theme, name, on=login.enabled())
        self.login.setObjectName("login")

        def change() -> None:
            try:
                login.switch(self.login.isChecked())
            except OSError as fault:
                self.failed.emit(f"Start at login could not be changed: {fault.strerror}.")
            self.login.setChecked(login.enabled())

        self.login.clicked.connect(change)
        self.row(name, self.login, self.tr("opens the window when you log in to this computer"))

    def _add_updates(self) -> None:
        name = self.tr("Newer versions")
        self.updates = Switch(self.theme, name, on=self._settings.check_updates)
        self.updates.setObjectName("updates")
        self.updates.clicked.connect(
            lambda: self.settings_changed.emit(
                replace(self._settings, check_updates=self.updates.isChecked())
            )
        )
        note = self.tr("asks once a day whether there is one and tells you; it never installs anything")
        self.row(name, self.updates, note)

    def _choose_currency(self, index: int) -> None:
        chosen = self.currency.itemData(index)
        self.settings_changed.emit(replace(self._settings, home_currency=chosen))

    def _choose_sound(self, index: int) -> None:
        self.settings_changed.emit(replace(self._settings, sound_from=self.sound.itemData(index)))


class AppearancePage(Page):
    """Surfaces and the colours of up and down."""

    mode_chosen = Signal(object)
    palette_chosen = Signal(object)

    def __init__(self, theme: Theme, mode: ModeChoice, palette: Palette) -> None:
        super().__init__(theme)
        self.head(self.tr("Appearance"))
        self.modes = Segments(len(_MODES), theme)
        self.modes.setObjectName("mode")
        for index, name in enumerate((self.tr("System"), self.tr("Light"), self.tr("Dark"))):
            self.modes.label(index, name)
        self.modes.choose(_MODES.index(mode))
        self.modes.chosen.connect(lambda index: self.mode_chosen.emit(_MODES[index]))
        self.row(self.tr("Theme"), self.modes)
        cards = QWidget()
        line = QHBoxLayout(cards)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        self.cards: list[PaletteCard] = []
        for choice, name, words in (
            (Palette.WESTERN, self.tr("Western"), self.tr("green up, red down")),
            (Palette.KOREAN, self.tr("Korean"), self.tr("red up, blue down")),
            (Palette.COLOUR_BLIND, self.tr("Colour-blind"), self.tr("blue up, orange down")),
        ):
            card = PaletteCard(theme, choice, name, words)
            card.setObjectName(f"palette-{choice.value}")
            card.setChecked(choice is palette)
            card.clicked.connect(lambda _checked=False, chosen=choice: self.palette_chosen.emit(chosen))
            line.addWidget(card)
            self.cards.append(card)
        self.row(self.tr("Up and down"), cards)
        self.column.addStretch(1)


class AdvancedPage(Page):
    """Where files are, and how much may be asked for."""

    settings_changed = Signal(object)

    def __init__(self, theme: Theme, settings: Settings, data: Path | None, logs: Path | None) -> None:
        super().__init__(theme)
        self.head(self.tr("Advanced"))
        self._settings = settings
        self.allowed = QLineEdit(str(settings.requests_per_hour))
        self.allowed.setObjectName("allowed")
        self.allowed.setValidator(QIntValidator(LEAST, MOST, self.allowed))
        self.allowed.setFixedWidth(theme.px(104))
        self.allowed.setToolTip(self.tr("From {least} to {most}").format(least=LEAST, most=f"{MOST:,}"))
        self.allowed.editingFinished.connect(self._allow)
        self.row(self.tr("Requests an hour"), self.allowed, self.tr("at most, from every source together"))
        for label, folder, name in (
            (self.tr("Data folder"), data, "data-folder"),
            (self.tr("Logs"), logs, "logs"),
        ):
            if folder is not None:
                self._folder(label, folder, name)
        self.column.addStretch(1)

    def put(self, settings: Settings) -> None:
        """Take settings that another page changed."""
        self._settings = settings

    def _allow(self) -> None:
        value = int(self.allowed.text())  # the validator lets nothing else end
        if value != self._settings.requests_per_hour:
            self.settings_changed.emit(replace(self._settings, requests_per_hour=value))

    def _folder(self, label: str, folder: Path, name: str) -> None:
        button = ActionButton(self.theme)
        button.setObjectName(name)
        button.put(self.tr("Open"), "arrow-square-out")
        button.setAccessibleName(f"{label}: {self.tr('Open')}")
        button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        self.row(label, button, str(folder))
