"""Fixtures shared by every test."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from stackwatch.ui.frame.program import Program

pytest_plugins = ["tests.wire.fixtures"]


@pytest.fixture(scope="session")
def qapp_cls() -> "type[Program]":
    """Let tests run in the application that the program runs in."""
    from stackwatch.ui.frame.program import Program  # noqa: PLC0415 - most tests need no Qt

    return Program
