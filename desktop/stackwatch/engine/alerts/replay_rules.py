"""The user's rules in a replay: what is of the replayed day stays in it."""

from collections.abc import Sequence
from dataclasses import replace

from stackwatch.domain.rule import Rule, fires_alike
from stackwatch.domain.watchlist import Watchlist
from stackwatch.engine.ports import RuleFile


def replayed(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Return rules as a replay begins with them: none is snoozed, since that ends years after its day."""
    return tuple(replace(rule, snoozed_until=None) for rule in rules)


class ReplayRules:
    """The user's rules beside a replay. Implements ``RuleFile``; owned by the core thread.

    Rules that are dated, pauses and snoozes are kept for the replay only: neither the price nor the hour of a
    day long past is to reach the live program. Everything else that is changed is the user's file.
    """

    def __init__(self, file: RuleFile) -> None:
        self._file = file
        self.shipped = file.shipped
        self._known: dict[str, Rule] = {}  # as the file has them
        self._here: dict[str, Rule | None] = {}  # of the replay only, None for one that is deleted in it
        self._switched: dict[str, Rule] = {}  # how rules of the file are paused and snoozed in it
        self._removed: Rule | None = None
        self._gone: dict[str, tuple[Rule, ...]] = {}  # by the private entity they were about

    @property
    def own(self) -> frozenset[str]:
        """The ids of the user's rules, those of the replay among them."""
        here = {rule_id for rule_id, rule in self._here.items() if rule is not None}
        return (self._file.own - self._here.keys()) | here

    def changed(self) -> bool:
        """Whether somebody else wrote the file since it was last read or written here."""
        return self._file.changed()

    def take_mended(self) -> tuple[str, ...]:
        """Return what a start said of the file and holds no longer, once."""
        return self._file.take_mended()

    def waiting(self, lists: Sequence[Watchlist]) -> tuple[str, ...]:
        """Say which of the user's rules are about a layer or list that is in none of ``lists``."""
        return self._file.waiting(lists)

    def load(self) -> tuple[Rule, ...]:
        """Return every rule of the file as the replay has it, and its own."""
        self._known = {rule.id: rule for rule in self._file.load()}
        seen = {rule.id: self._as_switched(rule) for rule in replayed(tuple(self._known.values()))}
        return tuple(rule for rule in (seen | self._here).values() if rule is not None)

    def _as_switched(self, rule: Rule) -> Rule:
        here = self._switched.get(rule.id)
        if here is None:
            return rule
        return replace(rule, enabled=here.enabled, snoozed_until=here.snoozed_until)

    def save(self, rules: Sequence[Rule]) -> None:
        """Add rules, or change those of their ids: in the file what is true of any day."""
        self.load()
        dated = {rule.id: rule for rule in rules if rule.dated}
        others = [rule for rule in rules if not rule.dated]
        if changed := [rule for rule in map(self._of_file, others) if rule != self._known.get(rule.id)]:
            self._file.save(changed)
        for rule in others:
            self._here.pop(rule.id, None)
            self._switched[rule.id] = rule
        self._here |= dated

    def _of_file(self, rule: Rule) -> Rule:
        """Return a rule as it is to stand in the file, where it is switched as it was."""
        known = self._known.get(rule.id)
        if known is None:
            return replace(rule, snoozed_until=None)
        version = known.version if fires_alike(rule, known) else rule.version
        return replace(rule, version=version, enabled=known.enabled, snoozed_until=known.snoozed_until)

    def remove(self, rule: Rule) -> None:
        """Take a rule out: one that is dated out of the replay."""
        self._removed = None
        if rule.id in self.shipped and rule.id in self._here:
            del self._here[rule.id]
        elif rule.id not in self.shipped and rule.dated:
            self._removed, self._here[rule.id] = rule, None
        else:
            self._file.remove(self._known.get(rule.id, rule))
            self._switched.pop(rule.id, None)

    def undo(self) -> None:
        """Put back what was removed last, if anything was."""
        if self._removed is None:
            self._file.undo()
        else:
            self._here[self._removed.id] = self._removed
            self._removed = None

    def remove_about(self, entity_id: str) -> int:
        """Take out the user's rules about a private entity; returns how many there were."""
        gone = tuple(rule for rule in self._here.values() if rule is not None and rule.concerns(entity_id))
        count = self._file.remove_about(entity_id)
        self._gone[entity_id] = gone
        for rule in gone:
            del self._here[rule.id]
        return count + len(gone)

    def bring_back(self, entity_id: str) -> int:
        """Put back the rules that were taken out with a private entity; returns how many came."""
        count = self._file.bring_back(entity_id)
        back = self._gone.pop(entity_id, ())
        self._here |= {rule.id: rule for rule in back}
        return count + len(back)
