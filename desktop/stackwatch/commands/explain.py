"""``stackwatch explain``: why did it move."""

from dataclasses import replace

from stackwatch.app import Options, World, load_world
from stackwatch.commands.days import day_given
from stackwatch.commands.live import at_work
from stackwatch.commands.naming import listed_symbol
from stackwatch.commands.output import emit, match_json, say
from stackwatch.commands.past_engine import (
    documented_day,
    documented_days,
    is_first_stored,
    last_stored,
    stored_day,
    unheard,
)
from stackwatch.domain.errors import BadInputError, NothingFetchedError, ProviderError
from stackwatch.domain.market import program_day
from stackwatch.domain.move import BaseRate, Explanation, Move, OutOfHours, StoryMatch, Verdict
from stackwatch.domain.news import StoryTheme
from stackwatch.domain.quote import Quote, QuoteState
from stackwatch.domain.watchlist import Ecosystem, Language
from stackwatch.domain.words import action_words, base_rate_words, hours_words, wording
from stackwatch.domain.words import format as fmt
from stackwatch.domain.words.same_report import quoted
from stackwatch.domain.words.story_words import publisher_word, turn_words
from stackwatch.engine.engine import Engine
from stackwatch.engine.past_day import concerned_names
from stackwatch.engine.services.bar_loading import load_histories
from stackwatch.engine.services.news_polling import NewsPolling
from stackwatch.system.clock import SystemClock

_STORIES = 5  # that are printed; all of them with --json


def explain(options: Options, name: str, on: str | None) -> int:
    """Explain the newest move of a symbol or name, or that of a documented day."""
    world = load_world(options.folders, options.watchlist)
    symbol = listed_symbol(name, world.ecosystem)
    explanation = _now(options, world, symbol) if on is None else _on(options, world, symbol, on)
    if options.json:
        emit(_fields(explanation))
    else:
        for line in _lines(explanation, world.ecosystem, options.language or Language.ENGLISH):
            say(line)
    return 0


def _now(options: Options, world: World, symbol: str) -> Explanation:
    clock = SystemClock()
    benchmark = world.ecosystem.instruments[symbol].benchmark
    try:
        with at_work(options, replace(world, rules=()), clock) as parts:  # nobody would hear of an alert
            engine = Engine(parts, unheard)
            engine.start()
            concerned = concerned_names(
                symbol, program_day(clock.now()), world.watchlist, world.ecosystem, engine.graph
            )
            quotes = parts.quotes.quotes((symbol, *sorted(concerned - {symbol})))  # one request, or two
            # As far back as what followed such moves is counted; no more requests than for the model's days.
            load_histories(engine, dict.fromkeys((symbol, benchmark)), engine.daily.kept_from)
            engine.take_quotes(quotes)  # after the history, which may have been split since it was stored
            NewsPolling.fetch_and_wait(engine, (symbol,))
            explanation, quote = engine.explain(symbol), engine.market.quotes.get(symbol)
    except ProviderError as fault:
        last = last_stored(options, symbol, clock.now().date())
        offline = (
            ""
            if last is None
            else f"; without the network, --on {last.isoformat()} explains the last stored day"
        )
        raise NothingFetchedError(f"{fault}{offline}") from fault
    if explanation is None:
        raise NothingFetchedError(f"no usable quote of {symbol}{_withheld(quote)}")
    return explanation


def _withheld(quote: Quote | None) -> str:
    if quote is None or quote.state is not QuoteState.WITHHELD or quote.split is None:
        return ""
    words = action_words.like_factor(quote.split, Language.ENGLISH)
    return f": {quote.change_pct:+.1f} % looks like {words} that is not confirmed, and is withheld"


def _on(options: Options, world: World, symbol: str, on: str) -> Explanation:
    """Explain a past day: from stored prices where there are any, else from a documented day."""
    day = day_given("--on", on)
    with stored_day(options, world, symbol, day) as engine:
        explanation = None if engine is None else engine.explain(symbol)
    if explanation is None:
        with documented_day(options, world, symbol, day) as engine:
            explanation = None if engine is None else engine.explain(symbol)
    if explanation is None:
        if is_first_stored(options, symbol, day):
            raise BadInputError(
                f"--on {on}: the stored prices of {symbol} begin that day, and a move needs a close before it"
            )
        last = last_stored(options, symbol, day)
        before = "" if last is None else f", the last before it are of {last.isoformat()}"
        raise BadInputError(
            f"--on {on}: no prices of {symbol} are known for that day{before}; {documented_days()}"
        )
    return explanation


def _fields(explanation: Explanation) -> dict[str, object]:
    move = explanation.move
    return {
        "symbol": move.symbol,
        "session_date": move.session_date.isoformat(),
        "move_pct": move.move_pct,
        "benchmark": move.benchmark,
        "benchmark_move_pct": move.benchmark_move_pct,
        "benchmark_session": _market_day(move),
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
        "late": None if explanation.late is None else match_json(explanation.late),
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
        "out_of_hours": _out_of_hours(explanation.out_of_hours),
    }


def _out_of_hours(told: OutOfHours | None) -> dict[str, object] | None:
    if told is None:
        return None
    story = None if told.match is None else match_json(told.match)
    return {"session": told.hours.value, "move_pct": told.move_pct, "story": story}


def _market_day(move: Move) -> str | None:
    """Return the session of the benchmark that a move is held against, None where there is none."""
    if move.benchmark_move_pct is None:
        return None
    return (move.benchmark_date or move.session_date).isoformat()


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
    linked = language.say("linked", "연결")
    market = f"{wording.market_symbol(move, language)} {fmt.percent(move.benchmark_move_pct)}"
    abnormal = f"{language.say('abnormal', '초과 등락')} {fmt.percent(move.abnormal_pct)}"
    lines = [
        f"{move.symbol}  {fmt.percent(move.move_pct)}  {move.session_date.isoformat()}",
        wording.verdict_line(explanation, ecosystem, language),
        f"{market}, {abnormal}, SAR {fmt.sar(move.sar, 2)}",
    ]
    if explanation.coincidence is not None:
        lines.append(wording.coincidence_words(explanation.coincidence, language))
    rates = (base_rate_words.base_rate_line(rate, move.symbol, language) for rate in explanation.base_rates)
    lines += dict.fromkeys(rates)  # too few days are too few for every horizon
    if note := base_rate_words.base_rate_note(explanation.base_rates, language):
        lines.append(note)
    lines += _story_lines(explanation, ecosystem, language)
    if (told := explanation.out_of_hours) is not None:
        lines.append(hours_words.out_of_hours_words(told, ecosystem, language))
        if told.match is not None:
            lines.append(_story_line(told.match, move, ecosystem, language))
    for row in explanation.linked:
        relation = wording.relation_word(row.relation, language)
        lines.append(f"  {linked}  {row.id:<10} {relation:<12} {fmt.percent(row.move_pct):>10}")
    return lines


def _story_lines(explanation: Explanation, ecosystem: Ecosystem, language: Language) -> list[str]:
    """Tell the stories: what is the reason first, in the reader's language, then what was read beside it."""
    reason, late, move = explanation.told, explanation.late, explanation.move
    told, lines = reason, []
    if told is not None:
        told = quoted(told, explanation.matches, language)
        lead = wording.lead_words(told, language)
        lines.append(_story_line(told, move, ecosystem, language) + (f"  ({lead})" if lead else ""))
    beside = explanation.beside[: _STORIES - 1]
    rest = [match if reason is None or match is not told else reason for match in beside]  # each once
    if late is not None and late is explanation.shown:
        rest.insert(0, late)
    early = explanation.out_of_hours
    if early is not None and early.match is not None:  # told once, of what it moves
        rest = [match for match in rest if match.story.id != early.match.story.id]
    if rest:
        lines.append(_heading(explanation, language))
    elif reason is None and explanation.verdict is Verdict.UNEXPLAINED:
        lines.append(wording.none_fits(explanation, language))
    return lines + [_story_line(match, move, ecosystem, language) for match in rest]


def _heading(explanation: Explanation, language: Language) -> str:
    """Head what was read beside the reason, or for one."""
    if explanation.cause is not None:
        return language.say("Read beside it:", "함께 읽은 기사:")
    if not explanation.move.asks_why():
        return language.say("Read, not tied to so small a move:", "읽었으나 움직임이 작아 연결하지 않음:")
    return language.say("Read, not tied to it:", "읽었으나 연결하지 않음:")


def _story_line(match: StoryMatch, move: Move, ecosystem: Ecosystem, language: Language) -> str:
    """Tell a story: score, who said it when, path, what kind of story it is and what became of it."""
    lead, zone = match.story.lead, wording.zone_of(move.symbol, ecosystem)
    noon = fmt.noon(move.session_date, zone)
    source = f"{publisher_word(lead.publisher)}, {fmt.zoned_clock(lead.published, noon, zone, language)}"
    path = wording.path_words(match, ecosystem, language)
    marks = (
        wording.theme_word(StoryTheme.PRICE_TALK, language) if match.price_talk else "",
        language.say("points the other way", "반대 방향") if match.opposes else "",
        turn_words(match.story, noon, zone, ecosystem, language),
    )
    told = "".join(f"  ({mark})" for mark in marks if mark)
    score = f"{match.score:.2f}" if match.score else "   –"  # one that came too late is not weighed
    return f"  {score}  {source}: {fmt.plain(lead.title)}{f'  [{path}]' if path else ''}{told}"
