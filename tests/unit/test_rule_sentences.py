"""A rule read back as a sentence: every figure with its unit, every group by its name, nothing untrue."""

from dataclasses import replace

import pytest

from stackwatch.domain.news import StoryTheme
from stackwatch.domain.rule import Condition, Direction, Frequency, Rule, RuleKind, Since, SubjectKind
from stackwatch.domain.watchlist import Ecosystem, Language, Watchlist
from stackwatch.domain.words.rule_names import plain_words, subject_words, trigger_words
from stackwatch.domain.words.rule_words import rule_sentence

FALL = Rule(
    id="r",
    name_en="R",
    name_ko="R",
    kind=RuleKind.PERCENT_MOVE,
    subject_kind=SubjectKind.SYMBOL,
    subject="NVDA",
    direction=Direction.DOWN,
    threshold=3.0,
    escalate_step=1.5,
)


@pytest.mark.parametrize(
    ("kind", "english", "korean"),
    [
        (RuleKind.PERCENT_MOVE, "again every 1.5 % further.", "1.5% 더 움직일 때마다 다시."),
        (
            RuleKind.SIGMA_MOVE,
            "again every 1.5 usual daily moves further.",
            "평소 하루 변동의 1.5배 더 움직일 때마다 다시.",
        ),
        (
            RuleKind.ABNORMAL_MOVE,
            "again every 1.5 standard errors further.",
            "표준오차의 1.5배 더 움직일 때마다 다시.",
        ),
        (
            RuleKind.VOLUME_SPIKE,
            "again every 1.5 times its usual volume more.",
            "평소 거래량의 1.5배 늘 때마다 다시.",
        ),
        (RuleKind.NEWS_BURST, "again every 1.5 more headlines.", "뉴스가 1.5건 늘 때마다 다시."),
        (RuleKind.STORY, "again every 1.5 more stories.", "소식이 1.5건 늘 때마다 다시."),
    ],
)
def test_that_a_further_step_is_said_in_the_unit_of_its_kind(
    ecosystem: Ecosystem, watchlist: Watchlist, kind: RuleKind, english: str, korean: str
) -> None:
    rule = replace(FALL, kind=kind)
    assert rule_sentence(rule, ecosystem, watchlist, Language.ENGLISH).endswith(f"; {english}")
    assert rule_sentence(rule, ecosystem, watchlist, Language.KOREAN).endswith(f", {korean}")


def test_that_one_further_story_and_one_standard_error_are_not_many(
    ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    ends = {
        kind: rule_sentence(
            replace(FALL, kind=kind, escalate_step=1.0), ecosystem, watchlist, Language.ENGLISH
        )
        for kind in (RuleKind.STORY, RuleKind.NEWS_BURST, RuleKind.LAYER_MOVE)
    }
    assert ends[RuleKind.STORY].endswith("again every 1 more story.")
    assert ends[RuleKind.NEWS_BURST].endswith("again every 1 more headline.")
    assert ends[RuleKind.LAYER_MOVE].endswith("again every 1 standard error further.")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"since": Since.MINUTES, "minutes": 1}, "3 % or more within 1 minute;"),
        ({"hold_seconds": 1}, "held for 1 second;"),
        ({"hold_seconds": 60}, "held for 1 minute;"),
        ({"frequency": Frequency.EVERY_REARM, "cooldown_minutes": 1}, "at least 1 minute apart"),
        ({"kind": RuleKind.ABNORMAL_MOVE, "threshold": 1.0}, "falls 1 standard error or more beyond"),
        (
            {"kind": RuleKind.NEWS_BURST, "threshold": 1.0, "minutes": 1},
            "1 headline or more about NVIDIA comes within 1 minute",
        ),
    ],
)
def test_that_one_of_a_unit_is_not_many(
    ecosystem: Ecosystem, watchlist: Watchlist, changes: dict[str, object], said: str
) -> None:
    rule = replace(FALL, **changes)  # type: ignore[arg-type]
    assert said in rule_sentence(rule, ecosystem, watchlist, Language.ENGLISH)


@pytest.mark.parametrize(
    "rule",
    [
        replace(FALL, kind=RuleKind.PRICE_LEVEL),
        replace(FALL, kind=RuleKind.YEAR_EXTREME),
        replace(FALL, frequency=Frequency.ONCE),
    ],
    ids=lambda rule: f"{rule.kind.value} {rule.frequency.value}",
)
def test_that_a_rule_that_never_fires_a_step_further_does_not_say_so(
    ecosystem: Ecosystem, watchlist: Watchlist, rule: Rule
) -> None:
    assert "again" not in rule_sentence(rule, ecosystem, watchlist, Language.ENGLISH)
    assert "다시" not in rule_sentence(rule, ecosystem, watchlist, Language.KOREAN)


def test_that_a_joined_condition_about_a_group_names_the_group(
    ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    joined = (
        Condition(kind=RuleKind.LAYER_MOVE, about="memory", threshold=2.0, direction=Direction.DOWN),
        Condition(kind=RuleKind.ENTITY_SHOCK, about="openai", threshold=2.0),
    )
    rule = replace(FALL, escalate_step=0.0, conditions=joined)
    english = rule_sentence(rule, ecosystem, watchlist, Language.ENGLISH)
    assert ", and Memory & HBM falls as a whole: 2 standard errors or more" in english
    assert ", and OpenAI is in the news, and the names tied to it move" in english
    korean = rule_sentence(rule, ecosystem, watchlist, Language.KOREAN)
    assert "그리고 메모리·HBM 분야 전체가 표준오차의 2배 이상 하락" in korean
    assert "그리고 오픈AI 소식이 나오고 연결된 상장 종목이 평균 2% 이상 등락" in korean


def test_that_a_layer_is_said_to_move_as_a_whole_from_where_it_does(
    ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    rule = replace(FALL, kind=RuleKind.LAYER_MOVE, threshold=1.0, escalate_step=0.0)
    assert "2 standard errors or more" in rule_sentence(rule, ecosystem, watchlist, Language.ENGLISH)
    wider = replace(rule, threshold=3.0)
    assert "3 standard errors or more" in rule_sentence(wider, ecosystem, watchlist, Language.ENGLISH)


def test_that_a_share_that_is_called_by_its_symbol_is_named_once(
    ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    def words(language: Language) -> tuple[str, str]:
        return subject_words(SubjectKind.SYMBOL, "AMD", ecosystem, watchlist, language)

    assert words(Language.ENGLISH) == ("AMD", "Advanced Micro Devices")
    assert words(Language.KOREAN) == ("AMD", "")


def test_that_themes_and_words_of_a_korean_sentence_are_told_apart(
    ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    rule = replace(
        FALL,
        kind=RuleKind.STORY,
        threshold=1.0,
        escalate_step=0.0,
        themes=(StoryTheme.FUNDING, StoryTheme.CONTRACT),
        words=("Stargate", "애빌린"),
    )
    assert rule_sentence(rule, ecosystem, watchlist, Language.KOREAN) == (
        "엔비디아에 관한 부정적 소식(주제 자금 또는 계약, 단어 “Stargate” 또는 “애빌린”)."
    )


def test_that_a_name_that_begins_small_stays_so_at_the_head_of_a_sentence(
    ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    rule = replace(FALL, kind=RuleKind.ENTITY_SHOCK, subject_kind=SubjectKind.PRIVATE, subject="xai")
    assert rule_sentence(rule, ecosystem, watchlist, Language.ENGLISH).startswith("xAI is in the news")


def test_that_a_rule_that_begins_with_news_of_another_names_its_subject_first(
    ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    rise = Condition(kind=RuleKind.PERCENT_MOVE, direction=Direction.UP, threshold=5.0)
    told = Condition(kind=RuleKind.STORY)
    rule = replace(
        FALL,
        kind=RuleKind.STORY,
        direction=Direction.EITHER,
        threshold=1.0,
        escalate_step=0.0,
        about="openai",
        conditions=(rise, told),
    )
    assert rule_sentence(rule, ecosystem, watchlist, Language.ENGLISH) == (
        "NVIDIA: a story about OpenAI comes, and it rises 5 % or more since the previous close,"
        " and a story about NVIDIA comes."
    )
    assert rule_sentence(rule, ecosystem, watchlist, Language.KOREAN) == (
        "엔비디아: 오픈AI에 관한 소식 그리고 전일 종가 대비 5% 이상 상승 그리고 엔비디아에 관한 소식."
    )
    own = replace(rule, about="", conditions=(rise,))
    assert rule_sentence(own, ecosystem, watchlist, Language.ENGLISH) == (
        "A story about NVIDIA comes, and it rises 5 % or more since the previous close."
    )


@pytest.mark.parametrize(("threshold", "size"), [(-0.0, "0 %"), (1234567.5, "1234567.5 %"), (2.5, "2.5 %")])
def test_that_a_figure_is_said_as_it_was_typed(
    ecosystem: Ecosystem, watchlist: Watchlist, threshold: float, size: str
) -> None:
    rule = replace(FALL, threshold=threshold, escalate_step=0.0)
    said = rule_sentence(rule, ecosystem, watchlist, Language.ENGLISH)
    assert said == f"NVIDIA falls {size} or more since the previous close."


def test_that_spans_are_said_in_minutes_and_none_where_there_is_none(
    ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    rule = replace(FALL, hold_seconds=5400, frequency=Frequency.EVERY_REARM, cooldown_minutes=0)
    english, korean = (rule_sentence(rule, ecosystem, watchlist, language) for language in Language)
    assert "; held for 90 minutes; every time" in english
    assert "0 minutes" not in english.replace("90 minutes", "")
    assert ", 90분 동안 이어질 때, 매번" in korean


@pytest.mark.parametrize("kind", [SubjectKind.WATCHLIST, SubjectKind.LAYER, SubjectKind.PRIVATE])
def test_that_a_rule_of_any_name_does_not_say_in_korean_that_all_must_move(
    ecosystem: Ecosystem, watchlist: Watchlist, kind: SubjectKind
) -> None:
    rule = replace(FALL, subject_kind=kind, subject="*")
    assert "모든" not in rule_sentence(rule, ecosystem, watchlist, Language.KOREAN)


@pytest.mark.parametrize(
    ("kind", "threshold", "said"),
    [
        (RuleKind.PRICE_LEVEL, 270.625, "270.625"),
        (RuleKind.PRICE_LEVEL, 270.0, "270.00"),
        (RuleKind.VOLUME_SPIKE, 2.25, "2.25"),
        (RuleKind.YEAR_EXTREME, 0.75, "0.75"),
        (RuleKind.PERCENT_MOVE, 2.25, "2.25"),
    ],
)
def test_that_the_table_says_the_trigger_as_the_sentence_does(
    kind: RuleKind, threshold: float, said: str
) -> None:
    rule = replace(FALL, kind=kind, threshold=threshold)
    for language in Language:
        assert said in trigger_words(rule, "USD", language)
        assert said in plain_words(rule, "USD", language)
