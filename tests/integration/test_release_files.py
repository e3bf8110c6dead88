"""What a release is made from: locks, property lists and workflows that agree with the program."""

import importlib.util
import plistlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from stackwatch import __version__

ROOT = Path(__file__).resolve().parents[2]
INSTALLER = ROOT / "installer"
LOCKS = sorted((INSTALLER / "requirements").glob("*.txt"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def pins(lock: Path) -> dict[str, tuple[int, ...]]:
    found = re.findall(r"^([\w.-]+)==([\d.]+)", lock.read_text("utf-8"), re.MULTILINE)
    return {name.lower().replace("_", "-"): numbers(version) for name, version in found}


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.rstrip(".").split("."))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_that_every_lock_holds_what_the_program_needs_with_hashes_and_no_address(lock: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pinned = pins(lock)
    for wanted in project["dependencies"]:
        told, _, marker = wanted.partition(";")
        name, least = re.match(r"([\w.-]+)>=([\d.]+)", told).groups()
        if marker and lock.stem != "windows":
            continue
        assert pinned[name.lower().replace("_", "-")] >= numbers(least), f"{lock.name}: {wanted}; re-lock"
    text = lock.read_text("utf-8")
    assert "://" not in text
    assert all("--hash=sha256:" in entry for entry in re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:])


def script(path: Path) -> ModuleType:
    """Load a script of the installer, which is no package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_that_the_app_of_macos_asks_for_the_system_that_its_qt_needs() -> None:
    module = script(INSTALLER / "bundle_contents.py")
    for name in ("macos-arm64", "macos-x86_64"):
        qt = pins(INSTALLER / "requirements" / f"{name}.txt")["pyside6-essentials"]
        assert module.lowest_macos(".".join(map(str, qt))) == "13.0"
    assert module.lowest_macos("6.12.0") == "14.0"
    with pytest.raises(SystemExit, match="which macOS"):
        module.lowest_macos("7.0.1")


def test_that_the_property_lists_of_macos_say_what_they_must_and_open_no_more() -> None:
    told = plistlib.loads((INSTALLER / "macos" / "Info.plist").read_bytes())
    assert told["NSHighResolutionCapable"] is True
    assert told["NSUserNotificationsUsageDescription"]
    assert told["CFBundleLocalizations"] == ["en", "ko"]
    assert "LSMinimumSystemVersion" not in told  # the build knows
    allowed = plistlib.loads((INSTALLER / "macos" / "entitlements.plist").read_bytes())
    assert allowed == {"com.apple.security.cs.allow-unsigned-executable-memory": True}


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_that_a_workflow_runs_only_pinned_actions_and_files_that_exist(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    used = re.findall(r"uses: (.+)", text)
    assert used
    for one in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one), one
    for name in re.findall(r"(?<![\w/])installer/[\w./-]*\.(?:py|sh|nsi|txt)\b", text):
        assert (ROOT / name).is_file(), f"{workflow.name}: {name}"
    assert "pull_request_target" not in text


def test_that_a_release_checks_every_program_where_it_was_installed() -> None:
    text = next(path for path in WORKFLOWS if path.name == "release.yml").read_text("utf-8")
    for command in (
        "--program ~/.local/lib/stackwatch/stackwatch",
        "xvfb-run -a stackwatch --self-check",
        "/Applications/Stackwatch.app/Contents/MacOS/stackwatch --self-check",
        'stackwatch-cli.exe" --self-check',
    ):
        assert command in text


@pytest.mark.parametrize("page", ["install.md", "install.ko.md"])
def test_that_a_draft_waits_for_every_file_that_the_page_on_installing_names(page: str) -> None:
    text = next(path for path in WORKFLOWS if path.name == "release.yml").read_text("utf-8")
    awaited = re.findall(r'"([\w$.{}-]+\.(?:exe|dmg|deb|gz))"', text[text.index("for file in") :])
    made = {re.sub(r"\$\{?version\}?", __version__, name) for name in awaited}
    table = [line for line in (ROOT / "docs" / page).read_text("utf-8").splitlines() if line.startswith("|")]
    assert made == set(re.findall(r"`([\w.-]+\.(?:exe|dmg|deb|gz))`", "\n".join(table)))


@pytest.mark.parametrize("fault", [None, subprocess.TimeoutExpired("osascript", 120)])
def test_that_an_image_is_made_though_the_finder_refuses_or_hangs(
    fault: Exception | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))  # the script adds to it
    module = script(INSTALLER / "macos" / "make_dmg.py")

    def refuse(*_given: object, **_options: object) -> subprocess.CompletedProcess[str]:
        if fault is not None:
            raise fault
        return subprocess.CompletedProcess([], 1)

    monkeypatch.setattr(module.subprocess, "run", refuse)
    module.lay_out()
    assert "the image works all the same" in capsys.readouterr().out
