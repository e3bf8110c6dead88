"""What stands right beside a name and makes it another's: a first name, a state, a number, a longer name."""

import re

from stackwatch.analysis.names.first_names import FIRST_NAMES
from stackwatch.analysis.words.hangul import is_hangul, particle_agrees

_SHORT_STATES = (
    "Ala. Ariz. Ark. Calif. Colo. Conn. Del. Fla. Ga. Ill. Ind. Kan. Ky. La. Mass. Md. Mich. Minn. Miss. Mo. "
    "Mont. N.C. N.D. N.H. N.J. N.M. N.Y. Neb. Nev. Okla. Ont. Ore. Pa. R.I. S.C. S.D. Tenn. Va. Vt. W.Va. "
    "Wash. Wis. Wyo."
)
_STATES = (  # without Washington, which is mostly the government
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|"
    "Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|"
    "Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|"
    "North Carolina|North Dakota|Ohio|Oklahoma|Ontario|Oregon|Pennsylvania|Rhode Island|South Carolina|"
    "South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|West Virginia|Wisconsin|Wyoming"
)
_SHORT = "|".join(map(re.escape, _SHORT_STATES.split()))
# "Hubbell, Michigan, loses": a state and a mark, for "Tesla, Texas agree" is no place.
_STATE_BEHIND = rf", (?:(?:{_SHORT})(?![^ ,:;])|(?:{_STATES})(?=$|[,:;.)]| [-\u2013\u2014|]))"
# "Vistra, Illinois man", "Oracle Arizona residents".
_TOWNSFOLK = "man|woman|teen|boy|girl|couple|family|mayor|police|residents?|schools?|council|voters|native"
_PETS = (
    "cat|dog|horse|pony|donkey|parrot|goat|pig|llama|otter|puppy|kitten|tortoise|lion|gorilla|elephant|panda"
)
# "Meta, a village near Sorrento", "Oracle High School".
_SORTS = "village|town|hamlet|city|suburb|borough|parish|island|river|mountain"
_SCHOOLS = "Primary|Elementary|Middle|Junior High|Senior High|High|Secondary|Grammar"
_PLACE_BEHIND = re.compile(
    rf"{_STATE_BEHIND}|,? (?:{_STATES}) (?:{_TOWNSFOLK})\b|, an? (?:[a-z]+ )?(?:{_SORTS})\b"
    rf"| (?:{_SCHOOLS}) School\b|,? the (?:{_PETS})\b"
)
# Right behind a company's name in a title whose other words are small, as part of it or of what it has.
_COMPANY = (
    "ag ai ceo cfo chair chairman chief co coo corp corporation cto energy group holding holdings inc "
    "industries international labs limited ltd networks nv plc power president sa se services stock shares "
    "systems tech technologies technology q1 q2 q3 q4 and january february march april may june july august "
    "september october november december"
)
_COMPANY_WORDS = frozenset(_COMPANY.split())
# Words of five letters and more that a title of capitals may write small.
_SMALL_LONG = "about above after against among around before behind below beyond despite during under until"
_MINOR = frozenset(_SMALL_LONG.split())
_SMALL_WORD = re.compile(r"(?<![\w'\u2019-])[a-z]{5,}")
_COUNT = re.compile(r"(?:^|[^\w.,])(?:\d(?:[\d.,]*\d)?|one|two|three|five|ten)[ -]?$")
_COUNT_LETTERS = 10
_AGENCY = re.compile(r"(?:[a-z]+-)*(?:update|wrapup|refile) \d+-")  # how often it has told a title by then
_WORD = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*|[\uac00-\ud7a3]+")  # "high-bandwidth" is no "high"
_STEM = 5  # syllables of the longest Korean word of a class
_GLOSS = 3  # letters up to which a ticker behind a Korean word is what that is called
_GAPS = 2  # words between those that an abbreviation stands for
# Behind a name and a hyphen, of what the name does or has done: "Meta-backed", "Meta-run".
_DOER = "and born bound built free grown heavy led like made only or run scale size style to vs wide"
_DOERS = frozenset(_DOER.split())
_PREPOSITION = (
    "after and as at between by during for from in is near of on or said that to told was were when where "
    "who with"
)
_SMALL = frozenset(_PREPOSITION.split())
_QUOTES = "\"'\u2018\u2019\u201c\u201d([,.:;!?)]"


def is_of_somebody_else(text: str, start: int) -> bool:
    """Whether a first name stands before a name: Matthew Modine."""
    if start < 2 or text[start - 1] != " ":  # noqa: PLR2004 - a letter and a space
        return False
    begin = text.rfind(" ", 0, start - 1) + 1
    return text[begin : start - 1].lstrip(_QUOTES) in FIRST_NAMES


def is_a_place(text: str, end: int) -> bool:
    """Whether a state, a sort of place, a school or a pet stands behind a name: Hubbell, Michigan, ..."""
    return text[end : end + 1] in (",", " ") and _PLACE_BEHIND.match(text, end) is not None


def is_abbreviation(text: str, start: int, end: int) -> bool:
    """Whether a ticker in brackets is short for the words before it: "Ministry of Defence (MOD)"."""
    if not start or text[start - 1] != "(" or text[end : end + 1] not in (")", "s"):
        return False
    before = text[: start - 1].rstrip()
    if len(before) > 1 and is_hangul(before[-1]):
        return is_hangul(before[-2]) and end - start <= _GLOSS
    wanted = list(text[start:end].lower())
    for place, word in enumerate(reversed(re.findall(r"[A-Za-z]+", before)[-len(wanted) - _GAPS :])):
        if wanted and wanted[-1] in word[0].lower() + "".join(filter(str.isupper, word[1:])).lower():
            wanted.pop()
        elif place == 0:
            return False
    return not wanted


def describes_nothing(lowered: str, end: int) -> bool:
    """Whether no word behind a name goes with it: "the Amazon by boat", not "the Amazon deal"."""
    behind = next_word(lowered, end)
    return behind in _SMALL or (not behind and lowered[end : end + 1] not in ("-", "'", "\u2019", "("))


def in_longer_name(text: str, end: int) -> bool:
    """Whether the next word belongs to the name, which then is another: Lambda Legal, Talen Horton-Tucker."""
    behind = next_word(text, end)
    longer = behind[:1].isupper() and behind.lower() not in _COMPANY_WORDS
    return longer and any(word not in _MINOR for word in _SMALL_WORD.findall(text))


def begins_a_word(text: str, end: int) -> bool:
    """Whether a name is the first part of a word in small letters: "Meta-analysis", not "Meta-backed"."""
    if not text.startswith("-", end):
        return False
    part = re.match("[A-Za-z]*", text[end + 1 :])
    word = part[0] if part is not None else ""
    return word.islower() and not word.endswith("ed") and word not in _DOERS


def is_counted(lowered: str, start: int) -> bool:
    """Whether a number stands right before a name, which then is a unit: "5 micron"."""
    counted = _COUNT.search(lowered, max(0, start - _COUNT_LETTERS), start)
    return counted is not None and _AGENCY.fullmatch(lowered, 0, start) is None


def next_word(text: str, end: int) -> str:
    """Return the word behind a name; nothing where another sign follows."""
    if not text.startswith(" ", end):
        return ""
    stop = text.find(" ", end + 1)
    return text[end + 1 : stop if stop > 0 else len(text)].strip(_QUOTES)


def word_before(text: str, start: int) -> str:
    """Return the word before a name; nothing where another sign stands between."""
    if start < 2 or text[start - 1] != " ":  # noqa: PLR2004 - a letter and a space
        return ""
    return text[text.rfind(" ", 0, start - 1) + 1 : start - 1].lstrip(_QUOTES)


def stems_of(word: str) -> frozenset[str]:
    """Return what a word may be a form of: English in the singular, Korean without a particle."""
    parts = _WORD.findall(word)
    stems = {part.removesuffix("s") for part in parts} | set(parts)
    for part in parts:
        if not part.isascii():
            lengths = range(1, min(len(part), _STEM + 1))
            stems.update(part[:n] for n in lengths if particle_agrees(part[n - 1], part[n:]))
    return frozenset(stems)
