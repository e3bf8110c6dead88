"""The style sheet of standard controls, generated from the tokens."""

from stackwatch.ui.kit.theme import Theme


def stylesheet(theme: Theme) -> str:
    """Return the Qt style sheet of the whole program; item views are painted by delegates instead."""
    colours = {
        name: getattr(theme, name).name()
        for name in (
            "window", "panel", "raised", "hover", "selected", "field", "line", "line2", "control",
            "youfill", "onyou", "trustline", "t1", "t2", "t3", "you",
        )
    }  # fmt: skip
    sizes = {
        "caption": f"{theme.px(11)}px",
        "field_height": f"{theme.px(26)}px",
        "button_height": f"{theme.px(24)}px",
    }
    text = _SHEET
    for name, value in (colours | sizes).items():
        text = text.replace(f"${name};", f"{value};").replace(f"${name} ", f"{value} ")
    return text


_SHEET = """
QMainWindow { background: $window; }
QDialog { background: $panel; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QLabel { background: transparent; }
QLabel[quiet="true"] { color: $t2; }
QToolTip { background: $raised; color: $t1; border: 1px solid $line2; padding: 4px 6px; font-size: $caption; }

QLineEdit, QAbstractSpinBox, QComboBox {
  background: $field; border: 1px solid $line2; border-radius: 6px; padding: 0 8px;
  selection-background-color: $youfill; selection-color: $t1; placeholder-text-color: $t3;
}
QLineEdit, QAbstractSpinBox, QComboBox { min-height: $field_height; max-height: $field_height; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
  border-color: $you;
}
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { color: $t3; border-color: $line; }
QComboBox { padding-left: 10px; selection-background-color: $selected; }
QComboBox:editable { padding-left: 8px; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line2; padding: 3px; }
ClockField::up-button, ClockField::down-button { width: 0; border: none; }
DayField::drop-down { border: none; width: 20px; }
DayField::down-arrow { image: none; width: 0; height: 0; }
QAbstractSpinBox QLineEdit { border: none; padding: 0; min-height: 0; background: transparent; }

QPushButton {
  background: $raised; border: 1px solid $line2; border-radius: 6px; padding: 0 10px; outline: none;
  min-height: $button_height; max-height: $button_height;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $selected; }
QPushButton:focus { border-color: $you; }
QPushButton:disabled { color: $t3; border-color: $line; }
QPushButton[primary="true"] { background: $you; border-color: $you; color: $onyou; font-weight: 600; }
QPushButton[primary="true"]:focus { border: 2px solid $t1; }
QPushButton[primary="true"]:disabled { background: transparent; border-color: $line; color: $t3; }
QPushButton[quiet="true"] { background: transparent; border-color: transparent; color: $t2; }
QPushButton[quiet="true"]:hover { background: $hover; }
QPushButton[quiet="true"]:focus { border-color: $you; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 0; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selected; }
QToolButton:focus { border-color: $you; }
QToolButton:disabled { color: $t3; }
QToolButton::menu-indicator { image: none; width: 0; }



QMenu { background: $raised; border: 1px solid $line2; padding: 4px; }
QMenu::item { min-height: 18px; padding: 4px 24px 4px 24px; border-radius: 4px; }
QMenu::icon { padding-left: 10px; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $t3; }
QMenu::indicator { width: 8px; height: 8px; margin-left: 8px; border-radius: 4px; }
QMenu::indicator:checked { background: $you; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QFrame[raised="true"] { background: $raised; border: 1px solid $line2; }
QFrame[raised="true"] QAbstractItemView { background: $raised; border: none; }
QFrame#tour { background: $panel; border: 1px solid $you; border-radius: 8px; }
QFrame#trustline { background: $trustline; }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 8px; }
QScrollBar:horizontal { height: 8px; }
QScrollBar::handle { background: $line2; border-radius: 3px; margin: 1px; }
QScrollBar::handle:hover { background: $control; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: $line; }
QAbstractScrollArea { background: $panel; border: none; }
QPlainTextEdit {
  background: $field; border: 1px solid $line2; border-radius: 6px; padding: 4px;
  selection-background-color: $youfill; selection-color: $t1;
}
QPlainTextEdit:focus { border-color: $you; }
"""
