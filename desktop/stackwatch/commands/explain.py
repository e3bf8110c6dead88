"""``stackwatch explain``: why did it move."""

from datetime import date, timedelta

from stackwatch.app import (
    Options,
    World,
    archive_parts,
    build_calendars,
    find_replay,
    live_parts,
    load_world,
    open_store,
    replay_parts,
)
from stackwatch.commands.output import emit, match_json, say
from stackwatch.domain import format as fmt
from stackwatch.domain import wording
from stackwatch.domain.errors import BadInputError, NothingFetchedError, ProviderError
from stackwatch.domain.events import Event
from stackwatch.domain.move import BaseRate, Explanation
from stackwatch.domain.watchlist import Ecosystem, Language
from stackwatch.engine.bars.bar_loading import load_histories
from stackwatch.engine.core import InlineCore, InlinePool
from stackwatch.engine.engine import Engine
from stackwatch.engine.news.news_round import NewsRound
from stackwatch.engine.past_day import closing_quotes, session_close
from stackwatch.engine.runtime import Runtime
from stackwatch.providers.replay.clock import SteppedClock
from stackwatch.storage.episode_file import list_episodes
from stackwatch.storage.locations import shipped
from stackwatch.system.clock import SystemClock

_MODEL_SPAN = timedelta(days=220)  # 126 sessions and holidays; base rates load their own


def explain(options: Options, symbol: str, on: str | None) -> int:
    """Explain the newest move of a symbol, or that of a documented day."""
    world = load_world(options.folders, options.watchlist)
    symbol = symbol.upper()
    if symbol not in world.ecosystem.instruments:
        raise BadInputError(
            f"{symbol} is not a listed instrument of this program; expected a symbol such as NVDA"
        )
    explanation = _now(options, world, symbol) if on is None else _on(options, world, symbol, on)
    if options.json:
        emit(_fields(explanation))
    else:
        for line in _lines(explanation, world.ecosystem, options.language or Language.ENGLISH):
            say(line)
    return 0


def _now(options: Options, world: World, symbol: str) -> Explanation:
    clock = SystemClock()
    store = open_store(options.folders, clock, replay=False)
    parts, refuse = live_parts(world, options.folders, store, clock)
    engine = Engine(parts, _unheard)
    benchmark = world.ecosystem.instruments[symbol].benchmark
    try:
        engine.start()
        engine.take_quotes(parts.quotes.quotes((symbol, benchmark)))
        load_histories(engine, dict.fromkeys((symbol, benchmark)))
        NewsRound.fetch_now(engine, (symbol,))
    except ProviderError as fault:
        raise NothingFetchedError(str(fault)) from fault
    finally:
        refuse()
    explanation = engine.explain(symbol)
    store.close()
    if explanation is None:
        raise NothingFetchedError(f"no usable quote of {symbol}")
    return explanation


def _on(options: Options, world: World, symbol: str, on: str) -> Explanation:
    """Explain a past day: from stored prices where there are any, else from a documented day."""
    try:
        day = date.fromisoformat(on)
    except ValueError as fault:
        raise BadInputError(f"--on {on!r}: expected a day such as 2025-07-22") from fault
    explanation = _stored(options, world, symbol, day) or _documented(options, world, symbol, day)
    if explanation is None:
        known = ", ".join(e[:10] for e in list_episodes(shipped("watchlists") / "episodes"))
        raise BadInputError(
            f"--on {on}: no prices of {symbol} are known for that day; documented days: {known}"
        )
    return explanation


def _stored(options: Options, world: World, symbol: str, day: date) -> Explanation | None:
    """Explain a day with the daily bars and stories of the store, and nothing later than its close."""
    live = SystemClock()
    store = open_store(options.folders, live, replay=False)
    try:
        calendars = build_calendars(options.folders)
        clock = SteppedClock(session_close(world.ecosystem.instruments[symbol], day, calendars))
        if not store.load_daily(symbol, day) or clock.now() > live.now():
            return None
        engine = Engine(archive_parts(world, options.folders, store, clock), _unheard)
        start = clock.now().date() - _MODEL_SPAN
        histories = {s: bars for s in world.ecosystem.instruments if (bars := store.load_daily(s, start))}
        engine.take_histories(histories, store=False)
        engine.newsroom.read_archive(engine.graph.reaching(symbol, day))
        engine.look_back(closing_quotes(histories, day, world.ecosystem, calendars))
        return engine.explain(symbol)
    finally:
        store.close()


def _documented(options: Options, world: World, symbol: str, day: date) -> Explanation | None:
    """Explain a day that ships with the program, at its close."""
    ids = list_episodes(shipped("watchlists") / "episodes")
    found = [episode_id for episode_id in ids if episode_id.startswith(day.isoformat())]
    if not found:
        return None
    episode = find_replay(found[0])
    clock = SteppedClock(episode.ends + timedelta(minutes=1))
    store = open_store(options.folders, clock, replay=True)
    try:
        engine = Engine(replay_parts(world, options, episode, store, clock), _unheard)
        runtime = Runtime(core := InlineCore(), InlinePool(core))
        runtime.attach(engine)
        runtime.bars.fetch_all(engine)
        runtime.quotes.fetch(engine)
        runtime.news.fetch(engine)
        return engine.explain(symbol)
    finally:
        store.close()


def _unheard(event: Event) -> None:
    """Nobody listens: the answer is asked for, not told."""


def _fields(explanation: Explanation) -> dict[str, object]:
    move = explanation.move
    return {
        "symbol": move.symbol,
        "session_date": move.session_date.isoformat(),
        "move_pct": move.move_pct,
        "benchmark": move.benchmark,
        "benchmark_move_pct": move.benchmark_move_pct,
        "alpha": move.alpha,
        "beta": move.beta,
        "beta_se": move.beta_se,
        "abnormal_pct": move.abnormal_pct,
        "sar": move.sar,
        "z": move.z,
        "sar_so_far": move.sar_so_far,
        "n_estimation": move.n_estimation,
        "verdict": explanation.verdict.value,
        "reason": move.reason,
        "cause": explanation.cause,
        "headlines_read": explanation.headlines_read,
        "stories": [match_json(match) for match in explanation.matches],
        "linked": [
            {
                "id": row.id,
                "relation": row.relation,
                "move_pct": row.move_pct,
                "sar": row.sar,
                "moved": row.moved,
            }
            for row in explanation.linked
        ],
        "coincidence": explanation.coincidence,
        "base_rate": _rate_fields(explanation.base_rate),
        "base_rates": [_rate_fields(rate) for rate in explanation.base_rates],
    }


def _rate_fields(rate: BaseRate | None) -> dict[str, object] | None:
    if rate is None:
        return None
    return {
        "n": rate.n,
        "n_effective": rate.n_effective,
        "horizon_days": rate.horizon_days,
        "median": rate.median,
        "ci_low": rate.ci_low,
        "ci_high": rate.ci_high,
        "usual_median": rate.usual_median,
        "share_up": rate.share_up,
        "placebo_p": rate.placebo_p,
        "placebo_q": rate.placebo_q,
        "verdict": rate.verdict.value,
    }


def _lines(explanation: Explanation, ecosystem: Ecosystem, language: Language) -> list[str]:
    move = explanation.move
    abnormal = f"abnormal {fmt.percent(move.abnormal_pct)}, SAR {fmt.sar(move.sar, 2)}"
    lines = [
        f"{move.symbol}  {fmt.percent(move.move_pct)}  {move.session_date.isoformat()}",
        wording.verdict_line(explanation, ecosystem, language),
        f"{move.benchmark} {fmt.percent(move.benchmark_move_pct)}, {abnormal}",
    ]
    if explanation.coincidence is not None:
        lines.append(wording.coincidence_words(explanation.coincidence, language))
    lines += [wording.base_rate_line(rate, move.symbol, language) for rate in explanation.base_rates]
    for match in explanation.matches[:5]:
        way = "  (points the other way)" if match.opposes else ""
        lines.append(
            f"  {match.score:.2f}  {match.story.lead.publisher}: {match.story.lead.title}"
            f"  [{wording.path_words(match, ecosystem, language)}]{way}"
        )
    for row in explanation.linked:
        relation = wording.relation_word(row.relation, language)
        lines.append(f"  linked  {row.id:<10} {relation:<12} {fmt.percent(row.move_pct):>10}")
    return lines
