"""Fixtures shared by every test."""

import gc
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support import rig, shared

from stackwatch.system.display import find_fonts

if TYPE_CHECKING:
    from stackwatch.ui.frame.program import Application

sys.dont_write_bytecode = False  # what tests start, and their next run, need not compile everything again
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
find_fonts()
shared.share()
if sys.platform == "darwin":  # off screen Qt's own font is none that is there
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.fonts.warning=false")

# How fast a machine is that does other work, too, says nothing of the program. What passes here passes there:
# every run tries the same examples, and others are tried on purpose (--hypothesis-profile=search).
steady = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", steady)
settings.register_profile("steady", steady, derandomize=True)
settings.load_profile("steady")

pytest_plugins = ["tests.wire.fixtures"]


@settings(max_examples=1)
@given(st.none())
def _begin(_nothing: None) -> None:
    """Let Hypothesis register its own random numbers: it looks who holds them, and sees nobody frozen."""


def pytest_collection_finish() -> None:
    """Let every later collection of garbage leave out what is loaded by now: it stays to the end."""
    _begin()
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def closed_rigs() -> Iterator[None]:
    """Close the databases that a test's rigs opened: left to the collector, Python 3.13 complains of them."""
    yield
    rig.close_rigs()


@pytest.fixture(scope="session")
def qapp_cls() -> "type[Application]":
    """Let tests run in the application that the program runs in."""
    from stackwatch.ui.frame.program import Application  # most tests need no Qt

    return Application
