"""Name what readings of titles rest on, so that one that was kept is known to be out of date."""

import hashlib
import sys
from pathlib import Path

import msgspec

import stackwatch
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.storage.locations import shipped

_LETTERS = 16
_READS = ("names", "titles", "tone", "words")  # the folders of ``analysis`` that read titles


def reading_edition(ecosystem: Ecosystem) -> str:
    """Return a name that is another with other spellings, word lists or code.

    Of the code it is when each file was written and how large it is: a frozen build has none, and there the
    version stands for it.
    """
    projects = sorted(entity.id for entity in ecosystem.private.values() if entity.kind == "project")
    package = Path(stackwatch.__file__).parent / "analysis"
    files = (
        shipped("watchlists") / "lexicon.toml",
        *(f for each in _READS for f in package.glob(f"{each}/*.py")),
    )
    stamps = sorted((path.name, (stat := path.stat()).st_size, stat.st_mtime_ns) for path in files)
    told = (stackwatch.__version__, sys.version_info[:2], stamps, projects, ecosystem.aliases)
    return hashlib.blake2b(msgspec.json.encode(told)).hexdigest()[:_LETTERS]
