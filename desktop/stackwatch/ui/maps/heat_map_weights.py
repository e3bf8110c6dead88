"""Where the blocks and tiles of the heat map lie when their sizes say something."""

from collections.abc import Sequence

from stackwatch.ui.maps.heat_map_layout import TRIES, Block, Box, Names, grid, squarify

_SMALLEST_SHARE = 0.25  # of an equal tile, that a tile by weight has at least


def lay_out_by_weight(
    weights: Sequence[Sequence[float]],
    area: Box,
    *,
    head: int,
    gap: int,
    least: float,
    names: Sequence[Names] = (),
) -> tuple[Block, ...]:
    """Lay a block for every group, its tiles in proportion to weights, some of which may be 0.

    No tile has much less than ``least`` square pixels, as far as all have room; those that would have are
    laid out by their ``names``.
    """
    count = sum(len(group) for group in weights)
    wide = Box(area.left, area.top, area.width + gap, area.height + gap)
    strips, blocks = [0.0] * len(weights), list[Block]()
    for _ in range(TRIES):  # how wide the strips over the blocks are follows from the blocks
        room = max(area.width * area.height - sum(strips), 1.0)
        smallest = max(least / room, _SMALLEST_SHARE / max(count, 1))
        floor = _floor([weight for group in weights for weight in group], smallest)
        raised = [[max(weight, floor) for weight in group] for group in weights]
        scale = room / sum(map(sum, raised)) if count else 0.0
        wholes = squarify([sum(g) * scale + s for g, s in zip(raised, strips, strict=True)], wide)
        strips = [whole.width * head for whole in wholes]
        blocks = [
            _weighed(group, floor, whole.snapped(gap), head, named)
            for group, whole, named in zip(raised, wholes, names or (None,) * len(raised), strict=True)
        ]
    return tuple(blocks)


def _weighed(weights: Sequence[float], floor: float, box: Box, head: int, names: Names | None) -> Block:
    """Lay a block by weights; tiles that are only as large as ``floor`` lie together at its end."""
    strip = min(head, box.height)
    inner = Box(box.left, box.top + strip, box.width + 1, box.height - strip + 1)
    small = [place for place, weight in enumerate(weights) if weight <= floor]
    large = [place for place, weight in enumerate(weights) if weight > floor]
    if len(small) == 1:
        small, large = [], list(range(len(weights)))
    share, named = floor * len(small) / sum(weights), names and names.of(small)

    def way(*, upright: bool) -> dict[int, Box]:
        rest, end = _parted(inner, share, upright=upright)
        placed = dict(zip(small, grid(len(small), end, named), strict=True)) if small else {}
        return placed | dict(zip(large, squarify([weights[place] for place in large], rest), strict=True))

    def worth(placed: dict[int, Box]) -> tuple[int, int, float]:
        ends = [placed[place] for place in small]
        told = (0, 0) if named is None else named.told(ends)
        return *told, min((min(box.width, box.height) for box in placed.values()), default=0.0)

    placed = max((way(upright=True), way(upright=False)), key=worth)
    tiles = tuple(placed[place].snapped(1) for place in range(len(weights)))
    return Block(box, Box(box.left, box.top, box.width, strip), tiles)


def _parted(area: Box, share: float, *, upright: bool) -> tuple[Box, Box]:
    """Part an area in two beside each other (``upright``) or one below the other; the second is ``share``."""
    left, top, width, height = area.left, area.top, area.width, area.height
    if upright:
        first = width * (1.0 - share)
        return Box(left, top, first, height), Box(left + first, top, width - first, height)
    first = height * (1.0 - share)
    return Box(left, top, width, first), Box(left, top + first, width, height - first)


def _floor(weights: Sequence[float], share: float) -> float:
    """Return the weight that is ``share`` of all when none is less; the largest where that is too much."""
    rest, total = sorted(weights), sum(weights)
    if share * len(rest) >= 1.0 or not total:
        return max(rest, default=0.0) or 1.0
    for below, weight in enumerate(rest):
        floor = share * total / (1.0 - share * below)  # those below it are all as large as it
        if weight >= floor:
            return floor
        total -= weight
    return rest[-1]
