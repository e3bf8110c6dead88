"""What the pages of the settings keep, the defaults of a page, and the foot that offers them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from stackwatch.domain.settings import Settings
from stackwatch.ui.kit.chips import ActionButton, ElidedText
from stackwatch.ui.kit.hairline import LinedPanel
from stackwatch.ui.kit.layout import hbox, show_if
from stackwatch.ui.kit.theme import Ink, Role, px
from stackwatch.ui.preferences.settings import UiSettings

LOGIN = "login"
"""The one choice that the system keeps, not a file of ours."""

_SETTINGS = frozenset(field.name for field in fields(Settings))
_LOOK = ("language", "mode", "palette", "density", "text_px", "motion", "tray")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """All that the settings can change."""

    settings: Settings
    ui: UiSettings
    login: bool = False

    def get(self, field: str) -> object:
        """Return what is chosen for a field of the settings, of the look, or ``login``."""
        if field == LOGIN:
            return self.login
        return getattr(self.settings if field in _SETTINGS else self.ui, field)

    def with_fields(self, chosen: Mapping[str, object]) -> "Choices":
        """Return the choices with some of them changed."""
        data = {name: value for name, value in chosen.items() if name in _SETTINGS}
        look = {name: value for name, value in chosen.items() if name not in _SETTINGS and name != LOGIN}
        return Choices(
            settings=replace(self.settings, **data),  # type: ignore[arg-type]
            ui=replace(self.ui, **look),  # type: ignore[arg-type]
            login=bool(chosen.get(LOGIN, self.login)),
        )

    def look_since(self, before: "Choices") -> dict[str, object]:
        """Return the fields of the look that are others than they were."""
        return {name: self.get(name) for name in _LOOK if self.get(name) != before.get(name)}


_DEFAULTS = Choices(settings=Settings(), ui=UiSettings())


def off_defaults(kept: Sequence[tuple[str, tuple[str, ...]]], now: Choices) -> dict[str, tuple[str, ...]]:
    """Return by label the fields that are not as they come; ``kept`` are a page's labels and fields."""
    away = {label: tuple(f for f in names if now.get(f) != _DEFAULTS.get(f)) for label, names in kept}
    return {label: names for label, names in away.items() if names}


def default_values(names: Sequence[str]) -> dict[str, object]:
    """Return the defaults of some fields."""
    return {name: _DEFAULTS.get(name) for name in names}


class SettingsFoot(LinedPanel):
    """The line under the pages: what was put back and its undo, the defaults of the page, Cancel and Done."""

    defaults_wanted = Signal()
    undo_wanted = Signal()
    cancelled = Signal()
    done = Signal()

    def __init__(self) -> None:
        super().__init__(Qt.Edge.TopEdge)
        self.said = ElidedText()
        self.undo, self.defaults = ActionButton(), ActionButton(framed=False)
        self.undo.setObjectName("undo-defaults")
        self.undo.clicked.connect(self.undo_wanted)
        self.defaults.setObjectName("defaults")
        self.defaults.put(self.tr("Restore the defaults"))
        self.defaults.clicked.connect(self.defaults_wanted)
        self.cancel, self.finish = QPushButton(self.tr("Cancel")), QPushButton(self.tr("Done"))
        self.cancel.setObjectName("cancel")
        self.cancel.setToolTip(self.tr("Takes back every change made since the settings were opened"))
        self.cancel.clicked.connect(self.cancelled)
        self.finish.setObjectName("done")
        self.finish.setProperty("primary", "true")
        self.finish.clicked.connect(self.done)
        hbox(
            (self.said, self.undo, None, self.defaults, self.cancel, self.finish),
            gap=px(8),
            margins=(px(16), px(10), px(16), px(10)),
            into=self,
        )
        for plain in (self.cancel, self.finish):
            plain.setAutoDefault(False)

    def show_state(self, put_back: Sequence[str], *, offered: bool, at_defaults: bool) -> None:
        """Say what was put back, and offer the defaults where a page has some and is away from them."""
        words = self.tr("Restored: {names}").format(names=", ".join(put_back))
        usual = self.tr("Changes show at once; Cancel takes them back.")
        self.said.put(words if put_back else usual, Ink.T2, Role.CAPTION)
        self.undo.put(self.tr("Undo") if put_back else "")
        show_if(self.defaults, offered)
        self.defaults.setEnabled(not at_defaults)
        tip = (
            self.tr("This page has its defaults")
            if at_defaults
            else self.tr("For this page only; can be undone")
        )
        self.defaults.setToolTip(tip)
