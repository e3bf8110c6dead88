"""The lower part of the rules view: the table of armed rules under its head."""

from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from stackwatch.domain.alert import silent_until
from stackwatch.domain.events import ArmedRowsChanged, RulesChanged
from stackwatch.domain.rule import Rule, RuleKind
from stackwatch.domain.rule_drafts import Template
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.domain.words import format as text
from stackwatch.domain.words import rule_names, wording
from stackwatch.ui.kit.chips import ActionButton, ElidedText
from stackwatch.ui.kit.hairline import LinedPanel
from stackwatch.ui.kit.home_zone import current_zone
from stackwatch.ui.kit.keys import keys_here
from stackwatch.ui.kit.language import Words, current_language, worded
from stackwatch.ui.kit.layout import hbox, vbox
from stackwatch.ui.kit.menus import add_choice, in_menu, menu_once
from stackwatch.ui.kit.theme import Ink, Role, px
from stackwatch.ui.rules.armed_model import ArmedModel, Key
from stackwatch.ui.rules.armed_view import ArmedView


class ArmedPanel(LinedPanel):
    """Shows every rule and where it stands; says what the user wants done with one."""

    edit_wanted = Signal(str, str)
    duplicate_wanted = Signal(str)
    delete_wanted = Signal(str)
    pause_wanted = Signal(str, bool)
    snooze_wanted = Signal(str, object)  # a rule, and until when
    wake_wanted = Signal(str, str)  # a rule, and a subject whatever the rule
    all_wanted = Signal(bool)
    new_wanted = Signal(object)
    undo_wanted = Signal()

    def __init__(self, ecosystem: Ecosystem, watchlist: Watchlist) -> None:
        super().__init__(Qt.Edge.TopEdge, strong=True)
        self._ecosystem = ecosystem
        self._rules: dict[str, Rule] = {}
        self._told = False  # before that nothing is known of the rules
        self._templates: tuple[Template, ...] = ()
        self._now: datetime | None = None
        self._said_words: Words = ""
        self._offer: Words = ""
        self._awaited: Key | None = None  # a rule without a row so far
        self._own: frozenset[str] = frozenset()
        self._shipped: frozenset[str] = frozenset()
        self.model = ArmedModel(ecosystem, watchlist, self)
        self.view = ArmedView(self.model)
        self._title, self._count, self._order = ElidedText(fixed=True), ElidedText(fixed=True), ElidedText()
        self._said = ElidedText()
        self.undo = ActionButton()
        self.undo.hide()
        self.kinds, self.all = ActionButton(framed=False), ActionButton(framed=False)
        self.new = ActionButton(framed=False)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        left = (self._title, self._count, self._order, px(16), self._said, self.undo)
        right = (self.kinds, self.all, self.new)
        head = hbox((*left, None, *right), gap=px(8), margins=(px(12), px(4), px(10), px(4)))
        vbox((head, (self.view, 1)), margins=(0, 1, 0, 0), into=self)

    def _connect(self) -> None:
        self.view.chosen.connect(self.edit_wanted)
        self.view.delete_wanted.connect(self.delete_wanted)
        self.view.menu_wanted.connect(self._show_menu)
        self.undo.clicked.connect(self.undo_wanted)
        self.kinds.clicked.connect(self._offer_kinds)
        self.all.clicked.connect(lambda: self.all_wanted.emit(not self._any_on()))
        self.new.clicked.connect(self._offer_templates)

    def use(self, told: RulesChanged, now: datetime) -> None:
        """Show other rules."""
        rules = told.rules
        self._now, self._own, self._shipped = now, told.own, told.shipped
        self._rules, self._told = {rule.id: rule for rule in rules}, True
        if self.model.kind not in (None, *(rule.kind for rule in rules)):
            self.model.show_kind(None, now)
        self.model.use(rules, now)
        self.retranslate()

    @property
    def told(self) -> bool:
        """Whether anything is known of the rules."""
        return self._told

    def offer(self, templates: tuple[Template, ...]) -> None:
        """Offer templates for a new rule."""
        self._templates = templates

    def say(self, words: Words, offer: Words = "") -> None:
        """Say something beside the title, such as that a rule was deleted, and perhaps offer a way back."""
        self._said_words, self._offer = words, offer
        self.retranslate()

    @property
    def said(self) -> str:
        """What is said beside the title."""
        return worded(self._said_words)

    def take(self, event: ArmedRowsChanged, now: datetime, shown: str | None) -> None:
        """Show where rules stand; the keyboard stays on the rule that is ``shown`` in the editor."""
        before, self._now = self.view.key(), now
        self.model.take(event.rows, event.total, now)
        if before is not None and self.model.place(before) is None and shown is not None:
            self.stand_on(shown)
        elif self._awaited is not None:
            self.model.sort_nearest()
            self.stand_on(*self._awaited)
        self.retranslate()

    def stand_on(self, rule_id: str, subject: str = "") -> None:
        """Make the row of a rule for a subject the current one, else another of it, once there is one."""
        keys = [self.model.row(place).key for place in range(self.model.rowCount())]
        own = [key for key in keys if key[0] == rule_id]
        wanted, current = (rule_id, subject), self.view.key()
        found = next((key for key in (wanted, current, *own) if key in own), None)
        self._awaited = wanted if found is None else None
        if found is not None:
            self.select(found)

    def select(self, key: Key) -> None:
        """Make a row the current one."""
        place = self.model.place(key)
        if place is not None:
            self.view.setCurrentIndex(self.model.index(place, 0))

    def retranslate(self) -> None:
        """Word the head anew."""
        self._title.put(self.tr("Armed rules"), Ink.T1, Role.TITLE)
        shown, total = self.model.rowCount(), self.model.total
        self._count.put(f"{shown:,}" if self._told else "", Ink.T2, Role.CAPTION)
        order = self.tr("nearest first")
        if total > shown and self.model.kind is None:
            order = self.tr("of {0}, nearest first").format(f"{total:,}")
        if self._rules and not self._any_on():
            order = self.tr("all paused")
        self._order.put(order, Ink.T2)
        self.view.setAccessibleName(self.tr("Armed rules"))
        if not self._told:
            self.view.empty_words = self.tr("Reading the rules")
        elif not self._rules:
            self.view.empty_words = keys_here(self.tr("No rule yet. Alt+A makes one for the selected name"))
        else:
            self.view.empty_words = self.tr("No rule of this kind")
        self._said.put(self.said, Ink.T2)
        self.undo.put(worded(self._offer), "clock-counter-clockwise" if self._offer else "")
        self.kinds.put(self._kind_words(self.model.kind), "funnel")
        on = self._any_on()
        self.all.put(self.tr("Pause all") if on else self.tr("Resume all"), "pause" if on else "play")
        self.all.setVisible(bool(self._rules))
        self.new.put(self.tr("New rule"), "plus")

    def _kind_words(self, kind: RuleKind | None) -> str:
        return self.tr("All kinds") if kind is None else rule_names.kind_word(kind, current_language())

    def _any_on(self) -> bool:
        return any(rule.enabled for rule in self._rules.values())

    # Menus: while one is open, the order stands still

    def _open(self, menu: QMenu, place: QPoint) -> None:
        self.view.held = True
        menu.aboutToHide.connect(self._release)
        menu.popup(place)

    def _release(self) -> None:
        self.view.held = False

    def _offer_kinds(self) -> None:
        menu = menu_once(self)
        for kind in (None, *self.model.kinds):
            add_choice(
                menu, self._kind_words(kind), partial(self._show_kind, kind), on=kind is self.model.kind
            )
        self._open(menu, self.kinds.mapToGlobal(QPoint(0, self.kinds.height())))

    def _show_kind(self, kind: RuleKind | None) -> None:
        if self._now is not None:
            self.model.show_kind(kind, self._now)
        self.retranslate()

    def template_menu(self) -> QMenu:
        """Build the menu of templates."""
        menu = menu_once(self)
        for template in self._templates:
            words = template.names.get(current_language())
            menu.addAction(in_menu(words), partial(self.new_wanted.emit, template.rule))
        return menu

    def _offer_templates(self) -> None:
        self._open(self.template_menu(), self.new.mapToGlobal(QPoint(0, self.new.height())))

    def rule_menu(self, rule_id: str, subject: str) -> QMenu:
        """Build the menu of a row."""
        menu, rule = menu_once(self), self._rules[rule_id]
        menu.addAction(self.tr("Edit"), partial(self.edit_wanted.emit, rule_id, subject))
        menu.addAction(self.tr("Duplicate"), partial(self.duplicate_wanted.emit, rule_id))
        menu.addSeparator()
        words = self.tr("Pause the rule") if rule.enabled else self.tr("Resume the rule")
        menu.addAction(words, partial(self.pause_wanted.emit, rule_id, rule.enabled))
        if self._now is not None:
            self._add_snoozes(menu, rule_id, subject, self._now)
        if rule_id in self._own:
            back = rule_id in self._shipped
            words = self.tr("Restore the default") if back else self.tr("Delete")
            menu.addSeparator()
            menu.addAction(words, partial(self.delete_wanted.emit, rule_id))
        return menu

    def _add_snoozes(self, menu: QMenu, rule_id: str, subject: str, now: datetime) -> None:
        """Offer an end for a snooze, and spans with the time that they end."""
        place = self.model.place((rule_id, subject))
        if place is not None and self.model.row(place).row.is_silent(now):
            menu.addAction(self.tr("End the snooze"), partial(self.wake_wanted.emit, rule_id, subject))
        zone = wording.zone_of(self._rules[rule_id].subject, self._ecosystem, current_zone())
        midnight = silent_until(now, 1, ZoneInfo(zone)).astimezone(UTC)
        spans = (
            (self.tr("Snooze the rule for an hour"), now.replace(microsecond=0) + timedelta(hours=1)),
            (self.tr("Snooze the rule for today"), midnight),
        )
        for words, until in spans:
            clock = text.zoned_clock(until, now, zone, current_language())
            menu.addAction(f"{words}\t{clock}", partial(self.snooze_wanted.emit, rule_id, until))

    def _show_menu(self, rule_id: str, subject: str, place: QPoint) -> None:
        if rule_id in self._rules:
            self._open(self.rule_menu(rule_id, subject), place)
