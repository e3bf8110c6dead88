"""The why card: verdict first, then the sum, then the story with its source and path."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from stackwatch.domain.move import Explanation, Move, Verdict
from stackwatch.domain.news import Life, Story
from stackwatch.domain.quote import NOT_JUDGED, QuoteState, Session
from stackwatch.domain.watchlist import Ecosystem, Language
from stackwatch.domain.words import base_rate_words, hours_words, said_words, story_words, wording
from stackwatch.domain.words import format as text
from stackwatch.domain.words.same_report import quoted
from stackwatch.ui.detail.equation import Equation
from stackwatch.ui.detail.linked_row import LinkedRow
from stackwatch.ui.detail.story_line import StoryLine, StoryWords
from stackwatch.ui.kit.chips import Chip, ElidedText, Paragraph, box
from stackwatch.ui.kit.hairline import Hairline
from stackwatch.ui.kit.home_zone import current_zone
from stackwatch.ui.kit.icons import Glyph
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox, vbox
from stackwatch.ui.kit.theme import Ink, Role, current_theme
from stackwatch.ui.kit.tips import set_tip
from stackwatch.ui.snapshot import Snapshot

_STORIES_SHOWN = 3
_GAP = 8
_LINE_GAP = 3
_ENOUGH = 10_000  # pixels: as high as it likes
_EDGES = 70  # insets, gaps and the icon of the card's first line


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFacts:
    """Everything the card shows; ``path`` has at least two ids or none, a ``past`` move no colour.

    ``day`` names the session of the move, empty for that of today.
    """

    head: str
    reason: str = ""
    move: Move | None = None
    day: str = ""
    past: bool = False
    path: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    chance: str = ""
    body: str = ""
    stories: tuple[StoryWords, ...] = ()
    linked: tuple[str, ...] = ()
    context: str = ""
    history: str = ""
    rate: str = ""
    rate_note: str = ""


class WhyCard(QWidget):
    """Why a share moved, as far as it is known; for a private entity its latest stories."""

    entity_activated = Signal(str)
    story_picked = Signal(str)

    def __init__(self, snapshot: Snapshot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot = snapshot
        self._compact = False
        self._height = _ENOUGH
        self._zone = current_zone()
        self._facts: CardFacts | None = None
        self._head, self._reason = ElidedText(fixed=True), ElidedText()
        self._cause, self._relation, self._share = Chip(), ElidedText(fixed=True), Chip()
        self._chance, self._chance_mark = ElidedText(fixed=True), Glyph(12)
        self._equation = Equation()
        self._reason_below = Paragraph()
        self._body, self._rate, self._context = Paragraph(), ElidedText(), ElidedText()
        self._stories = tuple(StoryLine() for _ in range(_STORIES_SHOWN))
        self._linked = LinkedRow()
        self._rule = Hairline()
        for chip in (self._cause, self._share):
            chip.activated.connect(self.entity_activated)
        self._linked.activated.connect(self.entity_activated)
        for line in self._stories:
            line.picked.connect(self.story_picked)
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _lay_out(self) -> None:
        column = vbox(gap=_LINE_GAP, margins=(13, 8, 13, 9), into=self)
        path = (self._cause, self._relation, self._share)
        told = (self._head, self._reason, 4, *path)
        head = hbox((*told, None, self._chance, self._chance_mark), gap=7, into=column)
        head.addStrut(22)
        column.addWidget(self._reason_below)
        column.addWidget(self._equation)
        column.addWidget(self._body)
        for line in self._stories:
            column.addWidget(line)
        column.addWidget(self._linked)
        column.addWidget(self._context)
        column.addWidget(self._rule)
        column.addWidget(self._rate)

    def set_compact(self, *, compact: bool) -> None:
        """Leave context and base rate out where the window is low."""
        if compact != self._compact:
            self._compact = compact
            self._show_rate_if_room()

    def set_room(self, height: int) -> None:
        """Leave out the last lines that have no room: stories and links are on the pages below, too."""
        if height != self._height:
            self._height = height
            self._leave_out()

    def render_entity(self, entity_id: str) -> None:
        """Show what is known about an instrument or private entity, with the times of its exchange."""
        self._zone = wording.zone_of(entity_id, self._snapshot.ecosystem, current_zone())
        facts = self._facts_of(entity_id)
        if facts != self._facts:
            self._facts = facts
            self._put(facts)
        if facts.linked:
            self._linked.put(facts.linked, self._snapshot)

    def retranslate(self) -> None:
        """Write everything anew with the next rendering."""
        self._facts = None

    def restyle(self) -> None:
        """Take other sizes."""
        if self._facts is not None:
            self._put(self._facts)

    def _facts_of(self, entity_id: str) -> CardFacts:
        """Return what is known, without judging a price that the list does not judge."""
        facts = self._dated(self._known_facts(entity_id))
        quote = self._snapshot.quotes.get(entity_id)
        if facts.move is None or quote is None or quote.state not in NOT_JUDGED:
            return facts
        told = replace(facts.move, abnormal_pct=None, sar=None, sar_so_far=None)
        return replace(
            facts,
            head=self._unjudged_head(quote.state),
            reason="",
            path=(),
            relations=(),
            chance="",
            move=None if quote.state is QuoteState.WITHHELD else told,  # that of another price is known
            past=True,
            rate="",
        )

    def _dated(self, facts: CardFacts) -> CardFacts:
        """Name the day of a move that is over, and tell no SAR by this hour once its session ended."""
        move = facts.move
        if move is None:
            return facts
        quote = self._snapshot.quotes.get(move.symbol)
        if quote is None or quote.session is not Session.REGULAR or quote.state is QuoteState.CLOSED:
            move = replace(move, sar_so_far=None)
        zone = ZoneInfo(wording.zone_of(move.symbol, self._snapshot.ecosystem))
        today = self._snapshot.now.astimezone(zone).date()
        day = text.day_name(move.session_date, today, current_language())
        return replace(facts, move=move, day=day if move.session_date < today else "")

    def _unjudged_head(self, state: QuoteState) -> str:
        if state is QuoteState.HALTED:
            return self.tr("Not judged: trading is halted")
        if state is QuoteState.WITHHELD:
            return self.tr("Not judged: split not confirmed")
        return self.tr("Not judged: the price is not current")

    def _known_facts(self, entity_id: str) -> CardFacts:
        explanation = self._snapshot.explanations.get(entity_id)
        move = self._snapshot.moves.get(entity_id) or (explanation.move if explanation else None)
        if entity_id not in self._snapshot.ecosystem.instruments:
            return self._private_facts(entity_id)
        if move is None:
            return CardFacts(head=self.tr("No move to explain yet"))
        if explanation is None:
            head = wording.range_words(move, current_language())
            return CardFacts(head=head, reason=self.tr("News not read yet"), move=move)
        told = explanation.move  # may be a price behind
        if told.sar is None and move.sar is not None:  # its history came since: the reason follows
            return CardFacts(head=wording.range_words(move, current_language()), move=move)
        if told.session_date == move.session_date:
            move = _as_of_this_hour(move, told)
        return self._explained_facts(explanation, move)

    def _explained_facts(self, explanation: Explanation, move: Move) -> CardFacts:
        language, ecosystem = current_language(), self._snapshot.ecosystem
        shown, told = explanation.shown, explanation.told
        searched = explanation.verdict is Verdict.UNEXPLAINED and shown is None
        if searched and move.unusual:
            head = self.tr("Unexplained")
            reason = wording.unusual_words(move, ecosystem, language)
        else:
            head = wording.range_words(move, language)
            reason = wording.verdict_reason(explanation, ecosystem, language)
        rate = explanation.base_rate
        chance = explanation.coincidence
        return CardFacts(
            head=head,
            reason=reason,
            move=move,
            path=told.path if told and len(told.path) > 1 else (),
            relations=told.relations if told else (),
            chance="" if chance is None else wording.coincidence_words(chance, language),
            body=wording.search_words(explanation, ecosystem, language) if searched else "",
            stories=self._match_lines(explanation),
            context=self._context_words(explanation),
            history="\n".join(self._history_lines(explanation)),
            rate=base_rate_words.base_rate_line(rate, explanation.move.symbol, language) if rate else "",
            rate_note=base_rate_words.base_rate_note((rate,), language) if rate else "",
        )

    def _context_words(self, explanation: Explanation) -> str:
        """Say what is paid out of hours, what was said first, and who is linked and has not moved."""
        ecosystem, early = self._snapshot.ecosystem, explanation.out_of_hours
        now = "" if early is None else hours_words.out_of_hours_words(early, ecosystem, current_language())
        first = said_words.first_said(explanation, *self._told_with())
        still = self._still_words(explanation)
        return " \u00b7 ".join(part for part in (now, first, still) if part)

    def _still_words(self, explanation: Explanation) -> str:
        """Name who has not moved, of those with a price since the report: a halt is no stillness."""
        quotes, told = self._snapshot.quotes, explanation.told
        since = datetime.min.replace(tzinfo=UTC) if told is None else told.story.lead.published
        doubtful = {key for key, q in quotes.items() if q.state in NOT_JUDGED or q.as_of < since}
        current = replace(explanation, linked=tuple(e for e in explanation.linked if e.id not in doubtful))
        return said_words.still_words(current, self._snapshot.ecosystem, current_language())

    def _history_lines(self, explanation: Explanation) -> list[str]:
        """Say what was said when, and what is meant by not moved."""
        lines = list(said_words.said_lines(explanation.said, *self._told_with()))
        if self._still_words(explanation):
            meant = self.tr("Not moved: by less than 1 %, and less than one standard error where judged")
            lines.append(meant)
        return lines

    def _told_with(self) -> tuple[datetime, str, Ecosystem, Language]:
        snapshot = self._snapshot
        return snapshot.now, self._zone, snapshot.ecosystem, current_language()

    def _match_lines(self, explanation: Explanation) -> tuple[StoryWords, ...]:
        shown, opposing, early = explanation.shown, explanation.opposing, explanation.out_of_hours
        now = None if early is None else early.match
        moves_it = None if now is None else now.story.id  # told once, of what it moves
        lines = []
        if shown is not None and (explanation.told or shown.story.id != moves_it):
            shown = quoted(shown, explanation.matches, current_language())
            untied = "" if explanation.told else self.tr("not tied to the move")
            lead = wording.lead_words(shown, current_language())
            tail = " \u00b7 ".join(part for part in (untied, lead) if part)
            lines.append(self._story_words("newspaper", shown.story, tail, shown.path))
        if opposing is not None and opposing.story.id != moves_it:
            opposing = quoted(opposing, explanation.matches, current_language())
            other = self.tr("points the other way")
            lines.append(self._story_words("arrows-left-right", opposing.story, other, opposing.path))
        if early is not None and now is not None:
            tail = hours_words.hours_word(early.hours, current_language())
            lines.append(self._story_words("circle-half", now.story, tail, now.path))
        return tuple(lines)

    def _story_words(self, icon: str, story: Story, tail: str, path: Sequence[str]) -> StoryWords:
        when = text.zoned_clock(story.lead.published, self._snapshot.now, self._zone, current_language())
        publisher = story_words.publisher_word(story.lead.publisher)
        turn = story.turn_by(self._snapshot.now)
        became = story_words.turn_words(story, *self._told_with())
        doubtful = turn is not None and turn.kind is not Life.UPDATED
        parts = (publisher, when, tail, "" if doubtful else became)
        meta = " \u00b7 ".join(part for part in parts if part)
        title, clause = text.plain(story.lead.title), story_words.clause_about(story, reversed(path))
        return StoryWords(story.id, icon, title, meta, became if doubtful else "", clause)

    def _private_facts(self, entity_id: str) -> CardFacts:
        stories = self._snapshot.stories_of(entity_id)[:_STORIES_SHOWN]
        linked = self._snapshot.linked_symbols(entity_id)
        count = (
            self.tr("{0} linked names").format(len(linked)) if len(linked) > 1 else self.tr("1 linked name")
        )
        return CardFacts(
            head=self.tr("Latest stories") if stories else self.tr("No story yet"),
            reason=count if linked else "",
            stories=tuple(
                self._story_words(
                    "newspaper", s, wording.theme_word(s.reading.theme, current_language()), (entity_id,)
                )
                for s in stories
            ),
            linked=linked,
        )

    def _put(self, facts: CardFacts) -> None:
        """Give every part its content once; parts without any take no room."""
        self._head.put(facts.head, Ink.T1, Role.TITLE)
        self._reason.put(facts.reason, Ink.T2)
        self._reason_below.put(facts.reason, Ink.T2)
        self._put_path(facts)
        self._chance.put(facts.chance, Ink.T2, Role.CAPTION)
        self._chance_mark.put("info" if facts.chance else "", Ink.T3)
        self._equation.setVisible(facts.move is not None)
        if facts.move is not None:
            labels = self._sum_labels(facts.move, facts.day)
            self._equation.put(facts.move, labels, past=facts.past)
        self._body.put(facts.body, Ink.T2)
        for place, line in enumerate(self._stories):
            line.put(facts.stories[place] if place < len(facts.stories) else None)
        self._linked.setVisible(bool(facts.linked))
        self._context.put(facts.context, Ink.T2, Role.CAPTION)
        set_tip(self._context, facts.history)
        self._rate.put(facts.rate, Ink.T2, Role.CAPTION)
        set_tip(self._rate, facts.rate_note)
        self._show_rate_if_room()
        self._make_room()
        self._leave_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the path out where it would cut the verdict, its reason or the chance."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Leave the path out where it has no room, and let a reason without any go on below."""
        path: tuple[ElidedText | Chip, ...] = (self._cause, self._relation, self._share)
        shown = [part for part in path if part.text()]
        told = sum(part.sizeHint().width() for part in (self._head, self._chance, self._reason)) + _EDGES
        taken = told + sum(part.sizeHint().width() + _GAP for part in shown)
        for part in shown:
            part.setVisible(taken <= self.width())
        reasoned = bool(self._reason.text())
        self._reason.setVisible(reasoned and told <= self.width())
        self._reason_below.setVisible(reasoned and told > self.width())

    def _leave_out(self) -> None:
        facts = self._facts
        if facts is None:
            return
        told = [*self._stories[: len(facts.stories)], *((self._linked,) if facts.linked else ())]
        heights = [part.sizeHint().height() + _LINE_GAP for part in told]
        taken = self.sizeHint().height()
        taken -= sum(height for part, height in zip(told, heights, strict=True) if not part.isHidden())
        for part, height in zip(told, heights, strict=True):
            taken += height
            part.setVisible(taken <= self._height)

    def _sum_labels(self, move: Move, day: str) -> tuple[str, str, str]:
        ecosystem, language = self._snapshot.ecosystem, current_language()
        name = ecosystem.names_of(move.symbol).get(language)
        benchmark = wording.market_name(move, ecosystem, language)
        return (
            f"{name} {day}" if day else self.tr("{0} today").format(name),
            self.tr("expected with {0}").format(benchmark)
            if move.benchmark_move_pct is None
            else self.tr("expected with {0} {1}").format(benchmark, text.percent(move.benchmark_move_pct)),
            self.tr("abnormal"),
        )

    def _put_path(self, facts: CardFacts) -> None:
        language, ecosystem = current_language(), self._snapshot.ecosystem
        if not facts.path:
            self._cause.put("", "")
            self._relation.put("", Ink.T3, Role.CAPTION)
            self._share.put("", "")
            return
        between = []
        for relation, entity_id in zip(facts.relations, facts.path[1:], strict=False):
            between += [
                wording.relation_word(relation, language),
                ecosystem.names_of(entity_id).get(language),
            ]
        first, last = facts.path[0], facts.path[-1]
        self._cause.put(first, ecosystem.names_of(first).get(language))
        links = " \u203a ".join([*between[:-1], ""]).rstrip()
        self._relation.put(links, Ink.T3, Role.CAPTION)
        self._share.put(last, ecosystem.names_of(last).get(language))

    def _show_rate_if_room(self) -> None:
        self._context.setVisible(bool(self._context.text()) and not self._compact)
        shown = bool(self._rate.text()) and not self._compact
        self._rate.setVisible(shown)
        self._rule.setVisible(shown)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card's box."""
        painter, theme = QPainter(self), current_theme()
        box(painter, self.rect(), 8, theme.raised, theme.line2)


def _as_of_this_hour(move: Move, told: Move) -> Move:
    """Return a move with the deviation so far, which is known of the one that was told a moment before."""
    if told.sar_so_far is None or move.sar is None:
        return move
    return replace(move, sar_so_far=told.sar_so_far * move.sar / told.sar if told.sar else told.sar_so_far)
