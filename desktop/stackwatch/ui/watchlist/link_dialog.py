"""The dialog in which a link between two names is described or corrected."""

from datetime import UTC, date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from stackwatch.domain.lists import own_links as own
from stackwatch.domain.lists.own_links import LinkFault, LinkField, TypedLink
from stackwatch.domain.lists.own_private import named_so
from stackwatch.domain.market import program_day
from stackwatch.domain.rule import SubjectKind
from stackwatch.domain.watchlist import Basis, Ecosystem, Exposure, Relation
from stackwatch.domain.words.typed import narrow
from stackwatch.domain.words.wording import kind_of_source, relation_word
from stackwatch.ui.kit.fields import Choice
from stackwatch.ui.kit.form import FIELD_WIDTH, Form
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.theme import px
from stackwatch.ui.rules.subjects import Subject, SubjectChoice, names_offered

_DATE_LETTERS = 10
_WHOLE = (LinkFault.MISSING, LinkFault.NO_DATE, LinkFault.UNKNOWN)  # said once all of it should be there


class LinkDialog(Form):
    """Asks who is tied to whom, how, why, since when and by whose report; ``kept`` carries the link.

    What cannot be taken is said at its field, what is still missing when the link is to be kept.
    """

    kept = Signal(object)

    def __init__(self, ecosystem: Ecosystem, window: QWidget, before: Exposure | None) -> None:
        super().__init__(window)
        self._ecosystem, self._before = ecosystem, before
        self._tried = False
        if before is None:
            self.put(self.tr("Add a link"), self.tr("Add"))
        else:
            self.put(self.tr("Correct this link"), self.tr("Save"))
        self._make_fields()
        self._lay_out()
        if before is not None:
            self._show(before)
        self._connect()
        self._check()

    def _make_fields(self) -> None:
        offered = names_offered(self._ecosystem.private, self._ecosystem.instruments, self._ecosystem)
        self.source, self.target = SubjectChoice(FIELD_WIDTH), SubjectChoice(FIELD_WIDTH)
        for end in (self.source, self.target):
            end.fill(offered)
            end.put((SubjectKind.SYMBOL, ""))
        self.relation, self.basis = Choice(FIELD_WIDTH // 2), Choice(FIELD_WIDTH // 2)
        self.relation.fill((kind, relation_word(kind.value, current_language())) for kind in Relation)
        self.basis.fill(
            (
                (Basis.STORED, self.tr("I have seen the report")),
                (Basis.MEMORY, self.tr("From memory, unchecked")),
            )
        )
        self.basis.widen()
        self.why, self.publisher = self.line(own.LONGEST_WHY), self.line(own.LONGEST_PUBLISHER)
        self.date, self.end = self.line(_DATE_LETTERS), self.line(_DATE_LETTERS)
        for day in (self.date, self.end):
            day.setFixedWidth(px(FIELD_WIDTH // 2))
        self._fields: dict[LinkField, QWidget] = {
            LinkField.SOURCE: self.source,
            LinkField.TARGET: self.target,
            LinkField.RELATION: self.relation,
            LinkField.WHY: self.why,
            LinkField.DATE: self.date,
            LinkField.END: self.end,
            LinkField.PUBLISHER: self.publisher,
        }

    def begin(self, entity_id: str) -> None:
        """Begin with one end: a private name is where news comes from, a share whom they reach."""
        private = entity_id in self._ecosystem.private
        (self.source if private else self.target).put(_subject(entity_id, self._ecosystem))
        (self.target if private else self.source).setFocus()
        self._check()

    @property
    def typed(self) -> TypedLink:
        """What is typed."""
        relation, basis = self.relation.value(), self.basis.value()
        assert isinstance(relation, Relation)
        assert isinstance(basis, Basis)
        return TypedLink(
            source=self._end(self.source),
            target=self._end(self.target),
            relation=relation,
            why=" ".join(self.why.text().split()),
            dated=_day(self.date),
            ended=_day(self.end),
            publisher=self._publisher,
            basis=basis,
        )

    @property
    def _publisher(self) -> str:
        """Who reported it; a kind of source that was put in words stays what it was."""
        text, before = " ".join(self.publisher.text().split()), self._before
        same = before is not None and text == kind_of_source(before.publisher, current_language())
        return before.publisher if before is not None and same else text

    def _end(self, field: SubjectChoice) -> str:
        """Return the id of who is named, empty where nobody is."""
        _, entity_id = field.subject()
        if entity_id in self._ecosystem.private or entity_id in self._ecosystem.instruments:
            return entity_id
        text = field.currentText().strip()
        return (named_so(text, self._ecosystem) or "") if text else ""

    def _lay_out(self) -> None:
        self.add(self.tr("News about"), self.source)
        self.add(self.tr("Reaches"), self.target)
        self.add(self.tr("Kind"), self.relation)
        self.add(self.tr("Why"), self.why)
        self.add(self.tr("Date"), self.date)
        self.add(self.tr("Ended"), self.end)
        self.add(self.tr("Reported by"), self.publisher)
        self.add(self.tr("Basis"), self.basis, says=False)
        self.add_foot(self.leave, self.keep)

    def _show(self, link: Exposure) -> None:
        """Show a link; who is tied to whom, and how, makes it the link that it is."""
        self.source.put(_subject(link.source, self._ecosystem))
        self.target.put(_subject(link.target, self._ecosystem))
        self.relation.choose(link.relation)
        for fixed in (self.source, self.target, self.relation):
            fixed.setEnabled(False)
        self.why.setText(link.reason(current_language()))
        self.why.setCursorPosition(0)
        self.date.setText(link.dated)
        self.end.setText("" if link.until is None else link.until.isoformat())
        self.publisher.setText(kind_of_source(link.publisher, current_language()))
        self.publisher.setCursorPosition(0)
        self.basis.choose(link.basis)
        self.why.setFocus()

    def _connect(self) -> None:
        for end in (self.source, self.target):
            end.typed.connect(self._check)
        for choice in (self.source, self.target, self.relation):
            choice.currentIndexChanged.connect(self._check)
        for line in (self.why, self.date, self.end, self.publisher):
            line.textChanged.connect(self._check)
        self.keep.clicked.connect(self._keep)

    def _faults(self) -> dict[LinkField, LinkFault]:
        today = date.today()  # noqa: DTZ011 - the user's day
        return own.link_faults(self.typed, self._ecosystem, today, self._before)

    def _check(self) -> None:
        """Say what cannot be taken, each at its field, and else what the field is for."""
        faults, notes = self._faults(), self._notes()
        for at, field in self._fields.items():
            fault = faults.get(at)
            if fault is not None and (self._tried or fault not in _WHOLE or self._is_hopeless(at)):
                self.say(field, self._words(at, fault), wrong=True)
            else:
                self.say(field, notes[at], wrong=False)

    def _is_hopeless(self, at: LinkField) -> bool:
        """Whether what is typed cannot become right by typing on."""
        field = self._fields[at]
        if isinstance(field, QLineEdit):
            return at in (LinkField.DATE, LinkField.END) and own.cannot_be_date(_day(field))
        if not isinstance(field, SubjectChoice):
            return False
        text = narrow(field.currentText()).strip().casefold()
        return not any(text in field.itemText(place).casefold() for place in range(field.count()))

    def _notes(self) -> dict[LinkField, str]:
        when = self.tr("A day, month or year: 2026-03-10, 2026-03 or 2026.")
        dated, today = _day(self.date), date.today()  # noqa: DTZ011 - the user's day
        try:
            last = own.last_day(dated)
            if own.first_day(dated) <= today < last:
                when = self.tr("Counts from {day}; a day counts at once.").replace("{day}", last.isoformat())
            elif program_day(datetime.now(UTC)) < last == today:
                when = self.tr("Counts once this day begins in New York.")
        except ValueError:
            pass
        kind = self.tr("What the second is to the first: NVDA is a supplier of Stargate.")
        if self.relation.value() is Relation.CUSTOMER:
            kind = self.tr("What the first is to the second: Stargate is a customer of ORCL.")
        if self._before is not None:
            kind = self.tr("For other names or another kind, withdraw it and add another.")
        return {
            LinkField.SOURCE: self.tr("A company, project or share, by name or symbol."),
            LinkField.TARGET: self.tr("A share or another name that such news concerns."),
            LinkField.RELATION: kind,
            LinkField.WHY: self.tr("One sentence, as reported."),
            LinkField.DATE: when,
            LinkField.END: self.tr("The last day it held; empty while it holds."),
            LinkField.PUBLISHER: self.tr("A newspaper, an agency or a filing."),
        }

    def _words(self, at: LinkField, fault: LinkFault) -> str:
        missing = {
            LinkField.WHY: self.tr("Say in one sentence why they are tied."),
            LinkField.PUBLISHER: self.tr("Say who reported it."),
        }
        if fault is LinkFault.MISSING:
            return missing[at]
        return {
            LinkFault.UNKNOWN: self.tr("No known name. Choose one that is offered."),
            LinkFault.SAME: self.tr("A name cannot be tied to itself."),
            LinkFault.KNOWN: self.tr("This link is known already. The Exposure tab corrects it."),
            LinkFault.NO_DATE: self.tr("Give a day, month or year, such as 2026-03-10."),
            LinkFault.FUTURE: self.tr("This date is still to come."),
            LinkFault.ENDED: self.tr("This is before the link's date."),
        }[fault]

    def _keep(self) -> None:
        self._tried = True
        self._check()
        faults = self._faults()
        if faults:
            self._fields[next(at for at in self._fields if at in faults)].setFocus()
            return
        self.kept.emit(own.made_link(self.typed, self._before))
        self.accept()


def _day(field: QLineEdit) -> str:
    """Return the day, month or year that is typed."""
    return narrow(field.text()).strip()


def _subject(entity_id: str, ecosystem: Ecosystem) -> Subject:
    private = entity_id in ecosystem.private
    return SubjectKind.PRIVATE if private else SubjectKind.SYMBOL, entity_id
