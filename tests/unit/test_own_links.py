"""A link as a user types it: its date, and what cannot be taken."""

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.factories import link

from stackwatch.domain.lists.own_links import (
    LinkFault,
    LinkField,
    TypedLink,
    cannot_be_date,
    first_day,
    last_day,
    link_faults,
    made_link,
)
from stackwatch.domain.watchlist import Basis, BilingualName, Ecosystem, PrivateEntity, Relation

TODAY = date(2026, 3, 10)
TYPED = TypedLink(
    source="a", target="b", relation=Relation.SUPPLIER, why="Sells to it", dated="2026-03-09", publisher="FT",
    basis=Basis.STORED,
)  # fmt: skip
WORLD = Ecosystem(
    instruments={},
    private={
        key: PrivateEntity(
            id=key, names=BilingualName(key, key), kind="company", status=BilingualName("", ""), as_of="2026"
        )
        for key in ("a", "b")
    },
    exposures=(),
    aliases=(),
)


@pytest.mark.parametrize(
    ("dated", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-03", date(2024, 2, 3), date(2024, 2, 3)),
    ],
)
def test_that_a_year_or_month_reaches_from_its_first_day_to_its_last(
    dated: str, first: date, last: date
) -> None:
    assert (first_day(dated), last_day(dated)) == (first, last)
    assert not cannot_be_date(dated)


@pytest.mark.parametrize(
    "dated", ["", "24", "2024-13", "2024-00", "2023-02-29", "2024-2-3", "0000", "2024-02-03 "]
)
def test_that_what_is_no_date_is_none(dated: str) -> None:
    for read in (first_day, last_day):
        with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
            read(dated)


def test_that_a_date_may_be_typed_on_until_it_cannot_become_one() -> None:
    assert not any(cannot_be_date("2026-03-09"[:letters]) for letters in range(11))
    assert all(cannot_be_date(typed) for typed in ("March", "2026/03", "2026-03-9x", "2026-02-30", "2026-13"))


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        (TYPED, {}),
        (replace(TYPED, source=""), {LinkField.SOURCE: LinkFault.UNKNOWN}),
        (replace(TYPED, target="a"), {LinkField.TARGET: LinkFault.SAME}),
        (replace(TYPED, why=""), {LinkField.WHY: LinkFault.MISSING}),
        (replace(TYPED, publisher=""), {LinkField.PUBLISHER: LinkFault.MISSING}),
        (replace(TYPED, dated="2026-03-11"), {LinkField.DATE: LinkFault.FUTURE}),
        (replace(TYPED, dated="2026"), {}),  # it counts from the end of it
        (replace(TYPED, dated="soon"), {LinkField.DATE: LinkFault.NO_DATE}),
        (replace(TYPED, ended="2026-03-09"), {}),
        (replace(TYPED, ended="2026-03-08"), {LinkField.END: LinkFault.ENDED}),
        (replace(TYPED, ended="later"), {LinkField.END: LinkFault.NO_DATE}),
        (replace(TYPED, dated="soon", ended="2026"), {LinkField.DATE: LinkFault.NO_DATE}),
    ],
)
def test_that_a_fault_is_told_where_it_is(typed: TypedLink, fault: dict[LinkField, LinkFault]) -> None:
    assert link_faults(typed, WORLD, TODAY) == fault


def test_that_a_link_that_is_known_is_a_fault_of_a_new_one_only() -> None:
    known = link("a", "b")
    world = replace(WORLD, exposures=(known,))
    assert link_faults(TYPED, world, TODAY) == {LinkField.RELATION: LinkFault.KNOWN}
    assert link_faults(TYPED, world, TODAY, known) == {}


def test_that_a_link_ends_with_the_last_day_of_what_was_typed_or_holds_on() -> None:
    ended = link("a", "b", until=date(2026, 3, 1))
    made = made_link(replace(TYPED, dated="2026-02", ended="2026-03"), ended)
    assert (made.until, made.since, made.own) == (date(2026, 3, 31), date(2026, 2, 28), True)
    assert made_link(TYPED, ended).until is None
