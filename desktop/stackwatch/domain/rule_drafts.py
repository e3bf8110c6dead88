"""New rules to begin with: templates, and what a row, a story or a copy suggests."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from stackwatch.domain.lists import list_editing
from stackwatch.domain.news import StoryTheme
from stackwatch.domain.rule import SHOCK_MEMBERS, Condition, Direction, Rule, RuleKind, SubjectKind
from stackwatch.domain.watchlist import BilingualName, Ecosystem, Watchlist
from stackwatch.domain.words.rule_names import KINDS
from stackwatch.domain.words.vocabulary import THEMES_KO

_NEW = "new-rule"
USUAL = {  # a first threshold per kind
    RuleKind.PERCENT_MOVE: 5.0,
    RuleKind.TIED_MOVE: 2.0,
    RuleKind.SIGMA_MOVE: 3.0,
    RuleKind.ABNORMAL_MOVE: 3.0,
    RuleKind.VOLUME_SPIKE: 2.0,
    RuleKind.PRICE_LEVEL: 100.0,
    RuleKind.YEAR_EXTREME: 0.0,
    RuleKind.GAP: 3.0,
    RuleKind.LAYER_MOVE: 2.0,
    RuleKind.PEER_DIVERGENCE: 2.0,
    RuleKind.NEWS_BURST: 5.0,
    RuleKind.STORY: 1.0,
    RuleKind.ENTITY_SHOCK: 1.5,
}


@dataclass(frozen=True, slots=True)
class Template:
    """A rule to begin with, and what it is for."""

    names: BilingualName
    rule: Rule


def draft(
    kind: RuleKind, subject_kind: SubjectKind, subject: str, names: BilingualName, direction: Direction
) -> Rule:
    """Return a new rule with the usual values of its kind; it has no id of its own yet."""
    return Rule(
        id=_NEW,
        name_en=names.en,
        name_ko=names.ko,
        kind=kind,
        direction=direction,
        threshold=USUAL[kind],
        subject_kind=subject_kind,
        subject=subject,
    )


def round_price(price: float) -> float:
    """Return a price with three significant digits, as somebody chooses one."""
    return float(f"{price:.3g}")


def at_price(rule: Rule, price: float | None) -> Rule:
    """Return a rule about a price that nobody chose yet with the last one of its share."""
    if rule.kind is not RuleKind.PRICE_LEVEL or rule.threshold != USUAL[rule.kind] or price is None:
        return rule
    return replace(rule, threshold=round_price(price))


def proposed_names(rule: Rule, ecosystem: Ecosystem, watchlist: Watchlist) -> BilingualName:
    """Return what a rule is called as long as nobody names it: whom it is about, and its kind."""
    if rule.subject == "*":
        return KINDS[rule.kind]
    layer = watchlist.layer(rule.subject)
    about = ecosystem.names_of(rule.subject) if layer is None else layer.names
    who = rule.subject if rule.subject_kind is SubjectKind.SYMBOL else about.en
    return _title(rule.kind, who, about.ko)


def _title(kind: RuleKind, english: str, korean: str) -> BilingualName:
    names = KINDS[kind]
    return BilingualName(f"{english}: {names.en}", f"{korean} {names.ko}")


def is_new(rule: Rule) -> bool:
    """Whether a rule was never saved."""
    return rule.id == _NEW


def templates(watchlist: Watchlist, entity_id: str | None, ecosystem: Ecosystem) -> tuple[Template, ...]:
    """Return the templates, those about one name for the entity that is followed where it fits."""
    symbol = entity_id if entity_id in ecosystem.instruments else next(iter(watchlist.symbols), "")
    private = entity_id if entity_id in ecosystem.private else next(iter(watchlist.entities), "")
    symbol, private = symbol or "", private or ""
    name, other = ecosystem.names_of(symbol), ecosystem.names_of(private)
    share, company = (SubjectKind.SYMBOL, symbol), (SubjectKind.PRIVATE, private)
    shares, layers = (SubjectKind.WATCHLIST, "*"), (SubjectKind.LAYER, "*")
    down, either = Direction.DOWN, Direction.EITHER
    made = (
        ("Sharp abnormal fall", "급격한 초과 하락", RuleKind.ABNORMAL_MOVE, shares, down),
        (f"{symbol} falls, tied to news", f"뉴스 있는 {name.ko} 하락", RuleKind.TIED_MOVE, share, down),
        ("Layer-wide move", "분야 전체 등락", RuleKind.LAYER_MOVE, layers, either),
        (f"{symbol} crosses a price", f"{name.ko} 가격 돌파", RuleKind.PRICE_LEVEL, share, down),
        ("Volume spike", "거래량 급증", RuleKind.VOLUME_SPIKE, shares, either),
        (f"Story about {other.en}", f"{other.ko} 소식", RuleKind.STORY, company, either),
    )
    return tuple(
        Template(names := BilingualName(english, korean), draft(kind, *about, names, direction))
        for english, korean, kind, about, direction in made
        if about[1]
    )


def for_entity(entity_id: str, ecosystem: Ecosystem, watchlist: Watchlist) -> Rule:
    """Return what a row suggests: an abnormal fall of a share, a shock of a private name, a layer's move.

    A private name that fewer listed ones are tied to than a shock needs suggests its stories.
    """
    names = ecosystem.names_of(entity_id)
    if entity_id in ecosystem.private:
        if len(_tied(entity_id, ecosystem)) < SHOCK_MEMBERS:
            title = BilingualName(f"Story about {names.en}", f"{names.ko} 소식")
            return draft(RuleKind.STORY, SubjectKind.PRIVATE, entity_id, title, Direction.EITHER)
        title = BilingualName(f"{names.en}: linked names move", f"{names.ko} 연결 종목 등락")
        return draft(RuleKind.ENTITY_SHOCK, SubjectKind.PRIVATE, entity_id, title, Direction.DOWN)
    if (layer := watchlist.layer(entity_id)) is not None:
        title = BilingualName(f"{layer.names.en}: layer-wide move", f"{layer.names.ko} 분야 등락")
        return draft(RuleKind.LAYER_MOVE, SubjectKind.LAYER, entity_id, title, Direction.EITHER)
    if entity_id in ecosystem.instruments:
        title = BilingualName(f"{entity_id}: sharp abnormal fall", f"{names.ko} 급격한 초과 하락")
        return draft(RuleKind.ABNORMAL_MOVE, SubjectKind.SYMBOL, entity_id, title, Direction.DOWN)
    title = BilingualName("Sharp abnormal fall", "급격한 초과 하락")
    return draft(RuleKind.ABNORMAL_MOVE, SubjectKind.WATCHLIST, "*", title, Direction.DOWN)


def _tied(entity_id: str, ecosystem: Ecosystem) -> set[str]:
    """Return the listed names that a private one's news still reaches."""
    links = (link for link in ecosystem.exposures if link.source == entity_id and link.until is None)
    return {link.target for link in links if link.target in ecosystem.instruments}


def for_price(symbol: str, price: float, last: float | None, ecosystem: Ecosystem) -> Rule:
    """Return the rule that a price on the chart suggests: the share comes to it from where it is.

    Its name holds no price: its line may be dragged to another.
    """
    title = _title(RuleKind.PRICE_LEVEL, symbol, ecosystem.names_of(symbol).ko)
    direction = Direction.EITHER if last is None else Direction.UP if price > last else Direction.DOWN
    made = draft(RuleKind.PRICE_LEVEL, SubjectKind.SYMBOL, symbol, title, direction)
    return replace(made, threshold=price)


def for_story(entity_id: str, theme: StoryTheme, ecosystem: Ecosystem) -> Rule:
    """Return the rule that a story suggests: another one about the same entity and of its theme."""
    names = ecosystem.names_of(entity_id)
    private = entity_id in ecosystem.private
    known = theme is not StoryTheme.OTHER
    title = BilingualName(
        f"{names.en}: {theme.value if known else 'a'} story",
        f"{names.ko} {THEMES_KO[theme] + ' ' if known else ''}소식",
    )
    kind = SubjectKind.PRIVATE if private else SubjectKind.SYMBOL
    made = draft(RuleKind.STORY, kind, entity_id, title, Direction.EITHER)
    return replace(made, themes=(theme,) if known else ())


def as_new(rule: Rule) -> Rule:
    """Return a new rule that fires on the same and is called the same."""
    return replace(rule, id=_NEW, version=1, snoozed_until=None)


def copy_of(rule: Rule) -> Rule:
    """Return a new rule that is like another."""
    return replace(as_new(rule), name_en=f"{rule.name_en} (2)", name_ko=f"{rule.name_ko} (2)")


def story_condition() -> Condition:
    """Return the condition that a matching story must come with the move."""
    return Condition(kind=RuleKind.STORY, threshold=USUAL[RuleKind.STORY])


def free_id(name: str, taken: Collection[str]) -> str:
    """Return an id for a new rule, from its name where that can be spelled, that no other has."""
    return list_editing.free_id(name, (*taken, _NEW), "rule")
