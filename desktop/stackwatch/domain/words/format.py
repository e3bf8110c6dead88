"""Numbers, times and names as text: list, detail, popup and export all take them from here.

Follows the number rules of the visual language: U+2212 for minus, U+202F before the percent sign,
fixed decimals, an en dash for nothing. Nothing here depends on the machine's locale.
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stackwatch.domain.move import UNUSUAL_SAR
from stackwatch.domain.watchlist import Language

MINUS = "\u2212"
NARROW_SPACE = "\u202f"
NOTHING = "\u2013"

_CURRENCY_DECIMALS = {"KRW": 0, "JPY": 1}
CURRENCY_SIGNS = {
    "USD": "$", "KRW": "₩", "EUR": "€", "JPY": "¥", "GBP": "£", "TWD": "NT$", "CNY": "CN¥",
    "HKD": "HK$", "CAD": "CA$", "AUD": "A$", "SGD": "S$", "INR": "₹",
}  # fmt: skip
CURRENCIES_KO = {
    "USD": "달러", "EUR": "유로", "GBP": "파운드", "JPY": "엔", "KRW": "원", "TWD": "대만달러", "CNY": "위안",
    "HKD": "홍콩달러", "CAD": "캐나다달러", "AUD": "호주달러", "SGD": "싱가포르달러", "INR": "루피",
    "CHF": "스위스프랑",
}  # fmt: skip
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAYS_KO = ("월", "화", "수", "목", "금", "토", "일")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SMALL_PRICE = 1.0
_MOST_DECIMALS = 12
_MARKS = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILED_MARKS = re.compile(f"({_MARKS}{{3}}){_MARKS}+")
_WHOLE_PERCENT, _WHOLE_SAR = 1000.0, 100.0
_HALF_STEP = 0.00005  # of the larger unit, which the smaller one's single decimal would round up to
_ZONE_EN = {  # no name that is another hour in summer
    "America/New_York": "ET",
    "Asia/Seoul": "KST",
    "Asia/Tokyo": "JST",
    "Asia/Taipei": "TPE",
    "Asia/Hong_Kong": "HKT",
    "Europe/London": "London",
    "Europe/Amsterdam": "Amsterdam",
    "Europe/Zurich": "Zurich",
    "America/Toronto": "ET",
    "Europe/Berlin": "Berlin",
    "Europe/Paris": "Paris",
    "Europe/Rome": "Milan",
    "UTC": "UTC",
}
_ZONE_KO = {
    "America/New_York": "뉴욕",
    "Asia/Seoul": "서울",
    "Asia/Tokyo": "도쿄",
    "Asia/Taipei": "타이베이",
    "Asia/Hong_Kong": "홍콩",
    "Europe/London": "런던",
    "Europe/Amsterdam": "암스테르담",
    "Europe/Zurich": "취리히",
    "America/Toronto": "토론토",
    "Europe/Berlin": "베를린",
    "Europe/Paris": "파리",
    "Europe/Rome": "밀라노",
    "UTC": "UTC",
}


def signed(value: float | None, decimals: int) -> str:
    """Write a number with its sign; one that rounds to zero has none."""
    if value is None or not math.isfinite(value):
        return NOTHING
    text = f"{abs(value):,.{decimals}f}"
    if not text.strip("0.,"):
        return text
    return (MINUS if value < 0 else "+") + text


def shows_zero(written: str) -> bool:
    """Return whether a written figure is nought to its last digit, so that it goes neither way."""
    return not written.strip(f"0.,%{NOTHING}{NARROW_SPACE} ")


def percent(value: float | None, decimals: int = 2) -> str:
    """Write a signed percentage, such as minus ``2.54 %``; whole ones from a thousand on."""
    text = signed(value, _decimals(value, decimals, _WHOLE_PERCENT))
    return text if text == NOTHING else f"{text}{NARROW_SPACE}%"


def sar(value: float | None, decimals: int = 1) -> str:
    """Write a standardised abnormal return, whole from a hundred on; none is rounded up to unusual."""
    rounded = value if value is None else rounded_sar(value, decimals)
    return signed(rounded, _decimals(value, decimals, _WHOLE_SAR))


def _decimals(value: float | None, decimals: int, whole_from: float) -> int:
    """Return no decimals for a figure so large that they say nothing, and would not fit in its column."""
    large = value is not None and math.isfinite(value) and round(abs(value), decimals) >= whole_from
    return 0 if large else decimals


def rounded_sar(value: float, decimals: int = 1) -> float:
    """Return a standardised abnormal return as it is written."""
    if abs(value) < UNUSUAL_SAR <= round(abs(value), decimals):
        return math.copysign(UNUSUAL_SAR - 10.0**-decimals, value)
    return round(value, decimals)


def small_decimals(value: float) -> int:
    """Return four decimals, or as many as three digits of a smaller number need."""
    if value == 0.0:
        return 4
    return min(max(2 - math.floor(math.log10(abs(value))), 4), _MOST_DECIMALS)


def price_decimals(value: float, currency: str, price_hint: int | None = None) -> int:
    """Return the decimals of a price; the provider's hint wins."""
    if abs(value) < _SMALL_PRICE:
        return small_decimals(value)
    decimals = _CURRENCY_DECIMALS.get(currency)
    if decimals is None:
        return 2 if price_hint is None else min(max(price_hint, 0), 4)
    if currency == "JPY":
        return 0 if float(value).is_integer() else 1
    return decimals


def price(value: float | None, currency: str, price_hint: int | None = None) -> str:
    """Write a price with the decimals of its currency, without the currency's name."""
    if value is None or not math.isfinite(value):
        return NOTHING
    return f"{value:,.{price_decimals(value, currency, price_hint)}f}"


def exact_price(value: float, currency: str) -> str:
    """Write a price that somebody chose: as everywhere, with more decimals where it has more."""
    decimals = price_decimals(value, currency)
    while decimals < small_decimals(value) and round(value, decimals) != value:
        decimals += 1
    return f"{value:,.{decimals}f}"


def change(value: float, last: float, currency: str, price_hint: int | None = None) -> str:
    """Write a change with the decimals of its price."""
    return signed(value, price_decimals(last, currency, price_hint))


def volume(value: float | None, language: Language) -> str:
    """Write a number of shares: K M B, or 만 억 조 with at most two units."""
    if value is None or not math.isfinite(value):
        return NOTHING
    if language is Language.KOREAN:
        return _korean_units(round(value))
    for size, unit in ((1e9, "B"), (1e6, "M"), (1e3, "K")):
        if value >= size * (1 - _HALF_STEP):  # 999,960 is 1.0M, not 1,000.0K
            return f"{value / size:,.1f}{unit}"
    return f"{value:,.0f}"


def _korean_units(value: int) -> str:
    """Write ``value`` with the two largest of 조, 억, 만; below 100만 with a tenth."""
    if 10**4 <= value < 10**6:
        return f"{value / 10**4:.1f}".removesuffix(".0") + "만"
    units = ((10**12, "조"), (10**8, "억"), (10**4, "만"))
    for index, (size, unit) in enumerate(units):
        if value < size:
            continue
        head, rest = divmod(value, size)
        if index + 1 < len(units) and head < 10_000:  # noqa: PLR2004 - a unit below 만 is dropped
            next_size, next_unit = units[index + 1]
            second = rest // next_size
            if second and head < 100:  # noqa: PLR2004 - two units only while the first is short
                return f"{head:,}{unit} {second:,}{next_unit}"
        return f"{head:,}{unit}"
    return f"{value:,}"


def multiple(value: float, language: Language) -> str:
    """Write how many times the usual something is."""
    return language.say(f"{value:.1f}\u00d7 usual", f"평소의 {value:.1f}배")


def iso_utc(moment: datetime | None) -> str | None:
    """Write a time for other programs: ISO 8601 to the second, UTC; None stays None."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def local_days(moment: datetime, *zones: str) -> tuple[date, ...]:
    """Return the day that it is in each of some zones."""
    return tuple(moment.astimezone(ZoneInfo(zone)).date() for zone in zones)


def day_clock(moment: datetime, now: datetime, zone: str, language: Language) -> str:
    """Write a time of day, with its week day when it is not today in ``zone``."""
    local, today = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    text = local.strftime("%H:%M")
    if local.date() == today.date():
        return text
    return f"{day_name(local.date(), today.date(), language)} {text}"


def column_time(moment: datetime, now: datetime, zone: str, language: Language) -> str:
    """Write a time as ``day_clock`` does within a week, else its day alone, for which a column has room."""
    local, today = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    if _within_week(local.date(), today.date()):
        return day_clock(moment, now, zone, language)
    return day_month(local, language) if local.year == today.year else f"{local:%Y-%m-%d}"


def _within_week(day: date, today: date) -> bool:
    """Return whether the week day alone says which day is meant."""
    return abs((today - day).days) < 7  # noqa: PLR2004 - days of a week


def noon(day: date, zone: str) -> datetime:
    """Return the time of a past day against which others are told: those of another day by its name."""
    return datetime.combine(day, time(12), ZoneInfo(zone))


def day_name(day: date, today: date, language: Language) -> str:
    """Write a day that is not today: ``Mon`` or ``(월)`` within a week, its date otherwise."""
    if _within_week(day, today):
        named = weekday(day, language)
        return language.say(named, f"({named})")
    return date_text(day, language)


def zoned_clock(moment: datetime, now: datetime, zone: str, language: Language) -> str:
    """Write a time as ``day_clock`` does, and where: ``Mon 18:02 ET``, ``뉴욕 (월) 18:02``."""
    return placed(day_clock(moment, now, zone, language), zone, language)


def full_time(moment: datetime, zone: str, language: Language) -> str:
    """Write day and time in full, and where: ``21 Jul 2025 18:02 ET``."""
    local = moment.astimezone(ZoneInfo(zone))
    return placed(f"{date_text(local, language)} {local:%H:%M}", zone, language)


def own_times(moments: Sequence[datetime], zone: str, language: Language) -> str:
    """Write times by the machine's own clock: ``Wed 00:05 your time``, from when until when for two.

    Nothing where that clock shows what the zone's does. A day is told that is not the zone's, once.
    """
    told: list[str] = []
    before = None
    for moment in moments:
        own, there = moment.astimezone(), moment.astimezone(ZoneInfo(zone))
        if own.utcoffset() == there.utcoffset():
            return ""
        named = own.date() not in (there.date(), before)
        day = f"{day_name(own.date(), there.date(), language)} " if named else ""
        told.append(f"{day}{own:%H:%M}")
        before = own.date()
    return language.say(f"{' to '.join(told)} your time", f"이 컴퓨터 시각 {'~'.join(told)}")


def placed(time: str, zone: str, language: Language) -> str:
    """Say beside a written time where it is that time; in Korean the place comes first."""
    place = zone_label(zone, language)
    return language.say(f"{time} {place}", f"{place} {time}")


def weekday(local: date, language: Language) -> str:
    """Write the short day of the week of a local time."""
    return (_WEEKDAYS_KO if language is Language.KOREAN else _WEEKDAYS_EN)[local.weekday()]


def date_text(local: date, language: Language) -> str:
    """Write a date: ``21 Jul 2025`` or ``2025-07-21(월)``."""
    if language is Language.KOREAN:
        return f"{local:%Y-%m-%d}({weekday(local, language)})"
    return f"{local.day} {month(local.month, language)} {local.year}"


def day_month(local: date, language: Language) -> str:
    """Write a day of this year: ``21 Jul`` or ``7월 21일``."""
    named = month(local.month, language)
    return language.say(f"{local.day} {named}", f"{named} {local.day}일")


def month(number: int, language: Language) -> str:
    """Write the short name of a month of the year."""
    return language.say(_MONTHS_EN[number - 1], f"{number}월")


def zone_label(zone: str, language: Language) -> str:
    """Write the short name of an exchange's zone."""
    names = _ZONE_KO if language is Language.KOREAN else _ZONE_EN
    return names.get(zone, zone.rsplit("/", 1)[-1])


def duration(span: timedelta, language: Language) -> str:
    """Write a span of time: ``3 h 55``, ``42 s``, ``2 d``."""
    seconds = max(span.total_seconds(), 0.0)
    korean = language is Language.KOREAN
    if round(seconds) < 60:  # noqa: PLR2004 - seconds of a minute
        return f"{seconds:.0f}초" if korean else f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 60:  # noqa: PLR2004
        return f"{minutes}분" if korean else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours >= 48:  # noqa: PLR2004
        days = round(hours / 24)
        return f"{days}일" if korean else f"{days} d"
    if korean:
        return f"{hours}시간 {minutes}분" if minutes else f"{hours}시간"
    return f"{hours} h {minutes:02d}"


def age(span: timedelta, language: Language) -> str:
    """Write how old something is: tenths of a second while they matter, then as a duration."""
    seconds = max(span.total_seconds(), 0.0)
    if seconds >= 9.95:  # noqa: PLR2004 - what would round to 10.0
        return duration(span, language)
    return language.say(f"{seconds:.1f} s", f"{seconds:.1f}초")


def money(value: float, currency: str, language: Language) -> str:
    """Write an amount with the sign of its currency, or its Korean word: ``₩231,400``, ``231,400원``."""
    amount = f"{value:,.{0 if currency in _CURRENCY_DECIMALS else 2}f}"
    if language is Language.KOREAN and currency in CURRENCIES_KO:
        return f"{amount}{CURRENCIES_KO[currency]}"
    return f"{CURRENCY_SIGNS.get(currency, currency + NARROW_SPACE)}{amount}"


def rate(value: float) -> str:
    """Write an exchange rate with five or six digits that count."""
    decimals = 1 if value >= 1000 else 2 if value >= 100 else 4 if value >= 1 else 6  # noqa: PLR2004
    return f"{value:,.{decimals}f}"


def plain(text: str, limit: int = 300) -> str:
    """Make untrusted text safe to show on one line: control and direction marks out, length bounded.

    A letter keeps three of the marks above and below it: hundreds would be drawn over the lines around.
    """
    if not text.isprintable():  # most are: thousands are made safe at a start
        shown = (c for c in text if unicodedata.category(c) != "Cf")  # direction marks, joiners, soft hyphens
        text = "".join(c if c.isprintable() else " " for c in shown)
    if not text.isascii():
        text = _PILED_MARKS.sub(r"\1", text)
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "\u2026"


def headline_text(text: str, limit: int = 300) -> str:
    """Make a title, or who published it, safe to show.

    Hangul written in its parts, as by macOS, is put together: else nothing finds it, nor knows it again.
    """
    return plain(unicodedata.normalize("NFC", text), limit)
