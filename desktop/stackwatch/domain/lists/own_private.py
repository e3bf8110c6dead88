"""A private company or project of a user's own: made of what was typed, held against what is known."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from stackwatch.domain.lists.list_editing import free_id, with_sum
from stackwatch.domain.watchlist import (
    Alias,
    AliasPolicy,
    BilingualName,
    Ecosystem,
    OwnEntity,
    PrivateEntity,
    is_short,
)
from stackwatch.domain.words.format import plain
from stackwatch.domain.words.typed import keyed

KINDS = ("company", "project")
LONGEST_NAME, LONGEST_BUSINESS = 80, 120
MOST_SPELLINGS = 20
_COMMON = 2  # letters of a word in small letters that is nobody's name
_QUESTION = 4  # words, of which a question has at least so many
_BARE = Alias(text="", entity_id="")  # of a spelling that is new
_STATUS = BilingualName("Added in Stackwatch.", "Stackwatch에서 추가.")


class FaultKind(Enum):
    """Why a name or a spelling cannot be taken."""

    NO_NAME = "no name"
    TAKEN_NAME = "name of another"
    TAKEN = "spelling of another"
    NAMESAKE = "known namesake"
    COMMON = "common word"
    SHORT = "too short"
    NO_CONTEXT = "no context"
    NO_SPELLING = "no spelling"
    TOO_MANY = "too many"
    TWICE = "with and without context"


@dataclass(frozen=True, slots=True)
class OwnFault:
    """What is wrong: the text it is about, and whose it is where it is taken."""

    kind: FaultKind
    text: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedEntity:
    """What a user typed: names, kind, what it does, spellings that always count or only ``beside`` others."""

    en: str = ""
    ko: str = ""
    kind: str = KINDS[0]
    business: str = ""
    always: tuple[str, ...] = ()
    careful: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def one_line(text: str) -> str:
    """Return what was typed or pasted on one line, without marks that nobody sees."""
    return plain(text, limit=len(text))


def parted(text: str) -> tuple[str, ...]:
    """Return the words of a text between its commas, each once."""
    parts = (one_line(part) for part in text.replace("\uff0c", ",").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def typed(own: OwnEntity) -> TypedEntity:
    """Return what a user would type for an entity."""
    names = own.entity.names
    careful = [alias for alias in own.spellings if alias.policy is AliasPolicy.CONTEXT]
    beside = dict.fromkeys(word for alias in careful for word in alias.all_context())
    korean = hangul((names.en,))[1]
    alone = names.en == names.ko
    return TypedEntity(
        en="" if alone and korean else names.en,
        ko="" if alone and not korean else names.ko,
        kind=own.entity.kind,
        business="" if own.entity.business is None else own.entity.business.en,
        always=tuple(alias.text for alias in own.spellings if alias.policy is AliasPolicy.ALWAYS),
        careful=tuple(alias.text for alias in careful),
        beside=tuple(beside),
    )


def made_of(wanted: TypedEntity, entity_id: str, day: date, before: OwnEntity | None = None) -> OwnEntity:
    """Return the entity that was typed; one that is edited keeps what the form does not ask for."""
    en, ko = (one_line(name)[:LONGEST_NAME] for name in (wanted.en, wanted.ko))
    names = BilingualName(en or ko, ko or en)
    entity = (
        PrivateEntity(id=entity_id, names=names, kind=wanted.kind, status=_STATUS, as_of=day.isoformat())
        if before is None
        else replace(before.entity, id=entity_id, names=names, kind=wanted.kind)
    )
    business = one_line(wanted.business)[:LONGEST_BUSINESS]
    if before is None or business != typed(before).business:
        entity = replace(entity, business=BilingualName(business, business) if business else None)
    known = {} if before is None else {alias.text: alias for alias in before.spellings}
    return OwnEntity(entity=entity, spellings=tuple(_aliases(wanted, entity_id, known)))


def _aliases(wanted: TypedEntity, entity_id: str, known: Mapping[str, Alias]) -> Iterator[Alias]:
    same = {word for alias in known.values() for word in alias.all_context()} == set(wanted.beside)
    for text in wanted.always:
        before = known.get(text, _BARE)
        unless = before.all_unless()
        yield Alias(text=text, entity_id=entity_id, unless=unless, leads=before.leads, also=before.also)
    for text in wanted.careful:
        before = known.get(text, _BARE)
        if before.policy is AliasPolicy.CONTEXT and same:
            yield before
            continue
        spelling = replace(before, text=text, entity_id=entity_id)
        yield replace(spelling, policy=AliasPolicy.CONTEXT, context=wanted.beside, context_classes=())


def new_id(wanted: TypedEntity, taken: Collection[str]) -> str:
    """Return an id for what was typed, of its English name where there is one, that nothing else has.

    Of another name it has the sum: alerts and stories tell of a company by its id after it is gone, too.
    """
    name = next((name for name in (wanted.en, wanted.ko) if name and name.isascii()), "")
    return free_id(name or with_sum(wanted.kind, wanted.ko or wanted.en), taken, wanted.kind)


def faults(own: OwnEntity, ecosystem: Ecosystem) -> tuple[OwnFault, ...]:
    """Return what is wrong with an entity, beside everything else that is known."""
    return (*_name_faults(own, ecosystem), *spelling_faults(own, ecosystem))


def _name_faults(own: OwnEntity, ecosystem: Ecosystem) -> Iterator[OwnFault]:
    names = own.entity.names
    if not names.en:
        yield OwnFault(FaultKind.NO_NAME)
        return
    for text in dict.fromkeys((names.en, names.ko)):
        owner = named_so(text, ecosystem, own.id)
        if owner is not None:
            yield OwnFault(FaultKind.TAKEN_NAME, text, owner)


def named_so(name: str, ecosystem: Ecosystem, besides: str = "") -> str | None:
    """Return whose name a name is, in either language, or whose symbol."""
    wanted = folded(name)
    for entity_id in (*ecosystem.private, *ecosystem.instruments):
        names = ecosystem.names_of(entity_id)
        if entity_id != besides and wanted in (folded(names.en), folded(names.ko)):
            return entity_id
    return name.upper() if name.upper() in ecosystem.instruments else None


def spelling_faults(own: OwnEntity, ecosystem: Ecosystem) -> Iterator[OwnFault]:
    """Yield what is wrong with the spellings of an entity."""
    if own.entity.names.en and not own.spellings:
        yield OwnFault(FaultKind.NO_SPELLING)
    if len(own.spellings) > MOST_SPELLINGS:
        yield OwnFault(FaultKind.TOO_MANY)
    owners = _owners(known_spellings(ecosystem), own.id)
    careful = {folded(alias.text) for alias in own.spellings if alias.policy is AliasPolicy.CONTEXT}
    for alias in own.spellings:
        if alias.policy is AliasPolicy.ALWAYS and folded(alias.text) in careful:
            yield OwnFault(FaultKind.TWICE, alias.text)
        fault = _spelling_fault(alias, owners)
        if fault is not None:
            yield fault


def _spelling_fault(alias: Alias, owners: Mapping[str, Alias]) -> OwnFault | None:
    other = owners.get(folded(alias.text))
    if other is not None:
        kind = FaultKind.NAMESAKE if other.policy is AliasPolicy.BLOCK else FaultKind.TAKEN
        return OwnFault(kind, alias.text, other.entity_id)
    if is_short(alias.text):
        return OwnFault(FaultKind.SHORT, alias.text)
    if alias.policy is AliasPolicy.CONTEXT:
        return None if alias.all_context() else OwnFault(FaultKind.NO_CONTEXT, alias.text)
    return OwnFault(FaultKind.COMMON, alias.text) if is_common(alias.text) else None


def known_spellings(ecosystem: Ecosystem) -> Iterator[Alias]:
    """Yield the spellings of what is known now: those of the user's own change while the program runs."""
    for alias in ecosystem.aliases:
        entity_id = alias.entity_id
        listed = entity_id in ecosystem.instruments
        shipped = entity_id in ecosystem.private and entity_id not in ecosystem.own
        if listed or shipped or alias.policy is AliasPolicy.BLOCK:
            yield alias
    for entity_id in ecosystem.own:
        if (own := ecosystem.own.get(entity_id)) is not None:  # it may go while this reads
            yield from own.spellings


def _owners(aliases: Iterable[Alias], besides: str) -> dict[str, Alias]:
    """Return whose each spelling is, folded; tickers that count only when marked leave theirs free."""
    return {
        folded(alias.text): alias
        for alias in aliases
        if alias.policy is not AliasPolicy.MARKED and alias.entity_id != besides
    }


def is_name(text: str) -> bool:
    """Whether a text may be what a company is called: no question of everyday words alone."""
    words = [word.strip("?!.,") for word in text.split()]
    asked = len(words) >= _QUESTION and not any(map(str.istitle, words[1:])) and all(map(is_common, words))
    return any(map(str.isalpha, text)) and not asked  # digits are a share's code


def is_common(text: str) -> bool:
    """Whether a spelling is an everyday word, or too short to be anybody's name."""
    from stackwatch.domain.lists.common_words import common_words  # only where a name is typed

    word = folded(text)
    plain = word.isascii()
    short = plain and len(word) <= _COMMON and not text.isupper()
    return short or word in common_words() or (plain and word.endswith("s") and word[:-1] in common_words())


def folded(text: str) -> str:
    """Return a name as it is compared: without case, width, quotes and spaces that differ."""
    return " ".join(keyed(unicodedata.normalize("NFKC", text).casefold()).split())


def hangul(texts: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the spellings without and with a Hangul letter."""
    korean = tuple(text for text in texts if any("\uac00" <= letter <= "\ud7a3" for letter in text))
    return tuple(text for text in texts if text not in korean), korean
