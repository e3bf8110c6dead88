"""From what rules do to what is told of it: alerts are on disk before anyone hears of them."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet

from stackwatch.domain.events import AlertRaised, AlertUpdated, ArmedChanged, Event
from stackwatch.domain.news import Story
from stackwatch.domain.rule import Rule
from stackwatch.engine.alerts.armed_rules import ArmedRules
from stackwatch.engine.alerts.delivery import Delivery
from stackwatch.engine.alerts.digest_collector import DigestCollector
from stackwatch.engine.alerts.rule_inputs import RuleInputs
from stackwatch.engine.news.explanation_service import ExplanationService


class AlertService:
    """Advances the rules and tells alerts. Owned by the core thread."""

    def __init__(
        self,
        *,
        inputs: RuleInputs,
        delivery: Delivery,
        digests: DigestCollector,
        armed_rules: ArmedRules,
        explanation_service: ExplanationService,
        publish: Callable[[Event], None],
    ) -> None:
        self._inputs = inputs
        self._delivery = delivery
        self._digests = digests
        self._armed_rules = armed_rules
        self._explanation_service = explanation_service
        self._publish = publish
        self._armed: ArmedChanged | None = None  # as last told
        delivery.mutes.heed(inputs.alerting.rules)

    def evaluate(self, *, news: AbstractSet[str] = frozenset(), groups: bool = True) -> None:
        """Advance the rules that something new concerns; ``news`` are the entities of new stories."""
        firings, changed = self._inputs.evaluate(news=news, groups=groups)
        self._tell(self._delivery.deliver(firings, changed))
        if firings:
            self.tell_armed()
        self._armed_rules.tell()

    def take_news(self, changed: Sequence[Story]) -> None:
        """Let rules look at stories that changed, and say on alerts already told what became of theirs."""
        self.evaluate(news=frozenset().union(*(story.entities for story in changed)))
        self._note_and_tell(self._delivery.retell(changed))
        self.refresh()

    def refresh(self) -> None:
        """Say on alerts what the stories that are known by now make of them."""
        for update in self._delivery.refresh():
            self._publish(update)

    def change_publishers(self, gone: AbstractSet[str], back: AbstractSet[str]) -> None:
        """Say no more on alerts what left with a blocked publisher, and again what came back."""
        self._note_and_tell(self._delivery.change_publishers(gone, back))

    def take_history(self) -> None:
        """Say on alerts that fired just before the history of their shares came what it makes of them."""
        for update in self._delivery.judge():
            self._publish(update)

    def tell_all(self) -> None:
        """Tell alerts that wait for others of their cause: nobody will ask again."""
        self._tell(self._delivery.end_waits())

    def use(self, rules: Sequence[Rule]) -> None:
        """Use other rules; a version that was not known before never fires on what is already true."""
        self._inputs.use(rules)
        self._delivery.mutes.heed(rules)
        self.tell_armed()

    def tell_rows(self) -> None:
        """Tell where every rule stands, if somebody looks."""
        self._armed_rules.tell(at_once=True)

    def tell_armed(self) -> None:
        """Tell how many rules are armed, and what fired today."""
        self._armed = self._find_armed()
        self._publish(self._armed)

    def renew_armed(self) -> None:
        """Tell the same where time or a snooze has changed it: an alert is of yesterday now, a rule ended."""
        if self._find_armed() != self._armed:
            self.tell_armed()

    def _find_armed(self) -> ArmedChanged:
        alerting = self._inputs.alerting
        fired, silent = self._delivery.fired_today(), self._delivery.silent_names()
        return ArmedChanged(alerting.armed(), fired, alerting.levels(), silent)

    def _tell(self, told: Sequence[AlertRaised | AlertUpdated]) -> None:
        for event in told:
            self._publish(event)
            if isinstance(event, AlertRaised):
                self._digests.note(event.alert)
        # Behind them: it waits for the disk once more, and an alert need not.
        self._explanation_service.note(e.alert.subject for e in told if isinstance(e, AlertRaised))

    def _note_and_tell(self, updates: Iterable[AlertUpdated]) -> None:
        told = tuple(updates)
        for update in told:
            self._publish(update)
        self._explanation_service.note(update.alert.subject for update in told)
