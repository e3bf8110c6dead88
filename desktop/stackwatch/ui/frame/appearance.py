"""The colours in use: follows the settings and the system, and hands one Theme to everyone."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from stackwatch.ui.kit import icons
from stackwatch.ui.kit.stylesheet import stylesheet
from stackwatch.ui.kit.theme import Mode, Palette, Role, Theme, build_theme
from stackwatch.ui.preferences.settings import Density, ModeChoice

_TEXT_PX = 12
_SCHEMES = {
    ModeChoice.DARK: Qt.ColorScheme.Dark,
    ModeChoice.LIGHT: Qt.ColorScheme.Light,
    ModeChoice.SYSTEM: Qt.ColorScheme.Unknown,
}


class Appearance(QObject):
    """The current theme; ``changed`` carries the new one after every switch."""

    changed = Signal(object)

    def __init__(
        self,
        app: QApplication,
        mode: ModeChoice = ModeChoice.SYSTEM,
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
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._theme = self._build()
        self._dress()

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self._theme

    @property
    def mode(self) -> ModeChoice:
        """The user's choice of surfaces."""
        return self._mode

    @property
    def palette(self) -> Palette:
        """The user's choice of direction colours."""
        return self._palette

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
        if theme == self._theme:
            return
        self._theme = theme
        icons.clear()
        self._dress()
        self.changed.emit(theme)

    def _build(self) -> Theme:
        mode, hints = Mode.LIGHT, self._app.styleHints()
        hints.setColorScheme(_SCHEMES[self._mode])  # title bars and the system's dialogs follow
        if self._mode is not ModeChoice.SYSTEM:
            mode = Mode(self._mode.value)
        elif hints.colorScheme() is Qt.ColorScheme.Dark:
            mode = Mode.DARK
        return build_theme(mode, self._palette, self._text_px, self._density.row_extra)

    def _dress(self) -> None:
        self._app.setPalette(self._theme.qpalette())
        self._app.setFont(self._theme.font(Role.BODY))
        self._app.setStyleSheet(stylesheet(self._theme))
