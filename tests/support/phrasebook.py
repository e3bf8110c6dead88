"""The phrasebook as it is written."""

import tomllib
from importlib import resources

SENTENCES: dict[str, dict[str, str]] = tomllib.loads(
    (resources.files("stackwatch.domain.words") / "sentences_ko.toml").read_text("utf-8")
)
"""The English and the Korean of every sentence, by the tables they are in."""
