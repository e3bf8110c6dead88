"""The pages about language, start and appearance."""

from typing import Protocol

from PySide6.QtCore import Signal

from stackwatch.domain.settings import CURRENCIES, Settings
from stackwatch.domain.watchlist import Language
from stackwatch.ui.kit.fields import Choice
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.switches import Segments, Switch
from stackwatch.ui.kit.theme import Palette
from stackwatch.ui.preferences.settings import LEAST_TEXT, MOST_TEXT, Density, ModeChoice, UiSettings
from stackwatch.ui.preferences.settings_defaults import LOGIN
from stackwatch.ui.preferences.settings_parts import PaletteCards, SettingsPage

_CURRENCY_WIDTH = 104
_LANGUAGES = tuple(Language)
_MODES = (ModeChoice.SYSTEM, ModeChoice.LIGHT, ModeChoice.DARK)


class LoginSwitch(Protocol):
    """Whether the program starts when its user logs in; the system keeps it, no file of ours."""

    def enabled(self) -> bool:
        """Whether it does now."""

    def switch(self, on: bool) -> None:  # noqa: FBT001 - it is the whole request
        """Make it so; raises OSError where the system refuses."""


class GeneralPage(SettingsPage):
    """Language, home currency, start at login and the look-out for newer versions."""

    login_switched = Signal()
    failed = Signal(str)

    def __init__(self, settings: Settings, login: LoginSwitch | None, *, updates: bool) -> None:
        super().__init__(settings)
        self.head(self.tr("General"))
        self.languages = Segments(len(_LANGUAGES))
        self.languages.label([language.own_name for language in _LANGUAGES])
        self.languages.choose(_LANGUAGES.index(current_language()))
        self.languages.setObjectName("language")
        self.languages.chosen.connect(lambda index: self.ui_changed.emit({"language": _LANGUAGES[index]}))
        self.row(self.tr("Language"), self.languages, self.tr("colours do not follow the language"))
        self.currency = Choice(_CURRENCY_WIDTH)
        self.currency.setObjectName("currency")
        self.currency.fill([(None, self.tr("None")), *((code, code) for code in CURRENCIES)])
        self.currency.choose(settings.home_currency)
        self.currency.activated.connect(lambda: self.change(home_currency=self.currency.value()))
        note = self.tr("shown beside each price in its own currency; moves and rules never use it")
        self.row(self.tr("Home currency"), self.currency, note, keeps=("home_currency",))
        if login is not None:
            self._add_login(login)
        if updates:
            self._add_updates()
        self.column.addStretch(1)

    def switch_login(self, login: LoginSwitch, *, on: bool) -> None:
        """Start the program at login or no more, and show what became of it."""
        try:
            login.switch(on)
        except OSError as fault:
            self.failed.emit(f"Start at login could not be changed: {fault.strerror}.")
        self.login.setChecked(login.enabled())
        self.login_switched.emit()

    def _add_login(self, login: LoginSwitch) -> None:
        name = self.tr("Start at login")
        self.login = Switch(name, on=login.enabled())
        self.login.setObjectName("login")
        self.login.clicked.connect(lambda on: self.switch_login(login, on=on))
        note = self.tr("opens the window when you log in to this computer")
        self.row(name, self.login, note, keeps=(LOGIN,))

    def _add_updates(self) -> None:
        name = self.tr("Newer versions")
        self.updates = Switch(name, on=self.settings.check_updates)
        self.updates.setObjectName("updates")
        self.updates.clicked.connect(lambda on: self.change(check_updates=on))
        note = self.tr("asks once a day whether there is one and tells you; it never installs anything")
        self.row(name, self.updates, note, keeps=("check_updates",))


class AppearancePage(SettingsPage):
    """Surfaces, the colours of up and down, sizes and motion."""

    def __init__(self, ui: UiSettings) -> None:
        super().__init__()
        self.head(self.tr("Appearance"))
        self.modes = Segments(len(_MODES))
        self.modes.setObjectName("mode")
        self.modes.label((self.tr("System"), self.tr("Light"), self.tr("Dark")))
        self.modes.choose(_MODES.index(ui.mode))
        self.modes.chosen.connect(lambda index: self.ui_changed.emit({"mode": _MODES[index]}))
        self.row(self.tr("Theme"), self.modes, keeps=("mode",))
        self._add_palettes(ui.palette)
        self.densities = Segments(len(Density))
        self.densities.setObjectName("density")
        names = (self.tr("Compact"), self.tr("Normal"), self.tr("Roomy"))
        pixels = (ui.text_px + density.row_extra for density in Density)
        self.densities.label(f"{name} {high}" for name, high in zip(names, pixels, strict=True))
        self.densities.choose(tuple(Density).index(ui.density))
        self.densities.chosen.connect(lambda index: self.ui_changed.emit({"density": tuple(Density)[index]}))
        self.row(self.tr("Row height"), self.densities, self.tr("in pixels"), keeps=("density",))
        sizes = range(LEAST_TEXT, MOST_TEXT + 1)
        self.sizes = Segments(len(sizes))
        self.sizes.setObjectName("text-size")
        self.sizes.label(map(str, sizes))
        self.sizes.choose(ui.text_px - LEAST_TEXT)
        self.sizes.chosen.connect(lambda index: self.ui_changed.emit({"text_px": LEAST_TEXT + index}))
        note = self.tr("in pixels; everything grows with it")
        self.row(self.tr("Text size"), self.sizes, note, keeps=("text_px",))
        self.motion = Switch(self.tr("Motion"), on=ui.motion)
        self.motion.setObjectName("motion")
        self.motion.clicked.connect(lambda on: self.ui_changed.emit({"motion": on}))
        note = self.tr("flash a price that changes, fade popups; off where the system asks for less motion")
        self.row(self.tr("Motion"), self.motion, note, keeps=("motion",))
        self.column.addStretch(1)

    def _add_palettes(self, palette: Palette) -> None:
        self.cards = PaletteCards(palette)
        self.cards.chosen.connect(lambda chosen: self.ui_changed.emit({"palette": chosen}))
        self.row(self.tr("Up and down"), self.cards, keeps=("palette",))
