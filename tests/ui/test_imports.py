"""Modules that are imported while Qt is there."""

import linecache
from pathlib import Path

import pytest

import stackwatch.ui  # noqa: F401 - takes PySide's import hook out


def test_that_the_source_of_later_modules_is_not_read_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "imported_after_qt.py"
    file.write_text("NAME = 'PySide6'\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    __import__("imported_after_qt")
    assert str(file) not in linecache.cache
