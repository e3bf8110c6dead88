"""Tips of the list: where a figure comes from, as of when, and why one is missing. Plain text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from stackwatch.domain.currency import FxRate, major_unit
from stackwatch.domain.move import Move, Rollup
from stackwatch.domain.quote import Quote, QuoteState, Refusal, VolumeSoFar
from stackwatch.domain.watchlist import Ecosystem, Instrument
from stackwatch.domain.words import action_words, hours_words, wording
from stackwatch.domain.words import format as write
from stackwatch.domain.words.vocabulary import PRICE_SOURCES
from stackwatch.domain.words.wording import insufficient_reason
from stackwatch.ui.kit.language import current_language

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class TipContext:
    """The time now, and what is known beside quotes.

    ``rates`` are by currency; ``unknown`` says since when the provider does not know a symbol,
    ``refusals`` why it gives nothing of one.
    """

    now: datetime
    ecosystem: Ecosystem
    rates: Mapping[str, FxRate] = field(default_factory=dict)
    unknown: Mapping[str, datetime] = field(default_factory=dict)
    refusals: Sequence[Refusal] = ()


def share_tip(
    instrument: Instrument,
    quote: Quote | None,
    move: Move | None,
    context: TipContext,
    volume: VolumeSoFar | None,
) -> str:
    """Describe a share's row: name, price with source and time, state, abnormal move, volume."""
    name = instrument.names.get(current_language())
    called = current_language().say(f"{name} ({instrument.symbol})", f"{name}({instrument.symbol})")
    unit = instrument.currency if quote is None else quote.currency  # London quotes in dollars, too
    lines = [f"{called}, {instrument.exchange}, {unit}"]
    if instrument.business is not None:
        lines.append(instrument.business.get(current_language()))
    refused = _refused_lines(instrument, quote, context)
    if instrument.symbol in context.unknown or (quote and quote.state is QuoteState.UNKNOWN):
        return "\n".join([*lines, *_unknown_lines(instrument, context), *refused])
    if quote is None:
        return "\n".join([*lines, *(refused or [translate("Tip", "No price yet")])])
    lines.append(_price_line(instrument, quote, context))
    lines.append(_state_line(instrument, quote, context))
    lines.extend(refused)
    lines.extend(_beside_lines(instrument, quote, context))
    if quote.index_level:
        lines.append(translate("Tip", "Level not documented: 100 = close before the replay"))
    lines.extend(_move_lines(quote, move, context.ecosystem))
    lines.extend(_volume_lines(quote, volume))
    return "\n".join(lines)


def average_tip(
    entity_id: str, name: str, rollup: Rollup | None, ecosystem: Ecosystem, *, layer: bool
) -> str:
    """Describe the row of a layer or a private entity: what it does, and what its average is made of."""
    business = ecosystem.business_of(entity_id)
    own = ecosystem.own.get(entity_id)
    lines = [name, *([business.get(current_language())] if business else ())]
    if rollup is not None and rollup.total:
        lines.extend(_average_lines(rollup))
    elif not layer:
        lines.append(translate("Tip", "Its news reaches no listed name"))
    if own is not None:
        lines.append(translate("Tip", "Your own, added {day}").format(day=own.entity.as_of))
    return "\n".join(lines)


def _average_lines(rollup: Rollup) -> list[str]:
    lines = [
        translate("Tip", "Equal-weight average of {counted} of {total} listed names").format(
            counted=rollup.averaged, total=rollup.total
        )
    ]
    if rollup.averaged < rollup.counted:
        lines.append(translate("Tip", "those of the market that trades now, or traded last"))
    if rollup.early is not None:
        early = translate("Tip", "Before the open, since the last close: {up} up, {down} down")
        return [*lines, early.format(up=rollup.up, down=rollup.down)]
    lines.append(
        translate("Tip", "{up} up, {down} down, {unusual} beyond the usual range").format(
            up=rollup.up, down=rollup.down, unusual=rollup.unusual
        )
    )
    if rollup.judged < rollup.counted:
        lines.append(translate("Tip", "{count} not judged").format(count=rollup.counted - rollup.judged))
    if rollup.stale:
        lines.append(translate("Tip", "No SAR: the price is not current"))
    elif rollup.sar is not None:
        lines.append(f"SAR {write.sar(rollup.sar, 2)}")
    return lines


def _unknown_lines(instrument: Instrument, context: TipContext) -> list[str]:
    since = context.unknown.get(instrument.symbol)
    if since is None:
        return [translate("Tip", "The source does not know this symbol")]
    time = _time(instrument, since, context)
    return [
        translate("Tip", "Unknown to the source since {time}: renamed or delisted?").format(time=time),
        translate("Tip", "It stays in the list until you take it out"),
    ]


def _refused_lines(instrument: Instrument, quote: Quote | None, context: TipContext) -> list[str]:
    zone, now, language = instrument.timezone, context.now, current_language()
    return [
        wording.refusal_words(refusal, zone, now, language, priced=quote is not None)
        for refusal in context.refusals
        if refusal.symbol == instrument.symbol
    ]


def _beside_lines(instrument: Instrument, quote: Quote, context: TipContext) -> list[str]:
    """Say what a price is in the home currency, and what the company did to its share today."""
    if quote.index_level:
        return []
    rate = context.rates.get(major_unit(quote.currency)[0])
    zone, language = instrument.timezone, current_language()
    at_home = "" if rate is None else wording.home_words(quote, rate, zone, context.now, language)
    report = action_words.report_words(quote, context.now, zone, language)
    return [words for words in (at_home, *action_words.today_words(quote, language), report) if words]


def _price_line(instrument: Instrument, quote: Quote, context: TipContext) -> str:
    price = write.price(quote.price, quote.currency, quote.price_hint)
    known = PRICE_SOURCES.get(quote.source)
    source = quote.source if known is None else known.get(current_language())
    return translate("Tip", "{price} at {time}, from {source}").format(
        price=price, time=_time(instrument, quote.as_of, context), source=source
    )


def _state_line(instrument: Instrument, quote: Quote, context: TipContext) -> str:
    time = _time(instrument, quote.as_of, context)
    if quote.stand_in is not None:
        return hours_words.extended_words(quote, instrument.timezone, context.now, current_language())
    words = {
        QuoteState.LIVE: translate("Tip", "Current"),
        QuoteState.DELAYED: translate("Tip", "Delayed by {minutes} minutes"),
        QuoteState.CLOSED: translate("Tip", "Market closed"),
        QuoteState.STALE: translate("Tip", "No new price since {time}; rules wait"),
        QuoteState.HALTED: _halt_words(quote),
        QuoteState.WITHHELD: translate(
            "Tip", "It looks like {split} that is not confirmed: the change is withheld"
        ),
    }
    split = action_words.like_factor(quote.split or 1.0, current_language())
    return words[quote.state].format(time=time, minutes=quote.delay_minutes, split=split)


def _halt_words(quote: Quote) -> str:
    if quote.no_trades:
        return translate("Tip", "No trades since {time} while its market trades; rules wait")
    return translate("Tip", "Trading halted, last price {time}; rules wait")


def _move_lines(quote: Quote, move: Move | None, ecosystem: Ecosystem) -> list[str]:
    if quote.state in (QuoteState.STALE, QuoteState.HALTED, QuoteState.WITHHELD):
        return [translate("Tip", "No SAR: the price is not current")]
    if move is None:
        return [translate("Tip", "No SAR: no model yet")]
    if move.sar is None or move.abnormal_pct is None:
        reason = insufficient_reason(move.reason, current_language())
        return [translate("Tip", "No SAR: {reason}").format(reason=reason)]
    return [
        translate("Tip", "Abnormal {abnormal} with {benchmark} {market}; SAR {sar} over {days} days").format(
            abnormal=write.percent(move.abnormal_pct),
            benchmark=wording.market_name(move, ecosystem, current_language()),
            market=write.percent(move.benchmark_move_pct),
            sar=write.sar(move.sar, 2),
            days=move.n_estimation,
        )
    ]


def _volume_lines(quote: Quote, volume: VolumeSoFar | None) -> list[str]:
    """Say how much was traded, what that is held against, and why it is not."""
    if volume is None or not quote.volume:
        return []
    shown = write.volume(quote.volume, current_language())
    if volume.times is None:
        reason = insufficient_reason(volume.reason, current_language())
        return [translate("Tip", "Volume {volume}; usual: {reason}").format(volume=shown, reason=reason)]
    times = write.multiple(volume.times, current_language())
    own = translate("Tip", "Volume {volume}, {times} by this time (its own minutes of up to 20 sessions)")
    usual = translate("Tip", "Volume {volume}, {times} by this time (by the usual course of a day)")
    whole = translate("Tip", "Volume {volume}, {times} for a whole day")
    words = whole if quote.over else own if volume.own else usual
    return [words.format(volume=shown, times=times)]


def _time(instrument: Instrument, moment: datetime, context: TipContext) -> str:
    return write.zoned_clock(moment, context.now, instrument.timezone, current_language())
