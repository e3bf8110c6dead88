"""The word lists that titles are read with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stackwatch.analysis.tone.wares import Ware
from stackwatch.domain.news import StoryTheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Word lists in English and Korean; a word ending in ``*`` is a stem, a Korean word always is.

    ``activity`` is what a company does, good where nothing else is said, and not with a ``routine`` word;
    a ``deed`` is news, and bad only where it is not done; ``praise`` takes a side without being news.
    ``things`` tell the theme of a title in which no word of ``themes`` stands.
    An ``onlooker`` (a broker, an office, an index) that heads a Korean title is not whom it is about.
    From the clause with a ``feature`` word on, a title has no tone.
    A ``scarce`` or dear ware is good for its makers, an ``ample`` one bad; ``price`` says what rises.
    """

    good: tuple[str, ...]
    bad: tuple[str, ...]
    negation: tuple[str, ...]
    rising: tuple[str, ...]
    falling: tuple[str, ...]
    bad_object: tuple[str, ...]
    threat: tuple[str, ...]
    despite: tuple[str, ...]
    neutral: tuple[str, ...]
    themes: Mapping[StoryTheme, tuple[str, ...]]
    price_talk: tuple[str, ...]
    evergreen: tuple[str, ...]
    things: Mapping[StoryTheme, tuple[str, ...]] = field(default_factory=dict)
    ending: tuple[str, ...] = ()
    burden: tuple[str, ...] = ()
    clearing: tuple[str, ...] = ()
    done_for: tuple[str, ...] = ()
    done_to: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    bought: tuple[str, ...] = ()
    sold: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    activity: tuple[str, ...] = ()
    deed: tuple[str, ...] = ()
    praise: tuple[str, ...] = ()
    routine: tuple[str, ...] = ()
    charity: tuple[str, ...] = ()
    aim: tuple[str, ...] = ()
    onlooker: tuple[str, ...] = ()
    feature: tuple[str, ...] = ()
    scarce: tuple[str, ...] = ()
    ample: tuple[str, ...] = ()
    price: tuple[str, ...] = ()
    wares: tuple[Ware, ...] = ()
    denial: tuple[str, ...] = ()
    correction: tuple[str, ...] = ()
