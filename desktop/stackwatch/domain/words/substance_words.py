"""A company's figures in words: with their sign, unit, currency and the day their period ended."""

from datetime import date

from stackwatch.domain.substance import MONEY, RATIOS, CompanyFigure, Measure, MissingReason
from stackwatch.domain.watchlist import BilingualName, Language
from stackwatch.domain.words import format as text

MEASURES = {
    Measure.GROWTH: BilingualName("Revenue growth, year on year", "매출 증가율(전년 대비)"),
    Measure.GROSS_MARGIN: BilingualName("Gross margin", "매출총이익률"),
    Measure.OPERATING_MARGIN: BilingualName("Operating margin", "영업이익률"),
    Measure.CAPEX: BilingualName("Capital expenditure", "설비투자"),
    Measure.FREE_CASH_FLOW: BilingualName("Free cash flow", "잉여현금흐름"),
    Measure.REVENUE: BilingualName("Revenue", "매출"),
    Measure.PRICE_TO_SALES: BilingualName("Price to sales", "주가매출비율(PSR)"),
    Measure.PRICE_TO_EARNINGS: BilingualName(
        "Price to earnings, last 12 months", "주가수익비율(PER), 최근 12개월"
    ),
    Measure.FORWARD_PRICE_TO_EARNINGS: BilingualName(
        "Price to earnings, expected", "주가수익비율(PER), 예상"
    ),
}
HEADS = {  # the same, as the heads of narrow columns
    Measure.GROWTH: BilingualName("Growth", "증가율"),
    Measure.GROSS_MARGIN: BilingualName("Gross", "총이익률"),
    Measure.OPERATING_MARGIN: BilingualName("Operating", "영업이익률"),
    Measure.CAPEX: BilingualName("Capex", "설비투자"),
    Measure.FREE_CASH_FLOW: BilingualName("Free cash", "잉여현금"),
    Measure.REVENUE: BilingualName("Revenue", "매출"),
    Measure.PRICE_TO_SALES: BilingualName("P/S", "PSR"),
    Measure.PRICE_TO_EARNINGS: BilingualName("P/E", "PER"),
    Measure.FORWARD_PRICE_TO_EARNINGS: BilingualName("P/E exp.", "예상 PER"),
}
_MISSING_KO = {
    MissingReason.NOT_REPORTED: "출처에 없는 수치",
    MissingReason.NO_YEAR_BEFORE: "전년 재무제표 없음",
    MissingReason.OTHER_CURRENCY_BEFORE: "전년 재무제표의 통화가 다름",
    MissingReason.NO_REVENUE: "매출 없음",
    MissingReason.NO_REVENUE_BEFORE: "전년 매출 없음",
    MissingReason.NONE_NOW: "출처에 지금은 없는 수치",
}
_SIZES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
_SIZES_KO = ((1e12, "조"), (1e8, "억"), (1e4, "만"))
_ROUNDED = 0.9995  # of a unit, from which it is written as one
_QUARTER = 3


def amount(value: float, currency: str, language: Language) -> str:
    """Write a large sum with its currency: ``$4.1bn``, ``41억 달러``."""
    sign = text.MINUS if value < 0 else ""
    size = abs(value)
    if language is Language.KOREAN:
        return f"{sign}{_short(size, _SIZES_KO)} {text.CURRENCIES_KO.get(currency, currency)}"
    shown = _short(size, _SIZES)
    return f"{sign}{text.CURRENCY_SIGNS.get(currency, currency + text.NARROW_SPACE)}{shown}"


def _short(size: float, units: tuple[tuple[float, str], ...]) -> str:
    """Write a size in its largest unit: one decimal below a hundred of it."""
    for each, word in units:
        if size >= each * _ROUNDED:
            return f"{size / each:,.{0 if size >= each * 100 * _ROUNDED else 1}f}{word}"
    return f"{size:,.0f}"


def figure_text(measure: Measure, figure: CompanyFigure | None, language: Language) -> str:
    """Write a figure in its measure's form, a dash for nothing."""
    if figure is None:
        return text.NOTHING
    if measure in MONEY:
        return amount(figure.value, figure.currency, language)
    if measure in RATIOS:
        return f"{figure.value:,.1f}"
    share = text.percent(figure.value * 100.0, 1)
    return share if measure is Measure.GROWTH else share.removeprefix("+")


def beside_text(measure: Measure, figure: CompanyFigure | None, language: Language) -> str:
    """Write a figure to stand beside others: a sum of a year says so, those of a quarter are the usual."""
    shown = figure_text(measure, figure, language)
    yearly = figure is not None and measure in MONEY and figure.months > _QUARTER
    return shown + language.say("/y", "/년") if yearly else shown


def day_text(day: date, language: Language) -> str:
    """Write a day without its week day: ``27 Jul 2025``, ``2025-07-27``."""
    if language is Language.KOREAN:
        return day.isoformat()
    return text.date_text(day, language)


def period_text(figure: CompanyFigure, language: Language) -> str:
    """Say what a figure is of: ``quarter to 27 Jul 2025``, ``on 21 Nov 2025``."""
    day = day_text(figure.end, language)
    if figure.months == 0:
        return language.say(f"on {day}", f"{day} 기준")
    if language is Language.KOREAN:
        return f"{day}까지 {'분기' if figure.months == _QUARTER else '1년'}"
    return f"{'quarter' if figure.months == _QUARTER else 'year'} to {day}"


def missing_text(missing: MissingReason, language: Language) -> str:
    """Say why a figure is missing."""
    return _MISSING_KO[missing] if language is Language.KOREAN else missing.value
