"""Where the blocks and tiles of the heat map lie: a squarified treemap, in plain numbers."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import groupby

_ROOM = (52.0, 35.0)  # width and height that name and figure of a tile ask for
_NEVER = 1_000_000  # pixels: no tile is so wide
TRIES = 20  # to lay blocks out until all are named
_MORE = 1.1  # by how much a block grows that cannot name every tile
MANY = 20  # tiles of a block: of more, only lines are tried in which they have about their shape
_MOST_WAYS = 24  # numbers of rows, or of columns, that are tried
_MOST_LAID = 2_000  # tiles laid out in all tries together; of more, the first try stands


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels; whole numbers once snapped."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x just behind the box."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The y just below the box."""
        return self.top + self.height

    def snapped(self, gap: int) -> "Box":
        """Return whole pixels without the ``gap`` at the right and at the foot; neighbours never overlap."""
        left, top = round(self.left), round(self.top)
        width = max(round(self.right) - left - gap, 0)
        return Box(left, top, width, max(round(self.bottom) - top - gap, 0))


@dataclass(frozen=True, slots=True)
class TileBlock:
    """A group of tiles: the whole, the strip of its name, and its tiles in the order of its members."""

    box: Box
    head: Box
    tiles: tuple[Box, ...]


class ArrowDirection(Enum):
    """Where an arrow key points: columns, rows."""

    LEFT = (-1, 0)
    RIGHT = (1, 0)
    UP = (0, -1)
    DOWN = (0, 1)


def squarify(weights: Sequence[float], area: Box) -> tuple[Box, ...]:
    """Divide ``area`` in proportion to ``weights`` (all > 0) into boxes as near to squares as possible.

    The answer has the order of the weights. Equal weights keep their order on the screen, so that a new value
    moves nothing.
    """
    order = sorted(range(len(weights)), key=lambda index: -weights[index])
    scale = area.width * area.height / sum(weights) if weights else 0.0
    placed: dict[int, Box] = {}
    rest, waiting = area, order
    while waiting:
        count = _row_length([weights[index] * scale for index in waiting], min(rest.width, rest.height))
        row, waiting = waiting[:count], waiting[count:]
        boxes, rest = _cut([weights[index] * scale for index in row], rest)
        placed.update(zip(row, boxes, strict=True))
    return tuple(placed[index] for index in range(len(weights)))


@dataclass(frozen=True, slots=True)
class NameWidths:
    """What the names of a block's tiles need: the least width of each in a tile of 1, 2 ... lines.

    A tile lower than a ``line`` but not than ``low`` has one all the same. ``tall`` are the heights of tiles
    that have a figure below a name of 1, 2 ... lines; ``head`` is the least width that names the block.
    """

    line: int
    low: int
    widths: tuple[tuple[int, ...], ...]
    tall: tuple[int, ...]
    head: int = 0

    def need(self, place: int, height: float) -> int:
        """Return the width that a tile of this height needs to be named."""
        lines = int((height + 1) // self.line) or int(height >= self.low)
        widths = self.widths[place]
        return widths[min(lines, len(widths)) - 1] if lines > 0 else _NEVER

    def of(self, places: Sequence[int]) -> "NameWidths":
        """Return the names of some tiles."""
        return replace(self, widths=tuple(self.widths[place] for place in places))

    def told(self, boxes: Sequence[Box]) -> tuple[int, int]:
        """Return how many of the tiles are named, and how many have a line left for their figure."""
        named = sum(box.width - 1 >= self.need(n, box.height - 1) for n, box in enumerate(boxes))
        figured = sum(box.height - 1 >= self.height(n, box.width - 1) for n, box in enumerate(boxes))
        return named, figured

    def height(self, place: int, width: float) -> int:
        """Return the height that a tile of this width needs to have a figure below its name."""
        ways = zip(self.widths[place], self.tall, strict=False)
        return next((high for least, high in ways if width >= least), _NEVER)

    def lacking(self, tiles: Sequence[Box]) -> int:
        """Return how many tiles, in whole pixels, cannot tell their name."""
        return sum(tile.width < self.need(n, tile.height) for n, tile in enumerate(tiles))


def grid(count: int, area: Box, names: NameWidths | None = None) -> tuple[Box, ...]:
    """Divide ``area`` into ``count`` boxes of one size, row after row or column after column.

    Lines may differ by one box and are then of different thickness. Of all ways the one is taken that leaves
    the fewest boxes without a name, then without a figure, and then the tightest box the most room for its
    words; in a row a long name has what it needs of the others' room, and where that is not enough, rows
    with long names have fewer.
    """
    rows, columns = (_numbers(count, area, upright=way) for way in (False, True))
    ways = [_lines(count, area, number, upright=False) for number in rows]
    ways += [_lines(count, area, number, upright=True) for number in columns]
    if names is not None:
        ways += [_spread(boxes, names) for boxes in ways[: len(rows)]]

    def worth(boxes: tuple[Box, ...]) -> tuple[int, int, float]:
        tightest = min(min(box.width / _ROOM[0], box.height / _ROOM[1]) for box in boxes)
        return (*((0, 0) if names is None else names.told(boxes)), tightest)

    best = max(ways, key=worth)
    if names is None or names.told(best) == (count, count):
        return best
    named, figured = (sum(n <= area.height // high for n in rows) for high in (names.low, names.tall[0]))
    more = []
    if names.told(best)[0] < count or min(box.height for box in best) <= names.line:
        more += [boxes for number in rows[:named] if (boxes := _flow(area, number, names))]
    spread = ways[len(rows) + len(columns) :]
    in_rows = [*ways[:figured], *spread[:figured], *more[:figured]]
    return max([best, *more, *(_level(boxes, names) for boxes in in_rows)], key=worth)


def _numbers(count: int, area: Box, *, upright: bool) -> range:
    """Return of how many rows, or columns, ``count`` boxes may be: of many only what is about their shape."""
    if count <= MANY:
        return range(1, count + 1)
    wide, high = area.width / _ROOM[0], area.height / _ROOM[1]
    across, along = (wide, high) if upright else (high, wide)
    even = math.sqrt(count * across / along) if across > 0 and along > 0 else 1.0
    fewest, most = (min(max(round(even * by), 1), count) for by in (0.5, 2.0))
    return range(fewest, most + 1, 1 + (most - fewest) // _MOST_WAYS)


def lay_out(
    counts: Sequence[int],
    area: Box,
    *,
    head: int,
    gap: int,
    names: Sequence[NameWidths] = (),
    tries: int = TRIES,
) -> tuple[TileBlock, ...]:
    """Lay a block for every group of ``counts`` members, its area by their number, with its tiles in it.

    ``head`` is the height of a block's name, ``gap`` the room between blocks; tiles are 1 px apart and of one
    size, unless ``names`` of a block need another. A block that cannot name all its tiles has more area.
    """
    weights = [float(count) for count in counts]
    return named_all(weights, names, lambda grown: _blocks(counts, grown, area, head, gap, names), tries)


def named_all(
    weights: Sequence[float],
    names: Sequence[NameWidths],
    lay: Callable[[Sequence[float]], tuple[TileBlock, ...]],
    tries: int,
) -> tuple[TileBlock, ...]:
    """Lay blocks out by weights, again with more for those that lack a name, and return the best try.

    Of hundreds of tiles there are fewer tries: the window waits for them.
    """
    best: tuple[TileBlock, ...] = ()
    least, before = _NEVER, best
    tiles = sum(len(named.widths) for named in names)
    for _ in range(max(1, min(tries, _MOST_LAID // max(tiles, 1)))):
        blocks = lay(weights)
        lacking = [
            named.lacking(block.tiles) + (block.head.width < named.head)
            for named, block in zip(names, blocks, strict=False)
        ]
        if sum(lacking) < least:
            best, least = blocks, sum(lacking)
        if not least or blocks == before:  # where all lack as much, none gains
            break
        before = blocks
        weights = [weight * _MORE if lack else weight for weight, lack in zip(weights, lacking, strict=True)]
    return best


def _blocks(
    counts: Sequence[int],
    weights: Sequence[float],
    area: Box,
    head: int,
    gap: int,
    names: Sequence[NameWidths],
) -> tuple[TileBlock, ...]:
    wide = Box(area.left, area.top, area.width + gap, area.height + gap)
    blocks = []
    wholes = squarify(weights, wide)
    for count, whole, named in zip(counts, wholes, names or (None,) * len(counts), strict=True):
        box = whole.snapped(gap)
        strip = min(head, box.height)
        inner = Box(box.left, box.top + strip, box.width + 1, box.height - strip + 1)
        tiles = tuple(tile.snapped(1) for tile in grid(count, inner, named))
        blocks.append(TileBlock(box, Box(box.left, box.top, box.width, strip), tiles))
    return tuple(blocks)


def neighbour(boxes: Sequence[Box], start: int, direction: ArrowDirection) -> int:
    """Return the box an arrow key leads to from the one at ``start``; that one itself at the edge."""
    across = direction in (ArrowDirection.LEFT, ArrowDirection.RIGHT)
    here_along, here_beside = _spans(boxes[start], across=across)
    best, least = start, float("inf")
    for index, box in enumerate(boxes):
        along, beside = _spans(box, across=across)
        ahead = _ahead(here_along, along, sum(direction.value))
        if index == start or ahead is None:
            continue
        cost = ahead + 3.0 * _apart(here_beside, beside) + 0.15 * abs(sum(beside) - sum(here_beside))
        if cost < least:
            best, least = index, cost
    return best


def _lines(count: int, area: Box, number: int, *, upright: bool) -> tuple[Box, ...]:
    """Share ``count`` boxes out over a number of rows, or of columns, the longer ones first."""
    less, more = divmod(count, number)
    long, thick = (area.height, area.width) if upright else (area.width, area.height)
    boxes, at = [], 0.0
    for size in [less + 1] * more + [less] * (number - more):
        step, depth = long / size, thick * size / count
        for place in range(size):
            along, beside = place * step, at
            if upright:
                boxes.append(Box(area.left + beside, area.top + along, depth, step))
            else:
                boxes.append(Box(area.left + along, area.top + beside, step, depth))
        at += depth
    return tuple(boxes)


def _spread(boxes: Sequence[Box], names: NameWidths) -> tuple[Box, ...]:
    """Give every box of each row the width that its name needs, where the row has it."""
    spread: list[Box] = []
    for _, row in groupby(enumerate(boxes), key=lambda placed: placed[1].top):
        placed = list(row)
        at, end = placed[0][1].left, placed[-1][1].right
        needs = [names.need(place, box.height - 1) + 2.0 for place, box in placed]
        for width, (_, box) in zip(_shares(needs, end - at), placed, strict=True):
            spread.append(Box(at, box.top, width, box.height))
            at += width
    return tuple(spread)


def _level(boxes: Sequence[Box], names: NameWidths) -> tuple[Box, ...]:
    """Give every row the height that its figures need, where there is as much; as they are where not."""
    rows = [list(row) for _, row in groupby(enumerate(boxes), key=lambda placed: placed[1].top)]
    needs = [max(names.height(place, box.width - 1) for place, box in row) + 1.0 for row in rows]
    top, end = boxes[0].top, boxes[-1].bottom
    levelled: list[Box] = []
    for height, row in zip(_shares(needs, end - top), rows, strict=True):
        levelled += [Box(box.left, top, box.width, height) for _, box in row]
        top += height
    return tuple(levelled)


def _flow(area: Box, rows: int, names: NameWidths) -> tuple[Box, ...]:
    """Fill at most so many rows one after another, as evenly as names allow; empty without room for all."""
    needs = [names.need(place, area.height / rows - 1) + 2.0 for place in range(len(names.widths))]
    low, high = max(needs), area.width
    if low > high or len(_filled(needs, high)) > rows:
        return ()
    while high - low > 1.0:  # the narrowest row that is enough
        middle = (low + high) / 2
        low, high = (low, middle) if len(_filled(needs, middle)) <= rows else (middle, high)
    filled = _filled(needs, high)
    depth, boxes = area.height / len(filled), []
    for number, row in enumerate(filled):
        at = area.left
        for width in _shares(row, area.width):
            boxes.append(Box(at, area.top + number * depth, width, depth))
            at += width
    return tuple(boxes)


def _filled(needs: Sequence[float], room: float) -> list[list[float]]:
    """Part needs, in their order, into rows of at most ``room``."""
    rows: list[list[float]] = [[]]
    taken = 0.0
    for need in needs:
        if rows[-1] and taken + need > room:
            rows.append([])
            taken = 0.0
        rows[-1].append(need)
        taken += need
    return rows


def _shares(needs: Sequence[float], length: float) -> list[float]:
    """Share a length out evenly, but to each no less than it needs; evenly where that is too much."""
    share, free, open_ = length / len(needs), length, sorted(needs)
    if sum(needs) > length:
        return [share] * len(needs)
    while open_ and open_[-1] > (share := free / len(open_)):
        free -= open_.pop()
    return [max(need, share) for need in needs]


def _row_length(areas: Sequence[float], side: float) -> int:
    """Return how many of ``areas`` make the row along ``side`` whose worst box is nearest to a square."""
    best, total = float("inf"), 0.0
    for count, area in enumerate(areas, 1):
        total += area
        thick = total / side if side else 0.0
        worst = max((_ratio(a, thick) for a in (areas[0], area)), default=float("inf"))
        if worst > best:
            return count - 1
        best = worst
    return len(areas)


def _ratio(area: float, thick: float) -> float:
    if area <= 0 or thick <= 0:
        return float("inf")
    length = area / thick
    return max(length / thick, thick / length)


def _cut(areas: Sequence[float], rest: Box) -> tuple[list[Box], Box]:
    """Lay one row along the shorter side of ``rest`` and return it with what is left."""
    upright = rest.width >= rest.height  # the row stands at the left
    side = rest.height if upright else rest.width
    total = sum(areas)
    thick = total / side if side else 0.0
    boxes, at = [], 0.0
    for area in areas:
        length = side * area / total if total else 0.0
        if upright:
            boxes.append(Box(rest.left, rest.top + at, thick, length))
        else:
            boxes.append(Box(rest.left + at, rest.top, length, thick))
        at += length
    if upright:
        return boxes, Box(rest.left + thick, rest.top, max(rest.width - thick, 0.0), rest.height)
    return boxes, Box(rest.left, rest.top + thick, rest.width, max(rest.height - thick, 0.0))


def _spans(box: Box, *, across: bool) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the ends of a box along a way and beside it."""
    wide, high = (box.left, box.right), (box.top, box.bottom)
    return (wide, high) if across else (high, wide)


def _ahead(here: tuple[float, float], there: tuple[float, float], step: int) -> float | None:
    """Return how far another span begins ahead, None where it does not lie ahead."""
    gap = there[0] - here[1] if step > 0 else here[0] - there[1]
    return gap if gap > -1.0 else None


def _apart(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Return how far two spans are apart, 0 where they overlap."""
    return max(there[0] - here[1], here[0] - there[1], 0.0)
