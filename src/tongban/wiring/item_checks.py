"""Checks of item packs kept in this node's store; also while the packs are broken and no node would start."""

from tongban.flows.item_check_store import ItemChecks
from tongban.flows.ports import Deps
from tongban.store.item_checks import DjangoItemChecks
from tongban.store.session import Session


def open_item_checks() -> ItemChecks:
    """Return where this node keeps its checks; neither content nor keys are read for it."""
    return DjangoItemChecks(Session())


def is_all_checked(deps: Deps) -> bool:
    """Say whether a check is kept of every item of this zone, on the content that this process runs."""
    kept = deps.item_checks.hashes()
    items = deps.catalogue.list_items(deps.zone)
    return all(kept.get(item.id) == deps.catalogue.get_pack_hash(item.id) for item in items)


def is_all_proved(deps: Deps) -> bool:
    """Say whether what is kept of every item of this zone was proved, on the content that this process runs.

    Of a cancelled permit nothing can be proved.
    """
    items = [item for item in deps.catalogue.list_items(deps.zone) if not item.is_cancelled]
    found = [deps.item_checks.find(item.id) for item in items]
    return is_all_checked(deps) and all(one is not None and one.proved is not None for one in found)
