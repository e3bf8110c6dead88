"""22 July 2025 by hand: a small ecosystem and the events that the core would send about NVDA."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import sin

from stackwatch.domain.alert import Alert, AlertState, Member
from stackwatch.domain.events import (
    AlertRaised,
    AlertsLoaded,
    BarsLoaded,
    ClockTicked,
    Event,
    ExplanationChanged,
    QuotesChanged,
    RollupsChanged,
    StoriesChanged,
)
from stackwatch.domain.move import (
    BaseRate,
    Explanation,
    LinkedMove,
    Move,
    RateVerdict,
    Rollup,
    StoryMatch,
    Verdict,
)
from stackwatch.domain.news import Headline, Mention, Reading, Story, StoryTheme
from stackwatch.domain.quote import ChartRange, DailyBar, MinuteBar, Quote, QuoteState, Session
from stackwatch.domain.rule import Severity
from stackwatch.domain.watchlist import (
    Basis,
    BilingualName,
    Ecosystem,
    Exposure,
    Instrument,
    PrivateEntity,
    Relation,
)

NOW = datetime(2025, 7, 22, 20, 5, tzinfo=UTC)
DAY = date(2025, 7, 22)
_NEW_YORK, _TOKYO = "America/New_York", "Asia/Tokyo"


def instrument(symbol: str, english: str, korean: str, zone: str = _NEW_YORK) -> Instrument:
    listed = zone == _NEW_YORK
    return Instrument(
        symbol=symbol,
        names=BilingualName(english, korean),
        exchange="Nasdaq" if listed else "Tokyo",
        currency="USD" if listed else "JPY",
        timezone=zone,
        calendar="XNYS" if listed else "XTKS",
        benchmark="QQQ",
    )


def link(
    source: str, target: str, relation: Relation, since: date, publisher: str, *, read_across: bool = False
) -> Exposure:
    return Exposure(
        source=source,
        target=target,
        relation=relation,
        why="as reported",
        since=since,
        dated=since.isoformat(),
        publisher=publisher,
        basis=Basis.STORED,
        read_across=read_across,
    )


def ecosystem() -> Ecosystem:
    listed = (
        replace(
            instrument("NVDA", "NVIDIA", "엔비디아"),
            business=BilingualName("GPUs and networks for AI data centres", "AI 데이터센터용 GPU와 네트워크"),
        ),
        instrument("ARM", "Arm", "Arm 홀딩스"),
        instrument("ORCL", "Oracle", "오라클"),
        instrument("VRT", "Vertiv", "버티브"),
        instrument("KLAC", "KLA", "KLA"),
        instrument("LRCX", "Lam Research", "램리서치"),
        instrument("SNPS", "Synopsys", "시높시스"),
        instrument("SMCI", "Super Micro Computer", "슈퍼마이크로"),
        instrument("QQQ", "QQQ", "QQQ"),
        instrument("9984.T", "SoftBank", "소프트뱅크", _TOKYO),
    )
    private = (
        PrivateEntity(
            id="stargate",
            names=BilingualName("Stargate", "스타게이트"),
            kind="project",
            status=BilingualName(
                "Announced in January. Abilene is being built.", "1월 발표. 애빌린 건설 중."
            ),
            as_of="2025-07-01",
            business=BilingualName("Data centres for OpenAI", "오픈AI의 데이터센터"),
        ),
        PrivateEntity(
            id="openai",
            names=BilingualName("OpenAI", "오픈AI"),
            kind="company",
            status=BilingualName("Private. Last round in 2026.", "비상장. 2026년 투자 유치."),
            as_of="2026-08-22",
        ),
        PrivateEntity(
            id="upstage",
            names=BilingualName("Upstage", "업스테이지"),
            kind="company",
            status=BilingualName("", ""),
            as_of="",
        ),
    )
    exposures = (
        link("stargate", "ORCL", Relation.CUSTOMER, date(2025, 1, 21), "OpenAI"),
        link("stargate", "9984.T", Relation.EQUITY, date(2025, 7, 21), "Wall Street Journal"),
        link("stargate", "NVDA", Relation.SUPPLIER, date(2025, 5, 31), "Financial Times"),
        link("stargate", "ARM", Relation.PARTNER, date(2025, 1, 22), "MarketWatch"),
        link("stargate", "VRT", Relation.SUPPLIER, date(2025, 2, 1), "company statement"),
        link("stargate", "SMCI", Relation.SUPPLIER, date(2025, 7, 22), "price reaction", read_across=True),
        link("openai", "NVDA", Relation.SUPPLIER, date(2025, 9, 22), "OpenAI"),
    )
    return Ecosystem(
        instruments={i.symbol: i for i in listed},
        private={p.id: p for p in private},
        exposures=exposures,
        aliases=(),
    )


def quote(symbol: str, price: float, change_pct: float, **more: object) -> Quote:
    base = Quote(
        symbol=symbol,
        price=price,
        currency="JPY" if symbol.endswith(".T") else "USD",
        previous_close=price / (1 + change_pct / 100),
        as_of=datetime(2025, 7, 22, 20, 0, tzinfo=UTC),
        session=Session.POST,
        source="replay",
        state=QuoteState.CLOSED,
    )
    return replace(base, **more)  # type: ignore[arg-type]


NVDA = quote(
    "NVDA",
    167.03,
    -2.5383,
    day_low=164.58,
    day_high=171.39,
    year_low=86.62,
    year_high=174.25,
    volume=193_114_300,
)


def move(
    symbol: str, move_pct: float, abnormal: float | None, sar: float | None, reason: str | None = None
) -> Move:
    return Move(
        symbol=symbol,
        session_date=DAY,
        move_pct=move_pct,
        benchmark="QQQ",
        benchmark_move_pct=-0.52,
        alpha=0.0004,
        beta=1.6,
        abnormal_pct=abnormal,
        sar=sar,
        n_estimation=250,
        reason=reason,
    )


MOVES = {
    "NVDA": move("NVDA", -2.5383, -1.7448, -0.8),
    "ARM": move("ARM", -3.35, -2.27, -0.8),
    "ORCL": move("ORCL", -2.23, -1.85, -0.8),
    "VRT": move("VRT", -0.73, 0.41, 0.1),
    "9984.T": move("9984.T", 2.85, None, None, "benchmark ^N225 has another trading day"),
    "KLAC": move("KLAC", -4.86, -4.24, -2.9),
    "LRCX": move("LRCX", -3.98, -3.30, -2.0),
    "SNPS": move("SNPS", 4.00, 4.58, 2.8),
    "SMCI": move("SMCI", -3.18, -2.64, -0.5),
}


def story(  # noqa: PLR0913 - a story has this many sides
    key: str,
    title: str,
    publisher: str,
    when: datetime,
    *,
    entities: tuple[str, ...],
    tone: int,
    theme: StoryTheme,
    copies: int = 1,
    url: str = "https://example.com/story",
) -> Story:
    lead = Headline(
        id=key, title=title, publisher=publisher, url=url, published=when, received=when, source="scene"
    )
    mentions = tuple(Mention(e, e, 0, 1) for e in entities)
    reading = Reading(mentions=mentions, primary=entities[0], tone=tone, theme=theme, event=True)
    return Story(
        id=key, lead=lead, reading=reading, copies=copies, publishers=(publisher,), last_published=when
    )


SLOW = story(
    "slow",
    "SoftBank and OpenAI\u2019s $500bn Stargate is slow to start",
    "Wall Street Journal",
    datetime(2025, 7, 21, 22, 2, tzinfo=UTC),
    entities=("stargate", "openai", "9984.T"),
    tone=-1,
    theme=StoryTheme.FUNDING,
    copies=23,
)
MORE = story(
    "more",
    "OpenAI and Oracle add 4.5 GW to Stargate",
    "OpenAI",
    datetime(2025, 7, 22, 17, 20, tzinfo=UTC),
    entities=("stargate", "openai", "ORCL"),
    tone=1,
    theme=StoryTheme.CAPACITY,
    copies=18,
)
CLOSE = story(
    "close",
    "NVIDIA, Broadcom and servers end lower after Stargate report",
    "press attributes",
    datetime(2025, 7, 22, 20, 2, tzinfo=UTC),
    entities=("NVDA",),
    tone=-1,
    theme=StoryTheme.PRICE_TALK,
    copies=7,
)
HIRES = story(
    "hires",
    "Microsoft hires about two dozen from Google DeepMind",
    "CNBC",
    datetime(2025, 7, 22, 15, 48, tzinfo=UTC),
    entities=("NVDA",),
    tone=0,
    theme=StoryTheme.TALENT,
    copies=11,
)


ROUND_UP = story(
    "round-up",
    "Tech stocks today: Apple teases a phone and a watch, NVDA falters despite upbeat outlook",
    "Yahoo Finance",
    datetime(2025, 7, 21, 22, 3, tzinfo=UTC),
    entities=("NVDA",),
    tone=-1,
    theme=StoryTheme.EARNINGS,
)


def match(of: Story, *, opposes: bool = False, coincidence: float | None = None) -> StoryMatch:
    return StoryMatch(
        story=of,
        score=0.7,
        path=("stargate", "NVDA"),
        relations=("supplier",),
        lead_minutes=-230 if opposes else 928,
        tone=of.reading.tone,
        opposes=opposes,
        price_talk=False,
        coincidence=coincidence,
    )


EXPLAINED = Explanation(
    move=MOVES["NVDA"],
    verdict=Verdict.NEWS,
    matches=(match(SLOW, coincidence=0.25), match(MORE, opposes=True)),
    linked=(LinkedMove(id="ARM", relation="partner", move_pct=-3.35, sar=-0.8, moved=True),),
    cause="stargate",
    headlines_read=61,
    base_rates=(
        BaseRate(
            n=97,
            n_effective=97,
            horizon_days=5,
            median=1.8,
            ci_low=0.5,
            ci_high=3.1,
            usual_median=1.5,
            verdict=RateVerdict.SHOWN,
        ),
    ),
)
UNEXPLAINED = Explanation(
    move=MOVES["KLAC"],
    verdict=Verdict.UNEXPLAINED,
    matches=(),
    linked=(LinkedMove(id="LRCX", relation="layer", move_pct=-3.98, sar=-2.0, moved=True),),
    cause=None,
    headlines_read=61,
)
TALK = story(
    "talk",
    "KLA shares fall after guidance misses estimates",
    "Reuters",
    datetime(2025, 7, 22, 14, 10, tzinfo=UTC),
    entities=("KLAC",),
    tone=-1,
    theme=StoryTheme.PRICE_TALK,
    copies=1,
)
PUT_DOWN = replace(
    UNEXPLAINED,
    matches=(
        replace(
            match(replace(TALK, reading=replace(TALK.reading, reason=StoryTheme.EARNINGS))),
            path=("KLAC",),
            relations=(),
            lead_minutes=-40,
            price_talk=True,
        ),
    ),
)


def member(symbol: str) -> Member:
    known = MOVES[symbol]
    return Member(symbol=symbol, move_pct=known.move_pct, abnormal_pct=known.abnormal_pct, sar=known.sar)


def alert(key: str, subject: str, hour: int, minute: int, **more: object) -> Alert:
    base = Alert(
        id=key,
        rule_id="abnormal",
        rule_version=1,
        rule_name_en="Abnormal move",
        rule_name_ko="초과 등락",
        subject=subject,
        severity=Severity.ALERT,
        value=2.0,
        message="",
        group=f"symbol:{subject}",
        fired_at=datetime(2025, 7, 22, hour, minute, tzinfo=UTC),
        session_key="2025-07-22",
        members=(member(subject),) if subject in MOVES else (),
        replay=True,
    )
    return replace(base, **more)  # type: ignore[arg-type]


KLAC_ALERT = alert("a5", "KLAC", 19, 58, members=(member("KLAC"), member("LRCX")))
STARGATE_ALERT = alert(
    "a4",
    "stargate",
    19,
    52,
    severity=Severity.NOTICE,
    rule_name_en="Fall with a story",
    rule_name_ko="뉴스 있는 하락",
    group="cause:stargate",
    move_pct=-2.21,
    abnormal_pct=-1.36,
    sar=-0.7,
    members=tuple(member(s) for s in ("ARM", "NVDA", "ORCL", "VRT", "9984.T")),
    linked_total=5,
    verdict=Verdict.NEWS,
    match=StoryMatch(
        story=SLOW,
        score=0.7,
        path=("stargate",),
        relations=(),
        lead_minutes=928,
        tone=-1,
        opposes=False,
        price_talk=False,
    ),
    opposing=match(MORE, opposes=True),
)
LRCX_ALERT = alert("a3", "LRCX", 19, 47, severity=Severity.NOTICE)
OPENAI_ALERT = alert(
    "a2",
    "openai",
    17,
    24,
    severity=Severity.NOTICE,
    rule_name_en="Story: OpenAI, capacity",
    rule_name_ko="소식: 오픈AI 증설",
    state=AlertState.SEEN,
    verdict=Verdict.NEWS,
    match=replace(match(MORE), path=("openai",), relations=()),
)
SNPS_ALERT = alert(
    "a1",
    "SNPS",
    15,
    5,
    severity=Severity.NOTICE,
    state=AlertState.SNOOZED,
    snoozed_until=datetime(2025, 7, 22, 22, 0, tzinfo=UTC),
)
NVDA_ALERT = alert(
    "a0",
    "NVDA",
    18,
    0,
    verdict=Verdict.NEWS,
    match=match(SLOW),
    state=AlertState.SEEN,
    severity=Severity.NOTICE,
)
ALERTS = (KLAC_ALERT, STARGATE_ALERT, LRCX_ALERT, NVDA_ALERT, OPENAI_ALERT, SNPS_ALERT)


def daily_bars(count: int = 126) -> tuple[DailyBar, ...]:
    days: list[date] = []
    day = DAY
    while len(days) < count:
        if day.weekday() < 5:
            days.append(day)
        day -= timedelta(days=1)
    bars = []
    close = 140.0
    for i, when in enumerate(reversed(days)):
        opened = close
        close = 140 + 27 * sin(i / 26 - 3.25) + 3 * sin(i * 1.7) if i < count - 1 else 167.03
        high, low = max(opened, close) + 1.1, min(opened, close) - 1.3
        bars.append(DailyBar(when, opened, high, low, close, 150_000_000 + (i * 37) % 90 * 1_000_000))
    return tuple(bars)


def minute_bars() -> tuple[MinuteBar, ...]:
    start = datetime(2025, 7, 22, 13, 30, tzinfo=UTC)
    bars = []
    for i in range(78):
        price = 171 - 4 * i / 77 + sin(i / 3)
        bars.append(
            MinuteBar(start + timedelta(minutes=5 * i), price, price + 0.3, price - 0.3, price, 1_000_000 + i)
        )
    return tuple(bars)


def nvda_events() -> tuple[Event, ...]:
    others = tuple(quote(s, 100.0, m.move_pct) for s, m in MOVES.items() if s != "NVDA")
    return (
        ClockTicked(NOW, (), replay=True, speed=60),
        QuotesChanged((NVDA, *others, quote("SPY", 628.0, 0.06)), tuple(MOVES.values())),
        RollupsChanged(
            (
                Rollup(
                    id="stargate",
                    move_pct=-2.21,
                    abnormal_pct=-1.36,
                    sar=-0.7,
                    up=1,
                    down=4,
                    averaged=4,
                    counted=5,
                    judged=4,
                    unusual=0,
                    total=5,
                ),
            )
        ),
        StoriesChanged((SLOW, MORE, CLOSE, HIRES)),
        ExplanationChanged("NVDA", EXPLAINED),
        ExplanationChanged("KLAC", UNEXPLAINED),
        AlertsLoaded(ALERTS),
        BarsLoaded("NVDA", ChartRange.MONTH_6, daily_bars()),
    )


def raised(of: Alert, *, popup: bool = True) -> AlertRaised:
    return AlertRaised(of, popup)
