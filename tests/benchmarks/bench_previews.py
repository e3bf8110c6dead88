"""What the rule editor asks for: shipped rules over a year of an archive, with its headlines, beside others.

A preview counts the rule, the same at a lower and a higher threshold, and a plain 5 % rule. ``news`` is the
move tied to a story, ``sar`` the abnormal move; ``first`` is without anything known of such a rule, ``next``
after a change of its threshold. Prices and headlines are read before the first one.
"""

import gc
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.benchmarks.archive import LAST, fill
from tests.benchmarks.setting import folder
from tests.support.fakes import FakeClock

from stackwatch.app import World, archive_parts, load_world, with_user_files
from stackwatch.domain.events import Event, NoisePreviewed
from stackwatch.domain.rule import Rule, RuleKind
from stackwatch.engine.core import InlineCore, InlinePool
from stackwatch.engine.engine import Engine
from stackwatch.engine.services.noise_previews import NoisePreviews
from stackwatch.storage.locations import user_folders
from stackwatch.storage.sqlite.store import SqliteStore

DESCRIPTION = "previews of shipped rules: the list over 12 months of 150 names and 15,000 headlines"
_RULES = {"news": RuleKind.TIED_MOVE, "sar": RuleKind.ABNORMAL_MOVE}


def run() -> dict[str, float]:
    with folder() as data:
        fill(data)
        world = load_world(user_folders(data))
        figures: dict[str, float] = {}
        for name, kind in _RULES.items():
            rule = next(rule for rule in world.rules if rule.kind is kind and rule.subject == "*")
            read, first, following = _spans(world, data, rule)
            figures |= {f"{name}_first_ms": first, f"{name}_next_ms": following, "read_ms": read}
    return figures


def _spans(world: World, data: Path, rule: Rule) -> tuple[float, float, float]:
    """Return the milliseconds of reading, a first preview and the next one."""
    folders, clock = user_folders(data), FakeClock(LAST + timedelta(hours=1))
    store = SqliteStore(folders.store, clock.now())
    told: list[Event] = []
    parts = with_user_files(archive_parts(world, folders, store, clock), world, folders)
    engine, controller = Engine(parts, told.append), NoisePreviews(InlinePool(InlineCore()))
    gc.freeze()  # as the program does when its engine is there
    spans = []
    for number, asked in enumerate((_idle(rule), rule, replace(rule, threshold=rule.threshold + 0.5))):
        began = time.perf_counter()
        controller.newest = number
        controller.answer(engine, number, asked)
        spans.append((time.perf_counter() - began) * 1000.0)
        last = told[-1]
        assert isinstance(last, NoisePreviewed)
        assert last.preview is not None, last.reason
        assert not last.preview.news_pending
    controller.forget()
    store.close()
    return spans[0], spans[1], spans[2]


def _idle(rule: Rule) -> Rule:
    """Return a rule that reads everything and fires on nothing."""
    return replace(rule, kind=RuleKind.PERCENT_MOVE, threshold=95.0)
