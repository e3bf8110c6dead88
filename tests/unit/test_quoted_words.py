"""The words of the window that a document quotes, in *italics*, are those that stand there."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from installer.translations import translated
from tests.support.phrasebook import SENTENCES

from stackwatch.domain.watchlist import Language

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "desktop" / "stackwatch"
DOCUMENTS = (
    "README.md",
    "docs/README.ko.md",
    "docs/manual.md",
    "docs/manual.ko.md",
    "docs/install.md",
    "docs/install.ko.md",
    "docs/data-sources.md",
)
_FIELD = "\0"  # stands for what the program puts into a text
_FIELDS = re.compile(r"\{[^{}]*\}|%\d|%n")
_PART = re.compile(rf"{_FIELD}| · |[.;] |\(")  # between the parts of a text that can be quoted alone
_EDGE = " .,:;()…·"  # not part of a quoted word: a button's dots, a sentence's end


def quoted(document: str) -> list[str]:
    """Return what a document has in italics, outside of code."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", document, flags=re.DOTALL)
    return re.findall(r"(?<!\*)\*([^*\n]+(?:\n[^*\n]+)?)\*(?!\*)", text)


def is_shown(words: str) -> bool:
    """Whether the program shows these words: a whole text, a part of one, or one with its fields filled."""
    whole, with_fields = _texts()
    words = _bare(words)
    if words in whole:
        return True
    fillings = (found.groups() for text in with_fields if (found := text.fullmatch(words)))
    return any(len("".join(filling)) <= len(words) / 2 for filling in fillings)  # else it could be anything


@cache
def _texts() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return every text of the program and its parts, and those with fields as patterns."""
    texts = {_FIELDS.sub(_FIELD, each) for each in _written()}
    whole = {_bare(part) for text in texts for part in (text, *_PART.split(text))}
    with_fields = (_bare(text) for text in texts if _FIELD in text)
    patterns = (re.compile("(.+?)".join(map(re.escape, text.split(_FIELD)))) for text in with_fields)
    return frozenset(whole - {""}), tuple(patterns)


def _written() -> Iterator[str]:
    """Yield the texts in the code, those of names in both languages among them, and the translated ones."""
    yield from translated(Language.KOREAN).values()
    for pairs in SENTENCES.values():
        yield from pairs.values()
    for path in PROGRAM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.JoinedStr):
                yield "".join(
                    str(part.value) if isinstance(part, ast.Constant) else _FIELD for part in node.values
                )


def _bare(words: str) -> str:
    """Return words as they are compared: a text may begin a sentence, and a line may break in it."""
    words = re.sub(r"\s+", " ", words).strip(_EDGE)
    return words[:1].lower() + words[1:]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_that_words_quoted_from_the_window_stand_there(name: str) -> None:
    assert [each for each in quoted((ROOT / name).read_text("utf-8")) if not is_shown(each)] == []


@pytest.mark.parametrize("words", ["Show popups once more", "43 of 60 weeks", "팝업 잠시 끄기"])
def test_that_words_which_stand_nowhere_are_found_out(words: str) -> None:
    assert not is_shown(words)
