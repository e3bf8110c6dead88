"""``stackwatch quotes``: refresh once and print."""

from stackwatch.app import Options, load_world
from stackwatch.commands.korean_lines import in_language
from stackwatch.commands.live import at_work
from stackwatch.commands.naming import symbol_meant
from stackwatch.commands.output import emit, quote_json, quote_line, say
from stackwatch.domain.errors import NothingFetchedError, ProviderError
from stackwatch.system.clock import SystemClock


def quotes(options: Options, words: list[str]) -> int:
    """Print a quote for each symbol or name; what was refused goes to the end, with its reason."""
    world = load_world(options.folders, options.watchlist)
    meant = [symbol_meant(word, world.ecosystem) or word.upper() for word in words]
    wanted = tuple(dict.fromkeys(meant)) or world.watchlist.symbols
    try:
        with at_work(options, world, SystemClock()) as parts:
            batch = parts.quotes.quotes(wanted)
    except ProviderError as fault:
        raise NothingFetchedError(f"no quotes could be fetched ({fault})") from fault
    for quote in batch.quotes:
        if options.json:
            emit({"type": "quote", **quote_json(quote)})
        else:
            say(quote_line(quote, options.language))
    for refused in batch.rejected:
        if options.json:
            emit({"type": "rejected", "symbol": refused.symbol, "reason": refused.reason})
        else:
            reason = in_language(refused.reason, options.language)
            say(f"{refused.symbol:<10} no quote: {reason}", options.language)
    if not batch.quotes:
        raise NothingFetchedError("none of the symbols has a quote")
    return 0
