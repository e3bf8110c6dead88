"""A briefing in plain words of both languages: sections of tables and lines, which every writer lays out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from stackwatch.domain.alert import Alert
from stackwatch.domain.briefing import Briefing, BriefingLayer, BriefingPrivate
from stackwatch.domain.move import Explanation, Move, StoryMatch, Verdict
from stackwatch.domain.watchlist import Ecosystem, Language, Watchlist
from stackwatch.domain.words import alert_words, wording
from stackwatch.domain.words import format as text
from stackwatch.domain.words.action_words import due_words
from stackwatch.domain.words.rule_names import fired_rule_name
from stackwatch.domain.words.same_report import quoted
from stackwatch.domain.words.story_words import publisher_word, turn_words

_NARROW, _MOST = 2, 10  # columns that need no whole line; names of a section that are told in full
_PRESS, _UNEXPLAINED = 2, 3  # places of what has no reason of the program's


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of plain text under heads.

    Columns in ``figures`` (by place) are right aligned; a page breaks neither these nor those in ``whole``.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()
    whole: frozenset[int] = frozenset()

    @property
    def narrow(self) -> bool:
        """Whether its few columns need no whole line."""
        return len(self.heads) <= _NARROW


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A point: what it says, and what stands under it."""

    head: str
    lines: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the briefing under a title: a note, a table, points, or what stands for nothing."""

    title: str
    note: str = ""
    table: Table | None = None
    items: tuple[Item, ...] = ()
    nothing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingPage:
    """The whole briefing as plain text with structure; none of it is markup."""

    language: Language
    title: str
    made: str
    summary: str
    sections: tuple[Section, ...]


class BriefingWriter:
    """Words briefings in one language."""

    def __init__(self, ecosystem: Ecosystem, watchlist: Watchlist, language: Language) -> None:
        self._ecosystem, self._names, self._language = ecosystem, watchlist.names, language
        self._zone = wording.home_zone(ecosystem, watchlist)
        self._say = language.say

    def page(self, briefing: Briefing) -> BriefingPage:
        """Word a briefing."""
        date = text.date_text(briefing.day, self._language)
        made = text.full_time(briefing.made_at, self._zone, self._language)
        replay = (
            self._say(" A replay of a documented day.", " 기록된 날의 다시보기.") if briefing.replay else ""
        )
        return BriefingPage(
            language=self._language,
            title=self._say(f"Briefing, {date}", f"{date} 브리핑"),
            made=self._say(
                f"{self._names.en}. As known on {made}.{replay}", f"{self._names.ko}. {made} 기준.{replay}"
            ),
            summary=self._summary(briefing),
            sections=(
                self._market(briefing),
                self._layers(briefing),
                *self._reasons(briefing),
                self._private(briefing),
                self._ordinary(briefing),
                *self._reports(briefing),
                self._alerts(briefing),
                self._method(briefing),
            ),
        )

    def _name(self, entity_id: str) -> str:
        short = wording.short_name(entity_id, self._ecosystem, self._language)
        name = self._ecosystem.names_of(entity_id).get(self._language)
        return short if name == short or entity_id not in self._ecosystem.instruments else f"{short} {name}"

    def _summary(self, briefing: Briefing) -> str:
        up = sum(layer.rollup.up for layer in briefing.layers)
        down = sum(layer.rollup.down for layer in briefing.layers)
        unusual = len(briefing.unusual)
        tied, wide, press, rest = map(len, _by_reason(briefing.unusual))
        within, alerts = len(briefing.tied), len(briefing.alerts)
        said = f"{press} with a reason that the press gives, " if press else ""
        said_ko = f"언론이 이유를 적음 {press}, " if press else ""
        also = f" {within} within it {'is' if within == 1 else 'are'} tied to a story." if within else ""
        also_ko = f" 평소 범위 안에서 소식과 연결 {within}." if within else ""
        fired = "1 alert" if alerts == 1 else f"{alerts or 'No'} alerts"
        done, done_ko = ("on record", "기록된 알림") if briefing.archived else ("fired", "알림")
        told = f"{fired} {done}.", f"{done_ko} {alerts}건."
        if not briefing.total:
            return self._say(
                f"The list holds no listed name. {told[0]}", f"목록에 상장 종목이 없습니다. {told[1]}"
            )
        return self._say(
            f"{up} rose, {down} fell. {unusual} of {briefing.judged} judged names moved beyond their usual "
            f"range: {tied} tied to a story, {wide} with their layer or the market, {said}{rest} unexplained."
            f"{also} {told[0]}",
            f"상승 {up}, 하락 {down}. 판단한 {briefing.judged}종목 중 {unusual}종목이 평소 범위를 벗어남: "
            f"소식과 연결 {tied}, 분야·시장과 함께 움직임 {wide}, {said_ko}설명되지 않음 {rest}."
            f"{also_ko} {told[1]}",
        )

    def _market(self, briefing: Briefing) -> Section:
        rows = tuple(
            (self._dated(move, briefing.day), text.percent(move.move_pct)) for move in briefing.market
        )
        heads = (self._say("Benchmark", "비교 지수"), self._say("Change", "등락률"))
        return Section(
            title=self._say("Markets", "시장"),
            table=Table(heads=heads, rows=rows, figures=frozenset({1})),
            nothing=self._say("No benchmark has a price of this day", "이날의 지수 가격 없음"),
        )

    def _layers(self, briefing: Briefing) -> Section:
        heads = (
            self._say("Layer", "분야"),
            self._say("Change", "등락률"),
            self._say("Abnormal", "초과 등락"),
            "SAR",
            self._say("Breadth", "종목 수"),
            self._say("Largest", "가장 크게 움직인 종목"),
        )
        return Section(
            title=self._say("Layers", "분야"),
            note=self._say(
                "Equal-weight averages of each layer's main market; breadth counts every name with a price.",
                "분야별 주요 시장 종목의 단순 평균, 종목 수는 가격이 있는 종목 전체 기준.",
            ),
            table=Table(
                heads=heads,
                rows=tuple(self._layer(layer, briefing.day) for layer in briefing.layers),
                figures=frozenset({1, 2, 3}),
                whole=frozenset({4}),
            ),
            nothing=self._say("No layer has a price of this day", "이날의 가격이 있는 분야 없음"),
        )

    def _layer(self, layer: BriefingLayer, day: date) -> tuple[str, ...]:
        rollup = layer.rollup
        breadth = self._say(
            f"{rollup.up} up, {rollup.down} down of {rollup.counted}",
            f"{rollup.counted}종목 중 상승 {rollup.up}, 하락 {rollup.down}",
        )
        return (
            self._ecosystem.names_of(rollup.id).get(self._language),
            text.percent(rollup.move_pct),
            text.percent(rollup.abnormal_pct),
            text.sar(rollup.sar),
            breadth,
            ", ".join(self._move(move, day) for move in layer.largest),
        )

    def _dated(self, move: Move, day: date, name: str = "") -> str:
        """Name a share, and the day of its session where that is another than the briefing's."""
        name = name or wording.short_name(move.symbol, self._ecosystem, self._language)
        if move.session_date == day:
            return name
        named = text.day_name(move.session_date, day, self._language)
        return self._say(f"{name} ({named})", f"{name}{named}")

    def _move(self, move: Move, day: date) -> str:
        """Name a share with its move: a figure never begins a line without its name."""
        return f"{self._dated(move, day)}\u00a0{text.percent(move.move_pct)}"

    def _reasons(self, briefing: Briefing) -> Iterator[Section]:
        """Part what moved by what is said of it; two of the parts are told only where there is anything."""
        titles = (
            self._say("Beyond their usual range, tied to a story", "평소 범위 밖, 소식과 연결된 종목"),
            self._say(
                "Beyond their usual range, with their layer or the market",
                "평소 범위 밖, 분야·시장과 함께 움직인 종목",
            ),
            self._say(
                "Beyond their usual range, the press gives a reason", "평소 범위 밖, 언론이 이유를 적은 종목"
            ),
            self._say("Beyond their usual range, unexplained", "평소 범위 밖, 설명되지 않은 종목"),
        )
        found = _by_reason(briefing.unusual)
        for kind, title in enumerate(titles):
            if found[kind] or kind != _PRESS:
                yield Section(
                    title=title,
                    items=self._items(found[kind], briefing.day),
                    nothing=self._say("None", "없음"),
                )
        if briefing.tied:
            title = self._say("Within their usual range, tied to a story", "평소 범위 안, 소식과 연결된 종목")
            yield Section(title=title, items=self._items(briefing.tied, briefing.day))

    def _items(self, found: Sequence[Explanation], day: date) -> tuple[Item, ...]:
        """Tell the first in full, the rest by name and move."""
        items = [self._explained(each, day) for each in found[:_MOST]]
        if rest := found[_MOST:]:
            moves = ", ".join(self._move(each.move, day) for each in rest)
            items.append(
                Item(head=self._say(f"{len(rest)} more: {moves}", f"그 밖에 {len(rest)}종목: {moves}"))
            )
        return tuple(items)

    def _ordinary(self, briefing: Briefing) -> Section:
        return Section(
            title=self._say("Other large moves", "그 밖에 크게 움직인 종목"),
            items=tuple(self._explained(each, briefing.day) for each in briefing.ordinary),
            nothing=self._say("None", "없음"),
        )

    def _reports(self, briefing: Briefing) -> Iterator[Section]:
        """Say who reports; where that is not known, as in a replay, there is no section."""
        if not briefing.reports:
            return
        title = self._say("Results, dates from Yahoo", "실적 발표(날짜는 Yahoo 기준)")
        items = []
        for symbol, report in briefing.reports:
            zone = wording.zone_of(symbol, self._ecosystem)
            today = briefing.made_at.astimezone(ZoneInfo(zone)).date()
            items.append(Item(head=f"{self._name(symbol)}  {due_words(report, today, self._language)}"))
        yield Section(title=title, items=tuple(items))

    def _explained(self, explanation: Explanation, day: date) -> Item:
        move = explanation.move
        sums = self._say(
            f"{text.percent(move.move_pct)}, abnormal {text.percent(move.abnormal_pct)}, "
            f"SAR {text.sar(move.sar)}",
            f"{text.percent(move.move_pct)}, 초과 등락 {text.percent(move.abnormal_pct)}, "
            f"SAR {text.sar(move.sar)}",
        )
        lines = [wording.verdict_line(explanation, self._ecosystem, self._language)]
        if explanation.coincidence is not None:  # of the match, and not of what stands under it
            lines.append(wording.coincidence_words(explanation.coincidence, self._language))
        matches = tuple(
            quoted(match, explanation.matches, self._language)
            for match in (explanation.shown, explanation.opposing)
            if match
        )
        read = "" if _told(explanation) else self._say("Read, not tied to it: ", "읽었으나 연결하지 않음: ")
        lines += [read + self._match(match, move) for match in matches]
        if not matches:
            lines.append(wording.search_words(explanation, self._ecosystem, self._language))
        link = matches[0].story.lead.url if matches else ""
        head = self._dated(move, day, self._name(move.symbol))
        return Item(head=f"{head}  {sums}", lines=tuple(lines), link=link)

    def _match(self, match: StoryMatch, move: Move) -> str:
        zone = wording.zone_of(move.symbol, self._ecosystem)
        noon = text.noon(move.session_date, zone)
        lead = match.story.lead
        when = text.zoned_clock(lead.published, noon, zone, self._language)
        source = f"{publisher_word(lead.publisher)}, {when}"
        parts = [f"{source}: {text.plain(lead.title)}"]
        path = wording.path_words(match, self._ecosystem, self._language)
        if path:
            parts.append(self._say(f"path {path}", f"경로 {path}"))
        became = turn_words(match.story, noon, zone, self._ecosystem, self._language)
        if became:
            parts.append(became)
        if match.opposes:
            parts.append(self._say("points the other way", "방향이 반대인 소식"))
        return "; ".join(parts)

    def _private(self, briefing: Briefing) -> Section:
        return Section(
            title=self._say("Private companies and projects", "비상장 기업과 프로젝트"),
            note=self._say(
                "Average move of the listed names each is tied to, in their main market; breadth counts "
                "every name with a price.",
                "각각에 연결된 상장 종목 중 주요 시장 종목의 평균. 종목 수는 가격이 있는 종목 전체 기준.",
            ),
            items=tuple(self._entity(each, briefing.day) for each in briefing.private),
            nothing=self._say("No story and no tied name of this day", "이날의 소식과 연결 종목 없음"),
        )

    def _entity(self, each: BriefingPrivate, day: date) -> Item:
        rollup = each.rollup
        name = self._ecosystem.names_of(rollup.id).get(self._language)
        most, way, way_ko = (rollup.down, "down", "하락") if rollup.falls else (rollup.up, "up", "상승")
        figures = self._say(
            f"{text.percent(rollup.move_pct)}, abnormal {text.percent(rollup.abnormal_pct)}, "
            f"{most} of {rollup.counted} {way}",
            f"{text.percent(rollup.move_pct)}, 초과 등락 {text.percent(rollup.abnormal_pct)}, "
            f"{rollup.counted}종목 중 {most}종목 {way_ko}",
        )
        zone = self._zone
        lines = []
        for story in each.stories:
            when = text.zoned_clock(story.lead.published, text.noon(day, zone), zone, self._language)
            copies = f" (\u00d7{story.copies:,})" if story.copies > 1 else ""
            title = text.plain(story.lead.title)
            lines.append(f"{publisher_word(story.lead.publisher)}, {when}: {title}{copies}")
        return Item(head=f"{name}  {figures}" if rollup.counted else name, lines=tuple(lines))

    def _alerts(self, briefing: Briefing) -> Section:
        heads = (
            self._say("Time", "시각"),
            self._say("Alert", "알림"),
            self._say("Rule", "규칙"),
            self._say("What was found", "찾은 내용"),
            self._say("Why no popup", "팝업이 없던 이유"),
        )
        return Section(
            title=self._say("Alerts", "알림"),
            table=Table(
                heads=heads,
                rows=tuple(self._alert(a, briefing.day) for a in briefing.alerts),
                whole=frozenset({0}),
            ),
            nothing=self._no_alerts(briefing),
        )

    def _no_alerts(self, briefing: Briefing) -> str:
        if not briefing.archived:
            return self._say("Nothing fired", "울린 알림 없음")
        return self._say(
            "None is on record. Rules are evaluated while Stackwatch runs, not looking back.",
            "기록된 알림 없음. 규칙은 Stackwatch가 켜져 있는 동안만 평가하며, 지난날에는 평가하지 않습니다.",
        )

    def _alert(self, alert: Alert, day: date) -> tuple[str, ...]:
        zone = alert_words.alert_zone(alert, self._ecosystem, self._zone)
        why = alert.suppressed_by
        return (
            text.zoned_clock(alert.fired_at, text.noon(day, zone), zone, self._language),
            alert_words.alert_title(alert, self._ecosystem, self._language),
            fired_rule_name(alert, self._language),
            alert_words.alert_told(alert, self._ecosystem, self._language),
            "" if why is None else wording.reason_words(why, self._language),
        )

    def _method(self, briefing: Briefing) -> Section:
        first = self._say(
            "Abnormal is the move less alpha and beta times the benchmark, over 120 sessions; SAR is that in "
            "standard errors, and at 2 or more it is called unusual.",
            "초과 등락은 등락에서 알파와 베타×지수를 뺀 값(120거래일), SAR은 그것을 표준오차로 나눈 값이며 "
            "절댓값이 2 이상이면 평소 범위 밖으로 봅니다.",
        )
        if briefing.total:
            judged = self._say(
                f"{briefing.judged} of {briefing.total} names could be judged.",
                f"{briefing.total}종목 중 {briefing.judged}종목을 판단했습니다.",
            )
            first += f" {judged} {wording.read_words(briefing.headlines_read, self._language)}"
        second = self._say(
            "A reason is a story that fits in time, name and direction; it is not a proof. Only what was "
            "known at the time above is used. The list holds names that are of interest today, so it leans "
            "towards those that did well. This is a record of a day, not a forecast and not advice.",
            "이유는 시점·이름·방향이 맞는 소식이며 증명이 아닙니다. 위 시각까지 알려진 것만 사용했습니다. "
            "목록은 지금 주목받는 종목들이라 성과가 좋았던 쪽에 치우쳐 있습니다. 하루의 기록이며 "
            "예측이나 조언이 아닙니다.",
        )
        return Section(
            title=self._say("How this was made", "작성 방법"), items=(Item(head=first), Item(head=second))
        )


def _by_reason(unusual: Sequence[Explanation]) -> tuple[tuple[Explanation, ...], ...]:
    """Part moves: tied to a story, with their layer or the market, a reason of the press, unexplained."""
    kinds = {Verdict.NEWS: 0, Verdict.MARKET_WIDE: 1, Verdict.LAYER_WIDE: 1}
    parts: tuple[list[Explanation], ...] = ([], [], [], [])
    for each in unusual:
        parts[kinds.get(each.verdict, _UNEXPLAINED if each.told is None else _PRESS)].append(each)
    return tuple(map(tuple, parts))


def _told(explanation: Explanation) -> tuple[StoryMatch, ...]:
    """Return the stories a move is said to be tied to, and the best that points the other way."""
    tied = explanation.told
    return tuple(match for match in (tied, explanation.opposing) if match is not None and tied is not None)
