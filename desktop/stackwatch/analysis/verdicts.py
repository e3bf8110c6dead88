"""What the size of a move says of its cause: whether it asks for a reason, and whether it is its market's."""

from stackwatch.domain.move import Move, Verdict

_MARKET_SHARE = 0.7
_MARKET_MOVE = 0.5
_MARKET_SAR, _LAGGED_SAR = 1.0, 2.0  # a move is the market's up to which; one that went less far than it asks
_STILL_SAR = 0.5  # a move below it asks for no reason
_HELD = 0.75  # of what asks for a reason is enough where one was told before: as rules arm again


def asks_for_reason(move: Move, *, told: bool) -> bool:
    """Whether a move is of some size, goes the way of what the market leaves of it, and is not its market's.

    A share that fell less than its market has no one way that a story could agree with. One that stands at
    the edge all day would have a reason in one minute and none in the next: where a reason was ``told`` of
    the running session, a quarter less will do.
    """
    if move.sar is None:
        return True
    held = _HELD if told else 1.0
    return abs(move.sar) >= _STILL_SAR * held and move.sar * move.move_pct > 0 and not _by_market(move, held)


def verdict_of(move: Move, *, linked: bool, layer_wide: bool) -> Verdict:
    """Return the verdict of a move that is ``linked`` to a story or not, and moves with its layer or not."""
    if move.sar is None or move.abnormal_pct is None:
        return Verdict.INSUFFICIENT_DATA
    if linked:
        return Verdict.NEWS
    if _by_market(move, 1.0):
        return Verdict.MARKET_WIDE
    return Verdict.LAYER_WIDE if layer_wide else Verdict.UNEXPLAINED


def _by_market(move: Move, held: float) -> bool:
    """Whether a move is what its market did, which asks for no reason of its own.

    One that went the market's way and less far than the model expects may lie further from it.
    """
    if move.sar is None or move.abnormal_pct is None or abs(move.move_pct) < _MARKET_MOVE:
        return False
    usual = _LAGGED_SAR if move.sar * move.move_pct < 0 else _MARKET_SAR
    share = (move.move_pct - move.abnormal_pct) / move.move_pct
    return share >= 1.0 - (1.0 - _MARKET_SHARE) * held and abs(move.sar) < usual * held
