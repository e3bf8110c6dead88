"""The colours and sizes in use: follows the settings and the system, and lets every open window follow."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QMenu

from stackwatch.domain.watchlist import BilingualName
from stackwatch.ui.kit import icons
from stackwatch.ui.kit.dress import dress
from stackwatch.ui.kit.stylesheet import stylesheet
from stackwatch.ui.kit.theme import Palette, Role, Theme, ThemeMode, build_theme, current_theme, use_theme
from stackwatch.ui.preferences.settings import Density, ModeChoice

MODES = {  # in Find, too
    ModeChoice.SYSTEM: BilingualName("Follow the system", "시스템 설정에 맞춤"),
    ModeChoice.LIGHT: BilingualName("Light", "밝게"),
    ModeChoice.DARK: BilingualName("Dark", "어둡게"),
}
PALETTES = {
    Palette.WESTERN: BilingualName("Up green, down red", "상승 초록, 하락 빨강"),
    Palette.KOREAN: BilingualName("Up red, down blue", "상승 빨강, 하락 파랑"),
    Palette.COLOUR_BLIND: BilingualName("Up blue, down orange", "상승 파랑, 하락 주황"),
}
_TEXT_PX = 12
_OF_THE_DESKTOP = (  # kinds of parts for which Qt asks the desktop for a font; macOS and GNOME have one
    "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QLabel", "QTipLabel", "QMenu",
    "QMenuBar", "QMessageBox", "QAbstractItemView", "QListView", "QHeaderView", "QComboMenuItem",
    "QComboLineEdit", "QStatusBar",
)  # fmt: skip
_SCHEMES = {
    ModeChoice.DARK: Qt.ColorScheme.Dark,
    ModeChoice.LIGHT: Qt.ColorScheme.Light,
    ModeChoice.SYSTEM: Qt.ColorScheme.Unknown,
}


class Appearance(QObject):
    """Decides which theme the program has; ``changed`` comes after every switch."""

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        mode: ModeChoice,
        palette: Palette = Palette.WESTERN,
        *,
        text_px: int = _TEXT_PX,
        density: Density = Density.COMPACT,
    ) -> None:
        super().__init__()
        self._app = app
        self._text_px, self._density = text_px, density
        self._mode = mode
        self._palette = palette
        self._hints = app.styleHints()
        self._wishes = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._follow_system)
        self._wishes.contrastPreferenceChanged.connect(self._renew)
        self._use(self._build())

    def choose(
        self,
        mode: ModeChoice,
        palette: Palette,
        text_px: int = _TEXT_PX,
        density: Density = Density.COMPACT,
    ) -> None:
        """Switch to other surfaces, direction colours or sizes at once."""
        self._mode, self._palette = mode, palette
        self._text_px, self._density = text_px, density
        self._renew()

    def _follow_system(self) -> None:
        if self._mode is ModeChoice.SYSTEM:
            self._renew()

    def _renew(self) -> None:
        theme = self._build()
        if theme == current_theme():
            return
        icons.clear()
        self._use(theme)
        for window in self._app.topLevelWidgets():
            if window.parent() is None:  # else the walk comes to it
                dress(window)
        self.changed.emit()

    def _build(self) -> Theme:
        mode, hints = ThemeMode.LIGHT, self._hints
        hints.setColorScheme(_SCHEMES[self._mode])  # title bars and the system's dialogs follow
        if self._mode is not ModeChoice.SYSTEM:
            mode = ThemeMode(self._mode.value)
        elif hints.colorScheme() is Qt.ColorScheme.Dark:
            mode = ThemeMode.DARK
        strong = self._wishes.contrastPreference() is Qt.ContrastPreference.HighContrast
        sizes = self._text_px, self._density.row_extra
        return build_theme(mode, self._palette, *sizes, high_contrast=strong)

    def _use(self, theme: Theme) -> None:
        use_theme(theme)
        self._app.setStyleSheet("")  # else Qt polishes each widget anew once for every widget that it is in
        self._app.setPalette(theme.qpalette())
        font = theme.font(Role.BODY)
        self._app.setFont(font)
        self._app.setStyleSheet(stylesheet(theme))
        for kind in _OF_THE_DESKTOP:  # with the style sheet Qt has brought back its fonts
            self._app.setFont(font, kind)  # type: ignore[arg-type]  # the stub says bytes, which raise
        for part in self._app.allWidgets():
            if isinstance(part, QMenu):  # Qt tells them nothing
                part.setFont(font)
