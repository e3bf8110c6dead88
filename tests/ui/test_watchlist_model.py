import html
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from tests.ui import scene

from stackwatch.domain.currency import FxRate
from stackwatch.domain.events import (
    ArmedChanged,
    QuotesChanged,
    RatesChanged,
    RollupsChanged,
)
from stackwatch.domain.fault_events import SymbolsRefused, UnknownSymbols
from stackwatch.domain.lists import list_editing as editing
from stackwatch.domain.move import EarlyMove, Rollup
from stackwatch.domain.quote import Quote, QuoteState, Refusal, Session, VolumeSoFar
from stackwatch.domain.watchlist import BilingualName, Language, OwnEntity, Watchlist
from stackwatch.ui.frame.translation import Translations
from stackwatch.ui.kit.theme import Role
from stackwatch.ui.kit.tips import as_tip
from stackwatch.ui.watchlist.watchlist_cells import (
    NO_RANGE,
    AnyCell,
    Bell,
    BellCell,
    Cell,
    Column,
    Ink,
    Mark,
    RangeCell,
    SarCell,
    change_cell,
    day_cell,
    points_cell,
    quote_cells,
    shown_change,
)
from stackwatch.ui.watchlist.watchlist_model import WatchlistModel
from stackwatch.ui.watchlist.watchlist_sort import EVERY, Sort
from stackwatch.ui.watchlist.watchlist_tips import average_tip


@pytest.fixture
def model(qapp: object) -> WatchlistModel:
    assert qapp is not None
    return WatchlistModel(scene.ecosystem(), scene.watchlist())


def _cells(model: WatchlistModel, entity_id: str) -> list[AnyCell]:
    return model.cells(model.node(model.index_of(entity_id)))


def _text(model: WatchlistModel, entity_id: str, column: Column) -> str:
    return str(model.index_of(entity_id).siblingAtColumn(column).data())


def _tip(model: WatchlistModel, entity_id: str) -> str:
    shown = str(model.index_of(entity_id).data(Qt.ItemDataRole.ToolTipRole))
    return html.unescape(re.sub(r"^<p[^>]*>|</p>$", "", shown).replace("<br>", "\n"))


def _fill(model: WatchlistModel) -> None:
    for event in scene.events():
        model.apply(event)


def test_that_qt_finds_no_fault_in_the_model(model: WatchlistModel, translations: Translations) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    _fill(model)
    model.apply(QuotesChanged((scene.quote("AMD", 154.73),)))
    translations.use(Language.KOREAN)
    scene.speak(model, Language.KOREAN)
    assert tester.model() is model


def test_that_qt_finds_no_fault_when_rows_are_sorted_moved_hidden_and_empty(model: WatchlistModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    _fill(model)
    kept = QPersistentModelIndex(model.index_of("NVDA"))
    model.sorts.set(EVERY, Sort(Column.CHANGE, descending=True))
    assert model.resort()
    assert not model.resort()
    assert model.node(kept).id == "NVDA"
    assert kept.row() == model.node(kept).position
    moved = editing.move(scene.watchlist(), ("NVDA",), "cloud", 0)
    model.set_watchlist(editing.hide_layer(moved, "memory", hidden=True))
    assert _text(model, "NVDA", Column.LAST) == "167.03"
    assert not model.index_of("memory").isValid()
    model.set_watchlist(replace(moved, layers=(), private=()))
    assert model.rowCount() == 0
    model.set_watchlist(editing.add_layer(replace(moved, layers=(), private=()), "Empty")[0])
    assert tester.model() is model


def test_that_a_layer_shown_again_has_its_newest_figures_at_once(model: WatchlistModel) -> None:
    hidden = editing.hide_layer(scene.watchlist(), "gpus", hidden=True)
    model.set_watchlist(hidden)
    _fill(model)  # what comes while it is hidden is not lost
    model.set_watchlist(editing.show_all(hidden))
    assert _text(model, "NVDA", Column.LAST) == "167.03"
    assert _text(model, "gpus", Column.CHANGE) == "\u22121.86\u202f%"
    model.set_watchlist(editing.remove(scene.watchlist(), {"NVDA"}))
    model.set_watchlist(scene.watchlist())  # taken out, and given back
    assert _text(model, "NVDA", Column.CHANGE) == "\u22122.54\u202f%"


def test_that_private_names_come_first_then_layers_in_the_users_order(model: WatchlistModel) -> None:
    heads = [model.index(row, Column.SYMBOL).data() for row in range(model.rowCount())]
    assert heads[:3] == ["Private & projects", "Cloud", "GPUs & accelerators"]
    group = model.index(0, 0)
    assert [model.index(row, 1, group).data() for row in range(4)] == [
        "OpenAI",
        "Stargate",
        "Anthropic",
        "Upstage",
    ]
    assert model.index(0, 0, model.index(0, 0, group)).isValid() is False


def test_that_a_row_shows_price_move_and_stories(model: WatchlistModel) -> None:
    _fill(model)
    columns = (Column.LAST, Column.CHANGE, Column.ABNORMAL, Column.SAR)
    assert [_text(model, "NVDA", column) for column in columns] == [
        "167.03", "\u22122.54\u202f%", "\u22121.74\u202f%", "\u22120.8",
    ]  # fmt: skip
    assert _text(model, "NVDA", Column.NEWS) == "14"


def test_that_colour_and_weight_come_only_from_two_standard_errors(model: WatchlistModel) -> None:
    _fill(model)
    usual, unusual = _cells(model, "ARM"), _cells(model, "LRCX")
    assert isinstance(usual[Column.SAR], SarCell)
    assert isinstance(unusual[Column.SAR], SarCell)
    assert (usual[Column.SAR].ink, usual[Column.SAR].role) == (Ink.T2, Role.BODY)
    assert (unusual[Column.SAR].ink, unusual[Column.SAR].role) == (Ink.DOWN, Role.STRONG)


def test_that_an_average_of_prices_that_are_not_current_has_no_colour_and_no_sar(
    model: WatchlistModel,
) -> None:
    (told,) = (rollup for rollup in scene.rollups().rollups if rollup.id == "equipment")
    for stale, ink in ((False, Ink.DOWN), (True, Ink.T2)):
        model.apply(RollupsChanged((replace(told, sar=-2.3, stale=stale),)))
        cells = _cells(model, "equipment")
        change, sar = cells[Column.CHANGE], cells[Column.SAR]
        assert isinstance(change, Cell)
        assert isinstance(sar, SarCell)
        assert (change.ink, bool(change.arrow)) == (ink, not stale)
        assert (sar.hatched, sar.value is None) == (stale, stale)


def test_that_an_average_before_the_open_is_of_this_morning_and_of_nothing_else(
    model: WatchlistModel,
) -> None:
    (told,) = (rollup for rollup in scene.rollups().rollups if rollup.id == "equipment")
    model.apply(RollupsChanged((replace(told, sar=-2.3, early=EarlyMove(0.42, 5, 1, 6)),)))
    cells = _cells(model, "equipment")
    change = cells[Column.CHANGE]
    assert isinstance(change, Cell)
    assert (change.text, change.hollow) == ("+0.42\u202f%", True)
    assert [_text(model, "equipment", column) for column in (Column.LAST, Column.ABNORMAL)] == [
        "5 of 6 up",
        "\u2013",
    ]
    assert isinstance(cells[Column.SAR], SarCell)
    assert cells[Column.SAR].value is None
    tip = str(model.data(model.index_of("equipment"), Qt.ItemDataRole.ToolTipRole))
    assert "Before the open, since the last close: 5 up, 1 down" in tip
    assert "usual range" not in tip


def test_that_a_name_that_ships_is_kept_though_it_is_the_symbol_in_one_language(
    model: WatchlistModel,
) -> None:
    model.apply(QuotesChanged((replace(scene.quote("AMD", 154.72, -1.4), name="ADVANCED MICRO DEVICES"),)))
    scene.speak(model, Language.KOREAN)
    assert _text(model, "AMD", Column.NAME) == "AMD"


def test_that_the_heads_of_the_figures_that_only_this_list_has_say_what_they_are(
    model: WatchlistModel,
) -> None:
    def tip(column: Column) -> str:
        return str(model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole))

    assert "usual relation to the market" in tip(Column.ABNORMAL)
    assert "at 2 or more" in tip(Column.SAR)
    assert tip(Column.DAYS) == as_tip("Last 20 days")


def test_that_a_layer_shows_its_breadth_and_a_private_name_its_kind(model: WatchlistModel) -> None:
    _fill(model)
    assert _text(model, "cloud", Column.LAST) == "6 of 11 down"
    assert _text(model, "power", Column.LAST) == "4 of 7 up"
    assert _text(model, "openai", Column.NAME) == "company, 7 names"
    assert _text(model, "upstage", Column.NAME) == "company, no names"
    assert _text(model, "upstage", Column.CHANGE) == "\u2013"
    cloud = model.nodes_of("cloud")[0].rollup
    assert cloud is not None
    model.apply(RollupsChanged((replace(cloud, up=0, down=0),)))
    assert _text(model, "cloud", Column.LAST) == "11 unchanged"


@pytest.mark.parametrize(
    ("up", "down", "average", "words"),
    [
        (1, 1, 0.7, "1 of 2 up"),
        (1, 1, -0.7, "1 of 2 down"),
        (2, 1, -0.7, "2 of 3 up"),
        (3, 0, 1.2, "3 of 3 up"),
        (0, 0, 0.0, "2 unchanged"),
    ],
)
def test_that_a_breadth_counts_names_with_a_price_and_goes_with_the_average_where_as_many_rose_as_fell(
    model: WatchlistModel, up: int, down: int, average: float, words: str
) -> None:
    _fill(model)
    cloud = model.nodes_of("cloud")[0].rollup
    assert cloud is not None
    told = replace(cloud, up=up, down=down, move_pct=average, counted=max(up + down, 2))
    model.apply(RollupsChanged((told,)))
    assert _text(model, "cloud", Column.LAST) == words


def test_that_a_row_whose_average_is_the_move_of_one_name_says_so(model: WatchlistModel) -> None:
    """In the morning of New York SoftBank has closed: its move stood beside "7 of 11 up"."""
    _fill(model)
    cloud, openai = model.nodes_of("cloud")[0].rollup, model.nodes_of("openai")[0].rollup
    assert cloud is not None
    assert openai is not None
    one = (replace(cloud, averaged=1, up=7, down=4), replace(openai, averaged=1, total=7, counted=7))
    model.apply(RollupsChanged(one))
    assert _text(model, "cloud", Column.LAST) == "1 of 11 names"
    assert _text(model, "openai", Column.NAME) == "1 of 7 names"
    model.apply(RollupsChanged((replace(cloud, averaged=2, up=7, down=4),)))
    assert _text(model, "cloud", Column.LAST) == "7 of 11 up"


def test_that_the_time_of_a_price_names_its_day_from_midnight_on_also_without_a_new_price(
    model: WatchlistModel,
) -> None:
    model.show_columns(frozenset({Column.AS_OF}))
    _fill(model)
    assert _text(model, "NVDA", Column.AS_OF) == "16:00"
    for hours, words in ((7, "16:00"), (9, "Tue 16:00")):  # before and after midnight in New York
        model.apply(replace(scene.clock(), now=scene.NOW + timedelta(hours=hours)))
        assert _text(model, "NVDA", Column.AS_OF) == words


def test_that_only_changed_cells_are_announced(model: WatchlistModel, qtbot: QtBot) -> None:
    _fill(model)
    seen: list[list[tuple[str, int, int]]] = []
    model.rewritten.connect(lambda cells: seen.append([(node.id, a, b) for node, a, b in cells]))
    model.apply(QuotesChanged((scene.quote("AMD", 154.73, -1.452),)))
    assert seen == [[("AMD", Column.LAST, Column.LAST), ("AMD", Column.YEAR, Column.YEAR)]]
    qtbot.waitUntil(lambda: not model.nodes_of("AMD")[0].flash)
    assert seen[1:] == [[("AMD", min(Column), max(Column))]]  # the ground of its flash goes


def test_that_a_price_that_changed_flashes_and_the_first_price_does_not(model: WatchlistModel) -> None:
    (row,) = model.nodes_of("AMD")
    model.apply(QuotesChanged((scene.quote("AMD", 154.73),)))
    assert not row.flash
    model.apply(QuotesChanged((scene.quote("AMD", 154.74),)))
    assert row.flash


def test_that_rows_off_screen_are_written_when_asked_for(model: WatchlistModel) -> None:
    _fill(model)
    model.shown = frozenset
    seen: list[object] = []
    model.rewritten.connect(seen.append)
    model.apply(QuotesChanged((scene.quote("AMD", 160.0),)))
    assert seen == []
    assert _text(model, "AMD", Column.LAST) == "160.00"


def test_that_the_bell_is_hollow_when_armed_and_solid_when_fired(model: WatchlistModel) -> None:
    model.apply(ArmedChanged(frozenset({"NVDA", "KLAC"}), frozenset({"KLAC"})))
    symbols = ("NVDA", "KLAC", "AMD")
    nodes = [model.node(model.index_of(symbol)) for symbol in symbols]
    assert [node.bell for node in nodes] == [Bell.ARMED, Bell.FIRED, Bell.NONE]
    bells = [_cells(model, symbol)[Column.BELL] for symbol in symbols]
    assert bells == [BellCell("alert armed"), BellCell("alert fired"), BellCell()]
    model.apply(ArmedChanged(frozenset(), frozenset({"KLAC"}), silent=frozenset({"KLAC"})))
    assert _cells(model, "KLAC")[Column.BELL] == BellCell("popups snoozed")


def _parts(quote: Quote | None) -> tuple[Cell, Cell, SarCell]:
    last, change, _abnormal, sar, _place = quote_cells(quote, scene.move("NVDA", -2.5, -1.7, -0.8), None)
    assert isinstance(last, Cell)
    assert isinstance(change, Cell)
    assert isinstance(sar, SarCell)
    return last, change, sar


@pytest.mark.parametrize(
    ("state", "mark"),
    [(QuoteState.STALE, Mark.STALE), (QuoteState.HALTED, Mark.HALTED), (QuoteState.WITHHELD, Mark.WITHHELD)],
)
def test_that_a_price_not_to_be_trusted_has_no_colour_and_no_sar(state: QuoteState, mark: Mark) -> None:
    last, change, sar = _parts(scene.quote(state=state))
    assert (last.mark, last.ink) == (mark, Ink.T2)
    assert change.ink in (Ink.T2, Ink.T3)
    assert change.arrow == 0
    assert (sar.value, sar.hatched) == (None, True)


def test_that_an_unconfirmed_split_withholds_the_change() -> None:
    assert _parts(scene.quote(state=QuoteState.WITHHELD))[1].text == "withheld"


def test_that_a_delayed_price_says_by_how_many_minutes() -> None:
    last, change, _ = _parts(scene.quote(state=QuoteState.DELAYED, delay_minutes=15))
    assert last.box == "15"
    assert change.arrow == -1


def test_that_a_price_before_the_open_is_set_against_the_last_close_and_not_judged() -> None:
    early = scene.quote(price=167.03, session=Session.PRE, extended_price=166.40, extended_as_of=scene.NOW)
    last, change, sar = _parts(early)
    assert (last.text, last.mark) == ("166.40", Mark.EXTENDED)
    assert (change.text, change.hollow) == ("\u22120.38\u202f%", True)
    assert sar.value is None


def test_that_after_the_close_the_days_move_stays_judged_beside_what_is_paid_since() -> None:
    late = scene.quote(price=167.03, extended_price=166.40, extended_as_of=scene.NOW)
    last, change, sar = _parts(late)
    assert (last.text, last.mark) == ("166.40", Mark.EXTENDED)
    assert (change.text, change.hollow) == ("\u22120.38\u202f%", True)
    assert sar.value is not None


def test_that_a_price_outside_hours_that_is_the_close_has_no_change() -> None:
    still = scene.quote(price=167.03, session=Session.PRE, extended_price=167.03, extended_as_of=scene.NOW)
    assert _parts(still)[1].text.startswith("0.00")
    assert (points_cell(still).text, shown_change(still)) == ("0.00", 0.0)


def test_that_nothing_known_is_a_dash_and_never_zero() -> None:
    for quote in (None, scene.quote(state=QuoteState.UNKNOWN)):
        last, change, sar = _parts(quote)
        assert (last.text, change.text, sar.text) == ("\u2013", "\u2013", "\u2013")


def test_that_a_change_that_rounds_to_zero_has_neither_sign_nor_triangle() -> None:
    assert (change_cell(0.004).text, change_cell(0.004).arrow) == ("0.00\u202f%", 0)
    assert (change_cell(-0.004).text, change_cell(-0.004).arrow) == ("0.00\u202f%", 0)


def test_that_a_day_of_one_price_has_no_range() -> None:
    assert day_cell(scene.quote(day_low=160.0, day_high=170.0)) != NO_RANGE
    assert day_cell(scene.quote(day_low=167.03, day_high=167.03)) == NO_RANGE


def test_that_an_undocumented_level_has_no_place_in_the_year() -> None:
    known = scene.quote(year_low=100.0, year_high=200.0)
    assert quote_cells(known, None, None)[4] != RangeCell()
    cells = quote_cells(replace(known, index_level=True), None, None)
    assert cells[4] == NO_RANGE
    assert (cells[0].mark, cells[0].ink) == (Mark.INDEX, Ink.T2)


def test_that_tips_name_source_time_in_the_exchanges_zone_and_state(model: WatchlistModel) -> None:
    _fill(model)
    assert "167.03 at 16:00 ET, from Yahoo" in _tip(model, "NVDA")
    assert "SAR \u22120.81 over 120 days" in _tip(model, "NVDA")
    stale = scene.quote("NVDA", as_of=datetime(2025, 7, 22, 19, 41, tzinfo=UTC), state=QuoteState.STALE)
    model.apply(QuotesChanged((stale,)))
    assert "No new price since 15:41 ET; rules wait" in _tip(model, "NVDA")
    assert "No SAR: the price is not current" in _tip(model, "NVDA")


def test_that_tips_say_what_a_company_does_before_its_figures(qapp: object) -> None:
    assert qapp is not None
    known = scene.ecosystem()
    nvidia = replace(known.instruments["NVDA"], business=BilingualName("GPUs for AI", "AI용 GPU"))
    openai = replace(known.private["openai"], business=BilingualName("ChatGPT", "챗GPT"))
    told = replace(
        known,
        instruments={**known.instruments, "NVDA": nvidia},
        private={**known.private, "openai": openai},
    )
    model = WatchlistModel(told, scene.watchlist())
    _fill(model)
    assert _tip(model, "NVDA").splitlines()[1] == "GPUs for AI"
    assert _tip(model, "openai").splitlines()[:2] == ["OpenAI", "ChatGPT"]


def test_that_the_tip_of_a_private_name_of_ones_own_ends_with_the_day_it_was_added(qapp: object) -> None:
    assert qapp is not None
    known = scene.ecosystem()
    openai = OwnEntity(entity=replace(known.private["openai"], as_of="2026-03-02"))
    model = WatchlistModel(replace(known, own={"openai": openai}), scene.watchlist())
    _fill(model)
    assert _tip(model, "openai").splitlines()[-1] == "Your own, added 2026-03-02"
    assert not any("Your own" in _tip(model, other) for other in ("anthropic", "NVDA", "gpus"))


def test_that_tips_say_why_there_is_no_sar_and_that_a_level_is_not_documented(model: WatchlistModel) -> None:
    short = scene.move("AMD", 1.0, None, None, reason="43 of 60 days")
    model.apply(QuotesChanged((scene.quote("AMD", 101.0, 1.0, index_level=True),), (short,)))
    assert "No SAR: 43 of 60 days" in _tip(model, "AMD")
    assert "Level not documented: 100 = close before the replay" in _tip(model, "AMD")


def test_that_a_name_with_markup_is_shown_letter_by_letter() -> None:
    assert as_tip("") == ""
    assert as_tip("<b>Evil & Co</b>\nx").endswith(">&lt;b&gt;Evil &amp; Co&lt;/b&gt;<br>x</p>")


def test_that_the_lines_of_a_tip_stay_whole_unless_one_is_long() -> None:
    assert "white-space:pre" in as_tip("beta 1.72: how strongly it usually moves with its market\nalpha")
    assert "white-space" not in as_tip("a sentence of many words that nobody would read in one line " * 2)


def test_that_a_symbol_in_two_layers_is_kept_current_in_both(qapp: object) -> None:
    assert qapp is not None
    watched = scene.watchlist()
    twice = replace(watched.layers[0], id="again", symbols=("NVDA",))
    model = WatchlistModel(scene.ecosystem(), replace(watched, layers=(*watched.layers, twice)))
    model.apply(scene.quotes())
    last = model.index(model.rowCount() - 1, 0)
    assert model.index(0, Column.LAST, last).data() == "167.03"
    assert _text(model, "NVDA", Column.LAST) == "167.03"


def test_that_the_list_can_be_read_out(model: WatchlistModel) -> None:
    _fill(model)
    index = model.index_of("NVDA").siblingAtColumn(Column.CHANGE)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Change \u22122.54\u202f%"
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) is None
    row = index.siblingAtColumn(Column.BELL)
    assert row.data(Qt.ItemDataRole.AccessibleTextRole).startswith("NVIDIA (NVDA), 167.03 USD, Change")
    assert "from Yahoo" in row.data(Qt.ItemDataRole.AccessibleDescriptionRole)


def test_that_language_can_change_while_running(model: WatchlistModel, translations: Translations) -> None:
    _fill(model)
    translations.use(Language.KOREAN)
    scene.speak(model, Language.KOREAN)
    assert _text(model, "NVDA", Column.NAME) == "엔비디아"
    assert _text(model, "cloud", Column.LAST) == "11종목 중 6종목 하락"
    assert model.headerData(Column.LAST, Qt.Orientation.Horizontal) == "현재가"


def _with_private_in_cloud() -> Watchlist:
    watched = scene.watchlist()
    cloud = replace(watched.layers[0], private=("anthropic", "upstage"))
    return replace(watched, private=("openai", "stargate"), layers=(cloud, *watched.layers[1:]))


def test_that_private_names_of_a_layer_come_before_its_shares(qapp: object) -> None:
    assert qapp is not None
    model = WatchlistModel(scene.ecosystem(), _with_private_in_cloud())
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    _fill(model)
    first, cloud = model.index(0, 0), model.index(1, 0)
    assert [model.index(row, 1, first).data() for row in range(model.rowCount(first))] == [
        "OpenAI",
        "Stargate",
    ]
    assert [model.index(row, 1, cloud).data() for row in range(3)] == ["Anthropic", "Upstage", "ORCL"]
    assert _text(model, "anthropic", Column.NAME) == "company, 2 names"
    assert _text(model, "anthropic", Column.NEWS) == "4"
    assert tester.model() is model


def test_that_a_list_without_private_names_on_top_has_no_head_for_them(qapp: object) -> None:
    assert qapp is not None
    model = WatchlistModel(scene.ecosystem(), replace(_with_private_in_cloud(), private=()))
    assert model.index(0, Column.SYMBOL).data() == "Cloud"


def test_that_a_small_step_leaves_the_mark_in_the_years_range_where_it_is(model: WatchlistModel) -> None:
    year = {"year_low": 100.0, "year_high": 200.0}
    model.apply(QuotesChanged((scene.quote("AMD", 154.70, -1.452, **year),)))
    before = _cells(model, "AMD")[Column.YEAR]
    model.apply(QuotesChanged((scene.quote("AMD", 154.75, -1.452, **year),)))
    assert _cells(model, "AMD")[Column.YEAR] == before
    model.apply(QuotesChanged((scene.quote("AMD", 164.75, -1.452, **year),)))
    assert _cells(model, "AMD")[Column.YEAR] != before


def test_that_tips_tell_why_a_price_is_not_judged(model: WatchlistModel) -> None:
    model.apply(scene.clock())
    for changes, words in (
        ({"state": QuoteState.HALTED}, "Trading halted, last price 16:00 ET; rules wait"),
        (
            {"state": QuoteState.HALTED, "no_trades": True},
            "No trades since 16:00 ET while its market trades; rules wait",
        ),
        (
            {"state": QuoteState.WITHHELD, "split": 4.0},
            "It looks like a 4-for-1 split that is not confirmed: the change is withheld",
        ),
        (
            {"state": QuoteState.WITHHELD, "split": 11.0},
            "It looks like an 11-for-1 split that is not confirmed: the change is withheld",
        ),
        (
            {"state": QuoteState.STALE, "session": Session.POST, "extended_price": 168.0},
            "No new price since 16:00 ET; rules wait",
        ),
    ):
        model.apply(QuotesChanged((scene.quote("NVDA", **changes),)))
        assert words in _tip(model, "NVDA")


def test_that_tips_tell_splits_dividends_and_the_price_at_home(model: WatchlistModel) -> None:
    model.apply(scene.clock())
    model.apply(QuotesChanged((scene.quote("NVDA", split=4.0, ex_dividend=0.01),)))
    assert "₩" not in _tip(model, "NVDA")
    rate = FxRate(currency="USD", home="KRW", rate=1386.2, as_of=scene.NOW)
    model.apply(RatesChanged((rate,)))
    tip = _tip(model, "NVDA").splitlines()
    assert tip[3:6] == ["₩231,537 at 1,386.2 (16:05 ET)", "4-for-1 split today", "ex-dividend 0.01 today"]
    assert "₩" not in _tip(model, "005930.KS")
    assert tip[0] == "NVIDIA (NVDA), Nasdaq, USD"
    model.apply(QuotesChanged((scene.quote("AMD", currency="EUR"),)))
    assert _tip(model, "AMD").startswith("Advanced Micro Devices (AMD), Nasdaq, EUR")


def test_that_an_unknown_symbol_says_since_when_with_or_without_a_price(model: WatchlistModel) -> None:
    model.apply(scene.clock())
    model.apply(UnknownSymbols((("NVDA", scene.NOW), ("AMD", scene.NOW))))
    model.apply(QuotesChanged((scene.quote("NVDA", state=QuoteState.UNKNOWN),)))
    for symbol in ("NVDA", "AMD"):
        assert "Unknown to the source since 16:05 ET: renamed or delisted?" in _tip(model, symbol)
    model.apply(UnknownSymbols(()))
    assert "No price yet" in _tip(model, "AMD")


def test_that_a_share_of_which_the_source_gives_nothing_says_why_until_it_does(model: WatchlistModel) -> None:
    model.apply(scene.clock())
    model.apply(QuotesChanged((scene.quote("NVDA", state=QuoteState.STALE),)))
    gone = "chart: answered 404 Not Found (No data found, symbol may be delisted)"
    refused = (
        Refusal("NVDA", scene.NOW, "missing from the answer"),
        Refusal("AMD", scene.NOW, "no currency"),
        Refusal("AMD", scene.NOW, gone, history=True),
    )
    model.apply(SymbolsRefused(refused))
    assert "No new price since 16:05 ET: missing from the answer" in _tip(model, "NVDA")
    assert _tip(model, "AMD").splitlines()[-2:] == [
        "No price since 16:05 ET: no currency",
        f"No price history since 16:05 ET: {gone.removeprefix('chart: ')}",
    ]
    scene.speak(model, Language.KOREAN)
    assert "뉴욕 16:05부터 새 가격 없음: 응답에 없음" in _tip(model, "NVDA")
    scene.speak(model, Language.ENGLISH)
    model.apply(SymbolsRefused(()))
    assert "No price yet" in _tip(model, "AMD")
    assert "missing from" not in _tip(model, "NVDA")


def test_that_the_volume_is_told_by_what_is_usual_at_this_time_and_the_tip_says_what_that_is(
    model: WatchlistModel,
) -> None:
    _fill(model)
    model.show_columns(frozenset({Column.VOLUME}))
    quote = model.nodes_of("NVDA")[0].quote
    assert quote is not None
    quote = replace(quote, volume=193_114_300, session=Session.REGULAR)
    for volume, cell, said in (
        (VolumeSoFar("NVDA", 1.44, own=True), "1.4\u00d7", "by this time (its own minutes"),
        (VolumeSoFar("NVDA", 0.96), "1.0\u00d7", "by this time (by the usual course"),
        (VolumeSoFar("NVDA", reason="half day"), "\u2013", "Volume 193.1M; usual: half day"),
    ):
        model.apply(QuotesChanged((quote,), (), (volume,)))
        assert model.index_of("NVDA").siblingAtColumn(Column.VOLUME).data() == cell
        assert said in _tip(model, "NVDA")
    model.apply(QuotesChanged((replace(quote, session=Session.POST),), (), (VolumeSoFar("NVDA", 0.96),)))
    assert "1.0\u00d7 usual for a whole day" in _tip(model, "NVDA")


def test_that_the_tip_writes_the_abnormal_move_as_finely_as_the_row(model: WatchlistModel) -> None:
    _fill(model)
    shown = model.index_of("NVDA").siblingAtColumn(Column.ABNORMAL).data()
    assert f"Abnormal {shown} with" in _tip(model, "NVDA")


def test_that_the_tip_of_an_average_says_how_many_names_it_is_made_of() -> None:
    basket = Rollup(
        id="openai", move_pct=0.21, abnormal_pct=0.43, sar=0.2, up=3, down=1,
        averaged=3, counted=4, judged=3, unusual=0, total=4,
    )  # fmt: skip
    ecosystem = scene.ecosystem()
    tip = average_tip("openai", "OpenAI", basket, ecosystem, layer=False).splitlines()
    assert tip[1:3] == [
        "Equal-weight average of 3 of 4 listed names",
        "those of the market that trades now, or traded last",
    ]
    of_one_market = average_tip("openai", "OpenAI", replace(basket, averaged=4), ecosystem, layer=False)
    assert "average of 4 of 4" in of_one_market
    assert "those of the market" not in of_one_market


def test_that_a_tip_names_the_index_as_the_card_does(model: WatchlistModel) -> None:
    fallen = replace(scene.move("9984.T", 2.85, 1.2, 0.9), benchmark="^N225", benchmark_move_pct=-0.11)
    model.apply(QuotesChanged((scene.quote("9984.T", 2887.5, 2.85),), (fallen,)))
    assert "with Nikkei 225 \u22120.11" in _tip(model, "9984.T")
