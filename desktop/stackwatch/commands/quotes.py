"""``stackwatch quotes``: refresh once and print."""

from collections.abc import Sequence

from stackwatch.app import Options, World, load_world
from stackwatch.commands.korean_lines import in_language
from stackwatch.commands.live import at_work
from stackwatch.commands.naming import quoted_symbol
from stackwatch.commands.output import emit, quote_json, quote_line, say
from stackwatch.domain.errors import NothingFetchedError, ProviderError
from stackwatch.domain.quote import Quote
from stackwatch.domain.values import changed
from stackwatch.domain.words import format as fmt
from stackwatch.engine.ports import Calendars, Clock
from stackwatch.system.clock import SystemClock


def quotes(options: Options, words: list[str]) -> int:
    """Print a quote for each symbol or name; what was refused goes to the end, with its reason."""
    world = load_world(options.folders, options.watchlist)
    asked = tuple(dict.fromkeys(quoted_symbol(word, world.ecosystem) for word in words))
    wanted = asked or world.watchlist.symbols
    clock = SystemClock()
    try:
        with at_work(options, world, clock) as parts:
            batch = parts.quotes.quotes(wanted)
    except ProviderError as fault:
        raise NothingFetchedError(f"no quotes could be fetched ({fault})") from fault
    now = fmt.iso_utc(clock.now())
    for quote in _by_the_hours(batch.quotes, world, parts.calendars, clock):
        if options.json:
            emit({"type": "quote", "time": now, **quote_json(quote)})
        else:
            say(quote_line(quote, options.language))
    for refused in batch.rejected:
        if options.json:
            emit({"type": "rejected", "time": now, "symbol": refused.symbol, "reason": refused.reason})
        else:
            reason = in_language(refused.reason, options.language)
            say(f"{refused.symbol:<10} no quote: {reason}", options.language)
    if not batch.quotes:
        raise NothingFetchedError("none of the symbols has a quote")
    return 0


def _by_the_hours(
    quotes: Sequence[Quote], world: World, calendars: Calendars, clock: Clock
) -> tuple[Quote, ...]:
    """Return quotes with the state that a window would show, such as that of Tokyo's lunch break.

    A change like a split is withheld: nothing is asked here that could confirm it.
    The provider's first guess, which knows no hours, stays where those of the exchange are not known.
    """
    from stackwatch.domain.venues import own_instrument
    from stackwatch.engine.prices.corporate_actions import with_doubt
    from stackwatch.engine.prices.freshness import ExchangesNow, judge, newest_trades
    from stackwatch.engine.prices.market_clock import MarketHours

    known, now = world.ecosystem.instruments, clock.now()
    listed = {q.symbol: known.get(q.symbol) or own_instrument(q.symbol, q.symbol) for q in quotes}
    traded = {symbol: instrument for symbol, instrument in listed.items() if instrument is not None}
    newest = newest_trades({quote.symbol: quote for quote in quotes if quote.symbol in traded}, traded)
    exchanges = ExchangesNow(MarketHours(world.ecosystem, calendars), now, newest)
    judged = []
    for quote in map(with_doubt, quotes):
        instrument = listed[quote.symbol]
        evidence = instrument and exchanges.evidence(instrument.calendar, quote.delay_minutes, now)
        state = judge(quote, evidence)[0] if evidence else quote.state
        judged.append(quote if state is quote.state else changed(quote, state=state))
    return tuple(judged)
