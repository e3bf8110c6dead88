"""One condition of a rule as controls: kind, direction, threshold, and what its kind needs besides."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from stackwatch.domain.news import StoryTheme
from stackwatch.domain.rule import (
    NEWS_KINDS,
    USUAL_MINUTES,
    Condition,
    Direction,
    Rule,
    RuleKind,
    Since,
    SubjectKind,
)
from stackwatch.domain.rule_checks import MOST_WORDS, Field
from stackwatch.domain.rule_drafts import USUAL, round_price
from stackwatch.domain.words import format as write
from stackwatch.domain.words import rule_names
from stackwatch.domain.words.wording import theme_word
from stackwatch.ui.kit.chips import ActionButton, ElidedText
from stackwatch.ui.kit.fields import Choice, CountSpin, MenuChoice, NumberSpin
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox, show_if, vbox
from stackwatch.ui.kit.menus import Menu, add_choice
from stackwatch.ui.kit.theme import Ink, px
from stackwatch.ui.rules.subjects import Subject, SubjectChoice

_ITSELF: Subject = (SubjectKind.SYMBOL, "")
_ABOUT_KINDS = {
    RuleKind.LAYER_MOVE: (SubjectKind.LAYER,),
    RuleKind.ENTITY_SHOCK: (SubjectKind.PRIVATE,),
    RuleKind.STORY: (SubjectKind.PRIVATE, SubjectKind.SYMBOL),
    RuleKind.NEWS_BURST: (SubjectKind.PRIVATE, SubjectKind.SYMBOL),
}
_MOST_MINUTES = 10_080
_COMMAS = re.compile("[,\uff0c\u3001]")  # those of full width too
_WHOLE = 1.0  # a price without a fraction
Named = Iterable[tuple[Subject, str]]


class ConditionEditor(QWidget):
    """Shows a condition and says when the user changed it; ``joined`` ones can be removed."""

    changed = Signal()
    removed = Signal()

    def __init__(self, subjects: Named, *, joined: bool, price: Callable[[], float | None]) -> None:
        """``price`` is the last one of the share that the rule is about, None where it is about no share."""
        super().__init__()
        self._price = price
        self._begun_at: float | None = None  # the price that was proposed and not changed since
        self._joined = joined
        self._about_another = False  # a file may have a rule's own condition look at another group
        self._subjects = tuple(subjects)
        self._currency = "USD"
        self.kind = Choice(196)
        self.kind.fill((kind, rule_names.kind_word(kind, current_language())) for kind in rule_names.KINDS)
        self.direction = Choice(108)
        self.threshold = NumberSpin()
        self.threshold.setObjectName("threshold")
        self._unit = ElidedText(fixed=True)
        self.remove = ActionButton(framed=False)
        self.remove.setToolTip(self.tr("Remove this condition"))
        self.remove.put("", "x")
        show_if(self.remove, joined)
        self.since = Choice(190)
        self.minutes = CountSpin(0, _MOST_MINUTES)
        self._within, self._minutes_unit = ElidedText(fixed=True), ElidedText(fixed=True)
        self.about = SubjectChoice(190)
        self.themes = MenuChoice(184)
        self.words = QLineEdit()
        self._themes: tuple[StoryTheme, ...] = ()
        self._lay_out()
        self._name()
        self._fit()  # else the first frame has room for what no kind needs at once
        self._connect()

    def _lay_out(self) -> None:
        column = vbox(gap=px(6), into=self)
        self._lines = []
        for widgets in (
            (self.kind, self.direction, self.threshold, self._unit, self.remove),
            (self.since, self._within, self.minutes, self._minutes_unit),
            (self.about, self.themes),
            (self.words,),
        ):
            place = QWidget()
            hbox((*widgets, None), gap=px(6), into=place)
            column.addWidget(place)
            self._lines.append(place)
        self.words.setFixedWidth(px(380))
        self.words.setMaxLength(1000)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """The controls in the order in which Tab walks them, as they stand."""
        first = (self.kind, self.direction, self.threshold, self.remove)
        return (*first, self.since, self.minutes, self.about, self.themes, self.words)

    def control_of(self, field: Field) -> QWidget:
        """Return the control in which a field of the condition is wrong."""
        controls: dict[Field, QWidget] = {
            Field.THRESHOLD: self.threshold,
            Field.DIRECTION: self.direction,
            Field.SPAN: self.minutes,
            Field.ABOUT: self.about,
            Field.WORDS: self.words,
        }
        control = controls.get(field, self.kind)
        return self.kind if control.isHidden() else control

    def name_controls(self, place: int) -> None:
        """Name the controls for a screen reader; those of the second condition say so."""
        for control, name in (
            (self.kind, self.tr("Kind of condition")),
            (self.direction, self.tr("Direction")),
            (self.threshold, self.tr("Threshold")),
            (self.remove, self.tr("Remove this condition")),
            (self.since, self.tr("Measured from")),
            (self.minutes, self.tr("Minutes")),
            (self.about, self.tr("About")),
            (self.words, self.tr("Words")),
        ):
            control.setAccessibleName(name if place == 1 else f"{name} ({place})")

    def _name(self) -> None:
        self.name_controls(1)
        self.words.setPlaceholderText(self.tr("One of these words, with commas between; empty: any"))
        self.since.fill(
            (
                (Since.CLOSE, self.tr("since the previous close")),
                (Since.OPEN, self.tr("since the open")),
                (Since.MINUTES, self.tr("in the last \u2026")),
            )
        )

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._change_kind)
        self.direction.currentIndexChanged.connect(self._turn)
        self.since.currentIndexChanged.connect(self._change_since)
        self.threshold.valueChanged.connect(self.changed)
        self.threshold.editingFinished.connect(self._write_sign)
        self.minutes.valueChanged.connect(self._show_minutes_unit)
        self.minutes.valueChanged.connect(self.changed)
        self.about.currentIndexChanged.connect(self.changed)
        self.about.typed.connect(self.changed)
        self.words.textEdited.connect(self.changed)
        self.remove.clicked.connect(self.removed)

    # What is shown

    def put(self, condition: Condition, currency: str) -> None:
        """Show a condition; ``currency`` is that of a price."""
        self._currency = currency
        self.blockSignals(True)
        self.kind.choose(condition.kind)
        self._about_another = bool(condition.about)
        self._fit()
        self.direction.choose(condition.direction)
        self.since.choose(condition.since)
        self._fit_minutes()
        self.minutes.setValue(condition.minutes)
        self.threshold.setValue(condition.threshold * self._sign())
        about = (s for s, _ in self._subjects if s[1] == condition.about)
        own = (SubjectKind.SYMBOL, condition.about)
        self.about.put(next(about, own) if condition.about else _ITSELF)
        self.words.setText(", ".join(condition.words))
        self._themes = condition.themes
        self._show_themes()
        self.blockSignals(False)

    def set_currency(self, currency: str) -> None:
        """Name another currency beside a price, and write the price as in that."""
        if currency != self._currency:
            self._currency = currency
            self._fit_decimals()
        self._show_unit()

    def condition(self) -> Condition:
        """Return the condition as it is now, sound or not."""
        kind = self._kind()
        moves, news = kind is RuleKind.PERCENT_MOVE, kind in NEWS_KINDS
        since = self._since() if moves else Since.CLOSE
        story = kind is RuleKind.STORY
        return Condition(
            kind=kind,
            direction=self._direction(),
            threshold=self._signed(self.threshold.value()) * self._sign(),
            since=since,
            minutes=self.minutes.value() if news or since is Since.MINUTES else 0,
            about=self.about.subject()[1] if self._has_about(kind) and self._about_typed() else "",
            themes=self._themes if story else (),
            words=_words(self.words.text()) if story else (),
        )

    @property
    def signed_down(self) -> bool:
        """Whether the threshold is written as a number below zero."""
        return self._sign() < 0

    def _kind(self) -> RuleKind:
        return RuleKind(str(self.kind.value()))

    def _since(self) -> Since:
        return Since(str(self.since.value()))

    def _about_typed(self) -> bool:
        return self.about.currentText().strip() not in ("", self.about.itemText(0))

    def _direction(self) -> Direction:
        known = rule_names.directions_of(self._kind())
        return Direction(str(self.direction.value())) if known else Direction.EITHER

    def _sign(self) -> float:
        unsigned = self._kind() in rule_names.UNSIGNED
        return -1.0 if self._direction() is Direction.DOWN and not unsigned else 1.0

    def _signed(self, typed: float) -> float:
        """Return a number on the side of zero that its direction means: who typed none meant that one."""
        return typed if self._kind() in rule_names.UNSIGNED else abs(typed) * self._sign()

    def _has_about(self, kind: RuleKind) -> bool:
        return kind in NEWS_KINDS or (kind in _ABOUT_KINDS and (self._joined or self._about_another))

    def _fit(self) -> None:
        """Show the controls that the kind needs."""
        kind, language = self._kind(), current_language()
        words = rule_names.directions_of(kind)
        self.direction.fill((way, name.get(language)) for way, name in words.items())
        self.direction.setVisible(bool(words))
        self.direction.widen()
        self._fit_decimals()
        self._show_unit()
        self._lines[1].setVisible(kind is RuleKind.PERCENT_MOVE or kind in NEWS_KINDS)
        self.since.setVisible(kind is RuleKind.PERCENT_MOVE)
        self._fit_minutes()
        self._lines[2].setVisible(self._has_about(kind))
        own = self.tr("about the subject") if kind in NEWS_KINDS else self.tr("of the subject")
        offered = [(s, w) for s, w in self._subjects if s[0] in _ABOUT_KINDS.get(kind, ()) and s[1] != "*"]
        self.about.fill([(_ITSELF, own), *offered])
        self.themes.setVisible(kind is RuleKind.STORY)
        self._lines[3].setVisible(kind is RuleKind.STORY)

    def _fit_decimals(self) -> None:
        """Write at least the decimals of the kind, or of its price's currency; count in whole ones."""
        kind = self._kind()
        of_price = write.price_decimals(_WHOLE, self._currency)  # a price in won has none
        least = of_price if kind is RuleKind.PRICE_LEVEL else int(kind not in NEWS_KINDS)
        self.threshold.set_whole(whole=kind in NEWS_KINDS)
        self.threshold.set_least(least)
        self.threshold.setSingleStep(0.5 if least else 1.0)

    def _fit_minutes(self) -> None:
        kind = self._kind()
        over = self._since() is Since.MINUTES and kind is RuleKind.PERCENT_MOVE
        self.minutes.setVisible(over or kind in NEWS_KINDS)
        hours = USUAL_MINUTES.get(kind, 0) // 60
        self.minutes.setSpecialValueText(self.tr("{0} hours").format(hours) if hours else "")
        within = self.tr("in the last") if kind in NEWS_KINDS else ""
        self._within.put(within, Ink.T3)
        self._show_minutes_unit()

    def _show_minutes_unit(self) -> None:
        """Name the unit of the span; the usual one has its own."""
        usual = self._kind() in NEWS_KINDS and not self.minutes.value()
        words = "" if usual or self.minutes.isHidden() else self.tr("min")
        self._minutes_unit.put(words, Ink.T3)

    def _show_unit(self) -> None:
        unit = rule_names.unit_word(self._kind(), self._currency, current_language())
        self._unit.put(unit, Ink.T3)

    # What the user did

    def _change_kind(self) -> None:
        kind = self._kind()
        before = Direction(str(self.direction.value() or Direction.EITHER))  # its list is not filled anew yet
        ways = rule_names.directions_of(kind)
        kept = before if before in ways else next(iter(ways), Direction.EITHER)
        self.put(Condition(kind=kind, direction=kept, threshold=USUAL[kind]), self._currency)
        if kind is RuleKind.PRICE_LEVEL:
            self._begun_at = USUAL[kind]
            self.follow_price()
        self.changed.emit()

    def follow_price(self) -> None:
        """Begin at the price of the share that the rule is about now, unless the user chose another."""
        price = self._price()
        untouched = self._kind() is RuleKind.PRICE_LEVEL and self.threshold.value() == self._begun_at
        if untouched and price is not None:
            self._begun_at = round_price(price)
            self.threshold.setValue(self._begun_at)

    def _turn(self) -> None:
        """Write the same distance on the other side of zero."""
        self._write_sign()
        self.changed.emit()

    def _write_sign(self) -> None:
        self.threshold.setValue(self._signed(self.threshold.value()))

    def _change_since(self) -> None:
        self._fit_minutes()
        if self._since() is Since.MINUTES and not self.minutes.value():
            self.minutes.setValue(10)
        self.changed.emit()

    def _show_themes(self) -> None:
        named = ", ".join(theme_word(theme, current_language()) for theme in self._themes)
        self.themes.put(named or self.tr("any theme"))
        self.themes.setToolTip(named)
        self.themes.setAccessibleName(self.tr("Themes: {0}").format(named or self.tr("any theme")))
        menu = Menu(self.themes)
        for theme in StoryTheme:
            on = theme in self._themes
            turn = partial(self._choose_theme, theme, on=not on)
            add_choice(menu, theme_word(theme, current_language()), turn, on=on)
        old = self.themes.menu()
        self.themes.setMenu(menu)
        if old is not None:
            old.deleteLater()

    def _choose_theme(self, theme: StoryTheme, *, on: bool) -> None:
        chosen = {*self._themes, theme} if on else {*self._themes} - {theme}
        self._themes = tuple(each for each in StoryTheme if each in chosen)
        self._show_themes()
        self.changed.emit()


def with_condition(rule: Rule, condition: Condition) -> Rule:
    """Return a rule with another condition of its own."""
    return replace(rule, **{name: getattr(condition, name) for name in Condition.__slots__})


def _words(text: str) -> tuple[str, ...]:
    parts = _COMMAS.split(text)[: MOST_WORDS + 1]
    return tuple(dict.fromkeys(word for part in parts if (word := part.strip())))
