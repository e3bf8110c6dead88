"""What an engine is made of: the data it starts from and the ports it works through."""

from collections.abc import Callable
from dataclasses import dataclass

from stackwatch.analysis.titles.title_reader import TitleReader
from stackwatch.domain.rule import Rule
from stackwatch.domain.settings import Settings
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.engine.ports import (
    BarSource,
    Calendars,
    Clock,
    ListFile,
    MakeNews,
    NewsSource,
    QuoteSource,
    QuoteStream,
    ReleaseSource,
    RequestMeter,
    RuleFile,
    StatementSource,
    SymbolSearch,
)
from stackwatch.engine.store_ports import Archive, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineParts:
    """What an engine is made of: the data it starts from and the ports it works through."""

    ecosystem: Ecosystem
    watchlist: Watchlist
    rules: tuple[Rule, ...]
    reader: TitleReader
    tiers: dict[str, int]
    clock: Clock
    store: Store
    calendars: Calendars
    quotes: QuoteSource
    bars: BarSource
    news: tuple[NewsSource, ...]
    new_id: Callable[[], str]
    stream: QuoteStream | None = None
    replay: bool = False
    recording: bool = True  # of alerts; False where another program records those of the same store
    settings: Settings = Settings()  # noqa: RUF009 - a frozen value
    make_news: MakeNews | None = None
    meter: RequestMeter | None = None
    statements: StatementSource | None = None
    presenting: Callable[[], bool] = lambda: False  # whether another program has the whole screen
    rule_file: RuleFile | None = None
    open_archive: Callable[[], Archive | None] | None = None  # the live program's, for one thread
    open_replayed: Callable[[], Archive] | None = None  # of the replay: prices that are made up
    releases: ReleaseSource | None = None
    list_file: ListFile | None = None
    make_reader: Callable[[], TitleReader] | None = None  # one that knows the names that came meanwhile
    search: SymbolSearch | None = None
