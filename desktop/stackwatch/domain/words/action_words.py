"""What a company did to its shares, in words."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from stackwatch.domain.earnings import EarningsReport
from stackwatch.domain.quote import Dividend, Quote, QuoteState
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words import format as text

_MOST_OLD_SHARES = 1000
_WHOLE = frozenset({"KRW", "JPY"})  # currencies without cents


def today_words(quote: Quote, language: Language) -> tuple[str, ...]:
    """Say what a company did to its share today: a split taken into account, a dividend that is gone."""
    words = []
    if quote.split is not None and quote.state is not QuoteState.WITHHELD:
        named = factor_words(quote.split, language)
        words.append(language.say(f"{named} today", f"오늘 {named}"))
    if quote.ex_dividend is not None:
        amount = f"{quote.ex_dividend:,.4f}".rstrip("0").rstrip(".")
        words.append(language.say(f"ex-dividend {amount} today", f"오늘 배당락 {amount}"))
    return tuple(words)


def report_words(quote: Quote, now: datetime, zone: str, language: Language) -> str:
    """Say that the company reports soon or did lately, by days of its exchange's ``zone``; else empty."""
    report = None if quote.earnings is None else quote.earnings.near(now, zone)
    return "" if report is None else due_words(report, now.astimezone(ZoneInfo(zone)).date(), language)


def due_words(report: EarningsReport, today: date, language: Language) -> str:
    """Say when a company reports or reported: ``reports tomorrow``, ``reported 12 Jan``."""
    day = _day_words(report.first, today, language)
    if report.over:
        return language.say(f"reported {day}", f"{day} 실적 발표함")
    if report.until > report.first:
        first, until = (text.day_month(each, language) for each in (report.first, report.until))
        day = language.say(f"{first} to {until}", f"{first}~{until}")
    guessed = language.say(" (estimate)", " (추정)") if report.estimated else ""
    return language.say(f"reports {day}{guessed}", f"{day} 실적 발표 예정{guessed}")


def _day_words(day: date, today: date, language: Language) -> str:
    near = {0: ("today", "오늘"), 1: ("tomorrow", "내일"), -1: ("yesterday", "어제")}
    words = near.get((day - today).days)
    if words is None:
        return text.day_month(day, language)
    return language.say(*words)


def factor_words(factor: float, language: Language) -> str:
    """Name a split by its new shares per old one: ``2-for-1 split``, ``1-for-10 reverse split``."""
    from fractions import Fraction  # splits are rare, and none is told before the first paint

    ratio = Fraction(factor).limit_denominator(_MOST_OLD_SHARES)
    if language is Language.KOREAN:
        return f"{'주식분할' if ratio > 1 else '주식병합'} {ratio.denominator}:{ratio.numerator}"
    return f"{ratio.numerator}-for-{ratio.denominator} {'split' if ratio > 1 else 'reverse split'}"


def like_factor(factor: float, language: Language) -> str:
    """Name a split after "like", with its article in English: ``a 2-for-1 split``, ``an 8-for-1 split``."""
    words = factor_words(factor, language)
    spoken_an = words.startswith(("8", "11-", "18-"))  # eight, eighty, eleven, eighteen
    return language.say(f"{'an' if spoken_an else 'a'} {words}", words)


def dividend_words(dividend: Dividend, currency: str, language: Language) -> str:
    """Name a dividend with its amount per share: ``dividend 0.01 USD``."""
    cents = 0 if currency in _WHOLE and dividend.amount.is_integer() else 2
    decimals = cents if round(dividend.amount, cents) == dividend.amount else 4
    amount, unit = f"{dividend.amount:,.{decimals}f}", text.CURRENCIES_KO.get(currency, f" {currency}")
    return language.say(f"dividend {amount} {currency}", f"배당 {amount}{unit}")
