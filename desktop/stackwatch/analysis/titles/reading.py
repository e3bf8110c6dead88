"""Read a title: whom it is about, good or bad for them, its theme, and whether it reports anything."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from enum import Enum, auto

from stackwatch.analysis.names.linker import MAX_TITLE, LinkedTitle, Linker
from stackwatch.analysis.titles.denials import life_told
from stackwatch.analysis.titles.filings import filings
from stackwatch.analysis.titles.lexicon import Lexicon
from stackwatch.analysis.titles.opinions import (
    is_opinion,
    rates_another,
    weighed_news,
    weighing,
    without_trouble,
)
from stackwatch.analysis.titles.silent_clauses import asks_in_korean, silence
from stackwatch.analysis.titles.summaries import told_beside
from stackwatch.analysis.tone.price_talk import (
    first_other,
    headed_by,
    is_only_reason,
    is_out_of_hours,
    news_among,
    news_beside,
    only_has_to_do,
    price_told,
    put_down_beside,
    put_down_to,
    told_size,
)
from stackwatch.analysis.tone.tone import Tones, read_tones
from stackwatch.analysis.tone.tone_roles import describes
from stackwatch.analysis.tone.tone_words import Words
from stackwatch.analysis.tone.wares import Ware, market_news
from stackwatch.analysis.words.hangul import has_hangul
from stackwatch.analysis.words.word_lists import Span, WordLists, lower
from stackwatch.domain.news import Life, Mention, Reading, StoryTheme

_BACKGROUND = re.compile(r" (?:despite|amid|as|after|while|following|ahead of|on|over|for) ")
_HEAD = re.compile(r"\[[^\]]*\]|[^:]*: ")  # "Stock market today: ...", "[특징주] ..."
_TICKER = re.compile(r"\((?:[A-Za-z]+ ?: ?)?[A-Z]{1,5}\)")  # "(COST)" is no cost
_SAYING = frozenset(
    (
        Words.GOOD,
        Words.BAD,
        Words.RISING,
        Words.FALLING,
        Words.ENDING,
        Words.ACTIVITY,
        Words.AIM,
        Words.DEED,
        Words.THREAT,
        Words.AGAINST,
    )
)


class _Kind(Enum):
    PRICE_TALK = auto()
    EVERGREEN = auto()
    FEATURE = auto()

    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True, eq=False)  # looked up by identity, which is quick
class _Matter:
    """A list of a theme: what is done, or the things that it is done to."""

    theme: StoryTheme
    things: bool


_Key = Words | _Kind | _Matter | Life | Ware


class Reader:
    """Reads titles with one linker and one lexicon, of longer lines the first MAX_TITLE letters."""

    def __init__(self, linker: Linker, lexicon: Lexicon, edition: str = "") -> None:
        """Build the tables for ``lexicon``; ``edition`` names what both are made of, if readings are kept."""
        self._linker, self.edition = linker, edition
        matters = {_Matter(theme, things=False): words for theme, words in lexicon.themes.items()}
        matters |= {_Matter(theme, things=True): words for theme, words in lexicon.things.items()}
        self._matters = tuple(matters)
        lists: dict[_Key, tuple[str, ...]] = dict(matters.items())
        lists |= {ware: ware.words for ware in lexicon.wares}
        lists |= {
            Words.GOOD: lexicon.good,
            Words.BAD: lexicon.bad,
            Words.NEGATION: lexicon.negation,
            Words.RISING: lexicon.rising,
            Words.FALLING: lexicon.falling,
            Words.BAD_OBJECT: lexicon.bad_object,
            Words.ENDING: lexicon.ending,
            Words.BURDEN: lexicon.burden,
            Words.CLEARING: lexicon.clearing,
            Words.THREAT: lexicon.threat,
            Words.DONE_FOR: lexicon.done_for,
            Words.DONE_TO: lexicon.done_to,
            Words.TOLD: lexicon.told,
            Words.BOUGHT: lexicon.bought,
            Words.SOLD: lexicon.sold,
            Words.AGAINST: lexicon.against,
            Words.DESPITE: lexicon.despite,
            Words.NEUTRAL: lexicon.neutral,
            Words.ACTIVITY: lexicon.activity,
            Words.DEED: lexicon.deed,
            Words.PRAISE: lexicon.praise,
            Words.ROUTINE: lexicon.routine,
            Words.CHARITY: lexicon.charity,
            Words.AIM: lexicon.aim,
            Words.ONLOOKER: lexicon.onlooker,
            Words.SCARCE: lexicon.scarce,
            Words.AMPLE: lexicon.ample,
            Words.PRICE: lexicon.price,
            _Kind.PRICE_TALK: lexicon.price_talk,
            _Kind.EVERGREEN: lexicon.evergreen,
            _Kind.FEATURE: lexicon.feature,
            Life.DENIED: lexicon.denial,
            Life.CORRECTED: lexicon.correction,
        }
        self._lists = WordLists(lists)

    def linking(self, linker: Linker, edition: str = "") -> "Reader":
        """Return a reader of other names with the same lexicon, whose tables take long to build."""
        made = copy(self)
        made._linker, made.edition = linker, edition  # noqa: SLF001 - of its own kind
        return made

    def read(self, title: str) -> Reading:
        """Return what ``title`` says; without a known entity it still has a theme and a tone."""
        title = title[:MAX_TITLE]
        return self._say(title, self._linker.link(title))

    def read_if_known(self, title: str, about: Collection[str] | None = None) -> Reading | None:
        """Return what ``title`` says if it names a known entity (of ``about``); most titles cost little."""
        title = title[:MAX_TITLE]
        linked = self._linker.link(title, about)
        if not linked.mentions:
            return None
        if about is not None and not any(mention.entity_id in about for mention in linked.mentions):
            return None
        return self._say(title, linked)

    def read_known(
        self, titles: Sequence[str], about: Collection[str] | None
    ) -> Iterator[tuple[int, Reading]]:
        """Yield place and reading of the titles that name a known entity (of ``about``)."""
        for place in self._linker.naming(titles, about):
            reading = self.read_if_known(titles[place], about)
            if reading is not None:
                yield place, reading

    def _say(self, title: str, linked: LinkedTitle) -> Reading:
        if not unicodedata.is_normalized("NFC", title):  # Korean by single letters, as macOS names files
            composed = _composed(title, linked)
            return replace(self._say(unicodedata.normalize("NFC", title), composed), mentions=linked.mentions)
        lowered = lower(title)
        found = self._lists.find(lower(_TICKER.sub(_spaces, title)) if "(" in title else lowered)
        found = _outside_names(found, linked.mentions, themes=has_hangul(title))
        found = _with_features(lowered, found, linked.mentions)
        words = {key: spans for key, spans in found.items() if isinstance(key, Words)}
        features = () if Words.PRAISE in found else without_trouble(lowered, found.get(_Kind.FEATURE, ()))
        silent, question = silence(title, lowered, features)
        silent = [*silent, *told_beside(title, lowered, linked.mentions)]
        news = None if question else weighed_news(lowered, features)
        if news is not None:
            silent = [(start, min(end, news[0])) for start, end in silent if start < news[0]]
        begins_asking = bool(silent) and silent[0][0] == 0
        part = self._news_among(lowered, linked, found)
        if part is not None:
            silent = [*silent, (0, part[0]), (part[1], len(title))]
        if silent:
            words = _outside(words, silent)
        blanked = _blanked(lowered, silent)
        wares = {key: spans for key, spans in found.items() if isinstance(key, Ware)}
        market = market_news(blanked, words, wares, linked.mentions)
        tones = read_tones(title, blanked, linked.mentions, linked.primary, words, market)
        theme, price_talk = self._news(lowered, linked, found, part)
        says = theme is not StoryTheme.OTHER or not _SAYING.isdisjoint(words)
        reason, reason_of = None, None
        if price_talk and not question:
            reason, reason_of = self._reason(lowered, linked, found)
            if reason is None and reason_of is None:
                reason_of = headed_by(lowered, linked.mentions)
        asks = question or begins_asking or asks_in_korean(title)
        idle = price_talk or _Kind.EVERGREEN in found or _Kind.FEATURE in found or asks
        idle = idle or is_opinion(lowered, theme)
        life, speaker = Life.REPORTED, None
        if not idle:
            denied, corrected = found.get(Life.DENIED, ()), found.get(Life.CORRECTED, ())
            life, speaker = life_told(title, linked.mentions, denied, corrected)
        return Reading(
            mentions=linked.mentions,
            primary=linked.primary,
            tone=tones.overall,
            theme=StoryTheme.PRICE_TALK if price_talk else theme,
            event=bool(linked.mentions) and says and not idle,
            tones=_others(tones),
            threat=tones.threat,
            life=life,
            speaker=speaker,
            reason=reason if tones.overall else None,
            reason_of=reason_of,
            unknown_tickers=linked.unknown_tickers,
            describes=describes(title, linked.mentions),
            only_reasons=_only_reasons(lowered, linked),
            told_pct=told_size(lowered) if price_talk else None,
            out_of_hours=price_talk and is_out_of_hours(lowered),
        )

    def _news(
        self, lowered: str, linked: LinkedTitle, found: Mapping[_Key, Sequence[Span]], among: Span | None
    ) -> tuple[StoryTheme, bool]:
        """Return the theme of a title, and whether its news is a price; of ``among`` several its own part."""
        if among is not None and (theme := self._theme(self._themed(found), among)) is not StoryTheme.OTHER:
            return theme, False
        theme = self._main_theme(lowered, found)
        talk = self._talk_of_price(found)
        if talk and (theme is StoryTheme.OTHER or talk[0][1] <= _head_end(lowered)):
            return theme, True
        if told := (*talk, *price_told(lowered, linked.mentions)):
            part = news_beside(lowered, linked.mentions, linked.primary, told)
            theme = self._theme(self._themed(found), part)
            return theme, theme is StoryTheme.OTHER
        return theme, False

    def _news_among(
        self, lowered: str, linked: LinkedTitle, found: Mapping[_Key, Sequence[Span]]
    ) -> Span | None:
        """Return the part of a summary of prices that is news of whom the title is about."""
        if _Kind.PRICE_TALK not in found or "; " not in lowered:
            return None
        talk, begins = self._talk_of_price(found), _head_end(lowered)
        if not talk or talk[0][1] > begins:
            return None
        return news_among(lowered, begins, linked.mentions, linked.primary)

    def _talk_of_price(self, found: Mapping[_Key, Sequence[Span]]) -> list[Span]:
        """Return the words of price talk that stand alone: "to join S&P 500" is news."""
        spans = found.get(_Kind.PRICE_TALK)
        if spans is None:
            return []
        among = self._themed(found)
        return [span for span in spans if not _inside_one(span, among)]

    def _themed(self, found: Mapping[_Key, Sequence[Span]]) -> list[tuple[StoryTheme, Sequence[Span]]]:
        return [(key.theme, found[key]) for key in self._matters if key in found]

    def _main_theme(self, lowered: str, found: Mapping[_Key, Sequence[Span]]) -> StoryTheme:
        """Return the theme of what is told, or where that has none, of what it is put down to."""
        among = self._themed(found)
        if len(among) > 1 and (background := _BACKGROUND.search(lowered)) is not None:
            told = self._theme(among, (0, background.end()))  # with "price target on"
            if told is not StoryTheme.OTHER:
                return told
        return self._theme(among, (0, len(lowered)))

    @staticmethod
    def _theme(among: Sequence[tuple[StoryTheme, Sequence[Span]]], part: Span) -> StoryTheme:
        """Return the first theme of the lexicon with a word in a part of the title.

        A word inside a longer one of another theme ("outlook" in "capex outlook") does not count.
        """
        begin, end = part
        for theme, spans in among:
            for span in spans:
                if begin <= span[0] and span[1] <= end and not _in_longer(span, among):
                    return theme
        return StoryTheme.OTHER

    def _reason(
        self, lowered: str, linked: LinkedTitle, found: Mapping[_Key, Sequence[Span]]
    ) -> tuple[StoryTheme | None, str | None]:
        """Return what a title puts a price down to: the kind of own news, or whose news.

        Neither where both are named and it is not said whose news that is.
        """
        part = own = put_down_to(lowered, linked.mentions, linked.primary)
        subject = linked.primary
        if part is None:
            told = price_told(lowered, linked.mentions) or found.get(_Kind.PRICE_TALK, ())
            part = put_down_beside(lowered, linked.mentions, told)
            if any(m.entity_id == linked.primary and m.start == told[0][0] for m in linked.mentions if told):
                own = part
            subject = None  # it may be the reason that the title is about
        if part is None or only_has_to_do(lowered, linked.mentions, subject, part):
            return None, None
        other = first_other(lowered, linked.mentions, subject, part)
        theme = self._theme(self._themed(found), part if other is None else other[1])
        if other is not None:
            return None, other[0] if theme is StoryTheme.OTHER else None
        return None if own is None or theme is StoryTheme.OTHER else theme, None


def _only_reasons(lowered: str, linked: LinkedTitle) -> tuple[str, ...]:
    """Return the entities that stand only in what a title puts the price of another down to."""
    others = dict.fromkeys(m.entity_id for m in linked.mentions if m.entity_id != linked.primary)
    return tuple(name for name in others if is_only_reason(lowered, linked.mentions, name))


def _outside_names(
    found: dict[_Key, list[Span]], mentions: Sequence[Mention], *, themes: bool
) -> dict[_Key, list[Span]]:
    """Return the words that are no part of a name: "Advanced" Micro Devices, 버그 (bug) in 저커버그.

    ``themes`` says whether such a word tells no theme either. In English a deed does: FERC is regulation.
    """
    names = [(mention.start, mention.end) for mention in mentions]
    parts = [
        (key, span)
        for key, spans in found.items()
        if themes or isinstance(key, Words | Ware) or (isinstance(key, _Matter) and key.things)
        for span in spans
        if any(start <= span[0] and span[1] <= end for start, end in names)
    ]
    if not parts:
        return found
    kept = {key: [span for span in spans if (key, span) not in parts] for key, spans in found.items()}
    return {key: spans for key, spans in kept.items() if spans}


def _head_end(lowered: str) -> int:
    """Return where the head of a title ends, 0 without one."""
    head = _HEAD.match(lowered)
    return 0 if head is None else head.end()


def _in_longer(span: Span, among: Sequence[tuple[StoryTheme, Sequence[Span]]]) -> bool:
    return len(among) > 1 and _inside_one(span, among)


def _inside_one(span: Span, among: Sequence[tuple[StoryTheme, Sequence[Span]]]) -> bool:
    return any(
        start <= span[0] and span[1] <= end and (start, end) != span
        for _, spans in among
        for start, end in spans
    )


def _composed(title: str, linked: LinkedTitle) -> LinkedTitle:
    """Return the mentions of a title where they stand in its composed form."""

    def mention(given: Mention) -> Mention:
        text = unicodedata.normalize("NFC", given.text)
        start = len(unicodedata.normalize("NFC", title[: given.start]))
        return replace(given, text=text, start=start, end=start + len(text))

    return replace(linked, mentions=tuple(map(mention, linked.mentions)))


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _with_features(
    lowered: str, found: dict[_Key, list[Span]], mentions: Sequence[Mention]
) -> dict[_Key, list[Span]]:
    """Return what is found with what words alone do not tell."""
    told = [*filings(lowered), *weighing(lowered)]
    if rates_another(lowered, mentions):
        told.append((0, len(lowered)))
    return {**found, _Kind.FEATURE: sorted([*found.get(_Kind.FEATURE, ()), *told])} if told else found


def _outside(words: Mapping[Words, Sequence[Span]], silent: Sequence[Span]) -> dict[Words, list[Span]]:
    """Return the words that do not begin in a silent clause."""
    kept = {
        kind: [span for span in spans if not any(start <= span[0] < end for start, end in silent)]
        for kind, spans in words.items()
    }
    return {kind: spans for kind, spans in kept.items() if spans}


def _blanked(lowered: str, silent: Sequence[Span]) -> str:
    """Return a title with spaces for its silent clauses, so that offsets stay."""
    for start, end in silent:
        lowered = lowered[:start] + " " * (end - start) + lowered[end:]
    return lowered


def _others(tones: Tones) -> tuple[tuple[str, int], ...]:
    """Return the tones that are not the primary's."""
    if len(tones.of) <= 1:
        return ()
    return tuple((name, tone) for name, tone in tones.of.items() if tone != tones.overall)
