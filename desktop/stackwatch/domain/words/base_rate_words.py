"""What followed earlier days like one, in words: of how many, how far, and what that is worth."""

from collections.abc import Sequence

from stackwatch.domain.move import COMPARED, BaseRate, RateVerdict
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words import format as text

_MAY_BE_LUCK = 0.05  # adjusted placebo from which on a difference is called none


def base_rate_line(rate: BaseRate, symbol: str, language: Language) -> str:
    """Word what followed earlier days like this one."""
    sessions = "1 session" if rate.horizon_days == 1 else f"{rate.horizon_days} sessions"
    if rate.median is None or rate.ci_low is None or rate.ci_high is None or rate.usual_median is None:
        return _too_few(rate, sessions, language)
    interval = f"[{text.signed(rate.ci_low, 1)}, {text.signed(rate.ci_high, 1)}]"
    median, usual = text.percent(rate.median, 1), text.percent(rate.usual_median, 1)
    apart, every = rate.n_effective, rate.n  # the others overlap, or what follows them is not over
    days = f"{every}" if apart == every else f"{apart} of {every}"
    days_ko = f"{every}일" if apart == every else f"{every}일 중 {apart}일"
    return language.say(
        f"After {days} earlier days like this: median {median} over {sessions} {interval}"
        f"; usual for {symbol} {usual}. {_difference(rate, language)}",
        f"비슷했던 지난 {days_ko}: 이후 {rate.horizon_days}거래일 중앙값 {median} {interval}, "
        f"평소 {usual}. {_difference(rate, language)}",
    )


def _too_few(rate: BaseRate, sessions: str, language: Language) -> str:
    """Say that there are too few days to compare: too few at all, or too few that do not overlap."""
    if rate.n >= COMPARED:
        return language.say(
            f"Of {rate.n} earlier days like this {rate.n_effective} "
            f"{'does' if rate.n_effective == 1 else 'do'} not overlap over {sessions}; "
            "too few to compare",
            f"비슷했던 지난 {rate.n}일 중 이후 {rate.horizon_days}거래일이 겹치지 않는 날은 "
            f"{rate.n_effective}일뿐이라 비교하지 않음",
        )
    times = "1 earlier day" if rate.n == 1 else f"{rate.n or 'No'} earlier days"
    return language.say(
        f"{times} like this; too few to compare",
        f"비슷했던 날 {rate.n}일뿐이라 비교하지 않음" if rate.n else "비슷했던 날이 없음",
    )


def base_rate_note(rates: Sequence[BaseRate], language: Language) -> str:
    """Say what base rates rest on and leave out, and what their brackets are; empty where they only count."""
    if all(rate.median is None for rate in rates):
        return ""
    return language.say(
        "Of days that overlap one counts; in brackets the 95 % interval of the median. "
        "No forecast: these are names that lasted until today, at adjusted prices and without costs.",
        "기간이 겹치는 날은 하루만 셈. 대괄호는 중앙값의 95 % 신뢰구간. "
        "예측이 아님: 오늘까지 남은 종목만 셌고, 수정주가 기준이며, 거래 비용은 반영하지 않음.",
    )


def _difference(rate: BaseRate, language: Language) -> str:
    assert rate.ci_low is not None
    assert rate.ci_high is not None
    assert rate.usual_median is not None
    if rate.verdict is RateVerdict.TOO_FEW:
        return language.say("Too few to rely on.", "믿기에는 적음.")
    if rate.placebo_q is not None and rate.placebo_q < _MAY_BE_LUCK:
        if rate.ci_low > rate.usual_median:
            return language.say("Higher than usual.", "평소보다 높음.")
        if rate.ci_high < rate.usual_median:
            return language.say("Lower than usual.", "평소보다 낮음.")
    return language.say("No clear difference.", "뚜렷한 차이 없음.")
