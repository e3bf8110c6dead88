"""Whether anything may move: what the user chose here, and what the system asks for."""

from PySide6.QtWidgets import QApplication

_CHOICE = "stackwatch-motion"


def choose(*, wanted: bool) -> None:
    """Remember what the user chose."""
    app = QApplication.instance()
    if app is not None:
        app.setProperty(_CHOICE, wanted)


def is_wanted() -> bool:
    """Return whether fades and flashes are wanted by the user and by the system."""
    app = QApplication.instance()
    if not isinstance(app, QApplication) or app.property(_CHOICE) is False:
        return False
    from PySide6.QtWidgets import QStyle  # after the first paint: it has a tenth of Qt's names of widgets

    return app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0
