"""The editor of one rule: every field of it, its plain sentence, and what keeps it from being saved."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from stackwatch.domain import rule_checks
from stackwatch.domain.rule import Direction, Join, Rule, RuleKind, SubjectKind
from stackwatch.domain.rule_checks import Field, RuleFault, rule_faults
from stackwatch.domain.rule_drafts import is_new, proposed_names
from stackwatch.domain.watchlist import BilingualName, Ecosystem, Language, Watchlist
from stackwatch.domain.words.rule_words import emphasised, rule_sentence, subject_phrase
from stackwatch.ui.kit.chips import ActionButton, Paragraph
from stackwatch.ui.kit.fields import CheckBox
from stackwatch.ui.kit.hairline import Hairline
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox, scrolled, vbox
from stackwatch.ui.kit.switches import Segments, Switch
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px
from stackwatch.ui.rules.condition_editor import ConditionEditor, with_condition
from stackwatch.ui.rules.form_faults import FormFaults
from stackwatch.ui.rules.form_rows import FormRow, ReachText, SentenceCard
from stackwatch.ui.rules.joined_conditions import JoinedConditions
from stackwatch.ui.rules.manner_fields import MannerFields
from stackwatch.ui.rules.subjects import SubjectChoice, subjects_offered


class RuleOrigin(StrEnum):
    """Where a rule comes from, which says what taking it away means."""

    NEW = "new"
    OWN = "own"
    SHIPPED = "shipped"
    CHANGED = "changed"  # a shipped one that the user replaced


class RuleForm(QWidget):
    """Shows one rule; ``changed`` says that it reads differently now, sound or not."""

    changed = Signal()
    saved = Signal()
    cancelled = Signal()
    removed = Signal()
    duplicated = Signal()
    left = Signal()

    def __init__(
        self,
        ecosystem: Ecosystem,
        watchlist: Watchlist,
        today: Callable[[], date],
        prices: Mapping[str, float],
        *,
        replay: bool = False,
    ) -> None:
        """``prices`` are the last ones by symbol; a rule about a price begins there."""
        super().__init__()
        self._replay = replay
        self._ecosystem, self._watchlist, self._prices = ecosystem, watchlist, prices
        self.today = today
        self._rule: Rule | None = None
        self._proposed: BilingualName | None = None  # of a new rule that the user did not name
        self._about: tuple[RuleKind, str, Direction] | None = None  # what its name was proposed for
        self._filling = False
        words = (self.tr("Watchlist"), self.tr("Any layer"), self.tr("Any private name"), self.tr("Layer"))
        self._subjects = subjects_offered(ecosystem, watchlist, words)
        self.rows: dict[str, FormRow] = {}
        self._make_controls()
        self._lay_out()
        self.told = self._make_faults()
        self._connect()

    # Building

    def _make_controls(self) -> None:
        self.name = QLineEdit()
        self.name.setMaxLength(rule_checks.MOST_NAME)
        self.name.setFixedWidth(px(362))
        self.name.setAccessibleName(self.tr("Name"))
        self.enabled = Switch(self.tr("On"), on=True)
        self.subject = SubjectChoice(240)
        self.subject.fill(self._subjects)
        self.subject.setAccessibleName(self.tr("Watch"))
        self.reach = ReachText()
        self.own = ConditionEditor(self._subjects, joined=False, price=self._last_price)
        self.joined = JoinedConditions(self._subjects, self._last_price, self.own)
        self.join = Segments(2)
        self.join.label((self.tr("All of them"), self.tr("Any of them")), self.tr("Join"))
        self.add = ActionButton()
        self.add.put(self.tr("Add a condition"), "plus")
        self.with_story = CheckBox(self.tr("only with a matching story"))
        self.manner = MannerFields(self.today)
        self.sentence = SentenceCard()
        self.hint = Paragraph()
        late = self.tr(
            "A value already beyond the trigger when you save does not pop up;"
            " the table below says since when it is true."
        )
        here = self.tr("Rules with a price or last day, pauses and snoozes hold in this replay only.")
        self.hint.put(f"{here} {late}" if self._replay else late, Ink.T3, Role.CAPTION)
        self.answer = Paragraph()
        self.answer.hide()
        self.delete, self.duplicate = ActionButton(framed=False), ActionButton(framed=False)
        self.duplicate.put(self.tr("Duplicate"), "copy")
        self.cancel, self.save = QPushButton(self.tr("Cancel")), QPushButton()
        self.save.setProperty("primary", True)

    def _lay_out(self) -> None:
        # From the outside in: a widget that gets another parent is styled anew with all that is in it.
        fields = QWidget()
        column = vbox(gap=px(6), margins=(px(20), px(12), px(8), px(8)), into=fields)
        self.page = scrolled(fields)
        whole = vbox(((self.page, 1),), into=self)
        for key, label, widgets in (
            ("name", self.tr("Name"), (self.name, self.enabled)),
            ("subject", self.tr("Watch"), (self.subject, self.reach)),
            ("when", self.tr("When"), (self.own,)),
            ("join", self.tr("Join"), (self.join,)),
            ("and", self.tr("And"), (self.with_story, self.add)),
        ):
            self.rows[key] = FormRow(label, *widgets)
            column.addWidget(self.rows[key])
            if key == "when":
                column.addWidget(self.joined)
        column.addWidget(self.manner)
        hbox(((self.hint, 1),), margins=(0, 0, px(12), 0), into=column)  # as wide as what stands below
        column.addStretch(1)
        whole.addWidget(self._line_below())
        foot = vbox(
            (self.sentence, self.answer), gap=px(8), margins=(px(20), px(8), px(20), px(10)), into=whole
        )
        hbox((self.delete, self.duplicate, None, self.cancel, self.save), gap=px(8), into=foot)

    def _make_faults(self) -> FormFaults:
        controls: dict[Field, QWidget] = {
            Field.NAME: self.name,
            Field.SUBJECT: self.subject,
            Field.ESCALATION: self.manner.step,
        }
        rows = self.rows | self.manner.rows
        return FormFaults(self.rule, self.today, self.own, self.joined, rows, controls)

    def _line_below(self) -> Hairline:
        """Make the line that is there while fields go on below; its room stays, or they would jump."""
        line = Hairline()
        kept = line.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        line.setSizePolicy(kept)
        line.hide()
        self.page.verticalScrollBar().rangeChanged.connect(lambda _least, most: line.setVisible(most > 0))
        return line

    def _connect(self) -> None:
        self.name.textEdited.connect(self._tell)
        self.enabled.toggled.connect(self._tell)
        self.with_story.clicked.connect(self.joined.toggle_story)
        self.subject.currentIndexChanged.connect(self._change_subject)
        self.subject.typed.connect(self._change_subject)
        self.join.chosen.connect(self._tell)
        self.manner.changed.connect(self._tell)
        self.own.changed.connect(self._tell)
        self.joined.changed.connect(self._tell)
        self.joined.going.connect(self.told.forget)
        self.add.clicked.connect(self.joined.add_usual)
        self.save.clicked.connect(self.saved)
        self.cancel.clicked.connect(self.cancelled)
        self.delete.clicked.connect(self.removed)
        self.duplicate.clicked.connect(self.duplicated)

    def _name_save(self, rule: Rule) -> None:
        here = self.tr("Save for this replay") if self._replay and rule.dated else self.tr("Save and arm")
        self.save.setText(here if rule.enabled else self.tr("Save paused"))

    # The rule

    def put(self, rule: Rule, origin: RuleOrigin) -> None:
        """Show a rule."""
        self._rule, self._filling = rule, True
        faults = rule_faults(rule, self._ecosystem, self._watchlist)
        self._waits = frozenset(fault for fault in faults if fault.waits)
        self._proposed = BilingualName(rule.name_en, rule.name_ko) if is_new(rule) else None
        self._about = (rule.kind, rule.subject, rule.direction)
        self.name.setText(current_language().say(rule.name_en, rule.name_ko))
        self.name.setCursorPosition(0)
        self.enabled.setChecked(rule.enabled)
        self.subject.put((rule.subject_kind, "*" if self._is_of_this_list(rule) else rule.subject))
        self.own.put(rule, self._ecosystem.currency_of(rule.subject))
        self.joined.put(rule.conditions)
        self.join.choose(0 if rule.join is Join.ALL else 1)
        self.manner.put(rule)
        self._name_delete(origin)
        self.say("")
        self._filling = False
        self._fit()

    def rule(self) -> Rule:
        """Return the rule as the controls say it, sound or not."""
        assert self._rule is not None
        rule = self._named(self._rule)
        kind, subject = self.subject.subject()
        if kind is SubjectKind.WATCHLIST and self._is_of_this_list(self._rule):
            subject = self._rule.subject  # who wrote its id did not mean whichever list is shown
        made = replace(
            with_condition(rule, self.own.condition()),
            subject_kind=kind,
            subject=subject,
            enabled=self.enabled.isChecked(),
            conditions=self.joined.conditions,
            join=(Join.ALL, Join.ANY)[self.join.current] if self.joined.editors else Join.ALL,
        )
        return self.manner.applied_to(made)

    def _is_of_this_list(self, rule: Rule) -> bool:
        return (rule.subject_kind, rule.subject) == (SubjectKind.WATCHLIST, self._watchlist.id)

    @property
    def faults(self) -> tuple[RuleFault, ...]:
        """What is wrong with the rule."""
        return rule_faults(self.rule(), self._ecosystem, self._watchlist)

    @property
    def is_sound(self) -> bool:
        """Whether the rule can be saved; one that waits for a layer or list of its own still can."""
        return self._waits.issuperset(self.faults)

    def say(self, answer: str) -> None:
        """Say why the rule could not be written, or nothing."""
        self.answer.put(answer, Ink.TRUST, Role.CAPTION)

    def tell_reach(self, count: int | None) -> None:
        """Say beside the subject how many names have enough history, None where that is not known."""
        self.reach.tell(count, self.subject.subject())

    def _named(self, rule: Rule) -> Rule:
        """Return a rule with the name of the field; one that was the same in both languages stays so."""
        name = " ".join(self.name.text().split())  # what was pasted may have several lines
        korean = current_language() is Language.KOREAN
        if self._proposed is not None and name == self._proposed.get(current_language()):
            return replace(rule, name_en=self._proposed.en, name_ko=self._proposed.ko)
        if name == (rule.name_ko if korean else rule.name_en):
            return rule
        if is_new(rule) or rule.name_en == rule.name_ko:
            return replace(rule, name_en=name, name_ko=name)
        return replace(rule, name_ko=name) if korean else replace(rule, name_en=name)

    def _propose_name(self) -> None:
        """Name a new rule after what it is about now, unless the user named it."""
        rule = self.rule()
        about, self._about = self._about, (rule.kind, rule.subject, rule.direction)
        if self._proposed is None or about == self._about:
            return
        if self.name.text() == self._proposed.get(current_language()):
            self._proposed = proposed_names(rule, self._ecosystem, self._watchlist)
            self.name.setText(self._proposed.get(current_language()))
            self.name.setCursorPosition(0)

    def _last_price(self) -> float | None:
        return self._prices.get(self.subject.subject()[1])

    def _change_subject(self, *_given: object) -> None:
        if not self._filling:
            for editor in (self.own, *self.joined.editors):
                editor.follow_price()
        self._tell()

    # What follows from what is chosen

    def _tell(self, *_given: object) -> None:
        if not self._filling:
            self.say("")
            self._propose_name()
            self._fit()
            self.changed.emit()

    def _fit(self) -> None:
        """Show what the rule needs, its sentence, and what is wrong with it."""
        self.manner.count_in(self.own.condition().kind)
        self.reach.follow(self.subject.subject())
        rule = self.rule()
        for conditions in (self.own, self.joined):
            conditions.set_currency(self._ecosystem.currency_of(rule.subject))
        has_story = any(c.kind is RuleKind.STORY for c in rule.conditions)
        self.with_story.setChecked(has_story)
        moves = not rule.news_only and rule.kind not in (RuleKind.TIED_MOVE, RuleKind.ENTITY_SHOCK)
        self.with_story.setVisible(moves and rule.join is Join.ALL)
        self.add.setVisible(not self.joined.full)
        self.rows["join"].setVisible(bool(self.joined.editors))
        self.manner.fit(rule, self._ecosystem.currency_of(rule.subject))
        self._read_back(rule)
        self._name_save(rule)
        self.told.show(self.faults)
        self.save.setEnabled(self.is_sound)

    def _read_back(self, rule: Rule) -> None:
        where = (self._ecosystem, self._watchlist, current_language())
        sentence = rule_sentence(rule, *where)
        self.sentence.put(emphasised(sentence, (subject_phrase(rule, *where),)))

    # Keys

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the window: it leaves the editor first."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
            return event.isAccepted()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Enter, or go to what is wrong; Escape leaves the editor and keeps what was edited."""
        stop: QWidget | None = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(stop, QToolButton):
            stop.showMenu()
        elif isinstance(stop, QPushButton):
            stop.click()
        elif self.told.first is not None and not self.save.isEnabled():
            self.told.first.setFocus(Qt.FocusReason.TabFocusReason)
        elif not self.subject.is_searching:
            self.save.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), current_theme().panel)

    def _name_delete(self, origin: RuleOrigin) -> None:
        words, icon = {
            RuleOrigin.OWN: (self.tr("Delete"), "trash"),
            RuleOrigin.CHANGED: (self.tr("Restore the default"), "arrow-counter-clockwise"),
        }.get(origin, ("", ""))
        self.delete.put(words, icon)
        self.duplicate.setVisible(origin is not RuleOrigin.NEW)
