from itertools import islice, product

from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from stackwatch.analysis.stories.likeness import SIMILAR, Signature
from stackwatch.analysis.stories.timeline import in_order

WORD = st.text("abcdeé엔비디아", min_size=1, max_size=12)
MANY = " ".join("".join(word) for word in islice(product("ab", repeat=12), 50))
LETTERS = "cdefghijklmnopqrstuvwxyz" * 15
TITLE = st.lists(WORD, max_size=12).map(" ".join)


@st.composite
def reworded(draw: st.DrawFn) -> tuple[str, str]:
    """A title, and the same with letters and words put in, taken out and moved."""
    title = draw(TITLE)
    letters = list(title)
    for place in draw(st.lists(st.integers(0, max(len(letters) - 1, 0)), max_size=12)):
        if place < len(letters):
            letters[place] = draw(st.sampled_from(["", "a", " ", "xy"]))
    words = "".join(letters).split()
    return title, " ".join([*draw(st.permutations(words)), *draw(st.lists(WORD, max_size=4))])


@settings(max_examples=500)
@given(st.one_of(reworded(), st.tuples(TITLE, TITLE), st.tuples(st.text(), st.text())))
@example(("e" * 40, "e" * 44))
@example(("a a a a b", "b"))
@example(("!", ""))
@example(("\ud800 chips", "\ud800 chips"))  # half a character, as JSON may hold it
@example((MANY, f"{MANY} {LETTERS}"))  # the bits of its words cover one another
def test_that_no_title_is_passed_over_that_is_alike(titles: tuple[str, str]) -> None:
    one, other = (Signature(title, ()) for title in titles)
    if fuzz.token_set_ratio(*map(in_order, titles)) >= SIMILAR and not any(map(str.isdigit, "".join(titles))):
        assert one.may_match(other)
        assert other.may_match(one)


def test_that_titles_on_other_matters_are_passed_over() -> None:
    titles = [
        "Nvidia signs a supply deal with Oracle",
        "Regulators look into the chip maker Nvidia",
        "Nvidia delays its data center in Texas",
        "Why funds buy Nvidia before results",
    ]
    signatures = [Signature(title, ("NVDA",)) for title in titles]
    assert not any(one.may_match(other) for one in signatures for other in signatures if one is not other)


def test_that_titles_whose_names_or_numbers_contradict_do_not_match() -> None:
    said = Signature("Oracle adds 4.5 GW", ("ORCL",))
    assert said.may_match(Signature("Oracle adds 4.5 GW for OpenAI", ("ORCL", "openai")))
    assert not said.may_match(Signature("Oracle adds 10 GW", ("ORCL",)))
    assert not said.may_match(Signature("Oracle adds 4.5 GW", ("openai",)))
