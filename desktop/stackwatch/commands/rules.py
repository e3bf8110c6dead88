"""``stackwatch rules``: the alert rules in force."""

from stackwatch.app import Options, load_world
from stackwatch.commands.output import emit, say
from stackwatch.domain.rule_words import rule_sentence
from stackwatch.domain.watchlist import Language


def list_rules(options: Options) -> int:
    """Print every rule with its kind, subject, parameters and plain sentence."""
    world = load_world(options.folders, options.watchlist)
    language = options.language or Language.ENGLISH
    for rule in world.rules:
        sentence = rule_sentence(rule, world.ecosystem, world.watchlist, language)
        if not options.json:
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
