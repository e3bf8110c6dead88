"""The conditions that a rule has besides its own, as rows that come and go."""

from collections.abc import Callable, Iterable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from stackwatch.domain.rule import Condition, RuleKind
from stackwatch.domain.rule_checks import MOST_JOINED
from stackwatch.domain.rule_drafts import story_condition
from stackwatch.ui.kit.layout import vbox
from stackwatch.ui.kit.theme import px
from stackwatch.ui.rules.condition_editor import ConditionEditor
from stackwatch.ui.rules.form_rows import FormRow
from stackwatch.ui.rules.subjects import Subject


class JoinedConditions(QWidget):
    """Rows of editors; ``changed`` says that the user changed one, ``going`` names one that leaves."""

    changed = Signal()
    going = Signal(QWidget)

    def __init__(
        self, subjects: Iterable[tuple[Subject, str]], price: Callable[[], float | None], own: ConditionEditor
    ) -> None:
        """``own`` edits the rule's own condition: keyboard and Tab go on from there."""
        super().__init__()
        self._subjects = tuple(subjects)
        self._price, self._own = price, own
        self._currency = "USD"
        self._rows: dict[ConditionEditor, FormRow] = {}
        self._column = vbox(gap=px(6), into=self)
        self.hide()

    @property
    def editors(self) -> tuple[ConditionEditor, ...]:
        """The editors from top to bottom."""
        return tuple(self._rows)

    @property
    def rows(self) -> tuple[FormRow, ...]:
        """Their rows, in the same order."""
        return tuple(self._rows.values())

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions as they are now, sound or not."""
        return tuple(editor.condition() for editor in self._rows)

    @property
    def full(self) -> bool:
        """Whether a rule takes no more of them."""
        return len(self._rows) >= MOST_JOINED

    def put(self, conditions: Iterable[Condition]) -> None:
        """Show these and no others; announces nothing."""
        for editor in self.editors:
            self._drop(editor)
        for condition in conditions:
            self._add(condition)

    def set_currency(self, currency: str) -> None:
        """Name another currency beside prices."""
        self._currency = currency
        for editor in self._rows:
            editor.set_currency(currency)

    def add_usual(self) -> None:
        """Add a condition to begin with, and go to it."""
        self._join(Condition(kind=RuleKind.VOLUME_SPIKE, threshold=2.0))
        self._last.kind.setFocus(Qt.FocusReason.TabFocusReason)

    def toggle_story(self) -> None:
        """Ask for a matching story, or for none any more."""
        stories = [editor for editor in self._rows if editor.condition().kind is RuleKind.STORY]
        for editor in stories:
            self._remove(editor)
        if not stories:
            self._join(story_condition())

    @property
    def _last(self) -> ConditionEditor:
        return next(reversed(self._rows), self._own)

    def _join(self, condition: Condition) -> None:
        if not self.full:
            self._add(condition)
            self.changed.emit()

    def _add(self, condition: Condition) -> None:
        editor = ConditionEditor(self._subjects, joined=True, price=self._price)
        editor.put(condition, self._currency)
        editor.changed.connect(self.changed)
        editor.removed.connect(lambda: self._remove(editor))
        before = self._last
        row = self._rows[editor] = FormRow(self.tr("And when"), editor)
        self._column.addWidget(row)
        row.show()
        self.show()  # before the keyboard may go there
        for stop, following in pairwise((before.stops[-1], *editor.stops)):
            self.setTabOrder(stop, following)
        self._number()

    def _remove(self, editor: ConditionEditor) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and editor.isAncestorOf(focus):
            stays = [self._own, *(each for each in self._rows if each is not editor)]
            stays[-1].kind.setFocus(Qt.FocusReason.TabFocusReason)
        self._drop(editor)
        self.changed.emit()

    def _drop(self, editor: ConditionEditor) -> None:
        self.going.emit(editor)
        row = self._rows.pop(editor)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.setVisible(bool(self._rows))
        self._number()

    def _number(self) -> None:
        for place, editor in enumerate(self._rows, 2):
            editor.name_controls(place)
