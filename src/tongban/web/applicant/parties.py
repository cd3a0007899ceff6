"""Who the person in front of the page is to a case: the applicant, the applicant's agent, or nobody."""

from typing import Any

from tongban.domain.bundle.opened import OpenedBundle
from tongban.domain.case.events import Actor, ApplicantRef
from tongban.domain.case.state import Case
from tongban.flows.ports import Deps


def applicant_of(account: Any) -> ApplicantRef:
    """Return the party for which an applicant's account applies, and who acts for it."""
    return ApplicantRef(
        kind=account.party_kind,
        id=account.party_id,
        name=account.party_name,
        mobile=account.mobile,
        agent_id=account.agent_id,
        agent_name=account.agent_name,
    )


def actor_of(account: Any) -> Actor:
    """Return the account as an actor; never by a citizen number."""
    return Actor("applicant", account.username, account.agent_name or account.display_name)


def owns_receipt(account: Any, opened: OpenedBundle) -> bool:
    """Say whether a bundle's receipt is this account's, as ``owns`` says it of a case."""
    return _is_party(account, opened.applicant)


def owns_its_receipt(account: Any, case: Case, deps: Deps) -> bool:
    """Say whether the receipt on which a case stands is this account's."""
    opened = deps.bundles.find(case.bundle.number) if case.bundle else None
    return opened is not None and owns_receipt(account, opened)


def owns_draft(account: Any, party: ApplicantRef) -> bool:
    """Say whether a draft in pre-check is this account's, as ``owns`` says it of a case."""
    return _is_party(account, party)


def owns(account: Any, case: Case) -> bool:
    """Say whether a case is this account's: the party's own, or handed in by this very agent for it.

    An agent sees the cases it handed in, not all that its principal ever did (pipl-2021#6).
    """
    return _is_party(account, case.applicant)


def _is_party(account: Any, party: ApplicantRef) -> bool:
    if not account.party_id or (party.kind, party.id) != (account.party_kind, account.party_id):
        return False
    return not account.agent_id or account.agent_id == party.agent_id
