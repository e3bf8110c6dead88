"""The shipped rules and the user's own ``rules.toml`` together, as the engine's RuleFile port."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.rule import Rule, SubjectKind
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.storage.rules.rules_editing import cut_rules, save_rules
from stackwatch.storage.rules.rules_file import load_rules, read_rules
from stackwatch.storage.toml.toml_cutting import RemovedTables, put_back
from stackwatch.storage.whole_file import file_stamp, is_there

_TOLD = 5  # rules that are named at a start: of those with a fault, and of those that wait


class RuleBook:
    """Reads and writes the user's rules; every fault is a BadInputError that names file and place.

    A start puts the sound ones in force and says what is wrong with the others: ``notices``.
    """

    def __init__(self, shipped: Path, own: Path, ecosystem: Ecosystem, watchlist: Watchlist) -> None:
        self._path = own
        self._ecosystem, self._watchlist = ecosystem, watchlist
        self._shipped = load_rules(shipped, ecosystem, watchlist)
        self.shipped = frozenset(rule.id for rule in self._shipped)
        self._seen = file_stamp(self._path)
        self._own, self._said = self._read_sound()
        self._removed: tuple[Rule, RemovedTables] | None = None
        self._gone: dict[str, RemovedTables] = {}  # by the private entity they were about

    def changed(self) -> bool:
        """Whether somebody else wrote the file since it was last read or written here."""
        return file_stamp(self._path) != self._seen

    def load(self) -> tuple[Rule, ...]:
        """Read the file and return every rule."""
        self._seen = file_stamp(self._path)
        self._own = load_rules(self._path, self._ecosystem, self._watchlist) if is_there(self._path) else ()
        return self.rules

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule, as last read: the shipped ones, replaced and followed by the user's own."""
        return tuple({rule.id: rule for rule in (*self._shipped, *self._own)}.values())

    def notices(self, lists: Sequence[Watchlist]) -> tuple[str, ...]:
        """Say what a start found wrong with the user's rules, and which of them wait."""
        return (*self._said, *self.waiting(lists)[:_TOLD])

    @property
    def own(self) -> frozenset[str]:
        """The ids of the user's rules, as last read; one that says what ships, but for a snooze, is none."""
        shipped = {rule.id: rule for rule in self._shipped}
        return frozenset(
            rule.id for rule in self._own if rule.id not in shipped or not _same(rule, shipped[rule.id])
        )

    def waiting(self, lists: Sequence[Watchlist]) -> tuple[str, ...]:
        """Say which of the user's rules are about a layer or list that is in none of ``lists``."""
        known = {"*", *(each.id for each in lists), *(layer.id for each in lists for layer in each.layers)}
        return tuple(
            f"{self._path}: rule {rule.id} waits: "
            f"its {rule.subject_kind.value} {rule.subject!r} is in no list."
            for rule in self._own
            if rule.subject_kind in (SubjectKind.LAYER, SubjectKind.WATCHLIST) and rule.subject not in known
        )

    def take_mended(self) -> tuple[str, ...]:
        """Return what a start said of the file, once: it is read anew."""
        told, self._said = self._said, ()
        return told

    def save(self, rules: Sequence[Rule]) -> None:
        """Add rules, or change those of their ids."""
        save_rules(self._path, rules, self._ecosystem, self._watchlist)

    def remove(self, rule: Rule) -> None:
        """Take a rule out."""
        cut = self._cut(lambda each: each.id == rule.id)
        if cut is None:
            raise BadInputError(f"{self._path}: there is no rule {rule.id!r}")
        self._removed = rule, cut

    def undo(self) -> None:
        """Put back what was removed last, unless there is a rule of its id again."""
        if self._removed is None:
            return
        rule, cut = self._removed
        self.load()
        if rule.id in self.own:
            self._removed = None
            raise BadInputError(
                f"{self._path}: there is a rule {rule.id!r} again; the deleted one was not put back"
            )
        if any(each.id == rule.id for each in self._own):  # a row that does no more than snooze what ships
            self.save((rule,))
        else:
            put_back(cut)
        self._removed = None

    def remove_about(self, entity_id: str) -> int:
        """Take out the user's rules about a private entity; returns how many there were."""
        cut = self._cut(lambda rule: rule.concerns(entity_id))
        if cut is None:
            return 0
        self._gone[entity_id] = cut
        return cut.tables

    def bring_back(self, entity_id: str) -> int:
        """Put back the rules that were taken out with a private entity; returns how many came."""
        if entity_id not in self._gone:
            return 0
        cut = self._gone[entity_id]
        put_back(cut)
        del self._gone[entity_id]
        return cut.tables

    def _read_sound(self) -> tuple[tuple[Rule, ...], tuple[str, ...]]:
        """Return the user's rules that are sound, and what is said of the others."""
        if not is_there(self._path):
            return (), ()
        try:
            rules, wrong = read_rules(self._path, self._ecosystem, self._watchlist)
        except BadInputError as fault:
            return (), (f"{fault}. The shipped rules are used; your file was not touched.",)
        return rules, tuple(f"{fault}. This rule is left out, the others work." for fault in wrong[:_TOLD])

    def _cut(self, doomed: Callable[[Rule], bool]) -> RemovedTables | None:
        return cut_rules(self._path, doomed, self._ecosystem, self._watchlist)


def _same(own: Rule, shipped: Rule) -> bool:
    """Whether a rule says what another does, whatever its version and however long it is snoozed."""
    return replace(own, version=shipped.version, snoozed_until=shipped.snoozed_until) == shipped
