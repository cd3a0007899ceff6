"""Data for measuring, in this node's own tables: never for a node that serves anybody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.party import Agent, Applicant
from tongban.kernel.ids import ItemId
from tongban.kernel.moment import civil_date
from tongban.store import made_up_rows
from tongban.store.accounts import keep_accounts
from tongban.store.made_up_rows import MadeUpPeople, fill_index
from tongban.wiring.node import get_node


def fill_worklist(item_id: ItemId, count: int) -> None:
    """Let so many cases seem to wait for a person in this zone."""
    node = get_node()
    fill_index(node.store.session, node.deps.zone, item_id, count, civil_date(node.deps.clock.now()))


def fill_agenda(item_id: ItemId, count: int) -> None:
    """Let so many cases seem to be open in this zone, some with something due on each day to come."""
    node = get_node()
    today = civil_date(node.deps.clock.now())
    made_up_rows.fill_agenda(node.store.session, node.deps.zone, item_id, count, today)


@dataclass(frozen=True, slots=True)
class MadeUpLogin:
    """An officer who only fills a list."""

    username: str
    name: str
    password: str = ""
    role: str = "officer"
    party: Applicant | None = None
    agent: Agent | None = None


def keep_officers(count: int) -> Sequence[str]:
    """Let so many officers have logins here; return them."""
    names = [f"made-up-officer-{number:03d}" for number in range(count)]
    keep_accounts(MadeUpLogin(name, f"虚构审批员{name[-3:]}") for name in names)
    return names


def keep_items(items: Iterable[ServiceItem]) -> None:
    """Let this process know these items besides those of its content."""
    node = get_node()
    held = node.deps.catalogue.items
    if not isinstance(held, dict):
        raise TypeError("the catalogue's items cannot be added to")
    held.update({(item.id, node.deps.zone): item for item in items})


def fill_pages(
    items: Sequence[ItemId], applicant_id: str, clerk: str, officers: Sequence[str], count: int
) -> None:
    """Let so many cases be there in every stage, for the pages that list them."""
    node, people = get_node(), MadeUpPeople(applicant_id, clerk, officers)
    today = civil_date(node.deps.clock.now())
    made_up_rows.fill_pages(node.store.session, node.deps.zone, items, people, count, today)
