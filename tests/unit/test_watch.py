"""What ``watch`` prints."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.support.fakes import FakeClock
from tests.ui.detail_scene import STARGATE_ALERT

from stackwatch.app import Options, load_world
from stackwatch.commands.watch import Printer
from stackwatch.domain.events import AlertRaised
from stackwatch.domain.watchlist import Language
from stackwatch.storage.locations import user_folders


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.ENGLISH, "Stargate: 4 of 5 linked names down"),
        (Language.KOREAN, "스타게이트: 연결 5종목 중 4종목 하락"),
    ],
)
def test_that_an_alert_is_printed_in_the_language_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: Language, said: str
) -> None:
    options = Options(folders=user_folders(tmp_path), language=language)
    printer = Printer(FakeClock(datetime(2025, 7, 22, 15, tzinfo=UTC)), options, load_world(options.folders))
    printer.started = True
    printer(AlertRaised(STARGATE_ALERT, popup=True))
    assert said in capsys.readouterr().out
