"""The scene's list with documented links of every standing, as known on 22 July 2025."""

from dataclasses import replace
from datetime import date

from tests.ui import scene

from stackwatch.domain.watchlist import Basis, Ecosystem, Exposure, Relation

DAY = date(2025, 7, 22)


def link(source: str, target: str, relation: Relation, since: date, **more: object) -> Exposure:
    values: dict[str, object] = {
        "source": source, "target": target, "relation": relation, "since": since,
        "why": f"{target} and {source}", "dated": since.isoformat(), "publisher": "Financial Times",
        "basis": Basis.STORED,
    }  # fmt: skip
    return Exposure(**(values | more))  # type: ignore[arg-type]


LINKS = (
    link("stargate", "ORCL", Relation.CUSTOMER, date(2025, 1, 21), why="Oracle builds 4.5 GW"),
    link("stargate", "ORCL", Relation.CUSTOMER, date(2025, 7, 22), why="4.5 GW more"),
    link("stargate", "9984.T", Relation.EQUITY, date(2025, 7, 21)),
    link("stargate", "NVDA", Relation.SUPPLIER, date(2025, 5, 31)),
    link("stargate", "ARM", Relation.PARTNER, date(2025, 1, 22)),
    link(
        "stargate", "SMCI", Relation.SUPPLIER, date(2025, 7, 1), read_across=True, publisher="price reaction"
    ),
    link("stargate", "CRWV", Relation.CUSTOMER, date(2025, 9, 23)),
    link("openai", "MSFT", Relation.EQUITY, date(2023, 1, 23)),
    link("openai", "AMD", Relation.CUSTOMER, date(2025, 10, 6)),
    link("anthropic", "AMZN", Relation.EQUITY, date(2023, 9, 25), basis=Basis.MEMORY),
    link("anthropic", "GOOGL", Relation.EQUITY, date(2023, 10, 27), until=date(2025, 6, 1)),
    link("ORCL", "NVDA", Relation.CUSTOMER, date(2025, 5, 31)),
    link("MSFT", "stargate", Relation.PARENT, date(2025, 1, 21)),
    link("stargate", "elsewhere", Relation.SUPPLIER, date(2025, 1, 21)),
)


def ecosystem(links: tuple[Exposure, ...] = LINKS) -> Ecosystem:
    return replace(scene.ecosystem(), exposures=links)
