"""Falls of many shares at once, for the tests of popups."""

from tests.support.rig import Rig

from stackwatch.domain.rule import Direction, Rule, RuleKind, SubjectKind

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
