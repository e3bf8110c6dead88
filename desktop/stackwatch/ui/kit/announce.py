"""What a screen reader is to say at once, wherever the keyboard is: what changes by itself and matters."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QWidget

from stackwatch.domain.words.format import NOTHING

if TYPE_CHECKING:  # nothing is said before the first paint
    from PySide6.QtGui import QAccessibleAnnouncementEvent, QAccessibleInterface


def is_heard() -> bool:
    """Return whether a screen reader listens."""
    from PySide6.QtGui import QAccessible  # see above

    return QAccessible.isActive()


def announce(part: QWidget, words: str, *, urgent: bool = False) -> None:
    """Say a sentence about a part of the window; an ``urgent`` one interrupts what is being read.

    Qt's alert event makes a sound at most, and a new name is read only where the keyboard is.
    """
    if not words or not is_heard():
        return
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # see above

    event = QAccessibleAnnouncementEvent(part, words)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    send(event)


def send(event: "QAccessibleAnnouncementEvent") -> None:
    """Hand an announcement to whatever listens."""
    from PySide6.QtGui import QAccessible  # see above

    QAccessible.updateAccessibility(event)


def read_current(view: QAbstractItemView) -> None:
    """Let a screen reader stand on the current row of a view that has the keyboard.

    Where one has just taken it, Qt tells on Linux of the view alone, after the view itself hears of it.
    """

    def read() -> None:
        if not is_heard():
            return
        from PySide6.QtGui import QAccessible  # see above

        face = QAccessible.queryAccessibleInterface(view)
        row = face.focusChild() if view.hasFocus() else None
        if row is not None and row.isValid():
            stand_on(row)

    QTimer.singleShot(0, view, read)


def stand_on(row: "QAccessibleInterface") -> None:
    """Tell whatever listens that the keyboard is on a row of a view."""
    from PySide6.QtGui import QAccessible, QAccessibleEvent  # see above

    QAccessible.updateAccessibility(QAccessibleEvent(row, QAccessible.Event.Focus))


def speak_for(field: QWidget, answers: QAbstractItemView) -> None:
    """Say which answer is current in a list below a field that keeps the keyboard itself."""

    def say(current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and field.hasFocus():
            spoken = current.data(Qt.ItemDataRole.AccessibleTextRole) or current.data()
            announce(field, str(spoken))

    answers.selectionModel().currentChanged.connect(say)


def aloud(text: str) -> str:
    """Return the text of a cell as it is read out: a dash alone is passed over in silence."""
    return QCoreApplication.translate("Watchlist", "no value") if text == NOTHING else text
