"""Whom a word of the command line means."""

import re
from dataclasses import replace

import pytest

from stackwatch.commands.naming import listed_symbol, quoted_symbol, symbol_meant
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.venues import own_instrument
from stackwatch.domain.watchlist import Alias, Ecosystem


@pytest.mark.parametrize(
    ("word", "symbol"),
    [
        ("nvda", "NVDA"),
        ("엔비디아", "NVDA"),
        ("삼성전자", "005930.KS"),
        ("SK  Hynix", "000660.KS"),
        ("구글", "GOOGL"),
        ("micron", "MU"),  # what titles call it only beside other words
        ("$nvda", "NVDA"),
        ("NASDAQ:NVDA", "NVDA"),
        ("KRX:005930", "005930.KS"),
        ("5930.ks", "005930.KS"),
    ],
)
def test_that_a_share_is_found_by_its_symbol_or_a_name_in_either_language(
    ecosystem: Ecosystem, word: str, symbol: str
) -> None:
    assert listed_symbol(word, ecosystem) == symbol


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("nvidea", "did you mean NVDA?"),
        ("openai", "OpenAI is not listed, so that it has no price of its own; tied to it are "),
        ("오픈AI", "OpenAI is not listed"),
        ("zzz", "expected a symbol such as NVDA, or a name"),
    ],
)
def test_that_another_word_gets_what_comes_near(ecosystem: Ecosystem, word: str, said: str) -> None:
    with pytest.raises(BadInputError, match=re.escape(said)):
        listed_symbol(word, ecosystem)


def test_that_a_symbol_nobody_knows_is_left_to_the_source(ecosystem: Ecosystem) -> None:
    assert symbol_meant("XYZQ", ecosystem) is None


def test_that_a_name_of_two_shares_asks_which_one(ecosystem: Ecosystem) -> None:
    own = replace(ecosystem, aliases=(*ecosystem.aliases, Alias(text="Nvidia", entity_id="AMD")))
    with pytest.raises(BadInputError, match="nvidia means NVDA, AMD; expected one of these symbols"):
        listed_symbol("nvidia", own)


@pytest.mark.parametrize(
    ("word", "symbol"),
    [
        ("nvda", "NVDA"),
        (" xyzq ", "XYZQ"),
        ("^gspc", "^GSPC"),
        ("m&m.ns", "M&M.NS"),
        ("$xyzq", "XYZQ"),
        ("NYSE:BRK.B", "BRK-B"),
        ("brk.b", "BRK-B"),
        ("700.hk", "0700.HK"),
        ("bt.a.l", "BT-A.L"),
        ("san.mc", "SAN.MC"),
    ],
)
def test_that_a_symbol_that_only_the_source_may_know_is_asked_for(
    ecosystem: Ecosystem, word: str, symbol: str
) -> None:
    assert quoted_symbol(word, ecosystem) == symbol


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("", "'' is not a symbol; expected one such as NVDA or 005930.KS"),
        ("../x", "'../x' is not a symbol"),
        ("NVDA,AMD", "'NVDA,AMD' is not a symbol"),
        ("MOON:NVDA", "'MOON:NVDA' is not a symbol"),
        ("$", "'$' is not a symbol"),
        ("엔비디", "'엔비디' is not a symbol; expected one such as NVDA or 005930.KS; did you mean NVDA?"),
        ("openai", "OpenAI is not listed, so that it has no price of its own"),
    ],
)
def test_that_what_can_be_no_symbol_is_not_asked_for(ecosystem: Ecosystem, word: str, said: str) -> None:
    with pytest.raises(BadInputError, match=re.escape(said)):
        quoted_symbol(word, ecosystem)


def test_that_a_spelling_of_several_names_each(ecosystem: Ecosystem) -> None:
    with pytest.raises(BadInputError, match=r"005930\.KS.*000660\.KS"):
        listed_symbol("삼전닉스", ecosystem)


def test_that_the_name_of_a_share_found_on_another_board_means_it_there(ecosystem: Ecosystem) -> None:
    made = [own_instrument(symbol, "에코프로비엠") for symbol in ("247540.KS", "247540.KQ")]
    known = {**ecosystem.instruments, **{each.symbol: each for each in made if each is not None}}
    assert symbol_meant("에코프로비엠", replace(ecosystem, instruments=known)) == "247540.KQ"
