"""What the editor asks of the engine: sound templates, previews of what was known, rules without popups."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.domain.armed import PriceLevel, RuleStanding
from stackwatch.domain.events import ArmedChanged, NoisePreviewed, RulesChanged, RulesStored
from stackwatch.domain.news import Headline
from stackwatch.domain.rule import Condition, Direction, Rule, RuleKind, SubjectKind
from stackwatch.domain.rule_checks import rule_faults
from stackwatch.domain.rule_drafts import draft, for_entity, for_price, free_id, templates
from stackwatch.domain.settings import Settings
from stackwatch.domain.watchlist import BilingualName, Language, Layer, Watchlist
from stackwatch.domain.words.rule_words import emphasised, rule_sentence, subject_phrase
from stackwatch.engine.ports import History


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    return build_rig(tmp_path)


def fall(threshold: float = 1.0, **changes: object) -> Rule:
    rule = draft(
        RuleKind.PERCENT_MOVE, SubjectKind.SYMBOL, "NVDA", BilingualName("Fall", "하락"), Direction.DOWN
    )
    return replace(rule, threshold=threshold, **changes)  # type: ignore[arg-type]


def previews(rig: Rig) -> list[NoisePreviewed]:
    return [event for event in rig.events if isinstance(event, NoisePreviewed)]


def test_that_every_template_and_suggestion_is_a_sound_rule_with_its_choices_in_bold(rig: Rig) -> None:
    ecosystem, watchlist = rig.engine.parts.ecosystem, rig.engine.parts.watchlist
    made = [each.rule for each in templates(watchlist, "NVDA", ecosystem)]
    assert len(made) == 6
    made += [for_entity(each, ecosystem, watchlist) for each in ("AMD", "openai", "gpus", "")]
    made.append(for_entity("openai", replace(ecosystem, exposures=()), watchlist))
    assert made[-1].kind is RuleKind.STORY  # nothing is tied to it that could move
    tied = [link for link in ecosystem.exposures if link.source == "openai"]
    shock, alone = (
        for_entity("openai", replace(ecosystem, exposures=tied[:count]), watchlist) for count in (2, 1)
    )
    assert (shock.kind, alone.kind) == (RuleKind.ENTITY_SHOCK, RuleKind.STORY)  # one share is no basket
    for rule in made:
        assert rule_faults(rule, ecosystem, watchlist) == ()
        for language in Language:
            sentence = rule_sentence(rule, ecosystem, watchlist, language)
            runs = emphasised(sentence, (subject_phrase(rule, ecosystem, watchlist, language),))
            assert "".join(words for words, _ in runs) == sentence
            assert any(bold for _, bold in runs)
    assert free_id("Chips fall!", {"chips-fall", "chips-fall-2"}) == "chips-fall-3"
    assert free_id("반도체 하락", set()) == "rule"
    assert free_id("Nestlé rises", {"nestle-rises"}) == "nestle-rises-2"
    assert free_id("New rule", set()) != "new-rule"  # what a draft is called


def test_that_a_preview_of_stories_counts_from_the_first_stored_headline_on(rig: Rig) -> None:
    rig.store.bars.keep_history("NVDA", History(history(TUESDAY, sessions=400)), date(2024, 1, 1))
    at = datetime(2026, 2, 9, 12, tzinfo=UTC)
    rig.store.news.save_headlines(
        [Headline(id="a", title="Nvidia signs a contract with OpenAI", publisher="WSJ", url="https://a.b/c",
                  published=at, received=at, source="t")]
    )  # fmt: skip
    rig.runtime.preview_rule(1, fall(kind=RuleKind.STORY, direction=Direction.EITHER))
    preview = previews(rig)[-1].preview
    assert preview is not None
    assert (preview.start, preview.end, preview.news_since) == (at.date(), date(2026, 3, 9), at.date())
    assert preview.count.fires == 1
    assert preview.count.per_symbol_year == pytest.approx(365.25 / 29)
    rig.runtime.preview_rule(2, fall())
    plain = previews(rig)[-1].preview
    assert plain is not None
    assert (plain.start, plain.news_since) == (date(2025, 3, 10), at.date())


def test_that_all_rows_of_a_preview_count_the_same_days(rig: Rig) -> None:
    """Beside what is counted since headlines are kept the plain rule stood with a year of falls."""
    bars = list(history(TUESDAY, sessions=400))
    bars[-100] = replace(bars[-100], close=bars[-101].close * 0.9)
    rig.store.bars.keep_history("NVDA", History(tuple(bars)), date(2024, 1, 1))
    at = datetime(2026, 2, 9, 12, tzinfo=UTC)
    rig.store.news.save_headlines(
        [Headline(id="a", title="Nvidia signs a contract with OpenAI", publisher="WSJ", url="https://a.b/c",
                  published=at, received=at, source="t")]
    )  # fmt: skip
    rig.runtime.preview_rule(1, fall(5.0))
    whole = previews(rig)[-1].preview
    assert whole is not None
    assert whole.count.fires == 1
    rig.runtime.preview_rule(2, fall(4.0, kind=RuleKind.TIED_MOVE))
    preview = previews(rig)[-1].preview
    assert preview is not None
    assert preview.start == at.date()
    assert preview.others[-1].rule.kind is RuleKind.PERCENT_MOVE
    assert preview.others[-1].fires == 0


def test_that_a_preview_counts_no_story_of_a_publisher_that_is_blocked_meanwhile(rig: Rig) -> None:
    rig.store.bars.keep_history("NVDA", History(history(TUESDAY, sessions=400)), date(2024, 1, 1))
    at = datetime(2026, 2, 10, 12, tzinfo=UTC)
    told = Headline(id="a", title="Nvidia signs a contract with OpenAI", publisher="The Wall Street Journal",
                    url="https://a.b/c", published=at, received=at, source="t")  # fmt: skip
    earlier = replace(told, id="b", title="AMD signs a contract", publisher="FT", url="https://a.b/d",
                      published=at - timedelta(days=5))  # fmt: skip
    rig.store.news.save_headlines([earlier, told])
    asks = fall(kind=RuleKind.STORY, direction=Direction.EITHER)
    fires = []
    for blocked in ((), ("WSJ",), ()):  # by the name that is shown
        rig.runtime.change_settings(Settings(blocked_sources=blocked))
        rig.runtime.preview_rule(1, asks)
        preview = previews(rig)[-1].preview
        assert preview is not None
        fires.append(preview.count.fires)
    assert fires == [1, 0, 1]


def test_that_a_preview_of_stories_without_stored_headlines_says_so_instead_of_no_fires(rig: Rig) -> None:
    rig.store.bars.keep_history("NVDA", History(history(TUESDAY, sessions=400)), date(2024, 1, 1))
    rig.runtime.preview_rule(1, fall(kind=RuleKind.STORY, direction=Direction.EITHER))
    (told,) = previews(rig)
    assert told.preview is None
    assert "stored headlines" in (told.reason or "")


def test_that_a_preview_never_looks_past_what_is_known_now(rig: Rig) -> None:
    bars = history(datetime(2026, 4, 1, tzinfo=UTC), sessions=300)  # three weeks more than is known
    rig.store.bars.keep_history("NVDA", History(bars), date(2024, 1, 1))
    rig.runtime.preview_rule(1, fall())
    first, last = (event.preview for event in previews(rig))
    assert first is not None
    assert last is not None
    assert (first.news_pending, last.news_pending) == (True, False)
    assert last.end == date(2026, 3, 9)  # Monday's session: Tuesday's is open
    closes = {bar.day: bar.close for bar in bars}
    days = [day for day in closes if last.start <= day <= last.end]
    before = dict(zip(list(closes)[1:], closes, strict=False))
    expected = [day for day in days if before.get(day) and closes[day] / closes[before[day]] - 1 <= -0.01]
    assert [day.day for day in last.days] == expected
    assert last.count.fires == len(expected)
    assert [count.rule.threshold for count in last.others] == [0.5, 1.0, 2.0, 5.0]
    rig.runtime.noise.newest = 3
    rig.runtime.noise.answer(rig.engine, 2, fall(2.0))
    assert len(previews(rig)) == 2  # an outdated request has no answer


def test_that_a_rule_about_a_layer_is_not_tried_where_no_layer_moves_as_a_whole(rig: Rig) -> None:
    rig.store.bars.keep_history("NVDA", History(history(TUESDAY, sessions=400)), date(2024, 1, 1))
    layer = {"kind": RuleKind.LAYER_MOVE, "subject_kind": SubjectKind.LAYER, "subject": "accelerators"}
    for threshold, tried in ((2.0, [2.0, 3.0, 5.0]), (2.5, [2.0, 2.5, 3.5, 5.0])):
        rig.runtime.preview_rule(1, fall(threshold, **layer))
        preview = previews(rig)[-1].preview
        assert preview is not None
        assert [count.rule.threshold for count in preview.others] == tried


def test_that_a_preview_without_prices_says_why(rig: Rig) -> None:
    rig.runtime.preview_rule(1, fall())
    assert [event.reason for event in previews(rig)] == [
        "no prices are stored yet; they come while it runs live"
    ]
    story = draft(
        RuleKind.STORY, SubjectKind.PRIVATE, "openai", BilingualName("Story", "소식"), Direction.EITHER
    )
    rig.runtime.preview_rule(2, story)
    assert "stored headlines" in (previews(rig)[-1].reason or "")  # a rule about stories needs those


def test_that_a_rule_without_a_popup_is_recorded_with_that_reason(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, rules=(fall(2.0, id="silent", popup=False),))
    rig.market.set("NVDA", 100.0)
    rig.refresh()
    rig.clock.advance(minutes=1)
    rig.market.set("NVDA", 97.0)
    rig.refresh()
    rig.wait_for_group()
    (told,) = rig.raised()
    assert (told.popup, told.alert.suppressed_by) == (False, "its rule had no popup")


def test_that_rules_changed_by_hand_are_noticed_with_the_clock(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    file = tmp_path / "rules.toml"
    file.write_text(
        'version = 1\n[[rule]]\nid = "mine"\nname = { en = "Mine", ko = "내 것" }\nkind = "percent-move"\n'
        'subject_kind = "symbol"\nsubject = "NVDA"\nthreshold = 4\n',
        encoding="utf-8",
    )
    rig.runtime._tick(rig.engine)
    assert "mine" in {rule.id for rule in rig.engine.alerting.rules}
    file.unlink()
    rig.runtime._tick(rig.engine)
    assert "mine" not in {rule.id for rule in rig.engine.alerting.rules}


MINE = Rule(
    id="mine", name_en="Mine", name_ko="내 것", kind=RuleKind.PRICE_LEVEL, subject_kind=SubjectKind.SYMBOL,
    subject="NVDA", direction=Direction.DOWN, threshold=95.0,
)  # fmt: skip


def by_hand(folder: Path, before: str, after: str) -> None:
    """Change the rules of a person's file as an editor would."""
    file = folder / "rules.toml"
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def mine(rig: Rig) -> tuple[Rule, Rule]:
    """Return the rule as it is in force, and as its file says it."""
    book = rig.engine.parts.rule_file
    assert book is not None
    in_force, there = (
        next(rule for rule in rules if rule.id == "mine")
        for rules in (rig.engine.alerting.rules, book.load())
    )
    return in_force, there


def test_that_a_pause_keeps_what_a_hand_changed_of_the_rule_just_before(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.runtime.save_rules((MINE,))
    told = rig.of(RulesChanged)[-1]
    assert isinstance(told, RulesChanged)
    assert ("mine" in told.shipped, told.own) == (False, {"mine"})
    by_hand(tmp_path, "95", "93")
    rig.runtime.save_rules((replace(MINE, enabled=False),), (MINE,))
    assert rig.of(RulesStored)[-1] == RulesStored(("mine",))
    assert mine(rig) == (replace(MINE, threshold=93.0, enabled=False, version=2),) * 2


def test_that_a_line_drawn_where_a_hand_put_another_price_just_before_is_not_moved(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.runtime.save_rules((MINE,))
    rig.runtime.move_level("mine", 95.0, 94.0)
    assert mine(rig) == (replace(MINE, threshold=94.0, version=2),) * 2
    by_hand(tmp_path, "94", "93")
    rig.runtime.move_level("mine", 94.0, 90.0)
    stored = rig.of(RulesStored)[-1]
    assert isinstance(stored, RulesStored)
    assert (stored.outdated, {rule.threshold for rule in mine(rig)}) == (True, {93.0})


def falls_to(rig: Rig, price: float) -> list[float]:
    """Let the price fall; returns what the rule fired on so far."""
    rig.market.set("NVDA", price)
    rig.refresh()
    rig.clock.advance(minutes=1)
    return [round(told.alert.value, 6) for told in rig.raised() if told.alert.rule_id == "mine"]


def test_that_a_rule_changed_by_hand_is_still_the_changed_one_after_a_restart(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.runtime.save_rules((fall(3.0, id="mine"),))
    assert falls_to(rig, 100.0) == []
    assert falls_to(rig, 95.0) == [-5.0]
    by_hand(tmp_path, "threshold = 3.0", "threshold = 8.0")
    rig.runtime._tick(rig.engine)
    assert mine(rig)[0].version == 2
    rig.store.close()
    again = build_rig(tmp_path, now=rig.clock.now())
    assert [rule.version for rule in mine(again)] == [2, 1]
    assert falls_to(again, 95.0) == []
    assert falls_to(again, 91.0) == [-9.0], "what it fired on before it was changed silences nothing"
    by_hand(tmp_path, "threshold = 8.0", "threshold = 8.5")
    again.runtime._tick(again.engine)
    assert falls_to(again, 91.0) == [-9.0, -9.0], "nor what it fired on before it was changed once more"
    again.store.close()
    last = build_rig(tmp_path, now=again.clock.now())
    assert falls_to(last, 91.0) == [], "and it has said so"


def test_that_a_rule_deleted_and_put_back_is_the_one_changed_by_hand(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.runtime.save_rules((fall(3.0, id="mine"),))
    assert falls_to(rig, 100.0) == []
    assert falls_to(rig, 95.0) == [-5.0]
    by_hand(tmp_path, "threshold = 3.0", "threshold = 8.0")
    rig.runtime._tick(rig.engine)
    rig.runtime.remove_rule("mine")
    rig.runtime.undo_removal()
    assert mine(rig)[0].version == 2
    assert falls_to(rig, 91.0) == [-5.0, -9.0]


def test_that_a_rule_that_is_gone_already_is_not_deleted_once_more(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.runtime.save_rules((MINE,))
    told = len(rig.of(RulesStored))
    rig.runtime.remove_rule("nothing")
    assert len(rig.of(RulesStored)) == told
    assert mine(rig) == (MINE, MINE)


def test_that_a_start_tells_the_rules_before_anybody_looks_at_them(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (MINE,))
    assert [event.rules for event in rig.of(RulesChanged)] == [(MINE,)]


def test_that_rules_are_told_as_neither_shipped_nor_own_where_there_is_no_file_for_them(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, (MINE,))
    rig.engine.parts = replace(rig.engine.parts, rule_file=None)
    rig.runtime.watch_rules(shown=True)
    assert rig.of(RulesChanged)[1:] == [RulesChanged((MINE,), frozenset(), frozenset())]
    rig.runtime.save_rules((MINE,))
    assert rig.of(RulesStored) == [RulesStored(("mine",), fault="There is no file for rules here")]


class RuleShelf:
    """A file of rules that is kept in memory."""

    shipped = own = frozenset[str]()

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = {rule.id: rule for rule in rules}

    def load(self) -> tuple[Rule, ...]:
        return tuple(self.rules.values())

    def changed(self) -> bool:
        return False

    def take_mended(self) -> tuple[str, ...]:
        return ()

    def waiting(self, lists: Sequence[Watchlist]) -> tuple[str, ...]:
        del lists
        return ()

    def save(self, rules: Sequence[Rule]) -> None:
        self.rules |= {rule.id: rule for rule in rules}

    def remove(self, rule: Rule) -> None:
        del self.rules[rule.id]

    def undo(self) -> None:
        raise AssertionError("nothing was removed")

    def remove_about(self, entity_id: str) -> int:
        raise AssertionError(f"nobody removes {entity_id}")

    def bring_back(self, entity_id: str) -> int:
        raise AssertionError(f"nobody removed {entity_id}")


def test_that_a_level_dragged_beyond_the_price_waits_for_the_other_way_and_does_not_fire(
    tmp_path: Path,
) -> None:
    level = replace(
        for_price("NVDA", 95.0, 100.0, build_rig(tmp_path / "a").engine.parts.ecosystem), id="level"
    )
    rig = build_rig(tmp_path / "b", rules=(level,))
    rig.engine.parts = replace(rig.engine.parts, rule_file=RuleShelf((level,)))
    rig.market.set("NVDA", 100.0)
    rig.refresh()
    rig.runtime.move_level("level", 95.0, 104.0)
    (moved,) = rig.engine.alerting.rules
    assert (moved.threshold, moved.direction, moved.version) == (104.0, Direction.UP, 2)
    armed = [event for event in rig.events if isinstance(event, ArmedChanged)][-1]
    assert armed.levels == (PriceLevel("level", "NVDA", 104.0),)
    rig.market.set("NVDA", 105.0)
    rig.refresh()
    rig.refresh()
    assert [alert.rule_version for alert in rig.engine.delivery.alerts] == [2]
    rig.runtime.move_level("level", 104.0, 90.0)
    rig.refresh()
    assert len(rig.engine.delivery.alerts) == 1


def test_that_a_rule_about_a_share_goes_on_while_a_list_without_it_is_shown(tmp_path: Path) -> None:
    level = replace(
        for_price("NVDA", 95.0, 100.0, build_rig(tmp_path / "a").engine.parts.ecosystem), id="own"
    )
    rig = build_rig(tmp_path / "b", rules=(level,))
    rig.engine.parts = replace(rig.engine.parts, rule_file=RuleShelf((level,)))
    rig.market.set("NVDA", 100.0)
    rig.refresh()
    korean = Watchlist(
        id="kr",
        names=BilingualName("Korea", "한국"),
        layers=(Layer(id="k", names=BilingualName("Korea", "한국"), symbols=("005930.KS",)),),
        private=(),
    )
    rig.runtime.change_watchlist(korean)
    assert rig.engine.any_market_open  # that of the rule
    rig.clock.advance(seconds=15)
    rig.market.set("NVDA", 94.0)
    rig.refresh()
    assert set(rig.market.asked[-1]) == {"005930.KS", "^KS11", "NVDA", "QQQ"}
    assert [(raised.alert.subject, raised.popup) for raised in rig.raised()] == [("NVDA", True)]


def test_that_a_share_outside_the_list_is_fetched_as_soon_as_a_rule_is_about_it_and_while_it_is_on(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, rules=())
    rig.engine.parts = replace(rig.engine.parts, rule_file=RuleShelf(()))
    rig.runtime.change_watchlist(Watchlist(id="x", names=BilingualName("X", "X"), layers=(), private=()))
    rig.refresh()
    assert not any("NVDA" in asked for asked in rig.market.asked)
    level = replace(for_price("NVDA", 95.0, 100.0, rig.engine.parts.ecosystem), id="own")
    rig.runtime.save_rules((level,))
    assert set(rig.market.asked[-1]) == {"NVDA", "QQQ"}
    rig.runtime.save_rules((replace(level, enabled=False),))
    assert rig.engine.symbols == ()


def about_openai(kind: RuleKind, **changes: object) -> Rule:
    plain = draft(kind, SubjectKind.PRIVATE, "openai", BilingualName("Own", "내 규칙"), Direction.EITHER)
    return replace(plain, id="own", **changes)  # type: ignore[arg-type]


KOREAN_LIST = Watchlist(
    id="kr",
    names=BilingualName("Korea", "한국"),
    layers=(Layer(id="k", names=BilingualName("Korea", "한국"), symbols=("005930.KS",)),),
    private=(),
)


@pytest.mark.parametrize(
    "rule",
    [
        about_openai(RuleKind.PERCENT_MOVE, threshold=3.0),
        about_openai(RuleKind.ENTITY_SHOCK, threshold=3.0),
        about_openai(RuleKind.STORY),
    ],
    ids=lambda rule: rule.kind.value,
)
def test_that_a_rule_about_a_private_company_goes_on_while_a_list_without_it_is_shown(
    tmp_path: Path, rule: Rule
) -> None:
    rig = build_rig(tmp_path, rules=(rule,))
    tied = [link.target for link in rig.engine.graph.linked("openai", TUESDAY.date())]
    known = rig.engine.parts.ecosystem.instruments
    listed = [symbol for symbol in tied if symbol in known and known[symbol].benchmark == "QQQ"]
    for symbol in listed:
        rig.market.set(symbol, 100.0)
    rig.refresh()
    rig.runtime.change_watchlist(KOREAN_LIST)
    rig.refresh()
    rig.clock.advance(seconds=15)
    rig.market.report("OpenAI cancels its contract with Oracle", minutes_ago=0)
    for symbol in listed:
        rig.market.set(symbol, 94.0)
    rig.refresh()
    rig.refresh()  # the news of a round comes after its prices
    rig.wait_for_group()
    assert set(listed) <= set(rig.market.asked[-1])
    (popup,) = [raised.alert for raised in rig.raised() if raised.popup]
    assert (popup.rule_id, popup.subject) == ("own", "openai")
    rows = rig.engine.armed_rules.rows().rows
    assert {row.standing for row in rows if row.reason is None} == {RuleStanding.FIRED}


def test_that_a_popup_for_a_fall_with_a_story_names_the_story_that_the_rule_saw(tmp_path: Path) -> None:
    """Though it came too late to fit the move of any name in it."""
    rig = build_rig(tmp_path, rules=(about_openai(RuleKind.ENTITY_SHOCK, threshold=3.0),))
    known = rig.engine.parts.ecosystem.instruments
    tied = [link.target for link in rig.engine.graph.linked("openai", TUESDAY.date())]
    listed = [symbol for symbol in tied if symbol in known and known[symbol].benchmark == "QQQ"]
    for price in (100.0, 98.5):  # the move has begun hours before the story
        for symbol in listed:
            rig.market.set(symbol, price)
        rig.refresh()
    for _ in range(40):
        rig.clock.advance(minutes=5)
        for symbol in listed:
            rig.market.set(symbol, 98.5)
        rig.refresh()
    rig.market.report("OpenAI cancels its contract", minutes_ago=0)
    for symbol in listed:
        rig.market.set(symbol, 94.0)
    rig.refresh()
    rig.refresh()
    rig.wait_for_group()
    (popup,) = [raised.alert for raised in rig.raised() if raised.popup]
    assert popup.match is not None
    assert "Reported: OpenAI cancels its contract (" in popup.message
    assert popup.opposing is None


def test_that_the_names_tied_to_a_private_company_are_fetched_as_soon_as_a_rule_is_about_it(
    tmp_path: Path,
) -> None:
    rule = about_openai(RuleKind.ENTITY_SHOCK)
    rig = build_rig(tmp_path, rules=())
    rig.engine.parts = replace(rig.engine.parts, rule_file=RuleShelf(()))
    rig.runtime.change_watchlist(Watchlist(id="x", names=BilingualName("X", "X"), layers=(), private=()))
    rig.runtime.save_rules((rule,))
    assert {"MSFT", "ORCL"} <= set(rig.market.asked[-1])
    rig.runtime.save_rules((replace(rule, enabled=False),))
    assert rig.engine.symbols == ()
    joined = replace(fall(), id="own", conditions=(Condition(kind=RuleKind.ENTITY_SHOCK, about="openai"),))
    rig.runtime.save_rules((joined,))
    assert {"NVDA", "MSFT", "ORCL"} <= set(rig.market.asked[-1])
