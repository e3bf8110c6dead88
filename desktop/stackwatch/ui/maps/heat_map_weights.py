"""Where the blocks and tiles of the heat map lie when their sizes say something."""

from collections.abc import Sequence

from stackwatch.ui.maps.heat_map_layout import (
    MANY,
    TRIES,
    Box,
    NameWidths,
    TileBlock,
    grid,
    named_all,
    squarify,
)

_ROUNDS = 5  # to know how much room the names of the blocks take
_MOST_ENDS = 6  # sizes that are tried, of many tiles, for the part that lies together at the end
_SMALLEST_SHARE = 0.25  # of an equal tile, that a tile by weight has at least


def lay_out_by_weight(
    weights: Sequence[Sequence[float]],
    area: Box,
    *,
    head: int,
    gap: int,
    least: float,
    names: Sequence[NameWidths] = (),
    tries: int = TRIES,
) -> tuple[TileBlock, ...]:
    """Lay a block for every group, its tiles in proportion to weights, some of which may be 0.

    No tile has much less than ``least`` square pixels, as far as all have room; those that would have are
    laid out by their ``names``. A block that lacks a name has more area.
    """
    count = sum(len(group) for group in weights)
    wide = Box(area.left, area.top, area.width + gap, area.height + gap)
    sizes, strips, raised, floor = [0.0] * len(weights), [0.0] * len(weights), weights, 0.0
    for _ in range(_ROUNDS):  # how wide the strips over the blocks are follows from the blocks
        room = max(area.width * area.height - sum(strips), 1.0)
        smallest = max(least / room, _SMALLEST_SHARE / max(count, 1))
        floor = _floor([weight for group in weights for weight in group], smallest)
        raised = [[max(weight, floor) for weight in group] for group in weights]
        scale = room / sum(map(sum, raised)) if count else 0.0
        sizes = [sum(g) * scale + s for g, s in zip(raised, strips, strict=True)]
        strips = [whole.width * head for whole in squarify(sizes, wide)]

    def lay(grown: Sequence[float]) -> tuple[TileBlock, ...]:
        return tuple(
            _weighed(group, floor, whole.snapped(gap), head, named)
            for group, whole, named in zip(
                raised, squarify(grown, wide), names or (None,) * len(raised), strict=True
            )
        )

    return named_all(sizes, names, lay, tries)


def _weighed(
    weights: Sequence[float], floor: float, box: Box, head: int, names: NameWidths | None
) -> TileBlock:
    """Lay a block by weights; tiles that are only as large as ``floor`` lie together at its end.

    With them lie the next ones, as many as it takes for every tile to be named.
    """
    strip = min(head, box.height)
    inner = Box(box.left, box.top + strip, box.width + 1, box.height - strip + 1)
    by_size = sorted(range(len(weights)), key=lambda place: weights[place])
    small = sum(weight <= floor for weight in weights)
    best: tuple[Box, ...] = ()
    fewest = len(weights) + 1
    first, last = small if small > 1 else 0, len(weights)
    step = 1 if last - first <= MANY else (last - first) // _MOST_ENDS
    for number in (*range(first, last, step), last):
        tiles = _with_end(weights, sorted(by_size[:number]), inner, names)
        lacking = 0 if names is None else names.lacking(tiles)
        if lacking < fewest:
            best, fewest = tiles, lacking
        if not lacking:
            break
    return TileBlock(box, Box(box.left, box.top, box.width, strip), best)


def _with_end(
    weights: Sequence[float], small: Sequence[int], inner: Box, names: NameWidths | None
) -> tuple[Box, ...]:
    """Lay tiles by weights, those of ``small`` alike at the end; of two ways the one that tells more."""
    apart = frozenset(small)
    large = [place for place in range(len(weights)) if place not in apart]
    share = sum(weights[place] for place in small) / sum(weights)
    named = names and names.of(small)

    def way(*, upright: bool) -> dict[int, Box]:
        rest, end = _parted(inner, share, upright=upright)
        placed = dict(zip(small, grid(len(small), end, named), strict=True)) if small else {}
        return placed | dict(zip(large, squarify([weights[place] for place in large], rest), strict=True))

    def worth(placed: dict[int, Box]) -> tuple[int, int, float]:
        ends = [placed[place] for place in small]
        told = (0, 0) if named is None else named.told(ends)
        return *told, min((min(box.width, box.height) for box in placed.values()), default=0.0)

    placed = max((way(upright=True), way(upright=False)), key=worth)
    return tuple(placed[place].snapped(1) for place in range(len(weights)))


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
