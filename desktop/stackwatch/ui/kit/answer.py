"""A row of the answers below a field."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """A row below a field: what choosing it ``gives``, and the words shown; one that gives None is only read.

    The note stands at the right, that of a ``symbol`` in a column of its own; right of it the ``figure``: one
    that has a ``way``, 1 or -1, as a move up or down.
    """

    gives: object
    title: str
    note: str = ""
    symbol: bool = False
    head: bool = False
    figure: str = ""
    way: int = 0
