"""Falls of many shares at once, for the tests of popups."""

from tests.support.rig import TUESDAY, Rig

from stackwatch.analysis.rules.rule_machine import Fire, fresh_state
from stackwatch.domain.alert import Alert
from stackwatch.domain.rule import Direction, Rule, RuleKind, SubjectKind
from stackwatch.engine.alerts.alerting import Firing

ANY_FALL = Rule(
    id="fall",
    name_en="fall",
    name_ko="하락",
    kind=RuleKind.PERCENT_MOVE,
    subject_kind=SubjectKind.WATCHLIST,
    subject="*",
    direction=Direction.EITHER,
    threshold=3.0,
)


def quiet_start(rig: Rig) -> None:
    for symbol in rig.engine.parts.watchlist.symbols:
        rig.market.set(symbol, 100.0)
    rig.refresh()
    rig.clock.advance(minutes=1)


def names(rig: Rig, layer_id: str, count: int) -> tuple[str, ...]:
    layer = next(layer for layer in rig.engine.parts.watchlist.layers if layer.id == layer_id)
    return tuple(symbol for symbol in layer.symbols if "." not in symbol)[:count]  # one trading day


def fall(rig: Rig, *symbols: str, to: float = 96.0) -> None:
    for symbol in symbols:
        rig.market.set(symbol, to)
    rig.refresh()


def one_fall(rig: Rig) -> tuple[Alert, Firing]:
    """Let one share fall after a quiet start; returns its alert, and a firing like that of its rule."""
    firing = Firing(
        rule=ANY_FALL, subject="NVDA", fire=Fire(-4.0, 0, already_true=False),
        state=fresh_state(ANY_FALL, "NVDA", TUESDAY), session_day=TUESDAY.date(),
    )  # fmt: skip
    quiet_start(rig)
    fall(rig, "NVDA")
    (alert,) = rig.store.alerts.load()
    return alert, firing
