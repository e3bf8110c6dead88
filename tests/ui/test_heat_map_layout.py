import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackwatch.ui.maps import heat_map_layout
from stackwatch.ui.maps.heat_map_layout import (
    ArrowDirection,
    Box,
    NameWidths,
    grid,
    lay_out,
    neighbour,
    squarify,
)
from stackwatch.ui.maps.heat_map_weights import lay_out_by_weight

WEIGHTS = st.lists(st.floats(0.1, 100.0), min_size=1, max_size=40)
COUNTS = st.lists(st.integers(1, 14), min_size=1, max_size=16)
AREA = Box(8.0, 2.0, 700.0, 500.0)


def overlap(one: Box, two: Box) -> bool:
    return one.left < two.right and two.left < one.right and one.top < two.bottom and two.top < one.bottom


@given(WEIGHTS)
def test_that_areas_are_in_proportion_to_weights(weights: list[float]) -> None:
    boxes = squarify(weights, AREA)
    whole = AREA.width * AREA.height
    for weight, box in zip(weights, boxes, strict=True):
        assert abs(box.width * box.height - whole * weight / sum(weights)) < 1e-6 * whole


@given(WEIGHTS)
def test_that_boxes_stay_inside_and_fill_the_area(weights: list[float]) -> None:
    boxes = squarify(weights, AREA)
    assert all(box.left >= AREA.left - 1e-6 and box.right <= AREA.right + 1e-6 for box in boxes)
    assert all(box.top >= AREA.top - 1e-6 and box.bottom <= AREA.bottom + 1e-6 for box in boxes)


@given(COUNTS)
def test_that_no_tile_lies_on_another_and_every_tile_lies_in_its_block(counts: list[int]) -> None:
    blocks = lay_out(counts, AREA, head=19, gap=4)
    assert [len(block.tiles) for block in blocks] == counts
    tiles = [tile for block in blocks for tile in block.tiles if tile.width and tile.height]
    assert not any(overlap(a, b) for i, a in enumerate(tiles) for b in tiles[i + 1 :])
    for block in blocks:
        assert all(tile.top >= block.head.bottom - 1 for tile in block.tiles)
        assert all(tile.right <= block.box.right and tile.bottom <= block.box.bottom for tile in block.tiles)


ROOTS = st.just(0.0) | st.floats(1e-3, 3e6)  # of market values
GROUPS = st.lists(st.lists(ROOTS, min_size=1, max_size=14), min_size=1, max_size=12)


@given(GROUPS)
def test_that_tiles_by_weight_lie_in_their_blocks_and_none_is_lost(groups: list[list[float]]) -> None:
    blocks = lay_out_by_weight(groups, AREA, head=19, gap=4, least=400.0)
    assert [len(block.tiles) for block in blocks] == [len(group) for group in groups]
    tiles = [tile for block in blocks for tile in block.tiles if tile.width and tile.height]
    assert not any(overlap(a, b) for i, a in enumerate(tiles) for b in tiles[i + 1 :])
    for block in blocks:
        assert all(tile.right <= block.box.right and tile.bottom <= block.box.bottom for tile in block.tiles)


@pytest.mark.parametrize(
    "weights",
    [[9.0, 8.0, 4.0, 3.0, 2.4, 2.0, 1.6, 1.4, 0.6], [10.0, 2.4, 1.6, 1.0, 1.0], [9.0, 3.0, 0.0]],
    ids=str,
)
def test_that_every_tile_by_weight_is_named_where_the_block_has_room(weights: list[float]) -> None:
    names = NameWidths(16, 12, ((36, 36),) * len(weights), (28,))
    area = Box(0.0, 0.0, 216.0, 260.0)
    (block,) = lay_out_by_weight([weights], area, head=19, gap=0, least=400.0, names=[names])
    assert names.lacking(block.tiles) == 0
    areas = [tile.width * tile.height for tile in block.tiles]
    assert max(areas) == areas[0]


def test_that_a_block_by_weight_has_more_area_where_it_lacks_a_name() -> None:
    groups = [[4.0, 4.0, 4.0, 4.0], [1.0, 1.0]]
    long = NameWidths(16, 12, ((90, 90), (90, 90)), (28,), head=95)
    names = [NameWidths(16, 12, ((36, 36),) * 4, (28,)), long]
    area = Box(0.0, 0.0, 300.0, 120.0)
    one, small = lay_out_by_weight(groups, area, head=19, gap=4, least=100.0, names=names, tries=1)
    assert long.lacking(small.tiles) > 0
    assert small.head.width < long.head
    large, grown = lay_out_by_weight(groups, area, head=19, gap=4, least=100.0, names=names)
    assert (names[0].lacking(large.tiles), long.lacking(grown.tiles)) == (0, 0)
    assert grown.head.width >= long.head
    assert large.box.width < one.box.width


@given(st.lists(ROOTS, min_size=2, max_size=100))
def test_that_the_smallest_tile_has_its_room_and_larger_weights_no_less(weights: list[float]) -> None:
    (block,) = lay_out_by_weight([weights], Box(0.0, 0.0, 800.0, 619.0), head=19, gap=0, least=900.0)
    areas = [(tile.width + 1) * (tile.height + 1) for tile in block.tiles]
    assert min(areas) >= 0.75 * 900.0
    pairs = sorted(zip(weights, areas, strict=True))
    assert pairs[-1][1] >= 0.75 * max(areas)


@given(COUNTS)
def test_that_places_are_whole_pixels_and_the_same_every_time(counts: list[int]) -> None:
    blocks = lay_out(counts, AREA, head=19, gap=4)
    assert blocks == lay_out(counts, AREA, head=19, gap=4)
    assert all(
        float(value).is_integer()
        for block in blocks
        for tile in block.tiles
        for value in (tile.left, tile.top, tile.width, tile.height)
    )


def test_that_the_heaviest_comes_first_and_ties_go_by_order() -> None:
    boxes = squarify([1.0, 4.0, 4.0, 1.0], Box(0, 0, 400, 300))
    assert (boxes[1].left, boxes[1].top) == (0.0, 0.0)
    assert boxes[1].left < boxes[2].left
    assert (boxes[0].left, boxes[0].top) < (boxes[3].left, boxes[3].top)


@given(st.integers(1, 60), st.floats(20.0, 900.0), st.floats(20.0, 700.0))
def test_that_a_grid_has_boxes_of_one_size_line_after_line(count: int, width: float, height: float) -> None:
    boxes = grid(count, Box(3.0, 5.0, width, height))
    assert len(boxes) == count
    assert all(abs(box.width * box.height - width * height / count) < 1e-6 * width * height for box in boxes)
    by_row = [(round(box.top, 6), box.left) for box in boxes]
    by_column = [(round(box.left, 6), box.top) for box in boxes]
    assert by_row == sorted(by_row) or by_column == sorted(by_column)
    assert abs(boxes[-1].bottom - 5.0 - height) < 1e-6 * height


def test_that_tiles_of_one_block_have_one_size() -> None:
    (block,) = lay_out([12], Box(0, 0, 400, 319), head=19, gap=4)
    areas = [tile.width * tile.height for tile in block.tiles]
    assert max(areas) / min(areas) < 1.1


def test_that_every_name_of_a_block_has_its_room_and_figures_before_size() -> None:
    needs = ((30, 30, 30), (30, 30, 30), (110, 85, 85), (95, 70, 70), *((40, 40, 40),) * 7)
    names = NameWidths(16, 13, needs, (28, 36))
    area = Box(0, 0, 161, 191)
    plain, named = grid(11, area), grid(11, area, names)
    assert names.told(plain)[0] < 11
    assert names.told(named)[0] == 11
    assert names.told(named)[1] >= 8  # the longest are named alone, and one row is low
    assert sum(box.width * box.height for box in named) == pytest.approx(161 * 191)


def test_that_every_name_has_its_tile_also_with_the_largest_text_in_a_small_window() -> None:
    counts = [4, 13, 5, 9, 6, 7, 9, 8, 9, 5, 2, 11, 4, 7, 4]  # the list that ships, at 16 px in 1280x720
    usual, long = (60, 60, 60), (110, 86, 86)
    names = [
        NameWidths(21, 17, (long,) * (count // 4) + (usual,) * (count - count // 4), (38, 48))
        for count in counts
    ]
    area = Box(11, 2, 719, 387)
    blocks = lay_out(counts, area, head=25, gap=4, names=names)
    assert [named.lacking(block.tiles) for named, block in zip(names, blocks, strict=True)] == [0] * 15
    plain = lay_out(counts, area, head=25, gap=4)
    assert sum(named.lacking(block.tiles) for named, block in zip(names, plain, strict=True)) > 10


def test_that_hundreds_of_tiles_of_one_block_are_named_after_few_tries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[int] = []
    lines = heat_map_layout._lines

    def counted(count: int, area: Box, number: int, *, upright: bool) -> tuple[Box, ...]:
        tried.append(number)
        return lines(count, area, number, upright=upright)

    monkeypatch.setattr(heat_map_layout, "_lines", counted)
    weights = [float(place % 7) ** 3 for place in range(300)]  # 42 of them have none
    names = NameWidths(14, 12, ((30, 24), (44, 32), (38, 26)) * 100, (28, 39))
    area = Box(4.0, 2.0, 880.0, 600.0)
    equal = lay_out([300], area, head=19, gap=4, names=[names])
    sized = lay_out_by_weight([weights], area, head=19, gap=4, least=660.0, names=[names])
    assert [names.lacking(block.tiles) for block in (*equal, *sized)] == [0, 0]
    assert len(tried) < 2000  # each makes 300 boxes


def test_that_a_list_of_a_thousand_names_is_laid_out_without_trying_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    laid: list[int] = []
    lines = heat_map_layout._lines

    def counted(count: int, area: Box, number: int, *, upright: bool) -> tuple[Box, ...]:
        laid.append(count)
        return lines(count, area, number, upright=upright)

    monkeypatch.setattr(heat_map_layout, "_lines", counted)
    counts = [800, *[35] * 20, *[8] * 11]
    names = [
        NameWidths(14, 12, tuple((28 + 5 * n % 17,) for n in range(count)), (28, 39), head=60)
        for count in counts
    ]
    area = Box(4.0, 2.0, 1500.0, 900.0)
    blocks = lay_out(counts, area, head=19, gap=4, names=names)
    assert [len(block.tiles) for block in blocks] == counts
    assert sum(laid) < 100 * sum(counts)
    weights = [[float(place % 7) ** 3 for place in range(count)] for count in counts]
    laid.clear()
    blocks = lay_out_by_weight(weights, area, head=19, gap=4, least=1560.0, names=names)
    assert [len(block.tiles) for block in blocks] == counts
    assert sum(laid) < 100 * sum(counts)


@pytest.mark.parametrize("area", [Box(0, 0, 3, 900), Box(0, 0, 900, 3), Box(0, 0, 0, 50), Box(0, 0, 50, 0)])
def test_that_hundreds_of_tiles_are_all_there_in_a_place_of_any_shape(area: Box) -> None:
    names = NameWidths(14, 12, ((30, 24),) * 300, (28, 39))
    for known in (None, names):
        assert len(grid(300, area, known)) == 300


def test_that_a_row_is_as_high_as_its_figures_need_where_others_have_it_to_spare() -> None:
    short, long = (40, 40, 40), (110, 76, 76)  # the long one needs two lines beside another in a row
    names = NameWidths(16, 13, (short,) * 5 + (long,), (28, 36))
    boxes = grid(6, Box(0, 0, 162, 100), names)
    assert names.told(boxes) == (6, 6)
    heights = [box.height for box in boxes]
    assert heights[-1] >= 36
    assert sum(box.width * box.height for box in boxes) == pytest.approx(162 * 100)


def test_that_nothing_to_show_is_no_box() -> None:
    assert squarify([], AREA) == ()
    assert lay_out([], AREA, head=19, gap=4) == ()


def test_that_no_room_gives_empty_boxes_and_no_fault() -> None:
    assert len(squarify([1.0, 2.0], Box(0, 0, 0, 0))) == 2
    assert len(lay_out([3, 2], Box(0, 0, 1, 1), head=19, gap=4)) == 2


def test_that_an_arrow_leads_to_the_neighbour_and_stays_at_the_edge() -> None:
    grid = [Box(x * 10, y * 10, 9, 9) for y in range(3) for x in range(3)]
    assert neighbour(grid, 4, ArrowDirection.LEFT) == 3
    assert neighbour(grid, 4, ArrowDirection.RIGHT) == 5
    assert neighbour(grid, 4, ArrowDirection.UP) == 1
    assert neighbour(grid, 4, ArrowDirection.DOWN) == 7
    assert neighbour(grid, 0, ArrowDirection.LEFT) == 0
    assert neighbour(grid, 8, ArrowDirection.DOWN) == 8


@pytest.mark.parametrize(
    "counts",
    [
        [4, 13, 5, 9, 6, 7, 9, 8, 9, 5, 2, 11, 4, 7, 4],  # the list that ships
        [2, 13, 1, 12, 4, 2, 6, 8, 1, 1, 10, 8, 14, 14],
        [1],
        [150],  # more than a list has in one layer
    ],
)
def test_that_the_arrows_reach_every_tile(counts: list[int]) -> None:
    blocks = lay_out(counts, AREA, head=19, gap=4)
    tiles = [tile for block in blocks for tile in block.tiles]
    seen, waiting = {0}, [0]
    while waiting:
        here = waiting.pop()
        for direction in ArrowDirection:
            there = neighbour(tiles, here, direction)
            if there not in seen:
                seen.add(there)
                waiting.append(there)
    assert len(seen) == len(tiles)
