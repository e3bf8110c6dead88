"""Private entities of the user's own: what comes and goes with one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.list_events import ListRefused, PrivateChanged, PrivateRemoved
from stackwatch.domain.watchlist import OwnEntity
from stackwatch.engine.services.user_rules import UserRules

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.engine.engine import Engine


class UserPrivate:
    """Lets rules and links follow the private entities of the user's own. Runs on the core thread."""

    def __init__(self, rules: UserRules) -> None:
        self._rules = rules

    def came(self, engine: "Engine", private: Sequence[OwnEntity]) -> None:
        """Take in entities that were kept; rules that were removed with one are back."""
        file = engine.parts.rule_file
        fault = None
        if file is not None:
            try:
                if sum(file.bring_back(own.id) for own in private):
                    self._rules.read(engine)
            except BadInputError as error:
                fault = error
        engine.graph.follow(engine.parts.ecosystem.exposures)
        engine.tell(PrivateChanged(tuple(own.id for own in private)))
        if fault is not None:
            engine.tell(ListRefused(f"{fault}."))

    def remove(self, engine: "Engine", entity_id: str) -> bool:
        """Remove an entity with its rules and links; returns whether it is gone, and says why it is not."""
        lists, rules = engine.parts.list_file, engine.parts.rule_file
        own = engine.parts.ecosystem.own.get(entity_id)
        if lists is None or own is None:
            return False
        gone = 0
        try:
            gone = 0 if rules is None else rules.remove_about(entity_id)
            links = lists.forget(entity_id)
        except BadInputError as fault:
            if rules is not None and gone:
                rules.bring_back(entity_id)
            name = own.entity.names.en
            engine.tell(ListRefused(f"{fault}. {name} was not deleted.", entity_id))
            return False
        if gone:
            self._rules.read(engine)
        engine.graph.follow(engine.parts.ecosystem.exposures)
        engine.tell(PrivateRemoved(entity_id, own.entity.names, gone, links))
        return True
