"""Make the disk image: ``python installer/macos/make_dmg.py`` on a Mac, after ``installer/build.py``.

The app, a link to Applications and the picture behind them. With ``STACKWATCH_IDENTITY`` (a Developer ID) in
the environment the image is signed, and with ``APPLE_ID``, ``APPLE_TEAM_ID`` and ``APPLE_PASSWORD`` it is
notarised and stapled too; without them the app keeps its ad-hoc signature (docs/install.md).
"""

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "installer"))

from build import DIST, version  # noqa: E402 - after the path is set

APP = DIST / "Stackwatch.app"
# Where the Finder puts things in the window; dmg-background.png is drawn for it.
LAYOUT = """
tell application "Finder"
  tell disk "Stackwatch"
    open
    set current view of container window to icon view
    set toolbar visible of container window to false
    set statusbar visible of container window to false
    set bounds of container window to {200, 120, 840, 548}
    set options to the icon view options of container window
    set arrangement of options to not arranged
    set icon size of options to 96
    set background picture of options to file ".background:background.tiff"
    set position of item "Stackwatch.app" of container window to {180, 190}
    set position of item "Applications" of container window to {460, 190}
    update without registering applications
    close
  end tell
end tell
"""


def main() -> int:
    """Make, sign and notarise, as far as the environment allows."""
    if not APP.is_dir():
        print(f"make_dmg: {APP} is not there; build it first", file=sys.stderr)
        return 2
    image = DIST / f"Stackwatch-{version()}-macos-{platform.machine()}.dmg"
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), image)
    sign(image)
    print(f"{image.name}: {image.stat().st_size / 1e6:.0f} MB")
    return 0


def make(folder: Path, image: Path) -> None:
    """Lay out a writable image and pack it."""
    content, icons, writable = folder / "content", folder / "icons", folder / "writable.dmg"
    content.mkdir()
    run("ditto", str(APP), str(content / "Stackwatch.app"))  # keeps what a signature hangs on
    run("codesign", "--verify", "--deep", "--strict", str(content / "Stackwatch.app"))
    (content / "Applications").symlink_to("/Applications")
    (content / ".background").mkdir()
    run(sys.executable, str(ROOT / "installer" / "icons.py"), str(icons))
    pictures = [str(icons / name) for name in ("dmg-background.png", "dmg-background@2x.png")]
    run("tiffutil", "-cathidpicheck", *pictures, "-out", str(content / ".background" / "background.tiff"))
    source = ("-volname", "Stackwatch", "-srcfolder", str(content))
    run("hdiutil", "create", *source, "-fs", "HFS+", "-format", "UDRW", str(writable))
    run("hdiutil", "attach", "-readwrite", "-noverify", "-noautoopen", str(writable))
    try:
        lay_out()
    finally:
        run("hdiutil", "detach", "-force", "/Volumes/Stackwatch")
    image.unlink(missing_ok=True)
    run("hdiutil", "convert", str(writable), "-format", "UDZO", "-o", str(image))


def lay_out() -> None:
    """Ask the Finder for the window; one that refuses, or waits for somebody to allow it, is left alone."""
    try:
        done = subprocess.run(["osascript", "-e", LAYOUT], timeout=120, check=False)  # noqa: S607
        refused = done.returncode != 0
    except subprocess.TimeoutExpired:
        refused = True
    if refused:
        print("make_dmg: the Finder did not lay the window out; the image works all the same")


def sign(image: Path) -> None:
    """Sign, notarise and staple where the environment says by whom."""
    identity = os.environ.get("STACKWATCH_IDENTITY")
    if not identity:
        print("make_dmg: no STACKWATCH_IDENTITY: ad-hoc signature, not notarised")
        return
    run("codesign", "--sign", identity, "--timestamp", str(image))
    told = [os.environ.get(name, "") for name in ("APPLE_ID", "APPLE_TEAM_ID", "APPLE_PASSWORD")]
    if not all(told):
        print("make_dmg: no APPLE_ID, APPLE_TEAM_ID and APPLE_PASSWORD: signed, not notarised")
        return
    who = ("--apple-id", told[0], "--team-id", told[1], "--password", told[2])
    run("xcrun", "notarytool", "submit", str(image), *who, "--wait")
    run("xcrun", "stapler", "staple", str(image))
    run("spctl", "--assess", "--type", "open", "--context", "context:primary-signature", str(image))


def run(*command: str) -> None:
    """Run a tool of macOS; SystemExit when it fails, without the words it was given: some are secret."""
    if code := subprocess.run(command, check=False).returncode:
        raise SystemExit(f"make_dmg: {Path(command[0]).name} {command[1]} ended with {code}")


if __name__ == "__main__":
    sys.exit(main())
