"""Every dependency has a reason and a licence in the documents, is declared, and is used."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from stackwatch.ui.preferences.settings_keys import LICENCES

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| (?!Package)([\w-]+) \| .+ \| ([\w.-]+) \|$", TEXT, re.MULTILINE))
SPELLED = {
    "Apache-2.0": "apache",
    "MIT": "mit",
    "BSD-3-Clause": "bsd-3-clause",
    "BSD-2-Clause": "bsd.2-clause",
    "MPL-2.0": "mpl-2.0",
    "LGPL-3.0-only": "lgpl-3.0-only",
}
MODULES = {
    "PySide6-Essentials": "PySide6",
    "desktop-notifier": "desktop_notifier",
    "APScheduler": "apscheduler",
}
NOT_IMPORTED = {"tzdata", "qtawesome"}  # data and a font, which are read by path


def declared() -> dict[str, list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = {"run": project["project"]["dependencies"], "develop": project["dependency-groups"]["dev"]}
    return {
        group: [match[0] for need in needs if (match := re.match(r"[\w-]+", need))]
        for group, needs in groups.items()
    }


def test_that_every_dependency_is_in_the_table_and_nothing_else() -> None:
    run, develop = TEXT.split("## To run", 1)[1].split("## To develop", 1)
    for part, group in ((run, "run"), (develop.split("\n## ", 1)[0], "develop")):
        named = re.findall(r"^\| (?!Package)([\w-]+) \|", part, re.MULTILINE)
        assert sorted(named) == sorted(declared()[group])


@pytest.mark.parametrize("name", ROWS)
def test_that_a_licence_is_the_one_that_the_package_declares(name: str) -> None:
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        pytest.skip("not needed on this system")
    keys = ("License-Expression", "License", "Classifier")
    text = "\n".join(one for key in keys for one in about.get_all(key) or () if one)
    assert re.search(SPELLED[ROWS[name]], text, re.IGNORECASE), text[:200]


def test_that_nothing_is_declared_that_the_program_does_not_use() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "desktop").rglob("*.py"))
    unused = [
        name
        for name in declared()["run"]
        if name not in NOT_IMPORTED
        and not re.search(rf"^\s*(?:from|import) {MODULES.get(name, name)}\b", sources, re.MULTILINE)
    ]
    assert unused == []


def test_that_the_program_names_every_part_with_its_licence() -> None:
    said = {name.lower(): licence for licence, names in LICENCES.items() for name in names.split()}
    for name in declared()["run"]:
        assert said[name.removesuffix("-Essentials").lower()] in ROWS[name]
