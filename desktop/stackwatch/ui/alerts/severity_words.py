"""How severe an alert is, in the language in use."""

from PySide6.QtCore import QCoreApplication

from stackwatch.domain.rule import Severity


def severity_word(level: Severity) -> str:
    """Return the word that the rule editor has for a severity."""
    translate = QCoreApplication.translate
    return {
        Severity.NOTICE: translate("MannerFields", "Notice"),
        Severity.ALERT: translate("MannerFields", "Alert"),
        Severity.SEVERE: translate("MannerFields", "Severe"),
    }[level]
