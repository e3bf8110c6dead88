from threading import Event

import pytest
from PySide6.QtCore import QObject, QThread, QThreadPool
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from stackwatch.ui.kit.background import in_background


def test_that_work_is_done_beside_the_gui_thread_and_told_on_it(qtbot: QtBot, qapp: QApplication) -> None:
    owner, told = QObject(), list[tuple[object, object]]()
    in_background(owner, QThread.currentThread, lambda there: told.append((there, QThread.currentThread())))
    qtbot.waitUntil(lambda: bool(told))
    ((there, here),) = told
    assert (there is qapp.thread(), here is qapp.thread()) == (False, True)


def test_that_who_asked_may_be_gone_before_the_work_is_done(
    qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    owner, other, go_on, told = QObject(), QObject(), Event(), list[object]()
    in_background(owner, go_on.wait, told.append)
    delete(owner)
    go_on.set()
    assert QThreadPool.globalInstance().waitForDone(10_000)
    in_background(other, lambda: "later", told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["later"]
    assert capfd.readouterr().err == ""  # the pool prints what a piece of work raises
