"""``stackwatch rules``: the alert rules in force."""

from stackwatch.app import load_world
from stackwatch.cli import Common
from stackwatch.commands.output import emit, say
from stackwatch.domain import wording
from stackwatch.domain.watchlist import Language


def list_rules(common: Common) -> int:
    """Print every rule with its kind, subject, parameters and plain sentence."""
    world = load_world(common.folders, common.watchlist)
    language = common.language or Language.ENGLISH
    for rule in world.rules:
        sentence = wording.rule_sentence(rule, world.ecosystem, world.watchlist, language)
        if not common.json:
            say(f"{rule.id:<24} {'on ' if rule.enabled else 'off'} {sentence}")
            continue
        emit(
            {
                "id": rule.id,
                "version": rule.version,
                "name": {"en": rule.name_en, "ko": rule.name_ko},
                "kind": rule.kind.value,
                "subject_kind": rule.subject_kind.value,
                "subject": rule.subject,
                "direction": rule.direction.value,
                "threshold": rule.threshold,
                "sessions": rule.sessions.value,
                "frequency": rule.frequency.value,
                "hysteresis": rule.hysteresis,
                "hold_seconds": rule.hold_seconds,
                "cooldown_minutes": rule.cooldown_minutes,
                "escalate_step": rule.escalate_step,
                "severity": rule.severity.word,
                "enabled": rule.enabled,
                "sentence": sentence,
            }
        )
    return 0
