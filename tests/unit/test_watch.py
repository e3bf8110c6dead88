"""What ``watch`` prints."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.support.fakes import FakeClock
from tests.ui.detail_scene import STARGATE_ALERT

from stackwatch.app import Options, load_world
from stackwatch.commands.watch import Printer
from stackwatch.domain.alert import WAITS
from stackwatch.domain.events import AlertRaised, HealthChanged
from stackwatch.domain.fault_events import NoticeGiven
from stackwatch.domain.health import Health, HealthState
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


@pytest.mark.parametrize(
    ("reason", "language", "said"),
    [
        ("its rule was snoozed", Language.ENGLISH, "[notice, no popup: its rule was snoozed]"),
        ("its rule was snoozed", Language.KOREAN, "[참고, 팝업 없음: 규칙을 미룸]"),
        (WAITS, Language.ENGLISH, "[notice]"),  # another program has not decided it yet
        (None, Language.ENGLISH, "[notice]"),
    ],
)
def test_that_an_alert_without_a_popup_is_printed_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], reason: str | None, language: Language, said: str
) -> None:
    """A rule that is snoozed in the window looked in ``watch`` like one that is not."""
    options = Options(folders=user_folders(tmp_path), language=language)
    printer = Printer(FakeClock(datetime(2025, 7, 22, 15, tzinfo=UTC)), options, load_world(options.folders))
    printer.started = True
    printer(AlertRaised(replace(STARGATE_ALERT, suppressed_by=reason), popup=False))
    assert said in capsys.readouterr().out


@pytest.mark.parametrize("as_json", [False, True])
def test_that_an_outage_of_hours_is_said_once_in_words_and_adds_up_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    options = Options(folders=user_folders(tmp_path), json=as_json)
    clock = FakeClock(datetime(2026, 3, 10, 15, tzinfo=UTC))
    printer = Printer(clock, options, load_world(options.folders))
    printer.started = True
    gone = Health(
        source="Yahoo",
        state=HealthState.OFFLINE,
        since=clock.now(),
        detail="news: no connection",
        next_try=None,
    )
    for _ in range(60):
        clock.advance(minutes=1)
        printer(HealthChanged(replace(gone, next_try=clock.now() + timedelta(minutes=1))))
    assert printer.failures == "news: no connection"
    told = capsys.readouterr().out.splitlines()
    if as_json:  # where the time of the next try is a field
        assert len({json.loads(line)["next_try"] for line in told}) == 60
    else:
        assert told == ["health     Yahoo: offline news: no connection"]
    printer(HealthChanged(replace(gone, state=HealthState.OK, detail="3 headlines")))
    assert "3 headlines" in capsys.readouterr().out
    assert printer.failures == ""


def test_that_a_list_that_an_editor_broke_is_told_beside_the_lines_that_programs_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = Options(folders=user_folders(tmp_path), json=True)
    printer = Printer(FakeClock(datetime(2026, 3, 10, 15, tzinfo=UTC)), options, load_world(options.folders))
    printer.started = True
    printer(NoticeGiven("watchlist.toml, line 3: expected a name."))
    assert capsys.readouterr() == ("", "stackwatch: watchlist.toml, line 3: expected a name.\n")
