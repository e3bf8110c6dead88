"""The states of rules by their versions: which of them count, and what of them is to be stored."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from stackwatch.domain.rule import Phase, Rule, RuleKind, RuleState, SubjectKind
from stackwatch.engine.alerts.rule_states import RuleStates

NOW = datetime(2026, 3, 10, 15, tzinfo=UTC)
RULE = Rule(
    id="mine", name_en="Mine", name_ko="내 것", kind=RuleKind.PERCENT_MOVE,
    subject_kind=SubjectKind.WATCHLIST, subject="*", threshold=3.0,
)  # fmt: skip
OTHER = replace(RULE, id="other")


def state(symbol: str, version: int = 1, rule_id: str = "mine", **changes: object) -> RuleState:
    plain = RuleState(
        rule_id=rule_id, rule_version=version, symbol=symbol, phase=Phase.WAITING, since=NOW, seeded=True
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def version_of(rule: Rule, rules: tuple[Rule, ...]) -> int:
    return next(each.version for each in rules if each.id == rule.id)


def test_that_a_start_goes_on_where_the_newest_version_stood_after_a_gap() -> None:
    states = RuleStates([state("AMD", 3), state("NVDA", 2), state("NVDA", 1), state("NVDA", 1, "other")])
    used = states.use([RULE, OTHER], NOW)
    assert [rule.version for rule in used] == [3, 1]
    assert states.all == (state("AMD", 3, seeded=False), state("NVDA", 1, "other", seeded=False))
    assert states.of(used[0], "NVDA", NOW).phase is Phase.ARMED
    assert states.take_changed() == ()


def test_that_a_newer_version_begins_anew_and_its_first_states_are_stored_once() -> None:
    states = RuleStates([state("NVDA"), state("AMD"), state("TSLA", 1, "other")])
    states.use([RULE, OTHER], NOW)
    states.use([replace(RULE, version=2), OTHER], NOW)
    begun = states.take_changed()
    assert {(s.rule_id, s.rule_version, s.symbol, s.phase, s.seeded) for s in begun} == {
        ("mine", 2, symbol, Phase.ARMED, False) for symbol in ("NVDA", "AMD")
    }
    states.use([replace(RULE, version=2), OTHER], NOW)
    assert states.take_changed() == ()
    assert version_of(RULE, states.use([OTHER, RULE], NOW)) == 2, "whatever its file says"


def test_that_a_rule_that_nobody_evaluated_yet_has_nothing_to_store() -> None:
    states = RuleStates([])
    assert states.use([replace(RULE, version=4)], NOW)[0].version == 4
    assert (states.all, states.take_changed()) == ((), ())


def test_that_a_rule_taken_out_and_put_back_goes_on_after_a_gap() -> None:
    states = RuleStates([])
    (rule,) = states.use([RULE], NOW)
    waiting = state("NVDA", fired_at=NOW)
    states.keep(states.of(rule, "NVDA", NOW), waiting, fired=True)
    states.use([], NOW)
    assert states.all == ()
    states.use([RULE], NOW)
    assert states.all == (replace(waiting, seeded=False),)


def test_that_what_decides_the_future_is_stored_and_what_fired_goes_with_its_alert() -> None:
    states = RuleStates([])
    (rule,) = states.use([RULE], NOW)
    fresh = states.of(rule, "NVDA", NOW)
    seeded = replace(fresh, seeded=True, reason="stale quote", since=NOW + timedelta(minutes=1))
    states.keep(fresh, seeded, fired=False)
    assert states.of(rule, "NVDA", NOW) is seeded
    assert states.take_changed() == (), "a start seeds anew"
    fired = replace(seeded, phase=Phase.WAITING, fired_at=NOW)
    states.keep(seeded, fired, fired=True)
    assert states.take_changed() == ()
    higher = replace(fired, peak=4.0)
    states.keep(fired, higher, fired=False)
    assert states.take_changed() == (higher,)
    assert states.take_changed() == ()
