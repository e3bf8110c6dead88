"""``stackwatch rules``: the alert rules in force, and what one of them would have done."""

import argparse
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from stackwatch.analysis.rules.rule_machine import has_expired
from stackwatch.analysis.why.exposure_graph import ExposureGraph
from stackwatch.app import Options, World, archive_parts, load_world, open_store
from stackwatch.commands.days import day_given
from stackwatch.commands.korean_lines import in_language
from stackwatch.commands.output import counted, emit, say
from stackwatch.domain.errors import BadInputError, StackwatchError
from stackwatch.domain.rule import Condition, Rule
from stackwatch.domain.watchlist import Ecosystem, Language
from stackwatch.domain.words import format as fmt
from stackwatch.domain.words.rule_names import SAR_KINDS, value_words
from stackwatch.domain.words.rule_words import rule_sentence
from stackwatch.domain.words.wording import DEFAULT_ZONE
from stackwatch.engine.alerts.past_fires import NearestSubject, RuleTest, TestFire
from stackwatch.engine.alerts.past_news import PastNews, titles_for
from stackwatch.engine.alerts.rule_testing import YEAR, RuleTester
from stackwatch.engine.store_ports import BarStore, Store
from stackwatch.readers import late_reader
from stackwatch.storage.rules.rules_file import load_rules
from stackwatch.system.clock import SystemClock

Json = dict[str, object]
_NEXT = timedelta(days=1)


def run(options: Options, given: argparse.Namespace) -> int:
    """List the rules, or test one, as the command line says."""
    if given.action == "list":
        return list_rules(options)
    return run_test(options, given.rule, given.since, given.until)


def list_rules(options: Options) -> int:
    """Print every rule with its kind, subject, parameters, plain sentence, and how far it is from firing."""
    world = load_world(options.folders, options.watchlist)
    language = options.language or Language.ENGLISH
    distances: dict[str, Json] = {}
    if options.folders.store.exists():
        with closing(open_store(options.folders, SystemClock(), replay=False)) as store:
            _note_currencies(world, store)
            distances = _distances(options, world, store) if options.json else {}
    now = SystemClock().now()
    switches = {rule.id: _switch(rule, now, language) for rule in world.rules}
    width = max(map(len, switches), default=0)
    wide = max(map(len, switches.values()), default=0)
    for rule in world.rules:
        sentence = rule_sentence(rule, world.ecosystem, world.watchlist, language)
        if options.json:
            emit(_fields(rule) | {"sentence": sentence, "distance": distances.get(rule.id)})
        else:
            say(f"{rule.id:<{width}} {switches[rule.id]:<{wide}} {sentence}")
    return 0


def _switch(rule: Rule, now: datetime, language: Language) -> str:
    """Say whether a rule speaks now."""
    if not rule.enabled:
        return in_language("off", language)
    if has_expired(rule, now):
        return language.say("over", "끝남")
    if rule.snoozed_until is not None and rule.snoozed_until > now:
        clock = fmt.zoned_clock(rule.snoozed_until, now, DEFAULT_ZONE, language)
        return language.say(f"snoozed to {clock}", f"{clock}까지 미룸")
    return in_language("on", language)


def run_test(options: Options, wanted: str, since: str | None, until: str | None) -> int:
    """Print what a rule, given by id or as a file with one rule, would have done."""
    world = load_world(options.folders, options.watchlist)
    rule = _find(world, wanted)
    first = None if since is None else day_given("--from", since)
    last = None if until is None else day_given("--to", until)
    with closing(open_store(options.folders, SystemClock(), replay=False)) as store:
        _note_currencies(world, store)
        start, end = _span(first, last, _stored(world, store.bars))
        tested = _tester(options, world, store, start, end).test(rule)
    if options.json:
        emit(_test_fields(tested))
        return 0
    language = options.language or Language.ENGLISH
    say(rule_sentence(rule, world.ecosystem, world.watchlist, language))
    for line in _test_lines(tested, start, world.ecosystem):
        say(line, language)
    return 0


def _find(world: World, wanted: str) -> Rule:
    """Return a rule by its id, else the one in a file."""
    found = next((rule for rule in world.rules if rule.id == wanted), None)
    if found is not None:
        return found
    path = Path(wanted)
    if not wanted.strip() or not _is_there(path):  # an empty path is the folder one is in
        known = ", ".join(rule.id for rule in world.rules)
        named = wanted if wanted.strip() else repr(wanted)
        raise BadInputError(f"{named}: neither a rule ({known}) nor a TOML file with one rule")
    rules = load_rules(path, world.ecosystem, world.watchlist)
    if len(rules) != 1:
        raise BadInputError(f"{path}: {len(rules)} rules; expected one [[rule]]")
    return rules[0]


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as fault:  # longer than a name can be, or in a folder of somebody else's
        return isinstance(fault, PermissionError)


def _stored(world: World, bars: BarStore) -> tuple[date, date] | None:
    """Return the first and the last day with stored prices, None without any."""
    reaches = [reach for s in world.ecosystem.instruments if (reach := bars.reach(s)) is not None]
    if not reaches:
        return None
    return min(reach.first for reach in reaches), max(reach.last for reach in reaches)


def _span(first: date | None, last: date | None, stored: tuple[date, date] | None) -> tuple[date, date]:
    """Return the days that count: those asked for or a year, and of them none without stored prices.

    A rate is per year of what is stored.
    """
    if first is not None and last is not None and first > last:
        raise BadInputError(f"--from {first} is after --to {last}")
    begins, ends = stored or (date.min, datetime.now(UTC).date())
    if first is not None and first > ends:
        raise BadInputError(f"--from {first}: the last stored prices are of {ends}")
    end = min(last or ends, ends)
    start = first or end - YEAR + _NEXT
    return (min(max(start, begins), end), end) if end >= begins else (start, end)


def _tester(options: Options, world: World, store: Store, start: date, end: date) -> RuleTester:
    parts = archive_parts(world, options.folders, store, SystemClock(), late_reader(world.ecosystem))
    graph = ExposureGraph(world.ecosystem.exposures)
    titles = titles_for(store.news, parts.reader, start, end, parts.settings.blocked_sources)
    return RuleTester(
        ecosystem=world.ecosystem,
        watchlist=world.watchlist,
        store=store.bars,
        calendars=parts.calendars,
        graph=graph,
        news=PastNews(titles, graph, parts.tiers),
        start=start,
        end=end,
    )


def _note_currencies(world: World, store: Store) -> None:
    """Know in which currency stored prices came, which may be another than that of their exchange."""
    for quote in store.quotes.load():
        world.ecosystem.note_currency(quote.symbol, quote.currency)


def _distances(options: Options, world: World, store: Store) -> dict[str, Json]:
    """Return per rule how far its nearest subject was from firing at the last stored close."""
    try:
        _, end = _span(None, None, _stored(world, store.bars))
        tester = _tester(options, world, store, end, end)
        found = {rule.id: tester.nearest(rule) for rule in world.rules}
    except StackwatchError:  # without prices there is nothing to measure
        return {}
    return {key: _nearest_fields(nearest) for key, nearest in found.items() if nearest is not None}


def _nearest_fields(nearest: NearestSubject) -> Json:
    return {
        "symbol": nearest.symbol,
        "day": nearest.day.isoformat(),
        "value": round(nearest.value, fmt.small_decimals(nearest.value)),
        "remaining": round(nearest.remaining, fmt.small_decimals(nearest.remaining)),
    }


def _fields(rule: Rule) -> Json:
    fields: Json = {
        "id": rule.id,
        "version": rule.version,
        "name": {"en": rule.name_en, "ko": rule.name_ko},
        **_condition_fields(rule),
        "subject_kind": rule.subject_kind.value,
        "subject": rule.subject,
        "sessions": rule.sessions.value,
        "frequency": rule.frequency.value,
        "hysteresis": rule.hysteresis,
        "hold_seconds": rule.hold_seconds,
        "cooldown_minutes": rule.cooldown_minutes,
        "escalate_step": rule.escalate_step,
        "severity": rule.severity.word,
        "expires": None if rule.expires is None else rule.expires.isoformat(),
        "snoozed_until": fmt.iso_utc(rule.snoozed_until),
        "enabled": rule.enabled,
        "popup": rule.popup,
        "sound": rule.sound,
        "note": rule.note,
    }
    if rule.conditions:
        joined = [_condition_fields(condition) for condition in rule.conditions]
        fields |= {"join": rule.join.value, "condition": joined}
    return fields


def _condition_fields(condition: Condition) -> Json:
    return {
        "kind": condition.kind.value,
        "direction": condition.direction.value,
        "threshold": condition.threshold,
        "since": condition.since.value,
        "minutes": condition.minutes,
        "about": condition.about or None,
        "themes": [theme.value for theme in condition.themes],
        "words": list(condition.words),
    }


def _test_fields(tested: RuleTest) -> Json:
    return {
        "rule": tested.rule.id,
        "from": tested.start.isoformat(),
        "to": tested.end.isoformat(),
        "symbols": tested.symbols,
        "judged": tested.judged,
        "fires": [
            {
                "symbol": fire.symbol,
                "time": fmt.iso_utc(fire.time),
                "value": round(fire.value, fmt.small_decimals(fire.value)),
                "story": fire.title,
            }
            for fire in tested.fires
        ],
        "popups": tested.popups,
        "days_with_popup": tested.days_with_popup,
        "with_story": tested.with_story,
        "per_symbol_year": round(tested.per_symbol_year, 3),
        "news_since": None if tested.news_since is None else tested.news_since.isoformat(),
    }


def _test_lines(tested: RuleTest, asked: date, ecosystem: Ecosystem) -> list[str]:
    each = f"{tested.per_symbol_year:.1f} a year for each of {tested.symbols}"
    fires = f"{counted(len(tested.fires), 'fire')}, {each}"
    popups = f"{counted(tested.popups, 'popup')} on {counted(tested.days_with_popup, 'day')}"
    lines = [f"{tested.start} to {tested.end}: {fires}; {popups}"]
    if not tested.judged:
        lines.append("Nothing was judged: what is stored says too little for this rule.")
    if tested.with_story is None:
        lines.append("No headlines are stored for these days.")
    else:
        lines.append(f"{tested.with_story} with a matching story.")
    if tested.news_since is not None and tested.news_since > asked:
        lines.append(f"Stories are counted since {tested.news_since}, when headlines were kept.")
    largest = sorted(tested.fires, key=lambda fire: -abs(fire.value))[:3]
    if largest:
        named = ", ".join(_fire_words(tested.rule, fire, ecosystem) for fire in largest)
        lines.append(f"The largest: {named}")
    return lines


def _fire_words(rule: Rule, fire: TestFire, ecosystem: Ecosystem) -> str:
    value = value_words(rule, fire.value, ecosystem.currency_of(fire.symbol))
    return f"{fire.symbol} {fire.day} {value}{' SAR' if rule.kind in SAR_KINDS else ''}"
