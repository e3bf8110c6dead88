"""What was said when about a move: every explanation is kept that says something else than the one before."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from stackwatch.domain.errors import StoreError
from stackwatch.domain.move import Explanation, ExplanationRecord, Verdict
from stackwatch.domain.news import Life
from stackwatch.engine.ports import Clock
from stackwatch.engine.store_ports import KnowledgeStore
from stackwatch.engine.store_writer import StoreWriter

MOST = 20  # of a symbol's session: the first, and the newest


class ExplanationLog:
    """The history of explanations, without blocked publishers' titles. Owned by the core thread."""

    def __init__(
        self, store: KnowledgeStore, writer: StoreWriter, clock: Clock, is_blocked: Callable[[str], bool]
    ) -> None:
        self._store = store
        self._writer = writer
        self._clock = clock
        self._is_blocked = is_blocked
        self._known: dict[tuple[str, date], tuple[ExplanationRecord, ...]] = {}
        # What the store refused, or has not been asked to keep yet.
        self._unkept: set[tuple[str, date]] = set()

    def note(self, explanation: Explanation) -> Explanation:
        """Keep what an explanation says, if it is new, and return it with its history."""
        move = explanation.move
        key = (move.symbol, move.session_date)
        try:
            if key not in self._known:
                self._known[key] = self._store.load_said(*key)
            said = self._said(explanation)
            known = self._known[key]
            if not known or not _same(known[-1], said):
                if len(known) >= MOST:
                    known = (known[0], *known[2:])
                self._known[key] = (*known, said)
                self._unkept.add(key)
            if key in self._unkept:
                self._store.keep_said(*key, self._known[key])
                self._unkept.discard(key)
        except StoreError as fault:  # it is told all the same
            self._writer.failed(fault)
        known = self._known.get(key, ())
        told = tuple(replace(s, title="") if s.title and self._is_blocked(s.publisher) else s for s in known)
        return replace(explanation, said=told)

    def judged(self, symbol: str, day: date) -> ExplanationRecord | None:
        """Return what was said last of a session's move, by an earlier run too, but that it is not judged."""
        key = (symbol, day)
        try:
            if key not in self._known:
                self._known[key] = self._store.load_said(*key)
        except StoreError as fault:
            self._writer.failed(fault)
        known = reversed(self._known.get(key, ()))
        return next((said for said in known if said.verdict is not Verdict.INSUFFICIENT_DATA), None)

    def note_all(self, explanations: Sequence[Explanation]) -> None:
        """Keep what some explanations say, of which an open may have hundreds, and wait for the disk once."""
        if not explanations:
            return
        try:
            with self._store.together():
                for explanation in explanations:
                    self.note(explanation)
        except StoreError as fault:
            self._unkept.update((e.move.symbol, e.move.session_date) for e in explanations)
            self._writer.failed(fault)

    def _said(self, explanation: Explanation) -> ExplanationRecord:
        now = self._clock.now()
        shown = explanation.shown
        story = None if shown is None else shown.story
        turn = None if story is None else story.turn_by(now)
        return ExplanationRecord(
            symbol=explanation.move.symbol,
            session_date=explanation.move.session_date,
            at=now,
            move_pct=round(explanation.move.move_pct, 4),
            verdict=explanation.verdict,
            cause=explanation.cause,
            story_id=None if story is None else story.id,
            title="" if story is None else story.lead.title,
            publisher="" if story is None else story.lead.publisher,
            became=Life.REPORTED if turn is None else turn.kind,
            press=explanation.verdict is Verdict.UNEXPLAINED and explanation.told is not None,
        )


def _same(one: ExplanationRecord, other: ExplanationRecord) -> bool:
    """Whether two say the same of a move, whatever its size by then; an update changes nothing."""
    return _sense(one) == _sense(other)


def _sense(said: ExplanationRecord) -> tuple[object, ...]:
    became = Life.REPORTED if said.became is Life.UPDATED else said.became
    return (said.verdict, said.cause, said.story_id, became, said.press)
