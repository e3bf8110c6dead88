"""Make resources/sounds/popup.wav: ``python installer/sounds.py``. Two short sine tones that fade out."""

import math
import struct
import wave
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "resources" / "sounds" / "popup.wav"
RATE = 22_050
TONES = ((587.33, 0.0), (880.0, 0.11))  # hertz, and the second at which each begins
SECONDS, LOUD = 0.45, 0.22


def main() -> None:
    """Write the file; the same every time."""
    frames = bytearray()
    for place in range(round(RATE * SECONDS)):
        now, value = place / RATE, 0.0
        for hertz, begins in TONES:
            since = now - begins
            if since >= 0:
                value += (
                    math.sin(2 * math.pi * hertz * since) * min(since / 0.006, 1.0) * math.exp(-since * 11)
                )
        frames += struct.pack("<h", round(value * LOUD * 32_767))
    FILE.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(FILE), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(bytes(frames))


if __name__ == "__main__":
    main()
