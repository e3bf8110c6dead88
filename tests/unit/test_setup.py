"""The script that sets up the environment, where the Python that runs it will not do."""

import runpy
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "installer" / "setup.py"


@pytest.mark.parametrize("version", ["3.10.12", "3.15.0"])
def test_that_a_python_that_lacks_libraries_is_named_before_anything_is_installed(
    version: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", tuple(map(int, version.split("."))))
    monkeypatch.setattr(sys, "version", f"{version} (main)")
    monkeypatch.setattr("sys.argv", ["setup.py", "stackwatch"])
    with pytest.raises(SystemExit, match="2"):
        runpy.run_path(str(SCRIPT), run_name="__main__")
    assert capsys.readouterr().err == f"setup: Stackwatch needs Python 3.11 to 3.14; this is {version}\n"


def test_that_the_script_and_the_project_name_the_same_pythons() -> None:
    oldest, newest = (runpy.run_path(str(SCRIPT))[name] for name in ("OLDEST", "NEWEST"))
    project = (SCRIPT.parents[1] / "pyproject.toml").read_text("utf-8")
    wanted = f">={oldest[0]}.{oldest[1]},<{newest[0]}.{newest[1] + 1}"
    assert f'requires-python = "{wanted}"' in project
