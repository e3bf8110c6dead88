"""What reads titles, made of the spellings of an ecosystem and the word lists that ship."""

from typing import TYPE_CHECKING

from stackwatch.domain.watchlist import Ecosystem
from stackwatch.storage.locations import shipped

if TYPE_CHECKING:  # none of these is needed before the first paint
    from stackwatch.analysis.titles.reading import Reader
    from stackwatch.analysis.titles.title_reader import TitleReader


def build_reader(ecosystem: Ecosystem) -> "Reader":
    """Build the reader of titles from the ecosystem's aliases and the shipped word lists."""
    from stackwatch.analysis.names.linker import Linker  # not needed for the first paint
    from stackwatch.analysis.titles.reading import Reader
    from stackwatch.storage.lexicon_file import load_lexicon
    from stackwatch.storage.reading_edition import reading_edition

    lexicon = load_lexicon(shipped("watchlists") / "lexicon.toml")
    return Reader(Linker.of(ecosystem), lexicon, reading_edition(ecosystem))


def late_reader(ecosystem: Ecosystem) -> "TitleReader":
    """Return a reader that is built with the first title: where all were read before, with none."""
    from stackwatch.analysis.titles.title_reader import LateReader
    from stackwatch.storage.reading_edition import reading_edition

    return LateReader(reading_edition(ecosystem), lambda: build_reader(ecosystem))


def linking(reader: "TitleReader", ecosystem: Ecosystem) -> "TitleReader":
    """Return a reader like one with the names of now, which keeps its tables of words where it has them."""
    from stackwatch.analysis.names.linker import Linker
    from stackwatch.analysis.titles.reading import Reader
    from stackwatch.storage.reading_edition import reading_edition

    if not isinstance(reader, Reader):
        return build_reader(ecosystem)
    return reader.linking(Linker.of(ecosystem), reading_edition(ecosystem))
