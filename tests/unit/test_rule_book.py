"""Rules deleted from a person's file, and put back: the very text, or the rule alone where others wrote."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.rule import Rule
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.storage.rules.rule_book import RuleBook

FILE = """# Rules of mine
version = 1

# Nvidia, before breakfast
[[rule]]
id = "first"  # short
name = { en = "First", ko = "첫째" }
kind = "percent-move"
subject_kind = "symbol"
subject = "NVDA"
threshold = 3  # not less

[[rule]]
id = "second"
name = { en = "Second", ko = "둘째" }
kind = "story"
subject_kind = "private"
subject = "openai"
"""
THIRD = FILE[FILE.index('[[rule]]\nid = "second"') :].replace("second", "third")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "rules.toml"
    file.write_bytes(FILE.replace("\n", "\r\n").encode())  # as an editor of Windows leaves it
    return file


@pytest.fixture
def book(path: Path, watchlists: Path, ecosystem: Ecosystem, watchlist: Watchlist) -> RuleBook:
    return RuleBook(watchlists / "rules.toml", path, ecosystem, watchlist)


def rule(book: RuleBook, rule_id: str) -> Rule:
    return next(each for each in book.load() if each.id == rule_id)


def own(book: RuleBook) -> set[str]:
    book.load()
    return set(book.own)


def test_that_a_deleted_rule_comes_back_to_the_byte(book: RuleBook, path: Path) -> None:
    before = path.read_bytes()
    book.remove(rule(book, "first"))
    assert own(book) == {"second"}
    book.undo()
    assert path.read_bytes() == before


def test_that_a_change_leaves_the_line_ends_that_the_editor_wrote(book: RuleBook, path: Path) -> None:
    first = rule(book, "first")
    book.save((replace(first, threshold=4.0), replace(first, id="new", note="two\nlines")))
    book.remove(rule(book, "second"))
    text = path.read_bytes().decode()
    assert (text.count("\r\n"), text.count("\r\r")) == (text.count("\n"), 0)
    assert "threshold = 4.0  # not less\r\n" in text
    assert rule(book, "new").note == "two\nlines"
    path.write_bytes(FILE.encode())
    book.save((replace(first, threshold=4.0),))
    assert b"\r" not in path.read_bytes()


def test_that_only_the_rule_deleted_last_comes_back(book: RuleBook) -> None:
    for each in ("first", "second"):
        book.remove(rule(book, each))
    book.undo()
    book.undo()
    assert own(book) == {"second"}


def test_that_what_another_wrote_meanwhile_stays_when_a_rule_comes_back(book: RuleBook, path: Path) -> None:
    first = rule(book, "first")
    book.remove(first)
    with path.open("a", encoding="utf-8") as file:
        file.write("\n# mine, too\n" + THIRD)
    book.undo()
    assert own(book) == {"first", "second", "third"}
    assert rule(book, "first") == first
    assert "# mine, too" in path.read_text("utf-8")
    text = path.read_bytes()
    book.undo()
    assert path.read_bytes() == text, "once"


def test_that_a_rule_comes_back_though_the_file_is_gone(book: RuleBook, path: Path) -> None:
    first = rule(book, "first")
    book.remove(first)
    path.unlink()
    book.undo()
    assert own(book) == {"first"}
    assert rule(book, "first") == first


def test_that_a_rule_that_is_there_again_is_not_replaced_by_the_deleted_one(
    book: RuleBook, path: Path
) -> None:
    book.remove(rule(book, "first"))
    again = FILE.replace("threshold = 3  # not less", "threshold = 7")
    path.write_text(again, encoding="utf-8")
    with pytest.raises(BadInputError, match=r"a rule 'first' again; the deleted one was not put back"):
        book.undo()
    book.undo()  # and it is not tried again
    assert path.read_text("utf-8") == again


def test_that_a_shipped_rules_replacement_comes_back_beside_what_another_wrote(
    book: RuleBook, path: Path
) -> None:
    shipped = next(each for each in book.rules if each.id in book.shipped)
    book.save((replace(shipped, threshold=shipped.threshold + 1.0),))
    changed = rule(book, shipped.id)
    book.remove(changed)
    assert rule(book, shipped.id) == shipped
    path.write_text(path.read_text("utf-8") + "\n" + THIRD, encoding="utf-8")
    book.undo()
    assert rule(book, shipped.id) == changed


def test_that_a_shipped_rules_replacement_comes_back_in_place_of_a_snooze_of_what_ships(
    book: RuleBook,
) -> None:
    shipped = next(each for each in book.load() if each.id in book.shipped)
    mine = replace(shipped, note="mine")
    book.save((mine,))
    book.remove(rule(book, mine.id))
    book.save((replace(shipped, snoozed_until=datetime(2026, 7, 22, tzinfo=UTC)),))
    book.undo()
    assert rule(book, mine.id) == mine


def test_that_a_file_that_is_broken_meanwhile_can_be_mended_and_the_rule_put_back(
    book: RuleBook, path: Path
) -> None:
    book.remove(rule(book, "first"))
    sound = path.read_text("utf-8")
    path.write_text(sound + "\nnonsense", encoding="utf-8")
    with pytest.raises(BadInputError):
        book.undo()
    assert path.read_text("utf-8") == sound + "\nnonsense"
    path.write_text(sound + "\n# sound", encoding="utf-8")
    book.undo()
    assert own(book) == {"first", "second"}


def test_that_a_rule_that_nobody_has_is_not_deleted_and_the_last_one_can_still_come_back(
    book: RuleBook, path: Path
) -> None:
    first = rule(book, "first")
    book.remove(first)
    with pytest.raises(BadInputError, match="there is no rule 'nobody'"):
        book.remove(replace(first, id="nobody"))
    book.undo()
    assert own(book) == {"first", "second"}
    path.unlink()
    with pytest.raises(BadInputError, match="there is no rule 'first'"):
        book.remove(first)


def test_that_rules_about_a_company_go_and_come_back_with_it_once(book: RuleBook, path: Path) -> None:
    before = path.read_bytes()
    assert book.remove_about("anthropic") == 0
    assert book.bring_back("anthropic") == 0
    assert book.remove_about("openai") == 1
    assert own(book) == {"first"}
    assert book.bring_back("openai") == 1
    assert path.read_bytes() == before
    assert book.bring_back("openai") == 0
