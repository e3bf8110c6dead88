"""Bring the translation files up to date: ``python installer/translations.py`` after any text changed.

Reads every ``self.tr("...")`` and ``translate("Context", "...")`` of the interface, keeps the translations
that each language's .ts file holds for them, and compiles the .qm files. Untranslated texts stay as
unfinished.
"""

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from stackwatch.domain.watchlist import Language

ROOT = Path(__file__).resolve().parent.parent
INTERFACE = ROOT / "desktop" / "stackwatch" / "ui"
FILES: dict[Language, Path] = {
    language: ROOT / "resources" / "translations" / f"stackwatch_{language.value}.ts"
    for language in Language
    if language is not Language.ENGLISH
}

Text = tuple[str, str]
"""A context (the class that shows it) and the English source."""


@cache
def texts() -> frozenset[Text]:
    """Return every text of the interface that is to be translated."""
    return frozenset(
        text
        for path in INTERFACE.rglob("*.py")
        for text in _texts_in(ast.parse(path.read_text(encoding="utf-8")), "")
    )


def _texts_in(node: ast.AST, context: str) -> Iterator[Text]:
    if isinstance(node, ast.ClassDef):
        context = node.name
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if name in ("tr", "translate") and words:
            yield (words[0], words[1]) if len(words) > 1 else (context, words[0])
    for child in ast.iter_child_nodes(node):
        yield from _texts_in(child, context)


def translated(language: Language) -> dict[Text, str]:
    """Return the finished translations into a language."""
    path = FILES[language]
    if not path.exists():
        return {}
    found = {}
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 - a file of this repository
        for message in context.iter("message"):
            words = message.findtext("translation")
            if words:
                found[context.findtext("name") or "", message.findtext("source") or ""] = words
    return found


def write(known: dict[Text, str], language: Language, path: Path) -> None:
    """Write a .ts file with every text of the interface; the same texts give the same file."""
    root = ET.Element("TS", version="2.1", language=language.value, sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for context, source in sorted(texts()):
        if context not in contexts:
            contexts[context] = ET.SubElement(root, "context")
            ET.SubElement(contexts[context], "name").text = context
        message = ET.SubElement(contexts[context], "message")
        ET.SubElement(message, "source").text = source
        words = ET.SubElement(message, "translation")
        if (context, source) in known:
            words.text = known[context, source]
        else:
            words.set("type", "unfinished")
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def main() -> None:
    """Rewrite the .ts files and compile them."""
    release = Path(sys.executable).parent / "pyside6-lrelease"
    for language, path in FILES.items():
        write(translated(language), language, path)
        subprocess.run([release, "-silent", path, "-qm", path.with_suffix(".qm")], check=True)


if __name__ == "__main__":
    main()
