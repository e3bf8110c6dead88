"""How an alert is drawn, in the inbox and in the tab of one entity."""

from enum import IntEnum

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from stackwatch.domain.alert import AlertState
from stackwatch.ui.alerts.inbox_model import AlertRow, InboxColumn
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.icons import draw_icon
from stackwatch.ui.kit.paint import figure, move, words
from stackwatch.ui.kit.row_list import ListRow, RowDelegate
from stackwatch.ui.kit.row_table import TableDelegate, TableHead
from stackwatch.ui.kit.theme import Role, current_theme, px

_SAR_BAR = 50
_ACTION_PITCH = 21
_DOT = 6
_RIGHT_ALIGNED = (InboxColumn.MOVE, InboxColumn.SAR)
_SHARE, _WIDEST = 0.16, 240  # of rule and state, where a tab is wide


class RowAction(IntEnum):
    """What can be done with an alert in its row, from left to right."""

    OPEN = 0
    SNOOZE = 1
    SEEN = 2


_ICONS = {RowAction.OPEN: "arrow-square-out", RowAction.SNOOZE: "bell-z", RowAction.SEEN: "check"}


def action_at(rect: QRect, x: int) -> RowAction | None:
    """Return the action whose icon is at ``x`` in the actions cell ``rect``."""
    place = (x - _first_action(rect)) // px(_ACTION_PITCH)
    return RowAction(place) if 0 <= place < len(RowAction) else None


def _first_action(rect: QRect) -> int:
    return rect.right() + 1 - len(RowAction) * px(_ACTION_PITCH) - 6


class AlertHead(TableHead):
    """The names of the columns."""

    def draw_label(self, painter: QPainter, rect: QRect, section: int, label: str) -> None:
        """Draw the name of a column."""
        theme = current_theme()
        ink, font = theme.t3, theme.font(Role.CAPTION)
        if InboxColumn(section) in _RIGHT_ALIGNED:
            figure(painter, rect, label, ink, font)
        else:
            words(
                painter, rect.adjusted(20 if section == InboxColumn.FOUND else 0, 0, 0, 0), label, ink, font
            )


class InboxDelegate(TableDelegate):
    """Draws the cells of the inbox."""

    def draw_cell(self, painter: QPainter, rect: QRect, row: object, column: int, *, busy: bool) -> None:
        """Draw the content of a cell."""
        assert isinstance(row, AlertRow)
        theme = current_theme()
        new = row.alert.state is AlertState.NEW
        ink = theme.t1 if new else theme.t2
        match InboxColumn(column):
            case InboxColumn.SEVERITY | InboxColumn.MOVE | InboxColumn.SAR as measure:
                draw_measure(painter, rect, row, measure, busy=busy)
            case InboxColumn.TIME:
                words(painter, rect, row.time, theme.t2, theme.font())
            case InboxColumn.SUBJECT:
                draw_subject(painter, rect, row)
            case InboxColumn.FOUND:
                words(painter, rect.adjusted(20, 0, -12, 0), row.found, ink, theme.font(), row.clause)
            case InboxColumn.RULE:
                words(painter, rect.adjusted(0, 0, -8, 0), row.rule, theme.t2, theme.font())
            case InboxColumn.STATE:
                draw_state(painter, rect, row)
            case InboxColumn.ACTIONS:
                if busy:
                    self._draw_actions(painter, rect)

    def _draw_actions(self, painter: QPainter, rect: QRect) -> None:
        left, pitch = _first_action(rect), px(_ACTION_PITCH)
        for action, icon in _ICONS.items():
            place = QRect(left + action * pitch, rect.top(), pitch, rect.height())
            draw_icon(painter, icon, current_theme().t2, place, px(13))


def draw_measure(painter: QPainter, rect: QRect, row: AlertRow, column: InboxColumn, *, busy: bool) -> None:
    """Draw severity, move or SAR."""
    theme = current_theme()
    if column is InboxColumn.SEVERITY:
        paint.severity(painter, rect.left() + px(8), rect.center().y(), row.alert.severity, theme)
    elif column is InboxColumn.MOVE:
        move(painter, rect, row.move, row.move_text, theme)
    else:
        draw_sar(painter, rect, row, busy=busy)


def draw_subject(painter: QPainter, rect: QRect, row: AlertRow) -> None:
    """Draw who it is about, and what happened."""
    theme = current_theme()
    bold = theme.font(Role.STRONG if row.alert.state is AlertState.NEW else Role.SYMBOL)
    end = words(painter, rect.adjusted(0, 0, -8, 0), row.name, theme.t1, bold)
    rest = QRect(end + 6, rect.top(), rect.right() - end - 12, rect.height())
    words(painter, rest, row.what, theme.t2, theme.font())


def draw_sar(painter: QPainter, rect: QRect, row: AlertRow, *, busy: bool) -> None:
    """Draw the SAR as a bar and a number."""
    bar = QRect(rect.right() - px(88), rect.center().y() - 6, px(_SAR_BAR), 13)
    theme = current_theme()
    paint.sar_bar(painter, bar, row.sar, theme, on_selected=busy)
    figure(painter, rect, row.sar_text, *paint.sar_look(row.sar, theme))


def draw_state(painter: QPainter, rect: QRect, row: AlertRow) -> None:
    """Draw a violet dot for new, a bell for snoozed, and the words."""
    state = row.alert.state
    left, middle = rect.left(), rect.center().y()
    theme = current_theme()
    if state is AlertState.SEEN:
        words(painter, rect.adjusted(0, 0, -6, 0), row.state, theme.t2, theme.font())
        return
    if state is AlertState.NEW:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.you)
        painter.drawEllipse(left, middle + 1 - _DOT // 2, _DOT, _DOT)  # level with the letters
        painter.restore()
        words(painter, rect.adjusted(12, 0, -6, 0), row.state, theme.t1, theme.font(Role.SYMBOL))
        return
    draw_icon(painter, "bell-z", theme.t2, QRect(left, rect.top(), px(13), rect.height()), px(13))
    words(painter, rect.adjusted(px(18), 0, -6, 0), row.state, theme.t2, theme.font())


class EntityAlertDelegate(RowDelegate):
    """Draws an alert in the tab of one entity: severity, time, what was found, rule, state."""

    def draw(self, painter: QPainter, rect: QRect, row: ListRow) -> None:
        """Draw an alert."""
        assert isinstance(row, AlertRow)
        theme = current_theme()
        top, height, right = rect.top(), rect.height(), rect.right() + 1
        paint.severity(painter, 14, rect.center().y(), row.alert.severity, theme)
        words(painter, QRect(14 + px(22), top, px(60), height), row.time, theme.t2, theme.font())
        move_right = px(170)
        move(painter, QRect(0, top, move_right, height), row.move, row.move_text, theme)
        left = move_right + 16
        state = max(px(120), min(round(right * _SHARE), px(_WIDEST)))
        state_left = right - state
        rule = max(px(164), min(round(right * _SHARE), px(_WIDEST)))
        rule_left = max(state_left - rule, left)  # it narrows where large text leaves less
        found = QRect(left, top, rule_left - left - 12, height)
        new = row.alert.state is AlertState.NEW
        words(painter, found, row.found, theme.t1 if new else theme.t2, theme.font(), row.clause)
        place = QRect(rule_left, top, state_left - rule_left - px(8), height)
        words(painter, place, row.rule, theme.t2, theme.font())
        draw_state(painter, QRect(state_left, top, state - px(4), height), row)
