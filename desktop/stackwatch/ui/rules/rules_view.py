"""The rules of the window: one in the editor, its noise preview beside it, and where all of them stand."""

from datetime import UTC, date, datetime
from functools import partial

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from stackwatch.domain.events import (
    ArmedChanged,
    ArmedRowsChanged,
    ClockTicked,
    Event,
    HistoryChanged,
    NoisePreviewed,
    QuotesChanged,
    RulesChanged,
    RulesStored,
    StoriesChanged,
)
from stackwatch.domain.list_events import WatchlistChanged
from stackwatch.domain.market import program_day
from stackwatch.domain.rule import Rule
from stackwatch.domain.rule_drafts import at_price, copy_of, for_entity, is_new, templates
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.domain.words import rule_names, wording
from stackwatch.engine.window_commands import Commands
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import vbox
from stackwatch.ui.kit.theme import current_theme, px
from stackwatch.ui.rules.armed_panel import ArmedPanel
from stackwatch.ui.rules.editor_place import EditorPlace
from stackwatch.ui.rules.rule_editor import RuleEditor
from stackwatch.ui.rules.rule_edits import RuleEdits
from stackwatch.ui.rules.rule_head import HEIGHT, RuleHead
from stackwatch.ui.rules.rule_switches import RuleSwitches
from stackwatch.ui.rules.rules_splitter import RulesSplitter


class RulesView(QWidget):
    """Edits rules through the core; builds itself when it is first shown."""

    edited = Signal()  # what is not saved may be something else now

    def __init__(
        self, ecosystem: Ecosystem, watchlist: Watchlist, commands: Commands, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._ecosystem, self._watchlist, self._commands = ecosystem, watchlist, commands
        self._clock: datetime | None = None
        self._replay = False
        self._entity: str | None = None
        self._prices: dict[str, float] = {}
        self.edits = RuleEdits()
        self.halves = RulesSplitter()
        self.switches = RuleSwitches(self.edits, commands, self)
        self._built = False
        self._awaited: tuple[str, str] | None = None  # a rule to open once the rules are known
        self._untaken: RulesChanged | None = None  # told before this was built

    # Building

    def _build(self) -> None:
        if self._built:
            return
        self._built = True
        self.head = RuleHead()
        self.armed = ArmedPanel(self._ecosystem, self._watchlist)
        self.editor = RuleEditor(self._ecosystem, self._commands)
        self.halves.addWidget(EditorPlace(self.editor))
        self.halves.addWidget(self.armed)
        self.halves.setStretchFactor(0, 1)
        vbox((self.head, (self.halves, 1)), into=self)
        self._make_editor()
        self._connect()
        self.halves.divide(self.height())
        if self._untaken is not None:
            self._take_rules(self._untaken)

    def _make_editor(self) -> None:
        """Make the editor in the colours and the language in use."""
        self.halves.name(self.armed, self.tr("Border of editor and armed rules"))
        self.editor.make(self._watchlist, self._today, self._prices, replay=self._replay)
        self.editor.fit(self.width())

    def _connect(self) -> None:
        armed, editor = self.armed, self.editor
        armed.edit_wanted.connect(self.edit)
        armed.duplicate_wanted.connect(self._duplicate)
        armed.delete_wanted.connect(self._remove)
        armed.pause_wanted.connect(self.switches.pause)
        armed.snooze_wanted.connect(self.switches.snooze)
        armed.wake_wanted.connect(self.switches.wake)
        armed.all_wanted.connect(self.switches.switch_all)
        armed.new_wanted.connect(self.new_rule)
        armed.undo_wanted.connect(self._go_back)
        editor.edited.connect(self._note_edit)
        editor.saved.connect(self.save)
        editor.cancelled.connect(self._cancel)
        editor.left.connect(self.setFocus)
        editor.removed.connect(lambda: self._remove(self.edits.shown or ""))
        editor.duplicated.connect(lambda: self.new_rule(copy_of(editor.form.rule())))

    @property
    def _now(self) -> datetime:
        return self._clock or datetime.now(UTC)

    def _today(self) -> date:
        """Return the day of a rule for today: the user's, or New York's where that is a later one.

        In Seoul's morning New York has the day before, whose sessions are all over.
        """
        return max(program_day(self._now), self._now.astimezone().date())

    # Events

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        match event:
            case ClockTicked():
                self._take_clock(event)
            case QuotesChanged():
                self._prices |= {quote.symbol: quote.price for quote in event.quotes}
            case WatchlistChanged():
                self._follow_list(event.watchlist)
            case ArmedChanged() if self.isVisible() and not self.edits.rules:
                self._commands.watch_rules(shown=True)  # the core was not there when this was shown
            case RulesChanged() if not self._built:
                self._untaken = event
            case RulesChanged():
                self._take_rules(event)
            case RulesStored():
                self._take_answer(event)
            case ArmedRowsChanged() if self._built:
                self.armed.take(event, self._now, self.edits.shown)
                self._begin_somewhere()
            case HistoryChanged() | StoriesChanged() | NoisePreviewed() if self._built:
                self.editor.apply(event)

    def _take_clock(self, event: ClockTicked) -> None:
        """Know the time; the days that the editor offers are those of a replay once it is one."""
        self._clock = event.now
        if event.replay is not self._replay:
            self._replay = event.replay
            self.restyle()

    def _follow_list(self, watchlist: Watchlist) -> None:
        """Offer the subjects of another list; edits that were not saved stay."""
        self._watchlist = watchlist
        if self._built:
            self.armed.model.follow(watchlist)
            self.restyle()

    def _take_rules(self, event: RulesChanged) -> None:
        before, left = self.edits.shown, self.edits.left
        self.edits.take(event)
        self.armed.use(event, self._now)
        shown = self.edits.shown
        if shown is not None and (shown != before or not self.edits.is_edited):
            self._show(self.edits.current())
        if self.edits.left > left:
            self._tell_left()
        if self._awaited is not None:
            awaited, self._awaited = self._awaited, None
            self.open(*awaited)

    def _begin_somewhere(self) -> None:
        """Show the rule on which the table stands, else its first one, when none is in the editor."""
        if self.edits.shown is None and self.armed.model.rowCount():
            self.armed.model.sort_nearest()
            key = self.armed.view.key() or self.armed.model.row(0).key
            self.armed.select(key)
            self.edit(*key)

    def _take_answer(self, event: RulesStored) -> None:
        if not self._built:
            return
        self.switches.take_answer(event)
        if event.fault is not None:
            words = partial(wording.reason_words, event.fault)
            if self.edits.waits_for(event.ids):
                self.edits.know_better(event.ids)
                said = words(current_language())
                again = self.tr("Saved once more, it is what the editor shows")
                self.editor.form.say(f"{said}. {again}" if event.outdated else said)
            else:
                self.armed.say(lambda: words(current_language()))
            return
        if event.removed is not None:
            self.edits.forget(event.removed.id)
            stays = event.removed.id in self.edits.rules
            self.armed.say(partial(self._gone_words, event.removed, stays=stays), lambda: self.tr("Undo"))
            self._begin_somewhere()
        elif self.edits.settles(event.ids):
            self.armed.say("")
            self._tell_left()
        if (changed := self.edits.replaced(event.ids)) is not None:
            self.switches.keep(*changed)
        if self.edits.saved(event.ids):
            self._show(self.edits.current())
            self.armed.model.sort_nearest()
            self.armed.stand_on(self.edits.shown or "")

    def _gone_words(self, gone: Rule, *, stays: bool) -> str:
        """Say that a rule was deleted, or that one that ships is as it came."""
        said = self.tr("{0} is back to its default") if stays else self.tr("{0} was deleted")
        return said.format(rule_names.rule_name(gone, current_language()))

    # What is edited

    def new_rule(self, draft: Rule) -> None:
        """Open the editor with a new rule; one that was begun and not saved can be gone on with."""
        self._build()
        draft = at_price(draft, self._prices.get(draft.subject))
        self.edits.begin(draft)
        self._show(draft)
        self._tell_left()
        self.editor.begin_typing()

    def new_for(self, entity_id: str | None) -> None:
        """Open the editor with what an entity, or the list, suggests."""
        self.new_rule(for_entity(entity_id or "", self._ecosystem, self._watchlist))

    def follow(self, entity_id: str) -> None:
        """Note which entity templates are about."""
        self._entity = entity_id
        if self._built:
            self._offer_templates()

    def _offer_templates(self) -> None:
        self.armed.offer(templates(self._watchlist, self._entity, self._ecosystem))

    def edit(self, rule_id: str, _subject: str = "") -> None:
        """Open a rule, with the edits that were not saved."""
        if rule_id in self.edits.rules:
            self.edits.open(rule_id)
            self._show(self.edits.current())
            self._tell_left()

    def open(self, rule_id: str, subject: str) -> None:
        """Open a rule that was asked for elsewhere, by an alert about a subject for instance."""
        self._build()
        if not self.armed.told:
            self._awaited = rule_id, subject
        elif rule_id in self.edits.rules:
            self.edit(rule_id)
            self.armed.stand_on(rule_id, subject)
            self.editor.name_first()
        else:
            self.armed.say(lambda: self.tr("That rule was deleted"))

    def _tell_left(self) -> None:
        if self.edits.left:
            self.edits.removed = None
            self.armed.say(self._left_words, lambda: self.tr("Go on with it"))

    def _left_words(self) -> str:
        count = self.edits.left
        if count == 1:
            return self.tr("A new rule was begun and is not saved")
        return self.tr("{0} new rules were begun and are not saved").format(count)

    def _go_back(self) -> None:
        """Undo what the armed rules speak of."""
        if not self.take_back() and self.edits.go_on():
            self.armed.say("")
            self._show(self.edits.current())
            self._tell_left()

    def take_back(self) -> bool:
        """Put back the rule whose deletion is spoken of; returns whether there is one."""
        if self.edits.removed is None:
            return False
        self._commands.undo_removal()
        return True

    def save(self) -> None:
        """Write the rule and arm it."""
        if self.editor.form.is_sound:
            wanted = self.edits.to_save(self.editor.form.rule())
            self._commands.save_rules((wanted,), self.edits.base_of(wanted.id))

    def _show(self, rule: Rule) -> None:
        self.editor.put(rule, self.edits.origin())
        self._tell_head()
        self._plan_preview()

    def _note_edit(self) -> None:
        self.edits.edit(self.editor.form.rule())
        self._tell_head()
        self._plan_preview()

    def _tell_head(self) -> None:
        edited = self.edits.is_edited
        new = edited and is_new(self.edits.current())
        shown = self.edits.shown is not None
        name = rule_names.rule_name(self.editor.form.rule(), current_language()) if shown else ""
        self.edited.emit()
        tag = self.tr("new, not saved") if new else self.tr("edited, not saved") if edited else ""
        self.head.put(self.tr("Rules"), name, tag)
        self.editor.form.cancel.setEnabled(edited)

    def _cancel(self) -> None:
        self.edits.cancel()
        if self.edits.shown is None:
            self._begin_somewhere()
        else:
            self._show(self.edits.current())
            self.armed.stand_on(self.edits.shown)

    def _duplicate(self, rule_id: str) -> None:
        if rule_id in self.edits.rules:
            self.new_rule(copy_of(self.edits.rules[rule_id]))

    def _remove(self, rule_id: str) -> None:
        if rule_id in self.edits.own:
            self._commands.remove_rule(rule_id)
        elif rule_id in self.edits.rules:
            self.armed.say(lambda: self.tr("This rule comes with Stackwatch; pause it instead"))

    def _plan_preview(self) -> None:
        """Let a preview come of what is in the editor, where somebody can see it."""
        if self.isVisible():
            self.editor.plan_preview()

    # Looks

    def retranslate(self) -> None:
        """Word everything anew."""
        if self._built:
            self.armed.model.word_again(self._now)
            self.restyle()

    def restyle(self) -> None:
        """Build the editor anew."""
        if not self._built:
            return
        held = self.editor.holds_focus()
        self._make_editor()
        self._offer_templates()
        if self.edits.shown is not None:
            self._show(self.edits.current())
        if held:  # the editor that had the keyboard is gone
            self.editor.name_first()
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the core tell where the rules stand."""
        super().showEvent(event)
        self._build()
        self._offer_templates()
        self._tell_head()
        self.armed.view.watch(shown=True)
        self._commands.watch_rules(shown=True)
        self.editor.forget_preview()
        if self.edits.shown is not None:
            self._plan_preview()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the core rest."""
        super().hideEvent(event)
        if not self._built:
            return
        self.editor.forget_preview()
        self.armed.view.watch(shown=False)
        self._commands.watch_rules(shown=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out anew."""
        super().resizeEvent(event)
        if not self._built:
            return
        self.editor.fit(self.width())
        if event.oldSize().height() != self.height():
            self.halves.divide(self.height())

    def setFocus(self, *_reason: object) -> None:
        """Give the keyboard to the table, from which Enter goes to the editor."""
        self._build()
        self.armed.view.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, and the line under the head and between editor and preview."""
        painter, theme = QPainter(self), current_theme()
        painter.fillRect(self.rect(), theme.line)
        painter.fillRect(QRect(0, 0, self.width(), px(HEIGHT) - 1), theme.panel)
