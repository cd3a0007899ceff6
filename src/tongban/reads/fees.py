"""What is to be paid for an item, or for all members of a bundle, and which article says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tongban.domain.catalogue.item import ServiceItem
from tongban.flows.ports import Deps
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Fee:
    """What an item costs.

    Args:
        fen: 0 when nothing is to be paid.
        source: the article that lays the fee down, or that forbids one; empty when none is recorded.
    """

    fen: int
    source: str


@dataclass(frozen=True, slots=True)
class Fees:
    """What a bundle costs.

    Args:
        lines: members handled in this alliance, each with its fee.
        elsewhere: titles of members handled elsewhere; what those cost is not known here.
    """

    lines: tuple[tuple[Text, Fee], ...]
    elsewhere: tuple[Text, ...]

    @property
    def total_fen(self) -> int:
        """Return the sum of the members handled here."""
        return sum(fee.fen for _, fee in self.lines)

    @property
    def paid(self) -> tuple[tuple[Text, Fee], ...]:
        """Return the members that cost something."""
        return tuple((title, fee) for title, fee in self.lines if fee.fen)

    @property
    def sources(self) -> list[str]:
        """Return every article about fees, each once."""
        return list(dict.fromkeys(fee.source for _, fee in self.lines if fee.source))

    @property
    def free_sources(self) -> tuple[str, ...]:
        """Return the articles by which members are free of charge, each once."""
        return tuple(dict.fromkeys(fee.source for _, fee in self.lines if not fee.fen and fee.source))

    @property
    def without_source(self) -> tuple[Text, ...]:
        """Return the members that are free though no article that says so is recorded."""
        return tuple(title for title, fee in self.lines if not fee.fen and not fee.source)


def read_fee(item: ServiceItem, deps: Deps) -> Fee:
    """Return what an item costs as a zone implements it.

    Source of law: all-2019#58 for licences; else what the item's procedure names for its applicants.
    """
    if item.fee_fen:
        return Fee(item.fee_fen, item.fee_source)
    free = deps.catalogue.get_regime(item.regime).free
    # What is free for one kind of applicant need not be so for another: all of the item's must be named.
    sources = {free.get(kind, "") for kind in item.objects}
    return Fee(0, sources.pop() if len(sources) == 1 else "")


def read_fees(
    items: Mapping[str, ServiceItem], titles: Mapping[str, Text], elsewhere: Iterable[str], deps: Deps
) -> Fees:
    """Return what the members of a bundle cost together.

    Args:
        items: by member; titles: of every member; elsewhere: members handled by others.
    """
    lines = tuple((titles[member], read_fee(item, deps)) for member, item in items.items())
    return Fees(lines, tuple(titles[member] for member in elsewhere))
