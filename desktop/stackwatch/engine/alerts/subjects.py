"""Whom a rule watches."""

from collections.abc import Callable, Iterator, Sequence

from stackwatch.domain.rule import NEWS_KINDS, Rule, RuleKind, SubjectKind
from stackwatch.domain.watchlist import Watchlist

BENCHMARKS = "benchmark"  # the layer that is only compared with


def subjects_of(rule: Rule, watchlist: Watchlist, members: Callable[[str], Sequence[str]]) -> tuple[str, ...]:
    """Return the symbols, layers or private entities that a rule watches, each once.

    ``members`` gives the names tied to a private entity.
    """
    return tuple(dict.fromkeys(_subjects(rule, watchlist, members)))


def _subjects(rule: Rule, watchlist: Watchlist, members: Callable[[str], Sequence[str]]) -> Iterator[str]:
    if rule.subject_kind is SubjectKind.SYMBOL:
        yield rule.subject
    elif rule.kind is RuleKind.LAYER_MOVE:
        yield from (
            layer.id
            for layer in watchlist.layers
            if rule.subject in ("*", layer.id) and layer.id != BENCHMARKS
        )
    elif rule.subject_kind is SubjectKind.PRIVATE:
        entities = watchlist.entities if rule.subject == "*" else (rule.subject,)
        if rule.kind is RuleKind.ENTITY_SHOCK or rule.kind in NEWS_KINDS:
            yield from entities
        else:  # the names tied to it
            yield from (symbol for entity in entities for symbol in members(entity))
    elif rule.subject_kind is SubjectKind.LAYER:
        chosen = [layer for layer in watchlist.layers if rule.subject in ("*", layer.id)]
        yield from (symbol for layer in chosen for symbol in layer.symbols)
    elif rule.subject in ("*", watchlist.id):
        yield from watchlist.symbols
        if rule.kind in NEWS_KINDS:
            yield from watchlist.entities
