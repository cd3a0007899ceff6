"""Post that does not arrive in its time opens a dispute about it by itself."""

from datetime import date

from tongban.domain.case.events import Actor
from tongban.domain.liaison.acts import DisputeOpened
from tongban.domain.liaison.custody import Place, read_custodies
from tongban.domain.liaison.dispute import DisputeKind
from tongban.flows.disputes import RULES
from tongban.flows.liaison import find_matter_day, tell_zone_act, zones_of
from tongban.flows.liaison_port import Matter
from tongban.flows.ports import Deps
from tongban.kernel.errors import Refused
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text

GROUP = 100


def open_lost_post(deps: Deps, limit: int = GROUP) -> int:
    """Open a dispute about each original that this zone sent and whose arrival nobody signed for in time.

    Only the zone that sent it opens one, as it answers for the original until the other one has signed; so
    both zones' clocks make one dispute. The other zone says whether it has it.

    Causes: ``DisputeOpened`` of the kind ``lost-post``, told to the other zone; returns how many.
    Twice:  nothing; a dispute is named after the step by which the original was sent. What is sent again and
        lost again has another.

    Source: demonstration-rules-2025#originals (by when it arrives) and #dispute-lost-post (who answers).
    """
    today, opened, after = civil_date(deps.clock.now()), 0, ""
    while lines := deps.liaison.list_matters("original", limit, after=after):
        for line in lines:
            if line.due_on is None or line.due_on >= today:
                return opened
            try:
                opened += _open(line, today, deps)
            except Refused:  # a calendar that is not loaded: looked at again next time
                continue
        after = lines[-1].subject
    return opened


def _open(line: Matter, today: date, deps: Deps) -> bool:
    if line.zone != deps.zone or line.state != Place.ON_THE_WAY:
        return False
    with deps.unit():
        (custody,) = read_custodies(deps.liaison.list_about(line.subject))
        case = deps.cases.find(custody.case_id)
        if case is None or not custody.is_late(today) or custody.sent is None:
            return False
        identity = f"{deps.zone}-lost-{custody.last.id.removeprefix(f'{deps.zone}-')}"
        if deps.liaison.list_about(identity):
            return False
        to_zone = custody.sent.to_zone
        answer_by = find_matter_day(RULES[DisputeKind.LOST_POST], "answer", to_zone, deps)
        words = _WORDS.fill(
            paper=custody.paper, carrier=custody.sent.carrier, waybill=custody.sent.waybill,
            on=str(custody.sent.expected_on),
        )  # fmt: skip
        dispute = DisputeOpened(
            DisputeKind.LOST_POST, to_zone, case.item_id, answer_by, f"{words.zh} {words.en}", "", custody.id
        )
        clock = Actor("time", deps.zone)
        tell_zone_act(dispute, None, case.id, zones_of(case), clock, deps, identity=identity)
        return True


_WORDS = Text(
    "“{paper}”交{carrier}寄出，运单 {waybill}，应于 {on} 以前到达，至今没有签收。请确认是否收到。",
    "“{paper}” was given to {carrier}, waybill {waybill}, due by {on}, and nobody has signed for it. "
    "Do you have it?",
)
