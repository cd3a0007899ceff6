"""The demonstration's common standard: what each zone's steward has still to do, by real messages."""

from datetime import timedelta
from typing import Any

from django.conf import settings

from tongban.domain.case.events import Actor
from tongban.domain.standard.proposal import Proposal, ProposalState, read_proposals
from tongban.domain.standard.ticket import read_tickets
from tongban.flows.keep_table import open_ticket
from tongban.flows.ports import Deps
from tongban.flows.propose_standard import comment, propose, ratify
from tongban.kernel.errors import Refused
from tongban.kernel.ids import ItemId, ZoneId
from tongban.kernel.moment import civil_date
from tongban.packs.load import Reading


def read_wanted() -> dict[str, Any]:
    """Return what the demonstration wants, as ``content/fiction/standard.yaml`` says it."""
    reading = Reading(settings.CONTENT_FOLDER)
    wanted = reading.read_plain(reading.folder / "fiction" / "standard.yaml")
    if reading.problems:
        raise Refused(*reading.problems)
    return dict(wanted)


def seed_standard(deps: Deps, wanted: dict[str, Any]) -> bool:
    """Do what this zone's steward has still to do, as far as the other zones' messages have come.

    Causes: proposals, ratifications, a comment, a ticket, each told to every other zone.
    Twice:  nothing; what was ever proposed, said or opened is not done again.

    Returns:
        Whether everything is done that is this zone's to do, and all has arrived here.
    """
    steward = Actor("steward", f"{deps.zone}-steward", wanted["steward"]["zh"])
    batch, other = wanted["ratified"], wanted["commented"]
    for item in batch["items"]:
        _propose(ItemId(item), batch, steward, deps)
    _propose(ItemId(other["item"]), other, steward, deps)
    agreed = [_ratify(ItemId(item), steward, deps) for item in batch["items"]]
    is_said = _comment(ItemId(other["item"]), other["comment"], steward, deps)
    return all(agreed) and is_said and _bring_to_table(wanted["ticket"], steward, deps)


def _propose(item: ItemId, part: dict[str, Any], steward: Actor, deps: Deps) -> None:
    if part["by"] == deps.zone and _find(item, deps) is None:
        propose(item, _both(part["reason"]), steward, deps)


def _ratify(item: ItemId, steward: Actor, deps: Deps) -> bool:
    """Ratify the first proposal of an item for this zone; say whether it is in force, as known here."""
    proposal = _find(item, deps)
    if proposal is None:
        return False
    is_ours_to_do = proposal.state is ProposalState.OPEN and deps.zone not in proposal.ratified
    if is_ours_to_do:
        ratify(proposal.id, proposal.proposed.content_hash, steward, deps)
    found = _find(item, deps)
    return found is not None and found.state is not ProposalState.OPEN


def _comment(item: ItemId, part: dict[str, Any], steward: Actor, deps: Deps) -> bool:
    proposal = _find(item, deps)
    if proposal is None:
        return False
    if part["by"] == deps.zone and not proposal.comments:
        comment(proposal.id, _both(part["words"]), steward, deps)
    found = _find(item, deps)
    return found is not None and bool(found.comments)


def _bring_to_table(part: dict[str, Any], steward: Actor, deps: Deps) -> bool:
    def is_there() -> bool:
        return any(one.opened.item == part["item"] for one in read_tickets(deps.alliance.list_acts()))

    if part["by"] == deps.zone and not is_there():
        due_on = civil_date(deps.clock.now()) + timedelta(days=part["days"])
        owner = ZoneId(part["owner"])
        open_ticket(ItemId(part["item"]), part["feature"], owner, due_on, _both(part["words"]), steward, deps)
    return is_there()


def _find(item: ItemId, deps: Deps) -> Proposal | None:
    """Return the first proposal that was ever made of an item, whatever became of it."""
    proposals = read_proposals(deps.alliance.list_acts(), deps.catalogue.zones.keys())
    return next((one for one in reversed(proposals) if one.proposed.item == item), None)


def _both(words: dict[str, str]) -> str:
    """Return words that a steward wrote in both languages: what people write is shown as it is."""
    return f"{words['zh']}\n{words['en']}"
