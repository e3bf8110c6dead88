"""What is wrong with the rule in the editor: said in its row, and read out at the control that has it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from stackwatch.domain.rule import RuleKind, SubjectKind
from stackwatch.domain.rule_checks import Field, RuleFault
from stackwatch.ui.kit.announce import announce
from stackwatch.ui.kit.language import current_language

if TYPE_CHECKING:
    from stackwatch.ui.rules.condition_editor import ConditionEditor
    from stackwatch.ui.rules.rule_form import RuleForm

_ROWS = {Field.NAME: "name", Field.SUBJECT: "subject", Field.ESCALATION: "repeat"}


class FormFaults:
    """Finds row and control of each fault of a form."""

    def __init__(self, form: "RuleForm") -> None:
        self._form = form
        self._said: dict[QWidget, str] = {}

    @property
    def first(self) -> QWidget | None:
        """The first control that has a fault."""
        return next(iter(self._said), None)

    def show(self, faults: tuple[RuleFault, ...]) -> None:
        """Say these and no others."""
        form = self._form
        rows: dict[str, str] = {}
        said: dict[QWidget, str] = {}
        for fault in faults:
            words = self._words(fault)
            rows.setdefault(self._row_of(fault), words)
            said.setdefault(self._control_of(fault), words)
        joined = {f"joined {place}": row for place, row in enumerate(form.joined.rows, 1)}
        expires = form.rule().expires
        if expires is not None and expires < form.today():  # it may be saved all the same, to be kept
            rows.setdefault(
                "until", QCoreApplication.translate("RuleForm", "That day is over: it will not fire")
            )
        for key, row in (form.rows | form.manner.rows | joined).items():
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

    def _control_of(self, fault: RuleFault) -> QWidget:
        form = self._form
        own: dict[Field, QWidget] = {
            Field.NAME: form.name,
            Field.SUBJECT: form.subject,
            Field.ESCALATION: form.manner.step,
        }
        if not fault.place and fault.field in own:
            return own[fault.field]
        editor = form.joined.editors[fault.place - 1] if fault.place else form.own
        return editor.control_of(fault.field)

    def _words(self, fault: RuleFault) -> str:
        form = self._form
        editor = form.joined.editors[fault.place - 1] if fault.place else form.own
        if fault.field is Field.THRESHOLD and editor.signed_down:
            return QCoreApplication.translate(
                "RuleForm", "It falls below a number under 0, such as {0}"
            ).format("\u22123.0")
        words = self._own_words(fault, editor) or fault.words(current_language())
        return words[:1].upper() + words[1:]

    def _own_words(self, fault: RuleFault, editor: "ConditionEditor") -> str:
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
        rule, translate = self._form.rule(), QCoreApplication.translate
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
