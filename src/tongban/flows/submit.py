"""Hand in an application, in any zone for any zone."""

from collections.abc import Mapping
from dataclasses import dataclass

from tongban.domain.case import commands as c
from tongban.domain.case.events import Actor, ApplicantRef, BundleRef
from tongban.domain.case.state import Case
from tongban.domain.catalogue.form import parse_answers
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.delivery import DeliveryWish
from tongban.domain.pledge import SignedPledge
from tongban.flows.mandates import require_mandate
from tongban.flows.perform import get_case, perform
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text

_RANDOM_CHARACTERS = 8


@dataclass(frozen=True, slots=True)
class Application:
    """What was handed in, before anything was checked.

    Args:
        raw_answers: question id to text, or a list of texts.
        channel: ``online``, ``window``, ``kiosk`` or ``api``.
        taken_in_by: the clerk who took it in, or empty.
        bundle: the receipt it belongs to, or None.
        decide_now: False leaves the case received until a worker takes it up (``watch_clocks.take_up``), for
            those who hand in many and want receipts quickly.
        pledges: promises signed with it.
        wish: how a paper copy is wished to be received, or None.
    """

    item_id: ItemId
    deciding_zone: ZoneId
    applicant: ApplicantRef
    raw_answers: Mapping[str, object]
    channel: str
    taken_in_by: str = ""
    decide_now: bool = True
    bundle: BundleRef | None = None
    pledges: tuple[SignedPledge, ...] = ()
    wish: DeliveryWish | None = None


def new_case_id(deps: Deps) -> CaseId:
    """Return a fresh case number: zone letters, date, random characters that cannot be guessed."""
    letters = deps.catalogue.zones[deps.zone].letters
    # The civil date, as people write it down: at two in the morning it is still yesterday in UTC.
    today = Moment(deps.clock.now()).on
    return CaseId(f"{letters}{today:%y%m%d}-{deps.chance.token(_RANDOM_CHARACTERS)}")


def submit(case_id: CaseId, application: Application, actor: Actor, deps: Deps) -> Case:
    """Hand in an application under a case number drawn beforehand.

    Causes: ``Submitted``; in the deciding zone everything that follows inline, up to the issued licence,
        unless the application leaves that to a worker.
    Twice:  nothing; the same number is the same application.

    Raises:
        Refused: every problem at once, each pointing to its answer; nothing was written.
        NotFound: no such item in that zone.

    Source of law: all-2019#29, all-2019#32.
    """
    with deps.unit():
        known = deps.cases.find(case_id)
        if known is not None:
            return known
        item = deps.catalogue.get_item(application.item_id, application.deciding_zone)
        answers = parse_answers(item.form, application.raw_answers)
        problems = answers.problems + _check_channel(item, application.channel)
        if problems:
            raise Refused(*problems)
        if application.channel == "window" and application.bundle is None:
            require_mandate(application.applicant, application.applicant.agent_id, item.id, "apply", deps)
        command = c.Submit(
            item_id=item.id,
            deciding_zone=application.deciding_zone,
            receiving_zone=deps.zone,
            applicant=application.applicant,
            channel=application.channel,
            answers=answers.values,
            taken_in_by=application.taken_in_by,
            bundle=application.bundle,
            pledges=application.pledges,
            wish=application.wish,
        )
        perform(case_id, command, actor, deps, decides_now=application.decide_now)
        if item.precheck_working_days:
            deps.prechecks.drop(case_id)
        return get_case(case_id, deps)


def _check_channel(item: ServiceItem, channel: str) -> tuple[Problem, ...]:
    """An item says through which channels it may be handed in; the API counts as online."""
    asked = "online" if channel == "api" else channel
    if asked in item.channels or item.is_cancelled:  # of a cancelled permit the decision says why
        return ()
    return (Problem("item.wrong-channel", _WRONG_CHANNEL, "channel"),)


_WRONG_CHANNEL = Text("这个事项不能通过这个渠道申请。", "This item cannot be handed in through this channel.")
