"""Promises for programs: every zone's list is asked first, then the text is given, then it is signed."""

import re
from collections.abc import Mapping

from django.http import HttpRequest
from ninja import Router

from tongban.api.access import BearerToken, get_applicant
from tongban.api.catalogue import get_zone
from tongban.api.problems import text_out
from tongban.api.promise_schemas import PromiseOut, PromisesIn, PromisesOut
from tongban.api.schemas import SignedPromisesIn
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.inquiry import OfferState
from tongban.domain.pledge import SignedPledge
from tongban.flows.open_bundle import new_bundle_number
from tongban.flows.plan_bundle import plan_bundle
from tongban.flows.ports import Deps
from tongban.flows.submit import new_case_id
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import BundleId, ItemId
from tongban.kernel.text import Text
from tongban.reads.offered_pledges import MemberPledge, ask_offered_pledges, read_offered_pledges
from tongban.wiring import get_deps
from tongban.wiring.programs import Holder

router = Router(tags=["promises"], auth=BearerToken())

_NUMBER = re.compile(r"(YJS-)?[A-Z]{2}[0-9]{6}-[0-9A-Z]{8}")


@router.post("/promises", response=PromisesOut, summary="Ask whether promises may be signed")
def ask_promises(request: HttpRequest, wanted: PromisesIn) -> PromisesOut:
    """Every other zone's list is asked at the first call; with the number of its answer, look again."""
    deps, holder = get_deps(), get_applicant(request)
    items = _read_items(wanted, deps)
    number = wanted.number
    if number:
        check_number(number, holder, deps)
    else:
        number = new_bundle_number(deps) if wanted.bundle_id else new_case_id(deps)
    # A program decides for itself when to look again, so a question in vain is put anew.
    offered = ask_offered_pledges(number, items, holder.party_id, deps, anew=True)
    takes_any = bool(offered.pledges or offered.withheld)
    return PromisesOut.model_construct(
        number=number,
        state=offered.state.value if takes_any else "none",
        waiting_for=[text_out(zone) for zone in offered.waiting_for],
        listed_in=[text_out(zone) for zone in offered.listed_in],
        promises=[_promise(one) for one in offered.pledges],
    )


def _read_items(wanted: PromisesIn, deps: Deps) -> Mapping[str, ServiceItem]:
    """Return the items by member; an item alone stands under an empty name."""
    if bool(wanted.item_id) == bool(wanted.bundle_id):
        raise Refused(Problem("promises.for-what", _FOR_WHAT, "item_id"))
    if wanted.item_id:
        return {"": deps.catalogue.get_item(ItemId(wanted.item_id), get_zone(wanted.zone, deps, "zone"))}
    return plan_bundle(BundleId(wanted.bundle_id), wanted.situation, deps.zone, deps).items


def _promise(one: MemberPledge) -> PromiseOut:
    pledge = one.pledge
    return PromiseOut.model_construct(
        member=one.member,
        promise=pledge.id,
        kind=pledge.kind.value,
        version=pledge.version,
        title=text_out(pledge.title),
        text=[text_out(paragraph) for paragraph in pledge.text],
        consequence=text_out(pledge.consequence),
        text_hash=pledge.text_hash,
        source=pledge.source,
    )


def check_number(number: str, holder: Holder, deps: Deps) -> None:
    """Raise NotFound for a number under which nobody was asked about this caller's party."""
    asked = deps.inquiries.list_of(number) if _NUMBER.fullmatch(number) else ()
    if not asked or any(one.subject != holder.party_id for one in asked):
        raise NotFound(number)


def read_signed(
    given: SignedPromisesIn, items: Mapping[str, ServiceItem], holder: Holder, deps: Deps
) -> tuple[tuple[str, SignedPledge], ...]:
    """Return what was signed, each with its member.

    Raises:
        Refused: ``pledge.not-offered``: not every zone has said that its list does not hold the party.
        NotFound: nobody was asked for this number.

    Source of law: state-council-office-2020-42#broken-promise.
    """
    check_number(given.number, holder, deps)
    offered = read_offered_pledges(given.number, items, holder.party_id, deps)
    if offered.state is not OfferState.OFFERED:
        raise Refused(Problem("pledge.not-offered", _NOT_OFFERED, "promises", _LIST, _LOOK_AGAIN))
    return tuple(
        (one.member, SignedPledge(one.promise, one.version, one.text_hash, one.signed_by))
        for one in given.signed
    )


_LIST = "state-council-office-2020-42#broken-promise"
_FOR_WHAT = Text("请写明一个事项或者一件事，二者择一。", "Name an item or a bundle, one of the two.")
_NOT_OFFERED = Text(
    "现在不能承诺：不是每个高新区都答复了名单上没有申请人。",
    "No promise can be taken now: not every zone says that the applicant is not on its list.",
)
_LOOK_AGAIN = Text(
    "用 POST /promises 再看一次，或者不承诺，按一般程序提交。",
    "Look again with POST /promises, or hand in without it in the ordinary way.",
)
