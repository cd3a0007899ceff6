"""Files of a case that lie in another zone: which zone is asked for each, since when, how often in vain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tongban.domain.case import events as e
from tongban.domain.case.state import Case
from tongban.domain.catalogue.zone import Zone
from tongban.flows.file_transfers import WantedFile, find_wanted
from tongban.flows.ports import Deps


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """A file that this zone does not have yet.

    Args:
        since: when the other zone offered it, or, before that, when the case first named it here.
        tries: attempts in vain so far.
        is_given_up: what came was another file than the one that the case names.
    """

    from_zone: Zone
    since: datetime
    tries: int = 0
    is_given_up: bool = False


def find_document_on_its_way(case: Case, history: Sequence[e.Recorded], deps: Deps) -> OnItsWay | None:
    """Return how far the sealed document is that another zone made; None when there is none or it is here."""
    if not case.document_digest or case.deciding_zone == deps.zone:
        return None
    wanted = find_wanted(deps.transfers.wanted(case.id), case.document_digest)
    return _follow(case.document_digest, wanted, history, deps.catalogue.zones[case.deciding_zone])


def find_upload_on_its_way(
    digest: str, wanted: Sequence[WantedFile], case: Case, history: Sequence[e.Recorded], deps: Deps
) -> OnItsWay | None:
    """Return how far a file is that another zone received; None when it is here, or nobody can be asked."""
    if case.receiving_zone == deps.zone:
        return None
    return _follow(digest, find_wanted(wanted, digest), history, deps.catalogue.zones[case.receiving_zone])


def _follow(
    digest: str, wanted: WantedFile | None, history: Sequence[e.Recorded], zone: Zone
) -> OnItsWay | None:
    if wanted is None:
        return OnItsWay(zone, _named_at(digest, history))
    if wanted.arrived_at is not None:
        return None
    return OnItsWay(zone, wanted.wanted_at, wanted.attempts, wanted.given_up_at is not None)


def _named_at(digest: str, history: Sequence[e.Recorded]) -> datetime:
    """Return when the case first named a file."""
    return next((one.at for one in history if _names(one.event, digest)), history[0].at)


def _names(event: e.Event, digest: str) -> bool:
    match event:
        case e.Submitted(answers=answers) | e.Corrected(answers=answers):
            return digest in answers.values()
        case e.DocumentSealed(file_digest=sealed):
            return sealed == digest
    return False
