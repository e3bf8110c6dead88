"""Moves and alerts in words."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.ui import detail_scene as scene

from stackwatch.app import load_world
from stackwatch.domain.alert import Member
from stackwatch.domain.move import Lead, Verdict
from stackwatch.domain.news import StoryTheme
from stackwatch.domain.quote import Session
from stackwatch.domain.watchlist import Language, Relation
from stackwatch.domain.words import alert_words, base_rate_words, wording
from stackwatch.storage.locations import user_folders
from stackwatch.ui.alerts.inbox_model import alert_row
from stackwatch.ui.alerts.toast_facts import toast_facts

EN, KO = Language.ENGLISH, Language.KOREAN
ECOSYSTEM = scene.ecosystem()


def test_that_an_ordinary_move_names_its_report_without_a_because() -> None:
    line = wording.verdict_line(scene.EXPLAINED, ECOSYSTEM, EN)
    assert line == "Within its usual range. Tied to the Stargate report"
    assert (
        wording.verdict_line(scene.EXPLAINED, ECOSYSTEM, KO)
        == "평소 범위 안의 움직임. 스타게이트 보도와 연결"
    )


def test_that_an_unexplained_move_says_what_moved_the_same_way() -> None:
    line = wording.verdict_line(scene.UNEXPLAINED, ECOSYSTEM, EN)
    assert line == "Unusual (SAR \u22122.9). No clear news found; LRCX moved the same way"
    assert "LRCX도 같은 방향" in wording.verdict_line(scene.UNEXPLAINED, ECOSYSTEM, KO)


def test_that_the_press_is_quoted_as_putting_a_move_down_to_the_shares_own_news() -> None:
    line = wording.verdict_line(scene.PUT_DOWN, ECOSYSTEM, EN)
    assert line == "Unusual (SAR \u22122.9). Press attributes the move to earnings news"
    assert wording.verdict_line(scene.PUT_DOWN, ECOSYSTEM, KO).endswith("언론은 실적 소식 때문이라고 풀이")


def test_that_the_press_is_quoted_as_putting_a_move_down_to_somebody_elses_report() -> None:
    (own,) = [match for match in scene.PUT_DOWN.matches if match.own_reason is not None]
    read = replace(own.story.reading, reason=None, reason_of="stargate")
    match = replace(own, story=replace(own.story, reading=read))
    line = wording.verdict_line(replace(scene.PUT_DOWN, matches=(match,)), ECOSYSTEM, EN)
    assert line.endswith("Press attributes the move to the Stargate report")


def test_that_a_move_with_its_market_says_beside_it_what_the_press_puts_it_down_to() -> None:
    """The card told the market and named the title without a word, the popup told the press alone."""
    with_market = replace(scene.PUT_DOWN, verdict=Verdict.MARKET_WIDE)
    assert wording.verdict_reason(with_market, ECOSYSTEM, EN) == (
        "Moved with the market, QQQ \u22120.52\u202f%; press attributes the move to earnings news"
    )
    assert wording.verdict_reason(with_market, ECOSYSTEM, KO) == (
        "시장과 같은 방향, QQQ \u22120.52\u202f%, 언론은 실적 소식 때문이라고 풀이"
    )
    alert = replace(scene.KLAC_ALERT, verdict=Verdict.LAYER_WIDE, match=scene.PUT_DOWN.matches[0])
    told = alert_words.alert_sentence(alert, ECOSYSTEM, EN)
    assert "Its layer moved the same way. Press attributes the move to earnings news: " in told
    words = [reason.words for reason in toast_facts((alert,), ECOSYSTEM, scene.NOW).reasons]
    assert words[0] == "Its layer moved the same way"
    assert words[1].startswith("Reuters: ")
    (only,) = toast_facts((replace(alert, match=None),), ECOSYSTEM, scene.NOW).reasons
    assert only.words == words[0]


def test_that_a_name_moving_the_other_way_is_not_called_the_same_way() -> None:
    rising = replace(scene.UNEXPLAINED.linked[0], move_pct=3.0)
    assert wording.same_way(replace(scene.UNEXPLAINED, linked=(rising,))) == ()


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.MARKET_WIDE, "Moved with the market, QQQ \u22120.52\u202f%"),
        (Verdict.LAYER_WIDE, "Its layer moved the same way"),
    ],
)
def test_that_a_shared_move_names_what_it_is_shared_with(verdict: Verdict, expected: str) -> None:
    assert wording.verdict_reason(replace(scene.EXPLAINED, verdict=verdict), ECOSYSTEM, EN) == expected


def test_that_a_short_history_is_not_judged_and_says_how_short() -> None:
    move = replace(scene.MOVES["NVDA"], sar=None, abnormal_pct=None, reason="43 of 60 days")
    explanation = replace(
        scene.EXPLAINED, move=move, matches=(), linked=(), verdict=Verdict.INSUFFICIENT_DATA, cause=None
    )
    assert wording.range_words(explanation.move, EN) == "Not judged: 43 of 60 days"
    assert wording.range_words(explanation.move, KO) == "판단 보류: 60일 중 43일"


def test_that_an_alert_is_one_sentence_with_story_publisher_time_and_path() -> None:
    assert alert_words.alert_sentence(scene.NVDA_ALERT, ECOSYSTEM, EN) == (
        "NVDA \u22122.54\u202f%, within its usual range (SAR \u22120.8). Tied to the Stargate report: "
        "SoftBank and OpenAI\u2019s $500bn Stargate is slow to start (WSJ, Mon 18:02 ET). "
        "Path Stargate \u2192 supplier \u2192 NVDA."
    )


def test_that_a_fall_with_a_positive_sar_says_that_it_beat_its_market() -> None:
    own = Member(symbol="NVDA", move_pct=-0.06, abnormal_pct=3.1, sar=2.5)
    alert = replace(scene.NVDA_ALERT, match=None, move_pct=None, members=(own,))
    assert alert_words.alert_sentence(alert, ECOSYSTEM, EN).startswith(
        "NVDA \u22120.06\u202f%, unusual against its market (SAR +2.5)."
    )
    assert alert_words.alert_sentence(alert, ECOSYSTEM, KO).startswith(
        "NVDA \u22120.06\u202f%, 시장 대비 평소 범위 밖(SAR +2.5)."
    )
    move = replace(scene.MOVES["NVDA"], move_pct=-0.06, abnormal_pct=3.1, sar=2.5)
    assert wording.range_words(move, EN) == "Unusual against its market (SAR +2.5)"
    assert wording.range_words(move, KO) == "시장 대비 평소 범위 밖(SAR +2.5)"
    assert wording.range_words(replace(move, move_pct=3.0), EN) == "Unusual (SAR +2.5)"
    told = "NVIDIA fell 0.06\u202f%, unusual against its market (SAR +2.5)"
    assert wording.unusual_words(move, ECOSYSTEM, EN) == told
    still = replace(move, move_pct=0.001)
    assert wording.unusual_words(still, ECOSYSTEM, EN) == "NVIDIA did not move, unusual for it (SAR +2.5)"
    assert wording.unusual_words(still, ECOSYSTEM, KO) == "엔비디아 등락 없음, 평소 범위 밖(SAR +2.5)"


def test_that_a_group_counts_what_moved_and_what_was_not_judged() -> None:
    alert = scene.STARGATE_ALERT
    assert alert_words.alert_title(alert, ECOSYSTEM, EN) == "Stargate: 4 of 5 linked names down"
    assert alert_words.alert_title(alert, ECOSYSTEM, KO) == "스타게이트: 연결 5종목 중 4종목 하락"
    assert alert_words.group_verdict(alert, EN) == "None is beyond its usual range, 1 not judged"
    assert alert_words.group_verdict(alert, KO) == "모두 평소 범위 안, 1종목은 판단 보류"


def test_that_a_cause_whose_bad_news_one_name_fell_for_is_not_titled_a_rise() -> None:
    members = tuple(Member(symbol=s, move_pct=3.0, abnormal_pct=2.8) for s in ("ARM", "KLAC", "LRCX"))
    fallen = Member(symbol="NVDA", move_pct=-6.9, abnormal_pct=-6.1)
    match = replace(scene.match(scene.SLOW), path=("stargate", "NVDA"))
    alert = replace(scene.STARGATE_ALERT, members=(fallen, *members), linked_total=4, match=match)
    assert alert_words.alert_title(alert, ECOSYSTEM, EN) == "Stargate: 1 of 4 linked names down"
    untold = replace(alert, match=None)
    assert alert_words.alert_title(untold, ECOSYSTEM, EN) == "Stargate: 3 of 4 linked names up"


def test_that_a_rise_against_a_falling_market_is_not_titled_a_fall() -> None:
    """Layers rise by what the market does not explain, also while most of their prices fall."""
    members = (
        Member(symbol="MU", move_pct=7.2, abnormal_pct=7.7, sar=5.8),
        Member(symbol="KLAC", move_pct=-0.4, abnormal_pct=1.2, sar=0.9),
        Member(symbol="NVDA", move_pct=-5.0, abnormal_pct=-3.3, sar=-2.2),
    )
    group = "list:ai-ecosystem:up"
    alert = replace(scene.STARGATE_ALERT, subject="gpus", group=group, members=members, linked_total=3)
    assert alert_words.alert_title(alert, ECOSYSTEM, EN) == "gpus: 2 of 3 names up vs market"
    assert alert_words.alert_title(alert, ECOSYSTEM, KO) == "gpus: 3종목 중 2종목 시장 대비 상승"
    fallen = replace(alert, group="layer:gpus:down")
    assert alert_words.alert_title(fallen, ECOSYSTEM, EN) == "gpus: 2 of 3 names down"


def test_that_group_members_beyond_the_range_are_counted() -> None:
    members = (Member(symbol="KLAC", move_pct=-4.9, sar=-2.9), Member(symbol="LRCX", move_pct=-4.0, sar=-2.0))
    both = replace(scene.STARGATE_ALERT, members=members)
    assert alert_words.group_verdict(both, EN) == "2 are beyond their usual range"
    assert alert_words.group_verdict(replace(both, members=members[:1]), EN) == "1 is beyond its usual range"


def test_that_a_group_out_of_hours_is_not_said_to_be_one_that_could_not_be_judged() -> None:
    members = (Member(symbol="KLAC", move_pct=-4.9), Member(symbol="LRCX", move_pct=-4.0))
    early = replace(scene.STARGATE_ALERT, members=members, match=None, hours=Session.PRE)
    said = alert_words.alert_sentence(early, ECOSYSTEM, EN)
    assert said == "Stargate: 2 of 5 linked names down, pre-market. No clear news found."
    assert alert_row(early, ECOSYSTEM, scene.NOW).found == "No clear news found"
    assert toast_facts([early], ECOSYSTEM, scene.NOW).verdict == ""


def test_that_a_group_has_the_figures_of_its_basket() -> None:
    own = scene.STARGATE_ALERT.own_move
    assert own is not None
    assert (own.move_pct, own.sar) == (-2.21, -0.7)
    assert replace(scene.STARGATE_ALERT, move_pct=None).own_move is None, "members are not averaged here"


def test_that_a_control_character_in_a_title_never_reaches_a_sentence() -> None:
    lead = replace(scene.SLOW.lead, title="Stargate\u202e slow\nto start")
    match = replace(scene.match(scene.SLOW), story=replace(scene.SLOW, lead=lead))
    sentence = alert_words.alert_sentence(replace(scene.NVDA_ALERT, match=match), ECOSYSTEM, EN)
    assert "Stargate slow to start" in sentence


def test_that_an_index_is_named_and_not_spelt_as_a_symbol() -> None:
    ecosystem = load_world(user_folders(Path("nowhere"))).ecosystem
    indices = [symbol for symbol in ecosystem.instruments if symbol.startswith("^")]
    assert indices
    for language in Language:
        assert not [i for i in indices if "^" in wording.short_name(i, ecosystem, language)]
    assert wording.short_name("^STOXX50E", ecosystem, EN) == "Euro Stoxx 50"


def test_that_every_relation_and_theme_has_a_korean_word() -> None:
    assert all(wording.relation_word(r.value, KO) != r.value for r in Relation)
    assert all(wording.theme_word(t, KO) for t in StoryTheme)


def test_that_a_coincidence_is_never_a_percent() -> None:
    assert wording.coincidence_words(0.25, EN) == "Coincidence about 1 time in 4"
    assert wording.coincidence_words(0.25, KO) == "우연의 일치 약 4번에 1번"


def test_that_a_base_rate_gives_its_interval_and_says_when_there_is_no_difference() -> None:
    assert scene.EXPLAINED.base_rate is not None
    line = base_rate_words.base_rate_line(scene.EXPLAINED.base_rate, "NVDA", EN)
    assert line == (
        "After 97 earlier days like this: median +1.8\u202f% over 5 sessions [+0.5, +3.1]; "
        "usual for NVDA +1.5\u202f%. No clear difference."
    )
    some = replace(scene.EXPLAINED.base_rate, n_effective=63)
    assert base_rate_words.base_rate_line(some, "NVDA", EN).startswith(
        "After 63 of 97 earlier days like this: median"
    )
    assert base_rate_words.base_rate_line(some, "NVDA", KO).startswith(
        "비슷했던 지난 97일 중 63일: 이후 5거래일 중앙값"
    )
    next_day = replace(scene.EXPLAINED.base_rate, horizon_days=1)
    assert "over 1 session [" in base_rate_words.base_rate_line(next_day, "NVDA", EN)
    few = replace(scene.EXPLAINED.base_rate, n=6, median=None)
    assert base_rate_words.base_rate_line(few, "NVDA", EN) == "6 earlier days like this; too few to compare"


def test_that_days_that_overlap_are_named_where_enough_came_and_too_few_can_be_compared() -> None:
    """ "16 earlier days like this; too few to compare" stood below what followed these 16."""
    assert scene.EXPLAINED.base_rate is not None
    rate = replace(scene.EXPLAINED.base_rate, n=16, n_effective=5, horizon_days=20, median=None)
    assert base_rate_words.base_rate_line(rate, "NVDA", EN) == (
        "Of 16 earlier days like this 5 do not overlap over 20 sessions; too few to compare"
    )
    assert base_rate_words.base_rate_line(rate, "NVDA", KO) == (
        "비슷했던 지난 16일 중 이후 20거래일이 겹치지 않는 날은 5일뿐이라 비교하지 않음"
    )
    alone = base_rate_words.base_rate_line(replace(rate, n_effective=1), "NVDA", EN)
    assert alone.startswith("Of 16 earlier days like this 1 does not overlap")


@pytest.mark.parametrize(
    ("minutes", "lead", "told"),
    [
        (64 * 60, Lead.AT_LEAST, "at least 2 d before the move"),  # it was told as three
        (64 * 60, Lead.MEASURED, "3 d before the move"),
        (90.8, Lead.AT_LEAST, "at least 1 h 30 before the move"),
        (0.9, Lead.AT_LEAST, ""),
        (0.5, Lead.MEASURED, "30 s before the move"),
    ],
)
def test_that_the_least_that_a_lead_may_be_is_never_more_than_it_is(
    minutes: float, lead: Lead, told: str
) -> None:
    match = replace(scene.EXPLAINED.matches[0], lead=lead, lead_minutes=minutes)
    assert wording.lead_words(match, EN) == told


@pytest.mark.parametrize(
    ("lead", "english", "korean"),
    [(Lead.MEASURED, "as the move began", "움직임과 동시"), (Lead.AT_LEAST, "", ""), (Lead.UNKNOWN, "", "")],
)
def test_that_a_story_of_the_very_moment_is_not_told_as_no_seconds_before(
    lead: Lead, english: str, korean: str
) -> None:
    """A release of 09:30 stood on the card of a past day as "at least 0 s before the move"."""
    match = replace(scene.EXPLAINED.matches[0], lead=lead, lead_minutes=0.0)
    assert wording.lead_words(match, EN) == english
    assert wording.lead_words(match, KO) == korean


@pytest.mark.parametrize(
    ("usual", "luck", "said"),
    [
        (0.2, 0.03, "Higher than usual."),
        (3.5, 0.03, "Lower than usual."),
        (1.5, 0.03, "No clear difference."),
        (0.2, 0.14, "No clear difference."),  # the interval alone may leave the usual out by luck
        (0.2, None, "No clear difference."),
    ],
)
def test_that_a_difference_is_told_only_where_luck_seldom_makes_one(
    usual: float, luck: float | None, said: str
) -> None:
    assert scene.EXPLAINED.base_rate is not None
    rate = replace(scene.EXPLAINED.base_rate, usual_median=usual, placebo_q=luck)
    assert base_rate_words.base_rate_line(rate, "NVDA", EN).endswith(said)


def test_that_base_rates_say_what_they_rest_on_and_leave_out() -> None:
    assert scene.EXPLAINED.base_rate is not None
    rate = replace(scene.EXPLAINED.base_rate, n=97, n_effective=61)
    few = replace(rate, n_effective=6, median=None)
    note = base_rate_words.base_rate_note((replace(rate, n_effective=97), rate, few), EN)
    assert note.startswith(
        "Of days that overlap one counts; in brackets the 95 % interval of the median. No forecast: "
    )
    assert base_rate_words.base_rate_note((rate,), KO).startswith(
        "기간이 겹치는 날은 하루만 셈. 대괄호는 중앙값의 95 % 신뢰구간. 예측이 아님"
    )
    assert base_rate_words.base_rate_note((few,), EN) == ""


def test_that_a_layer_that_moved_as_one_is_not_said_to_move_with_itself() -> None:
    alert = replace(scene.STARGATE_ALERT, subject="gpus", match=None, verdict=Verdict.LAYER_WIDE)
    assert alert_words.alert_found(alert, ECOSYSTEM, EN) == "No clear news found"
    assert alert_words.alert_title(alert, ECOSYSTEM, EN) == "gpus: 4 of 5 names down"


def test_that_a_matching_story_is_named_whatever_the_verdict() -> None:
    alert = replace(scene.NVDA_ALERT, verdict=Verdict.MARKET_WIDE)
    assert alert_words.alert_found(alert, ECOSYSTEM, EN).startswith("WSJ: ")


@pytest.mark.parametrize(
    ("reason", "korean"),
    [
        ("benchmark QQQ has another trading day", "비교 지수 QQQ의 거래일이 다름"),
        ("rule fired 15 times in 3 minutes", "규칙이 3분 동안 15번 울림"),
        ("something new", "something new"),
    ],
)
def test_that_reasons_of_the_engine_are_said_in_korean(reason: str, korean: str) -> None:
    assert wording.reason_words(reason, KO) == korean
    assert wording.reason_words(reason, EN) == reason


def test_that_every_notice_of_a_start_is_said_in_korean(tmp_path: Path) -> None:
    """Break every file of a user's, and let the program say so."""
    folders = user_folders(tmp_path)
    folders.lists.mkdir(parents=True)
    for path in (folders.settings, folders.rules, folders.exposures, folders.aliases, folders.instruments):
        path.write_text("nonsense = [", encoding="utf-8")
    (folders.lists / "mine.toml").write_bytes(b"\xff\xfe")
    folders.watchlist.write_text("nonsense = [", encoding="utf-8")
    notices = list(load_world(folders).notices)
    folders.rules.write_text(_RULES, encoding="utf-8")
    notices += load_world(folders).notices
    assert len(notices) >= 9
    for notice in notices:
        said = wording.reason_words(notice, KO)
        assert "가" <= said.rstrip(".")[-1] <= "힣", said
        assert " touched" not in said
        assert wording.reason_words(notice, EN) == notice
    full = (
        "x.toml: cannot be written (full). The change holds and is written once it can be; "
        "{} file was not touched."
    )
    for whose in ("your", "the"):
        assert wording.reason_words(full.format(whose), KO) == (
            "x.toml: 저장하지 못했습니다(full). 변경 내용은 유지했다가 가능해지면 저장하며, "
            "파일은 그대로 두었습니다."
        )


_RULES = """version = 1

[[rule]]
id = "waits"
name = { en = "Waits", ko = "기다림" }
kind = "layer-move"
subject_kind = "layer"
subject = "nowhere"
threshold = 2.0

[[rule]]
id = "wrong"
"""


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "No headlines were read"), (1, "1 headline was read"), (3, "3 headlines were")],
)
def test_that_headlines_are_counted_in_grammatical_words(count: int, expected: str) -> None:
    read = replace(scene.UNEXPLAINED, headlines_read=count)
    assert wording.search_words(read, ECOSYSTEM, EN).startswith(expected)


def test_that_an_index_is_called_by_its_name() -> None:
    reason = "no price of its benchmark ^KS11"
    assert wording.reason_words(reason, EN) == "no price of its benchmark KOSPI"
    assert wording.reason_words(reason, KO) == "비교 지수 코스피 가격 없음"
    assert wording.short_name("^N225", ECOSYSTEM, EN) == "Nikkei 225"


def test_that_no_history_is_not_told_as_a_count() -> None:
    move = replace(scene.MOVES["NVDA"], sar=None, reason="0 of 60 days")
    assert wording.range_words(move, EN) == "Not judged: no price history yet"
    assert wording.range_words(move, KO) == "판단 보류: 가격 이력이 아직 없음"
    assert wording.range_words(replace(move, reason="43 of 60 days"), EN) == "Not judged: 43 of 60 days"


def test_that_the_kind_of_a_source_is_said_in_the_language() -> None:
    assert wording.source_word("company", KO) == "회사 발표"
    assert wording.source_word("Financial Times", KO) == "FT"
