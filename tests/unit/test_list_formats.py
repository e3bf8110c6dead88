"""Lists of other programs, in and out: nothing is lost silently, every bad line is named."""

import re
import time
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stackwatch.app import World, load_world
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.lists import list_editing as editing
from stackwatch.domain.lists.own_private import TypedEntity, made_of
from stackwatch.domain.venues import from_tradingview, to_tradingview
from stackwatch.domain.watchlist import Alias, BilingualName, Language, Layer, Watchlist
from stackwatch.domain.words.wording import reason_words
from stackwatch.storage.lists.list_formats import read_list, write_list
from stackwatch.storage.locations import user_folders

WORLD: World = load_world(user_folders(Path("nowhere")))
KNOWN = WORLD.ecosystem
SYMBOLS = sorted(KNOWN.instruments)
_NAMES = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters=","), min_size=1, max_size=20
).map(lambda text: normalize("NFC", " ".join(text.split())))  # as a reader composes them
_FIT = _NAMES.filter(lambda name: bool(name) and not name.startswith(("#", "'")))


@st.composite
def lists(draw: st.DrawFn) -> Watchlist:
    symbols = draw(st.lists(st.sampled_from(SYMBOLS), min_size=1, max_size=12, unique=True))
    names = draw(st.lists(_FIT, min_size=1, max_size=4, unique=True))
    made = Watchlist(id="list", names=BilingualName("list", "list"), layers=(), private=())
    for name in names:
        made, layer_id = editing.add_layer(made, name)
        made = editing.move(made, symbols[: len(symbols) // 2 + 1], layer_id)
        symbols = symbols[len(symbols) // 2 + 1 :]
    return replace(made, layers=tuple(layer for layer in made.layers if layer.symbols))


def _shape(watchlist: Watchlist) -> list[tuple[str, tuple[str, ...]]]:
    return [(layer.names.en, layer.symbols) for layer in watchlist.layers]


@settings(max_examples=40)
@given(made=lists(), suffix=st.sampled_from((".toml", ".txt", ".csv")))
def test_that_a_list_comes_back_as_it_went_out(made: Watchlist, suffix: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"list{suffix}"
        write_list(path, made, KNOWN)
        read = read_list(path, KNOWN, set())
    assert read.left_out == ()
    assert read.added == ()
    assert _shape(read.watchlist) == _shape(made)


@pytest.mark.parametrize("suffix", [".txt", ".csv"])
def test_that_a_layer_comes_back_with_both_names_and_as_the_place_where_its_names_belong(
    tmp_path: Path, suffix: str
) -> None:
    shipped, path = WORLD.watchlist, tmp_path / f"AI{suffix}"
    assert write_list(path, shipped, KNOWN) == len(shipped.entities)
    read = read_list(path, KNOWN, set()).watchlist
    assert read.layers == tuple(replace(layer, private=()) for layer in shipped.layers)


def test_that_a_section_of_a_known_layer_may_be_written_twice_and_in_korean(tmp_path: Path) -> None:
    path = tmp_path / "AI.txt"
    path.write_text("###클라우드\nORCL\n###Cloud\nMSFT\n###기타\nNVDA\n", encoding="utf-8")
    layers = read_list(path, KNOWN, set()).watchlist.layers
    assert [layer.id for layer in layers] == ["cloud", "cloud-2", "other"]
    assert [layer.symbols for layer in layers] == [("ORCL",), ("MSFT",), ("NVDA",)]
    assert layers[2].names == editing.OTHER


def test_that_every_known_share_has_one_name_at_tradingview_that_leads_back() -> None:
    for symbol, instrument in KNOWN.instruments.items():
        assert from_tradingview(to_tradingview(symbol, instrument.exchange), KNOWN.instruments) == symbol


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ("KRX:005930", "005930.KS"),
        ("KRX:5930", "005930.KS"),
        ("TSE:9984", "9984.T"),
        ("NYSE:BRK.B", "BRK-B"),
        ("HKEX:700", "0700.HK"),
        ("nasdaq:nvda", "NVDA"),
        ("005930.KS", "005930.KS"),
        ("BINANCE:BTCUSDT", None),
        ("KRX:99999999", None),
        ("NASDAQ:", None),
        ("<b>NVDA</b>", None),
        ("005930", "005930.KS"),
        ("005380", None),
        ("2025-07-22", None),
        ("BTC-USD", None),
        ("BAC-PL", "BAC-PL"),
        ("EURONEXT:ASML", "ASML.AS"),
        ("EURONEXT:SU", "SU.PA"),
        ("EURONEXT:AIR", "AIR.PA"),
        ("NASDAQ:ASML", "ASML"),
        ("LSE:SHELL", "SHELL.L"),
        ("AMS:ASML", "ASML.AS"),
        ("ETR:SAP", "SAP.DE"),
        ("EPA:SU", "SU.PA"),
        ("TYO:8035", "8035.T"),
        ("HKG:700", "0700.HK"),
        ("KOSDAQ:304100", "304100.KQ"),
        ("LSE:RR.", "RR.L"),
        ("LSE:BT.A", "BT-A.L"),
        ("BT.A.L", "BT-A.L"),
        ("bt-a.l", "BT-A.L"),
        ("700.HK", "0700.HK"),
        ("5930.ks", "005930.KS"),
        ("HKEX:80700", "80700.HK"),
        ("HKEX:00700", "0700.HK"),
        ("00700.HK", "0700.HK"),
        ("TWSE:00878", "00878.TW"),
        ("TSX:BBD.B", "BBD-B.TO"),
        ("RHM.DE", "RHM.DE"),
        ("BRK.B", "BRK-B"),
    ],
)
def test_that_exchanges_are_translated(there: str, here: str | None) -> None:
    assert from_tradingview(there, KNOWN.instruments) == here


@pytest.mark.parametrize(
    "symbol", ["SAN.MC", "BHP.AX", "ERIC.ST", "D05.SI", "SAP.F", "BTQ.V", "NOVO-B.CO", "NVDA."]
)
def test_that_a_symbol_of_an_exchange_that_is_not_known_is_no_class_of_a_share_of_new_york(
    symbol: str,
) -> None:
    assert from_tradingview(symbol, KNOWN.instruments) is None


@pytest.mark.parametrize("symbol", ["RR.L", "BT-A.L", "AZN.L", "0700.HK", "80700.HK", "00878.TW", "ABBN.SW"])
def test_that_a_share_of_another_market_has_a_name_at_tradingview_that_leads_back(symbol: str) -> None:
    assert from_tradingview(to_tradingview(symbol, ""), KNOWN.instruments) == symbol


def test_that_a_short_ticker_of_london_is_written_as_tradingview_does() -> None:
    assert [to_tradingview(symbol, "") for symbol in ("RR.L", "AZN.L")] == ["LSE:RR.", "LSE:AZN"]


def test_that_bad_lines_are_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_bytes("###반도체,KRX:000660\r\nBINANCE:BTC\r\n\r\nKRX:000660,NYSE:RKLB\r\n".encode("cp949"))
    read = read_list(path, KNOWN, {"mine"})
    assert read.watchlist.id == "mine-2"
    assert _shape(read.watchlist) == [("반도체", ("000660.KS", "RKLB"))]
    assert [instrument.benchmark for instrument in read.added] == ["QQQ"]
    assert [line for line, _ in read.left_out] == [2, 4]
    assert "BINANCE:BTC" in read.left_out[0][1]
    assert "twice" in read.left_out[1][1]
    assert all("가" <= reason_words(reason, Language.KOREAN)[-1] <= "힣" for _, reason in read.left_out)


def test_that_layers_of_two_imports_are_told_apart_whatever_letters_their_names_have(tmp_path: Path) -> None:
    ids = set()
    for name in ("반도체", "전력"):
        (path := tmp_path / "mine.txt").write_text(f"###{name},NASDAQ:NVDA", encoding="utf-8")
        ids |= {layer.id for layer in read_list(path, KNOWN, ()).watchlist.layers}
    assert len(ids) == 2


@pytest.mark.parametrize("token", ["NYSE:", "NYSE: ", "FOO: BAR", "=cmd|x", ":"])
def test_that_a_name_that_is_no_symbol_is_refused_in_korean_however_it_is_written(
    tmp_path: Path, token: str
) -> None:
    (path := tmp_path / "mine.txt").write_text(f"NASDAQ:NVDA\n{token}\n", encoding="utf-8")
    ((line, reason),) = read_list(path, KNOWN, ()).left_out
    assert line == 2
    assert "가" <= reason_words(reason, Language.KOREAN)[-1] <= "힣"


@pytest.mark.parametrize(
    "text", ["Symbol\nNVDA\n005930.KS\n", "\ufeffSYMBOL\r\nNASDAQ:NVDA\r\nKRX:005930\r\n"]
)
def test_that_the_head_of_a_table_with_one_column_is_no_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8", newline="")
    read = read_list(path, KNOWN, set())
    assert read.watchlist.symbols == ("NVDA", "005930.KS")
    assert read.left_out == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ticker\nNVDA\n005930.KS\nBRK.B\n",
        "Symbol\nNVDA,005930.KS,BRK.B\n",
        "Ticker,Shares\nNVDA,1\n005930.KS,2\nBRK.B,3\n",
        'Account;Symbol;Description\n"Mine; all";NVDA;NVIDIA CORP\nI;005930.KS;\nI;BRK.B;\n',
        "Positions, 10:00, 2026/03/10\n\nTicker Symbol\tQty\nNVDA\t1\n005930.KS\t2\nBRK.B\t3\n",
        '"Date","Instrument"\n"1/2","NVDA"\n"1/2","005930.KS"\n"1/2","BRK.B**"',
        "티커,수량\nNVDA,1\n005930.KS,2\nBRK.B,3\n",
        "계좌,종목코드,종목명\n1,NVDA,엔비디아\n1,A005930,삼성전자\n1,BRK.B,\n",
        "종목코드\t종목명\nNVDA\t\n'005930\t삼성전자\nBRK.B\t\n",
        "종목코드\nNVDA\n5930\nBRK.B\n",
        "Ticker,Name\n엔비디아,\nxkrx-5930,삼성전자\nBRK.B,\n",
    ],
)
def test_that_the_tables_of_brokers_are_read_by_their_heads(tmp_path: Path, text: str) -> None:
    (path := tmp_path / "mine.csv").write_text(text, encoding="utf-8")
    read = read_list(path, KNOWN, set())
    assert read.watchlist.symbols == ("NVDA", "005930.KS", "BRK-B")
    assert read.left_out == ()
    assert [each.symbol for each in read.added] == ["BRK-B"]


def test_that_a_table_of_names_is_read_by_the_names_that_are_known(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes("종목명,수량\r\n삼성전자,3\r\nNVIDIA,1\r\n애플파이,1\r\n".encode("cp949"))
    read = read_list(path, KNOWN, set())
    assert read.watchlist.symbols == ("005930.KS", "NVDA")
    ((line, reason),) = read.left_out
    assert (line, reason.startswith("애플파이 is no symbol")) == (4, True)


def test_that_hangul_in_its_parts_is_read_as_it_is_typed(tmp_path: Path) -> None:
    path = tmp_path / normalize("NFD", "내 종목.csv")
    path.write_text(normalize("NFD", "종목명,메모\n삼성전자,반도체\n"), "utf-8")
    made = read_list(path, KNOWN, set()).watchlist
    assert (made.names.ko, made.symbols) == ("내 종목", ("005930.KS",))


def test_that_a_table_may_say_which_board_of_seoul_a_share_is_on(tmp_path: Path) -> None:
    (path := tmp_path / "mine.csv").write_text(
        "종목코드,종목명,시장구분\n247540,에코프로비엠,코스닥\n86520,에코프로,KOSDAQ\n105560,KB금융,유가증권\n",
        "utf-8",
    )
    assert read_list(path, KNOWN, set()).watchlist.symbols == ("247540.KQ", "086520.KQ", "105560.KS")


def test_that_a_new_share_is_called_as_its_table_calls_it(tmp_path: Path) -> None:
    (path := tmp_path / "mine.csv").write_text("종목코드,종목명\n105560,KB금융\n합계,\n", encoding="utf-8")
    read = read_list(path, KNOWN, set())
    assert [(each.symbol, each.names.ko) for each in read.added] == [("105560.KS", "KB금융")]
    assert [line for line, _ in read.left_out] == [3]


def test_that_blank_lines_may_stand_before_yahoos_heads(tmp_path: Path) -> None:
    (file := tmp_path / "list.csv").write_text("\n\nSymbol,Comment\nNVDA,Chips\n", "utf-8")
    (layer,) = read_list(file, KNOWN, ()).watchlist.layers
    assert (layer.names.en, layer.symbols) == ("Chips", ("NVDA",))


def test_that_a_quote_that_is_never_closed_swallows_no_line_in_silence(tmp_path: Path) -> None:
    (file := tmp_path / "list.csv").write_text(
        'Symbol,Comment\nNVDA,"a"b\nARM,"Two\nlines"\nORCL,"Cloud\nAMD,Chips\n\n', "utf-8"
    )
    read = read_list(file, KNOWN, ())
    assert read.watchlist.symbols == ("NVDA", "ARM", "ORCL")
    assert read.left_out == ((5, "a quote that is never closed; lines to 6 are in it"),)


def test_that_yahoos_table_is_read_with_a_byte_order_mark_and_cells_are_no_formulas(tmp_path: Path) -> None:
    path = tmp_path / "quotes.csv"
    path.write_text(
        'Symbol,Current Price,Comment\nNVDA,167.03,\n"=HYPERLINK(1)",1,\n,2,\n005930.KS,66000,\n',
        encoding="utf-8-sig",
    )
    read = read_list(path, KNOWN, set())
    assert read.watchlist.symbols == ("NVDA", "005930.KS")
    assert [line for line, _ in read.left_out] == [3, 4]
    evil = Layer(id="evil", names=BilingualName('=cmd("x")', "x"), symbols=("NVDA",))
    write_list(path, replace(read.watchlist, layers=(evil,)), KNOWN)
    assert "'=cmd" in path.read_text("utf-8")
    assert not re.search(r'(^|,)"?=', path.read_text("utf-8"), re.MULTILINE)
    assert read_list(path, KNOWN, set()).watchlist.layers[0].names.en == '=cmd("x")'


def test_that_our_own_file_keeps_what_is_known_and_names_what_is_not(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        'version = 1\nid = "own"\nname = { en = "Own", ko = "내 것" }\nprivate = ["openai", "nobody"]\n'
        '[[layer]]\nid = "a"\nname = { en = "A", ko = "가" }\nhidden = true\n'
        'symbols = [\n  "NVDA",\n  "ABC.XX",\n]\n',
        encoding="utf-8",
    )
    read = read_list(path, KNOWN, set())
    assert read.watchlist.names.get(Language.KOREAN) == "내 것"
    assert read.watchlist.layers[0].hidden
    assert read.watchlist.entities == ("openai",)
    assert [line for line, _ in read.left_out] == [4, 11]


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.txt", b"", "no name"),
        ("a.txt", b"\x81\x20\xff\xfe", "CP949"),
        ("a.csv", b"Symbol,Comment\n", "no name"),
        ("a.txt", b"BINANCE:BTC", "line 1"),
        ("a.toml", b"nonsense = [", "TOML"),
    ],
)
def test_that_a_file_without_names_is_refused_with_a_reason(
    name: str, raw: bytes, said: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(BadInputError, match=said):
        read_list(path, KNOWN, set())


def test_that_moves_keep_every_name_once() -> None:
    before = WORLD.watchlist
    after = editing.move(before, ("NVDA",), "cloud", 3)
    assert after.layers[0].symbols[3] == "NVDA"
    assert sorted(after.symbols) == sorted(before.symbols)
    assert editing.move(after, ("NVDA",), "accelerators", 0) == before
    within = editing.move(before, ("ORCL",), "cloud", 2)
    assert within.layers[0].symbols[:3] == ("MSFT", "ORCL", "GOOGL")
    up = editing.move_layer(before, "memory", 0)
    assert up.layers[0].id == "memory"
    assert editing.move_layer(up, "memory", 5) == before


def test_that_a_list_of_two_thousand_names_is_read_within_a_second(tmp_path: Path) -> None:
    names = ["".join(letters) for letters in product("BCDFGHJKLM", "BCDFGHJKLMN", "BCDFGHJKLMNPQRSTVWX")]
    text = 'version = 1\nid = "many"\nname = { en = "Many", ko = "많음" }\n[[layer]]\nid = "all"\n'
    text += 'name = { en = "O\'Neil", ko = "전부" }\nsymbols = [\n'
    text += "".join(f'  "{name}",\n' for name in names) + "]\n"
    (path := tmp_path / "many.toml").write_text(text, encoding="utf-8")
    began = time.process_time()
    read = read_list(path, KNOWN, ())
    assert time.process_time() - began < 1.0
    assert read.watchlist.symbols == tuple(names[:2000])
    assert [line for line, _ in read.left_out] == list(range(8 + 2000, 8 + len(names)))


def test_that_ids_can_be_names_of_files_everywhere_and_are_never_taken_twice() -> None:
    assert editing.free_id("My  Picks & more", (), "list") == "my-picks-more"
    assert editing.free_id("내 목록", ("list",), "list") == "list-2"
    assert editing.free_id("CON", (), "list") == "list-con"


def test_that_a_spelling_of_several_goes_along_with_those_of_them_that_are_known_there(
    tmp_path: Path,
) -> None:
    spelled = (
        Alias(text="Cohynix", entity_id="cohere-labs", also=("000660.KS", "stranger")),
        Alias(text="Cohere Labs", entity_id="cohere-labs"),
    )
    wanted = TypedEntity(en="Cohere Labs", ko="코히어")
    own = replace(made_of(wanted, "cohere-labs", date(2026, 3, 10)), spellings=spelled)
    there = replace(
        KNOWN,
        private={**KNOWN.private, own.id: own.entity},
        own={own.id: own},
    )
    path = tmp_path / "list.toml"
    made = Watchlist(id="list", names=BilingualName("list", "list"), layers=(), private=(own.id,))
    write_list(path, made, there)
    read = read_list(path, KNOWN, set())
    assert read.left_out == ()
    (brought,) = read.private
    assert {alias.text: alias.also for alias in brought.spellings if alias.also} == {
        "Cohynix": ("000660.KS",)
    }
