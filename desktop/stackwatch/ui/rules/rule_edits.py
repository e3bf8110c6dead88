"""Which rules there are, which one is in the editor, and what of it is not saved yet."""

from collections.abc import Sequence
from dataclasses import replace

from stackwatch.domain.events import RulesChanged
from stackwatch.domain.rule import Rule, UnsavedRule
from stackwatch.domain.rule_checks import MOST_JOINED
from stackwatch.domain.rule_drafts import as_new, free_id, is_new
from stackwatch.ui.rules.rule_form import RuleOrigin

_LONGEST = 1_000_000  # seconds or minutes


class RuleEdits:
    """Keeps unsaved edits per rule until they are saved or cancelled, over a restart too."""

    def __init__(self) -> None:
        self.rules: dict[str, Rule] = {}
        self.own: frozenset[str] = frozenset()
        self._shipped: frozenset[str] = frozenset()
        self._gone: frozenset[str] = frozenset()  # ids that no new rule may have
        self._drafts: dict[str, Rule] = {}
        self._bases: dict[str, Rule] = {}  # of drafts: the rule that was changed into each
        self._asked: tuple[str, str] | None = None  # the draft's id, and that it is saved under
        self._replaced: Rule | None = None  # what stood under that id
        self._paused: frozenset[str] = frozenset()
        self._begun: Rule | None = None  # the new rule as it was before the user changed it
        self._aside: list[Rule] = []
        self._kept: tuple[UnsavedRule, ...] = ()  # by the run before, until the rules are known
        self._replay = False
        self._elsewhere: tuple[UnsavedRule, ...] = ()  # what a live window left, and is of no replayed day
        self._before: str | None = None  # what was shown when a new rule was begun
        self.shown: str | None = None
        self.removed: str | None = None  # the rule whose deletion is spoken of, and can be undone

    def take(self, event: RulesChanged) -> None:
        """Know other rules."""
        self.rules = {rule.id: rule for rule in event.rules}
        self.own, self._shipped, self._gone = event.own, event.shipped, event.gone
        if self.shown is not None and self.shown not in self.rules and self.shown not in self._drafts:
            self.shown = None
        kept, self._kept = self._kept, ()
        for each in kept:
            self._bring_back(each)
        if kept and self.shown is None:
            last = kept[-1].rule.id
            if last in self._drafts:
                self.shown = last
            elif not self.go_on():
                self.shown = next(reversed(self._drafts), None)

    def restore(self, kept: Sequence[UnsavedRule], *, replay: bool = False) -> None:
        """Go on, once the rules are known, with what the run before left unsaved; its last is shown.

        What is dated a replay neither takes up nor leaves behind: it is of another day.
        """
        self._replay = replay
        self._elsewhere = tuple(each for each in kept if replay and each.rule.dated)
        here = (each for each in kept if each not in self._elsewhere)
        self._kept = tuple(each for each in here if _fits_the_editor(each.rule))

    def _bring_back(self, kept: UnsavedRule) -> None:
        rule = kept.rule
        if is_new(rule) or rule.id not in self.rules:  # it was deleted meanwhile
            self._aside.append(as_new(rule))
        elif rule != self.rules[rule.id]:
            self._drafts[rule.id] = rule
            self._bases[rule.id] = kept.base or self.rules[rule.id]

    @property
    def unsaved(self) -> tuple[UnsavedRule, ...]:
        """What is to be kept over a restart, what is shown last."""
        changed = (rule for rule in self._drafts.values() if not is_new(rule))
        edited = [UnsavedRule(rule=rule, base=self._bases.get(rule.id)) for rule in changed]
        begun = [UnsavedRule(rule=rule) for rule in (*self._aside, self._unsaved()) if rule is not None]
        here = sorted((*self._kept, *edited, *begun), key=lambda each: each.rule.id == self.shown)
        return (*self._elsewhere, *(each for each in here if not (self._replay and each.rule.dated)))

    @property
    def is_edited(self) -> bool:
        """Whether what is shown is not what is saved."""
        return self.shown is not None and self.shown in self._drafts

    def current(self) -> Rule:
        """Return what the editor shows: unsaved edits, else the rule."""
        assert self.shown is not None
        return self._drafts[self.shown] if self.shown in self._drafts else self.rules[self.shown]

    def origin(self) -> RuleOrigin:
        """Return where the rule that is shown comes from."""
        if self.shown is None or self.shown not in self.rules:
            return RuleOrigin.NEW
        if self.shown in self.own:
            return RuleOrigin.CHANGED if self.shown in self._shipped else RuleOrigin.OWN
        return RuleOrigin.SHIPPED

    def begin(self, rule: Rule) -> None:
        """Show a new rule."""
        self._leave()
        self._before = self.shown
        self._drafts[rule.id] = self._begun = rule
        self.shown = rule.id

    def open(self, rule_id: str) -> None:
        """Show a rule."""
        self._leave()
        self.shown = rule_id

    @property
    def left(self) -> int:
        """How many new rules were changed, and gave way to another before they were saved."""
        return len(self._aside)

    def go_on(self) -> bool:
        """Show again the new rule that gave way last; returns whether there is one.

        What is shown gives way to it and is the last to come again, so that all come in turn.
        """
        if not self._aside:
            return False
        rule = self._aside.pop()
        if (draft := self._unsaved()) is not None:
            self._aside.insert(0, draft)
        self._drafts[rule.id], self._begun = rule, None
        self.shown = rule.id
        return True

    def _leave(self) -> None:
        if (draft := self._unsaved()) is not None:
            self._aside.append(draft)

    def _unsaved(self) -> Rule | None:
        """Return the new rule that is shown, None where nothing of it was typed."""
        draft = None if self.shown is None else self._drafts.get(self.shown)
        return draft if draft is not None and is_new(draft) and draft != self._begun else None

    def edit(self, rule: Rule) -> None:
        """Keep what the editor says now."""
        if self.shown is None:
            return
        if self.rules.get(self.shown) == rule:
            self._drop(self.shown)
        else:
            if self.shown not in self._drafts and self.shown in self.rules:
                self._bases[self.shown] = self.rules[self.shown]
            self._drafts[self.shown] = rule

    def _drop(self, rule_id: str) -> None:
        self._drafts.pop(rule_id, None)
        self._bases.pop(rule_id, None)

    def cancel(self) -> None:
        """Drop the unsaved edits of what is shown; a new rule gives way to the one before it."""
        if self.shown is not None:
            self._drop(self.shown)
            self.shown = next((known for known in (self.shown, self._before) if known in self.rules), None)

    def forget(self, rule_id: str) -> None:
        """Drop the edits of a rule that is gone."""
        self.removed = rule_id
        self._drop(rule_id)
        if self.shown == rule_id and rule_id not in self.rules:
            self.shown = None

    def settles(self, ids: Sequence[str]) -> bool:
        """Whether a change of rules ends what is said of a deletion: one of other rules does not."""
        if self.removed is not None and ids and self.removed not in ids:
            return False
        self.removed = None
        return True

    # Saving

    def to_save(self, rule: Rule) -> Rule:
        """Return a rule with the id it is saved under."""
        taken = self.rules.keys() | self._gone
        made = replace(rule, id=free_id(rule.name_en, taken)) if is_new(rule) else rule
        self._asked, self._replaced = (rule.id, made.id), self.rules.get(made.id)
        return made

    def base_of(self, rule_id: str) -> tuple[Rule, ...]:
        """Return the rule that unsaved edits began with, none of a new one."""
        base = self._bases.get(rule_id) or self.rules.get(rule_id)
        return () if base is None else (base,)

    def know_better(self, ids: Sequence[str]) -> None:
        """Let edits of rules that were changed elsewhere replace them, now that this was told."""
        for rule_id in ids:
            self._bases.pop(rule_id, None)

    def waits_for(self, ids: Sequence[str]) -> bool:
        """Whether an answer is about the rule that was to be saved."""
        return self._asked is not None and self._asked[1] in ids

    def replaced(self, ids: Sequence[str]) -> tuple[Rule, Rule] | None:
        """Return the rule that one in the editor was saved over and what it is now, None of a new one."""
        saved = self._asked[1] if self._asked is not None else ""
        if saved not in ids or saved not in self.rules or self._replaced is None:
            return None
        return self._replaced, self.rules[saved]

    def saved(self, ids: Sequence[str]) -> bool:
        """Note that rules were saved; returns whether what is shown is among them."""
        if self._asked is None or self._asked[1] not in ids:
            return self.shown is not None and self.shown in ids and not self.is_edited
        old, new = self._asked
        self._asked = None
        self._drop(old)
        if self.shown == old:
            self.shown = new if new in self.rules else None
        return self.shown is not None

    def all_switched(self, *, on: bool) -> tuple[Rule, ...]:
        """Return the rules to change so that all are paused, or those are on again that were."""
        if not on:
            self._paused = frozenset(rule.id for rule in self.rules.values() if rule.enabled)
            return tuple(replace(self.rules[rule_id], enabled=False) for rule_id in sorted(self._paused))
        known = self._paused & self.rules.keys() or self.rules.keys()
        self._paused = frozenset()
        return tuple(replace(self.rules[rule_id], enabled=True) for rule_id in sorted(known))


def _fits_the_editor(rule: Rule) -> bool:
    """Whether fields can hold a rule: the file that it was kept in may have been changed by hand."""
    spans = (*(c.minutes for c in rule.all_conditions), rule.hold_seconds, rule.cooldown_minutes)
    return len(rule.conditions) <= MOST_JOINED and max(map(abs, spans)) <= _LONGEST
