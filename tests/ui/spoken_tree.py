"""The window as Qt hands it to a screen reader, and what is wrong with it."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from installer.translations import translated
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QTableView,
    QToolButton,
    QTreeView,
    QWidget,
)

from stackwatch.domain.watchlist import Language
from stackwatch.ui.kit.chips import Chip

Role = QAccessible.Role
Text = QAccessible.Text
ITEMS = frozenset({Role.Cell, Role.ListItem, Role.TreeItem})
_CONTROLS = frozenset(
    {
        *(Role.Button, Role.ButtonMenu, Role.CheckBox, Role.RadioButton, Role.ComboBox),
        *(Role.EditableText, Role.SpinBox, Role.Slider, Role.Table, Role.Tree, Role.List),
    }
)
_ROWS = 25  # of a table that are listened to
_MARKUP = re.compile(r"</?[a-z]+\b[^<>]*>")
_HANGUL = re.compile("[가-힣]")
_SENTENCE = re.compile(r"\b[a-z]+ [a-z]+ [a-z]+\b")


@dataclass(slots=True)
class AccessibleNode:
    """One thing that a screen reader can stand on."""

    role: Role
    name: str
    description: str
    widget: QWidget | None
    takes_focus: bool
    path: str
    children: list["AccessibleNode"] = field(default_factory=list)

    @property
    def label(self) -> str:
        """What it is called, of a choice also by the label before it: on Linux its name is what is chosen."""
        if isinstance(self.widget, QComboBox):
            return self.widget.accessibleName()
        proxy = None if self.widget is None else self.widget.focusProxy()
        return self.name or ("" if proxy is None else proxy.accessibleName())

    def walk(self) -> Iterator["AccessibleNode"]:
        yield self
        for child in self.children:
            yield from child.walk()


def listen(root: QWidget) -> AccessibleNode:
    """Return what is visible under a widget."""
    heard = _hear(QAccessible.queryAccessibleInterface(root), "")
    assert heard is not None, root
    return heard


def _hear(face: QAccessibleInterface | None, above: str) -> AccessibleNode | None:
    if face is None or not face.isValid() or face.state().invisible:
        return None
    thing = face.object()
    widget = thing if isinstance(thing, QWidget) else None
    kind = type(thing).__name__ if thing is not None else face.role().name
    path = f"{above}/{kind}"
    spoken = AccessibleNode(
        role=face.role(),
        name=face.text(Text.Name),
        description=face.text(Text.Description),
        widget=widget,
        takes_focus=widget is not None and _takes_focus(widget),
        path=path,
    )
    count = face.childCount()
    if isinstance(widget, QAbstractItemView):
        count = min(count, _listened_to(widget))
    below = (_hear(face.child(number), path) for number in range(count))
    spoken.children = [child for child in below if child is not None]
    return spoken


def _listened_to(view: QAbstractItemView) -> int:
    """Return how many cells of a view are enough."""
    columns = 1 if isinstance(view, QListView) else view.model().columnCount()
    return _ROWS * columns


def _takes_focus(widget: QWidget) -> bool:
    """Whether the keyboard or a click can bring the focus here."""
    return widget.isEnabled() and bool(widget.focusPolicy().value)


def faults(root: QWidget, *, korean: bool = False) -> list[str]:
    """Return everything under a widget that is not told, or not so that it can be told apart."""
    everything = list(listen(root).walk())
    found = [fault for spoken in everything for fault in _faults_of(spoken, korean=korean)]
    return found + _twins(everything)


def _faults_of(spoken: AccessibleNode, *, korean: bool) -> Iterator[str]:
    where, widget = f"{spoken.path} {spoken.name!r}", spoken.widget
    if isinstance(widget, QToolButton) and isinstance(widget.parentWidget(), QLineEdit):
        return  # Qt's own icons inside a field, which no key reaches
    yield from (f"{where}: {fault}" for fault in _faults_of_words(spoken, korean=korean))
    if widget is not None and (wanted := _wanted_role(widget)) not in (None, spoken.role):
        yield f"{where}: is a {spoken.role.name}, not a {wanted}"
    if isinstance(widget, QAbstractButton) and not widget.shortcut().isEmpty():
        yield f"{where}: {widget.shortcut().toString()} presses it, which nobody is told"
    if isinstance(widget, QAbstractItemView):
        yield from _silent_rows(widget, where)


def _faults_of_words(spoken: AccessibleNode, *, korean: bool) -> Iterator[str]:
    if (spoken.role in _CONTROLS or spoken.takes_focus) and not spoken.label:
        yield "has no name"
    for words in (spoken.name, spoken.description):
        if _MARKUP.search(words):
            yield f"speaks markup: {words}"
    is_plain = isinstance(spoken.widget, QLabel)  # a sign between figures, whose part tells the sentence
    if spoken.name and not is_plain and not any(c.isalnum() for c in spoken.name):
        yield "is a sign only"
    if spoken.name in _icons():
        yield "is the name of an icon"
    parts = re.split(r"[,:;]\s+", f"{spoken.name}, {spoken.description}") if korean else ()
    yield from (f"speaks English: {part}" for part in parts if part.casefold() in _english())
    if korean and _SENTENCE.search(spoken.description):
        yield f"is described in English: {spoken.description}"


def _wanted_role(widget: QWidget) -> Role | None:
    if isinstance(widget, QAbstractButton):
        return _button_role(widget)
    kinds: tuple[tuple[type[QWidget], Role], ...] = (
        (QComboBox, Role.ComboBox),
        (QAbstractSpinBox, Role.SpinBox),
        (QLineEdit, Role.EditableText),
        (QTableView, Role.Table),
        (QTreeView, Role.Tree),
        (QListView, Role.List),
        (QDialog, Role.Dialog),
    )
    return next((role for kind, role in kinds if isinstance(widget, kind)), None)


def _button_role(button: QAbstractButton) -> Role:
    if isinstance(button, QToolButton):  # Qt takes one of several for a box to tick
        return Role.ButtonMenu if button.menu() else Role.CheckBox if button.isCheckable() else Role.Button
    if not button.isCheckable():
        return Role.Button
    group = button.group()
    one_of = button.autoExclusive() or (group is not None and group.exclusive())
    return Role.RadioButton if one_of else Role.CheckBox


def _silent_rows(view: QAbstractItemView, where: str) -> Iterator[str]:
    """Find rows that say nothing where the keyboard stands on them, or cannot be told apart."""
    face = QAccessible.queryAccessibleInterface(view)
    said: dict[str, int] = defaultdict(int)
    for number in range(min(face.childCount(), _listened_to(view))):
        child = face.child(number)
        if child is None or child.role() not in ITEMS:
            continue
        cell = child.tableCellInterface()
        if cell is not None and cell.columnIndex() != 0:
            continue
        said[child.text(Text.Name)] += 1
    for words, count in said.items():
        if not words:
            yield f"{where}: {count} rows say nothing"
        elif count > 1:
            yield f"{where}: {count} rows say {words!r}"


def _twins(everything: list[AccessibleNode]) -> list[str]:
    """Find controls that sound the same; chips of one name lead to one place, wherever they are."""
    alike: dict[tuple[Role, str, str], list[AccessibleNode]] = defaultdict(list)
    for spoken in everything:
        if spoken.role in _CONTROLS and spoken.widget is not None and not isinstance(spoken.widget, Chip):
            alike[spoken.role, spoken.label, spoken.description].append(spoken)
    return [
        f"{group[0].path} {name!r}: {len(group)} of them sound the same"
        for (_, name, _), group in alike.items()
        if len(group) > 1
    ]


@cache
def _icons() -> frozenset[str]:
    """Return the names of the icons that are more than one word, or no word of the interface."""
    spec = find_spec("qtawesome")
    assert spec is not None
    assert spec.origin is not None
    (file,) = Path(spec.origin).parent.glob("fonts/phosphor-charmap-*.json")
    return frozenset(json.loads(file.read_text(encoding="utf-8")))


@cache
def _english() -> frozenset[str]:
    """Return the texts of the interface that are others in Korean."""
    pairs = ((source, words) for (_, source), words in translated(Language.KOREAN).items())
    return frozenset(
        source.casefold()
        for source, words in pairs
        if source != words and _HANGUL.search(words) and len(source) > 3 and "{" not in source
    )
