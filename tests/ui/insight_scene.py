"""A denied story, a barometer of Stargate and the statements of a layer, as the core would tell them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tests.ui import detail_scene as scene

from stackwatch.analysis.substance import substance
from stackwatch.domain.barometer import Barometer, BasketDay, ToneBar
from stackwatch.domain.events import SubstanceLoaded
from stackwatch.domain.move import ExplanationRecord, LinkedMove, Verdict
from stackwatch.domain.news import Life, StoryTurn
from stackwatch.domain.quote import ChartRange
from stackwatch.domain.substance import StatementPeriod, Statements, Valuation

DENIAL = StoryTurn(
    kind=Life.DENIED,
    at=datetime(2025, 7, 22, 18, 2, tzinfo=UTC),
    story_id="denial",
    publisher="Reuters",
    title="OpenAI denies Stargate is slow to start",
    speaker="openai",
)
DENIED = replace(scene.SLOW, turns=(DENIAL,), novelty=0.9)


def said(hour: int, verdict: Verdict, **more: object) -> ExplanationRecord:
    base = ExplanationRecord(
        symbol="NVDA",
        session_date=scene.DAY,
        at=datetime(2025, 7, 22, hour, 2, tzinfo=UTC),
        move_pct=-2.0,
        verdict=verdict,
    )
    return replace(base, **more)  # type: ignore[arg-type]


STILL = replace(
    scene.EXPLAINED,
    linked=(
        *scene.EXPLAINED.linked,
        LinkedMove(id="VRT", relation="supplier", move_pct=-0.73, sar=0.1, moved=False),
        LinkedMove(id="9984.T", relation="equity", move_pct=None, sar=None, moved=False),
    ),
)
REOPENED = replace(
    scene.EXPLAINED,
    verdict=Verdict.UNEXPLAINED,
    cause=None,
    coincidence=None,
    linked=(),
    matches=(replace(scene.EXPLAINED.matches[0], story=DENIED, score=0.2), scene.EXPLAINED.matches[1]),
    said=(
        said(13, Verdict.INSUFFICIENT_DATA),
        said(14, Verdict.NEWS, cause="stargate", title=scene.SLOW.lead.title),
        said(18, Verdict.UNEXPLAINED, became=Life.DENIED),
    ),
)


def company(symbol: str, currency: str, size: float, *, loss: bool = False) -> Statements:
    end = date(2025, 6, 30)
    days = [end - timedelta(days=91 * n) for n in reversed(range(5))]
    quarters = tuple(
        StatementPeriod(
            end=day,
            currency=currency,
            revenue=size * (1 + 0.06 * place),
            gross_profit=size * 0.55,
            operating_income=size * 0.3,
            capex=size * (0.1 + 0.02 * place),
            free_cash_flow=size * (-0.2 if loss else 0.2),
        )
        for place, day in enumerate(days)
    )
    paid = tuple(
        Valuation(day=day, price_to_sales=20.0 + n, forward_price_to_earnings=None if loss else 30.0 + n)
        for n, day in enumerate(days)
    )
    fetched = datetime(2025, 7, 21, tzinfo=UTC)
    return Statements(symbol=symbol, fetched=fetched, quarters=quarters, valuations=paid)


LAYER = SubstanceLoaded(
    symbol="NVDA",
    layer=("NVDA", "ARM", "ORCL", "9984.T", "VRT", "SMCI"),
    companies=tuple(
        substance(each)
        for each in (
            company("NVDA", "USD", 46e9),
            company("ARM", "USD", 1.1e9),
            company("ORCL", "USD", 15e9, loss=True),
            company("9984.T", "JPY", 1.8e12),
        )
    ),
    waiting=frozenset({"VRT"}),
    failed=frozenset({"SMCI"}),
)


def barometer(*, days: bool = True, tones: bool = True) -> Barometer:
    first = scene.DAY - timedelta(days=182)
    sessions = [first + timedelta(days=n) for n in range(183)]
    sessions = [day for day in sessions if day.weekday() < 5]
    return Barometer(
        entity_id="stargate",
        span=ChartRange.MONTH_6,
        first=first,
        last=scene.DAY,
        days=tuple(BasketDay(day, -0.1, -0.1 * (n + 1), 4) for n, day in enumerate(sessions)) if days else (),
        tones=tuple(
            ToneBar(
                first + timedelta(days=7 * n), first + timedelta(days=7 * n + 6), n % 3, (n + 1) % 3, n % 5
            )
            for n in range(27)
        )
        if tones
        else (),
        counted=("ORCL", "NVDA", "ARM", "VRT") if days else (),
        missing=("9984.T",),
    )
