"""Rules changed, paused, snoozed and put on again, each as a step that can be undone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from stackwatch.domain.events import RulesStored
from stackwatch.domain.rule import Rule
from stackwatch.engine.window_commands import Commands
from stackwatch.ui.kit.language import Words
from stackwatch.ui.rules.rule_edits import RuleEdits


class RuleSwitches(QObject):
    """Says which step is wanted; ``put`` makes it, takes it back and makes it again."""

    wanted = Signal(object, object, object)  # Words of a step, and its rules before and after
    saved = Signal(object, object, object)  # the same of a step that was made
    woken = Signal(str, str)  # the id of a rule, and a subject that nothing is to silence any more
    refused = Signal(object)  # the ids of rules that stay as they were

    def __init__(self, edits: RuleEdits, commands: Commands, parent: QObject) -> None:
        super().__init__(parent)
        self._edits, self._commands = edits, commands
        self._asked: list[tuple[str, ...]] = []  # the rules of what was not answered yet

    def pause(self, rule_id: str, paused: bool) -> None:  # noqa: FBT001 - a slot
        """Pause a rule, or let it go on."""
        self._want(
            lambda: self.tr("Pause a rule") if paused else self.tr("Resume a rule"),
            (replace(self._edits.rules[rule_id], enabled=not paused),),
        )

    def snooze(self, rule_id: str, until: datetime | None) -> None:
        """Let a rule be silent until a time, or no longer."""
        self._want(
            lambda: self.tr("End a snooze") if until is None else self.tr("Snooze a rule"),
            (replace(self._edits.rules[rule_id], snoozed_until=until),),
        )

    def wake(self, rule_id: str, subject: str) -> None:
        """Let a rule about a subject pop up again, whatever silenced it."""
        self.snooze(rule_id, None)
        self.woken.emit(rule_id, subject)

    def switch_all(self, on: bool) -> None:  # noqa: FBT001 - a slot
        """Pause every rule, or put those on again that were."""
        self._want(
            lambda: self.tr("Resume all rules") if on else self.tr("Pause all rules"),
            self._edits.all_switched(on=on),
        )

    def put(self, rules: Sequence[Rule], base: Sequence[Rule]) -> None:
        """Change rules that are there from ``base`` to ``rules``; what else was changed of them stays."""
        changed = tuple(rule for rule in rules if rule.id in self._edits.rules)
        if changed:
            self._asked.append(tuple(rule.id for rule in changed))
            self._commands.save_rules(changed, base)

    def keep(self, before: Rule, after: Rule) -> None:
        """Let a rule that was saved be undone."""
        if before != after:
            self.saved.emit(lambda: self.tr("Change a rule"), (before,), (after,))

    def take_answer(self, event: RulesStored) -> None:
        """Say which rules the file refused to switch."""
        if event.ids in self._asked:
            self._asked.remove(event.ids)
            if event.fault is not None and not event.outdated:
                self.refused.emit(event.ids)

    def _want(self, words: Words, after: tuple[Rule, ...]) -> None:
        before = tuple(self._edits.rules[rule.id] for rule in after)
        if before != after:
            self.wanted.emit(words, before, after)
