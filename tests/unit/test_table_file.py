from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.quote import DailyBar
from stackwatch.storage.table_file import BadRow, Headlines, Prices, read_headlines, read_prices

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LONG = "Symbol,Date,Open,High,Low,Close,Volume\n"
NEWS = "published,publisher,title,link,symbols\n"


def quiet(rows: int) -> None:
    del rows


def prices(folder: Path, text: str) -> Prices:
    path = folder / "prices.csv"
    path.write_bytes(text.encode("utf-8"))
    return read_prices(path, quiet)


def news(folder: Path, text: str) -> Headlines:
    path = folder / "news.csv"
    path.write_bytes(text.encode("utf-8"))
    return read_headlines(path, NOW, quiet)


def test_that_a_long_table_is_kept_by_symbol_and_day(tmp_path: Path) -> None:
    found = prices(
        tmp_path,
        LONG + "nvda,2025-07-22,171,172,166,167.03,1000\nNVDA,2025-07-21,170,172,169,171.38,\n"
        "005930.KS,2025-07-22 00:00:00+09:00,,,,66000,12.0\n",
    )
    assert found.bad == []
    assert [bar.day for bar in found.bars["NVDA"]] == [date(2025, 7, 21), date(2025, 7, 22)]
    assert found.bars["NVDA"][1] == DailyBar(date(2025, 7, 22), 171.0, 172.0, 166.0, 167.03, 1000)
    assert found.bars["005930.KS"] == [DailyBar(date(2025, 7, 22), 66000.0, 66000.0, 66000.0, 66000.0, 12)]


def test_that_the_columns_of_a_long_table_may_come_in_any_order(tmp_path: Path) -> None:
    found = prices(tmp_path, "date,symbol,close,Adj Close,high\n2025-07-22,NVDA,167.03,1,171\n")
    assert found.bad == []
    assert found.bars == {"NVDA": [DailyBar(date(2025, 7, 22), 167.03, 171.0, 167.03, 167.03, 0)]}


def test_that_a_wide_table_holds_closes_and_gaps(tmp_path: Path) -> None:
    found = prices(
        tmp_path, "Date,NVDA,^KS11\n2025-07-21,171.38,\n2025-07-22,167.03,3200\n2025-07-23,170.78\n"
    )
    assert found.bad == []
    assert [bar.close for bar in found.bars["NVDA"]] == [171.38, 167.03, 170.78]
    assert [bar.day for bar in found.bars["^KS11"]] == [date(2025, 7, 22)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("NVDA,22.07.2025,1,1,1,1,1", "date '22.07.2025'"),
        ("NVDA,07/08/2025,1,1,1,1,1", "date '07/08/2025'"),
        ("NVDA,2025/11/31,1,1,1,1,1", "date '2025/11/31'"),
        ("NVDA,2025/7/221,1,1,1,1,1", "date '2025/7/221'"),
        ("NVDA,2025-07-22,1,1,1,0,1", "Close '0'"),
        ("NVDA,2025-07-22,1,1,1,nan,1", "Close 'nan'"),
        ("NVDA,2025-07-22,1,1,1,inf,1", "Close 'inf'"),
        ("NVDA,2025-07-22,1,1,1,-3,1", "Close '-3'"),
        ('NVDA,2025-07-22,1,1,1,"1,5",1', "Close '1,5'"),
        ("NVDA,2025-07-22,1,1,1,1,-1", "Volume '-1'"),
        ("NVDA,2025-07-22,1,1,1,1,many", "Volume 'many'"),
        ("NVDA,2025-07-22,10,11,9,20,1", "Low and High"),
        ("NV DA,2025-07-22,1,1,1,1,1", "'NV DA' is not a symbol"),
        (",2025-07-22,1,1,1,1,1", "'' is not a symbol"),
        ("=cmd,2025-07-22,1,1,1,1,1", "'=CMD' is not a symbol"),
        ("NVDA,2025-07-22,1", "3 columns"),
        ("NVDA,2025-07-22,1,5,1,6,1,4,1,5,100", "11 columns; expected 7"),  # commas for points
        ("NVDA,2025-07-221,1,1,1,1,1", "date '2025-07-221'; expected one such as 2025-07-22"),
        ("NVDA,9999-12-31,1,1,1,1,1", "date '9999-12-31'"),
        ("NVDA,0001-01-01,1,1,1,1,1", "date '0001-01-01'"),
    ],
)
def test_that_a_bad_row_is_named_by_its_line_and_the_rest_kept(tmp_path: Path, row: str, reason: str) -> None:
    found = prices(tmp_path, LONG + f"AMD,2025-07-22,1,1,1,1,1\n{row}\nAMD,2025-07-23,1,1,1,1,1\n")
    assert len(found.bars["AMD"]) == 2
    assert [bad.line for bad in found.bad] == [3]
    assert reason in found.bad[0].reason


def test_that_a_table_as_wide_as_a_line_may_be_is_read(tmp_path: Path) -> None:
    names = [f"A{n}" for n in range(130_000)]  # minutes, where each was held against all the others
    found = prices(tmp_path, f"Date,{','.join(names)}\n2026-02-27,1\n")
    assert (list(found.bars), found.bad) == (["A0"], [])


def test_that_a_bad_cell_of_a_wide_row_costs_only_itself(tmp_path: Path) -> None:
    found = prices(tmp_path, "Date,NVDA,AMD\n2025-07-22,x,160\n2025-07-23,1,2,3\n")
    assert [bar.close for bar in found.bars["AMD"]] == [160.0]
    assert [bad.line for bad in found.bad] == [2, 3]
    assert "NVDA" in found.bad[0].reason
    assert "4 columns" in found.bad[1].reason


def test_that_empty_cells_behind_a_row_are_taken(tmp_path: Path) -> None:
    found = prices(tmp_path, LONG + "NVDA,2026-03-02,1,1,1,1,1,,\n")
    assert found.bad == []
    assert [bar.day for bar in found.bars["NVDA"]] == [date(2026, 3, 2)]


def test_that_a_row_of_a_wide_table_for_a_day_no_calendar_reaches_is_left_out(tmp_path: Path) -> None:
    found = prices(tmp_path, "Date,NVDA\n2026-02-27,160\n9999-01-02,170\n")
    assert [bar.close for bar in found.bars["NVDA"]] == [160.0]
    assert [bad.line for bad in found.bad] == [3]


def test_that_a_low_and_high_that_miss_by_a_little_are_widened(tmp_path: Path) -> None:
    found = prices(tmp_path, LONG + "NVDA,2025-07-22,100,100.5,99,101,1\n")
    assert found.bars["NVDA"][0].high == 101.0


def test_that_the_last_of_two_rows_of_one_day_counts(tmp_path: Path) -> None:
    found = prices(tmp_path, LONG + "NVDA,2025-07-22,1,1,1,1,1\nNVDA,2025-07-22,2,2,2,2,2\n")
    assert [bar.close for bar in found.bars["NVDA"]] == [2.0]


@pytest.mark.parametrize(
    "header",
    [
        *("", "a,b,c\n", "Date\n", "\x00\x01\n", "Date,NVDA,NVDA\n", "Date,NV DA\n"),
        *("Symbol,Date,Close,Close\n", "Symbol,Date,Open,Close,symbol\n"),
        *("Date,Close\n", "date,open,high,low,close,volume\n", "Date,Symbol,Last\n"),
        *(
            "Date,Price,Open,High,Low\n",
            "Date,Ticker,Price\n",
            "Date,Last\n",
            "Date,Adj Close\n",
            "일자,종가\n",
        ),
    ],
)
def test_that_another_table_is_refused_with_what_was_expected(tmp_path: Path, header: str) -> None:
    with pytest.raises(BadInputError, match="line 1"):
        prices(tmp_path, header)


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("nvda.csv", "Date,Open,High,Low,Close,Adj Close,Volume"),
        ("005930.csv", "일자,시가,고가,저가,종가,대비,거래량"),
    ],
)
def test_that_a_table_of_one_share_is_that_by_which_the_file_is_called(
    tmp_path: Path, name: str, header: str
) -> None:
    path = tmp_path / name
    path.write_text(f"{header}\n2026-02-27,100,102,99,101,0.5,1000\n", encoding="utf-8")
    (symbol,) = read_prices(path, quiet, {"NVDA", "005930"}).bars
    assert symbol == path.stem.upper()
    with pytest.raises(BadInputError, match="line 1: names no share; expected a column Symbol"):
        read_prices(path, quiet, {"AMD"})


def test_that_columns_may_be_called_as_in_korea_and_our_own_names_win(tmp_path: Path) -> None:
    found = prices(
        tmp_path,
        "종목코드,날짜,시가,고가,저가,종가,거래량,Ticker,Symbol\n005930.KS,2026-02-27,2,4,1,3,9,AMD,NVDA\n",
    )
    assert found.bars == {"NVDA": [DailyBar(date(2026, 2, 27), 2.0, 4.0, 1.0, 3.0, 9)]}
    assert list(prices(tmp_path, "날짜,NVDA\n2026-02-27,3\n").bars) == ["NVDA"]


@pytest.mark.parametrize(
    "text", ["2026/02/27", "2026.2.27", "2026. 2. 27.", "2026년 2월 27일", "20260227", "2026/2/27 16:00"]
)
def test_that_a_day_that_begins_with_its_year_is_read(tmp_path: Path, text: str) -> None:
    found = prices(tmp_path, LONG + f"NVDA,{text},1,1,1,1,1\n")
    assert [bar.day for bar in found.bars["NVDA"]] == [date(2026, 2, 27)]


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_that_a_table_divided_otherwise_is_refused_with_what_divides_it(
    tmp_path: Path, mark: str, name: str
) -> None:
    with pytest.raises(BadInputError, match=f"line 1: columns divided by {name}; expected commas"):
        prices(tmp_path, LONG.replace(",", mark))
    path = tmp_path / "headlines.csv"
    path.write_text(mark.join(("published", "publisher", "title", "link")) + "\n", encoding="utf-8")
    with pytest.raises(BadInputError, match=f"columns divided by {name}"):
        read_headlines(path, NOW, quiet)


def test_that_thousands_may_be_marked_in_numbers(tmp_path: Path) -> None:
    row = '005930.KS,2025-07-22,"66,000","66,500.5",65500,"66,000","12,345,678"\n'
    (bar,) = prices(tmp_path, LONG + row).bars["005930.KS"]
    assert (bar.open, bar.high, bar.close, bar.volume) == (66_000.0, 66_500.5, 66_000.0, 12_345_678)
    assert prices(tmp_path, LONG + 'NVDA,2025-07-22,,,,"171,38",\n').bad[0].line == 2


def test_that_a_line_without_an_end_is_not_read_to_it(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="longer than 1,000,000 characters"):
        prices(tmp_path, "x" * 1_000_001)


def test_that_a_row_of_several_lines_is_named_by_the_line_on_which_it_begins(tmp_path: Path) -> None:
    text = LONG + 'NVDA,2025-07-22,1,1,1,1,1\n"NV\nDA",2025-07-22,1,1,1,1,1\n\n"AMD,2025-07-22,1\nx\ny\n'
    assert [bad.line for bad in prices(tmp_path, text).bad] == [3, 6]  # the last quote is never closed


def test_that_marks_line_ends_and_empty_lines_do_not_matter(tmp_path: Path) -> None:
    text = "\ufeff" + LONG + "\nNVDA,2025-07-22,1,1,1,1,1\n\nNVDA,bad,1,1,1,1,1\n"
    found = prices(tmp_path, text.replace("\n", "\r\n"))
    assert len(found.bars["NVDA"]) == 1
    assert [bad.line for bad in found.bad] == [5]


def test_that_what_is_no_utf8_text_or_no_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_bytes(LONG.encode() + b"\xff\xfe\n")
    with pytest.raises(BadInputError, match="line 2: neither UTF-8 nor CP949"):
        read_prices(path, quiet)
    path.write_bytes(LONG.encode("utf-16"))
    with pytest.raises(BadInputError, match="line 1: not UTF-8 text; save the file as UTF-8"):
        read_prices(path, quiet)
    with pytest.raises(BadInputError, match="cannot be read"):
        read_prices(tmp_path / "none.csv", quiet)
    with pytest.raises(BadInputError, match="cannot be read"):
        read_prices(tmp_path, quiet)


def test_that_a_table_of_korean_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_bytes("Symbol,Date,Close,비고\nNVDA,2025-07-22,1,삼성전자\n".encode("cp949"))
    assert [bar.close for bar in read_prices(path, quiet).bars["NVDA"]] == [1.0]
    path.write_bytes(
        "published,publisher,title,link\n2025-07-22T00:00:00Z,연합,엔비디아 급락,\n".encode("cp949")
    )
    assert [h.title for h in read_headlines(path, NOW, quiet).headlines] == ["엔비디아 급락"]


@pytest.mark.parametrize("row", ["1_0,20,5,1_0,1", "10,20,5,10,1_000"])
def test_that_a_number_is_one_of_a_table_and_not_of_python(tmp_path: Path, row: str) -> None:
    found = prices(tmp_path, LONG + f"NVDA,2025-07-22,{row}\n")
    assert (found.bars, [bad.line for bad in found.bad]) == ({}, [2])


def test_that_a_huge_field_is_refused_and_a_long_title_cut(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="line 2"):
        news(tmp_path, NEWS + f"2025-07-21T18:02:00Z,WSJ,{'x' * 300_000},\n")
    found = news(tmp_path, NEWS + f"2025-07-21T18:02:00Z,WSJ,{'x' * 3000},\n")
    assert len(found.headlines[0].title) == 500


def test_that_headlines_have_their_time_in_utc_and_their_symbols(tmp_path: Path) -> None:
    found = news(
        tmp_path,
        NEWS
        + '2025-07-21T18:02:00-04:00,WSJ,"Stargate, ""slow""\r\n to start",https://example.org/a,NVDA;ORCL\n',
    )
    (told,) = found.headlines
    assert told.published == datetime(2025, 7, 21, 22, 2, tzinfo=UTC)
    assert told.title == 'Stargate, "slow" to start'
    assert (told.publisher, told.feed_symbols, told.received) == ("WSJ", ("NVDA", "ORCL"), NOW)


def test_that_a_dump_of_feeds_is_read_as_feeds_are(tmp_path: Path) -> None:
    row = '"Mon, 21 Jul 2025 18:02:00 -0400",W<b>S</b>J,<p>AT&amp;T <b>falls</b>\u202e & P/E < 20</p>,\n'
    (told,) = news(tmp_path, NEWS + row).headlines
    assert told.published == datetime(2025, 7, 21, 22, 2, tzinfo=UTC)
    assert (told.title, told.publisher) == ("AT&T falls & P/E < 20", "WSJ")


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("Nvidia<br/>falls", "Nvidia falls"),
        ("<p>Nvidia</p><p>falls</p>", "Nvidia falls"),
        ("Nvidia Corp <NVDA.O> falls", "Nvidia Corp <NVDA.O> falls"),
        ("<script>alert(1)</script>Nvidia <3 AMD", "Nvidia <3 AMD"),
        ("<b title='x>y'>Nvidia</b>", "Nvidia"),
    ],
)
def test_that_a_title_is_what_a_reader_would_see(tmp_path: Path, html: str, words: str) -> None:
    (told,) = news(tmp_path, NEWS + f"2025-07-21T18:02:00Z,WSJ,{html},\n").headlines
    assert told.title == words


def test_that_columns_may_come_in_any_order_and_symbols_be_absent(tmp_path: Path) -> None:
    found = news(tmp_path, "Title,LINK,Published,Publisher,extra\nA title,,2025-07-21 18:02:00+00:00,,x\n")
    assert found.headlines[0].publisher == "import"
    assert found.headlines[0].feed_symbols == ()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2025-07-21T18:02:00,WSJ,t,", "has no zone"),
        ("yesterday,WSJ,t,", "expected a time"),
        ('"Mon, 21 Jul 2025 18:02:00 KST",WSJ,t,', "has no zone"),
        ('"Mon, 21 Jul 2025 18:02:00 +9999999999",WSJ,t,', "expected a time"),
        ("2025-07-21T18:02:00Z,WSJ,<br>,", "title is empty"),
        ("0001-01-01T00:00:00+14:00,WSJ,t,", "expected a time"),
        ("9999-12-31T23:59:59-14:00,WSJ,t,", "expected a time"),
        ("2025-07-21T18:02:00Z,WSJ,  ,", "title is empty"),
        ("2025-07-21T18:02:00Z,WSJ,t,javascript:alert(1)", "http or https"),
        ("2025-07-21T18:02:00Z", "title is empty"),
    ],
)
def test_that_a_bad_headline_is_named_by_its_line(tmp_path: Path, row: str, reason: str) -> None:
    found = news(tmp_path, NEWS + f"2025-07-21T18:02:00Z,WSJ,fine,\n{row}\n")
    assert len(found.headlines) == 1
    assert [bad.line for bad in found.bad] == [3]
    assert reason in found.bad[0].reason


def test_that_the_same_row_is_the_same_headline_every_time(tmp_path: Path) -> None:
    text = NEWS + "2025-07-21T18:02:00Z,WSJ,A title,\n" * 2
    first, second = news(tmp_path, text).headlines
    assert first.id == second.id == news(tmp_path, text).headlines[0].id


def test_that_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="no column title"):
        news(tmp_path, "published,publisher,link\n")


def test_that_progress_is_told(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text(NEWS + "2025-07-21T18:02:00Z,WSJ,A title,\n" * 100_001, encoding="utf-8")
    told: list[int] = []
    read_headlines(path, NOW, told.append)
    assert told == [50_000, 100_000]


@given(
    st.lists(st.text(st.characters(codec="utf-8"), max_size=12), max_size=12), st.sampled_from([LONG, NEWS])
)
def test_that_any_rows_are_kept_or_named(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str], header: str
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    read = prices if header is LONG else news
    try:
        found = read(folder, header + ",".join(cells) + "\n")
    except BadInputError:
        return
    assert all(isinstance(bad, BadRow) and bad.line >= 2 and bad.reason for bad in found.bad)


def test_that_an_archive_counts_more_than_the_clock_of_this_machine(tmp_path: Path) -> None:
    found = prices(tmp_path, LONG + "NVDA,2026-03-02,,,,1,\nNVDA,2027-03-03,,,,1,\n")
    assert [bar.day for bar in found.bars["NVDA"]] == [date(2026, 3, 2), date(2027, 3, 3)]
    told = news(tmp_path, NEWS + "2027-03-01T23:00:00Z,WSJ,Kept,,\n")
    assert [headline.title for headline in told.headlines] == ["Kept"]
    assert not found.bad + told.bad
