"""``stackwatch quotes``: refresh once and print."""

from stackwatch.app import Options, load_world
from stackwatch.commands.korean_lines import in_language
from stackwatch.commands.live import at_work
from stackwatch.commands.naming import quoted_symbol
from stackwatch.commands.output import emit, quote_json, quote_line, say
from stackwatch.domain.errors import NothingFetchedError, ProviderError
from stackwatch.domain.words import format as fmt
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
    for quote in batch.quotes:
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
