"""What is loaded behind the painted list."""

import threading

import pytest

from stackwatch.ui.frame import opening


def test_that_the_window_goes_on_painting_while_what_draws_the_chart_is_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    painted, loaded = threading.Semaphore(0), list[tuple[str, bool]]()

    def load(module: str) -> None:
        aside = threading.current_thread() is not threading.main_thread()
        if aside:
            assert all(painted.acquire(timeout=5) for _ in range(3))
        loaded.append((module, aside))

    monkeypatch.setattr(opening, "import_module", load)
    monkeypatch.setattr(opening, "breathe", painted.release)
    opening.load_chart()
    aside = [module for module, elsewhere in loaded if elsewhere]
    assert aside == ["numpy", "stackwatch.ui.chart.chart_plot"]


def test_that_what_cannot_be_loaded_is_said_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(module: str) -> None:
        raise ImportError(module)

    monkeypatch.setattr(opening, "import_module", fail)
    monkeypatch.setattr(threading, "excepthook", lambda _told: None)
    with pytest.raises(ImportError):
        opening.load_chart()
