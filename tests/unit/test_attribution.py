from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.factories import NOON, OPEN, PREVIOUS_CLOSE, link, move, reading, story

from stackwatch.analysis.stories.press import Press
from stackwatch.analysis.titles.reading import Reader
from stackwatch.analysis.tone.price_talk import is_out_of_hours, told_size
from stackwatch.analysis.why.attribution import Attribution, combined_score
from stackwatch.analysis.why.coincidence import DECOYS
from stackwatch.analysis.why.exposure_graph import ExposureGraph
from stackwatch.analysis.why.move_window import Window, timing
from stackwatch.analysis.why.reasons import reports
from stackwatch.domain.move import Explanation, Verdict, has_moved, stands_still
from stackwatch.domain.news import Life, Story, StoryCopy, StoryTheme, StoryTurn
from stackwatch.domain.watchlist import Relation

WINDOW = Window(previous_close=PREVIOUS_CLOSE, opened=OPEN, onset=OPEN, now=NOON)
EVENING = PREVIOUS_CLOSE + timedelta(hours=2)
GRAPH = ExposureGraph(
    [
        link("stargate", "NVDA"),
        link("stargate", "ORCL"),
        link("stargate", "SMCI", read_across=True),
        link("deepseek", "NVDA", Relation.COMPETITOR),
    ]
)
WEIGHING = Attribution(GRAPH, {"WSJ": 1, "Blog": 3})
SLOW = story("Stargate is slow to start", reading("stargate", tone=-1, theme=StoryTheme.CAPACITY), EVENING)


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def explain(*stories: Story, window: Window = WINDOW, **changes: object) -> Explanation:
    moved = move(**changes)  # type: ignore[arg-type]
    return WEIGHING.explain(moved, window, Press(stories), {})


def test_that_a_story_the_evening_before_explains_a_fall_the_next_day() -> None:
    found = explain(SLOW)
    assert found.verdict is Verdict.NEWS
    assert found.cause == "stargate"
    (match,) = found.matches
    assert match.path == ("stargate", "NVDA")
    assert match.relations == ("supplier",)
    assert match.score == pytest.approx(0.5)
    assert match.lead_minutes == pytest.approx(15.5 * 60)


@pytest.mark.parametrize(
    ("path", "score", "opposes", "told"),
    [
        (("NVDA",), 0.12, False, True),  # its own
        (("stargate", "NVDA"), 0.29, False, False),  # somebody else's, and no reason
        (("stargate", "NVDA"), 0.31, False, True),
        (("NVDA",), 0.024, True, False),  # what points the other way counts a quarter
        (("NVDA",), 0.026, True, True),
        (("stargate", "NVDA"), 0.07, True, False),
        (("stargate", "NVDA"), 0.08, True, True),
    ],
)
def test_that_beside_a_move_without_a_reason_only_a_close_story_is_named(
    path: tuple[str, ...], score: float, *, opposes: bool, told: bool
) -> None:
    (match,) = explain(SLOW).matches
    near = replace(match, path=path, score=score, opposes=opposes)
    untied = replace(explain(), matches=(near,))
    assert untied.verdict is Verdict.UNEXPLAINED
    assert (untied.opposing if opposes else untied.shown) is (near if told else None)
    tied = replace(explain(SLOW), matches=(match, near))
    assert (tied.opposing, tied.shown) == (near if opposes else None, match)


def test_that_beside_a_reason_news_of_others_that_opposes_is_named_only_where_it_is_close() -> None:
    (match,) = explain(SLOW).matches
    other = replace(SLOW, reading=reading("MSFT", "anthropic", tone=1))
    far = replace(match, story=other, path=("MSFT", "NVDA"), score=0.07, opposes=True)
    tied = explain(SLOW)
    assert replace(tied, matches=(match, far)).opposing is None
    near = replace(far, score=0.08)
    assert replace(tied, matches=(match, near)).opposing is near
    same = replace(far, story=replace(SLOW, reading=reading("MSFT", "stargate", tone=1)))
    assert replace(tied, matches=(match, same)).opposing is same


def test_that_beside_a_move_without_a_reason_the_shares_own_late_report_is_named() -> None:
    """A founder's arrest that the feeds told two hours after the open stood below "none matches"."""
    early, late, good, talk = (
        story(title, reading("NVDA", tone=tone, event=event), OPEN + minutes(after))
        for title, tone, event, after in (
            ("Nvidia founder arrested", -1, True, 125),
            ("Nvidia is searched after the arrest", -1, True, 130),
            ("Nvidia wins a contract", 1, True, 135),
            ("Is Nvidia a buy after the arrest", -1, False, 140),
        )
    )
    found = WEIGHING.explain(move(), WINDOW, Press((early, late, good, talk)), {})
    assert (found.verdict, found.cause) == (Verdict.UNEXPLAINED, None)
    assert not [m for m in found.matches if not m.opposes]
    assert found.shown is not None
    assert (found.shown.story, found.shown.lead_minutes) == (late, -130)
    assert found.told is None
    told = WEIGHING.explain(move(), WINDOW, Press((early, SLOW)), {})
    assert told.shown is not None
    assert told.shown.story is SLOW


def test_that_a_denied_story_is_named_though_it_explains_nothing_any_more() -> None:
    denial = StoryTurn(kind=Life.DENIED, at=OPEN, story_id="d", publisher="WSJ", title="OpenAI denies")
    found = explain(replace(SLOW, turns=(denial,)))
    assert found.verdict is Verdict.UNEXPLAINED
    assert found.shown is not None
    assert found.shown.score < 0.3


def test_that_a_story_weighed_before_counts_as_one_that_never_was() -> None:
    denial = StoryTurn(
        kind=Life.DENIED, at=NOON + minutes(5), story_id="d", publisher="WSJ", title="OpenAI denies"
    )
    denied = replace(SLOW, turns=(denial,))
    copied = replace(SLOW, copies=3, publishers=("Blog", "WSJ", "FT"))
    rival = story("DeepSeek breakthrough", reading("deepseek", tone=1), OPEN - minutes(20))
    before = story("Stargate is slow to begin", SLOW.reading, EVENING - timedelta(days=2))
    often = [story(f"Stargate {n}", SLOW.reading, EVENING - timedelta(days=n)) for n in range(3, 20)]
    later = replace(WINDOW, now=NOON + minutes(10))
    onset = replace(later, onset=OPEN + minutes(90))
    situations = (
        ((SLOW,), WINDOW, move(), ()),
        ((denied,), WINDOW, move(), ()),
        ((denied,), later, move(), ()),
        ((copied, rival), later, move(), ()),
        ((copied, rival), later, move(pct=-4.0, sar=-3.0), ()),
        ((copied, rival), later, move(pct=4.0, sar=3.0), ()),
        ((copied, rival), later, move(), ()),
        ((copied, rival), later, move(), (0.3, 0.6)),
        ((copied, rival), onset, move(), (0.3, 0.6)),
        ((copied, rival, before), onset, move(), (0.3, 0.6)),
        ((copied, rival, before, *often), onset, move(), (0.3, 0.6)),
        ((rival,), onset, move(), (0.3, 0.6)),
    )
    following = Attribution(GRAPH, {"WSJ": 1, "Blog": 3})
    told = []
    for stories, window, moved, strengths in situations:
        press, decoys = Press(stories), partial(tuple[float, ...], strengths)
        said = following.explain(moved, window, press, {}, decoys=decoys)
        assert said == Attribution(GRAPH, {"WSJ": 1, "Blog": 3}).explain(
            moved, window, press, {}, decoys=decoys
        )
        told.append([(match.score, match.coincidence, match.lead_minutes) for match in said.matches])
    assert all(one != other for one, other in pairwise(told[:1] + told[2:4] + told[5:]))


def test_that_who_repeats_a_report_later_made_it_no_better_before() -> None:
    alone = story("Stargate is slow to start", SLOW.reading, EVENING, "Blog")
    later = StoryCopy(publisher="WSJ", published=NOON + minutes(30), title=alone.lead.title, url="")
    copied = replace(
        alone,
        copies=2,
        publishers=("Blog", "WSJ"),
        last_published=later.published,
        told=(*alone.reports, later),
    )
    assert [match.score for match in explain(copied).matches] == [
        match.score for match in explain(alone).matches
    ]
    assert explain(copied).headlines_read == 1
    found = explain(copied, window=replace(WINDOW, now=later.published))
    assert found.matches[0].score > explain(alone).matches[0].score
    assert found.headlines_read == 2


def test_that_good_news_is_never_the_reason_for_a_fall() -> None:
    good = story("Stargate wins 4.5 GW", reading("stargate", tone=1), EVENING)
    found = explain(good)
    assert found.verdict is Verdict.UNEXPLAINED
    assert found.cause is None
    assert found.best is None
    assert found.opposing is not None
    assert found.opposing.story is good


def test_that_both_sides_are_shown_and_the_agreeing_one_is_the_reason() -> None:
    good = story("Oracle wins 4.5 GW", reading("stargate", tone=1), OPEN + minutes(5))
    found = explain(good, SLOW)
    assert found.cause == "stargate"
    assert found.best is not None
    assert found.best.story is SLOW
    assert found.opposing is not None


def test_that_what_is_neither_good_nor_bad_for_its_own_company_ties_no_other() -> None:
    said = replace(SLOW, reading=replace(SLOW.reading, tone=0))
    found = explain(said)
    assert [match.path for match in found.matches] == [("stargate", "NVDA")]
    assert (found.verdict, found.cause) == (Verdict.UNEXPLAINED, None)
    own = story("Nvidia files for a bond sale", reading("NVDA", tone=0, theme=StoryTheme.FUNDING), EVENING)
    assert explain(own).cause == "NVDA"


def test_that_bad_news_without_a_themes_word_flows_along_a_link_and_a_product_does_not() -> None:
    plain, product = (replace(SLOW.reading, theme=theme) for theme in (StoryTheme.OTHER, StoryTheme.PRODUCT))
    assert explain(replace(SLOW, reading=plain)).matches[0].score == explain(SLOW).matches[0].score
    assert explain(replace(SLOW, reading=product)).matches[0].score == explain(SLOW).matches[0].score / 2


def test_that_a_rivals_good_news_fits_a_fall() -> None:
    rival = story("DeepSeek breakthrough", reading("deepseek", tone=1), EVENING)
    found = explain(rival)
    assert found.best is not None
    assert found.best.tone == -1


def test_that_price_talk_never_explains_a_move() -> None:
    talk = story(
        "Why NVDA stock is down", reading("NVDA", tone=-1, theme=StoryTheme.PRICE_TALK, event=False), OPEN
    )
    found = explain(talk)
    assert found.verdict is Verdict.UNEXPLAINED
    assert all(match.price_talk for match in found.matches)
    assert all(match.score <= 0.3 for match in found.matches)


def put_down(
    published: datetime, *entities: str, tone: int = -1, title: str = "", publisher: str = "WSJ"
) -> Story:
    kind, whose = (None, entities[1]) if len(entities) > 1 else (StoryTheme.EARNINGS, None)
    talk = replace(
        reading(*entities, tone=tone, theme=StoryTheme.PRICE_TALK, event=False, reason=kind, reason_of=whose),
        told_pct=told_size(title.lower()),
        out_of_hours=is_out_of_hours(title.lower()),
    )
    return story(title or f"Down with {' '.join(entities)}", talk, published, publisher)


@pytest.mark.parametrize("published", [OPEN - minutes(180), OPEN + minutes(100), NOON])
def test_that_what_the_press_puts_a_move_down_to_is_told_and_ties_nothing(published: datetime) -> None:
    found = explain(put_down(published, "NVDA"))
    assert (found.verdict, found.cause) == (Verdict.UNEXPLAINED, None)
    assert found.told is not None
    assert found.told.own_reason is StoryTheme.EARNINGS


@pytest.mark.parametrize(
    ("before", "size", "told"),
    [(None, "", 0), (-2.0, "", 0), (0.4, "", 1), (-0.4, " 4%", 1), (-2.5, " 4%", 0)],
)
def test_that_talk_in_the_evening_is_about_the_session_that_closed_only_if_that_went_so(
    before: float | None, size: str, told: int
) -> None:
    fell = replace(move(), before_pct=before)
    talk = put_down(PREVIOUS_CLOSE + minutes(50), "NVDA", title=f"Nvidia falls{size} after earnings")
    found = WEIGHING.explain(fell, WINDOW, Press((talk,)), {})
    assert len([match for match in found.matches if match.own_reason is StoryTheme.EARNINGS]) == told


CLOSE = OPEN + timedelta(hours=6.5)


@pytest.mark.parametrize(
    ("went", "title", "told"),
    [
        (-2.5, "Nvidia falls after earnings", 1),
        (-2.5, "Nvidia falls 3% after earnings", 1),
        (-0.4, "Nvidia falls 4% after earnings", 0),
        (-2.5, "Nvidia falls after earnings despite 73% jump in revenue", 1),
        (-2.5, "Nvidia falls in after-hours trading on its earnings", 0),
        (-2.5, "엔비디아, 실적 발표에 시간외서 3% 하락", 0),
    ],
)
def test_that_talk_behind_the_close_is_about_the_session_only_if_that_went_so(
    went: float, title: str, told: int
) -> None:
    window = replace(WINDOW, closed=CLOSE, now=CLOSE + minutes(120))
    found = explain(put_down(CLOSE + minutes(50), "NVDA", title=title), window=window, pct=went)
    assert len([match for match in found.matches if match.own_reason is StoryTheme.EARNINGS]) == told


def test_that_talk_behind_the_close_is_held_against_a_close_that_is_told_late() -> None:
    window = replace(WINDOW, closed=CLOSE, now=CLOSE + minutes(20))
    press = Press((put_down(CLOSE + minutes(15), "NVDA", title="Nvidia falls 4% after earnings"),))
    weighing = Attribution(GRAPH, {"WSJ": 1})
    assert not weighing.explain(move(pct=-1.5), window, press, {}).matches
    assert weighing.explain(move(pct=-2.5), window, press, {}).matches


@pytest.mark.parametrize(("after", "told"), [(-30, True), (30, False)])
def test_that_nothing_points_the_other_way_of_a_session_that_was_over_when_it_came(
    after: float, *, told: bool
) -> None:
    """A report of New York's morning stood beside what Seoul had done all day."""
    window = replace(WINDOW, closed=CLOSE, now=CLOSE + minutes(120))
    good = reading("stargate", tone=1, theme=StoryTheme.CAPACITY)
    expands = story("Stargate adds 4.5 gigawatts", good, CLOSE + minutes(after))
    found = explain(SLOW, expands, window=window)
    assert found.cause == "stargate"
    assert (found.opposing is not None) is told


def test_that_talk_in_the_evening_of_prices_out_of_hours_is_about_what_is_paid_next() -> None:
    fell = replace(move(), before_pct=-2.0)
    talk = put_down(PREVIOUS_CLOSE + minutes(50), "NVDA", title="Nvidia falls after hours on earnings")
    found = WEIGHING.explain(fell, WINDOW, Press((talk,)), {})
    assert found.told is not None
    assert found.told.own_reason is StoryTheme.EARNINGS


def test_that_a_faint_tie_over_a_link_yields_to_what_the_press_says_of_the_share_itself() -> None:
    others = [
        story(title, reading("stargate", tone=-1, theme=StoryTheme.LEGAL), EVENING)  # not what flows along
        for title in ("Stargate is sued", "Abilene site raided", "Lender pulls out")
    ]
    assert explain(*others).cause == "stargate"
    found = explain(*others, put_down(OPEN, "NVDA"))
    assert (found.verdict, found.cause) == (Verdict.UNEXPLAINED, None)
    assert found.told is not None
    assert found.told.own_reason is StoryTheme.EARNINGS


WARNING = story("Investor warns of Nvidia", reading("NVDA", tone=-1, theme=StoryTheme.LEGAL), EVENING)
RESULTS = story(
    "Nvidia results disappoint", reading("NVDA", tone=-1, theme=StoryTheme.EARNINGS), EVENING, "Blog"
)
_FELL_AFTER = put_down(OPEN + minutes(20), "NVDA", title="Nvidia falls after results")
_SLID_ON = put_down(OPEN + minutes(40), "NVDA", title="Nvidia slides on its outlook", publisher="FT")


def test_that_what_two_publishers_put_a_move_down_to_outdoes_other_news_of_the_share() -> None:
    assert explain(WARNING, _FELL_AFTER).cause == "NVDA"
    found = explain(WARNING, _FELL_AFTER, _SLID_ON)
    assert (found.verdict, found.cause) == (Verdict.UNEXPLAINED, None)
    assert found.told is not None
    assert found.told.own_reason is StoryTheme.EARNINGS


def test_that_one_publisher_that_says_it_twice_is_one() -> None:
    again = replace(_SLID_ON, lead=replace(_SLID_ON.lead, publisher="WSJ"))
    assert explain(WARNING, _FELL_AFTER, again).cause == "NVDA"


def test_that_a_report_of_what_the_press_agrees_on_is_told_before_a_stronger_one() -> None:
    alone = explain(WARNING, RESULTS)
    assert alone.best is not None
    assert alone.best.story is WARNING
    found = explain(WARNING, RESULTS, _FELL_AFTER, _SLID_ON)
    assert (found.verdict, found.cause) == (Verdict.NEWS, "NVDA")
    assert found.told is not None
    assert found.told.story is RESULTS


def test_that_what_was_said_before_the_close_before_is_not_the_news_that_the_press_agrees_on() -> None:
    ahead = story(
        "Bank warns of Nvidia ahead of its results",
        reading("NVDA", tone=-1, theme=StoryTheme.EARNINGS),
        PREVIOUS_CLOSE - minutes(5),
    )
    told = explain(ahead, RESULTS, _FELL_AFTER, _SLID_ON).told
    assert told is not None
    assert told.story is RESULTS
    found = explain(ahead, _FELL_AFTER, _SLID_ON)
    assert found.verdict is Verdict.UNEXPLAINED
    assert found.told is not None
    assert found.told.own_reason is StoryTheme.EARNINGS


def test_that_what_the_press_says_of_another_session_or_of_a_rise_is_no_reason_for_a_fall() -> None:
    assert explain(put_down(PREVIOUS_CLOSE + minutes(30), "NVDA")).told is None
    assert explain(put_down(OPEN + minutes(5), "NVDA", tone=1)).told is None


def test_that_a_press_that_names_somebody_is_told_before_one_that_names_nobody() -> None:
    found = explain(put_down(OPEN, "NVDA", "stargate"), put_down(OPEN + minutes(5), "NVDA"))
    assert found.told is not None
    assert found.told.path == ("stargate", "NVDA")
    assert (found.told.own_reason, found.told.reason_of) == (None, "stargate")


def test_that_whose_news_a_price_is_put_down_to_needs_no_link_to_be_told() -> None:
    found = explain(put_down(OPEN, "NVDA", "AVGO"))
    assert found.told is not None
    assert (found.told.path, found.told.reason_of) == (("NVDA",), "AVGO")
    assert found.cause is None


def test_that_a_press_that_names_the_cause_of_a_report_speaks_for_it() -> None:
    rival = story("DeepSeek breakthrough", reading("deepseek", tone=1, theme=StoryTheme.PRODUCT), EVENING)
    named = put_down(OPEN + minutes(60), "NVDA", "deepseek")
    assert explain(rival).cause is None
    assert explain(named).cause is None  # alone it has seen no more than the price
    assert explain(rival, put_down(OPEN + minutes(60), "NVDA", "stargate")).cause is None
    found = explain(rival, named)
    assert (found.verdict, found.cause) == (Verdict.NEWS, "deepseek")
    assert found.best is not None
    assert found.best.story is rival


def test_that_of_a_price_its_title_says_itself_which_way_it_went() -> None:
    talk = put_down(OPEN, "NVDA", "stargate")
    found = explain(replace(talk, reading=replace(talk.reading, tones=(("stargate", 1),))))
    assert found.told is not None
    assert (found.told.tone, found.told.opposes) == (-1, False)


def test_that_what_the_press_says_of_anothers_price_is_not_said_of_a_share_tied_to_it() -> None:
    assert explain(put_down(OPEN, "stargate")).told is None
    assert explain(put_down(OPEN, "ORCL", "NVDA")).told is None


def test_that_a_story_that_is_tied_is_told_before_what_the_press_says() -> None:
    assert explain(put_down(OPEN, "NVDA"), SLOW).told == explain(SLOW).best


def test_that_price_talk_never_stands_before_the_reason() -> None:
    talk = story("Why NVDA stock is down", reading("NVDA", tone=-1, theme=StoryTheme.PRICE_TALK), OPEN)
    weak = [
        story(title, reading("stargate", tone=-1, theme=StoryTheme.CAPACITY), EVENING, "Blog")
        for title in ("Stargate is late", "Abilene site floods", "Lender pulls out")
    ]
    found = explain(talk, *weak)
    assert found.verdict is Verdict.NEWS
    assert found.best is not None
    assert not found.best.price_talk
    assert found.matches[-1].price_talk


def test_that_a_link_read_off_the_price_reaches_nothing() -> None:
    assert explain(SLOW, symbol="SMCI").matches == ()


def test_that_a_move_without_news_is_unexplained() -> None:
    found = explain()
    assert (found.verdict, found.matches, found.cause, found.headlines_read) == (
        Verdict.UNEXPLAINED,
        (),
        None,
        0,
    )


def test_that_a_move_with_the_market_is_called_that_in_spite_of_a_story() -> None:
    found = explain(SLOW, sar=-0.9, expected=-2.0)
    assert (found.verdict, found.cause, found.coincidence) == (Verdict.MARKET_WIDE, None, None)
    assert [match.story for match in found.matches] == [SLOW]
    assert explain(SLOW, sar=-0.9, expected=2.0).verdict is Verdict.NEWS
    assert explain(SLOW, sar=-1.2, expected=-2.0).verdict is Verdict.NEWS


@pytest.mark.parametrize(
    ("sar", "expected", "before", "verdict"),
    [
        (-0.49, 0.0, None, Verdict.UNEXPLAINED),
        (-0.49, 0.0, ("deepseek", Verdict.NEWS), Verdict.UNEXPLAINED),  # another reason
        (-0.49, 0.0, ("stargate", Verdict.NEWS), Verdict.NEWS),
        (-0.36, 0.0, ("stargate", Verdict.NEWS), Verdict.UNEXPLAINED),
        (-0.9, -1.8, None, Verdict.MARKET_WIDE),  # 72 % of it is what the market asks
        (-0.7, -1.8, ("stargate", Verdict.NEWS), Verdict.NEWS),
        (-0.7, -2.0, ("stargate", Verdict.NEWS), Verdict.MARKET_WIDE),
        (-0.49, -1.6, None, Verdict.UNEXPLAINED),  # 64 %
        (-0.49, -1.6, (None, Verdict.MARKET_WIDE), Verdict.MARKET_WIDE),
        (-0.49, -1.5, (None, Verdict.MARKET_WIDE), Verdict.UNEXPLAINED),
        (-0.9, -1.6, (None, Verdict.MARKET_WIDE), Verdict.NEWS),  # which asks for a reason, and has one
        (-1.2, -2.0, (None, Verdict.MARKET_WIDE), Verdict.NEWS),
    ],
)
def test_that_what_was_told_stands_until_a_quarter_more_or_less_is_left_of_the_move(
    sar: float, expected: float, before: tuple[str | None, Verdict] | None, verdict: Verdict
) -> None:
    moved = move(sar=sar, expected=expected)
    told = None
    if before is not None:
        told = replace(WEIGHING.explain(moved, WINDOW, Press([]), {}), cause=before[0], verdict=before[1])
    assert WEIGHING.explain(moved, WINDOW, Press([SLOW]), {}, before=told).verdict is verdict


def test_that_a_move_that_went_less_far_than_the_market_asks_is_the_markets() -> None:
    lagged = explain(sar=1.6, expected=-4.0)
    assert lagged.verdict is Verdict.MARKET_WIDE
    assert explain(sar=2.1, expected=-4.0).verdict is Verdict.UNEXPLAINED
    assert explain(sar=-1.6, expected=-2.0).verdict is Verdict.UNEXPLAINED


def test_that_a_move_is_the_markets_only_where_the_market_went_that_way_and_far_enough() -> None:
    """A share that had risen by a percent a day rose while its market fell: "moved with the market"."""
    rising = replace(move(pct=0.9, sar=0.1, expected=0.84), alpha=0.0109, beta=2.37)
    for benchmark, alpha, verdict in (
        (-0.1, 0.0109, Verdict.UNEXPLAINED),
        (0.1, 0.0060, Verdict.UNEXPLAINED),  # most of what is expected is the drift
        (0.2, 0.0037, Verdict.MARKET_WIDE),
    ):
        moved = replace(rising, benchmark_move_pct=benchmark, alpha=alpha)
        assert WEIGHING.explain(moved, WINDOW, Press(()), {}).verdict is verdict


def test_that_a_share_that_held_up_in_a_falling_market_is_tied_to_no_bad_news() -> None:
    assert explain(SLOW, pct=-0.4, sar=1.5, expected=-3.0).cause is None
    assert explain(SLOW, pct=-0.6, sar=-1.5, expected=0.2).cause == "stargate"


def test_that_a_share_that_hardly_moved_asks_for_no_reason_unless_standing_still_is_unusual() -> None:
    assert explain(SLOW, pct=-0.2, sar=-1.5, expected=1.2).cause is None
    assert explain(SLOW, pct=-0.2, sar=-2.5, expected=2.2).cause == "stargate"


def test_that_what_another_share_did_is_put_down_to_no_name_in_its_own_reason(reader: Reader) -> None:
    title = "Nvidia stock slips on report Meta may rent Google chips"
    talk = story(title, reader.read(title), OPEN + minutes(30))
    assert explain(talk).told is not None
    assert explain(talk, symbol="GOOGL").told is None  # nobody says why that fell


@pytest.mark.parametrize(
    ("title", "cause"),
    [
        ("Nvidia plans huge data center cluster in Ohio", "NVDA"),
        ("Nvidia-backed startup plans huge data center cluster in Ohio", None),
        ("Robotics firm raises $2 billion from Nvidia, automakers", None),
        ("Former Nvidia chief draws $1 billion for startup", None),
    ],
)
def test_that_news_of_one_whom_a_name_only_describes_is_no_reason(
    reader: Reader, title: str, cause: str | None
) -> None:
    assert explain(story(title, replace(reader.read(title), tone=0), EVENING)).cause == cause


def test_that_what_a_title_leaves_open_is_no_reason_where_another_says_it_points_the_other_way() -> None:
    said = reading("NVDA", theme=StoryTheme.CONTRACT)
    nears = story("Nvidia is said to near Saudi contract", said, EVENING)
    signs = story("Nvidia signs Saudi contract", replace(said, tone=1), EVENING + timedelta(hours=8))
    assert explain(nears).cause == "NVDA"
    found = explain(nears, signs)
    assert (found.cause, found.opposing is not None) == (None, True)
    hired = story("Nvidia hires", replace(said, tone=1, theme=StoryTheme.TALENT), EVENING)
    assert explain(nears, hired).cause == "NVDA"  # of another kind


def test_that_faint_news_of_others_is_no_reason_however_seldom_there_is_any() -> None:
    (match,) = explain(SLOW).matches
    far = [replace(match, path=("openai", "MSFT", "NVDA"), score=score) for score in (0.14, 0.16)]
    assert [bool(reports([each])) for each in far] == [False, True]
    assert reports([replace(match, path=("NVDA",), score=0.14)])


def test_that_a_move_without_a_model_is_not_judged() -> None:
    found = explain(SLOW, sar=None)
    assert found.verdict is Verdict.INSUFFICIENT_DATA
    assert found.best is not None


def test_that_a_layer_that_moved_is_said_where_no_news_is() -> None:
    found = WEIGHING.explain(move(), WINDOW, Press(()), {}, layer_wide=True)
    assert found.verdict is Verdict.LAYER_WIDE


def test_that_linked_names_say_whether_they_moved_too() -> None:
    moves = {"NVDA": move("NVDA"), "ORCL": move("ORCL", pct=0.3, sar=0.2)}
    found = WEIGHING.explain(moves["NVDA"], WINDOW, Press((SLOW,)), moves)
    assert [(row.id, row.moved) for row in found.linked] == [("ORCL", False)]  # and not the share itself
    found = WEIGHING.explain(move("ORCL"), WINDOW, Press((SLOW,)), moves)
    assert [(row.id, row.moved) for row in found.linked] == [("NVDA", True)]


@pytest.mark.parametrize(
    ("pct", "sar", "moved", "still"),
    [
        (-1.0, None, True, False),  # no model: one percent counts
        (0.9, None, False, True),
        (0.2, -1.0, True, False),  # calm shares move with less
        (-5.0, 0.9, False, False),  # wild ones do not, but nobody would say that it stood still
        (0.2, 0.9, False, True),
    ],
)
def test_that_moving_and_standing_still_are_judged_by_the_model_and_by_a_percent(
    pct: float, sar: float | None, *, moved: bool, still: bool
) -> None:
    assert (has_moved(pct, sar), stands_still(pct, sar)) == (moved, still)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (OPEN, 1.0),
        (OPEN - minutes(1), 1.0),
        (PREVIOUS_CLOSE + minutes(1), 1.0),
        (PREVIOUS_CLOSE, 1.0),
        (PREVIOUS_CLOSE - minutes(240), 0.3679),
        (OPEN + minutes(15), 1.0),
        (OPEN + minutes(60), 0.3679),
        (OPEN + minutes(121), 0.0),
    ],
)
def test_that_timing_is_one_overnight_and_fades_either_way(published: datetime, expected: float) -> None:
    assert timing(published, WINDOW) == pytest.approx(expected, abs=1e-4)


def test_that_a_story_before_a_move_in_the_session_fades_with_its_lead() -> None:
    later = Window(previous_close=PREVIOUS_CLOSE, opened=OPEN, onset=OPEN + minutes(120), now=NOON)
    assert timing(OPEN + minutes(60), later) == pytest.approx(0.7788, abs=1e-4)


def test_that_a_story_right_behind_a_move_in_the_session_fits_it_whole_and_no_better() -> None:
    later = Window(previous_close=PREVIOUS_CLOSE, opened=OPEN, onset=OPEN + minutes(60), now=NOON)
    assert [timing(later.onset + minutes(n), later) for n in (1, 15)] == [1.0, 1.0]
    assert timing(later.onset + minutes(16), later) < 1.0


def test_that_a_copy_of_last_weeks_news_counts_less() -> None:
    old = story("Stargate is slow to start", SLOW.reading, EVENING - timedelta(days=7))
    fresh, stale = explain(SLOW).matches, explain(old, SLOW).matches
    assert stale[0].score == pytest.approx(fresh[0].score * 0.4)


def test_that_a_later_copy_does_not_make_the_first_report_stale() -> None:
    again = story("Stargate is slow to start", SLOW.reading, EVENING + timedelta(hours=1))
    first = next(match for match in explain(SLOW, again).matches if match.story is SLOW)
    assert first.score == explain(SLOW).matches[0].score


def test_that_a_better_publisher_counts_more() -> None:
    blog = story("Stargate is slow to start", SLOW.reading, EVENING, "Blog")
    unknown = story("Stargate is slow to start", SLOW.reading, EVENING, "Nobody")
    assert (
        explain(blog).matches[0].score == explain(unknown).matches[0].score < explain(SLOW).matches[0].score
    )


def test_that_what_more_publishers_report_counts_more() -> None:
    alone = story("Stargate is slow to start", SLOW.reading, EVENING, "Blog")
    joined = story("Stargate is slow to start", SLOW.reading, EVENING, "Blog", "Nobody", "Somebody")
    assert explain(joined).matches[0].score > explain(alone).matches[0].score


def test_that_a_cause_with_news_every_day_explains_less_than_one_that_is_rarely_in_the_news() -> None:
    daily = [
        story(f"Stargate item {n}", reading("stargate", tone=1), PREVIOUS_CLOSE - timedelta(days=n))
        for n in range(1, 29)
    ]
    quiet, busy = Press((SLOW,)), Press((*daily, SLOW))
    (match,) = WEIGHING.agreeing(move(), WINDOW, quiet)
    rare, usual = (WEIGHING.strength((match,), WINDOW, press) for press in (quiet, busy))
    assert 0.0 < usual < rare / 2
    assert rare == pytest.approx(combined_score([match.score]))


def test_that_three_stories_count_at_most() -> None:
    assert combined_score([0.5] * 5) == combined_score([0.5] * 3)
    assert combined_score([0.1, 0.5, 0.5, 0.5]) == combined_score([0.5] * 3)
    assert combined_score(()) == 0.0


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.integers(-3000, 3000), st.sampled_from([-1, 0, 1]), st.sampled_from(["stargate", "NVDA"])
        ),
        max_size=8,
    ),
    st.sampled_from([-2.5, 2.5]),
)
def test_that_nothing_after_now_changes_an_explanation(rows: list[tuple[int, int, str]], pct: float) -> None:
    stories = [
        story(f"Report {n} on {entity}", reading(entity, tone=tone), OPEN + minutes(m))
        for n, (m, tone, entity) in enumerate(rows)
    ]
    known = [told for told in stories if told.lead.published <= WINDOW.now]
    assert explain(*stories, pct=pct, sar=None) == explain(*known, pct=pct, sar=None)
    found = explain(*stories, pct=pct)
    if found.cause is not None:
        assert any(not m.opposes and not m.price_talk for m in found.matches)
    assert all(match.tone * pct >= 0 or match.opposes for match in found.matches)
    assert all(0.0 <= match.score <= 1.0 for match in found.matches)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.integers(-3000, 150),
            st.sampled_from([-1, 0, 1]),
            st.sampled_from(["stargate", "NVDA", "deepseek"]),
            st.booleans(),
        ),
        max_size=4,
    ),
    st.integers(0, DECOYS),
)
def test_that_what_could_never_be_tied_is_tied_by_no_decoys(
    rows: list[tuple[int, int, str, bool]], weak: int
) -> None:
    stories = [
        story(f"Report {n} on {entity}", reading(entity, tone=tone, event=event), OPEN + minutes(m))
        for n, (m, tone, entity, event) in enumerate(rows)
    ]
    press = Press(stories)
    matches = WEIGHING.agreeing(move(), WINDOW, press)
    found = WEIGHING.explain(move(), WINDOW, press, {}, decoys=lambda: (0.0,) * weak)
    assert found.cause is None or WEIGHING.could_tie(matches, WINDOW, press)


def test_that_decoys_are_asked_for_only_where_a_story_is_held_against_them() -> None:
    asked = []

    def decoys() -> tuple[float, ...]:
        asked.append(1)
        return ()

    elsewhere = story("Cooling firm wins order", reading("VRT", tone=1), EVENING)
    WEIGHING.explain(move(), WINDOW, Press((elsewhere,)), {}, decoys=decoys)
    assert not asked
    WEIGHING.explain(move(), WINDOW, Press((elsewhere, SLOW)), {}, decoys=decoys)
    assert asked == [1]


def test_that_a_decoy_is_as_strong_as_its_news_would_have_been_and_counts_from_the_first_story_on() -> None:
    def days_back(n: int) -> Window:
        back = timedelta(days=n)
        return Window(
            previous_close=PREVIOUS_CLOSE - back, opened=OPEN - back, onset=OPEN - back, now=NOON - back
        )

    first = story("Stargate is planned", reading("stargate", tone=1), days_back(14).earliest)
    told = story("Stargate is slow", SLOW.reading, EVENING - timedelta(days=14))
    rises = story("Stargate grows", reading("stargate", tone=1), EVENING - timedelta(days=10))
    press = Press((first, told, rises))
    windows = [days_back(n) for n in (28, 14, 12, 10)]
    strengths = WEIGHING.decoys(move(), windows, press)
    there = WEIGHING.agreeing(move(), windows[1], press)
    assert [match.story for match in there] == [told]
    assert strengths == (WEIGHING.strength(there, windows[1], press), 0.0, 0.0), "good news is none of a fall"
    assert strengths[0] > 0.3
    late = replace(first, lead=replace(first.lead, published=first.lead.published + minutes(1)))
    assert WEIGHING.decoys(move(), windows, Press((late, told))) == (0.0, 0.0), "half a session is none"
    assert WEIGHING.decoys(move(), windows, Press(())) == ()


def test_that_a_weak_story_at_the_onset_says_nothing_for_another_of_the_night_before() -> None:
    onset = OPEN + minutes(120)
    window = Window(previous_close=PREVIOUS_CLOSE, opened=OPEN, onset=onset, now=NOON)
    night = story("Nvidia signs a contract", reading("NVDA", theme=StoryTheme.CONTRACT), EVENING, "Blog")
    idle = reading("NVDA", theme=StoryTheme.CONTRACT, event=False)
    weak = story("A look at Nvidia and its contracts in the states", idle, onset, "Blog")
    alone, both = explain(night, window=window), explain(night, weak, window=window)
    assert (alone.verdict, both.verdict) == (Verdict.UNEXPLAINED, Verdict.UNEXPLAINED)
