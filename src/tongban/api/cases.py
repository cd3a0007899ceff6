"""Cases for programs: hand in, follow, correct, ask for a person, take back."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Header, Path, Router, Status

from tongban.api.access import BearerToken, actor_of, applicant_of, get_applicant, get_own_case, is_own
from tongban.api.catalogue import get_zone
from tongban.api.compose_case import compose_case, compose_receipt
from tongban.api.problems import Taken
from tongban.api.promises import read_signed
from tongban.api.schemas import (
    ApplicationIn,
    CaseOut,
    CorrectionIn,
    Receipt,
    ReceiveIn,
    SignedPromisesIn,
    WithdrawalIn,
)
from tongban.domain.case.events import Submitted
from tongban.domain.case.state import Case
from tongban.domain.catalogue.form import parse_answers
from tongban.domain.delivery import DeliveryWish, read_wish
from tongban.flows.ask_for_person import ask_for_person
from tongban.flows.correct import correct
from tongban.flows.ports import Deps
from tongban.flows.submit import Application, new_case_id, submit
from tongban.flows.withdraw import withdraw
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import BundleNumber, CaseId, ItemId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.wiring import get_deps
from tongban.wiring.programs import Holder, bundle_number_for, case_number_for

router = Router(tags=["cases"], auth=BearerToken())

CasePath = Annotated[str, Path(max_length=40, description="A case number, e.g. `SZ260303-7K3M9QXD`.")]
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[A-Za-z0-9_-]{8,64}$",
        description="Chosen by you, one for each application. The same key within the same day leads to the "
        "same case, so a request whose answer was lost can be sent again.",
    ),
]
_STILL_YESTERDAY = timedelta(hours=1)
"""So long after midnight a key is also looked up under the day before, for answers lost around midnight."""


@router.post(
    "/applications",
    response={201: Receipt, 200: Receipt},
    summary="Hand in an application",
    openapi_extra={"responses": {200: {"description": "Handed in before with this key."}}},
)
def create_application(
    request: HttpRequest, response: HttpResponse, application: ApplicationIn, idempotency_key: Key = None
) -> Status[Receipt]:
    """Everything wrong is told at once. 201 for a new case, 200 when the key led to it before."""
    deps, holder = get_deps(), get_applicant(request)
    zone = get_zone(application.zone, deps, "zone")
    wanted = Application(
        item_id=ItemId(application.item_id),
        deciding_zone=zone,
        applicant=applicant_of(holder),
        raw_answers=application.answers,
        channel="api",
        decide_now=application.decide == "now",
        wish=read_receive(application.receive, deps),
    )
    if application.promises is not None:
        wanted = _with_promises(wanted, application.promises, holder, deps)
        case, is_new = _submit_under(CaseId(application.promises.number), wanted, holder, deps)
    else:
        case, is_new = _submit_once(wanted, holder, idempotency_key, deps)
    response.headers["Location"] = f"/api/v1/cases/{case.id}"
    return Status(201 if is_new else 200, compose_receipt(case))


def read_receive(receive: ReceiveIn | None, deps: Deps) -> DeliveryWish | None:
    """Return a wish for a paper copy; raises Refused with everything that is wrong with it."""
    if receive is None:
        return None
    raw = {"receive": receive.way, "receive_zone": receive.zone, "receive_address": receive.address}
    wish, problems = read_wish(raw, tuple(deps.catalogue.zones))
    if problems:
        raise Refused(*problems)
    return wish


def _submit_once(wanted: Application, holder: Holder, key: str | None, deps: Deps) -> tuple[Case, bool]:
    """Submit, or return the case that the key led to before; raises Taken when that was another one."""
    with deps.unit():
        case_id = new_case_id(deps)
        if key is not None:
            case_id, *earlier = _numbers_of(holder, key, deps.clock.now())
            known = next((case for each in (case_id, *earlier) if (case := deps.cases.find(each))), None)
            if known is not None:
                if not is_own(known, holder) or not _is_same(wanted, known, deps):
                    raise Taken(OTHER_APPLICATION)
                return known, False
        return submit(case_id, wanted, actor_of(holder), deps), True


def _with_promises(wanted: Application, given: SignedPromisesIn, holder: Holder, deps: Deps) -> Application:
    """Return the application with what was signed; raises Refused while the promises are not offered."""
    item = deps.catalogue.get_item(wanted.item_id, wanted.deciding_zone)
    signed = read_signed(given, {"": item}, holder, deps)
    return replace(wanted, pledges=tuple(one for _, one in signed))


def _submit_under(number: CaseId, wanted: Application, holder: Holder, deps: Deps) -> tuple[Case, bool]:
    """Submit under the number for which the zones were asked; the same number again is the same case."""
    with deps.unit():
        known = deps.cases.find(number)
        if known is None:
            return submit(number, wanted, actor_of(holder), deps), True
        if not is_own(known, holder) or not _is_same(wanted, known, deps):
            raise Taken(OTHER_APPLICATION)
        return known, False


def _numbers_of(holder: Holder, key: str, now: datetime) -> list[CaseId]:
    """Return the case number of a key today, and yesterday's while yesterday is hardly over."""
    return [case_number_for(holder.username, key, day) for day in _days_of(now)]


def bundle_numbers_of(holder: Holder, key: str, now: datetime) -> list[BundleNumber]:
    """Return the receipt number of a key today, and yesterday's while yesterday is hardly over."""
    return [bundle_number_for(holder.username, key, day) for day in _days_of(now)]


def _days_of(now: datetime) -> list[date]:
    return sorted({civil_date(now), civil_date(now - _STILL_YESTERDAY)}, reverse=True)


def _is_same(wanted: Application, known: Case, deps: Deps) -> bool:
    """Say whether a case began with this very application."""
    first = deps.cases.history(known.id)[0].event
    if not isinstance(first, Submitted):
        return False
    if (first.item_id, first.deciding_zone) != (wanted.item_id, wanted.deciding_zone):
        return False
    item = deps.catalogue.get_item(wanted.item_id, wanted.deciding_zone)
    return parse_answers(item.form, wanted.raw_answers).values == first.answers


@router.get("/cases/{case_id}", response=CaseOut, summary="Follow a case")
def get_case(request: HttpRequest, case_id: CasePath) -> CaseOut:
    """A case of one's own, with its whole history. A case of somebody else's is not found here."""
    deps = get_deps()
    with deps.unit():
        return compose_case(get_own_case(request, case_id, deps), deps)


@router.post("/cases/{case_id}/corrections", response=Receipt, summary="Answer a correction notice")
def correct_case(request: HttpRequest, case_id: CasePath, correction: CorrectionIn) -> Receipt:
    """Only what changes is sent. For a case that another zone decides the act travels there first."""
    deps = get_deps()
    case = get_own_case(request, case_id, deps)
    return compose_receipt(correct(case.id, correction.answers, actor_of(get_applicant(request)), deps))


@router.post("/cases/{case_id}/person", response=Receipt, summary="Ask that a person decides")
def refer_case(request: HttpRequest, case_id: CasePath) -> Receipt:
    """From then on no machine decides the case; its place in the queue is kept."""
    deps = get_deps()
    case = get_own_case(request, case_id, deps)
    return compose_receipt(ask_for_person(case.id, actor_of(get_applicant(request)), deps))


@router.post("/cases/{case_id}/withdrawal", response=Receipt, summary="Take an application back")
def withdraw_case(request: HttpRequest, case_id: CasePath, withdrawal: WithdrawalIn) -> Receipt:
    """As long as it is not decided. For a case that another zone decides the act travels there first."""
    deps = get_deps()
    case = get_own_case(request, case_id, deps)
    return compose_receipt(withdraw(case.id, withdrawal.reason, actor_of(get_applicant(request)), deps))


OTHER_APPLICATION = Problem(
    "idempotency.other-application",
    Text("这个键已经用于另一份申请。", "This key was used for another application."),
    "Idempotency-Key",
    next_step=Text("每份申请换一个新的键。", "Choose a new key for each application."),
)
