"""The forms an English verb takes in headlines, made from its base form.

The base form is none of them: it is a noun in most titles ("the launch"), or not done yet ("to launch").
"""

_HISSING = ("s", "sh", "ch", "x", "z", "o")
_VOWELS = frozenset("aeiou")


def verb_forms(verb: str) -> tuple[str, ...]:
    """Return the forms of a verb: ``launch~``, ``roll~ out``, or with its past ``lose~lost``."""
    base, _, rest = verb.partition("~")
    irregular, space, particle = rest.partition(" ")
    ends_in_y = base.endswith("y") and base[-2] not in _VOWELS
    stem = base + base[-1] if _doubles(base) else base.removesuffix("e")
    third = base[:-1] + "ies" if ends_in_y else base + ("es" if base.endswith(_HISSING) else "s")
    past = irregular or (base[:-1] + "ied" if ends_in_y else stem + "ed")
    going = (base if ends_in_y else stem) + "ing"
    return tuple(form + space + particle for form in (third, past, going))


def _doubles(base: str) -> bool:
    """Whether the last consonant is doubled: ship, quit, but not launch, open or lay."""
    vowels = sum(letter in _VOWELS for letter in base.replace("qu", "q"))
    return vowels == 1 and base[-1] not in "aeiouwxy" and base[-2] in _VOWELS
