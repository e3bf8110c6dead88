"""Files that save a request or a computation: whoever reads one meanwhile finds the old or the new."""

import os
import threading
from pathlib import Path


def keep_file(path: Path, text: str) -> None:
    """Write a file aside and put it in its place, in a folder that is made; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        draft.write_text(text, "utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
