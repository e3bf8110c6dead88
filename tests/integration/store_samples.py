"""One of everything the store keeps."""

from datetime import UTC, date, datetime

from stackwatch.domain.alert import Alert, AlertState, Member
from stackwatch.domain.move import StoryMatch, Verdict
from stackwatch.domain.news import Headline, Mention, Reading, Story, StoryTheme
from stackwatch.domain.quote import DailyBar, Quote, QuoteState, Session
from stackwatch.domain.rule import Phase, RuleState, Severity

NOW = datetime(2025, 7, 22, 14, 0, tzinfo=UTC)

QUOTE = Quote(
    symbol="NVDA",
    price=167.03,
    currency="USD",
    previous_close=171.38,
    as_of=NOW,
    session=Session.REGULAR,
    source="yahoo",
    state=QuoteState.LIVE,
)
BAR = DailyBar(date(2025, 7, 21), 172.0, 173.4, 170.1, 171.38, 123_000_000)
HEADLINE = Headline(
    id="h1",
    title="SoftBank and OpenAI’s $500bn Stargate is slow to start",
    publisher="WSJ",
    url="https://www.wsj.com/a",
    published=datetime(2025, 7, 21, 22, 0, tzinfo=UTC),
    received=NOW,
    source="rss",
    feed_symbols=("NVDA",),
)
STORY = Story(
    id="h1",
    lead=HEADLINE,
    reading=Reading(
        mentions=(Mention("stargate", "Stargate", 29, 37),),
        primary="stargate",
        tone=-1,
        theme=StoryTheme.CAPACITY,
        event=True,
    ),
    copies=2,
    publishers=("WSJ", "Slashdot"),
    last_published=NOW,
)
STATE = RuleState(
    rule_id="fall",
    rule_version=1,
    symbol="NVDA",
    phase=Phase.WAITING,
    since=NOW,
    seeded=True,
    fired_at=NOW,
    peak=-2.54,
    session_key="2025-07-22",
)


def alert(key: str = "a1", value: float = -2.54, fired_at: datetime = NOW) -> Alert:
    return Alert(
        id=key,
        rule_id="nvidia-falls-with-news",
        rule_version=1,
        rule_name_en="Nvidia falls, tied to news",
        rule_name_ko="뉴스 있는 엔비디아 하락",
        subject="NVDA",
        severity=Severity.ALERT,
        value=value,
        message="NVDA \u22122.54\u202f%, within its usual range (SAR \u22120.8).",
        group="cause:stargate",
        fired_at=fired_at,
        session_key="2025-07-22",
        members=(Member(symbol="NVDA", move_pct=-2.54, abnormal_pct=-1.74, sar=-0.81),),
        linked_total=5,
        verdict=Verdict.NEWS,
        match=StoryMatch(
            story=STORY,
            score=0.5,
            path=("stargate", "NVDA"),
            relations=("supplier",),
            lead_minutes=930.0,
            tone=-1,
            opposes=False,
            price_talk=False,
        ),
        state=AlertState.SEEN,
        shown_at=fired_at,
    )
