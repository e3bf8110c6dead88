"""The menu of an alert in the inbox: what its row's icons do, in words, and its rule."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from stackwatch.domain.alert import Alert, AlertState
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words import alert_words
from stackwatch.domain.words.rule_names import fired_rule_name
from stackwatch.ui.alerts.inbox_delegate import RowAction
from stackwatch.ui.alerts.inbox_model import moment_words
from stackwatch.ui.alerts.snooze_menu import SnoozeChoice, SnoozeMenu, SnoozeSection
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.menus import menu_once


def alert_menu(
    parent: QWidget,
    alert: Alert,
    snoozes: Sequence[SnoozeSection],
    ecosystem: Ecosystem,
    *,
    do: Callable[[int], None],
    snooze: Callable[[SnoozeChoice], None],
    edit: Callable[[], None],
) -> QMenu:
    """Return the menu; ``do`` takes an Action, ``snooze`` one of the ``snoozes``, ``edit`` opens the rule."""
    tr = QCoreApplication.translate
    menu = menu_once(parent)
    menu.addAction(tr("AlertMenu", "Open"), partial(do, RowAction.OPEN))
    snoozed = alert.state is AlertState.SNOOZED
    words = tr("AlertMenu", "End the snooze") if snoozed else tr("AlertMenu", "Mark seen")
    seen = menu.addAction(words, QKeySequence("Space"), partial(do, RowAction.SEEN))
    seen.setEnabled(snoozed or alert.state is AlertState.NEW)
    choices = SnoozeMenu(menu)
    choices.setTitle(tr("AlertMenu", "Snooze"))
    choices.put(snoozes)
    choices.chosen.connect(snooze)
    menu.addMenu(choices)
    menu.addSeparator()
    menu.addAction(tr("AlertMenu", "Edit the rule"), edit)
    told, copy = alert_text(alert, ecosystem), QKeySequence(QKeySequence.StandardKey.Copy)
    menu.addAction(tr("AlertMenu", "Copy text"), copy, lambda: QGuiApplication.clipboard().setText(told))
    return menu


def alert_text(alert: Alert, ecosystem: Ecosystem) -> str:
    """Return an alert as one line to be kept elsewhere, with its rule and time."""
    told = alert_words.alert_sentence(alert, ecosystem, current_language())
    return f"{told} {fired_rule_name(alert, current_language())}, {moment_words(alert.fired_at)}"
