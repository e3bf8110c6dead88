"""Sound: with what the system brings, never two at once, and silence where there is none."""

import stat
import sys
import wave
from dataclasses import replace
from pathlib import Path

import pytest
from tests.ui.detail_scene import STARGATE_ALERT

from stackwatch.domain.rule import Severity
from stackwatch.domain.settings import Settings
from stackwatch.storage.locations import shipped
from stackwatch.storage.settings_file import load_settings, save_settings
from stackwatch.system import sounds
from stackwatch.window_app import _sound

FILE = shipped("resources") / "sounds" / "popup.wav"


class Counted:
    """Takes the place of a loudspeaker."""

    def __init__(self) -> None:
        self.played = 0

    def play(self) -> None:
        self.played += 1


def test_that_the_file_is_short_and_plain() -> None:
    with wave.open(str(FILE)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        assert 0.2 < file.getnframes() / file.getframerate() < 1.0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a shell script stands for the player")
def test_that_the_systems_player_gets_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script, heard = tmp_path / "aplay", tmp_path / "heard"
    script.write_text(f'#!/bin/sh\nprintf %s "$1" > {heard}\n', encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    speaker = sounds.Sounds(FILE)
    speaker.play()
    assert speaker._playing is not None
    assert speaker._playing.wait(5) == 0
    assert heard.read_text(encoding="utf-8") == str(FILE)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the other systems always have a player")
def test_that_without_a_player_it_is_silent_and_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    speaker = sounds.Sounds(FILE)
    for _ in range(2):
        speaker.play()
    assert caplog.text.count("no sound") == 1


@pytest.mark.parametrize(
    ("least", "own", "times"),
    [(None, True, 0), (Severity.NOTICE, True, 1), (Severity.SEVERE, True, 0), (Severity.NOTICE, False, 0)],
)
def test_that_a_sound_needs_the_users_choice_the_severity_and_the_rules_own(
    least: Severity | None, *, own: bool, times: int
) -> None:
    speaker = Counted()
    alert = replace(STARGATE_ALERT, sound=own, severity=Severity.ALERT)
    _sound(alert, Settings(sound_from=least), speaker)  # type: ignore[arg-type]
    assert speaker.played == times


def test_that_the_choice_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    assert load_settings(path).sound_from is None
    save_settings(path, Settings(sound_from=Severity.ALERT))
    assert load_settings(path).sound_from is Severity.ALERT
    assert 'sound = "alert"' in path.read_text(encoding="utf-8")
