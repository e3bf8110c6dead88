"""What each key does, for the list of keys and for the settings."""

from PySide6.QtCore import QCoreApplication


def key_names() -> tuple[tuple[str, str], ...]:
    """Return the keys with what they do, in the language in use."""
    translate = QCoreApplication.translate
    return (
        ("Ctrl K, /", translate("KeysDialog", "Find a symbol, name or story")),
        ("\u2191 \u2193", translate("KeysDialog", "Walk the list; the detail follows")),
        ("\u2190 \u2192", translate("KeysDialog", "Fold or unfold a layer")),
        ("Alt 1 \u2013 5", translate("KeysDialog", "List, heat map, exposure map, headlines, rules")),
        (
            "\u2190 \u2191 \u2192 \u2193",
            translate("KeysDialog", "In the maps: next tile or name; sideways along a link"),
        ),
        (
            "\u2190 \u2192, Space",
            translate("KeysDialog", "In the headlines: fold or unfold the copies of a story"),
        ),
        ("Space", translate("KeysDialog", "In the exposure map: evidence of the next link")),
        ("Enter", translate("KeysDialog", "Open the row")),
        ("Alt A", translate("KeysDialog", "New alert for the selected name")),
        ("1 \u2013 6", translate("KeysDialog", "Span of the chart, one day to five years")),
        ("Ctrl R", translate("KeysDialog", "Fetch quotes and headlines now")),
        ("Ctrl I", translate("KeysDialog", "Show or hide the alerts")),
        ("Ctrl B", translate("KeysDialog", "Daily briefing as a file")),
        ("Ctrl ,", translate("KeysDialog", "Settings")),
        ("F5", translate("KeysDialog", "Watch a documented day again, or another one")),
        ("F7, F8", translate("KeysDialog", "In a replay: pause or go on; to the next headline or alert")),
        ("F6", translate("KeysDialog", "To the newest popup")),
        ("F11", translate("KeysDialog", "Full screen")),
        ("Esc", translate("KeysDialog", "Back to the list")),
        ("Ctrl Q", translate("KeysDialog", "Quit")),
        ("?", translate("KeysDialog", "This list")),
    )
