"""What the program starts from: the shipped files, and a user's own beside them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.support.fakes import FakeClock

from stackwatch.app import (
    SILENCE_CLOSED,
    SILENCE_OPEN,
    SILENCE_SHUT,
    _longest_silence,
    build_calendars,
    load_world,
)
from stackwatch.domain.errors import BadInputError, ProviderError
from stackwatch.domain.lists.own_links import LinkChange, TypedLink, last_day, made_link
from stackwatch.domain.market import TradingSession
from stackwatch.domain.rule import Rule, RuleKind, SubjectKind
from stackwatch.domain.venues import own_instrument, trade_together
from stackwatch.domain.watchlist import Basis, BilingualName, Relation, SharedSequence
from stackwatch.storage.locations import shipped, user_folders

MINE = """version = 1
id = "mine"
name = { en = "Mine", ko = "내 목록" }
private = ["upstage"]
[[layer]]
id = "chips"
name = { en = "Chips", ko = "반도체" }
symbols = ["NVDA", "005930.KS"]
benchmark = "SMH"
"""


def test_that_the_shipped_list_is_sound_and_named_in_both_languages() -> None:
    world = load_world(user_folders(Path("nowhere")))
    assert world.notices == ()
    for symbol in world.watchlist.symbols:
        names = world.ecosystem.instruments[symbol].names
        assert names.en
        assert names.ko


def test_that_every_shipped_name_says_what_it_does_in_a_line_of_either_language() -> None:
    ecosystem = load_world(user_folders(Path("nowhere"))).ecosystem
    for entity_id in (*ecosystem.instruments, *ecosystem.private):
        business = ecosystem.business_of(entity_id)
        assert business is not None, entity_id
        assert 5 <= len(business.en) <= 60, business
        assert 2 <= len(business.ko) <= 40, business
        assert not business.ko.isascii(), business
    for entity in ecosystem.private.values():
        assert entity.status.en.isascii(), entity
        assert not entity.status.ko.isascii(), entity
        assert date(2025, 1, 1) <= last_day(entity.as_of) <= date(2026, 12, 31), entity


@pytest.mark.parametrize(
    ("symbol", "benchmark"),
    [
        ("SNAP", "QQQ"), ("005380.KS", "^KS11"), ("247540.KQ", "^KS11"), ("7974.T", "^N225"),
        ("2603.TW", "^TWII"), ("3105.TWO", "^TWII"), ("0700.HK", "^HSI"), ("RY.TO", "^GSPTSE"),
        ("BMW.DE", "^STOXX50E"), ("OR.PA", "^STOXX50E"), ("KPN.AS", "^STOXX50E"), ("ENI.MI", "^STOXX50E"),
        ("VOD.L", "^STOXX50E"), ("NESN.SW", "^STOXX50E"),
    ],
)  # fmt: skip
def test_that_a_share_of_the_users_own_is_held_against_an_index_that_trades_while_it_does(
    symbol: str, benchmark: str
) -> None:
    known = load_world(user_folders(Path("nowhere"))).ecosystem.instruments
    share = own_instrument(symbol, symbol)
    assert share is not None
    assert share.benchmark == benchmark
    assert trade_together({**known, symbol: share}, symbol, benchmark)


def test_that_what_a_company_does_and_how_it_stands_may_be_left_out_or_said_in_one_language(
    tmp_path: Path,
) -> None:
    (tmp_path / "private.toml").write_text(
        'version = 1\n[[entity]]\nid = "cohere"\nname = { en = "Cohere", ko = "코히어" }\nkind = "company"\n'
        'status = "Private (Canada)."\nas_of = "2026-05"\n',
        encoding="utf-8",
    )
    ecosystem = load_world(user_folders(tmp_path)).ecosystem
    assert ecosystem.private["cohere"].status == BilingualName("Private (Canada).", "Private (Canada).")
    assert ecosystem.business_of("cohere") is None


def test_that_a_users_list_replaces_the_shipped_one_and_its_layer_sets_the_benchmark(tmp_path: Path) -> None:
    (tmp_path / "watchlist.toml").write_text(MINE, encoding="utf-8")
    world = load_world(user_folders(tmp_path))
    assert world.watchlist.symbols == ("NVDA", "005930.KS")
    assert world.ecosystem.instruments["NVDA"].benchmark == "SMH"
    assert world.ecosystem.instruments["AMD"].benchmark == "QQQ"
    assert world.ecosystem.names_of("chips").ko == "반도체"


def test_that_broken_user_files_are_said_left_alone_and_do_not_stop_the_program(tmp_path: Path) -> None:
    for name in ("watchlist.toml", "rules.toml"):
        (tmp_path / name).write_text("version = 1\nnonsense = [", encoding="utf-8")
    world, shipped = load_world(user_folders(tmp_path)), load_world(user_folders(Path("nowhere")))
    assert (world.watchlist, world.rules) == (shipped.watchlist, shipped.rules)
    assert len(world.notices) == 2
    assert all("your file was not touched" in notice for notice in world.notices)
    assert (tmp_path / "rules.toml").read_text("utf-8") == "version = 1\nnonsense = ["


def test_that_a_users_rule_of_the_same_id_replaces_the_shipped_one(tmp_path: Path) -> None:
    text = (
        (shipped("watchlists") / "rules.toml")
        .read_text("utf-8")
        .replace("threshold = 2.0", "threshold = 3.5", 1)
    )
    (tmp_path / "rules.toml").write_text(text, encoding="utf-8")
    rules = {rule.id: rule for rule in load_world(user_folders(tmp_path)).rules}
    assert len(rules) == len(load_world(user_folders(Path("nowhere"))).rules)
    assert rules["nvidia-falls-with-news"].threshold == 3.5


def test_that_a_list_named_on_the_command_line_must_be_sound(tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text(MINE.replace("NVDA", "NVDIA"), encoding="utf-8")
    with pytest.raises(BadInputError, match=r"list\.toml.*layer chips.*NVDIA"):
        load_world(user_folders(tmp_path), path)


def test_that_a_silent_stream_is_noticed_while_a_market_trades_whose_name_a_rule_brought_in_this_run(
    tmp_path: Path,
) -> None:
    folders = user_folders(tmp_path)
    world = load_world(folders)
    world = replace(world, book=None, watchlist=replace(world.watchlist, layers=(), private=()))
    clock = FakeClock(datetime(2026, 3, 10, 2, 0, tzinfo=UTC))  # 11:00 in Seoul, night in New York
    silence = _longest_silence(world, build_calendars(folders), clock)
    assert silence() == SILENCE_CLOSED
    book = world.rule_book
    assert book is not None
    rule = Rule(
        id="samsung", name_en="Samsung", name_ko="삼성전자", kind=RuleKind.PERCENT_MOVE,
        subject_kind=SubjectKind.SYMBOL, subject="005930.KS", threshold=3.0,
    )  # fmt: skip
    book.save((rule,))
    book.load()
    assert silence() == SILENCE_OPEN
    book.save((replace(rule, enabled=False),))
    book.load()
    assert silence() == SILENCE_CLOSED


@pytest.mark.parametrize(
    ("day", "hour", "longest"),
    [
        (13, 15, SILENCE_OPEN),  # on a Friday in New York's session
        (13, 22, SILENCE_SHUT),  # after it
        (14, 15, SILENCE_CLOSED),  # on a Saturday
        (16, 2, SILENCE_CLOSED),
        (16, 9, SILENCE_SHUT),  # before the open
    ],
)
def test_that_a_stream_is_not_called_silent_while_nobody_trades_anywhere(
    tmp_path: Path, day: int, hour: int, longest: float
) -> None:
    folders = user_folders(tmp_path)
    world = load_world(folders)
    layer = replace(world.watchlist.layers[0], symbols=("NVDA",))
    shown = replace(world.watchlist, layers=(layer,), private=())
    world = replace(world, book=None, rule_book=None, rules=(), watchlist=shown)
    clock = FakeClock(datetime(2026, 3, day, hour, 0, tzinfo=UTC))
    assert _longest_silence(world, build_calendars(folders), clock)() == longest


def test_that_a_stream_is_called_silent_where_the_hours_are_not_known(tmp_path: Path) -> None:
    world = load_world(user_folders(tmp_path))
    clock = FakeClock(datetime(2026, 3, 14, 15, 0, tzinfo=UTC))

    class Unknown:
        def sessions(self, calendar: str, start: date, end: date) -> tuple[TradingSession, ...]:
            raise ProviderError(f"hours of {calendar} from {start} to {end}")

    assert _longest_silence(world, Unknown(), clock)() == SILENCE_SHUT


def test_that_a_silent_stream_is_noticed_while_a_market_trades_that_a_link_of_this_run_brought_in(
    tmp_path: Path,
) -> None:
    folders = user_folders(tmp_path)
    world = load_world(folders)
    links = world.ecosystem.exposures
    assert isinstance(links, SharedSequence)
    book, shown = world.book, replace(world.watchlist, layers=(), private=("upstage",))
    links.become([link for link in links if link.source != "upstage"])
    world = replace(world, book=None, rule_book=None, rules=(), watchlist=shown)
    clock = FakeClock(datetime(2026, 3, 10, 2, 0, tzinfo=UTC))  # 11:00 in Seoul, night in New York
    silence = _longest_silence(world, build_calendars(folders), clock)
    assert silence() == SILENCE_SHUT
    assert book is not None
    typed = TypedLink(
        source="upstage", target="005930.KS", relation=Relation.SUPPLIER, why="Rents memory",
        dated="2026-03-09", publisher="Les Echos", basis=Basis.STORED,
    )  # fmt: skip
    book.change_link(LinkChange(after=made_link(typed)))
    assert silence() == SILENCE_OPEN
