"""What is wrong with the rule in the editor: said in its row, and read out at the control that has it."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from stackwatch.domain.rule import Rule, RuleKind, SubjectKind
from stackwatch.domain.rule_checks import Field, RuleFault
from stackwatch.ui.kit.announce import announce
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.rules.condition_editor import ConditionEditor
from stackwatch.ui.rules.form_rows import FormRow
from stackwatch.ui.rules.joined_conditions import JoinedConditions

_ROWS = {Field.NAME: "name", Field.SUBJECT: "subject", Field.ESCALATION: "repeat"}


class FormFaults:
    """Finds row and control of each fault of a form, by its ``rows`` and the ``controls`` of fields.

    ``own`` edits the rule's own condition, ``joined`` the others; ``rule`` returns what they say.
    """

    def __init__(
        self,
        rule: Callable[[], Rule],
        today: Callable[[], date],
        own: ConditionEditor,
        joined: JoinedConditions,
        rows: Mapping[str, FormRow],
        controls: Mapping[Field, QWidget],
    ) -> None:
        self._rule, self._today = rule, today
        self._own, self._joined = own, joined
        self._rows, self._controls = rows, controls
        self._said: dict[QWidget, str] = {}

    @property
    def first(self) -> QWidget | None:
        """The first control that has a fault."""
        return next(iter(self._said), None)

    def show(self, faults: tuple[RuleFault, ...]) -> None:
        """Say these and no others."""
        rows: dict[str, str] = {}
        said: dict[QWidget, str] = {}
        for fault in faults:
            words = self._words(fault)
            rows.setdefault(self._row_of(fault), words)
            said.setdefault(self._control_of(fault), words)
        joined = {f"joined {place}": row for place, row in enumerate(self._joined.rows, 1)}
        expires = self._rule().expires
        if expires is not None and expires < self._today():  # it may be saved all the same, to be kept
            rows.setdefault(
                "until", QCoreApplication.translate("RuleForm", "That day is over: it will not fire")
            )
        for key, row in (*self._rows.items(), *joined.items()):
            row.say(rows.get(key, ""))
        for control in self._said.keys() - said.keys():
            control.setAccessibleDescription("")
        for control, words in said.items():
            if control.accessibleDescription() != words:
                control.setAccessibleDescription(words)
                announce(control, words)
        self._said = said

    def forget(self, part: QWidget) -> None:
        """Speak no more of the controls of a part that goes."""
        self._said = {each: words for each, words in self._said.items() if not part.isAncestorOf(each)}

    def _row_of(self, fault: RuleFault) -> str:
        if fault.place:
            return f"joined {fault.place}"
        return _ROWS.get(fault.field, "when")

    def _editor_of(self, fault: RuleFault) -> ConditionEditor:
        return self._joined.editors[fault.place - 1] if fault.place else self._own

    def _control_of(self, fault: RuleFault) -> QWidget:
        if not fault.place and fault.field in self._controls:
            return self._controls[fault.field]
        return self._editor_of(fault).control_of(fault.field)

    def _words(self, fault: RuleFault) -> str:
        editor = self._editor_of(fault)
        if fault.field is Field.THRESHOLD and editor.signed_down:
            return QCoreApplication.translate(
                "RuleForm", "It falls below a number under 0, such as {0}"
            ).format("\u22123.0")
        words = self._own_words(fault, editor) or fault.words(current_language())
        return words[:1].upper() + words[1:]

    def _own_words(self, fault: RuleFault, editor: ConditionEditor) -> str:
        """Say in the editor's words what a file of rules is told of in its own; nothing where both say it."""
        translate, condition = QCoreApplication.translate, editor.condition()
        match fault.field:
            case Field.SUBJECT:
                return self._wanted_subject()
            case Field.ESCALATION:
                return translate(
                    "RuleForm", "\u201cAgain every\u201d does not go with \u201cAny of them\u201d"
                )
            case Field.JOIN:
                return translate("RuleForm", "This condition is about a share, and the rule is not")
            case Field.SPAN:
                return translate("RuleForm", "Say in how many minutes")
            case Field.ABOUT if not condition.about and condition.kind is RuleKind.LAYER_MOVE:
                return translate("RuleForm", "Choose which layer")
            case Field.ABOUT if not condition.about:
                return translate("RuleForm", "Choose which private company or project")
        return ""

    def _wanted_subject(self) -> str:
        """Say what a kind is about where the rule is about something else, or about nobody known."""
        rule, translate = self._rule(), QCoreApplication.translate
        only, words = {
            RuleKind.LAYER_MOVE: (
                SubjectKind.LAYER,
                translate("RuleForm", "Choose a layer: the condition is about one"),
            ),
            RuleKind.ENTITY_SHOCK: (
                SubjectKind.PRIVATE,
                translate("RuleForm", "Choose a private company or project: the condition is about one"),
            ),
            RuleKind.PRICE_LEVEL: (
                SubjectKind.SYMBOL,
                translate("RuleForm", "Choose a share: the condition is about one"),
            ),
        }.get(rule.kind, (rule.subject_kind, ""))
        if rule.subject_kind is not only:
            return words
        return "" if rule.subject else translate("RuleForm", "Choose whom the rule watches")
