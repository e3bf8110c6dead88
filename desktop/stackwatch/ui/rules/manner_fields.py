"""How a rule speaks: sessions, repeats, its end, severity, delivery and a note."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from stackwatch.domain import rule_checks
from stackwatch.domain.rule import (
    NEWS_KINDS,
    Expiry,
    Frequency,
    Rule,
    RuleKind,
    SessionScope,
    Severity,
    last_day,
)
from stackwatch.domain.words.rule_names import unit_word
from stackwatch.ui.kit.chips import ElidedText
from stackwatch.ui.kit.fields import CheckBox, Choice, CountSpin, DayField, NumberSpin
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import vbox
from stackwatch.ui.kit.switches import Segments
from stackwatch.ui.kit.theme import Ink, Role, px
from stackwatch.ui.kit.tips import set_tip
from stackwatch.ui.rules.form_rows import FormRow

_ON_A_DAY = "on a day"
_SECONDS = 60  # of the minutes in which a hold is given


class MannerFields(QWidget):
    """The rows of the editor that do not say what a rule watches."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        """``today`` is asked whenever it matters: a window stays open for days."""
        super().__init__()
        self._today = today
        self._end_shown = ""  # the choice that a rule was shown with
        self._usual_step = 0.0  # until a rule is shown
        self._make_repeats()
        self._make_ends()
        self._make_delivery()
        self._lay_out()
        self._connect()

    def _make_repeats(self) -> None:
        self.sessions = Segments(3)
        sessions = (self.tr("Regular"), self.tr("Extended only"), self.tr("Any"))
        self.sessions.label(sessions, self.tr("Session"))
        self.frequency = Choice(160)
        self.frequency.setAccessibleName(self.tr("Repeat"))
        self.frequency.fill(
            (
                (Frequency.ONCE_A_SESSION, self.tr("Once a session")),
                (Frequency.EVERY_REARM, self.tr("Every time")),
                (Frequency.ONCE, self.tr("Once only")),
            )
        )
        self.again = CheckBox(self.tr("again every"))
        self.step = NumberSpin()
        self.step.setRange(0.0, 1e6)
        self.step.setAccessibleName(self.tr("Further step"))
        self.step_unit = ElidedText(fixed=True)
        self.apart = CheckBox(self.tr("at least apart"))
        self.cooldown = CountSpin(1, 10_080)
        self.cooldown.setSuffix(self.tr(" min"))
        self.cooldown.setAccessibleName(self.tr("Minutes between two alerts"))

    def _make_ends(self) -> None:
        self.until = Choice(160)
        self.until.setAccessibleName(self.tr("Until"))
        self.day = DayField()
        self.day.hide()  # until a rule that ends on a day is shown
        self.day.setAccessibleName(self.tr("Last day"))
        self.hold = CheckBox(self.tr("hold for"))
        self.hold_minutes = CountSpin(1, 1440)
        self.hold_minutes.setSuffix(self.tr(" min"))
        self.hold_minutes.setAccessibleName(self.tr("Minutes it must hold"))

    def _make_delivery(self) -> None:
        self.severity = Segments(3)
        severities = (self.tr("Notice"), self.tr("Alert"), self.tr("Severe"))
        self.severity.label(severities, self.tr("Severity"))
        self.popup = CheckBox(self.tr("popup"))
        self.sound = CheckBox(self.tr("sound"))
        set_tip(self.sound, self.tr("Heard where the settings let popups sound"))
        self._kept = ElidedText()
        self._kept.put(self.tr("always kept in the list of alerts"), Ink.T3, Role.CAPTION)
        self.note = QLineEdit()
        self.note.setMaxLength(rule_checks.MOST_NOTE)
        self.note.setFixedWidth(px(400))
        self.note.setAccessibleName(self.tr("Note"))

    def _lay_out(self) -> None:
        column = vbox(gap=px(6), into=self)
        self.rows: dict[str, FormRow] = {}
        for key, label, widgets in (
            ("sessions", self.tr("Session"), (self.sessions,)),
            ("repeat", self.tr("Repeat"), (self.frequency, self.again, self.step, self.step_unit)),
            ("apart", "", (self.apart, self.cooldown)),
            ("until", self.tr("Until"), (self.until, self.day, self.hold, self.hold_minutes)),
            ("severity", self.tr("Severity"), (self.severity,)),
            ("deliver", self.tr("Deliver"), (self.popup, self.sound, self._kept)),
            ("note", self.tr("Note"), (self.note,)),
        ):
            self.rows[key] = FormRow(label, *widgets)
            column.addWidget(self.rows[key])

    def _connect(self) -> None:
        for check in (self.again, self.apart, self.hold, self.popup, self.sound):
            check.toggled.connect(self.changed)
        self.until.currentIndexChanged.connect(self._choose_end)
        for choice in (self.frequency, self.until):
            choice.currentIndexChanged.connect(self.changed)
        for segments in (self.sessions, self.severity):
            segments.chosen.connect(self.changed)
        for spin in (self.step, self.cooldown, self.hold_minutes):
            spin.valueChanged.connect(self.changed)
        self.day.dateChanged.connect(self.changed)
        self.note.textEdited.connect(self.changed)

    def put(self, rule: Rule) -> None:
        """Show how a rule speaks."""
        self.blockSignals(True)
        self.sessions.choose(tuple(SessionScope).index(rule.sessions))
        self.frequency.choose(rule.frequency)
        self.again.setChecked(rule.escalate_step > 0)
        self.count_in(rule.kind)
        self.step.setValue(rule.escalate_step or self._usual_step)
        self.apart.setChecked(rule.cooldown_minutes > 0)
        self.cooldown.setValue(rule.cooldown_minutes or 30)
        self._offer_ends(rule.expires)
        self.hold.setChecked(rule.hold_seconds > 0)
        self.hold_minutes.setValue(_minutes(rule.hold_seconds))
        self.severity.choose(int(rule.severity) - 1)
        self.popup.setChecked(rule.popup)
        self.sound.setChecked(rule.sound)
        self.note.setText(rule.note)
        self.note.setCursorPosition(0)
        self.blockSignals(False)

    def applied_to(self, rule: Rule) -> Rule:
        """Return a rule that speaks as the controls say."""
        kept = self.hold.isChecked() and self.hold_minutes.value() == _minutes(rule.hold_seconds)
        hold = self.hold_minutes.value() * _SECONDS if self.hold.isChecked() else 0
        return replace(
            rule,
            sessions=tuple(SessionScope)[self.sessions.current],
            frequency=Frequency(str(self.frequency.value())),
            escalate_step=self.step.value() if self.again.isChecked() and not rule.crossing else 0.0,
            cooldown_minutes=self.cooldown.value() if self.apart.isChecked() else 0,
            expires=self._expires(rule),
            hold_seconds=rule.hold_seconds if kept and rule.hold_seconds else hold,
            severity=Severity(self.severity.current + 1),
            popup=self.popup.isChecked(),
            sound=self.sound.isChecked(),
            note=" ".join(self.note.text().split()),
        )

    def fit(self, rule: Rule, currency: str) -> None:
        """Show what a rule of its kind needs."""
        escalates = not rule.crossing and rule.frequency is not Frequency.ONCE
        self.rows["sessions"].setVisible(not rule.news_only)
        self.again.setVisible(escalates)
        self.step.setVisible(escalates)
        self.step.setEnabled(self.again.isChecked())
        unit = self._step_unit(rule.kind, currency) if escalates else ""
        self.step_unit.put(unit, Ink.T3)
        self.rows["apart"].setVisible(rule.frequency is Frequency.EVERY_REARM)
        self.cooldown.setEnabled(self.apart.isChecked())
        self.day.setVisible(self.until.value() == _ON_A_DAY)
        self.hold_minutes.setEnabled(self.hold.isChecked())
        self.sound.setEnabled(self.popup.isChecked())

    def count_in(self, kind: RuleKind) -> None:
        """Give further steps as the kind counts: stories and headlines are whole ones. Says nothing."""
        whole = kind in NEWS_KINDS
        usual = 1.0 if whole else 1.5
        if usual != self._usual_step:
            self._usual_step = usual
            chosen = self.step.value() if self.again.isChecked() else usual
            self.step.blockSignals(True)
            self.step.setValue(max(round(chosen), 1) if whole else chosen)
            self.step.blockSignals(False)
        self.step.set_least(0 if whole else 1)
        self.step.setSingleStep(1.0 if whole else 0.5)

    def _step_unit(self, kind: RuleKind, currency: str) -> str:
        """Name the unit of a further step: what is counted goes on from the threshold."""
        if kind is RuleKind.STORY:
            return self.tr("more stories")
        if kind is RuleKind.NEWS_BURST:
            return self.tr("more headlines")
        return unit_word(kind, currency, current_language())

    def _offer_ends(self, expires: date | None) -> None:
        ends: list[tuple[object, str]] = [
            (Expiry.NEVER, self.tr("No end date")),
            (Expiry.DAY, self.tr("End of today")),
            (Expiry.WEEK, self.tr("In a week")),
            (Expiry.MONTH, self.tr("In a month")),
            (_ON_A_DAY, self.tr("A day")),
        ]
        self.until.fill(ends)
        today = self._today()
        known = next((e for e in Expiry if last_day(e, today) == expires), None)
        self.until.choose(_ON_A_DAY if known is None else known)
        self._end_shown = str(self.until.value())
        shown = expires or today
        self.day.setDate(QDate(shown.year, shown.month, shown.day))

    def _choose_end(self) -> None:
        self._end_shown = ""

    def _expires(self, rule: Rule) -> date | None:
        chosen = str(self.until.value())
        if chosen == _ON_A_DAY:
            day = self.day.date()
            return date(day.year(), day.month(), day.day())
        # What was not changed stays the day that it was when the rule was shown.
        return rule.expires if chosen == self._end_shown else last_day(Expiry(chosen), self._today())


def _minutes(seconds: int) -> int:
    return max(round(seconds / _SECONDS), 1)
