"""Play what happens to an example after it was handed in: days pass, somebody objects, an officer looks."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

from tongban.domain.case.events import Actor
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.evidence.exchange import HeldRecord
from tongban.domain.pledge import SignedPledge
from tongban.flows import make_decision, record_check
from tongban.flows.answer_check import answer_check
from tongban.flows.ask_for_person import ask_for_person
from tongban.flows.memory import MemoryClock
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.watch_clocks import ask_again, deem_accepted, wake_due
from tongban.kernel.ids import CaseId, EvidenceKindId, ZoneId
from tongban.kernel.text import Text
from tongban.packs.parse_example import Example
from tongban.packs.play_decision import play_decision

_OFFICER = Actor("officer", "example-officer", "演示审批人员")
_HEAD = Actor("head", "example-head", "演示负责人")
_APPLICANT = Actor("applicant", "example", "演示申请人")
_REASONS = Text("演示：经核查。", "Demonstration: looked into.")
_REGISTER = Text("示例登记", "example register")


def sign_all(example: Example, item: ServiceItem) -> tuple[SignedPledge, ...]:
    """Return the example's promises, signed by its applicant under the texts in force."""
    texts = {pledge.id: pledge for pledge in item.pledges}
    return tuple(
        SignedPledge(name, texts[name].version, texts[name].text_hash, example.applicant["name"])
        for name in example.pledges
        if name in texts
    )


def play_later(example: Example, case_id: CaseId, network: Mapping[ZoneId, Deps]) -> None:
    """Play the steps under ``later``, in order; after each, messages and jobs settle."""
    for step in example.later:
        _play(step, case_id, example, network)
        settle(network)


def _play(step: Mapping[str, Any], case_id: CaseId, example: Example, network: Mapping[ZoneId, Deps]) -> None:
    deciding = network[example.decided_in]
    match step:
        case {"days": int(days)}:
            clock = cast(MemoryClock, deciding.clock)
            clock.at += timedelta(days=days)
            for deps in network.values():
                deem_accepted(deps)
                wake_due(deps)
                ask_again(deps)
        case {"objects": str(by)}:
            record_check.record_objection(case_id, by, _REASONS, _OFFICER, deciding)
        case {"answers_check": str(name)}:
            answer_check(
                case_id, name, dict(step.get("answers", {})), _APPLICANT, network[example.received_in]
            )
        case {"asks_for_person": True}:
            ask_for_person(case_id, _APPLICANT, network[example.received_in])
        case {"register": str(zone)}:
            record = HeldRecord(
                EvidenceKindId(str(step["kind"])),
                str(step["subject"]),
                step["facts"],
                deciding.clock.now(),
                _REGISTER,
            )
            network[ZoneId(zone)].registers.keep(record)
        case {"officer": str(act)}:
            _act(act, step, case_id, deciding)


def _act(act: str, step: Mapping[str, Any], case_id: CaseId, deps: Deps) -> None:
    match act:
        case "grant":
            play_decision(case_id, True, _REASONS, _OFFICER, deps)
        case "refuse":
            play_decision(case_id, False, _REASONS, _OFFICER, deps)
        case "decline":
            make_decision.decline(case_id, _REASONS, _OFFICER, deps)
        case "open-wait":
            make_decision.open_wait(case_id, _OFFICER, deps)
        case "extend":
            record_check.extend_limit(case_id, _REASONS, _HEAD, deps)
        case "record-check":
            kept = step.get("kept") is True
            record_check.record_check(case_id, str(step["check"]), kept, _REASONS, _OFFICER, deps)
        case "void":
            record_check.void_licence(case_id, _REASONS, _OFFICER, deps)
        case "end":
            record_check.end_benefit(case_id, _REASONS, _OFFICER, deps)
        case _:
            raise LookupError(f"an officer does not {act}")
