"""Draw the program's icons from resources/icons/stackwatch.svg: ``python installer/icons.py FOLDER``.

Writes stackwatch.ico (seven sizes), stackwatch.icns, hicolor PNGs, and the pictures of
the disk image and of the setup for Windows. Without FOLDER it writes only the picture
beside the drawing, which the system's notifications show.
Needs Qt and no display. The same drawing gives the same bytes.
"""

import os
import struct
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if sys.platform == "win32":  # off screen Qt would look for fonts beside itself
    os.environ.setdefault("QT_QPA_FONTDIR", str(Path(os.environ["SYSTEMROOT"]) / "Fonts"))

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QPen
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parents[1]
DRAWING = ROOT / "resources" / "icons" / "stackwatch.svg"
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
HICOLOR_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
# Apple's names of a size, of the same pixels at half the size on a Retina screen, and so on.
ICNS_TYPES = (
    *(("icp4", 16), ("icp5", 32), ("ic07", 128), ("ic08", 256), ("ic09", 512), ("ic10", 1024)),
    *(("ic11", 32), ("ic12", 64), ("ic13", 256), ("ic14", 512)),
)
_APPLE_MARGIN = 0.1  # icons of macOS keep a border of a tenth
_NOTIFIED = 128
_DMG_SIZE = (640, 400)
_SETUP_SIDE = (328, 628)
_GROUND, _INK, _LINE = QColor("#F6F7F9"), QColor("#15181C"), QColor("#A9B1BA")


def picture(size: int, margin: float = 0.0) -> QImage:
    """Draw the icon as a square of ``size`` pixels, with a border of ``margin`` of it."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = size * margin
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(edge, edge, size - 2 * edge, size - 2 * edge))
    painter.end()
    return image


def encoded(image: QImage, kind: str = "PNG") -> bytes:
    """Return an image as the bytes of a file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)  # type: ignore[call-overload]  # the stubs want bytes, the library text
    return bytes(data.data())


def bitmap(image: QImage) -> bytes:
    """Return an image as an icon's bitmap: rows from the bottom, blue first, then an empty mask."""
    size = image.width()
    rows = bytes(image.constBits())
    stride = size * 4
    mask = b"\0" * (-(-size // 32) * 4 * size)
    head = struct.pack("<IiiHHIIiiII", 40, size, size * 2, 1, 32, 0, stride * size + len(mask), 0, 0, 0, 0)
    return head + b"".join(rows[y * stride : (y + 1) * stride] for y in range(size - 1, -1, -1)) + mask


def ico() -> bytes:
    """Return the icon of Windows: bitmaps, and a PNG for the largest, as every part of Windows reads them."""
    drawn = [picture(size) for size in ICO_SIZES]
    pictures = [encoded(image) if image.width() == ICO_SIZES[-1] else bitmap(image) for image in drawn]
    offset = 6 + 16 * len(pictures)
    head = struct.pack("<HHH", 0, 1, len(pictures))
    for size, data in zip(ICO_SIZES, pictures, strict=True):
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    return head + b"".join(pictures)


def icns() -> bytes:
    """Return the icon of macOS: named blocks of PNGs."""
    blocks = b""
    for name, size in ICNS_TYPES:
        data = encoded(picture(size, _APPLE_MARGIN))
        blocks += name.encode("ascii") + struct.pack(">I", len(data) + 8) + data
    return b"icns" + struct.pack(">I", len(blocks) + 8) + blocks


def dmg_background(scale: int) -> QImage:
    """Draw what lies behind the two icons of the disk image: an arrow, and what to do."""
    width, height = _DMG_SIZE
    image = QImage(width * scale, height * scale, QImage.Format.Format_RGB32)
    image.fill(_GROUND)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.setPen(QPen(_LINE, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for line in ((280, 190, 360, 190), (344, 176, 360, 190), (344, 204, 360, 190)):
        painter.drawLine(*line)
    painter.setPen(_INK)
    font = QFont()
    font.setPixelSize(15)
    painter.setFont(font)
    words = QRectF(0, 316, width, 30)
    painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), "Drag Stackwatch onto Applications")
    painter.end()
    return image


def setup_side() -> QImage:
    """Draw what stands beside the first and the last page of the setup for Windows, at twice its size."""
    width, height = _SETUP_SIDE
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(_INK)
    edge = width // 3
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage((width - edge) // 2, height // 4 - edge // 2, picture(edge))
    painter.setPen(_GROUND)
    font = QFont()
    font.setPixelSize(width // 12)
    painter.setFont(font)
    words = QRectF(0, height / 4 + edge * 0.6, width, edge / 2)
    painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), "Stackwatch")
    painter.end()
    return image.convertToFormat(QImage.Format.Format_RGB888)


def write_all(folder: Path) -> None:
    """Write every icon and picture into ``folder``."""
    _app = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "stackwatch.ico").write_bytes(ico())
    (folder / "stackwatch.icns").write_bytes(icns())
    for size in HICOLOR_SIZES:
        place = folder / "hicolor" / f"{size}x{size}" / "apps"
        place.mkdir(parents=True, exist_ok=True)
        (place / "stackwatch.png").write_bytes(encoded(picture(size)))
    scalable = folder / "hicolor" / "scalable" / "apps"
    scalable.mkdir(parents=True, exist_ok=True)
    (scalable / "stackwatch.svg").write_bytes(DRAWING.read_bytes())
    (folder / "setup-side.bmp").write_bytes(encoded(setup_side(), "BMP"))
    (folder / "dmg-background.png").write_bytes(encoded(dmg_background(1)))
    (folder / "dmg-background@2x.png").write_bytes(encoded(dmg_background(2)))


def write_picture() -> None:
    """Write the icon of notifications, which not every system draws from an SVG."""
    _app = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    DRAWING.with_suffix(".png").write_bytes(encoded(picture(_NOTIFIED)))


if __name__ == "__main__":
    write_all(Path(sys.argv[1])) if len(sys.argv) > 1 else write_picture()
