"""Record what a principal lets somebody do, take it back, and hold everybody to it."""

from dataclasses import dataclass
from datetime import date

from tongban.domain.case.events import ApplicantRef
from tongban.domain.mandate import Mandate, check_mandates, check_new_mandate
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import ItemId
from tongban.kernel.moment import civil_date

_ID_CHARS = 16
_LOOKED_AT = 50
"""Authorisations between two people that are looked at, the newest first."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is given: items and acts, and the last day."""

    items: tuple[ItemId, ...]
    acts: tuple[str, ...]
    until_on: date


def give_mandate(party: ApplicantRef, scope: Scope, consent: str, recorded_by: str, deps: Deps) -> Mandate:
    """Record an authorisation with the principal's consent, from today.

    Args:
        party: who is acted for, and in ``agent_id`` and ``agent_name`` who acts.
        consent: a key of ``domain.mandate.CONSENTS``.

    Raises:
        Refused: every problem at once.

    Source of law: all-2019#29.2.
    """
    now = deps.clock.now()
    mandate = Mandate(
        deps.chance.token(_ID_CHARS), party.id, party.name, party.agent_id, party.agent_name, scope.items,
        scope.acts, civil_date(now), scope.until_on, consent, recorded_by, now,
    )  # fmt: skip
    if problems := check_new_mandate(mandate, civil_date(now)):
        raise Refused(*problems)
    with deps.unit():
        deps.hall.mandates.keep(mandate)
    return mandate


def revoke_mandate(mandate_id: str, principal_id: str, deps: Deps) -> None:
    """Take an authorisation back; only the principal may, and from this instant it covers nothing.

    Raises:
        NotFound: there is none of this principal. Conflict: it was taken back before.
    """
    found = deps.hall.mandates.find(mandate_id)
    if found is None or found.principal_id != principal_id:
        raise NotFound(mandate_id)
    with deps.unit():
        deps.hall.mandates.revoke(mandate_id, deps.clock.now())


def require_mandate(party: ApplicantRef, helper_id: str, item: ItemId, act: str, deps: Deps) -> None:
    """Let somebody act for a party only within what the party gave; nothing when the party acts itself.

    Raises:
        Refused: nothing covers the act, with why: none, taken back, ended, another item, another act.

    Source of law: all-2019#29.2.
    """
    if not helper_id or helper_id == party.id:
        return
    given = deps.hall.mandates.list_between(party.id, helper_id, _LOOKED_AT)
    if problems := check_mandates(given, item, act, civil_date(deps.clock.now())):
        raise Refused(*problems)


def give_unless_covered(party: ApplicantRef, scope: Scope, clerk: str, deps: Deps) -> None:
    """Record what a clerk saw on paper, unless what is on record covers it already; once for two presses."""
    given = deps.hall.mandates.list_between(party.id, party.agent_id, _LOOKED_AT)
    on = civil_date(deps.clock.now())
    if any(check_mandates(given, item, act, on) for item in scope.items for act in scope.acts):
        give_mandate(party, scope, "paper", clerk, deps)
