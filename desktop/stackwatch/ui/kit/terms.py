"""What the figures mean that no other list of shares has: tips wherever their names stand."""

from PySide6.QtCore import QCoreApplication


def abnormal_help() -> str:
    """Return what an abnormal move is: its name, and a line of help."""
    tr = QCoreApplication.translate
    told = tr(
        "Watchlist", "what is left of the change without what its usual relation to the market predicts"
    )
    return f"{tr('Watchlist', 'Abnormal move')}\n{told}"


def sar_help() -> str:
    """Return what a SAR is: its name, and a line of help."""
    tr = QCoreApplication.translate
    told = tr("Watchlist", "at 2 or more, either way, the move is unusual for the share")
    return f"{tr('Watchlist', 'SAR: abnormal move in standard errors')}\n{told}"
