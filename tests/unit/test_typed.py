"""Numbers as people type and paste them."""

import pytest

from stackwatch.domain.words.typed import begins_number, number, one_line


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3,5", 3.5),
        ("-0,75", -0.75),
        ("\u22123.5", -3.5),
        ("+7", 7.0),
        (".5", 0.5),
        (",5", 0.5),
        ("5.", 5.0),
        ("0,234", 0.234),
        ("12,3456", 12.3456),
        ("1,234", 1234.0),
        ("1.234", 1.234),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234,567", 1_234_567.0),
        ("1.234.567", 1_234_567.0),
        ("158,765,432.10", 158_765_432.1),
        ("1 234,5", 1234.5),
        ("1\u202f234.5", 1234.5),
        ("1'234.50", 1234.5),
        ("\uff13\uff0c\uff15", 3.5),
        ("$1,234.50", 1234.5),
        ("66,000원", 66_000.0),
        (" 3 % ", 3.0),
    ],
)
def test_that_a_number_is_read_as_it_is_written(text: str, value: float) -> None:
    assert number(text) == value
    assert begins_number(text)


@pytest.mark.parametrize("text", ["", "-", ",", "1,2,3", "1,23.4", "1,234,5", "12 34", "1.2.3"])
def test_that_what_is_no_number_yet_may_become_one(text: str) -> None:
    assert number(text) is None
    assert begins_number(text)


def test_that_more_digits_than_a_number_can_hold_are_none() -> None:
    assert number("9" * 400) is None


@pytest.mark.parametrize("text", ["NVDA", "1e5", "nan", "inf", "1_000", "--3", "3-", "0x10", "\u0663"])
def test_that_what_only_a_program_reads_as_a_number_is_none(text: str) -> None:
    assert number(text) is None
    assert not begins_number(text)


def test_that_each_character_that_ends_a_line_becomes_a_blank() -> None:
    assert one_line("a\r\nb\tc\u2028d") == "a  b c d"
