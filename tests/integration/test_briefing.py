"""The daily briefing: what it holds, and that it stays plain text in every form."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.integration.conftest import Run
from tests.integration.store_samples import alert
from tests.support.rig import TUESDAY, build_rig

from stackwatch.app import DEFAULT_EPISODE, Options, World, open_store
from stackwatch.commands import briefing
from stackwatch.commands.briefing import export_briefing
from stackwatch.domain.briefing import Briefing
from stackwatch.domain.earnings import Earnings
from stackwatch.domain.errors import BadInputError, StackwatchError
from stackwatch.domain.quote import DailyBar, QuoteState, Session
from stackwatch.domain.rule import Direction, Rule, RuleKind, SubjectKind
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.briefing_words import BriefingPage, BriefingWriter, Item, Section, Table
from stackwatch.engine.services.briefings import brief
from stackwatch.storage.briefing_file import as_html, as_markdown
from stackwatch.storage.locations import user_folders
from stackwatch.system.clock import SystemClock

HOSTILE = (
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "# head",
    "| a | b |",
    "[x](javascript:1)",
    "http://[x/",
    "1. one\n2. two",
    "\u202egpj.exe",
    "x" * 2000,
)


@pytest.fixture(scope="module", autouse=True)
def _days_are_played_once() -> Iterator[None]:
    """Play a day once for every list and language: what it comes to is a value, and takes seconds."""
    play, played = briefing._of_demo, dict[object, Briefing | None]()

    def once(options: Options, world: World, name: str) -> Briefing | None:
        key = world.watchlist, options.language, name or DEFAULT_EPISODE
        if key not in played:
            played[key] = play(options, world, name)
        return played[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(briefing, "_of_demo", once)
        yield


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - its name
        self.seen.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def page(text: str) -> BriefingPage:
    table = Table(heads=("a", text), rows=((text, "1"),), figures=frozenset({1}))
    section = Section(
        title=text,
        note=text,
        table=table,
        items=(
            Item(head=text, lines=(text,), link=text),
            Item(head="h", lines=("l",), link="https://e.com/?a=1&b"),
        ),
    )
    return BriefingPage(language=Language.ENGLISH, title=text, made=text, summary=text, sections=(section,))


def test_that_a_word_without_end_is_broken_in_a_cell_and_others_are_not() -> None:
    assert f'<td class="broken">{"x" * 2000}</td>' in as_html(page("x" * 2000))
    assert 'class="broken"' not in as_html(page("Abnormal move of a share"))


@pytest.mark.parametrize("text", HOSTILE)
def test_that_what_comes_from_outside_stays_text_in_html_and_markdown(text: str) -> None:
    tags = Tags()
    tags.feed(as_html(page(text)))
    assert set(tags.seen) <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "h1",
        "h2",
        "p",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "div",
        "b",
        "a",
    }
    assert tags.seen.count("a") == 1
    assert any(text in words for words in tags.words)
    plain = as_html(page("calm"))
    assert tags.seen == (calm := Tags(), calm.feed(plain))[0].seen
    lines = as_markdown(page(text)).splitlines()
    assert len(lines) == len(as_markdown(page("calm")).splitlines())
    unescaped = re.compile(r"(?<!\\)[<|\[`]")
    body = [line for line in lines if line.startswith(("- ", "  - ", "# ", "## "))]
    assert not [line for line in body if unescaped.search(line) and "https://e.com" not in line]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("GPUs & accelerators", "GPUs & accelerators"),
        ("+0.06 %", "+0.06 %"),
        ("AT&amp;T", r"AT\&amp;T"),
        ("- one", r"\- one"),
        ("---", r"\---"),
        ("# head", r"\# head"),
    ],
)
def test_that_markdown_is_escaped_where_it_would_mean_something(text: str, marked: str) -> None:
    assert f"- {marked}" in as_markdown(page(text)).splitlines()


def test_that_a_documented_day_is_exported_with_its_parts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "day.md"
    options = Options(folders=user_folders(tmp_path / "data"))
    assert export_briefing(options, target, on="2025-07-22", demo=None) == 0
    text = target.read_text("utf-8")
    assert "# Briefing, 22 Jul 2025" in text
    for part in (
        "Markets",
        "Layers",
        "tied to a story",
        "unexplained",
        "Private companies",
        "Alerts",
        "How this",
    ):
        assert part in text
    assert "KLAC KLA  \u22124.86\u202f%, abnormal \u22124.24\u202f%, SAR \u22122.9" in text
    assert "WSJ, Mon 18:00 ET: SoftBank" in text
    assert "Stargate  \u22122.26\u202f%, abnormal \u22121.62\u202f%, 4 of 5 down" in text
    assert "Anthropic  \u22120.07\u202f%, abnormal +0.51\u202f%, 1 of 2 down" in text  # the other rose
    heads = [line for line in text.split("Not judged")[0].splitlines() if line.startswith("## ")]
    assert heads[-1] == "## Other large moves"  # what is not judged is not said to be within its usual range
    assert "not a forecast" in text
    assert "Nvidia falls, tied to news" in text.partition("## Alerts")[2]  # its rules were evaluated
    assert "No alerts" not in text
    assert "2025-07-22" in capsys.readouterr().out


def test_that_the_usual_day_is_exported_where_no_other_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = run("export", "briefing", "day.md", "--demo")
    assert code == 0, err
    assert "22 Jul 2025" in (tmp_path / "day.md").read_text("utf-8")


def test_that_a_briefing_tells_what_a_story_is_tied_to_though_it_stayed_within_its_usual_range(
    tmp_path: Path,
) -> None:
    options = Options(folders=user_folders(tmp_path / "data"))
    target = tmp_path / "day.md"
    assert export_briefing(options, target, on=None, demo="2025-07-22-stargate") == 0
    text = target.read_text("utf-8")
    assert "3 unexplained. 2 within it are tied to a story. 4 alerts fired." in text
    _, _, after = text.partition("\n## Within their usual range, tied to a story\n")
    part, _, rest = after.partition("\n## ")
    assert "- NVDA NVIDIA  \u22122.54\u202f%" in part
    assert "- ORCL Oracle  \u22122.23\u202f%" in part
    assert part.count("Tied to the Stargate report\n  - Coincidence about 1 time in 3\n  - WSJ, ") == 2
    assert "NVDA NVIDIA  " not in rest
    korean = replace(options, language=Language.KOREAN)
    assert export_briefing(korean, target, on=None, demo="2025-07-22-stargate") == 0
    text = target.read_text("utf-8")
    assert "설명되지 않음 3. 평소 범위 안에서 소식과 연결 2. 알림 4건." in text
    assert "\n## 평소 범위 안, 소식과 연결된 종목\n" in text


def test_that_a_list_of_private_names_is_briefed_by_what_they_are_tied_to(tmp_path: Path) -> None:
    (own := tmp_path / "own.toml").write_text(
        'version = 1\nid = "own"\nname = {en = "Own", ko = "Own"}\nprivate = ["stargate", "anthropic"]\n',
        "utf-8",
    )
    options = Options(folders=user_folders(tmp_path / "data"), watchlist=own)
    target = tmp_path / "day.md"
    assert export_briefing(options, target, on="2025-07-22", demo=None) == 0
    text = target.read_text("utf-8")
    assert "# Briefing, 22 Jul 2025" in text
    assert "The list holds no listed name. 2 alerts fired." in text
    assert "| QQQ | \u22120.52\u202f% |" in text
    assert "Stargate  \u22122.26\u202f%" in text
    assert "WSJ, Mon 18:00 ET: SoftBank" in text
    assert "could be judged" not in text


def test_that_a_page_keeps_how_many_rose_and_when_an_alert_fired_on_one_line(tmp_path: Path) -> None:
    target = tmp_path / "day.html"
    options = Options(folders=user_folders(tmp_path / "data"))
    assert export_briefing(options, target, on="2025-07-22", demo=None) == 0
    html = target.read_text("utf-8")
    assert re.search(r"\.whole \{[^}]*white-space: nowrap", html)
    assert '<td class="whole">5 up, 6 down of 11</td>' in html  # on paper all of these were broken
    assert re.search(r'<td class="whole">\d\d:\d\d ET</td>', html)


def test_that_a_stormy_day_counts_every_unusual_move_and_calls_no_move_of_a_layer_a_reason(
    tmp_path: Path,
) -> None:
    target = tmp_path / "day.md"
    options = Options(folders=user_folders(tmp_path / "data"))
    assert export_briefing(options, target, on=None, demo="2025-01-27-deepseek") == 0
    text = target.read_text("utf-8")
    said = re.search(
        r"(\d+) of 57 judged names .*: (\d+) tied to a story, (\d+) with .*, (\d+) unexplained", text
    )
    assert said is not None
    total, *parts = map(int, said.groups())
    assert total == sum(parts) > 30  # as many as the list itself marks, not only those with a paragraph
    for after, count in zip(text.split("\n## Beyond their usual range")[1:], parts, strict=True):
        part = after.partition("\n## ")[0]
        told, more = part.count("abnormal "), re.search(r"- (\d+) more: ", part)
        assert told + (int(more[1]) if more else 0) == count
        assert (" tied to " in part.partition("\n")[0]) == ("Tied to the DeepSeek report" in part)
    assert len(set(re.findall(r"(\d+) headlines? w", text))) == 1  # under a name and at the end
    assert re.search(r"\| 11:35 ET \| NVDA .* \| Sharp move, tied to news \| CNBC: .* \| ", text)


def test_that_a_past_day_is_briefed_from_whichever_names_traded_on_it(tmp_path: Path) -> None:
    options = Options(folders=user_folders(tmp_path))
    friday, monday, tuesday = (
        date(2026, 5, 22),
        date(2026, 5, 25),
        date(2026, 5, 26),
    )  # New York rests on Monday
    closes = {
        "005930.KS": {friday: 100.0, monday: 103.0, tuesday: 101.0},
        "NVDA": {friday: 100.0, tuesday: 99.0},
        "ENR.DE": {friday: 100.0, monday: 96.0, tuesday: 97.0},
    }
    with closing(open_store(options.folders, SystemClock(), replay=False)) as store:
        for symbol, prices in closes.items():
            bars = [DailyBar(day, price, price, price, price, 1) for day, price in prices.items()]
            store.bars.save_daily(symbol, bars)
    target = tmp_path / "day.md"
    assert export_briefing(options, target, on=monday.isoformat(), demo=None) == 0
    text = target.read_text("utf-8")
    assert "1 rose, 1 fell" in text
    assert "Within their usual range" not in text.partition("## Other")[0]  # nothing is tied
    assert "No alerts on record." in text
    assert "None is on record. Rules are evaluated while Stackwatch runs" in text
    assert "fired" not in text
    korean = replace(options, language=Language.KOREAN)
    assert export_briefing(korean, target, on=monday.isoformat(), demo=None) == 0
    assert "기록된 알림 0건." in target.read_text("utf-8")
    assert "+3.00" in text
    assert "\u22124.00" in text
    with pytest.raises(BadInputError, match="2026-05-24"):
        export_briefing(options, target, on="2026-05-24", demo=None)


def test_that_the_alerts_of_a_past_day_are_told_however_many_came_since(tmp_path: Path) -> None:
    options = Options(folders=user_folders(tmp_path))
    before, day = date(2026, 5, 18), date(2026, 5, 19)
    fired = datetime(2026, 5, 19, 15, tzinfo=UTC)
    with closing(open_store(options.folders, SystemClock(), replay=False)) as store:
        store.bars.save_daily("NVDA", [DailyBar(d, 100.0, 100.0, 100.0, 100.0, 1) for d in (before, day)])
        later = [alert(f"later-{n}", fired_at=fired + timedelta(days=2, minutes=n)) for n in range(1000)]
        store.alerts.save([alert("that-day", fired_at=fired), *later])
    target = tmp_path / "day.md"
    assert export_briefing(options, target, on=day.isoformat(), demo=None) == 0
    text = target.read_text("utf-8")
    assert "1 alert on record." in text
    assert "| 11:00 ET | NVDA" in text.partition("## Alerts")[2]


@pytest.mark.parametrize(
    ("name", "on", "named"),
    [
        ("day.txt", None, ".pdf"),
        ("day.md", "22 July", "2025-07-22"),
        ("day.md", "2019-01-02", "documented days"),
    ],
)
def test_that_a_briefing_that_cannot_be_made_is_told(
    tmp_path: Path, name: str, on: str | None, named: str
) -> None:
    options = Options(folders=user_folders(tmp_path))
    with pytest.raises(StackwatchError, match=named):
        export_briefing(options, tmp_path / name, on=on, demo=None)
    assert not (tmp_path / name).exists()


def test_that_a_briefing_says_who_reports_soon_or_did_lately_the_earliest_first(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    now = rig.clock.now()
    soon, far = now + timedelta(days=3), now + timedelta(days=40)
    rig.market.set("NVDA", 90.0, earnings=Earnings(first=soon, until=soon))
    rig.market.set("AMD", 101.0, earnings=Earnings(last=now - timedelta(days=1), first=far, until=far))
    rig.market.set("MSFT", 101.0, earnings=Earnings(first=far, until=far))
    rig.refresh()
    made = brief(rig.engine)
    assert made is not None
    world = rig.engine.parts
    page = BriefingWriter(world.ecosystem, world.watchlist, Language.ENGLISH).page(made)
    (section,) = [each for each in page.sections if each.title.startswith("Results")]
    names = [item.head for item in section.items]
    assert [name.split("  ")[0] for name in names] == ["AMD Advanced Micro Devices", "NVDA NVIDIA"]
    assert names[0].endswith("reported yesterday")
    assert "reports " in names[1]
    none = BriefingWriter(world.ecosystem, world.watchlist, Language.ENGLISH).page(replace(made, reports=()))
    assert not [each for each in none.sections if each.title.startswith("Results")]


def falls(symbol: str) -> Rule:
    return Rule(
        id="falls",
        name_en="Falls",
        name_ko="하락",
        kind=RuleKind.PERCENT_MOVE,
        subject_kind=SubjectKind.SYMBOL,
        subject=symbol,
        direction=Direction.DOWN,
        threshold=5.0,
    )


def test_that_the_next_morning_tells_the_alerts_of_the_day_that_it_is_about(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (falls("NVDA"),))
    rig.market.set("NVDA", 100.0)
    rig.market.report(
        "Stargate venture of OpenAI and SoftBank is slow to start, sources say", publisher="WSJ"
    )
    rig.refresh()
    rig.clock.advance(seconds=60)
    rig.market.set("NVDA", 90.0)
    rig.refresh()
    rig.wait_for_group()
    evening = brief(rig.engine)
    assert evening is not None
    rig.clock.advance(seconds=20 * 3600)
    morning = brief(rig.engine)
    assert morning is not None
    assert morning.day == evening.day < morning.made_at.date()
    assert morning.alerts == evening.alerts != ()
    parts = rig.engine.parts
    writer = BriefingWriter(parts.ecosystem, parts.watchlist, Language.ENGLISH)
    first, second = (writer.page(made) for made in (evening, morning))
    tables = [[s.table for s in page.sections if s.title == "Alerts"] for page in (first, second)]
    assert tables[0] == tables[1]
    private = [[s.items for s in page.sections if s.title.startswith("Private")] for page in (first, second)]
    assert private[0] == private[1]
    assert "WSJ, 10:30 ET: Stargate venture" in str(private[0])


def test_that_what_stands_still_is_no_large_move_of_a_quiet_day(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    for symbol, price in (("NVDA", 98.5), ("AMD", 100.2), ("MU", 100.0)):
        rig.market.set(symbol, price)
    rig.refresh()
    made = brief(rig.engine)
    assert made is not None
    assert [each.move.symbol for each in made.ordinary] == ["NVDA"]


def test_that_an_alert_of_the_morning_in_seoul_is_told_with_its_day(tmp_path: Path) -> None:
    rig = build_rig(
        tmp_path, (falls("005930.KS"),), datetime(2026, 3, 10, 1, tzinfo=UTC)
    )  # Monday evening in New York
    for price in (100.0, 90.0):
        rig.clock.advance(seconds=60)
        rig.market.set("005930.KS", price, currency="KRW")
        rig.refresh()
    rig.wait_for_group()
    assert [each.alert.session_key for each in rig.raised()] == ["2026-03-10"]
    rig.clock.advance(hours=19)
    for symbol in ("NVDA", "AMD"):
        rig.market.set(symbol, 101.0)
    rig.refresh()
    made = brief(rig.engine)
    assert made is not None
    assert made.day == date(2026, 3, 10)
    assert "005930.KS" in {each.move.symbol for each in made.ordinary}
    assert [alert.subject for alert in made.alerts] == ["005930.KS"]
    parts = rig.engine.parts
    page = BriefingWriter(parts.ecosystem, parts.watchlist, Language.ENGLISH).page(made)
    (table,) = [section.table for section in page.sections if section.title == "Alerts"]
    assert table is not None
    assert table.rows[0][0] == "10:02 KST"


def test_that_what_seoul_did_a_day_later_is_told_with_its_day(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    for symbol, price in (("QQQ", 99.0), ("MU", 95.0), ("NVDA", 101.0), ("AMD", 101.0), ("MSFT", 101.0)):
        rig.market.set(symbol, price)
    rig.refresh()
    rig.clock.advance(hours=16)  # Wednesday afternoon in Seoul
    for symbol, price in (("^KS11", 98.0), ("000660.KS", 93.0)):
        rig.market.set(symbol, price, currency="KRW")
    rig.refresh()
    made = brief(rig.engine)
    assert made is not None
    assert made.day == TUESDAY.date()
    parts = rig.engine.parts
    told = {
        language: as_markdown(BriefingWriter(parts.ecosystem, parts.watchlist, language).page(made))
        for language in Language
    }
    assert "| QQQ | \u22121.00" in told[Language.ENGLISH]
    assert "| KOSPI (Wed) | \u22122.00" in told[Language.ENGLISH]
    assert "SK hynix (Wed)\u00a0\u22127.00" in told[Language.ENGLISH]
    assert "- SK hynix (Wed)  \u22127.00" in told[Language.ENGLISH]
    assert "| 코스피(수) | \u22122.00" in told[Language.KOREAN]
    assert "- SK하이닉스(수)  \u22127.00" in told[Language.KOREAN]
    assert "NVDA (" not in told[Language.ENGLISH]


def test_that_what_a_resting_market_did_days_ago_is_no_part_of_the_day(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    before, closed = rig.clock.now() - timedelta(days=4), QuoteState.CLOSED
    # Seoul has a week of holidays, and the price of the European index is late.
    for symbol in ("000660.KS", "005930.KS", "017670.KS", "^KS11", "^STOXX50E"):
        currency = "EUR" if symbol == "^STOXX50E" else "KRW"
        rig.market.set(symbol, 90.0, currency=currency, as_of=before, session=Session.CLOSED, state=closed)
    for symbol in ("MU", "NVDA", "AMD", "MSFT", "AVGO"):
        rig.market.set(symbol, 101.0)
    rig.market.set("ENR.DE", 100.0, currency="EUR")
    rig.refresh()
    made = brief(rig.engine)
    assert made is not None
    assert "^STOXX50E" in rig.engine.market.moves
    assert not made.market
    layers = {each.rollup.id: each for each in made.layers}
    assert [move.symbol for move in layers["memory"].largest] == ["MU"]
    assert (layers["memory"].rollup.up, layers["memory"].rollup.down) == (1, 0)
    assert "korea_ai" not in layers
    parts = rig.engine.parts
    page = BriefingWriter(parts.ecosystem, parts.watchlist, Language.ENGLISH).page(made)
    assert page.summary.startswith("5 rose, 0 fell. ")
    assert "10.00" not in str(page)


def test_that_a_briefing_of_friday_tells_on_sunday_what_was_said_of_private_names_on_friday(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, (), TUESDAY + timedelta(days=3))
    rig.market.set("NVDA", 90.0)
    rig.market.report("Stargate venture of OpenAI and SoftBank is slow to start, sources say")
    rig.refresh()
    rig.clock.advance(days=2)
    made = brief(rig.engine)
    assert made is not None
    assert (made.day.weekday(), made.made_at.weekday()) == (4, 6)
    told = {each.rollup.id: len(each.stories) for each in made.private}
    assert told["stargate"] == 1


def test_that_a_briefing_knows_nothing_later_than_its_clock_and_speaks_both_languages(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    assert brief(rig.engine) is None
    rig.market.set("NVDA", 90.0)
    rig.refresh()
    made = brief(rig.engine)
    assert made is not None
    assert made.made_at == rig.clock.now()
    assert all(story.lead.published <= made.made_at for each in made.private for story in each.stories)
    world = rig.engine.parts
    for language, word in ((Language.ENGLISH, "Briefing"), (Language.KOREAN, "브리핑")):
        words = BriefingWriter(world.ecosystem, world.watchlist, language).page(replace(made, replay=True))
        assert word in words.title
        assert all(section.title for section in words.sections)
