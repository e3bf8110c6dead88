"""Who made what is bundled: licence texts, and a bill of materials in CycloneDX's JSON."""

import json
import re
import shutil
import subprocess
import sys
import sysconfig
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from email.message import Message

ROOT = Path(__file__).resolve().parents[1]
FOLDER = "licences"
BILL = "stackwatch.cdx.json"
_LICENCE_FILE = re.compile(r"(?:licen[cs]e|copying|notice|copyright|authors)", re.IGNORECASE)
_NO_TEXT = (".py", ".pyc", ".pyi", ".so", ".pyd")
_SPDX = re.compile(r"[\w.+-]+(?: (?:AND|OR|WITH) [\w.+-]+)*")
_QT = ("PySide6_Essentials", "shiboken6")
_LGPL = "LGPL-3.0-only"

Entry = tuple[str, str, str]


@dataclass
class Component:
    """Something bundled that has a licence of its own."""

    name: str
    version: str
    purl: str
    licence: str
    texts: list[Path] = field(default_factory=list)


def licences_and_bill(sources: list[str], folder: Path, version: str, epoch: int) -> list[Entry]:
    """Write the texts and the bill into ``folder`` and return them as PyInstaller lists files.

    ``sources`` are the files that go into the bundle; raises SystemExit when one of them belongs to nobody.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    components = sorted(_components(sources), key=lambda one: one.name.lower())
    for one in components:
        place = folder / f"{one.name}-{one.version}".replace(":", "_").replace("/", "_")
        place.mkdir()
        for text in one.texts:
            shutil.copyfile(text, place / text.name)
        if not one.texts:
            told = f"{one.name} {one.version}\nLicence as its package declares it: {one.licence}\n"
            (place / "LICENCE.txt").write_text(told, encoding="utf-8")
    bill = json.dumps(_bill(components, version, epoch), indent=1, ensure_ascii=False)
    (folder / BILL).write_text(bill + "\n", encoding="utf-8")
    shutil.copyfile(ROOT / "LICENSE", folder / "Stackwatch-LICENSE.txt")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [(str(Path(FOLDER) / path.relative_to(folder)), str(path), "DATA") for path in files]


def _components(sources: list[str]) -> list[Component]:
    owners: dict[Path, metadata.Distribution] = {}
    for distribution in metadata.distributions():
        for file in distribution.files or ():
            owners[Path(str(distribution.locate_file(file))).resolve()] = distribution
    found: dict[str, Component] = {}
    system: set[Path] = set()
    python = [Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "platstdlib")]
    python += [Path(sys.base_prefix).resolve()]
    for source in sources:
        path = Path(source).resolve()
        owner = owners.get(path)
        if owner is not None:
            found[owner.name] = _distribution(owner)
        elif ROOT in path.parents or "site-packages" in path.parts or not path.exists():
            continue  # our own, or made by PyInstaller's hooks
        elif sys.platform.startswith("linux") and not any(folder in path.parents for folder in python[:2]):
            system.add(path)
        elif not any(folder in path.parents for folder in python) and sys.platform != "win32":
            raise SystemExit(f"bill of materials: {path} belongs to nothing known")
    found["pyinstaller"] = _distribution(
        metadata.distribution("pyinstaller")
    )  # the programs begin with its part
    for one in (_python(), *_debian(system)):
        found[one.name] = one
    return list(found.values())


def _distribution(distribution: metadata.Distribution) -> Component:
    name, version = distribution.name, distribution.version
    told = cast("Message", distribution.metadata)
    licence = told.get("License-Expression") or told.get("License") or ""
    if not licence or "\n" in licence or len(licence) > 80:  # noqa: PLR2004 - a text, no name
        classes = [
            c.rsplit(" :: ", 1)[-1] for c in told.get_all("Classifier") or () if c.startswith("License")
        ]
        licence = ", ".join(classes) or (licence.strip().splitlines() or ["not declared"])[0][:80]
    texts = [
        Path(str(distribution.locate_file(file)))
        for file in distribution.files or ()
        if _LICENCE_FILE.search(file.name) and file.suffix not in _NO_TEXT and "/tests/" not in str(file)
    ]
    if name in _QT:
        licence = _LGPL
        texts = [ROOT / "installer" / "licences" / file for file in ("LGPL-3.0.txt", "GPL-3.0.txt")]
    unique = {text.name: text for text in sorted(texts) if text.is_file()}
    return Component(
        name, version, f"pkg:pypi/{name.lower().replace('_', '-')}@{version}", licence, list(unique.values())
    )


def _python() -> Component:
    version = sys.version.split()[0]
    places = (Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt")
    texts = [place for place in places if place.is_file()][:1]
    return Component("CPython", version, f"pkg:generic/cpython@{version}", "PSF-2.0", texts)


def _debian(paths: set[Path]) -> list[Component]:
    """Name the system's packages that shared libraries were taken from (Linux)."""
    found: dict[str, Component] = {}
    for path in sorted(paths):
        package = _owner_of(path)
        if package is None:
            if Path(sys.base_prefix).resolve() in path.parents:
                continue  # libpython
            raise SystemExit(f"bill of materials: {path} belongs to no package of this system")
        if package in found:
            continue
        version = _said("dpkg-query", "--show", "--showformat=${Version}", package)
        copyright_file = Path("/usr/share/doc") / package.split(":")[0] / "copyright"
        texts = [copyright_file] if copyright_file.is_file() else []
        purl = f"pkg:deb/{package.split(':')[0]}@{version}"
        found[package] = Component(package.split(":")[0], version, purl, "see its copyright file", texts)
    return list(found.values())


def _owner_of(path: Path) -> str | None:
    """Return the Debian package of a file, which may be known without the leading ``/usr``."""
    for name in (str(path), str(path).removeprefix("/usr")):
        told = _said("dpkg-query", "--search", name)
        if told:
            return told.split(": ", 1)[0].split(",")[0]
    return None


def _said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def _bill(components: list[Component], version: str, epoch: int) -> dict[str, object]:
    rows = [
        {
            "type": "library",
            "bom-ref": one.purl,
            "name": one.name,
            "version": one.version,
            "purl": one.purl,
            "licenses": [_licence(one.licence)],
        }
        for one in components
    ]
    own = f"pkg:generic/stackwatch@{version}"
    content = json.dumps(rows, sort_keys=True) + own + sys.platform
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid.uuid5(uuid.NAMESPACE_URL, content).urn,
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).isoformat().replace("+00:00", "Z"),
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": "Stackwatch",
                "version": version,
                "purl": own,
                "licenses": [{"license": {"id": "MIT"}}],
            },
        },
        "components": rows,
        "dependencies": [{"ref": own, "dependsOn": sorted(one.purl for one in components)}],
    }


def _licence(told: str) -> dict[str, object]:
    """Say a licence as an SPDX expression where it looks like one, else by the name it was given."""
    compound = _SPDX.fullmatch(told) and ("-" in told or told in ("MIT", "ISC", "0BSD", "Zlib"))
    return {"expression": told} if compound else {"license": {"name": told}}
