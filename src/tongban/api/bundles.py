"""Bundles for programs: what a situation calls for, one application, one receipt followed."""

import re
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Status

from tongban.api.access import BearerToken, actor_of, applicant_of, get_applicant
from tongban.api.bundle_schemas import (
    BundleApplicationIn,
    BundleList,
    BundleReceiptOut,
    BundleSummary,
    FieldOut,
    MaterialOfBundle,
    MemberOut,
    MembersIn,
    PlanIn,
    PlanOut,
    StandingOut,
)
from tongban.api.cases import OTHER_APPLICATION, Key, bundle_numbers_of, read_receive
from tongban.api.problems import Taken, problem_out, text_out
from tongban.api.promises import read_signed
from tongban.domain.bundle.opened import OpenedBundle, SignedForMember
from tongban.flows.lead_bundle import ask_person_for_bundle, report_elsewhere, withdraw_bundle
from tongban.flows.open_bundle import BundleApplication, new_bundle_number, open_bundle
from tongban.flows.plan_bundle import plan_bundle
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import BundleId, BundleNumber
from tongban.reads.bundles import MemberLine, read_plan_page, read_receipt
from tongban.wiring import get_deps
from tongban.wiring.programs import Holder

router = Router(tags=["bundles"])

_NUMBER = re.compile(r"YJS-[A-Z]{2}[0-9]{6}-[0-9A-Z]{8}")

BundlePath = Annotated[str, Path(max_length=80, description="A bundle, e.g. `open-convenience-store`.")]
NumberPath = Annotated[
    str, Path(max_length=48, description="A receipt's number, e.g. `YJS-SZ260303-7K3M9QXD`.")
]


@router.get("/bundles", response=BundleList, summary="List the bundles")
def list_bundles(request: HttpRequest) -> BundleList:  # noqa: ARG001 - the framework's shape
    """Several items from the applicant's point of view; what others handle says so."""
    bundles = [
        BundleSummary.model_construct(
            bundle_id=one.id,
            title=text_out(one.title),
            summary=text_out(one.summary),
            objects=list(one.objects),
            zones=[str(zone) for zone in one.zones],
            members=[member.id for member in one.members],
        )
        for one in get_deps().catalogue.list_bundles()
    ]
    return BundleList.model_construct(bundles=bundles)


@router.post("/bundles/{bundle_id}/plan", response=PlanOut, summary="What a situation calls for")
def plan(request: HttpRequest, bundle_id: BundlePath, wanted: PlanIn) -> PlanOut:  # noqa: ARG001
    """Members in order, the fields of the one form, papers once, the longest way. Nothing is kept."""
    deps = get_deps()
    page = read_plan_page(plan_bundle(BundleId(bundle_id), wanted.situation, deps.zone, deps), deps)
    form, origins = page.plan.union.form, page.plan.union.origins
    return PlanOut.model_construct(
        members=[_member(line) for line in page.lines],
        left_out=[member.id for member, _ in page.plan.choice.left_out],
        fee_fen=page.fees.total_fen,
        fee_sources=page.fees.sources,
        form=[
            FieldOut.model_construct(
                id=question.id,
                type=question.type,
                label=text_out(question.label),
                is_required=question.is_required,
                choices=list(question.choices),
                asked_by=[one.member for one in origins[question.id]],
            )
            for question in form.questions
        ],
        materials=[
            MaterialOfBundle.model_construct(
                name=text_out(line.material.name),
                members=list(line.material.members),
                is_spared=line.material.is_spared,
            )
            for line in page.materials
        ],
        ends_on=page.ends_on,
    )


def _member(line: MemberLine) -> MemberOut:
    return MemberOut.model_construct(
        id=line.id,
        title=text_out(line.title),
        item_id=line.item.id if line.item else None,
        zone=line.zone.id if line.item else None,
        elsewhere=text_out(line.elsewhere.authority) if line.elsewhere else None,
        ends_on=line.ends_on,
        is_on_longest_way=line.is_on_longest_way,
    )


@router.post(
    "/bundle-applications",
    response={201: BundleReceiptOut, 200: BundleReceiptOut},
    auth=BearerToken(),
    summary="Hand in a bundle",
    openapi_extra={"responses": {200: {"description": "Handed in before with this key."}}},
)
def create_bundle(
    request: HttpRequest,
    response: HttpResponse,
    application: BundleApplicationIn,
    idempotency_key: Key = None,
) -> Status[BundleReceiptOut]:
    """Everything wrong with questionnaire and form is told at once; this zone leads.

    201 for a new receipt, 200 when the key led to it before.
    """
    deps, holder = get_deps(), get_applicant(request)
    number, signed = _read_promises(application, holder, deps)
    if application.promises is None and idempotency_key is not None:
        numbers = bundle_numbers_of(holder, idempotency_key, deps.clock.now())
        number = numbers[0]
        if known := next((one for each in numbers if (one := deps.bundles.find(each))), None):
            response.headers["Location"] = f"/api/v1/receipts/{known.number}"
            return Status(200, _compose(_get_same(known, application, holder), deps))
    wanted = BundleApplication(
        BundleId(application.bundle_id),
        applicant_of(holder),
        application.situation,
        application.answers,
        "api",
        pledges=signed,
        wish=read_receive(application.receive, deps),
    )
    opened = open_bundle(number, wanted, actor_of(holder), deps)
    response.headers["Location"] = f"/api/v1/receipts/{opened.number}"
    return Status(201, _compose(opened, deps))


def _get_same(known: OpenedBundle, application: BundleApplicationIn, holder: Holder) -> OpenedBundle:
    """Return what the key led to before; raises Taken when that was another party's or another bundle."""
    own = (holder.party_kind, holder.party_id, application.bundle_id)
    if (known.applicant.kind, known.applicant.id, known.bundle_id) != own:
        raise Taken(OTHER_APPLICATION)
    return known


def _read_promises(
    application: BundleApplicationIn, holder: Holder, deps: Deps
) -> tuple[BundleNumber, tuple[SignedForMember, ...]]:
    """Return the receipt's number and what was signed; a fresh number when nothing was."""
    given = application.promises
    if given is None:
        return new_bundle_number(deps), ()
    items = plan_bundle(BundleId(application.bundle_id), application.situation, deps.zone, deps).items
    signed = read_signed(given, items, holder, deps)
    return BundleNumber(given.number), tuple(SignedForMember(*one) for one in signed)


@router.get("/receipts/{number}", response=BundleReceiptOut, auth=BearerToken(), summary="Follow a bundle")
def get_receipt(request: HttpRequest, number: NumberPath) -> BundleReceiptOut:
    """A receipt of one's own: each member, its case, where it stands, what stops it."""
    deps = get_deps()
    return _compose(_get_own(request, number, deps), deps)


@router.post(
    "/receipts/{number}/withdrawal",
    response=BundleReceiptOut,
    auth=BearerToken(),
    summary="Take back a bundle, or parts of it",
)
def withdraw(request: HttpRequest, number: NumberPath, chosen: MembersIn) -> BundleReceiptOut:
    """Without members the whole, as far as it is not decided. Results stand."""
    deps = get_deps()
    opened = _get_own(request, number, deps)
    actor = actor_of(get_applicant(request))
    return _compose(withdraw_bundle(opened.number, chosen.members, chosen.reason, actor, deps), deps)


@router.post(
    "/receipts/{number}/person",
    response=BundleReceiptOut,
    auth=BearerToken(),
    summary="Ask that people decide a bundle, or parts of it",
)
def ask_person(request: HttpRequest, number: NumberPath, chosen: MembersIn) -> BundleReceiptOut:
    """Without members the whole; parts not handed in yet go to a person as soon as they are."""
    deps = get_deps()
    opened = _get_own(request, number, deps)
    actor = actor_of(get_applicant(request))
    return _compose(ask_person_for_bundle(opened.number, chosen.members, actor, deps), deps)


@router.post(
    "/receipts/{number}/done/{member}",
    response=BundleReceiptOut,
    auth=BearerToken(),
    summary="Say that a member handled elsewhere is done",
)
def report_done(
    request: HttpRequest, number: NumberPath, member: Annotated[str, Path(max_length=80)]
) -> BundleReceiptOut:
    """The applicant's word; what waited for it is handed in at once."""
    deps = get_deps()
    opened = _get_own(request, number, deps)
    return _compose(report_elsewhere(opened.number, member, actor_of(get_applicant(request)), deps), deps)


def _get_own(request: HttpRequest, number: str, deps: Deps) -> OpenedBundle:
    """Return a receipt of the caller's party; whether another's exists is not said."""
    holder = get_applicant(request)
    opened = deps.bundles.find(BundleNumber(number)) if _NUMBER.fullmatch(number) else None
    own = (holder.party_kind, holder.party_id)
    if opened is None or (opened.applicant.kind, opened.applicant.id) != own:
        raise NotFound(number)
    return opened


def _compose(opened: OpenedBundle, deps: Deps) -> BundleReceiptOut:
    page = read_receipt(opened.number, deps)
    return BundleReceiptOut.model_construct(
        number=opened.number,
        bundle_id=opened.bundle_id,
        title=text_out(page.title),
        state=page.state,
        opened_at=opened.opened_at,
        ends_on=page.ends_on,
        fee_fen=page.fees.total_fen,
        fee_sources=page.fees.sources,
        members=[
            StandingOut.model_construct(
                id=line.id,
                title=text_out(line.title),
                standing=str(line.standing),
                case_id=line.case_id or None,
                zone=line.zone.id if line.item else None,
                elsewhere=text_out(line.elsewhere.authority) if line.elsewhere else None,
                stopped_by=[text_out(title) for title in line.stopped_by],
                problems=[problem_out(one) for one in line.member.problems] if line.member else [],
                ends_on=line.ends_on,
            )
            for line in page.lines
        ],
    )
