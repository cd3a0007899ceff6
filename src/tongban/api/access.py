"""Who calls: the account behind a token, and what is its own."""

import re
from typing import cast

from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle

from tongban.api.problems import Forbidden
from tongban.domain.case.events import Actor, ApplicantRef
from tongban.domain.case.state import Case
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.wiring import get_deps
from tongban.wiring.programs import Holder, find_holder

_CASE_NUMBER = re.compile(r"[A-Z]{2}[0-9]{6}-[0-9A-Z]{8}")


class BearerToken(HttpBearer):
    """A token of `manage.py createtoken`, in the header Authorization."""

    def authenticate(self, request: HttpRequest, token: str) -> Holder | None:  # noqa: ARG002
        """Return the account behind a token, or None, which is answered with 401."""
        return find_holder(token, get_deps().clock.now())


class PerAddress(SimpleRateThrottle):
    """So many requests from one address; each web process counts its own."""

    def get_cache_key(self, request: HttpRequest) -> str:
        """Count by the address that reached us, never by what a header claims."""
        return f"throttle_{request.resolver_match.route}_{request.META.get('REMOTE_ADDR', '')}"


def get_applicant(request: HttpRequest) -> Holder:
    """Return the applicant's account that calls; raises Forbidden for another role's."""
    holder = cast(Holder, request.auth)  # type: ignore[attr-defined]
    if holder.role != "applicant" or not holder.party_id:
        raise Forbidden(_NOT_AN_APPLICANT)
    return holder


def applicant_of(holder: Holder) -> ApplicantRef:
    """Return for whom the account applies, and who acts."""
    return ApplicantRef(
        holder.party_kind,
        holder.party_id,
        holder.party_name,
        holder.mobile,
        holder.agent_id,
        holder.agent_name,
    )


def actor_of(holder: Holder) -> Actor:
    """Return the account as the one who acts."""
    return Actor("applicant", holder.username, holder.name)


def get_own_case(request: HttpRequest, case_id: str, deps: Deps) -> Case:
    """Return a case of the caller's party.

    Raises:
        NotFound: there is none here, or it is somebody else's; which of the two is not said.
    """
    holder = get_applicant(request)
    case = deps.cases.find(CaseId(case_id)) if _CASE_NUMBER.fullmatch(case_id) else None
    if case is None or not is_own(case, holder):
        raise NotFound(case_id)
    return case


def is_own(case: Case, holder: Holder) -> bool:
    """Say whether a case is of the party for which an account applies."""
    return (case.applicant.kind, case.applicant.id) == (holder.party_kind, holder.party_id)


_NOT_AN_APPLICANT = Problem(
    "token.not-an-applicant",
    Text("只有申请人的账号可以这样做。", "Only an applicant's account may do this."),
    "Authorization",
    next_step=Text(
        "请用申请人或其代办人的账号的令牌。", "Use the token of an applicant's or their agent's account."
    ),
)
