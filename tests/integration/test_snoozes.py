"""Snoozes of alerts compared with a simple model: what is silent until when, and what an alert is then."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.integration import store_samples
from tests.support.rig import Rig, build_rig

from stackwatch.domain.alert import Alert, AlertState, SnoozeScope

NAMES = ("NVDA", "ORCL")
_TIMES = st.integers(1, 6)  # quarters of an hour


@dataclass
class Model:
    """The snoozes of one alert: of its cause or rule one, of each name one."""

    ends: dict[str, tuple[datetime, SnoozeScope]] = field(default_factory=dict)
    state: AlertState = AlertState.NEW

    def snooze(self, until: datetime, scope: SnoozeScope, name: str) -> None:
        self.ends[name if scope is SnoozeScope.NAME else ""] = until, scope
        self.state = AlertState.SNOOZED

    def see(self) -> None:
        self.ends, self.state = {}, AlertState.SEEN

    def end(self, name: str) -> None:
        if self.ends.pop(name, None) is not None and not self.ends:
            self.state = AlertState.SEEN

    def wait(self, now: datetime) -> None:
        """Let every snooze end in its turn; of those that end at once that of the cause ends last."""
        over = sorted(
            (until, scope is SnoozeScope.CAUSE, about, scope)
            for about, (until, scope) in self.ends.items()
            if until <= now
        )
        for *_, about, scope in over:
            del self.ends[about]
            if not self.ends:
                self.state = AlertState.NEW if scope is SnoozeScope.CAUSE else AlertState.SEEN


_STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("snooze"),
            st.sampled_from(NAMES),
            _TIMES,
            st.sampled_from(SnoozeScope),
            st.sampled_from(NAMES),
        ),
        st.tuples(st.just("see"), st.sampled_from(NAMES)),
        st.tuples(st.just("end"), st.sampled_from(NAMES)),
        st.tuples(st.just("wait"), _TIMES),
        st.tuples(st.just("start anew")),
    ),
    max_size=12,
)


def _rig(folder: Path) -> Rig:
    rig = build_rig(folder, ())
    for name in NAMES:
        made = replace(store_samples.alert(name, fired_at=rig.clock.now()), state=AlertState.NEW)
        rig.engine.delivery.keep(replace(made, subject=name, rule_id=f"rule-{name}", group=f"symbol:{name}"))
    return rig


def _kept(rig: Rig) -> Mapping[str, Alert]:
    return {alert.id: alert for alert in rig.engine.delivery.alerts}


@settings(max_examples=60)
@given(steps=_STEPS)
@example(  # a sleep over both ends
    steps=[
        ("snooze", "NVDA", 1, SnoozeScope.CAUSE, ""),
        ("snooze", "NVDA", 2, SnoozeScope.NAME, "NVDA"),
        ("wait", 3),
    ]
)
def test_that_snoozes_are_those_of_a_simple_model_also_after_a_sleep_and_a_restart(
    steps: list[tuple[object, ...]],
) -> None:
    with TemporaryDirectory() as folder:
        rig = _rig(Path(folder))
        models = {name: Model() for name in NAMES}
        for step in steps:
            now = rig.clock.now()
            match step:
                case ("snooze", str(alert), int(quarters), SnoozeScope() as scope, str(name)):
                    until = now + timedelta(minutes=15 * quarters)
                    rig.runtime.snooze(alert, until, scope, name)
                    models[alert].snooze(until, scope, name)
                case ("see", str(alert)):
                    rig.runtime.mark_seen(alert)
                    models[alert].see()
                case ("end", str(name)):
                    rig.runtime.end_snoozes_of_name(name)
                    for model in models.values():
                        model.end(name)
                case ("wait", int(quarters)):
                    rig.clock.advance(minutes=15 * quarters)
                    rig.engine.tick()
                    for model in models.values():
                        model.wait(rig.clock.now())
                case _:
                    rig = build_rig(Path(folder), (), now, store=rig.store)
            alerts, now = _kept(rig), rig.clock.now()
            assert {key: alert.state for key, alert in alerts.items()} == {
                key: model.state for key, model in models.items()
            }
            assert {
                key: {each.about: (each.until, each.scope) for each in alert.snoozes}
                for key, alert in alerts.items()
            } == {key: model.ends for key, model in models.items()}
            silent = {about for model in models.values() for about in model.ends if about}
            assert rig.engine.delivery.silent_names() == silent
            assert {alert.id: alert for alert in rig.store.alerts.load()} == alerts
