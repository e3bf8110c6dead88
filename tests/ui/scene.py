"""22 July 2025, 16:05 in New York, as the main window shows it: values by hand, one per kind of row."""

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from inspect import signature

from PySide6.QtCore import QObject

from stackwatch.domain.events import (
    AlertsLoaded,
    ArmedChanged,
    ClockTicked,
    Event,
    HealthChanged,
    HistoryChanged,
    QuotesChanged,
    RollupsChanged,
    StoriesChanged,
)
from stackwatch.domain.health import Health, HealthState
from stackwatch.domain.market import MarketClock
from stackwatch.domain.move import Move, Rollup
from stackwatch.domain.news import Headline, Reading, Story, StoryTheme
from stackwatch.domain.quote import HistorySummary, Quote, QuoteState, Session
from stackwatch.domain.watchlist import (
    BilingualName,
    Ecosystem,
    Instrument,
    Language,
    Layer,
    PrivateEntity,
    Watchlist,
)
from stackwatch.engine.window_commands import Commands
from stackwatch.ui.kit.dress import dress, reword
from stackwatch.ui.kit.language import use_language
from stackwatch.ui.kit.theme import Theme as Look
from stackwatch.ui.kit.theme import use_theme

NOW = datetime(2025, 7, 22, 20, 5, tzinfo=UTC)
CLOSE = datetime(2025, 7, 22, 20, 0, tzinfo=UTC)

# symbol, English, Korean, last, change %, abnormal %, SAR, stories, place in the year
SHARES = (
    ("ORCL", "Oracle", "오라클", 235.43, -2.23, -1.846, -0.75289, 9, 0.93),
    ("MSFT", "Microsoft", "마이크로소프트", 505.27, -0.939, -0.625, -0.55334, 11, 0.95),
    ("GOOGL", "Alphabet", "알파벳(구글)", 191.34, 0.652, 1.197, 0.75454, 8, 0.76),
    ("AMZN", "Amazon", "아마존", 227.47, -0.798, -0.182, -0.14581, 3, 0.82),
    ("META", "Meta Platforms", "메타", 704.81, -1.145, -0.591, -0.42644, 4, 0.87),
    ("CRWV", "CoreWeave", "코어위브", 129.77, 3.891, 3.271, 0.35358, 2, 0.65),
    ("9984.T", "SoftBank Group", "소프트뱅크그룹", 2887.5, 2.85, None, None, 6, None),
    ("NVDA", "NVIDIA", "엔비디아", 167.03, -2.538, -1.7448, -0.80799, 14, 0.92),
    ("AMD", "Advanced Micro Devices", "AMD", 154.72, -1.452, -0.665, -0.33091, 3, 0.78),
    ("ARM", "Arm Holdings", "Arm 홀딩스", 156.5, -3.347, -2.274, -0.83887, 1, 0.74),
    ("INTC", "Intel", "인텔", 23.24, -0.086, 0.455, 0.12434, 2, 0.35),
    ("AVGO", "Broadcom", "브로드컴", 278.7, -3.338, -2.593, -1.11187, 5, 0.9),
    ("KLAC", "KLA", "KLA", 88.65, -4.856, -4.236, -2.92481, 1, 0.86),
    ("LRCX", "Lam Research", "램리서치", 97.15, -3.981, -3.296, -2.00624, 1, 0.89),
    ("SNPS", "Synopsys", "시높시스", 615.13, 4.002, 4.583, 2.8261, 1, 1.0),
    ("DELL", "Dell Technologies", "델 테크놀로지스", 122.77, -3.196, -2.478, -1.09494, 1, 0.74),
    ("SMCI", "Super Micro Computer", "슈퍼마이크로", 49.86, -3.184, -2.635, -0.48817, 2, 0.52),
    ("HPE", "Hewlett Packard Enterprise", "HPE", 19.99, -1.21, -0.408, -0.17268, 0, 0.68),
    ("MU", "Micron Technology", "마이크론", 109.16, -3.541, -2.661, -1.07657, 2, 0.7),
    ("000660.KS", "SK hynix", "SK하이닉스", 269000.0, -1.1, None, None, 3, None),
    ("005930.KS", "Samsung Electronics", "삼성전자", 66000.0, -2.65, None, None, 4, None),
    ("VST", "Vistra", "비스트라", 189.1, 0.46, 0.9, 0.3, 1, 0.93),
    ("GEV", "GE Vernova", "GE 버노바", 543.1, -2.99, -2.1, -0.7, 1, 0.94),
)

# id, English, Korean, symbols, change, abnormal, SAR, up, down, total
LAYERS = (
    ("cloud", "Cloud", "클라우드", "ORCL MSFT GOOGL AMZN META CRWV 9984.T", -0.04, 0.53, 0.2, 5, 6, 11),
    ("gpus", "GPUs & accelerators", "GPU·가속기", "NVDA AMD ARM INTC", -1.86, -1.06, -0.7, 0, 4, 4),
    ("asic", "ASIC, network & optics", "ASIC·네트워크·광통신", "AVGO", -2.27, -1.3, -0.6, 1, 8, 9),
    ("memory", "Memory & HBM", "메모리·HBM", "MU 000660.KS 005930.KS", -2.2, -1.51, -0.6, 0, 5, 5),
    ("equipment", "Equipment & EDA", "반도체 장비·EDA", "KLAC LRCX SNPS", -1.44, -0.8, -0.7, 2, 6, 8),
    ("servers", "Servers & storage", "AI 서버·스토리지", "DELL SMCI HPE", -2.83, -2.14, -0.8, 0, 5, 5),
    ("power", "Power & nuclear", "발전·원전", "VST", 0.04, 0.49, 0.2, 4, 3, 7),
    ("grid", "Grid & gas turbines", "전력망·가스터빈", "GEV", -0.56, -0.04, 0.0, 1, 6, 7),
)

# id, English, Korean, kind, change, abnormal, SAR, names, stories
PRIVATE = (
    ("openai", "OpenAI", "오픈AI", "company", -0.98, -0.35, -0.2, 7, 12),
    ("stargate", "Stargate", "스타게이트", "project", -2.21, -1.36, -0.7, 5, 5),
    ("anthropic", "Anthropic", "앤트로픽", "company", -0.07, 0.51, 0.4, 2, 4),
    ("upstage", "Upstage", "업스테이지", "company", None, None, None, 0, 1),
)

FOLDED = ("asic", "memory", "power", "grid")

_PLACES = {  # suffix: exchange, currency, zone, calendar, benchmark
    "KS": ("KRX", "KRW", "Asia/Seoul", "XKRX", "^KS11"),
    "T": ("TSE", "JPY", "Asia/Tokyo", "XTKS", "^N225"),
    "": ("Nasdaq", "USD", "America/New_York", "XNYS", "QQQ"),
}


class RecordedCommands:
    """A core that writes down what it was asked, whole: the command's name and every value."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Return what takes a command down; nobody can ask for what ``Commands`` does not name."""
        command = signature(getattr(Commands, name))

        def ask(*given: object, **named: object) -> None:
            bound = command.bind(self, *given, **named)
            bound.apply_defaults()
            values = (*bound.args[1:], *bound.kwargs.values())
            self.calls.append((name, *(tuple(v) if isinstance(v, list) else v for v in values)))

        return ask


def instrument(symbol: str, en: str, ko: str) -> Instrument:
    suffix = symbol.rpartition(".")[2] if "." in symbol else ""
    exchange, currency, zone, calendar, benchmark = _PLACES[suffix]
    return Instrument(
        symbol=symbol, names=BilingualName(en, ko), exchange=exchange, currency=currency,
        timezone=zone, calendar=calendar, benchmark=benchmark,
    )  # fmt: skip


def ecosystem() -> Ecosystem:
    return Ecosystem(
        instruments={row[0]: instrument(row[0], row[1], row[2]) for row in SHARES},
        private={
            row[0]: PrivateEntity(
                id=row[0],
                names=BilingualName(row[1], row[2]),
                kind=row[3],
                status=BilingualName("private", "비상장"),
                as_of="",
            )
            for row in PRIVATE
        },
        exposures=(),
        aliases=(),
    )


def watchlist() -> Watchlist:
    return Watchlist(
        id="ai",
        names=BilingualName("AI ecosystem", "AI 생태계"),
        layers=tuple(
            Layer(id=row[0], names=BilingualName(row[1], row[2]), symbols=tuple(row[3].split()))
            for row in LAYERS
        ),
        private=tuple(row[0] for row in PRIVATE),
    )


def quote(symbol: str = "NVDA", price: float = 167.03, percent: float = -2.538, **changes: object) -> Quote:
    """Return a live quote of the scene's evening, with ``changes``."""
    suffix = symbol.rpartition(".")[2] if "." in symbol else ""
    values: dict[str, object] = {
        "symbol": symbol, "price": price, "currency": _PLACES[suffix][1],
        "previous_close": price / (1 + percent / 100), "as_of": CLOSE, "session": Session.POST,
        "source": "Yahoo", "state": QuoteState.LIVE,
    }  # fmt: skip
    return Quote(**(values | changes))  # type: ignore[arg-type]


def move(
    symbol: str, percent: float, abnormal: float | None, sar: float | None, reason: str | None = None
) -> Move:
    return Move(
        symbol=symbol, session_date=date(2025, 7, 22), move_pct=percent, benchmark="QQQ",
        benchmark_move_pct=-0.518, abnormal_pct=abnormal, sar=sar, n_estimation=120, reason=reason,
    )  # fmt: skip


def quotes() -> QuotesChanged:
    made, moves = [], []
    for symbol, _en, _ko, price, percent, abnormal, sar, _count, place in SHARES:
        changes: dict[str, object] = {}
        if "." in symbol:
            changes = {"state": QuoteState.CLOSED, "session": Session.CLOSED}
        elif place is not None:
            changes = {"year_low": price * 0.5, "year_high": price * 0.5 * (1 + 1 / max(place, 0.05))}
        made.append(quote(symbol, price, percent, **changes))
        if sar is not None:
            moves.append(move(symbol, percent, abnormal, sar))
    return QuotesChanged(tuple(made), tuple(moves))


def rollups() -> RollupsChanged:
    made = [
        Rollup(
            id=row[0], move_pct=row[4], abnormal_pct=row[5], sar=row[6], up=row[7], down=row[8],
            averaged=row[9], counted=row[9], judged=row[9], unusual=0, total=row[9],
        )
        for row in LAYERS
    ]  # fmt: skip
    made += [
        Rollup(
            id=row[0], move_pct=row[4], abnormal_pct=row[5], sar=row[6], up=0, down=row[7],
            averaged=row[7], counted=row[7], judged=row[7], unusual=0, total=row[7],
        )
        for row in PRIVATE
    ]  # fmt: skip
    return RollupsChanged(tuple(made))


def history() -> HistoryChanged:
    made = []
    for number, row in enumerate(SHARES):
        if "." in row[0]:
            continue
        path = (0.93 + 0.0035 * day + 0.012 * math.sin(day * 0.9 + number) for day in range(20))
        closes = (*(row[3] * share for share in path), row[3])
        made.append(HistorySummary(row[0], closes, None, None))
    return HistoryChanged(tuple(made))


def story(
    story_id: str = "s1", title: str = "SoftBank and OpenAI's $500bn Stargate is slow to start"
) -> Story:
    published = datetime(2025, 7, 21, 22, 2, tzinfo=UTC)
    lead = Headline(
        id=f"h-{story_id}", title=title, publisher="WSJ", url="https://example.com/a",
        published=published, received=published, source="rss",
    )  # fmt: skip
    reading = Reading(mentions=(), primary="stargate", tone=-1, theme=StoryTheme.FUNDING, event=True)
    return Story(
        id=story_id, lead=lead, reading=reading, copies=23, publishers=("WSJ",), last_published=published
    )


def stories() -> StoriesChanged:
    counts = [(row[0], row[7]) for row in SHARES] + [(row[0], row[8]) for row in PRIVATE]
    return StoriesChanged((story(),), tuple(counts))


def clock(*, replay: bool = True, speed: float = 60.0) -> ClockTicked:
    opens = datetime(2025, 7, 23, 0, 0, tzinfo=UTC)
    markets = (
        MarketClock(
            calendar="XNYS", label="NYSE", phase=Session.POST,
            next_change=datetime(2025, 7, 23, 0, 0, tzinfo=UTC), next_opens=False,
        ),
        MarketClock(calendar="XKRX", label="KRX", phase=Session.CLOSED, next_change=opens, next_opens=True),
        MarketClock(calendar="XTKS", label="TSE", phase=Session.CLOSED, next_change=opens, next_opens=True),
    )  # fmt: skip
    return ClockTicked(NOW, markets, replay=replay, speed=speed)


def health(state: HealthState = HealthState.OK, source: str = "quotes") -> HealthChanged:
    return HealthChanged(
        Health(
            source=source,
            state=state,
            since=datetime(2025, 7, 22, 19, 41, tzinfo=UTC),
            next_try=datetime(2025, 7, 22, 20, 5, 42, tzinfo=UTC),
        )
    )


def events() -> tuple[Event, ...]:
    """Return everything the picture shows, in the order the core would send it."""
    return (
        clock(),
        health(),
        history(),
        quotes(),
        rollups(),
        stories(),
        ArmedChanged(
            frozenset({"ORCL", "9984.T", "NVDA", "stargate", "KLAC", "LRCX", "SNPS"}),
            frozenset({"KLAC", "LRCX", "SNPS"}),
        ),
        AlertsLoaded(()),
    )


def dress_in(part: QObject, theme: Look) -> None:
    """Use another theme, and have a part and all that is in it follow."""
    use_theme(theme)
    dress(part)


def speak(part: QObject, language: Language) -> None:
    """Use another language, and have a part and all that is in it follow."""
    use_language(language)
    reword(part)
