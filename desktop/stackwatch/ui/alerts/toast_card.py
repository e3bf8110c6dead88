"""The popup about one cause."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from stackwatch.domain.rule import Severity
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words.alert_words import as_replay
from stackwatch.ui.alerts.popup_card import PopupCard
from stackwatch.ui.alerts.snooze_menu import SnoozeMenu, SnoozeSection
from stackwatch.ui.alerts.toast_facts import Reason, ToastFacts
from stackwatch.ui.alerts.toast_parts import MemberFigures, ReasonLine, ReplayMark, SeverityMark, SingleMove
from stackwatch.ui.kit.chips import ActionButton, ElidedText
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.kit.theme import Ink, Role

_LINES = 5


class ToastCard(PopupCard):
    """A popup about one cause; it says what was asked of it. A brief one has figures only, until a click."""

    snoozed = Signal(object)  # SnoozeChoice
    seen = Signal()
    rule_requested = Signal()

    def __init__(self, ecosystem: Ecosystem, host: QWidget | None) -> None:
        super().__init__(host)
        self._facts: ToastFacts | None = None
        self._unfolded = self._brief = False
        self._sections: Callable[[], tuple[SnoozeSection, ...]] = tuple
        self._severity, self._title, self._what = SeverityMark(), ElidedText(), ElidedText()
        self._time = ElidedText(fixed=True)
        self._badge = ReplayMark()
        self._verdict, self._single = ElidedText(), SingleMove()
        self._members = MemberFigures(ecosystem)
        self._reasons = tuple(ReasonLine() for _ in range(_LINES))
        self.snooze_button = ActionButton(framed=False)
        self.seen_button = ActionButton(framed=False)
        self.fold_button, self._rule = ActionButton(framed=False), ElidedText()
        self.whole_button = ActionButton(framed=False)
        self._foot = QWidget()
        self.menu = SnoozeMenu(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        names = (self._severity, self._title, self._what)
        head = (*names, None, self._badge, self._time, self.whole_button, self.close_button)
        hbox(head, gap=6, into=self.column).addStrut(20)
        for part in (self._verdict, self._single, self._members, *self._reasons):
            self.column.addWidget(part)
        foot = (self.open_button, self.snooze_button, self.seen_button, None, self._rule, self.fold_button)
        hbox(foot, gap=6, margins=(0, 6, 0, 0), into=self._foot)
        self.column.addWidget(self._foot)

    def _connect(self) -> None:
        self.snooze_button.clicked.connect(self._show_menu)
        self.seen_button.clicked.connect(self._see)
        self.fold_button.clicked.connect(self._fold)
        self.whole_button.clicked.connect(self.make_whole)
        self.menu.chosen.connect(self._snooze)
        self.menu.rule_requested.connect(self.rule_requested)
        self.menu.aboutToHide.connect(self.resume)
        self.menu.aboutToHide.connect(self.attended)
        for button in self._buttons():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _buttons(self) -> tuple[ActionButton, ...]:
        return (
            self.open_button,
            self.snooze_button,
            self.seen_button,
            self.fold_button,
            self.whole_button,
            self.close_button,
        )

    @property
    def facts(self) -> ToastFacts | None:
        """What is shown."""
        return self._facts

    def stays(self) -> bool:
        """Whether it stays until it is closed: a severe one does."""
        return self._facts is not None and self._facts.severity is Severity.SEVERE

    def is_busy(self) -> bool:
        """Whether somebody is at it now."""
        return super().is_busy() or self.menu.isVisible()

    def put(self, facts: ToastFacts, sections: Callable[[], tuple[SnoozeSection, ...]]) -> None:
        """Show other facts in place; ``sections`` gives the snoozes there are when the menu opens."""
        self._facts, self._sections = facts, sections
        self._severity.put(facts.severity)
        self._title.put(facts.title, Ink.T1, Role.TITLE)
        self._what.put(facts.what, Ink.T2)
        self._badge.put(self.tr("Replay"), shown=facts.replay)
        self._time.put(facts.time, Ink.T3, Role.CAPTION)
        self._verdict.put(facts.verdict, Ink.T1, Role.SYMBOL)
        self._single.put(facts.single, self.tr("abnormal"))
        heads = (self.tr("Name"), self.tr("Change"), self.tr("Abnormal"))
        self._members.put(facts.members, heads, opened=self._unfolded and not self._brief)
        told = facts.verdict or facts.single is not None or facts.members  # else a reason is all it says
        lines = list(facts.reasons[: 0 if told else 1] if self._brief else facts.reasons)
        if facts.chance and self._unfolded and not self._brief:
            lines.append(Reason("info", facts.chance, ""))
        lines += [Reason("", "", "")] * (len(self._reasons) - len(lines))
        for line, reason in zip(self._reasons, lines, strict=True):
            line.put(reason)
        self._put_foot(facts)
        self.setAccessibleName(as_replay(facts.sentence, current_language(), replay=facts.replay))
        self.name_buttons(facts.title)
        self.fit()

    def make_brief(self) -> None:
        """Leave reasons and buttons out, to leave the room to what is newer."""
        self._fill(brief=True)

    def make_whole(self) -> None:
        """Show everything again."""
        self._fill(brief=False)

    def _fill(self, *, brief: bool) -> None:
        if brief is not self._brief and self._facts is not None:
            self._brief = brief
            self.put(self._facts, self._sections)

    def renew(self) -> None:
        """Show all of what is new."""
        self.make_whole()
        super().renew()

    def focus(self) -> None:
        """Take the keyboard, with everything that it can reach."""
        self.make_whole()
        super().focus()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Show all of a brief card that is clicked."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.make_whole()

    def _put_foot(self, facts: ToastFacts) -> None:
        self._foot.setVisible(not self._brief)
        self.whole_button.setToolTip(self.tr("Show all of it"))
        self.whole_button.put("", "caret-down" if self._brief else "")
        self.close_button.setToolTip(self.tr("Close"))
        self.close_button.put("", "x")
        self.open_button.put(self.tr("Read") if facts.story else self.tr("Open"))
        self.snooze_button.put(self.tr("Snooze"), "bell-z", "caret-down")
        self.seen_button.setToolTip(self.tr("Mark seen"))
        self.seen_button.put("", "check")
        self._rule.put("" if facts.members else facts.rule, Ink.T3, Role.CAPTION)
        if not facts.members:
            self.fold_button.put("")
        elif self._unfolded:
            self.fold_button.put(self.tr("Less"), tail="caret-up")
        else:
            count = len(facts.members)
            words = self.tr("{0} names").format(count) if count > 1 else self.tr("1 name")
            self.fold_button.put(words, tail="caret-down")

    def _fold(self) -> None:
        self._unfolded = not self._unfolded
        if self._facts is not None:
            self.put(self._facts, self._sections)

    def _see(self) -> None:
        self.seen.emit()
        self.dismiss()

    def fill_menu(self) -> None:
        """Offer the snoozes there are by now: a card may stay for hours."""
        self.menu.put(self._sections())
        self.menu.offer_rule()

    def _show_menu(self) -> None:
        self.pause()
        self.fill_menu()
        self.menu.popup(self.snooze_button.mapToGlobal(self.snooze_button.rect().bottomLeft()))

    def _snooze(self, choice: object) -> None:
        self.snoozed.emit(choice)
        self.dismiss()
