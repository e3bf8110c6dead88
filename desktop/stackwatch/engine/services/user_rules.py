"""Rules kept in the user's file and in force: changed here, by hand, or taken back."""

import logging
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TYPE_CHECKING

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.events import RulesChanged, RulesStored
from stackwatch.domain.fault_events import NoticeEnded, NoticeGiven
from stackwatch.domain.health import HealthState
from stackwatch.domain.rule import Direction, Rule, RuleKind, edited, rebased
from stackwatch.engine.ports import RuleFile

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.engine.engine import Engine

_log = logging.getLogger(__name__)
_SOURCE = "rules"


class UserRules:
    """Writes rules, notices those written by hand, and puts them in force. Runs on the core thread.

    A file that cannot be read is told and left alone; the last good rules stay in force.
    """

    def __init__(self, take_up: Callable[["Engine", AbstractSet[str]], None]) -> None:
        self._broken = False
        self._waiting: frozenset[str] | None = None  # what is said of rules that wait
        self._take_up = take_up  # names that were not fetched so far

    def watch(self, engine: "Engine", *, shown: bool) -> None:
        """Tell every rule and where it stands, from now on and whenever it changes, or stop."""
        engine.armed_rules.shown = shown
        if shown:
            self.look(engine)
            self.tell(engine)

    def look(self, engine: "Engine") -> None:
        """Take in a file that was changed by hand since it was last read."""
        file = engine.parts.rule_file
        if file is None:
            return
        if file.changed():
            self.read(engine)
        self._say_waiting(engine, file)

    def _say_waiting(self, engine: "Engine", file: RuleFile) -> None:
        """Say which rules wait for a layer or list that is in none of the user's, and which no longer do."""
        lists = engine.parts.list_file
        if lists is None:
            return
        waiting = frozenset(file.waiting(lists.lists))
        before, self._waiting = self._waiting, waiting
        if before is None:  # a start has said it
            return
        for text in sorted(before - waiting):
            engine.tell(NoticeEnded(text))
        for text in sorted(waiting - before):
            engine.tell(NoticeGiven(text))

    def save(self, engine: "Engine", rules: Sequence[Rule], base: Sequence[Rule] = ()) -> None:
        """Write rules and put them in force; answers with RulesStored.

        What another changed of one that is in ``base`` stays; where both changed the same, all of it.
        """
        file, ids = engine.parts.rule_file, tuple(rule.id for rule in rules)
        self.look(engine)
        before = {rule.id: rule for rule in engine.alerting.rules}
        bases = {rule.id: rule for rule in base}
        made, outdated = [], ""
        for rule in rules:
            wanted = _wanted(rule, bases.get(rule.id), before.get(rule.id))
            if wanted is None:
                outdated = _outdated(rule.id)
            else:
                made.append(edited(before[rule.id], wanted) if rule.id in before else wanted)
        try:
            if file is None:
                raise BadInputError("There is no file for rules here")  # noqa: TRY301 - told like any other
            if made:
                file.save(made)
        except BadInputError as fault:
            engine.tell(RulesStored(ids, fault=str(fault)))
            return
        self.read(engine)
        engine.tell(RulesStored(ids, fault=outdated or None, outdated=bool(outdated)))

    def move_level(self, engine: "Engine", rule_id: str, was: float, price: float) -> None:
        """Let a rule wait for another price; beyond today's it waits for the other direction."""
        self.look(engine)
        rule = next((rule for rule in engine.alerting.rules if rule.id == rule_id), None)
        if rule is None or rule.kind is not RuleKind.PRICE_LEVEL or rule.threshold != was:
            engine.tell(RulesStored((rule_id,), fault=_outdated(rule_id), outdated=True))
            return
        quote = engine.market.quotes.get(rule.subject)
        direction = rule.direction
        if quote is not None and direction is not Direction.EITHER:
            direction = Direction.UP if price > quote.price else Direction.DOWN
        self.save(engine, (replace(rule, threshold=price, direction=direction),))

    def remove(self, engine: "Engine", rule_id: str) -> None:
        """Take a rule out of the file; a shipped one that it replaced is in force again."""
        file = engine.parts.rule_file
        gone = next((rule for rule in engine.alerting.rules if rule.id == rule_id), None)
        if file is None or gone is None:
            return
        try:
            file.remove(gone)
        except BadInputError as fault:
            engine.tell(RulesStored((rule_id,), fault=str(fault)))
            return
        self.read(engine)
        engine.tell(RulesStored((rule_id,), removed=gone))

    def undo(self, engine: "Engine") -> None:
        """Put back the rule that was removed last, with its comments where the file is as it was left."""
        file = engine.parts.rule_file
        if file is None:
            return
        try:
            file.undo()
        except BadInputError as fault:
            engine.tell(RulesStored((), fault=str(fault)))
            return
        self.read(engine)
        engine.tell(RulesStored(()))

    def read(self, engine: "Engine") -> None:
        """Put in force what the file says; a rule changed by hand is a new version."""
        file = engine.parts.rule_file
        assert file is not None
        for ended in file.take_mended():
            engine.tell(NoticeEnded(ended))
        try:
            rules = file.load()
        except BadInputError as fault:
            detail = f"{fault}. The rules in force stay; your file was not touched."
            _log.warning("%s", detail)
            self._broken = True
            engine.health.note(_SOURCE, HealthState.DEGRADED, detail)
            return
        if self._broken:
            self._broken = False
            engine.health.note(_SOURCE, HealthState.OK, "")
        before = {rule.id: rule for rule in engine.alerting.rules}
        fetched = frozenset(engine.symbols)
        engine.alerts.use([_renewed(before.get(rule.id), rule) for rule in rules])
        if not fetched.issuperset(engine.symbols):  # a rule about what another list has
            self._take_up(engine, fetched)
        engine.alerts.evaluate()
        self.tell(engine)

    def tell(self, engine: "Engine") -> None:
        """Tell every rule, and where it stands while somebody looks."""
        file = engine.parts.rule_file
        shipped, own = (frozenset[str](), frozenset[str]()) if file is None else (file.shipped, file.own)
        rules = engine.alerting.rules
        known = engine.alerting.rule_ids | {alert.rule_id for alert in engine.delivery.alerts}
        engine.tell(RulesChanged(rules, shipped, own, known - {rule.id for rule in rules}))
        engine.alerts.tell_rows()


def _wanted(rule: Rule, base: Rule | None, now: Rule | None) -> Rule | None:
    """Return a rule as it is to be, None where another changed the same of it, or deleted it."""
    if base is None:
        return rule
    return None if now is None else rebased(rule, base, now)


def _outdated(rule_id: str) -> str:
    return f"rule {rule_id}: changed or deleted elsewhere meanwhile; it stays so"


def _renewed(before: Rule | None, after: Rule) -> Rule:
    """Return a rule of the file, of a version beyond the one in force where that fired on something else."""
    if before is None or after.version > before.version:
        return after
    return edited(before, replace(after, version=before.version))
